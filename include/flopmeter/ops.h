/* Every operation as a typed function; written from the rows by scripts/typed.
   Inputs are const and borrowed; out is a slot: NULL inside asks for a new tensor,
   a tensor inside is written again; on failure nothing is touched, and
   fm_context_message names op, argument and both values. options NULL: NumPy's
   defaults. fm_<op>_scalar takes a number as NumPy takes a Python number. */
#ifndef FLOPMETER_OPS_H
#define FLOPMETER_OPS_H

#include <flopmeter/call.h>
#include <flopmeter/option.h>
#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

typedef struct fm_transpose_options {
    size_t size; /* sizeof(fm_transpose_options) */
    fm_opt_ints axes;
} fm_transpose_options;

/* transpose: The axes in another order; reversed where none is given.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_transpose(fm_context *ctx, const fm_tensor *a,
                                            const fm_transpose_options *options, fm_tensor **out);

/* swapaxes: Two axes exchanged.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_swapaxes(fm_context *ctx, const fm_tensor *a, int64_t axis1,
                                           int64_t axis2, fm_tensor **out);

/* moveaxis: Axes moved to other places, the rest in their order.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_moveaxis(fm_context *ctx, const fm_tensor *a, int nsource,
                                           const int64_t *source, int ndestination,
                                           const int64_t *destination, fm_tensor **out);

typedef struct fm_permute_dims_options {
    size_t size; /* sizeof(fm_permute_dims_options) */
    fm_opt_ints axes;
} fm_permute_dims_options;

/* permute_dims: As transpose.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_permute_dims(fm_context *ctx, const fm_tensor *a,
                                               const fm_permute_dims_options *options,
                                               fm_tensor **out);

/* matrix_transpose: The last two axes exchanged.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_matrix_transpose(fm_context *ctx, const fm_tensor *x,
                                                   fm_tensor **out);

/* linalg.matrix_transpose: As matrix_transpose.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_linalg_matrix_transpose(fm_context *ctx, const fm_tensor *x,
                                                          fm_tensor **out);

typedef struct fm_rollaxis_options {
    size_t size; /* sizeof(fm_rollaxis_options) */
    fm_opt_int start;
} fm_rollaxis_options;

/* rollaxis: One axis moved until it lies before another.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_rollaxis(fm_context *ctx, const fm_tensor *a, int64_t axis,
                                           const fm_rollaxis_options *options, fm_tensor **out);

typedef struct fm_reshape_options {
    size_t size; /* sizeof(fm_reshape_options) */
    const char *order;
    fm_flag copy;
} fm_reshape_options;

/* reshape: The elements in row-major order under another shape; one extent may be -1.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_reshape(fm_context *ctx, const fm_tensor *a, int nshape,
                                          const int64_t *shape, const fm_reshape_options *options,
                                          fm_tensor **out);

typedef struct fm_ravel_options {
    size_t size; /* sizeof(fm_ravel_options) */
    const char *order;
} fm_ravel_options;

/* ravel: The elements in row-major order.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ravel(fm_context *ctx, const fm_tensor *a,
                                        const fm_ravel_options *options, fm_tensor **out);

/* expand_dims: New axes of extent 1 at the places given.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_expand_dims(fm_context *ctx, const fm_tensor *a, int naxis,
                                              const int64_t *axis, fm_tensor **out);

typedef struct fm_squeeze_options {
    size_t size; /* sizeof(fm_squeeze_options) */
    fm_opt_ints axis;
} fm_squeeze_options;

/* squeeze: Without axes of extent 1.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_squeeze(fm_context *ctx, const fm_tensor *a,
                                          const fm_squeeze_options *options, fm_tensor **out);

/* broadcast_to: The same elements under a larger shape, repeated without a copy.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_broadcast_to(fm_context *ctx, const fm_tensor *array, int nshape,
                                               const int64_t *shape, fm_tensor **out);

typedef struct fm_flip_options {
    size_t size; /* sizeof(fm_flip_options) */
    fm_opt_ints axis;
} fm_flip_options;

/* flip: The order along axes reversed; along all where none is given.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_flip(fm_context *ctx, const fm_tensor *m,
                                       const fm_flip_options *options, fm_tensor **out);

/* fliplr: The order along axis 1 reversed.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fliplr(fm_context *ctx, const fm_tensor *m, fm_tensor **out);

/* flipud: The order along axis 0 reversed.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_flipud(fm_context *ctx, const fm_tensor *m, fm_tensor **out);

typedef struct fm_rot90_options {
    size_t size; /* sizeof(fm_rot90_options) */
    fm_opt_int k;
    fm_opt_ints axes;
} fm_rot90_options;

/* rot90: Turned by k right angles in the plane of two axes.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_rot90(fm_context *ctx, const fm_tensor *m,
                                        const fm_rot90_options *options, fm_tensor **out);

typedef struct fm_diagonal_options {
    size_t size; /* sizeof(fm_diagonal_options) */
    fm_opt_int offset;
    fm_opt_int axis1;
    fm_opt_int axis2;
} fm_diagonal_options;

/* diagonal: The diagonals of two axes, as the last axis.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_diagonal(fm_context *ctx, const fm_tensor *a,
                                           const fm_diagonal_options *options, fm_tensor **out);

typedef struct fm_diag_options {
    size_t size; /* sizeof(fm_diag_options) */
    fm_opt_int k;
} fm_diag_options;

/* diag: A matrix with v on diagonal k, or diagonal k of a matrix, where it lies.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_diag(fm_context *ctx, const fm_tensor *v,
                                       const fm_diag_options *options, fm_tensor **out);

/* real: The real parts, where they lie.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_real(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* imag: The imaginary parts, where they lie; zeros of real numbers.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_imag(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* getitem: a[key]: a view for integers, slices, None and ..., else the elements that arrays of
   integers and masks name. Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_getitem(fm_context *ctx, const fm_tensor *a, const fm_value *key,
                                          fm_tensor **out);

typedef struct fm_slice_options {
    size_t size; /* sizeof(fm_slice_options) */
    fm_opt_ints step;
} fm_slice_options;

/* slice: The slices start:stop:step of the leading axes, by Python's rules.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_slice(fm_context *ctx, const fm_tensor *a, int nstart,
                                        const int64_t *start, int nstop, const int64_t *stop,
                                        const fm_slice_options *options, fm_tensor **out);

/* negative: -x; integers wrap.
   Cost: n. Dtypes: int float complex. */
