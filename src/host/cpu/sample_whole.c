/* Integers of a range, raw words, and picks from a distribution function. */
#include "cpu/sample_plan.h"
#include "scalar/sample_stream.h"

#include <string.h>

enum { CHUNK = FM_SAMPLE_CHUNK, ITEM = 8192 };

typedef struct whole_plan {
    fm_sample_head head;
    bool arrays;
    size_t itemsize;
    fm_index index; /* of low and width in memory */
} whole_plan;

typedef struct whole_job {
    const whole_plan *plan;
    uint64_t seed, offset;
    const uint64_t *low, *width;
    char *out;
} whole_job;

#define NARROW_TO(type)                                                                            \
    {                                                                                              \
        type *x = (type *)out;                                                                     \
        for (int64_t i = 0; i < n; i++) x[i] = (type)wide[i];                                      \
    }

static void narrow_to(size_t itemsize, const uint64_t *wide, int64_t n, void *out) {
    switch (itemsize) {
    case 1:
        NARROW_TO(uint8_t)
        break;
    case 2:
        NARROW_TO(uint16_t)
        break;
    case 4:
        NARROW_TO(uint32_t)
        break;
    default:
        memcpy(out, wide, (size_t)n * sizeof *wide);
    }
}

static void whole_span(void *arg, int64_t begin, int64_t end, int lane) {
    const whole_job *job = arg;
    const whole_plan *plan = job->plan;
    uint64_t wide[CHUNK], lows[CHUNK], widths[CHUNK];
    (void)lane;
    for (; begin < end; begin += CHUNK) {
        int64_t n = end - begin < CHUNK ? end - begin : CHUNK;
        fm_whole_chunk chunk = {
            .seed = job->seed,
            .at = job->offset + (uint64_t)begin * (plan->head.params.narrow ? 1 : 2),
            .n = n,
            .narrow = plan->head.params.narrow,
            .low = plan->head.params.low,
            .width = plan->head.params.width,
        };
        for (int64_t i = 0; plan->arrays && i < n; i++) {
            int64_t offset[FM_INDEX_OPERANDS];
            fm_index_offsets(&plan->index, begin + i, offset);
            lows[i] = job->low[offset[0]];
            widths[i] = job->width[offset[1]];
        }
        if (plan->arrays) {
            chunk.lows = lows;
            chunk.widths = widths;
        }
        plan->head.table->whole(&chunk, wide);
        narrow_to(plan->itemsize, wide, n, job->out + (size_t)begin * plan->itemsize);
    }
}

static fm_status run_whole(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const whole_plan *plan = (const whole_plan *)head;
    whole_job job = {plan, args->seed, args->offset,
                     NULL, NULL,       fm_sample_target(&plan->head, args)};
    (void)error;
    if (plan->arrays) {
        job.low = args->in[0];
        job.width = args->in[1];
    }
    fm_pool_run(fm_pool_shared(), whole_span, &job, plan->head.size, ITEM);
    fm_sample_finish(&plan->head, args);
    return FM_OK;
}

fm_status fm_sample_plan_whole(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                               fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(whole_plan), call->compute, run_whole, out, info, error);
    if (status != FM_OK) return status;
    whole_plan *plan = (whole_plan *)*out;
    plan->itemsize = fm_cpu_dtype_size(call->compute);
    plan->arrays = call->nin == 2;
    fm_index_begin(&plan->index, call->out[0]->ndim, fm_layout_shape(call->out[0]));
    for (int k = 0; k < call->nin; k++)
        (void)fm_index_add(&plan->index, call->in[k]->ndim, fm_layout_shape(call->in[k]),
                           fm_layout_strides(call->in[k]));
    return FM_OK;
}

/* Raw words, little-endian: bytes of them where the dtype is uint8. */

typedef struct words_job {
    const fm_sample_table *table;
    uint64_t seed, offset;
    char *out;
    int64_t bytes;
} words_job;

static void words_span(void *arg, int64_t begin, int64_t end, int lane) {
    const words_job *job = arg;
    (void)lane;
    for (; begin < end; begin += CHUNK) {
        uint32_t words[CHUNK];
        int64_t n = end - begin < CHUNK ? end - begin : CHUNK, bytes = 4 * n;
        job->table->words(job->seed, job->offset + (uint64_t)begin, n, words);
        if (bytes > job->bytes - 4 * begin) bytes = job->bytes - 4 * begin;
        memcpy(job->out + 4 * begin, words, (size_t)bytes);
    }
}

static fm_status run_words(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const whole_plan *plan = (const whole_plan *)head;
    int64_t bytes = plan->head.size * (int64_t)plan->itemsize;
    words_job job = {plan->head.table, args->seed, args->offset,
                     fm_sample_target(&plan->head, args), bytes};
    (void)error;
    fm_pool_run(fm_pool_shared(), words_span, &job, (bytes + 3) / 4, ITEM);
    fm_sample_finish(&plan->head, args);
    return FM_OK;
}

fm_status fm_sample_plan_words(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                               fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(whole_plan), call->compute, run_words, out, info, error);
    if (status == FM_OK) ((whole_plan *)*out)->itemsize = fm_cpu_dtype_size(call->compute);
    return status;
}

/* Picks: how many values of a rising distribution function are at most a uniform number. */

typedef struct pick_plan {
    fm_sample_head head;
    int64_t count;
} pick_plan;

typedef struct pick_job {
    const pick_plan *plan;
    uint64_t seed, offset;
    const double *rising;
    int64_t *out;
} pick_job;

static int64_t count_at_most(const double *rising, int64_t n, double u) {
    int64_t low = 0;
    while (n > 0) {
        int64_t half = n / 2;
        bool right = rising[low + half] <= u;
        low = right ? low + half + 1 : low;
        n = right ? n - half - 1 : half;
    }
    return low;
}

static void pick_span(void *arg, int64_t begin, int64_t end, int lane) {
    const pick_job *job = arg;
    uint32_t words[2 * CHUNK];
    (void)lane;
    for (; begin < end; begin += CHUNK) {
        int64_t n = end - begin < CHUNK ? end - begin : CHUNK;
        job->plan->head.table->words(job->seed, job->offset + 2 * (uint64_t)begin, 2 * n, words);
        for (int64_t i = 0; i < n; i++) {
            double u = fm_uniform_f64((uint64_t)words[2 * i + 1] << 32 | words[2 * i]);
            job->out[begin + i] = count_at_most(job->rising, job->plan->count, u);
        }
    }
}

static fm_status run_pick(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const pick_plan *plan = (const pick_plan *)head;
    pick_job job = {plan, args->seed, args->offset, args->in[0],
                    fm_sample_target(&plan->head, args)};
    (void)error;
    fm_pool_run(fm_pool_shared(), pick_span, &job, plan->head.size, ITEM);
    fm_sample_finish(&plan->head, args);
    return FM_OK;
}

fm_status fm_sample_plan_pick(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                              fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(pick_plan), FM_INT64, run_pick, out, info, error);
    if (status == FM_OK) ((pick_plan *)*out)->count = call->in[0]->size;
    return status;
}
