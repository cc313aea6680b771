/* One line sorted by keys: split into segments that the lanes sort, or counted where keys are few.
 */
#include "cpu/sort_line.h"
#include "cpu/pool.h"

#include <stdatomic.h>
#include <string.h>

enum {
    SEGMENTS = 512, /* that a line is split into at most */
    EACH = 8,       /* segments for each lane, so that lanes end together */
    CHUNK = 8192,   /* elements for which it pays to wake a thread */
    BLOCK = 1024    /* keys written at a time where values are counted */
};

typedef struct convert_job {
    void (*convert)(int64_t, const void *, void *);
    size_t key;
    const char *in;
    char *out;
} convert_job;

static void convert_span(void *arg, int64_t begin, int64_t end, int lane) {
    const convert_job *job = arg;
    size_t at = (size_t)begin * job->key;
    (void)lane;
    job->convert(end - begin, job->in + at, job->out + at);
}

void fm_keys_convert(void (*convert)(int64_t, const void *, void *), size_t key, int64_t n,
                     const void *in, void *out, bool wide) {
    convert_job job = {convert, key, in, out};
    if (wide)
        fm_pool_run(fm_pool_shared(), convert_span, &job, n, CHUNK);
    else
        convert(n, in, out);
}

/* Segments of a line, and what the lanes do to each: the next one that is free. */
typedef struct split_job {
    const fm_key_sort *sort;
    size_t key;
    char *keys, *scratch;
    int64_t least; /* length of segments that are split further */
    int count;
    int64_t begin[SEGMENTS + 1];
    int64_t middle[SEGMENTS]; /* where each was split; its length where it was not */
    bool done[SEGMENTS];      /* all keys are equal */
    atomic_int next;
} split_job;

static void split_segments(void *arg, int64_t begin, int64_t end, int lane) {
    split_job *job = arg;
    (void)begin, (void)end, (void)lane;
    for (int i; (i = atomic_fetch_add(&job->next, 1)) < job->count;) {
        int64_t n = job->begin[i + 1] - job->begin[i];
        job->middle[i] = n;
        if (n < job->least || job->done[i]) continue;
        job->middle[i] = job->sort->split(n, job->keys + (size_t)job->begin[i] * job->key);
        job->done[i] = job->middle[i] == n;
    }
}

/* The parts of what was split become segments; false where nothing was. */
static bool take_parts(split_job *job) {
    int64_t begin[SEGMENTS + 1];
    bool done[SEGMENTS];
    int count = 0;
    for (int i = 0; i < job->count; i++) {
        int64_t n = job->begin[i + 1] - job->begin[i];
        begin[count] = job->begin[i];
        done[count++] = job->done[i];
        if (job->middle[i] == n) continue;
        begin[count] = job->begin[i] + job->middle[i];
        done[count++] = false;
    }
    begin[count] = job->begin[job->count];
    bool more = count > job->count;
    memcpy(job->begin, begin, ((size_t)count + 1) * sizeof *begin);
    memcpy(job->done, done, (size_t)count * sizeof *done);
    job->count = count;
    return more;
}

static void sort_segments(void *arg, int64_t begin, int64_t end, int lane) {
    split_job *job = arg;
    (void)begin, (void)end, (void)lane;
    for (int i; (i = atomic_fetch_add(&job->next, 1)) < job->count;) {
        size_t at = (size_t)job->begin[i] * job->key;
        if (!job->done[i])
            job->sort->sort(job->begin[i + 1] - job->begin[i], job->keys + at, job->scratch + at);
    }
}

static void sort_wide(const fm_key_sort *sort, size_t key, int64_t n, void *keys, void *scratch) {
    fm_pool *pool = fm_pool_shared();
    int lanes = fm_pool_lanes(pool);
    split_job job = {.sort = sort, .key = key, .keys = keys, .scratch = scratch, .count = 1};
    job.begin[1] = n;
    job.least = n / lanes / EACH * 2;
    if (job.least < FM_SORT_WIDE / EACH) job.least = FM_SORT_WIDE / EACH;
    for (bool more = true; more && 2 * job.count <= SEGMENTS && job.count < lanes * EACH;) {
        atomic_store(&job.next, 0);
        fm_pool_run(pool, split_segments, &job, lanes, 1);
        more = take_parts(&job);
    }
    atomic_store(&job.next, 0);
    fm_pool_run(pool, sort_segments, &job, lanes, 1);
}

/* Counting: how often each value is there, and the values written out as often. */
typedef struct count_job {
    size_t key;
    int64_t n, values, spans; /* spans: parts of the line, each with counts of its own */
    char *keys;
    int64_t *counts;
} count_job;

int64_t fm_key_counts(size_t key, int64_t n) {
    if (key == 1 && n > 48) return 256;
    return key == 2 && n >= FM_COUNT_LEAST ? 65536 : 0;
}

