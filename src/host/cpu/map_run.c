/* The driver of elementwise kernels. A range of elements is done in blocks that fit the first-level
   cache: what is not contiguous or of another dtype is brought into a block, the kernel runs from
   blocks or straight from memory, and its result is spread or converted where it has to be. */
#include "cpu/map_run.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"
#include "cpu/stream.h"
#include "scalar/index.h"
#include "scalar/weak.h"

#include <stdatomic.h>
#include <string.h>

enum {
    BLOCK_BYTES = 8192,    /* of one operand in flight; several of them fit any first-level cache */
    LONG_ROW = 128,        /* rows of at least so many elements are walked one by one */
    SPLIT_BYTES = 1 << 18, /* of output: below, handing work to other threads costs more */
    INPUTS = FM_MAP_INPUTS
};

typedef struct operand {
    size_t size;      /* of a stored element */
    size_t loop_size; /* of an element in the kernel's dtype */
    fm_dtype dtype;   /* stored */
    fm_dtype loop_dtype;
    fm_convert_fn convert; /* NULL: stored in the kernel's dtype */
    fm_strided_fn move;    /* gathers an input, scatters an output */
    int index;             /* its number in the fm_index; -1: by value */
    int argument;          /* its number among the call's inputs */
    bool linear;           /* element i lies at offset i */
    bool constant;         /* one element everywhere */
} operand;

typedef struct map_plan {
    fm_kplan head;
    fm_map_fn kernel;
    fm_convert_fn cast; /* instead of kernel */
    int64_t size;
    int64_t block; /* elements at a time */
    int64_t grain; /* elements of output that one thread gets at least */
    int nin;
    bool by_rows;       /* a block never crosses the end of a row */
    bool stream;        /* results leave past the caches */
    bool moves;         /* the one input's elements, as they are, from where they lie apart */
    fm_map_fn negative; /* NULL, or in[1] < 0, which must not be */
    const char *name;
    fm_dtype half;
    operand in[INPUTS];
    operand out;
    fm_index index;
} map_plan;

typedef struct map_job {
    const map_plan *plan;
    char *origin[INPUTS + 1]; /* of inputs, then of the output */
    atomic_bool refused;
    /* Constant operands: a block full of the value, in the kernel's dtype. */
    _Alignas(64) char filled[INPUTS][BLOCK_BYTES];
} map_job;

/* Where a thread is: its element and the coordinates of that. */
typedef struct cursor {
    int64_t at[FM_INDEX_NDIM];
    int64_t offset[INPUTS + 1]; /* of the element, by number in the index */
} cursor;

static void cursor_set(cursor *c, const fm_index *ix, int64_t linear) {
    fm_index_offsets(ix, linear, c->offset);
    for (int d = ix->ndim - 1; d >= 0; d--) {
        c->at[d] = linear % ix->extent[d];
        linear /= ix->extent[d];
    }
}

/* Moves by n elements, which may cross the ends of rows. */
static void cursor_move(cursor *c, const fm_index *ix, int64_t n) {
    for (int d = ix->ndim - 1; d >= 0 && n > 0; d--) {
        int64_t sum = c->at[d] + n;
        int64_t now = sum < ix->extent[d] ? sum : sum % ix->extent[d];
        n = sum < ix->extent[d] ? 0 : sum / ix->extent[d];
        for (int k = 0; k < ix->noperands; k++) c->offset[k] += (now - c->at[d]) * ix->stride[k][d];
        c->at[d] = now;
    }
}

