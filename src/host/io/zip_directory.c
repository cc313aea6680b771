/* Finding and reading the directory of a zip archive, with zip64's records where it has them. */
#include "io/zip.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static fm_status damaged(const fm_io_zip_source *source, const char *what, uint64_t offset) {
    return fm_io_fail(source->io, FM_ERR_FORMAT, "%s: %s at byte %llu of %llu", source->name, what,
                      (unsigned long long)offset, (unsigned long long)source->size);
}

fm_status fm_io_zip_read(const fm_io_zip_source *source, uint64_t offset, void *out,
                         uint64_t size) {
    if (offset > source->size || size > source->size - offset) {
        return damaged(source, "archive ends before what is expected", offset);
    }
    if (source->bytes) {
        if (size) memcpy(out, source->bytes + offset, (size_t)size);
        return FM_OK;
    }
    for (uint64_t done = 0; done < size;) {
        ssize_t got = pread(source->descriptor, (uint8_t *)out + done, (size_t)(size - done),
                            (off_t)(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return fm_io_fail(source->io, FM_ERR_IO, "%s: cannot read: %s", source->name,
                              strerror(errno));
        }
        if (got == 0) return damaged(source, "archive was cut while it was read", offset + done);
        done += (uint64_t)got;
    }
    return FM_OK;
}

/* The end record is the last thing but for a comment, whose length it holds. */
static fm_status find_end(const fm_io_zip_source *source, uint8_t end[ZIP_END_SIZE], uint64_t *at) {
    uint64_t most = ZIP_END_SIZE + ZIP_MOST16, span = source->size < most ? source->size : most;
    fm_io_buffer tail = {0};
    fm_status status = fm_io_buffer_reserve(source->io, &tail, span);
    if (status == FM_OK) status = fm_io_zip_read(source, source->size - span, tail.data, span);
    bool found = false;
    for (uint64_t back = ZIP_END_SIZE; status == FM_OK && back <= span && !found; back++) {
        const uint8_t *p = tail.data + (span - back);
        found = zip_get32(p) == ZIP_END && zip_get16(p + 20) == back - ZIP_END_SIZE;
        if (found) {
            memcpy(end, p, ZIP_END_SIZE);
            *at = source->size - back;
        }
    }
    fm_io_buffer_close(source->io, &tail);
    if (status != FM_OK || found) return status;
    return fm_io_fail(source->io, FM_ERR_FORMAT,
                      "%s: is not a zip archive, or is cut: no end record in %llu bytes",
                      source->name, (unsigned long long)source->size);
}

typedef struct directory_place {
    uint64_t entries, size, offset;
    uint64_t limit; /* where the end records begin */
} directory_place;

/* zip64's record stands before its locator, which stands before the end record. */
static fm_status read_end64(const fm_io_zip_source *source, uint64_t end_at,
                            directory_place *place) {
    uint8_t locator[ZIP_LOCATOR64_SIZE], record[ZIP_END64_SIZE];
    if (end_at < ZIP_LOCATOR64_SIZE)
        return damaged(source, "no zip64 locator before the end", end_at);
    uint64_t locator_at = end_at - ZIP_LOCATOR64_SIZE;
    fm_status status = fm_io_zip_read(source, locator_at, locator, sizeof locator);
    if (status != FM_OK) return status;
    if (zip_get32(locator) != ZIP_LOCATOR64) return damaged(source, "no zip64 locator", locator_at);
    uint64_t at = zip_get64(locator + 8);
    status = fm_io_zip_read(source, at, record, sizeof record);
    if (status != FM_OK) return status;
    /* The record counts its own bytes from the 13th. */
    uint64_t length = zip_get64(record + 4);
    if (zip_get32(record) != ZIP_END64 || length < ZIP_END64_SIZE - 12 ||
        locator_at - at != length + 12) {
        return damaged(source, "no zip64 end record", at);
    }
    *place = (directory_place){zip_get64(record + 32), zip_get64(record + 40),
                               zip_get64(record + 48), at};
    return FM_OK;
}

static fm_status find_directory(const fm_io_zip_source *source, directory_place *place) {
    uint8_t end[ZIP_END_SIZE] = {0};
    uint64_t end_at = 0;
    fm_status status = find_end(source, end, &end_at);
    if (status != FM_OK) return status;
    *place =
        (directory_place){zip_get16(end + 10), zip_get32(end + 12), zip_get32(end + 16), end_at};
    if (place->entries == ZIP_MOST16 || place->size == ZIP_MOST32 || place->offset == ZIP_MOST32) {
        status = read_end64(source, end_at, place);
        if (status != FM_OK) return status;
    } else if (end_at >= ZIP_LOCATOR64_SIZE) {
        /* A writer may add zip64's records where they are not needed. */
        uint8_t mark[4];
        status = fm_io_zip_read(source, end_at - ZIP_LOCATOR64_SIZE, mark, sizeof mark);
        if (status == FM_OK && zip_get32(mark) == ZIP_LOCATOR64) {
            status = read_end64(source, end_at, place);
        }
        if (status != FM_OK) return status;
    }
    if (place->offset > place->limit || place->limit - place->offset != place->size) {
        return fm_io_fail(source->io, FM_ERR_FORMAT,
                          "%s: directory of %llu bytes at %llu does not end at %llu", source->name,
                          (unsigned long long)place->size, (unsigned long long)place->offset,
                          (unsigned long long)place->limit);
    }
    return FM_OK;
}

fm_status fm_io_zip_directory(const fm_io_zip_source *source, fm_io_buffer *out, uint64_t *entries,
                              uint64_t *start) {
    directory_place place = {0};
    fm_status status = find_directory(source, &place);
    if (status == FM_OK) status = fm_io_buffer_reserve(source->io, out, place.size);
    if (status == FM_OK) status = fm_io_zip_read(source, place.offset, out->data, place.size);
    if (status != FM_OK) return status;
    out->size = (size_t)place.size;
    *entries = place.entries;
    *start = place.offset;
    return FM_OK;
}

/* Takes the next 8 bytes of the 64-bit extra field, if the 32-bit field says to look there. */
static bool widen(uint64_t *value, const uint8_t **extra, const uint8_t *end) {
    if (*value != ZIP_MOST32) return true;
    if (end - *extra < 8) return false;
    *value = zip_get64(*extra);
    *extra += 8;
    return true;
}

/* Sizes past 32 bits stand in one extra field, in this order, each only where it is needed. */
static bool read_extra(fm_io_zip_entry *entry, const uint8_t *p, const uint8_t *end) {
    while (end - p >= 4) {
        unsigned id = zip_get16(p), size = zip_get16(p + 2);
        p += 4;
        if ((size_t)(end - p) < size) return false;
        const uint8_t *field = p;
        p += size;
        if (id != ZIP_EXTRA64) continue;
        return widen(&entry->size, &field, p) && widen(&entry->packed, &field, p) &&
               widen(&entry->offset, &field, p);
    }
    return entry->size != ZIP_MOST32 && entry->packed != ZIP_MOST32 && entry->offset != ZIP_MOST32;
}

fm_status fm_io_zip_entry_at(const fm_io_zip_source *source, const fm_io_buffer *directory,
                             size_t *at, fm_io_zip_entry *out) {
    const uint8_t *p = directory->data + *at;
    size_t left = directory->size - *at;
    if (left < ZIP_ENTRY_SIZE || zip_get32(p) != ZIP_ENTRY) {
        return damaged(source, "directory is damaged: no entry", *at);
    }
    size_t name = zip_get16(p + 28), extra = zip_get16(p + 30), comment = zip_get16(p + 32);
    if (left - ZIP_ENTRY_SIZE < name + extra + comment) {
        return damaged(source, "directory is damaged: entry too long", *at);
    }
    *out = (fm_io_zip_entry){.name = (const char *)p + ZIP_ENTRY_SIZE,
                             .name_size = name,
                             .flags = zip_get16(p + 8),
                             .method = zip_get16(p + 10),
                             .crc = zip_get32(p + 16),
                             .packed = zip_get32(p + 20),
                             .size = zip_get32(p + 24),
                             .offset = zip_get32(p + 42)};
    const uint8_t *field = p + ZIP_ENTRY_SIZE + name;
    if (memchr(out->name, 0, name) || !read_extra(out, field, field + extra)) {
        return damaged(source, "directory is damaged: entry", *at);
    }
    *at += ZIP_ENTRY_SIZE + name + extra + comment;
    return FM_OK;
}
