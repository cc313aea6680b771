/* What work of the caller's costs by formula: PyTorch's counter under torch, hand-computed integers
   in the textbook, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>
#include <string.h>

static fm_context *ctx;

static int open_with(const char *model) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_error error;
    options.device.kind = FM_CPU;
    options.cost_model = model;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int open_textbook(void **state) {
    (void)state;
    return open_with("textbook");
}

static int open_torch(void **state) {
    (void)state;
    return open_with("torch");
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    return 0;
}

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s", fm_context_message(ctx));                              \
    } while (0)

static uint64_t convolve(fm_convolution c, fm_pass pass) {
    fm_job job;
    c.pass = pass;
    OK(fm_job_convolution(ctx, FM_FLOAT32, &c, &job));
    return job.flops;
}

static uint64_t attend(fm_attention a, fm_pass pass) {
    fm_job job;
    a.pass = pass;
    OK(fm_job_attention(ctx, FM_FLOAT32, &a, &job));
    return job.flops;
}

static void as_pytorch_counts(void **state) {
    (void)state;
    fm_job job;
#define MATMUL(b, m, n, k, wanted)                                                                 \
    OK(fm_job_matmul(ctx, FM_FLOAT32, b, m, n, k, &job));                                          \
    assert_int_equal(job.flops, wanted);                                                           \
    assert_int_equal(job.macs, (wanted) / 2);
#define CONVOLUTION(n, b, cin, cout, g, t, i0, i1, i2, o0, o1, o2, f0, f1, f2, forward, input,     \
                    weight, both)                                                                  \
    {                                                                                              \
        const fm_convolution                                                                       \
            c = {sizeof c,     n, b,         cin, cout, g, {i0, i1, i2}, {o0, o1, o2},             \
                 {f0, f1, f2}, t, FM_FORWARD};                                                     \
        assert_int_equal(convolve(c, FM_FORWARD), forward);                                        \
        assert_int_equal(convolve(c, FM_BACKWARD_INPUT), input);                                   \
        assert_int_equal(convolve(c, FM_BACKWARD_WEIGHT), weight);                                 \
        assert_int_equal(convolve(c, FM_BACKWARD), both);                                          \
    }
#define ATTENTION(b, h, q, k, d, v, c, forward, backward)                                          \
    {                                                                                              \
        const fm_attention a = {sizeof a, b, h, q, k, d, v, c, FM_FORWARD};                        \
        assert_int_equal(attend(a, FM_FORWARD), forward);                                          \
        assert_int_equal(attend(a, FM_BACKWARD), backward);                                        \
    }
#include "torch_jobs.inc"
    OK(fm_job_layer_norm(ctx, FM_FLOAT32, 3, 5, true, &job));
    assert_int_equal(job.flops, 0);
    OK(fm_job_elementwise(ctx, FM_FLOAT32, "exp", 5, &job));
    assert_int_equal(job.flops, 0);
}

static void products_in_the_textbook(void **state) {
    (void)state;
    fm_job job;
    OK(fm_job_matmul(ctx, FM_FLOAT16, 2, 3, 4, 5, &job));
    assert_string_equal(job.op, "matmul");
    assert_int_equal(job.flops, 2 * 2 * 3 * 4 * 5);
    assert_int_equal(job.macs, 2 * 3 * 4 * 5);
    assert_int_equal(job.bytes, 2 * 2 * (3 * 5 + 5 * 4 + 3 * 4));
    OK(fm_job_matmul(ctx, FM_DTYPE_NONE, 1, 3, 0, 5, &job));
    assert_int_equal(job.flops, 0);
    assert_int_equal(job.bytes, 0);
    fm_convolution c = {.size = sizeof c,
                        .axes = 2,
                        .batch = 2,
                        .in_channels = 4,
                        .out_channels = 6,
                        .groups = 2,
                        .in = {5, 5},
                        .out = {3, 3},
                        .filter = {3, 3}};
    assert_int_equal(convolve(c, FM_FORWARD), 2 * (2 * 6 * 9) * (4 / 2) * 9);
    assert_int_equal(convolve(c, FM_BACKWARD), 2 * convolve(c, FM_FORWARD));
}

/* 4 queries see 1, 2, 3, 3 of 3 keys: 9 pairs in place of 12. exp weighs 16. */
static void attention_in_the_textbook(void **state) {
    (void)state;
    fm_attention a = {.size = sizeof a,
                      .batch = 1,
                      .heads = 1,
                      .queries = 4,
                      .keys = 3,
                      .depth = 5,
                      .value_depth = 7,
                      .causal = true};
    uint64_t seen = 9, rows = 4;
    uint64_t softmax = 3 * seen + 16 * seen + 2 * (seen - rows);
    assert_int_equal(attend(a, FM_FORWARD), 2 * seen * (5 + 7) + softmax);
    a.causal = false;
    seen = 12;
    softmax = 3 * seen + 16 * seen + 2 * (seen - rows);
    assert_int_equal(attend(a, FM_FORWARD), 2 * seen * (5 + 7) + softmax);
    uint64_t gradient = 6 * seen + 16 * seen + (seen - rows);
    assert_int_equal(attend(a, FM_BACKWARD), 2 * seen * (3 * 5 + 2 * 7) + gradient);
}

