/* Looking for negative powers of integers, before the powers are taken: one thread looks at one
 * exponent at a time. */
#include "fault_kernel.h"
#include "map_kernel.h"

namespace {

template <typename Tag>
FM_KERNEL void find_negative(cu_map_args m, cu_fault *fault, uint64_t name) {
    for (int64_t i = fm_thread(); i < m.size; i += fm_threads()) {
        int64_t at[3];
        cu_offsets<2>(m, i, at);
        if (cu_fetch<Tag>(m, 1, at[1]) >= 0) continue;
        const cu_fault found = {CU_FAULT_WHOLE, CU_FAULT_POWER, name, 0, 0, 0, {}};
        fm_fault_report(fault, found);
        return;
    }
}

template <typename Tag>
cu_error launch(const cu_map_args *args, cu_fault *fault, const char *name, int processors,
                cu_stream stream) {
    return fm_launch(find_negative<Tag>, fm_cover(args->size, 1, processors), stream, *args, fault,
                     static_cast<uint64_t>(reinterpret_cast<uintptr_t>(name)));
}

} // namespace

cu_error cu_find_negative(fm_dtype dtype, const cu_map_args *args, cu_fault *fault,
                          const char *name, int processors, cu_stream stream) {
    switch (dtype) {
    case FM_INT8:
        return launch<cu_i8>(args, fault, name, processors, stream);
    case FM_INT16:
        return launch<cu_i16>(args, fault, name, processors, stream);
    case FM_INT32:
        return launch<cu_i32>(args, fault, name, processors, stream);
    case FM_INT64:
        return launch<cu_i64>(args, fault, name, processors, stream);
    default:
        return CU_SUCCESS;
    }
}