FM_API FM_MUST_CHECK fm_status fm_negative(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* positive: x itself.
   Cost: n. Dtypes: int float complex. */
FM_API FM_MUST_CHECK fm_status fm_positive(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* absolute: Absolute value; of a complex number its modulus.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_absolute(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* fabs: Absolute value as a float.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_fabs(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* sign: -1, 0 or 1; z / abs(z) of a complex number; NaN of NaN.
   Cost: n. Dtypes: int float complex. Error: at most 2 ulp. */
FM_API FM_MUST_CHECK fm_status fm_sign(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* square: x * x.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_square(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* sqrt: Non-negative square root; NaN below zero.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_sqrt(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* cbrt: Cube root.
   Cost: n. Dtypes: bool int float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cbrt(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* reciprocal: 1 / x; of an integer its truncated inverse, 0 of 0.
   Cost: n. Dtypes: bool int float complex. Error: at most 2 ulp. */
FM_API FM_MUST_CHECK fm_status fm_reciprocal(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* exp: e to the power x.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_exp(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* exp2: 2 to the power x.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_exp2(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* expm1: exp(x) - 1 without cancellation near zero.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_expm1(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* log: Natural logarithm; -inf of zero, NaN below.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_log(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* log2: Logarithm to base 2.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_log2(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* log10: Logarithm to base 10.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_log10(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* log1p: log(1 + x) without cancellation near zero.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_log1p(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* sin: Sine of radians.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_sin(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* cos: Cosine of radians.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cos(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* tan: Tangent of radians.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_tan(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* arcsin: Inverse sine, in [-pi/2, pi/2]; NaN outside [-1, 1].
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arcsin(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* arccos: Inverse cosine, in [0, pi]; NaN outside [-1, 1].
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arccos(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* arctan: Inverse tangent, in [-pi/2, pi/2].
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arctan(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* sinh: Hyperbolic sine.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_sinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* cosh: Hyperbolic cosine.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* tanh: Hyperbolic tangent.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_tanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* arcsinh: Inverse hyperbolic sine.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arcsinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* arccosh: Inverse hyperbolic cosine; NaN below 1.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arccosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* arctanh: Inverse hyperbolic tangent; NaN outside [-1, 1].
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arctanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* floor: Largest integer not above x.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_floor(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* ceil: Smallest integer not below x.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_ceil(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* trunc: x cut towards zero.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_trunc(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* rint: Nearest integer, halves to even.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_rint(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* isnan: Whether x is NaN.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isnan(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* isinf: Whether x is infinite.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isinf(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* isfinite: Whether x is neither infinite nor NaN.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isfinite(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* signbit: Whether the sign bit is set.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_signbit(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* logical_not: Whether x is zero.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_logical_not(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* invert: All bits flipped; of bool its negation.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_invert(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* conjugate: Complex conjugate.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_conjugate(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* deg2rad: Degrees to radians, x * pi / 180.
   Cost: n. Dtypes: bool int float. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_deg2rad(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* rad2deg: Radians to degrees, x * 180 / pi.
   Cost: n. Dtypes: bool int float. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_rad2deg(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

typedef struct fm_angle_options {
    size_t size; /* sizeof(fm_angle_options) */
    fm_flag deg;
} fm_angle_options;

/* angle: Argument of a complex number, in radians.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_angle(fm_context *ctx, const fm_tensor *z,
                                        const fm_angle_options *options, fm_tensor **out);

/* abs: Alias of absolute.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_abs(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* asin: Alias of arcsin.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_asin(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* acos: Alias of arccos.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_acos(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* atan: Alias of arctan.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_atan(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* asinh: Alias of arcsinh.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_asinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* acosh: Alias of arccosh.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_acosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* atanh: Alias of arctanh.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_atanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* bitwise_not: Alias of invert.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_not(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* bitwise_invert: Alias of invert.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_invert(fm_context *ctx, const fm_tensor *x,
                                                 fm_tensor **out);

/* fix: x cut towards zero.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_fix(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* conj: Alias of conjugate.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_conj(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* radians: Alias of deg2rad.
   Cost: n. Dtypes: bool int float. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_radians(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* degrees: Alias of rad2deg.
   Cost: n. Dtypes: bool int float. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_degrees(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* add: Sum.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_add(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                      fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_add_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                             fm_tensor **out);

/* subtract: Difference.
   Cost: n. Dtypes: int float complex. */
FM_API FM_MUST_CHECK fm_status fm_subtract(fm_context *ctx, const fm_tensor *x1,
                                           const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_subtract_scalar(fm_context *ctx, const fm_tensor *x1,
                                                  fm_scalar x2, fm_tensor **out);

/* multiply: Product.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_multiply(fm_context *ctx, const fm_tensor *x1,
                                           const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_multiply_scalar(fm_context *ctx, const fm_tensor *x1,
                                                  fm_scalar x2, fm_tensor **out);

/* divide: Quotient; integers are divided as float64.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                                fm_tensor **out);

/* floor_divide: Largest integer not above the quotient; 0 for an integer divided by 0.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_floor_divide(fm_context *ctx, const fm_tensor *x1,
                                               const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_floor_divide_scalar(fm_context *ctx, const fm_tensor *x1,
                                                      fm_scalar x2, fm_tensor **out);

/* remainder: Remainder with the divisor's sign; 0 for an integer divided by 0.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_remainder(fm_context *ctx, const fm_tensor *x1,
                                            const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_remainder_scalar(fm_context *ctx, const fm_tensor *x1,
                                                   fm_scalar x2, fm_tensor **out);

/* fmod: Remainder with the dividend's sign; 0 for an integer divided by 0.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_fmod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                       fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_fmod_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                              fm_tensor **out);

/* power: x1 to the power x2; integers wrap.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_power(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                        fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_power_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                               fm_tensor **out);

/* float_power: x1 to the power x2, in float64 or complex128.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_float_power(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_float_power_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* arctan2: Angle of the point (x2, x1), in (-pi, pi].
   Cost: n. Dtypes: bool int float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_arctan2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                          fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_arctan2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                                 fm_tensor **out);

/* hypot: sqrt(x1^2 + x2^2) without overflow.
   Cost: n. Dtypes: bool int float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_hypot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                        fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_hypot_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                               fm_tensor **out);

/* logaddexp: log(exp(x1) + exp(x2)); error in units of the larger operand.
   Cost: n. Dtypes: bool int float. Error: at most 5 ulp. */
FM_API FM_MUST_CHECK fm_status fm_logaddexp(fm_context *ctx, const fm_tensor *x1,
                                            const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_logaddexp_scalar(fm_context *ctx, const fm_tensor *x1,
                                                   fm_scalar x2, fm_tensor **out);

/* logaddexp2: log2(2^x1 + 2^x2); error in units of the larger operand.
   Cost: n. Dtypes: bool int float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_logaddexp2(fm_context *ctx, const fm_tensor *x1,
                                             const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_logaddexp2_scalar(fm_context *ctx, const fm_tensor *x1,
                                                    fm_scalar x2, fm_tensor **out);

/* copysign: Magnitude of x1 with the sign of x2.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_copysign(fm_context *ctx, const fm_tensor *x1,
                                           const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_copysign_scalar(fm_context *ctx, const fm_tensor *x1,
                                                  fm_scalar x2, fm_tensor **out);

/* nextafter: The next float after x1 towards x2.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_nextafter(fm_context *ctx, const fm_tensor *x1,
                                            const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_nextafter_scalar(fm_context *ctx, const fm_tensor *x1,
                                                   fm_scalar x2, fm_tensor **out);

/* heaviside: 0 where x1 < 0, x2 where x1 is 0, 1 above.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_heaviside(fm_context *ctx, const fm_tensor *x1,
                                            const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_heaviside_scalar(fm_context *ctx, const fm_tensor *x1,
                                                   fm_scalar x2, fm_tensor **out);

/* maximum: The larger; NaN where either is NaN.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_maximum(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                          fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_maximum_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                                 fm_tensor **out);

/* minimum: The smaller; NaN where either is NaN.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_minimum(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                          fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_minimum_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                                 fm_tensor **out);

/* fmax: The larger; the other where one is NaN.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fmax(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                       fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_fmax_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                              fm_tensor **out);

/* fmin: The smaller; the other where one is NaN.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fmin(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                       fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_fmin_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                              fm_tensor **out);

/* greater: x1 > x2; complex numbers by real, then imaginary part.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_greater(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                          fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_greater_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                                 fm_tensor **out);

/* greater_equal: x1 >= x2; complex numbers by real, then imaginary part.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_greater_equal(fm_context *ctx, const fm_tensor *x1,
                                                const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_greater_equal_scalar(fm_context *ctx, const fm_tensor *x1,
                                                       fm_scalar x2, fm_tensor **out);

/* less: x1 < x2; complex numbers by real, then imaginary part.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_less(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                       fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_less_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                              fm_tensor **out);

/* less_equal: x1 <= x2; complex numbers by real, then imaginary part.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_less_equal(fm_context *ctx, const fm_tensor *x1,
                                             const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_less_equal_scalar(fm_context *ctx, const fm_tensor *x1,
                                                    fm_scalar x2, fm_tensor **out);

/* equal: x1 == x2.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                        fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                               fm_tensor **out);

/* not_equal: x1 != x2.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_not_equal(fm_context *ctx, const fm_tensor *x1,
                                            const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_not_equal_scalar(fm_context *ctx, const fm_tensor *x1,
                                                   fm_scalar x2, fm_tensor **out);

/* logical_and: Whether both are nonzero.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_logical_and(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_logical_and_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* logical_or: Whether one is nonzero.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_logical_or(fm_context *ctx, const fm_tensor *x1,
                                             const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_logical_or_scalar(fm_context *ctx, const fm_tensor *x1,
                                                    fm_scalar x2, fm_tensor **out);

/* logical_xor: Whether exactly one is nonzero.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_logical_xor(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_logical_xor_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* bitwise_and: Bits set in both.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_and(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_bitwise_and_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* bitwise_or: Bits set in one.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_or(fm_context *ctx, const fm_tensor *x1,
                                             const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_bitwise_or_scalar(fm_context *ctx, const fm_tensor *x1,
                                                    fm_scalar x2, fm_tensor **out);

/* bitwise_xor: Bits set in exactly one.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_xor(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_bitwise_xor_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* left_shift: x1 * 2^x2; 0 for shifts past the width.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_left_shift(fm_context *ctx, const fm_tensor *x1,
                                             const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_left_shift_scalar(fm_context *ctx, const fm_tensor *x1,
                                                    fm_scalar x2, fm_tensor **out);

/* right_shift: x1 / 2^x2 rounded down; only the sign is left past the width.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_right_shift(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_right_shift_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* gcd: Greatest common divisor of the magnitudes.
   Cost: n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_gcd(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                      fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_gcd_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                             fm_tensor **out);

/* lcm: Least common multiple of the magnitudes.
   Cost: n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_lcm(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                      fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_lcm_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                             fm_tensor **out);

/* true_divide: Alias of divide.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_true_divide(fm_context *ctx, const fm_tensor *x1,
                                              const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_true_divide_scalar(fm_context *ctx, const fm_tensor *x1,
                                                     fm_scalar x2, fm_tensor **out);

/* mod: Alias of remainder.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_mod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                      fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_mod_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                             fm_tensor **out);

/* pow: Alias of power.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_pow(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                      fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_pow_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                             fm_tensor **out);

/* atan2: Alias of arctan2.
   Cost: n. Dtypes: bool int float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_atan2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                        fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_atan2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                               fm_tensor **out);

/* bitwise_left_shift: Alias of left_shift.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_left_shift(fm_context *ctx, const fm_tensor *x1,
                                                     const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_bitwise_left_shift_scalar(fm_context *ctx, const fm_tensor *x1,
                                                            fm_scalar x2, fm_tensor **out);

/* bitwise_right_shift: Alias of right_shift.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_right_shift(fm_context *ctx, const fm_tensor *x1,
                                                      const fm_tensor *x2, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_bitwise_right_shift_scalar(fm_context *ctx, const fm_tensor *x1,
                                                             fm_scalar x2, fm_tensor **out);

/* where: x1 where the condition is nonzero, else x2.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_where(fm_context *ctx, const fm_tensor *condition,
                                        const fm_tensor *x, const fm_tensor *y, fm_tensor **out);

typedef struct fm_clip_options {
    size_t size; /* sizeof(fm_clip_options) */
    const fm_tensor *a_min;
    const fm_tensor *a_max;
    const fm_tensor *min;
    const fm_tensor *max;
} fm_clip_options;

/* clip: x limited to [a_min, a_max]; either bound may be None.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_clip(fm_context *ctx, const fm_tensor *a,
                                       const fm_clip_options *options, fm_tensor **out);

typedef struct fm_astype_options {
    size_t size; /* sizeof(fm_astype_options) */
    fm_flag copy;
} fm_astype_options;

/* astype: A copy in another dtype; floats are cut towards zero.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_astype(fm_context *ctx, const fm_tensor *x, fm_dtype dtype,
                                         const fm_astype_options *options, fm_tensor **out);

typedef struct fm_copy_options {
    size_t size; /* sizeof(fm_copy_options) */
    const char *order;
    fm_flag subok;
} fm_copy_options;

/* copy: A copy, row-major unless order is 'F'.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_copy(fm_context *ctx, const fm_tensor *a,
                                       const fm_copy_options *options, fm_tensor **out);

typedef struct fm_zeros_options {
    size_t size; /* sizeof(fm_zeros_options) */
    fm_dtype dtype;
    const char *order;
} fm_zeros_options;

/* zeros: Zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_zeros(fm_context *ctx, int nshape, const int64_t *shape,
                                        const fm_zeros_options *options, fm_tensor **out);

typedef struct fm_ones_options {
    size_t size; /* sizeof(fm_ones_options) */
    fm_dtype dtype;
    const char *order;
} fm_ones_options;

/* ones: Ones.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ones(fm_context *ctx, int nshape, const int64_t *shape,
                                       const fm_ones_options *options, fm_tensor **out);

typedef struct fm_empty_options {
    size_t size; /* sizeof(fm_empty_options) */
    fm_dtype dtype;
    const char *order;
} fm_empty_options;

/* empty: Unspecified elements; here zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_empty(fm_context *ctx, int nshape, const int64_t *shape,
                                        const fm_empty_options *options, fm_tensor **out);

typedef struct fm_zeros_like_options {
    size_t size; /* sizeof(fm_zeros_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
    const char *order;
} fm_zeros_like_options;

/* zeros_like: Zeros shaped as a.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_zeros_like(fm_context *ctx, const fm_tensor *a,
                                             const fm_zeros_like_options *options, fm_tensor **out);

typedef struct fm_ones_like_options {
    size_t size; /* sizeof(fm_ones_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
    const char *order;
} fm_ones_like_options;

/* ones_like: Ones shaped as a.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ones_like(fm_context *ctx, const fm_tensor *a,
                                            const fm_ones_like_options *options, fm_tensor **out);

typedef struct fm_empty_like_options {
    size_t size; /* sizeof(fm_empty_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
    const char *order;
} fm_empty_like_options;

/* empty_like: Unspecified elements shaped as a; here zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_empty_like(fm_context *ctx, const fm_tensor *a,
                                             const fm_empty_like_options *options, fm_tensor **out);

typedef struct fm_full_options {
    size_t size; /* sizeof(fm_full_options) */
    fm_dtype dtype;
    const char *order;
} fm_full_options;

/* full: One value everywhere.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_full(fm_context *ctx, int nshape, const int64_t *shape,
                                       const fm_tensor *fill_value, const fm_full_options *options,
                                       fm_tensor **out);

typedef struct fm_full_like_options {
    size_t size; /* sizeof(fm_full_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
    const char *order;
} fm_full_like_options;

/* full_like: One value everywhere, shaped as a.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_full_like(fm_context *ctx, const fm_tensor *a,
                                            const fm_tensor *fill_value,
                                            const fm_full_like_options *options, fm_tensor **out);

typedef struct fm_arange_options {
    size_t size; /* sizeof(fm_arange_options) */
    fm_opt_float stop;
    fm_opt_float step;
    fm_dtype dtype;
} fm_arange_options;

/* arange: start, start + step, ... below stop; from 0 where only stop is given.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_arange(fm_context *ctx, double start,
                                         const fm_arange_options *options, fm_tensor **out);

typedef struct fm_eye_options {
    size_t size; /* sizeof(fm_eye_options) */
    fm_opt_int M;
    fm_opt_int k;
    fm_dtype dtype;
    const char *order;
} fm_eye_options;

/* eye: Ones on diagonal k, else zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_eye(fm_context *ctx, int64_t N, const fm_eye_options *options,
                                      fm_tensor **out);

typedef struct fm_tri_options {
    size_t size; /* sizeof(fm_tri_options) */
    fm_opt_int M;
    fm_opt_int k;
    fm_dtype dtype;
} fm_tri_options;

/* tri: Ones on diagonal k and below, else zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_tri(fm_context *ctx, int64_t N, const fm_tri_options *options,
                                      fm_tensor **out);

typedef struct fm_identity_options {
    size_t size; /* sizeof(fm_identity_options) */
    fm_dtype dtype;
} fm_identity_options;

/* identity: The square identity matrix.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_identity(fm_context *ctx, int64_t n,
                                           const fm_identity_options *options, fm_tensor **out);

typedef struct fm_sum_options {
    size_t size; /* sizeof(fm_sum_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_sum_options;

/* sum: Sum over axes.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_sum(fm_context *ctx, const fm_tensor *a,
                                      const fm_sum_options *options, fm_tensor **out);

typedef struct fm_prod_options {
    size_t size; /* sizeof(fm_prod_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_prod_options;

/* prod: Product over axes.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_prod(fm_context *ctx, const fm_tensor *a,
                                       const fm_prod_options *options, fm_tensor **out);

typedef struct fm_mean_options {
    size_t size; /* sizeof(fm_mean_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_flag keepdims;
    const fm_tensor *where;
} fm_mean_options;

/* mean: Arithmetic mean over axes.
   Cost: in. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_mean(fm_context *ctx, const fm_tensor *a,
                                       const fm_mean_options *options, fm_tensor **out);

typedef struct fm_max_options {
    size_t size; /* sizeof(fm_max_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_max_options;

/* max: Largest element over axes; NaN where there is one.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_max(fm_context *ctx, const fm_tensor *a,
                                      const fm_max_options *options, fm_tensor **out);

typedef struct fm_amax_options {
    size_t size; /* sizeof(fm_amax_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_amax_options;

/* amax: As max.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_amax(fm_context *ctx, const fm_tensor *a,
                                       const fm_amax_options *options, fm_tensor **out);

typedef struct fm_min_options {
    size_t size; /* sizeof(fm_min_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_min_options;

/* min: Smallest element over axes; NaN where there is one.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_min(fm_context *ctx, const fm_tensor *a,
                                      const fm_min_options *options, fm_tensor **out);

typedef struct fm_amin_options {
    size_t size; /* sizeof(fm_amin_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_amin_options;

/* amin: As min.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_amin(fm_context *ctx, const fm_tensor *a,
                                       const fm_amin_options *options, fm_tensor **out);

typedef struct fm_any_options {
    size_t size; /* sizeof(fm_any_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *where;
} fm_any_options;

/* any: Whether an element over axes is not zero.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_any(fm_context *ctx, const fm_tensor *a,
                                      const fm_any_options *options, fm_tensor **out);

typedef struct fm_all_options {
    size_t size; /* sizeof(fm_all_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *where;
} fm_all_options;

/* all: Whether no element over axes is zero.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_all(fm_context *ctx, const fm_tensor *a,
                                      const fm_all_options *options, fm_tensor **out);

typedef struct fm_argmax_options {
    size_t size; /* sizeof(fm_argmax_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_argmax_options;

/* argmax: Index of the first largest element; of the first NaN where there is one.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_argmax(fm_context *ctx, const fm_tensor *a,
                                         const fm_argmax_options *options, fm_tensor **out);

typedef struct fm_argmin_options {
    size_t size; /* sizeof(fm_argmin_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_argmin_options;

/* argmin: Index of the first smallest element; of the first NaN where there is one.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_argmin(fm_context *ctx, const fm_tensor *a,
                                         const fm_argmin_options *options, fm_tensor **out);

/* matmul: Matrix product over the last two axes, the others broadcast.
   Cost: 2mnk each batch. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_matmul(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         fm_tensor **out);

/* dot: Sum over the last axis of a and the last but one of b.
   Cost: 2mnk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_dot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                      fm_tensor **out);

/* inner: Sum over the last axes of both.
   Cost: 2mnk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_inner(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                        fm_tensor **out);

/* outer: Every element of a with every element of b, both flattened.
   Cost: mn. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_outer(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                        fm_tensor **out);

typedef struct fm_vecdot_options {
    size_t size; /* sizeof(fm_vecdot_options) */
    fm_opt_int axis;
} fm_vecdot_options;

/* vecdot: Sum over an axis of both, the others broadcast; x1 is conjugated.
   Cost: 2nk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_vecdot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         const fm_vecdot_options *options, fm_tensor **out);

/* matvec: Matrices times vectors, the leading axes broadcast.
   Cost: 2mn each batch. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_matvec(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         fm_tensor **out);

/* vecmat: Vectors, conjugated, times matrices, the leading axes broadcast.
   Cost: 2mn each batch. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_vecmat(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         fm_tensor **out);

typedef struct fm_tensordot_options {
    size_t size; /* sizeof(fm_tensordot_options) */
    fm_opt_ints axes;
} fm_tensordot_options;

/* tensordot: Sum over pairs of axes: their number, or those of a followed by those of b.
   Cost: 2mnk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_tensordot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                            const fm_tensordot_options *options, fm_tensor **out);

/* linalg.matmul: As matmul.
   Cost: 2mnk each batch. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_matmul(fm_context *ctx, const fm_tensor *x1,
                                                const fm_tensor *x2, fm_tensor **out);

/* linalg.outer: As outer.
   Cost: mn. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_outer(fm_context *ctx, const fm_tensor *x1,
                                               const fm_tensor *x2, fm_tensor **out);

typedef struct fm_linalg_vecdot_options {
    size_t size; /* sizeof(fm_linalg_vecdot_options) */
    fm_opt_int axis;
} fm_linalg_vecdot_options;

/* linalg.vecdot: As vecdot.
   Cost: 2nk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_vecdot(fm_context *ctx, const fm_tensor *x1,
                                                const fm_tensor *x2,
                                                const fm_linalg_vecdot_options *options,
                                                fm_tensor **out);

typedef struct fm_linalg_tensordot_options {
    size_t size; /* sizeof(fm_linalg_tensordot_options) */
    fm_opt_ints axes;
} fm_linalg_tensordot_options;

/* linalg.tensordot: As tensordot.
   Cost: 2mnk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_tensordot(fm_context *ctx, const fm_tensor *x1,
                                                   const fm_tensor *x2,
                                                   const fm_linalg_tensordot_options *options,
                                                   fm_tensor **out);

typedef struct fm_einsum_options {
    size_t size; /* sizeof(fm_einsum_options) */
    const fm_value *optimize;
    const fm_value *memory_limit;
    const fm_value *symmetry;
} fm_einsum_options;

/* einsum: Products summed over the labels that the output lacks, pair by pair.
   Cost: 2 a summed product, 1 a product that is not summed. Dtypes: bool int float complex. Error:
   at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_einsum(fm_context *ctx, const char *subscripts,
                                         const fm_tensor *const *operands, int noperands,
                                         const fm_einsum_options *options, fm_tensor **out);

typedef struct fm_einsum_path_options {
    size_t size; /* sizeof(fm_einsum_path_options) */
    const fm_value *optimize;
    const fm_value *memory_limit;
} fm_einsum_path_options;

/* einsum_path: The path that einsum takes, pair by pair, and what its steps cost.
   Cost: 1. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_einsum_path(fm_context *ctx, const char *subscripts,
                                              const fm_tensor *const *operands, int noperands,
                                              const fm_einsum_path_options *options,
                                              fm_reply **reply);

typedef struct fm_concatenate_options {
    size_t size; /* sizeof(fm_concatenate_options) */
    fm_opt_int axis;
    fm_dtype dtype;
    const char *casting;
} fm_concatenate_options;

/* concatenate: Arrays joined along one of their axes.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_concatenate(fm_context *ctx, const fm_tensor *const *arrays,
                                              int narrays, const fm_concatenate_options *options,
                                              fm_tensor **out);

typedef struct fm_concat_options {
    size_t size; /* sizeof(fm_concat_options) */
    fm_opt_int axis;
    fm_dtype dtype;
    const char *casting;
} fm_concat_options;

/* concat: Arrays joined along one of their axes.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_concat(fm_context *ctx, const fm_tensor *const *arrays,
                                         int narrays, const fm_concat_options *options,
                                         fm_tensor **out);

typedef struct fm_random_random_options {
    size_t size; /* sizeof(fm_random_random_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_random_options;

/* random.random: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_random(fm_context *ctx,
                                                const fm_random_random_options *options,
                                                fm_tensor **out);

typedef struct fm_random_random_sample_options {
    size_t size; /* sizeof(fm_random_random_sample_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_random_sample_options;

/* random.random_sample: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_random_sample(
    fm_context *ctx, const fm_random_random_sample_options *options, fm_tensor **out);

typedef struct fm_random_rand_options {
    size_t size; /* sizeof(fm_random_rand_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_rand_options;

/* random.rand: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_rand(fm_context *ctx,
                                              const fm_random_rand_options *options,
                                              fm_tensor **out);

typedef struct fm_random_ranf_options {
    size_t size; /* sizeof(fm_random_ranf_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_ranf_options;

/* random.ranf: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_ranf(fm_context *ctx,
                                              const fm_random_ranf_options *options,
                                              fm_tensor **out);

typedef struct fm_random_sample_options {
    size_t size; /* sizeof(fm_random_sample_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_sample_options;

/* random.sample: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_sample(fm_context *ctx,
                                                const fm_random_sample_options *options,
                                                fm_tensor **out);

typedef struct fm_random_Generator_random_options {
    size_t size; /* sizeof(fm_random_Generator_random_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_Generator_random_options;

/* random.Generator.random: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_random(
    fm_context *ctx, const fm_random_Generator_random_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_random_options {
    size_t size; /* sizeof(fm_random_RandomState_random_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_random_options;

/* random.RandomState.random: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_random(
    fm_context *ctx, const fm_random_RandomState_random_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_random_sample_options {
    size_t size; /* sizeof(fm_random_RandomState_random_sample_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_random_sample_options;

/* random.RandomState.random_sample: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_random_sample(
    fm_context *ctx, const fm_random_RandomState_random_sample_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_rand_options {
    size_t size; /* sizeof(fm_random_RandomState_rand_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_rand_options;

/* random.RandomState.rand: Uniform samples in [0, 1).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_rand(
    fm_context *ctx, const fm_random_RandomState_rand_options *options, fm_tensor **out);

typedef struct fm_random_randn_options {
    size_t size; /* sizeof(fm_random_randn_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_randn_options;

/* random.randn: Samples of the standard normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_randn(fm_context *ctx,
                                               const fm_random_randn_options *options,
                                               fm_tensor **out);

typedef struct fm_random_standard_normal_options {
    size_t size; /* sizeof(fm_random_standard_normal_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_standard_normal_options;

/* random.standard_normal: Samples of the standard normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_standard_normal(
    fm_context *ctx, const fm_random_standard_normal_options *options, fm_tensor **out);

typedef struct fm_random_Generator_standard_normal_options {
    size_t size; /* sizeof(fm_random_Generator_standard_normal_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_Generator_standard_normal_options;

/* random.Generator.standard_normal: Samples of the standard normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_standard_normal(
    fm_context *ctx, const fm_random_Generator_standard_normal_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_standard_normal_options {
    size_t size; /* sizeof(fm_random_RandomState_standard_normal_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_standard_normal_options;

/* random.RandomState.standard_normal: Samples of the standard normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_standard_normal(
    fm_context *ctx, const fm_random_RandomState_standard_normal_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_randn_options {
    size_t size; /* sizeof(fm_random_RandomState_randn_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_randn_options;

/* random.RandomState.randn: Samples of the standard normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_randn(
    fm_context *ctx, const fm_random_RandomState_randn_options *options, fm_tensor **out);

typedef struct fm_random_uniform_options {
    size_t size; /* sizeof(fm_random_uniform_options) */
    fm_opt_float low;
    fm_opt_float high;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_uniform_options;

/* random.uniform: Uniform samples in [low, high).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_uniform(fm_context *ctx,
                                                 const fm_random_uniform_options *options,
                                                 fm_tensor **out);

typedef struct fm_random_Generator_uniform_options {
    size_t size; /* sizeof(fm_random_Generator_uniform_options) */
    fm_opt_float low;
    fm_opt_float high;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_Generator_uniform_options;

/* random.Generator.uniform: Uniform samples in [low, high).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_uniform(
    fm_context *ctx, const fm_random_Generator_uniform_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_uniform_options {
    size_t size; /* sizeof(fm_random_RandomState_uniform_options) */
    fm_opt_float low;
    fm_opt_float high;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_uniform_options;

/* random.RandomState.uniform: Uniform samples in [low, high).
   Cost: n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_uniform(
    fm_context *ctx, const fm_random_RandomState_uniform_options *options, fm_tensor **out);

typedef struct fm_random_normal_options {
    size_t size; /* sizeof(fm_random_normal_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_normal_options;

/* random.normal: Normal samples of mean loc and standard deviation scale.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_normal(fm_context *ctx,
                                                const fm_random_normal_options *options,
                                                fm_tensor **out);

typedef struct fm_random_Generator_normal_options {
    size_t size; /* sizeof(fm_random_Generator_normal_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_Generator_normal_options;

/* random.Generator.normal: Normal samples of mean loc and standard deviation scale.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_normal(
    fm_context *ctx, const fm_random_Generator_normal_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_normal_options {
    size_t size; /* sizeof(fm_random_RandomState_normal_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_normal_options;

/* random.RandomState.normal: Normal samples of mean loc and standard deviation scale.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_normal(
    fm_context *ctx, const fm_random_RandomState_normal_options *options, fm_tensor **out);

typedef struct fm_cumsum_options {
    size_t size; /* sizeof(fm_cumsum_options) */
    fm_opt_int axis;
    fm_dtype dtype;
} fm_cumsum_options;

/* cumsum: Sums of all elements up to each.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cumsum(fm_context *ctx, const fm_tensor *a,
                                         const fm_cumsum_options *options, fm_tensor **out);

typedef struct fm_cumprod_options {
    size_t size; /* sizeof(fm_cumprod_options) */
    fm_opt_int axis;
    fm_dtype dtype;
} fm_cumprod_options;

/* cumprod: Products of all elements up to each.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cumprod(fm_context *ctx, const fm_tensor *a,
                                          const fm_cumprod_options *options, fm_tensor **out);

typedef struct fm_nancumsum_options {
    size_t size; /* sizeof(fm_nancumsum_options) */
    fm_opt_int axis;
    fm_dtype dtype;
} fm_nancumsum_options;

/* nancumsum: As cumsum, with NaN as 0.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nancumsum(fm_context *ctx, const fm_tensor *a,
                                            const fm_nancumsum_options *options, fm_tensor **out);

typedef struct fm_nancumprod_options {
    size_t size; /* sizeof(fm_nancumprod_options) */
    fm_opt_int axis;
    fm_dtype dtype;
} fm_nancumprod_options;

/* nancumprod: As cumprod, with NaN as 1.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nancumprod(fm_context *ctx, const fm_tensor *a,
                                             const fm_nancumprod_options *options, fm_tensor **out);

typedef struct fm_cumulative_sum_options {
    size_t size; /* sizeof(fm_cumulative_sum_options) */
    fm_opt_int axis;
    fm_dtype dtype;
    fm_flag include_initial;
} fm_cumulative_sum_options;

/* cumulative_sum: Sums of all elements along an axis up to each.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cumulative_sum(fm_context *ctx, const fm_tensor *x,
                                                 const fm_cumulative_sum_options *options,
                                                 fm_tensor **out);

typedef struct fm_cumulative_prod_options {
    size_t size; /* sizeof(fm_cumulative_prod_options) */
    fm_opt_int axis;
    fm_dtype dtype;
    fm_flag include_initial;
} fm_cumulative_prod_options;

/* cumulative_prod: Products of all elements along an axis up to each.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cumulative_prod(fm_context *ctx, const fm_tensor *x,
                                                  const fm_cumulative_prod_options *options,
                                                  fm_tensor **out);

typedef struct fm_sort_options {
    size_t size; /* sizeof(fm_sort_options) */
    fm_opt_int axis;
    const char *kind;
    const fm_value *order;
    fm_flag stable;
} fm_sort_options;

/* sort: Elements in ascending order along an axis; NaN last.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_sort(fm_context *ctx, const fm_tensor *a,
                                       const fm_sort_options *options, fm_tensor **out);

typedef struct fm_argsort_options {
    size_t size; /* sizeof(fm_argsort_options) */
    fm_opt_int axis;
    const char *kind;
    const fm_value *order;
    fm_flag stable;
} fm_argsort_options;

/* argsort: Places of the elements in ascending order, equal ones as they lie.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_argsort(fm_context *ctx, const fm_tensor *a,
                                          const fm_argsort_options *options, fm_tensor **out);

typedef struct fm_partition_options {
    size_t size; /* sizeof(fm_partition_options) */
    fm_opt_int axis;
    const char *kind;
    const fm_value *order;
} fm_partition_options;

/* partition: Elements with those of some ranks in their places, smaller ones before.
   Cost: n kths. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_partition(fm_context *ctx, const fm_tensor *a, int nkth,
                                            const int64_t *kth, const fm_partition_options *options,
                                            fm_tensor **out);

typedef struct fm_argpartition_options {
    size_t size; /* sizeof(fm_argpartition_options) */
    fm_opt_int axis;
    const char *kind;
    const fm_value *order;
} fm_argpartition_options;

/* argpartition: Places of the elements as partition arranges them.
   Cost: n kths. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_argpartition(fm_context *ctx, const fm_tensor *a, int nkth,
                                               const int64_t *kth,
                                               const fm_argpartition_options *options,
                                               fm_tensor **out);

typedef struct fm_searchsorted_options {
    size_t size; /* sizeof(fm_searchsorted_options) */
    const char *side;
    const fm_tensor *sorter;
} fm_searchsorted_options;

/* searchsorted: Where elements of v belong in the sorted a.
   Cost: m ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_searchsorted(fm_context *ctx, const fm_tensor *a,
                                               const fm_tensor *v,
                                               const fm_searchsorted_options *options,
                                               fm_tensor **out);

/* sort_complex: All elements as complex numbers in order.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_sort_complex(fm_context *ctx, const fm_tensor *a,
                                               fm_tensor **out);

typedef struct fm_lexsort_options {
    size_t size; /* sizeof(fm_lexsort_options) */
    fm_opt_int axis;
} fm_lexsort_options;

/* lexsort: Places in order by the last key, equal ones by the key before it.
   Cost: k n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_lexsort(fm_context *ctx, const fm_tensor *const *keys, int nkeys,
                                          const fm_lexsort_options *options, fm_tensor **out);

typedef struct fm_digitize_options {
    size_t size; /* sizeof(fm_digitize_options) */
    fm_flag right;
} fm_digitize_options;

/* digitize: The bin of each element of x.
   Cost: n ceil(log2 bins). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_digitize(fm_context *ctx, const fm_tensor *x,
                                           const fm_tensor *bins,
                                           const fm_digitize_options *options, fm_tensor **out);

typedef struct fm_unique_options {
    size_t size; /* sizeof(fm_unique_options) */
    fm_flag return_index;
    fm_flag return_inverse;
    fm_flag return_counts;
    fm_opt_int axis;
    fm_flag equal_nan;
    fm_flag sorted;
} fm_unique_options;

/* unique: Distinct elements or slices in order, with their places.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unique(fm_context *ctx, const fm_tensor *ar,
                                         const fm_unique_options *options, fm_reply **reply);

/* unique_all: Distinct elements, their places, inverse and counts.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unique_all(fm_context *ctx, const fm_tensor *x, fm_tensor **out0,
                                             fm_tensor **out1, fm_tensor **out2, fm_tensor **out3);

/* unique_counts: Distinct elements and how often each is there.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unique_counts(fm_context *ctx, const fm_tensor *x,
                                                fm_tensor **out0, fm_tensor **out1);

/* unique_inverse: Distinct elements and the number of each element's.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unique_inverse(fm_context *ctx, const fm_tensor *x,
                                                 fm_tensor **out0, fm_tensor **out1);

/* unique_values: Distinct elements, integers and complex ones in no order.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unique_values(fm_context *ctx, const fm_tensor *x,
                                                fm_tensor **out);

/* union1d: What is in either, in order.
   Cost: (n + m) ceil(log2(n + m)). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_union1d(fm_context *ctx, const fm_tensor *ar1,
                                          const fm_tensor *ar2, fm_tensor **out);

typedef struct fm_intersect1d_options {
    size_t size; /* sizeof(fm_intersect1d_options) */
    fm_flag assume_unique;
    fm_flag return_indices;
} fm_intersect1d_options;

/* intersect1d: What is in both, in order.
   Cost: (n + m) ceil(log2(n + m)). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_intersect1d(fm_context *ctx, const fm_tensor *ar1,
                                              const fm_tensor *ar2,
                                              const fm_intersect1d_options *options,
                                              fm_reply **reply);

typedef struct fm_setdiff1d_options {
    size_t size; /* sizeof(fm_setdiff1d_options) */
    fm_flag assume_unique;
} fm_setdiff1d_options;

/* setdiff1d: What is in the first alone.
   Cost: (n + m) ceil(log2(n + m)). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_setdiff1d(fm_context *ctx, const fm_tensor *ar1,
                                            const fm_tensor *ar2,
                                            const fm_setdiff1d_options *options, fm_tensor **out);

typedef struct fm_setxor1d_options {
    size_t size; /* sizeof(fm_setxor1d_options) */
    fm_flag assume_unique;
} fm_setxor1d_options;

/* setxor1d: What is in one alone, in order.
   Cost: (n + m) ceil(log2(n + m)). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_setxor1d(fm_context *ctx, const fm_tensor *ar1,
                                           const fm_tensor *ar2, const fm_setxor1d_options *options,
                                           fm_tensor **out);

typedef struct fm_isin_options {
    size_t size; /* sizeof(fm_isin_options) */
    fm_flag assume_unique;
    fm_flag invert;
    const char *kind;
} fm_isin_options;