/* Moves n elements of operand o between memory, from cursor c on, and a block. */
static void walk(const map_plan *plan, const operand *o, const cursor *c, char *origin, char *block,
                 int64_t n, bool into_block) {
    const fm_index *ix = &plan->index;
    int last = ix->ndim - 1;
    int64_t stride = ix->stride[o->index][last];
    int64_t size = (int64_t)o->size;
    int64_t offset = c->offset[o->index];
    int64_t run = ix->extent[last] - c->at[last];
    cursor here;
    if (run < n) here = *c;
    for (int64_t done = 0;;) {
        if (run > n - done) run = n - done;
        char *memory = origin + offset * size, *part = block + done * size;
        if (into_block)
            o->move(run, memory, stride, part);
        else
            o->move(run, part, stride, memory);
        done += run;
        if (done == n) return;
        cursor_move(&here, ix, run);
        offset = here.offset[o->index];
        run = ix->extent[last];
    }
}

/* n elements of an input in the kernel's dtype, contiguous: in memory, or in block or wide. */
static void *fetch(const map_job *job, int i, const cursor *c, int64_t element, int64_t n,
                   char *block, char *wide) {
    const map_plan *plan = job->plan;
    const operand *o = &plan->in[i];
    if (o->constant) return (void *)(uintptr_t)job->filled[i];
    char *from = NULL;
    if (o->linear) {
        from = job->origin[i] + element * (int64_t)o->size;
    } else if (plan->by_rows && plan->index.stride[o->index][plan->index.ndim - 1] == 1) {
        from = job->origin[i] + c->offset[o->index] * (int64_t)o->size;
    } else {
        walk(plan, o, c, job->origin[i], block, n, true);
        from = block;
    }
    if (!o->convert) return from;
    o->convert(n, from, wide);
    return wide;
}

/* Looks for exponents that integers cannot have. */
static void scan(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    map_job *job = arg;
    const map_plan *plan = job->plan;
    static const char zeros[BLOCK_BYTES];
    _Alignas(64) char block[BLOCK_BYTES], wide[BLOCK_BYTES], found[BLOCK_BYTES];
    int64_t most = BLOCK_BYTES / 16;
    cursor c;
    cursor_set(&c, &plan->index, begin);
    for (int64_t element = begin; element < end;) {
        int64_t n = end - element < most ? end - element : most;
        int64_t row = plan->index.extent[plan->index.ndim - 1] - c.at[plan->index.ndim - 1];
        if (plan->by_rows && n > row) n = row;
        void *in[2] = {fetch(job, 1, &c, element, n, block, wide), (void *)(uintptr_t)zeros};
        plan->negative(n, in, found);
        if (memchr(found, 1, (size_t)n)) atomic_store(&job->refused, true);
        element += n;
        if (element < end) cursor_move(&c, &plan->index, n);
    }
}

static void span(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    const map_job *job = arg;
    const map_plan *plan = job->plan;
    const fm_index *ix = &plan->index;
    const operand *o = &plan->out;
    _Alignas(64) char blocks[2 * INPUTS + 2][BLOCK_BYTES];
    int row_axis = ix->ndim - 1;
    cursor c;
    cursor_set(&c, ix, begin);
    for (int64_t element = begin; element < end;) {
        int64_t n = end - element < plan->block ? end - element : plan->block;
        int64_t row = ix->extent[row_axis] - c.at[row_axis];
        if (plan->by_rows && n > row) n = row;
        void *in[INPUTS];
        for (int i = 0; i < plan->nin && !plan->moves; i++) {
            in[i] = fetch(job, i, &c, element, n, blocks[2 * i], blocks[2 * i + 1]);
        }
        bool row_of_out = plan->by_rows && ix->stride[o->index][row_axis] == 1;
        char *out = job->origin[INPUTS];
        char *straight = o->linear ? out + element * (int64_t)o->size
                                   : out + c.offset[o->index] * (int64_t)o->size;
        bool direct = o->linear || row_of_out;
        bool in_place = direct && !o->convert && !plan->stream;
        char *result = in_place ? straight : blocks[2 * INPUTS];
        if (plan->moves)
            walk(plan, &plan->in[0], &c, job->origin[0], result, n, true);
        else if (plan->cast)
            plan->cast(n, in[0], result);
        else
            plan->kernel(n, in, result);
        if (o->convert) {
            char *narrow = direct && !plan->stream ? straight : blocks[2 * INPUTS + 1];
            o->convert(n, result, narrow);
            result = narrow;
        }
        if (plan->stream)
            fm_stream_out(straight, result, (size_t)n * o->size);
        else if (!direct)
            walk(plan, o, &c, out, result, n, false);
        element += n;
        if (element < end) cursor_move(&c, ix, n);
    }
    if (plan->stream) fm_stream_fence();
}

