/* Linear layers: forward with bias and relu, backward, and backward with the update folded in. */
#include "nn.h"
#include "value.h"

#include "scalar/index.h"

static size_t bytes_of(fm_dtype dtype, int64_t rows, int64_t cols) {
    return (size_t)(rows * cols) * cu_dtype_size(dtype);
}

static cu_error multiply(cu_nn_product *p, fm_dev *dev, cu_stream stream, double alpha,
                         const void *a, const void *b, double beta, void *c, const void *bias,
                         char *workspace) {
    if (p->zeros) return cu_api.fill(c, 0, p->zeros, stream);
    if (!p->made) return CU_SUCCESS;
    return cu_product_run(&p->product, dev, stream, alpha, a, b, beta, c, p->tail ? NULL : bias,
                          workspace + p->workspace);
}

/* Plans C (m, n) = A B with A and B of k terms each; `keeps`: C is added to. */
static fm_status plan_product(fm_dev *dev, cu_nn_product *p, const cu_product_spec *spec, int keeps,
                              const char *name, fm_plan_info *info, fm_error *error) {
    cu_product_spec plain = *spec;
    p->tail = spec->bias || spec->relu;
    if (spec->m == 0 || spec->n == 0) return FM_OK;
    if (spec->k == 0) {
        p->zeros = keeps ? 0 : bytes_of(spec->out, spec->m, spec->n);
        return FM_OK;
    }
    fm_status status = cu_product_plan(&p->product, dev, spec, name, &p->made, error);
    if (status != FM_OK) return status;
    if (p->made) {
        p->tail = 0;
    } else {
        plain.bias = plain.relu = 0;
        status = cu_product_plan(&p->product, dev, &plain, name, &p->made, error);
        if (status != FM_OK) return status;
    }
    if (!p->made)
        return cu_host->fail(error, FM_ERR_UNSUPPORTED, "%s: no product of %lld by %lld by %lld",
                             name, (long long)spec->m, (long long)spec->n, (long long)spec->k);
    p->workspace = cu_room(info, p->product.workspace);
    return FM_OK;
}

/* A contiguous operand (0: dy, 1: x, 2: w) as products read it: itself, or a narrower copy at that
 * place. */
static cu_error narrowed(const cu_nn_plan *plan, fm_dev *dev, cu_stream stream, int which,
                         const void *from, char *workspace, int place, const void **to) {
    *to = from;
    if (plan->narrow == plan->dtype) return CU_SUCCESS;
    void *copy = workspace + plan->operand[place];
    *to = copy;
    return cu_copy_run(&plan->to_narrow[which], dev, stream, from, copy);
}

static void plan_narrow(cu_nn_plan *plan, fm_plan_info *info) {
    const int64_t sizes[3] = {plan->m * plan->n, plan->m * plan->k, plan->n * plan->k};
    int64_t most = 0, one = 1;
    if (plan->narrow == plan->dtype) return;
    for (int i = 0; i < 3; ++i) {
        fm_index index;
        fm_index_begin(&index, 1, &sizes[i]);
        (void)fm_index_add(&index, 1, &sizes[i], &one);
        (void)fm_index_add(&index, 1, &sizes[i], &one);
        cu_copy_plan(&plan->to_narrow[i], plan->dtype, plan->narrow, &index);
        if (sizes[i] > most) most = sizes[i];
    }
    for (int i = 0; i < 2; ++i) plan->operand[i] = cu_room(info, bytes_of(plan->narrow, most, 1));
}

/* y = x w^T + b, relu. */
static cu_error work_linear(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                            void *const *out, fm_kernel_args *args) {
    const int relu = plan->params.activation != 0;
    const void *x, *w;
    cu_error code = narrowed(plan, dev, stream, 1, in[0], args->workspace, 0, &x);
    if (!code) code = narrowed(plan, dev, stream, 2, in[1], args->workspace, 1, &w);
    if (!code)
        code = multiply(&plan->forward, dev, stream, 1, x, w, 0, out[0], in[2], args->workspace);
    if (code || !plan->forward.tail) return code;
    return cu_nn_bias(plan->dtype, plan->m, plan->n, in[2], relu, out[0], cu_nn_lane(dev, stream));
}

/* The output gradient before the activation. */
static cu_error masked(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, const void *dy,
                       const void *y, char *workspace, const void **g) {
    *g = dy;
    if (plan->params.activation == 0) return CU_SUCCESS;
    void *space = workspace + plan->gradient;
    *g = space;
    return cu_nn_relu_backward(plan->dtype, plan->m * plan->n, dy, y, space,
                               cu_nn_lane(dev, stream));
}

/* dx = g w and then dw = keep dw + scale g^T x: w may be what dw is written to, so dx is first. */
static cu_error gradients(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, const void *g,
                          const void *x, const void *w, void *dx, double scale, double keep,
                          void *dw, char *workspace) {
    const void *left, *right;
    cu_error code = narrowed(plan, dev, stream, 0, g, workspace, 0, &left);
    if (!code && dx) {
        code = narrowed(plan, dev, stream, 2, w, workspace, 1, &right);
        if (!code) code = multiply(&plan->dx, dev, stream, 1, left, right, 0, dx, NULL, workspace);
    }
    if (code || !dw) return code;
    code = narrowed(plan, dev, stream, 1, x, workspace, 1, &right);
    if (code) return code;
    return multiply(&plan->dw, dev, stream, scale, left, right, keep, dw, NULL, workspace);
}

