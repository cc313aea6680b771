/* The typed functions: each fills the values of its row and enters the corridor;
   written from the rows by scripts/typed. */
#include "call/typed.h"

#include <flopmeter/ops.h>

fm_status fm_transpose(fm_context *ctx, const fm_tensor *a, const fm_transpose_options *options,
                       fm_tensor **out) {
    fm_value v_[2];
    fm_transpose_options o_ = {0};
    FM_TYPED_OPTIONS("transpose", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("transpose"), v_, slots_);
}

fm_status fm_swapaxes(fm_context *ctx, const fm_tensor *a, int64_t axis1, int64_t axis2,
                      fm_tensor **out) {
    fm_value v_[3];
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_int(axis1);
    v_[2] = fm_value_int(axis2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("swapaxes"), v_, slots_);
}

fm_status fm_moveaxis(fm_context *ctx, const fm_tensor *a, int nsource, const int64_t *source,
                      int ndestination, const int64_t *destination, fm_tensor **out) {
    fm_value v_[3];
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(source, nsource);
    v_[2] = fm_value_ints(destination, ndestination);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("moveaxis"), v_, slots_);
}

fm_status fm_permute_dims(fm_context *ctx, const fm_tensor *a,
                          const fm_permute_dims_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_permute_dims_options o_ = {0};
    FM_TYPED_OPTIONS("permute_dims", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("permute_dims"), v_, slots_);
}

fm_status fm_matrix_transpose(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("matrix_transpose"), v_, slots_);
}

fm_status fm_linalg_matrix_transpose(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.matrix_transpose"), v_, slots_);
}

fm_status fm_rollaxis(fm_context *ctx, const fm_tensor *a, int64_t axis,
                      const fm_rollaxis_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_rollaxis_options o_ = {0};
    FM_TYPED_OPTIONS("rollaxis", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_int(axis);
    v_[2] = fm_option_int(o_.start);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("rollaxis"), v_, slots_);
}

fm_status fm_reshape(fm_context *ctx, const fm_tensor *a, int nshape, const int64_t *shape,
                     const fm_reshape_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_reshape_options o_ = {0};
    FM_TYPED_OPTIONS("reshape", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(shape, nshape);
    v_[2] = fm_option_string(o_.order);
    v_[3] = fm_option_flag(o_.copy);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("reshape"), v_, slots_);
}

fm_status fm_ravel(fm_context *ctx, const fm_tensor *a, const fm_ravel_options *options,
                   fm_tensor **out) {
    fm_value v_[2];
    fm_ravel_options o_ = {0};
    FM_TYPED_OPTIONS("ravel", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ravel"), v_, slots_);
}

fm_status fm_expand_dims(fm_context *ctx, const fm_tensor *a, int naxis, const int64_t *axis,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(axis, naxis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("expand_dims"), v_, slots_);
}

fm_status fm_squeeze(fm_context *ctx, const fm_tensor *a, const fm_squeeze_options *options,
                     fm_tensor **out) {
    fm_value v_[2];
    fm_squeeze_options o_ = {0};
    FM_TYPED_OPTIONS("squeeze", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("squeeze"), v_, slots_);
}

fm_status fm_broadcast_to(fm_context *ctx, const fm_tensor *array, int nshape, const int64_t *shape,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], array);
    v_[1] = fm_value_ints(shape, nshape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("broadcast_to"), v_, slots_);
}

fm_status fm_flip(fm_context *ctx, const fm_tensor *m, const fm_flip_options *options,
                  fm_tensor **out) {
    fm_value v_[2];
    fm_flip_options o_ = {0};
    FM_TYPED_OPTIONS("flip", options, o_);
    fm_put_tensor(&v_[0], m);
    v_[1] = fm_option_ints(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("flip"), v_, slots_);
}

fm_status fm_fliplr(fm_context *ctx, const fm_tensor *m, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], m);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fliplr"), v_, slots_);
}

fm_status fm_flipud(fm_context *ctx, const fm_tensor *m, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], m);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("flipud"), v_, slots_);
}

fm_status fm_rot90(fm_context *ctx, const fm_tensor *m, const fm_rot90_options *options,
                   fm_tensor **out) {
    fm_value v_[3];
    fm_rot90_options o_ = {0};
    FM_TYPED_OPTIONS("rot90", options, o_);
    fm_put_tensor(&v_[0], m);
    v_[1] = fm_option_int(o_.k);
    v_[2] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("rot90"), v_, slots_);
}

fm_status fm_diagonal(fm_context *ctx, const fm_tensor *a, const fm_diagonal_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_diagonal_options o_ = {0};
    FM_TYPED_OPTIONS("diagonal", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.offset);
    v_[2] = fm_option_int(o_.axis1);
    v_[3] = fm_option_int(o_.axis2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("diagonal"), v_, slots_);
}

fm_status fm_diag(fm_context *ctx, const fm_tensor *v, const fm_diag_options *options,
                  fm_tensor **out) {
    fm_value v_[2];
    fm_diag_options o_ = {0};
    FM_TYPED_OPTIONS("diag", options, o_);
    fm_put_tensor(&v_[0], v);
    v_[1] = fm_option_int(o_.k);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("diag"), v_, slots_);
}

fm_status fm_real(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("real"), v_, slots_);
}

fm_status fm_imag(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("imag"), v_, slots_);
}

fm_status fm_getitem(fm_context *ctx, const fm_tensor *a, const fm_value *key, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    v_[1] = *key;
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("getitem"), v_, slots_);
}

fm_status fm_slice(fm_context *ctx, const fm_tensor *a, int nstart, const int64_t *start, int nstop,
                   const int64_t *stop, const fm_slice_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_slice_options o_ = {0};
    FM_TYPED_OPTIONS("slice", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(start, nstart);
    v_[2] = fm_value_ints(stop, nstop);
    v_[3] = fm_option_ints(o_.step);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("slice"), v_, slots_);
}

fm_status fm_negative(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("negative"), v_, slots_);
}

fm_status fm_positive(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("positive"), v_, slots_);
}

fm_status fm_absolute(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("absolute"), v_, slots_);
}

fm_status fm_fabs(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fabs"), v_, slots_);
}

fm_status fm_sign(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sign"), v_, slots_);
}

fm_status fm_square(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("square"), v_, slots_);
}

fm_status fm_sqrt(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sqrt"), v_, slots_);
}

fm_status fm_cbrt(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cbrt"), v_, slots_);
}

fm_status fm_reciprocal(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("reciprocal"), v_, slots_);
}

fm_status fm_exp(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("exp"), v_, slots_);
}

fm_status fm_exp2(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("exp2"), v_, slots_);
}

fm_status fm_expm1(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("expm1"), v_, slots_);
}

fm_status fm_log(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log"), v_, slots_);
}

fm_status fm_log2(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log2"), v_, slots_);
}

fm_status fm_log10(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log10"), v_, slots_);
}

fm_status fm_log1p(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log1p"), v_, slots_);
}

fm_status fm_sin(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sin"), v_, slots_);
}

fm_status fm_cos(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cos"), v_, slots_);
}

fm_status fm_tan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tan"), v_, slots_);
}

fm_status fm_arcsin(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arcsin"), v_, slots_);
}

fm_status fm_arccos(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arccos"), v_, slots_);
}

fm_status fm_arctan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctan"), v_, slots_);
}

fm_status fm_sinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sinh"), v_, slots_);
}

fm_status fm_cosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cosh"), v_, slots_);
}

fm_status fm_tanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tanh"), v_, slots_);
}

fm_status fm_arcsinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arcsinh"), v_, slots_);
}

fm_status fm_arccosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arccosh"), v_, slots_);
}

fm_status fm_arctanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctanh"), v_, slots_);
}

fm_status fm_floor(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("floor"), v_, slots_);
}

fm_status fm_ceil(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ceil"), v_, slots_);
}

fm_status fm_trunc(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("trunc"), v_, slots_);
}

fm_status fm_rint(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("rint"), v_, slots_);
}

fm_status fm_isnan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isnan"), v_, slots_);
}

fm_status fm_isinf(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isinf"), v_, slots_);
}

fm_status fm_isfinite(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isfinite"), v_, slots_);
}

fm_status fm_signbit(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("signbit"), v_, slots_);
}

fm_status fm_logical_not(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_not"), v_, slots_);
}

fm_status fm_invert(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("invert"), v_, slots_);
}

fm_status fm_conjugate(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("conjugate"), v_, slots_);
}

fm_status fm_deg2rad(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("deg2rad"), v_, slots_);
}

fm_status fm_rad2deg(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("rad2deg"), v_, slots_);
}

fm_status fm_angle(fm_context *ctx, const fm_tensor *z, const fm_angle_options *options,
                   fm_tensor **out) {
    fm_value v_[2];
    fm_angle_options o_ = {0};
    FM_TYPED_OPTIONS("angle", options, o_);
    fm_put_tensor(&v_[0], z);
    v_[1] = fm_option_flag(o_.deg);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("angle"), v_, slots_);
}

fm_status fm_abs(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("abs"), v_, slots_);
}

fm_status fm_asin(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("asin"), v_, slots_);
}

fm_status fm_acos(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("acos"), v_, slots_);
}

fm_status fm_atan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atan"), v_, slots_);
}

fm_status fm_asinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("asinh"), v_, slots_);
}

fm_status fm_acosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("acosh"), v_, slots_);
}

fm_status fm_atanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atanh"), v_, slots_);
}

fm_status fm_bitwise_not(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_not"), v_, slots_);
}

fm_status fm_bitwise_invert(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_invert"), v_, slots_);
}

fm_status fm_fix(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fix"), v_, slots_);
}

fm_status fm_conj(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("conj"), v_, slots_);
}

fm_status fm_radians(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("radians"), v_, slots_);
}

fm_status fm_degrees(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("degrees"), v_, slots_);
}

fm_status fm_add(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("add"), v_, slots_);
}

fm_status fm_add_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("add"), v_, slots_);
}

fm_status fm_subtract(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("subtract"), v_, slots_);
}

fm_status fm_subtract_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("subtract"), v_, slots_);
}

fm_status fm_multiply(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("multiply"), v_, slots_);
}

fm_status fm_multiply_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("multiply"), v_, slots_);
}

fm_status fm_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("divide"), v_, slots_);
}

fm_status fm_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("divide"), v_, slots_);
}

fm_status fm_floor_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("floor_divide"), v_, slots_);
}

fm_status fm_floor_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                 fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("floor_divide"), v_, slots_);
}

fm_status fm_remainder(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("remainder"), v_, slots_);
}

fm_status fm_remainder_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("remainder"), v_, slots_);
}

fm_status fm_fmod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmod"), v_, slots_);
}

fm_status fm_fmod_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmod"), v_, slots_);
}

fm_status fm_power(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("power"), v_, slots_);
}

fm_status fm_power_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("power"), v_, slots_);
}

fm_status fm_float_power(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("float_power"), v_, slots_);
}

fm_status fm_float_power_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("float_power"), v_, slots_);
}

fm_status fm_arctan2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctan2"), v_, slots_);
}

fm_status fm_arctan2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctan2"), v_, slots_);
}

fm_status fm_hypot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hypot"), v_, slots_);
}

fm_status fm_hypot_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hypot"), v_, slots_);
}

fm_status fm_logaddexp(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp"), v_, slots_);
}

fm_status fm_logaddexp_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp"), v_, slots_);
}

fm_status fm_logaddexp2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp2"), v_, slots_);
}

fm_status fm_logaddexp2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp2"), v_, slots_);
}

fm_status fm_copysign(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("copysign"), v_, slots_);
}

fm_status fm_copysign_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("copysign"), v_, slots_);
}

fm_status fm_nextafter(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nextafter"), v_, slots_);
}

fm_status fm_nextafter_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nextafter"), v_, slots_);
}

fm_status fm_heaviside(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("heaviside"), v_, slots_);
}

fm_status fm_heaviside_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("heaviside"), v_, slots_);
}

fm_status fm_maximum(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("maximum"), v_, slots_);
}

fm_status fm_maximum_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("maximum"), v_, slots_);
}

fm_status fm_minimum(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("minimum"), v_, slots_);
}

fm_status fm_minimum_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("minimum"), v_, slots_);
}

fm_status fm_fmax(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmax"), v_, slots_);
}

fm_status fm_fmax_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmax"), v_, slots_);
}

fm_status fm_fmin(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmin"), v_, slots_);
}

fm_status fm_fmin_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmin"), v_, slots_);
}

fm_status fm_greater(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater"), v_, slots_);
}

fm_status fm_greater_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater"), v_, slots_);
}

fm_status fm_greater_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                           fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater_equal"), v_, slots_);
}

fm_status fm_greater_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                  fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater_equal"), v_, slots_);
}

fm_status fm_less(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less"), v_, slots_);
}

fm_status fm_less_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less"), v_, slots_);
}

fm_status fm_less_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less_equal"), v_, slots_);
}

fm_status fm_less_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less_equal"), v_, slots_);
}

fm_status fm_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("equal"), v_, slots_);
}

fm_status fm_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("equal"), v_, slots_);
}

fm_status fm_not_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("not_equal"), v_, slots_);
}

fm_status fm_not_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("not_equal"), v_, slots_);
}

fm_status fm_logical_and(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_and"), v_, slots_);
}

fm_status fm_logical_and_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_and"), v_, slots_);
}

fm_status fm_logical_or(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_or"), v_, slots_);
}

fm_status fm_logical_or_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_or"), v_, slots_);
}

fm_status fm_logical_xor(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_xor"), v_, slots_);
}

fm_status fm_logical_xor_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_xor"), v_, slots_);
}

fm_status fm_bitwise_and(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_and"), v_, slots_);
}

fm_status fm_bitwise_and_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_and"), v_, slots_);
}

fm_status fm_bitwise_or(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_or"), v_, slots_);
}

fm_status fm_bitwise_or_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_or"), v_, slots_);
}

fm_status fm_bitwise_xor(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_xor"), v_, slots_);
}

fm_status fm_bitwise_xor_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_xor"), v_, slots_);
}

fm_status fm_left_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("left_shift"), v_, slots_);
}

fm_status fm_left_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("left_shift"), v_, slots_);
}

fm_status fm_right_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("right_shift"), v_, slots_);
}

fm_status fm_right_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("right_shift"), v_, slots_);
}

fm_status fm_gcd(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("gcd"), v_, slots_);
}

fm_status fm_gcd_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("gcd"), v_, slots_);
}

fm_status fm_lcm(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("lcm"), v_, slots_);
}

fm_status fm_lcm_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("lcm"), v_, slots_);
}

fm_status fm_true_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("true_divide"), v_, slots_);
}

fm_status fm_true_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("true_divide"), v_, slots_);
}

fm_status fm_mod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("mod"), v_, slots_);
}

fm_status fm_mod_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("mod"), v_, slots_);
}

fm_status fm_pow(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("pow"), v_, slots_);
}

fm_status fm_pow_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("pow"), v_, slots_);
}

fm_status fm_atan2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atan2"), v_, slots_);
}

fm_status fm_atan2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atan2"), v_, slots_);
}

fm_status fm_bitwise_left_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_left_shift"), v_, slots_);
}

fm_status fm_bitwise_left_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                       fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_left_shift"), v_, slots_);
}

fm_status fm_bitwise_right_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                 fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_right_shift"), v_, slots_);
}

fm_status fm_bitwise_right_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                        fm_tensor **out) {
    fm_value v_[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v_[0] = fm_value_tensor(x1);
    v_[1] = fm_value_scalar(x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_right_shift"), v_, slots_);
}

fm_status fm_where(fm_context *ctx, const fm_tensor *condition, const fm_tensor *x,
                   const fm_tensor *y, fm_tensor **out) {
    fm_value v_[3];
    fm_put_tensor(&v_[0], condition);
    fm_put_tensor(&v_[1], x);
    fm_put_tensor(&v_[2], y);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("where"), v_, slots_);
}

fm_status fm_clip(fm_context *ctx, const fm_tensor *a, const fm_clip_options *options,
                  fm_tensor **out) {
    fm_value v_[5];
    fm_clip_options o_ = {0};
    FM_TYPED_OPTIONS("clip", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_tensor(o_.a_min);
    v_[2] = fm_option_tensor(o_.a_max);
    v_[3] = fm_option_tensor(o_.min);
    v_[4] = fm_option_tensor(o_.max);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("clip"), v_, slots_);
}

fm_status fm_astype(fm_context *ctx, const fm_tensor *x, fm_dtype dtype,
                    const fm_astype_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_astype_options o_ = {0};
    FM_TYPED_OPTIONS("astype", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_value_dtype(dtype);
    v_[2] = fm_option_flag(o_.copy);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("astype"), v_, slots_);
}

fm_status fm_copy(fm_context *ctx, const fm_tensor *a, const fm_copy_options *options,
                  fm_tensor **out) {
    fm_value v_[3];
    fm_copy_options o_ = {0};
    FM_TYPED_OPTIONS("copy", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_string(o_.order);
    v_[2] = fm_option_flag(o_.subok);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("copy"), v_, slots_);
}

fm_status fm_zeros(fm_context *ctx, int nshape, const int64_t *shape,
                   const fm_zeros_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_zeros_options o_ = {0};
    FM_TYPED_OPTIONS("zeros", options, o_);
    v_[0] = fm_value_ints(shape, nshape);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("zeros"), v_, slots_);
}

fm_status fm_ones(fm_context *ctx, int nshape, const int64_t *shape, const fm_ones_options *options,
                  fm_tensor **out) {
    fm_value v_[3];
    fm_ones_options o_ = {0};
    FM_TYPED_OPTIONS("ones", options, o_);
    v_[0] = fm_value_ints(shape, nshape);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ones"), v_, slots_);
}

fm_status fm_empty(fm_context *ctx, int nshape, const int64_t *shape,
                   const fm_empty_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_empty_options o_ = {0};
    FM_TYPED_OPTIONS("empty", options, o_);
    v_[0] = fm_value_ints(shape, nshape);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("empty"), v_, slots_);
}

fm_status fm_zeros_like(fm_context *ctx, const fm_tensor *a, const fm_zeros_like_options *options,
                        fm_tensor **out) {
    fm_value v_[4];
    fm_zeros_like_options o_ = {0};
    FM_TYPED_OPTIONS("zeros_like", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("zeros_like"), v_, slots_);
}

fm_status fm_ones_like(fm_context *ctx, const fm_tensor *a, const fm_ones_like_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_ones_like_options o_ = {0};
    FM_TYPED_OPTIONS("ones_like", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ones_like"), v_, slots_);
}

fm_status fm_empty_like(fm_context *ctx, const fm_tensor *a, const fm_empty_like_options *options,
                        fm_tensor **out) {
    fm_value v_[4];
    fm_empty_like_options o_ = {0};
    FM_TYPED_OPTIONS("empty_like", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("empty_like"), v_, slots_);
}

fm_status fm_full(fm_context *ctx, int nshape, const int64_t *shape, const fm_tensor *fill_value,
                  const fm_full_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_full_options o_ = {0};
    FM_TYPED_OPTIONS("full", options, o_);
    v_[0] = fm_value_ints(shape, nshape);
    fm_put_tensor(&v_[1], fill_value);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("full"), v_, slots_);
}

fm_status fm_full_like(fm_context *ctx, const fm_tensor *a, const fm_tensor *fill_value,
                       const fm_full_like_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_full_like_options o_ = {0};
    FM_TYPED_OPTIONS("full_like", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], fill_value);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_ints(o_.shape);
    v_[4] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("full_like"), v_, slots_);
}

fm_status fm_arange(fm_context *ctx, double start, const fm_arange_options *options,
                    fm_tensor **out) {
    fm_value v_[4];
    fm_arange_options o_ = {0};
    FM_TYPED_OPTIONS("arange", options, o_);
    v_[0] = fm_value_float(start);
    v_[1] = fm_option_float(o_.stop);
    v_[2] = fm_option_float(o_.step);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arange"), v_, slots_);
}

