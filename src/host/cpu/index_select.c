/* Selections by a mask: how many elements, the elements themselves, and their places. */
#include "cpu/index.h"
#include "cpu/scalar_value.h"

#include <string.h>

enum { CHUNK = 1 << 14 }; /* elements that one thread selects from at a time */

typedef struct wide {
    uint64_t half[2];
} wide;

/* Writes those of n elements whose mask is set, `room` of them, to out. Every store but the last of
   an element goes to a place that the next one overwrites, so that there is no branch. */
typedef void (*select_fn)(int64_t n, const void *in, const uint8_t *mask, int64_t room, void *out);

#define SELECT(suffix, T)                                                                          \
    static void select_##suffix(int64_t n, const void *in, const uint8_t *mask, int64_t room,      \
                                void *out) {                                                       \
        const T *x = in;                                                                           \
        T *y = out;                                                                                \
        int64_t kept = 0;                                                                          \
        for (int64_t i = 0; i < n && kept < room; i++) {                                           \
            y[kept] = x[i];                                                                        \
            kept += mask[i] != 0;                                                                  \
        }                                                                                          \
    }
SELECT(1, uint8_t)
SELECT(2, uint16_t)
SELECT(4, uint32_t)
SELECT(8, uint64_t)
SELECT(16, wide)
static const select_fn selects[FM_MAP_SIZES] = {select_1, select_2, select_4, select_8, select_16};

static void select_places(int64_t n, int64_t first, const uint8_t *mask, int64_t room,
                          int64_t *out) {
    int64_t kept = 0;
    for (int64_t i = 0; i < n && kept < room; i++) {
        out[kept] = first + i;
        kept += mask[i] != 0;
    }
}

typedef struct select_plan {
    fm_kplan head;
    fm_index_port mask, in, out;
    int64_t n, chunks;
    int64_t room;  /* elements of the output */
    size_t counts; /* offset into the workspace: of each chunk */
    size_t size;
    select_fn select;
    const char *name;
} select_plan;

typedef struct select_job {
    const select_plan *plan;
    const uint8_t *mask;
    const char *in; /* NULL: places are wanted */
    char *out;
    int64_t *counts; /* then where each chunk begins */
} select_job;

static int64_t chunk_length(const select_plan *plan, int64_t chunk) {
    int64_t left = plan->n - chunk * CHUNK;
    return left < CHUNK ? left : CHUNK;
}

/* Eight bytes, each 1 where the mask is set. */
static uint64_t ones_of(const uint8_t *mask) {
    const uint64_t low = 0x7f7f7f7f7f7f7f7f;
    uint64_t bytes;
    memcpy(&bytes, mask, sizeof bytes);
    return (((bytes & low) + low) | bytes) >> 7 & 0x0101010101010101;
}

static int64_t count_set(const uint8_t *mask, int64_t n) {
    enum { MOST = 255 * 8 }; /* what eight bytes can count */
    const uint64_t even = 0x00ff00ff00ff00ff;
    int64_t count = 0, i = 0;
    while (n - i >= 8) {
        const int64_t left = (n - i) / 8 * 8, end = i + (left < MOST ? left : MOST);
        uint64_t sums = 0;
        for (; i < end; i += 8) sums += ones_of(mask + i);
        sums = (sums & even) + (sums >> 8 & even);
        count += (int64_t)(sums * 0x0001000100010001 >> 48);
    }
    for (; i < n; i++) count += mask[i] != 0;
    return count;
}

static void count_chunks(void *arg, int64_t begin, int64_t end, int lane) {
    const select_job *job = arg;
    (void)lane;
    for (int64_t chunk = begin; chunk < end; chunk++) {
        job->counts[chunk] = count_set(job->mask + chunk * CHUNK, chunk_length(job->plan, chunk));
    }
}

