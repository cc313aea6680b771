/* Reading IDX files and the directories that MNIST and its relatives come in. */
#include "io/idx.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "io/file.h"
#include "io/gzip.h"

static fm_dtype dtype_of(uint8_t code) {
    switch (code) {
    case 0x08:
        return FM_UINT8;
    case 0x09:
        return FM_INT8;
    case 0x0b:
        return FM_INT16;
    case 0x0c:
        return FM_INT32;
    case 0x0d:
        return FM_FLOAT32;
    case 0x0e:
        return FM_FLOAT64;
    default:
        return FM_DTYPE_NONE;
    }
}

static fm_status parse_magic(fm_io *io, const char *name, const uint8_t *bytes, size_t size,
                             fm_io_array *array) {
    if (size < 4) {
        return fm_io_fail(io, FM_ERR_FORMAT, "%s: IDX header needs 4 bytes, but the file has %zu",
                          name, size);
    }
    if (bytes[0] || bytes[1]) {
        return fm_io_fail(io, FM_ERR_FORMAT,
                          "%s: is not an IDX file: it begins %02x %02x, not 00 00", name, bytes[0],
                          bytes[1]);
    }
    array->dtype = dtype_of(bytes[2]);
    if (array->dtype == FM_DTYPE_NONE) {
        return fm_io_fail(io, FM_ERR_DTYPE,
                          "%s: IDX element code is 0x%02x, expected 0x08, 0x09 or 0x0b to 0x0e",
                          name, bytes[2]);
    }
    array->rank = bytes[3];
    if (array->rank > FM_MAX_NDIM) {
        return fm_io_fail(io, FM_ERR_SHAPE, "%s: has %d axes, at most %d are supported", name,
                          array->rank, FM_MAX_NDIM);
    }
    return FM_OK;
}

/* Fills the array but for its data, and holds the size against the header. */
static fm_status parse_header(fm_io *io, const char *name, const uint8_t *bytes, size_t size,
                              fm_io_array *array) {
    fm_status status = parse_magic(io, name, bytes, size, array);
    if (status != FM_OK) return status;
    size_t header = 4 + 4 * (size_t)array->rank;
    if (size < header) {
        return fm_io_fail(io, FM_ERR_FORMAT,
                          "%s: IDX header of %d axes needs %zu bytes, but the file has %zu", name,
                          array->rank, header, size);
    }
    for (int i = 0; i < array->rank; i++) {
        const uint8_t *p = bytes + 4 + 4 * i;
        array->shape[i] = (int64_t)p[0] << 24 | (int64_t)p[1] << 16 | (int64_t)p[2] << 8 | p[3];
    }
    status = fm_io_array_measure(io, name, array);
    if (status != FM_OK || size - header == array->bytes) return status;
    char shape[128];
    return fm_io_fail(io, FM_ERR_FORMAT,
                      "%s: shape %s of %s needs %llu bytes, but %zu follow the header", name,
                      fm_io_shape_text(array, shape, sizeof shape), fm_dtype_name(array->dtype),
                      (unsigned long long)array->bytes, size - header);
}

/* Takes the bytes of an unpacked file over, unless it fails. */
static fm_status adopt(fm_io *io, const char *name, fm_io_buffer *bytes, fm_io_array *out) {
    fm_io_array array = {0};
    fm_status status = parse_header(io, name, bytes->data, bytes->size, &array);
    if (status != FM_OK) return status;
    const bool swap = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    status = fm_io_array_adopt(io, name, &array, bytes, 4 + 4 * (size_t)array.rank, swap);
    if (status == FM_OK) *out = array;
    return status;
}

fm_status fm_io_idx_read(fm_io *io, const char *name, const void *bytes, size_t size,
                         fm_io_array *out) {
    fm_io_buffer copy = {0};
    *out = (fm_io_array){0};
    fm_status status = fm_io_is_gzip(bytes, size) ? fm_io_gunzip(io, name, bytes, size, &copy)
                                                  : fm_io_buffer_append(io, &copy, bytes, size);
    if (status == FM_OK) status = adopt(io, name, &copy, out);
    fm_io_buffer_close(io, &copy);
    return status;
}

fm_status fm_io_idx_load(fm_io *io, const char *path, fm_io_array *out) {
    fm_io_buffer file;
    *out = (fm_io_array){0};
    fm_status status = fm_io_read_file(io, path, &file);
    if (status != FM_OK) return status;
    if (fm_io_is_gzip(file.data, file.size)) {
        status = fm_io_idx_read(io, path, file.data, file.size, out);
    } else {
        status = adopt(io, path, &file, out);
    }
    fm_io_buffer_close(io, &file);
    return status;
}

/* The first of the four spellings that is there. */
static fm_status find_file(fm_io *io, const char *directory, const char *stem, int rank,
                           char path[PATH_MAX]) {
    static const char separators[] = "-.";
    for (int i = 0; i < 4; i++) {
        int length = snprintf(path, PATH_MAX, "%s/%s%cidx%d-ubyte%s", directory, stem,
                              separators[i & 1], rank, i < 2 ? "" : ".gz");
        if (length < 0 || length >= PATH_MAX) {
            return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: path has more than %d characters",
                              directory, PATH_MAX);
        }
        if (access(path, F_OK) == 0) return FM_OK;
    }
    return fm_io_fail(io, FM_ERR_NOT_FOUND,
                      "%s: has no %s-idx%d-ubyte (nor with '.', nor with .gz)", directory, stem,
                      rank);
}

static fm_status load_bytes(fm_io *io, const char *directory, const char *stem, int rank,
                            fm_io_array *out, char path[PATH_MAX]) {
    *out = (fm_io_array){0};
    fm_status status = find_file(io, directory, stem, rank, path);
    if (status == FM_OK) status = fm_io_idx_load(io, path, out);
    if (status != FM_OK) return status;
    if (out->dtype == FM_UINT8 && out->rank == rank) return FM_OK;
    char shape[128];
    status =
        fm_io_fail(io, FM_ERR_FORMAT, "%s: expected uint8 of %d axes, found %s of shape %s", path,
                   rank, fm_dtype_name(out->dtype), fm_io_shape_text(out, shape, sizeof shape));
    fm_io_array_close(io, out);
    return status;
}

fm_status fm_io_idx_load_pair(fm_io *io, const char *directory, fm_io_idx_part part,
                              fm_io_array *images, fm_io_array *labels) {
    bool train = part == FM_IO_IDX_TRAIN;
    char image_path[PATH_MAX], label_path[PATH_MAX];
    *labels = (fm_io_array){0};
    fm_status status =
        load_bytes(io, directory, train ? "train-images" : "t10k-images", 3, images, image_path);
    if (status != FM_OK) return status;
    status =
        load_bytes(io, directory, train ? "train-labels" : "t10k-labels", 1, labels, label_path);
    if (status == FM_OK && images->shape[0] != labels->shape[0]) {
        status =
            fm_io_fail(io, FM_ERR_SHAPE, "%s: has %lld images, but %s has %lld labels", image_path,
                       (long long)images->shape[0], label_path, (long long)labels->shape[0]);
    }
    if (status == FM_OK) return FM_OK;
    fm_io_array_close(io, images);
    fm_io_array_close(io, labels);
    return status;
}
