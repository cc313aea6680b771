/* What every reader and writer of this room shares: memory, the message of a failure, bytes,
 * arrays. */
#ifndef FM_HOST_IO_IO_H
#define FM_HOST_IO_IO_H

#include <flopmeter/tensor.h>

#define FM_IO_MESSAGE 384

/*
 * One caller's view of the room: where memory comes from, how much a file may ask for, and the one
 * line that explains the last failure. Serves one thread at a time; fm_io_init gives malloc and
 * free.
 */
typedef struct fm_io {
    void *(*allocate)(void *user, size_t bytes); /* NULL when there is none */
    void (*release)(void *user, void *pointer);
    void *user;
    uint64_t max_bytes; /* the largest single block that a file may ask for */
    char message[FM_IO_MESSAGE];
} fm_io;

/* Bytes that grow. After every success data[size] is 0, so text can be read as a C string. */
typedef struct fm_io_buffer {
    uint8_t *data;
    size_t size;
    size_t capacity;
} fm_io_buffer;

/*
 * A dense array in native byte order. data points into memory, which the array owns: an allocation
 * of the fm_io that filled it, or a read-only mapping of `mapped` bytes. fm_io_array_close gives it
 * back. An array made to be written only needs dtype, rank, shape, fortran_order and data.
 */
typedef struct fm_io_array {
    fm_dtype dtype;
    int rank;
    int64_t shape[FM_MAX_NDIM];
    bool fortran_order; /* first axis fastest; otherwise the last one */
    uint64_t count;     /* elements */
    uint64_t bytes;     /* count times the size of one */
    const void *data;
    void *memory;
    size_t mapped;
} fm_io_array;

/* Takes all bytes, or gives a status. */
typedef fm_status (*fm_io_write_fn)(void *user, const void *bytes, size_t size);

void fm_io_init(fm_io *io);

/* Writes the message: one line, so control characters become '?'. */
void fm_io_explain(fm_io *io, const char *format, ...) FM_PRINTF(2, 3);

/* Explains a failure and is its status; a macro, so that readers of the code see that it is one. */
#define fm_io_fail(io, status, ...) (fm_io_explain((io), __VA_ARGS__), (status))

/* At least one byte; FM_ERR_MEMORY names `what` when it is above max_bytes or there is no memory.
 */
fm_status fm_io_alloc(fm_io *io, const char *what, uint64_t bytes, void **out) FM_MUST_CHECK;
void fm_io_free(fm_io *io, void *pointer);

fm_status fm_io_buffer_reserve(fm_io *io, fm_io_buffer *buffer, uint64_t capacity) FM_MUST_CHECK;

/* Room for at least `needed` bytes of content, and for as many again where the limit allows. */
fm_status fm_io_buffer_grow(fm_io *io, fm_io_buffer *buffer, uint64_t needed) FM_MUST_CHECK;
fm_status fm_io_buffer_append(fm_io *io, fm_io_buffer *buffer, const void *bytes,
                              size_t size) FM_MUST_CHECK;
void fm_io_buffer_close(fm_io *io, fm_io_buffer *buffer);

/*
 * Fills count and bytes from dtype, rank and shape. FM_ERR_OVERFLOW when the product does not fit
 * 63 bits, FM_ERR_SHAPE for a rank or an extent out of range; `name` opens the message.
 */
fm_status fm_io_array_measure(fm_io *io, const char *name, fm_io_array *array) FM_MUST_CHECK;

/* Distance in bytes between neighbours along each axis. */
void fm_io_array_strides(const fm_io_array *array, int64_t strides[FM_MAX_NDIM]);

/* Writes the shape as Python does, `(2, 3)`, cut to `size`. Returns text. */
const char *fm_io_shape_text(const fm_io_array *array, char *text, size_t size);

/*
 * Moves `array->bytes` bytes at `offset` of the buffer into the array, which then owns them; the
 * buffer is left empty. The data is aligned to 16 bytes. With `swap` each scalar is turned round.
 * FM_ERR_FORMAT when a bool is neither 0 nor 1; the buffer then still owns its bytes.
 */
fm_status fm_io_array_adopt(fm_io *io, const char *name, fm_io_array *array, fm_io_buffer *buffer,
                            size_t offset, bool swap) FM_MUST_CHECK;

/* Turns every scalar of `count` elements round, in place; a complex element is two scalars. */
void fm_io_swap(void *data, fm_dtype dtype, uint64_t count);

/* FM_ERR_FORMAT names the first bool element that is neither 0 nor 1; other dtypes pass. */
fm_status fm_io_check_bools(fm_io *io, const char *name, const void *data, fm_dtype dtype,
                            uint64_t count) FM_MUST_CHECK;

void fm_io_array_close(fm_io *io, fm_io_array *array);

#endif
