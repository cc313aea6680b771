/* Short forms for tests that call operations by name, ask for costs and expect refusals. */
#ifndef FM_TEST_ASKING_H
#define FM_TEST_ASKING_H

#include "replay.h"

static inline fm_value tensor(const fm_tensor *x) {
    fm_value value = {.kind = x ? FM_VALUE_TENSOR : FM_VALUE_NONE};
    value.as.tensor = x;
    return value;
}
static inline fm_value ints(uint32_t count, const int64_t *list) {
    return (fm_value){.kind = FM_VALUE_INTS, .count = count, .as.ints = list};
}
static inline fm_value integer(int64_t i) {
    return (fm_value){.kind = FM_VALUE_INT, .as.i = i};
}
static inline fm_value flag(bool on) {
    return (fm_value){.kind = FM_VALUE_BOOL, .as.i = on};
}
static inline fm_value number(double f) {
    return (fm_value){.kind = FM_VALUE_FLOAT, .as.f = f};
}
static inline fm_value text(const char *string) {
    return (fm_value){.kind = FM_VALUE_STRING, .as.string = string};
}
static inline fm_value list(uint32_t count, const fm_tensor *const *tensors) {
    return (fm_value){.kind = FM_VALUE_TENSORS, .count = count, .as.tensors = tensors};
}

/* A tensor of zeros. */
static inline fm_tensor *shaped(fm_dtype dtype, int ndim, const int64_t *shape) {
    int64_t size = 1;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    void *zeros = calloc((size_t)size + 1, fm_dtype_size(dtype));
    fm_tensor *tensor_ = NULL;
    assert_int_equal(fm_tensor_from_host(ctx, dtype, ndim, shape, zeros, &tensor_), FM_OK);
    free(zeros);
    return tensor_;
}

static inline size_t take_values(fm_argument *arguments, int count, va_list list_) {
    for (int i = 0; i < count; i++) arguments[i] = (fm_argument){NULL, va_arg(list_, fm_value)};
    return (size_t)count;
}

/* Calls an operation of one output with count values. */
static inline void ask(const char *op, fm_tensor **out, int count, ...) {
    fm_argument arguments[MOST_ARGUMENTS];
    va_list values;
    va_start(values, count);
    size_t n = take_values(arguments, count, values);
    va_end(values);
    if (fm_call(ctx, op, arguments, n, out, 1) != FM_OK) fail_msg("%s", fm_context_message(ctx));
}

/* FLOPs that the context's model charges for a call with count values. */
static inline uint64_t cost_of(const char *op, int count, ...) {
    fm_argument arguments[MOST_ARGUMENTS];
    fm_cost_answer answer;
    va_list values;
    va_start(values, count);
    size_t n = take_values(arguments, count, values);
    va_end(values);
    if (fm_call_cost(ctx, op, arguments, n, &answer) != FM_OK)
        fail_msg("%s", fm_context_message(ctx));
    return answer.flops;
}

/* The call fails with that status and exactly that message, and charges nothing. */
static inline void refused(fm_status status, const char *message, const char *op, int count, ...) {
    fm_argument arguments[MOST_ARGUMENTS];
    fm_tensor *outputs[4] = {NULL};
    uint64_t before = fm_budget_used(fm_context_budget(ctx));
    va_list values;
    va_start(values, count);
    size_t n = take_values(arguments, count, values);
    va_end(values);
    size_t wanted = strncmp(op, "nn.adam", 7) == 0 ? 3 : strncmp(op, "nn.s", 4) == 0 ? 2 : 1;
    if (strcmp(op, "nn.softmax_cross_entropy_backward") == 0) wanted = 1;
    assert_int_equal(fm_call(ctx, op, arguments, n, outputs, wanted), status);
    assert_string_equal(fm_context_message(ctx), message);
    for (int i = 0; i < 4; i++) assert_null(outputs[i]);
    assert_int_equal(fm_budget_used(fm_context_budget(ctx)), before);
}

static inline void use_model(const char *name) {
    assert_int_equal(fm_context_set_cost_model(ctx, name), FM_OK);
}

#endif
