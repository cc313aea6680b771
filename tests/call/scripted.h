/* A backend that does what a test tells it, registered in place of the CPU module: it counts its
   calls, can fail any of them, and adds float64 vectors. */
#ifndef SCRIPTED_H
#define SCRIPTED_H

#include "core/detail.h"
#include "core/memory.h"
#include "core/module.h"
#include "ops/row.h"

#include <stdlib.h>
#include <string.h>

static struct {
    int plans, runs, allocs, frees, live_plans;
    fm_status plan_fails, run_fails, alloc_fails;
} scripted;

struct fm_kplan {
    int64_t n;
};

static int scripted_count(char *why, size_t size) {
    (void)why;
    (void)size;
    return 1;
}

static fm_status scripted_describe(int index, fm_device_info *info, fm_error *error) {
    (void)error;
    info->device = (fm_device){FM_CPU, index};
    return FM_OK;
}

static fm_status scripted_open(int index, fm_dev **dev, fm_error *error) {
    (void)index;
    (void)error;
    *dev = NULL;
    return FM_OK;
}

static void scripted_close(fm_dev *dev) {
    (void)dev;
}

static fm_status scripted_stream(fm_dev *dev, void **stream, fm_error *error) {
    (void)dev;
    (void)error;
    *stream = NULL;
    return FM_OK;
}

static void scripted_stream_destroy(fm_dev *dev, void *stream) {
    (void)dev;
    (void)stream;
}

static fm_status scripted_synchronize(fm_dev *dev, void *stream, fm_error *error) {
    (void)dev;
    (void)stream;
    (void)error;
    return FM_OK;
}

static int scripted_capturing(fm_dev *dev, void *stream) {
    (void)dev;
    (void)stream;
    return 0;
}

static fm_status scripted_alloc(fm_dev *dev, void *stream, size_t bytes, void **block,
                                fm_error *error) {
    (void)dev;
    (void)stream;
    if (scripted.alloc_fails) return fm_fail(error, scripted.alloc_fails, "scripted: alloc");
    scripted.allocs++;
    *block = aligned_alloc(64, (bytes + 63) / 64 * 64);
    return *block ? FM_OK : fm_fail(error, FM_ERR_MEMORY, "no memory");
}

static void scripted_free(fm_dev *dev, void *stream, void *block) {
    (void)dev;
    (void)stream;
    scripted.frees++;
    free(block);
}

static fm_status scripted_copy_in(fm_dev *dev, void *stream, void *device, const void *host,
                                  size_t bytes, fm_error *error) {
    (void)dev;
    (void)stream;
    (void)error;
    memcpy(device, host, bytes);
    return FM_OK;
}

static fm_status scripted_copy_out(fm_dev *dev, void *stream, void *host, const void *device,
                                   size_t bytes, fm_error *error) {
    return scripted_copy_in(dev, stream, host, device, bytes, error);
}

static int scripted_supports(uint16_t family, uint16_t op, fm_dtype compute) {
    (void)family;
    (void)op;
    return compute == FM_FLOAT64;
}

static fm_status scripted_plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                               fm_plan_info *info, fm_error *error) {
    (void)dev;
    if (scripted.plan_fails) return fm_fail(error, scripted.plan_fails, "scripted: plan");
    *plan = malloc(sizeof **plan);
    (*plan)->n = call->out[0]->size;
    info->workspace = 128;
    scripted.plans++;
    scripted.live_plans++;
    return FM_OK;
}

static fm_status scripted_run(fm_dev *dev, void *stream, fm_kplan *plan, fm_kernel_args *args,
                              fm_error *error) {
    (void)dev;
    (void)stream;
    if (scripted.run_fails) return fm_fail(error, scripted.run_fails, "scripted: run");
    const double *a = args->in[0], *b = args->in[1];
    double *out = args->out[0];
    for (int64_t i = 0; i < plan->n; i++) out[i] = a[i] + (b ? b[i] : args->scalars[1].value.f);
    scripted.runs++;
    return FM_OK;
}

static void scripted_plan_free(fm_dev *dev, fm_kplan *plan) {
    (void)dev;
    scripted.live_plans--;
    free(plan);
}

static int scripted_time(fm_dev *dev, uint64_t ticket, uint64_t *ns) {
    (void)dev;
    (void)ticket;
    (void)ns;
    return -1;
}

static fm_status scripted_time_begin(fm_dev *dev, void *stream, uint64_t *ticket, fm_error *error) {
    (void)dev;
    (void)stream;
    (void)error;
    *ticket = 0;
    return FM_OK;
}

static fm_status scripted_time_end(fm_dev *dev, void *stream, uint64_t ticket, fm_error *error) {
    (void)dev;
    (void)stream;
    (void)ticket;
    (void)error;
    return FM_OK;
}

static const fm_backend_api *scripted_entry(const fm_host_api *host) {
    static const fm_backend_api api = {
        .abi = FM_BACKEND_ABI,
        .size = sizeof(fm_backend_api),
        .name = "scripted",
        .kind = FM_CPU,
        .asynchronous = 0,
        .device_count = scripted_count,
        .describe = scripted_describe,
        .open = scripted_open,
        .close = scripted_close,
        .stream_create = scripted_stream,
        .stream_destroy = scripted_stream_destroy,
        .synchronize = scripted_synchronize,
        .capturing = scripted_capturing,
        .alloc = scripted_alloc,
        .free = scripted_free,
        .copy_in = scripted_copy_in,
        .copy_out = scripted_copy_out,
        .supports = scripted_supports,
        .plan = scripted_plan,
        .run = scripted_run,
        .plan_free = scripted_plan_free,
        .time_begin = scripted_time_begin,
        .time_end = scripted_time_end,
        .time = scripted_time,
    };
    return host->abi == FM_BACKEND_ABI ? &api : NULL;
}

/* "test.add": two float64 operands of one shape, or the second a number; costs n. */
static fm_status scripted_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0], *b = r->in[1];
    if (!(r->by_value & 2) && (a->ndim != b->ndim || a->size != b->size))
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2, "%lld elements, not %lld",
                          (long long)b->size, (long long)a->size);
    r->compute = a->dtype;
    r->nout = 1;
    r->out[0].dtype = a->dtype;
    r->out[0].ndim = a->ndim;
    memcpy(r->out[0].shape, fm_layout_shape(a), (size_t)a->ndim * sizeof(int64_t));
    return FM_OK;
}

static fm_status scripted_cost(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    (void)bound;
    (void)error;
    return fm_work_add_units(work, "add", (fm_u128)r->in[0]->size);
}

static const fm_row scripted_row = {
    .name = "test.add",
    .family = FM_FAMILY_BINARY,
    .nparams = 2,
    .nout = 1,
    .flags = FM_ROW_ELEMENTWISE,
    .params = {{.name = "a", .takes = FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED},
               {.name = "b", .takes = FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED}},
    .infer = scripted_infer,
    .cost = scripted_cost,
    .formula = "n",
    .dtypes = "float64",
    .meaning = "Sum.",
};

#endif
