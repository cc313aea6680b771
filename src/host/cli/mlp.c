/* A multilayer perceptron on the public functions alone; all outputs are slots. */
#include "cli/mlp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Parameters, what the optimizer keeps of them (velocity, or both moments), and gradients. */
typedef struct parameter {
    fm_tensor *value, *state[2], *gradient;
    int ndim;
    int64_t shape[2];
} parameter;

typedef struct layer {
    parameter weight, bias;
    fm_tensor *y;  /* output */
    fm_tensor *dy; /* its gradient */
    fm_activation activation;
    double bound; /* of fresh weights */
} layer;

struct mlp {
    fm_context *ctx;
    mlp_optimizer optimizer;
    double lr;
    int64_t steps; /* since the weights were fresh */
    fm_tensor *loss, *probabilities;
    int nlayers;
    layer layers[];
};

#define TRY(call)                                                                                  \
    do {                                                                                           \
        fm_status try_status_ = (call);                                                            \
        if (try_status_ != FM_OK) return try_status_;                                              \
    } while (0)

fm_status mlp_open(fm_context *ctx, const mlp_options *options, mlp **out) {
    size_t nlayers = (size_t)options->nwidths - 1;
    mlp *net = calloc(1, sizeof *net + nlayers * sizeof *net->layers);
    *out = net;
    if (!net) return FM_ERR_MEMORY;
    net->ctx = ctx;
    net->optimizer = options->optimizer;
    net->lr = options->lr;
    net->nlayers = (int)nlayers;
    for (int i = 0; i < net->nlayers; i++) {
        int64_t in = options->widths[i], width = options->widths[i + 1];
        layer *l = &net->layers[i];
        l->weight.ndim = 2;
        l->weight.shape[0] = width;
        l->weight.shape[1] = in;
        l->bias.ndim = 1;
        l->bias.shape[0] = width;
        l->activation = i + 1 < net->nlayers ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE;
        l->bound = 1 / sqrt((double)in);
    }
    return FM_OK;
}

static void release_parameter(parameter *p) {
    fm_tensor_release(p->value);
    fm_tensor_release(p->state[0]);
    fm_tensor_release(p->state[1]);
    fm_tensor_release(p->gradient);
}

void mlp_close(mlp *net) {
    if (!net) return;
    for (int i = 0; i < net->nlayers; i++) {
        release_parameter(&net->layers[i].weight);
        release_parameter(&net->layers[i].bias);
        fm_tensor_release(net->layers[i].y);
        fm_tensor_release(net->layers[i].dy);
    }
    fm_tensor_release(net->loss);
    fm_tensor_release(net->probabilities);
    free(net);
}

static fm_status zeros(fm_context *ctx, const parameter *p, fm_tensor **out) {
    fm_argument arguments[2] = {{.value.kind = FM_VALUE_INTS}, {.name = "dtype"}};
    arguments[0].value.count = (uint32_t)p->ndim;
    arguments[0].value.as.ints = p->shape;
    arguments[1].value.kind = FM_VALUE_DTYPE;
    arguments[1].value.as.dtype = FM_FLOAT32;
    return fm_call(ctx, "zeros", arguments, 2, out, 1);
}

static fm_status fresh(mlp *net, parameter *p, double bound) {
    static const int states[] = {[MLP_SGD] = 0, [MLP_MOMENTUM] = 1, [MLP_ADAM] = 2};
    fm_random_uniform_options options = {.size = sizeof options, .dtype = FM_FLOAT32};
    options.low = (fm_opt_float)FM_OPT(-bound);
    options.high = (fm_opt_float)FM_OPT(bound);
    options.shape = (fm_opt_ints)FM_OPT_INTS(p->ndim, p->shape);
    TRY(fm_random_uniform(net->ctx, &options, &p->value));
    for (int i = 0; i < states[net->optimizer]; i++) TRY(zeros(net->ctx, p, &p->state[i]));
    if (net->optimizer == MLP_SGD || p->gradient) return FM_OK;
    return fm_tensor_create(net->ctx, FM_FLOAT32, p->ndim, p->shape, &p->gradient);
}

fm_status mlp_reset(mlp *net) {
    net->steps = 0;
    for (int i = 0; i < net->nlayers; i++) {
        TRY(fresh(net, &net->layers[i].weight, net->layers[i].bound));
        TRY(fresh(net, &net->layers[i].bias, net->layers[i].bound));
    }
    return FM_OK;
}

