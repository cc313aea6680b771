/* Numbers by value as elements, and the sizes of dtypes. */
#include "cpu/scalar_value.h"
#include "cpu/map.h"
#include "scalar/types.h"

size_t fm_cpu_dtype_size(fm_dtype dtype) {
#define SIZE(suffix, number, type) [number] = sizeof(type),
    static const uint8_t sizes[FM_DTYPE_COUNT] = {FM_EACH_DTYPE(SIZE)};
#undef SIZE
    return sizes[dtype];
}

static bool is_half(fm_dtype dtype) {
    return dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
}

fm_dtype fm_cpu_half(const fm_kernel_call *call) {
    fm_dtype half = FM_DTYPE_NONE;
    if (call->compute != FM_FLOAT32) return half;
    for (int i = 0; i < call->nin; i++) {
        if (!call->in[i] || (call->by_value >> i & 1)) continue;
        fm_dtype dtype = call->in[i]->dtype;
        bool narrow = dtype == FM_BOOL || dtype == FM_INT8 || dtype == FM_UINT8;
        if (!narrow && (!is_half(dtype) || (half && half != dtype))) return FM_DTYPE_NONE;
        if (!narrow) half = dtype;
    }
    return half;
}

void fm_scalar_store(fm_scalar scalar, fm_dtype half, fm_dtype dtype, void *element) {
    const fm_map_table *map = fm_map();
    uint8_t truth = scalar.value.i != 0;
    const void *value = scalar.dtype == FM_BOOL ? (const void *)&truth : &scalar.value;
    uint16_t rounded;
    if (half && fm_cpu_dtype_size(scalar.dtype) > 2) {
        map->convert[scalar.dtype][half](1, value, &rounded);
        map->convert[half][dtype](1, &rounded, element);
        return;
    }
    map->convert[scalar.dtype][dtype](1, value, element);
}
