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
