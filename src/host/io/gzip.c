/* gzip through zlib, which checks each member's CRC-32 and length. */
#include "io/gzip.h"

#define ZLIB_CONST /* next_in points to const */
#include <limits.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* the largest window; 16 asks for gzip's header and no other */

typedef struct packed {
    fm_io *io;
    const char *name;
    const uint8_t *next;
    size_t left;
    size_t size;
} packed;

static voidpf zlib_allocate(voidpf opaque, uInt items, uInt size) {
    fm_io *io = opaque;
    return io->allocate(io->user, (size_t)items * size);
}

static void zlib_release(voidpf opaque, voidpf pointer) {
    fm_io_free(opaque, pointer);
}

void fm_io_zlib_memory(fm_io *io, struct z_stream_s *stream) {
    stream->zalloc = zlib_allocate;
    stream->zfree = zlib_release;
    stream->opaque = io;
}

bool fm_io_is_gzip(const void *bytes, size_t size) {
    const uint8_t *p = bytes;
    return size >= 2 && p[0] == 0x1f && p[1] == 0x8b;
}

static fm_status damaged(const packed *from, const char *why) {
    return fm_io_fail(from->io, FM_ERR_FORMAT,
                      "%s: gzip data is damaged or cut at byte %zu of %zu: %s", from->name,
                      from->size - from->left, from->size, why);
}

/* One call of inflate on as much as fits its 32-bit counts. There is always room, so that
   Z_BUF_ERROR means that the input has ended. */
static fm_status step(packed *from, z_stream *zip, fm_io_buffer *out, bool *ended) {
    fm_status status = fm_io_buffer_grow(from->io, out, (uint64_t)out->size + 1);
    if (status != FM_OK) return status;
    size_t room = out->capacity - out->size - 1;
    uInt give = from->left < UINT_MAX ? (uInt)from->left : UINT_MAX;
    uInt take = room < UINT_MAX ? (uInt)room : UINT_MAX;
    zip->next_in = from->next;
    zip->avail_in = give;
    zip->next_out = out->data + out->size;
    zip->avail_out = take;
    int result = inflate(zip, Z_NO_FLUSH);
    from->next += give - zip->avail_in;
    from->left -= give - zip->avail_in;
    out->size += take - zip->avail_out;
    out->data[out->size] = 0;
    *ended = result == Z_STREAM_END;
    if (result == Z_MEM_ERROR) return fm_io_fail(from->io, FM_ERR_MEMORY, "gzip: no memory");
    if (result == Z_OK || *ended) return FM_OK;
    return damaged(from, zip->msg ? zip->msg : "it ends early");
}

static fm_status unpack_member(packed *from, fm_io_buffer *out) {
    z_stream zip = {0};
    fm_io_zlib_memory(from->io, &zip);
    if (inflateInit2(&zip, GZIP_WINDOW) != Z_OK) {
        return fm_io_fail(from->io, FM_ERR_MEMORY, "%s: no memory to unpack gzip data", from->name);
    }
    fm_status status = FM_OK;
    for (bool ended = false; status == FM_OK && !ended;) status = step(from, &zip, out, &ended);
    inflateEnd(&zip);
    return status;
}

fm_status fm_io_gunzip(fm_io *io, const char *name, const void *bytes, size_t size,
                       fm_io_buffer *out) {
    packed from = {io, name, bytes, size, size};
    fm_status status = fm_io_buffer_grow(io, out, size);
    do {
        if (status == FM_OK) status = unpack_member(&from, out);
    } while (status == FM_OK && from.left);
    if (status != FM_OK) fm_io_buffer_close(io, out);
    return status;
}
