/* Softmax cross entropy and its gradient, by blocks of rows. */
#include "cpu/nn.h"
#include "cpu/pool.h"

#include <string.h>

typedef struct loss_job {
    const fm_nn_plan *plan;
    const char *x;
    char *p;
    const int64_t *labels;
    double *losses;
    double divisor;
} loss_job;

/* The first label that is no class stops the call before anything is written. */
static fm_status check_labels(const fm_nn_plan *plan, const int64_t *labels, fm_error *error) {
    for (int64_t r = 0; r < plan->m; r++)
        if (labels[r] < 0 || labels[r] >= plan->n)
            return fm_cpu_host->fail(error, FM_ERR_ARGUMENT,
                                     "%s: argument 2: label %lld is %lld, but there are %lld "
                                     "classes",
                                     plan->name, (long long)r, (long long)labels[r],
                                     (long long)plan->n);
    return FM_OK;
}

static double element(const fm_nn_plan *plan, const char *at) {
    float narrow;
    double wide;
    if (plan->stage == FM_FLOAT64) {
        memcpy(&wide, at, sizeof wide);
        return wide;
    }
    memcpy(&narrow, at, sizeof narrow);
    return (double)narrow;
}

/* Shifts, keeps each label's logit, exponentiates the whole block at once and normalises. */
static void softmax_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const loss_job *job = arg;
    const fm_nn_plan *plan = job->plan;
    size_t row = (size_t)plan->n * plan->size;
    char *p = job->p + (size_t)begin * row;
    (void)lane;
    plan->loops->shift(end - begin, plan->n, job->x + (size_t)begin * row, p);
    for (int64_t r = begin; r < end; r++)
        job->losses[r] =
            element(plan, job->p + (size_t)r * row + (size_t)job->labels[r] * plan->size);
    void *in[1] = {p};
    fm_map()->unary[plan->stage][FM_UNARY_exp]((end - begin) * plan->n, in, p);
    plan->loops->normalise(end - begin, plan->n, p, job->losses + begin);
}

static fm_status work_loss(const fm_nn_plan *plan, void *const *in, void *const *out,
                           fm_kernel_args *args, fm_error *error) {
    loss_job job = {.plan = plan, .x = in[0], .p = out[1], .labels = in[1]};
    job.losses = (double *)(void *)((char *)args->workspace + plan->losses);
    fm_status status = check_labels(plan, job.labels, error);
    if (status != FM_OK) return status;
    fm_nn_split(softmax_rows, &job, plan->m, plan->n);
    double loss = 0;
    for (int64_t r = 0; r < plan->m; r++) loss += job.losses[r];
    if (plan->params.reduction == 0) loss /= (double)plan->m;
    float narrow = (float)loss;
    memcpy(out[0], plan->stage == FM_FLOAT64 ? (void *)&loss : (void *)&narrow, plan->size);
    return FM_OK;
}

static void unhot_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const loss_job *job = arg;
    size_t at = (size_t)(begin * job->plan->n) * job->plan->size;
    (void)lane;
    job->plan->loops->unhot(end - begin, job->plan->n, job->x + at, job->labels + begin,
                            job->divisor, job->p + at);
}

static fm_status work_loss_backward(const fm_nn_plan *plan, void *const *in, void *const *out,
                                    fm_kernel_args *args, fm_error *error) {
    loss_job job = {.plan = plan, .x = in[0], .p = out[0], .labels = in[1]};
    (void)args;
    fm_status status = check_labels(plan, job.labels, error);
    if (status != FM_OK) return status;
    job.divisor = plan->params.reduction == 0 ? (double)plan->m : 0;
    fm_nn_split(unhot_rows, &job, plan->m, plan->n);
    return FM_OK;
}

void fm_nn_plan_loss(fm_nn_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->m = fm_layout_shape(call->in[0])[0];
    plan->n = fm_layout_shape(call->in[0])[1];
    plan->work = work_loss_backward;
    if (call->op != FM_NN_softmax_cross_entropy) return;
    plan->work = work_loss;
    plan->losses = fm_nn_room(info, (size_t)plan->m * sizeof(double));
}
