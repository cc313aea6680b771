/* Planning and running a reduction: which axis leads, how the work is cut, and the walk itself. */
#include "cpu/map.h"
#include "cpu/pool.h"
#include "cpu/reduce.h"
#include "cpu/scalar_value.h"

#include <string.h>

/* How the work is cut. Results depend on these and on the shape, never on the number of threads. */
enum {
    GATHER = 1024, /* elements brought together before a kernel sees them */
    DIRECT = 256,  /* contiguous elements from which a run is not copied */
    COLUMNS = 256, /* outputs folded side by side */
    SHORT = 32,    /* sums up to this long are folded side by side also across memory */
    CHUNK = 65536, /* reduced elements of one item, at least */
    ITEMS = 256,   /* items that a reduction to few outputs is cut into, at most */
    ITEM = 32768,  /* elements for which it pays to wake a thread */
    STATE = 40     /* bytes of the largest state */
};

static int64_t min64(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int fm_reduce_supports(uint16_t op, fm_dtype compute) {
    return op < FM_REDUCE_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

/* The dtype whose kernel does the work: halves in float32, integer sums in 64 bits. */
static fm_dtype stage_dtype(uint16_t op, fm_dtype compute) {
    if (op == FM_REDUCE_any || op == FM_REDUCE_all) return FM_BOOL;
    if (compute == FM_FLOAT16 || compute == FM_BFLOAT16) return FM_FLOAT32;
    if (op != FM_REDUCE_sum && op != FM_REDUCE_prod) return compute;
    if (compute >= FM_INT8 && compute <= FM_INT64) return FM_INT64;
    if (compute >= FM_UINT8 && compute <= FM_UINT64) return FM_UINT64;
    return compute;
}

/* Copies axes innermost first, without those of extent 1, joining those that are one run. */
static int join_axes(int n, const fm_reduce_axis *axes, fm_reduce_axis *joined) {
    int count = 0;
    for (int i = n - 1; i >= 0; i--) {
        const fm_reduce_axis *x = &axes[i];
        if (x->n == 1) continue;
        fm_reduce_axis *last = count > 0 ? &joined[count - 1] : NULL;
        if (last != NULL && x->in == last->in * last->n && x->out == last->out * last->n)
            last->n *= x->n;
        else
            joined[count++] = *x;
    }
    return count;
}

static int64_t extents(int n, const fm_reduce_axis *axes) {
    int64_t size = 1;
    for (int i = 0; i < n; i++) size *= axes[i].n;
    return size;
}

static int64_t magnitude(int64_t x) {
    return x < 0 ? -x : x;
}

/* Orders axes by falling stride, so that the last runs along memory. */
static void sort_axes(int n, const fm_reduce_axis *axes, fm_reduce_axis *sorted) {
    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 && magnitude(sorted[at - 1].in) < magnitude(axes[i].in); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = axes[i];
    }
}

/* Cuts the reduced elements into chunks where there are too few blocks of outputs to go round. */
static void set_items(fm_reduce_job *job) {
    int64_t columns = job->kept[0].n;
    job->block = job->by_rows ? min64(columns, COLUMNS) : 1;
    int64_t blocks = columns > 0 ? (columns + job->block - 1) / job->block : 0;
    for (int i = 1; i < job->nkept; i++) blocks *= job->kept[i].n;
    int64_t wanted = blocks > 0 && blocks < ITEMS / 2 ? ITEMS / blocks : 1;
    job->chunk = (job->count + wanted - 1) / wanted;
    if (job->chunk < CHUNK / job->block) job->chunk = CHUNK / job->block;
    job->chunks = job->count > job->chunk ? (job->count + job->chunk - 1) / job->chunk : 1;
    if (job->chunks == 1) job->chunk = job->count;
    job->workspace = job->chunks > 1 ? (size_t)(job->chunks * job->outputs) * STATE : 0;
}

void fm_reduce_job_plan(fm_reduce_job *job, uint16_t op, fm_dtype in, fm_dtype compute,
                        fm_dtype out, int nkept, const fm_reduce_axis *kept, int nred,
                        const fm_reduce_axis *red) {
    fm_dtype stage = stage_dtype(op, compute);
    bool numbered = op == FM_REDUCE_argmax || op == FM_REDUCE_argmin;
    fm_reduce_job_plan_kernel(job, &FM_ISA_CHOOSE(&fm_reduce)->kernel[op][stage], numbered, in,
                              compute, stage, out, nkept, kept, nred, red);
}

void fm_reduce_job_plan_kernel(fm_reduce_job *job, const fm_reduce_kernel *kernel, bool numbered,
                               fm_dtype in, fm_dtype compute, fm_dtype stage, fm_dtype out,
                               int nkept, const fm_reduce_axis *kept, int nred,
                               const fm_reduce_axis *red) {
    static const fm_reduce_axis point = {1, 0, 0};
    *job =
        (fm_reduce_job){.kernel = kernel, .in = in, .compute = compute, .stage = stage, .out = out};
    fm_reduce_axis sorted[FM_MAX_NDIM];
    sort_axes(nkept, kept, sorted);
    job->nkept = join_axes(nkept, sorted, job->kept);
    if (!numbered) sort_axes(nred, red, sorted);
    job->nred = join_axes(nred, numbered ? red : sorted, job->red);
    job->outputs = extents(job->nkept, job->kept);
    job->count = extents(job->nred, job->red);
    job->divisor = (double)job->count;
    if (job->nred == 0) job->red[job->nred++] = point;
    if (job->nkept == 0) job->kept[job->nkept++] = point;
    bool along = job->kept[0].n >= 4 && magnitude(job->kept[0].in) < magnitude(job->red[0].in);
    job->by_rows = along || (job->kept[0].n >= 64 && job->count <= SHORT);
    set_items(job);
}

/* What one lane works with. */
typedef struct scratch {
    _Alignas(64) char raw[GATHER * 16];
    char staged[2][GATHER * 16];
} scratch;

typedef struct walk {
    const fm_reduce_job *job;
    const char *in;
    char *out, *partial;
    int64_t blocks; /* blocks of outputs along kept[0] */
    size_t in_size;
    fm_strided_fn gather;
    fm_convert_fn convert[2]; /* in to compute, compute to stage; NULL: the same dtype */
} walk;

static int log2_size(size_t size) {
    int log = 0;
    while (size > (size_t)1 << log) log++;
    return log;
}

/* n elements of dtype in as elements of the kernel's dtype. */
static const void *to_stage(const walk *w, int64_t n, const void *x, scratch *s) {
    for (int i = 0; i < 2; i++) {
        if (w->convert[i] == NULL) continue;
        w->convert[i](n, x, s->staged[i]);
        x = s->staged[i];
    }
    return x;
}

static bool is_direct(const walk *w, int64_t stride) {
    return stride == 1 && w->convert[0] == NULL && w->convert[1] == NULL;
}

/* A place among the reduced elements. */
typedef struct place {
    int64_t index[FM_MAX_NDIM];
    int64_t offset; /* elements from the origin */
} place;

static place place_at(const fm_reduce_axis *axes, int n, int64_t number) {
    place p = {.offset = 0};
    for (int i = 0; i < n; i++) {
        p.index[i] = number % axes[i].n;
        number /= axes[i].n;
        p.offset += p.index[i] * axes[i].in;
    }
    return p;
}

/* Steps `by` elements along the first axis, which does not pass its end by more than one carry. */
static void advance(place *p, const fm_reduce_axis *axes, int n, int64_t by) {
    p->index[0] += by;
    p->offset += by * axes[0].in;
    for (int i = 0; i + 1 < n && p->index[i] == axes[i].n; i++) {
        p->offset += axes[i + 1].in - axes[i].n * axes[i].in;
        p->index[i] = 0;
        p->index[i + 1]++;
    }
}

/* Folds the reduced elements lo <= i < hi of one output into its state. */
static void fold_output(const walk *w, const char *base, int64_t lo, int64_t hi, void *state,
                        scratch *s) {
    const fm_reduce_job *job = w->job;
    const fm_reduce_axis *red = job->red;
    place p = place_at(red, job->nred, lo);
    int64_t filled = 0;
    bool direct = is_direct(w, red[0].in);
    while (lo < hi) {
        int64_t run = min64(red[0].n - p.index[0], hi - lo);
        const char *x = base + p.offset * (int64_t)w->in_size;
        if (direct && run >= DIRECT) {
            if (filled > 0) job->kernel->run(filled, s->raw, lo - filled, state);
            job->kernel->run(run, x, lo, state);
            filled = 0;
        } else {
            run = min64(run, GATHER - filled);
            w->gather(run, x, red[0].in, s->raw + (size_t)filled * w->in_size);
            filled += run;
        }
        lo += run;
        advance(&p, red, job->nred, run);
        if (filled == 0 || (filled < GATHER && lo < hi)) continue;
        job->kernel->run(filled, to_stage(w, filled, s->raw, s), lo - filled, state);
        filled = 0;
    }
}

/* Folds rows lo <= i < hi of `columns` neighbouring outputs into their states. */
static void fold_rows(const walk *w, const char *base, int64_t columns, int64_t lo, int64_t hi,
                      void *states, scratch *s) {
    const fm_reduce_job *job = w->job;
    const fm_reduce_axis *red = job->red;
    int64_t stride = job->kept[0].in;
    place p = place_at(red, job->nred, lo);
    bool direct = is_direct(w, stride);
    while (lo < hi) {
        const char *x = base + p.offset * (int64_t)w->in_size;
        int64_t rows = direct ? min64(red[0].n - p.index[0], hi - lo) : 1;
        const void *row = x;
        if (!direct) {
            if (stride != 1) {
                w->gather(columns, x, stride, s->raw);
                row = s->raw;
            }
            row = to_stage(w, columns, row, s);
        }
        job->kernel->rows(rows, columns, row, red[0].in, lo, states);
        lo += rows;
        advance(&p, red, job->nred, rows);
    }
}

/* Results of n states, neighbours along kept[0], to their places. */
static void store(const walk *w, int64_t n, const void *states, char *out, scratch *s) {
    const fm_reduce_job *job = w->job;
    size_t size = fm_cpu_dtype_size(job->out);
    const void *results = s->raw;
    job->kernel->finish(n, states, job->divisor, s->raw);
    if (job->kernel->result != job->out) {
        fm_map()->convert[job->kernel->result][job->out](n, s->raw, s->staged[0]);
        results = s->staged[0];
    }
    if (job->kept[0].out == 1 || n == 1)
        memcpy(out, results, (size_t)n * size);
    else
        fm_map()->scatter[log2_size(size)](n, results, job->kept[0].out, out);
}

/* The outputs of a block: how many, and where they start. */
typedef struct span {
    int64_t columns, number; /* number of the first, kept[0] fastest */
    int64_t in, out;         /* elements from the origins */
} span;

static span span_at(const walk *w, int64_t block) {
    const fm_reduce_job *job = w->job;
    int64_t column = block % w->blocks * job->block, rest = block / w->blocks;
    span at = {.columns = min64(job->block, job->kept[0].n - column),
               .number = rest * job->kept[0].n + column,
               .in = column * job->kept[0].in,
               .out = column * job->kept[0].out};
    for (int i = 1; i < job->nkept; i++) {
        int64_t index = rest % job->kept[i].n;
        rest /= job->kept[i].n;
        at.in += index * job->kept[i].in;
        at.out += index * job->kept[i].out;
    }
    return at;
}

static void fold_item(const walk *w, const span *at, int64_t chunk, void *states, scratch *s) {
    const fm_reduce_job *job = w->job;
    int64_t lo = chunk * job->chunk, hi = min64(lo + job->chunk, job->count);
    const char *base = w->in + at->in * (int64_t)w->in_size;
    job->kernel->start(at->columns, states);
    if (lo == hi) return;
    if (job->by_rows)
        fold_rows(w, base, at->columns, lo, hi, states, s);
    else
        fold_output(w, base, lo, hi, states, s);
}

static void work_items(void *arg, int64_t begin, int64_t end, int lane) {
    const walk *w = arg;
    const fm_reduce_job *job = w->job;
    scratch s;
    _Alignas(64) char states[COLUMNS * STATE];
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        int64_t chunk = i % job->chunks;
        span at = span_at(w, i / job->chunks);
        void *into = states;
        if (job->chunks > 1)
            into = w->partial + (size_t)(chunk * job->outputs + at.number) * job->kernel->state;
        fold_item(w, &at, chunk, into, &s);
        if (job->chunks == 1)
            store(w, at.columns, states, w->out + at.out * (int64_t)fm_cpu_dtype_size(job->out),
                  &s);
    }
}

