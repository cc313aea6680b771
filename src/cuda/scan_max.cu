/* Running extrema, in which NaN stays. */
#include "scan_kernel.h"

namespace {

#define SAME(x) (x)
#define BOTH(s, type)                                                                              \
    CU_SCAN_OP(max_##s, type, type, SAME, SAME, fm_maximum_##s)                                    \
    CU_SCAN_OP(min_##s, type, type, SAME, SAME, fm_minimum_##s)
BOTH(i64, int64_t)
BOTH(u64, uint64_t)
BOTH(f64, double)
BOTH(c128, fm_c128)

} // namespace

#define TABLE(op)                                                                                  \
    {                                                                                              \
        {}, {}, {}, {}, {}, CU_SCAN_ENTRY(op##_i64), {}, {}, {}, CU_SCAN_ENTRY(op##_u64), {}, {},  \
            {}, CU_SCAN_ENTRY(op##_f64), {}, CU_SCAN_ENTRY(op##_c128),                             \
    }
const cu_scan_kernel cu_scan_max[FM_DTYPE_COUNT] = TABLE(max);
const cu_scan_kernel cu_scan_min[FM_DTYPE_COUNT] = TABLE(min);
