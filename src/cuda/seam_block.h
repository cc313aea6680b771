/* Joining the states of neighbouring threads of a block, which wait for one another and share
 * memory for it. On the fake device a group's threads come one after another, in either order, and
 * the last of them has the whole. */
#ifndef FM_CUDA_SEAM_BLOCK_H
#define FM_CUDA_SEAM_BLOCK_H

#include "launch.h"

enum { CU_BLOCK = 256 };

/* Every thread of a block of at most CU_BLOCK threads calls this once, with the state of its share;
 * threads are grouped by `width`, a power of two that divides the block. R::join(a, b) folds the
 * later state b into a. True in one thread of each group, whose state is then the group's. */
#ifdef FM_EMULATE
template <typename R> inline bool fm_block_join(typename R::State &state, int width) {
    static typename R::State all;
    static int seen;
    static unsigned before;
    const bool forward = seen == 0 || threadIdx.x > before;
    before = threadIdx.x;
    if (seen == 0) {
        all = state;
    } else if (forward) {
        R::join(all, state);
    } else {
        typename R::State mine = state;
        R::join(mine, all);
        all = mine;
    }
    if (++seen < width) return false;
    seen = 0;
    state = all;
    return true;
}
#else
template <typename R> __device__ inline bool fm_block_join(typename R::State &state, int width) {
    __shared__ typename R::State all[CU_BLOCK];
    const int t = static_cast<int>(threadIdx.x), place = t & (width - 1);
    all[t] = state;
    for (int half = width / 2; half > 0; half /= 2) {
        __syncthreads();
        if (place < half) R::join(all[t], all[t + half]);
    }
    state = all[t];
    return place == 0;
}
#endif

#endif
