/* The typed functions, called with the values of a made call. */
#include "run.h"

#include <string.h>

typedef fm_status (*unary_function)(fm_context *, const fm_tensor *, fm_tensor **);
typedef fm_status (*binary_function)(fm_context *, const fm_tensor *, const fm_tensor *,
                                     fm_tensor **);
typedef fm_status (*scalar_function)(fm_context *, const fm_tensor *, fm_scalar, fm_tensor **);

/* Functions of one operand and options, with the defaults. */
#define WITH_DEFAULTS(op)                                                                          \
    static fm_status op##_by_default(fm_context *ctx, const fm_tensor *x, fm_tensor **out) {       \
        return fm_##op(ctx, x, NULL, out);                                                         \
    }
WITH_DEFAULTS(angle)
WITH_DEFAULTS(ravel)
WITH_DEFAULTS(copy)

static fm_status vecdot_by_default(fm_context *ctx, const fm_tensor *x1, const fm_tensor *x2,
                                   fm_tensor **out) {
    return fm_vecdot(ctx, x1, x2, NULL, out);
}

static const struct {
    const char *name;
    unary_function call;
} unary[] = {
#define fm_angle                      angle_by_default
#define FM_UNARY(id, ...)             {#id, fm_##id},
#define FM_UNARY_ALIAS(name, id, ...) {#name, fm_##name},
#include "ops/unary.def"
#undef FM_UNARY
#undef fm_angle
    {"ravel", ravel_by_default},
    {"copy", copy_by_default},
    {"nn.relu", fm_nn_relu},
};

static const struct {
    const char *name;
    binary_function call;
    scalar_function with_number;
} binary[] = {
#define FM_BINARY(id, ...)             {#id, fm_##id, fm_##id##_scalar},
#define FM_BINARY_ALIAS(name, id, ...) {#name, fm_##name, fm_##name##_scalar},
#include "ops/binary.def"
#undef FM_BINARY
    {"matmul", fm_matmul, NULL},         {"dot", fm_dot, NULL},
    {"inner", fm_inner, NULL},           {"outer", fm_outer, NULL},
    {"vecdot", vecdot_by_default, NULL}, {"nn.relu_backward", fm_nn_relu_backward, NULL},
};

static fm_opt_ints ints_of(const fm_value *v) {
    if (v->kind == FM_VALUE_INTS) return (fm_opt_ints)FM_OPT_INTS((int)v->count, v->as.ints);
    return (fm_opt_ints){v->kind == FM_VALUE_NONE ? FM_GIVEN_NONE : FM_NOT_GIVEN, 0, NULL};
}

static fm_dtype dtype_of(const fm_value *v) {
    return v->kind == FM_VALUE_DTYPE ? v->as.dtype : FM_DTYPE_NONE;
}

static fm_flag flag_of(const fm_value *v) {
    return v->kind == FM_VALUE_UNSET ? FM_FLAG_DEFAULT : v->as.i ? FM_FLAG_YES : FM_FLAG_NO;
}

static bool reduce(fm_context *ctx, const char *name, const fm_value *v, fm_tensor **out,
                   fm_status *status) {
#define WITH_DTYPE(op)                                                                             \
    if (!strcmp(name, #op)) {                                                                      \
        fm_##op##_options o = {.size = sizeof o,                                                   \
                               .axis = ints_of(&v[1]),                                             \
                               .dtype = dtype_of(&v[2]),                                           \
                               .keepdims = flag_of(&v[3])};                                        \
        *status = fm_##op(ctx, v[0].as.tensor, &o, out);                                           \
        return true;                                                                               \
    }
#define WITHOUT_DTYPE(op)                                                                          \
    if (!strcmp(name, #op)) {                                                                      \
        fm_##op##_options o = {                                                                    \
            .size = sizeof o, .axis = ints_of(&v[1]), .keepdims = flag_of(&v[2])};                 \
        *status = fm_##op(ctx, v[0].as.tensor, &o, out);                                           \
        return true;                                                                               \
    }
    WITH_DTYPE(sum)
    WITH_DTYPE(prod)
    WITH_DTYPE(mean)
    WITHOUT_DTYPE(max)
    WITHOUT_DTYPE(min)
    WITHOUT_DTYPE(amax)
    WITHOUT_DTYPE(amin)
    WITHOUT_DTYPE(any)
    WITHOUT_DTYPE(all)
    WITHOUT_DTYPE(argmax)
    WITHOUT_DTYPE(argmin)
#undef WITH_DTYPE
#undef WITHOUT_DTYPE
    return false;
}

