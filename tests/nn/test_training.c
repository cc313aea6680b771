/* A whole training loop on the CPU: exact charges, no allocation after its first step, a loss that
   falls, and a budget that ends it at the right step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>
#include <string.h>

#include "core/alloc.h"

enum { LAYERS = 3, BATCH = 128 };
static const int64_t width[LAYERS + 1] = {784, 512, 512, 10};

typedef struct net {
    fm_context *ctx;
    fm_tensor *x, *labels, *w[LAYERS], *b[LAYERS], *y[LAYERS], *d[LAYERS];
    fm_tensor *loss, *probabilities;
} net;

static void ok(fm_context *ctx, fm_status status) {
    if (status != FM_OK) fail_msg("%s", fm_context_message(ctx));
}

/* Uniform in (-reach, reach) by a linear congruential generator. */
static fm_tensor *random_tensor(fm_context *ctx, int ndim, const int64_t *shape, double reach) {
    static float data[512 * 784];
    static uint32_t x = 7;
    int64_t size = 1;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    for (int64_t i = 0; i < size; i++) {
        x = x * 1664525u + 1013904223u;
        data[i] = (float)(reach * ((double)x / 2147483648.0 - 1.0));
    }
    fm_tensor *out;
    ok(ctx, fm_tensor_from_host(ctx, FM_FLOAT32, ndim, shape, data, &out));
    return out;
}

static void net_open(net *n, const char *model) {
    memset(n, 0, sizeof *n);
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    options.cost_model = model;
    fm_error error;
    if (fm_context_open(&options, &n->ctx, &error) != FM_OK) fail_msg("%s", error.message);
    int64_t input[] = {BATCH, width[0]}, batch = BATCH, labels[BATCH];
    n->x = random_tensor(n->ctx, 2, input, 1.0);
    for (int i = 0; i < BATCH; i++) labels[i] = i % 10;
    ok(n->ctx, fm_tensor_from_host(n->ctx, FM_INT64, 1, &batch, labels, &n->labels));
    for (int l = 0; l < LAYERS; l++) {
        int64_t shape[] = {width[l + 1], width[l]};
        n->w[l] = random_tensor(n->ctx, 2, shape, 0.05);
        n->b[l] = random_tensor(n->ctx, 1, shape, 0.05);
    }
}

static void net_close(net *n) {
    fm_tensor *all[] = {n->x, n->labels, n->loss, n->probabilities};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
    for (int l = 0; l < LAYERS; l++) {
        fm_tensor *layer[] = {n->w[l], n->b[l], n->y[l], n->d[l]};
        for (int i = 0; i < 4; i++) fm_tensor_release(layer[i]);
    }
    fm_context_close(n->ctx);
}

#define TRY(call)                                                                                  \
    do {                                                                                           \
        fm_status status_ = (call);                                                                \
        if (status_ != FM_OK) return status_;                                                      \
    } while (0)

static fm_status step(net *n, double lr) {
    fm_context *ctx = n->ctx;
    for (int l = 0; l < LAYERS; l++)
        TRY(fm_nn_linear(ctx, l ? n->y[l - 1] : n->x, n->w[l], n->b[l],
                         l < LAYERS - 1 ? FM_ACTIVATION_RELU : FM_ACTIVATION_NONE, &n->y[l]));
    TRY(fm_nn_softmax_cross_entropy(ctx, n->y[LAYERS - 1], n->labels, FM_REDUCTION_MEAN, &n->loss,
                                    &n->probabilities));
    TRY(fm_nn_softmax_cross_entropy_backward(ctx, n->probabilities, n->labels, FM_REDUCTION_MEAN,
                                             &n->d[LAYERS - 1]));
    for (int l = LAYERS - 1; l >= 0; l--) {
        bool last = l == LAYERS - 1;
        TRY(fm_nn_linear_backward_sgd(
            ctx, n->d[l], l ? n->y[l - 1] : n->x, n->w[l], n->b[l], last ? NULL : n->y[l],
            last ? FM_ACTIVATION_NONE : FM_ACTIVATION_RELU, lr, l ? &n->d[l - 1] : NULL));
    }
    return FM_OK;
}

static double loss_of(net *n) {
    fm_scalar loss;
    ok(n->ctx, fm_tensor_item(n->ctx, n->loss, &loss));
    return loss.value.f;
}

static void a_step_costs_what_torch_counts(void **state) {
    (void)state;
    net n;
    net_open(&n, "torch");
    uint64_t before = fm_budget_used(fm_context_budget(n.ctx));
    for (int i = 0; i < 10; i++) ok(n.ctx, step(&n, 0.1));
    assert_int_equal(fm_budget_used(fm_context_budget(n.ctx)) - before, UINT64_C(4107796480));
    net_close(&n);
}

static void the_loss_falls(void **state) {
    (void)state;
    net n;
    net_open(&n, "textbook");
    ok(n.ctx, step(&n, 0.2));
    double first = loss_of(&n);
    for (int i = 0; i < 60; i++) ok(n.ctx, step(&n, 0.2));
    assert_true(first > 2.0 && first < 3.0);
    assert_true(loss_of(&n) < 0.5 * first);
    net_close(&n);
}

static void a_steady_loop_allocates_nothing(void **state) {
    (void)state;
    net n;
    net_open(&n, "textbook");
    ok(n.ctx, step(&n, 0.1));
    fm_memory_stats before, after;
    fm_context_memory(n.ctx, NULL, &before);
    uint64_t heap = fm_alloc_count();
    for (int i = 0; i < 200; i++) ok(n.ctx, step(&n, 0.1 / (1 + i)));
    fm_context_memory(n.ctx, NULL, &after);
    assert_int_equal(fm_alloc_count(), heap);
    assert_int_equal(after.system_allocations, before.system_allocations);
    assert_int_equal(after.reserved, before.reserved);
    net_close(&n);
}

static void the_budget_ends_it_at_the_right_step(void **state) {
    (void)state;
    net n;
    net_open(&n, "torch");
    uint64_t before = fm_budget_used(fm_context_budget(n.ctx));
    ok(n.ctx, step(&n, 0.1));
    uint64_t cost = fm_budget_used(fm_context_budget(n.ctx)) - before;
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 3 * cost + cost / 2;
    ok(n.ctx, fm_budget_open(n.ctx, &options, &budget));
    int steps = 0;
    fm_status status;
    while ((status = step(&n, 0.1)) == FM_OK) steps++;
    assert_int_equal(status, FM_ERR_BUDGET);
    assert_int_equal(steps, 3);
    assert_true(fm_budget_used(budget) <= options.flops);
    ok(n.ctx, fm_budget_close(n.ctx));
    fm_budget_release(budget);
    net_close(&n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_costs_what_torch_counts),
        cmocka_unit_test(the_loss_falls),
        cmocka_unit_test(a_steady_loop_allocates_nothing),
        cmocka_unit_test(the_budget_ends_it_at_the_right_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
