/* Memory, messages and growing bytes of the file formats. */
#include "io/io.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *plain_allocate(void *user, size_t bytes) {
    (void)user;
    return malloc(bytes);
}

static void plain_release(void *user, void *pointer) {
    (void)user;
    free(pointer);
}

void fm_io_init(fm_io *io) {
    *io = (fm_io){.allocate = plain_allocate, .release = plain_release, .max_bytes = SIZE_MAX / 2};
}

void fm_io_explain(fm_io *io, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(io->message, sizeof io->message, format, arguments);
    va_end(arguments);
    for (char *c = io->message; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
    }
    if (length >= (int)sizeof io->message) memcpy(io->message + sizeof io->message - 4, "...", 4);
}

fm_status fm_io_alloc(fm_io *io, const char *what, uint64_t bytes, void **out) {
    *out = NULL;
    if (bytes > io->max_bytes || bytes > SIZE_MAX / 2) {
        return fm_io_fail(io, FM_ERR_MEMORY, "%s: needs %llu bytes, above the limit of %llu", what,
                          (unsigned long long)bytes, (unsigned long long)io->max_bytes);
    }
    *out = io->allocate(io->user, bytes ? (size_t)bytes : 1);
    if (*out) return FM_OK;
    return fm_io_fail(io, FM_ERR_MEMORY, "%s: no memory for %llu bytes", what,
                      (unsigned long long)bytes);
}

void fm_io_free(fm_io *io, void *pointer) {
    if (pointer) io->release(io->user, pointer);
}

fm_status fm_io_buffer_reserve(fm_io *io, fm_io_buffer *buffer, uint64_t capacity) {
    if (buffer->data && capacity < buffer->capacity) return FM_OK;
    if (capacity == UINT64_MAX) return fm_io_fail(io, FM_ERR_MEMORY, "buffer: size overflows");
    void *data;
    /* One more byte than asked for, for the zero that ends the text. */
    fm_status status = fm_io_alloc(io, "buffer", capacity + 1, &data);
    if (status != FM_OK) return status;
    if (buffer->data) memcpy(data, buffer->data, buffer->size);
    fm_io_free(io, buffer->data);
    buffer->data = data;
    buffer->capacity = (size_t)capacity + 1;
    buffer->data[buffer->size] = 0;
    return FM_OK;
}

fm_status fm_io_buffer_grow(fm_io *io, fm_io_buffer *buffer, uint64_t needed) {
    if (buffer->data && needed < buffer->capacity) return FM_OK;
    uint64_t target = (uint64_t)buffer->capacity * 2;
    if (target >= io->max_bytes) target = io->max_bytes ? io->max_bytes - 1 : 0;
    return fm_io_buffer_reserve(io, buffer, needed > target ? needed : target);
}

fm_status fm_io_buffer_append(fm_io *io, fm_io_buffer *buffer, const void *bytes, size_t size) {
    uint64_t needed;
    if (__builtin_add_overflow((uint64_t)buffer->size, (uint64_t)size, &needed)) {
        return fm_io_fail(io, FM_ERR_MEMORY, "buffer: size overflows");
    }
    fm_status status = fm_io_buffer_grow(io, buffer, needed);
    if (status != FM_OK) return status;
    if (size) memcpy(buffer->data + buffer->size, bytes, size);
    buffer->size += size;
    buffer->data[buffer->size] = 0;
    return FM_OK;
}

void fm_io_buffer_close(fm_io *io, fm_io_buffer *buffer) {
    fm_io_free(io, buffer->data);
    *buffer = (fm_io_buffer){0};
}