/* isin: Whether each element is in the set.
   Cost: (n + m) ceil(log2(n + m)). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isin(fm_context *ctx, const fm_tensor *element,
                                       const fm_tensor *test_elements,
                                       const fm_isin_options *options, fm_tensor **out);

typedef struct fm_in1d_options {
    size_t size; /* sizeof(fm_in1d_options) */
    fm_flag assume_unique;
    fm_flag invert;
    const char *kind;
} fm_in1d_options;

/* in1d: As isin, of all elements in order.
   Cost: (n + m) ceil(log2(n + m)). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_in1d(fm_context *ctx, const fm_tensor *ar1, const fm_tensor *ar2,
                                       const fm_in1d_options *options, fm_tensor **out);

typedef struct fm_bincount_options {
    size_t size; /* sizeof(fm_bincount_options) */
    const fm_tensor *weights;
    fm_opt_int minlength;
} fm_bincount_options;

/* bincount: How often each number is there, or its sum of weights.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_bincount(fm_context *ctx, const fm_tensor *x,
                                           const fm_bincount_options *options, fm_tensor **out);

typedef struct fm_histogram_options {
    size_t size; /* sizeof(fm_histogram_options) */
    const fm_tensor *bins;
    const fm_value *range;
    fm_flag density;
    const fm_tensor *weights;
} fm_histogram_options;

/* histogram: How many elements are in each bin; the edges.
   Cost: n ceil(log2 bins). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_histogram(fm_context *ctx, const fm_tensor *a,
                                            const fm_histogram_options *options, fm_tensor **out0,
                                            fm_tensor **out1);

typedef struct fm_histogram_bin_edges_options {
    size_t size; /* sizeof(fm_histogram_bin_edges_options) */
    const fm_tensor *bins;
    const fm_value *range;
    const fm_tensor *weights;
} fm_histogram_bin_edges_options;

/* histogram_bin_edges: The edges that histogram finds.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_histogram_bin_edges(fm_context *ctx, const fm_tensor *a,
                                                      const fm_histogram_bin_edges_options *options,
                                                      fm_tensor **out);

typedef struct fm_histogram2d_options {
    size_t size; /* sizeof(fm_histogram2d_options) */
    const fm_value *bins;
    const fm_value *range;
    fm_flag density;
    const fm_tensor *weights;
} fm_histogram2d_options;

/* histogram2d: How many points are in each cell; the edges.
   Cost: n ceil(log2 bins). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_histogram2d(fm_context *ctx, const fm_tensor *x,
                                              const fm_tensor *y,
                                              const fm_histogram2d_options *options,
                                              fm_tensor **out0, fm_tensor **out1, fm_tensor **out2);

typedef struct fm_histogramdd_options {
    size_t size; /* sizeof(fm_histogramdd_options) */
    const fm_value *bins;
    const fm_value *range;
    fm_flag density;
    const fm_tensor *weights;
} fm_histogramdd_options;

/* histogramdd: How many rows are in each cell; a list of edges.
   Cost: n ceil(log2 bins). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_histogramdd(fm_context *ctx, const fm_tensor *sample,
                                              const fm_histogramdd_options *options,
                                              fm_reply **reply);

typedef struct fm_median_options {
    size_t size; /* sizeof(fm_median_options) */
    fm_opt_ints axis;
    fm_flag overwrite_input;
    fm_flag keepdims;
} fm_median_options;

/* median: The middle element, or the mean of the two.
   Cost: in. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_median(fm_context *ctx, const fm_tensor *a,
                                         const fm_median_options *options, fm_tensor **out);

typedef struct fm_nanmedian_options {
    size_t size; /* sizeof(fm_nanmedian_options) */
    fm_opt_ints axis;
    fm_flag overwrite_input;
    fm_flag keepdims;
} fm_nanmedian_options;

/* nanmedian: The median of what is not NaN.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanmedian(fm_context *ctx, const fm_tensor *a,
                                            const fm_nanmedian_options *options, fm_tensor **out);

typedef struct fm_quantile_options {
    size_t size; /* sizeof(fm_quantile_options) */
    fm_opt_ints axis;
    fm_flag overwrite_input;
    const char *method;
    fm_flag keepdims;
    const fm_tensor *weights;
} fm_quantile_options;

/* quantile: Elements below which a part q of all lies.
   Cost: in. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_quantile(fm_context *ctx, const fm_tensor *a, const fm_tensor *q,
                                           const fm_quantile_options *options, fm_tensor **out);

typedef struct fm_percentile_options {
    size_t size; /* sizeof(fm_percentile_options) */
    fm_opt_ints axis;
    fm_flag overwrite_input;
    const char *method;
    fm_flag keepdims;
    const fm_tensor *weights;
} fm_percentile_options;

/* percentile: As quantile, with q in hundredths.
   Cost: in. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_percentile(fm_context *ctx, const fm_tensor *a,
                                             const fm_tensor *q,
                                             const fm_percentile_options *options, fm_tensor **out);

typedef struct fm_nanquantile_options {
    size_t size; /* sizeof(fm_nanquantile_options) */
    fm_opt_ints axis;
    fm_flag overwrite_input;
    const char *method;
    fm_flag keepdims;
    const fm_tensor *weights;
} fm_nanquantile_options;

/* nanquantile: Quantiles of what is not NaN.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanquantile(fm_context *ctx, const fm_tensor *a,
                                              const fm_tensor *q,
                                              const fm_nanquantile_options *options,
                                              fm_tensor **out);

typedef struct fm_nanpercentile_options {
    size_t size; /* sizeof(fm_nanpercentile_options) */
    fm_opt_ints axis;
    fm_flag overwrite_input;
    const char *method;
    fm_flag keepdims;
    const fm_tensor *weights;
} fm_nanpercentile_options;

/* nanpercentile: Percentiles of what is not NaN.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanpercentile(fm_context *ctx, const fm_tensor *a,
                                                const fm_tensor *q,
                                                const fm_nanpercentile_options *options,
                                                fm_tensor **out);

/* nonzero: Indices of the elements that are not 0, an array for each axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nonzero(fm_context *ctx, const fm_tensor *a, fm_reply **reply);

/* flatnonzero: Flat indices of the elements that are not 0.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_flatnonzero(fm_context *ctx, const fm_tensor *a, fm_tensor **out);

/* argwhere: Indices of the elements that are not 0, a row for each.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_argwhere(fm_context *ctx, const fm_tensor *a, fm_tensor **out);

/* extract: The elements, flattened, where a condition is not 0.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_extract(fm_context *ctx, const fm_tensor *condition,
                                          const fm_tensor *arr, fm_tensor **out);

typedef struct fm_compress_options {
    size_t size; /* sizeof(fm_compress_options) */
    fm_opt_int axis;
} fm_compress_options;

/* compress: What a condition keeps along an axis, or of all elements.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_compress(fm_context *ctx, const fm_tensor *condition,
                                           const fm_tensor *a, const fm_compress_options *options,
                                           fm_tensor **out);

typedef struct fm_select_options {
    size_t size; /* sizeof(fm_select_options) */
    const fm_value *otherwise;
} fm_select_options;

/* select: For each element the choice of the first condition that holds, else the default.
   Cost: largest choice. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_select(fm_context *ctx, const fm_value *condlist,
                                         const fm_value *choicelist,
                                         const fm_select_options *options, fm_tensor **out);

typedef struct fm_choose_options {
    size_t size; /* sizeof(fm_choose_options) */
    const char *mode;
} fm_choose_options;

/* choose: For each element that one of the choices whose number it is.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_choose(fm_context *ctx, const fm_tensor *a,
                                         const fm_value *choices, const fm_choose_options *options,
                                         fm_tensor **out);

typedef struct fm_put_options {
    size_t size; /* sizeof(fm_put_options) */
    const char *mode;
} fm_put_options;

/* put: Writes values to flat indices, in place.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_put(fm_context *ctx, fm_tensor *a, const fm_value *ind,
                                      const fm_value *v, const fm_put_options *options);

/* place: Writes values one after the other where a mask is true, in place.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_place(fm_context *ctx, fm_tensor *arr, const fm_tensor *mask,
                                        const fm_value *vals);

/* putmask: Writes the value of an element's own number where a mask is true, in place.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_putmask(fm_context *ctx, fm_tensor *a, const fm_tensor *mask,
                                          const fm_value *values);

/* put_along_axis: Writes values along an axis by an index for each of them, in place.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_put_along_axis(fm_context *ctx, fm_tensor *arr,
                                                 const fm_tensor *indices, const fm_value *values,
                                                 int64_t axis);

typedef struct fm_copyto_options {
    size_t size; /* sizeof(fm_copyto_options) */
    const char *casting;
    const fm_tensor *where;
} fm_copyto_options;

/* copyto: Writes an array into another, where a mask is true.
   Cost: src, or what where holds. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_copyto(fm_context *ctx, fm_tensor *dst, const fm_tensor *src,
                                         const fm_copyto_options *options);

typedef struct fm_fill_diagonal_options {
    size_t size; /* sizeof(fm_fill_diagonal_options) */
    fm_flag wrap;
} fm_fill_diagonal_options;

/* fill_diagonal: Writes values to the main diagonal, in place.
   Cost: diagonal. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fill_diagonal(fm_context *ctx, fm_tensor *a, const fm_value *val,
                                                const fm_fill_diagonal_options *options);

typedef struct fm_delete_options {
    size_t size; /* sizeof(fm_delete_options) */
    fm_opt_int axis;
} fm_delete_options;

/* delete: Without the parts of an axis that an index, a slice or a mask names.
   Cost: removed. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_delete(fm_context *ctx, const fm_tensor *arr, const fm_value *obj,
                                         const fm_delete_options *options, fm_tensor **out);

typedef struct fm_insert_options {
    size_t size; /* sizeof(fm_insert_options) */
    fm_opt_int axis;
} fm_insert_options;

/* insert: With values along an axis before the places that an index or a slice names.
   Cost: values. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_insert(fm_context *ctx, const fm_tensor *arr, const fm_value *obj,
                                         const fm_value *values, const fm_insert_options *options,
                                         fm_tensor **out);

typedef struct fm_append_options {
    size_t size; /* sizeof(fm_append_options) */
    fm_opt_int axis;
} fm_append_options;

/* append: With values at the end of an axis.
   Cost: values. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_append(fm_context *ctx, const fm_tensor *arr,
                                         const fm_tensor *values, const fm_append_options *options,
                                         fm_tensor **out);

typedef struct fm_trim_zeros_options {
    size_t size; /* sizeof(fm_trim_zeros_options) */
    const char *trim;
    fm_opt_ints axis;
} fm_trim_zeros_options;

/* trim_zeros: What lies between the first and the last elements that are not 0.
   Cost: removed. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_trim_zeros(fm_context *ctx, const fm_value *filt,
                                             const fm_trim_zeros_options *options,
                                             fm_reply **reply);

typedef struct fm_repeat_options {
    size_t size; /* sizeof(fm_repeat_options) */
    fm_opt_int axis;
} fm_repeat_options;

/* repeat: Each element several times.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_repeat(fm_context *ctx, const fm_tensor *a,
                                         const fm_value *repeats, const fm_repeat_options *options,
                                         fm_tensor **out);

/* resize: Another shape, with the elements from the first on again where they do not suffice.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_resize(fm_context *ctx, const fm_tensor *a, int nnew_shape,
                                         const int64_t *new_shape, fm_tensor **out);

typedef struct fm_roll_options {
    size_t size; /* sizeof(fm_roll_options) */
    fm_opt_ints axis;
} fm_roll_options;

/* roll: Elements moved along axes, those at the end to the beginning.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_roll(fm_context *ctx, const fm_tensor *a, int nshift,
                                       const int64_t *shift, const fm_roll_options *options,
                                       fm_tensor **out);

typedef struct fm_diag_indices_options {
    size_t size; /* sizeof(fm_diag_indices_options) */
    fm_opt_int ndim;
} fm_diag_indices_options;

/* diag_indices: Indices of the main diagonal of an array of equal extents.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_diag_indices(fm_context *ctx, int64_t n,
                                               const fm_diag_indices_options *options,
                                               fm_reply **reply);

/* diag_indices_from: Indices of the main diagonal of the array.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_diag_indices_from(fm_context *ctx, const fm_tensor *arr,
                                                    fm_reply **reply);

typedef struct fm_tril_indices_options {
    size_t size; /* sizeof(fm_tril_indices_options) */
    fm_opt_int k;
    fm_opt_int m;
} fm_tril_indices_options;

/* tril_indices: Indices of the elements on and below diagonal k of a matrix.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_tril_indices(fm_context *ctx, int64_t n,
                                               const fm_tril_indices_options *options,
                                               fm_reply **reply);

typedef struct fm_triu_indices_options {
    size_t size; /* sizeof(fm_triu_indices_options) */
    fm_opt_int k;
    fm_opt_int m;
} fm_triu_indices_options;

/* triu_indices: Indices of the elements on and above diagonal k of a matrix.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_triu_indices(fm_context *ctx, int64_t n,
                                               const fm_triu_indices_options *options,
                                               fm_reply **reply);

typedef struct fm_tril_indices_from_options {
    size_t size; /* sizeof(fm_tril_indices_from_options) */
    fm_opt_int k;
} fm_tril_indices_from_options;

/* tril_indices_from: Indices of the matrix's elements on and below diagonal k.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_tril_indices_from(fm_context *ctx, const fm_tensor *arr,
                                                    const fm_tril_indices_from_options *options,
                                                    fm_reply **reply);

typedef struct fm_triu_indices_from_options {
    size_t size; /* sizeof(fm_triu_indices_from_options) */
    fm_opt_int k;
} fm_triu_indices_from_options;

/* triu_indices_from: Indices of the matrix's elements on and above diagonal k.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_triu_indices_from(fm_context *ctx, const fm_tensor *arr,
                                                    const fm_triu_indices_from_options *options,
                                                    fm_reply **reply);

typedef struct fm_unravel_index_options {
    size_t size; /* sizeof(fm_unravel_index_options) */
    const char *order;
} fm_unravel_index_options;

/* unravel_index: Flat indices as those of each axis of a shape.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unravel_index(fm_context *ctx, const fm_tensor *indices,
                                                int nshape, const int64_t *shape,
                                                const fm_unravel_index_options *options,
                                                fm_reply **reply);

typedef struct fm_ravel_multi_index_options {
    size_t size; /* sizeof(fm_ravel_multi_index_options) */
    const fm_value *mode;
    const char *order;
} fm_ravel_multi_index_options;

/* ravel_multi_index: Indices of each axis of a shape as flat ones.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ravel_multi_index(
    fm_context *ctx, const fm_tensor *const *multi_index, int nmulti_index, int ndims,
    const int64_t *dims, const fm_ravel_multi_index_options *options, fm_tensor **out);

typedef struct fm_mask_indices_options {
    size_t size; /* sizeof(fm_mask_indices_options) */
    fm_opt_int k;
} fm_mask_indices_options;

/* mask_indices: Indices of what a function of an array and k leaves of ones.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_mask_indices(fm_context *ctx, int64_t n,
                                               const fm_value *mask_func,
                                               const fm_mask_indices_options *options,
                                               fm_reply **reply);

typedef struct fm_ix__options {
    size_t size; /* sizeof(fm_ix__options) */
    const fm_value *args;
} fm_ix__options;

/* ix_: Sequences as indices that broadcast to all their combinations.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ix_(fm_context *ctx, const fm_ix__options *options,
                                      fm_reply **reply);

typedef struct fm_indices_options {
    size_t size; /* sizeof(fm_indices_options) */
    fm_dtype dtype;
    fm_flag sparse;
} fm_indices_options;

/* indices: The indices of each axis of a grid, at each of its points.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_indices(fm_context *ctx, int ndimensions,
                                          const int64_t *dimensions,
                                          const fm_indices_options *options, fm_reply **reply);

typedef struct fm_take_options {
    size_t size; /* sizeof(fm_take_options) */
    fm_opt_int axis;
    const char *mode;
} fm_take_options;

/* take: Elements along an axis, or of all, by their indices.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_take(fm_context *ctx, const fm_tensor *a,
                                       const fm_tensor *indices, const fm_take_options *options,
                                       fm_tensor **out);

typedef struct fm_take_along_axis_options {
    size_t size; /* sizeof(fm_take_along_axis_options) */
    fm_opt_int axis;
} fm_take_along_axis_options;

/* take_along_axis: Elements along an axis by an index for each of them.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_take_along_axis(fm_context *ctx, const fm_tensor *arr,
                                                  const fm_tensor *indices,
                                                  const fm_take_along_axis_options *options,
                                                  fm_tensor **out);

typedef struct fm_packbits_options {
    size_t size; /* sizeof(fm_packbits_options) */
    fm_opt_int axis;
    const char *bitorder;
} fm_packbits_options;

/* packbits: Eight elements along an axis as the bits of a byte.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_packbits(fm_context *ctx, const fm_tensor *a,
                                           const fm_packbits_options *options, fm_tensor **out);

typedef struct fm_unpackbits_options {
    size_t size; /* sizeof(fm_unpackbits_options) */
    fm_opt_int axis;
    fm_opt_int count;
    const char *bitorder;
} fm_unpackbits_options;

/* unpackbits: The bits of bytes along an axis as elements.
   Cost: out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unpackbits(fm_context *ctx, const fm_tensor *a,
                                             const fm_unpackbits_options *options, fm_tensor **out);

/* linalg.inv: The inverse of square matrices.
   Cost: n^3, of a symmetric one n^3 + n^3//3. Dtypes: int float complex. Error: at most 1e+06 ulp.
 */
FM_API FM_MUST_CHECK fm_status fm_linalg_inv(fm_context *ctx, const fm_tensor *a, fm_tensor **out);

/* linalg.solve: x in a x = b, for one vector or the columns of matrices.
   Cost: n^3 + n^2*nrhs. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_solve(fm_context *ctx, const fm_tensor *a,
                                               const fm_tensor *b, fm_tensor **out);

typedef struct fm_linalg_cholesky_options {
    size_t size; /* sizeof(fm_linalg_cholesky_options) */
    fm_flag upper;
} fm_linalg_cholesky_options;

/* linalg.cholesky: The triangle L in a = L L^H, or its adjoint.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_cholesky(fm_context *ctx, const fm_tensor *a,
                                                  const fm_linalg_cholesky_options *options,
                                                  fm_tensor **out);

/* linalg.det: The determinant.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_det(fm_context *ctx, const fm_tensor *a, fm_tensor **out);

/* linalg.slogdet: Sign and logarithm of the magnitude of the determinant.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_slogdet(fm_context *ctx, const fm_tensor *a,
                                                 fm_tensor **out0, fm_tensor **out1);

typedef struct fm_linalg_qr_options {
    size_t size; /* sizeof(fm_linalg_qr_options) */
    const char *mode;
} fm_linalg_qr_options;

/* linalg.qr: q and r in a = q r, q orthonormal and r triangular.
   Cost: m*n*min(m, n). Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_qr(fm_context *ctx, const fm_tensor *a,
                                            const fm_linalg_qr_options *options, fm_reply **reply);

/* linalg.eig: Eigenvalues, and eigenvectors of length 1 as columns.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_eig(fm_context *ctx, const fm_tensor *a, fm_tensor **out0,
                                             fm_tensor **out1);

/* linalg.eigvals: Eigenvalues.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_eigvals(fm_context *ctx, const fm_tensor *a,
                                                 fm_tensor **out);

typedef struct fm_linalg_eigh_options {
    size_t size; /* sizeof(fm_linalg_eigh_options) */
    const char *UPLO;
} fm_linalg_eigh_options;

