/* Rows of the fused layers: linear forward, backward and with its update, relu. */
#include "ops/nn_args.h"

#include <string.h>

static const char *const activations[] = {"none", "relu"};
enum { ACTIVATIONS = 2 };

/* m rows of x, n features out, k features in. */
typedef struct layer {
    int64_t m, n, k;
} layer;

/* Rows before the last axis: their product fits, as the tensor exists. */
static int64_t leading(const fm_layout *x) {
    int64_t rows = 1;
    for (int d = 0; d + 1 < x->ndim; d++) rows *= fm_layout_shape(x)[d];
    return rows;
}

static fm_status need_ndim(const fm_bound *bound, const fm_resolved *r, int operand, int least,
                           int most, fm_error *error) {
    int ndim = r->in[operand]->ndim;
    if (ndim >= least && ndim <= most) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, r->in_source[operand].param + 1,
                      "%d dimensions, but %s%d needed", ndim,
                      least == most ? "exactly " : "at least ", least);
}

/* Checks x (operand xi) against w (wi): floating, w a matrix, the last axis of x its columns. */
static fm_status check_layer(const fm_bound *bound, fm_resolved *r, int xi, int wi, layer *l,
                             fm_error *error) {
    for (int i = 0; i < r->nin; i++) FM_TRY(fm_nn_floating(bound, r, i, error));
    const fm_layout *x = r->in[xi], *w = r->in[wi];
    FM_TRY(need_ndim(bound, r, xi, 1, FM_MAX_NDIM, error));
    FM_TRY(need_ndim(bound, r, wi, 2, 2, error));
    *l = (layer){leading(x), fm_layout_shape(w)[0], fm_layout_shape(w)[1]};
    int64_t k = fm_layout_shape(x)[x->ndim - 1];
    if (k != l->k)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, r->in_source[wi].param + 1,
                          "axis 1 is %lld, but argument %d axis %d is %lld", (long long)l->k,
                          r->in_source[xi].param + 1, x->ndim - 1, (long long)k);
    r->compute = fm_operands_promote(r);
    return FM_OK;
}

/* The shape (..., out) of the layer's output. */
static int output_shape(const fm_layout *x, const layer *l, int64_t *shape) {
    memcpy(shape, fm_layout_shape(x), (size_t)x->ndim * sizeof *shape);
    shape[x->ndim - 1] = l->n;
    return x->ndim;
}

static fm_status infer_linear(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    layer l;
    int64_t shape[FM_MAX_NDIM];
    fm_operands_clear(r);
    for (int p = 0; p < 3; p++) fm_operand_add(bound, r, p, 0);
    FM_TRY(check_layer(bound, r, 0, 1, &l, error));
    FM_TRY(fm_nn_shape(bound, r, 2, 1, &l.n, "argument 2", error));
    r->params.nn = (fm_nn_params){.outputs = 1};
    FM_TRY(fm_nn_choice(bound, 3, activations, ACTIVATIONS, &r->params.nn.activation, error));
    int ndim = output_shape(r->in[0], &l, shape);
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* The layer's output y must come with an activation, and only counts then. */
static fm_status check_activation(const fm_bound *bound, fm_resolved *r, int param, int yi,
                                  fm_error *error) {
    FM_TRY(fm_nn_choice(bound, param, activations, ACTIVATIONS, &r->params.nn.activation, error));
    if (r->params.nn.activation != 0 && r->in[yi] == NULL)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, r->in_source[yi].param + 1,
                          "None, but activation '%s' needs the layer's output",
                          activations[r->params.nn.activation]);
    return FM_OK;
}

static void want_output(fm_resolved *r, int i, bool wanted, int ndim, const int64_t *shape) {
    fm_output_set(r, i, wanted ? r->compute : FM_DTYPE_NONE, ndim, shape);
    if (wanted) r->params.nn.outputs |= 1 << i;
}

