/* Text that grows, and numbers as people read them. */
#include "report/writer.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/alloc.h"

static void *allocate(void *user, size_t bytes) {
    (void)user;
    return fm_alloc(bytes);
}

static void release(void *user, void *block) {
    (void)user;
    fm_free_block(block);
}

void fm_writer_init(fm_writer *writer) {
    *writer = (fm_writer){.status = FM_OK};
    fm_io_init(&writer->io);
    writer->io.allocate = allocate;
    writer->io.release = release;
}

void fm_text_put(fm_writer *writer, const char *format, ...) {
    if (writer->status != FM_OK) return;
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    fm_io_buffer *buffer = &writer->buffer;
    size_t size = buffer->size + (length > 0 ? (size_t)length : 0);
    writer->status = fm_io_buffer_grow(&writer->io, buffer, size + 1);
    if (writer->status == FM_OK && length > 0) {
        vsnprintf((char *)buffer->data + buffer->size, (size_t)length + 1, format, again);
        buffer->size = size;
    }
    va_end(again);
}

fm_status fm_writer_take(fm_writer *writer, char **text) {
    *text = NULL;
    if (writer->status != FM_OK) {
        fm_io_buffer_close(&writer->io, &writer->buffer);
        return writer->status;
    }
    *text = (char *)writer->buffer.data;
    return FM_OK;
}

const char *fm_time_format(uint64_t ns, char buffer[FM_TIME_TEXT]) {
    static const struct {
        uint64_t below;
        double divisor;
        const char *unit;
    } units[] = {{1000000, 1e3, "us"}, {1000000000, 1e6, "ms"}, {UINT64_MAX, 1e9, "s"}};
    if (ns < 1000) {
        snprintf(buffer, FM_TIME_TEXT, "%llu ns", (unsigned long long)ns);
        return buffer;
    }
    size_t i = 0;
    while (i < 2 && ns >= units[i].below) ++i;
    snprintf(buffer, FM_TIME_TEXT, "%.3f %s", (double)ns / units[i].divisor, units[i].unit);
    return buffer;
}

const char *fm_seconds_format(uint64_t ns, char buffer[FM_TIME_TEXT]) {
    snprintf(buffer, FM_TIME_TEXT, "%llu.%09llu s", (unsigned long long)(ns / 1000000000),
             (unsigned long long)(ns % 1000000000));
    return buffer;
}

const char *fm_bytes_format(uint64_t bytes, char buffer[FM_TIME_TEXT]) {
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (bytes < 1024) {
        snprintf(buffer, FM_TIME_TEXT, "%llu B", (unsigned long long)bytes);
        return buffer;
    }
    double value = (double)bytes / 1024;
    size_t i = 0;
    for (; value >= 1024 && i < 5; ++i) value /= 1024;
    snprintf(buffer, FM_TIME_TEXT, "%.1f %s", value, units[i]);
    return buffer;
}

double fm_percent(uint64_t part, uint64_t whole) {
    return whole == 0 ? 0.0 : 100.0 * (double)part / (double)whole;
}
