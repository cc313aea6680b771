/* Replays the calls of an archive that make_calls.py wrote and holds their results against it. */
#ifndef FM_TEST_REPLAY_H
#define FM_TEST_REPLAY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/budget.h>
#include <flopmeter/call.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/npz.h"
#include "scalar/half.h"

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

enum { MOST_ARGUMENTS = 12, MOST_OPERANDS = 8 };

typedef struct replay {
    const char *line;
    char *elements; /* of the next operand or result */
    fm_tensor *operands[MOST_OPERANDS];
    int noperands;
    int64_t ints[MOST_ARGUMENTS][8];
    int nlists;
} replay;

/* A tensor's description, "@float32:C:3,4". */
typedef struct described {
    fm_dtype dtype;
    int ndim;
    int64_t shape[8], strides[8], size;
    void *data;
} described;

static described describe(replay *r, const char *word) {
    described d = {.size = 1};
    char name[32], order;
    int used = 0;
    if (sscanf(word, "@%31[a-z0-9]:%c:%n", name, &order, &used) != 2) fail_msg("%s", r->line);
    d.dtype = fm_dtype_parse(name);
    for (const char *p = word + used; *p >= '0' && *p <= '9'; p += *p == ',') {
        char *end;
        d.shape[d.ndim++] = strtoll(p, &end, 10);
        p = end;
    }
    for (int i = 0; i < d.ndim; i++) {
        int axis = order == 'F' ? i : d.ndim - 1 - i;
        d.strides[axis] = d.size;
        d.size *= d.shape[axis];
    }
    d.data = r->elements;
    r->elements += ((size_t)d.size * fm_dtype_size(d.dtype) + 15) / 16 * 16;
    return d;
}

/* Wraps a copy, so that a call in place leaves the archive as it is; strides go with it. */
static fm_tensor *operand(replay *r, const char *word) {
    described d = describe(r, word);
    size_t bytes = (size_t)d.size * fm_dtype_size(d.dtype);
    void *own = malloc(bytes + 1);
    memcpy(own, d.data, bytes);
    fm_tensor *tensor = NULL;
    assert_true(r->noperands < MOST_OPERANDS);
    fm_status status =
        fm_tensor_wrap(ctx, d.dtype, d.ndim, d.shape, d.strides, own, free, own, &tensor);
    if (status != FM_OK) fail_msg("%s: %s", r->line, fm_context_message(ctx));
    r->operands[r->noperands++] = tensor;
    return tensor;
}

static fm_value list_of_operands(replay *r, char *word) {
    int first = r->noperands;
    for (char *p = word + 1; p != NULL; p = strchr(p, ';')) {
        p += *p == ';';
        operand(r, p);
    }
    fm_value value = {.kind = FM_VALUE_TENSORS, .count = (uint32_t)(r->noperands - first)};
    value.as.tensors = (const fm_tensor *const *)&r->operands[first];
    return value;
}

static fm_value list_of_ints(replay *r, const char *word) {
    int64_t *ints = r->ints[r->nlists++];
    uint32_t count = 0;
    for (const char *p = word + 1; *p != ')' && *p != '\0'; p += *p == ',') {
        char *end;
        ints[count++] = strtoll(p, &end, 10);
        p = end;
    }
    return (fm_value){.kind = FM_VALUE_INTS, .count = count, .as.ints = ints};
}

static fm_value argument(replay *r, char *word) {
    if (*word == '@') return (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = operand(r, word)};
    if (*word == '[') return list_of_operands(r, word);
    if (*word == '(') return list_of_ints(r, word);
    if (strncmp(word, "text:", 5) == 0)
        return (fm_value){.kind = FM_VALUE_STRING, .as.string = word + 5};
    if (strncmp(word, "dtype:", 6) == 0)
        return (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = fm_dtype_parse(word + 6)};
    if (strcmp(word, "None") == 0) return (fm_value){.kind = FM_VALUE_NONE};
    if (strcmp(word, "true") == 0) return (fm_value){.kind = FM_VALUE_BOOL, .as.i = 1};
    if (strcmp(word, "false") == 0) return (fm_value){.kind = FM_VALUE_BOOL, .as.i = 0};
    if (strpbrk(word, ".e") != NULL)
        return (fm_value){.kind = FM_VALUE_FLOAT, .as.f = strtod(word, NULL)};
    return (fm_value){.kind = FM_VALUE_INT, .as.i = strtoll(word, NULL, 10)};
}

/* Part `part` (0 real, 1 imaginary) of element i; integers beyond 2^53 are compared as bytes. */
static double part_of(fm_dtype dtype, const void *data, int64_t i, int part) {
    switch (dtype) {
    case FM_FLOAT16:
        return (double)fm_f16_to_f32(((const uint16_t *)data)[i]);
    case FM_FLOAT32:
        return (double)((const float *)data)[i];
    case FM_FLOAT64:
        return ((const double *)data)[i];
    case FM_COMPLEX64:
        return (double)((const float *)data)[2 * i + part];
    case FM_COMPLEX128:
        return ((const double *)data)[2 * i + part];
    default:
        return 0;
    }
}

