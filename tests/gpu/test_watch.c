/* What only a replay can find wrong with its values: the wait after it fails as the call would
 * have, the next one does not, and the replay is charged. */
#include "gpu_test.h"

typedef struct watched {
    const char *op;
    fm_dtype dtype;
    int ndim;
    int64_t shape[2];
    double good[6], bad[6];
    int64_t other; /* elements of a vector, which is the argument before x or after it; 0: none */
    int after;     /* x is argument 2 */
    int number;    /* and argument 3 a number */
    int extents;   /* argument 2 is (2, 2) */
    int outs;
    fm_status status;
    const char *exception, *text;
} watched;

static const watched cases[] = {
    {.op = "linalg.solve",
     .dtype = FM_FLOAT64,
     .ndim = 2,
     .shape = {2, 2},
     .good = {2, 1, 1, 3},
     .bad = {1, 1, 1, 1},
     .other = 2,
     .outs = 1,
     .status = FM_ERR_NUMERIC,
     .exception = "LinAlgError",
     .text = "linalg.solve: singular matrix"},
    {.op = "linalg.tensorsolve",
     .dtype = FM_FLOAT64,
     .ndim = 2,
     .shape = {2, 2},
     .good = {2, 1, 1, 3},
     .bad = {1, 1, 1, 1},
     .other = 2,
     .outs = 1,
     .status = FM_ERR_NUMERIC,
     .exception = "LinAlgError",
     .text = "linalg.tensorsolve: singular matrix"},
    {.op = "linalg.cholesky",
     .dtype = FM_FLOAT32,
     .ndim = 2,
     .shape = {2, 2},
     .good = {2, 1, 1, 3},
     .bad = {1, 2, 2, 1},
     .outs = 1,
     .status = FM_ERR_NUMERIC,
     .exception = "LinAlgError",
     .text = "linalg.cholesky: the matrix is not positive definite"},
    {.op = "linalg.eigh",
     .dtype = FM_FLOAT64,
     .ndim = 2,
     .shape = {2, 2},
     .good = {2, 1, 1, 3},
     .bad = {1, NAN, NAN, 1},
     .outs = 2,
     .status = FM_ERR_NUMERIC,
     .exception = "LinAlgError",
     .text = "linalg.eigh: the eigenvalues did not converge"},
    {.op = "linalg.svd",
     .dtype = FM_FLOAT64,
     .ndim = 2,
     .shape = {2, 2},
     .good = {2, 1, 1, 3},
     .bad = {1, NAN, 0, 1},
     .outs = 3,
     .status = FM_ERR_NUMERIC,
     .exception = "LinAlgError",
     .text = "linalg.svd: the singular values did not converge"},
    {.op = "linalg.lstsq",
     .dtype = FM_FLOAT64,
     .ndim = 2,
     .shape = {3, 2},
     .good = {1, 0, 0, 1, 1, 1},
     .bad = {1, 1, 1, 1, 1, 1},
     .other = 3,
     .outs = 4,
     .status = FM_ERR_NUMERIC,
     .exception = "LinAlgError",
     .text = "linalg.lstsq: argument 1: the rank is not full, but the graph holds residuals of "
             "full rank"},
    {.op = "take",
     .dtype = FM_INT64,
     .ndim = 1,
     .shape = {2},
     .good = {0, -4},
     .bad = {0, 4},
     .other = 4,
     .after = 1,
     .outs = 1,
     .status = FM_ERR_ARGUMENT,
     .exception = "IndexError",
     .text = "take: argument 2: an index is out of bounds"},
    {.op = "take",
     .dtype = FM_INT32,
     .ndim = 1,
     .shape = {2},
     .good = {0, -4},
     .bad = {0, -5},
     .other = 4,
     .after = 1,
     .outs = 1,
     .status = FM_ERR_ARGUMENT,
     .exception = "IndexError",
     .text = "take: argument 2: an index is out of bounds"},
    {.op = "take_along_axis",
     .dtype = FM_INT64,
     .ndim = 1,
     .shape = {2},
     .good = {0, 3},
     .bad = {INT64_MIN, 0},
     .other = 4,
     .after = 1,
     .outs = 1,
     .status = FM_ERR_ARGUMENT,
     .exception = "IndexError",
     .text = "take_along_axis: argument 2: an index is out of bounds"},
    {.op = "put",
     .dtype = FM_INT64,
     .ndim = 1,
     .shape = {2},
     .good = {0, 3},
     .bad = {0, 1e15},
     .other = 4,
     .after = 1,
     .number = 1,
     .status = FM_ERR_ARGUMENT,
     .exception = "IndexError",
     .text = "put: argument 2: an index is out of bounds"},
    {.op = "unravel_index",
     .dtype = FM_INT64,
     .ndim = 1,
     .shape = {2},
     .good = {0, 3},
     .bad = {0, 4},
     .extents = 1,
     .outs = 2,
     .status = FM_ERR_ARGUMENT,
     .exception = "ValueError",
     .text = "unravel_index: argument 1: an index is out of bounds"},
    {.op = "nanargmax",
     .dtype = FM_FLOAT32,
     .ndim = 1,
     .shape = {4},
     .good = {1, NAN, 2, 3},
     .bad = {NAN, NAN, NAN, NAN},
     .outs = 1,
     .status = FM_ERR_NUMERIC,
     .exception = "ValueError",
     .text = "nanargmax: argument 1: all of its elements are NaN"},
    {.op = "asarray_chkfinite",
     .dtype = FM_FLOAT64,
     .ndim = 1,
     .shape = {3},
     .good = {1, 2, 3},
     .bad = {1, INFINITY, 3},
     .outs = 1,
     .status = FM_ERR_ARGUMENT,
     .exception = "ValueError",
     .text = "asarray_chkfinite: argument 1: it contains infinities or NaN"},
};

