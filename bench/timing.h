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

/* Prints the line of a benchmark from its samples, in seconds, which it sorts; count is 1 or more.
 */
static inline void bench_print(FILE *to, const char *name, double *samples, int count) {
    qsort(samples, (size_t)count, sizeof *samples, bench_order);
    double median =
        count % 2 ? samples[count / 2] : 0.5 * (samples[count / 2 - 1] + samples[count / 2]);
    fprintf(to,
            "{\"bench\": \"%s\", \"seconds\": %.9g, \"min\": %.9g, \"max\": %.9g, \"runs\": %d}\n",
            name, median, samples[0], samples[count - 1], count);
    fflush(to);
}

/* Warms up, chooses calls enough to pass the clock's grain (a millisecond a sample), samples for
   `seconds` and at least five times, and prints the line. */
static inline void bench_run(const char *name, bench_body body, void *user, double seconds) {
    static double samples[BENCH_SAMPLES];
    long calls = 1;
    int count = 0;
    (void)bench_sample(body, user, 1);
    while (calls < 1L << 40 && bench_sample(body, user, calls) * (double)calls < 1e-3) calls *= 2;
    double end = bench_now() + seconds;
    while (count < BENCH_SAMPLES && (count < 5 || bench_now() < end))
        samples[count++] = bench_sample(body, user, calls);
    bench_print(stdout, name, samples, count);
}

#endif
