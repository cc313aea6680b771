/* The order of n random keys, by which permutations are made: the stable argsort of words of 64
   bits, which being uniform fall into equal buckets by their upper bits. */
#include "cpu/sample_plan.h"

#include <string.h>

enum { CHUNK = FM_SAMPLE_CHUNK, BUCKETS = 256, SMALL = 24, PART = 65536 };

typedef struct entry {
    uint64_t key;
    int64_t index;
} entry;

typedef struct order_job {
    const fm_sample_head *head;
    uint64_t seed, offset;
    int64_t n, parts;
    entry *drawn, *sorted; /* n each */
    int64_t *counts;       /* [parts][BUCKETS]: how many, then where they begin */
    int64_t begin[BUCKETS + 1];
    int64_t *out;
} order_job;

static bool before(const entry *a, const entry *b) {
    return a->key < b->key || (a->key == b->key && a->index < b->index);
}

static void sort_small(entry *e, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        entry moved = e[i];
        int64_t j = i;
        for (; j > 0 && before(&moved, &e[j - 1]); j--) e[j] = e[j - 1];
        e[j] = moved;
    }
}

/* Sorts by the bits below `shift` + 8, with `spare` of the same length: into buckets by the upper
   eight of them, then each bucket. Keys that agree in all bits stand in order of their index. */
static void sort_bits(entry *e, entry *spare, int64_t n, int shift) {
    int64_t at[BUCKETS], begin[BUCKETS + 1] = {0};
    for (int64_t i = 0; i < n; i++) begin[(e[i].key >> shift & (BUCKETS - 1)) + 1]++;
    for (int b = 0; b < BUCKETS; b++) begin[b + 1] += begin[b];
    memcpy(at, begin, sizeof at);
    for (int64_t i = 0; i < n; i++) spare[at[e[i].key >> shift & (BUCKETS - 1)]++] = e[i];
    memcpy(e, spare, (size_t)n * sizeof *e);
    for (int b = 0; b < BUCKETS; b++) {
        int64_t count = begin[b + 1] - begin[b];
        if (count <= SMALL || shift < 8)
            sort_small(e + begin[b], count);
        else
            sort_bits(e + begin[b], spare + begin[b], count, shift - 8);
    }
}

static void draw_keys(const order_job *job, int64_t begin, int64_t n, entry *to) {
    uint32_t words[2 * CHUNK];
    while (n > 0) {
        int64_t some = n < CHUNK ? n : CHUNK;
        job->head->table->words(job->seed, job->offset + 2 * (uint64_t)begin, 2 * some, words);
        for (int64_t i = 0; i < some; i++)
            to[i] = (entry){(uint64_t)words[2 * i + 1] << 32 | words[2 * i], begin + i};
        begin += some;
        to += some;
        n -= some;
    }
}

static int64_t part_size(const order_job *job, int64_t part) {
    int64_t left = job->n - part * PART;
    return left < PART ? left : PART;
}

static void draw_parts(void *arg, int64_t begin, int64_t end, int lane) {
    order_job *job = arg;
    (void)lane;
    for (int64_t part = begin; part < end; part++) {
        entry *e = job->drawn + part * PART;
        int64_t n = part_size(job, part), *count = job->counts + part * BUCKETS;
        draw_keys(job, part * PART, n, e);
        memset(count, 0, BUCKETS * sizeof *count);
        for (int64_t i = 0; i < n; i++) count[e[i].key >> 56]++;
    }
}

/* Counts become the places where each part's entries of each bucket begin. */
static void place_buckets(order_job *job) {
    int64_t at = 0;
    for (int b = 0; b < BUCKETS; b++) {
        job->begin[b] = at;
        for (int64_t part = 0; part < job->parts; part++) {
            int64_t *count = job->counts + part * BUCKETS + b, some = *count;
            *count = at;
            at += some;
        }
    }
    job->begin[BUCKETS] = at;
}

static void scatter_parts(void *arg, int64_t begin, int64_t end, int lane) {
    order_job *job = arg;
    (void)lane;
    for (int64_t part = begin; part < end; part++) {
        const entry *e = job->drawn + part * PART;
        int64_t n = part_size(job, part), *at = job->counts + part * BUCKETS;
        for (int64_t i = 0; i < n; i++) job->sorted[at[e[i].key >> 56]++] = e[i];
    }
}

static void sort_buckets(void *arg, int64_t begin, int64_t end, int lane) {
    order_job *job = arg;
    (void)lane;
    for (int64_t b = begin; b < end; b++) {
        int64_t from = job->begin[b], n = job->begin[b + 1] - from;
        entry *e = job->sorted + from;
        n <= SMALL ? sort_small(e, n) : sort_bits(e, job->drawn + from, n, 48);
        for (int64_t i = 0; i < n; i++) job->out[from + i] = e[i].index;
    }
}

static fm_status run_order(fm_kplan *plan, fm_kernel_args *args, fm_error *error) {
    const fm_sample_head *head = (const fm_sample_head *)plan;
    order_job job = {.head = head,
                     .seed = args->seed,
                     .offset = args->offset,
                     .n = head->size,
                     .parts = (head->size + PART - 1) / PART,
                     .out = fm_sample_target(head, args)};
    char *scratch = args->workspace;
    (void)error;
    if (head->packed) scratch += (size_t)head->size * sizeof(int64_t);
    job.drawn = (entry *)(void *)scratch;
    job.sorted = job.drawn + job.n;
    job.counts = (int64_t *)(void *)(job.sorted + job.n);
    if (job.n <= SMALL) {
        draw_keys(&job, 0, job.n, job.drawn);
        sort_small(job.drawn, job.n);
        for (int64_t i = 0; i < job.n; i++) job.out[i] = job.drawn[i].index;
    } else if (job.n <= PART / 8) {
        draw_keys(&job, 0, job.n, job.drawn);
        sort_bits(job.drawn, job.sorted, job.n, 56);
        for (int64_t i = 0; i < job.n; i++) job.out[i] = job.drawn[i].index;
    } else {
        fm_pool_run(fm_pool_shared(), draw_parts, &job, job.parts, 1);
        place_buckets(&job);
        fm_pool_run(fm_pool_shared(), scatter_parts, &job, job.parts, 1);
        fm_pool_run(fm_pool_shared(), sort_buckets, &job, BUCKETS, 1);
    }
    fm_sample_finish(head, args);
    return FM_OK;
}

fm_status fm_sample_plan_order(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                               fm_error *error) {
    fm_status status =
        fm_sample_plan(call, sizeof(fm_sample_head), FM_INT64, run_order, out, info, error);
    if (status != FM_OK) return status;
    size_t n = (size_t)((const fm_sample_head *)*out)->size, parts = (n + PART - 1) / PART;
    info->workspace += 2 * n * sizeof(entry) + parts * BUCKETS * sizeof(int64_t);
    return FM_OK;
}
