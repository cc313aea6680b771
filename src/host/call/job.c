/* What the caller's own work costs by formula, under the context's cost model and weights. */
#include "call/context.h"
#include "cost/bind.h"
#include "meter/own.h"

#include <flopmeter/foreign.h>
#include <string.h>

fm_status fm_charge_job(fm_context *ctx, const fm_job *job, fm_charge_id *id) {
    FM_CHECK(job, &ctx->error, FM_ERR_ARGUMENT, "charge: the job is NULL");
    const fm_own_work work = {job->op, job->dtype, job->flops, job->macs, job->bytes};
    return fm_meter_charge_own(&ctx->meter, &work, id, &ctx->error);
}

/* A helper's work on its way to a job. */
typedef struct draft {
    fm_context *ctx;
    const char *who; /* leads the messages */
    fm_dtype dtype;
    fm_work work;
    fm_u128 elements; /* read and written */
    bool fits;        /* false: some product was past 128 bits */
} draft;

static draft begin(fm_context *ctx, const char *who, fm_dtype dtype) {
    draft d = {.ctx = ctx, .who = who, .dtype = dtype, .fits = true};
    fm_work_begin(&d.work, ctx->model->faults);
    return d;
}

static fm_status check_extent(const draft *d, const char *name, int64_t value, int64_t least) {
    if (value >= least) return FM_OK;
    return fm_fail_op(&d->ctx->error, FM_ERR_SHAPE, d->who, 0,
                      "%s is %lld, at least %lld is needed", name, (long long)value,
                      (long long)least);
}

/* The product of extents that were checked. */
static fm_u128 times(draft *d, fm_u128 a, fm_u128 b) {
    fm_u128 product = 0;
    d->fits = d->fits && fm_u128_mul(a, b, &product);
    return product;
}

static void touch(draft *d, fm_u128 elements) {
    d->fits = d->fits && fm_u128_add(d->elements, elements, &d->elements);
}

static void units(draft *d, const char *op, fm_u128 count) {
    d->fits = d->fits && fm_work_add_units(&d->work, op, count) == FM_OK;
}

/* macs of the textbook's sum over `outs` results, and those that PyTorch's counter sees. */
static void products(draft *d, const char *op, fm_u128 macs, fm_u128 outs, fm_u128 torch) {
    fm_work_part part = {
        .op = op, .products = macs, .adds = macs, .outs = outs, .torch_mac = torch};
    d->fits = d->fits && fm_work_add_part(&d->work, &part) == FM_OK;
}

static fm_status finish(draft *d, const char *op, fm_job *job) {
    fm_context *ctx = d->ctx;
    fm_u128 macs = 0, bytes = 0;
    fm_job made = {.op = op, .dtype = d->dtype};
    FM_CHECK((unsigned)d->dtype < FM_DTYPE_COUNT, &ctx->error, FM_ERR_DTYPE,
             "%s: dtype %d does not exist", d->who, (int)d->dtype);
    for (int i = 0; i < d->work.nparts && d->fits; i++)
        d->fits = fm_u128_add(macs, d->work.part[i].torch_mac, &macs);
    d->fits = d->fits && fm_u128_mul(d->elements, fm_dtype_size(d->dtype), &bytes) &&
              fm_u128_narrow(macs, &made.macs) && fm_u128_narrow(bytes, &made.bytes) &&
              fm_cost_apply(ctx->model, ctx->weights, 1.0, &d->work, &made.flops, NULL) == FM_OK;
    if (!d->fits)
        return fm_fail_op(&ctx->error, FM_ERR_OVERFLOW, d->who, 0, "its cost is past 64 bits");
    *job = made;
    return FM_OK;
}

fm_status fm_job_matmul(fm_context *ctx, fm_dtype dtype, int64_t batch, int64_t m, int64_t n,
                        int64_t k, fm_job *job) {
    draft d = begin(ctx, "job_matmul", dtype);
    FM_TRY(check_extent(&d, "batch", batch, 0));
    FM_TRY(check_extent(&d, "m", m, 0));
    FM_TRY(check_extent(&d, "n", n, 0));
    FM_TRY(check_extent(&d, "k", k, 0));
    fm_u128 b = (fm_u128)batch, rows = (fm_u128)m, cols = (fm_u128)n, inner = (fm_u128)k;
    d.fits = fm_cost_gemm(&d.work, "matmul", b, rows, cols, inner) == FM_OK;
    touch(&d, times(&d, b, rows * inner));
    touch(&d, times(&d, b, inner * cols));
    touch(&d, times(&d, b, rows * cols));
    return finish(&d, "matmul", job);
}

