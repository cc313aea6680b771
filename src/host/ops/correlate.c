/* Rows of convolution and correlation: one kernel, with the longer operand first. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/signal.h"

#include <string.h>

enum { P_A, P_V, P_MODE };

typedef enum correlate_mode { VALID, SAME, FULL } correlate_mode;

static fm_status read_mode(const fm_bound *bound, correlate_mode *mode, fm_error *error) {
    static const char *const names[] = {"valid", "same", "full"};
    const fm_value *value = &bound->values[P_MODE];
    if (value->kind == FM_VALUE_INT) {
        *mode = (correlate_mode)value->as.i;
        if (value->as.i >= VALID && value->as.i <= FULL) return FM_OK;
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_MODE + 1,
                          "mode %lld, but it is 0, 1 or 2", (long long)value->as.i);
    }
    for (int i = VALID; i <= FULL; i++) {
        if (strcmp(value->as.string, names[i]) != 0) continue;
        *mode = (correlate_mode)i;
        return FM_OK;
    }
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_MODE + 1,
                      "mode '%.40s', but it is valid, same or full", value->as.string);
}

static fm_status check_operand(const fm_bound *bound, const fm_layout *x, int param, int least,
                               fm_error *error) {
    if (x->ndim < least || x->ndim > 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                          "%d dimensions, but it takes 1", x->ndim);
    if (x->size == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                          "it is empty, but a correlation needs elements");
    return FM_OK;
}

/* convolve: of a and v reversed. correlate: v is conjugated; where it is the longer one, the
   result runs backwards. */
static fm_status infer(const fm_bound *bound, fm_resolved *r, bool convolves, fm_error *error) {
    const fm_layout *a = r->in[0], *v = r->in[1];
    correlate_mode mode = FULL;
    FM_TRY(check_operand(bound, a, P_A, convolves ? 0 : 1, error));
    FM_TRY(check_operand(bound, v, P_V, convolves ? 0 : 1, error));
    FM_TRY(read_mode(bound, &mode, error));
    bool swapped = v->size > a->size;
    fm_operands_clear(r);
    a = fm_operand_add(bound, r, swapped ? P_V : P_A, 0);
    v = fm_operand_add(bound, r, swapped ? P_A : P_V, 0);
    fm_signal_params *s = &r->params.signal;
    *s = (fm_signal_params){.reversed = convolves};
    r->compute = fm_promote_arrays(a, v);
    fm_dtype out = r->compute;
    if (out == FM_FLOAT16 || out == FM_BFLOAT16) r->compute = FM_FLOAT32;
    if (!convolves && fm_dtype_kind(out) == 'c') s->conjugated = swapped ? 1 : 2;
    s->backwards = !convolves && swapped;
    int64_t length = a->size;
    if (mode == FULL) {
        s->first = -(v->size - 1);
        if (__builtin_add_overflow(length, v->size - 1, &length))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 0,
                              "the result has more than 2^63 - 1 elements");
    } else if (mode == SAME) {
        s->first = -(v->size / 2);
    } else {
        length -= v->size - 1;
    }
    fm_output_set(r, 0, out, 1, &length);
    return FM_OK;
}

fm_status fm_infer_convolve(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer(bound, r, true, error);
}

fm_status fm_infer_correlate(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer(bound, r, false, error);
}

/* 2nm - n - m, whatever part of it the mode keeps. */
fm_status fm_cost_correlate(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    fm_u128 n = (fm_u128)r->in[0]->size, m = (fm_u128)r->in[1]->size, units;
    fm_status status =
        fm_u128_mul(n, m, &units) && fm_u128_mul(units, 2, &units) ? FM_OK : FM_ERR_OVERFLOW;
    if (status == FM_OK)
        status =
            fm_cost_units(work, fm_row_cost_name(bound->row), fm_u128_minus_or_zero(units, n + m));
    return fm_cost_close(bound, r, work, status, error);
}
