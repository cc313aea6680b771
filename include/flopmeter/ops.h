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

/* reshape: The elements in row-major order under another shape; one extent may be -1.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_reshape(fm_context *ctx, const fm_tensor *a, int nshape,
                                          const int64_t *shape, fm_tensor **out);

/* ravel: The elements in row-major order.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ravel(fm_context *ctx, const fm_tensor *a, fm_tensor **out);

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

typedef struct fm_getitem_options {
    size_t size; /* sizeof(fm_getitem_options) */
    fm_opt_ints step;
} fm_getitem_options;

/* getitem: The slices start:stop:step of the leading axes, by Python's rules.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_getitem(fm_context *ctx, const fm_tensor *a, int nstart,
                                          const int64_t *start, int nstop, const int64_t *stop,
                                          const fm_getitem_options *options, fm_tensor **out);

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

/* real: Real part.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_real(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* imag: Imaginary part.
   Cost: n. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_imag(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

/* angle: Argument of a complex number, in radians.
   Cost: n. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_angle(fm_context *ctx, const fm_tensor *x, fm_tensor **out);

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

/* copy: A row-major copy.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_copy(fm_context *ctx, const fm_tensor *a, fm_tensor **out);

typedef struct fm_zeros_options {
    size_t size; /* sizeof(fm_zeros_options) */
    fm_dtype dtype;
} fm_zeros_options;

/* zeros: Zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_zeros(fm_context *ctx, int nshape, const int64_t *shape,
                                        const fm_zeros_options *options, fm_tensor **out);

typedef struct fm_ones_options {
    size_t size; /* sizeof(fm_ones_options) */
    fm_dtype dtype;
} fm_ones_options;

/* ones: Ones.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ones(fm_context *ctx, int nshape, const int64_t *shape,
                                       const fm_ones_options *options, fm_tensor **out);

typedef struct fm_empty_options {
    size_t size; /* sizeof(fm_empty_options) */
    fm_dtype dtype;
} fm_empty_options;

/* empty: Unspecified elements; here zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_empty(fm_context *ctx, int nshape, const int64_t *shape,
                                        const fm_empty_options *options, fm_tensor **out);

typedef struct fm_zeros_like_options {
    size_t size; /* sizeof(fm_zeros_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
} fm_zeros_like_options;

/* zeros_like: Zeros shaped as a.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_zeros_like(fm_context *ctx, const fm_tensor *a,
                                             const fm_zeros_like_options *options, fm_tensor **out);

typedef struct fm_ones_like_options {
    size_t size; /* sizeof(fm_ones_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
} fm_ones_like_options;

/* ones_like: Ones shaped as a.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ones_like(fm_context *ctx, const fm_tensor *a,
                                            const fm_ones_like_options *options, fm_tensor **out);

typedef struct fm_empty_like_options {
    size_t size; /* sizeof(fm_empty_like_options) */
    fm_dtype dtype;
    fm_opt_ints shape;
} fm_empty_like_options;

/* empty_like: Unspecified elements shaped as a; here zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_empty_like(fm_context *ctx, const fm_tensor *a,
                                             const fm_empty_like_options *options, fm_tensor **out);

typedef struct fm_full_options {
    size_t size; /* sizeof(fm_full_options) */
    fm_dtype dtype;
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
} fm_eye_options;

/* eye: Ones on diagonal k, else zeros.
   Cost: 0. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_eye(fm_context *ctx, int64_t N, const fm_eye_options *options,
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
} fm_mean_options;

/* mean: Arithmetic mean over axes.
   Cost: in. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_mean(fm_context *ctx, const fm_tensor *a,
                                       const fm_mean_options *options, fm_tensor **out);

typedef struct fm_max_options {
    size_t size; /* sizeof(fm_max_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_max_options;

/* max: Largest element over axes; NaN where there is one.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_max(fm_context *ctx, const fm_tensor *a,
                                      const fm_max_options *options, fm_tensor **out);

typedef struct fm_amax_options {
    size_t size; /* sizeof(fm_amax_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_amax_options;

/* amax: As max.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_amax(fm_context *ctx, const fm_tensor *a,
                                       const fm_amax_options *options, fm_tensor **out);

typedef struct fm_min_options {
    size_t size; /* sizeof(fm_min_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_min_options;

/* min: Smallest element over axes; NaN where there is one.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_min(fm_context *ctx, const fm_tensor *a,
                                      const fm_min_options *options, fm_tensor **out);

typedef struct fm_amin_options {
    size_t size; /* sizeof(fm_amin_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_amin_options;

/* amin: As min.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_amin(fm_context *ctx, const fm_tensor *a,
                                       const fm_amin_options *options, fm_tensor **out);

typedef struct fm_any_options {
    size_t size; /* sizeof(fm_any_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_any_options;

/* any: Whether an element over axes is not zero.
   Cost: in - out. Dtypes: bool int float complex. */
FM_API FM_MUST_CHECK fm_status fm_any(fm_context *ctx, const fm_tensor *a,
                                      const fm_any_options *options, fm_tensor **out);

typedef struct fm_all_options {
    size_t size; /* sizeof(fm_all_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
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

/* vecdot: Sum over the last axes, the others broadcast; x1 is conjugated.
   Cost: 2nk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_vecdot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                         fm_tensor **out);

typedef struct fm_tensordot_options {
    size_t size; /* sizeof(fm_tensordot_options) */
    fm_opt_ints axes;
} fm_tensordot_options;

/* tensordot: Sum over pairs of axes: their number, or those of a followed by those of b.
   Cost: 2mnk. Dtypes: bool int float complex. Error: at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_tensordot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                            const fm_tensordot_options *options, fm_tensor **out);

/* einsum: Products summed over the labels that the output lacks; one or two operands.
   Cost: 2 a summed product, 1 a product that is not summed. Dtypes: bool int float complex. Error:
   at most 4 ulp. */
FM_API FM_MUST_CHECK fm_status fm_einsum(fm_context *ctx, const char *subscripts,
                                         const fm_tensor *const *operands, int noperands,
                                         fm_tensor **out);

typedef struct fm_concatenate_options {
    size_t size; /* sizeof(fm_concatenate_options) */
    fm_opt_int axis;
    fm_dtype dtype;
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

typedef struct fm_ptp_options {
    size_t size; /* sizeof(fm_ptp_options) */
    fm_opt_ints axis;
    fm_flag keepdims;
} fm_ptp_options;

/* ptp: Largest less smallest element over axes.
   Cost: in - out. Dtypes: int float complex. */
FM_API FM_MUST_CHECK fm_status fm_ptp(fm_context *ctx, const fm_tensor *a,
                                      const fm_ptp_options *options, fm_tensor **out);

FM_END_DECLS
#endif
