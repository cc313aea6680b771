/* The driver of elementwise kernels: any layouts and dtypes, block by block, over the pool. */
#ifndef FM_CPU_MAP_RUN_H
#define FM_CPU_MAP_RUN_H

#include "cpu/family.h"
#include "cpu/map.h"

/* At most so many inputs, of which three may be in memory: fm_index has the output too. */
enum { FM_MAP_INPUTS = 5 };

/* A plan that runs kernel over call's operands: input i is brought to dtype in_dtype[i], the kernel
   writes out_dtype, which is converted where call->out[0] has another. Inputs are in[0..nin-1] by
   their numbers in the call (`input`). The caller owns *plan. */
typedef struct fm_map_spec {
    fm_map_fn kernel;
    fm_convert_fn cast; /* instead of kernel: a conversion of in[0] */
    bool whole_power; /* a negative element of in[1] is FM_ERR_ARGUMENT, before anything is written
                       */
    int nin;
    int input[FM_MAP_INPUTS];
    fm_dtype in_dtype[FM_MAP_INPUTS];
    fm_dtype out_dtype;
} fm_map_spec;

fm_status fm_map_plan(const fm_kernel_call *call, const fm_map_spec *spec, fm_kplan **plan,
                      fm_error *error);

/* The plan of a copy into call->out[0] of call->in[0], converted and broadcast. */
fm_status fm_cast_plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                       fm_error *error);

#endif
