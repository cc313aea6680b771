/* Elements of an array of real numbers, read as doubles and walked in row-major order. */
#ifndef FM_HOST_IO_REAL_H
#define FM_HOST_IO_REAL_H

#include "io/io.h"

/* Whether fm_io_real_at can read the dtype: bool, integers, float16, float32, float64. */
bool fm_io_is_real(fm_dtype dtype);

/* The element at a place in memory; 64-bit integers past 2^53 are rounded to the nearest double. */
double fm_io_real_at(const fm_io_array *array, uint64_t index);

/* Visits all elements last axis fastest, whichever axis is fastest in memory. */
typedef struct fm_io_walk {
    const fm_io_array *array;
    uint64_t index; /* place in memory of the present element */
    int64_t at[FM_MAX_NDIM];
    int64_t step[FM_MAX_NDIM]; /* in elements */
} fm_io_walk;

fm_io_walk fm_io_walk_start(const fm_io_array *array);
void fm_io_walk_next(fm_io_walk *walk);

#endif
