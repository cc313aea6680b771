/* The two kernels of a reduction R: fold, where a group of threads folds one chunk of one output,
 * and join, where a group folds the states of all chunks of one output.
 *
 * R has Tag (the dtype in which elements are read), State, start(), step(state, element, number,
 * args), join(state, later state, args' flags held by the state) and finish(state, args, place of
 * the output). */
#ifndef FM_CUDA_REDUCE_KERNEL_H
#define FM_CUDA_REDUCE_KERNEL_H

#include "map_types.h"
#include "reduce.h"
#include "seam_block.h"

/* The offset of element i of an index with one axis or more, of one operand. */
static __device__ inline int64_t cu_offset(const fm_index &index, int operand, int64_t i) {
    if (index.ndim == 1) return i * index.stride[operand][0];
    const bool narrow = index.size <= INT32_MAX;
    int64_t at = 0;
    for (int d = index.ndim - 1; d >= 0; --d) {
        const int64_t extent = index.extent[d];
        const int64_t next =
            narrow ? static_cast<int64_t>(static_cast<uint32_t>(i) / static_cast<uint32_t>(extent))
                   : i / extent;
        at += (i - next * extent) * index.stride[operand][d];
        i = next;
    }
    return at;
}

template <typename Tag>
__device__ inline typename Tag::T cu_element(const cu_reduce_args &r, int64_t at) {
    typedef typename Tag::T T;
    if (r.convert) return Tag::from(r.from, r.in, at);
    return static_cast<const T *>(r.in)[at];
}

/* Four elements are on their way at a time, so that memory is kept busy. */
template <typename R>
__device__ inline void cu_fold(const cu_reduce_args &r, typename R::State &state, int64_t origin,
                               int64_t lo, int64_t hi, int lane) {
    typedef typename R::Tag Tag;
    typedef typename Tag::T T;
    const int64_t step = r.width;
    int64_t e = lo + lane;
    for (; e + 3 * step < hi; e += 4 * step) {
        T x[4];
        for (int u = 0; u < 4; ++u)
            x[u] = cu_element<Tag>(r, origin + cu_offset(r.red, 0, e + u * step));
        for (int u = 0; u < 4; ++u) R::step(state, x[u], e + u * step, r);
    }
    for (; e < hi; e += step)
        R::step(state, cu_element<Tag>(r, origin + cu_offset(r.red, 0, e)), e, r);
}

template <typename R> FM_KERNEL void cu_reduce_fold(const __grid_constant__ cu_reduce_args r) {
    typedef typename R::State State;
    const int64_t groups = blockDim.x / static_cast<unsigned>(r.width);
    const int64_t item = blockIdx.x * groups + threadIdx.x / static_cast<unsigned>(r.width);
    const int lane = static_cast<int>(threadIdx.x & static_cast<unsigned>(r.width - 1));
    const bool mine = item < r.outputs * r.chunks;
    const int64_t chunk = mine ? item / r.outputs : 0, output = item - chunk * r.outputs;
    State state = R::start(r);
    if (mine) {
        const int64_t lo = chunk * r.chunk;
        const int64_t hi = lo + r.chunk < r.count ? lo + r.chunk : r.count;
        cu_fold<R>(r, state, cu_offset(r.kept, 0, output), lo, hi, lane);
    }
    const bool last = r.width == 1 || fm_block_join<R>(state, r.width);
    if (!last || !mine) return;
    if (r.chunks > 1)
        static_cast<State *>(r.partial)[item] = state;
    else
        R::finish(state, r, cu_offset(r.kept, 1, output));
}

template <typename R> FM_KERNEL void cu_reduce_join(const __grid_constant__ cu_reduce_args r) {
    typedef typename R::State State;
    const int64_t groups = blockDim.x / static_cast<unsigned>(r.width);
    const int64_t output = blockIdx.x * groups + threadIdx.x / static_cast<unsigned>(r.width);
    const int lane = static_cast<int>(threadIdx.x & static_cast<unsigned>(r.width - 1));
    const bool mine = output < r.outputs;
    State state = R::start(r);
    if (mine)
        for (int64_t chunk = lane; chunk < r.chunks; chunk += r.width)
            R::join(state, static_cast<const State *>(r.partial)[chunk * r.outputs + output]);
    const bool last = r.width == 1 || fm_block_join<R>(state, r.width);
    if (last && mine) R::finish(state, r, cu_offset(r.kept, 1, output));
}

/* Exactly as many blocks as there are groups for: each block meets its barriers once. */
static inline fm_geometry cu_reduce_geometry(int64_t items, int width) {
    const int64_t groups = CU_BLOCK / width;
    const int64_t blocks = items / groups + (items % groups != 0);
    return {{static_cast<unsigned>(blocks), 1, 1}, {CU_BLOCK, 1, 1}};
}

template <typename R> cu_error cu_launch_fold(const cu_reduce_args *args, cu_stream stream) {
    return fm_launch(cu_reduce_fold<R>,
                     cu_reduce_geometry(args->outputs * args->chunks, args->width), stream, *args);
}

template <typename R> cu_error cu_launch_join(const cu_reduce_args *args, cu_stream stream) {
    return fm_launch(cu_reduce_join<R>, cu_reduce_geometry(args->outputs, args->width), stream,
                     *args);
}

/* An entry of a table of kernels. */
#define CU_REDUCE_ENTRY(...)                                                                       \
    {                                                                                              \
        sizeof(typename __VA_ARGS__::State), cu_launch_fold<__VA_ARGS__>,                          \
            cu_launch_join<__VA_ARGS__>                                                            \
    }

#endif
