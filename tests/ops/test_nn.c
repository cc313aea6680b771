/* Fused layers and steps: results of PyTorch replayed, fused costs against their parts, FlopCounter
   counts, in-place rules and errors. */
#include "asking.h"

static void calls_of_torch(void **state) {
    (void)state;
    assert_true(replay_archive("nn") > 100);
}

/* What the named primitives cost on their own, over shapes of at most two axes. */
typedef struct primitive {
    const char *op;
    int64_t a[2], b[2]; /* extents; b[0] = 0: one operand; an extent of 0 ends them */
    int64_t axis;       /* of a reduction, -1: all */
} primitive;

static fm_tensor *extents(const int64_t *shape) {
    return shaped(FM_FLOAT32, shape[0] == 0 ? 0 : shape[1] == 0 ? 1 : 2, shape);
}

static uint64_t unfused(int count, const primitive *parts) {
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        const primitive *p = &parts[i];
        fm_tensor *a = extents(p->a), *b = p->b[0] ? extents(p->b) : NULL;
        bool reduces = strcmp(p->op, "sum") == 0 || strcmp(p->op, "max") == 0;
        if (b != NULL)
            sum += cost_of(p->op, 2, tensor(a), tensor(b));
        else if (reduces && p->axis >= 0)
            sum += cost_of(p->op, 2, tensor(a), ints(1, &p->axis));
        else
            sum += cost_of(p->op, 1, tensor(a));
        fm_tensor_release(a);
        fm_tensor_release(b);
    }
    return sum;
}

static const char *const models[] = {"textbook", "flopscope-0.4", "torch"};
enum { MODELS = 3, ROWS = 6, OUT = 5, IN = 7 };

#define X                                                                                          \
    { ROWS, IN }
#define W                                                                                          \
    { OUT, IN }
#define Y                                                                                          \
    { ROWS, OUT }

static void layers_cost_their_primitives(void **state) {
    (void)state;
    fm_tensor *x = extents((int64_t[])X), *w = extents((int64_t[])W), *y = extents((int64_t[])Y);
    fm_tensor *b = extents((int64_t[]){OUT, 0});
    const primitive forward[] = {
        {"matmul", X, {IN, OUT}, 0}, {"add", Y, {OUT}, 0}, {"maximum", Y, Y, 0}};
    const primitive masked[] = {{"greater", Y, Y, 0}, {"multiply", Y, Y, 0}};
    const primitive dx[] = {{"matmul", Y, W, 0}}, dw[] = {{"matmul", {OUT, ROWS}, X, 0}};
    const primitive db[] = {{"sum", Y, {0}, 0}};
    const primitive update[] = {{"multiply", W, W, 0},
                                {"subtract", W, W, 0},
                                {"multiply", {OUT}, {OUT}, 0},
                                {"subtract", {OUT}, {OUT}, 0}};
    for (int i = 0; i < MODELS; i++) {
        use_model(models[i]);
        uint64_t mask = unfused(2, masked), gx = unfused(1, dx), gw = unfused(1, dw);
        uint64_t gb = unfused(1, db);
        assert_int_equal(cost_of("nn.linear", 4, tensor(x), tensor(w), tensor(b), integer(1)),
                         unfused(3, forward));
        assert_int_equal(cost_of("nn.linear", 2, tensor(x), tensor(w)), unfused(1, forward));
        assert_int_equal(cost_of("nn.linear_backward", 5, tensor(y), tensor(x), tensor(w),
                                 tensor(y), integer(1)),
                         mask + gx + gw + gb);
        assert_int_equal(cost_of("nn.linear_backward", 8, tensor(y), tensor(x), tensor(w),
                                 tensor(NULL), integer(0), flag(false), flag(true), flag(false)),
                         gw);
        assert_int_equal(cost_of("nn.linear_backward_sgd", 8, tensor(y), tensor(x), tensor(w),
                                 tensor(b), tensor(y), integer(1), number(0.1), flag(false)),
                         mask + gw + gb + unfused(4, update));
        assert_int_equal(cost_of("nn.relu", 1, tensor(y)), unfused(1, forward + 2));
        assert_int_equal(cost_of("nn.relu_backward", 2, tensor(y), tensor(y)), mask);
    }
    use_model("textbook");
    fm_tensor *all[] = {x, w, y, b};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
}

