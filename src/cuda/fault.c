/* The device's error word: made when a plan needs it, read after every wait. */
#include "fault.h"
#include "device.h"

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

fm_status cu_fault_read(fm_dev *dev, fm_error *error) {
    cu_fault *word = dev->fault;
    if (!word || __atomic_load_n(&word->state, __ATOMIC_ACQUIRE) != CU_FAULT_WHOLE) return FM_OK;
    const cu_fault found = *word;
    __atomic_store_n(&word->state, CU_FAULT_NONE, __ATOMIC_RELEASE);
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
