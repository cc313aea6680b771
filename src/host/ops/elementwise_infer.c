/* Broadcasting, NumPy's choice of loop, and weak scalars, for the elementwise rows. */
#include "ops/elementwise_infer.h"

#include <inttypes.h>
#include <string.h>

static int argument_of(const fm_resolved *r, int input) {
    return r->in_source[input].param + 1;
}

/* Broadcasts one operand into the shape; false where an extent fits neither 1 nor the other. */
static bool widen(fm_out_shape *out, const fm_layout *in) {
    int64_t wide[FM_MAX_NDIM];
    int ndim = in->ndim > out->ndim ? in->ndim : out->ndim;
    const int64_t *shape = fm_layout_shape(in);
    for (int d = 0; d < ndim; d++) {
        int of_out = d - (ndim - out->ndim);
        int of_in = d - (ndim - in->ndim);
        int64_t a = of_out < 0 ? 1 : out->shape[of_out];
        int64_t b = of_in < 0 ? 1 : shape[of_in];
        if (a != b && a != 1 && b != 1) return false;
        wide[d] = a == 1 ? b : a;
    }
    out->ndim = ndim;
    for (int d = 0; d < ndim; d++) out->shape[d] = wide[d];
    return true;
}

fm_status fm_infer_broadcast(const char *op, fm_resolved *r, fm_error *error) {
    fm_out_shape *out = &r->out[0];
    out->ndim = 0;
    for (int i = 0; i < r->nin; i++) {
        if (!r->in[i] || widen(out, r->in[i])) continue;
        char mine[160], others[160];
        return fm_fail_op(
            error, FM_ERR_SHAPE, op, argument_of(r, i), "shape %s does not broadcast with %s",
            fm_shape_format(r->in[i]->ndim, fm_layout_shape(r->in[i]), mine, sizeof mine),
            fm_shape_format(out->ndim, out->shape, others, sizeof others));
    }
    return FM_OK;
}

static bool is_weak(const fm_layout *layout) {
    return (layout->flags & FM_LAYOUT_WEAK) && layout->dtype != FM_BOOL;
}

/* The float that holds each operand, which may be narrower than what holds their common integer:
   int8 and uint8 are computed in float16, although they promote to int16. */
static fm_dtype float_of_operands(const fm_resolved *r, fm_dtype common) {
    fm_dtype sum = FM_FLOAT16;
    bool integer = false;
    for (int i = 0; i < r->nin; i++) {
        if (!r->in[i] || is_weak(r->in[i])) continue;
        sum = fm_promote_types(sum, fm_promote_types(r->in[i]->dtype, FM_FLOAT16));
        integer = integer || r->in[i]->dtype != FM_BOOL;
    }
    return integer ? sum : fm_promote_types(common, FM_FLOAT16);
}

/* NumPy's class for operands without a loop: its subclass of TypeError where it looks no further
   than the operands' own dtype. */
static fm_status no_loop(const char *op, fm_dtype common, fm_error *error) {
    static const char *const direct[] = {"gcd", "lcm", "positive", "sign"};
    fm_fail_op(error, FM_ERR_DTYPE, op, 0, "does not take %s", fm_dtype_name(common));
    for (size_t i = 0; i < sizeof direct / sizeof *direct; i++)
        if (!strcmp(direct[i], op)) return fm_fail_as(error, "UFuncTypeError", FM_ERR_DTYPE);
    return FM_ERR_DTYPE;
}

fm_status fm_infer_loop(const char *op, fm_loops loops, fm_dtype common, fm_resolved *r,
                        fm_error *error) {
    fm_dtype dtype = common;
    char letter = fm_loop_letter(loops, dtype);
    if (letter == 'U') {
        bool to_int = dtype == FM_BOOL && loops.of_int != FM_LETTER_U;
        dtype = to_int ? FM_INT8 : float_of_operands(r, dtype);
        letter = fm_loop_letter(loops, dtype);
    }
    if (letter == 'D') dtype = fm_dtype_kind(dtype) == 'c' ? FM_COMPLEX128 : FM_FLOAT64;
    if (letter == 'N') return no_loop(op, common, error);
    bool half = dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
    r->compute = half && letter != 'H' ? FM_FLOAT32 : dtype;
    r->out[0].dtype = letter == 'P' ? FM_BOOL : letter == 'R' ? fm_real_dtype(dtype) : dtype;
    return FM_OK;
}

bool fm_infer_fits(fm_scalar scalar, fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    if (scalar.dtype != FM_INT64 || (kind != 'i' && kind != 'u')) return true;
    int bits = (int)(8 * fm_dtype_size(dtype));
    int64_t value = scalar.value.i;
    if (kind == 'u') {
        return value >= 0 && (bits == 64 || value <= (int64_t)((UINT64_C(1) << bits) - 1));
    }
    int64_t largest = (int64_t)((UINT64_C(1) << (bits - 1)) - 1);
    return value <= largest && value >= -largest - 1;
}

bool fm_infer_weak_value(const fm_bound *bound, const fm_resolved *r, int input,
                         fm_scalar *scalar) {
    if (!r->in[input] || !is_weak(r->in[input])) return false;
    const fm_value *value = &bound->values[r->in_source[input].param];
    switch (value->kind) {
    case FM_VALUE_INT:
        *scalar = fm_int(value->as.i);
        return true;
    case FM_VALUE_FLOAT:
        *scalar = fm_float(value->as.f);
        return true;
    case FM_VALUE_COMPLEX:
        *scalar = fm_complex(value->as.c[0], value->as.c[1]);
        return true;
    case FM_VALUE_TENSOR:
        *scalar = value->as.tensor->scalar;
        return true;
    default:
        return false;
    }
}

fm_status fm_infer_check_weak(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    for (int i = 0; i < r->nin; i++) {
        fm_scalar scalar;
        if (!fm_infer_weak_value(bound, r, i, &scalar)) continue;
        if (fm_infer_fits(scalar, r->compute)) continue;
        return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, argument_of(r, i),
                          "integer %" PRId64 " is out of bounds for %s", scalar.value.i,
                          fm_dtype_name(r->compute));
    }
    return FM_OK;
}