static void losses_and_steps_cost_their_primitives(void **state) {
    (void)state;
    fm_tensor *y = extents((int64_t[])Y), *labels = shaped(FM_INT64, 1, (int64_t[]){ROWS});
    const primitive softmax[] = {{"max", Y, {0}, 1},
                                 {"subtract", Y, Y, 0},
                                 {"exp", Y, {0}, 0},
                                 {"sum", Y, {0}, 1},
                                 {"divide", Y, Y, 0},
                                 {"log", {ROWS}, {0}, 0},
                                 {"subtract", {ROWS}, {ROWS}, 0},
                                 {"mean", {ROWS}, {0}, 0}};
    const primitive gradient[] = {{"subtract", Y, Y, 0}, {"divide", Y, Y, 0}};
    const primitive step[] = {{"multiply", Y, Y, 0}, {"subtract", Y, Y, 0}, {"add", Y, Y, 0},
                              {"sqrt", Y, {0}, 0},   {"square", Y, {0}, 0}, {"divide", Y, Y, 0}};
    const uint64_t takes[MODELS] = {4 * ROWS, 4 * ROWS, 0}; /* the weight of take is 4 */
    for (int i = 0; i < MODELS; i++) {
        use_model(models[i]);
        uint64_t multiply = unfused(1, step), subtract = unfused(1, step + 1);
        uint64_t add = unfused(1, step + 2), root = unfused(1, step + 3);
        uint64_t square = unfused(1, step + 4), divide = unfused(1, step + 5);
        assert_int_equal(cost_of("nn.softmax_cross_entropy", 2, tensor(y), tensor(labels)),
                         unfused(8, softmax) + takes[i]);
        assert_int_equal(cost_of("nn.softmax_cross_entropy_backward", 2, tensor(y), tensor(labels)),
                         unfused(2, gradient));
        assert_int_equal(cost_of("nn.sgd", 2, tensor(y), tensor(y)), multiply + subtract);
        assert_int_equal(cost_of("nn.sgd", 7, tensor(y), tensor(y), tensor(y), number(0.1),
                                 number(0.9), number(0.1), flag(true)),
                         4 * multiply + subtract + 3 * add);
        uint64_t adam = 5 * multiply + square + 3 * add + root + 2 * divide + subtract;
        assert_int_equal(cost_of("nn.adam", 10, tensor(y), tensor(y), tensor(y), tensor(y),
                                 number(0.1), number(0.9), number(0.99), number(1e-8), number(0),
                                 integer(1)),
                         adam);
        assert_int_equal(cost_of("nn.adam", 10, tensor(y), tensor(y), tensor(y), tensor(y),
                                 number(0.1), number(0.9), number(0.99), number(1e-8), number(0.1),
                                 integer(1)),
                         adam + multiply + subtract);
    }
    use_model("textbook");
    fm_tensor_release(y);
    fm_tensor_release(labels);
}

/* FLOPs of the torch model for one line of torch_counts.txt. */
static uint64_t torch_flops(const char *kind, int64_t m, int64_t n, int64_t k, int64_t batch) {
    bool bmm = strcmp(kind, "bmm") == 0, linear = strncmp(kind, "linear", 6) == 0;
    fm_tensor *a =
        shaped(FM_FLOAT32, bmm ? 3 : 2, bmm ? (int64_t[]){batch, m, k} : (int64_t[]){m, k});
    fm_tensor *b = shaped(FM_FLOAT32, bmm ? 3 : 2,
                          bmm      ? (int64_t[]){batch, k, n}
                          : linear ? (int64_t[]){n, k}
                                   : (int64_t[]){k, n});
    fm_tensor *bias = shaped(FM_FLOAT32, 1, &n), *dy = shaped(FM_FLOAT32, 2, (int64_t[]){m, n});
    uint64_t flops;
    if (!linear)
        flops = cost_of("matmul", 2, tensor(a), tensor(b));
    else
        flops = cost_of("nn.linear", 3, tensor(a), tensor(b), tensor(bias));
    if (strcmp(kind, "addmm") == 0) flops += cost_of("add", 2, tensor(dy), tensor(bias));
    if (strcmp(kind, "linear_backward") == 0)
        flops += cost_of("nn.linear_backward", 3, tensor(dy), tensor(a), tensor(b));
    fm_tensor *all[] = {a, b, bias, dy};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
    return flops;
}

