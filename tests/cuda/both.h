/* Running one call on the fake device and, where it has such a kernel, on the CPU backend: tensors
 * of any layout between guard elements, as the core would plan and run them. */
#ifndef FM_TESTS_CUDA_BOTH_H
#define FM_TESTS_CUDA_BOTH_H

#include "fake_test.h"

#include "core/module.h"
#include "ops/ids.h"
#include "scalar/convert.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>

extern const fm_backend_api *fm_backend_entry(const fm_host_api *host);

enum { BOTH_NDIM = 6, BOTH_GUARD = 16, BOTH_OPERANDS = 8 };

typedef struct tensor {
    fm_dtype dtype;
    int ndim;
    int64_t shape[BOTH_NDIM], strides[BOTH_NDIM];
    int64_t origin, cells, size; /* elements: of the origin, in all, and of the tensor */
    char *data;
    const fm_layout *layout;
} tensor;

typedef enum arrangement { DENSE, TURNED, GAPPED, REVERSED, ARRANGEMENTS } arrangement;

typedef long double real;

typedef struct number {
    real re, im;
} number;

static inline size_t dtype_bytes(fm_dtype dtype) {
#define SIZE(suffix, value, type) [value] = sizeof(type),
    static const size_t sizes[FM_DTYPE_COUNT] = {FM_EACH_DTYPE(SIZE)};
#undef SIZE
    return sizes[dtype];
}

/* Row-major, column-major, every second element, or backwards along the first axis. */
static inline tensor tensor_make(fm_dtype dtype, int ndim, const int64_t *shape, arrangement how) {
    tensor t = {.dtype = dtype, .ndim = ndim, .size = 1};
    for (int d = 0; d < ndim; ++d) t.size *= t.shape[d] = shape[d];
    int64_t stride = how == GAPPED ? 2 : 1;
    for (int i = 0; i < ndim; ++i) {
        const int d = how == TURNED ? i : ndim - 1 - i;
        t.strides[d] = stride;
        stride *= shape[d];
    }
    t.cells = stride + 2 * BOTH_GUARD;
    t.origin = BOTH_GUARD;
    if (how == REVERSED && ndim && t.size) {
        t.origin += t.strides[0] * (shape[0] - 1);
        t.strides[0] = -t.strides[0];
    }
    t.data = malloc((size_t)t.cells * dtype_bytes(dtype));
    assert_non_null(t.data);
    memset(t.data, 0xA5, (size_t)t.cells * dtype_bytes(dtype));
    fm_error error;
    assert_int_equal(fm_layout_get(&error, dtype, ndim, t.shape, t.strides, 0, &t.layout), FM_OK);
    return t;
}

static inline void tensor_free(tensor *t) {
    free(t->data);
    if (t->layout) fm_layout_release(t->layout);
    t->layout = NULL;
}

/* Where element i in row-major order lies. */
static inline int64_t tensor_cell(const tensor *t, int64_t i) {
    int64_t at = t->origin;
    for (int d = t->ndim - 1; d >= 0; --d) {
        at += i % t->shape[d] * t->strides[d];
        i /= t->shape[d];
    }
    return at;
}

static inline void tensor_set(tensor *t, int64_t i, double re, double im) {
    const int64_t at = tensor_cell(t, i);
    const fm_c128 z = {re, im};
    switch (t->dtype) {
#define PUT(suffix, value, type)                                                                   \
    case value:                                                                                    \
        ((type *)(void *)t->data)[at] = fm_c128_to_##suffix(z);                                    \
        break;
        FM_EACH_DTYPE(PUT)
#undef PUT
    default:
        fail();
    }
}

static inline number tensor_get(const tensor *t, int64_t i) {
    const int64_t at = tensor_cell(t, i);
    if (t->dtype == FM_INT64) return (number){((const int64_t *)(const void *)t->data)[at], 0};
    if (t->dtype == FM_UINT64) return (number){((const uint64_t *)(const void *)t->data)[at], 0};
    fm_c128 z = {0, 0};
    switch (t->dtype) {
#define TAKE(suffix, value, type)                                                                  \
    case value:                                                                                    \
        z = fm_##suffix##_to_c128(((const type *)(const void *)t->data)[at]);                      \
        break;
        FM_EACH_DTYPE(TAKE)
#undef TAKE
    default:
        fail();
    }
    return (number){z.re, z.im};
}

