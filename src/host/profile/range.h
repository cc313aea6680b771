/* The range of an array's values, and arrays filled uniformly from it. */
#ifndef FM_PROFILE_RANGE_H
#define FM_PROFILE_RANGE_H

#include <flopmeter/dtype.h>

/* Minimum and maximum: of bool and integers in the one that their kind has, of floats in real[0],
   of complex numbers by parts. */
typedef struct fm_range {
    int64_t int_low, int_high;
    uint64_t uint_low, uint_high;
    struct {
        double low, high;
    } real[2];
} fm_range;

/* Of count >= 1 elements. FM_ERR_ARGUMENT: NaN or an infinity is among them. */
fm_status fm_range_of(const void *data, fm_dtype dtype, size_t count, fm_range *range,
                      fm_error *error);

/* Fills count elements uniformly between low and high, both included; the same seed gives the same
   values. */
void fm_range_fill(const fm_range *range, uint64_t seed, fm_dtype dtype, void *data, size_t count);

#endif
