/* The order of n random keys, by which permutations are made: the stable argsort of words of 64
   bits, which being uniform fall into equal buckets, and these into small groups, by their upper
   bits. What is sorted are the further bits of a key, as many as there is room for above its index;
   a key whose bits there are another's is drawn again and compared whole. */
#include "cpu/sample_plan.h"
#include "cpu/sort.h"

#include <string.h>

enum { CHUNK = FM_SAMPLE_CHUNK, BUCKETS = 256, BUCKET_BITS = 8, PART = 65536, GROUP = 32 };

typedef struct order_job {
    const fm_sample_head *head;
    uint64_t seed, offset;
    int64_t n, parts;
    int buckets;             /* bits of a key that choose a bucket: BUCKET_BITS, or 0 */
    uint64_t mask;           /* of an index */
    uint64_t *keys, *sorted; /* n each */
    int64_t *counts;         /* [parts][BUCKETS]: how many, then where they begin */
    int64_t begin[BUCKETS + 1];
    int64_t *out;
} order_job;

static void draw_keys(const order_job *job, int64_t begin, int64_t n, uint64_t *to) {
    uint32_t words[2 * CHUNK];
    while (n > 0) {
        int64_t some = n < CHUNK ? n : CHUNK;
        job->head->table->words(job->seed, job->offset + 2 * (uint64_t)begin, 2 * some, words);
        for (int64_t i = 0; i < some; i++) to[i] = (uint64_t)words[2 * i + 1] << 32 | words[2 * i];
        begin += some;
        to += some;
        n -= some;
    }
}

static uint64_t packed(const order_job *job, uint64_t key, int64_t index) {
    return (key << job->buckets & ~job->mask) | (uint64_t)index;
}

static bool before(const order_job *job, uint64_t a, uint64_t b) {
    uint64_t key[2];
    int64_t index[2] = {(int64_t)(a & job->mask), (int64_t)(b & job->mask)};
    for (int i = 0; i < 2; i++) draw_keys(job, index[i], 1, &key[i]);
    return key[0] < key[1] || (key[0] == key[1] && index[0] < index[1]);
}

/* Puts n words that agree in all bits but the index into order. */
static void order_equal(const order_job *job, uint64_t *word, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        uint64_t moved = word[i];
        int64_t j = i;
        for (; j > 0 && before(job, moved, word[j - 1]); j--) word[j] = word[j - 1];
        word[j] = moved;
    }
}

/* How many upper bits of n words tell groups of about GROUP apart. */
static int group_bits(int64_t n) {
    int bits = 0;
    while (bits < BUCKET_BITS && n >> bits > GROUP) bits++;
    return bits;
}

/* Sorts n words into `to`, group by group; spoils the words. */
static void sort_groups(uint64_t *word, int64_t n, int bits, uint64_t *to) {
    int64_t end[BUCKETS] = {0}, at = 0;
    const int groups = 1 << bits, shift = 64 - bits;
    for (int64_t i = 0; i < n; i++) end[word[i] >> shift]++;
    for (int g = 0; g < groups; g++) {
        const int64_t some = end[g];
        end[g] = at;
        at += some;
    }
    for (int64_t i = 0; i < n; i++) to[end[word[i] >> shift]++] = word[i];
    at = 0;
    for (int g = 0; g < groups; at = end[g++])
        fm_key_sort_of(sizeof *word)->sort(end[g] - at, to + at, word);
}

/* Sorts n words of a bucket and writes their indices. */
static void sort_words(const order_job *job, int64_t from, int64_t n) {
    uint64_t *word = job->sorted + from, *room = job->keys + from;
    const int bits = group_bits(n);
    if (bits) {
        sort_groups(word, n, bits, room);
        word = room;
    } else {
        fm_key_sort_of(sizeof *word)->sort(n, word, room);
    }
    for (int64_t i = 1; i < n; i++) {
        int64_t first = i - 1;
        while (i < n && (word[i] ^ word[first]) <= job->mask) i++;
        if (i - first > 1) order_equal(job, word + first, i - first);
    }
    for (int64_t i = 0; i < n; i++) job->out[from + i] = (int64_t)(word[i] & job->mask);
}

static int64_t part_size(const order_job *job, int64_t part) {
    int64_t left = job->n - part * PART;
    return left < PART ? left : PART;
}

static int bucket_of(uint64_t key) {
    return (int)(key >> (64 - BUCKET_BITS));
}

static void draw_parts(void *arg, int64_t begin, int64_t end, int lane) {
    order_job *job = arg;
    (void)lane;
    for (int64_t part = begin; part < end; part++) {
        uint64_t *key = job->keys + part * PART;
        int64_t n = part_size(job, part), *count = job->counts + part * BUCKETS;
        draw_keys(job, part * PART, n, key);
        memset(count, 0, BUCKETS * sizeof *count);
        for (int64_t i = 0; i < n; i++) count[bucket_of(key[i])]++;
    }
}

/* Counts become the places where each part's keys of each bucket begin. */
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
        const uint64_t *key = job->keys + part * PART;
        int64_t n = part_size(job, part), *at = job->counts + part * BUCKETS;
        for (int64_t i = 0; i < n; i++)
            job->sorted[at[bucket_of(key[i])]++] = packed(job, key[i], part * PART + i);
    }
}

static void sort_buckets(void *arg, int64_t begin, int64_t end, int lane) {
    const order_job *job = arg;
    (void)lane;
    for (int64_t b = begin; b < end; b++)
        sort_words(job, job->begin[b], job->begin[b + 1] - job->begin[b]);
}

static uint64_t index_mask(int64_t n) {
    uint64_t mask = 0;
    while (mask < (uint64_t)n - 1) mask = 2 * mask + 1;
    return mask;
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
    if (job.n == 0) return FM_OK;
    if (head->packed) scratch += (size_t)head->size * sizeof(int64_t);
    job.mask = index_mask(job.n);
    job.keys = (uint64_t *)(void *)scratch;
    job.sorted = job.keys + job.n;
    job.counts = (int64_t *)(void *)(job.sorted + job.n);
    if (job.n <= PART / 8) {
        draw_keys(&job, 0, job.n, job.keys);
        for (int64_t i = 0; i < job.n; i++) job.sorted[i] = packed(&job, job.keys[i], i);
        sort_words(&job, 0, job.n);
    } else {
        job.buckets = BUCKET_BITS;
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
    info->workspace += 2 * n * sizeof(uint64_t) + parts * BUCKETS * sizeof(int64_t);
    return FM_OK;
}