fm_status fm_eye(fm_context *ctx, int64_t N, const fm_eye_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_eye_options o_ = {0};
    FM_TYPED_OPTIONS("eye", options, o_);
    v_[0] = fm_value_int(N);
    v_[1] = fm_option_int(o_.M);
    v_[2] = fm_option_int(o_.k);
    v_[3] = fm_option_dtype(o_.dtype);
    v_[4] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("eye"), v_, slots_);
}

fm_status fm_tri(fm_context *ctx, int64_t N, const fm_tri_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_tri_options o_ = {0};
    FM_TYPED_OPTIONS("tri", options, o_);
    v_[0] = fm_value_int(N);
    v_[1] = fm_option_int(o_.M);
    v_[2] = fm_option_int(o_.k);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tri"), v_, slots_);
}

fm_status fm_identity(fm_context *ctx, int64_t n, const fm_identity_options *options,
                      fm_tensor **out) {
    fm_value v_[2];
    fm_identity_options o_ = {0};
    FM_TYPED_OPTIONS("identity", options, o_);
    v_[0] = fm_value_int(n);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("identity"), v_, slots_);
}

fm_status fm_sum(fm_context *ctx, const fm_tensor *a, const fm_sum_options *options,
                 fm_tensor **out) {
    fm_value v_[6];
    fm_sum_options o_ = {0};
    FM_TYPED_OPTIONS("sum", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.keepdims);
    v_[4] = fm_option_tensor(o_.initial);
    v_[5] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sum"), v_, slots_);
}

fm_status fm_prod(fm_context *ctx, const fm_tensor *a, const fm_prod_options *options,
                  fm_tensor **out) {
    fm_value v_[6];
    fm_prod_options o_ = {0};
    FM_TYPED_OPTIONS("prod", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.keepdims);
    v_[4] = fm_option_tensor(o_.initial);
    v_[5] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("prod"), v_, slots_);
}

fm_status fm_mean(fm_context *ctx, const fm_tensor *a, const fm_mean_options *options,
                  fm_tensor **out) {
    fm_value v_[5];
    fm_mean_options o_ = {0};
    FM_TYPED_OPTIONS("mean", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.keepdims);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("mean"), v_, slots_);
}

fm_status fm_max(fm_context *ctx, const fm_tensor *a, const fm_max_options *options,
                 fm_tensor **out) {
    fm_value v_[5];
    fm_max_options o_ = {0};
    FM_TYPED_OPTIONS("max", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.initial);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("max"), v_, slots_);
}

fm_status fm_amax(fm_context *ctx, const fm_tensor *a, const fm_amax_options *options,
                  fm_tensor **out) {
    fm_value v_[5];
    fm_amax_options o_ = {0};
    FM_TYPED_OPTIONS("amax", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.initial);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("amax"), v_, slots_);
}

fm_status fm_min(fm_context *ctx, const fm_tensor *a, const fm_min_options *options,
                 fm_tensor **out) {
    fm_value v_[5];
    fm_min_options o_ = {0};
    FM_TYPED_OPTIONS("min", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.initial);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("min"), v_, slots_);
}

fm_status fm_amin(fm_context *ctx, const fm_tensor *a, const fm_amin_options *options,
                  fm_tensor **out) {
    fm_value v_[5];
    fm_amin_options o_ = {0};
    FM_TYPED_OPTIONS("amin", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.initial);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("amin"), v_, slots_);
}

fm_status fm_any(fm_context *ctx, const fm_tensor *a, const fm_any_options *options,
                 fm_tensor **out) {
    fm_value v_[4];
    fm_any_options o_ = {0};
    FM_TYPED_OPTIONS("any", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("any"), v_, slots_);
}

fm_status fm_all(fm_context *ctx, const fm_tensor *a, const fm_all_options *options,
                 fm_tensor **out) {
    fm_value v_[4];
    fm_all_options o_ = {0};
    FM_TYPED_OPTIONS("all", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("all"), v_, slots_);
}

fm_status fm_argmax(fm_context *ctx, const fm_tensor *a, const fm_argmax_options *options,
                    fm_tensor **out) {
    fm_value v_[3];
    fm_argmax_options o_ = {0};
    FM_TYPED_OPTIONS("argmax", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argmax"), v_, slots_);
}

fm_status fm_argmin(fm_context *ctx, const fm_tensor *a, const fm_argmin_options *options,
                    fm_tensor **out) {
    fm_value v_[3];
    fm_argmin_options o_ = {0};
    FM_TYPED_OPTIONS("argmin", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argmin"), v_, slots_);
}

fm_status fm_matmul(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("matmul"), v_, slots_);
}

fm_status fm_dot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("dot"), v_, slots_);
}

fm_status fm_inner(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("inner"), v_, slots_);
}

fm_status fm_outer(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("outer"), v_, slots_);
}

fm_status fm_vecdot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                    const fm_vecdot_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_vecdot_options o_ = {0};
    FM_TYPED_OPTIONS("vecdot", options, o_);
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("vecdot"), v_, slots_);
}

fm_status fm_matvec(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("matvec"), v_, slots_);
}

fm_status fm_vecmat(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("vecmat"), v_, slots_);
}

fm_status fm_tensordot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                       const fm_tensordot_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_tensordot_options o_ = {0};
    FM_TYPED_OPTIONS("tensordot", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tensordot"), v_, slots_);
}

fm_status fm_linalg_matmul(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                           fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.matmul"), v_, slots_);
}

fm_status fm_linalg_outer(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.outer"), v_, slots_);
}

fm_status fm_linalg_vecdot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                           const fm_linalg_vecdot_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_linalg_vecdot_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.vecdot", options, o_);
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.vecdot"), v_, slots_);
}

fm_status fm_linalg_tensordot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                              const fm_linalg_tensordot_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_linalg_tensordot_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.tensordot", options, o_);
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    v_[2] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.tensordot"), v_, slots_);
}

fm_status fm_einsum(fm_context *ctx, const char *subscripts, const fm_tensor *const *operands,
                    int noperands, const fm_einsum_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_einsum_options o_ = {0};
    FM_TYPED_OPTIONS("einsum", options, o_);
    v_[0] = fm_value_string(subscripts);
    v_[1] = fm_value_tensors(operands, noperands);
    v_[2] = fm_option_value(o_.optimize);
    v_[3] = fm_option_value(o_.memory_limit);
    v_[4] = fm_option_value(o_.symmetry);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("einsum"), v_, slots_);
}

fm_status fm_einsum_path(fm_context *ctx, const char *subscripts, const fm_tensor *const *operands,
                         int noperands, const fm_einsum_path_options *options, fm_reply **reply) {
    fm_value v_[4];
    fm_einsum_path_options o_ = {0};
    FM_TYPED_OPTIONS("einsum_path", options, o_);
    v_[0] = fm_value_string(subscripts);
    v_[1] = fm_value_tensors(operands, noperands);
    v_[2] = fm_option_value(o_.optimize);
    v_[3] = fm_option_value(o_.memory_limit);
    return fm_typed_reply(ctx, FM_TYPED_ROW("einsum_path"), v_, reply);
}

fm_status fm_concatenate(fm_context *ctx, const fm_tensor *const *arrays, int narrays,
                         const fm_concatenate_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_concatenate_options o_ = {0};
    FM_TYPED_OPTIONS("concatenate", options, o_);
    v_[0] = fm_value_tensors(arrays, narrays);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_string(o_.casting);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("concatenate"), v_, slots_);
}

fm_status fm_concat(fm_context *ctx, const fm_tensor *const *arrays, int narrays,
                    const fm_concat_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_concat_options o_ = {0};
    FM_TYPED_OPTIONS("concat", options, o_);
    v_[0] = fm_value_tensors(arrays, narrays);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_string(o_.casting);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("concat"), v_, slots_);
}

fm_status fm_random_random(fm_context *ctx, const fm_random_random_options *options,
                           fm_tensor **out) {
    fm_value v_[2];
    fm_random_random_options o_ = {0};
    FM_TYPED_OPTIONS("random.random", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.random"), v_, slots_);
}

fm_status fm_random_random_sample(fm_context *ctx, const fm_random_random_sample_options *options,
                                  fm_tensor **out) {
    fm_value v_[2];
    fm_random_random_sample_options o_ = {0};
    FM_TYPED_OPTIONS("random.random_sample", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.random_sample"), v_, slots_);
}

fm_status fm_random_rand(fm_context *ctx, const fm_random_rand_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_rand_options o_ = {0};
    FM_TYPED_OPTIONS("random.rand", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.rand"), v_, slots_);
}

fm_status fm_random_ranf(fm_context *ctx, const fm_random_ranf_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_ranf_options o_ = {0};
    FM_TYPED_OPTIONS("random.ranf", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.ranf"), v_, slots_);
}

fm_status fm_random_sample(fm_context *ctx, const fm_random_sample_options *options,
                           fm_tensor **out) {
    fm_value v_[2];
    fm_random_sample_options o_ = {0};
    FM_TYPED_OPTIONS("random.sample", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.sample"), v_, slots_);
}

fm_status fm_random_Generator_random(fm_context *ctx,
                                     const fm_random_Generator_random_options *options,
                                     fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_random_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.random", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.random"), v_, slots_);
}

fm_status fm_random_RandomState_random(fm_context *ctx,
                                       const fm_random_RandomState_random_options *options,
                                       fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_random_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.random", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.random"), v_, slots_);
}

fm_status fm_random_RandomState_random_sample(
    fm_context *ctx, const fm_random_RandomState_random_sample_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_random_sample_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.random_sample", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.random_sample"), v_, slots_);
}

fm_status fm_random_RandomState_rand(fm_context *ctx,
                                     const fm_random_RandomState_rand_options *options,
                                     fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_rand_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.rand", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.rand"), v_, slots_);
}

fm_status fm_random_randn(fm_context *ctx, const fm_random_randn_options *options,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_randn_options o_ = {0};
    FM_TYPED_OPTIONS("random.randn", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.randn"), v_, slots_);
}

fm_status fm_random_standard_normal(fm_context *ctx,
                                    const fm_random_standard_normal_options *options,
                                    fm_tensor **out) {
    fm_value v_[2];
    fm_random_standard_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.standard_normal", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.standard_normal"), v_, slots_);
}

fm_status fm_random_Generator_standard_normal(
    fm_context *ctx, const fm_random_Generator_standard_normal_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_standard_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.standard_normal", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.standard_normal"), v_, slots_);
}

fm_status
fm_random_RandomState_standard_normal(fm_context *ctx,
                                      const fm_random_RandomState_standard_normal_options *options,
                                      fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_standard_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.standard_normal", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.standard_normal"), v_, slots_);
}

fm_status fm_random_RandomState_randn(fm_context *ctx,
                                      const fm_random_RandomState_randn_options *options,
                                      fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_randn_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.randn", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.randn"), v_, slots_);
}

fm_status fm_random_uniform(fm_context *ctx, const fm_random_uniform_options *options,
                            fm_tensor **out) {
    fm_value v_[4];
    fm_random_uniform_options o_ = {0};
    FM_TYPED_OPTIONS("random.uniform", options, o_);
    v_[0] = fm_option_float(o_.low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.uniform"), v_, slots_);
}

fm_status fm_random_Generator_uniform(fm_context *ctx,
                                      const fm_random_Generator_uniform_options *options,
                                      fm_tensor **out) {
    fm_value v_[4];
    fm_random_Generator_uniform_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.uniform", options, o_);
    v_[0] = fm_option_float(o_.low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.uniform"), v_, slots_);
}

fm_status fm_random_RandomState_uniform(fm_context *ctx,
                                        const fm_random_RandomState_uniform_options *options,
                                        fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_uniform_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.uniform", options, o_);
    v_[0] = fm_option_float(o_.low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.uniform"), v_, slots_);
}

fm_status fm_random_normal(fm_context *ctx, const fm_random_normal_options *options,
                           fm_tensor **out) {
    fm_value v_[4];
    fm_random_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.normal", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.normal"), v_, slots_);
}

fm_status fm_random_Generator_normal(fm_context *ctx,
                                     const fm_random_Generator_normal_options *options,
                                     fm_tensor **out) {
    fm_value v_[4];
    fm_random_Generator_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.normal", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.normal"), v_, slots_);
}

fm_status fm_random_RandomState_normal(fm_context *ctx,
                                       const fm_random_RandomState_normal_options *options,
                                       fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.normal", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.normal"), v_, slots_);
}

fm_status fm_cumsum(fm_context *ctx, const fm_tensor *a, const fm_cumsum_options *options,
                    fm_tensor **out) {
    fm_value v_[3];
    fm_cumsum_options o_ = {0};
    FM_TYPED_OPTIONS("cumsum", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cumsum"), v_, slots_);
}

fm_status fm_cumprod(fm_context *ctx, const fm_tensor *a, const fm_cumprod_options *options,
                     fm_tensor **out) {
    fm_value v_[3];
    fm_cumprod_options o_ = {0};
    FM_TYPED_OPTIONS("cumprod", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cumprod"), v_, slots_);
}

fm_status fm_nancumsum(fm_context *ctx, const fm_tensor *a, const fm_nancumsum_options *options,
                       fm_tensor **out) {
    fm_value v_[3];
    fm_nancumsum_options o_ = {0};
    FM_TYPED_OPTIONS("nancumsum", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nancumsum"), v_, slots_);
}

fm_status fm_nancumprod(fm_context *ctx, const fm_tensor *a, const fm_nancumprod_options *options,
                        fm_tensor **out) {
    fm_value v_[3];
    fm_nancumprod_options o_ = {0};
    FM_TYPED_OPTIONS("nancumprod", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nancumprod"), v_, slots_);
}

fm_status fm_cumulative_sum(fm_context *ctx, const fm_tensor *x,
                            const fm_cumulative_sum_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_cumulative_sum_options o_ = {0};
    FM_TYPED_OPTIONS("cumulative_sum", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.include_initial);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cumulative_sum"), v_, slots_);
}

fm_status fm_cumulative_prod(fm_context *ctx, const fm_tensor *x,
                             const fm_cumulative_prod_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_cumulative_prod_options o_ = {0};
    FM_TYPED_OPTIONS("cumulative_prod", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.include_initial);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cumulative_prod"), v_, slots_);
}

fm_status fm_sort(fm_context *ctx, const fm_tensor *a, const fm_sort_options *options,
                  fm_tensor **out) {
    fm_value v_[5];
    fm_sort_options o_ = {0};
    FM_TYPED_OPTIONS("sort", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_string(o_.kind);
    v_[3] = fm_option_value(o_.order);
    v_[4] = fm_option_flag(o_.stable);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sort"), v_, slots_);
}

fm_status fm_argsort(fm_context *ctx, const fm_tensor *a, const fm_argsort_options *options,
                     fm_tensor **out) {
    fm_value v_[5];
    fm_argsort_options o_ = {0};
    FM_TYPED_OPTIONS("argsort", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_string(o_.kind);
    v_[3] = fm_option_value(o_.order);
    v_[4] = fm_option_flag(o_.stable);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argsort"), v_, slots_);
}

fm_status fm_partition(fm_context *ctx, const fm_tensor *a, int nkth, const int64_t *kth,
                       const fm_partition_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_partition_options o_ = {0};
    FM_TYPED_OPTIONS("partition", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(kth, nkth);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.kind);
    v_[4] = fm_option_value(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("partition"), v_, slots_);
}

fm_status fm_argpartition(fm_context *ctx, const fm_tensor *a, int nkth, const int64_t *kth,
                          const fm_argpartition_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_argpartition_options o_ = {0};
    FM_TYPED_OPTIONS("argpartition", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(kth, nkth);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.kind);
    v_[4] = fm_option_value(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argpartition"), v_, slots_);
}

fm_status fm_searchsorted(fm_context *ctx, const fm_tensor *a, const fm_tensor *v,
                          const fm_searchsorted_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_searchsorted_options o_ = {0};
    FM_TYPED_OPTIONS("searchsorted", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], v);
    v_[2] = fm_option_string(o_.side);
    v_[3] = fm_option_tensor(o_.sorter);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("searchsorted"), v_, slots_);
}

fm_status fm_sort_complex(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sort_complex"), v_, slots_);
}

fm_status fm_lexsort(fm_context *ctx, const fm_tensor *const *keys, int nkeys,
                     const fm_lexsort_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_lexsort_options o_ = {0};
    FM_TYPED_OPTIONS("lexsort", options, o_);
    v_[0] = fm_value_tensors(keys, nkeys);
    v_[1] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("lexsort"), v_, slots_);
}

fm_status fm_digitize(fm_context *ctx, const fm_tensor *x, const fm_tensor *bins,
                      const fm_digitize_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_digitize_options o_ = {0};
    FM_TYPED_OPTIONS("digitize", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], bins);
    v_[2] = fm_option_flag(o_.right);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("digitize"), v_, slots_);
}

fm_status fm_unique(fm_context *ctx, const fm_tensor *ar, const fm_unique_options *options,
                    fm_reply **reply) {
    fm_value v_[7];
    fm_unique_options o_ = {0};
    FM_TYPED_OPTIONS("unique", options, o_);
    fm_put_tensor(&v_[0], ar);
    v_[1] = fm_option_flag(o_.return_index);
    v_[2] = fm_option_flag(o_.return_inverse);
    v_[3] = fm_option_flag(o_.return_counts);
    v_[4] = fm_option_int(o_.axis);
    v_[5] = fm_option_flag(o_.equal_nan);
    v_[6] = fm_option_flag(o_.sorted);
    return fm_typed_reply(ctx, FM_TYPED_ROW("unique"), v_, reply);
}

fm_status fm_unique_all(fm_context *ctx, const fm_tensor *x, fm_tensor **out0, fm_tensor **out1,
                        fm_tensor **out2, fm_tensor **out3) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out0, out1, out2, out3};
    return fm_corridor(ctx, FM_TYPED_ROW("unique_all"), v_, slots_);
}

fm_status fm_unique_counts(fm_context *ctx, const fm_tensor *x, fm_tensor **out0,
                           fm_tensor **out1) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("unique_counts"), v_, slots_);
}

fm_status fm_unique_inverse(fm_context *ctx, const fm_tensor *x, fm_tensor **out0,
                            fm_tensor **out1) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("unique_inverse"), v_, slots_);
}

fm_status fm_unique_values(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("unique_values"), v_, slots_);
}

fm_status fm_union1d(fm_context *ctx, const fm_tensor *ar1, const fm_tensor *ar2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], ar1);
    fm_put_tensor(&v_[1], ar2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("union1d"), v_, slots_);
}

fm_status fm_intersect1d(fm_context *ctx, const fm_tensor *ar1, const fm_tensor *ar2,
                         const fm_intersect1d_options *options, fm_reply **reply) {
    fm_value v_[4];
    fm_intersect1d_options o_ = {0};
    FM_TYPED_OPTIONS("intersect1d", options, o_);
    fm_put_tensor(&v_[0], ar1);
    fm_put_tensor(&v_[1], ar2);
    v_[2] = fm_option_flag(o_.assume_unique);
    v_[3] = fm_option_flag(o_.return_indices);
    return fm_typed_reply(ctx, FM_TYPED_ROW("intersect1d"), v_, reply);
}

fm_status fm_setdiff1d(fm_context *ctx, const fm_tensor *ar1, const fm_tensor *ar2,
                       const fm_setdiff1d_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_setdiff1d_options o_ = {0};
    FM_TYPED_OPTIONS("setdiff1d", options, o_);
    fm_put_tensor(&v_[0], ar1);
    fm_put_tensor(&v_[1], ar2);
    v_[2] = fm_option_flag(o_.assume_unique);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("setdiff1d"), v_, slots_);
}