static void select_chunks(void *arg, int64_t begin, int64_t end, int lane) {
    const select_job *job = arg;
    const select_plan *plan = job->plan;
    (void)lane;
    for (int64_t chunk = begin; chunk < end; chunk++) {
        int64_t first = chunk * CHUNK, n = chunk_length(plan, chunk);
        int64_t room = job->counts[chunk + 1] - job->counts[chunk];
        char *out = job->out + job->counts[chunk] * (int64_t)plan->size;
        const uint8_t *mask = job->mask + first;
        if (job->in)
            plan->select(n, job->in + first * (int64_t)plan->size, mask, room, out);
        else
            select_places(n, first, mask, room, (int64_t *)(void *)out);
    }
}

/* Counts of all chunks in the workspace, made their beginnings; returns the number of all. */
static int64_t count_all(select_job *job, const fm_kernel_args *args) {
    const select_plan *plan = job->plan;
    int64_t total = 0;
    job->counts = (int64_t *)(void *)((char *)args->workspace + plan->counts);
    fm_pool_run(fm_pool_shared(), count_chunks, job, plan->chunks, 8);
    for (int64_t chunk = 0; chunk < plan->chunks; chunk++) {
        int64_t count = job->counts[chunk];
        job->counts[chunk] = total;
        total += count;
    }
    job->counts[plan->chunks] = total;
    return total;
}

static fm_status run_count(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const select_plan *plan = (const select_plan *)head;
    (void)error;
    select_job job = {.plan = plan, .mask = fm_index_port_bring(&plan->mask, args, 0)};
    int64_t total = count_all(&job, args);
    memcpy(args->out[0], &total, sizeof total);
    return FM_OK;
}

/* The output was made for a count that was read before. */
static fm_status run_select(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const select_plan *plan = (const select_plan *)head;
    select_job job = {.plan = plan};
    job.mask = fm_index_port_bring(&plan->mask, args, plan->in.used ? 1 : 0);
    int64_t total = count_all(&job, args);
    if (total != plan->room)
        return fm_cpu_host->fail(error, FM_ERR_ARGUMENT, "%s: %lld elements are set, not %lld",
                                 plan->name, (long long)total, (long long)plan->room);
    if (total == 0) return FM_OK;
    if (plan->in.used) job.in = fm_index_port_bring(&plan->in, args, 0);
    job.out = fm_index_port_out(&plan->out, args);
    fm_pool_run(fm_pool_shared(), select_chunks, &job, plan->chunks, 1);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

static fm_status plan_mask(const fm_kernel_call *call, int which,
                           fm_status (*run)(fm_kplan *, fm_kernel_args *, fm_error *),
                           fm_kplan **out, fm_plan_info *info, fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(select_plan), run, out, error);
    if (status != FM_OK) return status;
    select_plan *plan = (select_plan *)*out;
    fm_index_port_open(&plan->mask, call, which, FM_BOOL, 0, NULL, info);
    plan->n = call->in[which]->size;
    plan->chunks = (plan->n + CHUNK - 1) / CHUNK;
    plan->counts = fm_index_room(info, (size_t)(plan->chunks + 1) * sizeof(int64_t));
    plan->name = call->name;
    return FM_OK;
}

fm_status fm_plan_count(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                        fm_error *error) {
    return plan_mask(call, 0, run_count, plan, info, error);
}

static void plan_out(const fm_kernel_call *call, fm_kplan *head, fm_plan_info *info) {
    select_plan *plan = (select_plan *)head;
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->room = call->out[0]->size;
    plan->size = fm_cpu_dtype_size(call->out[0]->dtype);
    plan->select = selects[fm_copy_size_log(plan->size)];
}

fm_status fm_plan_compact(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                          fm_error *error) {
    fm_status status = plan_mask(call, 1, run_select, plan, info, error);
    if (status != FM_OK) return status;
    fm_index_port_open(&((select_plan *)*plan)->in, call, 0, call->in[0]->dtype, 0, NULL, info);
    plan_out(call, *plan, info);
    return FM_OK;
}

fm_status fm_plan_positions(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                            fm_error *error) {
    fm_status status = plan_mask(call, 0, run_select, plan, info, error);
    if (status == FM_OK) plan_out(call, *plan, info);
    return status;
}
