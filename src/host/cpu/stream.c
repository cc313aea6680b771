/* Threaded copies and sums, and the choice between plain and streaming stores. */
#include "cpu/stream.h"

#include <string.h>

#include "cpu/cpuid.h"
#include "cpu/stream_isa.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Measured on two cores with 2 MiB of L2 each: streaming loses up to 2 MiB of output, draws between
 * 4 and 16 MiB and gains a third at 64 MiB. The last-level cache is no guide: virtual machines
 * report the whole host's. */
enum { L2_MULTIPLE = 4 };

/* Spans shorter than this take less time than waking a thread that sleeps. */
enum { LEAST_BYTES = 1 << 17 };

bool fm_stream_pays(size_t bytes) {
    const fm_cpu_facts *cpu = fm_cpu_detect();
    return bytes >= L2_MULTIPLE * cpu->l2 * (size_t)cpu->cores;
}

void fm_stream_out(void *restrict to, const void *restrict from, size_t bytes) {
    FM_ISA_CHOOSE(fm_stream_out)(to, from, bytes);
}

void fm_stream_fence(void) {
#if defined(__SSE2__)
    _mm_sfence();
#endif
}

typedef struct copy {
    char *to;
    const char *from;
    bool streaming;
} copy;

static void copy_span(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    const copy *c = arg;
    size_t bytes = (size_t)(end - begin);
    if (c->streaming) {
        fm_stream_out(c->to + begin, c->from + begin, bytes);
        fm_stream_fence();
    } else {
        memcpy(c->to + begin, c->from + begin, bytes);
    }
}

void fm_stream_copy(fm_pool *pool, void *restrict to, const void *restrict from, size_t bytes) {
    copy c = {to, from, fm_stream_pays(bytes)};
    if (bytes > 0) fm_pool_run(pool, copy_span, &c, (int64_t)bytes, LEAST_BYTES);
}

/* A segment is a number of blocks that depends on n alone; its sum has a place of its own. */
enum { MOST_SEGMENTS = 256 };

typedef struct sum {
    const float *f;
    const double *d;
    int64_t n;
    int64_t segment;
    double part[MOST_SEGMENTS];
} sum;

static double sum_block(const sum *s, int64_t begin, int64_t n) {
    return s->f ? FM_ISA_CHOOSE(fm_sum_block_f32)(s->f + begin, n)
                : FM_ISA_CHOOSE(fm_sum_block_f64)(s->d + begin, n);
}

static void sum_segments(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    sum *s = arg;
    for (int64_t i = begin; i < end; ++i) {
        int64_t stop = (i + 1) * s->segment < s->n ? (i + 1) * s->segment : s->n;
        double total = 0;
        for (int64_t j = i * s->segment; j < stop; j += FM_SUM_BLOCK) {
            total += sum_block(s, j, stop - j < FM_SUM_BLOCK ? stop - j : FM_SUM_BLOCK);
        }
        s->part[i] = total;
    }
}

static double run_sum(fm_pool *pool, sum *s, int64_t size) {
    if (s->n <= 0) return 0;
    int64_t blocks = (s->n + FM_SUM_BLOCK - 1) / FM_SUM_BLOCK;
    s->segment = (blocks + MOST_SEGMENTS - 1) / MOST_SEGMENTS * FM_SUM_BLOCK;
    int64_t segments = (s->n + s->segment - 1) / s->segment;
    fm_pool_run(pool, sum_segments, s, segments, LEAST_BYTES / (s->segment * size));
    double total = 0;
    for (int64_t i = 0; i < segments; ++i) total += s->part[i];
    return total;
}

double fm_sum_f32(fm_pool *pool, const float *x, int64_t n) {
    sum s;
    s.f = x;
    s.d = NULL;
    s.n = n;
    return run_sum(pool, &s, (int64_t)sizeof *x);
}

double fm_sum_f64(fm_pool *pool, const double *x, int64_t n) {
    sum s;
    s.f = NULL;
    s.d = x;
    s.n = n;
    return run_sum(pool, &s, (int64_t)sizeof *x);
}