static void other_formulas(void **state) {
    (void)state;
    fm_job job;
    const int64_t shape[] = {8, 4};
    OK(fm_job_layer_norm(ctx, FM_FLOAT32, 2, 8, false, &job));
    assert_int_equal(job.flops, 2 * (16 - 2) + 16 + 2 * 16 + 2 + 3 * 2 + 2);
    OK(fm_job_layer_norm(ctx, FM_FLOAT32, 2, 8, true, &job));
    assert_int_equal(job.flops, 2 * (16 - 2) + 16 + 3 * 16 + 16 + 2 + 3 * 2 + 2);
    OK(fm_job_elementwise(ctx, FM_FLOAT32, "exp", 10, &job));
    assert_int_equal(job.flops, 160);
    assert_int_equal(job.bytes, 2 * 10 * 4);
    OK(fm_job_elementwise(ctx, FM_FLOAT32, "my_kernel", 10, &job));
    assert_int_equal(job.flops, 10);
    OK(fm_job_reduction(ctx, FM_FLOAT32, "sum", 100, 4, &job));
    assert_int_equal(job.flops, 96);
    OK(fm_job_reduction(ctx, FM_FLOAT32, "mean", 100, 4, &job));
    assert_int_equal(job.flops, 100);
    OK(fm_job_fft(ctx, FM_COMPLEX64, 3, 2, shape, false, &job));
    assert_int_equal(job.flops, 3 * 5 * 32 * 5);
    assert_string_equal(job.op, "fft.fftn");
    OK(fm_job_fft(ctx, FM_COMPLEX64, 3, 1, shape, true, &job));
    assert_int_equal(job.flops, 3 * 5 * 4 * 3);
}

