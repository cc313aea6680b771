/* Additions to the places that an index names. Integers of 4 and 8 bytes are added by atomics,
 * whose order does not matter; other elements in the order of the index: places are sorted with the
 * numbers of their indices, then one thread adds up a piece of those of one place, and one thread
 * the pieces of a place. */
#include "index.h"
#include "seam_pairs.h"

#include "scalar/sum.h"

namespace {

enum { PIECE = 256 }; /* sorted indices that one thread adds up */

#define TAG(suffix, dtype, type)                                                                   \
    struct add_##suffix {                                                                          \
        typedef type T;                                                                            \
        static __device__ T sum(T a, T b) { return fm_sum_of_##suffix(a, b); }                     \
    };
FM_EACH_DTYPE(TAG)

/* The offset in the target of an inner element of a place, of one outer element. */
__device__ inline int64_t target_of(const cu_gather_args &g, int64_t outer, int64_t place,
                                    int64_t inner) {
    return fm_axes_offset(&g.outer, outer) + fm_axes_offset(&g.group, place) +
           fm_axes_offset(&g.inner, inner);
}

/* U is an unsigned type of the element's size: sums wrap. */
template <typename U> FM_KERNEL void add_atomic(const __grid_constant__ cu_gather_args g) {
    const int64_t total = g.outer.size * g.count * g.inner.size;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const int64_t row = i / g.inner.size;
        const int64_t place = fm_place(g.index[row % g.count], g.group.size, g.mode);
        const int64_t at = target_of(g, row / g.count, place, i % g.inner.size);
        atomicAdd(static_cast<U *>(g.out) + at, static_cast<const U *>(g.in)[i * g.step]);
    }
}

FM_KERNEL void number_places(const __grid_constant__ cu_gather_args g, uint64_t *keys,
                             int64_t *order) {
    for (int64_t i = fm_thread(); i < g.count; i += fm_threads()) {
        keys[i] = static_cast<uint64_t>(fm_place(g.index[i], g.group.size, g.mode));
        order[i] = i;
    }
}

/* Thread work is (outer, sorted number, inner); a piece begins at a place's first and at every
 * PIECE-th number. */
template <typename Tag>
FM_KERNEL void add_pieces(const __grid_constant__ cu_gather_args g, const uint64_t *keys,
                          const int64_t *order, typename Tag::T *partial) {
    typedef typename Tag::T T;
    const T *values = static_cast<const T *>(g.in);
    const int64_t total = g.outer.size * g.count * g.inner.size;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const int64_t inner = i % g.inner.size, row = i / g.inner.size;
        const int64_t first = row % g.count, base = row - first;
        if (first % PIECE && keys[first] == keys[first - 1]) continue;
        T sum = values[((base + order[first]) * g.inner.size + inner) * g.step];
        for (int64_t k = first + 1; k < g.count && k % PIECE && keys[k] == keys[first]; ++k)
            sum = Tag::sum(sum, values[((base + order[k]) * g.inner.size + inner) * g.step]);
        partial[i] = sum;
    }
}

template <typename Tag>
FM_KERNEL void add_places(const __grid_constant__ cu_gather_args g, const uint64_t *keys,
                          const typename Tag::T *partial) {
    typedef typename Tag::T T;
    const int64_t total = g.outer.size * g.count * g.inner.size;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const int64_t inner = i % g.inner.size, row = i / g.inner.size;
        const int64_t first = row % g.count, base = row - first;
        if (first && keys[first] == keys[first - 1]) continue;
        T sum = partial[i];
        for (int64_t k = (first / PIECE + 1) * PIECE; k < g.count && keys[k] == keys[first];
             k += PIECE)
            sum = Tag::sum(sum, partial[(base + k) * g.inner.size + inner]);
        T *target = static_cast<T *>(g.out) +
                    target_of(g, row / g.count, static_cast<int64_t>(keys[first]), inner);
        *target = Tag::sum(*target, sum);
    }
}

template <typename Tag>
cu_error add_sorted(const cu_gather_args *g, const cu_add_room *room, int processors,
                    cu_stream stream) {
    typedef typename Tag::T T;
    const fm_geometry cover = fm_cover(g->outer.size * g->count * g->inner.size, 1, processors);
    T *partial = static_cast<T *>(room->partial);
    const cu_error code =
        fm_launch(add_pieces<Tag>, cover, stream, *g, room->keys[1], room->order[1], partial);
    if (code) return code;
    return fm_launch(add_places<Tag>, cover, stream, *g, room->keys[1], partial);
}

int bits_of(int64_t places) {
    int bits = 1;
    while (bits < 63 && places >> bits) ++bits;
    return bits;
}

template <typename U>
cu_error launch_atomic(const cu_gather_args *g, int processors, cu_stream stream) {
    return fm_launch(add_atomic<U>,
                     fm_cover(g->outer.size * g->count * g->inner.size, 1, processors), stream, *g);
}

} // namespace

int cu_add_is_atomic(fm_dtype dtype) {
    return dtype == FM_INT32 || dtype == FM_UINT32 || dtype == FM_INT64 || dtype == FM_UINT64;
}

cu_error cu_sort_room(int64_t count, int64_t places, size_t *bytes) {
    uint64_t *keys[2] = {nullptr, nullptr};
    int64_t *order[2] = {nullptr, nullptr};
    *bytes = 0;
    return fm_sort_pairs(nullptr, bytes, keys, order, count, bits_of(places), nullptr);
}

cu_error cu_scatter_add(fm_dtype dtype, const cu_gather_args *args, const cu_add_room *room,
                        int processors, cu_stream stream) {
    if (dtype == FM_INT32 || dtype == FM_UINT32)
        return launch_atomic<unsigned>(args, processors, stream);
    if (dtype == FM_INT64 || dtype == FM_UINT64)
        return launch_atomic<unsigned long long>(args, processors, stream);
    cu_error code = fm_launch(number_places, fm_cover(args->count, 1, processors), stream, *args,
                              room->keys[0], room->order[0]);
    size_t bytes = room->sort_bytes;
    if (!code)
        code = fm_sort_pairs(room->sort, &bytes, room->keys, room->order, args->count,
                             bits_of(args->group.size), stream);
    if (code) return code;
    switch (dtype) {
#define CASE(suffix, number, type)                                                                 \
    case number:                                                                                   \
        return add_sorted<add_##suffix>(args, room, processors, stream);
        FM_EACH_DTYPE(CASE)
    default:
        return CU_INVALID_VALUE;
    }
}
