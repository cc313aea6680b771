/* What the benchmark programs share: a table of cases, a context, filled tensors, and one way to
   give up. */
#ifndef BENCH_SETUP_H
#define BENCH_SETUP_H

#include <flopmeter/flopmeter.h>
#include <stdint.h>

#include "timing.h"

enum { BENCH_SKIPPED = 77 };

/* One benchmark: measures and prints its line. What size and dtype mean is the program's. */
typedef struct bench_case {
    const char *name;
    void (*run)(const struct bench_case *which);
    fm_dtype dtype;
    int64_t size[3];
} bench_case;

/* The cases that the arguments ask for; the status of main. */
static inline int bench_cases(int argc, char **argv, const bench_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (bench_wanted(argc, argv, cases[i].name)) cases[i].run(&cases[i]);
    return 0;
}

static inline void bench_check(fm_context *ctx, fm_status status) {
    if (status == FM_OK) return;
    fprintf(stderr, "%s: %s\n", fm_status_name(status), fm_context_message(ctx));
    exit(1);
}

/* A context of that device and timing; without such a device the program ends as skipped. */
static inline fm_context *bench_open(fm_device_kind kind, fm_timing timing) {
    char why[256] = "";
    if (fm_device_count(kind, why, sizeof why) == 0) {
        fprintf(stderr, "skipped: %s\n", why);
        exit(BENCH_SKIPPED);
    }
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = kind;
    options.timing = timing;
    fm_context *ctx;
    fm_error error;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    return ctx;
}

/* Evenly spread over [-reach, reach), the same at every run. */
static inline float bench_value(uint32_t *state, double reach) {
    *state = *state * 1664525u + 1013904223u;
    return (float)(reach * ((double)*state / 2147483648.0 - 1.0));
}

/* A tensor of such values; dtype is float32, float64 or bfloat16. */
static inline fm_tensor *bench_tensor(fm_context *ctx, fm_dtype dtype, int ndim,
                                      const int64_t *shape, double reach) {
    size_t size = 1, width = fm_dtype_size(dtype);
    for (int d = 0; d < ndim; d++) size *= (size_t)shape[d];
    char *data = malloc(size * width);
    uint32_t state = 1;
    if (!data) abort();
    for (size_t i = 0; i < size; i++) {
        float value = bench_value(&state, reach);
        double wide = (double)value;
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        uint16_t half = (uint16_t)(bits >> 16);
        const void *from = dtype == FM_FLOAT64    ? (const void *)&wide
                           : dtype == FM_BFLOAT16 ? (const void *)&half
                                                  : (const void *)&value;
        memcpy(data + i * width, from, width);
    }
    fm_tensor *tensor;
    bench_check(ctx, fm_tensor_from_host(ctx, dtype, ndim, shape, data, &tensor));
    free(data);
    return tensor;
}

static inline fm_tensor *bench_vector(fm_context *ctx, fm_dtype dtype, int64_t size) {
    return bench_tensor(ctx, dtype, 1, &size, 1.0);
}

#endif