/* Joins the chunks of each block in their order. */
static void join_chunks(void *arg, int64_t begin, int64_t end, int lane) {
    const walk *w = arg;
    const fm_reduce_job *job = w->job;
    scratch s;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        span at = span_at(w, i);
        size_t state = job->kernel->state, step = (size_t)job->outputs * state;
        char *into = w->partial + (size_t)at.number * state;
        for (int64_t chunk = 1; chunk < job->chunks; chunk++)
            job->kernel->merge(at.columns, into, into + (size_t)chunk * step);
        store(w, at.columns, into, w->out + at.out * (int64_t)fm_cpu_dtype_size(job->out), &s);
    }
}

void fm_reduce_job_run(const fm_reduce_job *job, const void *in, void *out, void *workspace) {
    if (job->outputs == 0) return;
    const fm_map_table *map = fm_map();
    walk w = {.job = job, .in = in, .out = out, .partial = workspace};
    w.in_size = fm_cpu_dtype_size(job->in);
    w.gather = map->gather[log2_size(w.in_size)];
    if (job->in != job->compute) w.convert[0] = map->convert[job->in][job->compute];
    if (job->compute != job->stage) w.convert[1] = map->convert[job->compute][job->stage];
    w.blocks = (job->kept[0].n + job->block - 1) / job->block;
    int64_t blocks = w.blocks * (job->outputs / job->kept[0].n);
    int64_t each = job->chunk * job->block, grain = each > 0 ? ITEM / each : ITEM;
    fm_pool_run(fm_pool_shared(), work_items, &w, blocks * job->chunks, grain > 1 ? grain : 1);
    if (job->chunks > 1)
        fm_pool_run(fm_pool_shared(), join_chunks, &w, blocks, job->chunks > 64 ? 1 : 64);
}
