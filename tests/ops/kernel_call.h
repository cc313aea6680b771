/* Calls of one kernel for tests: operands laid out at will between guard zones, the row's own
   infer, a backend's plan and run, and the result read back. */
#ifndef TESTS_OPS_KERNEL_CALL_H
#define TESTS_OPS_KERNEL_CALL_H

#include "core/module.h"
#include "ops/row.h"

#include <stdlib.h>
#include <string.h>

enum { GUARD = 64, GUARD_BYTE = 0xa5, MOST_INPUTS = 3 };

/* Elements of a layout within a block of bytes: a copy on the host of what the device holds. */
typedef struct placed {
    const fm_layout *layout;
    size_t bytes;
    size_t origin; /* of element [0, ..., 0] */
    unsigned char *host;
    void *device;
} placed;

typedef struct kernel_device {
    const fm_backend_api *api;
    fm_dev *dev;
    char why[256];
} kernel_device;

/* FLOPMETER_TEST_DEVICE=cuda: the CUDA backend, on the fake device where FLOPMETER_CUDA_FAKE is
 * set. */
static inline bool kernel_device_open(kernel_device *d) {
    const char *asked = getenv("FLOPMETER_TEST_DEVICE");
    fm_device_kind kind = asked && strcmp(asked, "cuda") == 0 ? FM_CUDA : FM_CPU;
    d->api = fm_module_backend(kind, d->why, sizeof d->why);
    return d->api && d->api->open(0, &d->dev, NULL) == FM_OK;
}

static inline void kernel_device_close(kernel_device *d) {
    if (d->api) d->api->close(d->dev);
}

/* Moves the coordinates on by one element in row-major order. */
static inline void next_element(const fm_layout *layout, int64_t *at) {
    for (int d = layout->ndim - 1; d >= 0; d--) {
        if (++at[d] < fm_layout_shape(layout)[d]) return;
        at[d] = 0;
    }
}

static inline size_t element_at(const placed *p, const int64_t *at) {
    int64_t offset = 0;
    for (int d = 0; d < p->layout->ndim; d++) offset += at[d] * fm_layout_strides(p->layout)[d];
    return (size_t)((int64_t)p->origin + offset * (int64_t)fm_dtype_size(p->layout->dtype));
}

/* Scatters row-major elements into the block (write), or gathers them from it. */
static inline void move_elements(placed *p, unsigned char *elements, bool write) {
    int64_t at[FM_MAX_NDIM] = {0};
    size_t size = fm_dtype_size(p->layout->dtype);
    for (int64_t i = 0; i < p->layout->size; i++, next_element(p->layout, at)) {
        unsigned char *there = p->host + element_at(p, at), *here = elements + (size_t)i * size;
        if (write)
            memcpy(there, here, size);
        else
            memcpy(here, there, size);
    }
}

/* Takes over the reference to the layout; elements NULL: guard bytes everywhere. False: no memory.
 */
static inline bool place(kernel_device *d, placed *p, const fm_layout *layout,
                         const void *elements) {
    size_t size = fm_dtype_size(layout->dtype);
    p->layout = layout;
    p->origin = GUARD + (size_t)-layout->low * size;
    p->bytes = 2 * GUARD + (size_t)(layout->high - layout->low + 1) * size;
    p->host = malloc(p->bytes);
    if (!p->host || d->api->alloc(d->dev, NULL, p->bytes, &p->device, NULL) != FM_OK) return false;
    memset(p->host, GUARD_BYTE, p->bytes);
    if (elements) move_elements(p, (unsigned char *)(uintptr_t)elements, true);
    return d->api->copy_in(d->dev, NULL, p->device, p->host, p->bytes, NULL) == FM_OK;
}

static inline void unplace(kernel_device *d, placed *p) {
    d->api->free(d->dev, NULL, p->device);
    fm_layout_release(p->layout);
    free(p->host);
    memset(p, 0, sizeof *p);
}

