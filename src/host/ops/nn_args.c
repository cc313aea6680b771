/* What the rows of fused layers and optimizer steps share: reading and checking their arguments. */
#include "ops/nn_args.h"

#include <stdio.h>
#include <string.h>

static int argument_of(const fm_resolved *r, int operand) {
    return r->in_source[operand].param + 1;
}

fm_status fm_nn_floating(const fm_bound *bound, const fm_resolved *r, int operand,
                         fm_error *error) {
    const fm_layout *x = r->in[operand];
    if (x == NULL) return FM_OK;
    if (r->by_value >> operand & 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, argument_of(r, operand),
                          "a number, but a tensor is needed");
    if (fm_dtype_kind(x->dtype) != 'f')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, argument_of(r, operand),
                          "dtype %s, but a floating one is needed", fm_dtype_name(x->dtype));
    return FM_OK;
}

fm_status fm_nn_same_dtype(const fm_bound *bound, const fm_resolved *r, int operand,
                           fm_error *error) {
    if (r->in[operand] == NULL || r->in[operand]->dtype == r->in[0]->dtype) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, argument_of(r, operand),
                      "dtype %s, but argument %d is %s", fm_dtype_name(r->in[operand]->dtype),
                      argument_of(r, 0), fm_dtype_name(r->in[0]->dtype));
}

fm_status fm_nn_shape(const fm_bound *bound, const fm_resolved *r, int operand, int ndim,
                      const int64_t *shape, const char *like, fm_error *error) {
    const fm_layout *x = r->in[operand];
    if (x == NULL) return FM_OK;
    bool same = x->ndim == ndim;
    for (int d = 0; same && d < ndim; d++) same = fm_layout_shape(x)[d] == shape[d];
    if (same) return FM_OK;
    char have[160], want[160];
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, argument_of(r, operand),
                      "shape %s, but %s asks for %s",
                      fm_shape_format(x->ndim, fm_layout_shape(x), have, sizeof have), like,
                      fm_shape_format(ndim, shape, want, sizeof want));
}

fm_status fm_nn_choice(const fm_bound *bound, int param, const char *const *names, int count,
                       int32_t *choice, fm_error *error) {
    const fm_value *value = &bound->values[param];
    const char *name = bound->row->params[param].name;
    *choice = 0;
    if (value->kind == FM_VALUE_STRING) {
        for (int i = 0; i < count; i++) {
            *choice = i;
            if (strcmp(names[i], value->as.string) == 0) return FM_OK;
        }
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                          "%s '%s', but it is '%s' or '%s'", name, value->as.string, names[0],
                          names[count - 1]);
    }
    int64_t number = fm_arg_int(value, 0);
    if (number < 0 || number >= count)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                          "%s %lld, but it is 0 to %d", name, (long long)number, count - 1);
    *choice = (int32_t)number;
    return FM_OK;
}

void fm_nn_output_in_place(fm_resolved *r, int i, int operand) {
    const fm_layout *x = r->in[operand];
    if (x == NULL)
        fm_output_set(r, i, FM_DTYPE_NONE, 0, NULL);
    else
        fm_output_set(r, i, x->dtype, x->ndim, fm_layout_shape(x));
    if (x != NULL) r->params.nn.outputs |= 1 << i;
}

void fm_nn_scalar(fm_resolved *r, int param) {
    r->scalar_param[r->nscalars++] = (uint8_t)param;
}

void fm_nn_add(fm_work *work, fm_status *status, const char *op, fm_u128 n) {
    if (*status == FM_OK) *status = fm_cost_units(work, op, n);
}
