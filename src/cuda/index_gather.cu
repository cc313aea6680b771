/* Kernels that gather and scatter by an index; one thread moves one element at a time. */
#include "index.h"
#include "index_types.h"

namespace {

/* The parts of element i of the output of a gather: its number among outer elements, indices and
 * inner elements. Divisions are of 32 bits where the size allows. */
struct Parts {
    int64_t outer, index, inner;
};

__device__ inline Parts parts_of(const cu_gather_args &g, int64_t i, bool narrow) {
    if (narrow) {
        const uint32_t x = static_cast<uint32_t>(i), run = static_cast<uint32_t>(g.inner.size);
        const uint32_t rest = x / run, count = static_cast<uint32_t>(g.count);
        return {rest / count, rest % count, x % run};
    }
    const int64_t rest = i / g.inner.size;
    return {rest / g.count, rest % g.count, i % g.inner.size};
}

__device__ inline int64_t offset_of(const cu_gather_args &g, const Parts &part, int64_t place) {
    return fm_axes_offset(&g.outer, part.outer) + fm_axes_offset(&g.group, place) +
           fm_axes_offset(&g.inner, part.inner);
}

template <typename T> FM_KERNEL void gather(const __grid_constant__ cu_gather_args g) {
    const int64_t total = g.outer.size * g.count * g.inner.size;
    const bool narrow = total <= INT32_MAX;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const Parts part = parts_of(g, i, narrow);
        const int64_t place = fm_place(g.index[part.index], g.group.size, g.mode);
        static_cast<T *>(g.out)[i] = static_cast<const T *>(g.in)[offset_of(g, part, place)];
    }
}

template <typename T>
cu_error launch_gather(const cu_gather_args *g, int processors, cu_stream stream) {
    const int64_t total = g->outer.size * g->count * g->inner.size;
    return fm_launch(gather<T>, fm_cover(total, 1, processors), stream, *g);
}

FM_KERNEL void mark_last(const __grid_constant__ cu_gather_args g) {
    for (int64_t i = fm_thread(); i < g.count; i += fm_threads()) {
        const int64_t place = fm_place(g.index[i], g.group.size, g.mode);
        atomicMax(&g.last[place], static_cast<unsigned long long>(i) + 1);
    }
}

template <typename T> FM_KERNEL void scatter(const __grid_constant__ cu_gather_args g) {
    const int64_t total = g.outer.size * g.count * g.inner.size;
    const bool narrow = total <= INT32_MAX;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const Parts part = parts_of(g, i, narrow);
        const int64_t place = fm_place(g.index[part.index], g.group.size, g.mode);
        if (g.last && g.last[place] != static_cast<unsigned long long>(part.index) + 1) continue;
        static_cast<T *>(g.out)[offset_of(g, part, place)] =
            static_cast<const T *>(g.in)[i * g.step];
    }
}

template <typename T>
cu_error launch_scatter(const cu_gather_args *g, int processors, cu_stream stream) {
    const int64_t total = g->outer.size * g->count * g->inner.size;
    return fm_launch(scatter<T>, fm_cover(total, 1, processors), stream, *g);
}

/* in NULL: the places themselves. */
template <typename T>
FM_KERNEL void gather_along(const __grid_constant__ fm_along a, const T *in, const int64_t *index,
                            T *out, int64_t *places) {
    for (int64_t i = fm_thread(); i < a.size; i += fm_threads()) {
        int64_t at = 0, from = 0, rest = i;
        for (int d = a.ndim - 1; d >= 0; --d) {
            const int64_t next = rest / a.extent[d], here = rest - next * a.extent[d];
            at += here * a.in[d];
            from += here * a.at[d];
            rest = next;
        }
        at += fm_place(index[from], a.places, a.mode) * a.step;
        if (places)
            places[i] = at;
        else
            out[i] = in[at];
    }
}

template <typename T>
cu_error launch_along(const fm_along *along, const void *in, const int64_t *index, void *out,
                      bool places, int processors, cu_stream stream) {
    return fm_launch(gather_along<T>, fm_cover(along->size, 1, processors), stream, *along,
                     static_cast<const T *>(in), index, places ? nullptr : static_cast<T *>(out),
                     places ? static_cast<int64_t *>(out) : nullptr);
}

FM_KERNEL void outside(const int64_t *index, int64_t count, int64_t low, int64_t n,
                       unsigned long long *out) {
    for (int64_t i = fm_thread(); i < count; i += fm_threads()) {
        if (index[i] >= low && index[i] < n) continue;
        atomicMin(out, static_cast<unsigned long long>(i));
        return;
    }
}

template <typename T>
FM_KERNEL void repeat(const T *in, T *out, int64_t total, int64_t times, int64_t inner) {
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const int64_t row = i / inner;
        out[i] = in[row / times * inner + (i - row * inner)];
    }
}

template <typename T>
cu_error launch_repeat(const void *in, void *out, int64_t total, int64_t times, int64_t inner,
                       int processors, cu_stream stream) {
    return fm_launch(repeat<T>, fm_cover(total, 1, processors), stream, static_cast<const T *>(in),
                     static_cast<T *>(out), total, times, inner);
}

} // namespace

cu_error cu_repeat(int bytes, const void *in, void *out, int64_t rows, int64_t times, int64_t inner,
                   int processors, cu_stream stream) {
    const int64_t total = rows * times * inner;
    return CU_BY_SIZE(bytes, launch_repeat, in, out, total, times, inner, processors, stream);
}

cu_error cu_gather(const cu_gather_args *args, int processors, cu_stream stream) {
    return CU_BY_SIZE(args->bytes, launch_gather, args, processors, stream);
}

cu_error cu_scatter(const cu_gather_args *args, int processors, cu_stream stream) {
    if (args->last) {
        const cu_error code =
            fm_launch(mark_last, fm_cover(args->count, 1, processors), stream, *args);
        if (code) return code;
    }
    return CU_BY_SIZE(args->bytes, launch_scatter, args, processors, stream);
}

cu_error cu_gather_along(const fm_along *along, int bytes, const void *in, const int64_t *index,
                         void *out, int processors, cu_stream stream) {
    if (bytes == 0)
        return launch_along<uint8_t>(along, nullptr, index, out, true, processors, stream);
    return CU_BY_SIZE(bytes, launch_along, along, in, index, out, false, processors, stream);
}

cu_error cu_outside(const int64_t *index, int64_t count, int64_t low, int64_t n,
                    unsigned long long *out, int processors, cu_stream stream) {
    return fm_launch(outside, fm_cover(count, 1, processors), stream, index, count, low, n, out);
}
