/* The CUDA backend's side of the contract with the core: its table, and plans by family. */
#include "family.h"
#include "timing/metrics.h"

#include <flopmeter/export.h>
#include <string.h>

fm_status cu_plan_make(const fm_kernel_call *call, size_t bytes,
                       cu_error (*run)(fm_dev *, cu_stream, fm_kplan *, fm_kernel_args *),
                       fm_kplan **plan, fm_error *error) {
    *plan = cu_alloc(bytes);
    if (!*plan)
        return cu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for its plan", call->name);
    (*plan)->name = call->name;
    (*plan)->run = run;
    return FM_OK;
}

static int supports(uint16_t family, uint16_t op, fm_dtype compute) {
    if (family >= FM_FAMILY_COUNT || !cu_families[family]) return 0;
    return cu_families[family]->supports(op, compute);
}

static void plan_free(fm_dev *dev, fm_kplan *plan) {
    int before;
    if (!plan) return;
    (void)cu_device_enter(dev, &before);
    if (plan->release) plan->release(dev, plan);
    cu_device_leave(dev, before);
    cu_host->free(plan);
}

static fm_status plan_call(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                           fm_plan_info *info, fm_error *error) {
    int before;
    *plan = NULL;
    *info = (fm_plan_info){.capturable = 1};
    if (!supports(call->family, call->op, call->compute))
        return cu_host->fail(error, FM_ERR_UNSUPPORTED,
                             "%s: the CUDA backend has no kernel for this dtype", call->name);
    /* What a plan makes for itself is no part of a capture and must not spoil one. */
    int mode = CU_CAPTURE_MODE_RELAXED;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = cu_api.capture_exchange(&mode);
    if (code) {
        cu_device_leave(dev, before);
        return cu_fail(error, code, call->name, "choosing the device");
    }
    fm_status status = cu_families[call->family]->plan(dev, call, plan, info, error);
    (void)cu_api.capture_exchange(&mode);
    cu_device_leave(dev, before);
    if (status == FM_OK) {
        const int product = call->family == FM_FAMILY_CONTRACT || call->family == FM_FAMILY_NN ||
                            call->family == FM_FAMILY_LINALG;
        (*plan)->uncapturable = !info->capturable;
        dev->classes |= cu_metrics_class(call->compute, call->math_mode, product);
    }
    if (status != FM_OK) {
        plan_free(dev, *plan);
        *plan = NULL;
    }
    return status;
}

/* Between enter and leave of the device; the interval is ended also where the launch failed. */
static fm_status submit(fm_dev *dev, void *stream, fm_kplan *plan, fm_kernel_args *args,
                        fm_error *error) {
    args->ticket = 0;
    if (plan->uncapturable && !args->origin && cu_stream_capturing(dev, stream))
        return cu_host->fail(error, FM_ERR_STATE,
                             "%s: the stream is being captured, and this operation cannot be "
                             "replayed",
                             plan->name);
    if (plan->check) {
        fm_status status = plan->check(plan, args, error);
        if (status != FM_OK) return status;
    }
    if (args->want_time) {
        fm_status status = cu_timer_begin(dev, stream, &args->ticket, error);
        if (status != FM_OK) return status;
    }
    cu_recent_add(dev, plan->name);
    cu_error code = plan->run(dev, stream, plan, args);
    if (args->ticket) {
        fm_status status = cu_timer_end(dev, stream, args->ticket, error);
        if (status != FM_OK && !code) return status;
    }
    if (code) return cu_fail(error, code, plan->name, "launching");
    return dev->blocking && !cu_stream_capturing(dev, stream)
               ? cu_stream_synchronize(dev, stream, error)
               : FM_OK;
}

static fm_status run(fm_dev *dev, void *stream, fm_kplan *plan, fm_kernel_args *args,
                     fm_error *error) {
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (code) return cu_fail(error, code, plan->name, "choosing the device");
    fm_status status = submit(dev, stream, plan, args, error);
    cu_device_leave(dev, before);
    return status;
}

static const fm_backend_api api = {
    .abi = FM_BACKEND_ABI,
    .size = sizeof(fm_backend_api),
    .name = "cuda",
    .kind = FM_CUDA,
    .asynchronous = 1,
    .device_count = cu_device_count,
    .describe = cu_device_describe,
    .open = cu_device_open,
    .close = cu_device_close,
    .stream_create = cu_stream_create,
    .stream_destroy = cu_stream_destroy,
    .synchronize = cu_stream_synchronize,
    .capturing = cu_stream_capturing,
    .stream_check = cu_stream_check,
    .stream_wait = cu_stream_wait,
    .memory_check = cu_memory_check,
    .capture_begin = cu_capture_begin,
    .capture_end = cu_capture_end,
    .capture_abandon = cu_capture_abandon,
    .graph_launch = cu_graph_launch,
    .graph_origin = cu_graph_origin,
    .graph_copy_in = cu_graph_copy_in,
    .graph_let_go = cu_graph_let_go,
    .graph_watch = cu_graph_watch,
    .graph_free = cu_graph_free,
    .range = cu_range,
    .alloc = cu_memory_alloc,
    .free = cu_memory_free,
    .copy_in = cu_memory_copy_in,
    .copy_out = cu_memory_copy_out,
    .supports = supports,
    .plan = plan_call,
    .run = run,
    .plan_free = plan_free,
    .time_begin = cu_timer_begin,
    .time_end = cu_timer_end,
    .time = cu_timer_read,
    .attributes = cu_device_attributes,
    .collector = &cu_collector_api,
};

FM_API const fm_backend_api *fm_backend_entry(const fm_host_api *host);

const fm_backend_api *fm_backend_entry(const fm_host_api *host) {
    if (!fm_host_fits(host)) return NULL;
    cu_host = host;
    return &api;
}
