/* Writing the device's error word from a kernel. */
#ifndef FM_CUDA_FAULT_KERNEL_H
#define FM_CUDA_FAULT_KERNEL_H

#include "fault.h"
#include "launch.h"

/* The first fault since the word was last read stays in it. */
static __device__ inline void fm_fault_report(cu_fault *fault, const cu_fault &found) {
    const int32_t none = CU_FAULT_NONE, taken = CU_FAULT_TAKEN, whole = CU_FAULT_WHOLE;
    if (atomicCAS(&fault->state, none, taken) != none) return;
    fault->kind = found.kind;
    fault->name = found.name;
    fault->row = found.row;
    fault->label = found.label;
    fault->classes = found.classes;
    fault->watch = found.watch;
    __threadfence_system();
    atomicExch(&fault->state, whole);
}

#endif
