/* The typed functions: each fills the values of its row and enters the corridor;
   written from the rows by scripts/typed. */
#include "call/typed.h"

#include <flopmeter/ops.h>

fm_status fm_transpose(fm_context *ctx, const fm_tensor *a, const fm_transpose_options *options,
                       fm_tensor **out) {
    fm_value v[2];
    fm_transpose_options o = {0};
    FM_TYPED_OPTIONS("transpose", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axes);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("transpose"), v, slots);
}

fm_status fm_swapaxes(fm_context *ctx, const fm_tensor *a, int64_t axis1, int64_t axis2,
                      fm_tensor **out) {
    fm_value v[3];
    fm_put_tensor(&v[0], a);
    v[1] = fm_value_int(axis1);
    v[2] = fm_value_int(axis2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("swapaxes"), v, slots);
}

fm_status fm_moveaxis(fm_context *ctx, const fm_tensor *a, int nsource, const int64_t *source,
                      int ndestination, const int64_t *destination, fm_tensor **out) {
    fm_value v[3];
    fm_put_tensor(&v[0], a);
    v[1] = fm_value_ints(source, nsource);
    v[2] = fm_value_ints(destination, ndestination);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("moveaxis"), v, slots);
}

fm_status fm_reshape(fm_context *ctx, const fm_tensor *a, int nshape, const int64_t *shape,
                     fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], a);
    v[1] = fm_value_ints(shape, nshape);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("reshape"), v, slots);
}

fm_status fm_ravel(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], a);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ravel"), v, slots);
}

fm_status fm_expand_dims(fm_context *ctx, const fm_tensor *a, int naxis, const int64_t *axis,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], a);
    v[1] = fm_value_ints(axis, naxis);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("expand_dims"), v, slots);
}

fm_status fm_squeeze(fm_context *ctx, const fm_tensor *a, const fm_squeeze_options *options,
                     fm_tensor **out) {
    fm_value v[2];
    fm_squeeze_options o = {0};
    FM_TYPED_OPTIONS("squeeze", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("squeeze"), v, slots);
}

fm_status fm_broadcast_to(fm_context *ctx, const fm_tensor *array, int nshape, const int64_t *shape,
                          fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], array);
    v[1] = fm_value_ints(shape, nshape);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("broadcast_to"), v, slots);
}

fm_status fm_flip(fm_context *ctx, const fm_tensor *m, const fm_flip_options *options,
                  fm_tensor **out) {
    fm_value v[2];
    fm_flip_options o = {0};
    FM_TYPED_OPTIONS("flip", options, o);
    fm_put_tensor(&v[0], m);
    v[1] = fm_option_ints(o.axis);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("flip"), v, slots);
}

fm_status fm_diagonal(fm_context *ctx, const fm_tensor *a, const fm_diagonal_options *options,
                      fm_tensor **out) {
    fm_value v[4];
    fm_diagonal_options o = {0};
    FM_TYPED_OPTIONS("diagonal", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_int(o.offset);
    v[2] = fm_option_int(o.axis1);
    v[3] = fm_option_int(o.axis2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("diagonal"), v, slots);
}

fm_status fm_getitem(fm_context *ctx, const fm_tensor *a, int nstart, const int64_t *start,
                     int nstop, const int64_t *stop, const fm_getitem_options *options,
                     fm_tensor **out) {
    fm_value v[4];
    fm_getitem_options o = {0};
    FM_TYPED_OPTIONS("getitem", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_value_ints(start, nstart);
    v[2] = fm_value_ints(stop, nstop);
    v[3] = fm_option_ints(o.step);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("getitem"), v, slots);
}

fm_status fm_negative(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("negative"), v, slots);
}

fm_status fm_positive(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("positive"), v, slots);
}

fm_status fm_absolute(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("absolute"), v, slots);
}

fm_status fm_fabs(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fabs"), v, slots);
}

fm_status fm_sign(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sign"), v, slots);
}

fm_status fm_square(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("square"), v, slots);
}