fm_status fm_setxor1d(fm_context *ctx, const fm_tensor *ar1, const fm_tensor *ar2,
                      const fm_setxor1d_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_setxor1d_options o_ = {0};
    FM_TYPED_OPTIONS("setxor1d", options, o_);
    fm_put_tensor(&v_[0], ar1);
    fm_put_tensor(&v_[1], ar2);
    v_[2] = fm_option_flag(o_.assume_unique);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("setxor1d"), v_, slots_);
}

fm_status fm_isin(fm_context *ctx, const fm_tensor *element, const fm_tensor *test_elements,
                  const fm_isin_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_isin_options o_ = {0};
    FM_TYPED_OPTIONS("isin", options, o_);
    fm_put_tensor(&v_[0], element);
    fm_put_tensor(&v_[1], test_elements);
    v_[2] = fm_option_flag(o_.assume_unique);
    v_[3] = fm_option_flag(o_.invert);
    v_[4] = fm_option_string(o_.kind);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isin"), v_, slots_);
}

fm_status fm_in1d(fm_context *ctx, const fm_tensor *ar1, const fm_tensor *ar2,
                  const fm_in1d_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_in1d_options o_ = {0};
    FM_TYPED_OPTIONS("in1d", options, o_);
    fm_put_tensor(&v_[0], ar1);
    fm_put_tensor(&v_[1], ar2);
    v_[2] = fm_option_flag(o_.assume_unique);
    v_[3] = fm_option_flag(o_.invert);
    v_[4] = fm_option_string(o_.kind);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("in1d"), v_, slots_);
}

fm_status fm_bincount(fm_context *ctx, const fm_tensor *x, const fm_bincount_options *options,
                      fm_tensor **out) {
    fm_value v_[3];
    fm_bincount_options o_ = {0};
    FM_TYPED_OPTIONS("bincount", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.weights);
    v_[2] = fm_option_int(o_.minlength);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bincount"), v_, slots_);
}

fm_status fm_histogram(fm_context *ctx, const fm_tensor *a, const fm_histogram_options *options,
                       fm_tensor **out0, fm_tensor **out1) {
    fm_value v_[5];
    fm_histogram_options o_ = {0};
    FM_TYPED_OPTIONS("histogram", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_tensor(o_.bins);
    v_[2] = fm_option_value(o_.range);
    v_[3] = fm_option_flag(o_.density);
    v_[4] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("histogram"), v_, slots_);
}

fm_status fm_histogram_bin_edges(fm_context *ctx, const fm_tensor *a,
                                 const fm_histogram_bin_edges_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_histogram_bin_edges_options o_ = {0};
    FM_TYPED_OPTIONS("histogram_bin_edges", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_tensor(o_.bins);
    v_[2] = fm_option_value(o_.range);
    v_[3] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("histogram_bin_edges"), v_, slots_);
}

fm_status fm_histogram2d(fm_context *ctx, const fm_tensor *x, const fm_tensor *y,
                         const fm_histogram2d_options *options, fm_tensor **out0, fm_tensor **out1,
                         fm_tensor **out2) {
    fm_value v_[6];
    fm_histogram2d_options o_ = {0};
    FM_TYPED_OPTIONS("histogram2d", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], y);
    v_[2] = fm_option_value(o_.bins);
    v_[3] = fm_option_value(o_.range);
    v_[4] = fm_option_flag(o_.density);
    v_[5] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out0, out1, out2};
    return fm_corridor(ctx, FM_TYPED_ROW("histogram2d"), v_, slots_);
}

fm_status fm_histogramdd(fm_context *ctx, const fm_tensor *sample,
                         const fm_histogramdd_options *options, fm_reply **reply) {
    fm_value v_[5];
    fm_histogramdd_options o_ = {0};
    FM_TYPED_OPTIONS("histogramdd", options, o_);
    fm_put_tensor(&v_[0], sample);
    v_[1] = fm_option_value(o_.bins);
    v_[2] = fm_option_value(o_.range);
    v_[3] = fm_option_flag(o_.density);
    v_[4] = fm_option_tensor(o_.weights);
    return fm_typed_reply(ctx, FM_TYPED_ROW("histogramdd"), v_, reply);
}

fm_status fm_median(fm_context *ctx, const fm_tensor *a, const fm_median_options *options,
                    fm_tensor **out) {
    fm_value v_[4];
    fm_median_options o_ = {0};
    FM_TYPED_OPTIONS("median", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.overwrite_input);
    v_[3] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("median"), v_, slots_);
}

fm_status fm_nanmedian(fm_context *ctx, const fm_tensor *a, const fm_nanmedian_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_nanmedian_options o_ = {0};
    FM_TYPED_OPTIONS("nanmedian", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.overwrite_input);
    v_[3] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanmedian"), v_, slots_);
}

fm_status fm_quantile(fm_context *ctx, const fm_tensor *a, const fm_tensor *q,
                      const fm_quantile_options *options, fm_tensor **out) {
    fm_value v_[7];
    fm_quantile_options o_ = {0};
    FM_TYPED_OPTIONS("quantile", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], q);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_flag(o_.overwrite_input);
    v_[4] = fm_option_string(o_.method);
    v_[5] = fm_option_flag(o_.keepdims);
    v_[6] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("quantile"), v_, slots_);
}

fm_status fm_percentile(fm_context *ctx, const fm_tensor *a, const fm_tensor *q,
                        const fm_percentile_options *options, fm_tensor **out) {
    fm_value v_[7];
    fm_percentile_options o_ = {0};
    FM_TYPED_OPTIONS("percentile", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], q);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_flag(o_.overwrite_input);
    v_[4] = fm_option_string(o_.method);
    v_[5] = fm_option_flag(o_.keepdims);
    v_[6] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("percentile"), v_, slots_);
}

fm_status fm_nanquantile(fm_context *ctx, const fm_tensor *a, const fm_tensor *q,
                         const fm_nanquantile_options *options, fm_tensor **out) {
    fm_value v_[7];
    fm_nanquantile_options o_ = {0};
    FM_TYPED_OPTIONS("nanquantile", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], q);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_flag(o_.overwrite_input);
    v_[4] = fm_option_string(o_.method);
    v_[5] = fm_option_flag(o_.keepdims);
    v_[6] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanquantile"), v_, slots_);
}

fm_status fm_nanpercentile(fm_context *ctx, const fm_tensor *a, const fm_tensor *q,
                           const fm_nanpercentile_options *options, fm_tensor **out) {
    fm_value v_[7];
    fm_nanpercentile_options o_ = {0};
    FM_TYPED_OPTIONS("nanpercentile", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], q);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_flag(o_.overwrite_input);
    v_[4] = fm_option_string(o_.method);
    v_[5] = fm_option_flag(o_.keepdims);
    v_[6] = fm_option_tensor(o_.weights);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanpercentile"), v_, slots_);
}

fm_status fm_nonzero(fm_context *ctx, const fm_tensor *a, fm_reply **reply) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    return fm_typed_reply(ctx, FM_TYPED_ROW("nonzero"), v_, reply);
}

fm_status fm_flatnonzero(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("flatnonzero"), v_, slots_);
}

fm_status fm_argwhere(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argwhere"), v_, slots_);
}

fm_status fm_extract(fm_context *ctx, const fm_tensor *condition, const fm_tensor *arr,
                     fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], condition);
    fm_put_tensor(&v_[1], arr);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("extract"), v_, slots_);
}

fm_status fm_compress(fm_context *ctx, const fm_tensor *condition, const fm_tensor *a,
                      const fm_compress_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_compress_options o_ = {0};
    FM_TYPED_OPTIONS("compress", options, o_);
    fm_put_tensor(&v_[0], condition);
    fm_put_tensor(&v_[1], a);
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("compress"), v_, slots_);
}

fm_status fm_select(fm_context *ctx, const fm_value *condlist, const fm_value *choicelist,
                    const fm_select_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_select_options o_ = {0};
    FM_TYPED_OPTIONS("select", options, o_);
    v_[0] = *condlist;
    v_[1] = *choicelist;
    v_[2] = fm_option_value(o_.otherwise);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("select"), v_, slots_);
}

fm_status fm_choose(fm_context *ctx, const fm_tensor *a, const fm_value *choices,
                    const fm_choose_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_choose_options o_ = {0};
    FM_TYPED_OPTIONS("choose", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = *choices;
    v_[2] = fm_option_string(o_.mode);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("choose"), v_, slots_);
}

fm_status fm_put(fm_context *ctx, fm_tensor *a, const fm_value *ind, const fm_value *v,
                 const fm_put_options *options) {
    fm_value v_[4];
    fm_put_options o_ = {0};
    FM_TYPED_OPTIONS("put", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = *ind;
    v_[2] = *v;
    v_[3] = fm_option_string(o_.mode);
    return fm_corridor(ctx, FM_TYPED_ROW("put"), v_, NULL);
}

fm_status fm_place(fm_context *ctx, fm_tensor *arr, const fm_tensor *mask, const fm_value *vals) {
    fm_value v_[3];
    fm_put_tensor(&v_[0], arr);
    fm_put_tensor(&v_[1], mask);
    v_[2] = *vals;
    return fm_corridor(ctx, FM_TYPED_ROW("place"), v_, NULL);
}

fm_status fm_putmask(fm_context *ctx, fm_tensor *a, const fm_tensor *mask, const fm_value *values) {
    fm_value v_[3];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], mask);
    v_[2] = *values;
    return fm_corridor(ctx, FM_TYPED_ROW("putmask"), v_, NULL);
}

fm_status fm_put_along_axis(fm_context *ctx, fm_tensor *arr, const fm_tensor *indices,
                            const fm_value *values, int64_t axis) {
    fm_value v_[4];
    fm_put_tensor(&v_[0], arr);
    fm_put_tensor(&v_[1], indices);
    v_[2] = *values;
    v_[3] = fm_value_int(axis);
    return fm_corridor(ctx, FM_TYPED_ROW("put_along_axis"), v_, NULL);
}

fm_status fm_copyto(fm_context *ctx, fm_tensor *dst, const fm_tensor *src,
                    const fm_copyto_options *options) {
    fm_value v_[4];
    fm_copyto_options o_ = {0};
    FM_TYPED_OPTIONS("copyto", options, o_);
    fm_put_tensor(&v_[0], dst);
    fm_put_tensor(&v_[1], src);
    v_[2] = fm_option_string(o_.casting);
    v_[3] = fm_option_tensor(o_.where);
    return fm_corridor(ctx, FM_TYPED_ROW("copyto"), v_, NULL);
}

fm_status fm_fill_diagonal(fm_context *ctx, fm_tensor *a, const fm_value *val,
                           const fm_fill_diagonal_options *options) {
    fm_value v_[3];
    fm_fill_diagonal_options o_ = {0};
    FM_TYPED_OPTIONS("fill_diagonal", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = *val;
    v_[2] = fm_option_flag(o_.wrap);
    return fm_corridor(ctx, FM_TYPED_ROW("fill_diagonal"), v_, NULL);
}

fm_status fm_delete(fm_context *ctx, const fm_tensor *arr, const fm_value *obj,
                    const fm_delete_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_delete_options o_ = {0};
    FM_TYPED_OPTIONS("delete", options, o_);
    fm_put_tensor(&v_[0], arr);
    v_[1] = *obj;
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("delete"), v_, slots_);
}

fm_status fm_insert(fm_context *ctx, const fm_tensor *arr, const fm_value *obj,
                    const fm_value *values, const fm_insert_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_insert_options o_ = {0};
    FM_TYPED_OPTIONS("insert", options, o_);
    fm_put_tensor(&v_[0], arr);
    v_[1] = *obj;
    v_[2] = *values;
    v_[3] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("insert"), v_, slots_);
}

fm_status fm_append(fm_context *ctx, const fm_tensor *arr, const fm_tensor *values,
                    const fm_append_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_append_options o_ = {0};
    FM_TYPED_OPTIONS("append", options, o_);
    fm_put_tensor(&v_[0], arr);
    fm_put_tensor(&v_[1], values);
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("append"), v_, slots_);
}

fm_status fm_trim_zeros(fm_context *ctx, const fm_value *filt, const fm_trim_zeros_options *options,
                        fm_reply **reply) {
    fm_value v_[3];
    fm_trim_zeros_options o_ = {0};
    FM_TYPED_OPTIONS("trim_zeros", options, o_);
    v_[0] = *filt;
    v_[1] = fm_option_string(o_.trim);
    v_[2] = fm_option_ints(o_.axis);
    return fm_typed_reply(ctx, FM_TYPED_ROW("trim_zeros"), v_, reply);
}

fm_status fm_repeat(fm_context *ctx, const fm_tensor *a, const fm_value *repeats,
                    const fm_repeat_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_repeat_options o_ = {0};
    FM_TYPED_OPTIONS("repeat", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = *repeats;
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("repeat"), v_, slots_);
}

fm_status fm_resize(fm_context *ctx, const fm_tensor *a, int nnew_shape, const int64_t *new_shape,
                    fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(new_shape, nnew_shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("resize"), v_, slots_);
}

fm_status fm_roll(fm_context *ctx, const fm_tensor *a, int nshift, const int64_t *shift,
                  const fm_roll_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_roll_options o_ = {0};
    FM_TYPED_OPTIONS("roll", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_ints(shift, nshift);
    v_[2] = fm_option_ints(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("roll"), v_, slots_);
}

fm_status fm_diag_indices(fm_context *ctx, int64_t n, const fm_diag_indices_options *options,
                          fm_reply **reply) {
    fm_value v_[2];
    fm_diag_indices_options o_ = {0};
    FM_TYPED_OPTIONS("diag_indices", options, o_);
    v_[0] = fm_value_int(n);
    v_[1] = fm_option_int(o_.ndim);
    return fm_typed_reply(ctx, FM_TYPED_ROW("diag_indices"), v_, reply);
}

fm_status fm_diag_indices_from(fm_context *ctx, const fm_tensor *arr, fm_reply **reply) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], arr);
    return fm_typed_reply(ctx, FM_TYPED_ROW("diag_indices_from"), v_, reply);
}

fm_status fm_tril_indices(fm_context *ctx, int64_t n, const fm_tril_indices_options *options,
                          fm_reply **reply) {
    fm_value v_[3];
    fm_tril_indices_options o_ = {0};
    FM_TYPED_OPTIONS("tril_indices", options, o_);
    v_[0] = fm_value_int(n);
    v_[1] = fm_option_int(o_.k);
    v_[2] = fm_option_int(o_.m);
    return fm_typed_reply(ctx, FM_TYPED_ROW("tril_indices"), v_, reply);
}

fm_status fm_triu_indices(fm_context *ctx, int64_t n, const fm_triu_indices_options *options,
                          fm_reply **reply) {
    fm_value v_[3];
    fm_triu_indices_options o_ = {0};
    FM_TYPED_OPTIONS("triu_indices", options, o_);
    v_[0] = fm_value_int(n);
    v_[1] = fm_option_int(o_.k);
    v_[2] = fm_option_int(o_.m);
    return fm_typed_reply(ctx, FM_TYPED_ROW("triu_indices"), v_, reply);
}

fm_status fm_tril_indices_from(fm_context *ctx, const fm_tensor *arr,
                               const fm_tril_indices_from_options *options, fm_reply **reply) {
    fm_value v_[2];
    fm_tril_indices_from_options o_ = {0};
    FM_TYPED_OPTIONS("tril_indices_from", options, o_);
    fm_put_tensor(&v_[0], arr);
    v_[1] = fm_option_int(o_.k);
    return fm_typed_reply(ctx, FM_TYPED_ROW("tril_indices_from"), v_, reply);
}

fm_status fm_triu_indices_from(fm_context *ctx, const fm_tensor *arr,
                               const fm_triu_indices_from_options *options, fm_reply **reply) {
    fm_value v_[2];
    fm_triu_indices_from_options o_ = {0};
    FM_TYPED_OPTIONS("triu_indices_from", options, o_);
    fm_put_tensor(&v_[0], arr);
    v_[1] = fm_option_int(o_.k);
    return fm_typed_reply(ctx, FM_TYPED_ROW("triu_indices_from"), v_, reply);
}

fm_status fm_unravel_index(fm_context *ctx, const fm_tensor *indices, int nshape,
                           const int64_t *shape, const fm_unravel_index_options *options,
                           fm_reply **reply) {
    fm_value v_[3];
    fm_unravel_index_options o_ = {0};
    FM_TYPED_OPTIONS("unravel_index", options, o_);
    fm_put_tensor(&v_[0], indices);
    v_[1] = fm_value_ints(shape, nshape);
    v_[2] = fm_option_string(o_.order);
    return fm_typed_reply(ctx, FM_TYPED_ROW("unravel_index"), v_, reply);
}

fm_status fm_ravel_multi_index(fm_context *ctx, const fm_tensor *const *multi_index,
                               int nmulti_index, int ndims, const int64_t *dims,
                               const fm_ravel_multi_index_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_ravel_multi_index_options o_ = {0};
    FM_TYPED_OPTIONS("ravel_multi_index", options, o_);
    v_[0] = fm_value_tensors(multi_index, nmulti_index);
    v_[1] = fm_value_ints(dims, ndims);
    v_[2] = fm_option_value(o_.mode);
    v_[3] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ravel_multi_index"), v_, slots_);
}

fm_status fm_mask_indices(fm_context *ctx, int64_t n, const fm_value *mask_func,
                          const fm_mask_indices_options *options, fm_reply **reply) {
    fm_value v_[3];
    fm_mask_indices_options o_ = {0};
    FM_TYPED_OPTIONS("mask_indices", options, o_);
    v_[0] = fm_value_int(n);
    v_[1] = *mask_func;
    v_[2] = fm_option_int(o_.k);
    return fm_typed_reply(ctx, FM_TYPED_ROW("mask_indices"), v_, reply);
}

fm_status fm_ix_(fm_context *ctx, const fm_ix__options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_ix__options o_ = {0};
    FM_TYPED_OPTIONS("ix_", options, o_);
    v_[0] = fm_option_value(o_.args);
    return fm_typed_reply(ctx, FM_TYPED_ROW("ix_"), v_, reply);
}

fm_status fm_indices(fm_context *ctx, int ndimensions, const int64_t *dimensions,
                     const fm_indices_options *options, fm_reply **reply) {
    fm_value v_[3];
    fm_indices_options o_ = {0};
    FM_TYPED_OPTIONS("indices", options, o_);
    v_[0] = fm_value_ints(dimensions, ndimensions);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_flag(o_.sparse);
    return fm_typed_reply(ctx, FM_TYPED_ROW("indices"), v_, reply);
}

fm_status fm_take(fm_context *ctx, const fm_tensor *a, const fm_tensor *indices,
                  const fm_take_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_take_options o_ = {0};
    FM_TYPED_OPTIONS("take", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], indices);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.mode);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("take"), v_, slots_);
}

fm_status fm_take_along_axis(fm_context *ctx, const fm_tensor *arr, const fm_tensor *indices,
                             const fm_take_along_axis_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_take_along_axis_options o_ = {0};
    FM_TYPED_OPTIONS("take_along_axis", options, o_);
    fm_put_tensor(&v_[0], arr);
    fm_put_tensor(&v_[1], indices);
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("take_along_axis"), v_, slots_);
}

fm_status fm_packbits(fm_context *ctx, const fm_tensor *a, const fm_packbits_options *options,
                      fm_tensor **out) {
    fm_value v_[3];
    fm_packbits_options o_ = {0};
    FM_TYPED_OPTIONS("packbits", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_string(o_.bitorder);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("packbits"), v_, slots_);
}

fm_status fm_unpackbits(fm_context *ctx, const fm_tensor *a, const fm_unpackbits_options *options,
                        fm_tensor **out) {
    fm_value v_[4];
    fm_unpackbits_options o_ = {0};
    FM_TYPED_OPTIONS("unpackbits", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_int(o_.count);
    v_[3] = fm_option_string(o_.bitorder);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("unpackbits"), v_, slots_);
}

fm_status fm_linalg_inv(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.inv"), v_, slots_);
}

fm_status fm_linalg_solve(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.solve"), v_, slots_);
}