/* linalg.eigh: Rising eigenvalues and orthonormal eigenvectors of Hermitian matrices.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_eigh(fm_context *ctx, const fm_tensor *a,
                                              const fm_linalg_eigh_options *options,
                                              fm_tensor **out0, fm_tensor **out1);

typedef struct fm_linalg_eigvalsh_options {
    size_t size; /* sizeof(fm_linalg_eigvalsh_options) */
    const char *UPLO;
} fm_linalg_eigvalsh_options;

/* linalg.eigvalsh: Rising eigenvalues of Hermitian matrices.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_eigvalsh(fm_context *ctx, const fm_tensor *a,
                                                  const fm_linalg_eigvalsh_options *options,
                                                  fm_tensor **out);

typedef struct fm_linalg_svd_options {
    size_t size; /* sizeof(fm_linalg_svd_options) */
    fm_flag full_matrices;
    fm_flag compute_uv;
    fm_flag hermitian;
    fm_opt_int k;
} fm_linalg_svd_options;

/* linalg.svd: u, s and vh in a = u diag(s) vh, all or the k largest; or s alone.
   Cost: m*n*k. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_svd(fm_context *ctx, const fm_tensor *a,
                                             const fm_linalg_svd_options *options,
                                             fm_reply **reply);

typedef struct fm_linalg_svdvals_options {
    size_t size; /* sizeof(fm_linalg_svdvals_options) */
    fm_opt_int k;
} fm_linalg_svdvals_options;

/* linalg.svdvals: Falling singular values, all or the k largest.
   Cost: m*n*k. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_svdvals(fm_context *ctx, const fm_tensor *x,
                                                 const fm_linalg_svdvals_options *options,
                                                 fm_tensor **out);

typedef struct fm_linalg_cond_options {
    size_t size; /* sizeof(fm_linalg_cond_options) */
    const char *p;
} fm_linalg_cond_options;

/* linalg.cond: The condition number: the norm of x times that of its inverse.
   Cost: m*n*min(m, n); other p: min(m, n)^3 + m*n. Dtypes: int float complex. Error: at most 1e+06
   ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_cond(fm_context *ctx, const fm_tensor *x,
                                              const fm_linalg_cond_options *options,
                                              fm_tensor **out);

typedef struct fm_linalg_matrix_rank_options {
    size_t size; /* sizeof(fm_linalg_matrix_rank_options) */
    const fm_tensor *tol;
    fm_flag hermitian;
    const fm_tensor *rtol;
} fm_linalg_matrix_rank_options;

/* linalg.matrix_rank: The number of singular values above a tolerance.
   Cost: m*n*min(m, n). Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_matrix_rank(fm_context *ctx, const fm_tensor *A,
                                                     const fm_linalg_matrix_rank_options *options,
                                                     fm_reply **reply);

typedef struct fm_linalg_pinv_options {
    size_t size; /* sizeof(fm_linalg_pinv_options) */
    const fm_tensor *rcond;
    fm_flag hermitian;
    const fm_tensor *rtol;
} fm_linalg_pinv_options;

/* linalg.pinv: The pseudo-inverse of Moore and Penrose.
   Cost: m*n*k + k + n*k, and 2*n*k*m. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_pinv(fm_context *ctx, const fm_tensor *a,
                                              const fm_linalg_pinv_options *options,
                                              fm_tensor **out);

typedef struct fm_linalg_lstsq_options {
    size_t size; /* sizeof(fm_linalg_lstsq_options) */
    fm_opt_float rcond;
} fm_linalg_lstsq_options;

/* linalg.lstsq: Least squares: solution, sums of squared residuals, rank, singular values.
   Cost: m*n*k + k*c, and 2*k*m*c + 2*n*k*c. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_lstsq(fm_context *ctx, const fm_tensor *a,
                                               const fm_tensor *b,
                                               const fm_linalg_lstsq_options *options,
                                               fm_tensor **out0, fm_tensor **out1, fm_tensor **out2,
                                               fm_tensor **out3);

typedef struct fm_linalg_norm_options {
    size_t size; /* sizeof(fm_linalg_norm_options) */
    const char *ord;
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_linalg_norm_options;

/* linalg.norm: A norm of vectors along an axis or of matrices along two.
   Cost: 2n; ord 2, -2, nuc of matrices: 4*m*n*min(m, n). Dtypes: int float complex. Error: at most
   1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_norm(fm_context *ctx, const fm_tensor *x,
                                              const fm_linalg_norm_options *options,
                                              fm_tensor **out);

typedef struct fm_linalg_matrix_norm_options {
    size_t size; /* sizeof(fm_linalg_matrix_norm_options) */
    const char *ord;
    fm_flag keepdims;
} fm_linalg_matrix_norm_options;

/* linalg.matrix_norm: A norm of matrices.
   Cost: 2n; ord 2, -2, nuc: 4*m*n*min(m, n). Dtypes: int float complex. Error: at most 1e+06 ulp.
 */
FM_API FM_MUST_CHECK fm_status fm_linalg_matrix_norm(fm_context *ctx, const fm_tensor *x,
                                                     const fm_linalg_matrix_norm_options *options,
                                                     fm_tensor **out);

typedef struct fm_linalg_vector_norm_options {
    size_t size; /* sizeof(fm_linalg_vector_norm_options) */
    const char *ord;
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_linalg_vector_norm_options;

/* linalg.vector_norm: A norm of vectors along any axes.
   Cost: 2n. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_vector_norm(fm_context *ctx, const fm_tensor *x,
                                                     const fm_linalg_vector_norm_options *options,
                                                     fm_tensor **out);

/* linalg.matrix_power: Integer powers of square matrices; negative ones of the inverse.
   Cost: 2*n^3 a product. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_matrix_power(fm_context *ctx, const fm_tensor *a,
                                                      int64_t n, fm_tensor **out);

/* linalg.multi_dot: The product of a chain of matrices, in the order that costs least.
   Cost: 2 a multiply-add pair of the best order. Dtypes: bool int float complex. Error: at most 4
   ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_multi_dot(fm_context *ctx, const fm_tensor *const *arrays,
                                                   int narrays, fm_tensor **out);

typedef struct fm_linalg_tensorinv_options {
    size_t size; /* sizeof(fm_linalg_tensorinv_options) */
    fm_opt_int ind;
} fm_linalg_tensorinv_options;

/* linalg.tensorinv: The inverse of a tensor as a map from its last axes to its first ind.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_tensorinv(fm_context *ctx, const fm_tensor *a,
                                                   const fm_linalg_tensorinv_options *options,
                                                   fm_tensor **out);

typedef struct fm_linalg_tensorsolve_options {
    size_t size; /* sizeof(fm_linalg_tensorsolve_options) */
    fm_opt_ints axes;
} fm_linalg_tensorsolve_options;

/* linalg.tensorsolve: x in a x = b, summed over all axes of x.
   Cost: n^3. Dtypes: int float complex. Error: at most 1e+06 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_tensorsolve(fm_context *ctx, const fm_tensor *a,
                                                     const fm_tensor *b,
                                                     const fm_linalg_tensorsolve_options *options,
                                                     fm_tensor **out);

typedef struct fm_trace_options {
    size_t size; /* sizeof(fm_trace_options) */
    fm_opt_int offset;
    fm_opt_int axis1;
    fm_opt_int axis2;
    fm_dtype dtype;
} fm_trace_options;

/* trace: The sum of the diagonal of two axes.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_trace(fm_context *ctx, const fm_tensor *a,
                                        const fm_trace_options *options, fm_tensor **out);

typedef struct fm_linalg_trace_options {
    size_t size; /* sizeof(fm_linalg_trace_options) */
    fm_opt_int offset;
    fm_dtype dtype;
} fm_linalg_trace_options;

/* linalg.trace: The sum of the diagonal of matrices.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_trace(fm_context *ctx, const fm_tensor *x,
                                               const fm_linalg_trace_options *options,
                                               fm_tensor **out);

typedef struct fm_linalg_diagonal_options {
    size_t size; /* sizeof(fm_linalg_diagonal_options) */
    fm_opt_int offset;
} fm_linalg_diagonal_options;

/* linalg.diagonal: The diagonals of matrices.
   Cost: 0. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_diagonal(fm_context *ctx, const fm_tensor *x,
                                                  const fm_linalg_diagonal_options *options,
                                                  fm_tensor **out);

/* kron: The Kronecker product.
   Cost: n*m. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_kron(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                       fm_tensor **out);

typedef struct fm_cross_options {
    size_t size; /* sizeof(fm_cross_options) */
    fm_opt_int axisa;
    fm_opt_int axisb;
    fm_opt_int axisc;
    fm_opt_int axis;
} fm_cross_options;

/* cross: The cross product of vectors of 2 or 3 elements.
   Cost: 5n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cross(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                        const fm_cross_options *options, fm_tensor **out);

typedef struct fm_linalg_cross_options {
    size_t size; /* sizeof(fm_linalg_cross_options) */
    fm_opt_int axis;
} fm_linalg_cross_options;

/* linalg.cross: The cross product of vectors of 3 elements.
   Cost: 5n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linalg_cross(fm_context *ctx, const fm_tensor *x1,
                                               const fm_tensor *x2,
                                               const fm_linalg_cross_options *options,
                                               fm_tensor **out);

/* vdot: The sum of products of all elements, those of a conjugated.
   Cost: 2n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_vdot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                       fm_tensor **out);

typedef struct fm_fft_fft_options {
    size_t size; /* sizeof(fm_fft_fft_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const char *norm;
} fm_fft_fft_options;

/* fft.fft: Discrete Fourier transform along an axis.
   Cost: 5*n*ceil(log2 n) a line. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_fft(fm_context *ctx, const fm_tensor *a,
                                          const fm_fft_fft_options *options, fm_tensor **out);

typedef struct fm_fft_ifft_options {
    size_t size; /* sizeof(fm_fft_ifft_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const char *norm;
} fm_fft_ifft_options;

/* fft.ifft: Inverse of fft.
   Cost: 5*n*ceil(log2 n) a line. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_ifft(fm_context *ctx, const fm_tensor *a,
                                           const fm_fft_ifft_options *options, fm_tensor **out);

typedef struct fm_fft_rfft_options {
    size_t size; /* sizeof(fm_fft_rfft_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const char *norm;
} fm_fft_rfft_options;

/* fft.rfft: The first half of fft of real numbers.
   Cost: 5*(n//2)*ceil(log2 n) a line. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_rfft(fm_context *ctx, const fm_tensor *a,
                                           const fm_fft_rfft_options *options, fm_tensor **out);

typedef struct fm_fft_irfft_options {
    size_t size; /* sizeof(fm_fft_irfft_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const char *norm;
} fm_fft_irfft_options;

/* fft.irfft: Inverse of rfft: n real numbers.
   Cost: 5*(n//2)*ceil(log2 n) a line. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_irfft(fm_context *ctx, const fm_tensor *a,
                                            const fm_fft_irfft_options *options, fm_tensor **out);

typedef struct fm_fft_hfft_options {
    size_t size; /* sizeof(fm_fft_hfft_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const char *norm;
} fm_fft_hfft_options;

/* fft.hfft: fft of n numbers whose second half is the first's conjugate.
   Cost: 5*n*ceil(log2 n) a line. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_hfft(fm_context *ctx, const fm_tensor *a,
                                           const fm_fft_hfft_options *options, fm_tensor **out);

typedef struct fm_fft_ihfft_options {
    size_t size; /* sizeof(fm_fft_ihfft_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const char *norm;
} fm_fft_ihfft_options;

/* fft.ihfft: Inverse of hfft.
   Cost: 5*n*ceil(log2 n) a line. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_ihfft(fm_context *ctx, const fm_tensor *a,
                                            const fm_fft_ihfft_options *options, fm_tensor **out);

typedef struct fm_fft_fft2_options {
    size_t size; /* sizeof(fm_fft_fft2_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_fft2_options;

/* fft.fft2: fft over two axes.
   Cost: 5*size*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at most 64
   ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_fft2(fm_context *ctx, const fm_tensor *a,
                                           const fm_fft_fft2_options *options, fm_tensor **out);

typedef struct fm_fft_ifft2_options {
    size_t size; /* sizeof(fm_fft_ifft2_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_ifft2_options;

/* fft.ifft2: Inverse of fft2.
   Cost: 5*size*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at most 64
   ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_ifft2(fm_context *ctx, const fm_tensor *a,
                                            const fm_fft_ifft2_options *options, fm_tensor **out);

typedef struct fm_fft_rfft2_options {
    size_t size; /* sizeof(fm_fft_rfft2_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_rfft2_options;

/* fft.rfft2: rfft over the last of two axes, then fft over the first.
   Cost: 5*(size//2)*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at
   most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_rfft2(fm_context *ctx, const fm_tensor *a,
                                            const fm_fft_rfft2_options *options, fm_tensor **out);

typedef struct fm_fft_irfft2_options {
    size_t size; /* sizeof(fm_fft_irfft2_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_irfft2_options;

/* fft.irfft2: Inverse of rfft2.
   Cost: 5*(size//2)*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at
   most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_irfft2(fm_context *ctx, const fm_tensor *a,
                                             const fm_fft_irfft2_options *options, fm_tensor **out);

typedef struct fm_fft_fftn_options {
    size_t size; /* sizeof(fm_fft_fftn_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_fftn_options;

/* fft.fftn: fft over axes.
   Cost: 5*size*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at most 64
   ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_fftn(fm_context *ctx, const fm_tensor *a,
                                           const fm_fft_fftn_options *options, fm_tensor **out);

typedef struct fm_fft_ifftn_options {
    size_t size; /* sizeof(fm_fft_ifftn_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_ifftn_options;

/* fft.ifftn: Inverse of fftn.
   Cost: 5*size*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at most 64
   ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_ifftn(fm_context *ctx, const fm_tensor *a,
                                            const fm_fft_ifftn_options *options, fm_tensor **out);

typedef struct fm_fft_rfftn_options {
    size_t size; /* sizeof(fm_fft_rfftn_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_rfftn_options;

/* fft.rfftn: rfft over the last of the axes, then fft over the others.
   Cost: 5*(size//2)*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at
   most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_rfftn(fm_context *ctx, const fm_tensor *a,
                                            const fm_fft_rfftn_options *options, fm_tensor **out);

typedef struct fm_fft_irfftn_options {
    size_t size; /* sizeof(fm_fft_irfftn_options) */
    fm_opt_ints s;
    fm_opt_ints axes;
    const char *norm;
} fm_fft_irfftn_options;

/* fft.irfftn: Inverse of rfftn.
   Cost: 5*(size//2)*sum of ceil(log2 extent) a block. Dtypes: bool int float complex. Error: at
   most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_irfftn(fm_context *ctx, const fm_tensor *a,
                                             const fm_fft_irfftn_options *options, fm_tensor **out);

typedef struct fm_convolve_options {
    size_t size; /* sizeof(fm_convolve_options) */
    const char *mode;
} fm_convolve_options;

/* convolve: Sums of products of a with v reversed at every offset.
   Cost: 2nm - n - m. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_convolve(fm_context *ctx, const fm_tensor *a, const fm_tensor *v,
                                           const fm_convolve_options *options, fm_tensor **out);

typedef struct fm_correlate_options {
    size_t size; /* sizeof(fm_correlate_options) */
    const char *mode;
} fm_correlate_options;

/* correlate: Sums of products of a with the conjugate of v at every offset.
   Cost: 2nm - n - m. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_correlate(fm_context *ctx, const fm_tensor *a, const fm_tensor *v,
                                            const fm_correlate_options *options, fm_tensor **out);

/* bartlett: The triangular window of M samples.
   Cost: n. Dtypes: float64. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_bartlett(fm_context *ctx, double M, fm_tensor **out);

/* blackman: The window of three cosines, of M samples.
   Cost: 3n. Dtypes: float64. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_blackman(fm_context *ctx, double M, fm_tensor **out);

/* hamming: The raised cosine of M samples that ends at 0.08.
   Cost: 2n. Dtypes: float64. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_hamming(fm_context *ctx, double M, fm_tensor **out);

/* hanning: The raised cosine of M samples that ends at 0.
   Cost: 2n. Dtypes: float64. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_hanning(fm_context *ctx, double M, fm_tensor **out);

/* kaiser: Kaiser's window of M samples, by a Bessel function.
   Cost: 3n. Dtypes: float64. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_kaiser(fm_context *ctx, double M, double beta, fm_tensor **out);

typedef struct fm_fft_fftfreq_options {
    size_t size; /* sizeof(fm_fft_fftfreq_options) */
    fm_opt_float d;
} fm_fft_fftfreq_options;

/* fft.fftfreq: The frequencies of fft of n samples d apart.
   Cost: 0. Dtypes: float64. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_fftfreq(fm_context *ctx, double n,
                                              const fm_fft_fftfreq_options *options,
                                              fm_tensor **out);

typedef struct fm_fft_rfftfreq_options {
    size_t size; /* sizeof(fm_fft_rfftfreq_options) */
    fm_opt_float d;
} fm_fft_rfftfreq_options;

/* fft.rfftfreq: The frequencies of rfft of n samples d apart.
   Cost: 0. Dtypes: float64. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_fft_rfftfreq(fm_context *ctx, double n,
                                               const fm_fft_rfftfreq_options *options,
                                               fm_tensor **out);

typedef struct fm_fft_fftshift_options {
    size_t size; /* sizeof(fm_fft_fftshift_options) */
    fm_opt_ints axes;
} fm_fft_fftshift_options;

/* fft.fftshift: Frequency 0 moved to the middle of axes.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fft_fftshift(fm_context *ctx, const fm_tensor *x,
                                               const fm_fft_fftshift_options *options,
                                               fm_tensor **out);

typedef struct fm_fft_ifftshift_options {
    size_t size; /* sizeof(fm_fft_ifftshift_options) */
    fm_opt_ints axes;
} fm_fft_ifftshift_options;

/* fft.ifftshift: Frequency 0 moved from the middle of axes to their begin.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fft_ifftshift(fm_context *ctx, const fm_tensor *x,
                                                const fm_fft_ifftshift_options *options,
                                                fm_tensor **out);

typedef struct fm_interp_options {
    size_t size; /* sizeof(fm_interp_options) */
    const fm_tensor *left;
    const fm_tensor *right;
    fm_opt_float period;
} fm_interp_options;

/* interp: Piecewise linear through the points (xp, fp).
   Cost: n*ceil(log2 len(xp)). Dtypes: float64 complex128. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_interp(fm_context *ctx, const fm_tensor *x, const fm_tensor *xp,
                                         const fm_tensor *fp, const fm_interp_options *options,
                                         fm_tensor **out);

typedef struct fm_diff_options {
    size_t size; /* sizeof(fm_diff_options) */
    fm_opt_int n;
    fm_opt_int axis;
    const fm_tensor *prepend;
    const fm_tensor *append;
} fm_diff_options;

/* diff: Differences of neighbours along an axis, n times.
   Cost: n*L - n*(n+1)/2 a line. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_diff(fm_context *ctx, const fm_tensor *a,
                                       const fm_diff_options *options, fm_tensor **out);

typedef struct fm_ediff1d_options {
    size_t size; /* sizeof(fm_ediff1d_options) */
    const fm_tensor *to_end;
    const fm_tensor *to_begin;
} fm_ediff1d_options;

/* ediff1d: Differences of neighbours of the flattened array.
   Cost: out. Dtypes: int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ediff1d(fm_context *ctx, const fm_tensor *ary,
                                          const fm_ediff1d_options *options, fm_tensor **out);

typedef struct fm_gradient_options {
    size_t size; /* sizeof(fm_gradient_options) */
    const fm_value *varargs;
    fm_opt_ints axis;
    fm_opt_int edge_order;
} fm_gradient_options;

/* gradient: Slopes along axes: one array, or one for each.
   Cost: 2*size*(extent - 2)/extent an axis. Dtypes: int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_gradient(fm_context *ctx, const fm_tensor *f,
                                           const fm_gradient_options *options, fm_reply **reply);

typedef struct fm_trapezoid_options {
    size_t size; /* sizeof(fm_trapezoid_options) */
    const fm_tensor *x;
    const fm_tensor *dx;
    fm_opt_int axis;
} fm_trapezoid_options;

/* trapezoid: The integral along an axis by the trapezoidal rule.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_trapezoid(fm_context *ctx, const fm_tensor *y,
                                            const fm_trapezoid_options *options, fm_tensor **out);

typedef struct fm_trapz_options {
    size_t size; /* sizeof(fm_trapz_options) */
    const fm_tensor *x;
    const fm_tensor *dx;
    fm_opt_int axis;
} fm_trapz_options;

/* trapz: As trapezoid.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_trapz(fm_context *ctx, const fm_tensor *y,
                                        const fm_trapz_options *options, fm_tensor **out);

typedef struct fm_unwrap_options {
    size_t size; /* sizeof(fm_unwrap_options) */
    fm_opt_float discont;
    fm_opt_int axis;
    fm_opt_float period;
} fm_unwrap_options;