static bool close_to(double got, double want, double tolerance) {
    if (isnan(want) || isnan(got)) return isnan(want) && isnan(got);
    return got == want || fabs(got - want) <= tolerance * (1 + fabs(want));
}

/* Row-major position of element i of a result that lies with d's strides. */
static int64_t place_of(const described *d, int64_t i) {
    int64_t at = 0;
    for (int axis = d->ndim - 1; axis >= 0; axis--) {
        at += i % d->shape[axis] * d->strides[axis];
        i /= d->shape[axis];
    }
    return at;
}

static void check_result(replay *r, const char *word, const fm_tensor *got, double tolerance) {
    if (strcmp(word, "None") == 0) {
        if (got != NULL) fail_msg("%s: an output that was not asked for", r->line);
        return;
    }
    if (*word == '>') {
        got = r->operands[word[1] - '0'];
        word += 2;
    }
    described want = describe(r, word);
    if (got == NULL) fail_msg("%s: no output", r->line);
    if (fm_tensor_dtype(got) != want.dtype || fm_tensor_ndim(got) != want.ndim ||
        memcmp(fm_tensor_shape(got), want.shape, (size_t)want.ndim * sizeof *want.shape) != 0)
        fail_msg("%s: dtype %s with %d axes", r->line, fm_dtype_name(fm_tensor_dtype(got)),
                 fm_tensor_ndim(got));
    size_t size = fm_dtype_size(want.dtype), bytes = fm_tensor_nbytes(got);
    char *data = malloc(bytes + 1);
    assert_int_equal(fm_tensor_to_host(ctx, got, data, bytes), FM_OK);
    char kind = fm_dtype_kind(want.dtype);
    for (int64_t i = 0; i < want.size; i++) {
        int64_t at = place_of(&want, i);
        bool same =
            memcmp(data + (size_t)i * size, (char *)want.data + (size_t)at * size, size) == 0;
        for (int part = 0; part < (kind == 'c' ? 2 : 1) && (kind == 'f' || kind == 'c'); part++) {
            double x = part_of(want.dtype, data, i, part);
            double y = part_of(want.dtype, want.data, at, part);
            same = close_to(x, y, tolerance);
            if (!same)
                fail_msg("%s: element %lld is %.17g, not %.17g", r->line, (long long)i, x, y);
        }
        if (!same) fail_msg("%s: element %lld differs", r->line, (long long)i);
    }
    free(data);
}

static inline void replay_line(replay *r, char *line) {
    char *words[24], *rest = NULL;
    int nwords = 0, nresults = 0;
    fm_argument arguments[MOST_ARGUMENTS];
    fm_tensor *outputs[8] = {NULL};
    size_t count = 0;
    for (char *p = strtok_r(line, "|", &rest); p != NULL; p = strtok_r(NULL, "|", &rest))
        words[nwords++] = p;
    r->noperands = r->nlists = 0;
    for (int i = 2; i < nwords; i++) {
        nresults += *words[i] == '=';
        if (nresults == 0) arguments[count++] = (fm_argument){NULL, argument(r, words[i])};
    }
    fm_status status = fm_call(ctx, words[0], arguments, count, outputs, (size_t)nresults);
    if (status != FM_OK) fail_msg("%s: %s", r->line, fm_context_message(ctx));
    for (int i = 0; i < nresults; i++)
        check_result(r, words[nwords - nresults + i] + 1, outputs[i], strtod(words[1], NULL));
    for (int i = 0; i < nresults; i++) fm_tensor_release(outputs[i]);
    for (int i = 0; i < r->noperands; i++) fm_tensor_release(r->operands[i]);
}

/* Replays all calls of data/NAME.npz; returns how many there were. */
static inline int replay_archive(const char *name) {
    char path[512], label[160];
    fm_io io;
    fm_io_npz *npz;
    fm_io_array calls, elements;
    int count = 0;
    fm_io_init(&io);
    (void)snprintf(path, sizeof path, "%s/ops/data/%s.npz", FM_TEST_DATA, name);
    assert_int_equal(fm_io_npz_open(&io, path, &npz), FM_OK);
    assert_int_equal(fm_io_npz_load(npz, "calls", &calls), FM_OK);
    assert_int_equal(fm_io_npz_load(npz, "elements", &elements), FM_OK);
    char *text = malloc(calls.bytes + 1), *rest = NULL;
    memcpy(text, calls.data, calls.bytes);
    text[calls.bytes] = '\0';
    replay r = {.elements = (char *)(uintptr_t)elements.data};
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        (void)snprintf(label, sizeof label, "%s", line);
        r.line = label;
        replay_line(&r, line);
        count++;
    }
    assert_true(r.elements == (const char *)elements.data + elements.bytes);
    free(text);
    fm_io_array_close(&io, &calls);
    fm_io_array_close(&io, &elements);
    fm_io_npz_close(npz);
    return count;
}

#endif
