/* The zip container as PKWARE's APPNOTE 6.3 lays it out: its records, and a directory read at once.
 */
#ifndef FM_HOST_IO_ZIP_H
#define FM_HOST_IO_ZIP_H

#include "io/io.h"

enum {
    ZIP_LOCAL = 0x04034b50,
    ZIP_ENTRY = 0x02014b50,
    ZIP_END = 0x06054b50,
    ZIP_END64 = 0x06064b50,
    ZIP_LOCATOR64 = 0x07064b50,
    ZIP_LOCAL_SIZE = 30,
    ZIP_ENTRY_SIZE = 46,
    ZIP_END_SIZE = 22,
    ZIP_END64_SIZE = 56,
    ZIP_LOCATOR64_SIZE = 20,
    ZIP_EXTRA64 = 1, /* id of the extra field that holds 64-bit sizes */
    ZIP_STORED = 0,
    ZIP_DEFLATED = 8,
    ZIP_ENCRYPTED = 1 /* bit of the flags */
};

#define ZIP_MOST16 0xffffU /* in a field of 16 or 32 bits: see the 64-bit one */
#define ZIP_MOST32 0xffffffffU

static inline unsigned zip_get16(const uint8_t *p) {
    return p[0] | (unsigned)p[1] << 8;
}

static inline uint32_t zip_get32(const uint8_t *p) {
    return zip_get16(p) | (uint32_t)zip_get16(p + 2) << 16;
}

static inline uint64_t zip_get64(const uint8_t *p) {
    return zip_get32(p) | (uint64_t)zip_get32(p + 4) << 32;
}

/* Writes the low `bytes` bytes of a value, low byte first. */
static inline void zip_put(uint8_t *p, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) p[i] = (uint8_t)(value >> 8 * i);
}

/* An archive's bytes: in memory, or in an open file when `bytes` is NULL. */
typedef struct fm_io_zip_source {
    fm_io *io;
    const char *name;
    const uint8_t *bytes;
    int descriptor;
    uint64_t size;
} fm_io_zip_source;

/* What the directory says of one member. */
typedef struct fm_io_zip_entry {
    const char *name; /* not ended by a zero */
    size_t name_size;
    unsigned flags;
    unsigned method;
    uint32_t crc;
    uint64_t packed; /* bytes in the archive */
    uint64_t size;   /* bytes when unpacked */
    uint64_t offset; /* of the local header */
} fm_io_zip_entry;

/* Copies bytes of the archive; FM_ERR_FORMAT when it ends before them. */
fm_status fm_io_zip_read(const fm_io_zip_source *source, uint64_t offset, void *out,
                         uint64_t size) FM_MUST_CHECK;

/*
 * Reads the directory, which must end exactly where the end records begin, and these where the file
 * ends; `start` is where it lies in the archive, so no member reaches past it.
 */
fm_status fm_io_zip_directory(const fm_io_zip_source *source, fm_io_buffer *out, uint64_t *entries,
                              uint64_t *start) FM_MUST_CHECK;

/* Reads the entry at *at of the directory and moves *at past it. */
fm_status fm_io_zip_entry_at(const fm_io_zip_source *source, const fm_io_buffer *directory,
                             size_t *at, fm_io_zip_entry *out) FM_MUST_CHECK;

/*
 * Appends a member's unpacked bytes to an empty buffer and checks their CRC-32. Asks for no more
 * memory than the packed bytes can stand for. `start` is the directory's.
 */
fm_status fm_io_zip_unpack(const fm_io_zip_source *source, const fm_io_zip_entry *entry,
                           uint64_t start, fm_io_buffer *out) FM_MUST_CHECK;

#endif