/* unwrap: Phases without jumps of more than half a period.
   Cost: 7n. Dtypes: int float. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_unwrap(fm_context *ctx, const fm_tensor *p,
                                         const fm_unwrap_options *options, fm_tensor **out);

typedef struct fm_random_exponential_options {
    size_t size; /* sizeof(fm_random_exponential_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_exponential_options;

/* random.exponential: Exponential samples of mean scale.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_exponential(fm_context *ctx,
                                                     const fm_random_exponential_options *options,
                                                     fm_tensor **out);

typedef struct fm_random_RandomState_exponential_options {
    size_t size; /* sizeof(fm_random_RandomState_exponential_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_RandomState_exponential_options;

/* random.RandomState.exponential: Exponential samples of mean scale.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_exponential(
    fm_context *ctx, const fm_random_RandomState_exponential_options *options, fm_tensor **out);

typedef struct fm_random_Generator_exponential_options {
    size_t size; /* sizeof(fm_random_Generator_exponential_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_Generator_exponential_options;

/* random.Generator.exponential: Exponential samples of mean scale.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_exponential(
    fm_context *ctx, const fm_random_Generator_exponential_options *options, fm_tensor **out);

typedef struct fm_random_standard_exponential_options {
    size_t size; /* sizeof(fm_random_standard_exponential_options) */
    fm_opt_ints shape;
} fm_random_standard_exponential_options;

/* random.standard_exponential: Exponential samples of mean 1.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_standard_exponential(
    fm_context *ctx, const fm_random_standard_exponential_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_standard_exponential_options {
    size_t size; /* sizeof(fm_random_RandomState_standard_exponential_options) */
    fm_opt_ints shape;
} fm_random_RandomState_standard_exponential_options;

/* random.RandomState.standard_exponential: Exponential samples of mean 1.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_standard_exponential(
    fm_context *ctx, const fm_random_RandomState_standard_exponential_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_standard_exponential_options {
    size_t size; /* sizeof(fm_random_Generator_standard_exponential_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
    const char *method;
} fm_random_Generator_standard_exponential_options;

/* random.Generator.standard_exponential: Exponential samples of mean 1.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_standard_exponential(
    fm_context *ctx, const fm_random_Generator_standard_exponential_options *options,
    fm_tensor **out);

typedef struct fm_random_gumbel_options {
    size_t size; /* sizeof(fm_random_gumbel_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_gumbel_options;

/* random.gumbel: Gumbel samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_gumbel(fm_context *ctx,
                                                const fm_random_gumbel_options *options,
                                                fm_tensor **out);

typedef struct fm_random_RandomState_gumbel_options {
    size_t size; /* sizeof(fm_random_RandomState_gumbel_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_RandomState_gumbel_options;

/* random.RandomState.gumbel: Gumbel samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_gumbel(
    fm_context *ctx, const fm_random_RandomState_gumbel_options *options, fm_tensor **out);

typedef struct fm_random_Generator_gumbel_options {
    size_t size; /* sizeof(fm_random_Generator_gumbel_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_Generator_gumbel_options;

/* random.Generator.gumbel: Gumbel samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_gumbel(
    fm_context *ctx, const fm_random_Generator_gumbel_options *options, fm_tensor **out);

typedef struct fm_random_laplace_options {
    size_t size; /* sizeof(fm_random_laplace_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_laplace_options;

/* random.laplace: Laplace samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_laplace(fm_context *ctx,
                                                 const fm_random_laplace_options *options,
                                                 fm_tensor **out);

typedef struct fm_random_RandomState_laplace_options {
    size_t size; /* sizeof(fm_random_RandomState_laplace_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_RandomState_laplace_options;

/* random.RandomState.laplace: Laplace samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_laplace(
    fm_context *ctx, const fm_random_RandomState_laplace_options *options, fm_tensor **out);

typedef struct fm_random_Generator_laplace_options {
    size_t size; /* sizeof(fm_random_Generator_laplace_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_Generator_laplace_options;

/* random.Generator.laplace: Laplace samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_laplace(
    fm_context *ctx, const fm_random_Generator_laplace_options *options, fm_tensor **out);

typedef struct fm_random_logistic_options {
    size_t size; /* sizeof(fm_random_logistic_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_logistic_options;

/* random.logistic: Logistic samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_logistic(fm_context *ctx,
                                                  const fm_random_logistic_options *options,
                                                  fm_tensor **out);

typedef struct fm_random_RandomState_logistic_options {
    size_t size; /* sizeof(fm_random_RandomState_logistic_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_RandomState_logistic_options;

/* random.RandomState.logistic: Logistic samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_logistic(
    fm_context *ctx, const fm_random_RandomState_logistic_options *options, fm_tensor **out);

typedef struct fm_random_Generator_logistic_options {
    size_t size; /* sizeof(fm_random_Generator_logistic_options) */
    fm_opt_float loc;
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_Generator_logistic_options;

/* random.Generator.logistic: Logistic samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_logistic(
    fm_context *ctx, const fm_random_Generator_logistic_options *options, fm_tensor **out);

typedef struct fm_random_lognormal_options {
    size_t size; /* sizeof(fm_random_lognormal_options) */
    fm_opt_float mean;
    fm_opt_float sigma;
    fm_opt_ints shape;
} fm_random_lognormal_options;

/* random.lognormal: Samples whose logarithm is normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_lognormal(fm_context *ctx,
                                                   const fm_random_lognormal_options *options,
                                                   fm_tensor **out);

typedef struct fm_random_RandomState_lognormal_options {
    size_t size; /* sizeof(fm_random_RandomState_lognormal_options) */
    fm_opt_float mean;
    fm_opt_float sigma;
    fm_opt_ints shape;
} fm_random_RandomState_lognormal_options;

/* random.RandomState.lognormal: Samples whose logarithm is normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_lognormal(
    fm_context *ctx, const fm_random_RandomState_lognormal_options *options, fm_tensor **out);

typedef struct fm_random_Generator_lognormal_options {
    size_t size; /* sizeof(fm_random_Generator_lognormal_options) */
    fm_opt_float mean;
    fm_opt_float sigma;
    fm_opt_ints shape;
} fm_random_Generator_lognormal_options;

/* random.Generator.lognormal: Samples whose logarithm is normal.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_lognormal(
    fm_context *ctx, const fm_random_Generator_lognormal_options *options, fm_tensor **out);

typedef struct fm_random_rayleigh_options {
    size_t size; /* sizeof(fm_random_rayleigh_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_rayleigh_options;

/* random.rayleigh: Rayleigh samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_rayleigh(fm_context *ctx,
                                                  const fm_random_rayleigh_options *options,
                                                  fm_tensor **out);

typedef struct fm_random_RandomState_rayleigh_options {
    size_t size; /* sizeof(fm_random_RandomState_rayleigh_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_RandomState_rayleigh_options;

/* random.RandomState.rayleigh: Rayleigh samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_rayleigh(
    fm_context *ctx, const fm_random_RandomState_rayleigh_options *options, fm_tensor **out);

typedef struct fm_random_Generator_rayleigh_options {
    size_t size; /* sizeof(fm_random_Generator_rayleigh_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_Generator_rayleigh_options;

/* random.Generator.rayleigh: Rayleigh samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_rayleigh(
    fm_context *ctx, const fm_random_Generator_rayleigh_options *options, fm_tensor **out);

typedef struct fm_random_weibull_options {
    size_t size; /* sizeof(fm_random_weibull_options) */
    fm_opt_ints shape;
} fm_random_weibull_options;

/* random.weibull: Weibull samples of shape a.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_weibull(fm_context *ctx, double a,
                                                 const fm_random_weibull_options *options,
                                                 fm_tensor **out);

typedef struct fm_random_RandomState_weibull_options {
    size_t size; /* sizeof(fm_random_RandomState_weibull_options) */
    fm_opt_ints shape;
} fm_random_RandomState_weibull_options;

/* random.RandomState.weibull: Weibull samples of shape a.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_weibull(
    fm_context *ctx, double a, const fm_random_RandomState_weibull_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_weibull_options {
    size_t size; /* sizeof(fm_random_Generator_weibull_options) */
    fm_opt_ints shape;
} fm_random_Generator_weibull_options;

/* random.Generator.weibull: Weibull samples of shape a.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_weibull(
    fm_context *ctx, double a, const fm_random_Generator_weibull_options *options, fm_tensor **out);

typedef struct fm_random_pareto_options {
    size_t size; /* sizeof(fm_random_pareto_options) */
    fm_opt_ints shape;
} fm_random_pareto_options;

/* random.pareto: Samples of Pareto's second kind, of shape a.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_pareto(fm_context *ctx, double a,
                                                const fm_random_pareto_options *options,
                                                fm_tensor **out);

typedef struct fm_random_RandomState_pareto_options {
    size_t size; /* sizeof(fm_random_RandomState_pareto_options) */
    fm_opt_ints shape;
} fm_random_RandomState_pareto_options;

/* random.RandomState.pareto: Samples of Pareto's second kind, of shape a.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_RandomState_pareto(fm_context *ctx, double a,
                             const fm_random_RandomState_pareto_options *options, fm_tensor **out);

typedef struct fm_random_Generator_pareto_options {
    size_t size; /* sizeof(fm_random_Generator_pareto_options) */
    fm_opt_ints shape;
} fm_random_Generator_pareto_options;

/* random.Generator.pareto: Samples of Pareto's second kind, of shape a.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_pareto(
    fm_context *ctx, double a, const fm_random_Generator_pareto_options *options, fm_tensor **out);

typedef struct fm_random_power_options {
    size_t size; /* sizeof(fm_random_power_options) */
    fm_opt_ints shape;
} fm_random_power_options;

/* random.power: Samples in [0, 1] of density a x^(a - 1).
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_power(fm_context *ctx, double a,
                                               const fm_random_power_options *options,
                                               fm_tensor **out);

typedef struct fm_random_RandomState_power_options {
    size_t size; /* sizeof(fm_random_RandomState_power_options) */
    fm_opt_ints shape;
} fm_random_RandomState_power_options;

/* random.RandomState.power: Samples in [0, 1] of density a x^(a - 1).
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_power(
    fm_context *ctx, double a, const fm_random_RandomState_power_options *options, fm_tensor **out);

typedef struct fm_random_Generator_power_options {
    size_t size; /* sizeof(fm_random_Generator_power_options) */
    fm_opt_ints shape;
} fm_random_Generator_power_options;

/* random.Generator.power: Samples in [0, 1] of density a x^(a - 1).
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_power(
    fm_context *ctx, double a, const fm_random_Generator_power_options *options, fm_tensor **out);

typedef struct fm_random_triangular_options {
    size_t size; /* sizeof(fm_random_triangular_options) */
    fm_opt_ints shape;
} fm_random_triangular_options;

/* random.triangular: Samples of a triangular density.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_triangular(fm_context *ctx, double left, double mode,
                                                    double right,
                                                    const fm_random_triangular_options *options,
                                                    fm_tensor **out);

typedef struct fm_random_RandomState_triangular_options {
    size_t size; /* sizeof(fm_random_RandomState_triangular_options) */
    fm_opt_ints shape;
} fm_random_RandomState_triangular_options;

/* random.RandomState.triangular: Samples of a triangular density.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_triangular(
    fm_context *ctx, double left, double mode, double right,
    const fm_random_RandomState_triangular_options *options, fm_tensor **out);

typedef struct fm_random_Generator_triangular_options {
    size_t size; /* sizeof(fm_random_Generator_triangular_options) */
    fm_opt_ints shape;
} fm_random_Generator_triangular_options;

/* random.Generator.triangular: Samples of a triangular density.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_triangular(
    fm_context *ctx, double left, double mode, double right,
    const fm_random_Generator_triangular_options *options, fm_tensor **out);

typedef struct fm_random_standard_cauchy_options {
    size_t size; /* sizeof(fm_random_standard_cauchy_options) */
    fm_opt_ints shape;
} fm_random_standard_cauchy_options;

/* random.standard_cauchy: Cauchy samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_standard_cauchy(
    fm_context *ctx, const fm_random_standard_cauchy_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_standard_cauchy_options {
    size_t size; /* sizeof(fm_random_RandomState_standard_cauchy_options) */
    fm_opt_ints shape;
} fm_random_RandomState_standard_cauchy_options;

/* random.RandomState.standard_cauchy: Cauchy samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_standard_cauchy(
    fm_context *ctx, const fm_random_RandomState_standard_cauchy_options *options, fm_tensor **out);

typedef struct fm_random_Generator_standard_cauchy_options {
    size_t size; /* sizeof(fm_random_Generator_standard_cauchy_options) */
    fm_opt_ints shape;
} fm_random_Generator_standard_cauchy_options;

/* random.Generator.standard_cauchy: Cauchy samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_standard_cauchy(
    fm_context *ctx, const fm_random_Generator_standard_cauchy_options *options, fm_tensor **out);

typedef struct fm_random_wald_options {
    size_t size; /* sizeof(fm_random_wald_options) */
    fm_opt_ints shape;
} fm_random_wald_options;

/* random.wald: Inverse Gaussian samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_wald(fm_context *ctx, double mean, double scale,
                                              const fm_random_wald_options *options,
                                              fm_tensor **out);

typedef struct fm_random_RandomState_wald_options {
    size_t size; /* sizeof(fm_random_RandomState_wald_options) */
    fm_opt_ints shape;
} fm_random_RandomState_wald_options;

/* random.RandomState.wald: Inverse Gaussian samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_RandomState_wald(fm_context *ctx, double mean, double scale,
                           const fm_random_RandomState_wald_options *options, fm_tensor **out);

typedef struct fm_random_Generator_wald_options {
    size_t size; /* sizeof(fm_random_Generator_wald_options) */
    fm_opt_ints shape;
} fm_random_Generator_wald_options;

/* random.Generator.wald: Inverse Gaussian samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_wald(fm_context *ctx, double mean, double scale,
                         const fm_random_Generator_wald_options *options, fm_tensor **out);

typedef struct fm_random_geometric_options {
    size_t size; /* sizeof(fm_random_geometric_options) */
    fm_opt_ints shape;
} fm_random_geometric_options;

/* random.geometric: Trials up to the first success.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_geometric(fm_context *ctx, double p,
                                                   const fm_random_geometric_options *options,
                                                   fm_tensor **out);

typedef struct fm_random_RandomState_geometric_options {
    size_t size; /* sizeof(fm_random_RandomState_geometric_options) */
    fm_opt_ints shape;
} fm_random_RandomState_geometric_options;

/* random.RandomState.geometric: Trials up to the first success.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_geometric(
    fm_context *ctx, double p, const fm_random_RandomState_geometric_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_geometric_options {
    size_t size; /* sizeof(fm_random_Generator_geometric_options) */
    fm_opt_ints shape;
} fm_random_Generator_geometric_options;

/* random.Generator.geometric: Trials up to the first success.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_geometric(
    fm_context *ctx, double p, const fm_random_Generator_geometric_options *options,
    fm_tensor **out);

typedef struct fm_random_logseries_options {
    size_t size; /* sizeof(fm_random_logseries_options) */
    fm_opt_ints shape;
} fm_random_logseries_options;

/* random.logseries: Samples of the logarithmic series.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_logseries(fm_context *ctx, double p,
                                                   const fm_random_logseries_options *options,
                                                   fm_tensor **out);

typedef struct fm_random_RandomState_logseries_options {
    size_t size; /* sizeof(fm_random_RandomState_logseries_options) */
    fm_opt_ints shape;
} fm_random_RandomState_logseries_options;

/* random.RandomState.logseries: Samples of the logarithmic series.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_logseries(
    fm_context *ctx, double p, const fm_random_RandomState_logseries_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_logseries_options {
    size_t size; /* sizeof(fm_random_Generator_logseries_options) */
    fm_opt_ints shape;
} fm_random_Generator_logseries_options;

/* random.Generator.logseries: Samples of the logarithmic series.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_logseries(
    fm_context *ctx, double p, const fm_random_Generator_logseries_options *options,
    fm_tensor **out);

typedef struct fm_random_gamma_options {
    size_t size; /* sizeof(fm_random_gamma_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_gamma_options;

/* random.gamma: Gamma samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_gamma(fm_context *ctx, double shape,
                                               const fm_random_gamma_options *options,
                                               fm_tensor **out);

typedef struct fm_random_RandomState_gamma_options {
    size_t size; /* sizeof(fm_random_RandomState_gamma_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_RandomState_gamma_options;

/* random.RandomState.gamma: Gamma samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_RandomState_gamma(fm_context *ctx, double shape,
                            const fm_random_RandomState_gamma_options *options, fm_tensor **out);

typedef struct fm_random_Generator_gamma_options {
    size_t size; /* sizeof(fm_random_Generator_gamma_options) */
    fm_opt_float scale;
    fm_opt_ints shape;
} fm_random_Generator_gamma_options;

/* random.Generator.gamma: Gamma samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_gamma(fm_context *ctx, double shape,
                          const fm_random_Generator_gamma_options *options, fm_tensor **out);

typedef struct fm_random_standard_gamma_options {
    size_t size; /* sizeof(fm_random_standard_gamma_options) */
    fm_opt_ints shape;
} fm_random_standard_gamma_options;

/* random.standard_gamma: Gamma samples of scale 1.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_standard_gamma(fm_context *ctx, double shape,
                         const fm_random_standard_gamma_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_standard_gamma_options {
    size_t size; /* sizeof(fm_random_RandomState_standard_gamma_options) */
    fm_opt_ints shape;
} fm_random_RandomState_standard_gamma_options;

/* random.RandomState.standard_gamma: Gamma samples of scale 1.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_standard_gamma(
    fm_context *ctx, double shape, const fm_random_RandomState_standard_gamma_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_standard_gamma_options {
    size_t size; /* sizeof(fm_random_Generator_standard_gamma_options) */
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_Generator_standard_gamma_options;

/* random.Generator.standard_gamma: Gamma samples of scale 1.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_standard_gamma(
    fm_context *ctx, double shape, const fm_random_Generator_standard_gamma_options *options,
    fm_tensor **out);

typedef struct fm_random_beta_options {
    size_t size; /* sizeof(fm_random_beta_options) */
    fm_opt_ints shape;
} fm_random_beta_options;

/* random.beta: Beta samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_beta(fm_context *ctx, double a, double b,
                                              const fm_random_beta_options *options,
                                              fm_tensor **out);

typedef struct fm_random_RandomState_beta_options {
    size_t size; /* sizeof(fm_random_RandomState_beta_options) */
    fm_opt_ints shape;
} fm_random_RandomState_beta_options;

/* random.RandomState.beta: Beta samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_RandomState_beta(fm_context *ctx, double a, double b,
                           const fm_random_RandomState_beta_options *options, fm_tensor **out);

typedef struct fm_random_Generator_beta_options {
    size_t size; /* sizeof(fm_random_Generator_beta_options) */
    fm_opt_ints shape;
} fm_random_Generator_beta_options;

/* random.Generator.beta: Beta samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_beta(fm_context *ctx, double a, double b,
                         const fm_random_Generator_beta_options *options, fm_tensor **out);

typedef struct fm_random_chisquare_options {
    size_t size; /* sizeof(fm_random_chisquare_options) */
    fm_opt_ints shape;
} fm_random_chisquare_options;

/* random.chisquare: Chi-square samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_chisquare(fm_context *ctx, double df,
                                                   const fm_random_chisquare_options *options,
                                                   fm_tensor **out);

typedef struct fm_random_RandomState_chisquare_options {
    size_t size; /* sizeof(fm_random_RandomState_chisquare_options) */
    fm_opt_ints shape;
} fm_random_RandomState_chisquare_options;

/* random.RandomState.chisquare: Chi-square samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_chisquare(
    fm_context *ctx, double df, const fm_random_RandomState_chisquare_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_chisquare_options {
    size_t size; /* sizeof(fm_random_Generator_chisquare_options) */
    fm_opt_ints shape;
} fm_random_Generator_chisquare_options;

/* random.Generator.chisquare: Chi-square samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_chisquare(
    fm_context *ctx, double df, const fm_random_Generator_chisquare_options *options,
    fm_tensor **out);

typedef struct fm_random_f_options {
    size_t size; /* sizeof(fm_random_f_options) */
    fm_opt_ints shape;
} fm_random_f_options;

/* random.f: Samples of the F distribution.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_f(fm_context *ctx, double dfnum, double dfden,
                                           const fm_random_f_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_f_options {
    size_t size; /* sizeof(fm_random_RandomState_f_options) */
    fm_opt_ints shape;
} fm_random_RandomState_f_options;

/* random.RandomState.f: Samples of the F distribution.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_RandomState_f(fm_context *ctx, double dfnum, double dfden,
                        const fm_random_RandomState_f_options *options, fm_tensor **out);

typedef struct fm_random_Generator_f_options {
    size_t size; /* sizeof(fm_random_Generator_f_options) */
    fm_opt_ints shape;
} fm_random_Generator_f_options;

/* random.Generator.f: Samples of the F distribution.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_f(fm_context *ctx, double dfnum, double dfden,
                                                     const fm_random_Generator_f_options *options,
                                                     fm_tensor **out);

typedef struct fm_random_standard_t_options {
    size_t size; /* sizeof(fm_random_standard_t_options) */
    fm_opt_ints shape;
} fm_random_standard_t_options;

/* random.standard_t: Samples of Student's t.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_standard_t(fm_context *ctx, double df,
                                                    const fm_random_standard_t_options *options,
                                                    fm_tensor **out);

typedef struct fm_random_RandomState_standard_t_options {
    size_t size; /* sizeof(fm_random_RandomState_standard_t_options) */
    fm_opt_ints shape;
} fm_random_RandomState_standard_t_options;

