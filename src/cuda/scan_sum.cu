/* Running sums and products. Halves round at every step, as elements that are added one by one. */
#include "scan_kernel.h"

namespace {

#define SAME(x) (x)
CU_SCAN_OP(sum_i64, int64_t, int64_t, SAME, SAME, fm_add_i64)
CU_SCAN_OP(sum_f32, float, double, static_cast<double>, static_cast<float>, fm_add_f64)
CU_SCAN_OP(sum_f64, double, double, SAME, SAME, fm_add_f64)
CU_SCAN_OP(sum_c128, fm_c128, fm_c128, SAME, SAME, fm_add_c128)
CU_SCAN_OP(prod_i64, int64_t, int64_t, SAME, SAME, fm_multiply_i64)
/* Products of float32 overflow where each step does. */
CU_SCAN_OP(prod_f32, float, float, SAME, SAME, fm_multiply_f32)
CU_SCAN_OP(prod_f64, double, double, SAME, SAME, fm_multiply_f64)
CU_SCAN_OP(prod_c128, fm_c128, fm_c128, SAME, SAME, fm_multiply_c128)

#define HALF(s, dtype, type)                                                                       \
    __host__ __device__ inline uint16_t add_##s(uint16_t a, uint16_t b) {                          \
        return fm_f32_to_##s(fm_##s##_to_f32(a) + fm_##s##_to_f32(b));                             \
    }                                                                                              \
    __host__ __device__ inline uint16_t multiply_##s(uint16_t a, uint16_t b) {                     \
        return fm_f32_to_##s(fm_##s##_to_f32(a) * fm_##s##_to_f32(b));                             \
    }                                                                                              \
    CU_SCAN_OP(sum_##s, uint16_t, uint16_t, SAME, SAME, add_##s)                                   \
    CU_SCAN_OP(prod_##s, uint16_t, uint16_t, SAME, SAME, multiply_##s)
FM_EACH_HALF(HALF)

} // namespace

#define TABLE(op)                                                                                  \
    {                                                                                              \
        {}, {}, {}, {}, {}, CU_SCAN_ENTRY(op##_i64), {}, {}, {}, {}, CU_SCAN_WALK(op##_f16),       \
            CU_SCAN_WALK(op##_bf16), CU_SCAN_ENTRY(op##_f32), CU_SCAN_ENTRY(op##_f64), {},         \
            CU_SCAN_ENTRY(op##_c128),                                                              \
    }
const cu_scan_kernel cu_scan_sum[FM_DTYPE_COUNT] = TABLE(sum);
const cu_scan_kernel cu_scan_prod[FM_DTYPE_COUNT] = TABLE(prod);
