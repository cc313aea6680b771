/* Numbers that come by value, as elements of a kernel's dtype. */
#ifndef FM_CUDA_VALUE_H
#define FM_CUDA_VALUE_H

#include "core/backend.h"

/* Bytes of an element of a valid dtype. */
size_t cu_dtype_size(fm_dtype dtype);

/* Writes the number as one element of dtype, by way of half where that is not FM_DTYPE_NONE. */
void cu_value_store(fm_scalar scalar, fm_dtype half, fm_dtype dtype, void *element);

#endif
