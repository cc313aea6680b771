/* The loops of sorting and searching over elements of every dtype. */
#include "cpu/sort.h"
#include "cpu/map_loop.h"
#include "scalar/order.h"

#include <string.h>

#define TO_KEYS(suffix, type, key_type)                                                            \
    static void to_keys_##suffix(int64_t n, const void *in, void *keys) {                          \
        const type *x = in;                                                                        \
        key_type *k = keys;                                                                        \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) k[i] = fm_order_##suffix(x[i]);                            \
    }                                                                                              \
    static void from_keys_##suffix(int64_t n, const void *keys, void *out) {                       \
        const key_type *k = keys;                                                                  \
        type *y = out;                                                                             \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) y[i] = fm_unorder_##suffix(k[i]);                          \
    }

#define RANKS(suffix, type, key_type)                                                              \
    static void ranks_##suffix(int64_t n, const void *in, uint64_t *ranks) {                       \
        const type *x = in;                                                                        \
        FM_INDEPENDENT                                                                             \
        for (int64_t i = 0; i < n; i++) ranks[i] = fm_rank_##suffix(x[i]);                         \
    }

/* A step halves the places left without a branch: the first of them is moved where the element in
   their middle comes before the needle (or, with right, not behind it). Several needles go down
   together, so that their loads overlap. */
#define SEARCH(suffix, type, key_type, before)                                                     \
    FM_FN void find_##suffix(int64_t n, const type *a, const int count, const type *needles,       \
                             const bool right, int64_t *out) {                                     \
        key_type needle[SOME];                                                                     \
        int64_t first[SOME] = {0}, left = n;                                                       \
        for (int k = 0; k < count; k++) needle[k] = fm_rank_##suffix(needles[k]);                  \
        for (; left > 1; left -= left / 2) {                                                       \
            for (int k = 0; k < count; k++) {                                                      \
                key_type middle = fm_rank_##suffix(a[first[k] + left / 2 - 1]);                    \
                bool beyond = right ? !before(needle[k], middle) : before(middle, needle[k]);      \
                first[k] += beyond ? left / 2 : 0;                                                 \
            }                                                                                      \
        }                                                                                          \
        for (int k = 0; k < count; k++) {                                                          \
            key_type last = fm_rank_##suffix(a[first[k]]);                                         \
            bool beyond = right ? !before(needle[k], last) : before(last, needle[k]);              \
            out[k] = first[k] + beyond;                                                            \
        }                                                                                          \
    }                                                                                              \
    static void search_##suffix(int64_t n, const void *a, int64_t m, const void *needles,          \
                                bool right, int64_t *out) {                                        \
        const type *x = needles;                                                                   \
        int64_t i = 0;                                                                             \
        if (n == 0) {                                                                              \
            memset(out, 0, (size_t)m * sizeof *out);                                               \
            return;                                                                                \
        }                                                                                          \
        for (; i + SOME <= m; i += SOME) {                                                         \
            if (right)                                                                             \
                find_##suffix(n, a, SOME, x + i, true, out + i);                                   \
            else                                                                                   \
                find_##suffix(n, a, SOME, x + i, false, out + i);                                  \
        }                                                                                          \
        for (; i < m; i++) find_##suffix(n, a, 1, x + i, right, out + i);                          \
    }

#define HEADS(suffix, type, differ, is_nan)                                                        \
    static void heads_##suffix(int64_t begin, int64_t end, const void *in, bool equal_nan,         \
                               uint8_t *out) {                                                     \
        const type *x = in;                                                                        \
        if (begin == 0 && end > 0) out[begin++] = 1;                                               \
        if (equal_nan)                                                                             \
            for (int64_t i = begin; i < end; i++)                                                  \
                out[i] = differ(x[i - 1], x[i]) & !(is_nan(x[i - 1]) & is_nan(x[i]));              \
        else                                                                                       \
            for (int64_t i = begin; i < end; i++) out[i] = differ(x[i - 1], x[i]);                 \
    }
