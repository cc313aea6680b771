/* The training step that the benches time: 784-512-512-10 with relu, softmax cross entropy, plain
   stochastic gradient descent folded into the backward pass. */
#ifndef BENCH_MLP_H
#define BENCH_MLP_H

#include "setup.h"

enum { MLP_LAYERS = 3, MLP_CLASSES = 10 };
static const int64_t mlp_width[MLP_LAYERS + 1] = {784, 512, 512, MLP_CLASSES};
static const double mlp_rate = 1e-3;

typedef struct mlp {
    fm_context *ctx;
    bool steps; /* each step is marked by fm_step_begin and fm_step_end */
    fm_tensor *x, *labels, *w[MLP_LAYERS], *b[MLP_LAYERS], *y[MLP_LAYERS], *d[MLP_LAYERS];
    fm_tensor *loss, *probabilities;
} mlp;

static inline fm_tensor *mlp_labels(fm_context *ctx, int64_t batch) {
    int64_t *labels = malloc((size_t)batch * sizeof *labels);
    fm_tensor *out;
    if (!labels) abort();
    for (int64_t i = 0; i < batch; i++) labels[i] = i % MLP_CLASSES;
    bench_check(ctx, fm_tensor_from_host(ctx, FM_INT64, 1, &batch, labels, &out));
    free(labels);
    return out;
}

static inline void mlp_open(mlp *n, fm_context *ctx, int64_t batch) {
    const int64_t input[] = {batch, mlp_width[0]};
    *n = (mlp){.ctx = ctx};
    n->x = bench_tensor(ctx, FM_FLOAT32, 2, input, 1.0);
    n->labels = mlp_labels(ctx, batch);
    for (int l = 0; l < MLP_LAYERS; l++) {
        const int64_t shape[] = {mlp_width[l + 1], mlp_width[l]};
        n->w[l] = bench_tensor(ctx, FM_FLOAT32, 2, shape, 0.05);
        n->b[l] = bench_tensor(ctx, FM_FLOAT32, 1, shape, 0.05);
    }
}

/* Closes the context too. */
static inline void mlp_close(mlp *n) {
    fm_tensor *all[] = {n->x, n->labels, n->loss, n->probabilities};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
    for (int l = 0; l < MLP_LAYERS; l++) {
        fm_tensor *layer[] = {n->w[l], n->b[l], n->y[l], n->d[l]};
        for (int i = 0; i < 4; i++) fm_tensor_release(layer[i]);
    }
    fm_context_close(n->ctx);
}

static inline void mlp_step(mlp *n) {
    const int last = MLP_LAYERS - 1;
    fm_context *ctx = n->ctx;
    for (int l = 0; l <= last; l++)
        bench_check(ctx,
                    fm_nn_linear(ctx, l ? n->y[l - 1] : n->x, n->w[l], n->b[l],
                                 l < last ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE, &n->y[l]));
    bench_check(ctx, fm_nn_softmax_cross_entropy(ctx, n->y[last], n->labels, FM_REDUCTION_MEAN,
                                                 &n->loss, &n->probabilities));
    bench_check(ctx, fm_nn_softmax_cross_entropy_backward(ctx, n->probabilities, n->labels,
                                                          FM_REDUCTION_MEAN, &n->d[last]));
    for (int l = last; l >= 0; l--)
        bench_check(ctx,
                    fm_nn_linear_backward_sgd(ctx, n->d[l], l ? n->y[l - 1] : n->x, n->w[l],
                                              n->b[l], l < last ? n->y[l] : NULL,
                                              l < last ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE,
                                              mlp_rate, l ? &n->d[l - 1] : NULL));
}

/* A bench_body. */
static inline void mlp_train(void *user, long calls) {
    mlp *n = user;
    for (long i = 0; i < calls; i++) {
        if (n->steps) bench_check(n->ctx, fm_step_begin(n->ctx));
        mlp_step(n);
        if (n->steps) bench_check(n->ctx, fm_step_end(n->ctx));
    }
    bench_check(n->ctx, fm_synchronize(n->ctx));
}

#endif