/* The elements as that dtype has them. */
static size_t elements(const watched *w, const double *x, void *data) {
    const int64_t size = w->ndim == 2 ? w->shape[0] * w->shape[1] : w->shape[0];
    for (int64_t i = 0; i < size; ++i) {
        if (w->dtype == FM_FLOAT64) ((double *)data)[i] = x[i];
        if (w->dtype == FM_FLOAT32) ((float *)data)[i] = (float)x[i];
        if (w->dtype == FM_INT64) ((int64_t *)data)[i] = (int64_t)x[i];
        if (w->dtype == FM_INT32) ((int32_t *)data)[i] = (int32_t)x[i];
    }
    return (size_t)size * fm_dtype_size(w->dtype);
}

static void fill(fm_context *ctx, const watched *w, fm_tensor *x, const double *with) {
    double data[6];
    const size_t bytes = elements(w, with, data);
    GPU_OK(ctx, fm_tensor_set_from_host(ctx, x, data, bytes));
}

static void call(fm_context *ctx, const watched *w, const fm_tensor *x, const fm_tensor *other) {
    static const int64_t extents[2] = {2, 2};
    const fm_value own = {.kind = FM_VALUE_TENSOR, .as.tensor = x};
    fm_value second = {.kind = FM_VALUE_TENSOR, .as.tensor = other};
    if (w->extents) second = (fm_value){.kind = FM_VALUE_INTS, .count = 2, .as.ints = extents};
    const fm_argument arguments[] = {{NULL, w->after ? second : own},
                                     {NULL, w->after ? own : second},
                                     {NULL, {.kind = FM_VALUE_FLOAT, .as.f = 7}}};
    const size_t count = w->number ? 3 : w->other || w->extents ? 2 : 1;
    fm_tensor *outs[4] = {NULL};
    GPU_OK(ctx, fm_call(ctx, w->op, arguments, count, outs, (size_t)w->outs));
    for (int i = 0; i < w->outs; ++i) fm_tensor_release(outs[i]);
}

static void replay(fm_context *ctx, fm_graph *graph) {
    const uint64_t used = fm_budget_used(fm_context_budget(ctx));
    GPU_OK(ctx, fm_graph_launch(ctx, graph));
    assert_int_equal(fm_budget_used(fm_context_budget(ctx)) - used, fm_graph_flops(graph));
}

