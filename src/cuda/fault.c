/* The device's error word: made when a plan needs it, read after every wait. */
#include "fault.h"
#include "device.h"

#include <stdio.h>

cu_error cu_fault_open(fm_dev *dev) {
    cu_error code = CU_SUCCESS;
    (void)pthread_mutex_lock(&dev->lock);
    if (!dev->fault) {
        void *block = NULL;
        code = cu_api.host_alloc(&block, sizeof *dev->fault);
        if (!code) {
            *(cu_fault *)block = (cu_fault){.state = CU_FAULT_NONE};
            dev->fault = block;
        }
    }
    (void)pthread_mutex_unlock(&dev->lock);
    return code;
}

/* As the program would have failed, had it read the values itself. */
static fm_status fail_watched(fm_error *error, const fm_watch *w) {
    const int within = w->called != w->op;
    char argument[32] = "";
    if (w->argument) (void)snprintf(argument, sizeof argument, "argument %d: ", w->argument);
    (void)cu_host->fail(error, w->status, "%s: %s%s%s%s%s", w->called, within ? "in " : "",
                        within ? w->op : "", within ? ": " : "", argument, w->text);
    if (!error) return w->status;
    if (w->exception) error->exception = w->exception;
    (void)snprintf(error->op, sizeof error->op, "%s", w->called);
    error->argument = within ? 0 : w->argument;
    return w->status;
}

/* What is made for it is no part of the capture. */
static cu_error open_captured(fm_dev *dev) {
    int mode = CU_CAPTURE_MODE_RELAXED;
    cu_error code = cu_api.capture_exchange(&mode);
    if (code) return code;
    code = cu_fault_open(dev);
    (void)cu_api.capture_exchange(&mode);
    return code;
}

fm_status cu_graph_watch(fm_dev *dev, void *stream, const void *data, fm_dtype dtype, int64_t count,
                         const fm_watch *found, fm_error *error) {
    int before;
    cu_error code = cu_device_enter(dev, &before);
    if (!code) code = open_captured(dev);
    if (!code)
        code = cu_fault_watch(data, dtype, count, found, dev->fault, dev->info.processors, stream);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, found->op, "watching its values") : FM_OK;
}

fm_status cu_fault_read(fm_dev *dev, fm_error *error) {
    cu_fault *word = dev->fault;
    if (!word || __atomic_load_n(&word->state, __ATOMIC_ACQUIRE) != CU_FAULT_WHOLE) return FM_OK;
    const cu_fault found = *word;
    __atomic_store_n(&word->state, CU_FAULT_NONE, __ATOMIC_RELEASE);
    if (found.kind == CU_FAULT_WATCH) return fail_watched(error, &found.watch);
    if (found.kind == CU_FAULT_POWER)
        return cu_host->fail(error, FM_ERR_ARGUMENT,
                             "%s: argument 2: an integer has no negative integer power",
                             (const char *)(uintptr_t)found.name);
    return cu_host->fail(error, FM_ERR_ARGUMENT,
                         "%s: argument 2: label %lld is %lld, but there are %lld classes",
                         (const char *)(uintptr_t)found.name, (long long)found.row,
                         (long long)found.label, (long long)found.classes);
}

void cu_fault_close(fm_dev *dev) {
    if (dev->fault) (void)cu_api.host_free(dev->fault);
    dev->fault = NULL;
}
