/* Arrays as files hold them: their size, order, byte order and ownership. */
#include "io/io.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

fm_status fm_io_array_measure(fm_io *io, const char *name, fm_io_array *array) {
    if (array->rank < 0 || array->rank > FM_MAX_NDIM) {
        return fm_io_fail(io, FM_ERR_SHAPE, "%s: rank is %d, at most %d is supported", name,
                          array->rank, FM_MAX_NDIM);
    }
    bool empty = false;
    for (int i = 0; i < array->rank; i++) {
        if (array->shape[i] < 0) {
            return fm_io_fail(io, FM_ERR_SHAPE, "%s: axis %d is %lld, below 0", name, i,
                              (long long)array->shape[i]);
        }
        empty |= array->shape[i] == 0;
    }
    int64_t count = empty ? 0 : 1, bytes;
    bool over = false;
    for (int i = 0; i < array->rank && !empty; i++) {
        over |= __builtin_mul_overflow(count, array->shape[i], &count);
    }
    over |= __builtin_mul_overflow(count, (int64_t)fm_dtype_size(array->dtype), &bytes);
    if (over) {
        char shape[128];
        return fm_io_fail(io, FM_ERR_OVERFLOW, "%s: shape %s of %s does not fit %lld bytes", name,
                          fm_io_shape_text(array, shape, sizeof shape), fm_dtype_name(array->dtype),
                          (long long)INT64_MAX);
    }
    array->count = (uint64_t)count;
    array->bytes = (uint64_t)bytes;
    return FM_OK;
}

void fm_io_array_strides(const fm_io_array *array, int64_t strides[FM_MAX_NDIM]) {
    /* Unsigned, because an array with an empty axis may have strides that no extent backs. */
    uint64_t step = fm_dtype_size(array->dtype);
    for (int k = 0; k < array->rank; k++) {
        int axis = array->fortran_order ? k : array->rank - 1 - k;
        strides[axis] = (int64_t)step;
        step *= (uint64_t)array->shape[axis];
    }
}

const char *fm_io_shape_text(const fm_io_array *array, char *text, size_t size) {
    size_t used = 0;
    for (int i = 0; i < array->rank && used < size; i++) {
        const char *end = i + 1 < array->rank ? ", " : array->rank == 1 ? ",)" : ")";
        int wrote = snprintf(text + used, size - used, "%s%lld%s", i ? "" : "(",
                             (long long)array->shape[i], end);
        used += (size_t)wrote;
    }
    if (array->rank == 0) snprintf(text, size, "()");
    return text;
}

static void swap_scalars(uint8_t *p, size_t scalar, uint64_t count) {
    for (uint64_t i = 0; i < count; i++, p += scalar) {
        for (size_t low = 0, high = scalar - 1; low < high; low++, high--) {
            uint8_t held = p[low];
            p[low] = p[high];
            p[high] = held;
        }
    }
}

void fm_io_swap(void *data, fm_dtype dtype, uint64_t count) {
    unsigned parts = fm_dtype_kind(dtype) == 'c' ? 2 : 1;
    size_t scalar = fm_dtype_size(dtype) / parts;
    if (scalar > 1) swap_scalars(data, scalar, count * parts);
}

fm_status fm_io_check_bools(fm_io *io, const char *name, const void *data, fm_dtype dtype,
                            uint64_t count) {
    const uint8_t *p = data;
    for (uint64_t i = 0; dtype == FM_BOOL && i < count; i++) {
        if (p[i] > 1) {
            return fm_io_fail(io, FM_ERR_FORMAT, "%s: bool element %llu is %d, not 0 or 1", name,
                              (unsigned long long)i, p[i]);
        }
    }
    return FM_OK;
}

fm_status fm_io_array_adopt(fm_io *io, const char *name, fm_io_array *array, fm_io_buffer *buffer,
                            size_t offset, bool swap) {
    fm_status status =
        fm_io_check_bools(io, name, buffer->data + offset, array->dtype, array->count);
    if (status != FM_OK) return status;
    uint8_t *data = buffer->data + offset;
    if ((uintptr_t)data % 16 != 0) {
        memmove(buffer->data, data, (size_t)array->bytes);
        data = buffer->data;
    }
    if (swap) fm_io_swap(data, array->dtype, array->count);
    array->data = data;
    array->memory = buffer->data;
    array->mapped = 0;
    *buffer = (fm_io_buffer){0};
    return FM_OK;
}

void fm_io_array_close(fm_io *io, fm_io_array *array) {
    if (array->mapped) {
        munmap(array->memory, array->mapped);
    } else {
        fm_io_free(io, array->memory);
    }
    *array = (fm_io_array){0};
}