static void the_torch_model_counts_as_torch(void **state) {
    (void)state;
    char kind[32];
    long long m, n, k, batch;
    unsigned long long flops;
    int lines = 0;
    FILE *file = fopen(FM_TEST_DATA "/ops/data/torch_counts.txt", "r");
    assert_non_null(file);
    use_model("torch");
    while (fscanf(file, "%31s %lld %lld %lld %lld %llu", kind, &m, &n, &k, &batch, &flops) == 6) {
        /* the backward lines count the backward pass with the forward pass left out */
        uint64_t ours = torch_flops(kind, m, n, k, batch);
        if (strcmp(kind, "linear_backward") == 0) ours -= torch_flops("linear", m, n, k, batch);
        if (ours != flops)
            fail_msg("%s %lld %lld %lld %lld: %llu", kind, m, n, k, batch,
                     (unsigned long long)ours);
        lines++;
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(lines, 50);
    use_model("textbook");
}

/* A label out of range is found before anything is written, in an output that exists too. */
static void bad_labels_leave_outputs_alone(void **state) {
    (void)state;
    fm_tensor *logits = shaped(FM_FLOAT32, 2, (int64_t[]){2, 10}), *labels;
    fm_tensor *outputs[2] = {shaped(FM_FLOAT32, 0, NULL),
                             shaped(FM_FLOAT32, 2, (int64_t[]){2, 10})};
    const int32_t bad[2] = {1, 12};
    float loss = 1, probabilities[20];
    assert_int_equal(fm_tensor_from_host(ctx, FM_INT32, 1, (int64_t[]){2}, bad, &labels), FM_OK);
    fm_argument arguments[] = {{NULL, tensor(logits)}, {NULL, tensor(labels)}};
    assert_int_equal(fm_call(ctx, "nn.softmax_cross_entropy", arguments, 2, outputs, 2),
                     FM_ERR_ARGUMENT);
    assert_string_equal(fm_context_message(ctx), "nn.softmax_cross_entropy: argument 2: label 1 is "
                                                 "12, but there are 10 classes");
    assert_int_equal(fm_tensor_to_host(ctx, outputs[0], &loss, sizeof loss), FM_OK);
    assert_int_equal(fm_tensor_to_host(ctx, outputs[1], probabilities, sizeof probabilities),
                     FM_OK);
    assert_true(loss == 0);
    for (int i = 0; i < 20; i++) assert_true(probabilities[i] == 0);
    fm_tensor *all[] = {logits, labels, outputs[0], outputs[1]};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
}

static void errors_name_both_values(void **state) {
    (void)state;
    fm_tensor *x = extents((int64_t[])X), *w = extents((int64_t[]){OUT, IN + 1});
    fm_tensor *whole = shaped(FM_INT64, 2, (int64_t[])X),
              *wide = shaped(FM_FLOAT64, 2, (int64_t[])X);
    refused(FM_ERR_SHAPE, "nn.linear: argument 2: axis 1 is 8, but argument 1 axis 1 is 7",
            "nn.linear", 2, tensor(x), tensor(w));
    refused(FM_ERR_DTYPE, "nn.relu: argument 1: dtype int64, but a floating one is needed",
            "nn.relu", 1, tensor(whole));
    refused(FM_ERR_DTYPE, "nn.sgd: argument 2: dtype float64, but argument 1 is float32", "nn.sgd",
            2, tensor(x), tensor(wide));
    refused(FM_ERR_ARGUMENT, "nn.sgd: argument 3: None, but momentum 0.9 needs a velocity",
            "nn.sgd", 5, tensor(x), tensor(x), tensor(NULL), number(0.1), number(0.9));
    refused(FM_ERR_ARGUMENT, "nn.linear: argument 4: activation 'gelu', but it is 'none' or 'relu'",
            "nn.linear", 4, tensor(x), tensor(x), tensor(NULL), text("gelu"));
    fm_tensor *all[] = {x, w, whole, wide};
    for (int i = 0; i < 4; i++) fm_tensor_release(all[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_of_torch),
        cmocka_unit_test(layers_cost_their_primitives),
        cmocka_unit_test(losses_and_steps_cost_their_primitives),
        cmocka_unit_test(the_torch_model_counts_as_torch),
        cmocka_unit_test(bad_labels_leave_outputs_alone),
        cmocka_unit_test(errors_name_both_values),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
