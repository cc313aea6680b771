/* NumPy's .npz archives: a zip file whose members are .npy files, stored or deflated, zip64 too. */
#ifndef FM_HOST_IO_NPZ_H
#define FM_HOST_IO_NPZ_H

#include "io/io.h"

typedef struct fm_io_npz fm_io_npz;

/*
 * Opens an archive and reads its list of members. The bytes of open_memory must stay until close;
 * `io` must too, and takes every message. FM_ERR_FORMAT: no zip archive, a cut one, one that names
 * a member twice.
 */
fm_status fm_io_npz_open(fm_io *io, const char *path, fm_io_npz **out) FM_MUST_CHECK;
fm_status fm_io_npz_open_memory(fm_io *io, const char *name, const void *bytes, size_t size,
                                fm_io_npz **out) FM_MUST_CHECK;
void fm_io_npz_close(fm_io_npz *npz);

/* Members that end in .npy, without that ending, in the archive's order. Owned by the archive. */
size_t fm_io_npz_count(const fm_io_npz *npz);
const char *fm_io_npz_name(const fm_io_npz *npz, size_t index);
bool fm_io_npz_has(const fm_io_npz *npz, const char *member);

/*
 * Reads one member; close the array with fm_io_array_close. A member asks for no more memory than
 * its compressed bytes can hold. FM_ERR_NOT_FOUND lists the members there are; FM_ERR_FORMAT also
 * when the CRC-32 differs; FM_ERR_UNSUPPORTED: encrypted, or another compression than deflate.
 */
fm_status fm_io_npz_load(fm_io_npz *npz, const char *member, fm_io_array *out) FM_MUST_CHECK;

typedef struct fm_io_npz_writer fm_io_npz_writer;

/*
 * Writes an archive beside `path`, which it replaces at commit; abandon leaves the path as it was.
 * Both free the writer. The path must not be there or be a regular file. Once a member has failed
 * half written, add and commit give FM_ERR_STATE.
 */
fm_status fm_io_npz_create(fm_io *io, const char *path, fm_io_npz_writer **out) FM_MUST_CHECK;
fm_status fm_io_npz_add(fm_io_npz_writer *writer, const char *member, const fm_io_array *array,
                        bool deflate) FM_MUST_CHECK;
fm_status fm_io_npz_commit(fm_io_npz_writer *writer) FM_MUST_CHECK;
void fm_io_npz_abandon(fm_io_npz_writer *writer);

#endif