/* Everything outside the elements is as tensor_make left it. */
static inline void tensor_guarded(const tensor *t) {
    const size_t bytes = dtype_bytes(t->dtype);
    char *mark = calloc((size_t)t->cells, 1);
    for (int64_t i = 0; i < t->size; ++i) mark[tensor_cell(t, i)] = 1;
    for (int64_t c = 0; c < t->cells; ++c)
        for (size_t b = 0; b < bytes && !mark[c]; ++b)
            assert_int_equal((unsigned char)t->data[(size_t)c * bytes + b], 0xA5);
    free(mark);
}

/* Unit roundoff of a dtype's elements; 0 for integers. */
static inline double dtype_unit(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT16:
        return 0x1p-11;
    case FM_BFLOAT16:
        return 0x1p-8;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return 0x1p-24;
    case FM_FLOAT64:
    case FM_COMPLEX128:
        return 0x1p-53;
    default:
        return 0;
    }
}

static inline int is_complex_dtype(fm_dtype dtype) {
    return dtype == FM_COMPLEX64 || dtype == FM_COMPLEX128;
}

static inline void near_real(real got, real want, real allowed) {
    if (isnan(want) && isnan(got)) return;
    if (got == want || fabsl(got - want) <= allowed) return;
    fail_msg("%.17Lg where %.17Lg is wanted, %.3Lg allowed", got, want, allowed);
}

/* Within units of the dtype's roundoff of the wanted value and `scale`. */
static inline void near_number(const tensor *t, int64_t i, number want, real scale, real units) {
    const number got = tensor_get(t, i);
    const real unit = (real)dtype_unit(t->dtype) * units;
    near_real(got.re, want.re, unit * (fabsl(want.re) + scale));
    near_real(got.im, want.im, unit * (fabsl(want.im) + scale));
}

typedef struct side {
    const fm_backend_api *api;
    fm_dev *dev;
    void *stream;
} side;

static side cuda_side, cpu_side;
static fm_error both_error;

static inline int side_open(side *s) {
    return !s->api || s->api->open(0, &s->dev, &both_error) ||
           s->api->stream_create(s->dev, &s->stream, &both_error);
}

static inline void side_close(side *s) {
    s->api->stream_destroy(s->dev, s->stream);
    s->api->close(s->dev);
}

/* For cmocka's setup and teardown. The CPU's module is opened once and stays. */
static inline int both_open(void **state) {
    if (!cpu_side.api) {
        char path[4096];
        const char *folder = getenv("FLOPMETER_BACKEND_DIR");
        (void)snprintf(path, sizeof path, "%s/libflopmeter_cpu.so", folder ? folder : ".");
        void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
        if (!module) return -1;
        fm_backend_entry_function entry;
        *(void **)&entry = dlsym(module, FM_BACKEND_ENTRY);
        cpu_side.api = entry ? entry(fm_module_host()) : NULL;
    }
    cuda_side.api = fm_backend_entry(fm_module_host());
    return fresh(state) || side_open(&cuda_side) || side_open(&cpu_side);
}

static inline int both_close(void **state) {
    side_close(&cuda_side);
    side_close(&cpu_side);
    return clean(state);
}

/* One call: operands by index, NULL for those left out; by_value as in fm_kernel_call. */
typedef struct both_call {
    uint16_t family, op;
    fm_dtype compute;
    int nin, nout;
    tensor *in[BOTH_OPERANDS], *out[BOTH_OPERANDS];
    uint64_t by_value;
    const fm_scalar *scalars;
    fm_math_mode math_mode;
    fm_params params;
} both_call;

/* Device memory of one operand. Operands that are one tensor share it. */
static inline fm_status side_up(const side *s, const tensor *t, void **block) {
    const size_t bytes = (size_t)t->cells * dtype_bytes(t->dtype);
    fm_status status = s->api->alloc(s->dev, s->stream, bytes, block, &both_error);
    if (status != FM_OK) return status;
    return s->api->copy_in(s->dev, s->stream, *block, t->data, bytes, &both_error);
}

static inline void *side_address(const tensor *t, void *block) {
    return (char *)block + (size_t)t->origin * dtype_bytes(t->dtype);
}

typedef struct side_memory {
    void *in[BOTH_OPERANDS], *out[BOTH_OPERANDS], *workspace;
} side_memory;

static inline fm_status side_bring(const side *s, const both_call *c, side_memory *m) {
    fm_status status = FM_OK;
    for (int i = 0; i < c->nin && status == FM_OK; ++i) {
        if (!c->in[i] || c->by_value >> i & 1) continue;
        for (int j = 0; j < i; ++j)
            if (c->in[j] == c->in[i]) m->in[i] = m->in[j];
        if (!m->in[i]) status = side_up(s, c->in[i], &m->in[i]);
    }
    for (int o = 0; o < c->nout && status == FM_OK; ++o) {
        for (int i = 0; i < c->nin; ++i)
            if (c->out[o] && c->out[o] == c->in[i]) m->out[o] = m->in[i];
        if (c->out[o] && !m->out[o]) status = side_up(s, c->out[o], &m->out[o]);
    }
    return status;
}