static void check(fm_context *ctx, const watched *w) {
    fm_tensor *x = NULL, *other = w->other ? gpu_floats(ctx, w->other, 1, 1) : NULL;
    fm_graph *graph = NULL;
    double data[6];
    (void)elements(w, w->good, data);
    GPU_OK(ctx, fm_tensor_from_host(ctx, w->dtype, w->ndim, w->shape, data, &x));
    call(ctx, w, x, other);
    GPU_OK(ctx, fm_synchronize(ctx));
    GPU_OK(ctx, fm_capture_begin(ctx, FM_CAPTURE_OWN));
    call(ctx, w, x, other);
    GPU_OK(ctx, fm_capture_end(ctx, &graph));
    replay(ctx, graph);
    GPU_OK(ctx, fm_synchronize(ctx));
    fill(ctx, w, x, w->bad);
    replay(ctx, graph);
    assert_int_equal(fm_synchronize(ctx), w->status);
    assert_string_equal(fm_context_message(ctx), w->text);
    assert_string_equal(fm_context_error(ctx)->exception, w->exception);
    assert_string_equal(fm_context_error(ctx)->op, w->op);
    GPU_OK(ctx, fm_synchronize(ctx));
    fill(ctx, w, x, w->good);
    replay(ctx, graph);
    GPU_OK(ctx, fm_synchronize(ctx));
    fm_graph_release(graph);
    fm_tensor_release(x);
    fm_tensor_release(other);
}

static void replays_tell_at_the_wait(void **state) {
    fm_memory_stats before, after;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) check(gpu, &cases[i]);
    fm_context_memory(gpu, &before, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) check(gpu, &cases[i]);
    fm_context_memory(gpu, &after, NULL);
    assert_int_equal(after.in_use, before.in_use);
}

/* What the programs within a program leave is taken again by the next, captured or not. */
static void one_call_before_is_enough(void **state) {
    static const double x[] = {0, 1, 2, 3}, y[] = {1, 3, 5, 7};
    const int64_t n = 4;
    fm_tensor *tx = NULL, *ty = NULL;
    (void)state;
    GPU_OK(gpu, fm_tensor_from_host(gpu, FM_FLOAT64, 1, &n, x, &tx));
    GPU_OK(gpu, fm_tensor_from_host(gpu, FM_FLOAT64, 1, &n, y, &ty));
    const fm_argument arguments[] = {{NULL, {.kind = FM_VALUE_TENSOR, .as.tensor = tx}},
                                     {NULL, {.kind = FM_VALUE_TENSOR, .as.tensor = ty}},
                                     {NULL, {.kind = FM_VALUE_INT, .as.i = 1}}};
    fm_tensor *fit = NULL;
    fm_graph *graph = NULL;
    GPU_OK(gpu, fm_call(gpu, "polyfit", arguments, 3, &fit, 1));
    fm_tensor_release(fit);
    fit = NULL;
    GPU_OK(gpu, fm_capture_begin(gpu, FM_CAPTURE_OWN));
    GPU_OK(gpu, fm_call(gpu, "polyfit", arguments, 3, &fit, 1));
    GPU_OK(gpu, fm_capture_end(gpu, &graph));
    replay(gpu, graph);
    double *found = gpu_read(gpu, fit);
    assert_true(fabs(found[0] - 2) < 1e-12 && fabs(found[1] - 1) < 1e-12);
    free(found);
    fm_graph_release(graph);
    fm_tensor_release(fit);
    fm_tensor_release(tx);
    fm_tensor_release(ty);
}

