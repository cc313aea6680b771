/* Times one operation and prints the line that bench/run.py reads. */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BENCH_SAMPLES = 4096 };

/* Does the work `calls` times in a loop of its own, so that no call through a pointer is timed, and
   waits until the device has done it. */
typedef void (*bench_body)(void *user, long calls);

static inline double bench_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int bench_order(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds of one call, over `calls` of them. */
static inline double bench_sample(bench_body body, void *user, long calls) {
    double start = bench_now();
    body(user, calls);
    return (bench_now() - start) / (double)calls;
}

/* False where `--only NAME` asks for another benchmark. */
static inline bool bench_wanted(int argc, char **argv, const char *name) {
    for (int i = 1; i + 1 < argc; i++)
        if (!strcmp(argv[i], "--only")) return !strcmp(argv[i + 1], name);
    return true;
}

/* What a benchmark's line says, in seconds. */
typedef struct bench_line {
    double seconds, min, max;
    int runs;
} bench_line;

static inline void bench_print_line(FILE *to, const char *name, const bench_line *line) {
    fprintf(to,
            "{\"bench\": \"%s\", \"seconds\": %.9g, \"min\": %.9g, \"max\": %.9g, \"runs\": %d}\n",
            name, line->seconds, line->min, line->max, line->runs);
    fflush(to);
}

/* Sorts the samples; count is 1 or more. */
static inline bench_line bench_sorted(double *samples, int count) {
    qsort(samples, (size_t)count, sizeof *samples, bench_order);
    double median =
        count % 2 ? samples[count / 2] : 0.5 * (samples[count / 2 - 1] + samples[count / 2]);
    return (bench_line){median, samples[0], samples[count - 1], count};
}

/* Prints the line of a benchmark from its samples, in seconds, which it sorts. */
static inline void bench_print(FILE *to, const char *name, double *samples, int count) {
    bench_line line = bench_sorted(samples, count);
    bench_print_line(to, name, &line);
}

/* Warms up, and finds calls enough to pass the clock's grain: a millisecond a sample. */
static inline long bench_calls(bench_body body, void *user) {
    long calls = 1;
    (void)bench_sample(body, user, 1);
    while (calls < 1L << 40 && bench_sample(body, user, calls) * (double)calls < 1e-3) calls *= 2;
    return calls;
}

/* Samples for `seconds` and at least five times, and prints the line. */
static inline void bench_run(const char *name, bench_body body, void *user, double seconds) {
    static double samples[BENCH_SAMPLES];
    long calls = bench_calls(body, user);
    int count = 0;
    double end = bench_now() + seconds;
    while (count < BENCH_SAMPLES && (count < 5 || bench_now() < end))
        samples[count++] = bench_sample(body, user, calls);
    bench_print(stdout, name, samples, count);
}

/* The same for what a call of `body` takes beyond one of `base`, sampled in turn: the median of the
   differences; as its min the difference of the fastest samples, which need not be the least. */
static inline void bench_difference_to(FILE *to, const char *name, bench_body body, void *user,
                                       bench_body base, void *base_user, double seconds) {
    static double samples[BENCH_SAMPLES];
    double fastest = 1e9, fastest_base = 1e9;
    long calls = bench_calls(body, user);
    int count = 0;
    (void)bench_sample(base, base_user, calls);
    double end = bench_now() + seconds;
    while (count < BENCH_SAMPLES && (count < 5 || bench_now() < end)) {
        double with = bench_sample(body, user, calls);
        double without = bench_sample(base, base_user, calls);
        if (with < fastest) fastest = with;
        if (without < fastest_base) fastest_base = without;
        samples[count++] = with - without;
    }
    bench_line line = bench_sorted(samples, count);
    line.min = fastest - fastest_base;
    bench_print_line(to, name, &line);
}

static inline void bench_difference(const char *name, bench_body body, void *user, bench_body base,
                                    void *base_user, double seconds) {
    bench_difference_to(stdout, name, body, user, base, base_user, seconds);
}

#endif
