/* A context on the CPU and tensors for the tests of profiles. */
#ifndef PROFILE_COMMON_H
#define PROFILE_COMMON_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static fm_context *ctx;

static int open_context(void **state) {
    (void)state;
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    return 0;
}

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s: %s", #call, fm_context_message(ctx));                   \
    } while (0)

static inline void assert_message(const char *expected) {
    assert_string_equal(fm_context_message(ctx), expected);
}

/* A float32 tensor of that shape from 0 to 1, registered under the name; the caller's reference. */
static inline fm_tensor *ramp(const char *name, int64_t rows, int64_t columns) {
    int64_t shape[2] = {rows, columns}, count = rows * columns;
    float *data = malloc((size_t)count * sizeof *data);
    for (int64_t i = 0; i < count; i++) data[i] = (float)i / (float)(count > 1 ? count - 1 : 1);
    fm_tensor *tensor;
    assert_ok(fm_tensor_from_host(ctx, FM_FLOAT32, 2, shape, data, &tensor));
    assert_ok(fm_tensor_register(ctx, name, tensor));
    free(data);
    return tensor;
}

static inline uint64_t used(void) {
    return fm_budget_used(fm_context_budget(ctx));
}

#endif
