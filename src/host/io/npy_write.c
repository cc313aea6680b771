/* Writing .npy files, byte for byte as numpy.save does. */
#include "io/npy.h"

#include <stdio.h>
#include <string.h>

/* numpy.lib.format: data starts at a multiple of 64, and the axis that may grow keeps 21 digits. */
#define NPY_ALIGN      64
#define NPY_GROW       21
#define NPY_DICTIONARY 2048 /* 64 axes of 19 digits, and the keys */

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define NATIVE(code) "<" code
#else
#define NATIVE(code) ">" code
#endif

/* Elements are written as they lie in memory, so the code names this machine's byte order. */
static const char *code_of(fm_dtype dtype) {
    static const char *const codes[] = {
        [FM_BOOL] = "|b1",
        [FM_INT8] = "|i1",
        [FM_UINT8] = "|u1",
        [FM_INT16] = NATIVE("i2"),
        [FM_INT32] = NATIVE("i4"),
        [FM_INT64] = NATIVE("i8"),
        [FM_UINT16] = NATIVE("u2"),
        [FM_UINT32] = NATIVE("u4"),
        [FM_UINT64] = NATIVE("u8"),
        [FM_FLOAT16] = NATIVE("f2"),
        [FM_FLOAT32] = NATIVE("f4"),
        [FM_FLOAT64] = NATIVE("f8"),
        [FM_COMPLEX64] = NATIVE("c8"),
        [FM_COMPLEX128] = NATIVE("c16"),
    };
    size_t index = (size_t)dtype;
    return index < sizeof codes / sizeof *codes ? codes[index] : NULL;
}

/* The dictionary with its spare digits, without the padding. Returns its length. */
static size_t dictionary(const fm_io_array *array, const char *code, char text[NPY_DICTIONARY]) {
    char shape[NPY_DICTIONARY - 128];
    int length = snprintf(
        text, NPY_DICTIONARY, "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", code,
        array->fortran_order ? "True" : "False", fm_io_shape_text(array, shape, sizeof shape));
    if (array->rank == 0) return (size_t)length;
    char digits[24];
    int64_t grows = array->shape[array->fortran_order ? array->rank - 1 : 0];
    int spare = NPY_GROW - snprintf(digits, sizeof digits, "%lld", (long long)grows);
    memset(text + length, ' ', (size_t)spare);
    return (size_t)length + (size_t)spare;
}

fm_status fm_io_npy_header_append(fm_io *io, const char *name, const fm_io_array *array,
                                  int version, fm_io_buffer *out) {
    const char *code = code_of(array->dtype);
    if (!code) {
        return fm_io_fail(io, FM_ERR_DTYPE, "%s: .npy has no name for dtype %s", name,
                          fm_dtype_name(array->dtype));
    }
    if (version < 0 || version > 3) {
        return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: .npy version is %d, expected 1, 2 or 3", name,
                          version);
    }
    fm_io_array measured = *array;
    fm_status status = fm_io_array_measure(io, name, &measured);
    if (status != FM_OK) return status;
    /* At FM_MAX_NDIM axes the dictionary is below the 65,535 bytes that version 1 can hold. */
    if (version == 0) version = 1;
    char text[NPY_DICTIONARY + NPY_ALIGN];
    size_t before = version == 1 ? 10 : 12, length = dictionary(array, code, text);
    size_t padding = NPY_ALIGN - (before + length + 1) % NPY_ALIGN;
    memset(text + length, ' ', padding);
    length += padding;
    text[length++] = '\n';
    uint8_t preamble[12] = "\x93NUMPY";
    preamble[6] = (uint8_t)version;
    preamble[8] = (uint8_t)(length & 0xff);
    preamble[9] = (uint8_t)(length >> 8);
    status = fm_io_buffer_append(io, out, preamble, before);
    return status == FM_OK ? fm_io_buffer_append(io, out, text, length) : status;
}

fm_status fm_io_npy_write(fm_io *io, const char *name, const fm_io_array *array,
                          fm_io_write_fn write, void *user) {
    fm_io_buffer header = {0};
    fm_io_array measured = *array;
    fm_status status = fm_io_npy_header_append(io, name, array, 0, &header);
    if (status == FM_OK) status = fm_io_array_measure(io, name, &measured);
    if (status == FM_OK) status = write(user, header.data, header.size);
    fm_io_buffer_close(io, &header);
    if (status != FM_OK || measured.bytes == 0) return status;
    return write(user, array->data, (size_t)measured.bytes);
}

typedef struct file_sink {
    fm_io *io;
    fm_io_replacement file;
} file_sink;

static fm_status write_to_file(void *user, const void *bytes, size_t size) {
    file_sink *sink = user;
    return fm_io_replace_write(sink->io, &sink->file, bytes, size);
}

fm_status fm_io_npy_save(fm_io *io, const char *path, const fm_io_array *array) {
    file_sink sink = {.io = io};
    fm_status status = fm_io_replace_begin(io, path, &sink.file);
    if (status != FM_OK) return status;
    status = fm_io_npy_write(io, path, array, write_to_file, &sink);
    if (status == FM_OK) return fm_io_replace_commit(io, &sink.file);
    fm_io_replace_abandon(io, &sink.file);
    return status;
}
