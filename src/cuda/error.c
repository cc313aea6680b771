/* Vendor errors as statuses: CUDA's own name and text, and the operation that launched the work. */
#include "device.h"

#include <stdio.h>
#include <string.h>

static fm_status status_of(cu_error code) {
    switch (code) {
    case CU_OUT_OF_MEMORY:
    case CU_BLAS_ALLOC_FAILED:
    case CU_SOLVER_ALLOC_FAILED:
    case CU_FFT_ALLOC_FAILED:
        return FM_ERR_MEMORY;
    case CU_CAPTURE_UNSUPPORTED:
    case CU_CAPTURE_INVALIDATED:
    case CU_CAPTURE_IMPLICIT:
        return FM_ERR_STATE;
    default:
        return FM_ERR_DEVICE;
    }
}

static void note(fm_error *error, cu_error code, const char *op) {
    if (!error) return;
    error->device_code = code;
    if (op) (void)snprintf(error->op, sizeof error->op, "%s", op);
}

fm_status cu_fail(fm_error *error, cu_error code, const char *op, const char *doing) {
    fm_status status =
        cu_host->fail(error, status_of(code), "%s%s%s: %s (%s)", op ? op : "", op ? ": " : "",
                      doing, cu_api.error_name(code), cu_api.error_text(code));
    note(error, code, op);
    (void)cu_api.last_error();
    return status;
}

void cu_recent_add(fm_dev *dev, const char *op) {
    dev->recent[dev->recent_count++ % CU_RECENT] = op;
}

/* "add", or "one of add, matmul", or "one of 40 operations, the last of them add, matmul, …",
 * oldest first. */
static const char *suspects(const fm_dev *dev, char *text, size_t size) {
    const uint64_t all = dev->recent_count, shown = all < CU_RECENT ? all : CU_RECENT;
    int used = 0;
    if (all > CU_RECENT)
        used = snprintf(text, size, "one of %llu operations, the last of them ",
                        (unsigned long long)all);
    else if (all > 1)
        used = snprintf(text, size, "one of ");
    for (uint64_t i = all - shown; i < all && used >= 0 && (size_t)used < size; ++i)
        used += snprintf(text + used, size - (size_t)used, "%s%s", i > all - shown ? ", " : "",
                         dev->recent[i % CU_RECENT]);
    return text;
}

fm_status cu_fail_late(fm_dev *dev, fm_error *error, cu_error code, const char *doing) {
    char text[256] = "";
    fm_status status;
    (void)pthread_mutex_lock(&dev->lock);
    const char *only = dev->recent_count == 1 ? dev->recent[0] : NULL;
    if (!dev->recent_count)
        status = cu_fail(error, code, NULL, doing);
    else
        status = cu_host->fail(error, status_of(code), "%s: %s (%s), found at %s",
                               suspects(dev, text, sizeof text), cu_api.error_name(code),
                               cu_api.error_text(code), doing);
    note(error, code, only);
    dev->recent_count = 0;
    (void)pthread_mutex_unlock(&dev->lock);
    (void)cu_api.last_error();
    return status;
}
