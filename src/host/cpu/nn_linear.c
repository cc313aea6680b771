/* Linear layers: forward with bias and relu, backward, and backward with the update folded in. */
#include "cpu/gemm.h"
#include "cpu/nn.h"
#include "cpu/pool.h"

/* C = alpha op(A) op(B) + beta C in the plan's dtype, all row-major without gaps. */
static void multiply(const fm_nn_plan *plan, fm_trans ta, fm_trans tb, int64_t m, int64_t n,
                     int64_t k, double alpha, const void *a, const void *b, double beta, void *c) {
    int64_t lda = ta == FM_TRANS_NO ? k : m, ldb = tb == FM_TRANS_NO ? n : k;
    if (plan->stage == FM_FLOAT64)
        fm_gemm_f64(fm_pool_shared(), ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, n);
    else
        fm_gemm_f32(fm_pool_shared(), ta, tb, m, n, k, (float)alpha, a, lda, b, ldb, (float)beta, c,
                    n);
}

typedef struct rows_job {
    const fm_nn_plan *plan;
    const char *a, *b;
    char *c;
} rows_job;

static void bias_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const rows_job *job = arg;
    const fm_nn_plan *plan = job->plan;
    (void)lane;
    plan->loops->bias(end - begin, plan->n, job->b, plan->params.activation != 0,
                      job->c + (size_t)(begin * plan->n) * plan->size);
}

static fm_status work_linear(const fm_nn_plan *plan, void *const *in, void *const *out,
                             fm_kernel_args *args, fm_error *error) {
    (void)args;
    (void)error;
    bool relu = plan->params.activation != 0;
    if (plan->stage == FM_FLOAT32) {
        fm_gemm_bias_f32(fm_pool_shared(), FM_TRANS_NO, FM_TRANS_YES, plan->m, plan->n, plan->k,
                         in[0], plan->k, in[1], plan->k, in[2], relu, out[0], plan->n);
        return FM_OK;
    }
    multiply(plan, FM_TRANS_NO, FM_TRANS_YES, plan->m, plan->n, plan->k, 1, in[0], in[1], 0,
             out[0]);
    rows_job job = {.plan = plan, .b = in[2], .c = out[0]};
    if (in[2] != NULL || relu) fm_nn_split(bias_rows, &job, plan->m, plan->n);
    return FM_OK;
}

static void mask_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const rows_job *job = arg;
    size_t at = (size_t)(begin * job->plan->n) * job->plan->size;
    (void)lane;
    job->plan->loops->relu_backward((end - begin) * job->plan->n, job->a + at, job->b + at,
                                    job->c + at);
}

/* The output gradient before the activation. */
static const void *masked(const fm_nn_plan *plan, const void *dy, const void *y, char *workspace) {
    if (plan->params.activation == 0) return dy;
    rows_job job = {plan, dy, y, workspace + plan->gradient};
    fm_nn_split(mask_rows, &job, plan->m, plan->n);
    return job.c;
}

static fm_status work_backward(const fm_nn_plan *plan, void *const *in, void *const *out,
                               fm_kernel_args *args, fm_error *error) {
    char *workspace = args->workspace;
    const void *dy = masked(plan, in[0], in[3], workspace);
    (void)error;
    if (out[0] != NULL)
        multiply(plan, FM_TRANS_NO, FM_TRANS_NO, plan->m, plan->k, plan->n, 1, dy, in[2], 0,
                 out[0]);
    if (out[1] != NULL)
        multiply(plan, FM_TRANS_YES, FM_TRANS_NO, plan->n, plan->k, plan->m, 1, dy, in[1], 0,
                 out[1]);
    if (out[2] != NULL) fm_reduce_job_run(&plan->sum, dy, out[2], workspace + plan->sum_space);
    return FM_OK;
}

/* The input's gradient comes from the old weights, so it is first. */
static fm_status work_backward_sgd(const fm_nn_plan *plan, void *const *in, void *const *out,
                                   fm_kernel_args *args, fm_error *error) {
    char *workspace = args->workspace;
    const void *dy = masked(plan, in[0], in[4], workspace);
    double rate = fm_nn_number(plan, args, 0);
    (void)error;
    if (out[0] != NULL)
        multiply(plan, FM_TRANS_NO, FM_TRANS_NO, plan->m, plan->k, plan->n, 1, dy, in[2], 0,
                 out[0]);
    multiply(plan, FM_TRANS_YES, FM_TRANS_NO, plan->n, plan->k, plan->m, -rate, dy, in[1], 1,
             out[1]);
    if (out[2] == NULL) return FM_OK;
    void *db = workspace + plan->bias_sums;
    fm_reduce_job_run(&plan->sum, dy, db, workspace + plan->sum_space);
    plan->loops->descend(plan->n, rate, db, out[2]);
    return FM_OK;
}

static void plan_bias_sum(fm_nn_plan *plan, fm_plan_info *info) {
    fm_reduce_axis columns = {plan->n, 1, 1}, rows = {plan->m, plan->n, 0};
    fm_reduce_job_plan(&plan->sum, FM_REDUCE_sum, plan->stage, plan->stage, plan->stage, 1,
                       &columns, 1, &rows);
    plan->sum_space = fm_nn_room(info, plan->sum.workspace);
    plan->bias_sums = fm_nn_room(info, (size_t)plan->n * plan->size);
}

void fm_nn_plan_linear(fm_nn_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    bool forward = call->op == FM_NN_linear;
    const fm_layout *x = call->in[forward ? 0 : 1], *w = call->in[forward ? 1 : 2];
    plan->n = fm_layout_shape(w)[0];
    plan->k = fm_layout_shape(w)[1];
    plan->m = 1;
    for (int d = 0; d + 1 < x->ndim; d++) plan->m *= fm_layout_shape(x)[d];
    plan->work = forward                                 ? work_linear
                 : call->op == FM_NN_linear_backward_sgd ? work_backward_sgd
                                                         : work_backward;
    if (forward) return;
    if (plan->params.activation != 0)
        plan->gradient = fm_nn_room(info, (size_t)(plan->m * plan->n) * plan->size);
    plan_bias_sum(plan, info);
}