fm_status fm_linalg_cholesky(fm_context *ctx, const fm_tensor *a,
                             const fm_linalg_cholesky_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_linalg_cholesky_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.cholesky", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_flag(o_.upper);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.cholesky"), v_, slots_);
}

fm_status fm_linalg_det(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.det"), v_, slots_);
}

fm_status fm_linalg_slogdet(fm_context *ctx, const fm_tensor *a, fm_tensor **out0,
                            fm_tensor **out1) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.slogdet"), v_, slots_);
}

fm_status fm_linalg_qr(fm_context *ctx, const fm_tensor *a, const fm_linalg_qr_options *options,
                       fm_reply **reply) {
    fm_value v_[2];
    fm_linalg_qr_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.qr", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_string(o_.mode);
    return fm_typed_reply(ctx, FM_TYPED_ROW("linalg.qr"), v_, reply);
}

fm_status fm_linalg_eig(fm_context *ctx, const fm_tensor *a, fm_tensor **out0, fm_tensor **out1) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.eig"), v_, slots_);
}

fm_status fm_linalg_eigvals(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], a);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.eigvals"), v_, slots_);
}

fm_status fm_linalg_eigh(fm_context *ctx, const fm_tensor *a, const fm_linalg_eigh_options *options,
                         fm_tensor **out0, fm_tensor **out1) {
    fm_value v_[2];
    fm_linalg_eigh_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.eigh", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_string(o_.UPLO);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.eigh"), v_, slots_);
}

fm_status fm_linalg_eigvalsh(fm_context *ctx, const fm_tensor *a,
                             const fm_linalg_eigvalsh_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_linalg_eigvalsh_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.eigvalsh", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_string(o_.UPLO);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.eigvalsh"), v_, slots_);
}

fm_status fm_linalg_svd(fm_context *ctx, const fm_tensor *a, const fm_linalg_svd_options *options,
                        fm_reply **reply) {
    fm_value v_[5];
    fm_linalg_svd_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.svd", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_flag(o_.full_matrices);
    v_[2] = fm_option_flag(o_.compute_uv);
    v_[3] = fm_option_flag(o_.hermitian);
    v_[4] = fm_option_int(o_.k);
    return fm_typed_reply(ctx, FM_TYPED_ROW("linalg.svd"), v_, reply);
}

fm_status fm_linalg_svdvals(fm_context *ctx, const fm_tensor *x,
                            const fm_linalg_svdvals_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_linalg_svdvals_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.svdvals", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.k);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.svdvals"), v_, slots_);
}

fm_status fm_linalg_cond(fm_context *ctx, const fm_tensor *x, const fm_linalg_cond_options *options,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_linalg_cond_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.cond", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_string(o_.p);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.cond"), v_, slots_);
}

fm_status fm_linalg_matrix_rank(fm_context *ctx, const fm_tensor *A,
                                const fm_linalg_matrix_rank_options *options, fm_reply **reply) {
    fm_value v_[4];
    fm_linalg_matrix_rank_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.matrix_rank", options, o_);
    fm_put_tensor(&v_[0], A);
    v_[1] = fm_option_tensor(o_.tol);
    v_[2] = fm_option_flag(o_.hermitian);
    v_[3] = fm_option_tensor(o_.rtol);
    return fm_typed_reply(ctx, FM_TYPED_ROW("linalg.matrix_rank"), v_, reply);
}

fm_status fm_linalg_pinv(fm_context *ctx, const fm_tensor *a, const fm_linalg_pinv_options *options,
                         fm_tensor **out) {
    fm_value v_[4];
    fm_linalg_pinv_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.pinv", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_tensor(o_.rcond);
    v_[2] = fm_option_flag(o_.hermitian);
    v_[3] = fm_option_tensor(o_.rtol);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.pinv"), v_, slots_);
}

fm_status fm_linalg_lstsq(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                          const fm_linalg_lstsq_options *options, fm_tensor **out0,
                          fm_tensor **out1, fm_tensor **out2, fm_tensor **out3) {
    fm_value v_[3];
    fm_linalg_lstsq_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.lstsq", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_float(o_.rcond);
    fm_tensor **const slots_[] = {out0, out1, out2, out3};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.lstsq"), v_, slots_);
}

fm_status fm_linalg_norm(fm_context *ctx, const fm_tensor *x, const fm_linalg_norm_options *options,
                         fm_tensor **out) {
    fm_value v_[4];
    fm_linalg_norm_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.norm", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_string(o_.ord);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.norm"), v_, slots_);
}

fm_status fm_linalg_matrix_norm(fm_context *ctx, const fm_tensor *x,
                                const fm_linalg_matrix_norm_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_linalg_matrix_norm_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.matrix_norm", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_string(o_.ord);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.matrix_norm"), v_, slots_);
}

fm_status fm_linalg_vector_norm(fm_context *ctx, const fm_tensor *x,
                                const fm_linalg_vector_norm_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_linalg_vector_norm_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.vector_norm", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_string(o_.ord);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.vector_norm"), v_, slots_);
}

fm_status fm_linalg_matrix_power(fm_context *ctx, const fm_tensor *a, int64_t n, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_value_int(n);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.matrix_power"), v_, slots_);
}

fm_status fm_linalg_multi_dot(fm_context *ctx, const fm_tensor *const *arrays, int narrays,
                              fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_tensors(arrays, narrays);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.multi_dot"), v_, slots_);
}

fm_status fm_linalg_tensorinv(fm_context *ctx, const fm_tensor *a,
                              const fm_linalg_tensorinv_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_linalg_tensorinv_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.tensorinv", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.ind);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.tensorinv"), v_, slots_);
}

fm_status fm_linalg_tensorsolve(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                                const fm_linalg_tensorsolve_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_linalg_tensorsolve_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.tensorsolve", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.tensorsolve"), v_, slots_);
}

fm_status fm_trace(fm_context *ctx, const fm_tensor *a, const fm_trace_options *options,
                   fm_tensor **out) {
    fm_value v_[5];
    fm_trace_options o_ = {0};
    FM_TYPED_OPTIONS("trace", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.offset);
    v_[2] = fm_option_int(o_.axis1);
    v_[3] = fm_option_int(o_.axis2);
    v_[4] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("trace"), v_, slots_);
}

fm_status fm_linalg_trace(fm_context *ctx, const fm_tensor *x,
                          const fm_linalg_trace_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_linalg_trace_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.trace", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.offset);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.trace"), v_, slots_);
}

fm_status fm_linalg_diagonal(fm_context *ctx, const fm_tensor *x,
                             const fm_linalg_diagonal_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_linalg_diagonal_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.diagonal", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.offset);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.diagonal"), v_, slots_);
}

fm_status fm_kron(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("kron"), v_, slots_);
}

fm_status fm_cross(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                   const fm_cross_options *options, fm_tensor **out) {
    fm_value v_[6];
    fm_cross_options o_ = {0};
    FM_TYPED_OPTIONS("cross", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_int(o_.axisa);
    v_[3] = fm_option_int(o_.axisb);
    v_[4] = fm_option_int(o_.axisc);
    v_[5] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cross"), v_, slots_);
}

fm_status fm_linalg_cross(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                          const fm_linalg_cross_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_linalg_cross_options o_ = {0};
    FM_TYPED_OPTIONS("linalg.cross", options, o_);
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    v_[2] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("linalg.cross"), v_, slots_);
}

fm_status fm_vdot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("vdot"), v_, slots_);
}

fm_status fm_fft_fft(fm_context *ctx, const fm_tensor *a, const fm_fft_fft_options *options,
                     fm_tensor **out) {
    fm_value v_[4];
    fm_fft_fft_options o_ = {0};
    FM_TYPED_OPTIONS("fft.fft", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.fft"), v_, slots_);
}

fm_status fm_fft_ifft(fm_context *ctx, const fm_tensor *a, const fm_fft_ifft_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_fft_ifft_options o_ = {0};
    FM_TYPED_OPTIONS("fft.ifft", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.ifft"), v_, slots_);
}

fm_status fm_fft_rfft(fm_context *ctx, const fm_tensor *a, const fm_fft_rfft_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_fft_rfft_options o_ = {0};
    FM_TYPED_OPTIONS("fft.rfft", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.rfft"), v_, slots_);
}

fm_status fm_fft_irfft(fm_context *ctx, const fm_tensor *a, const fm_fft_irfft_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_fft_irfft_options o_ = {0};
    FM_TYPED_OPTIONS("fft.irfft", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.irfft"), v_, slots_);
}

fm_status fm_fft_hfft(fm_context *ctx, const fm_tensor *a, const fm_fft_hfft_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_fft_hfft_options o_ = {0};
    FM_TYPED_OPTIONS("fft.hfft", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.hfft"), v_, slots_);
}

fm_status fm_fft_ihfft(fm_context *ctx, const fm_tensor *a, const fm_fft_ihfft_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_fft_ihfft_options o_ = {0};
    FM_TYPED_OPTIONS("fft.ihfft", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.ihfft"), v_, slots_);
}

fm_status fm_fft_fft2(fm_context *ctx, const fm_tensor *a, const fm_fft_fft2_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_fft_fft2_options o_ = {0};
    FM_TYPED_OPTIONS("fft.fft2", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.fft2"), v_, slots_);
}

fm_status fm_fft_ifft2(fm_context *ctx, const fm_tensor *a, const fm_fft_ifft2_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_fft_ifft2_options o_ = {0};
    FM_TYPED_OPTIONS("fft.ifft2", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.ifft2"), v_, slots_);
}

fm_status fm_fft_rfft2(fm_context *ctx, const fm_tensor *a, const fm_fft_rfft2_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_fft_rfft2_options o_ = {0};
    FM_TYPED_OPTIONS("fft.rfft2", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.rfft2"), v_, slots_);
}

fm_status fm_fft_irfft2(fm_context *ctx, const fm_tensor *a, const fm_fft_irfft2_options *options,
                        fm_tensor **out) {
    fm_value v_[4];
    fm_fft_irfft2_options o_ = {0};
    FM_TYPED_OPTIONS("fft.irfft2", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.irfft2"), v_, slots_);
}

fm_status fm_fft_fftn(fm_context *ctx, const fm_tensor *a, const fm_fft_fftn_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_fft_fftn_options o_ = {0};
    FM_TYPED_OPTIONS("fft.fftn", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.fftn"), v_, slots_);
}

fm_status fm_fft_ifftn(fm_context *ctx, const fm_tensor *a, const fm_fft_ifftn_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_fft_ifftn_options o_ = {0};
    FM_TYPED_OPTIONS("fft.ifftn", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.ifftn"), v_, slots_);
}

fm_status fm_fft_rfftn(fm_context *ctx, const fm_tensor *a, const fm_fft_rfftn_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_fft_rfftn_options o_ = {0};
    FM_TYPED_OPTIONS("fft.rfftn", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.rfftn"), v_, slots_);
}

fm_status fm_fft_irfftn(fm_context *ctx, const fm_tensor *a, const fm_fft_irfftn_options *options,
                        fm_tensor **out) {
    fm_value v_[4];
    fm_fft_irfftn_options o_ = {0};
    FM_TYPED_OPTIONS("fft.irfftn", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.s);
    v_[2] = fm_option_ints(o_.axes);
    v_[3] = fm_option_string(o_.norm);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.irfftn"), v_, slots_);
}

fm_status fm_convolve(fm_context *ctx, const fm_tensor *a, const fm_tensor *v,
                      const fm_convolve_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_convolve_options o_ = {0};
    FM_TYPED_OPTIONS("convolve", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], v);
    v_[2] = fm_option_string(o_.mode);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("convolve"), v_, slots_);
}

fm_status fm_correlate(fm_context *ctx, const fm_tensor *a, const fm_tensor *v,
                       const fm_correlate_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_correlate_options o_ = {0};
    FM_TYPED_OPTIONS("correlate", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], v);
    v_[2] = fm_option_string(o_.mode);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("correlate"), v_, slots_);
}

fm_status fm_bartlett(fm_context *ctx, double M, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(M);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bartlett"), v_, slots_);
}

fm_status fm_blackman(fm_context *ctx, double M, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(M);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("blackman"), v_, slots_);
}

fm_status fm_hamming(fm_context *ctx, double M, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(M);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hamming"), v_, slots_);
}

fm_status fm_hanning(fm_context *ctx, double M, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(M);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hanning"), v_, slots_);
}

fm_status fm_kaiser(fm_context *ctx, double M, double beta, fm_tensor **out) {
    fm_value v_[2];
    v_[0] = fm_value_float(M);
    v_[1] = fm_value_float(beta);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("kaiser"), v_, slots_);
}

fm_status fm_fft_fftfreq(fm_context *ctx, double n, const fm_fft_fftfreq_options *options,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_fft_fftfreq_options o_ = {0};
    FM_TYPED_OPTIONS("fft.fftfreq", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_option_float(o_.d);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.fftfreq"), v_, slots_);
}

fm_status fm_fft_rfftfreq(fm_context *ctx, double n, const fm_fft_rfftfreq_options *options,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_fft_rfftfreq_options o_ = {0};
    FM_TYPED_OPTIONS("fft.rfftfreq", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_option_float(o_.d);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.rfftfreq"), v_, slots_);
}

fm_status fm_fft_fftshift(fm_context *ctx, const fm_tensor *x,
                          const fm_fft_fftshift_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_fft_fftshift_options o_ = {0};
    FM_TYPED_OPTIONS("fft.fftshift", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.fftshift"), v_, slots_);
}

fm_status fm_fft_ifftshift(fm_context *ctx, const fm_tensor *x,
                           const fm_fft_ifftshift_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_fft_ifftshift_options o_ = {0};
    FM_TYPED_OPTIONS("fft.ifftshift", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_ints(o_.axes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fft.ifftshift"), v_, slots_);
}

fm_status fm_interp(fm_context *ctx, const fm_tensor *x, const fm_tensor *xp, const fm_tensor *fp,
                    const fm_interp_options *options, fm_tensor **out) {
    fm_value v_[6];
    fm_interp_options o_ = {0};
    FM_TYPED_OPTIONS("interp", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], xp);
    fm_put_tensor(&v_[2], fp);
    v_[3] = fm_option_tensor(o_.left);
    v_[4] = fm_option_tensor(o_.right);
    v_[5] = fm_option_float(o_.period);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("interp"), v_, slots_);
}

fm_status fm_diff(fm_context *ctx, const fm_tensor *a, const fm_diff_options *options,
                  fm_tensor **out) {
    fm_value v_[5];
    fm_diff_options o_ = {0};
    FM_TYPED_OPTIONS("diff", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.n);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_tensor(o_.prepend);
    v_[4] = fm_option_tensor(o_.append);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("diff"), v_, slots_);
}

fm_status fm_ediff1d(fm_context *ctx, const fm_tensor *ary, const fm_ediff1d_options *options,
                     fm_tensor **out) {
    fm_value v_[3];
    fm_ediff1d_options o_ = {0};
    FM_TYPED_OPTIONS("ediff1d", options, o_);
    fm_put_tensor(&v_[0], ary);
    v_[1] = fm_option_tensor(o_.to_end);
    v_[2] = fm_option_tensor(o_.to_begin);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ediff1d"), v_, slots_);
}

fm_status fm_gradient(fm_context *ctx, const fm_tensor *f, const fm_gradient_options *options,
                      fm_reply **reply) {
    fm_value v_[4];
    fm_gradient_options o_ = {0};
    FM_TYPED_OPTIONS("gradient", options, o_);
    fm_put_tensor(&v_[0], f);
    v_[1] = fm_option_value(o_.varargs);
    v_[2] = fm_option_ints(o_.axis);
    v_[3] = fm_option_int(o_.edge_order);
    return fm_typed_reply(ctx, FM_TYPED_ROW("gradient"), v_, reply);
}

fm_status fm_trapezoid(fm_context *ctx, const fm_tensor *y, const fm_trapezoid_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_trapezoid_options o_ = {0};
    FM_TYPED_OPTIONS("trapezoid", options, o_);
    fm_put_tensor(&v_[0], y);
    v_[1] = fm_option_tensor(o_.x);
    v_[2] = fm_option_tensor(o_.dx);
    v_[3] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("trapezoid"), v_, slots_);
}

fm_status fm_trapz(fm_context *ctx, const fm_tensor *y, const fm_trapz_options *options,
                   fm_tensor **out) {
    fm_value v_[4];
    fm_trapz_options o_ = {0};
    FM_TYPED_OPTIONS("trapz", options, o_);
    fm_put_tensor(&v_[0], y);
    v_[1] = fm_option_tensor(o_.x);
    v_[2] = fm_option_tensor(o_.dx);
    v_[3] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("trapz"), v_, slots_);
}

fm_status fm_unwrap(fm_context *ctx, const fm_tensor *p, const fm_unwrap_options *options,
                    fm_tensor **out) {
    fm_value v_[4];
    fm_unwrap_options o_ = {0};
    FM_TYPED_OPTIONS("unwrap", options, o_);
    fm_put_tensor(&v_[0], p);
    v_[1] = fm_option_float(o_.discont);
    v_[2] = fm_option_int(o_.axis);
    v_[3] = fm_option_float(o_.period);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("unwrap"), v_, slots_);
}

fm_status fm_random_exponential(fm_context *ctx, const fm_random_exponential_options *options,
                                fm_tensor **out) {
    fm_value v_[2];
    fm_random_exponential_options o_ = {0};
    FM_TYPED_OPTIONS("random.exponential", options, o_);
    v_[0] = fm_option_float(o_.scale);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.exponential"), v_, slots_);
}

fm_status fm_random_RandomState_exponential(
    fm_context *ctx, const fm_random_RandomState_exponential_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_exponential_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.exponential", options, o_);
    v_[0] = fm_option_float(o_.scale);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.exponential"), v_, slots_);
}

fm_status fm_random_Generator_exponential(fm_context *ctx,
                                          const fm_random_Generator_exponential_options *options,
                                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_exponential_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.exponential", options, o_);
    v_[0] = fm_option_float(o_.scale);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.exponential"), v_, slots_);
}

fm_status fm_random_standard_exponential(fm_context *ctx,
                                         const fm_random_standard_exponential_options *options,
                                         fm_tensor **out) {
    fm_value v_[1];
    fm_random_standard_exponential_options o_ = {0};
    FM_TYPED_OPTIONS("random.standard_exponential", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.standard_exponential"), v_, slots_);
}

fm_status fm_random_RandomState_standard_exponential(
    fm_context *ctx, const fm_random_RandomState_standard_exponential_options *options,
    fm_tensor **out) {
    fm_value v_[1];
    fm_random_RandomState_standard_exponential_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.standard_exponential", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.standard_exponential"), v_, slots_);
}

fm_status fm_random_Generator_standard_exponential(
    fm_context *ctx, const fm_random_Generator_standard_exponential_options *options,
    fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_standard_exponential_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.standard_exponential", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.method);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.standard_exponential"), v_, slots_);
}

fm_status fm_random_gumbel(fm_context *ctx, const fm_random_gumbel_options *options,
                           fm_tensor **out) {
    fm_value v_[3];
    fm_random_gumbel_options o_ = {0};
    FM_TYPED_OPTIONS("random.gumbel", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.gumbel"), v_, slots_);
}

fm_status fm_random_RandomState_gumbel(fm_context *ctx,
                                       const fm_random_RandomState_gumbel_options *options,
                                       fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_gumbel_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.gumbel", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.gumbel"), v_, slots_);
}

fm_status fm_random_Generator_gumbel(fm_context *ctx,
                                     const fm_random_Generator_gumbel_options *options,
                                     fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_gumbel_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.gumbel", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.gumbel"), v_, slots_);
}