/* random.RandomState.standard_t: Samples of Student's t.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_standard_t(
    fm_context *ctx, double df, const fm_random_RandomState_standard_t_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_standard_t_options {
    size_t size; /* sizeof(fm_random_Generator_standard_t_options) */
    fm_opt_ints shape;
} fm_random_Generator_standard_t_options;

/* random.Generator.standard_t: Samples of Student's t.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_standard_t(
    fm_context *ctx, double df, const fm_random_Generator_standard_t_options *options,
    fm_tensor **out);

typedef struct fm_random_vonmises_options {
    size_t size; /* sizeof(fm_random_vonmises_options) */
    fm_opt_ints shape;
} fm_random_vonmises_options;

/* random.vonmises: Angles of the von Mises distribution, in [-pi, pi].
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_vonmises(fm_context *ctx, double mu, double kappa,
                                                  const fm_random_vonmises_options *options,
                                                  fm_tensor **out);

typedef struct fm_random_RandomState_vonmises_options {
    size_t size; /* sizeof(fm_random_RandomState_vonmises_options) */
    fm_opt_ints shape;
} fm_random_RandomState_vonmises_options;

/* random.RandomState.vonmises: Angles of the von Mises distribution, in [-pi, pi].
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_vonmises(
    fm_context *ctx, double mu, double kappa, const fm_random_RandomState_vonmises_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_vonmises_options {
    size_t size; /* sizeof(fm_random_Generator_vonmises_options) */
    fm_opt_ints shape;
} fm_random_Generator_vonmises_options;

/* random.Generator.vonmises: Angles of the von Mises distribution, in [-pi, pi].
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_vonmises(fm_context *ctx, double mu, double kappa,
                             const fm_random_Generator_vonmises_options *options, fm_tensor **out);

typedef struct fm_random_noncentral_chisquare_options {
    size_t size; /* sizeof(fm_random_noncentral_chisquare_options) */
    fm_opt_ints shape;
} fm_random_noncentral_chisquare_options;

/* random.noncentral_chisquare: Noncentral chi-square samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_noncentral_chisquare(
    fm_context *ctx, double df, double nonc, const fm_random_noncentral_chisquare_options *options,
    fm_tensor **out);

typedef struct fm_random_RandomState_noncentral_chisquare_options {
    size_t size; /* sizeof(fm_random_RandomState_noncentral_chisquare_options) */
    fm_opt_ints shape;
} fm_random_RandomState_noncentral_chisquare_options;

/* random.RandomState.noncentral_chisquare: Noncentral chi-square samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_noncentral_chisquare(
    fm_context *ctx, double df, double nonc,
    const fm_random_RandomState_noncentral_chisquare_options *options, fm_tensor **out);

typedef struct fm_random_Generator_noncentral_chisquare_options {
    size_t size; /* sizeof(fm_random_Generator_noncentral_chisquare_options) */
    fm_opt_ints shape;
} fm_random_Generator_noncentral_chisquare_options;

/* random.Generator.noncentral_chisquare: Noncentral chi-square samples.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_noncentral_chisquare(
    fm_context *ctx, double df, double nonc,
    const fm_random_Generator_noncentral_chisquare_options *options, fm_tensor **out);

typedef struct fm_random_noncentral_f_options {
    size_t size; /* sizeof(fm_random_noncentral_f_options) */
    fm_opt_ints shape;
} fm_random_noncentral_f_options;

/* random.noncentral_f: Samples of the noncentral F distribution.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_noncentral_f(fm_context *ctx, double dfnum, double dfden,
                                                      double nonc,
                                                      const fm_random_noncentral_f_options *options,
                                                      fm_tensor **out);

typedef struct fm_random_RandomState_noncentral_f_options {
    size_t size; /* sizeof(fm_random_RandomState_noncentral_f_options) */
    fm_opt_ints shape;
} fm_random_RandomState_noncentral_f_options;

/* random.RandomState.noncentral_f: Samples of the noncentral F distribution.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_noncentral_f(
    fm_context *ctx, double dfnum, double dfden, double nonc,
    const fm_random_RandomState_noncentral_f_options *options, fm_tensor **out);

typedef struct fm_random_Generator_noncentral_f_options {
    size_t size; /* sizeof(fm_random_Generator_noncentral_f_options) */
    fm_opt_ints shape;
} fm_random_Generator_noncentral_f_options;

/* random.Generator.noncentral_f: Samples of the noncentral F distribution.
   Cost: 16n. Dtypes: float. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_noncentral_f(
    fm_context *ctx, double dfnum, double dfden, double nonc,
    const fm_random_Generator_noncentral_f_options *options, fm_tensor **out);

typedef struct fm_random_poisson_options {
    size_t size; /* sizeof(fm_random_poisson_options) */
    fm_opt_float lam;
    fm_opt_ints shape;
} fm_random_poisson_options;

/* random.poisson: Poisson samples.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_poisson(fm_context *ctx,
                                                 const fm_random_poisson_options *options,
                                                 fm_tensor **out);

typedef struct fm_random_RandomState_poisson_options {
    size_t size; /* sizeof(fm_random_RandomState_poisson_options) */
    fm_opt_float lam;
    fm_opt_ints shape;
} fm_random_RandomState_poisson_options;

/* random.RandomState.poisson: Poisson samples.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_poisson(
    fm_context *ctx, const fm_random_RandomState_poisson_options *options, fm_tensor **out);

typedef struct fm_random_Generator_poisson_options {
    size_t size; /* sizeof(fm_random_Generator_poisson_options) */
    fm_opt_float lam;
    fm_opt_ints shape;
} fm_random_Generator_poisson_options;

/* random.Generator.poisson: Poisson samples.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_poisson(
    fm_context *ctx, const fm_random_Generator_poisson_options *options, fm_tensor **out);

typedef struct fm_random_binomial_options {
    size_t size; /* sizeof(fm_random_binomial_options) */
    fm_opt_ints shape;
} fm_random_binomial_options;

/* random.binomial: Successes among n trials.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_binomial(fm_context *ctx, double n, double p,
                                                  const fm_random_binomial_options *options,
                                                  fm_tensor **out);

typedef struct fm_random_RandomState_binomial_options {
    size_t size; /* sizeof(fm_random_RandomState_binomial_options) */
    fm_opt_ints shape;
} fm_random_RandomState_binomial_options;

/* random.RandomState.binomial: Successes among n trials.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_binomial(
    fm_context *ctx, double n, double p, const fm_random_RandomState_binomial_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_binomial_options {
    size_t size; /* sizeof(fm_random_Generator_binomial_options) */
    fm_opt_ints shape;
} fm_random_Generator_binomial_options;

/* random.Generator.binomial: Successes among n trials.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_binomial(fm_context *ctx, double n, double p,
                             const fm_random_Generator_binomial_options *options, fm_tensor **out);

typedef struct fm_random_negative_binomial_options {
    size_t size; /* sizeof(fm_random_negative_binomial_options) */
    fm_opt_ints shape;
} fm_random_negative_binomial_options;

/* random.negative_binomial: Failures before n successes.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status
fm_random_negative_binomial(fm_context *ctx, double n, double p,
                            const fm_random_negative_binomial_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_negative_binomial_options {
    size_t size; /* sizeof(fm_random_RandomState_negative_binomial_options) */
    fm_opt_ints shape;
} fm_random_RandomState_negative_binomial_options;

/* random.RandomState.negative_binomial: Failures before n successes.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_negative_binomial(
    fm_context *ctx, double n, double p,
    const fm_random_RandomState_negative_binomial_options *options, fm_tensor **out);

typedef struct fm_random_Generator_negative_binomial_options {
    size_t size; /* sizeof(fm_random_Generator_negative_binomial_options) */
    fm_opt_ints shape;
} fm_random_Generator_negative_binomial_options;

/* random.Generator.negative_binomial: Failures before n successes.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_negative_binomial(
    fm_context *ctx, double n, double p,
    const fm_random_Generator_negative_binomial_options *options, fm_tensor **out);

typedef struct fm_random_hypergeometric_options {
    size_t size; /* sizeof(fm_random_hypergeometric_options) */
    fm_opt_ints shape;
} fm_random_hypergeometric_options;

/* random.hypergeometric: Good ones among those drawn without replacement.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status
fm_random_hypergeometric(fm_context *ctx, double ngood, double nbad, double nsample,
                         const fm_random_hypergeometric_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_hypergeometric_options {
    size_t size; /* sizeof(fm_random_RandomState_hypergeometric_options) */
    fm_opt_ints shape;
} fm_random_RandomState_hypergeometric_options;

/* random.RandomState.hypergeometric: Good ones among those drawn without replacement.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_hypergeometric(
    fm_context *ctx, double ngood, double nbad, double nsample,
    const fm_random_RandomState_hypergeometric_options *options, fm_tensor **out);

typedef struct fm_random_Generator_hypergeometric_options {
    size_t size; /* sizeof(fm_random_Generator_hypergeometric_options) */
    fm_opt_ints shape;
} fm_random_Generator_hypergeometric_options;

/* random.Generator.hypergeometric: Good ones among those drawn without replacement.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_hypergeometric(
    fm_context *ctx, double ngood, double nbad, double nsample,
    const fm_random_Generator_hypergeometric_options *options, fm_tensor **out);

typedef struct fm_random_zipf_options {
    size_t size; /* sizeof(fm_random_zipf_options) */
    fm_opt_ints shape;
} fm_random_zipf_options;

/* random.zipf: Samples of Zipf's law.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_zipf(fm_context *ctx, double a,
                                              const fm_random_zipf_options *options,
                                              fm_tensor **out);

typedef struct fm_random_RandomState_zipf_options {
    size_t size; /* sizeof(fm_random_RandomState_zipf_options) */
    fm_opt_ints shape;
} fm_random_RandomState_zipf_options;

/* random.RandomState.zipf: Samples of Zipf's law.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_zipf(
    fm_context *ctx, double a, const fm_random_RandomState_zipf_options *options, fm_tensor **out);

typedef struct fm_random_Generator_zipf_options {
    size_t size; /* sizeof(fm_random_Generator_zipf_options) */
    fm_opt_ints shape;
} fm_random_Generator_zipf_options;

/* random.Generator.zipf: Samples of Zipf's law.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_zipf(
    fm_context *ctx, double a, const fm_random_Generator_zipf_options *options, fm_tensor **out);

typedef struct fm_random_randint_options {
    size_t size; /* sizeof(fm_random_randint_options) */
    fm_opt_float high;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_randint_options;

/* random.randint: Integers from low to below high, or from 0 to below low.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_random_randint(fm_context *ctx, double low,
                                                 const fm_random_randint_options *options,
                                                 fm_tensor **out);

typedef struct fm_random_RandomState_randint_options {
    size_t size; /* sizeof(fm_random_RandomState_randint_options) */
    fm_opt_float high;
    fm_opt_ints shape;
    fm_dtype dtype;
} fm_random_RandomState_randint_options;

/* random.RandomState.randint: Integers from low to below high, or from 0 to below low.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_randint(
    fm_context *ctx, double low, const fm_random_RandomState_randint_options *options,
    fm_tensor **out);

typedef struct fm_random_random_integers_options {
    size_t size; /* sizeof(fm_random_random_integers_options) */
    fm_opt_float high;
    fm_opt_ints shape;
} fm_random_random_integers_options;

/* random.random_integers: Integers from low to high, or from 1 to low.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_random_random_integers(
    fm_context *ctx, double low, const fm_random_random_integers_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_random_integers_options {
    size_t size; /* sizeof(fm_random_RandomState_random_integers_options) */
    fm_opt_float high;
    fm_opt_ints shape;
} fm_random_RandomState_random_integers_options;

/* random.RandomState.random_integers: Integers from low to high, or from 1 to low.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_random_integers(
    fm_context *ctx, double low, const fm_random_RandomState_random_integers_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_integers_options {
    size_t size; /* sizeof(fm_random_Generator_integers_options) */
    fm_opt_float high;
    fm_opt_ints shape;
    fm_dtype dtype;
    fm_flag endpoint;
} fm_random_Generator_integers_options;

/* random.Generator.integers: Integers from low to below high, or to high itself.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_integers(fm_context *ctx, double low,
                             const fm_random_Generator_integers_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_tomaxint_options {
    size_t size; /* sizeof(fm_random_RandomState_tomaxint_options) */
    fm_opt_ints shape;
} fm_random_RandomState_tomaxint_options;

/* random.RandomState.tomaxint: Integers from 0 to the largest.
   Cost: n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_tomaxint(
    fm_context *ctx, const fm_random_RandomState_tomaxint_options *options, fm_tensor **out);

/* random.bytes: Random bytes.
   Cost: n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_bytes(fm_context *ctx, double length, fm_tensor **out);

/* random.RandomState.bytes: Random bytes.
   Cost: n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_bytes(fm_context *ctx, double length,
                                                           fm_tensor **out);

/* random.Generator.bytes: Random bytes.
   Cost: n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_bytes(fm_context *ctx, double length,
                                                         fm_tensor **out);

/* random.permutation: A range, or an array along an axis, in random order.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_permutation(fm_context *ctx, const fm_value *x,
                                                     fm_tensor **out);

/* random.RandomState.permutation: A range, or an array along an axis, in random order.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_permutation(fm_context *ctx,
                                                                 const fm_tensor *x,
                                                                 fm_tensor **out);

typedef struct fm_random_Generator_permutation_options {
    size_t size; /* sizeof(fm_random_Generator_permutation_options) */
    fm_opt_int axis;
} fm_random_Generator_permutation_options;

/* random.Generator.permutation: A range, or an array along an axis, in random order.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_permutation(
    fm_context *ctx, const fm_tensor *x, const fm_random_Generator_permutation_options *options,
    fm_tensor **out);

/* random.shuffle: Brings an array into random order along an axis, in place.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_shuffle(fm_context *ctx, fm_tensor *x);

/* random.RandomState.shuffle: Brings an array into random order along an axis, in place.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_shuffle(fm_context *ctx, fm_tensor *x);

typedef struct fm_random_Generator_shuffle_options {
    size_t size; /* sizeof(fm_random_Generator_shuffle_options) */
    fm_opt_int axis;
} fm_random_Generator_shuffle_options;

/* random.Generator.shuffle: Brings an array into random order along an axis, in place.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_shuffle(
    fm_context *ctx, fm_tensor *x, const fm_random_Generator_shuffle_options *options);

typedef struct fm_random_Generator_permuted_options {
    size_t size; /* sizeof(fm_random_Generator_permuted_options) */
    fm_opt_int axis;
} fm_random_Generator_permuted_options;

/* random.Generator.permuted: Each line along an axis in a random order of its own.
   Cost: n ceil(log2 n). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_permuted(fm_context *ctx, const fm_tensor *x,
                             const fm_random_Generator_permuted_options *options, fm_tensor **out);

typedef struct fm_random_choice_options {
    size_t size; /* sizeof(fm_random_choice_options) */
    fm_opt_ints shape;
    fm_flag replace;
    const fm_tensor *p;
} fm_random_choice_options;

/* random.choice: Samples of a range or of an array along an axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_choice(fm_context *ctx, const fm_tensor *a,
                                                const fm_random_choice_options *options,
                                                fm_tensor **out);

typedef struct fm_random_RandomState_choice_options {
    size_t size; /* sizeof(fm_random_RandomState_choice_options) */
    fm_opt_ints shape;
    fm_flag replace;
    const fm_tensor *p;
} fm_random_RandomState_choice_options;

/* random.RandomState.choice: Samples of a range or of an array along an axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status
fm_random_RandomState_choice(fm_context *ctx, const fm_tensor *a,
                             const fm_random_RandomState_choice_options *options, fm_tensor **out);

typedef struct fm_random_Generator_choice_options {
    size_t size; /* sizeof(fm_random_Generator_choice_options) */
    fm_opt_ints shape;
    fm_flag replace;
    const fm_tensor *p;
    fm_opt_int axis;
    fm_flag shuffle;
} fm_random_Generator_choice_options;

/* random.Generator.choice: Samples of a range or of an array along an axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status
fm_random_Generator_choice(fm_context *ctx, const fm_tensor *a,
                           const fm_random_Generator_choice_options *options, fm_tensor **out);

typedef struct fm_random_multinomial_options {
    size_t size; /* sizeof(fm_random_multinomial_options) */
    fm_opt_ints shape;
} fm_random_multinomial_options;

/* random.multinomial: How n trials fall into categories.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_multinomial(fm_context *ctx, double n,
                                                     const fm_tensor *pvals,
                                                     const fm_random_multinomial_options *options,
                                                     fm_tensor **out);

typedef struct fm_random_RandomState_multinomial_options {
    size_t size; /* sizeof(fm_random_RandomState_multinomial_options) */
    fm_opt_ints shape;
} fm_random_RandomState_multinomial_options;

/* random.RandomState.multinomial: How n trials fall into categories.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_multinomial(
    fm_context *ctx, double n, const fm_tensor *pvals,
    const fm_random_RandomState_multinomial_options *options, fm_tensor **out);

typedef struct fm_random_Generator_multinomial_options {
    size_t size; /* sizeof(fm_random_Generator_multinomial_options) */
    fm_opt_ints shape;
} fm_random_Generator_multinomial_options;

/* random.Generator.multinomial: How n trials fall into categories.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_multinomial(
    fm_context *ctx, double n, const fm_tensor *pvals,
    const fm_random_Generator_multinomial_options *options, fm_tensor **out);

typedef struct fm_random_Generator_multivariate_hypergeometric_options {
    size_t size; /* sizeof(fm_random_Generator_multivariate_hypergeometric_options) */
    fm_opt_ints shape;
    const char *method;
} fm_random_Generator_multivariate_hypergeometric_options;

/* random.Generator.multivariate_hypergeometric: Colors of those drawn without replacement.
   Cost: 16n. Dtypes: int. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_multivariate_hypergeometric(
    fm_context *ctx, const fm_tensor *colors, double nsample,
    const fm_random_Generator_multivariate_hypergeometric_options *options, fm_tensor **out);

typedef struct fm_random_dirichlet_options {
    size_t size; /* sizeof(fm_random_dirichlet_options) */
    fm_opt_ints shape;
} fm_random_dirichlet_options;

/* random.dirichlet: Shares that add up to 1.
   Cost: 16n. Dtypes: float. */
FM_API FM_MUST_CHECK fm_status fm_random_dirichlet(fm_context *ctx, const fm_tensor *alpha,
                                                   const fm_random_dirichlet_options *options,
                                                   fm_tensor **out);

typedef struct fm_random_RandomState_dirichlet_options {
    size_t size; /* sizeof(fm_random_RandomState_dirichlet_options) */
    fm_opt_ints shape;
} fm_random_RandomState_dirichlet_options;

/* random.RandomState.dirichlet: Shares that add up to 1.
   Cost: 16n. Dtypes: float. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_dirichlet(
    fm_context *ctx, const fm_tensor *alpha, const fm_random_RandomState_dirichlet_options *options,
    fm_tensor **out);

typedef struct fm_random_Generator_dirichlet_options {
    size_t size; /* sizeof(fm_random_Generator_dirichlet_options) */
    fm_opt_ints shape;
} fm_random_Generator_dirichlet_options;

/* random.Generator.dirichlet: Shares that add up to 1.
   Cost: 16n. Dtypes: float. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_dirichlet(
    fm_context *ctx, const fm_tensor *alpha, const fm_random_Generator_dirichlet_options *options,
    fm_tensor **out);

typedef struct fm_random_multivariate_normal_options {
    size_t size; /* sizeof(fm_random_multivariate_normal_options) */
    fm_opt_ints shape;
    const char *check_valid;
    fm_opt_float tol;
} fm_random_multivariate_normal_options;

/* random.multivariate_normal: Samples of a normal distribution with a covariance matrix.
   Cost: 16n. Dtypes: float. */
FM_API FM_MUST_CHECK fm_status fm_random_multivariate_normal(
    fm_context *ctx, const fm_tensor *mean, const fm_tensor *cov,
    const fm_random_multivariate_normal_options *options, fm_tensor **out);

typedef struct fm_random_RandomState_multivariate_normal_options {
    size_t size; /* sizeof(fm_random_RandomState_multivariate_normal_options) */
    fm_opt_ints shape;
    const char *check_valid;
    fm_opt_float tol;
} fm_random_RandomState_multivariate_normal_options;

/* random.RandomState.multivariate_normal: Samples of a normal distribution with a covariance
   matrix. Cost: 16n. Dtypes: float. */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_multivariate_normal(
    fm_context *ctx, const fm_tensor *mean, const fm_tensor *cov,
    const fm_random_RandomState_multivariate_normal_options *options, fm_tensor **out);

typedef struct fm_random_Generator_multivariate_normal_options {
    size_t size; /* sizeof(fm_random_Generator_multivariate_normal_options) */
    fm_opt_ints shape;
    const char *check_valid;
    fm_opt_float tol;
    const char *method;
} fm_random_Generator_multivariate_normal_options;

/* random.Generator.multivariate_normal: Samples of a normal distribution with a covariance matrix.
   Cost: 16n. Dtypes: float. */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_multivariate_normal(
    fm_context *ctx, const fm_tensor *mean, const fm_tensor *cov,
    const fm_random_Generator_multivariate_normal_options *options, fm_tensor **out);

typedef struct fm_random_seed_options {
    size_t size; /* sizeof(fm_random_seed_options) */
    const fm_value *seed;
} fm_random_seed_options;