fm_status fm_sqrt(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sqrt"), v, slots);
}

fm_status fm_cbrt(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cbrt"), v, slots);
}

fm_status fm_reciprocal(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("reciprocal"), v, slots);
}

fm_status fm_exp(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("exp"), v, slots);
}

fm_status fm_exp2(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("exp2"), v, slots);
}

fm_status fm_expm1(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("expm1"), v, slots);
}

fm_status fm_log(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log"), v, slots);
}

fm_status fm_log2(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log2"), v, slots);
}

fm_status fm_log10(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log10"), v, slots);
}

fm_status fm_log1p(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("log1p"), v, slots);
}

fm_status fm_sin(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sin"), v, slots);
}

fm_status fm_cos(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cos"), v, slots);
}

fm_status fm_tan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tan"), v, slots);
}

fm_status fm_arcsin(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arcsin"), v, slots);
}

fm_status fm_arccos(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arccos"), v, slots);
}

fm_status fm_arctan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctan"), v, slots);
}

fm_status fm_sinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sinh"), v, slots);
}

fm_status fm_cosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("cosh"), v, slots);
}

fm_status fm_tanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tanh"), v, slots);
}

fm_status fm_arcsinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arcsinh"), v, slots);
}

fm_status fm_arccosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arccosh"), v, slots);
}

fm_status fm_arctanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctanh"), v, slots);
}

fm_status fm_floor(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("floor"), v, slots);
}

fm_status fm_ceil(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ceil"), v, slots);
}

fm_status fm_trunc(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("trunc"), v, slots);
}

fm_status fm_rint(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("rint"), v, slots);
}

fm_status fm_isnan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isnan"), v, slots);
}

fm_status fm_isinf(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isinf"), v, slots);
}

fm_status fm_isfinite(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("isfinite"), v, slots);
}

fm_status fm_signbit(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("signbit"), v, slots);
}

fm_status fm_logical_not(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_not"), v, slots);
}

fm_status fm_invert(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("invert"), v, slots);
}

fm_status fm_conjugate(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("conjugate"), v, slots);
}

fm_status fm_deg2rad(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("deg2rad"), v, slots);
}

fm_status fm_rad2deg(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("rad2deg"), v, slots);
}

fm_status fm_real(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("real"), v, slots);
}

fm_status fm_imag(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("imag"), v, slots);
}

fm_status fm_angle(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("angle"), v, slots);
}

fm_status fm_abs(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("abs"), v, slots);
}

fm_status fm_asin(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("asin"), v, slots);
}

fm_status fm_acos(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("acos"), v, slots);
}

fm_status fm_atan(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atan"), v, slots);
}

fm_status fm_asinh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("asinh"), v, slots);
}

fm_status fm_acosh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("acosh"), v, slots);
}

fm_status fm_atanh(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atanh"), v, slots);
}

fm_status fm_bitwise_not(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_not"), v, slots);
}

fm_status fm_bitwise_invert(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_invert"), v, slots);
}

fm_status fm_conj(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("conj"), v, slots);
}

fm_status fm_radians(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("radians"), v, slots);
}

fm_status fm_degrees(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], x);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("degrees"), v, slots);
}

fm_status fm_add(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("add"), v, slots);
}

fm_status fm_add_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("add"), v, slots);
}

fm_status fm_subtract(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("subtract"), v, slots);
}

fm_status fm_subtract_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("subtract"), v, slots);
}

fm_status fm_multiply(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("multiply"), v, slots);
}

fm_status fm_multiply_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("multiply"), v, slots);
}

fm_status fm_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("divide"), v, slots);
}

fm_status fm_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("divide"), v, slots);
}

fm_status fm_floor_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                          fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("floor_divide"), v, slots);
}

fm_status fm_floor_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                 fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("floor_divide"), v, slots);
}

fm_status fm_remainder(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("remainder"), v, slots);
}

fm_status fm_remainder_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("remainder"), v, slots);
}

fm_status fm_fmod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmod"), v, slots);
}

