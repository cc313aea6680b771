/* Elementwise kernels that float16 and bfloat16 have of their own: the others compute in float32.
 */
#include "map_kernel.h"

#include "scalar/half.h"

namespace {

#define MAP_N(id)
#define MAP_S(id)
#define MAP_P(id)
#define MAP_H(id)                                                                                  \
    struct map_##id##_f16 : cu_function<cu_f16, cu_f16> {                                          \
        static __device__ uint16_t apply(uint16_t a, uint16_t b) { return fm_##id##_f16(a, b); }   \
    };                                                                                             \
    struct map_##id##_bf16 : cu_function<cu_bf16, cu_bf16> {                                       \
        static __device__ uint16_t apply(uint16_t a, uint16_t b) { return fm_##id##_bf16(a, b); }  \
    };
#define MAP_D(id)
#define FM_BINARY(id, b, i, f, c, ...) MAP_##f(id)
#include "ops/binary.def"
#undef FM_BINARY

} // namespace

#define ENTRY_N(id, suffix) CU_MAP_NONE,
#define ENTRY_S(id, suffix) CU_MAP_NONE,
#define ENTRY_P(id, suffix) CU_MAP_NONE,
#define ENTRY_D(id, suffix) CU_MAP_NONE,
#define ENTRY_H(id, suffix) CU_MAP_ENTRY(map_##id##_##suffix, 2),

#define FM_BINARY(id, b, i, f, c, ...) ENTRY_##f(id, f16)
const cu_map_kernel cu_binary_f16[FM_BINARY_COUNT] = {
#include "ops/binary.def"
};
#undef FM_BINARY

#define FM_BINARY(id, b, i, f, c, ...) ENTRY_##f(id, bf16)
const cu_map_kernel cu_binary_bf16[FM_BINARY_COUNT] = {
#include "ops/binary.def"
};
#undef FM_BINARY
