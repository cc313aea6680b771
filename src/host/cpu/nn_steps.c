/* Relu and the optimizer steps: one pass over the elements. */
#include "cpu/nn.h"
#include "cpu/pool.h"

#include <math.h>

typedef struct step_job {
    const fm_nn_plan *plan;
    char *const *in, *const *out;
    double numbers[6];
} step_job;

/* Operand x at element `begin`; NULL stays NULL. */
static char *at(const step_job *job, char *x, int64_t begin) {
    return x != NULL ? x + (size_t)begin * job->plan->size : NULL;
}

static void step_span(void *arg, int64_t begin, int64_t end, int lane) {
    const step_job *job = arg;
    const fm_nn_plan *plan = job->plan;
    char *in[FM_NN_INPUTS], *out[FM_NN_OUTPUTS];
    int64_t n = end - begin;
    (void)lane;
    for (int i = 0; i < FM_NN_INPUTS; i++) in[i] = at(job, job->in[i], begin);
    for (int o = 0; o < FM_NN_OUTPUTS; o++) out[o] = at(job, job->out[o], begin);
    switch (plan->op) {
    case FM_NN_relu:
        plan->loops->relu(n, in[0], out[0]);
        break;
    case FM_NN_relu_backward:
        plan->loops->relu_backward(n, in[0], in[1], out[0]);
        break;
    case FM_NN_sgd:
        plan->loops->sgd(n, job->numbers, plan->params.nesterov != 0, in[1], out[1], out[0]);
        break;
    default:
        plan->loops->adam(n, job->numbers, in[1], out[1], out[2], out[0]);
        break;
    }
}

/* Step size and root of the bias corrections, and what decay leaves of w. */
static fm_status adam_numbers(const fm_nn_plan *plan, const fm_kernel_args *args, double *numbers,
                              fm_error *error) {
    double given[6];
    for (int j = 0; j < 6; j++) given[j] = fm_nn_number(plan, args, j);
    if (!(given[5] >= 1))
        return fm_cpu_host->fail(error, FM_ERR_ARGUMENT,
                                 "%s: argument 10: step %g, but steps count from 1", plan->name,
                                 given[5]);
    numbers[0] = given[0] / (1 - pow(given[1], given[5]));
    numbers[1] = given[1];
    numbers[2] = given[2];
    numbers[3] = given[3];
    numbers[4] = 1 - given[0] * given[4];
    numbers[5] = sqrt(1 - pow(given[2], given[5]));
    return FM_OK;
}

static fm_status work_step(const fm_nn_plan *plan, void *const *in, void *const *out,
                           fm_kernel_args *args, fm_error *error) {
    char *inputs[FM_NN_INPUTS], *outputs[FM_NN_OUTPUTS];
    step_job job = {.plan = plan, .in = inputs, .out = outputs};
    for (int i = 0; i < FM_NN_INPUTS; i++) inputs[i] = in[i];
    for (int o = 0; o < FM_NN_OUTPUTS; o++) outputs[o] = out[o];
    if (plan->op == FM_NN_sgd)
        for (int j = 0; j < 3; j++) job.numbers[j] = fm_nn_number(plan, args, j);
    if (plan->op == FM_NN_adam) {
        fm_status status = adam_numbers(plan, args, job.numbers, error);
        if (status != FM_OK) return status;
    }
    fm_nn_split(step_span, &job, plan->n, 1);
    return FM_OK;
}

void fm_nn_plan_step(fm_nn_plan *plan, const fm_kernel_call *call) {
    plan->n = call->in[0]->size;
    plan->work = work_step;
}
