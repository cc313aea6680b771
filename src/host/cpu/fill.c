/* The family of creation: one value everywhere, arithmetic progressions, identity matrices, lower
   triangles. */
#include "cpu/map_run.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"

#include <string.h>

enum { BLOCK_BYTES = 8192, SPLIT_BYTES = 1 << 18 };

typedef struct fill_plan {
    fm_kplan head;
    fm_dtype dtype;
    size_t size;     /* of an element */
    int64_t rows, n; /* arange has one row */
    int64_t row_stride, stride;
    int64_t k;
    fm_arange_fn generate;
    fm_strided_fn scatter;
    fm_arange progression;
    _Alignas(16) char one[16];
} fill_plan;

typedef struct fill_job {
    const fill_plan *plan;
    char *origin;
} fill_job;

static void arange_span(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    const fill_job *job = arg;
    const fill_plan *p = job->plan;
    int64_t size = (int64_t)p->size;
    _Alignas(64) char block[BLOCK_BYTES];
    if (p->stride == 1) {
        p->generate(end - begin, begin, p->progression, job->origin + begin * size);
        return;
    }
    for (int64_t i = begin; i < end;) {
        int64_t n = end - i < BLOCK_BYTES / size ? end - i : BLOCK_BYTES / size;
        p->generate(n, i, p->progression, block);
        p->scatter(n, block, p->stride, job->origin + i * p->stride * size);
        i += n;
    }
}

static void eye_span(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    const fill_job *job = arg;
    const fill_plan *p = job->plan;
    int64_t size = (int64_t)p->size;
    static const char zero[16];
    for (int64_t row = begin; row < end; row++) {
        char *at = job->origin + row * p->row_stride * size;
        if (p->stride == 1) {
            memset(at, 0, (size_t)p->n * p->size);
        } else {
            for (int64_t j = 0; j < p->n; j++) memcpy(at + j * p->stride * size, zero, p->size);
        }
        int64_t column = row + p->k;
        if (column >= 0 && column < p->n) {
            memcpy(at + column * p->stride * size, p->one, p->size);
        }
    }
}

/* count copies of one element, one after the other. */
static void repeat(char *at, int64_t count, const char *one, size_t size) {
    switch (size) {
    case 1:
        memset(at, one[0], (size_t)count);
        return;
#define REPEAT(type)                                                                               \
    case sizeof(type): {                                                                           \
        type value;                                                                                \
        memcpy(&value, one, sizeof value);                                                         \
        for (int64_t i = 0; i < count; i++)                                                        \
            memcpy(at + i * (int64_t)sizeof value, &value, sizeof value);                          \
        return;                                                                                    \
    }
        REPEAT(uint16_t)
        REPEAT(uint32_t)
        REPEAT(uint64_t)
#undef REPEAT
    default:
        for (int64_t i = 0; i < count; i++) memcpy(at + i * (int64_t)size, one, size);
    }
}

static void tri_span(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    const fill_job *job = arg;
    const fill_plan *p = job->plan;
    int64_t size = (int64_t)p->size;
    static const char zero[16];
    for (int64_t row = begin; row < end; row++) {
        char *at = job->origin + row * p->row_stride * size;
        /* Beyond the matrix either way the row is the same, so that no sum overflows. */
        int64_t k = p->k < -p->rows ? -p->rows : p->k > p->n ? p->n : p->k, ones = row + k + 1;
        if (ones < 0) ones = 0;
        if (ones > p->n) ones = p->n;
        if (p->stride == 1) {
            repeat(at, ones, p->one, p->size);
            memset(at + ones * size, 0, (size_t)((p->n - ones) * size));
            continue;
        }
        for (int64_t j = 0; j < p->n; j++)
            memcpy(at + j * p->stride * size, j < ones ? p->one : zero, p->size);
    }
}

static fm_status run_arange(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    (void)error;
    const fill_plan *p = (const fill_plan *)head;
    fill_job job = {p, args->out[0]};
    fm_pool_run(fm_pool_shared(), arange_span, &job, p->n, SPLIT_BYTES / (int64_t)p->size);
    return FM_OK;
}

