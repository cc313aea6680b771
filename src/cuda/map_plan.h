/* Plans of elementwise kernels over any layouts. */
#ifndef FM_CUDA_MAP_PLAN_H
#define FM_CUDA_MAP_PLAN_H

#include "family.h"
#include "map.h"

/* Input i of the kernel is input `input[i]` of the call, brought to in_dtype[i]; the kernel writes
 * out_dtype, which is converted where call->out[0] has another. constant, where it is not NULL, is
 * the value of the only input, whatever the call's inputs are. */
typedef struct cu_map_spec {
    const cu_map_kernel *kernel;
    int nin;
    int input[CU_MAP_INPUTS];
    fm_dtype in_dtype[CU_MAP_INPUTS];
    fm_dtype out_dtype;
    const fm_scalar *constant;
    int whole_power; /* input 1 must not be negative; a fault of that kind is told at a wait */
} cu_map_spec;

fm_status cu_map_plan(const fm_kernel_call *call, const cu_map_spec *spec, fm_kplan **plan,
                      fm_error *error);

#endif
