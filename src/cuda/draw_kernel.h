/* The random stream as a sampler's kernel finds it. */
#ifndef FM_CUDA_DRAW_KERNEL_H
#define FM_CUDA_DRAW_KERNEL_H

#include "draw.h"
#include "launch.h"

static __device__ inline cu_draw fm_draw_here(const cu_draw &draw) {
    if (!draw.origin) return draw;
    return {draw.origin[0], draw.origin[1] + draw.offset, nullptr};
}

#endif
