/* Contractions without a matrix product: any dtype, any strides, one thread an output. */
#ifndef FM_CUDA_DIRECT_H
#define FM_CUDA_DIRECT_H

#include "vendor.h"

#include "scalar/index.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* b NULL: the elements of a alone are summed. With one chunk results are written at once, else sums
 * to partial[chunk][output], which a second launch adds up. */
typedef struct cu_direct_args {
    const void *a, *b;
    void *c;
    void *partial;
    int64_t outputs, count; /* count: products in each output */
    int64_t chunk, chunks;
    int32_t conjugate_a;
    fm_index kept; /* operand 0: c, 1: a, 2: b */
    fm_index red;  /* operand 0: a, 1: b */
} cu_direct_args;

typedef cu_error (*cu_direct_launch)(const cu_direct_args *args, int processors, cu_stream stream);

/* sum: bytes of a partial sum. */
typedef struct cu_direct_kernel {
    size_t sum;
    cu_direct_launch fold, join;
} cu_direct_kernel;

/* By the dtype of all operands. Integers wrap, bool sums are "or"; halves and float32 are summed in
 * double. */
extern const cu_direct_kernel cu_direct[FM_DTYPE_COUNT];

#ifdef __cplusplus
}
#endif
#endif
