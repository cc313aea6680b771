/* The order in which NumPy 2.4 gives the distinct elements that it does not sort: that of a chained
   hash table in libstdc++'s arrangement, filled in the order of the elements. A new element comes
   before all others, or before those of its bucket where there are some; a table that is full is
   filled again, with about twice the buckets, in the order that it has. Its hash is 64-bit FNV-1a
   (Fowler, Noll, Vo) of the element's bytes. */
#include "ops/sort.h"

#include <string.h>

/* Numbers of buckets: for tables of up to 1024 elements the smallest that is at least as large,
   then one after the other. */
static const int64_t bucket_counts[] = {
    2,     3,      5,      7,      11,      13,      17,      19,       23,       29,      31,
    37,    41,     43,     47,     53,      59,      61,      67,       71,       73,      79,
    83,    89,     97,     103,    109,     113,     127,     137,      139,      149,     157,
    167,   179,    193,    199,    211,     227,     241,     257,      277,      293,     313,
    337,   359,    383,    409,    439,     467,     503,     541,      577,      619,     661,
    709,   761,    823,    887,    953,     1031,    2179,    4703,     9497,     19183,   38873,
    78779, 159871, 324503, 658753, 1337629, 2716249, 5515729, 11200489, 22744717, 46187573};
enum { COUNTS = sizeof bucket_counts / sizeof *bucket_counts, LARGEST_FIRST = 1024 };

typedef struct table {
    const char *elements;
    size_t width;
    fm_dtype dtype;
    bool equal_nan;
    int64_t *next;   /* of each distinct element, by its number; -1: none */
    int64_t *before; /* of each bucket the element before its first; -1: the head; -2: empty */
    int64_t *place;  /* of each distinct element */
    uint64_t *hash;
    int64_t *bucket; /* of each distinct element */
    int64_t head, count, buckets;
    int level;
} table;

static double part(const table *t, int64_t i, int imaginary) {
    const char *z = t->elements + (size_t)i * t->width;
    double wide;
    float narrow;
    if (t->dtype == FM_COMPLEX128) {
        memcpy(&wide, z + (imaginary ? sizeof wide : 0), sizeof wide);
        return wide;
    }
    memcpy(&narrow, z + (imaginary ? sizeof narrow : 0), sizeof narrow);
    return (double)narrow;
}

static bool has_nan(const table *t, int64_t i) {
    if (fm_dtype_kind(t->dtype) != 'c') return false;
    const double re = part(t, i, 0), im = part(t, i, 1);
    return re != re || im != im;
}

static uint64_t hash_bytes(uint64_t hash, const void *value, size_t width) {
    const unsigned char *bytes = value;
    for (size_t b = 0; b < width; b++) hash = (hash ^ bytes[b]) * 1099511628211u;
    return hash;
}

/* Zeros are equal, whatever their sign. */
static uint64_t hash_of(const table *t, int64_t i) {
    uint64_t hash = 14695981039346656037u;
    if (fm_dtype_kind(t->dtype) != 'c')
        return hash_bytes(hash, t->elements + (size_t)i * t->width, t->width);
    if (t->equal_nan && has_nan(t, i)) return 0;
    for (int k = 0; k < 2; k++) {
        const double wide = part(t, i, k) + 0.0;
        const float narrow = (float)wide;
        hash = t->dtype == FM_COMPLEX128 ? hash_bytes(hash, &wide, sizeof wide)
                                         : hash_bytes(hash, &narrow, sizeof narrow);
    }
    return hash;
}

static bool equal(const table *t, int64_t a, int64_t b) {
    if (fm_dtype_kind(t->dtype) == 'c') {
        if (has_nan(t, a) || has_nan(t, b)) return t->equal_nan && has_nan(t, a) && has_nan(t, b);
        return part(t, a, 0) == part(t, b, 0) && part(t, a, 1) == part(t, b, 1);
    }
    return memcmp(t->elements + (size_t)a * t->width, t->elements + (size_t)b * t->width,
                  t->width) == 0;
}

static int64_t after(const table *t, int64_t before) {
    return before < 0 ? t->head : t->next[before];
}