static bool draw(fm_context *ctx, const char *name, const fm_value *v, fm_tensor **out,
                 fm_status *status) {
#define STANDARD(op)                                                                               \
    if (!strcmp(name, "random." #op)) {                                                            \
        fm_random_##op##_options o = {sizeof o, ints_of(&v[0]), dtype_of(&v[1])};                  \
        *status = fm_random_##op(ctx, &o, out);                                                    \
        return true;                                                                               \
    }
#define SCALED(op)                                                                                 \
    if (!strcmp(name, "random." #op)) {                                                            \
        fm_random_##op##_options o = {sizeof o, FM_OPT(v[0].as.f), FM_OPT(v[1].as.f),              \
                                      ints_of(&v[2]), dtype_of(&v[3])};                            \
        *status = fm_random_##op(ctx, &o, out);                                                    \
        return true;                                                                               \
    }
    STANDARD(random)
    STANDARD(random_sample)
    STANDARD(rand)
    STANDARD(ranf)
    STANDARD(sample)
    STANDARD(randn)
    STANDARD(standard_normal)
    SCALED(uniform)
    SCALED(normal)
#undef STANDARD
#undef SCALED
    return false;
}

static bool layer(fm_context *ctx, const char *name, const fm_value *v, fm_tensor **out,
                  fm_status *status) {
#define T(n) (v[n].kind == FM_VALUE_TENSOR ? v[n].as.tensor : NULL)
#define W(n) ((fm_tensor *)(uintptr_t)T(n))
#define A(n) (v[n].kind == FM_VALUE_STRING || v[n].as.i ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE)
#define R(n) (v[n].kind == FM_VALUE_STRING || v[n].as.i ? FM_REDUCTION_SUM : FM_REDUCTION_MEAN)
#define CALL(op, ...)                                                                              \
    if (!strcmp(name, "nn." #op)) {                                                                \
        *status = fm_nn_##op(ctx, __VA_ARGS__);                                                    \
        return true;                                                                               \
    }
    const fm_sgd_options sgd = {sizeof sgd, v[3].as.f, v[4].as.f, v[5].as.f, v[6].as.i != 0};
    const fm_adam_options adam = {sizeof adam, v[4].as.f, v[5].as.f, v[6].as.f,
                                  v[7].as.f,   v[8].as.f, v[9].as.i};
    CALL(linear, T(0), T(1), T(2), A(3), out)
    CALL(linear_backward, T(0), T(1), T(2), T(3), A(4), v[5].as.i ? &out[0] : NULL,
         v[6].as.i ? &out[1] : NULL, v[7].as.i ? &out[2] : NULL)
    CALL(linear_backward_sgd, T(0), T(1), W(2), W(3), T(4), A(5), v[6].as.f,
         v[7].as.i ? &out[0] : NULL)
    CALL(softmax_cross_entropy, T(0), T(1), R(2), &out[0], &out[1])
    CALL(softmax_cross_entropy_backward, T(0), T(1), R(2), out)
    CALL(sgd, W(0), T(1), W(2), &sgd)
    CALL(adam, W(0), T(1), W(2), W(3), &adam)
#undef CALL
#undef T
#undef W
#undef A
#undef R
    return false;
}

static bool other(fm_context *ctx, const char *name, const fm_value *v, fm_tensor **out,
                  fm_status *status) {
    const fm_tensor *a = v[0].as.tensor;
    if (!strcmp(name, "where")) {
        *status = fm_where(ctx, a, v[1].as.tensor, v[2].as.tensor, out);
    } else if (!strcmp(name, "transpose")) {
        fm_transpose_options o = {sizeof o, ints_of(&v[1])};
        *status = fm_transpose(ctx, a, &o, out);
    } else if (!strcmp(name, "reshape")) {
        *status = fm_reshape(ctx, a, (int)v[1].count, v[1].as.ints, NULL, out);
    } else if (!strcmp(name, "broadcast_to")) {
        *status = fm_broadcast_to(ctx, a, (int)v[1].count, v[1].as.ints, out);
    } else if (!strcmp(name, "concatenate")) {
        fm_concatenate_options o = {
            .size = sizeof o, .axis = FM_OPT(v[1].as.i), .dtype = dtype_of(&v[2])};
        *status = fm_concatenate(ctx, v[0].as.tensors, (int)v[0].count, &o, out);
    } else if (!strcmp(name, "einsum")) {
        *status = fm_einsum(ctx, v[0].as.string, v[1].as.tensors, (int)v[1].count, NULL, out);
    } else if (!strcmp(name, "zeros")) {
        fm_zeros_options o = {.size = sizeof o, .dtype = dtype_of(&v[1])};
        *status = fm_zeros(ctx, (int)v[0].count, v[0].as.ints, &o, out);
    } else if (!strcmp(name, "ones")) {
        fm_ones_options o = {.size = sizeof o, .dtype = dtype_of(&v[1])};
        *status = fm_ones(ctx, (int)v[0].count, v[0].as.ints, &o, out);
    } else if (!strcmp(name, "astype")) {
        *status = fm_astype(ctx, a, dtype_of(&v[1]), NULL, out);
    } else {
        return false;
    }
    return true;
}

/* The row's function where it has only tensors for arguments, the second perhaps a number. */
static bool plain(fm_context *ctx, const char *name, const fm_value *v, fm_tensor **out,
                  fm_status *status) {
    for (size_t i = 0; i < sizeof unary / sizeof unary[0]; i++) {
        if (strcmp(unary[i].name, name) != 0) continue;
        *status = unary[i].call(ctx, v[0].as.tensor, out);
        return true;
    }
    for (size_t i = 0; i < sizeof binary / sizeof binary[0]; i++) {
        if (strcmp(binary[i].name, name) != 0) continue;
        *status = v[1].kind == FM_VALUE_TENSOR
                      ? binary[i].call(ctx, v[0].as.tensor, v[1].as.tensor, out)
                      : binary[i].with_number(ctx, v[0].as.tensor, fm_int(v[1].as.i), out);
        return true;
    }
    return false;
}

bool sw_typed(fm_context *ctx, const sw_call *call, const fm_value *values, fm_tensor **out,
              fm_status *status) {
    const char *name = call->row->name;
    return plain(ctx, name, values, out, status) || reduce(ctx, name, values, out, status) ||
           draw(ctx, name, values, out, status) || layer(ctx, name, values, out, status) ||
           other(ctx, name, values, out, status);
}
