/* Unpacking one member of a zip archive: stored or deflated, bounded, and held against its CRC. */
#include "io/zip.h"

#include <string.h>
#include <zlib.h>

#include "io/gzip.h"

#define DEFLATE_MOST 1032 /* most bytes that one deflated byte can stand for, by zlib's manual */
#define CHUNK        65536
#define AT_ONCE      ((uint64_t)1 << 30) /* zlib counts 32 bits */

typedef struct member {
    const fm_io_zip_source *source;
    const fm_io_zip_entry *entry;
    uint64_t at;   /* of the next packed byte */
    uint64_t left; /* packed bytes not yet read */
} member;

static int name_size(const fm_io_zip_entry *entry) {
    return entry->name_size < 80 ? (int)entry->name_size : 80;
}

static fm_status damaged(const member *from, const char *why) {
    return fm_io_fail(from->source->io, FM_ERR_FORMAT, "%s: member '%.*s' is damaged: %s",
                      from->source->name, name_size(from->entry), from->entry->name, why);
}

/* What the directory claims, before any memory is asked for on its word. */
static fm_status check_claims(const member *from) {
    const fm_io_zip_source *source = from->source;
    const fm_io_zip_entry *entry = from->entry;
    if (entry->flags & ZIP_ENCRYPTED) {
        return fm_io_fail(source->io, FM_ERR_UNSUPPORTED, "%s: member '%.*s' is encrypted",
                          source->name, name_size(entry), entry->name);
    }
    if (entry->method != ZIP_STORED && entry->method != ZIP_DEFLATED) {
        return fm_io_fail(
            source->io, FM_ERR_UNSUPPORTED,
            "%s: member '%.*s': compression is %u, expected 0 (stored) or 8 (deflate)",
            source->name, name_size(entry), entry->name, entry->method);
    }
    bool stored = entry->method == ZIP_STORED;
    if (entry->packed <= source->size &&
        (stored ? entry->size == entry->packed : entry->size / DEFLATE_MOST <= entry->packed)) {
        return FM_OK;
    }
    return fm_io_fail(source->io, FM_ERR_FORMAT,
                      "%s: member '%.*s': claims %llu bytes packed into %llu, in a file of %llu",
                      source->name, name_size(entry), entry->name, (unsigned long long)entry->size,
                      (unsigned long long)entry->packed, (unsigned long long)source->size);
}

/* Finds the packed bytes behind the local header, which must name the same member. */
static fm_status find_data(member *from, uint64_t start) {
    const fm_io_zip_entry *entry = from->entry;
    uint8_t local[ZIP_LOCAL_SIZE];
    fm_status status = fm_io_zip_read(from->source, entry->offset, local, sizeof local);
    if (status != FM_OK) return status;
    size_t name = zip_get16(local + 26), extra = zip_get16(local + 28);
    if (zip_get32(local) != ZIP_LOCAL || zip_get16(local + 8) != entry->method ||
        name != entry->name_size) {
        return damaged(from, "its local header differs from the directory");
    }
    from->at = entry->offset + ZIP_LOCAL_SIZE + name + extra;
    from->left = entry->packed;
    if (from->at > start || entry->packed > start - from->at) {
        return damaged(from, "it reaches into the directory");
    }
    for (size_t done = 0; done < name;) {
        uint8_t part[256];
        size_t size = name - done < sizeof part ? name - done : sizeof part;
        status = fm_io_zip_read(from->source, entry->offset + ZIP_LOCAL_SIZE + done, part, size);
        if (status != FM_OK) return status;
        if (memcmp(part, entry->name + done, size) != 0) {
            return damaged(from, "its local header has another name");
        }
        done += size;
    }
    return FM_OK;
}

static fm_status refill(member *from, z_stream *zip, uint8_t *chunk) {
    uint64_t size = from->left < CHUNK ? from->left : CHUNK;
    fm_status status = fm_io_zip_read(from->source, from->at, chunk, size);
    if (status != FM_OK) return status;
    from->at += size;
    from->left -= size;
    zip->next_in = chunk;
    zip->avail_in = (uInt)size;
    return FM_OK;
}

/* The buffer has room for the claimed size and one byte more, by which too long data is seen. */
static fm_status inflate_all(member *from, z_stream *zip, uint8_t *chunk, fm_io_buffer *out) {
    uint64_t size = from->entry->size;
    for (int result = Z_OK; result != Z_STREAM_END;) {
        fm_status status = zip->avail_in || !from->left ? FM_OK : refill(from, zip, chunk);
        if (status != FM_OK) return status;
        uint64_t room = size + 1 - out->size;
        uInt take = (uInt)(room < AT_ONCE ? room : AT_ONCE);
        zip->next_out = out->data + out->size;
        zip->avail_out = take;
        result = inflate(zip, Z_NO_FLUSH);
        out->size += take - zip->avail_out;
        if (result == Z_MEM_ERROR) {
            return fm_io_fail(from->source->io, FM_ERR_MEMORY, "%s: no memory to inflate",
                              from->source->name);
        }
        if (out->size > size) return damaged(from, "it is longer than the directory says");
        if (result != Z_OK && result != Z_STREAM_END) {
            return damaged(from, zip->msg ? zip->msg : "its deflate data ends early");
        }
    }
    if (zip->avail_in || from->left) return damaged(from, "bytes follow its deflate data");
    if (out->size != size) return damaged(from, "it is shorter than the directory says");
    return FM_OK;
}

static fm_status inflate_member(member *from, fm_io_buffer *out) {
    fm_io *io = from->source->io;
    z_stream zip = {0};
    void *chunk;
    fm_status status = fm_io_alloc(io, "inflate", CHUNK, &chunk);
    if (status != FM_OK) return status;
    fm_io_zlib_memory(io, &zip);
    if (inflateInit2(&zip, -MAX_WBITS) != Z_OK) {
        status = fm_io_fail(io, FM_ERR_MEMORY, "%s: no memory to inflate", from->source->name);
    } else {
        status = inflate_all(from, &zip, chunk, out);
        inflateEnd(&zip);
    }
    fm_io_free(io, chunk);
    return status;
}

fm_status fm_io_zip_unpack(const fm_io_zip_source *source, const fm_io_zip_entry *entry,
                           uint64_t start, fm_io_buffer *out) {
    member from = {.source = source, .entry = entry};
    fm_status status = check_claims(&from);
    if (status == FM_OK) status = find_data(&from, start);
    if (status == FM_OK) status = fm_io_buffer_reserve(source->io, out, entry->size + 1);
    if (status != FM_OK) return status;
    if (entry->method == ZIP_DEFLATED) {
        status = inflate_member(&from, out);
    } else {
        status = fm_io_zip_read(source, from.at, out->data, entry->size);
        out->size = (size_t)entry->size;
    }
    if (status != FM_OK) return status;
    unsigned long crc = crc32_z(crc32_z(0, NULL, 0), out->data, out->size);
    if (crc == entry->crc) return FM_OK;
    return fm_io_fail(source->io, FM_ERR_FORMAT,
                      "%s: member '%.*s': CRC-32 is %08lx, expected %08lx", source->name,
                      name_size(entry), entry->name, crc, (unsigned long)entry->crc);
}