fm_status fm_random_laplace(fm_context *ctx, const fm_random_laplace_options *options,
                            fm_tensor **out) {
    fm_value v_[3];
    fm_random_laplace_options o_ = {0};
    FM_TYPED_OPTIONS("random.laplace", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.laplace"), v_, slots_);
}

fm_status fm_random_RandomState_laplace(fm_context *ctx,
                                        const fm_random_RandomState_laplace_options *options,
                                        fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_laplace_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.laplace", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.laplace"), v_, slots_);
}

fm_status fm_random_Generator_laplace(fm_context *ctx,
                                      const fm_random_Generator_laplace_options *options,
                                      fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_laplace_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.laplace", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.laplace"), v_, slots_);
}

fm_status fm_random_logistic(fm_context *ctx, const fm_random_logistic_options *options,
                             fm_tensor **out) {
    fm_value v_[3];
    fm_random_logistic_options o_ = {0};
    FM_TYPED_OPTIONS("random.logistic", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.logistic"), v_, slots_);
}

fm_status fm_random_RandomState_logistic(fm_context *ctx,
                                         const fm_random_RandomState_logistic_options *options,
                                         fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_logistic_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.logistic", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.logistic"), v_, slots_);
}

fm_status fm_random_Generator_logistic(fm_context *ctx,
                                       const fm_random_Generator_logistic_options *options,
                                       fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_logistic_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.logistic", options, o_);
    v_[0] = fm_option_float(o_.loc);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.logistic"), v_, slots_);
}

fm_status fm_random_lognormal(fm_context *ctx, const fm_random_lognormal_options *options,
                              fm_tensor **out) {
    fm_value v_[3];
    fm_random_lognormal_options o_ = {0};
    FM_TYPED_OPTIONS("random.lognormal", options, o_);
    v_[0] = fm_option_float(o_.mean);
    v_[1] = fm_option_float(o_.sigma);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.lognormal"), v_, slots_);
}

fm_status fm_random_RandomState_lognormal(fm_context *ctx,
                                          const fm_random_RandomState_lognormal_options *options,
                                          fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_lognormal_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.lognormal", options, o_);
    v_[0] = fm_option_float(o_.mean);
    v_[1] = fm_option_float(o_.sigma);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.lognormal"), v_, slots_);
}

fm_status fm_random_Generator_lognormal(fm_context *ctx,
                                        const fm_random_Generator_lognormal_options *options,
                                        fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_lognormal_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.lognormal", options, o_);
    v_[0] = fm_option_float(o_.mean);
    v_[1] = fm_option_float(o_.sigma);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.lognormal"), v_, slots_);
}

fm_status fm_random_rayleigh(fm_context *ctx, const fm_random_rayleigh_options *options,
                             fm_tensor **out) {
    fm_value v_[2];
    fm_random_rayleigh_options o_ = {0};
    FM_TYPED_OPTIONS("random.rayleigh", options, o_);
    v_[0] = fm_option_float(o_.scale);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.rayleigh"), v_, slots_);
}

fm_status fm_random_RandomState_rayleigh(fm_context *ctx,
                                         const fm_random_RandomState_rayleigh_options *options,
                                         fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_rayleigh_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.rayleigh", options, o_);
    v_[0] = fm_option_float(o_.scale);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.rayleigh"), v_, slots_);
}

fm_status fm_random_Generator_rayleigh(fm_context *ctx,
                                       const fm_random_Generator_rayleigh_options *options,
                                       fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_rayleigh_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.rayleigh", options, o_);
    v_[0] = fm_option_float(o_.scale);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.rayleigh"), v_, slots_);
}

fm_status fm_random_weibull(fm_context *ctx, double a, const fm_random_weibull_options *options,
                            fm_tensor **out) {
    fm_value v_[2];
    fm_random_weibull_options o_ = {0};
    FM_TYPED_OPTIONS("random.weibull", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.weibull"), v_, slots_);
}

fm_status fm_random_RandomState_weibull(fm_context *ctx, double a,
                                        const fm_random_RandomState_weibull_options *options,
                                        fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_weibull_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.weibull", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.weibull"), v_, slots_);
}

fm_status fm_random_Generator_weibull(fm_context *ctx, double a,
                                      const fm_random_Generator_weibull_options *options,
                                      fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_weibull_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.weibull", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.weibull"), v_, slots_);
}

fm_status fm_random_pareto(fm_context *ctx, double a, const fm_random_pareto_options *options,
                           fm_tensor **out) {
    fm_value v_[2];
    fm_random_pareto_options o_ = {0};
    FM_TYPED_OPTIONS("random.pareto", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.pareto"), v_, slots_);
}

fm_status fm_random_RandomState_pareto(fm_context *ctx, double a,
                                       const fm_random_RandomState_pareto_options *options,
                                       fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_pareto_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.pareto", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.pareto"), v_, slots_);
}

fm_status fm_random_Generator_pareto(fm_context *ctx, double a,
                                     const fm_random_Generator_pareto_options *options,
                                     fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_pareto_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.pareto", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.pareto"), v_, slots_);
}

fm_status fm_random_power(fm_context *ctx, double a, const fm_random_power_options *options,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_power_options o_ = {0};
    FM_TYPED_OPTIONS("random.power", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.power"), v_, slots_);
}

fm_status fm_random_RandomState_power(fm_context *ctx, double a,
                                      const fm_random_RandomState_power_options *options,
                                      fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_power_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.power", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.power"), v_, slots_);
}

fm_status fm_random_Generator_power(fm_context *ctx, double a,
                                    const fm_random_Generator_power_options *options,
                                    fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_power_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.power", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.power"), v_, slots_);
}

fm_status fm_random_triangular(fm_context *ctx, double left, double mode, double right,
                               const fm_random_triangular_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_random_triangular_options o_ = {0};
    FM_TYPED_OPTIONS("random.triangular", options, o_);
    v_[0] = fm_value_float(left);
    v_[1] = fm_value_float(mode);
    v_[2] = fm_value_float(right);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.triangular"), v_, slots_);
}

fm_status fm_random_RandomState_triangular(fm_context *ctx, double left, double mode, double right,
                                           const fm_random_RandomState_triangular_options *options,
                                           fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_triangular_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.triangular", options, o_);
    v_[0] = fm_value_float(left);
    v_[1] = fm_value_float(mode);
    v_[2] = fm_value_float(right);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.triangular"), v_, slots_);
}

fm_status fm_random_Generator_triangular(fm_context *ctx, double left, double mode, double right,
                                         const fm_random_Generator_triangular_options *options,
                                         fm_tensor **out) {
    fm_value v_[4];
    fm_random_Generator_triangular_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.triangular", options, o_);
    v_[0] = fm_value_float(left);
    v_[1] = fm_value_float(mode);
    v_[2] = fm_value_float(right);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.triangular"), v_, slots_);
}

fm_status fm_random_standard_cauchy(fm_context *ctx,
                                    const fm_random_standard_cauchy_options *options,
                                    fm_tensor **out) {
    fm_value v_[1];
    fm_random_standard_cauchy_options o_ = {0};
    FM_TYPED_OPTIONS("random.standard_cauchy", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.standard_cauchy"), v_, slots_);
}

fm_status
fm_random_RandomState_standard_cauchy(fm_context *ctx,
                                      const fm_random_RandomState_standard_cauchy_options *options,
                                      fm_tensor **out) {
    fm_value v_[1];
    fm_random_RandomState_standard_cauchy_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.standard_cauchy", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.standard_cauchy"), v_, slots_);
}

fm_status fm_random_Generator_standard_cauchy(
    fm_context *ctx, const fm_random_Generator_standard_cauchy_options *options, fm_tensor **out) {
    fm_value v_[1];
    fm_random_Generator_standard_cauchy_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.standard_cauchy", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.standard_cauchy"), v_, slots_);
}

fm_status fm_random_wald(fm_context *ctx, double mean, double scale,
                         const fm_random_wald_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_wald_options o_ = {0};
    FM_TYPED_OPTIONS("random.wald", options, o_);
    v_[0] = fm_value_float(mean);
    v_[1] = fm_value_float(scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.wald"), v_, slots_);
}

fm_status fm_random_RandomState_wald(fm_context *ctx, double mean, double scale,
                                     const fm_random_RandomState_wald_options *options,
                                     fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_wald_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.wald", options, o_);
    v_[0] = fm_value_float(mean);
    v_[1] = fm_value_float(scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.wald"), v_, slots_);
}

fm_status fm_random_Generator_wald(fm_context *ctx, double mean, double scale,
                                   const fm_random_Generator_wald_options *options,
                                   fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_wald_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.wald", options, o_);
    v_[0] = fm_value_float(mean);
    v_[1] = fm_value_float(scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.wald"), v_, slots_);
}

fm_status fm_random_geometric(fm_context *ctx, double p, const fm_random_geometric_options *options,
                              fm_tensor **out) {
    fm_value v_[2];
    fm_random_geometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.geometric", options, o_);
    v_[0] = fm_value_float(p);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.geometric"), v_, slots_);
}

fm_status fm_random_RandomState_geometric(fm_context *ctx, double p,
                                          const fm_random_RandomState_geometric_options *options,
                                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_geometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.geometric", options, o_);
    v_[0] = fm_value_float(p);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.geometric"), v_, slots_);
}

fm_status fm_random_Generator_geometric(fm_context *ctx, double p,
                                        const fm_random_Generator_geometric_options *options,
                                        fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_geometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.geometric", options, o_);
    v_[0] = fm_value_float(p);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.geometric"), v_, slots_);
}

fm_status fm_random_logseries(fm_context *ctx, double p, const fm_random_logseries_options *options,
                              fm_tensor **out) {
    fm_value v_[2];
    fm_random_logseries_options o_ = {0};
    FM_TYPED_OPTIONS("random.logseries", options, o_);
    v_[0] = fm_value_float(p);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.logseries"), v_, slots_);
}

fm_status fm_random_RandomState_logseries(fm_context *ctx, double p,
                                          const fm_random_RandomState_logseries_options *options,
                                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_logseries_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.logseries", options, o_);
    v_[0] = fm_value_float(p);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.logseries"), v_, slots_);
}

fm_status fm_random_Generator_logseries(fm_context *ctx, double p,
                                        const fm_random_Generator_logseries_options *options,
                                        fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_logseries_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.logseries", options, o_);
    v_[0] = fm_value_float(p);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.logseries"), v_, slots_);
}

fm_status fm_random_gamma(fm_context *ctx, double shape, const fm_random_gamma_options *options,
                          fm_tensor **out) {
    fm_value v_[3];
    fm_random_gamma_options o_ = {0};
    FM_TYPED_OPTIONS("random.gamma", options, o_);
    v_[0] = fm_value_float(shape);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.gamma"), v_, slots_);
}

fm_status fm_random_RandomState_gamma(fm_context *ctx, double shape,
                                      const fm_random_RandomState_gamma_options *options,
                                      fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_gamma_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.gamma", options, o_);
    v_[0] = fm_value_float(shape);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.gamma"), v_, slots_);
}

fm_status fm_random_Generator_gamma(fm_context *ctx, double shape,
                                    const fm_random_Generator_gamma_options *options,
                                    fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_gamma_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.gamma", options, o_);
    v_[0] = fm_value_float(shape);
    v_[1] = fm_option_float(o_.scale);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.gamma"), v_, slots_);
}

fm_status fm_random_standard_gamma(fm_context *ctx, double shape,
                                   const fm_random_standard_gamma_options *options,
                                   fm_tensor **out) {
    fm_value v_[2];
    fm_random_standard_gamma_options o_ = {0};
    FM_TYPED_OPTIONS("random.standard_gamma", options, o_);
    v_[0] = fm_value_float(shape);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.standard_gamma"), v_, slots_);
}

fm_status
fm_random_RandomState_standard_gamma(fm_context *ctx, double shape,
                                     const fm_random_RandomState_standard_gamma_options *options,
                                     fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_standard_gamma_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.standard_gamma", options, o_);
    v_[0] = fm_value_float(shape);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.standard_gamma"), v_, slots_);
}

fm_status
fm_random_Generator_standard_gamma(fm_context *ctx, double shape,
                                   const fm_random_Generator_standard_gamma_options *options,
                                   fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_standard_gamma_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.standard_gamma", options, o_);
    v_[0] = fm_value_float(shape);
    v_[1] = fm_option_ints(o_.shape);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.standard_gamma"), v_, slots_);
}

fm_status fm_random_beta(fm_context *ctx, double a, double b, const fm_random_beta_options *options,
                         fm_tensor **out) {
    fm_value v_[3];
    fm_random_beta_options o_ = {0};
    FM_TYPED_OPTIONS("random.beta", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_value_float(b);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.beta"), v_, slots_);
}

fm_status fm_random_RandomState_beta(fm_context *ctx, double a, double b,
                                     const fm_random_RandomState_beta_options *options,
                                     fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_beta_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.beta", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_value_float(b);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.beta"), v_, slots_);
}

fm_status fm_random_Generator_beta(fm_context *ctx, double a, double b,
                                   const fm_random_Generator_beta_options *options,
                                   fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_beta_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.beta", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_value_float(b);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.beta"), v_, slots_);
}

fm_status fm_random_chisquare(fm_context *ctx, double df,
                              const fm_random_chisquare_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_chisquare_options o_ = {0};
    FM_TYPED_OPTIONS("random.chisquare", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.chisquare"), v_, slots_);
}

fm_status fm_random_RandomState_chisquare(fm_context *ctx, double df,
                                          const fm_random_RandomState_chisquare_options *options,
                                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_chisquare_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.chisquare", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.chisquare"), v_, slots_);
}

fm_status fm_random_Generator_chisquare(fm_context *ctx, double df,
                                        const fm_random_Generator_chisquare_options *options,
                                        fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_chisquare_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.chisquare", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.chisquare"), v_, slots_);
}

fm_status fm_random_f(fm_context *ctx, double dfnum, double dfden,
                      const fm_random_f_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_f_options o_ = {0};
    FM_TYPED_OPTIONS("random.f", options, o_);
    v_[0] = fm_value_float(dfnum);
    v_[1] = fm_value_float(dfden);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.f"), v_, slots_);
}

fm_status fm_random_RandomState_f(fm_context *ctx, double dfnum, double dfden,
                                  const fm_random_RandomState_f_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_f_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.f", options, o_);
    v_[0] = fm_value_float(dfnum);
    v_[1] = fm_value_float(dfden);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.f"), v_, slots_);
}

fm_status fm_random_Generator_f(fm_context *ctx, double dfnum, double dfden,
                                const fm_random_Generator_f_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_f_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.f", options, o_);
    v_[0] = fm_value_float(dfnum);
    v_[1] = fm_value_float(dfden);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.f"), v_, slots_);
}

fm_status fm_random_standard_t(fm_context *ctx, double df,
                               const fm_random_standard_t_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_standard_t_options o_ = {0};
    FM_TYPED_OPTIONS("random.standard_t", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.standard_t"), v_, slots_);
}

fm_status fm_random_RandomState_standard_t(fm_context *ctx, double df,
                                           const fm_random_RandomState_standard_t_options *options,
                                           fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_standard_t_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.standard_t", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.standard_t"), v_, slots_);
}

fm_status fm_random_Generator_standard_t(fm_context *ctx, double df,
                                         const fm_random_Generator_standard_t_options *options,
                                         fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_standard_t_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.standard_t", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.standard_t"), v_, slots_);
}

fm_status fm_random_vonmises(fm_context *ctx, double mu, double kappa,
                             const fm_random_vonmises_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_vonmises_options o_ = {0};
    FM_TYPED_OPTIONS("random.vonmises", options, o_);
    v_[0] = fm_value_float(mu);
    v_[1] = fm_value_float(kappa);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.vonmises"), v_, slots_);
}

fm_status fm_random_RandomState_vonmises(fm_context *ctx, double mu, double kappa,
                                         const fm_random_RandomState_vonmises_options *options,
                                         fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_vonmises_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.vonmises", options, o_);
    v_[0] = fm_value_float(mu);
    v_[1] = fm_value_float(kappa);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.vonmises"), v_, slots_);
}

fm_status fm_random_Generator_vonmises(fm_context *ctx, double mu, double kappa,
                                       const fm_random_Generator_vonmises_options *options,
                                       fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_vonmises_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.vonmises", options, o_);
    v_[0] = fm_value_float(mu);
    v_[1] = fm_value_float(kappa);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.vonmises"), v_, slots_);
}

fm_status fm_random_noncentral_chisquare(fm_context *ctx, double df, double nonc,
                                         const fm_random_noncentral_chisquare_options *options,
                                         fm_tensor **out) {
    fm_value v_[3];
    fm_random_noncentral_chisquare_options o_ = {0};
    FM_TYPED_OPTIONS("random.noncentral_chisquare", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_value_float(nonc);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.noncentral_chisquare"), v_, slots_);
}

fm_status fm_random_RandomState_noncentral_chisquare(
    fm_context *ctx, double df, double nonc,
    const fm_random_RandomState_noncentral_chisquare_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_noncentral_chisquare_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.noncentral_chisquare", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_value_float(nonc);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.noncentral_chisquare"), v_, slots_);
}

fm_status fm_random_Generator_noncentral_chisquare(
    fm_context *ctx, double df, double nonc,
    const fm_random_Generator_noncentral_chisquare_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_noncentral_chisquare_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.noncentral_chisquare", options, o_);
    v_[0] = fm_value_float(df);
    v_[1] = fm_value_float(nonc);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.noncentral_chisquare"), v_, slots_);
}

fm_status fm_random_noncentral_f(fm_context *ctx, double dfnum, double dfden, double nonc,
                                 const fm_random_noncentral_f_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_random_noncentral_f_options o_ = {0};
    FM_TYPED_OPTIONS("random.noncentral_f", options, o_);
    v_[0] = fm_value_float(dfnum);
    v_[1] = fm_value_float(dfden);
    v_[2] = fm_value_float(nonc);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.noncentral_f"), v_, slots_);
}

fm_status
fm_random_RandomState_noncentral_f(fm_context *ctx, double dfnum, double dfden, double nonc,
                                   const fm_random_RandomState_noncentral_f_options *options,
                                   fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_noncentral_f_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.noncentral_f", options, o_);
    v_[0] = fm_value_float(dfnum);
    v_[1] = fm_value_float(dfden);
    v_[2] = fm_value_float(nonc);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.noncentral_f"), v_, slots_);
}

fm_status fm_random_Generator_noncentral_f(fm_context *ctx, double dfnum, double dfden, double nonc,
                                           const fm_random_Generator_noncentral_f_options *options,
                                           fm_tensor **out) {
    fm_value v_[4];
    fm_random_Generator_noncentral_f_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.noncentral_f", options, o_);
    v_[0] = fm_value_float(dfnum);
    v_[1] = fm_value_float(dfden);
    v_[2] = fm_value_float(nonc);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.noncentral_f"), v_, slots_);
}

fm_status fm_random_poisson(fm_context *ctx, const fm_random_poisson_options *options,
                            fm_tensor **out) {
    fm_value v_[2];
    fm_random_poisson_options o_ = {0};
    FM_TYPED_OPTIONS("random.poisson", options, o_);
    v_[0] = fm_option_float(o_.lam);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.poisson"), v_, slots_);
}

fm_status fm_random_RandomState_poisson(fm_context *ctx,
                                        const fm_random_RandomState_poisson_options *options,
                                        fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_poisson_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.poisson", options, o_);
    v_[0] = fm_option_float(o_.lam);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.poisson"), v_, slots_);
}

fm_status fm_random_Generator_poisson(fm_context *ctx,
                                      const fm_random_Generator_poisson_options *options,
                                      fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_poisson_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.poisson", options, o_);
    v_[0] = fm_option_float(o_.lam);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.poisson"), v_, slots_);
}

fm_status fm_random_binomial(fm_context *ctx, double n, double p,
                             const fm_random_binomial_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_binomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.binomial", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_value_float(p);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.binomial"), v_, slots_);
}

fm_status fm_random_RandomState_binomial(fm_context *ctx, double n, double p,
                                         const fm_random_RandomState_binomial_options *options,
                                         fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_binomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.binomial", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_value_float(p);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.binomial"), v_, slots_);
}