/* Reads the block back and answers whether no byte beside the elements has changed. */
static inline bool fetch_output(kernel_device *d, placed *p, void *elements) {
    if (d->api->synchronize(d->dev, NULL, NULL) != FM_OK) return false;
    if (d->api->copy_out(d->dev, NULL, p->host, p->device, p->bytes, NULL) != FM_OK) return false;
    move_elements(p, elements, false);
    unsigned char *rest = malloc(p->bytes);
    if (!rest) return false;
    memcpy(rest, p->host, p->bytes);
    placed scratch = *p;
    scratch.host = rest;
    size_t size = fm_dtype_size(p->layout->dtype);
    unsigned char *blank = malloc((size_t)p->layout->size * size + 1);
    bool whole = blank != NULL;
    if (blank) {
        memset(blank, GUARD_BYTE, (size_t)p->layout->size * size + 1);
        move_elements(&scratch, blank, true);
    }
    for (size_t i = 0; whole && i < p->bytes; i++) whole = rest[i] == GUARD_BYTE;
    free(blank);
    free(rest);
    return whole;
}

/* One call: row->infer over the operands' layouts, then plan and run. */
typedef struct kernel_call {
    const fm_row *row;
    fm_value values[FM_MAX_PARAMS]; /* numbers and dtypes; tensors are put here */
    fm_tensor handle[MOST_INPUTS];  /* what rules see of the tensors */
    placed in[MOST_INPUTS];         /* layout NULL: from values, by value or left out */
    int nin;
    fm_resolved resolved;
} kernel_call;

static inline fm_status kernel_infer(kernel_call *c, fm_error *error) {
    fm_resolved *r = &c->resolved;
    memset(r, 0, sizeof *r);
    r->nin = c->nin;
    for (int i = 0; i < c->nin; i++) {
        bool weak = !c->in[i].layout;
        r->in[i] = weak ? fm_value_layout(&c->values[i]) : c->in[i].layout;
        r->in_source[i].param = (uint8_t)i;
        if (!weak) {
            c->handle[i] = (fm_tensor){.layout = c->in[i].layout};
            c->values[i] = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = &c->handle[i]};
        }
        if (weak && r->in[i]) r->by_value |= (uint64_t)1 << i;
    }
    fm_bound bound = {.row = c->row, .values = c->values};
    return c->row->infer(&bound, r, error);
}

static inline fm_scalar scalar_of(const fm_value *value) {
    if (value->kind == FM_VALUE_FLOAT) return fm_float(value->as.f);
    if (value->kind == FM_VALUE_COMPLEX) return fm_complex(value->as.c[0], value->as.c[1]);
    return value->kind == FM_VALUE_BOOL ? fm_bool(value->as.i != 0) : fm_int(value->as.i);
}

/* After kernel_infer. aliased: number of the input that out is, or -1. */
static inline fm_status kernel_run(kernel_device *d, kernel_call *c, placed *out, int aliased,
                                   fm_error *error) {
    fm_resolved *r = &c->resolved;
    fm_kernel_call call = {
        .size = sizeof call,
        .family = c->row->family,
        .op = c->row->op,
        .compute = r->compute,
        .nin = r->nin,
        .nout = 1,
        .in = r->in,
        .out = &out->layout,
        .by_value = r->by_value,
        .aliased = aliased >= 0 ? (uint64_t)1 << aliased : 0,
        .params = &r->params,
        .name = c->row->name,
    };
    fm_kplan *plan = NULL;
    fm_plan_info info;
    FM_TRY(d->api->plan(d->dev, &call, &plan, &info, error));
    void *in[MOST_INPUTS] = {NULL};
    fm_scalar scalars[MOST_INPUTS] = {{FM_DTYPE_NONE, {0}}};
    for (int i = 0; i < r->nin; i++) {
        int p = r->in_source[i].param;
        if (r->by_value >> i & 1)
            scalars[i] = scalar_of(&c->values[p]);
        else if (r->in[i])
            in[i] = (char *)c->in[p].device + c->in[p].origin;
    }
    void *origin = (char *)out->device + out->origin;
    fm_kernel_args args = {.size = sizeof args, .in = in, .out = &origin, .scalars = scalars};
    void *workspace = NULL;
    fm_status status = FM_OK;
    if (info.workspace) status = d->api->alloc(d->dev, NULL, info.workspace, &workspace, error);
    args.workspace = workspace;
    if (status == FM_OK) status = d->api->run(d->dev, NULL, plan, &args, error);
    if (status == FM_OK) status = d->api->synchronize(d->dev, NULL, error);
    if (workspace) d->api->free(d->dev, NULL, workspace);
    d->api->plan_free(d->dev, plan);
    return status;
}

#endif
