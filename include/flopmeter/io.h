/* Arrays in files: NumPy's .npy and .npz. Reading and writing are not counted. */
#ifndef FLOPMETER_IO_H
#define FLOPMETER_IO_H

#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

/* Failures of every function here name the file: FM_ERR_NOT_FOUND (nothing has that name),
   FM_ERR_IO, FM_ERR_FORMAT (damaged, cut, or followed by more), FM_ERR_DTYPE (text, objects,
   structures, 128-bit floats; bfloat16 when writing), FM_ERR_OVERFLOW, FM_ERR_MEMORY. */

/* Reads a .npy file of version 1 to 3, of either byte and axis order, as a new tensor on the
   context's device. The caller owns it. */
FM_API FM_MUST_CHECK fm_status fm_npy_read(fm_context *ctx, const char *path, fm_tensor **out);

/* The same from `size` bytes that are a whole .npy file; name opens the messages. */
FM_API FM_MUST_CHECK fm_status fm_npy_read_bytes(fm_context *ctx, const char *name,
                                                 const void *bytes, size_t size, fm_tensor **out);

/* The same without reading: on the CPU the tensor is the file's pages, read as they are used. What
   is written into it stays in memory and never reaches the file, which must not be cut while the
   tensor lives. On another device the elements are copied there. FM_ERR_UNSUPPORTED: elements that
   cannot be used as they lie, of another byte order, first axis fastest, or not aligned. */
FM_API FM_MUST_CHECK fm_status fm_npy_map(fm_context *ctx, const char *path, fm_tensor **out);

/* Writes the tensor, row-major, byte for byte as numpy.save does. The file takes its place when it
   is complete; what was there stays until then. */
FM_API FM_MUST_CHECK fm_status fm_npy_write(fm_context *ctx, const char *path,
                                            const fm_tensor *tensor);

/* An open .npz archive, read only. */
typedef struct fm_npz fm_npz;

/* FM_ERR_FORMAT: no zip archive, a cut one, one that names a member twice. */
FM_API FM_MUST_CHECK fm_status fm_npz_open(fm_context *ctx, const char *path, fm_npz **out);
FM_API void fm_npz_close(fm_npz *npz); /* NULL is allowed */

/* Its arrays, in the archive's order; NULL past the last. */
FM_API size_t fm_npz_count(const fm_npz *npz);
FM_API const char *fm_npz_name(const fm_npz *npz, size_t index);

/* Reads one array as a new tensor. FM_ERR_NOT_FOUND lists those that there are; FM_ERR_FORMAT also
   where the checksum differs; FM_ERR_UNSUPPORTED: encrypted, or compressed but by deflate. */
FM_API FM_MUST_CHECK fm_status fm_npz_read(fm_context *ctx, fm_npz *npz, const char *name,
                                           fm_tensor **out);

/* An archive on its way. It takes the path's place at commit; abandon leaves what was there. */
typedef struct fm_npz_writer fm_npz_writer;

FM_API FM_MUST_CHECK fm_status fm_npz_create(fm_context *ctx, const char *path,
                                             fm_npz_writer **out);

/* Adds the tensor under a name, deflated if asked for. After a failure only abandon is left. */
FM_API FM_MUST_CHECK fm_status fm_npz_add(fm_context *ctx, fm_npz_writer *writer, const char *name,
                                          const fm_tensor *tensor, bool deflate);

/* Both free the writer. */
FM_API FM_MUST_CHECK fm_status fm_npz_commit(fm_context *ctx, fm_npz_writer *writer);
FM_API void fm_npz_abandon(fm_npz_writer *writer); /* NULL is allowed */

FM_END_DECLS
#endif
