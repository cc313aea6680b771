/* Writing .npz: each array as a .npy member of a zip file, which is put in its place when whole. */
#include "io/npz.h"

#define ZLIB_CONST /* next_in points to const */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "io/file.h"
#include "io/gzip.h"
#include "io/npy.h"
#include "io/zip.h"

#define NPZ_NAME   1024 /* longest name written, with its ending */
#define CHUNK      65536
#define AT_ONCE    ((size_t)1 << 30) /* zlib counts 32 bits */
#define VERSION64  45                /* of the format, with zip64 */
#define VERSION    20
#define FIRST_DATE 0x21  /* 1980-01-01, so that equal arrays give equal archives */
#define UTF8_NAME  0x800 /* flag */

struct fm_io_npz_writer {
    fm_io *io;
    fm_io_replacement file;
    uint64_t at; /* bytes written */
    uint64_t entries;
    fm_io_buffer directory; /* the entries so far, as they will be written */
    bool failed;            /* a member is incomplete, so the archive must not take its place */
    /* of the member under way: */
    char name[NPZ_NAME + 1];
    size_t name_size;
    bool deflate;
    uint32_t crc;
    uint64_t size;
    z_stream zip;
    uint8_t *chunk;
};

fm_status fm_io_npz_create(fm_io *io, const char *path, fm_io_npz_writer **out) {
    void *memory;
    *out = NULL;
    fm_status status = fm_io_alloc(io, "archive writer", sizeof(fm_io_npz_writer), &memory);
    if (status != FM_OK) return status;
    fm_io_npz_writer *writer = memory;
    *writer = (fm_io_npz_writer){.io = io};
    status = fm_io_replace_begin(io, path, &writer->file);
    if (status == FM_OK && !writer->file.temporary) {
        status = fm_io_fail(io, FM_ERR_IO, "%s: is not a regular file", path);
        fm_io_replace_abandon(io, &writer->file);
    }
    if (status == FM_OK) {
        *out = writer;
    } else {
        fm_io_free(io, writer);
    }
    return status;
}

static bool has_name(const fm_io_npz_writer *writer) {
    if (!writer->directory.size) return false;
    const uint8_t *end = writer->directory.data + writer->directory.size;
    for (const uint8_t *p = writer->directory.data; p < end;) {
        size_t length = zip_get16(p + 28);
        if (length == writer->name_size && memcmp(p + ZIP_ENTRY_SIZE, writer->name, length) == 0) {
            return true;
        }
        p += ZIP_ENTRY_SIZE + length + zip_get16(p + 30);
    }
    return false;
}

/* Takes the member's name, with its ending. */
static fm_status take_name(fm_io_npz_writer *writer, const char *member) {
    size_t size = strlen(member);
    if (size == 0 || size > NPZ_NAME - 4) {
        return fm_io_fail(writer->io, FM_ERR_ARGUMENT,
                          "%s: member name has %zu characters, expected 1 to %d", writer->file.path,
                          size, NPZ_NAME - 4);
    }
    writer->name_size = (size_t)snprintf(writer->name, sizeof writer->name, "%s.npy", member);
    if (!has_name(writer)) return FM_OK;
    return fm_io_fail(writer->io, FM_ERR_ARGUMENT, "%s: member '%s' is there already",
                      writer->file.path, member);
}

static fm_status emit(fm_io_npz_writer *writer, const void *bytes, size_t size) {
    fm_status status = fm_io_replace_write(writer->io, &writer->file, bytes, size);
    writer->at += size;
    return status;
}

/* Deflates what the stream was given; with Z_FINISH up to its end. */
static fm_status deflate_some(fm_io_npz_writer *writer, int flush) {
    z_stream *zip = &writer->zip;
    do {
        zip->next_out = writer->chunk;
        zip->avail_out = CHUNK;
        deflate(zip, flush);
        fm_status status = emit(writer, writer->chunk, CHUNK - zip->avail_out);
        if (status != FM_OK) return status;
    } while (zip->avail_out == 0);
    return FM_OK;
}

