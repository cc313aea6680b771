/* The stable order of a line: ranks and places packed into words, which are sorted as keys. Where
   both do not fit, the lowest bits of the ranks are left out at first, and places whose words agree
   in the rest are put into order by those bits. */
#include "cpu/pool.h"
#include "cpu/sort_line.h"

#include <string.h>

enum {
    FEW = 24,     /* elements that are ordered by insertion */
    CHUNK = 8192, /* elements for which it pays to wake a thread */
    SPANS = 64,   /* parts of a line whose ranges of ranks are found apart */
    BLOCK = 512,  /* places that are written at once */
    SAMPLE = 4096,
    AROUND = 160 /* of a sample: five times the deviation of a rank's place in it */
};

typedef struct order_job {
    const uint64_t *rank;
    const fm_order_room *room;
    int64_t *order;
    int64_t n;
    int places;     /* bits of a place */
    int left_out;   /* bits of the ranks */
    uint64_t least; /* rank */
    int spans;
    uint64_t low[SPANS], high[SPANS];
} order_job;

static int bits_of(uint64_t x) {
    return x != 0 ? 64 - __builtin_clzll(x) : 0;
}

static uint64_t low_bits(int bits) {
    return bits >= 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
}

/* Orders places by their ranks, equal ones as they come. */
static void insert_places(int64_t n, const uint64_t *rank, int64_t *order) {
    for (int64_t i = 1; i < n; i++) {
        int64_t place = order[i], at = i;
        for (; at > 0 && rank[order[at - 1]] > rank[place]; at--) order[at] = order[at - 1];
        order[at] = place;
    }
}

static void range(int64_t n, const uint64_t *x, uint64_t *low, uint64_t *high) {
    FM_ISA_CHOOSE(fm_range)(n, x, low, high);
}

static void range_spans(void *arg, int64_t begin, int64_t end, int lane) {
    order_job *job = arg;
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        int64_t from = job->n / job->spans * s, to = job->n / job->spans * (s + 1);
        if (s + 1 == job->spans) to = job->n;
        range(to - from, job->rank + from, &job->low[s], &job->high[s]);
    }
}

static void pack_span(void *arg, int64_t begin, int64_t end, int lane) {
    const order_job *job = arg;
    uint64_t *packed = job->room->packed;
    (void)lane;
    for (int64_t i = begin; i < end; i++)
        packed[i] = (job->rank[i] - job->least) >> job->left_out << job->places | (uint64_t)i;
}

/* By rank, then by place. */
static bool comes_after(const uint64_t *rank, int64_t a, int64_t b) {
    return rank[a] > rank[b] || (rank[a] == rank[b] && a > b);
}

static void sift_place(int64_t n, const uint64_t *rank, int64_t *order, int64_t at) {
    int64_t place = order[at];
    for (int64_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && comes_after(rank, order[child + 1], order[child])) child++;
        if (!comes_after(rank, order[child], place)) break;
        order[at] = order[child];
    }
    order[at] = place;
}

/* For runs that are too long for words. */
static void heap_places(int64_t n, const uint64_t *rank, int64_t *order) {
    for (int64_t i = n / 2 - 1; i >= 0; i--) sift_place(n, rank, order, i);
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t place = order[0];
        order[0] = order[i];
        order[i] = place;
        sift_place(i, rank, order, 0);
    }
}

/* Orders the places of a run that begins at `from`, which ascend, by the bits left out. */
static void order_run(const order_job *job, int64_t from, int64_t n) {
    int64_t *order = job->order + from;
    uint64_t *word = job->room->spare + from, *scratch = job->room->scratch + from;
    uint64_t mask = low_bits(job->left_out), first = job->rank[order[0]], differ = 0;
    int bits = bits_of((uint64_t)(n - 1));
    for (int64_t i = 0; i < n; i++) differ |= job->rank[order[i]] ^ first;
    if (differ == 0) return;
    if (n <= FEW) {
        insert_places(n, job->rank, order);
        return;
    }
    if (job->left_out + bits > 64) {
        heap_places(n, job->rank, order);
        return;
    }
    for (int64_t i = 0; i < n; i++)
        word[i] = ((job->rank[order[i]] - job->least) & mask) << bits | (uint64_t)i;
    fm_key_sort_of(sizeof *word)->sort(n, word, scratch);
    for (int64_t i = 0; i < n; i++) word[i] = (uint64_t)order[(int64_t)(word[i] & low_bits(bits))];
    memcpy(order, word, (size_t)n * sizeof *word);
}