fm_status fm_random_Generator_binomial(fm_context *ctx, double n, double p,
                                       const fm_random_Generator_binomial_options *options,
                                       fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_binomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.binomial", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_value_float(p);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.binomial"), v_, slots_);
}

fm_status fm_random_negative_binomial(fm_context *ctx, double n, double p,
                                      const fm_random_negative_binomial_options *options,
                                      fm_tensor **out) {
    fm_value v_[3];
    fm_random_negative_binomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.negative_binomial", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_value_float(p);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.negative_binomial"), v_, slots_);
}

fm_status fm_random_RandomState_negative_binomial(
    fm_context *ctx, double n, double p,
    const fm_random_RandomState_negative_binomial_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_negative_binomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.negative_binomial", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_value_float(p);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.negative_binomial"), v_, slots_);
}

fm_status
fm_random_Generator_negative_binomial(fm_context *ctx, double n, double p,
                                      const fm_random_Generator_negative_binomial_options *options,
                                      fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_negative_binomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.negative_binomial", options, o_);
    v_[0] = fm_value_float(n);
    v_[1] = fm_value_float(p);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.negative_binomial"), v_, slots_);
}

fm_status fm_random_hypergeometric(fm_context *ctx, double ngood, double nbad, double nsample,
                                   const fm_random_hypergeometric_options *options,
                                   fm_tensor **out) {
    fm_value v_[4];
    fm_random_hypergeometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.hypergeometric", options, o_);
    v_[0] = fm_value_float(ngood);
    v_[1] = fm_value_float(nbad);
    v_[2] = fm_value_float(nsample);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.hypergeometric"), v_, slots_);
}

fm_status
fm_random_RandomState_hypergeometric(fm_context *ctx, double ngood, double nbad, double nsample,
                                     const fm_random_RandomState_hypergeometric_options *options,
                                     fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_hypergeometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.hypergeometric", options, o_);
    v_[0] = fm_value_float(ngood);
    v_[1] = fm_value_float(nbad);
    v_[2] = fm_value_float(nsample);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.hypergeometric"), v_, slots_);
}

fm_status
fm_random_Generator_hypergeometric(fm_context *ctx, double ngood, double nbad, double nsample,
                                   const fm_random_Generator_hypergeometric_options *options,
                                   fm_tensor **out) {
    fm_value v_[4];
    fm_random_Generator_hypergeometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.hypergeometric", options, o_);
    v_[0] = fm_value_float(ngood);
    v_[1] = fm_value_float(nbad);
    v_[2] = fm_value_float(nsample);
    v_[3] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.hypergeometric"), v_, slots_);
}

fm_status fm_random_zipf(fm_context *ctx, double a, const fm_random_zipf_options *options,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_random_zipf_options o_ = {0};
    FM_TYPED_OPTIONS("random.zipf", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.zipf"), v_, slots_);
}

fm_status fm_random_RandomState_zipf(fm_context *ctx, double a,
                                     const fm_random_RandomState_zipf_options *options,
                                     fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_zipf_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.zipf", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.zipf"), v_, slots_);
}

fm_status fm_random_Generator_zipf(fm_context *ctx, double a,
                                   const fm_random_Generator_zipf_options *options,
                                   fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_zipf_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.zipf", options, o_);
    v_[0] = fm_value_float(a);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.zipf"), v_, slots_);
}

fm_status fm_random_randint(fm_context *ctx, double low, const fm_random_randint_options *options,
                            fm_tensor **out) {
    fm_value v_[4];
    fm_random_randint_options o_ = {0};
    FM_TYPED_OPTIONS("random.randint", options, o_);
    v_[0] = fm_value_float(low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.randint"), v_, slots_);
}

fm_status fm_random_RandomState_randint(fm_context *ctx, double low,
                                        const fm_random_RandomState_randint_options *options,
                                        fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_randint_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.randint", options, o_);
    v_[0] = fm_value_float(low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.randint"), v_, slots_);
}

fm_status fm_random_random_integers(fm_context *ctx, double low,
                                    const fm_random_random_integers_options *options,
                                    fm_tensor **out) {
    fm_value v_[3];
    fm_random_random_integers_options o_ = {0};
    FM_TYPED_OPTIONS("random.random_integers", options, o_);
    v_[0] = fm_value_float(low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.random_integers"), v_, slots_);
}

fm_status
fm_random_RandomState_random_integers(fm_context *ctx, double low,
                                      const fm_random_RandomState_random_integers_options *options,
                                      fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_random_integers_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.random_integers", options, o_);
    v_[0] = fm_value_float(low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.random_integers"), v_, slots_);
}

fm_status fm_random_Generator_integers(fm_context *ctx, double low,
                                       const fm_random_Generator_integers_options *options,
                                       fm_tensor **out) {
    fm_value v_[5];
    fm_random_Generator_integers_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.integers", options, o_);
    v_[0] = fm_value_float(low);
    v_[1] = fm_option_float(o_.high);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_dtype(o_.dtype);
    v_[4] = fm_option_flag(o_.endpoint);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.integers"), v_, slots_);
}

fm_status fm_random_RandomState_tomaxint(fm_context *ctx,
                                         const fm_random_RandomState_tomaxint_options *options,
                                         fm_tensor **out) {
    fm_value v_[1];
    fm_random_RandomState_tomaxint_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.tomaxint", options, o_);
    v_[0] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.tomaxint"), v_, slots_);
}

fm_status fm_random_bytes(fm_context *ctx, double length, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(length);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.bytes"), v_, slots_);
}

fm_status fm_random_RandomState_bytes(fm_context *ctx, double length, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(length);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.bytes"), v_, slots_);
}

fm_status fm_random_Generator_bytes(fm_context *ctx, double length, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_float(length);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.bytes"), v_, slots_);
}

fm_status fm_random_permutation(fm_context *ctx, const fm_value *x, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = *x;
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.permutation"), v_, slots_);
}

fm_status fm_random_RandomState_permutation(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.permutation"), v_, slots_);
}

fm_status fm_random_Generator_permutation(fm_context *ctx, const fm_tensor *x,
                                          const fm_random_Generator_permutation_options *options,
                                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_permutation_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.permutation", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.permutation"), v_, slots_);
}

fm_status fm_random_shuffle(fm_context *ctx, fm_tensor *x) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    return fm_corridor(ctx, FM_TYPED_ROW("random.shuffle"), v_, NULL);
}

fm_status fm_random_RandomState_shuffle(fm_context *ctx, fm_tensor *x) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.shuffle"), v_, NULL);
}

fm_status fm_random_Generator_shuffle(fm_context *ctx, fm_tensor *x,
                                      const fm_random_Generator_shuffle_options *options) {
    fm_value v_[2];
    fm_random_Generator_shuffle_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.shuffle", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.axis);
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.shuffle"), v_, NULL);
}

fm_status fm_random_Generator_permuted(fm_context *ctx, const fm_tensor *x,
                                       const fm_random_Generator_permuted_options *options,
                                       fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_permuted_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.permuted", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.permuted"), v_, slots_);
}

fm_status fm_random_choice(fm_context *ctx, const fm_tensor *a,
                           const fm_random_choice_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_random_choice_options o_ = {0};
    FM_TYPED_OPTIONS("random.choice", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.shape);
    v_[2] = fm_option_flag(o_.replace);
    v_[3] = fm_option_tensor(o_.p);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.choice"), v_, slots_);
}

fm_status fm_random_RandomState_choice(fm_context *ctx, const fm_tensor *a,
                                       const fm_random_RandomState_choice_options *options,
                                       fm_tensor **out) {
    fm_value v_[4];
    fm_random_RandomState_choice_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.choice", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.shape);
    v_[2] = fm_option_flag(o_.replace);
    v_[3] = fm_option_tensor(o_.p);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.choice"), v_, slots_);
}

fm_status fm_random_Generator_choice(fm_context *ctx, const fm_tensor *a,
                                     const fm_random_Generator_choice_options *options,
                                     fm_tensor **out) {
    fm_value v_[6];
    fm_random_Generator_choice_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.choice", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.shape);
    v_[2] = fm_option_flag(o_.replace);
    v_[3] = fm_option_tensor(o_.p);
    v_[4] = fm_option_int(o_.axis);
    v_[5] = fm_option_flag(o_.shuffle);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.choice"), v_, slots_);
}

fm_status fm_random_multinomial(fm_context *ctx, double n, const fm_tensor *pvals,
                                const fm_random_multinomial_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_random_multinomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.multinomial", options, o_);
    v_[0] = fm_value_float(n);
    fm_put_tensor(&v_[1], pvals);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.multinomial"), v_, slots_);
}

fm_status
fm_random_RandomState_multinomial(fm_context *ctx, double n, const fm_tensor *pvals,
                                  const fm_random_RandomState_multinomial_options *options,
                                  fm_tensor **out) {
    fm_value v_[3];
    fm_random_RandomState_multinomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.multinomial", options, o_);
    v_[0] = fm_value_float(n);
    fm_put_tensor(&v_[1], pvals);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.multinomial"), v_, slots_);
}

fm_status fm_random_Generator_multinomial(fm_context *ctx, double n, const fm_tensor *pvals,
                                          const fm_random_Generator_multinomial_options *options,
                                          fm_tensor **out) {
    fm_value v_[3];
    fm_random_Generator_multinomial_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.multinomial", options, o_);
    v_[0] = fm_value_float(n);
    fm_put_tensor(&v_[1], pvals);
    v_[2] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.multinomial"), v_, slots_);
}

fm_status fm_random_Generator_multivariate_hypergeometric(
    fm_context *ctx, const fm_tensor *colors, double nsample,
    const fm_random_Generator_multivariate_hypergeometric_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_random_Generator_multivariate_hypergeometric_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.multivariate_hypergeometric", options, o_);
    fm_put_tensor(&v_[0], colors);
    v_[1] = fm_value_float(nsample);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.method);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.multivariate_hypergeometric"), v_,
                       slots_);
}

fm_status fm_random_dirichlet(fm_context *ctx, const fm_tensor *alpha,
                              const fm_random_dirichlet_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_random_dirichlet_options o_ = {0};
    FM_TYPED_OPTIONS("random.dirichlet", options, o_);
    fm_put_tensor(&v_[0], alpha);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.dirichlet"), v_, slots_);
}

fm_status fm_random_RandomState_dirichlet(fm_context *ctx, const fm_tensor *alpha,
                                          const fm_random_RandomState_dirichlet_options *options,
                                          fm_tensor **out) {
    fm_value v_[2];
    fm_random_RandomState_dirichlet_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.dirichlet", options, o_);
    fm_put_tensor(&v_[0], alpha);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.dirichlet"), v_, slots_);
}

fm_status fm_random_Generator_dirichlet(fm_context *ctx, const fm_tensor *alpha,
                                        const fm_random_Generator_dirichlet_options *options,
                                        fm_tensor **out) {
    fm_value v_[2];
    fm_random_Generator_dirichlet_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.dirichlet", options, o_);
    fm_put_tensor(&v_[0], alpha);
    v_[1] = fm_option_ints(o_.shape);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.dirichlet"), v_, slots_);
}

fm_status fm_random_multivariate_normal(fm_context *ctx, const fm_tensor *mean,
                                        const fm_tensor *cov,
                                        const fm_random_multivariate_normal_options *options,
                                        fm_tensor **out) {
    fm_value v_[5];
    fm_random_multivariate_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.multivariate_normal", options, o_);
    fm_put_tensor(&v_[0], mean);
    fm_put_tensor(&v_[1], cov);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.check_valid);
    v_[4] = fm_option_float(o_.tol);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.multivariate_normal"), v_, slots_);
}

fm_status fm_random_RandomState_multivariate_normal(
    fm_context *ctx, const fm_tensor *mean, const fm_tensor *cov,
    const fm_random_RandomState_multivariate_normal_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_random_RandomState_multivariate_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.multivariate_normal", options, o_);
    fm_put_tensor(&v_[0], mean);
    fm_put_tensor(&v_[1], cov);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.check_valid);
    v_[4] = fm_option_float(o_.tol);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.RandomState.multivariate_normal"), v_, slots_);
}

fm_status fm_random_Generator_multivariate_normal(
    fm_context *ctx, const fm_tensor *mean, const fm_tensor *cov,
    const fm_random_Generator_multivariate_normal_options *options, fm_tensor **out) {
    fm_value v_[6];
    fm_random_Generator_multivariate_normal_options o_ = {0};
    FM_TYPED_OPTIONS("random.Generator.multivariate_normal", options, o_);
    fm_put_tensor(&v_[0], mean);
    fm_put_tensor(&v_[1], cov);
    v_[2] = fm_option_ints(o_.shape);
    v_[3] = fm_option_string(o_.check_valid);
    v_[4] = fm_option_float(o_.tol);
    v_[5] = fm_option_string(o_.method);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.Generator.multivariate_normal"), v_, slots_);
}

fm_status fm_random_seed(fm_context *ctx, const fm_random_seed_options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_random_seed_options o_ = {0};
    FM_TYPED_OPTIONS("random.seed", options, o_);
    v_[0] = fm_option_value(o_.seed);
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.seed"), v_, reply);
}

fm_status fm_random_RandomState_seed(fm_context *ctx,
                                     const fm_random_RandomState_seed_options *options,
                                     fm_reply **reply) {
    fm_value v_[1];
    fm_random_RandomState_seed_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.seed", options, o_);
    v_[0] = fm_option_value(o_.seed);
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.RandomState.seed"), v_, reply);
}

fm_status fm_random_get_state(fm_context *ctx, const fm_random_get_state_options *options,
                              fm_reply **reply) {
    fm_value v_[1];
    fm_random_get_state_options o_ = {0};
    FM_TYPED_OPTIONS("random.get_state", options, o_);
    v_[0] = fm_option_flag(o_.legacy);
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.get_state"), v_, reply);
}

fm_status fm_random_RandomState_get_state(fm_context *ctx,
                                          const fm_random_RandomState_get_state_options *options,
                                          fm_reply **reply) {
    fm_value v_[1];
    fm_random_RandomState_get_state_options o_ = {0};
    FM_TYPED_OPTIONS("random.RandomState.get_state", options, o_);
    v_[0] = fm_option_flag(o_.legacy);
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.RandomState.get_state"), v_, reply);
}

fm_status fm_random_set_state(fm_context *ctx, const fm_value *state, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *state;
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.set_state"), v_, reply);
}

fm_status fm_random_RandomState_set_state(fm_context *ctx, const fm_value *state,
                                          fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *state;
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.RandomState.set_state"), v_, reply);
}

fm_status fm_random_default_rng(fm_context *ctx, const fm_random_default_rng_options *options,
                                fm_reply **reply) {
    fm_value v_[1];
    fm_random_default_rng_options o_ = {0};
    FM_TYPED_OPTIONS("random.default_rng", options, o_);
    v_[0] = fm_option_value(o_.seed);
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.default_rng"), v_, reply);
}

fm_status fm_random_Generator_spawn(fm_context *ctx, double n_children, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = fm_value_float(n_children);
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.Generator.spawn"), v_, reply);
}

fm_status fm_random_Generator_bit_generator(fm_context *ctx, fm_reply **reply) {
    fm_value v_[1];
    return fm_typed_reply(ctx, FM_TYPED_ROW("random.Generator.bit_generator"), v_, reply);
}

fm_status fm_stats_norm_pdf(fm_context *ctx, const fm_tensor *x,
                            const fm_stats_norm_pdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_norm_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.norm.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.norm.pdf"), v_, slots_);
}

fm_status fm_stats_norm_cdf(fm_context *ctx, const fm_tensor *x,
                            const fm_stats_norm_cdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_norm_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.norm.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.norm.cdf"), v_, slots_);
}

fm_status fm_stats_norm_ppf(fm_context *ctx, const fm_tensor *q,
                            const fm_stats_norm_ppf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_norm_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.norm.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.norm.ppf"), v_, slots_);
}

fm_status fm_stats_uniform_pdf(fm_context *ctx, const fm_tensor *x,
                               const fm_stats_uniform_pdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_uniform_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.uniform.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.uniform.pdf"), v_, slots_);
}

fm_status fm_stats_uniform_cdf(fm_context *ctx, const fm_tensor *x,
                               const fm_stats_uniform_cdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_uniform_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.uniform.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.uniform.cdf"), v_, slots_);
}

fm_status fm_stats_uniform_ppf(fm_context *ctx, const fm_tensor *q,
                               const fm_stats_uniform_ppf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_uniform_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.uniform.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.uniform.ppf"), v_, slots_);
}

fm_status fm_stats_expon_pdf(fm_context *ctx, const fm_tensor *x,
                             const fm_stats_expon_pdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_expon_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.expon.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.expon.pdf"), v_, slots_);
}

fm_status fm_stats_expon_cdf(fm_context *ctx, const fm_tensor *x,
                             const fm_stats_expon_cdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_expon_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.expon.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.expon.cdf"), v_, slots_);
}

fm_status fm_stats_expon_ppf(fm_context *ctx, const fm_tensor *q,
                             const fm_stats_expon_ppf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_expon_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.expon.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.expon.ppf"), v_, slots_);
}

fm_status fm_stats_laplace_pdf(fm_context *ctx, const fm_tensor *x,
                               const fm_stats_laplace_pdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_laplace_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.laplace.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.laplace.pdf"), v_, slots_);
}

fm_status fm_stats_laplace_cdf(fm_context *ctx, const fm_tensor *x,
                               const fm_stats_laplace_cdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_laplace_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.laplace.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.laplace.cdf"), v_, slots_);
}

fm_status fm_stats_laplace_ppf(fm_context *ctx, const fm_tensor *q,
                               const fm_stats_laplace_ppf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_laplace_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.laplace.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.laplace.ppf"), v_, slots_);
}

fm_status fm_stats_logistic_pdf(fm_context *ctx, const fm_tensor *x,
                                const fm_stats_logistic_pdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_logistic_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.logistic.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.logistic.pdf"), v_, slots_);
}

fm_status fm_stats_logistic_cdf(fm_context *ctx, const fm_tensor *x,
                                const fm_stats_logistic_cdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_logistic_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.logistic.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.logistic.cdf"), v_, slots_);
}

fm_status fm_stats_logistic_ppf(fm_context *ctx, const fm_tensor *q,
                                const fm_stats_logistic_ppf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_logistic_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.logistic.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.logistic.ppf"), v_, slots_);
}

fm_status fm_stats_cauchy_pdf(fm_context *ctx, const fm_tensor *x,
                              const fm_stats_cauchy_pdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_cauchy_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.cauchy.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.cauchy.pdf"), v_, slots_);
}

fm_status fm_stats_cauchy_cdf(fm_context *ctx, const fm_tensor *x,
                              const fm_stats_cauchy_cdf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_cauchy_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.cauchy.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.cauchy.cdf"), v_, slots_);
}

fm_status fm_stats_cauchy_ppf(fm_context *ctx, const fm_tensor *q,
                              const fm_stats_cauchy_ppf_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_stats_cauchy_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.cauchy.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    v_[1] = fm_option_tensor(o_.loc);
    v_[2] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.cauchy.ppf"), v_, slots_);
}

fm_status fm_stats_lognorm_pdf(fm_context *ctx, const fm_tensor *x, const fm_tensor *s,
                               const fm_stats_lognorm_pdf_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_stats_lognorm_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.lognorm.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], s);
    v_[2] = fm_option_tensor(o_.loc);
    v_[3] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.lognorm.pdf"), v_, slots_);
}

fm_status fm_stats_lognorm_cdf(fm_context *ctx, const fm_tensor *x, const fm_tensor *s,
                               const fm_stats_lognorm_cdf_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_stats_lognorm_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.lognorm.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], s);
    v_[2] = fm_option_tensor(o_.loc);
    v_[3] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.lognorm.cdf"), v_, slots_);
}

