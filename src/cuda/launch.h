/* How a kernel is written and launched: fm_launch in place of <<<>>>, so that the same file runs on
 * a GPU (nvcc) and on the fake device (g++ with FM_EMULATE).
 *
 * A kernel is a __global__ function of trivially copyable arguments, free of barriers and shared
 * memory (those live in seam_*.h), with 64-bit indices in a grid-stride loop:
 *
 *     FM_KERNEL void scale(float *x, int64_t n, float by) {
 *         for (int64_t i = fm_thread(); i < n; i += fm_threads()) x[i] *= by;
 *     }
 *     return fm_launch(scale, fm_cover(n, 1, processors), stream, x, n, 2.0f);
 */
#ifndef FM_CUDA_LAUNCH_H
#define FM_CUDA_LAUNCH_H

#include "vendor.h"

#ifdef FM_EMULATE
#include "emulate.h"
#else
#include <cuda_runtime.h>
#endif

#include <type_traits>
#include <utility>

#define FM_KERNEL static __global__

/* A device function that is called, not copied into every kernel. */
#ifdef FM_EMULATE
#define FM_APART __attribute__((noinline))
#else
#define FM_APART __device__ __noinline__
#endif

/* This thread's place in a one-dimensional grid, and the number of its threads. */
static __device__ inline int64_t fm_thread() {
    return static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
}

static __device__ inline int64_t fm_threads() {
    return static_cast<int64_t>(gridDim.x) * blockDim.x;
}

struct fm_geometry {
    cu_dim3 grid, block;
};

/* Blocks of 256 threads for n items, `each` a thread; at most 32 blocks a processor, beyond which
 * the grid-stride loop takes over. n = 0 gives one block, whose threads find nothing to do. */
static inline fm_geometry fm_cover(int64_t n, int64_t each, int processors) {
    const int64_t block = 256, items = block * each;
    const int64_t most = static_cast<int64_t>(processors > 0 ? processors : 1) * 32;
    int64_t blocks = n / items + (n % items != 0);
    if (blocks > most) blocks = most;
    if (blocks < 1) blocks = 1;
    return {{static_cast<unsigned>(blocks), 1, 1}, {static_cast<unsigned>(block), 1, 1}};
}

#ifdef FM_EMULATE
template <typename... P, size_t... I>
inline void fm_call(const void *entry, void *const *args, std::index_sequence<I...>) {
    (void)args;
    reinterpret_cast<void (*)(P...)>(const_cast<void *>(entry))(*static_cast<P *>(args[I])...);
}

template <typename... P> inline void fm_invoke(const void *entry, void *const *args) {
    fm_call<P...>(entry, args, std::index_sequence_for<P...>());
}
#endif

/* A parameter type that is not deduced, so that arguments convert to what the kernel takes. */
template <typename T> struct fm_exactly { typedef T type; };

/* Puts one launch on the stream. Returns what the launch itself reports; a failure of the kernel
 * shows at a later synchronisation. */
template <typename... P>
inline cu_error fm_launch(void (*kernel)(P...), fm_geometry geometry, cu_stream stream,
                          typename fm_exactly<P>::type... args) {
    static_assert(sizeof...(P) > 0, "a kernel without arguments has nothing to do");
    static_assert((std::is_trivially_copyable<P>::value && ...), "arguments are copied as bytes");
    void *const list[] = {const_cast<void *>(static_cast<const void *>(&args))...};
    static const size_t bytes[] = {sizeof(P)...};
    cu_launch launch = {};
    launch.entry = reinterpret_cast<const void *>(kernel);
#ifdef FM_EMULATE
    launch.invoke = fm_invoke<P...>;
#endif
    launch.grid = geometry.grid;
    launch.block = geometry.block;
    launch.args = const_cast<void **>(list);
    launch.arg_bytes = bytes;
    launch.arg_count = sizeof...(P);
    return cu_api.launch(&launch, stream);
}

#endif