fm_status mlp_forward(mlp *net, const fm_tensor *x) {
    for (int i = 0; i < net->nlayers; i++) {
        layer *l = &net->layers[i];
        TRY(fm_nn_linear(net->ctx, x, l->weight.value, l->bias.value, l->activation, &l->y));
        x = l->y;
    }
    return FM_OK;
}

static fm_status update(mlp *net, parameter *p) {
    if (net->optimizer == MLP_ADAM) {
        fm_adam_options adam = {.size = sizeof adam, .lr = net->lr, .step = net->steps};
        return fm_nn_adam(net->ctx, p->value, p->gradient, p->state[0], p->state[1], &adam);
    }
    fm_sgd_options sgd = {.size = sizeof sgd, .lr = net->lr, .momentum = MLP_MOMENTUM_FACTOR};
    return fm_nn_sgd(net->ctx, p->value, p->gradient, p->state[0], &sgd);
}

/* The gradient for the layer below is taken from the weights before their update. */
static fm_status backward(mlp *net, layer *l, const fm_tensor *x, fm_tensor **dx) {
    const fm_tensor *y = l->activation == FM_ACTIVATION_NONE ? NULL : l->y;
    if (net->optimizer == MLP_SGD)
        return fm_nn_linear_backward_sgd(net->ctx, l->dy, x, l->weight.value, l->bias.value, y,
                                         l->activation, net->lr, dx);
    TRY(fm_nn_linear_backward(net->ctx, l->dy, x, l->weight.value, y, l->activation, dx,
                              &l->weight.gradient, &l->bias.gradient));
    TRY(update(net, &l->weight));
    return update(net, &l->bias);
}

/* Outputs of the backward pass, before the first one: made within it they would take over blocks
   that its operations work in, and the second step would ask for others. */
static fm_status make_gradients(mlp *net, int64_t n) {
    for (int i = 0; i < net->nlayers; i++) {
        layer *l = &net->layers[i];
        const int64_t shape[2] = {n, l->bias.shape[0]};
        if (!l->dy) TRY(fm_tensor_create(net->ctx, FM_FLOAT32, 2, shape, &l->dy));
    }
    return FM_OK;
}

static fm_status train(mlp *net, const fm_tensor *x, const fm_tensor *labels) {
    layer *last = &net->layers[net->nlayers - 1];
    TRY(mlp_forward(net, x));
    TRY(fm_nn_softmax_cross_entropy(net->ctx, last->y, labels, FM_REDUCTION_MEAN, &net->loss,
                                    &net->probabilities));
    TRY(fm_nn_softmax_cross_entropy_backward(net->ctx, net->probabilities, labels,
                                             FM_REDUCTION_MEAN, &last->dy));
    net->steps++;
    for (int i = net->nlayers - 1; i >= 0; i--) {
        layer *below = i > 0 ? &net->layers[i - 1] : NULL;
        TRY(backward(net, &net->layers[i], below ? below->y : x, below ? &below->dy : NULL));
    }
    return FM_OK;
}

/* A step of its own for timing by steps, and for hardware counters, whose passes are such steps. */
fm_status mlp_step(mlp *net, const fm_tensor *x, const fm_tensor *labels) {
    TRY(make_gradients(net, fm_tensor_shape(x)[0]));
    TRY(fm_step_begin(net->ctx));
    fm_status status = train(net, x, labels), ended = fm_step_end(net->ctx);
    return status == FM_OK ? ended : status;
}

void mlp_set_lr(mlp *net, double lr) {
    net->lr = lr;
}

const fm_tensor *mlp_logits(const mlp *net) {
    return net->layers[net->nlayers - 1].y;
}

fm_status mlp_loss(mlp *net, double *loss) {
    fm_scalar value;
    TRY(fm_tensor_item(net->ctx, net->loss, &value));
    *loss = value.value.f;
    return FM_OK;
}

int64_t mlp_parameters(const mlp *net) {
    int64_t sum = 0;
    for (int i = 0; i < net->nlayers; i++) {
        const parameter *w = &net->layers[i].weight;
        sum += w->shape[0] * w->shape[1] + w->shape[0];
    }
    return sum;
}