/* The places of a part of the line, and of the run that reaches beyond its end; the one that it
   begins in is the part's before. */
static void unpack_span(void *arg, int64_t begin, int64_t end, int lane) {
    const order_job *job = arg;
    const uint64_t *packed = job->room->packed;
    uint64_t mask = low_bits(job->places);
    (void)lane;
    if (job->left_out == 0) {
        for (int64_t i = begin; i < end; i++) job->order[i] = (int64_t)(packed[i] & mask);
        return;
    }
    int64_t i = begin;
    while (i > 0 && i < end && packed[i] >> job->places == packed[i - 1] >> job->places) i++;
    while (i < end) {
        int64_t from = i;
        uint64_t rest = packed[i] >> job->places;
        for (; i < job->n && packed[i] >> job->places == rest; i++)
            job->order[i] = (int64_t)(packed[i] & mask);
        if (i - from > 1) order_run(job, from, i - from);
    }
}

static void run_spans(fm_pool_fn fn, order_job *job, bool wide) {
    if (wide)
        fm_pool_run(fm_pool_shared(), fn, job, job->n, CHUNK);
    else
        fn(job, 0, job->n, 0);
}

static void find_range(order_job *job, bool wide) {
    job->spans = wide ? SPANS : 1;
    if (wide)
        fm_pool_run(fm_pool_shared(), range_spans, job, job->spans, 1);
    else
        range_spans(job, 0, 1, 0);
    for (int s = 1; s < job->spans; s++) {
        if (job->low[s] < job->low[0]) job->low[0] = job->low[s];
        if (job->high[s] > job->high[0]) job->high[0] = job->high[s];
    }
}

void fm_ranks_order(int64_t n, const uint64_t *rank, const fm_order_room *room, int64_t *order,
                    bool wide) {
    order_job job = {.rank = rank, .room = room, .order = order, .n = n};
    if (n <= FEW) {
        for (int64_t i = 0; i < n; i++) order[i] = i;
        insert_places(n, rank, order);
        return;
    }
    find_range(&job, wide);
    job.least = job.low[0];
    job.places = bits_of((uint64_t)(n - 1));
    int width = bits_of(job.high[0] - job.low[0]);
    job.left_out = width + job.places > 64 ? width + job.places - 64 : 0;
    run_spans(pack_span, &job, wide);
    fm_key_room keys = {room->spare, NULL};
    fm_keys_sort(sizeof *rank, n, room->packed, &keys, wide);
    run_spans(unpack_span, &job, wide);
}

typedef struct rank_job {
    void (*ranks)(int64_t, const void *, uint64_t *);
    size_t size;
    const char *x;
    uint64_t *to;
} rank_job;

static void rank_span(void *arg, int64_t begin, int64_t end, int lane) {
    const rank_job *job = arg;
    (void)lane;
    job->ranks(end - begin, job->x + (size_t)begin * job->size, job->to + begin);
}

static void find_ranks(void (*ranks)(int64_t, const void *, uint64_t *), size_t size, int64_t n,
                       const void *x, uint64_t *to, bool wide) {
    rank_job job = {ranks, size, x, to};
    if (wide)
        fm_pool_run(fm_pool_shared(), rank_span, &job, n, CHUNK);
    else
        rank_span(&job, 0, n, 0);
}