fm_status fm_fmod_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmod"), v, slots);
}

fm_status fm_power(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("power"), v, slots);
}

fm_status fm_power_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("power"), v, slots);
}

fm_status fm_float_power(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("float_power"), v, slots);
}

fm_status fm_float_power_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("float_power"), v, slots);
}

fm_status fm_arctan2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctan2"), v, slots);
}

fm_status fm_arctan2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arctan2"), v, slots);
}

fm_status fm_hypot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hypot"), v, slots);
}

fm_status fm_hypot_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("hypot"), v, slots);
}

fm_status fm_logaddexp(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp"), v, slots);
}

fm_status fm_logaddexp_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp"), v, slots);
}

fm_status fm_logaddexp2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp2"), v, slots);
}

fm_status fm_logaddexp2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logaddexp2"), v, slots);
}

fm_status fm_copysign(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("copysign"), v, slots);
}

fm_status fm_copysign_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("copysign"), v, slots);
}

fm_status fm_nextafter(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nextafter"), v, slots);
}

fm_status fm_nextafter_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("nextafter"), v, slots);
}

fm_status fm_heaviside(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("heaviside"), v, slots);
}

fm_status fm_heaviside_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("heaviside"), v, slots);
}

fm_status fm_maximum(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("maximum"), v, slots);
}

fm_status fm_maximum_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("maximum"), v, slots);
}

fm_status fm_minimum(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("minimum"), v, slots);
}

fm_status fm_minimum_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("minimum"), v, slots);
}

fm_status fm_fmax(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmax"), v, slots);
}

fm_status fm_fmax_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmax"), v, slots);
}

fm_status fm_fmin(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmin"), v, slots);
}

fm_status fm_fmin_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("fmin"), v, slots);
}

fm_status fm_greater(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater"), v, slots);
}

fm_status fm_greater_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater"), v, slots);
}

fm_status fm_greater_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                           fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater_equal"), v, slots);
}

fm_status fm_greater_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                  fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("greater_equal"), v, slots);
}

fm_status fm_less(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less"), v, slots);
}

fm_status fm_less_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less"), v, slots);
}

fm_status fm_less_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less_equal"), v, slots);
}

fm_status fm_less_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("less_equal"), v, slots);
}

fm_status fm_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("equal"), v, slots);
}

fm_status fm_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("equal"), v, slots);
}

fm_status fm_not_equal(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("not_equal"), v, slots);
}

fm_status fm_not_equal_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("not_equal"), v, slots);
}

fm_status fm_logical_and(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_and"), v, slots);
}

fm_status fm_logical_and_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_and"), v, slots);
}

fm_status fm_logical_or(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_or"), v, slots);
}

fm_status fm_logical_or_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_or"), v, slots);
}

fm_status fm_logical_xor(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_xor"), v, slots);
}

fm_status fm_logical_xor_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("logical_xor"), v, slots);
}

fm_status fm_bitwise_and(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_and"), v, slots);
}

fm_status fm_bitwise_and_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_and"), v, slots);
}

fm_status fm_bitwise_or(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_or"), v, slots);
}

fm_status fm_bitwise_or_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_or"), v, slots);
}

fm_status fm_bitwise_xor(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_xor"), v, slots);
}

fm_status fm_bitwise_xor_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_xor"), v, slots);
}

fm_status fm_left_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                        fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("left_shift"), v, slots);
}

fm_status fm_left_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                               fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("left_shift"), v, slots);
}

fm_status fm_right_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("right_shift"), v, slots);
}

fm_status fm_right_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("right_shift"), v, slots);
}

fm_status fm_gcd(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("gcd"), v, slots);
}

fm_status fm_gcd_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("gcd"), v, slots);
}

fm_status fm_lcm(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("lcm"), v, slots);
}

fm_status fm_lcm_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("lcm"), v, slots);
}

fm_status fm_true_divide(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                         fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("true_divide"), v, slots);
}

fm_status fm_true_divide_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("true_divide"), v, slots);
}