/* dy and y have the output's shape. */
static fm_status check_gradient(const fm_bound *bound, fm_resolved *r, int yi, const layer *l,
                                fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim = output_shape(r->in[1], l, shape);
    FM_TRY(fm_nn_shape(bound, r, 0, ndim, shape, "argument 2 with argument 3", error));
    return fm_nn_shape(bound, r, yi, ndim, shape, "argument 2 with argument 3", error);
}

/* Parameters: dy x w y activation dx dw db. */
static fm_status infer_linear_backward(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    layer l;
    fm_operands_clear(r);
    for (int p = 0; p < 4; p++) fm_operand_add(bound, r, p, 0);
    r->params.nn = (fm_nn_params){0};
    FM_TRY(check_layer(bound, r, 1, 2, &l, error));
    FM_TRY(check_activation(bound, r, 4, 3, error));
    FM_TRY(check_gradient(bound, r, 3, &l, error));
    const fm_layout *x = r->in[1], *w = r->in[2];
    want_output(r, 0, fm_arg_int(&bound->values[5], 1) != 0, x->ndim, fm_layout_shape(x));
    want_output(r, 1, fm_arg_int(&bound->values[6], 1) != 0, 2, fm_layout_shape(w));
    want_output(r, 2, fm_arg_int(&bound->values[7], 1) != 0, 1, &l.n);
    return FM_OK;
}

/* Parameters: dy x w b y activation lr dx. */
static fm_status infer_linear_backward_sgd(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    layer l;
    fm_operands_clear(r);
    for (int p = 0; p < 5; p++) fm_operand_add(bound, r, p, 0);
    r->params.nn = (fm_nn_params){0};
    FM_TRY(check_layer(bound, r, 1, 2, &l, error));
    for (int i = 1; i < r->nin; i++) FM_TRY(fm_nn_same_dtype(bound, r, i, error));
    FM_TRY(fm_nn_shape(bound, r, 3, 1, &l.n, "argument 3", error));
    FM_TRY(check_activation(bound, r, 5, 4, error));
    FM_TRY(check_gradient(bound, r, 4, &l, error));
    const fm_layout *x = r->in[1];
    want_output(r, 0, fm_arg_int(&bound->values[7], 1) != 0, x->ndim, fm_layout_shape(x));
    fm_nn_output_in_place(r, 1, 2);
    fm_nn_output_in_place(r, 2, 3);
    fm_nn_scalar(r, 6);
    return FM_OK;
}

