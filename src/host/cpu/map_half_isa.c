/* Map kernels that float16 and bfloat16 have of their own: the others compute in float32. */
#include "cpu/map_dtype.h"
#include "scalar/half.h"

FM_LOOP2(nextafter_f16, fm_nextafter_f16, uint16_t, uint16_t)
FM_LOOP2(nextafter_bf16, fm_nextafter_bf16, uint16_t, uint16_t)

const fm_map_fn FM_ISA_NAME(fm_binary_f16)[FM_BINARY_COUNT] = {
    [FM_BINARY_nextafter] = nextafter_f16,
};
const fm_map_fn FM_ISA_NAME(fm_binary_bf16)[FM_BINARY_COUNT] = {
    [FM_BINARY_nextafter] = nextafter_bf16,
};
