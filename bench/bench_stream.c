/* Operations that memory's speed decides: add, exp and sum of long vectors, and memcpy in threads
   of the bytes that an add moves. */
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

#include "setup.h"

enum { COPIERS = 64 };

typedef struct stream {
    fm_context *ctx;
    fm_tensor *a, *b, *out;
} stream;

static void add(void *user, long calls) {
    stream *s = user;
    for (long i = 0; i < calls; i++) bench_check(s->ctx, fm_add(s->ctx, s->a, s->b, &s->out));
}
static void exponential(void *user, long calls) {
    stream *s = user;
    for (long i = 0; i < calls; i++) bench_check(s->ctx, fm_exp(s->ctx, s->a, &s->out));
}
static void sum(void *user, long calls) {
    stream *s = user;
    for (long i = 0; i < calls; i++) bench_check(s->ctx, fm_sum(s->ctx, s->a, NULL, &s->out));
}

/* size: the elements of each vector. */
static void run_stream(const bench_case *which, bench_body body) {
    stream s = {.ctx = bench_open(FM_CPU, FM_TIMING_DEFAULT)};
    s.a = bench_vector(s.ctx, which->dtype, which->size[0]);
    s.b = bench_vector(s.ctx, which->dtype, which->size[0]);
    bench_run(which->name, body, &s, 1.0);
    fm_tensor_release(s.a);
    fm_tensor_release(s.b);
    fm_tensor_release(s.out);
    fm_context_close(s.ctx);
}
static void run_add(const bench_case *which) {
    run_stream(which, add);
}
static void run_exp(const bench_case *which) {
    run_stream(which, exponential);
}
static void run_sum(const bench_case *which) {
    run_stream(which, sum);
}

typedef struct copy {
    char *to;
    const char *from;
    size_t bytes;
    int threads;
} copy;

static void *copy_part(void *user) {
    copy *part = user;
    memcpy(part->to, part->from, part->bytes);
    return NULL;
}

/* Threads are made anew for each copy: tens of microseconds beside milliseconds. */
static void copy_all(void *user, long calls) {
    const copy *whole = user;
    pthread_t threads[COPIERS];
    copy parts[COPIERS];
    size_t each = whole->bytes / (size_t)whole->threads;
    for (long call = 0; call < calls; call++) {
        for (int i = 0; i < whole->threads; i++) {
            size_t at = each * (size_t)i, end = i + 1 < whole->threads ? at + each : whole->bytes;
            parts[i] = (copy){whole->to + at, whole->from + at, end - at, 1};
        }
        for (int i = 1; i < whole->threads; i++)
            if (pthread_create(&threads[i], NULL, copy_part, &parts[i])) abort();
        copy_part(&parts[0]);
        for (int i = 1; i < whole->threads; i++) pthread_join(threads[i], NULL);
    }
}

static char *touched(size_t bytes, int value) {
    const size_t huge = (size_t)2 << 20;
    char *block = aligned_alloc(huge, (bytes + huge - 1) / huge * huge);
    if (!block) abort();
    (void)madvise(block, bytes, MADV_HUGEPAGE);
    memset(block, value, bytes);
    return block;
}

static int usable_cores(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set)) return 1;
    int cores = CPU_COUNT(&set);
    return cores < COPIERS ? cores : COPIERS;
}

/* An add of n float32 reads 8n bytes and writes 4n; a copy of 6n bytes moves as many. */
static void run_memcpy(const bench_case *which) {
    copy whole = {.bytes = (size_t)which->size[0] * 6, .threads = usable_cores()};
    char *from = touched(whole.bytes, 1), *to = touched(whole.bytes, 0);
    whole.from = from;
    whole.to = to;
    bench_run(which->name, copy_all, &whole, 1.0);
    free(from);
    free(to);
}

int main(int argc, char **argv) {
    static const bench_case cases[] = {
        {"add.f32.16m", run_add, FM_FLOAT32, {1 << 24}},
        {"exp.f32.16m", run_exp, FM_FLOAT32, {1 << 24}},
        {"sum.f32.16m", run_sum, FM_FLOAT32, {1 << 24}},
        {"memcpy.add.16m", run_memcpy, FM_FLOAT32, {1 << 24}},
    };
    return bench_cases(argc, argv, cases, sizeof cases / sizeof *cases);
}