/* Orders the places of each run of equal ranks by the lower halves. */
static void order_lower(int64_t n, const fm_order_room *room, int64_t *order, bool wide) {
    int64_t *sub = (int64_t *)room->sub;
    for (int64_t i = 0; i < n;) {
        int64_t from = i;
        uint64_t rank = room->rank[order[i]];
        while (i < n && room->rank[order[i]] == rank) i++;
        if (i - from < 2) continue;
        for (int64_t k = from; k < i; k++) room->gathered[k - from] = room->low[order[k]];
        fm_ranks_order(i - from, room->gathered, room, sub, wide && i - from >= FM_SORT_WIDE);
        for (int64_t k = 0; k < i - from; k++) room->gathered[k] = (uint64_t)order[from + sub[k]];
        memcpy(order + from, room->gathered, (size_t)(i - from) * sizeof *order);
    }
}

void fm_line_order(const fm_sort_kernel *kernel, size_t size, int64_t n, const void *x,
                   const fm_order_room *room, int64_t *order, bool wide) {
    find_ranks(kernel->ranks, size, n, x, room->rank, wide);
    fm_ranks_order(n, room->rank, room, order, wide);
    if (kernel->ranks_low == NULL) return;
    find_ranks(kernel->ranks_low, size, n, x, room->low, wide);
    order_lower(n, room, order, wide);
}

/* Elements divided by the values at some ranks into classes: before each, equal to it, behind it.
 */
enum { CLASSES = 2 * FM_PARTS + 1 };

typedef struct part_job {
    const uint64_t *rank;
    uint64_t value[FM_PARTS];
    int values;
    int64_t n, spans;
    int64_t *order;
    int64_t place[SPANS][CLASSES]; /* how many of each class, then where they go */
} part_job;

static int class_of(const part_job *job, uint64_t rank) {
    int number = 0;
    for (int k = 0; k < job->values; k++)
        number += (rank >= job->value[k]) + (rank > job->value[k]);
    return number;
}

static int64_t span_begin(const part_job *job, int64_t span) {
    return span < job->spans ? job->n / job->spans * span : job->n;
}

static void count_classes(void *arg, int64_t begin, int64_t end, int lane) {
    part_job *job = arg;
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        memset(job->place[s], 0, sizeof job->place[s]);
        for (int64_t i = span_begin(job, s); i < span_begin(job, s + 1); i++)
            job->place[s][class_of(job, job->rank[i])]++;
    }
}

static void put_classes(void *arg, int64_t begin, int64_t end, int lane) {
    part_job *job = arg;
    (void)lane;
    for (int64_t s = begin; s < end; s++)
        for (int64_t i = span_begin(job, s); i < span_begin(job, s + 1); i++)
            job->order[job->place[s][class_of(job, job->rank[i])]++] = i;
}

/* The same of one value: before it, equal to it, behind it. On which side an element lies follows
   no order, so that there is no branch to foresee. */
static void count_sides(void *arg, int64_t begin, int64_t end, int lane) {
    part_job *job = arg;
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        int64_t first = span_begin(job, s), n = span_begin(job, s + 1) - first,
                *count = job->place[s];
        FM_ISA_CHOOSE(fm_sides)(n, job->rank + first, job->value[0], &count[0], &count[1]);
        count[2] = n - count[0] - count[1];
    }
}

static void put_sides(void *arg, int64_t begin, int64_t end, int lane) {
    part_job *job = arg;
    const uint64_t value = job->value[0];
    int64_t side[3][BLOCK];
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        int64_t last = span_begin(job, s + 1), n;
        for (int64_t first = span_begin(job, s); first < last; first += n) {
            int64_t count[3] = {0};
            n = last - first < BLOCK ? last - first : BLOCK;
            for (int64_t i = first; i < first + n; i++) {
                side[0][count[0]] = side[1][count[1]] = side[2][count[2]] = i;
                count[0] += job->rank[i] < value;
                count[1] += job->rank[i] == value;
                count[2] += job->rank[i] > value;
            }
            for (int c = 0; c < 3; c++) {
                memcpy(job->order + job->place[s][c], side[c], (size_t)count[c] * sizeof *side[c]);
                job->place[s][c] += count[c];
            }
        }
    }
}