/* Captures the call, replays it with those elements, and expects what is told at the wait. */
static void tell(const char *op, const fm_argument *arguments, size_t count, fm_tensor *x,
                 const void *bad, fm_status status, const char *text) {
    fm_tensor *out = NULL;
    fm_graph *graph = NULL;
    GPU_OK(gpu, fm_call(gpu, op, arguments, count, &out, 1));
    fm_tensor_release(out);
    out = NULL;
    GPU_OK(gpu, fm_capture_begin(gpu, FM_CAPTURE_OWN));
    GPU_OK(gpu, fm_call(gpu, op, arguments, count, &out, 1));
    GPU_OK(gpu, fm_capture_end(gpu, &graph));
    GPU_OK(gpu, fm_tensor_set_from_host(gpu, x, bad, fm_tensor_nbytes(x)));
    replay(gpu, graph);
    assert_int_equal(fm_synchronize(gpu), status);
    if (text) assert_string_equal(fm_context_message(gpu), text);
    fm_graph_release(graph);
    fm_tensor_release(out);
}

static fm_tensor *two(fm_dtype dtype, const void *data) {
    const int64_t n = 2;
    fm_tensor *x = NULL;
    GPU_OK(gpu, fm_tensor_from_host(gpu, dtype, 1, &n, data, &x));
    return x;
}

static void places_and_weights_are_checked(void **state) {
    static const uint64_t fine[2] = {0, 1}, large[2] = {0, UINT64_MAX};
    static const int64_t extent = 2;
    static const double equal[2] = {1, 1}, below[2] = {1, -1};
    (void)state;
    const fm_value numbers[] = {{.kind = FM_VALUE_FLOAT, .as.f = 3},
                                {.kind = FM_VALUE_FLOAT, .as.f = 4}};
    const fm_value list = {.kind = FM_VALUE_LIST, .count = 2, .as.items = numbers};
    fm_tensor *x = two(FM_INT64, fine);
    const fm_tensor *all[] = {x};
    const fm_value own = {.kind = FM_VALUE_TENSOR, .as.tensor = x};
    tell("choose", (const fm_argument[]){{NULL, own}, {NULL, list}}, 2, x, large, FM_ERR_ARGUMENT,
         "choose: argument 1: an index is out of bounds");
    GPU_OK(gpu, fm_tensor_set_from_host(gpu, x, fine, sizeof fine));
    tell("ravel_multi_index",
         (const fm_argument[]){{NULL, {.kind = FM_VALUE_TENSORS, .count = 1, .as.tensors = all}},
                               {NULL, {.kind = FM_VALUE_INTS, .count = 1, .as.ints = &extent}}},
         2, x, large, FM_ERR_ARGUMENT, "ravel_multi_index: argument 1: an index is out of bounds");
    fm_tensor_release(x);
    fm_tensor *weights = two(FM_FLOAT64, equal), *a = two(FM_FLOAT64, equal);
    tell("quantile",
         (const fm_argument[]){{NULL, {.kind = FM_VALUE_TENSOR, .as.tensor = a}},
                               {NULL, {.kind = FM_VALUE_FLOAT, .as.f = 0.5}},
                               {"method", {.kind = FM_VALUE_STRING, .as.string = "inverted_cdf"}},
                               {"weights", {.kind = FM_VALUE_TENSOR, .as.tensor = weights}}},
         4, weights, below, FM_ERR_ARGUMENT, "quantile: argument 7: a weight is below 0");
    fm_tensor_release(weights);
    fm_tensor_release(a);
}

/* A condition number of a matrix with NaN is NaN, which is no fault. */
static void nan_has_a_condition(void **state) {
    static const double good[4] = {2, 1, 1, 3}, bad[4] = {2, NAN, 1, 3};
    static const int64_t shape[2] = {2, 2};
    fm_tensor *x = NULL;
    (void)state;
    GPU_OK(gpu, fm_tensor_from_host(gpu, FM_FLOAT64, 2, shape, good, &x));
    const fm_argument argument = {NULL, {.kind = FM_VALUE_TENSOR, .as.tensor = x}};
    tell("linalg.cond", &argument, 1, x, bad, FM_OK, NULL);
    fm_tensor_release(x);
}

GPU_MAIN(GPU_CASE(one_call_before_is_enough), GPU_CASE(places_and_weights_are_checked),
         GPU_CASE(nan_has_a_condition), GPU_CASE(replays_tell_at_the_wait))