static fm_u128 points(draft *d, const int64_t *extents, int axes) {
    fm_u128 count = 1;
    for (int i = 0; i < axes; i++) count = times(d, count, (fm_u128)extents[i]);
    return count;
}

static fm_status check_convolution(const draft *d, const fm_convolution *c) {
    fm_error *error = &d->ctx->error;
    const char *const names[] = {"in", "out", "filter"};
    const int64_t *const extents[] = {c->in, c->out, c->filter};
    if (c->axes < 1 || c->axes > 3)
        return fm_fail_op(error, FM_ERR_SHAPE, d->who, 0, "axes is %d, not 1, 2 or 3", c->axes);
    if ((unsigned)c->pass > FM_BACKWARD)
        return fm_fail_op(error, FM_ERR_ARGUMENT, d->who, 0, "pass %d does not exist",
                          (int)c->pass);
    FM_TRY(check_extent(d, "batch", c->batch, 0));
    FM_TRY(check_extent(d, "in_channels", c->in_channels, 0));
    FM_TRY(check_extent(d, "out_channels", c->out_channels, 0));
    FM_TRY(check_extent(d, "groups", c->groups, 1));
    for (int which = 0; which < 3; which++)
        for (int i = 0; i < c->axes; i++)
            FM_TRY(check_extent(d, names[which], extents[which][i], 0));
    if (c->in_channels % c->groups != 0 || c->out_channels % c->groups != 0)
        return fm_fail_op(error, FM_ERR_SHAPE, d->who, 0,
                          "%lld and %lld channels are no multiples of %lld groups",
                          (long long)c->in_channels, (long long)c->out_channels,
                          (long long)c->groups);
    return FM_OK;
}

static fm_status read_convolution(fm_context *ctx, const fm_convolution *given,
                                  fm_convolution *full) {
    const size_t least = offsetof(fm_convolution, filter) + sizeof given->filter;
    memset(full, 0, sizeof *full);
    FM_CHECK(given && given->size >= least, &ctx->error, FM_ERR_ARGUMENT,
             "job_convolution: its size is %zu, at least %zu is needed", given ? given->size : 0,
             least);
    memcpy(full, given, given->size < sizeof *full ? given->size : sizeof *full);
    if (full->groups == 0) full->groups = 1;
    return FM_OK;
}

fm_status fm_job_convolution(fm_context *ctx, fm_dtype dtype, const fm_convolution *convolution,
                             fm_job *job) {
    static const char *const names[] = {"conv1d", "conv2d", "conv3d"};
    fm_convolution c;
    draft d = begin(ctx, "job_convolution", dtype);
    FM_TRY(read_convolution(ctx, convolution, &c));
    FM_TRY(check_convolution(&d, &c));
    fm_u128 batch = (fm_u128)c.batch, groups = (fm_u128)c.groups;
    fm_u128 input = times(&d, times(&d, batch, (fm_u128)c.in_channels), points(&d, c.in, c.axes));
    fm_u128 output =
        times(&d, times(&d, batch, (fm_u128)c.out_channels), points(&d, c.out, c.axes));
    fm_u128 window = points(&d, c.filter, c.axes);
    fm_u128 filter =
        times(&d, times(&d, (fm_u128)c.in_channels / groups, window), (fm_u128)c.out_channels);
    fm_u128 moved = c.transposed ? input : output;
    fm_u128 channels = (fm_u128)(c.transposed ? c.out_channels : c.in_channels) / groups;
    fm_u128 macs = times(&d, times(&d, moved, channels), window);
    const char *op = names[c.axes - 1];
    if (c.pass == FM_FORWARD) products(&d, op, macs, output, macs);
    if (c.pass == FM_BACKWARD_INPUT || c.pass == FM_BACKWARD) products(&d, op, macs, input, macs);
    if (c.pass == FM_BACKWARD_WEIGHT || c.pass == FM_BACKWARD)
        products(&d, op, macs, filter, times(&d, macs, groups));
    touch(&d, input);
    touch(&d, output);
    touch(&d, filter);
    return finish(&d, op, job);
}

/* Pairs (query, key) of one head that are seen: all, or keys 0 to i for query i. */
static fm_u128 pairs(draft *d, const fm_attention *a) {
    fm_u128 q = (fm_u128)a->queries, k = (fm_u128)a->keys;
    if (!a->causal) return times(d, q, k);
    fm_u128 full = q > k ? q - k : 0, rising = q < k ? q : k;
    return times(d, full, k) + rising * (rising + 1) / 2;
}

