/* Numbers that come by value, and facts of dtypes that the core knows and a module must not ask. */
#ifndef FM_CPU_SCALAR_VALUE_H
#define FM_CPU_SCALAR_VALUE_H

#include "core/backend.h"

/* Bytes of an element; dtype is a valid one. */
size_t fm_cpu_dtype_size(fm_dtype dtype);

/* Writes the number as one element of dtype, by way of half where that is not FM_DTYPE_NONE. */
void fm_scalar_store(fm_scalar scalar, fm_dtype half, fm_dtype dtype, void *element);

#endif