fm_status fm_mod(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("mod"), v, slots);
}

fm_status fm_mod_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("mod"), v, slots);
}

fm_status fm_pow(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("pow"), v, slots);
}

fm_status fm_pow_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("pow"), v, slots);
}

fm_status fm_atan2(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atan2"), v, slots);
}

fm_status fm_atan2_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2, fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("atan2"), v, slots);
}

fm_status fm_bitwise_left_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_left_shift"), v, slots);
}

fm_status fm_bitwise_left_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                       fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_left_shift"), v, slots);
}

fm_status fm_bitwise_right_shift(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                 fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_right_shift"), v, slots);
}

fm_status fm_bitwise_right_shift_scalar(fm_context *ctx, const fm_tensor *x1, fm_scalar x2,
                                        fm_tensor **out) {
    fm_value v[2] = {{FM_VALUE_UNSET, 0, {0}}};
    v[0] = fm_value_tensor(x1);
    v[1] = fm_value_scalar(x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("bitwise_right_shift"), v, slots);
}

fm_status fm_where(fm_context *ctx, const fm_tensor *condition, const fm_tensor *x,
                   const fm_tensor *y, fm_tensor **out) {
    fm_value v[3];
    fm_put_tensor(&v[0], condition);
    fm_put_tensor(&v[1], x);
    fm_put_tensor(&v[2], y);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("where"), v, slots);
}

fm_status fm_clip(fm_context *ctx, const fm_tensor *a, const fm_clip_options *options,
                  fm_tensor **out) {
    fm_value v[3];
    fm_clip_options o = {0};
    FM_TYPED_OPTIONS("clip", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_tensor(o.a_min);
    v[2] = fm_option_tensor(o.a_max);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("clip"), v, slots);
}

fm_status fm_astype(fm_context *ctx, const fm_tensor *x, fm_dtype dtype,
                    const fm_astype_options *options, fm_tensor **out) {
    fm_value v[3];
    fm_astype_options o = {0};
    FM_TYPED_OPTIONS("astype", options, o);
    fm_put_tensor(&v[0], x);
    v[1] = fm_value_dtype(dtype);
    v[2] = fm_option_flag(o.copy);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("astype"), v, slots);
}

fm_status fm_copy(fm_context *ctx, const fm_tensor *a, fm_tensor **out) {
    fm_value v[1];
    fm_put_tensor(&v[0], a);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("copy"), v, slots);
}

fm_status fm_zeros(fm_context *ctx, int nshape, const int64_t *shape,
                   const fm_zeros_options *options, fm_tensor **out) {
    fm_value v[2];
    fm_zeros_options o = {0};
    FM_TYPED_OPTIONS("zeros", options, o);
    v[0] = fm_value_ints(shape, nshape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("zeros"), v, slots);
}

