/* The IDX format of MNIST: a magic that holds dtype and rank, big-endian extents, the elements. */
#ifndef FM_HOST_IO_IDX_H
#define FM_HOST_IO_IDX_H

#include "io/io.h"

/*
 * Reads `size` bytes that are a whole IDX file, gzip or plain, of uint8, int8, int16, int32,
 * float32 or float64; close the array with fm_io_array_close. FM_ERR_FORMAT: damaged, cut, or
 * followed by more; FM_ERR_DTYPE: an element code that IDX does not have.
 */
fm_status fm_io_idx_read(fm_io *io, const char *name, const void *bytes, size_t size,
                         fm_io_array *out) FM_MUST_CHECK;
fm_status fm_io_idx_load(fm_io *io, const char *path, fm_io_array *out) FM_MUST_CHECK;

/* Which half of a directory of MNIST's four files. */
typedef enum fm_io_idx_part { FM_IO_IDX_TRAIN, FM_IO_IDX_TEST } fm_io_idx_part;

/*
 * Loads `train-images-idx3-ubyte` and `train-labels-idx1-ubyte` of a directory, or the two `t10k-`
 * files; a '.' may stand before `idx`, and `.gz` at the end. images becomes uint8 (n, height,
 * width), labels uint8 (n,). FM_ERR_NOT_FOUND names what was looked for; FM_ERR_SHAPE names both
 * files when their counts differ.
 */
fm_status fm_io_idx_load_pair(fm_io *io, const char *directory, fm_io_idx_part part,
                              fm_io_array *images, fm_io_array *labels) FM_MUST_CHECK;

#endif
