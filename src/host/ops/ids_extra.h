/* Numbers of the elementwise kernels beside the tables of unary, binary and ternary. */
#ifndef FM_OPS_IDS_EXTRA_H
#define FM_OPS_IDS_EXTRA_H

#include <flopmeter/dtype.h>

/* What the kernel of a number takes and gives, of compute dtype T with the real part R:
   FM_EXTRA(id, number of inputs, dtype of input 1, of the inputs from 2 on, of the output). */
#define FM_EACH_EXTRA(X)                                                                           \
    X(spacing, 1, T, T, T)                                                                         \
    X(bitwise_count, 1, T, T, FM_UINT8)                                                            \
    X(sinc, 1, T, T, T)                                                                            \
    X(i0, 1, T, T, T)                                                                              \
    X(round_up, 2, R, R, T)                                                                        \
    X(round_down, 2, R, R, T)                                                                      \
    X(modf_fraction, 1, T, T, T)                                                                   \
    X(frexp_mantissa, 1, T, T, T)                                                                  \
    X(frexp_exponent, 1, T, T, FM_INT32)                                                           \
    X(ldexp, 2, FM_INT64, T, T)                                                                    \
    X(isclose, 4, T, R, FM_BOOL)                                                                   \
    X(isclose_nan, 4, T, R, FM_BOOL)                                                               \
    X(isposinf, 1, T, T, FM_BOOL)                                                                  \
    X(isneginf, 1, T, T, FM_BOOL)                                                                  \
    X(isreal, 1, T, T, FM_BOOL)                                                                    \
    X(iscomplex, 1, T, T, FM_BOOL)                                                                 \
    X(nan_to_num, 4, R, R, T)

typedef enum fm_extra_id {
#define FM_EXTRA_ID(id, ...) FM_EXTRA_##id,
    FM_EACH_EXTRA(FM_EXTRA_ID)
#undef FM_EXTRA_ID
        FM_EXTRA_COUNT
} fm_extra_id;

/* The same as data, for one call. */
typedef struct fm_extra_form {
    int nin;
    fm_dtype in[4], out;
} fm_extra_form;

static inline fm_extra_form fm_extra_form_of(unsigned op, fm_dtype compute) {
    const fm_dtype T = compute, R = compute == FM_COMPLEX64    ? FM_FLOAT32
                                    : compute == FM_COMPLEX128 ? FM_FLOAT64
                                                               : compute;
    switch (op) {
#define FM_EXTRA_FORM(id, n, second, others, output)                                               \
    case FM_EXTRA_##id: {                                                                          \
        const fm_extra_form form = {n, {T, second, others, others}, output};                       \
        return form;                                                                               \
    }
        FM_EACH_EXTRA(FM_EXTRA_FORM)
#undef FM_EXTRA_FORM
    default: {
        const fm_extra_form form = {1, {T, T, R, R}, T};
        return form;
    }
    }
}

#endif
