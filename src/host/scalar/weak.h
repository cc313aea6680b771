/* Weak numbers beside float16 and bfloat16: which of them they are rounded to first. */
#ifndef FM_SCALAR_WEAK_H
#define FM_SCALAR_WEAK_H

#include "core/backend.h"

/* float16 or bfloat16 where the call computes in float32 on behalf of that dtype, to which numbers
   by value are rounded first, as NumPy does; else FM_DTYPE_NONE. Inputs of bool and of integers of
   8 bits leave the choice to the others. */
static inline fm_dtype fm_half_of_call(const fm_kernel_call *call) {
    fm_dtype half = FM_DTYPE_NONE;
    if (call->compute != FM_FLOAT32) return half;
    for (int i = 0; i < call->nin; i++) {
        if (!call->in[i] || (call->by_value >> i & 1)) continue;
        fm_dtype dtype = call->in[i]->dtype;
        if (dtype == FM_BOOL || dtype == FM_INT8 || dtype == FM_UINT8) continue;
        if (dtype != FM_FLOAT16 && dtype != FM_BFLOAT16) return FM_DTYPE_NONE;
        if (half && half != dtype) return FM_DTYPE_NONE;
        half = dtype;
    }
    return half;
}

#endif