/* random.seed: Restarts the stream.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_seed(fm_context *ctx,
                                              const fm_random_seed_options *options,
                                              fm_reply **reply);

typedef struct fm_random_RandomState_seed_options {
    size_t size; /* sizeof(fm_random_RandomState_seed_options) */
    const fm_value *seed;
} fm_random_RandomState_seed_options;

/* random.RandomState.seed: Restarts the stream.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_seed(
    fm_context *ctx, const fm_random_RandomState_seed_options *options, fm_reply **reply);

typedef struct fm_random_get_state_options {
    size_t size; /* sizeof(fm_random_get_state_options) */
    fm_flag legacy;
} fm_random_get_state_options;

/* random.get_state: The stream's state.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_get_state(fm_context *ctx,
                                                   const fm_random_get_state_options *options,
                                                   fm_reply **reply);

typedef struct fm_random_RandomState_get_state_options {
    size_t size; /* sizeof(fm_random_RandomState_get_state_options) */
    fm_flag legacy;
} fm_random_RandomState_get_state_options;

/* random.RandomState.get_state: The stream's state.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_get_state(
    fm_context *ctx, const fm_random_RandomState_get_state_options *options, fm_reply **reply);

/* random.set_state: Puts the stream into a state.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_set_state(fm_context *ctx, const fm_value *state,
                                                   fm_reply **reply);

/* random.RandomState.set_state: Puts the stream into a state.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_RandomState_set_state(fm_context *ctx,
                                                               const fm_value *state,
                                                               fm_reply **reply);

typedef struct fm_random_default_rng_options {
    size_t size; /* sizeof(fm_random_default_rng_options) */
    const fm_value *seed;
} fm_random_default_rng_options;

/* random.default_rng: A generator with a stream of its own.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_default_rng(fm_context *ctx,
                                                     const fm_random_default_rng_options *options,
                                                     fm_reply **reply);

/* random.Generator.spawn: Generators with streams of their own.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_spawn(fm_context *ctx, double n_children,
                                                         fm_reply **reply);

/* random.Generator.bit_generator: The stream itself.
   Cost: 0. Dtypes: . */
FM_API FM_MUST_CHECK fm_status fm_random_Generator_bit_generator(fm_context *ctx, fm_reply **reply);

typedef struct fm_stats_norm_pdf_options {
    size_t size; /* sizeof(fm_stats_norm_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_norm_pdf_options;

/* stats.norm.pdf: Density of the normal distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_norm_pdf(fm_context *ctx, const fm_tensor *x,
                                                 const fm_stats_norm_pdf_options *options,
                                                 fm_tensor **out);

typedef struct fm_stats_norm_cdf_options {
    size_t size; /* sizeof(fm_stats_norm_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_norm_cdf_options;

/* stats.norm.cdf: Probability below x of the normal distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_norm_cdf(fm_context *ctx, const fm_tensor *x,
                                                 const fm_stats_norm_cdf_options *options,
                                                 fm_tensor **out);

typedef struct fm_stats_norm_ppf_options {
    size_t size; /* sizeof(fm_stats_norm_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_norm_ppf_options;

/* stats.norm.ppf: Quantile of the normal distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_norm_ppf(fm_context *ctx, const fm_tensor *q,
                                                 const fm_stats_norm_ppf_options *options,
                                                 fm_tensor **out);

typedef struct fm_stats_uniform_pdf_options {
    size_t size; /* sizeof(fm_stats_uniform_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_uniform_pdf_options;

/* stats.uniform.pdf: Density of the uniform distribution on [loc, loc + scale].
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_uniform_pdf(fm_context *ctx, const fm_tensor *x,
                                                    const fm_stats_uniform_pdf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_uniform_cdf_options {
    size_t size; /* sizeof(fm_stats_uniform_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_uniform_cdf_options;

/* stats.uniform.cdf: Probability below x of the uniform distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_uniform_cdf(fm_context *ctx, const fm_tensor *x,
                                                    const fm_stats_uniform_cdf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_uniform_ppf_options {
    size_t size; /* sizeof(fm_stats_uniform_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_uniform_ppf_options;

/* stats.uniform.ppf: Quantile of the uniform distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_uniform_ppf(fm_context *ctx, const fm_tensor *q,
                                                    const fm_stats_uniform_ppf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_expon_pdf_options {
    size_t size; /* sizeof(fm_stats_expon_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_expon_pdf_options;

/* stats.expon.pdf: Density of the exponential distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_expon_pdf(fm_context *ctx, const fm_tensor *x,
                                                  const fm_stats_expon_pdf_options *options,
                                                  fm_tensor **out);

typedef struct fm_stats_expon_cdf_options {
    size_t size; /* sizeof(fm_stats_expon_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_expon_cdf_options;

/* stats.expon.cdf: Probability below x of the exponential distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_expon_cdf(fm_context *ctx, const fm_tensor *x,
                                                  const fm_stats_expon_cdf_options *options,
                                                  fm_tensor **out);

typedef struct fm_stats_expon_ppf_options {
    size_t size; /* sizeof(fm_stats_expon_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_expon_ppf_options;

/* stats.expon.ppf: Quantile of the exponential distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_expon_ppf(fm_context *ctx, const fm_tensor *q,
                                                  const fm_stats_expon_ppf_options *options,
                                                  fm_tensor **out);

typedef struct fm_stats_laplace_pdf_options {
    size_t size; /* sizeof(fm_stats_laplace_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_laplace_pdf_options;

/* stats.laplace.pdf: Density of Laplace's distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_laplace_pdf(fm_context *ctx, const fm_tensor *x,
                                                    const fm_stats_laplace_pdf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_laplace_cdf_options {
    size_t size; /* sizeof(fm_stats_laplace_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_laplace_cdf_options;

/* stats.laplace.cdf: Probability below x of Laplace's distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_laplace_cdf(fm_context *ctx, const fm_tensor *x,
                                                    const fm_stats_laplace_cdf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_laplace_ppf_options {
    size_t size; /* sizeof(fm_stats_laplace_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_laplace_ppf_options;

/* stats.laplace.ppf: Quantile of Laplace's distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_laplace_ppf(fm_context *ctx, const fm_tensor *q,
                                                    const fm_stats_laplace_ppf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_logistic_pdf_options {
    size_t size; /* sizeof(fm_stats_logistic_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_logistic_pdf_options;

/* stats.logistic.pdf: Density of the logistic distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_logistic_pdf(fm_context *ctx, const fm_tensor *x,
                                                     const fm_stats_logistic_pdf_options *options,
                                                     fm_tensor **out);

typedef struct fm_stats_logistic_cdf_options {
    size_t size; /* sizeof(fm_stats_logistic_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_logistic_cdf_options;

/* stats.logistic.cdf: Probability below x of the logistic distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_logistic_cdf(fm_context *ctx, const fm_tensor *x,
                                                     const fm_stats_logistic_cdf_options *options,
                                                     fm_tensor **out);

typedef struct fm_stats_logistic_ppf_options {
    size_t size; /* sizeof(fm_stats_logistic_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_logistic_ppf_options;

/* stats.logistic.ppf: Quantile of the logistic distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_logistic_ppf(fm_context *ctx, const fm_tensor *q,
                                                     const fm_stats_logistic_ppf_options *options,
                                                     fm_tensor **out);

typedef struct fm_stats_cauchy_pdf_options {
    size_t size; /* sizeof(fm_stats_cauchy_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_cauchy_pdf_options;

/* stats.cauchy.pdf: Density of Cauchy's distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_cauchy_pdf(fm_context *ctx, const fm_tensor *x,
                                                   const fm_stats_cauchy_pdf_options *options,
                                                   fm_tensor **out);

typedef struct fm_stats_cauchy_cdf_options {
    size_t size; /* sizeof(fm_stats_cauchy_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_cauchy_cdf_options;

/* stats.cauchy.cdf: Probability below x of Cauchy's distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_cauchy_cdf(fm_context *ctx, const fm_tensor *x,
                                                   const fm_stats_cauchy_cdf_options *options,
                                                   fm_tensor **out);

typedef struct fm_stats_cauchy_ppf_options {
    size_t size; /* sizeof(fm_stats_cauchy_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_cauchy_ppf_options;

/* stats.cauchy.ppf: Quantile of Cauchy's distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_cauchy_ppf(fm_context *ctx, const fm_tensor *q,
                                                   const fm_stats_cauchy_ppf_options *options,
                                                   fm_tensor **out);

typedef struct fm_stats_lognorm_pdf_options {
    size_t size; /* sizeof(fm_stats_lognorm_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_lognorm_pdf_options;

/* stats.lognorm.pdf: Density of the log-normal distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_lognorm_pdf(fm_context *ctx, const fm_tensor *x,
                                                    const fm_tensor *s,
                                                    const fm_stats_lognorm_pdf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_lognorm_cdf_options {
    size_t size; /* sizeof(fm_stats_lognorm_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_lognorm_cdf_options;

/* stats.lognorm.cdf: Probability below x of the log-normal distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_lognorm_cdf(fm_context *ctx, const fm_tensor *x,
                                                    const fm_tensor *s,
                                                    const fm_stats_lognorm_cdf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_lognorm_ppf_options {
    size_t size; /* sizeof(fm_stats_lognorm_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_lognorm_ppf_options;

/* stats.lognorm.ppf: Quantile of the log-normal distribution.
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_lognorm_ppf(fm_context *ctx, const fm_tensor *q,
                                                    const fm_tensor *s,
                                                    const fm_stats_lognorm_ppf_options *options,
                                                    fm_tensor **out);

typedef struct fm_stats_truncnorm_pdf_options {
    size_t size; /* sizeof(fm_stats_truncnorm_pdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_truncnorm_pdf_options;

/* stats.truncnorm.pdf: Density of the normal distribution cut to [a, b].
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_truncnorm_pdf(fm_context *ctx, const fm_tensor *x,
                                                      const fm_tensor *a, const fm_tensor *b,
                                                      const fm_stats_truncnorm_pdf_options *options,
                                                      fm_tensor **out);

typedef struct fm_stats_truncnorm_cdf_options {
    size_t size; /* sizeof(fm_stats_truncnorm_cdf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_truncnorm_cdf_options;

/* stats.truncnorm.cdf: Probability below x of the normal distribution cut to [a, b].
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_truncnorm_cdf(fm_context *ctx, const fm_tensor *x,
                                                      const fm_tensor *a, const fm_tensor *b,
                                                      const fm_stats_truncnorm_cdf_options *options,
                                                      fm_tensor **out);

typedef struct fm_stats_truncnorm_ppf_options {
    size_t size; /* sizeof(fm_stats_truncnorm_ppf_options) */
    const fm_tensor *loc;
    const fm_tensor *scale;
} fm_stats_truncnorm_ppf_options;

/* stats.truncnorm.ppf: Quantile of the normal distribution cut to [a, b].
   Cost: n. Dtypes: bool int float. Error: at most 100000 ulp. */
FM_API FM_MUST_CHECK fm_status fm_stats_truncnorm_ppf(fm_context *ctx, const fm_tensor *q,
                                                      const fm_tensor *a, const fm_tensor *b,
                                                      const fm_stats_truncnorm_ppf_options *options,
                                                      fm_tensor **out);

/* spacing: Distance to the next float away from 0, with the sign of x.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_spacing(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* bitwise_count: Number of bits set in the magnitude.
   Cost: n. Dtypes: bool int. */
FM_API FM_MUST_CHECK fm_status fm_bitwise_count(fm_context *ctx, const fm_tensor *x,
                                                fm_tensor **out);

/* sinc: sin(pi x) / (pi x), 1 at 0.
   Cost: n. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_sinc(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* i0: Modified Bessel function of the first kind and order 0.
   Cost: n. Dtypes: bool int float. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_i0(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* isposinf: Whether x is +inf.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_isposinf(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* isneginf: Whether x is -inf.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_isneginf(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* isreal: Whether the imaginary part is 0.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isreal(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* iscomplex: Whether the imaginary part is not 0.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_iscomplex(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* ldexp: x1 * 2^x2.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_ldexp(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                        fm_tensor **out);

typedef struct fm_round_options {
    size_t size; /* sizeof(fm_round_options) */
    fm_opt_int decimals;
} fm_round_options;

/* round: Rounded to a number of decimals, halves to even.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_round(fm_context *ctx, const fm_tensor *a,
                                        const fm_round_options *options, fm_tensor **out);

typedef struct fm_around_options {
    size_t size; /* sizeof(fm_around_options) */
    fm_opt_int decimals;
} fm_around_options;

/* around: Alias of round.
   Cost: n. Dtypes: bool int float complex. Error: at most 1 ulp. */
FM_API FM_MUST_CHECK fm_status fm_around(fm_context *ctx, const fm_tensor *a,
                                         const fm_around_options *options, fm_tensor **out);

/* modf: The fraction and the whole part of x, both with its sign.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_modf(fm_context *ctx, const fm_tensor *x, fm_tensor **out0,
                                       fm_tensor **out1);

/* frexp: Mantissa in [1/2, 1) and exponent of 2.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_frexp(fm_context *ctx, const fm_tensor *x, fm_tensor **out0,
                                        fm_tensor **out1);

/* divmod: floor_divide and remainder.
   Cost: n. Dtypes: bool int float. */
FM_API FM_MUST_CHECK fm_status fm_divmod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         fm_tensor **out0, fm_tensor **out1);

typedef struct fm_isclose_options {
    size_t size; /* sizeof(fm_isclose_options) */
    const fm_tensor *rtol;
    const fm_tensor *atol;
    fm_flag equal_nan;
} fm_isclose_options;

/* isclose: Whether a and b differ by at most atol + rtol * abs(b).
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isclose(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                          const fm_isclose_options *options, fm_tensor **out);

typedef struct fm_nan_to_num_options {
    size_t size; /* sizeof(fm_nan_to_num_options) */
    fm_flag copy;
    const fm_tensor *nan;
    const fm_tensor *posinf;
    const fm_tensor *neginf;
} fm_nan_to_num_options;

/* nan_to_num: x with numbers in place of NaN and the infinities.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nan_to_num(fm_context *ctx, const fm_tensor *x,
                                             const fm_nan_to_num_options *options, fm_tensor **out);

typedef struct fm_real_if_close_options {
    size_t size; /* sizeof(fm_real_if_close_options) */
    fm_opt_float tol;
} fm_real_if_close_options;

/* real_if_close: The real part, where all imaginary parts are tiny.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_real_if_close(fm_context *ctx, const fm_tensor *a,
                                                const fm_real_if_close_options *options,
                                                fm_tensor **out);

typedef struct fm_ptp_options {
    size_t size; /* sizeof(fm_ptp_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_ptp_options;

/* ptp: Largest less smallest element over axes.
   Cost: in - out. Dtypes: int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ptp(fm_context *ctx, const fm_tensor *a,
                                      const fm_ptp_options *options, fm_tensor **out);

typedef struct fm_count_nonzero_options {
    size_t size; /* sizeof(fm_count_nonzero_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_count_nonzero_options;

/* count_nonzero: Number of elements over axes that are not zero.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_count_nonzero(fm_context *ctx, const fm_tensor *a,
                                                const fm_count_nonzero_options *options,
                                                fm_tensor **out);

typedef struct fm_var_options {
    size_t size; /* sizeof(fm_var_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_opt_float ddof;
    fm_flag keepdims;
    const fm_tensor *where;
    const fm_tensor *mean;
    fm_opt_float correction;
} fm_var_options;

/* var: Mean squared distance from the mean over axes.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_var(fm_context *ctx, const fm_tensor *a,
                                      const fm_var_options *options, fm_tensor **out);

typedef struct fm_std_options {
    size_t size; /* sizeof(fm_std_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_opt_float ddof;
    fm_flag keepdims;
    const fm_tensor *where;
    const fm_tensor *mean;
    fm_opt_float correction;
} fm_std_options;

/* std: Square root of the variance.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_std(fm_context *ctx, const fm_tensor *a,
                                      const fm_std_options *options, fm_tensor **out);

typedef struct fm_nanvar_options {
    size_t size; /* sizeof(fm_nanvar_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_opt_float ddof;
    fm_flag keepdims;
    const fm_tensor *where;
    const fm_tensor *mean;
    fm_opt_float correction;
} fm_nanvar_options;

/* nanvar: Variance of what is not NaN.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nanvar(fm_context *ctx, const fm_tensor *a,
                                         const fm_nanvar_options *options, fm_tensor **out);

typedef struct fm_nanstd_options {
    size_t size; /* sizeof(fm_nanstd_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_opt_float ddof;
    fm_flag keepdims;
    const fm_tensor *where;
    const fm_tensor *mean;
    fm_opt_float correction;
} fm_nanstd_options;

/* nanstd: Square root of the variance of what is not NaN.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nanstd(fm_context *ctx, const fm_tensor *a,
                                         const fm_nanstd_options *options, fm_tensor **out);

typedef struct fm_nansum_options {
    size_t size; /* sizeof(fm_nansum_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_nansum_options;

/* nansum: Sum of what is not NaN over axes.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nansum(fm_context *ctx, const fm_tensor *a,
                                         const fm_nansum_options *options, fm_tensor **out);

typedef struct fm_nanprod_options {
    size_t size; /* sizeof(fm_nanprod_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_nanprod_options;

/* nanprod: Product of what is not NaN over axes.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nanprod(fm_context *ctx, const fm_tensor *a,
                                          const fm_nanprod_options *options, fm_tensor **out);

typedef struct fm_nanmean_options {
    size_t size; /* sizeof(fm_nanmean_options) */
    fm_opt_ints axis;
    fm_dtype dtype;
    fm_flag keepdims;
    const fm_tensor *where;
} fm_nanmean_options;

/* nanmean: Mean of what is not NaN over axes.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_nanmean(fm_context *ctx, const fm_tensor *a,
                                          const fm_nanmean_options *options, fm_tensor **out);

typedef struct fm_nanmax_options {
    size_t size; /* sizeof(fm_nanmax_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_nanmax_options;

/* nanmax: Largest of what is not NaN over axes; NaN where all is.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanmax(fm_context *ctx, const fm_tensor *a,
                                         const fm_nanmax_options *options, fm_tensor **out);

typedef struct fm_nanmin_options {
    size_t size; /* sizeof(fm_nanmin_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
    const fm_tensor *initial;
    const fm_tensor *where;
} fm_nanmin_options;

/* nanmin: Smallest of what is not NaN over axes; NaN where all is.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanmin(fm_context *ctx, const fm_tensor *a,
                                         const fm_nanmin_options *options, fm_tensor **out);

typedef struct fm_nanargmax_options {
    size_t size; /* sizeof(fm_nanargmax_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_nanargmax_options;

/* nanargmax: Index of the first largest element that is not NaN.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanargmax(fm_context *ctx, const fm_tensor *a,
                                            const fm_nanargmax_options *options, fm_tensor **out);

typedef struct fm_nanargmin_options {
    size_t size; /* sizeof(fm_nanargmin_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_nanargmin_options;

/* nanargmin: Index of the first smallest element that is not NaN.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_nanargmin(fm_context *ctx, const fm_tensor *a,
                                            const fm_nanargmin_options *options, fm_tensor **out);

typedef struct fm_average_options {
    size_t size; /* sizeof(fm_average_options) */
    fm_opt_ints axis;
    const fm_tensor *weights;
    fm_flag returned;
    fm_flag keepdims;
} fm_average_options;

/* average: Mean with weights; with returned their sum too.
   Cost: in - out. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_average(fm_context *ctx, const fm_tensor *a,
                                          const fm_average_options *options, fm_reply **reply);

typedef struct fm_cov_options {
    size_t size; /* sizeof(fm_cov_options) */
    const fm_tensor *y;
    fm_flag rowvar;
    fm_flag bias;
    fm_opt_float ddof;
    const fm_tensor *fweights;
    const fm_tensor *aweights;
    fm_dtype dtype;
} fm_cov_options;

/* cov: Covariances of variables, which are rows or columns.
   Cost: 2f^2s. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_cov(fm_context *ctx, const fm_tensor *m,
                                      const fm_cov_options *options, fm_tensor **out);

typedef struct fm_corrcoef_options {
    size_t size; /* sizeof(fm_corrcoef_options) */
    const fm_tensor *y;
    fm_flag rowvar;
    fm_dtype dtype;
} fm_corrcoef_options;

/* corrcoef: Correlation coefficients of variables.
   Cost: 2f^2s. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_corrcoef(fm_context *ctx, const fm_tensor *x,
                                           const fm_corrcoef_options *options, fm_tensor **out);

typedef struct fm_stack_options {
    size_t size; /* sizeof(fm_stack_options) */
    fm_opt_int axis;
    fm_dtype dtype;
    const char *casting;
} fm_stack_options;

/* stack: Arrays of one shape joined along a new axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_stack(fm_context *ctx, const fm_tensor *const *arrays,
                                        int narrays, const fm_stack_options *options,
                                        fm_tensor **out);

typedef struct fm_vstack_options {
    size_t size; /* sizeof(fm_vstack_options) */
    fm_dtype dtype;
    const char *casting;
} fm_vstack_options;

/* vstack: Arrays joined along axis 0, vectors as rows.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_vstack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                                         const fm_vstack_options *options, fm_tensor **out);

typedef struct fm_row_stack_options {
    size_t size; /* sizeof(fm_row_stack_options) */
    fm_dtype dtype;
    const char *casting;
} fm_row_stack_options;

/* row_stack: As vstack.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_row_stack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                                            const fm_row_stack_options *options, fm_tensor **out);

typedef struct fm_hstack_options {
    size_t size; /* sizeof(fm_hstack_options) */
    fm_dtype dtype;
    const char *casting;
} fm_hstack_options;

