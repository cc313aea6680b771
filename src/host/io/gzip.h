/* Unpacking whole gzip files held in memory, and zlib's memory from an fm_io. */
#ifndef FM_HOST_IO_GZIP_H
#define FM_HOST_IO_GZIP_H

#include "io/io.h"

struct z_stream_s;

/* Makes a zeroed zlib stream take its memory from the same place as everything else here. */
void fm_io_zlib_memory(fm_io *io, struct z_stream_s *stream);

/* Whether bytes begin as RFC 1952 says a gzip file does. */
bool fm_io_is_gzip(const void *bytes, size_t size);

/*
 * Unpacks one gzip member, or several one after the other, into an empty buffer. FM_ERR_FORMAT when
 * they are damaged, cut, or followed by something else; the buffer is then empty.
 */
fm_status fm_io_gunzip(fm_io *io, const char *name, const void *bytes, size_t size,
                       fm_io_buffer *out) FM_MUST_CHECK;

#endif
