/* Moves of elements by their size, and indices read and checked. */
#include "cpu/index.h"
#include "cpu/scalar_value.h"

#include <string.h>

typedef struct wide {
    uint64_t half[2];
} wide;

#define GATHER(suffix, T)                                                                          \
    static void gather_##suffix(int64_t n, const void *in, const int64_t *at, void *out) {         \
        const T *x = in;                                                                           \
        T *y = out;                                                                                \
        for (int64_t i = 0; i < n; i++) y[i] = x[at[i]];                                           \
    }
#define SCATTER(suffix, T)                                                                         \
    static void scatter_##suffix(int64_t n, const void *in, int64_t step, const int64_t *from,     \
                                 const int64_t *at, void *out) {                                   \
        const T *x = in;                                                                           \
        T *y = out;                                                                                \
        for (int64_t i = 0; i < n; i++) y[at[i]] = x[from[i] * step];                              \
    }
#define BOTH(suffix, T) GATHER(suffix, T) SCATTER(suffix, T)
BOTH(1, uint8_t)
BOTH(2, uint16_t)
BOTH(4, uint32_t)
BOTH(8, uint64_t)
BOTH(16, wide)

const fm_gather_fn fm_move_gather[FM_MAP_SIZES] = {gather_1, gather_2, gather_4, gather_8,
                                                   gather_16};
const fm_scatter_fn fm_move_scatter[FM_MAP_SIZES] = {scatter_1, scatter_2, scatter_4, scatter_8,
                                                     scatter_16};

void fm_index_load(fm_dtype dtype, const void *index, int64_t first, int64_t n, int64_t *out) {
    const char *from = (const char *)index + first * (int64_t)fm_cpu_dtype_size(dtype);
    if (dtype == FM_INT64)
        memcpy(out, from, (size_t)n * sizeof *out);
    else
        fm_map()->convert[dtype][FM_INT64](n, from, out);
}

void fm_index_places(int64_t size, int mode, int64_t n, int64_t *at) {
    if (mode == FM_PLACE_RAISE || mode == FM_PLACE_SURE)
        for (int64_t i = 0; i < n; i++) at[i] += at[i] < 0 ? size : 0;
    else
        for (int64_t i = 0; i < n; i++) at[i] = fm_place(at[i], size, mode);
}

void fm_index_offsets(const fm_axes *axes, int64_t n, int64_t *at) {
    if (axes->ndim != 1)
        for (int64_t i = 0; i < n; i++) at[i] = fm_axes_offset(axes, at[i]);
    else if (axes->stride[0] != 1)
        for (int64_t i = 0; i < n; i++) at[i] *= axes->stride[0];
}

typedef struct check {
    fm_dtype dtype;
    const void *index;
    int64_t n, low; /* places are low to n - 1 */
    _Atomic int64_t first;
} check;

static bool inside(const check *c, int64_t i) {
    return i < c->n && i >= c->low;
}

static void check_span(void *arg, int64_t begin, int64_t end, int lane) {
    check *c = arg;
    int64_t block[FM_MOVE_BLOCK];
    (void)lane;
    for (int64_t at = begin; at < end; at += FM_MOVE_BLOCK) {
        int64_t few = end - at < FM_MOVE_BLOCK ? end - at : FM_MOVE_BLOCK;
        const int64_t *x = block;
        uint64_t bad = 0;
        if (c->dtype == FM_INT64)
            x = (const int64_t *)c->index + at;
        else
            fm_index_load(c->dtype, c->index, at, few, block);
        for (int64_t i = 0; i < few; i++) bad |= !inside(c, x[i]);
        if (!bad) continue;
        int64_t i = 0;
        while (inside(c, x[i])) i++;
        int64_t known = atomic_load(&c->first);
        while (at + i < known && !atomic_compare_exchange_weak(&c->first, &known, at + i)) {
        }
        return;
    }
}

int64_t fm_index_outside(fm_dtype dtype, const void *index, int64_t count, int64_t low, int64_t n) {
    check c = {.dtype = dtype, .index = index, .n = n, .low = low, .first = INT64_MAX};
    fm_pool_run(fm_pool_shared(), check_span, &c, count, FM_MOVE_ITEM);
    return atomic_load(&c.first);
}

fm_status fm_index_refuse(fm_error *error, const char *name, int64_t index, int axis, int64_t n) {
    fm_status status = fm_cpu_host->fail(error, FM_ERR_ARGUMENT,
                                         "%s: argument 2: index %lld is out of bounds for axis %d "
                                         "of size %lld",
                                         name, (long long)index, axis, (long long)n);
    if (error) error->exception = "IndexError";
    return status;
}

typedef struct outside_plan {
    fm_kplan head;
    fm_index_port index;
    int64_t count, low, n;
} outside_plan;

static fm_status run_outside(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const outside_plan *plan = (const outside_plan *)head;
    (void)error;
    const void *index = fm_index_port_bring(&plan->index, args, 0);
    int64_t first = fm_index_outside(plan->index.dtype, index, plan->count, plan->low, plan->n);
    memcpy(args->out[0], &first, sizeof first);
    return FM_OK;
}

fm_status fm_plan_outside(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                          fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(outside_plan), run_outside, out, error);
    if (status != FM_OK) return status;
    outside_plan *plan = (outside_plan *)*out;
    fm_dtype dtype = call->by_value & 1 ? FM_INT64 : call->in[0]->dtype;
    fm_index_port_open(&plan->index, call, 0, dtype, 0, NULL, info);
    plan->count = call->in[0]->size;
    plan->n = call->params->index.extent[0];
    plan->low = call->params->index.mode == FM_PLACE_RAISE ? -plan->n : 0;
    return FM_OK;
}
