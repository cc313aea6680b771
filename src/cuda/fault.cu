/* Watching what captured calls cannot read: one thread looks at one element at a time. */
#include "fault_kernel.h"

namespace {

template <typename T>
FM_KERNEL void watch_kernel(const T *data, int64_t count, fm_watch watch, cu_fault *fault) {
    for (int64_t i = fm_thread(); i < count; i += fm_threads()) {
        const int64_t x = static_cast<int64_t>(data[i]);
        const bool beyond = x < 0 && data[i] > 0; /* an unsigned one that int64 does not hold */
        if (!beyond && x >= watch.low && x <= watch.high) continue;
        const cu_fault found = {CU_FAULT_WHOLE, CU_FAULT_WATCH, 0, 0, 0, 0, watch};
        fm_fault_report(fault, found);
        return;
    }
}

template <typename T>
cu_error launch(const void *data, int64_t count, const fm_watch *found, cu_fault *fault,
                int processors, cu_stream stream) {
    return fm_launch(watch_kernel<T>, fm_cover(count, 1, processors), stream,
                     static_cast<const T *>(data), count, *found, fault);
}

} // namespace

cu_error cu_fault_watch(const void *data, fm_dtype dtype, int64_t count, const fm_watch *found,
                        cu_fault *fault, int processors, cu_stream stream) {
    switch (dtype) {
    case FM_INT8:
        return launch<int8_t>(data, count, found, fault, processors, stream);
    case FM_INT16:
        return launch<int16_t>(data, count, found, fault, processors, stream);
    case FM_INT32:
        return launch<int32_t>(data, count, found, fault, processors, stream);
    case FM_INT64:
        return launch<int64_t>(data, count, found, fault, processors, stream);
    case FM_UINT16:
        return launch<uint16_t>(data, count, found, fault, processors, stream);
    case FM_UINT32:
        return launch<uint32_t>(data, count, found, fault, processors, stream);
    case FM_UINT64:
        return launch<uint64_t>(data, count, found, fault, processors, stream);
    case FM_BOOL:
    case FM_UINT8:
        return launch<uint8_t>(data, count, found, fault, processors, stream);
    default:
        return CU_INVALID_VALUE;
    }
}