/* hstack: Arrays joined along axis 1, vectors one after the other.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_hstack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                                         const fm_hstack_options *options, fm_tensor **out);

/* dstack: Arrays joined along axis 2.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_dstack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                                         fm_tensor **out);

/* column_stack: Arrays joined along axis 1, vectors as columns.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_column_stack(fm_context *ctx, const fm_tensor *const *tup,
                                               int ntup, fm_tensor **out);

/* block: Nested lists of arrays: the innermost joined along the last axis, and so outwards.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_block(fm_context *ctx, const fm_value *arrays, fm_tensor **out);

typedef struct fm_bmat_options {
    size_t size; /* sizeof(fm_bmat_options) */
    fm_flag ldict;
    fm_flag gdict;
} fm_bmat_options;

/* bmat: A matrix from a list of rows of arrays, or from a text of registered names.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_bmat(fm_context *ctx, const fm_value *obj,
                                       const fm_bmat_options *options, fm_tensor **out);

typedef struct fm_split_options {
    size_t size; /* sizeof(fm_split_options) */
    fm_opt_int axis;
} fm_split_options;

/* split: Equal parts along an axis, or those between places.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_split(fm_context *ctx, const fm_tensor *ary,
                                        int nindices_or_sections,
                                        const int64_t *indices_or_sections,
                                        const fm_split_options *options, fm_reply **reply);

typedef struct fm_array_split_options {
    size_t size; /* sizeof(fm_array_split_options) */
    fm_opt_int axis;
} fm_array_split_options;

/* array_split: As split; parts may differ by one element.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_array_split(fm_context *ctx, const fm_tensor *ary,
                                              int nindices_or_sections,
                                              const int64_t *indices_or_sections,
                                              const fm_array_split_options *options,
                                              fm_reply **reply);

/* hsplit: Parts along axis 1, of vectors along axis 0.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_hsplit(fm_context *ctx, const fm_tensor *ary,
                                         int nindices_or_sections,
                                         const int64_t *indices_or_sections, fm_reply **reply);

/* vsplit: Parts along axis 0.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_vsplit(fm_context *ctx, const fm_tensor *ary,
                                         int nindices_or_sections,
                                         const int64_t *indices_or_sections, fm_reply **reply);

/* dsplit: Parts along axis 2.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_dsplit(fm_context *ctx, const fm_tensor *ary,
                                         int nindices_or_sections,
                                         const int64_t *indices_or_sections, fm_reply **reply);

typedef struct fm_unstack_options {
    size_t size; /* sizeof(fm_unstack_options) */
    fm_opt_int axis;
} fm_unstack_options;

/* unstack: The parts along an axis, without it.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_unstack(fm_context *ctx, const fm_tensor *x,
                                          const fm_unstack_options *options, fm_reply **reply);

typedef struct fm_atleast_1d_options {
    size_t size; /* sizeof(fm_atleast_1d_options) */
    fm_flag arys;
} fm_atleast_1d_options;

/* atleast_1d: Arrays of at least 1 dimension.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_atleast_1d(fm_context *ctx, const fm_atleast_1d_options *options,
                                             fm_reply **reply);

typedef struct fm_atleast_2d_options {
    size_t size; /* sizeof(fm_atleast_2d_options) */
    fm_flag arys;
} fm_atleast_2d_options;

/* atleast_2d: Arrays of at least 2 dimensions, vectors as rows.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_atleast_2d(fm_context *ctx, const fm_atleast_2d_options *options,
                                             fm_reply **reply);

typedef struct fm_atleast_3d_options {
    size_t size; /* sizeof(fm_atleast_3d_options) */
    fm_flag arys;
} fm_atleast_3d_options;

/* atleast_3d: Arrays of at least 3 dimensions, vectors along axis 1.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_atleast_3d(fm_context *ctx, const fm_atleast_3d_options *options,
                                             fm_reply **reply);

typedef struct fm_broadcast_arrays_options {
    size_t size; /* sizeof(fm_broadcast_arrays_options) */
    fm_flag args;
    fm_flag subok;
} fm_broadcast_arrays_options;

/* broadcast_arrays: Views of one shape, to which all broadcast.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_broadcast_arrays(fm_context *ctx,
                                                   const fm_broadcast_arrays_options *options,
                                                   fm_reply **reply);

/* tile: The array repeated along axes.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_tile(fm_context *ctx, const fm_tensor *A, int nreps,
                                       const int64_t *reps, fm_tensor **out);

typedef struct fm_pad_options {
    size_t size; /* sizeof(fm_pad_options) */
    const fm_value *mode;
    const fm_value *stat_length;
    const fm_value *constant_values;
    const fm_value *end_values;
    const char *reflect_type;
} fm_pad_options;

/* pad: The array with elements before and behind along every axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_pad(fm_context *ctx, const fm_tensor *array,
                                      const fm_value *pad_width, const fm_pad_options *options,
                                      fm_tensor **out);

typedef struct fm_array_options {
    size_t size; /* sizeof(fm_array_options) */
    fm_dtype dtype;
    fm_flag copy;
    const char *order;
    fm_opt_int ndmin;
} fm_array_options;

/* array: A new array of the elements.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_array(fm_context *ctx, const fm_tensor *object,
                                        const fm_array_options *options, fm_tensor **out);

typedef struct fm_asarray_options {
    size_t size; /* sizeof(fm_asarray_options) */
    fm_dtype dtype;
    const char *order;
    fm_flag copy;
} fm_asarray_options;

/* asarray: The elements as an array; one that fits is given back as it is.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_asarray(fm_context *ctx, const fm_tensor *a,
                                          const fm_asarray_options *options, fm_tensor **out);

typedef struct fm_asarray_chkfinite_options {
    size_t size; /* sizeof(fm_asarray_chkfinite_options) */
    fm_dtype dtype;
    const char *order;
} fm_asarray_chkfinite_options;

/* asarray_chkfinite: As asarray; infinities and NaN are errors.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_asarray_chkfinite(fm_context *ctx, const fm_tensor *a,
                                                    const fm_asarray_chkfinite_options *options,
                                                    fm_tensor **out);

typedef struct fm_require_options {
    size_t size; /* sizeof(fm_require_options) */
    fm_dtype dtype;
    const fm_value *requirements;
} fm_require_options;

/* require: An array in the layout that the requirements name.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_require(fm_context *ctx, const fm_tensor *a,
                                          const fm_require_options *options, fm_tensor **out);

typedef struct fm_from_dlpack_options {
    size_t size; /* sizeof(fm_from_dlpack_options) */
    fm_flag copy;
} fm_from_dlpack_options;

/* from_dlpack: The array that a tensor exports, without a copy.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_from_dlpack(fm_context *ctx, const fm_tensor *x,
                                              const fm_from_dlpack_options *options,
                                              fm_tensor **out);

typedef struct fm_frombuffer_options {
    size_t size; /* sizeof(fm_frombuffer_options) */
    fm_dtype dtype;
    fm_opt_int count;
    fm_opt_int offset;
} fm_frombuffer_options;

/* frombuffer: Bytes read as elements of a dtype, without a copy.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_frombuffer(fm_context *ctx, const fm_tensor *buffer,
                                             const fm_frombuffer_options *options, fm_tensor **out);

typedef struct fm_fromiter_options {
    size_t size; /* sizeof(fm_fromiter_options) */
    fm_opt_int count;
} fm_fromiter_options;

/* fromiter: The first elements of a sequence as an array.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fromiter(fm_context *ctx, const fm_tensor *iter, fm_dtype dtype,
                                           const fm_fromiter_options *options, fm_tensor **out);

typedef struct fm_diagflat_options {
    size_t size; /* sizeof(fm_diagflat_options) */
    fm_opt_int k;
} fm_diagflat_options;

/* diagflat: A matrix with the elements of v on diagonal k.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_diagflat(fm_context *ctx, const fm_tensor *v,
                                           const fm_diagflat_options *options, fm_tensor **out);

typedef struct fm_tril_options {
    size_t size; /* sizeof(fm_tril_options) */
    fm_opt_int k;
} fm_tril_options;

/* tril: The elements on diagonal k and below, else zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_tril(fm_context *ctx, const fm_tensor *m,
                                       const fm_tril_options *options, fm_tensor **out);

typedef struct fm_triu_options {
    size_t size; /* sizeof(fm_triu_options) */
    fm_opt_int k;
} fm_triu_options;

/* triu: The elements on diagonal k and above, else zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_triu(fm_context *ctx, const fm_tensor *m,
                                       const fm_triu_options *options, fm_tensor **out);

typedef struct fm_vander_options {
    size_t size; /* sizeof(fm_vander_options) */
    fm_opt_int N;
    fm_flag increasing;
} fm_vander_options;

/* vander: The powers of x in columns, falling unless increasing.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_vander(fm_context *ctx, const fm_tensor *x,
                                         const fm_vander_options *options, fm_tensor **out);

typedef struct fm_linspace_options {
    size_t size; /* sizeof(fm_linspace_options) */
    fm_opt_int num;
    fm_flag endpoint;
    fm_flag retstep;
    fm_dtype dtype;
    fm_opt_int axis;
} fm_linspace_options;

/* linspace: num numbers from start to stop, evenly spaced.
   Cost: 0. Dtypes: bool int float complex. Error: at most 2 ulp. */
FM_API FM_MUST_CHECK fm_status fm_linspace(fm_context *ctx, const fm_tensor *start,
                                           const fm_tensor *stop,
                                           const fm_linspace_options *options, fm_reply **reply);

typedef struct fm_logspace_options {
    size_t size; /* sizeof(fm_logspace_options) */
    fm_opt_int num;
    fm_flag endpoint;
    const fm_tensor *base;
    fm_dtype dtype;
    fm_opt_int axis;
} fm_logspace_options;

/* logspace: base to the power of evenly spaced numbers.
   Cost: n. Dtypes: bool int float complex. Error: at most 8 ulp. */
FM_API FM_MUST_CHECK fm_status fm_logspace(fm_context *ctx, const fm_tensor *start,
                                           const fm_tensor *stop,
                                           const fm_logspace_options *options, fm_tensor **out);

typedef struct fm_geomspace_options {
    size_t size; /* sizeof(fm_geomspace_options) */
    fm_opt_int num;
    fm_flag endpoint;
    fm_dtype dtype;
    fm_opt_int axis;
} fm_geomspace_options;

/* geomspace: Numbers from start to stop, each a multiple of the last.
   Cost: n. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_geomspace(fm_context *ctx, const fm_tensor *start,
                                            const fm_tensor *stop,
                                            const fm_geomspace_options *options, fm_tensor **out);

typedef struct fm_meshgrid_options {
    size_t size; /* sizeof(fm_meshgrid_options) */
    fm_flag xi;
    fm_flag copy;
    fm_flag sparse;
    const char *indexing;
} fm_meshgrid_options;

/* meshgrid: Coordinates on a grid from those along each axis.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_meshgrid(fm_context *ctx, const fm_meshgrid_options *options,
                                           fm_reply **reply);

/* polyval: The polynomial at each x, by Horner's rule.
   Cost: 2*m*deg. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_polyval(fm_context *ctx, const fm_tensor *p, const fm_tensor *x,
                                          fm_tensor **out);

/* polyadd: Sum of two polynomials.
   Cost: max(n1, n2). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_polyadd(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2,
                                          fm_tensor **out);

/* polysub: Difference of two polynomials.
   Cost: max(n1, n2). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_polysub(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2,
                                          fm_tensor **out);

/* polymul: Product of two polynomials.
   Cost: n1*n2. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_polymul(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2,
                                          fm_tensor **out);

/* polydiv: Quotient and rest of two polynomials.
   Cost: n1*n2. Dtypes: bool int float complex. Error: at most 16 ulp. */
FM_API FM_MUST_CHECK fm_status fm_polydiv(fm_context *ctx, const fm_tensor *u, const fm_tensor *v,
                                          fm_tensor **out0, fm_tensor **out1);

typedef struct fm_polyder_options {
    size_t size; /* sizeof(fm_polyder_options) */
    fm_opt_int m;
} fm_polyder_options;

/* polyder: The m-th derivative.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_polyder(fm_context *ctx, const fm_tensor *p,
                                          const fm_polyder_options *options, fm_tensor **out);

typedef struct fm_polyint_options {
    size_t size; /* sizeof(fm_polyint_options) */
    fm_opt_int m;
    const fm_tensor *k;
} fm_polyint_options;

/* polyint: The m-th integral, with the constants k.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_polyint(fm_context *ctx, const fm_tensor *p,
                                          const fm_polyint_options *options, fm_tensor **out);

/* poly: The polynomial of these roots, or of a matrix's eigenvalues.
   Cost: n^2. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_poly(fm_context *ctx, const fm_tensor *seq_of_zeros,
                                       fm_reply **reply);

/* roots: The roots, as eigenvalues of the companion matrix.
   Cost: n^3. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_roots(fm_context *ctx, const fm_tensor *p, fm_tensor **out);

typedef struct fm_polyfit_options {
    size_t size; /* sizeof(fm_polyfit_options) */
    fm_opt_float rcond;
    fm_flag full;
    const fm_tensor *w;
    const char *cov;
} fm_polyfit_options;

/* polyfit: The polynomial of a degree that is nearest to points by least squares.
   Cost: 2*m*(deg + 1)^2. Dtypes: bool int float complex. Error: at most 64 ulp. */
FM_API FM_MUST_CHECK fm_status fm_polyfit(fm_context *ctx, const fm_tensor *x, const fm_tensor *y,
                                          int64_t deg, const fm_polyfit_options *options,
                                          fm_reply **reply);

/* shape: The extents of an array.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_shape(fm_context *ctx, const fm_value *a, fm_reply **reply);

/* ndim: The number of dimensions of an array.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ndim(fm_context *ctx, const fm_value *a, fm_reply **reply);

typedef struct fm_size_options {
    size_t size; /* sizeof(fm_size_options) */
    fm_opt_ints axis;
} fm_size_options;

/* size: The number of elements, all or along axes.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_size(fm_context *ctx, const fm_value *a,
                                       const fm_size_options *options, fm_reply **reply);

typedef struct fm_broadcast_shapes_options {
    size_t size; /* sizeof(fm_broadcast_shapes_options) */
    const fm_value *args;
} fm_broadcast_shapes_options;

/* broadcast_shapes: The shape to which shapes broadcast.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_broadcast_shapes(fm_context *ctx,
                                                   const fm_broadcast_shapes_options *options,
                                                   fm_reply **reply);

typedef struct fm_result_type_options {
    size_t size; /* sizeof(fm_result_type_options) */
    const fm_value *arrays_and_dtypes;
} fm_result_type_options;

/* result_type: The dtype to which arrays and dtypes promote.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_result_type(fm_context *ctx,
                                              const fm_result_type_options *options,
                                              fm_reply **reply);

typedef struct fm_common_type_options {
    size_t size; /* sizeof(fm_common_type_options) */
    const fm_value *arrays;
} fm_common_type_options;

/* common_type: The floating dtype that arrays have in common.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_common_type(fm_context *ctx,
                                              const fm_common_type_options *options,
                                              fm_reply **reply);

/* min_scalar_type: The smallest dtype that holds a number.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_min_scalar_type(fm_context *ctx, const fm_value *a,
                                                  fm_reply **reply);

/* issubdtype: Whether a dtype is of another kind of dtypes.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_issubdtype(fm_context *ctx, fm_dtype arg1, fm_dtype arg2,
                                             fm_reply **reply);

/* isdtype: Whether a dtype is of a kind, or of one of several.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isdtype(fm_context *ctx, fm_dtype dtype, const fm_value *kind,
                                          fm_reply **reply);

typedef struct fm_mintypecode_options {
    size_t size; /* sizeof(fm_mintypecode_options) */
    const char *typeset;
    const char *otherwise;
} fm_mintypecode_options;

/* mintypecode: The letter of the smallest dtype for letters.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_mintypecode(fm_context *ctx, const fm_value *typechars,
                                              const fm_mintypecode_options *options,
                                              fm_reply **reply);

/* typename: What a dtype's letter stands for.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_typename(fm_context *ctx, const char *code, fm_reply **reply);

/* isscalar: Whether a value is a number or a text.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isscalar(fm_context *ctx, const fm_value *element,
                                           fm_reply **reply);

/* iterable: Whether a value has elements to iterate over.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_iterable(fm_context *ctx, const fm_value *y, fm_reply **reply);

/* isfortran: Whether elements lie column by column, and not by row.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isfortran(fm_context *ctx, const fm_value *a, fm_reply **reply);

typedef struct fm_shares_memory_options {
    size_t size; /* sizeof(fm_shares_memory_options) */
    fm_opt_int max_work;
} fm_shares_memory_options;

/* shares_memory: Whether two arrays have a byte in common.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_shares_memory(fm_context *ctx, const fm_tensor *a,
                                                const fm_tensor *b,
                                                const fm_shares_memory_options *options,
                                                fm_reply **reply);

typedef struct fm_may_share_memory_options {
    size_t size; /* sizeof(fm_may_share_memory_options) */
    fm_opt_int max_work;
} fm_may_share_memory_options;

/* may_share_memory: Whether the memory ranges of two arrays overlap.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_may_share_memory(fm_context *ctx, const fm_tensor *a,
                                                   const fm_tensor *b,
                                                   const fm_may_share_memory_options *options,
                                                   fm_reply **reply);

/* iscomplexobj: Whether an array is of a complex dtype.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_iscomplexobj(fm_context *ctx, const fm_tensor *x,
                                               fm_tensor **out);

/* isrealobj: Whether an array is of no complex dtype.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_isrealobj(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

typedef struct fm_allclose_options {
    size_t size; /* sizeof(fm_allclose_options) */
    const fm_tensor *rtol;
    const fm_tensor *atol;
    fm_flag equal_nan;
} fm_allclose_options;

/* allclose: Whether all elements agree within tolerances.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_allclose(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                           const fm_allclose_options *options, fm_reply **reply);

typedef struct fm_array_equal_options {
    size_t size; /* sizeof(fm_array_equal_options) */
    fm_flag equal_nan;
} fm_array_equal_options;

/* array_equal: Whether two arrays have the same shape and elements.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_array_equal(fm_context *ctx, const fm_tensor *a1,
                                              const fm_tensor *a2,
                                              const fm_array_equal_options *options,
                                              fm_reply **reply);

/* array_equiv: Whether two arrays have the same elements once they are broadcast.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_array_equiv(fm_context *ctx, const fm_tensor *a1,
                                              const fm_tensor *a2, fm_reply **reply);

typedef struct fm_apply_along_axis_options {
    size_t size; /* sizeof(fm_apply_along_axis_options) */
    const fm_value *args;
} fm_apply_along_axis_options;

/* apply_along_axis: A function of vectors applied to every line along an axis.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_apply_along_axis(fm_context *ctx, const fm_value *func1d,
                                                   int64_t axis, const fm_tensor *arr,
                                                   const fm_apply_along_axis_options *options,
                                                   fm_tensor **out);

/* apply_over_axes: A function of an array and an axis applied for one axis after the other.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_apply_over_axes(fm_context *ctx, const fm_value *func,
                                                  const fm_tensor *a, int naxes,
                                                  const int64_t *axes, fm_tensor **out);

typedef struct fm_fromfunction_options {
    size_t size; /* sizeof(fm_fromfunction_options) */
    fm_dtype dtype;
} fm_fromfunction_options;

/* fromfunction: A function of the coordinates of every element of a shape.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_fromfunction(fm_context *ctx, const fm_value *function,
                                               int nshape, const int64_t *shape,
                                               const fm_fromfunction_options *options,
                                               fm_tensor **out);

typedef struct fm_piecewise_options {
    size_t size; /* sizeof(fm_piecewise_options) */
    const fm_value *args;
} fm_piecewise_options;

/* piecewise: Where each condition holds, its function's value or its number.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_piecewise(fm_context *ctx, const fm_tensor *x,
                                            const fm_value *condlist, const fm_value *funclist,
                                            const fm_piecewise_options *options, fm_tensor **out);

/* as_symmetric: The tensor with a declared symmetry of its axes, once its values were found to have
   it. Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_as_symmetric(fm_context *ctx, const fm_tensor *data,
                                               const fm_value *symmetry, fm_tensor **out);

typedef struct fm_is_symmetric_options {
    size_t size; /* sizeof(fm_is_symmetric_options) */
    const fm_value *symmetry;
    fm_opt_float rtol;
    fm_opt_float atol;
} fm_is_symmetric_options;

/* is_symmetric: Whether the values do not change when the group permutes the axes.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_is_symmetric(fm_context *ctx, const fm_tensor *data,
                                               const fm_is_symmetric_options *options,
                                               fm_reply **reply);

typedef struct fm_random_symmetric_options {
    size_t size; /* sizeof(fm_random_symmetric_options) */
    const fm_value *distribution;
} fm_random_symmetric_options;

/* random.symmetric: Samples of a distribution, averaged over a symmetry group.
   Cost: n (|G| + 1). Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_random_symmetric(fm_context *ctx, int nshape,
                                                   const int64_t *shape, const fm_value *symmetry,
                                                   const fm_random_symmetric_options *options,
                                                   fm_tensor **out);

/* symmetrize: The mean of the tensor over all permutations of its axes in a group.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_symmetrize(fm_context *ctx, const fm_tensor *data,
                                             const fm_value *symmetry, fm_tensor **out);

FM_END_DECLS
#endif