static inline void side_give_back(const side *s, const both_call *c, side_memory *m) {
    for (int o = 0; o < c->nout; ++o) {
        for (int i = 0; i < c->nin; ++i)
            if (m->out[o] == m->in[i]) m->out[o] = NULL;
        s->api->free(s->dev, s->stream, m->out[o]);
    }
    for (int i = 0; i < c->nin; ++i) {
        for (int j = 0; j < i; ++j)
            if (m->in[j] == m->in[i]) m->in[i] = NULL;
        s->api->free(s->dev, s->stream, m->in[i]);
    }
    s->api->free(s->dev, s->stream, m->workspace);
}

static inline fm_status side_run(const side *s, const both_call *c, fm_kplan *plan,
                                 const side_memory *m) {
    void *in[BOTH_OPERANDS] = {NULL}, *out[BOTH_OPERANDS] = {NULL};
    for (int i = 0; i < c->nin; ++i)
        if (m->in[i]) in[i] = side_address(c->in[i], m->in[i]);
    for (int o = 0; o < c->nout; ++o)
        if (m->out[o]) out[o] = side_address(c->out[o], m->out[o]);
    fm_kernel_args args = {.size = sizeof args,
                           .in = in,
                           .out = out,
                           .workspace = m->workspace,
                           .scalars = c->scalars};
    return s->api->run(s->dev, s->stream, plan, &args, &both_error);
}

static inline fm_status side_plan(const side *s, const both_call *c, fm_kplan **plan,
                                  fm_plan_info *info) {
    const fm_layout *in[BOTH_OPERANDS] = {NULL}, *out[BOTH_OPERANDS] = {NULL};
    for (int i = 0; i < c->nin; ++i)
        if (c->in[i]) in[i] = c->in[i]->layout;
    for (int o = 0; o < c->nout; ++o)
        if (c->out[o]) out[o] = c->out[o]->layout;
    fm_kernel_call call = {.size = sizeof call,
                           .family = c->family,
                           .op = c->op,
                           .compute = c->compute,
                           .nin = c->nin,
                           .nout = c->nout,
                           .in = in,
                           .out = out,
                           .by_value = c->by_value,
                           .math_mode = c->math_mode,
                           .params = &c->params,
                           .name = "test"};
    return s->api->plan(s->dev, &call, plan, info, &both_error);
}

/* The whole way of a call on one side; outputs are read back, where read is set, into their data.
 */
static inline fm_status side_call(const side *s, const both_call *c, int runs, int read) {
    side_memory m;
    fm_kplan *plan = NULL;
    fm_plan_info info;
    memset(&m, 0, sizeof m);
    fm_status status = side_plan(s, c, &plan, &info);
    if (status == FM_OK) status = side_bring(s, c, &m);
    if (status == FM_OK && info.workspace)
        status = s->api->alloc(s->dev, s->stream, info.workspace, &m.workspace, &both_error);
    for (int i = 0; i < runs && status == FM_OK; ++i) status = side_run(s, c, plan, &m);
    if (status == FM_OK) status = s->api->synchronize(s->dev, s->stream, &both_error);
    for (int o = 0; o < c->nout && status == FM_OK && read; ++o)
        if (c->out[o])
            status = s->api->copy_out(s->dev, s->stream, c->out[o]->data, m.out[o],
                                      (size_t)c->out[o]->cells * dtype_bytes(c->out[o]->dtype),
                                      &both_error);
    side_give_back(s, c, &m);
    s->api->plan_free(s->dev, plan);
    return status;
}

#define BOTH_OK(call)                                                                              \
    do {                                                                                           \
        const fm_status both_status = (call);                                                      \
        if (both_status != FM_OK) fail_msg("%s", both_error.message);                              \
    } while (0)

/* Runs the call on the fake device (twice where it does not write in place: a plan serves again and
 * again) and checks the guards. */
static inline void cuda_run(const both_call *c) {
    int runs = 2;
    for (int o = 0; o < c->nout; ++o)
        for (int i = 0; i < c->nin; ++i)
            if (c->out[o] && c->out[o] == c->in[i]) runs = 1;
    assert_true(cuda_side.api->supports(c->family, c->op, c->compute));
    BOTH_OK(side_call(&cuda_side, c, runs, 1));
    for (int o = 0; o < c->nout; ++o)
        if (c->out[o]) tensor_guarded(c->out[o]);
}

/* Runs it on the CPU into tensors like the outputs, and compares within units of roundoff. `given`
 * are the in-place operands as they were before, by output. */
