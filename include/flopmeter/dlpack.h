/* DLPack 1.x: tensors handed between libraries without a copy. The structs are those of
   <dlpack/dlpack.h>, which this header does not need: include it to look inside. */
#ifndef FLOPMETER_DLPACK_H
#define FLOPMETER_DLPACK_H

#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

struct DLManagedTensorVersioned;
struct DLManagedTensor;

/* In place of a stream: neither side waits for the other; the caller has put them in order. */
#define FM_DLPACK_NO_WAIT ((void *)(intptr_t)-1)

/* A tensor over managed's memory, with its strides, byte offset and read-only flag. It takes
   managed over: its deleter runs when the last reference goes, and not where this fails.
   stream: the producer's, on which the memory was written last; NULL: the default stream of CUDA.
   As with fm_tensor_wrap_foreign the context's stream waits for it now, and it for the context's
   before the deleter runs. On the CPU it plays no part. FM_ERR_DTYPE: no such element type, or
   lanes; FM_ERR_DEVICE: memory of another device; FM_ERR_UNSUPPORTED: another major version, whose
   deleter alone may be used; FM_ERR_SHAPE, FM_ERR_ARGUMENT: a bad shape or alignment. */
FM_API FM_MUST_CHECK fm_status fm_tensor_from_dlpack(fm_context *ctx,
                                                     struct DLManagedTensorVersioned *managed,
                                                     void *stream, fm_tensor **out);

/* The struct of before 1.0, which has neither version nor flags: the memory may be written. */
FM_API FM_MUST_CHECK fm_status fm_tensor_from_dlpack_unversioned(fm_context *ctx,
                                                                 struct DLManagedTensor *managed,
                                                                 void *stream, fm_tensor **out);

/* The tensor's memory as it is now, without a copy; the caller calls (*out)->deleter once. The
   memory is kept, also past the context, and counts as shared meanwhile. stream: the consumer's,
   which waits for the context's; NULL: the default stream of CUDA. FM_ERR_STATE: the tensor has no
   memory. A tensor that operations may not write is flagged read-only. */
FM_API FM_MUST_CHECK fm_status fm_tensor_to_dlpack(fm_context *ctx, const fm_tensor *tensor,
                                                   void *stream,
                                                   struct DLManagedTensorVersioned **out);

/* The same as the struct of before 1.0. FM_ERR_STATE too for memory that may not be written, which
   it cannot say. */
FM_API FM_MUST_CHECK fm_status fm_tensor_to_dlpack_unversioned(fm_context *ctx,
                                                               const fm_tensor *tensor,
                                                               void *stream,
                                                               struct DLManagedTensor **out);

FM_END_DECLS
#endif
