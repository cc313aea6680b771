/* Tensors: typed, strided views of reference-counted storage on one device. */
#ifndef FLOPMETER_TENSOR_H
#define FLOPMETER_TENSOR_H

#include <flopmeter/context.h>

FM_BEGIN_DECLS

#define FM_MAX_NDIM 64

/* A new tensor of uninitialised elements, row-major, on the context's device; not a counted
   operation. Extents may be 0, never negative; ndim 0 is one element. The caller owns it. */
FM_API FM_MUST_CHECK fm_status fm_tensor_create(fm_context *ctx, fm_dtype dtype, int ndim,
                                                const int64_t *shape, fm_tensor **out);

/* The same, filled with the row-major host array data (size * itemsize bytes). */
FM_API FM_MUST_CHECK fm_status fm_tensor_from_host(fm_context *ctx, fm_dtype dtype, int ndim,
                                                   const int64_t *shape, const void *data,
                                                   fm_tensor **out);

/* A tensor without data: it has dtype and shape, can be asked for costs, and cannot be computed. */
FM_API FM_MUST_CHECK fm_status fm_tensor_abstract(fm_context *ctx, fm_dtype dtype, int ndim,
                                                  const int64_t *shape, fm_tensor **out);

/* A weak scalar, as a Python number is to NumPy 2: it takes part by value and adapts to the other
   operand's dtype. fm_tensor_set_scalar changes its value in place (its dtype must stay). */
FM_API FM_MUST_CHECK fm_status fm_tensor_scalar(fm_context *ctx, fm_scalar value, fm_tensor **out);
FM_API FM_MUST_CHECK fm_status fm_tensor_set_scalar(fm_context *ctx, fm_tensor *tensor,
                                                    fm_scalar value);

/* Uses the caller's memory on the context's device, without owning it: strides in elements (NULL:
   row-major) and of any sign, data pointing at element [0, ..., 0]; release (may be NULL) is
   called with user when the last reference goes, and not where wrapping failed. */
FM_API FM_MUST_CHECK fm_status fm_tensor_wrap(fm_context *ctx, fm_dtype dtype, int ndim,
                                              const int64_t *shape, const int64_t *strides,
                                              void *data, void (*release)(void *user), void *user,
                                              fm_tensor **out);

/* Another reference to the same tensor. Returns it. */
FM_API fm_tensor *fm_tensor_retain(fm_tensor *tensor);

/* Gives one reference up; NULL is allowed. */
FM_API void fm_tensor_release(fm_tensor *tensor);

FM_API fm_dtype fm_tensor_dtype(const fm_tensor *tensor);
FM_API int fm_tensor_ndim(const fm_tensor *tensor);
FM_API const int64_t *fm_tensor_shape(const fm_tensor *tensor);
/* Distance in elements between neighbours along each axis. */
FM_API const int64_t *fm_tensor_strides(const fm_tensor *tensor);
FM_API int64_t fm_tensor_size(const fm_tensor *tensor);
FM_API size_t fm_tensor_nbytes(const fm_tensor *tensor);
FM_API fm_device fm_tensor_device(const fm_tensor *tensor);
FM_API bool fm_tensor_is_contiguous(const fm_tensor *tensor);
/* Address of element [0, ..., 0] in the device's memory; NULL for abstract tensors. */
FM_API void *fm_tensor_data(const fm_tensor *tensor);

/* Copies all elements, row-major, to host memory of fm_tensor_nbytes bytes; waits for the device.
 */
FM_API FM_MUST_CHECK fm_status fm_tensor_to_host(fm_context *ctx, const fm_tensor *tensor,
                                                 void *data, size_t nbytes);

/* Overwrites all elements from a row-major host array of fm_tensor_nbytes bytes. */
FM_API FM_MUST_CHECK fm_status fm_tensor_set_from_host(fm_context *ctx, fm_tensor *tensor,
                                                       const void *data, size_t nbytes);

/* The one element of a tensor of size 1. */
FM_API FM_MUST_CHECK fm_status fm_tensor_item(fm_context *ctx, const fm_tensor *tensor,
                                              fm_scalar *out);

/* Registers a tensor under a name (NULL tensor: removes the name); the context keeps a reference.
 */
FM_API FM_MUST_CHECK fm_status fm_tensor_register(fm_context *ctx, const char *name,
                                                  fm_tensor *tensor);

/* The tensor of that name, or NULL with an error that lists the known names. Not a new reference.
 */
FM_API fm_tensor *fm_tensor_find(fm_context *ctx, const char *name);

/* Lets tensor take over source's storage and layout in place: every holder of the handle sees it.
   dtype and device must agree. The profiler scales tensors this way. */
FM_API FM_MUST_CHECK fm_status fm_tensor_assign(fm_context *ctx, fm_tensor *tensor,
                                                const fm_tensor *source);

FM_END_DECLS
#endif
