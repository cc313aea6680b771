/* The table of the further elementwise kernels. */
#ifndef FM_CUDA_EXTRA_H
#define FM_CUDA_EXTRA_H

#include "map.h"
#include "ops/ids_extra.h"

#ifdef __cplusplus
extern "C" {
#endif

/* NULL: there is no such kernel. */
const cu_map_kernel *cu_extra_kernel(unsigned op, fm_dtype compute);

#ifdef __cplusplus
}
#endif
#endif
