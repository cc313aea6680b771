/* Relu and the optimizer steps: one pass over the elements. */
#include "nn.h"

#include <math.h>

static cu_error work_step(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                          void *const *out, fm_kernel_args *args) {
    const cu_lane lane = cu_nn_lane(dev, stream);
    const int64_t n = plan->n;
    double given[6] = {0};
    if (plan->op == FM_NN_relu) return cu_nn_relu(plan->dtype, n, in[0], out[0], lane);
    if (plan->op == FM_NN_relu_backward)
        return cu_nn_relu_backward(plan->dtype, n, in[0], in[1], out[0], lane);
    for (int j = 0; j < (plan->op == FM_NN_sgd ? 3 : 6); ++j)
        given[j] = cu_nn_number(plan, args, j);
    if (plan->op == FM_NN_sgd)
        return cu_nn_sgd(plan->dtype, n, given, plan->params.nesterov, in[1], out[1], out[0], lane);
    const double numbers[6] = {given[0] / (1 - pow(given[1], given[5])),
                               given[1],
                               given[2],
                               given[3],
                               1 - given[0] * given[4],
                               sqrt(1 - pow(given[2], given[5]))};
    return cu_nn_adam(plan->dtype, n, numbers, in[1], out[1], out[2], out[0], lane);
}

/* The corrections of the moments divide by nothing at step 0. */
static fm_status check_adam(const fm_kplan *head, const fm_kernel_args *args, fm_error *error) {
    const double step = cu_nn_number((const cu_nn_plan *)head, args, 5);
    if (step >= 1) return FM_OK;
    return cu_host->fail(error, FM_ERR_ARGUMENT, "%s: argument 10: step %g, but steps count from 1",
                         head->name, step);
}

void cu_nn_plan_step(cu_nn_plan *plan, const fm_kernel_call *call) {
    plan->n = call->in[0]->size;
    plan->work = work_step;
    if (call->op == FM_NN_adam) plan->head.check = check_adam;
}
