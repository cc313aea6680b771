/* The elements of a .npy file: into the caller's room, into memory of their own, or mapped. */
#include "io/npy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

fm_status fm_io_npy_read_into(fm_io *io, const char *name, const void *bytes, size_t size,
                              void *destination, uint64_t room, fm_io_npy_header *out) {
    fm_status status = fm_io_npy_parse(io, name, bytes, size, out);
    if (status != FM_OK) return status;
    const fm_io_array *array = &out->array;
    if (room != array->bytes) {
        return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: holds %llu bytes, but there is room for %llu",
                          name, (unsigned long long)array->bytes, (unsigned long long)room);
    }
    const uint8_t *data = (const uint8_t *)bytes + out->data_offset;
    status = fm_io_check_bools(io, name, data, array->dtype, array->count);
    if (status != FM_OK) return status;
    if (room) memcpy(destination, data, (size_t)room);
    if (out->swap) fm_io_swap(destination, array->dtype, array->count);
    return FM_OK;
}

fm_status fm_io_npy_adopt(fm_io *io, const char *name, fm_io_buffer *buffer, fm_io_array *out) {
    fm_io_npy_header header;
    *out = (fm_io_array){0};
    fm_status status = fm_io_npy_parse(io, name, buffer->data, buffer->size, &header);
    if (status != FM_OK) return status;
    status = fm_io_array_adopt(io, name, &header.array, buffer, header.data_offset, header.swap);
    if (status == FM_OK) *out = header.array;
    return status;
}

fm_status fm_io_npy_read(fm_io *io, const char *name, const void *bytes, size_t size,
                         fm_io_array *out) {
    fm_io_buffer copy = {0};
    *out = (fm_io_array){0};
    fm_status status = fm_io_buffer_append(io, &copy, bytes, size);
    if (status == FM_OK) status = fm_io_npy_adopt(io, name, &copy, out);
    fm_io_buffer_close(io, &copy);
    return status;
}

fm_status fm_io_npy_load(fm_io *io, const char *path, fm_io_array *out) {
    fm_io_buffer file;
    *out = (fm_io_array){0};
    fm_status status = fm_io_read_file(io, path, &file);
    if (status == FM_OK) status = fm_io_npy_adopt(io, path, &file, out);
    fm_io_buffer_close(io, &file);
    return status;
}

/* Maps a whole regular file, which is not empty. */
static fm_status map_file(fm_io *io, const char *path, void **out, size_t *size) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return fm_io_fail(io, errno == ENOENT ? FM_ERR_NOT_FOUND : FM_ERR_IO, "%s: cannot open: %s",
                          path, strerror(errno));
    }
    struct stat about;
    fm_status status = FM_OK;
    if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) {
        status = fm_io_fail(io, FM_ERR_IO, "%s: is not a file with content", path);
    } else {
        *size = (size_t)about.st_size;
        *out = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (*out == MAP_FAILED) {
            status = fm_io_fail(io, FM_ERR_IO, "%s: cannot map: %s", path, strerror(errno));
        }
    }
    close(descriptor);
    return status;
}

static fm_status check_usable(fm_io *io, const char *path, const fm_io_npy_header *header) {
    const char *why = NULL;
    if (header->swap) why = "its byte order is not this machine's";
    if (header->array.fortran_order && header->array.rank > 1)
        why = "its first axis is the fastest";
    if (header->data_offset % fm_dtype_size(header->array.dtype) != 0) {
        why = "its elements are not aligned";
    }
    if (!why) return FM_OK;
    return fm_io_fail(io, FM_ERR_UNSUPPORTED, "%s: cannot be mapped, only read: %s", path, why);
}

fm_status fm_io_npy_map(fm_io *io, const char *path, fm_io_array *out) {
    void *memory = NULL;
    size_t size = 0;
    *out = (fm_io_array){0};
    fm_status status = map_file(io, path, &memory, &size);
    if (status != FM_OK) return status;
    fm_io_npy_header header;
    status = fm_io_npy_parse(io, path, memory, size, &header);
    if (status == FM_OK) status = check_usable(io, path, &header);
    const uint8_t *data = (const uint8_t *)memory + header.data_offset;
    if (status == FM_OK) {
        status = fm_io_check_bools(io, path, data, header.array.dtype, header.array.count);
    }
    if (status != FM_OK) {
        munmap(memory, size);
        return status;
    }
    *out = header.array;
    out->data = data;
    out->memory = memory;
    out->mapped = size;
    return FM_OK;
}