fm_status fm_stats_lognorm_ppf(fm_context *ctx, const fm_tensor *q, const fm_tensor *s,
                               const fm_stats_lognorm_ppf_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_stats_lognorm_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.lognorm.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    fm_put_tensor(&v_[1], s);
    v_[2] = fm_option_tensor(o_.loc);
    v_[3] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.lognorm.ppf"), v_, slots_);
}

fm_status fm_stats_truncnorm_pdf(fm_context *ctx, const fm_tensor *x, const fm_tensor *a,
                                 const fm_tensor *b, const fm_stats_truncnorm_pdf_options *options,
                                 fm_tensor **out) {
    fm_value v_[5];
    fm_stats_truncnorm_pdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.truncnorm.pdf", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], a);
    fm_put_tensor(&v_[2], b);
    v_[3] = fm_option_tensor(o_.loc);
    v_[4] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.truncnorm.pdf"), v_, slots_);
}

fm_status fm_stats_truncnorm_cdf(fm_context *ctx, const fm_tensor *x, const fm_tensor *a,
                                 const fm_tensor *b, const fm_stats_truncnorm_cdf_options *options,
                                 fm_tensor **out) {
    fm_value v_[5];
    fm_stats_truncnorm_cdf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.truncnorm.cdf", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], a);
    fm_put_tensor(&v_[2], b);
    v_[3] = fm_option_tensor(o_.loc);
    v_[4] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.truncnorm.cdf"), v_, slots_);
}

fm_status fm_stats_truncnorm_ppf(fm_context *ctx, const fm_tensor *q, const fm_tensor *a,
                                 const fm_tensor *b, const fm_stats_truncnorm_ppf_options *options,
                                 fm_tensor **out) {
    fm_value v_[5];
    fm_stats_truncnorm_ppf_options o_ = {0};
    FM_TYPED_OPTIONS("stats.truncnorm.ppf", options, o_);
    fm_put_tensor(&v_[0], q);
    fm_put_tensor(&v_[1], a);
    fm_put_tensor(&v_[2], b);
    v_[3] = fm_option_tensor(o_.loc);
    v_[4] = fm_option_tensor(o_.scale);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stats.truncnorm.ppf"), v_, slots_);
}

fm_status fm_spacing(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("spacing"), v_, slots_);
}

fm_status fm_bitwise_count(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_count"), v_, slots_);
}

fm_status fm_sinc(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sinc"), v_, slots_);
}

fm_status fm_i0(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("i0"), v_, slots_);
}

fm_status fm_isposinf(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isposinf"), v_, slots_);
}

fm_status fm_isneginf(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isneginf"), v_, slots_);
}

fm_status fm_isreal(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isreal"), v_, slots_);
}

fm_status fm_iscomplex(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("iscomplex"), v_, slots_);
}

fm_status fm_ldexp(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ldexp"), v_, slots_);
}

fm_status fm_round(fm_context *ctx, const fm_tensor *a, const fm_round_options *options,
                   fm_tensor **out) {
    fm_value v_[2];
    fm_round_options o_ = {0};
    FM_TYPED_OPTIONS("round", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.decimals);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("round"), v_, slots_);
}

fm_status fm_around(fm_context *ctx, const fm_tensor *a, const fm_around_options *options,
                    fm_tensor **out) {
    fm_value v_[2];
    fm_around_options o_ = {0};
    FM_TYPED_OPTIONS("around", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_int(o_.decimals);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("around"), v_, slots_);
}

fm_status fm_modf(fm_context *ctx, const fm_tensor *x, fm_tensor **out0, fm_tensor **out1) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("modf"), v_, slots_);
}

fm_status fm_frexp(fm_context *ctx, const fm_tensor *x, fm_tensor **out0, fm_tensor **out1) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("frexp"), v_, slots_);
}

fm_status fm_divmod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out0,
                    fm_tensor **out1) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], x1);
    fm_put_tensor(&v_[1], x2);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("divmod"), v_, slots_);
}

fm_status fm_isclose(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                     const fm_isclose_options *options, fm_tensor **out) {
    fm_value v_[5];
    fm_isclose_options o_ = {0};
    FM_TYPED_OPTIONS("isclose", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_tensor(o_.rtol);
    v_[3] = fm_option_tensor(o_.atol);
    v_[4] = fm_option_flag(o_.equal_nan);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isclose"), v_, slots_);
}

fm_status fm_nan_to_num(fm_context *ctx, const fm_tensor *x, const fm_nan_to_num_options *options,
                        fm_tensor **out) {
    fm_value v_[5];
    fm_nan_to_num_options o_ = {0};
    FM_TYPED_OPTIONS("nan_to_num", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_flag(o_.copy);
    v_[2] = fm_option_tensor(o_.nan);
    v_[3] = fm_option_tensor(o_.posinf);
    v_[4] = fm_option_tensor(o_.neginf);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nan_to_num"), v_, slots_);
}

fm_status fm_real_if_close(fm_context *ctx, const fm_tensor *a,
                           const fm_real_if_close_options *options, fm_tensor **out) {
    fm_value v_[2];
    fm_real_if_close_options o_ = {0};
    FM_TYPED_OPTIONS("real_if_close", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_float(o_.tol);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("real_if_close"), v_, slots_);
}

fm_status fm_ptp(fm_context *ctx, const fm_tensor *a, const fm_ptp_options *options,
                 fm_tensor **out) {
    fm_value v_[3];
    fm_ptp_options o_ = {0};
    FM_TYPED_OPTIONS("ptp", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ptp"), v_, slots_);
}

fm_status fm_count_nonzero(fm_context *ctx, const fm_tensor *a,
                           const fm_count_nonzero_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_count_nonzero_options o_ = {0};
    FM_TYPED_OPTIONS("count_nonzero", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("count_nonzero"), v_, slots_);
}

fm_status fm_var(fm_context *ctx, const fm_tensor *a, const fm_var_options *options,
                 fm_tensor **out) {
    fm_value v_[8];
    fm_var_options o_ = {0};
    FM_TYPED_OPTIONS("var", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_float(o_.ddof);
    v_[4] = fm_option_flag(o_.keepdims);
    v_[5] = fm_option_tensor(o_.where);
    v_[6] = fm_option_tensor(o_.mean);
    v_[7] = fm_option_float(o_.correction);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("var"), v_, slots_);
}

fm_status fm_std(fm_context *ctx, const fm_tensor *a, const fm_std_options *options,
                 fm_tensor **out) {
    fm_value v_[8];
    fm_std_options o_ = {0};
    FM_TYPED_OPTIONS("std", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_float(o_.ddof);
    v_[4] = fm_option_flag(o_.keepdims);
    v_[5] = fm_option_tensor(o_.where);
    v_[6] = fm_option_tensor(o_.mean);
    v_[7] = fm_option_float(o_.correction);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("std"), v_, slots_);
}

fm_status fm_nanvar(fm_context *ctx, const fm_tensor *a, const fm_nanvar_options *options,
                    fm_tensor **out) {
    fm_value v_[8];
    fm_nanvar_options o_ = {0};
    FM_TYPED_OPTIONS("nanvar", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_float(o_.ddof);
    v_[4] = fm_option_flag(o_.keepdims);
    v_[5] = fm_option_tensor(o_.where);
    v_[6] = fm_option_tensor(o_.mean);
    v_[7] = fm_option_float(o_.correction);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanvar"), v_, slots_);
}

fm_status fm_nanstd(fm_context *ctx, const fm_tensor *a, const fm_nanstd_options *options,
                    fm_tensor **out) {
    fm_value v_[8];
    fm_nanstd_options o_ = {0};
    FM_TYPED_OPTIONS("nanstd", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_float(o_.ddof);
    v_[4] = fm_option_flag(o_.keepdims);
    v_[5] = fm_option_tensor(o_.where);
    v_[6] = fm_option_tensor(o_.mean);
    v_[7] = fm_option_float(o_.correction);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanstd"), v_, slots_);
}

fm_status fm_nansum(fm_context *ctx, const fm_tensor *a, const fm_nansum_options *options,
                    fm_tensor **out) {
    fm_value v_[6];
    fm_nansum_options o_ = {0};
    FM_TYPED_OPTIONS("nansum", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.keepdims);
    v_[4] = fm_option_tensor(o_.initial);
    v_[5] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nansum"), v_, slots_);
}

fm_status fm_nanprod(fm_context *ctx, const fm_tensor *a, const fm_nanprod_options *options,
                     fm_tensor **out) {
    fm_value v_[6];
    fm_nanprod_options o_ = {0};
    FM_TYPED_OPTIONS("nanprod", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.keepdims);
    v_[4] = fm_option_tensor(o_.initial);
    v_[5] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanprod"), v_, slots_);
}

fm_status fm_nanmean(fm_context *ctx, const fm_tensor *a, const fm_nanmean_options *options,
                     fm_tensor **out) {
    fm_value v_[5];
    fm_nanmean_options o_ = {0};
    FM_TYPED_OPTIONS("nanmean", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_flag(o_.keepdims);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanmean"), v_, slots_);
}

fm_status fm_nanmax(fm_context *ctx, const fm_tensor *a, const fm_nanmax_options *options,
                    fm_tensor **out) {
    fm_value v_[5];
    fm_nanmax_options o_ = {0};
    FM_TYPED_OPTIONS("nanmax", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.initial);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanmax"), v_, slots_);
}

fm_status fm_nanmin(fm_context *ctx, const fm_tensor *a, const fm_nanmin_options *options,
                    fm_tensor **out) {
    fm_value v_[5];
    fm_nanmin_options o_ = {0};
    FM_TYPED_OPTIONS("nanmin", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    v_[3] = fm_option_tensor(o_.initial);
    v_[4] = fm_option_tensor(o_.where);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanmin"), v_, slots_);
}

fm_status fm_nanargmax(fm_context *ctx, const fm_tensor *a, const fm_nanargmax_options *options,
                       fm_tensor **out) {
    fm_value v_[3];
    fm_nanargmax_options o_ = {0};
    FM_TYPED_OPTIONS("nanargmax", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanargmax"), v_, slots_);
}

fm_status fm_nanargmin(fm_context *ctx, const fm_tensor *a, const fm_nanargmin_options *options,
                       fm_tensor **out) {
    fm_value v_[3];
    fm_nanargmin_options o_ = {0};
    FM_TYPED_OPTIONS("nanargmin", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_flag(o_.keepdims);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nanargmin"), v_, slots_);
}

fm_status fm_average(fm_context *ctx, const fm_tensor *a, const fm_average_options *options,
                     fm_reply **reply) {
    fm_value v_[5];
    fm_average_options o_ = {0};
    FM_TYPED_OPTIONS("average", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_ints(o_.axis);
    v_[2] = fm_option_tensor(o_.weights);
    v_[3] = fm_option_flag(o_.returned);
    v_[4] = fm_option_flag(o_.keepdims);
    return fm_typed_reply(ctx, FM_TYPED_ROW("average"), v_, reply);
}

fm_status fm_cov(fm_context *ctx, const fm_tensor *m, const fm_cov_options *options,
                 fm_tensor **out) {
    fm_value v_[8];
    fm_cov_options o_ = {0};
    FM_TYPED_OPTIONS("cov", options, o_);
    fm_put_tensor(&v_[0], m);
    v_[1] = fm_option_tensor(o_.y);
    v_[2] = fm_option_flag(o_.rowvar);
    v_[3] = fm_option_flag(o_.bias);
    v_[4] = fm_option_float(o_.ddof);
    v_[5] = fm_option_tensor(o_.fweights);
    v_[6] = fm_option_tensor(o_.aweights);
    v_[7] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cov"), v_, slots_);
}

fm_status fm_corrcoef(fm_context *ctx, const fm_tensor *x, const fm_corrcoef_options *options,
                      fm_tensor **out) {
    fm_value v_[4];
    fm_corrcoef_options o_ = {0};
    FM_TYPED_OPTIONS("corrcoef", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_tensor(o_.y);
    v_[2] = fm_option_flag(o_.rowvar);
    v_[3] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("corrcoef"), v_, slots_);
}

fm_status fm_stack(fm_context *ctx, const fm_tensor *const *arrays, int narrays,
                   const fm_stack_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_stack_options o_ = {0};
    FM_TYPED_OPTIONS("stack", options, o_);
    v_[0] = fm_value_tensors(arrays, narrays);
    v_[1] = fm_option_int(o_.axis);
    v_[2] = fm_option_dtype(o_.dtype);
    v_[3] = fm_option_string(o_.casting);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("stack"), v_, slots_);
}

fm_status fm_vstack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                    const fm_vstack_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_vstack_options o_ = {0};
    FM_TYPED_OPTIONS("vstack", options, o_);
    v_[0] = fm_value_tensors(tup, ntup);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.casting);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("vstack"), v_, slots_);
}

fm_status fm_row_stack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                       const fm_row_stack_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_row_stack_options o_ = {0};
    FM_TYPED_OPTIONS("row_stack", options, o_);
    v_[0] = fm_value_tensors(tup, ntup);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.casting);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("row_stack"), v_, slots_);
}

fm_status fm_hstack(fm_context *ctx, const fm_tensor *const *tup, int ntup,
                    const fm_hstack_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_hstack_options o_ = {0};
    FM_TYPED_OPTIONS("hstack", options, o_);
    v_[0] = fm_value_tensors(tup, ntup);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.casting);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hstack"), v_, slots_);
}

fm_status fm_dstack(fm_context *ctx, const fm_tensor *const *tup, int ntup, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_tensors(tup, ntup);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("dstack"), v_, slots_);
}

fm_status fm_column_stack(fm_context *ctx, const fm_tensor *const *tup, int ntup, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = fm_value_tensors(tup, ntup);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("column_stack"), v_, slots_);
}

fm_status fm_block(fm_context *ctx, const fm_value *arrays, fm_tensor **out) {
    fm_value v_[1];
    v_[0] = *arrays;
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("block"), v_, slots_);
}

fm_status fm_bmat(fm_context *ctx, const fm_value *obj, const fm_bmat_options *options,
                  fm_tensor **out) {
    fm_value v_[3];
    fm_bmat_options o_ = {0};
    FM_TYPED_OPTIONS("bmat", options, o_);
    v_[0] = *obj;
    v_[1] = fm_option_flag(o_.ldict);
    v_[2] = fm_option_flag(o_.gdict);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bmat"), v_, slots_);
}

fm_status fm_split(fm_context *ctx, const fm_tensor *ary, int nindices_or_sections,
                   const int64_t *indices_or_sections, const fm_split_options *options,
                   fm_reply **reply) {
    fm_value v_[3];
    fm_split_options o_ = {0};
    FM_TYPED_OPTIONS("split", options, o_);
    fm_put_tensor(&v_[0], ary);
    v_[1] = fm_value_ints(indices_or_sections, nindices_or_sections);
    v_[2] = fm_option_int(o_.axis);
    return fm_typed_reply(ctx, FM_TYPED_ROW("split"), v_, reply);
}

fm_status fm_array_split(fm_context *ctx, const fm_tensor *ary, int nindices_or_sections,
                         const int64_t *indices_or_sections, const fm_array_split_options *options,
                         fm_reply **reply) {
    fm_value v_[3];
    fm_array_split_options o_ = {0};
    FM_TYPED_OPTIONS("array_split", options, o_);
    fm_put_tensor(&v_[0], ary);
    v_[1] = fm_value_ints(indices_or_sections, nindices_or_sections);
    v_[2] = fm_option_int(o_.axis);
    return fm_typed_reply(ctx, FM_TYPED_ROW("array_split"), v_, reply);
}

fm_status fm_hsplit(fm_context *ctx, const fm_tensor *ary, int nindices_or_sections,
                    const int64_t *indices_or_sections, fm_reply **reply) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], ary);
    v_[1] = fm_value_ints(indices_or_sections, nindices_or_sections);
    return fm_typed_reply(ctx, FM_TYPED_ROW("hsplit"), v_, reply);
}

fm_status fm_vsplit(fm_context *ctx, const fm_tensor *ary, int nindices_or_sections,
                    const int64_t *indices_or_sections, fm_reply **reply) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], ary);
    v_[1] = fm_value_ints(indices_or_sections, nindices_or_sections);
    return fm_typed_reply(ctx, FM_TYPED_ROW("vsplit"), v_, reply);
}

fm_status fm_dsplit(fm_context *ctx, const fm_tensor *ary, int nindices_or_sections,
                    const int64_t *indices_or_sections, fm_reply **reply) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], ary);
    v_[1] = fm_value_ints(indices_or_sections, nindices_or_sections);
    return fm_typed_reply(ctx, FM_TYPED_ROW("dsplit"), v_, reply);
}

fm_status fm_unstack(fm_context *ctx, const fm_tensor *x, const fm_unstack_options *options,
                     fm_reply **reply) {
    fm_value v_[2];
    fm_unstack_options o_ = {0};
    FM_TYPED_OPTIONS("unstack", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.axis);
    return fm_typed_reply(ctx, FM_TYPED_ROW("unstack"), v_, reply);
}

fm_status fm_atleast_1d(fm_context *ctx, const fm_atleast_1d_options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_atleast_1d_options o_ = {0};
    FM_TYPED_OPTIONS("atleast_1d", options, o_);
    v_[0] = fm_option_flag(o_.arys);
    return fm_typed_reply(ctx, FM_TYPED_ROW("atleast_1d"), v_, reply);
}

fm_status fm_atleast_2d(fm_context *ctx, const fm_atleast_2d_options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_atleast_2d_options o_ = {0};
    FM_TYPED_OPTIONS("atleast_2d", options, o_);
    v_[0] = fm_option_flag(o_.arys);
    return fm_typed_reply(ctx, FM_TYPED_ROW("atleast_2d"), v_, reply);
}

fm_status fm_atleast_3d(fm_context *ctx, const fm_atleast_3d_options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_atleast_3d_options o_ = {0};
    FM_TYPED_OPTIONS("atleast_3d", options, o_);
    v_[0] = fm_option_flag(o_.arys);
    return fm_typed_reply(ctx, FM_TYPED_ROW("atleast_3d"), v_, reply);
}

fm_status fm_broadcast_arrays(fm_context *ctx, const fm_broadcast_arrays_options *options,
                              fm_reply **reply) {
    fm_value v_[2];
    fm_broadcast_arrays_options o_ = {0};
    FM_TYPED_OPTIONS("broadcast_arrays", options, o_);
    v_[0] = fm_option_flag(o_.args);
    v_[1] = fm_option_flag(o_.subok);
    return fm_typed_reply(ctx, FM_TYPED_ROW("broadcast_arrays"), v_, reply);
}

fm_status fm_tile(fm_context *ctx, const fm_tensor *A, int nreps, const int64_t *reps,
                  fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], A);
    v_[1] = fm_value_ints(reps, nreps);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tile"), v_, slots_);
}

fm_status fm_pad(fm_context *ctx, const fm_tensor *array, const fm_value *pad_width,
                 const fm_pad_options *options, fm_tensor **out) {
    fm_value v_[7];
    fm_pad_options o_ = {0};
    FM_TYPED_OPTIONS("pad", options, o_);
    fm_put_tensor(&v_[0], array);
    v_[1] = *pad_width;
    v_[2] = fm_option_value(o_.mode);
    v_[3] = fm_option_value(o_.stat_length);
    v_[4] = fm_option_value(o_.constant_values);
    v_[5] = fm_option_value(o_.end_values);
    v_[6] = fm_option_string(o_.reflect_type);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("pad"), v_, slots_);
}

fm_status fm_array(fm_context *ctx, const fm_tensor *object, const fm_array_options *options,
                   fm_tensor **out) {
    fm_value v_[5];
    fm_array_options o_ = {0};
    FM_TYPED_OPTIONS("array", options, o_);
    fm_put_tensor(&v_[0], object);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_flag(o_.copy);
    v_[3] = fm_option_string(o_.order);
    v_[4] = fm_option_int(o_.ndmin);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("array"), v_, slots_);
}

