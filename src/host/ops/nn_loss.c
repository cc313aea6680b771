/* Rows of the softmax cross entropy: what the loss and its gradient read, write and cost. */
#include "ops/nn_args.h"

static const char *const reductions[] = {"mean", "sum"};
enum { REDUCTIONS = 2 };

/* A matrix of floats by rows, and one integer label for each row. */
static fm_status check_batch(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    const fm_layout *x = fm_operand_add(bound, r, 0, 0);
    const fm_layout *labels = fm_operand_add(bound, r, 1, 0);
    FM_TRY(fm_nn_floating(bound, r, 0, error));
    if (x->ndim != 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but it is (n, classes) with 2", x->ndim);
    char kind = fm_dtype_kind(labels->dtype);
    if (kind != 'i' && kind != 'u')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 2,
                          "dtype %s, but labels are integers", fm_dtype_name(labels->dtype));
    FM_TRY(fm_nn_shape(bound, r, 1, 1, fm_layout_shape(x), "argument 1", error));
    r->compute = x->dtype;
    r->params.nn = (fm_nn_params){0};
    return fm_nn_choice(bound, 2, reductions, REDUCTIONS, &r->params.nn.reduction, error);
}

fm_status fm_infer_softmax_cross_entropy(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(check_batch(bound, r, error));
    const int64_t *shape = fm_layout_shape(r->in[0]);
    if (shape[1] == 0 && shape[0] > 0)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%lld rows of 0 classes, but at least 1 is needed", (long long)shape[0]);
    r->params.nn.outputs = 3;
    fm_output_set(r, 0, r->compute, 0, NULL);
    fm_output_set(r, 1, r->compute, 2, shape);
    return FM_OK;
}

fm_status fm_infer_softmax_cross_entropy_backward(const fm_bound *bound, fm_resolved *r,
                                                  fm_error *error) {
    FM_TRY(check_batch(bound, r, error));
    r->params.nn.outputs = 1;
    fm_output_set(r, 0, r->compute, 2, fm_layout_shape(r->in[0]));
    return FM_OK;
}

fm_status fm_cost_of_softmax_cross_entropy(const fm_bound *bound, const fm_resolved *r,
                                           fm_work *work, fm_error *error) {
    fm_extents matrix = fm_extents_of(r->in[0]), rows = {1, matrix.dims};
    fm_u128 all = (fm_u128)r->in[0]->size, n = (fm_u128)matrix.dims[0];
    bool sum = r->params.nn.reduction != 0;
    fm_status status = fm_cost_reduce(work, "max", matrix, NULL, 2);
    fm_nn_add(work, &status, "subtract", all);
    fm_nn_add(work, &status, "exp", all);
    if (status == FM_OK) status = fm_cost_reduce(work, "sum", matrix, NULL, 2);
    fm_nn_add(work, &status, "divide", all);
    fm_nn_add(work, &status, "log", n);
    fm_nn_add(work, &status, "take", n);
    fm_nn_add(work, &status, "subtract", n);
    if (status == FM_OK)
        status = sum ? fm_cost_reduce(work, "sum", rows, NULL, 1)
                     : fm_cost_mean(work, "mean", rows, NULL, 1);
    return fm_cost_close(bound, r, work, status, error);
}

fm_status fm_cost_of_softmax_cross_entropy_backward(const fm_bound *bound, const fm_resolved *r,
                                                    fm_work *work, fm_error *error) {
    fm_status status = fm_cost_elementwise(work, "subtract", fm_extents_out(r, 0));
    if (status == FM_OK && r->params.nn.reduction == 0)
        status = fm_cost_elementwise(work, "divide", fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}
