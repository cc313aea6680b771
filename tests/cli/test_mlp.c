/* The network of the command: what a step costs, that it learns, that it settles into its memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cli/mlp.h"
#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum { BATCH = 24, FEATURES = 6, CLASSES = 3 };

static const int64_t widths[] = {FEATURES, 16, 8, CLASSES};
static fm_context *ctx;
static fm_tensor *x, *labels;

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s: %s", #call, fm_context_message(ctx));                   \
    } while (0)

/* Samples around one corner for each class. */
static int open_all(void **state) {
    (void)state;
    fm_error error;
    float features[BATCH * FEATURES];
    int64_t classes[BATCH];
    const int64_t shape[2] = {BATCH, FEATURES};
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    for (int i = 0; i < BATCH; i++) {
        classes[i] = i % CLASSES;
        for (int j = 0; j < FEATURES; j++)
            features[i * FEATURES + j] =
                (j % CLASSES == i % CLASSES ? 1.0F : 0.0F) + (float)(i * j % 7) / 50;
    }
    assert_ok(fm_tensor_from_host(ctx, FM_FLOAT32, 2, shape, features, &x));
    assert_ok(fm_tensor_from_host(ctx, FM_INT64, 1, shape, classes, &labels));
    return 0;
}

static int close_all(void **state) {
    (void)state;
    fm_tensor_release(x);
    fm_tensor_release(labels);
    fm_context_close(ctx);
    return 0;
}

static mlp *open_net(mlp_optimizer optimizer, double lr) {
    mlp *net;
    mlp_options options = {widths, 4, optimizer, lr, false};
    assert_ok(mlp_open(ctx, &options, &net));
    assert_int_equal(mlp_parameters(net), 6 * 16 + 16 + 16 * 8 + 8 + 8 * 3 + 3);
    assert_ok(mlp_reset(net));
    return net;
}

static const double rates[] = {[MLP_SGD] = 0.5, [MLP_MOMENTUM] = 0.1, [MLP_ADAM] = 0.02};

static void every_optimizer_learns(void **state) {
    (void)state;
    for (int optimizer = MLP_SGD; optimizer <= MLP_ADAM; optimizer++) {
        mlp *net = open_net((mlp_optimizer)optimizer, rates[optimizer]);
        double first, last;
        assert_ok(mlp_step(net, x, labels));
        assert_ok(mlp_loss(net, &first));
        assert_true(first > 0.7 && first < 1.6); /* near log 3 */
        for (int i = 0; i < 150; i++) assert_ok(mlp_step(net, x, labels));
        assert_ok(mlp_loss(net, &last));
        assert_true(last < 0.1);
        mlp_close(net);
    }
}

static void a_settled_loop_allocates_nothing(void **state) {
    (void)state;
    for (int optimizer = MLP_SGD; optimizer <= MLP_ADAM; optimizer++) {
        mlp *net = open_net((mlp_optimizer)optimizer, rates[optimizer]);
        fm_memory_stats before, after;
        assert_ok(mlp_step(net, x, labels));
        fm_context_memory(ctx, NULL, &before);
        uint64_t blocks = fm_alloc_count();
        for (int i = 0; i < 20; i++) assert_ok(mlp_step(net, x, labels));
        fm_context_memory(ctx, NULL, &after);
        assert_int_equal(fm_alloc_count(), blocks);
        assert_int_equal(after.system_allocations, before.system_allocations);
        assert_int_equal(after.in_use, before.in_use);
        mlp_close(net);
    }
}

static void a_step_counts_what_torch_counts(void **state) {
    (void)state;
    assert_ok(fm_context_set_cost_model(ctx, "torch"));
    for (int optimizer = MLP_SGD; optimizer <= MLP_ADAM; optimizer++) {
        mlp *net = open_net((mlp_optimizer)optimizer, rates[optimizer]);
        uint64_t before = fm_budget_used(fm_context_budget(ctx));
        assert_ok(mlp_step(net, x, labels));
        uint64_t products = 2 * BATCH * (2 * (6 * 16) + 3 * (16 * 8) + 3 * (8 * 3));
        assert_int_equal(fm_budget_used(fm_context_budget(ctx)) - before, products);
        mlp_close(net);
    }
}

/* With momentum 0.9 the first step is that of plain descent: the velocity is the gradient. */
static void the_folded_update_is_that_of_the_steps(void **state) {
    (void)state;
    float a[BATCH * CLASSES], b[BATCH * CLASSES];
    fm_seed(ctx, 5);
    mlp *folded = open_net(MLP_SGD, 0.1);
    fm_seed(ctx, 5);
    mlp *stepped = open_net(MLP_MOMENTUM, 0.1);
    assert_ok(mlp_step(folded, x, labels));
    assert_ok(mlp_step(stepped, x, labels));
    assert_ok(mlp_forward(folded, x));
    assert_ok(mlp_forward(stepped, x));
    assert_ok(fm_tensor_to_host(ctx, mlp_logits(folded), a, sizeof a));
    assert_ok(fm_tensor_to_host(ctx, mlp_logits(stepped), b, sizeof b));
    for (int i = 0; i < BATCH * CLASSES; i++)
        assert_true(fabsf(a[i] - b[i]) <= 1e-5F * fmaxf(1, fabsf(a[i])));
    mlp_close(folded);
    mlp_close(stepped);
}

static void a_reset_starts_anew(void **state) {
    (void)state;
    for (int optimizer = MLP_SGD; optimizer <= MLP_ADAM; optimizer++) {
        double once, again;
        fm_seed(ctx, 9);
        mlp *net = open_net((mlp_optimizer)optimizer, rates[optimizer]);
        for (int i = 0; i < 5; i++) assert_ok(mlp_step(net, x, labels));
        assert_ok(mlp_loss(net, &once));
        fm_seed(ctx, 9);
        assert_ok(mlp_reset(net));
        for (int i = 0; i < 5; i++) assert_ok(mlp_step(net, x, labels));
        assert_ok(mlp_loss(net, &again));
        assert_memory_equal(&once, &again, sizeof once);
        mlp_close(net);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)
    const struct CMUnitTest tests[] = {
        TEST(every_optimizer_learns),
        TEST(a_settled_loop_allocates_nothing),
        TEST(a_step_counts_what_torch_counts),
        TEST(the_folded_update_is_that_of_the_steps),
        TEST(a_reset_starts_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