/* Fills a block with the element at value, which is in the kernel's dtype. */
static void fill_block(char *block, int64_t n, size_t size, const void *value) {
    size_t bytes = (size_t)n * size;
    memcpy(block, value, size);
    for (size_t done = size; done < bytes; done *= 2) {
        memcpy(block + done, block, done < bytes - done ? done : bytes - done);
    }
}

static void prepare_constant(map_job *job, int i, const fm_kernel_args *args) {
    const map_plan *plan = job->plan;
    const operand *o = &plan->in[i];
    _Alignas(16) char value[16];
    if (o->index < 0) {
        fm_scalar_store(args->scalars[o->argument], plan->half, o->loop_dtype, value);
    } else if (o->convert) {
        o->convert(1, job->origin[i], value);
    } else {
        memcpy(value, job->origin[i], o->size);
    }
    fill_block(job->filled[i], plan->size < plan->block ? plan->size : plan->block, o->loop_size,
               value);
}

static void split(const map_plan *plan, fm_pool_fn work, map_job *job) {
    if (plan->size > plan->grain)
        fm_pool_run(fm_pool_shared(), work, job, plan->size, plan->grain);
    else if (plan->size > 0)
        work(job, 0, plan->size, 0);
}

static fm_status run_blocks(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const map_plan *plan = (const map_plan *)head;
    map_job job;
    job.plan = plan;
    job.origin[INPUTS] = args->out[0];
    for (int i = 0; i < plan->nin; i++) {
        job.origin[i] = args->in[plan->in[i].argument];
        if (plan->in[i].constant) prepare_constant(&job, i, args);
    }
    atomic_init(&job.refused, false);
    if (plan->negative) split(plan, scan, &job);
    if (atomic_load(&job.refused)) {
        return fm_cpu_host->fail(error, FM_ERR_ARGUMENT,
                                 "%s: argument 2: an integer has no negative integer power",
                                 plan->name);
    }
    split(plan, span, &job);
    return FM_OK;
}

/* Everything contiguous, in the kernel's dtypes and small: nothing but the kernel. */
static fm_status run_direct(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    (void)error;
    const map_plan *plan = (const map_plan *)head;
    plan->kernel(plan->size, args->in, args->out[0]);
    return FM_OK;
}

