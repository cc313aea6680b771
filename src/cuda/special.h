/* The table of the kernels of distributions. */
#ifndef FM_CUDA_SPECIAL_H
#define FM_CUDA_SPECIAL_H

#include "map.h"
#include "ops/ids_special.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const cu_map_kernel cu_special[FM_SPECIAL_COUNT];

#ifdef __cplusplus
}
#endif
#endif
