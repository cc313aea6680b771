/* Integers of a range without bias, and the words of permutations' keys.

   D. Lemire, Fast random integer generation in an interval, ACM Trans. Model. Comput. Simul. 29
   (2019). The word of an element is that at its position in subsequence 0; the few that are
   rejected are drawn anew from the element's own subsequence. A range whose width fits 32 bits
   takes one word of 32 bits, a wider one takes two. */
#ifndef FM_SCALAR_SAMPLE_WHOLE_H
#define FM_SCALAR_SAMPLE_WHOLE_H

#include "scalar/sample_stream.h"

/* The upper half of a product of 128 bits, from products of 32 bits, which vectorise. */
FM_FN uint64_t fm_multiply_high(uint64_t x, uint64_t y) {
    uint64_t xl = x & 0xffffffffu, xh = x >> 32, yl = y & 0xffffffffu, yh = y >> 32;
    uint64_t low = xl * yl, middle = xh * yl + (low >> 32);
    uint64_t other = xl * yh + (middle & 0xffffffffu);
    return xh * yh + (middle >> 32) + (other >> 32);
}

/* low + an integer in [0, width]; threshold: words whose product's lower half is less are rejected.
 */
typedef struct fm_whole_range {
    uint64_t low, width, threshold;
} fm_whole_range;

FM_FN fm_whole_range fm_whole_range_of(uint64_t low, uint64_t width) {
    fm_whole_range range = {low, width, 0};
    uint64_t count = width + 1;
    if (width <= 0xffffffffu)
        range.threshold = ((uint64_t)1 << 32) % count;
    else if (count != 0)
        range.threshold = (0 - count) % count;
    return range;
}

/* width <= 2^32 - 1. False: rejected. */
FM_FN bool fm_whole_narrow(const fm_whole_range *range, uint32_t word, uint64_t *out) {
    uint64_t product = (uint64_t)word * (range->width + 1);
    *out = range->low + (product >> 32);
    return (uint32_t)product >= (uint32_t)range->threshold;
}

FM_FN bool fm_whole_wide(const fm_whole_range *range, uint64_t word, uint64_t *out) {
    uint64_t count = range->width + 1;
    uint64_t high = fm_multiply_high(word, count);
    *out = range->low + (count == 0 ? word : high);
    return (count == 0) | (word * count >= range->threshold);
}

/* Further words of an element whose first was rejected. */
FM_FN uint64_t fm_whole_again(const fm_whole_range *range, bool narrow, uint64_t seed,
                              uint64_t position) {
    fm_stream stream = fm_stream_at(seed, position);
    uint64_t x = 0;
    for (;;) {
        uint64_t word = fm_stream_next(&stream).first;
        bool taken =
            narrow ? fm_whole_narrow(range, (uint32_t)word, &x) : fm_whole_wide(range, word, &x);
        if (taken) return x;
    }
}

FM_FN uint64_t fm_whole_draw(const fm_whole_range *range, bool narrow, uint64_t seed,
                             uint64_t position) {
    uint64_t x = 0;
    bool taken = narrow ? fm_whole_narrow(range, fm_random_word(seed, position), &x)
                        : fm_whole_wide(range, fm_random_word64(seed, position), &x);
    return taken ? x : fm_whole_again(range, narrow, seed, position);
}

#endif
