/* Softmax cross entropy and its gradient; a label that is no class is told at the next wait. */
#include "nn.h"

/* Classes that a thread looks at before a row is shared out. */
enum { EACH = 8, WIDEST = 256 };

static cu_loss_args arguments(const cu_nn_plan *plan, const fm_dev *dev, const void *x,
                              const void *labels, void *p) {
    return (cu_loss_args){.x = x,
                          .p = p,
                          .labels = labels,
                          .rows = plan->m,
                          .n = plan->n,
                          .name = (uint64_t)(uintptr_t)plan->head.name,
                          .fault = dev->fault};
}

static cu_error work_loss(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                          void *const *out, fm_kernel_args *args) {
    char *workspace = args->workspace;
    const cu_lane lane = cu_nn_lane(dev, stream);
    cu_loss_args l = arguments(plan, dev, in[0], in[1], out[1]);
    l.largest = (double *)(void *)(workspace + plan->rows);
    l.sum = l.largest + plan->m;
    l.losses = l.sum + plan->m;
    l.width = 1;
    while (l.width < WIDEST && l.width * EACH < plan->n) l.width *= 2;
    cu_error code = CU_SUCCESS;
    if (plan->m > 0) code = cu_nn_loss_rows(plan->dtype, &l, lane);
    if (!code && out[1] && plan->m > 0) code = cu_nn_loss_probabilities(plan->dtype, &l, lane);
    if (code) return code;
    return cu_reduce_run(&plan->sum, stream, l.losses, out[0], workspace + plan->partial);
}

static cu_error work_backward(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                              void *const *out, fm_kernel_args *args) {
    (void)args;
    cu_loss_args l = arguments(plan, dev, in[0], in[1], out[0]);
    l.divisor = plan->params.reduction == 0 ? (double)plan->m : 0;
    if (plan->m == 0) return CU_SUCCESS;
    return cu_nn_loss_backward(plan->dtype, &l, cu_nn_lane(dev, stream));
}

/* The mean or sum of the losses, which are doubles. */
static void plan_sum(const fm_dev *dev, cu_nn_plan *plan, fm_plan_info *info) {
    const int64_t one = 1;
    fm_index kept, red;
    fm_index_begin(&kept, 0, NULL);
    kept.noperands = 2;
    fm_index_begin(&red, 1, &plan->m);
    (void)fm_index_add(&red, 1, &plan->m, &one);
    cu_reduce_plan(&plan->sum, plan->params.reduction == 0 ? FM_REDUCE_mean : FM_REDUCE_sum,
                   FM_FLOAT64, FM_FLOAT64, plan->dtype, &kept, &red, dev->info.processors);
    plan->partial = cu_room(info, plan->sum.workspace);
    plan->rows = cu_room(info, (size_t)plan->m * 3 * sizeof(double));
}

fm_status cu_nn_plan_loss(fm_dev *dev, cu_nn_plan *plan, const fm_kernel_call *call,
                          fm_plan_info *info, fm_error *error) {
    plan->m = fm_layout_shape(call->in[0])[0];
    plan->n = fm_layout_shape(call->in[0])[1];
    plan->work = call->op == FM_NN_softmax_cross_entropy ? work_loss : work_backward;
    if (call->op == FM_NN_softmax_cross_entropy) plan_sum(dev, plan, info);
    cu_error code = cu_fault_open(dev);
    return code ? cu_fail(error, code, call->name, "allocating the error word") : FM_OK;
}