/* Links an element in front of its bucket. */
static void link_in(table *t, int64_t number) {
    const int64_t bucket = t->bucket[number];
    if (t->before[bucket] == -2) {
        t->next[number] = t->head;
        t->head = number;
        t->before[bucket] = -1;
        if (t->next[number] >= 0) t->before[t->bucket[t->next[number]]] = number;
        return;
    }
    const int64_t before = t->before[bucket];
    t->next[number] = after(t, before);
    if (before < 0)
        t->head = number;
    else
        t->next[before] = number;
}

/* Links all elements anew, in the order that they have. */
static void grow(table *t, int64_t *before, int64_t buckets) {
    int64_t number = t->head;
    t->before = before;
    t->buckets = buckets;
    t->head = -1;
    for (int64_t b = 0; b < buckets; b++) before[b] = -2;
    while (number >= 0) {
        const int64_t next = t->next[number];
        t->bucket[number] = (int64_t)(t->hash[number] % (uint64_t)buckets);
        link_in(t, number);
        number = next;
    }
}

static bool holds(const table *t, uint64_t hash, int64_t bucket, int64_t place) {
    if (t->before[bucket] == -2) return false;
    for (int64_t at = after(t, t->before[bucket]); at >= 0 && t->bucket[at] == bucket;
         at = t->next[at])
        if (t->hash[at] == hash && equal(t, t->place[at], place)) return true;
    return false;
}

/* The number of buckets of that level: beyond the list each about doubles. */
static int64_t buckets_at(int level) {
    int64_t count = bucket_counts[level < COUNTS ? level : COUNTS - 1];
    for (; level >= COUNTS; level--) count = 2 * count + 1;
    return count;
}

static void fill(fm_program *p, table *t, int64_t n) {
    const int64_t first = n < LARGEST_FIRST ? n : LARGEST_FIRST;
    while (buckets_at(t->level) < first) t->level++;
    int64_t buckets = buckets_at(t->level);
    int64_t *before = fm_program_memory(p, (size_t)buckets * sizeof *before);
    if (before == NULL) return;
    t->head = -1;
    grow(t, before, buckets);
    for (int64_t i = 0; i < n; i++) {
        const uint64_t hash = hash_of(t, i);
        int64_t bucket = (int64_t)(hash % (uint64_t)t->buckets);
        if (holds(t, hash, bucket, i)) continue;
        if (t->count + 1 > t->buckets) {
            buckets = buckets_at(++t->level);
            before = fm_program_memory(p, (size_t)buckets * sizeof *before);
            if (before == NULL) return;
            grow(t, before, buckets);
            bucket = (int64_t)(hash % (uint64_t)buckets);
        }
        t->bucket[t->count] = bucket;
        t->place[t->count] = i;
        t->hash[t->count] = hash;
        link_in(t, t->count++);
    }
}

fm_tensor *fm_unique_unsorted(fm_program *p, const fm_tensor *x, bool equal_nan) {
    if (p->status != FM_OK) return NULL;
    const int64_t n = x->layout->size;
    const size_t words = (size_t)n * sizeof(int64_t);
    table t = {.dtype = x->layout->dtype, .equal_nan = equal_nan};
    t.width = fm_dtype_size(t.dtype);
    char *elements = fm_program_memory(p, (size_t)n * t.width);
    char *out = fm_program_memory(p, (size_t)n * t.width);
    t.next = fm_program_memory(p, words);
    t.place = fm_program_memory(p, words);
    t.hash = fm_program_memory(p, words);
    t.bucket = fm_program_memory(p, words);
    if (p->status != FM_OK) return NULL;
    fm_program_read(p, x, elements);
    t.elements = elements;
    if (p->status == FM_OK && n > 0) fill(p, &t, n);
    if (p->status != FM_OK) return NULL;
    int64_t count = 0;
    for (int64_t at = n > 0 ? t.head : -1; at >= 0; at = t.next[at])
        memcpy(out + (size_t)count++ * t.width, elements + (size_t)t.place[at] * t.width, t.width);
    return fm_program_from(p, t.dtype, 1, &count, out);
}