/* The same number as the formula gives by its name, the weight of the operation included. */
static void formulas_by_name(void **state) {
    (void)state;
    const struct {
        const char *name;
        int64_t arguments[2];
        int count;
    } cases[] = {
        {"cholesky", {9, 0}, 1}, {"solve", {9, 4}, 2}, {"svd", {9, 7}, 2}, {"qr", {9, 7}, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        fm_argument given[2] = {{0}};
        fm_cost_answer answer;
        fm_job job;
        for (int j = 0; j < cases[i].count; ++j) {
            given[j].value.kind = FM_VALUE_INT;
            given[j].value.as.i = cases[i].arguments[j];
        }
        const fm_cost_options textbook = {sizeof textbook, "textbook", NULL, 1};
        assert_int_equal(
            fm_cost(&textbook, cases[i].name, given, (size_t)cases[i].count, &answer, NULL), FM_OK);
        OK(fm_job_formula(ctx, FM_FLOAT64, cases[i].name, 3, cases[i].arguments, cases[i].count,
                          &job));
        assert_int_equal(job.flops, 3 * answer.flops);
    }
}

static void charged_like_any_work(void **state) {
    (void)state;
    fm_job job;
    fm_charge_id id;
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 1000;
    options.multiplier = 2;
    OK(fm_budget_open(ctx, &options, &budget));
    OK(fm_job_matmul(ctx, FM_FLOAT32, 1, 3, 4, 5, &job));
    OK(fm_charge_job(ctx, &job, &id));
    assert_int_equal(fm_budget_used(budget), 240);
    OK(fm_settle(ctx, id, FM_RAN));
    fm_summary *summary;
    OK(fm_summary_of_context(ctx, &summary));
    assert_int_equal(fm_summary_row_count(summary), 1);
    const fm_op_row *row = fm_summary_row(summary, 0);
    assert_string_equal(row->op, "matmul");
    assert_int_equal(row->dtype, FM_FLOAT32);
    assert_int_equal(row->flops, 240);
    assert_int_equal(row->macs, 60);
    assert_int_equal(row->bytes, job.bytes);
    fm_summary_release(summary);
    job.flops = 381;
    assert_int_equal(fm_charge_job(ctx, &job, &id), FM_ERR_BUDGET);
    assert_int_equal(id, 0);
    assert_int_equal(fm_budget_used(budget), 240);
    assert_int_equal(fm_charge_job(ctx, NULL, &id), FM_ERR_ARGUMENT);
    OK(fm_budget_close(ctx));
    fm_budget_release(budget);
}

#define REFUSED(call, status, text)                                                                \
    do {                                                                                           \
        assert_int_equal(call, status);                                                            \
        assert_string_equal(fm_context_message(ctx), text);                                        \
    } while (0)

static void bad_work_is_refused(void **state) {
    (void)state;
    fm_job job = {.op = "untouched"};
    const int64_t shape[] = {8, 0};
    REFUSED(fm_job_matmul(ctx, FM_FLOAT32, 1, -3, 4, 5, &job), FM_ERR_SHAPE,
            "job_matmul: m is -3, at least 0 is needed");
    REFUSED(fm_job_matmul(ctx, FM_FLOAT32, INT64_MAX, INT64_MAX, INT64_MAX, 5, &job),
            FM_ERR_OVERFLOW, "job_matmul: its cost is past 64 bits");
    REFUSED(fm_job_matmul(ctx, (fm_dtype)99, 1, 3, 4, 5, &job), FM_ERR_DTYPE,
            "job_matmul: dtype 99 does not exist");
    fm_convolution c = {.size = sizeof c, .axes = 4};
    REFUSED(fm_job_convolution(ctx, FM_FLOAT32, &c, &job), FM_ERR_SHAPE,
            "job_convolution: axes is 4, not 1, 2 or 3");
    c.axes = 1;
    c.in_channels = 4;
    c.groups = 3;
    REFUSED(fm_job_convolution(ctx, FM_FLOAT32, &c, &job), FM_ERR_SHAPE,
            "job_convolution: 4 and 0 channels are no multiples of 3 groups");
    c.filter[0] = -1;
    REFUSED(fm_job_convolution(ctx, FM_FLOAT32, &c, &job), FM_ERR_SHAPE,
            "job_convolution: filter is -1, at least 0 is needed");
    c.size = 4;
    assert_int_equal(fm_job_convolution(ctx, FM_FLOAT32, &c, &job), FM_ERR_ARGUMENT);
    assert_int_equal(fm_job_convolution(ctx, FM_FLOAT32, NULL, &job), FM_ERR_ARGUMENT);
    fm_attention a = {.size = sizeof a, .pass = FM_BACKWARD_WEIGHT};
    REFUSED(fm_job_attention(ctx, FM_FLOAT32, &a, &job), FM_ERR_ARGUMENT,
            "job_attention: pass 2 is none of forward and backward");
    REFUSED(fm_job_layer_norm(ctx, FM_FLOAT32, 1, 0, false, &job), FM_ERR_SHAPE,
            "job_layer_norm: n is 0, at least 1 is needed");
    REFUSED(fm_job_elementwise(ctx, FM_FLOAT32, "", 1, &job), FM_ERR_ARGUMENT,
            "job_elementwise: the name of the operation is empty");
    REFUSED(fm_job_fft(ctx, FM_COMPLEX64, 1, 2, shape, false, &job), FM_ERR_SHAPE,
            "job_fft: an extent is 0, at least 1 is needed");
    REFUSED(fm_job_fft(ctx, FM_COMPLEX64, 1, 0, shape, false, &job), FM_ERR_SHAPE,
            "job_fft: ndim is 0, but a shape of 1 to 64 axes is needed");
    assert_int_equal(fm_job_formula(ctx, FM_FLOAT32, "no_such", 1, shape, 1, &job),
                     FM_ERR_NOT_FOUND);
    assert_string_equal(job.op, "untouched");
}

#define IN(model, name) cmocka_unit_test_setup_teardown(name, open_##model, close_context)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN(torch, as_pytorch_counts),
        IN(textbook, products_in_the_textbook),
        IN(textbook, attention_in_the_textbook),
        IN(textbook, other_formulas),
        IN(textbook, formulas_by_name),
        IN(textbook, charged_like_any_work),
        IN(textbook, bad_work_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
