/* Whole files: read at once, or replaced at once so that a failure never leaves half of one. */
#ifndef FM_HOST_IO_FILE_H
#define FM_HOST_IO_FILE_H

#include "io/io.h"

/*
 * Reads all of a file or pipe into an empty buffer. FM_ERR_NOT_FOUND when nothing has that name,
 * FM_ERR_MEMORY above io->max_bytes, FM_ERR_IO otherwise; the buffer is then empty.
 */
fm_status fm_io_read_file(fm_io *io, const char *path, fm_io_buffer *out) FM_MUST_CHECK;

/*
 * A file under way to a path. It is written beside it under another name and takes the path when it
 * is complete; until then, and for ever if it fails, what was there stays. A path that is there and
 * is no regular file (a terminal, a pipe) is written straight.
 */
typedef struct fm_io_replacement {
    char *path;
    char *temporary; /* NULL when written straight */
    int descriptor;
} fm_io_replacement;

fm_status fm_io_replace_begin(fm_io *io, const char *path, fm_io_replacement *out) FM_MUST_CHECK;
fm_status fm_io_replace_write(fm_io *io, fm_io_replacement *file, const void *bytes,
                              size_t size) FM_MUST_CHECK;

/* Writes over what was written at `offset`; a file written straight has no such place. */
fm_status fm_io_replace_patch(fm_io *io, fm_io_replacement *file, uint64_t offset,
                              const void *bytes, size_t size) FM_MUST_CHECK;

/* Both close the file; commit puts it in its place, abandon removes what was written. */
fm_status fm_io_replace_commit(fm_io *io, fm_io_replacement *file) FM_MUST_CHECK;
void fm_io_replace_abandon(fm_io *io, fm_io_replacement *file);

/* The three in one. */
fm_status fm_io_write_file(fm_io *io, const char *path, const void *bytes,
                           size_t size) FM_MUST_CHECK;

#endif