static void free_plan(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static int log2_of(size_t size) {
    return size == 16 ? 4 : size == 8 ? 3 : size == 4 ? 2 : size == 2 ? 1 : 0;
}

/* size_of without the core, which a module does not link. */
static size_t size_of(fm_dtype dtype) {
    return fm_cpu_dtype_size(dtype);
}

static void set_input(map_plan *plan, int i, const fm_kernel_call *call, const fm_map_spec *spec) {
    const fm_map_table *map = fm_map();
    operand *o = &plan->in[i];
    o->argument = spec->input[i];
    const fm_layout *layout = call->in[o->argument];
    o->loop_dtype = spec->in_dtype[i];
    o->loop_size = size_of(o->loop_dtype);
    o->dtype = layout->dtype;
    o->size = size_of(o->dtype);
    o->index = -1;
    o->constant = true;
    if (call->by_value >> o->argument & 1) return;
    o->index = fm_index_add(&plan->index, layout->ndim, fm_layout_shape(layout),
                            fm_layout_strides(layout));
    o->convert = o->dtype == o->loop_dtype ? NULL : map->convert[o->dtype][o->loop_dtype];
    o->move = map->gather[log2_of(o->size)];
}

static void set_output(map_plan *plan, const fm_kernel_call *call, const fm_map_spec *spec) {
    const fm_map_table *map = fm_map();
    operand *o = &plan->out;
    const fm_layout *layout = call->out[0];
    o->dtype = layout->dtype;
    o->size = size_of(o->dtype);
    o->loop_dtype = spec->out_dtype;
    o->loop_size = size_of(o->loop_dtype);
    o->index = fm_index_add(&plan->index, layout->ndim, fm_layout_shape(layout),
                            fm_layout_strides(layout));
    o->convert = o->dtype == o->loop_dtype ? NULL : map->convert[o->loop_dtype][o->dtype];
    o->move = map->scatter[log2_of(o->size)];
}

/* Whether an element of the input is one of the output, and lies elsewhere than its neighbours. A
   bool is not: of memory that is only lent it may be another byte than 0 and 1. */
static bool moves_apart(const map_plan *plan, const operand *in) {
    const int last = plan->index.ndim - 1;
    return in->loop_dtype == plan->out.loop_dtype && in->loop_dtype != FM_BOOL && !in->convert &&
           !in->constant && !in->linear && plan->index.stride[in->index][last] != 1;
}

/* How the elements are walked, once all operands are known. */
static void set_walk(map_plan *plan, bool aliased) {
    fm_index *ix = &plan->index;
    fm_index_coalesce(ix, plan->out.index);
    size_t widest = plan->out.loop_size > plan->out.size ? plan->out.loop_size : plan->out.size;
    bool direct = true;
    for (int i = 0; i < plan->nin; i++) {
        operand *o = &plan->in[i];
        if (o->index >= 0) {
            o->linear = fm_index_is_linear(ix, o->index);
            o->constant = !o->linear && fm_index_is_constant(ix, o->index);
        }
        size_t wide = o->loop_size > o->size ? o->loop_size : o->size;
        if (wide > widest) widest = wide;
        direct = direct && o->linear && !o->convert;
    }
    plan->out.linear = fm_index_is_linear(ix, plan->out.index);
    plan->moves = plan->cast && moves_apart(plan, &plan->in[0]);
    direct = direct && plan->out.linear && !plan->out.convert;
    plan->by_rows = ix->extent[ix->ndim - 1] >= LONG_ROW || ix->ndim == 1;
    plan->stream =
        plan->out.linear && !aliased && fm_stream_pays(plan->out.size * (size_t)plan->size);
    plan->block = plan->stream ? FM_STREAM_TILE / (int64_t)widest
                  : direct     ? INT64_MAX
                               : BLOCK_BYTES / (int64_t)widest;
    plan->grain = SPLIT_BYTES / (int64_t)plan->out.size;
    plan->head.run = direct && plan->size <= plan->grain ? run_direct : run_blocks;
}

/* Whether run_direct may pass the call's addresses on as they are. */
static bool in_order(const fm_map_spec *spec) {
    if (spec->cast || spec->whole_power) return false;
    for (int i = 0; i < spec->nin; i++) {
        if (spec->input[i] != i) return false;
    }
    return true;
}

fm_status fm_map_plan(const fm_kernel_call *call, const fm_map_spec *spec, fm_kplan **out,
                      fm_error *error) {
    map_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (!plan)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    const fm_layout *shape = call->out[0];
    plan->head.free = free_plan;
    plan->kernel = spec->kernel;
    plan->cast = spec->cast;
    plan->name = call->name;
    if (spec->whole_power) plan->negative = fm_map()->binary[call->compute][FM_BINARY_less];
    plan->nin = spec->nin;
    plan->size = shape->size;
    plan->half = fm_half_of_call(call);
    fm_index_begin(&plan->index, shape->ndim, fm_layout_shape(shape));
    for (int i = 0; i < spec->nin; i++) set_input(plan, i, call, spec);
    set_output(plan, call, spec);
    set_walk(plan, call->aliased != 0);
    if (!in_order(spec)) plan->head.run = run_blocks;
    *out = &plan->head;
    return FM_OK;
}