static fm_status infer_relu(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    const fm_layout *x = fm_operand_add(bound, r, 0, 0);
    FM_TRY(fm_nn_floating(bound, r, 0, error));
    r->compute = x->dtype;
    r->params.nn = (fm_nn_params){.outputs = 1};
    fm_output_set(r, 0, x->dtype, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

static fm_status infer_relu_backward(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    const fm_layout *dy = fm_operand_add(bound, r, 0, 0);
    fm_operand_add(bound, r, 1, 0);
    for (int i = 0; i < 2; i++) FM_TRY(fm_nn_floating(bound, r, i, error));
    FM_TRY(fm_nn_shape(bound, r, 1, dy->ndim, fm_layout_shape(dy), "argument 1", error));
    r->compute = fm_operands_promote(r);
    r->params.nn = (fm_nn_params){.outputs = 1};
    fm_output_set(r, 0, r->compute, dy->ndim, fm_layout_shape(dy));
    return FM_OK;
}

static layer layer_of(const fm_resolved *r, int xi, int wi) {
    const int64_t *w = fm_layout_shape(r->in[wi]);
    return (layer){leading(r->in[xi]), w[0], w[1]};
}

static fm_status cost_linear(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    layer l = layer_of(r, 0, 1);
    fm_u128 outs = (fm_u128)l.m * (fm_u128)l.n;
    fm_status status = fm_cost_gemm(work, "matmul", 1, (fm_u128)l.m, (fm_u128)l.n, (fm_u128)l.k);
    if (r->in[2] != NULL) fm_nn_add(work, &status, "add", outs);
    if (r->params.nn.activation != 0) fm_nn_add(work, &status, "maximum", outs);
    return fm_cost_close(bound, r, work, status, error);
}

/* What both backward rows have: the masked gradient and the products for dx and dw. */
static fm_status add_gradients(fm_work *work, const fm_resolved *r, const layer *l, bool dx,
                               bool dw, bool db) {
    fm_u128 m = (fm_u128)l->m, n = (fm_u128)l->n, k = (fm_u128)l->k;
    int64_t shape[2] = {l->m, l->n};
    fm_status status = FM_OK;
    if (r->params.nn.activation != 0) {
        fm_nn_add(work, &status, "greater", m * n);
        fm_nn_add(work, &status, "multiply", m * n);
    }
    if (status == FM_OK && dx) status = fm_cost_gemm(work, "matmul", 1, m, k, n);
    if (status == FM_OK && dw) status = fm_cost_gemm(work, "matmul", 1, n, k, m);
    if (status == FM_OK && db)
        status = fm_cost_reduce(work, "sum", (fm_extents){2, shape}, NULL, 1);
    return status;
}

static fm_status cost_linear_backward(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                      fm_error *error) {
    layer l = layer_of(r, 1, 2);
    int32_t outputs = r->params.nn.outputs;
    fm_status status =
        add_gradients(work, r, &l, (outputs & 1) != 0, (outputs & 2) != 0, (outputs & 4) != 0);
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_linear_backward_sgd(const fm_bound *bound, const fm_resolved *r,
                                          fm_work *work, fm_error *error) {
    layer l = layer_of(r, 1, 2);
    int32_t outputs = r->params.nn.outputs;
    bool bias = (outputs & 4) != 0;
    fm_status status = add_gradients(work, r, &l, (outputs & 1) != 0, true, bias);
    fm_u128 updated[2] = {(fm_u128)l.n * (fm_u128)l.k, (fm_u128)l.n};
    for (int i = 0; i < (bias ? 2 : 1); i++) {
        fm_nn_add(work, &status, "multiply", updated[i]);
        fm_nn_add(work, &status, "subtract", updated[i]);
    }
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_relu(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    fm_status status = fm_cost_elementwise(work, "maximum", fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_relu_backward(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                    fm_error *error) {
    fm_status status = fm_cost_elementwise(work, "greater", fm_extents_out(r, 0));
    if (status == FM_OK) status = fm_cost_elementwise(work, "multiply", fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

#define P_CHOICE(name_)                                                                            \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INT | FM_TAKES_STRING, .otherwise = {                   \
            .kind = FM_VALUE_INT,                                                                  \
            .as.i = 0                                                                              \
        }                                                                                          \
    }
#define P_FLOAT(name_, value_)                                                                     \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_FLOAT, .otherwise = {                                   \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }
#define NN_ROW(id_, nout_, formula_, ulp_, meaning_)                                               \
    .name = "nn." #id_, .family = FM_FAMILY_NN, .op = FM_NN_##id_, .nout = (nout_),                \
    .formula = (formula_), .dtypes = "float", .ulp = (ulp_), .meaning = (meaning_)

static const fm_row rows[] = {
    {NN_ROW(linear, 1, "matmul + add + maximum", 4, "relu(x w^T + b), relu and b where given."),
     .infer = infer_linear, .cost = cost_linear, .nparams = 4,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("w"), FM_P_TENSOR_OR_NONE("b"),
                P_CHOICE("activation")}},
    {NN_ROW(linear_backward, 3, "matmul each for dx, dw + sum for db + greater + multiply for relu",
            4, "Gradients of nn.linear: dx, dw and db, those that are asked for."),
     .infer = infer_linear_backward, .cost = cost_linear_backward, .nparams = 8,
     .params = {FM_P_TENSOR("dy"), FM_P_TENSOR("x"), FM_P_TENSOR("w"), FM_P_TENSOR_OR_NONE("y"),
                P_CHOICE("activation"), FM_P_BOOL_DEFAULT("dx", 1), FM_P_BOOL_DEFAULT("dw", 1),
                FM_P_BOOL_DEFAULT("db", 1)}},
    {NN_ROW(linear_backward_sgd, 3, "nn.linear_backward + multiply + subtract each parameter", 4,
            "nn.linear_backward with w -= lr dw and b -= lr db in place."),
     .infer = infer_linear_backward_sgd, .cost = cost_linear_backward_sgd, .nparams = 8,
     .params = {FM_P_TENSOR("dy"), FM_P_TENSOR("x"), FM_P_IN_PLACE("w", 1),
                FM_P_IN_PLACE_OR_NONE("b", 2), FM_P_TENSOR_OR_NONE("y"), P_CHOICE("activation"),
                FM_P_RUNTIME_FLOAT("lr", 0.01), FM_P_BOOL_DEFAULT("dx", 1)}},
    {NN_ROW(relu, 1, "maximum", 0, "maximum(x, 0); NaN stays."), .infer = infer_relu,
     .cost = cost_relu, .nparams = 1, .params = {FM_P_TENSOR("x")}},
    {NN_ROW(relu_backward, 1, "greater + multiply", 0, "dy where y > 0, else 0."),
     .infer = infer_relu_backward, .cost = cost_relu_backward, .nparams = 2,
     .params = {FM_P_TENSOR("dy"), FM_P_TENSOR("y")}},
    {NN_ROW(softmax_cross_entropy, 2,
            "max + subtract + exp + sum + divide + log + take + subtract + mean", 4,
            "Mean or sum of -log softmax(logits)[label], and the probabilities."),
     .infer = fm_infer_softmax_cross_entropy, .cost = fm_cost_of_softmax_cross_entropy,
     .nparams = 3, .params = {FM_P_TENSOR("logits"), FM_P_TENSOR("labels"), P_CHOICE("reduction")}},
    {NN_ROW(softmax_cross_entropy_backward, 1, "subtract + divide", 2,
            "Gradient of the loss to the logits."),
     .infer = fm_infer_softmax_cross_entropy_backward,
     .cost = fm_cost_of_softmax_cross_entropy_backward, .nparams = 3,
     .params = {FM_P_TENSOR("probabilities"), FM_P_TENSOR("labels"), P_CHOICE("reduction")}},
    {NN_ROW(sgd, 2, "multiply + subtract; multiply + add each for momentum, nesterov, decay", 4,
            "A step of stochastic gradient descent in place."),
     .infer = fm_infer_sgd, .cost = fm_cost_of_sgd, .nparams = 7,
     .params = {FM_P_IN_PLACE("w", 0), FM_P_TENSOR("g"), FM_P_IN_PLACE_OR_NONE("velocity", 1),
                FM_P_RUNTIME_FLOAT("lr", 0.01), P_FLOAT("momentum", 0.0),
                P_FLOAT("weight_decay", 0.0), FM_P_BOOL_DEFAULT("nesterov", 0)}},
    {NN_ROW(adam, 3,
            "5 multiply + square + 3 add + sqrt + 2 divide + subtract; multiply + subtract for "
            "decay",
            4, "A step of Adam, or AdamW with weight_decay, in place."),
     .infer = fm_infer_adam, .cost = fm_cost_of_adam, .nparams = 10,
     .params = {FM_P_IN_PLACE("w", 0),
                FM_P_TENSOR("g"),
                FM_P_IN_PLACE("m", 1),
                FM_P_IN_PLACE("v", 2),
                FM_P_RUNTIME_FLOAT("lr", 0.001),
                FM_P_RUNTIME_FLOAT("beta1", 0.9),
                FM_P_RUNTIME_FLOAT("beta2", 0.999),
                FM_P_RUNTIME_FLOAT("epsilon", 1e-8),
                P_FLOAT("weight_decay", 0.0),
                {.name = "step",
                 .takes = FM_TAKES_INT,
                 .flags = FM_PARAM_RUNTIME | FM_PARAM_REQUIRED}}},
};

const fm_row_table fm_rows_nn = {rows, (int)(sizeof rows / sizeof *rows)};