static void count_bytes(int64_t n, const uint8_t *x, int64_t *count) {
    int64_t ways[3][256] = {{0}};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4) {
        count[x[i]]++;
        for (int k = 0; k < 3; k++) ways[k][x[i + 1 + k]]++;
    }
    for (; i < n; i++) count[x[i]]++;
    for (int v = 0; v < 256; v++) count[v] += ways[0][v] + ways[1][v] + ways[2][v];
}

static void count_spans(void *arg, int64_t begin, int64_t end, int lane) {
    const count_job *job = arg;
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        int64_t from = job->n * s / job->spans, to = job->n * (s + 1) / job->spans;
        int64_t *count = job->counts + s * job->values;
        memset(count, 0, (size_t)job->values * sizeof *count);
        if (job->key == 1) {
            count_bytes(to - from, (const uint8_t *)job->keys + from, count);
            continue;
        }
        const uint16_t *x = (const uint16_t *)(void *)job->keys;
        for (int64_t i = from; i < to; i++) count[x[i]]++;
    }
}

/* Counts become the places where each value ends. */
static void add_counts(const count_job *job) {
    int64_t place = 0;
    for (int64_t v = 0; v < job->values; v++) {
        for (int64_t s = 0; s < job->spans; s++) place += job->counts[s * job->values + v];
        job->counts[v] = place;
    }
}

static void write_run(const count_job *job, int64_t value, int64_t from, int64_t to) {
    if (job->key == 1) {
        memset(job->keys + from, (int)value, (size_t)(to - from));
        return;
    }
    uint16_t *x = (uint16_t *)(void *)job->keys;
    for (int64_t i = from; i < to; i++) x[i] = (uint16_t)value;
}

/* Writes the keys of some blocks, beginning with the first value that ends behind their start. */
static void write_blocks(void *arg, int64_t begin, int64_t end, int lane) {
    const count_job *job = arg;
    int64_t from = begin * BLOCK, last = end * BLOCK < job->n ? end * BLOCK : job->n;
    int64_t low = 0, high = job->values - 1;
    (void)lane;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (job->counts[middle] > from)
            high = middle;
        else
            low = middle + 1;
    }
    for (int64_t v = low; from < last; v++) {
        int64_t to = job->counts[v] < last ? job->counts[v] : last;
        if (to > from) write_run(job, v, from, to);
        from = to > from ? to : from;
    }
}

static void count_sort(size_t key, int64_t n, void *keys, int64_t *counts, int64_t values,
                       bool wide) {
    fm_pool *pool = fm_pool_shared();
    count_job job = {key, n, values, wide ? fm_pool_lanes(pool) : 1, keys, counts};
    int64_t blocks = (n + BLOCK - 1) / BLOCK;
    if (!wide) {
        count_spans(&job, 0, 1, 0);
        add_counts(&job);
        write_blocks(&job, 0, blocks, 0);
        return;
    }
    fm_pool_run(pool, count_spans, &job, job.spans, 1);
    add_counts(&job);
    fm_pool_run(pool, write_blocks, &job, blocks, 16);
}

void fm_keys_sort(size_t key, int64_t n, void *keys, const fm_key_room *room, bool wide) {
    int64_t values = room->counts != NULL ? fm_key_counts(key, n) : 0;
    const fm_key_sort *sort = fm_key_sort_of(key);
    if (values > 0)
        count_sort(key, n, keys, room->counts, values, wide);
    else if (wide)
        sort_wide(sort, key, n, keys, room->scratch);
    else
        sort->sort(n, keys, room->scratch);
}

/* Splits only what holds a rank that is asked for. */
void fm_keys_select(size_t key, int64_t n, void *keys, int nkth, const int64_t *kth,
                    const fm_key_room *room, bool wide) {
    const fm_key_sort *sort = fm_key_sort_of(key);
    if (fm_key_counts(key, n) > 0 && room->counts != NULL) {
        fm_keys_sort(key, n, keys, room, wide);
        return;
    }
    char *base = keys, *scratch = room->scratch;
    int64_t begin = 0,
            end = n; /* what is before begin is done, the rest up to end is one segment */
    for (int i = 0; i < nkth;) {
        if (kth[i] < begin) {
            i++;
            continue;
        }
        int64_t length = end - begin;
        size_t at = (size_t)begin * key;
        int64_t middle = length < FM_SPLIT_LEAST ? length : sort->split(length, base + at);
        if (length < FM_SPLIT_LEAST) sort->sort(length, base + at, scratch + at);
        if (middle == length) {
            begin = end;
            end = n;
            i++;
        } else if (kth[i] < begin + middle) {
            end = begin + middle;
        } else {
            begin += middle;
        }
    }
}
