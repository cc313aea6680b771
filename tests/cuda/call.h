/* Running one kernel of the CUDA backend on the fake device: operands in device memory between
 * guard bytes, planned and run as the core would. */
#ifndef FM_TESTS_CUDA_CALL_H
#define FM_TESTS_CUDA_CALL_H

#include "fake_test.h"

#include "core/module.h"
#include "ops/ids.h"

extern const fm_backend_api *fm_backend_entry(const fm_host_api *host);

enum { CALL_OPERANDS = 4, CALL_BYTES = 1 << 16, CALL_GUARD = 64 };

/* An operand: its layout, its origin within `bytes`, and the bytes as the host sees them. */
typedef struct operand {
    fm_dtype dtype;
    int ndim;
    int64_t shape[12], strides[12];
    int64_t origin; /* bytes */
    size_t bytes;
    void *host;
    void *device;
    const fm_layout *layout;
} operand;

static const fm_backend_api *call_api;
static fm_dev *call_dev;
static void *call_stream;
static fm_error call_error;

static inline int call_open(void) {
    call_api = fm_backend_entry(fm_module_host());
    return call_api->open(0, &call_dev, &call_error) ||
           call_api->stream_create(call_dev, &call_stream, &call_error);
}

static inline void call_close(void) {
    call_api->stream_destroy(call_dev, call_stream);
    call_api->close(call_dev);
}

#define CALL_OK(call) assert_string_equal(fm_status_name(call), "FM_OK")

static inline void operand_up(operand *o) {
    CALL_OK(fm_layout_get(&call_error, o->dtype, o->ndim, o->shape, o->strides, 0, &o->layout));
    CALL_OK(call_api->alloc(call_dev, call_stream, o->bytes, &o->device, &call_error));
    CALL_OK(call_api->copy_in(call_dev, call_stream, o->device, o->host, o->bytes, &call_error));
}

static inline void operand_down(operand *o, int read) {
    if (read)
        CALL_OK(
            call_api->copy_out(call_dev, call_stream, o->host, o->device, o->bytes, &call_error));
    call_api->free(call_dev, call_stream, o->device);
    fm_layout_release(o->layout);
    o->device = NULL;
}

/* Plans and runs one call; in[i].host NULL means that scalars[i] gives it. out may be an input (in
 * place) when it is the same operand. */
static inline void call_run(uint16_t family, uint16_t op, fm_dtype compute, int nin, operand *in,
                            operand *out, const fm_scalar *scalars, const fm_params *params,
                            uint64_t seed, uint64_t offset) {
    const fm_layout *layouts[CALL_OPERANDS], *out_layout;
    void *addresses[CALL_OPERANDS] = {NULL}, *out_address;
    fm_kernel_call call = {.size = sizeof call,
                           .family = family,
                           .op = op,
                           .compute = compute,
                           .nin = nin,
                           .nout = 1,
                           .in = layouts,
                           .out = &out_layout,
                           .name = "test",
                           .params = params};
    fm_kplan *plan = NULL;
    fm_plan_info info;
    operand_up(out);
    for (int i = 0; i < nin; ++i) {
        if (in[i].host) {
            operand_up(&in[i]);
            addresses[i] = (char *)in[i].device + in[i].origin;
        } else {
            CALL_OK(fm_layout_get(&call_error, in[i].dtype, 0, NULL, NULL, FM_LAYOUT_WEAK,
                                  &in[i].layout));
            call.by_value |= 1u << i;
        }
        layouts[i] = in[i].layout;
    }
    out_layout = out->layout;
    out_address = (char *)out->device + out->origin;
    assert_true(call_api->supports(family, op, compute));
    CALL_OK(call_api->plan(call_dev, &call, &plan, &info, &call_error));
    assert_int_equal(info.capturable, family != FM_FAMILY_RANDOM);
    for (int twice = 0; twice < 2; ++twice) { /* a plan serves again and again */
        fm_kernel_args args = {.size = sizeof args,
                               .in = addresses,
                               .out = &out_address,
                               .scalars = scalars,
                               .seed = seed,
                               .offset = offset};
        CALL_OK(call_api->run(call_dev, call_stream, plan, &args, &call_error));
    }
    call_api->plan_free(call_dev, plan);
    for (int i = 0; i < nin; ++i) {
        if (in[i].host)
            operand_down(&in[i], 0);
        else
            fm_layout_release(in[i].layout);
    }
    operand_down(out, 1);
}

#endif
