/* NumPy's .npy format, versions 1 to 3, as numpy.lib.format describes it. */
#ifndef FM_HOST_IO_NPY_H
#define FM_HOST_IO_NPY_H

#include "io/file.h"
#include "io/io.h"

/* What the header says. array has no data yet. */
typedef struct fm_io_npy_header {
    fm_io_array array;
    int version;        /* 1, 2 or 3 */
    bool swap;          /* the data is in the other byte order than this machine's */
    size_t data_offset; /* from the first byte of the file */
} fm_io_npy_header;

/*
 * Reads the header of `size` bytes that are a whole .npy file and holds it against their number.
 * `name` (a path, usually) opens every message. FM_ERR_FORMAT: damaged, cut, or followed by more;
 * FM_ERR_DTYPE: text, objects, structures, 128-bit floats; FM_ERR_OVERFLOW: the shape's product.
 */
fm_status fm_io_npy_parse(fm_io *io, const char *name, const void *bytes, size_t size,
                          fm_io_npy_header *out) FM_MUST_CHECK;

/*
 * Copies the elements into the caller's room, in native byte order and in the file's axis order
 * (out->array.fortran_order). FM_ERR_ARGUMENT when `room` is not exactly what the header needs.
 */
fm_status fm_io_npy_read_into(fm_io *io, const char *name, const void *bytes, size_t size,
                              void *destination, uint64_t room,
                              fm_io_npy_header *out) FM_MUST_CHECK;

/* The same into memory of its own; close the array with fm_io_array_close. */
fm_status fm_io_npy_read(fm_io *io, const char *name, const void *bytes, size_t size,
                         fm_io_array *out) FM_MUST_CHECK;

/* The same without a copy: the array takes the buffer's bytes. On failure the buffer keeps them. */
fm_status fm_io_npy_adopt(fm_io *io, const char *name, fm_io_buffer *buffer,
                          fm_io_array *out) FM_MUST_CHECK;

fm_status fm_io_npy_load(fm_io *io, const char *path, fm_io_array *out) FM_MUST_CHECK;

/*
 * Maps the file, read only, instead of reading it. FM_ERR_UNSUPPORTED when its elements cannot be
 * used as they lie: other byte order, first axis fastest, or not aligned to their size. The file
 * must not be cut while it is mapped.
 */
fm_status fm_io_npy_map(fm_io *io, const char *path, fm_io_array *out) FM_MUST_CHECK;

/*
 * Appends the header of a file in this machine's byte order. version 0 takes the oldest that can
 * hold it; 1 to 3 ask for one. The bytes equal what numpy.save writes. FM_ERR_DTYPE: bfloat16,
 * which .npy lacks.
 */
fm_status fm_io_npy_header_append(fm_io *io, const char *name, const fm_io_array *array,
                                  int version, fm_io_buffer *out) FM_MUST_CHECK;

/* Header and elements to a callback, and to a file that is replaced only when all is written. */
fm_status fm_io_npy_write(fm_io *io, const char *name, const fm_io_array *array,
                          fm_io_write_fn write, void *user) FM_MUST_CHECK;
fm_status fm_io_npy_save(fm_io *io, const char *path, const fm_io_array *array) FM_MUST_CHECK;

#endif