static cu_error work_backward(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                              void *const *out, fm_kernel_args *args) {
    char *workspace = args->workspace;
    const void *g;
    cu_error code = masked(plan, dev, stream, in[0], in[3], workspace, &g);
    if (!code)
        code = gradients(plan, dev, stream, g, in[1], in[2], out[0], 1, 0, out[1], workspace);
    if (code || !out[2]) return code;
    return cu_reduce_run(&plan->sum, stream, g, out[2], workspace + plan->partial);
}

static cu_error work_backward_sgd(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                                  void *const *out, fm_kernel_args *args) {
    char *workspace = args->workspace;
    const double rate = cu_nn_number(plan, args, 0);
    void *db = workspace + plan->db;
    const void *g;
    cu_error code = masked(plan, dev, stream, in[0], in[4], workspace, &g);
    if (!code)
        code = gradients(plan, dev, stream, g, in[1], in[2], out[0], -rate, 1, out[1], workspace);
    if (code || !out[2]) return code;
    code = cu_reduce_run(&plan->sum, stream, g, db, workspace + plan->partial);
    if (code) return code;
    return cu_nn_descend(plan->dtype, plan->n, rate, db, out[2], cu_nn_lane(dev, stream));
}

/* The gradient's columns are summed in its own dtype. */
static void plan_sum(const fm_dev *dev, cu_nn_plan *plan, fm_plan_info *info) {
    const int64_t rows = plan->n, one = 1;
    fm_index kept, red;
    fm_index_begin(&kept, 1, &plan->n);
    (void)fm_index_add(&kept, 1, &plan->n, &one);
    (void)fm_index_add(&kept, 1, &plan->n, &one);
    fm_index_begin(&red, 1, &plan->m);
    (void)fm_index_add(&red, 1, &plan->m, &rows);
    cu_reduce_plan(&plan->sum, FM_REDUCE_sum, plan->dtype, plan->dtype, plan->dtype, &kept, &red,
                   dev->info.processors);
    plan->partial = cu_room(info, plan->sum.workspace);
    plan->db = cu_room(info, bytes_of(plan->dtype, plan->n, 1));
}

static fm_status plan_forward(fm_dev *dev, cu_nn_plan *plan, const fm_kernel_call *call,
                              fm_plan_info *info, fm_error *error) {
    const int64_t m = plan->m, n = plan->n, k = plan->k;
    const cu_product_spec spec = {.in = plan->narrow,
                                  .out = plan->dtype,
                                  .math = call->math_mode,
                                  .batch = 1,
                                  .m = m,
                                  .n = n,
                                  .k = k,
                                  .a = {k, 1, 0},
                                  .b = {1, k, 0},
                                  .c = {n, 1, 0},
                                  .bias = call->in[2] != NULL,
                                  .relu = plan->params.activation != 0};
    plan->work = work_linear;
    return plan_product(dev, &plan->forward, &spec, 0, call->name, info, error);
}

static fm_status plan_backward(fm_dev *dev, cu_nn_plan *plan, const fm_kernel_call *call,
                               fm_plan_info *info, fm_error *error) {
    const int64_t m = plan->m, n = plan->n, k = plan->k;
    const int updates = call->op == FM_NN_linear_backward_sgd;
    cu_product_spec spec = {.in = plan->narrow,
                            .out = plan->dtype,
                            .math = call->math_mode,
                            .batch = 1,
                            .m = m,
                            .n = k,
                            .k = n,
                            .a = {n, 1, 0},
                            .b = {k, 1, 0},
                            .c = {k, 1, 0}};
    fm_status status = FM_OK;
    plan->work = updates ? work_backward_sgd : work_backward;
    if (plan->params.activation != 0) plan->gradient = cu_room(info, bytes_of(plan->dtype, m, n));
    plan_sum(dev, plan, info);
    if (call->out[0]) status = plan_product(dev, &plan->dx, &spec, 0, call->name, info, error);
    if (status != FM_OK || !call->out[1]) return status;
    spec.m = n;
    spec.k = m;
    spec.a = (cu_matrix){1, n, 0};
    return plan_product(dev, &plan->dw, &spec, updates, call->name, info, error);
}

fm_status cu_nn_plan_linear(fm_dev *dev, cu_nn_plan *plan, const fm_kernel_call *call,
                            fm_plan_info *info, fm_error *error) {
    const int forward = call->op == FM_NN_linear;
    const fm_layout *x = call->in[forward ? 0 : 1], *w = call->in[forward ? 1 : 2];
    plan->n = fm_layout_shape(w)[0];
    plan->k = fm_layout_shape(w)[1];
    plan->m = 1;
    for (int d = 0; d + 1 < x->ndim; ++d) plan->m *= fm_layout_shape(x)[d];
    plan_narrow(plan, info);
    if (forward) return plan_forward(dev, plan, call, info, error);
    return plan_backward(dev, plan, call, info, error);
}