static fm_status write_member(void *user, const void *bytes, size_t size) {
    fm_io_npz_writer *writer = user;
    writer->crc = (uint32_t)crc32_z(writer->crc, bytes, size);
    writer->size += size;
    if (!writer->deflate) return emit(writer, bytes, size);
    const uint8_t *p = bytes;
    while (size) {
        size_t part = size < AT_ONCE ? size : AT_ONCE;
        writer->zip.next_in = p;
        writer->zip.avail_in = (uInt)part;
        fm_status status = deflate_some(writer, Z_NO_FLUSH);
        if (status != FM_OK) return status;
        p += part;
        size -= part;
    }
    return FM_OK;
}

static fm_status deflate_member(fm_io_npz_writer *writer, const char *name,
                                const fm_io_array *array) {
    fm_io *io = writer->io;
    void *chunk;
    fm_status status = fm_io_alloc(io, "deflate", CHUNK, &chunk);
    if (status != FM_OK) return status;
    writer->chunk = chunk;
    writer->zip = (z_stream){0};
    fm_io_zlib_memory(io, &writer->zip);
    if (deflateInit2(&writer->zip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        status = fm_io_fail(io, FM_ERR_MEMORY, "%s: no memory to deflate", writer->file.path);
    } else {
        status = fm_io_npy_write(io, name, array, write_member, writer);
        if (status == FM_OK) status = deflate_some(writer, Z_FINISH);
        deflateEnd(&writer->zip);
    }
    fm_io_free(io, chunk);
    return status;
}

/* The local header. Its sizes are always zip64's, since they come after the data is written. */
static fm_status write_local(fm_io_npz_writer *writer, uint64_t packed, uint64_t offset,
                             bool patch) {
    uint8_t local[ZIP_LOCAL_SIZE + NPZ_NAME + 20] = {0};
    size_t size = writer->name_size;
    zip_put(local, ZIP_LOCAL, 4);
    zip_put(local + 4, VERSION64, 2);
    zip_put(local + 6, UTF8_NAME, 2);
    zip_put(local + 8, writer->deflate ? ZIP_DEFLATED : ZIP_STORED, 2);
    zip_put(local + 12, FIRST_DATE, 2);
    zip_put(local + 14, writer->crc, 4);
    zip_put(local + 18, ZIP_MOST32, 4);
    zip_put(local + 22, ZIP_MOST32, 4);
    zip_put(local + 26, size, 2);
    zip_put(local + 28, 20, 2);
    memcpy(local + ZIP_LOCAL_SIZE, writer->name, size);
    uint8_t *extra = local + ZIP_LOCAL_SIZE + size;
    zip_put(extra, ZIP_EXTRA64, 2);
    zip_put(extra + 2, 16, 2);
    zip_put(extra + 4, writer->size, 8);
    zip_put(extra + 12, packed, 8);
    size_t length = ZIP_LOCAL_SIZE + size + 20;
    if (!patch) return emit(writer, local, length);
    return fm_io_replace_patch(writer->io, &writer->file, offset, local, length);
}

/* The member's entry in the directory; 64-bit values only where 32 bits do not hold them. */
static fm_status append_entry(fm_io_npz_writer *writer, uint64_t packed, uint64_t offset) {
    uint8_t entry[ZIP_ENTRY_SIZE + NPZ_NAME + 28] = {0};
    const uint64_t wide[3] = {writer->size, packed, offset};
    static const int places[3] = {24, 20, 42};
    size_t size = writer->name_size;
    uint8_t *extra = entry + ZIP_ENTRY_SIZE + size, *end = extra + 4;
    for (int i = 0; i < 3; i++) {
        bool fits = wide[i] < ZIP_MOST32;
        zip_put(entry + places[i], fits ? wide[i] : ZIP_MOST32, 4);
        if (fits) continue;
        zip_put(end, wide[i], 8);
        end += 8;
    }
    bool widened = end > extra + 4;
    if (widened) {
        zip_put(extra, ZIP_EXTRA64, 2);
        zip_put(extra + 2, (uint64_t)(end - extra - 4), 2);
    } else {
        end = extra;
    }
    zip_put(entry, ZIP_ENTRY, 4);
    zip_put(entry + 4, VERSION64, 2);
    zip_put(entry + 6, widened ? VERSION64 : VERSION, 2);
    zip_put(entry + 8, UTF8_NAME, 2);
    zip_put(entry + 10, writer->deflate ? ZIP_DEFLATED : ZIP_STORED, 2);
    zip_put(entry + 14, FIRST_DATE, 2);
    zip_put(entry + 16, writer->crc, 4);
    zip_put(entry + 28, size, 2);
    zip_put(entry + 30, (uint64_t)(end - extra), 2);
    memcpy(entry + ZIP_ENTRY_SIZE, writer->name, size);
    writer->entries++;
    return fm_io_buffer_append(writer->io, &writer->directory, entry, (size_t)(end - entry));
}

fm_status fm_io_npz_add(fm_io_npz_writer *writer, const char *member, const fm_io_array *array,
                        bool deflate) {
    if (writer->failed) {
        return fm_io_fail(writer->io, FM_ERR_STATE, "%s: an earlier member could not be written",
                          writer->file.path);
    }
    fm_status status = take_name(writer, member);
    if (status != FM_OK) return status;
    uint64_t offset = writer->at;
    writer->failed = true;
    writer->deflate = deflate;
    writer->crc = 0;
    writer->size = 0;
    status = write_local(writer, 0, offset, false);
    uint64_t data = writer->at;
    if (status == FM_OK) {
        status = deflate ? deflate_member(writer, member, array)
                         : fm_io_npy_write(writer->io, member, array, write_member, writer);
    }
    uint64_t packed = writer->at - data;
    if (status == FM_OK) status = write_local(writer, packed, offset, true);
    if (status == FM_OK) status = append_entry(writer, packed, offset);
    writer->failed = status != FM_OK;
    return status;
}

/* zip64's end record and locator, for what the end record's 16 and 32 bits do not hold. */
static fm_status write_end64(fm_io_npz_writer *writer, uint64_t start) {
    uint8_t record[ZIP_END64_SIZE + ZIP_LOCATOR64_SIZE] = {0};
    uint8_t *locator = record + ZIP_END64_SIZE;
    uint64_t at = writer->at;
    zip_put(record, ZIP_END64, 4);
    zip_put(record + 4, ZIP_END64_SIZE - 12, 8);
    zip_put(record + 12, VERSION64, 2);
    zip_put(record + 14, VERSION64, 2);
    zip_put(record + 24, writer->entries, 8);
    zip_put(record + 32, writer->entries, 8);
    zip_put(record + 40, writer->directory.size, 8);
    zip_put(record + 48, start, 8);
    zip_put(locator, ZIP_LOCATOR64, 4);
    zip_put(locator + 8, at, 8);
    zip_put(locator + 16, 1, 4);
    return emit(writer, record, sizeof record);
}

static fm_status write_directory(fm_io_npz_writer *writer) {
    uint8_t end[ZIP_END_SIZE] = {0};
    uint64_t start = writer->at, size = writer->directory.size, entries = writer->entries;
    fm_status status = emit(writer, writer->directory.data, writer->directory.size);
    bool wide = start >= ZIP_MOST32 || size >= ZIP_MOST32 || entries >= ZIP_MOST16;
    if (status == FM_OK && wide) status = write_end64(writer, start);
    if (status != FM_OK) return status;
    zip_put(end, ZIP_END, 4);
    zip_put(end + 8, entries < ZIP_MOST16 ? entries : ZIP_MOST16, 2);
    zip_put(end + 10, entries < ZIP_MOST16 ? entries : ZIP_MOST16, 2);
    zip_put(end + 12, size < ZIP_MOST32 ? size : ZIP_MOST32, 4);
    zip_put(end + 16, start < ZIP_MOST32 ? start : ZIP_MOST32, 4);
    return emit(writer, end, sizeof end);
}

fm_status fm_io_npz_commit(fm_io_npz_writer *writer) {
    fm_io *io = writer->io;
    fm_status status = FM_OK;
    if (writer->failed) {
        status =
            fm_io_fail(io, FM_ERR_STATE, "%s: a member could not be written", writer->file.path);
    } else {
        status = write_directory(writer);
    }
    if (status == FM_OK) status = fm_io_replace_commit(io, &writer->file);
    fm_io_npz_abandon(writer);
    return status;
}

void fm_io_npz_abandon(fm_io_npz_writer *writer) {
    if (!writer) return;
    fm_io *io = writer->io;
    fm_io_replace_abandon(io, &writer->file);
    fm_io_buffer_close(io, &writer->directory);
    fm_io_free(io, writer);
}