static void place_classes(part_job *job) {
    int64_t at = 0;
    for (int c = 0; c < 2 * job->values + 1; c++)
        for (int64_t s = 0; s < job->spans; s++) {
            int64_t count = job->place[s][c];
            job->place[s][c] = at;
            at += count;
        }
}

/* The elements of each span between two values, side by side from the span's begin on, and how many
   are below. */
typedef struct narrow_job {
    const part_job *part;
    uint64_t low, high, *kept;
    int64_t below[SPANS], count[SPANS];
} narrow_job;

static void keep_between(void *arg, int64_t begin, int64_t end, int lane) {
    narrow_job *job = arg;
    const uint64_t low = job->low, width = job->high - low;
    (void)lane;
    for (int64_t s = begin; s < end; s++) {
        int64_t first = span_begin(job->part, s), last = span_begin(job->part, s + 1);
        int64_t below = 0, count = 0;
        uint64_t *kept = job->kept + first;
        for (int64_t i = first; i < last; i++) {
            uint64_t rank = job->part->rank[i];
            kept[count] = rank;
            count += rank - low <= width;
            below += rank < low;
        }
        job->below[s] = below;
        job->count[s] = count;
    }
}

/* The value at one rank, found among the elements between two of a sorted sample that most likely
   have it between them; false where they have not, or the line is short. */
static bool find_narrowly(part_job *job, const fm_order_room *room, int64_t kth) {
    const int64_t each = job->n / SAMPLE, at = kth / (each > 0 ? each : 1);
    uint64_t *sample = room->spare;
    narrow_job narrow = {.part = job, .high = UINT64_MAX, .kept = room->packed};
    int64_t count = 0;
    if (each < 16) return false;
    for (int64_t i = 0; i < SAMPLE; i++) sample[i] = job->rank[i * each];
    fm_key_sort_of(sizeof *sample)->sort(SAMPLE, sample, room->scratch);
    if (at >= AROUND) narrow.low = sample[at - AROUND < SAMPLE ? at - AROUND : SAMPLE - 1];
    if (at + AROUND < SAMPLE) narrow.high = sample[at + AROUND];
    fm_pool_run(fm_pool_shared(), keep_between, &narrow, job->spans, 1);
    for (int64_t s = 0; s < job->spans; s++) {
        memmove(room->packed + count, room->packed + span_begin(job, s),
                (size_t)narrow.count[s] * sizeof *room->packed);
        count += narrow.count[s];
        kth -= narrow.below[s];
    }
    if (kth < 0 || kth >= count) return false;
    fm_key_room keys = {room->spare, NULL};
    fm_keys_select(sizeof *sample, count, room->packed, 1, &kth, &keys, false);
    job->value[job->values++] = room->packed[kth];
    return true;
}

static void find_values(part_job *job, const fm_order_room *room, int nkth, const int64_t *kth,
                        bool wide) {
    fm_key_room keys = {room->spare, NULL};
    if (nkth == 1 && find_narrowly(job, room, kth[0])) return;
    memcpy(room->packed, job->rank, (size_t)job->n * sizeof *job->rank);
    fm_keys_select(sizeof *job->rank, job->n, room->packed, nkth, kth, &keys, wide);
    for (int k = 0; k < nkth; k++) {
        uint64_t value = room->packed[kth[k]];
        if (k == 0 || value != job->value[job->values - 1]) job->value[job->values++] = value;
    }
}

void fm_line_part(const fm_sort_kernel *kernel, size_t size, int64_t n, const void *x,
                  const fm_order_room *room, int nkth, const int64_t *kth, int64_t *order,
                  bool wide) {
    part_job job = {.rank = room->rank, .n = n, .spans = wide ? SPANS : 1, .order = order};
    find_ranks(kernel->ranks, size, n, x, room->rank, wide);
    find_values(&job, room, nkth, kth, wide);
    const bool one = job.values == 1;
    fm_pool_run(fm_pool_shared(), one ? count_sides : count_classes, &job, job.spans, 1);
    place_classes(&job);
    fm_pool_run(fm_pool_shared(), one ? put_sides : put_classes, &job, job.spans, 1);
}