static fm_status run_eye(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    (void)error;
    const fill_plan *p = (const fill_plan *)head;
    fill_job job = {p, args->out[0]};
    int64_t row_bytes = p->n * (int64_t)p->size + 1;
    fm_pool_run(fm_pool_shared(), eye_span, &job, p->n > 0 ? p->rows : 0,
                1 + SPLIT_BYTES / row_bytes);
    return FM_OK;
}

static fm_status run_tri(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    (void)error;
    const fill_plan *p = (const fill_plan *)head;
    fill_job job = {p, args->out[0]};
    int64_t row_bytes = p->n * (int64_t)p->size + 1;
    fm_pool_run(fm_pool_shared(), tri_span, &job, p->n > 0 ? p->rows : 0,
                1 + SPLIT_BYTES / row_bytes);
    return FM_OK;
}

static void free_plan(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_FILL_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static void set_geometry(fill_plan *p, const fm_layout *out) {
    const int64_t *shape = fm_layout_shape(out), *strides = fm_layout_strides(out);
    p->dtype = out->dtype;
    p->size = fm_cpu_dtype_size(out->dtype);
    p->rows = out->ndim == 2 ? shape[0] : 1;
    p->n = out->ndim > 0 ? shape[out->ndim - 1] : 1;
    p->row_stride = out->ndim == 2 ? strides[0] : 0;
    p->stride = out->ndim > 0 ? strides[out->ndim - 1] : 1;
}

/* A copy of one number: the value stands in the plan, as input 0 by value. */
typedef struct full_plan {
    fm_kplan head;
    fm_kplan *copy;
    fm_scalar value;
} full_plan;

static fm_status run_full(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    full_plan *p = (full_plan *)head;
    void *const none[1] = {NULL};
    fm_kernel_args own = *args;
    own.in = none;
    own.scalars = &p->value;
    return p->copy->run(p->copy, &own, error);
}

static void free_full(fm_kplan *head) {
    full_plan *p = (full_plan *)head;
    if (p->copy) p->copy->free(p->copy);
    fm_cpu_host->free(p);
}

/* full with its value in the parameters. */
static fm_status plan_constant(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                               fm_plan_info *info, fm_error *error) {
    full_plan *p = fm_cpu_alloc(sizeof *p);
    if (!p) return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    p->head = (fm_kplan){run_full, free_full};
    p->value = call->params->fill.value;
    fm_kernel_call copy = *call;
    copy.nin = 1;
    copy.in = call->out; /* only its dtype is read */
    copy.by_value = 1;
    fm_status status = fm_cast_plan(dev, &copy, &p->copy, info, error);
    if (status != FM_OK) {
        free_full(&p->head);
        return status;
    }
    *plan = &p->head;
    return FM_OK;
}

static fm_status plan_fill(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                           fm_plan_info *info, fm_error *error) {
    if (call->op == FM_FILL_full) {
        return call->nin ? fm_cast_plan(dev, call, plan, info, error)
                         : plan_constant(dev, call, plan, info, error);
    }
    fill_plan *p = fm_cpu_alloc(sizeof *p);
    if (!p) return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    const fm_fill_params *params = &call->params->fill;
    const fm_map_table *map = fm_map();
    fm_scalar one = {FM_INT64, {1}};
    set_geometry(p, call->out[0]);
    p->head = (fm_kplan){call->op == FM_FILL_arange ? run_arange
                         : call->op == FM_FILL_eye  ? run_eye
                                                    : run_tri,
                         free_plan};
    p->k = params->k;
    p->generate = map->arange[p->dtype];
    p->scatter = map->scatter[p->size == 16  ? 4
                              : p->size == 8 ? 3
                              : p->size == 4 ? 2
                                             : p->size / 2];
    if (call->op == FM_FILL_arange)
        p->progression = fm_arange_of(p->dtype, params->value, params->step);
    fm_scalar_store(one, FM_DTYPE_NONE, p->dtype, p->one);
    *plan = &p->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_fill = {supports, plan_fill};
