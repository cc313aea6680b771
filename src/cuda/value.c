/* Numbers by value as elements of a dtype, and the sizes of dtypes. */
#include "value.h"

#include "scalar/convert.h"

size_t cu_dtype_size(fm_dtype dtype) {
#define SIZE(suffix, number, type) [number] = sizeof(type),
    static const uint8_t sizes[FM_DTYPE_COUNT] = {FM_EACH_DTYPE(SIZE)};
#undef SIZE
    return sizes[dtype];
}

/* The value x of kind `from` as one element of dtype. */
#define STORE(from, to, number, type)                                                              \
    case number: {                                                                                 \
        const type y = fm_##from##_to_##to(x);                                                     \
        memcpy(element, &y, sizeof y);                                                             \
        break;                                                                                     \
    }
#define STORE_BOOL(to, number, type)    STORE(b8, to, number, type)
#define STORE_INT(to, number, type)     STORE(i64, to, number, type)
#define STORE_UINT(to, number, type)    STORE(u64, to, number, type)
#define STORE_FLOAT(to, number, type)   STORE(f64, to, number, type)
#define STORE_COMPLEX(to, number, type) STORE(c128, to, number, type)
#define DEFINE(name, type_of_x, all)                                                               \
    static void store_##name(type_of_x x, fm_dtype dtype, void *element) {                         \
        switch (dtype) {                                                                           \
            FM_EACH_DTYPE(all)                                                                     \
        case FM_DTYPE_NONE:                                                                        \
        case FM_DTYPE_COUNT:                                                                       \
            break;                                                                                 \
        }                                                                                          \
    }
DEFINE(bool, uint8_t, STORE_BOOL)
DEFINE(int, int64_t, STORE_INT)
DEFINE(uint, uint64_t, STORE_UINT)
DEFINE(float, double, STORE_FLOAT)
DEFINE(complex, fm_c128, STORE_COMPLEX)

static void store(fm_scalar s, fm_dtype dtype, void *element) {
    if (s.dtype == FM_BOOL)
        store_bool(s.value.i != 0, dtype, element);
    else if (s.dtype >= FM_INT8 && s.dtype <= FM_INT64)
        store_int(s.value.i, dtype, element);
    else if (s.dtype >= FM_UINT8 && s.dtype <= FM_UINT64)
        store_uint(s.value.u, dtype, element);
    else if (s.dtype >= FM_COMPLEX64)
        store_complex((fm_c128){s.value.c[0], s.value.c[1]}, dtype, element);
    else
        store_float(s.value.f, dtype, element);
}

void cu_value_store(fm_scalar scalar, fm_dtype half, fm_dtype dtype, void *element) {
    uint16_t bits = 0;
    if (!half || cu_dtype_size(scalar.dtype) <= 2) {
        store(scalar, dtype, element);
        return;
    }
    store(scalar, half, &bits);
    const float rounded = half == FM_FLOAT16 ? fm_f16_to_f32(bits) : fm_bf16_to_f32(bits);
    store((fm_scalar){FM_FLOAT64, {.f = (double)rounded}}, dtype, element);
}