/* The softmax of rows, and of its gradient what the products leave. */
static void softmax(draft *d, fm_pass pass, fm_u128 seen, fm_u128 rows) {
    fm_u128 joined = fm_u128_minus_or_zero(seen, rows);
    bool forward = pass == FM_FORWARD;
    units(d, "multiply", times(d, seen, forward ? 1 : 4));
    units(d, "subtract", times(d, seen, forward ? 1 : 2));
    units(d, "exp", seen);
    units(d, "sum", joined);
    if (!forward) return;
    units(d, "max", joined);
    units(d, "divide", seen);
}

static fm_status check_attention(const draft *d, const fm_attention *a) {
    FM_TRY(check_extent(d, "batch", a->batch, 0));
    FM_TRY(check_extent(d, "heads", a->heads, 0));
    FM_TRY(check_extent(d, "queries", a->queries, 0));
    FM_TRY(check_extent(d, "keys", a->keys, 0));
    FM_TRY(check_extent(d, "depth", a->depth, 0));
    FM_TRY(check_extent(d, "value_depth", a->value_depth, 0));
    if (a->pass == FM_FORWARD || a->pass == FM_BACKWARD) return FM_OK;
    return fm_fail_op(&d->ctx->error, FM_ERR_ARGUMENT, d->who, 0,
                      "pass %d is none of forward and backward", (int)a->pass);
}

fm_status fm_job_attention(fm_context *ctx, fm_dtype dtype, const fm_attention *attention,
                           fm_job *job) {
    fm_attention a = {0};
    const size_t least = offsetof(fm_attention, depth) + sizeof a.depth;
    draft d = begin(ctx, "job_attention", dtype);
    FM_CHECK(attention && attention->size >= least, &ctx->error, FM_ERR_ARGUMENT,
             "job_attention: its size is %zu, at least %zu is needed",
             attention ? attention->size : 0, least);
    memcpy(&a, attention, attention->size < sizeof a ? attention->size : sizeof a);
    FM_TRY(check_attention(&d, &a));
    fm_u128 depth = (fm_u128)a.depth, value = a.value_depth ? (fm_u128)a.value_depth : depth;
    fm_u128 heads = times(&d, (fm_u128)a.batch, (fm_u128)a.heads);
    fm_u128 rows = times(&d, heads, (fm_u128)a.queries);
    fm_u128 keys = times(&d, heads, (fm_u128)a.keys);
    fm_u128 all = times(&d, rows, (fm_u128)a.keys), seen = times(&d, heads, pairs(&d, &a));
    fm_u128 queried = times(&d, rows, depth), results = times(&d, rows, value);
    bool forward = a.pass == FM_FORWARD;
    /* Forward: scores and values. Backward: scores again, and the gradients of values, of the
       probabilities, of queries and of keys. */
    fm_u128 inner = forward ? depth + value : 3 * depth + 2 * value;
    fm_u128 outs = forward ? seen + results : 2 * seen + 2 * queried + results;
    products(&d, "matmul", times(&d, seen, inner), outs, times(&d, all, inner));
    softmax(&d, a.pass, seen, rows);
    touch(&d, queried);
    touch(&d, times(&d, keys, depth + value));
    touch(&d, results);
    if (!forward) touch(&d, d.elements);
    return finish(&d, "attention", job);
}

fm_status fm_job_layer_norm(fm_context *ctx, fm_dtype dtype, int64_t rows, int64_t n, bool affine,
                            fm_job *job) {
    draft d = begin(ctx, "job_layer_norm", dtype);
    FM_TRY(check_extent(&d, "rows", rows, 0));
    FM_TRY(check_extent(&d, "n", n, 1));
    fm_u128 r = (fm_u128)rows, all = times(&d, r, (fm_u128)n);
    units(&d, "sum", times(&d, 2, all - r)); /* of the elements, and of their squares */
    units(&d, "subtract", all);
    units(&d, "multiply", times(&d, affine ? 3 : 2, all)); /* squares, by 1 / deviation, scale */
    units(&d, "add", affine ? all + r : r);                /* epsilon, shift */
    units(&d, "divide", times(&d, 3, r));                  /* mean, variance, 1 / deviation */
    units(&d, "sqrt", r);
    touch(&d, times(&d, 2, all));
    touch(&d, affine ? 2 * (fm_u128)n : 0);
    return finish(&d, "layer_norm", job);
}

