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
    fm_activation activation;
    double bound; /* of fresh weights */
} layer;

/* Output of a layer and its gradient. */
typedef struct output {
    fm_tensor *y, *dy;
} output;

/* What a step on a batch writes beside the parameters, and the graph that replays it. A graph keeps
   its memory, so batches of other sizes have a pass of their own there; elsewhere all share one. */
typedef struct pass {
    struct pass *next;
    int64_t n;
    fm_tensor *loss, *probabilities;
    fm_graph *graph;
    const void *x, *labels; /* that it reads */
    bool warm;              /* a step went through */
    output outputs[];
} pass;

struct mlp {
    fm_context *ctx;
    mlp_optimizer optimizer;
    double lr;
    bool graph;
    int64_t steps; /* since the weights were fresh */
    pass *passes;  /* the latest one first */
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
    net->graph = options->graph;
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

static void release_pass(pass *p, int nlayers) {
    fm_graph_release(p->graph);
    for (int i = 0; i < nlayers; i++) {
        fm_tensor_release(p->outputs[i].y);
        fm_tensor_release(p->outputs[i].dy);
    }
    fm_tensor_release(p->loss);
    fm_tensor_release(p->probabilities);
    free(p);
}

void mlp_forget(mlp *net) {
    while (net->passes) {
        pass *next = net->passes->next;
        release_pass(net->passes, net->nlayers);
        net->passes = next;
    }
}

void mlp_close(mlp *net) {
    if (!net) return;
    mlp_forget(net);
    for (int i = 0; i < net->nlayers; i++) {
        release_parameter(&net->layers[i].weight);
        release_parameter(&net->layers[i].bias);
    }
    free(net);
}

/* The pass of a batch of n samples, made where there is none, in front of the others. */
static fm_status find_pass(mlp *net, int64_t n) {
    for (pass **at = &net->passes; *at; at = &(*at)->next) {
        pass *found = *at;
        if (net->graph && found->n != n) continue;
        *at = found->next;
        found->next = net->passes;
        net->passes = found;
        return FM_OK;
    }
    pass *made = calloc(1, sizeof *made + (size_t)net->nlayers * sizeof *made->outputs);
    if (!made) return FM_ERR_MEMORY;
    made->n = n;
    made->next = net->passes;
    net->passes = made;
    return FM_OK;
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

static fm_status forward(mlp *net, const fm_tensor *x, output *outputs) {
    for (int i = 0; i < net->nlayers; i++) {
        layer *l = &net->layers[i];
        TRY(fm_nn_linear(net->ctx, x, l->weight.value, l->bias.value, l->activation,
                         &outputs[i].y));
        x = outputs[i].y;
    }
    return FM_OK;
}

fm_status mlp_forward(mlp *net, const fm_tensor *x) {
    TRY(find_pass(net, fm_tensor_shape(x)[0]));
    return forward(net, x, net->passes->outputs);
}

static fm_status update(mlp *net, parameter *p) {
    if (net->optimizer == MLP_ADAM) {
        fm_adam_options adam = {.size = sizeof adam, .lr = net->lr, .step = net->steps};
        return fm_nn_adam(net->ctx, p->value, p->gradient, p->state[0], p->state[1], &adam);
    }
    fm_sgd_options sgd = {.size = sizeof sgd, .lr = net->lr, .momentum = MLP_MOMENTUM_FACTOR};
    return fm_nn_sgd(net->ctx, p->value, p->gradient, p->state[0], &sgd);
}

static fm_status update_all(mlp *net) {
    if (net->optimizer == MLP_SGD) return FM_OK;
    for (int i = net->nlayers - 1; i >= 0; i--) {
        TRY(update(net, &net->layers[i].weight));
        TRY(update(net, &net->layers[i].bias));
    }
    return FM_OK;
}

static fm_status backward(mlp *net, layer *l, const output *out, const fm_tensor *x,
                          fm_tensor **dx) {
    const fm_tensor *y = l->activation == FM_ACTIVATION_NONE ? NULL : out->y;
    if (net->optimizer == MLP_SGD)
        return fm_nn_linear_backward_sgd(net->ctx, out->dy, x, l->weight.value, l->bias.value, y,
                                         l->activation, net->lr, dx);
    return fm_nn_linear_backward(net->ctx, out->dy, x, l->weight.value, y, l->activation, dx,
                                 &l->weight.gradient, &l->bias.gradient);
}

/* Outputs of the backward pass, before the first one: made within it they would take over blocks
   that its operations work in, and the second step would ask for others. */
static fm_status make_gradients(mlp *net, pass *p, int64_t n) {
    for (int i = 0; i < net->nlayers; i++) {
        const int64_t shape[2] = {n, net->layers[i].bias.shape[0]};
        if (!p->outputs[i].dy)
            TRY(fm_tensor_create(net->ctx, FM_FLOAT32, 2, shape, &p->outputs[i].dy));
    }
    return FM_OK;
}

/* All of a step that depends on no number but the learning rate: the updates of momentum and adam
   are launched each by itself, as their numbers change from step to step. */
static fm_status run_pass(mlp *net, pass *p, const fm_tensor *x, const fm_tensor *labels) {
    output *last = &p->outputs[net->nlayers - 1];
    TRY(forward(net, x, p->outputs));
    TRY(fm_nn_softmax_cross_entropy(net->ctx, last->y, labels, FM_REDUCTION_MEAN, &p->loss,
                                    &p->probabilities));
    TRY(fm_nn_softmax_cross_entropy_backward(net->ctx, p->probabilities, labels, FM_REDUCTION_MEAN,
                                             &last->dy));
    for (int i = net->nlayers - 1; i >= 0; i--) {
        output *below = i > 0 ? &p->outputs[i - 1] : NULL;
        TRY(backward(net, &net->layers[i], &p->outputs[i], below ? below->y : x,
                     below ? &below->dy : NULL));
    }
    return FM_OK;
}

static void drop_graph(pass *p) {
    fm_graph_release(p->graph);
    p->graph = NULL;
}

/* Captures the pass once it is warm, and anew where it reads other memory. */
static fm_status capture(mlp *net, pass *p, const fm_tensor *x, const fm_tensor *labels) {
    const void *from = fm_tensor_data(x), *classes = fm_tensor_data(labels);
    if (p->graph && (p->x != from || p->labels != classes)) drop_graph(p);
    if (p->graph || !p->warm) return FM_OK;
    TRY(fm_capture_begin(net->ctx, FM_CAPTURE_OWN));
    fm_status status = run_pass(net, p, x, labels);
    if (status != FM_OK) {
        fm_capture_abandon(net->ctx);
        return status;
    }
    p->x = from;
    p->labels = classes;
    return fm_capture_end(net->ctx, &p->graph);
}

static fm_status train(mlp *net, pass *p, const fm_tensor *x, const fm_tensor *labels) {
    TRY(p->graph ? fm_graph_launch(net->ctx, p->graph) : run_pass(net, p, x, labels));
    p->warm = true;
    net->steps++;
    return update_all(net);
}

/* A step of its own for timing by steps, and for hardware counters, whose passes are such steps. */
fm_status mlp_step(mlp *net, const fm_tensor *x, const fm_tensor *labels) {
    int64_t n = fm_tensor_shape(x)[0];
    TRY(find_pass(net, n));
    pass *p = net->passes;
    TRY(make_gradients(net, p, n));
    if (net->graph) TRY(capture(net, p, x, labels));
    TRY(fm_step_begin(net->ctx));
    fm_status status = train(net, p, x, labels), ended = fm_step_end(net->ctx);
    return status == FM_OK ? ended : status;
}

/* A graph has the rate of the folded update in it. */
void mlp_set_lr(mlp *net, double lr) {
    for (pass *p = net->passes; p && lr != net->lr && net->optimizer == MLP_SGD; p = p->next)
        drop_graph(p);
    net->lr = lr;
}

const fm_tensor *mlp_logits(const mlp *net) {
    return net->passes->outputs[net->nlayers - 1].y;
}

fm_status mlp_loss(mlp *net, double *loss) {
    fm_scalar value;
    TRY(fm_tensor_item(net->ctx, net->passes->loss, &value));
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