fm_status fm_ones(fm_context *ctx, int nshape, const int64_t *shape, const fm_ones_options *options,
                  fm_tensor **out) {
    fm_value v[2];
    fm_ones_options o = {0};
    FM_TYPED_OPTIONS("ones", options, o);
    v[0] = fm_value_ints(shape, nshape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ones"), v, slots);
}

fm_status fm_empty(fm_context *ctx, int nshape, const int64_t *shape,
                   const fm_empty_options *options, fm_tensor **out) {
    fm_value v[2];
    fm_empty_options o = {0};
    FM_TYPED_OPTIONS("empty", options, o);
    v[0] = fm_value_ints(shape, nshape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("empty"), v, slots);
}

fm_status fm_zeros_like(fm_context *ctx, const fm_tensor *a, const fm_zeros_like_options *options,
                        fm_tensor **out) {
    fm_value v[3];
    fm_zeros_like_options o = {0};
    FM_TYPED_OPTIONS("zeros_like", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_dtype(o.dtype);
    v[2] = fm_option_ints(o.shape);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("zeros_like"), v, slots);
}

fm_status fm_ones_like(fm_context *ctx, const fm_tensor *a, const fm_ones_like_options *options,
                       fm_tensor **out) {
    fm_value v[3];
    fm_ones_like_options o = {0};
    FM_TYPED_OPTIONS("ones_like", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_dtype(o.dtype);
    v[2] = fm_option_ints(o.shape);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ones_like"), v, slots);
}

fm_status fm_empty_like(fm_context *ctx, const fm_tensor *a, const fm_empty_like_options *options,
                        fm_tensor **out) {
    fm_value v[3];
    fm_empty_like_options o = {0};
    FM_TYPED_OPTIONS("empty_like", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_dtype(o.dtype);
    v[2] = fm_option_ints(o.shape);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("empty_like"), v, slots);
}

fm_status fm_full(fm_context *ctx, int nshape, const int64_t *shape, const fm_tensor *fill_value,
                  const fm_full_options *options, fm_tensor **out) {
    fm_value v[3];
    fm_full_options o = {0};
    FM_TYPED_OPTIONS("full", options, o);
    v[0] = fm_value_ints(shape, nshape);
    fm_put_tensor(&v[1], fill_value);
    v[2] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("full"), v, slots);
}

fm_status fm_full_like(fm_context *ctx, const fm_tensor *a, const fm_tensor *fill_value,
                       const fm_full_like_options *options, fm_tensor **out) {
    fm_value v[4];
    fm_full_like_options o = {0};
    FM_TYPED_OPTIONS("full_like", options, o);
    fm_put_tensor(&v[0], a);
    fm_put_tensor(&v[1], fill_value);
    v[2] = fm_option_dtype(o.dtype);
    v[3] = fm_option_ints(o.shape);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("full_like"), v, slots);
}

fm_status fm_arange(fm_context *ctx, double start, const fm_arange_options *options,
                    fm_tensor **out) {
    fm_value v[4];
    fm_arange_options o = {0};
    FM_TYPED_OPTIONS("arange", options, o);
    v[0] = fm_value_float(start);
    v[1] = fm_option_float(o.stop);
    v[2] = fm_option_float(o.step);
    v[3] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("arange"), v, slots);
}

fm_status fm_eye(fm_context *ctx, int64_t N, const fm_eye_options *options, fm_tensor **out) {
    fm_value v[4];
    fm_eye_options o = {0};
    FM_TYPED_OPTIONS("eye", options, o);
    v[0] = fm_value_int(N);
    v[1] = fm_option_int(o.M);
    v[2] = fm_option_int(o.k);
    v[3] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("eye"), v, slots);
}

fm_status fm_identity(fm_context *ctx, int64_t n, const fm_identity_options *options,
                      fm_tensor **out) {
    fm_value v[2];
    fm_identity_options o = {0};
    FM_TYPED_OPTIONS("identity", options, o);
    v[0] = fm_value_int(n);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("identity"), v, slots);
}

fm_status fm_sum(fm_context *ctx, const fm_tensor *a, const fm_sum_options *options,
                 fm_tensor **out) {
    fm_value v[4];
    fm_sum_options o = {0};
    FM_TYPED_OPTIONS("sum", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_dtype(o.dtype);
    v[3] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("sum"), v, slots);
}

fm_status fm_prod(fm_context *ctx, const fm_tensor *a, const fm_prod_options *options,
                  fm_tensor **out) {
    fm_value v[4];
    fm_prod_options o = {0};
    FM_TYPED_OPTIONS("prod", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_dtype(o.dtype);
    v[3] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("prod"), v, slots);
}

fm_status fm_mean(fm_context *ctx, const fm_tensor *a, const fm_mean_options *options,
                  fm_tensor **out) {
    fm_value v[4];
    fm_mean_options o = {0};
    FM_TYPED_OPTIONS("mean", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_dtype(o.dtype);
    v[3] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("mean"), v, slots);
}

fm_status fm_max(fm_context *ctx, const fm_tensor *a, const fm_max_options *options,
                 fm_tensor **out) {
    fm_value v[3];
    fm_max_options o = {0};
    FM_TYPED_OPTIONS("max", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("max"), v, slots);
}