/* A name of ours outlives the job; another one is the caller's to keep. */
static const char *kept_name(const char *op) {
    const fm_row *row = fm_row_find(op);
    return row ? row->name : op;
}

static fm_status check_name(const draft *d, const char *op) {
    if (op && *op) return FM_OK;
    return fm_fail_op(&d->ctx->error, FM_ERR_ARGUMENT, d->who, 0,
                      "the name of the operation is empty");
}

fm_status fm_job_elementwise(fm_context *ctx, fm_dtype dtype, const char *op, int64_t count,
                             fm_job *job) {
    draft d = begin(ctx, "job_elementwise", dtype);
    FM_TRY(check_name(&d, op));
    FM_TRY(check_extent(&d, "count", count, 0));
    const char *name = kept_name(op);
    d.fits = fm_cost_units(&d.work, name, (fm_u128)count) == FM_OK;
    touch(&d, times(&d, 2, (fm_u128)count));
    return finish(&d, name, job);
}

fm_status fm_job_reduction(fm_context *ctx, fm_dtype dtype, const char *op, int64_t inputs,
                           int64_t outputs, fm_job *job) {
    draft d = begin(ctx, "job_reduction", dtype);
    FM_TRY(check_name(&d, op));
    FM_TRY(check_extent(&d, "inputs", inputs, 0));
    FM_TRY(check_extent(&d, "outputs", outputs, 0));
    const char *name = kept_name(op);
    /* A mean divides each of its sums besides. */
    fm_u128 all = (fm_u128)inputs, kept = strcmp(name, "mean") == 0 ? 0 : (fm_u128)outputs;
    d.fits = fm_cost_units(&d.work, name, fm_u128_minus_or_zero(all, kept)) == FM_OK;
    touch(&d, all);
    touch(&d, (fm_u128)outputs);
    return finish(&d, name, job);
}

fm_status fm_job_fft(fm_context *ctx, fm_dtype dtype, int64_t batch, int ndim, const int64_t *shape,
                     bool real, fm_job *job) {
    draft d = begin(ctx, "job_fft", dtype);
    const char *op =
        ndim == 1 ? (real ? "fft.rfft" : "fft.fft") : (real ? "fft.rfftn" : "fft.fftn");
    FM_TRY(check_extent(&d, "batch", batch, 0));
    if (ndim < 1 || ndim > FM_MAX_NDIM || !shape)
        return fm_fail_op(&ctx->error, FM_ERR_SHAPE, d.who, 0,
                          "ndim is %d, but a shape of 1 to %d axes is needed", ndim, FM_MAX_NDIM);
    for (int i = 0; i < ndim; i++) FM_TRY(check_extent(&d, "an extent", shape[i], 1));
    fm_u128 all = times(&d, (fm_u128)batch, points(&d, shape, ndim));
    d.fits = d.fits && fm_cost_transforms(&d.work, op, (fm_u128)batch, (fm_extents){ndim, shape},
                                          real) == FM_OK;
    touch(&d, times(&d, 2, all));
    return finish(&d, op, job);
}

fm_status fm_job_formula(fm_context *ctx, fm_dtype dtype, const char *name, int64_t batch,
                         const int64_t *arguments, int narguments, fm_job *job) {
    draft d = begin(ctx, "job_formula", dtype);
    fm_argument given[FM_FORMULA_PARAMS] = {{0}};
    const fm_formula *row;
    fm_formula_call call;
    FM_TRY(check_name(&d, name));
    FM_TRY(check_extent(&d, "batch", batch, 0));
    FM_CHECK(narguments >= 0 && narguments <= FM_FORMULA_PARAMS, &ctx->error, FM_ERR_ARGUMENT,
             "job_formula: %d arguments, but at most %d are taken", narguments, FM_FORMULA_PARAMS);
    for (int i = 0; i < narguments; i++) {
        given[i].value.kind = FM_VALUE_INT;
        given[i].value.as.i = arguments[i];
    }
    FM_TRY(fm_formula_find(name, &row, &ctx->error));
    FM_TRY(fm_formula_bind(row, given, (size_t)narguments, &call, &ctx->error));
    fm_error_clear(&ctx->error);
    fm_status status = row->cost(row, call.arg, &d.work, &ctx->error);
    if (status != FM_OK && status != FM_ERR_OVERFLOW) return status;
    d.fits = status == FM_OK && fm_work_times(&d.work, (fm_u128)batch) == FM_OK;
    return finish(&d, *row->op ? row->op : row->name, job);
}