fm_status fm_asarray(fm_context *ctx, const fm_tensor *a, const fm_asarray_options *options,
                     fm_tensor **out) {
    fm_value v_[4];
    fm_asarray_options o_ = {0};
    FM_TYPED_OPTIONS("asarray", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.order);
    v_[3] = fm_option_flag(o_.copy);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("asarray"), v_, slots_);
}

fm_status fm_asarray_chkfinite(fm_context *ctx, const fm_tensor *a,
                               const fm_asarray_chkfinite_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_asarray_chkfinite_options o_ = {0};
    FM_TYPED_OPTIONS("asarray_chkfinite", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_string(o_.order);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("asarray_chkfinite"), v_, slots_);
}

fm_status fm_require(fm_context *ctx, const fm_tensor *a, const fm_require_options *options,
                     fm_tensor **out) {
    fm_value v_[3];
    fm_require_options o_ = {0};
    FM_TYPED_OPTIONS("require", options, o_);
    fm_put_tensor(&v_[0], a);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_value(o_.requirements);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("require"), v_, slots_);
}

fm_status fm_from_dlpack(fm_context *ctx, const fm_tensor *x, const fm_from_dlpack_options *options,
                         fm_tensor **out) {
    fm_value v_[2];
    fm_from_dlpack_options o_ = {0};
    FM_TYPED_OPTIONS("from_dlpack", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_flag(o_.copy);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("from_dlpack"), v_, slots_);
}

fm_status fm_frombuffer(fm_context *ctx, const fm_tensor *buffer,
                        const fm_frombuffer_options *options, fm_tensor **out) {
    fm_value v_[4];
    fm_frombuffer_options o_ = {0};
    FM_TYPED_OPTIONS("frombuffer", options, o_);
    fm_put_tensor(&v_[0], buffer);
    v_[1] = fm_option_dtype(o_.dtype);
    v_[2] = fm_option_int(o_.count);
    v_[3] = fm_option_int(o_.offset);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("frombuffer"), v_, slots_);
}

fm_status fm_fromiter(fm_context *ctx, const fm_tensor *iter, fm_dtype dtype,
                      const fm_fromiter_options *options, fm_tensor **out) {
    fm_value v_[3];
    fm_fromiter_options o_ = {0};
    FM_TYPED_OPTIONS("fromiter", options, o_);
    fm_put_tensor(&v_[0], iter);
    v_[1] = fm_value_dtype(dtype);
    v_[2] = fm_option_int(o_.count);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fromiter"), v_, slots_);
}

fm_status fm_diagflat(fm_context *ctx, const fm_tensor *v, const fm_diagflat_options *options,
                      fm_tensor **out) {
    fm_value v_[2];
    fm_diagflat_options o_ = {0};
    FM_TYPED_OPTIONS("diagflat", options, o_);
    fm_put_tensor(&v_[0], v);
    v_[1] = fm_option_int(o_.k);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("diagflat"), v_, slots_);
}

fm_status fm_tril(fm_context *ctx, const fm_tensor *m, const fm_tril_options *options,
                  fm_tensor **out) {
    fm_value v_[2];
    fm_tril_options o_ = {0};
    FM_TYPED_OPTIONS("tril", options, o_);
    fm_put_tensor(&v_[0], m);
    v_[1] = fm_option_int(o_.k);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tril"), v_, slots_);
}

fm_status fm_triu(fm_context *ctx, const fm_tensor *m, const fm_triu_options *options,
                  fm_tensor **out) {
    fm_value v_[2];
    fm_triu_options o_ = {0};
    FM_TYPED_OPTIONS("triu", options, o_);
    fm_put_tensor(&v_[0], m);
    v_[1] = fm_option_int(o_.k);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("triu"), v_, slots_);
}

fm_status fm_vander(fm_context *ctx, const fm_tensor *x, const fm_vander_options *options,
                    fm_tensor **out) {
    fm_value v_[3];
    fm_vander_options o_ = {0};
    FM_TYPED_OPTIONS("vander", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = fm_option_int(o_.N);
    v_[2] = fm_option_flag(o_.increasing);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("vander"), v_, slots_);
}

fm_status fm_linspace(fm_context *ctx, const fm_tensor *start, const fm_tensor *stop,
                      const fm_linspace_options *options, fm_reply **reply) {
    fm_value v_[7];
    fm_linspace_options o_ = {0};
    FM_TYPED_OPTIONS("linspace", options, o_);
    fm_put_tensor(&v_[0], start);
    fm_put_tensor(&v_[1], stop);
    v_[2] = fm_option_int(o_.num);
    v_[3] = fm_option_flag(o_.endpoint);
    v_[4] = fm_option_flag(o_.retstep);
    v_[5] = fm_option_dtype(o_.dtype);
    v_[6] = fm_option_int(o_.axis);
    return fm_typed_reply(ctx, FM_TYPED_ROW("linspace"), v_, reply);
}

fm_status fm_logspace(fm_context *ctx, const fm_tensor *start, const fm_tensor *stop,
                      const fm_logspace_options *options, fm_tensor **out) {
    fm_value v_[7];
    fm_logspace_options o_ = {0};
    FM_TYPED_OPTIONS("logspace", options, o_);
    fm_put_tensor(&v_[0], start);
    fm_put_tensor(&v_[1], stop);
    v_[2] = fm_option_int(o_.num);
    v_[3] = fm_option_flag(o_.endpoint);
    v_[4] = fm_option_tensor(o_.base);
    v_[5] = fm_option_dtype(o_.dtype);
    v_[6] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logspace"), v_, slots_);
}

fm_status fm_geomspace(fm_context *ctx, const fm_tensor *start, const fm_tensor *stop,
                       const fm_geomspace_options *options, fm_tensor **out) {
    fm_value v_[6];
    fm_geomspace_options o_ = {0};
    FM_TYPED_OPTIONS("geomspace", options, o_);
    fm_put_tensor(&v_[0], start);
    fm_put_tensor(&v_[1], stop);
    v_[2] = fm_option_int(o_.num);
    v_[3] = fm_option_flag(o_.endpoint);
    v_[4] = fm_option_dtype(o_.dtype);
    v_[5] = fm_option_int(o_.axis);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("geomspace"), v_, slots_);
}

fm_status fm_meshgrid(fm_context *ctx, const fm_meshgrid_options *options, fm_reply **reply) {
    fm_value v_[4];
    fm_meshgrid_options o_ = {0};
    FM_TYPED_OPTIONS("meshgrid", options, o_);
    v_[0] = fm_option_flag(o_.xi);
    v_[1] = fm_option_flag(o_.copy);
    v_[2] = fm_option_flag(o_.sparse);
    v_[3] = fm_option_string(o_.indexing);
    return fm_typed_reply(ctx, FM_TYPED_ROW("meshgrid"), v_, reply);
}

fm_status fm_polyval(fm_context *ctx, const fm_tensor *p, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], p);
    fm_put_tensor(&v_[1], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("polyval"), v_, slots_);
}

fm_status fm_polyadd(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a1);
    fm_put_tensor(&v_[1], a2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("polyadd"), v_, slots_);
}

fm_status fm_polysub(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a1);
    fm_put_tensor(&v_[1], a2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("polysub"), v_, slots_);
}

fm_status fm_polymul(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2, fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a1);
    fm_put_tensor(&v_[1], a2);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("polymul"), v_, slots_);
}

fm_status fm_polydiv(fm_context *ctx, const fm_tensor *u, const fm_tensor *v, fm_tensor **out0,
                     fm_tensor **out1) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], u);
    fm_put_tensor(&v_[1], v);
    fm_tensor **const slots_[] = {out0, out1};
    return fm_corridor(ctx, FM_TYPED_ROW("polydiv"), v_, slots_);
}

fm_status fm_polyder(fm_context *ctx, const fm_tensor *p, const fm_polyder_options *options,
                     fm_tensor **out) {
    fm_value v_[2];
    fm_polyder_options o_ = {0};
    FM_TYPED_OPTIONS("polyder", options, o_);
    fm_put_tensor(&v_[0], p);
    v_[1] = fm_option_int(o_.m);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("polyder"), v_, slots_);
}

fm_status fm_polyint(fm_context *ctx, const fm_tensor *p, const fm_polyint_options *options,
                     fm_tensor **out) {
    fm_value v_[3];
    fm_polyint_options o_ = {0};
    FM_TYPED_OPTIONS("polyint", options, o_);
    fm_put_tensor(&v_[0], p);
    v_[1] = fm_option_int(o_.m);
    v_[2] = fm_option_tensor(o_.k);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("polyint"), v_, slots_);
}

fm_status fm_poly(fm_context *ctx, const fm_tensor *seq_of_zeros, fm_reply **reply) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], seq_of_zeros);
    return fm_typed_reply(ctx, FM_TYPED_ROW("poly"), v_, reply);
}

fm_status fm_roots(fm_context *ctx, const fm_tensor *p, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], p);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("roots"), v_, slots_);
}

fm_status fm_polyfit(fm_context *ctx, const fm_tensor *x, const fm_tensor *y, int64_t deg,
                     const fm_polyfit_options *options, fm_reply **reply) {
    fm_value v_[7];
    fm_polyfit_options o_ = {0};
    FM_TYPED_OPTIONS("polyfit", options, o_);
    fm_put_tensor(&v_[0], x);
    fm_put_tensor(&v_[1], y);
    v_[2] = fm_value_int(deg);
    v_[3] = fm_option_float(o_.rcond);
    v_[4] = fm_option_flag(o_.full);
    v_[5] = fm_option_tensor(o_.w);
    v_[6] = fm_option_string(o_.cov);
    return fm_typed_reply(ctx, FM_TYPED_ROW("polyfit"), v_, reply);
}

fm_status fm_shape(fm_context *ctx, const fm_value *a, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *a;
    return fm_typed_reply(ctx, FM_TYPED_ROW("shape"), v_, reply);
}

fm_status fm_ndim(fm_context *ctx, const fm_value *a, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *a;
    return fm_typed_reply(ctx, FM_TYPED_ROW("ndim"), v_, reply);
}

fm_status fm_size(fm_context *ctx, const fm_value *a, const fm_size_options *options,
                  fm_reply **reply) {
    fm_value v_[2];
    fm_size_options o_ = {0};
    FM_TYPED_OPTIONS("size", options, o_);
    v_[0] = *a;
    v_[1] = fm_option_ints(o_.axis);
    return fm_typed_reply(ctx, FM_TYPED_ROW("size"), v_, reply);
}

fm_status fm_broadcast_shapes(fm_context *ctx, const fm_broadcast_shapes_options *options,
                              fm_reply **reply) {
    fm_value v_[1];
    fm_broadcast_shapes_options o_ = {0};
    FM_TYPED_OPTIONS("broadcast_shapes", options, o_);
    v_[0] = fm_option_value(o_.args);
    return fm_typed_reply(ctx, FM_TYPED_ROW("broadcast_shapes"), v_, reply);
}

fm_status fm_result_type(fm_context *ctx, const fm_result_type_options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_result_type_options o_ = {0};
    FM_TYPED_OPTIONS("result_type", options, o_);
    v_[0] = fm_option_value(o_.arrays_and_dtypes);
    return fm_typed_reply(ctx, FM_TYPED_ROW("result_type"), v_, reply);
}

fm_status fm_common_type(fm_context *ctx, const fm_common_type_options *options, fm_reply **reply) {
    fm_value v_[1];
    fm_common_type_options o_ = {0};
    FM_TYPED_OPTIONS("common_type", options, o_);
    v_[0] = fm_option_value(o_.arrays);
    return fm_typed_reply(ctx, FM_TYPED_ROW("common_type"), v_, reply);
}

fm_status fm_min_scalar_type(fm_context *ctx, const fm_value *a, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *a;
    return fm_typed_reply(ctx, FM_TYPED_ROW("min_scalar_type"), v_, reply);
}

fm_status fm_issubdtype(fm_context *ctx, fm_dtype arg1, fm_dtype arg2, fm_reply **reply) {
    fm_value v_[2];
    v_[0] = fm_value_dtype(arg1);
    v_[1] = fm_value_dtype(arg2);
    return fm_typed_reply(ctx, FM_TYPED_ROW("issubdtype"), v_, reply);
}

fm_status fm_isdtype(fm_context *ctx, fm_dtype dtype, const fm_value *kind, fm_reply **reply) {
    fm_value v_[2];
    v_[0] = fm_value_dtype(dtype);
    v_[1] = *kind;
    return fm_typed_reply(ctx, FM_TYPED_ROW("isdtype"), v_, reply);
}

fm_status fm_mintypecode(fm_context *ctx, const fm_value *typechars,
                         const fm_mintypecode_options *options, fm_reply **reply) {
    fm_value v_[3];
    fm_mintypecode_options o_ = {0};
    FM_TYPED_OPTIONS("mintypecode", options, o_);
    v_[0] = *typechars;
    v_[1] = fm_option_string(o_.typeset);
    v_[2] = fm_option_string(o_.otherwise);
    return fm_typed_reply(ctx, FM_TYPED_ROW("mintypecode"), v_, reply);
}

fm_status fm_typename(fm_context *ctx, const char *code, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = fm_value_string(code);
    return fm_typed_reply(ctx, FM_TYPED_ROW("typename"), v_, reply);
}

fm_status fm_isscalar(fm_context *ctx, const fm_value *element, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *element;
    return fm_typed_reply(ctx, FM_TYPED_ROW("isscalar"), v_, reply);
}

fm_status fm_iterable(fm_context *ctx, const fm_value *y, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *y;
    return fm_typed_reply(ctx, FM_TYPED_ROW("iterable"), v_, reply);
}

fm_status fm_isfortran(fm_context *ctx, const fm_value *a, fm_reply **reply) {
    fm_value v_[1];
    v_[0] = *a;
    return fm_typed_reply(ctx, FM_TYPED_ROW("isfortran"), v_, reply);
}

fm_status fm_shares_memory(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                           const fm_shares_memory_options *options, fm_reply **reply) {
    fm_value v_[3];
    fm_shares_memory_options o_ = {0};
    FM_TYPED_OPTIONS("shares_memory", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_int(o_.max_work);
    return fm_typed_reply(ctx, FM_TYPED_ROW("shares_memory"), v_, reply);
}

fm_status fm_may_share_memory(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                              const fm_may_share_memory_options *options, fm_reply **reply) {
    fm_value v_[3];
    fm_may_share_memory_options o_ = {0};
    FM_TYPED_OPTIONS("may_share_memory", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_int(o_.max_work);
    return fm_typed_reply(ctx, FM_TYPED_ROW("may_share_memory"), v_, reply);
}

fm_status fm_iscomplexobj(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("iscomplexobj"), v_, slots_);
}

fm_status fm_isrealobj(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v_[1];
    fm_put_tensor(&v_[0], x);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isrealobj"), v_, slots_);
}

fm_status fm_allclose(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                      const fm_allclose_options *options, fm_reply **reply) {
    fm_value v_[5];
    fm_allclose_options o_ = {0};
    FM_TYPED_OPTIONS("allclose", options, o_);
    fm_put_tensor(&v_[0], a);
    fm_put_tensor(&v_[1], b);
    v_[2] = fm_option_tensor(o_.rtol);
    v_[3] = fm_option_tensor(o_.atol);
    v_[4] = fm_option_flag(o_.equal_nan);
    return fm_typed_reply(ctx, FM_TYPED_ROW("allclose"), v_, reply);
}

fm_status fm_array_equal(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2,
                         const fm_array_equal_options *options, fm_reply **reply) {
    fm_value v_[3];
    fm_array_equal_options o_ = {0};
    FM_TYPED_OPTIONS("array_equal", options, o_);
    fm_put_tensor(&v_[0], a1);
    fm_put_tensor(&v_[1], a2);
    v_[2] = fm_option_flag(o_.equal_nan);
    return fm_typed_reply(ctx, FM_TYPED_ROW("array_equal"), v_, reply);
}

fm_status fm_array_equiv(fm_context *ctx, const fm_tensor *a1, const fm_tensor *a2,
                         fm_reply **reply) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], a1);
    fm_put_tensor(&v_[1], a2);
    return fm_typed_reply(ctx, FM_TYPED_ROW("array_equiv"), v_, reply);
}

fm_status fm_apply_along_axis(fm_context *ctx, const fm_value *func1d, int64_t axis,
                              const fm_tensor *arr, const fm_apply_along_axis_options *options,
                              fm_tensor **out) {
    fm_value v_[4];
    fm_apply_along_axis_options o_ = {0};
    FM_TYPED_OPTIONS("apply_along_axis", options, o_);
    v_[0] = *func1d;
    v_[1] = fm_value_int(axis);
    fm_put_tensor(&v_[2], arr);
    v_[3] = fm_option_value(o_.args);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("apply_along_axis"), v_, slots_);
}

fm_status fm_apply_over_axes(fm_context *ctx, const fm_value *func, const fm_tensor *a, int naxes,
                             const int64_t *axes, fm_tensor **out) {
    fm_value v_[3];
    v_[0] = *func;
    fm_put_tensor(&v_[1], a);
    v_[2] = fm_value_ints(axes, naxes);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("apply_over_axes"), v_, slots_);
}

fm_status fm_fromfunction(fm_context *ctx, const fm_value *function, int nshape,
                          const int64_t *shape, const fm_fromfunction_options *options,
                          fm_tensor **out) {
    fm_value v_[3];
    fm_fromfunction_options o_ = {0};
    FM_TYPED_OPTIONS("fromfunction", options, o_);
    v_[0] = *function;
    v_[1] = fm_value_ints(shape, nshape);
    v_[2] = fm_option_dtype(o_.dtype);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fromfunction"), v_, slots_);
}

fm_status fm_piecewise(fm_context *ctx, const fm_tensor *x, const fm_value *condlist,
                       const fm_value *funclist, const fm_piecewise_options *options,
                       fm_tensor **out) {
    fm_value v_[4];
    fm_piecewise_options o_ = {0};
    FM_TYPED_OPTIONS("piecewise", options, o_);
    fm_put_tensor(&v_[0], x);
    v_[1] = *condlist;
    v_[2] = *funclist;
    v_[3] = fm_option_value(o_.args);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("piecewise"), v_, slots_);
}

fm_status fm_as_symmetric(fm_context *ctx, const fm_tensor *data, const fm_value *symmetry,
                          fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], data);
    v_[1] = *symmetry;
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("as_symmetric"), v_, slots_);
}

fm_status fm_is_symmetric(fm_context *ctx, const fm_tensor *data,
                          const fm_is_symmetric_options *options, fm_reply **reply) {
    fm_value v_[4];
    fm_is_symmetric_options o_ = {0};
    FM_TYPED_OPTIONS("is_symmetric", options, o_);
    fm_put_tensor(&v_[0], data);
    v_[1] = fm_option_value(o_.symmetry);
    v_[2] = fm_option_float(o_.rtol);
    v_[3] = fm_option_float(o_.atol);
    return fm_typed_reply(ctx, FM_TYPED_ROW("is_symmetric"), v_, reply);
}

fm_status fm_random_symmetric(fm_context *ctx, int nshape, const int64_t *shape,
                              const fm_value *symmetry, const fm_random_symmetric_options *options,
                              fm_tensor **out) {
    fm_value v_[3];
    fm_random_symmetric_options o_ = {0};
    FM_TYPED_OPTIONS("random.symmetric", options, o_);
    v_[0] = fm_value_ints(shape, nshape);
    v_[1] = *symmetry;
    v_[2] = fm_option_value(o_.distribution);
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.symmetric"), v_, slots_);
}

fm_status fm_symmetrize(fm_context *ctx, const fm_tensor *data, const fm_value *symmetry,
                        fm_tensor **out) {
    fm_value v_[2];
    fm_put_tensor(&v_[0], data);
    v_[1] = *symmetry;
    fm_tensor **const slots_[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("symmetrize"), v_, slots_);
}
