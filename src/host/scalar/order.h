/* Unsigned integers in the order of elements: fm_order_<dtype>(x), of the element's size, and its
   inverse fm_unorder_<dtype>. NaN of either sign is the largest, behind infinity; -0 comes right
   before 0. fm_rank_<dtype> is the same with both zeros equal, as comparisons have them.

   Complex elements have ranks of twice their real part's size, by real and then imaginary part;
   those with NaN come last: first with an imaginary NaN, by real part, then with a real NaN, by
   imaginary part, then with both. As a finite order never reaches the largest keys, these are where
   the three kinds begin. */
#ifndef FM_SCALAR_ORDER_H
#define FM_SCALAR_ORDER_H

#include "scalar/half.h"
#include "scalar/types.h"

#define FM_ORDER_OF_UNSIGNED(suffix, type)                                                         \
    FM_FN type fm_order_##suffix(type x) {                                                         \
        return x;                                                                                  \
    }                                                                                              \
    FM_FN type fm_unorder_##suffix(type key) {                                                     \
        return key;                                                                                \
    }                                                                                              \
    FM_FN type fm_rank_##suffix(type x) {                                                          \
        return x;                                                                                  \
    }
FM_ORDER_OF_UNSIGNED(b8, uint8_t)
FM_ORDER_OF_UNSIGNED(u8, uint8_t)
FM_ORDER_OF_UNSIGNED(u16, uint16_t)
FM_ORDER_OF_UNSIGNED(u32, uint32_t)
FM_ORDER_OF_UNSIGNED(u64, uint64_t)
#undef FM_ORDER_OF_UNSIGNED

/* Two's complement with the sign bit turned over. */
#define FM_ORDER_OF_SIGNED(suffix, type, key_type, sign)                                           \
    FM_FN key_type fm_order_##suffix(type x) {                                                     \
        return (key_type)((key_type)x ^ (key_type)(sign));                                         \
    }                                                                                              \
    FM_FN type fm_unorder_##suffix(key_type key) {                                                 \
        return (type)(key_type)(key ^ (key_type)(sign));                                           \
    }                                                                                              \
    FM_FN key_type fm_rank_##suffix(type x) {                                                      \
        return fm_order_##suffix(x);                                                               \
    }
FM_ORDER_OF_SIGNED(i8, int8_t, uint8_t, 0x80)
FM_ORDER_OF_SIGNED(i16, int16_t, uint16_t, 0x8000)
FM_ORDER_OF_SIGNED(i32, int32_t, uint32_t, 0x80000000u)
FM_ORDER_OF_SIGNED(i64, int64_t, uint64_t, 0x8000000000000000u)
#undef FM_ORDER_OF_SIGNED

/* Magnitudes are ordered as their bits: those below zero are turned over, the others get the sign
   bit. */
#define FM_ORDER_OF_BITS(suffix, key_type, sign, infinity)                                         \
    FM_FN key_type fm_order_bits_##suffix(key_type bits) {                                         \
        key_type magnitude = (key_type)(bits & (key_type) ~(key_type)(sign));                      \
        key_type key =                                                                             \
            (key_type)((bits & (key_type)(sign)) != 0 ? ~bits : bits | (key_type)(sign));          \
        return magnitude > (key_type)(infinity) ? (key_type) ~(key_type)0 : key;                   \
    }                                                                                              \
    FM_FN key_type fm_unorder_bits_##suffix(key_type key) {                                        \
        return (key_type)((key & (key_type)(sign)) != 0 ? key & (key_type) ~(key_type)(sign)       \
                                                        : ~key);                                   \
    }                                                                                              \
    FM_FN key_type fm_rank_bits_##suffix(key_type bits) {                                          \
        return fm_order_bits_##suffix(bits == (key_type)(sign) ? (key_type)0 : bits);              \
    }
FM_ORDER_OF_BITS(f16, uint16_t, 0x8000, 0x7c00)
FM_ORDER_OF_BITS(bf16, uint16_t, 0x8000, 0x7f80)
FM_ORDER_OF_BITS(f32, uint32_t, 0x80000000u, 0x7f800000u)
FM_ORDER_OF_BITS(f64, uint64_t, 0x8000000000000000u, 0x7ff0000000000000u)
#undef FM_ORDER_OF_BITS

#define FM_ORDER_OF_STORED(suffix, type, key_type, to_bits, of_bits)                               \
    FM_FN key_type fm_order_##suffix(type x) {                                                     \
        return fm_order_bits_##suffix(to_bits(x));                                                 \
    }                                                                                              \
    FM_FN type fm_unorder_##suffix(key_type key) {                                                 \
        return of_bits(fm_unorder_bits_##suffix(key));                                             \
    }                                                                                              \
    FM_FN key_type fm_rank_##suffix(type x) {                                                      \
        return fm_rank_bits_##suffix(to_bits(x));                                                  \
    }
FM_ORDER_OF_STORED(f16, uint16_t, uint16_t, (uint16_t), (uint16_t))
FM_ORDER_OF_STORED(bf16, uint16_t, uint16_t, (uint16_t), (uint16_t))
FM_ORDER_OF_STORED(f32, float, uint32_t, fm_bits_of_f32, fm_f32_of_bits)
FM_ORDER_OF_STORED(f64, double, uint64_t, fm_bits_of_f64, fm_f64_of_bits)
#undef FM_ORDER_OF_STORED

/* high is compared first. */
typedef struct fm_rank128 {
    uint64_t high, low;
} fm_rank128;

FM_FN uint64_t fm_rank_c64(fm_c64 z) {
    uint32_t re = fm_rank_f32(z.re), im = fm_rank_f32(z.im);
    bool re_nan = z.re != z.re, im_nan = z.im != z.im;
    if (!re_nan && !im_nan) return (uint64_t)re << 32 | im;
    if (!re_nan) return (uint64_t)0xfffffff0u << 32 | re;
    if (!im_nan) return (uint64_t)0xfffffff1u << 32 | im;
    return ~(uint64_t)0;
}

FM_FN fm_rank128 fm_rank_c128(fm_c128 z) {
    fm_rank128 rank = {fm_rank_f64(z.re), fm_rank_f64(z.im)};
    bool re_nan = z.re != z.re, im_nan = z.im != z.im;
    if (im_nan && !re_nan) {
        rank.low = rank.high;
        rank.high = 0xfffffffffffffff0u;
    }
    if (re_nan && !im_nan) rank.high = 0xfffffffffffffff1u;
    return rank;
}

/* Whether a comes before b, by what fm_rank_<dtype> gave. */
FM_FN bool fm_before(uint64_t a, uint64_t b) {
    return a < b;
}
FM_FN bool fm_before_128(fm_rank128 a, fm_rank128 b) {
    return a.high < b.high || (a.high == b.high && a.low < b.low);
}

#endif