fm_status fm_amax(fm_context *ctx, const fm_tensor *a, const fm_amax_options *options,
                  fm_tensor **out) {
    fm_value v[3];
    fm_amax_options o = {0};
    FM_TYPED_OPTIONS("amax", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("amax"), v, slots);
}

fm_status fm_min(fm_context *ctx, const fm_tensor *a, const fm_min_options *options,
                 fm_tensor **out) {
    fm_value v[3];
    fm_min_options o = {0};
    FM_TYPED_OPTIONS("min", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("min"), v, slots);
}

fm_status fm_amin(fm_context *ctx, const fm_tensor *a, const fm_amin_options *options,
                  fm_tensor **out) {
    fm_value v[3];
    fm_amin_options o = {0};
    FM_TYPED_OPTIONS("amin", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("amin"), v, slots);
}

fm_status fm_any(fm_context *ctx, const fm_tensor *a, const fm_any_options *options,
                 fm_tensor **out) {
    fm_value v[3];
    fm_any_options o = {0};
    FM_TYPED_OPTIONS("any", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("any"), v, slots);
}

fm_status fm_all(fm_context *ctx, const fm_tensor *a, const fm_all_options *options,
                 fm_tensor **out) {
    fm_value v[3];
    fm_all_options o = {0};
    FM_TYPED_OPTIONS("all", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("all"), v, slots);
}

fm_status fm_argmax(fm_context *ctx, const fm_tensor *a, const fm_argmax_options *options,
                    fm_tensor **out) {
    fm_value v[3];
    fm_argmax_options o = {0};
    FM_TYPED_OPTIONS("argmax", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argmax"), v, slots);
}

fm_status fm_argmin(fm_context *ctx, const fm_tensor *a, const fm_argmin_options *options,
                    fm_tensor **out) {
    fm_value v[3];
    fm_argmin_options o = {0};
    FM_TYPED_OPTIONS("argmin", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("argmin"), v, slots);
}

fm_status fm_matmul(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("matmul"), v, slots);
}

fm_status fm_dot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], a);
    fm_put_tensor(&v[1], b);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("dot"), v, slots);
}

fm_status fm_inner(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], a);
    fm_put_tensor(&v[1], b);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("inner"), v, slots);
}

fm_status fm_outer(fm_context *ctx, const fm_tensor *a, const fm_tensor *b, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], a);
    fm_put_tensor(&v[1], b);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("outer"), v, slots);
}

fm_status fm_vecdot(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2, fm_tensor **out) {
    fm_value v[2];
    fm_put_tensor(&v[0], x1);
    fm_put_tensor(&v[1], x2);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("vecdot"), v, slots);
}

fm_status fm_tensordot(fm_context *ctx, const fm_tensor *a, const fm_tensor *b,
                       const fm_tensordot_options *options, fm_tensor **out) {
    fm_value v[3];
    fm_tensordot_options o = {0};
    FM_TYPED_OPTIONS("tensordot", options, o);
    fm_put_tensor(&v[0], a);
    fm_put_tensor(&v[1], b);
    v[2] = fm_option_ints(o.axes);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("tensordot"), v, slots);
}

fm_status fm_einsum(fm_context *ctx, const char *subscripts, const fm_tensor *const *operands,
                    int noperands, fm_tensor **out) {
    fm_value v[2];
    v[0] = fm_value_string(subscripts);
    v[1] = fm_value_tensors(operands, noperands);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("einsum"), v, slots);
}

fm_status fm_concatenate(fm_context *ctx, const fm_tensor *const *arrays, int narrays,
                         const fm_concatenate_options *options, fm_tensor **out) {
    fm_value v[3];
    fm_concatenate_options o = {0};
    FM_TYPED_OPTIONS("concatenate", options, o);
    v[0] = fm_value_tensors(arrays, narrays);
    v[1] = fm_option_int(o.axis);
    v[2] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("concatenate"), v, slots);
}

