/* Kernels that move elements by their size alone, and the table of all kernels of this level. */
#include "cpu/map_dtype.h"

typedef struct bytes16 {
    uint64_t low, high;
} bytes16;

#define DEFINE(type, bytes)                                                                        \
    static void gather_##bytes(int64_t n, const void *in, int64_t stride, void *out) {             \
        const type *a = in;                                                                        \
        type *o = out;                                                                             \
        if (stride == 0) {                                                                         \
            FM_INDEPENDENT                                                                         \
            for (int64_t i = 0; i < n; i++) o[i] = *a;                                             \
            return;                                                                                \
        }                                                                                          \
        for (int64_t i = 0; i < n; i++) o[i] = a[i * stride];                                      \
    }                                                                                              \
    static void scatter_##bytes(int64_t n, const void *in, int64_t stride, void *out) {            \
        const type *a = in;                                                                        \
        type *o = out;                                                                             \
        for (int64_t i = 0; i < n; i++) o[i * stride] = a[i];                                      \
    }                                                                                              \
    static void where_##bytes(int64_t n, void *const *in, void *out) {                             \
        const uint8_t *condition = in[0];                                                          \
        const type *a = in[1], *b = in[2];                                                         \
        type *o = out;                                                                             \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) o[i] = condition[i] ? a[i] : b[i];                         \
    }
DEFINE(uint8_t, 1)
DEFINE(uint16_t, 2)
DEFINE(uint32_t, 4)
DEFINE(uint64_t, 8)
DEFINE(bytes16, 16)

#define UNARY(suffix, dtype, type)   [dtype] = FM_ISA_NAME(fm_unary_##suffix),
#define BINARY(suffix, dtype, type)  [dtype] = FM_ISA_NAME(fm_binary_##suffix),
#define TERNARY(suffix, dtype, type) [dtype] = FM_ISA_NAME(fm_ternary_##suffix),
const fm_map_table FM_ISA_NAME(fm_map) = {
    .unary = {UNARY(b8, FM_BOOL, ) FM_EACH_INT(UNARY) FM_EACH_FLT(UNARY) FM_EACH_CPX(UNARY)},
    .binary = {BINARY(b8, FM_BOOL, ) FM_EACH_INT(BINARY) FM_EACH_HALF(BINARY) FM_EACH_FLT(BINARY)
                   FM_EACH_CPX(BINARY)},
    .ternary = {TERNARY(b8, FM_BOOL, ) FM_EACH_INT(TERNARY) FM_EACH_FLT(TERNARY)
                    FM_EACH_CPX(TERNARY)},
    .mixed = FM_ISA_NAME(fm_mixed),
    .where = {where_1, where_2, where_4, where_8, where_16},
    .gather = {gather_1, gather_2, gather_4, gather_8, gather_16},
    .scatter = {scatter_1, scatter_2, scatter_4, scatter_8, scatter_16},
    .arange = FM_ISA_NAME(fm_arange),
    .convert = FM_ISA_NAME(fm_convert),
};