static inline void cpu_agrees(const both_call *c, tensor *const given[], real scale, real units) {
    if (!cpu_side.api->supports(c->family, c->op, c->compute)) return;
    both_call other = *c;
    tensor outputs[BOTH_OPERANDS];
    for (int o = 0; o < c->nout; ++o) {
        if (!c->out[o]) continue;
        outputs[o] = tensor_make(c->out[o]->dtype, c->out[o]->ndim, c->out[o]->shape, DENSE);
        other.out[o] = &outputs[o];
        if (given && given[o])
            for (int64_t i = 0; i < outputs[o].size; ++i) {
                const number x = tensor_get(given[o], i);
                tensor_set(&outputs[o], i, (double)x.re, (double)x.im);
            }
        for (int i = 0; i < c->nin; ++i)
            if (c->in[i] == c->out[o]) other.in[i] = &outputs[o];
    }
    BOTH_OK(side_call(&cpu_side, &other, 1, 1));
    for (int o = 0; o < c->nout; ++o) {
        if (!c->out[o]) continue;
        for (int64_t i = 0; i < c->out[o]->size; ++i)
            near_number(c->out[o], i, tensor_get(&outputs[o], i), scale, units);
        tensor_free(&outputs[o]);
    }
}

/* Every vendor call of the whole way fails in turn, at once or later: a status, and nothing is left
 * behind. Returns how many calls there are. */
static inline int64_t cuda_sweep(const both_call *c, cu_error code, int when) {
    int64_t n = 1;
    BOTH_OK(cuda_side.api->synchronize(cuda_side.dev, cuda_side.stream, &both_error));
    for (; n < 10000; ++n) {
        fm_fake_census before, after;
        side own = {.api = cuda_side.api};
        fm_fake_entry()->census(&before);
        memset(&both_error, 0, sizeof both_error);
        fm_fake_entry()->fail_at(n, code, when);
        fm_status status = own.api->open(0, &own.dev, &both_error);
        if (status == FM_OK) {
            status = own.api->stream_create(own.dev, &own.stream, &both_error);
            if (status == FM_OK) status = side_call(&own, c, 1, 0);
            side_close(&own);
        }
        const int struck = fm_fake_entry()->struck();
        fm_fake_entry()->fail_at(0, 0, FM_FAKE_AT_ONCE);
        fm_fake_entry()->forget_errors();
        fm_fake_entry()->census(&after);
        assert_memory_equal(&before, &after, sizeof before);
        if (!struck) {
            assert_int_equal(status, FM_OK);
            break;
        }
        if (status != FM_OK) assert_string_not_equal(both_error.message, "");
    }
    return n;
}

/* A run under capture is legal and its replay gives what the run gave. */
static inline void cuda_captured(const both_call *c) {
    side_memory m;
    fm_kplan *plan = NULL;
    fm_plan_info info;
    cu_graph graph = NULL;
    cu_graph_exec exec = NULL;
    const side *s = &cuda_side;
    memset(&m, 0, sizeof m);
    BOTH_OK(side_plan(s, c, &plan, &info));
    assert_true(info.capturable);
    BOTH_OK(side_bring(s, c, &m));
    if (info.workspace)
        BOTH_OK(s->api->alloc(s->dev, s->stream, info.workspace, &m.workspace, &both_error));
    BOTH_OK(s->api->synchronize(s->dev, s->stream, &both_error));
    OK(cu_api.capture_begin(s->stream, CU_CAPTURE_MODE_GLOBAL));
    BOTH_OK(side_run(s, c, plan, &m));
    OK(cu_api.capture_end(s->stream, &graph));
    OK(cu_api.graph_instantiate(&exec, graph));
    OK(cu_api.graph_destroy(graph));
    OK(cu_api.graph_launch(exec, s->stream));
    BOTH_OK(s->api->synchronize(s->dev, s->stream, &both_error));
    OK(cu_api.graph_exec_destroy(exec));
    for (int o = 0; o < c->nout; ++o) {
        if (!c->out[o]) continue;
        const size_t bytes = (size_t)c->out[o]->cells * dtype_bytes(c->out[o]->dtype);
        char *replayed = malloc(bytes);
        BOTH_OK(s->api->copy_out(s->dev, s->stream, replayed, m.out[o], bytes, &both_error));
        assert_memory_equal(replayed, c->out[o]->data, bytes);
        free(replayed);
    }
    side_give_back(s, c, &m);
    s->api->plan_free(s->dev, plan);
}

#define BOTH_CASE(name) cmocka_unit_test_setup_teardown(name, both_open, both_close)

#endif