fm_status fm_concat(fm_context *ctx, const fm_tensor *const *arrays, int narrays,
                    const fm_concat_options *options, fm_tensor **out) {
    fm_value v[3];
    fm_concat_options o = {0};
    FM_TYPED_OPTIONS("concat", options, o);
    v[0] = fm_value_tensors(arrays, narrays);
    v[1] = fm_option_int(o.axis);
    v[2] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("concat"), v, slots);
}

fm_status fm_random_random(fm_context *ctx, const fm_random_random_options *options,
                           fm_tensor **out) {
    fm_value v[2];
    fm_random_random_options o = {0};
    FM_TYPED_OPTIONS("random.random", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.random"), v, slots);
}

fm_status fm_random_random_sample(fm_context *ctx, const fm_random_random_sample_options *options,
                                  fm_tensor **out) {
    fm_value v[2];
    fm_random_random_sample_options o = {0};
    FM_TYPED_OPTIONS("random.random_sample", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.random_sample"), v, slots);
}

fm_status fm_random_rand(fm_context *ctx, const fm_random_rand_options *options, fm_tensor **out) {
    fm_value v[2];
    fm_random_rand_options o = {0};
    FM_TYPED_OPTIONS("random.rand", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.rand"), v, slots);
}

fm_status fm_random_ranf(fm_context *ctx, const fm_random_ranf_options *options, fm_tensor **out) {
    fm_value v[2];
    fm_random_ranf_options o = {0};
    FM_TYPED_OPTIONS("random.ranf", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.ranf"), v, slots);
}

fm_status fm_random_sample(fm_context *ctx, const fm_random_sample_options *options,
                           fm_tensor **out) {
    fm_value v[2];
    fm_random_sample_options o = {0};
    FM_TYPED_OPTIONS("random.sample", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.sample"), v, slots);
}

fm_status fm_random_randn(fm_context *ctx, const fm_random_randn_options *options,
                          fm_tensor **out) {
    fm_value v[2];
    fm_random_randn_options o = {0};
    FM_TYPED_OPTIONS("random.randn", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.randn"), v, slots);
}

fm_status fm_random_standard_normal(fm_context *ctx,
                                    const fm_random_standard_normal_options *options,
                                    fm_tensor **out) {
    fm_value v[2];
    fm_random_standard_normal_options o = {0};
    FM_TYPED_OPTIONS("random.standard_normal", options, o);
    v[0] = fm_option_ints(o.shape);
    v[1] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.standard_normal"), v, slots);
}

fm_status fm_random_uniform(fm_context *ctx, const fm_random_uniform_options *options,
                            fm_tensor **out) {
    fm_value v[4];
    fm_random_uniform_options o = {0};
    FM_TYPED_OPTIONS("random.uniform", options, o);
    v[0] = fm_option_float(o.low);
    v[1] = fm_option_float(o.high);
    v[2] = fm_option_ints(o.shape);
    v[3] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.uniform"), v, slots);
}

fm_status fm_random_normal(fm_context *ctx, const fm_random_normal_options *options,
                           fm_tensor **out) {
    fm_value v[4];
    fm_random_normal_options o = {0};
    FM_TYPED_OPTIONS("random.normal", options, o);
    v[0] = fm_option_float(o.loc);
    v[1] = fm_option_float(o.scale);
    v[2] = fm_option_ints(o.shape);
    v[3] = fm_option_dtype(o.dtype);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("random.normal"), v, slots);
}

fm_status fm_ptp(fm_context *ctx, const fm_tensor *a, const fm_ptp_options *options,
                 fm_tensor **out) {
    fm_value v[3];
    fm_ptp_options o = {0};
    FM_TYPED_OPTIONS("ptp", options, o);
    fm_put_tensor(&v[0], a);
    v[1] = fm_option_ints(o.axis);
    v[2] = fm_option_flag(o.keepdims);
    fm_tensor **const slots[] = {out};
    return fm_corridor(ctx, FM_TYPED_ROW("ptp"), v, slots);
}