#define DIFFER(a, b)     ((a) != (b))
#define NEVER(x)         ((void)(x), 0)
#define IS_NAN(x)        ((x) != (x))
#define CPX_DIFFER(a, b) (((a).re != (b).re) | ((a).im != (b).im))
#define CPX_NAN(z)       (((z).re != (z).re) | ((z).im != (z).im))
/* Halves are compared as bits: zeros of either sign are equal, NaN differs. */
#define F16_NAN(x)             (((x)&0x7fff) > 0x7c00)
#define BF16_NAN(x)            (((x)&0x7fff) > 0x7f80)
#define HALF_DIFFER(a, b, nan) (((a) != (b) && (((a) | (b)) & 0x7fff) != 0) || nan(a))
#define F16_DIFFER(a, b)       HALF_DIFFER(a, b, F16_NAN)
#define BF16_DIFFER(a, b)      HALF_DIFFER(a, b, BF16_NAN)

enum { SOME = 8 };

#define REAL(suffix, type, key_type)                                                               \
    TO_KEYS(suffix, type, key_type)                                                                \
    RANKS(suffix, type, key_type)                                                                  \
    SEARCH(suffix, type, key_type, fm_before)

REAL(b8, uint8_t, uint8_t)
REAL(i8, int8_t, uint8_t)
REAL(i16, int16_t, uint16_t)
REAL(i32, int32_t, uint32_t)
REAL(i64, int64_t, uint64_t)
REAL(u8, uint8_t, uint8_t)
REAL(u16, uint16_t, uint16_t)
REAL(u32, uint32_t, uint32_t)
REAL(u64, uint64_t, uint64_t)
REAL(f16, uint16_t, uint16_t)
REAL(bf16, uint16_t, uint16_t)
REAL(f32, float, uint32_t)
REAL(f64, double, uint64_t)

#define INT_HEADS(suffix, dtype, type) HEADS(suffix, type, DIFFER, NEVER)
#define FLT_HEADS(suffix, dtype, type) HEADS(suffix, type, DIFFER, IS_NAN)
#define CPX_HEADS(suffix, dtype, type) HEADS(suffix, type, CPX_DIFFER, CPX_NAN)
HEADS(b8, uint8_t, DIFFER, NEVER)
FM_EACH_INT(INT_HEADS)
FM_EACH_FLT(FLT_HEADS)
FM_EACH_CPX(CPX_HEADS)
HEADS(f16, uint16_t, F16_DIFFER, F16_NAN)
HEADS(bf16, uint16_t, BF16_DIFFER, BF16_NAN)

RANKS(c64, fm_c64, uint64_t)
SEARCH(c64, fm_c64, uint64_t, fm_before)
SEARCH(c128, fm_c128, fm_rank128, fm_before_128)

static void ranks_c128(int64_t n, const void *in, uint64_t *ranks) {
    const fm_c128 *x = in;
    for (int64_t i = 0; i < n; i++) ranks[i] = fm_rank_c128(x[i]).high;
}

static void ranks_low_c128(int64_t n, const void *in, uint64_t *ranks) {
    const fm_c128 *x = in;
    for (int64_t i = 0; i < n; i++) ranks[i] = fm_rank_c128(x[i]).low;
}

#define ENTRY(suffix, dtype, type)                                                                 \
    [dtype] = {to_keys_##suffix, from_keys_##suffix, ranks_##suffix, NULL,                         \
               search_##suffix,  heads_##suffix},
const fm_sort_kernel FM_ISA_NAME(fm_sort)[FM_DTYPE_COUNT] = {
    ENTRY(b8, FM_BOOL, uint8_t) FM_EACH_INT(ENTRY) FM_EACH_HALF(ENTRY)
        FM_EACH_FLT(ENTRY)[FM_COMPLEX64] = {NULL, NULL, ranks_c64, NULL, search_c64, heads_c64},
    [FM_COMPLEX128] = {NULL, NULL, ranks_c128, ranks_low_c128, search_c128, heads_c128}};

void FM_ISA_NAME(fm_range)(int64_t n, const uint64_t *x, uint64_t *least, uint64_t *most) {
    uint64_t low = UINT64_MAX, high = 0;
    for (int64_t i = 0; i < n; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    *least = low;
    *most = high;
}

void FM_ISA_NAME(fm_sides)(int64_t n, const uint64_t *x, uint64_t value, int64_t *below,
                           int64_t *equal) {
    int64_t less = 0, same = 0;
    for (int64_t i = 0; i < n; i++) {
        less += x[i] < value;
        same += x[i] == value;
    }
    *below = less;
    *equal = same;
}
