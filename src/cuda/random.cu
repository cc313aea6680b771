/* Kernels of the counter-based samplers: one thread takes one block of four words and makes every
 * element whose first word lies in it. */
#include "random_kernel.h"
#include "draw_kernel.h"

#include "scalar/random.h"

namespace {

struct uniform_f32 {
    typedef float T;
    typedef uint32_t Word;
    static __device__ T make(Word w, double a, double b) { return fm_uniform_between_f32(w, a, b); }
};

struct uniform_f64 {
    typedef double T;
    typedef uint64_t Word;
    static __device__ T make(Word w, double a, double b) { return fm_uniform_between_f64(w, a, b); }
};

struct normal_f32 {
    typedef float T;
    typedef uint32_t Word;
    static __device__ T make(Word w, double a, double b) { return fm_normal_scaled_f32(w, a, b); }
};

struct normal_f64 {
    typedef double T;
    typedef uint64_t Word;
    static __device__ T make(Word w, double a, double b) { return fm_normal_scaled_f64(w, a, b); }
};

/* Where element n of the output lies. */
struct everywhere {
    __device__ int64_t at(int64_t n) const { return n; }
};

struct by_index {
    fm_index index;
    __device__ int64_t at(int64_t n) const {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&index, n, offset);
        return offset[0];
    }
};

template <typename D, typename Place> FM_KERNEL void sample(cu_random_args m, Place place) {
    constexpr uint64_t words = sizeof(typename D::Word) / 4;
    typename D::T *out = static_cast<typename D::T *>(m.out);
    const cu_draw draw = fm_draw_here(m.draw);
    const uint64_t first = draw.offset / 4;
    const uint64_t end = draw.offset + static_cast<uint64_t>(m.size) * words;
    for (uint64_t block = first + static_cast<uint64_t>(fm_thread()); 4 * block < end;
         block += static_cast<uint64_t>(fm_threads())) {
        const fm_philox_block w = fm_philox(draw.seed, block, 0);
        for (uint64_t l = 0; l < 4; ++l) {
            const uint64_t position = 4 * block + l;
            if (position < draw.offset || position >= end || (position - draw.offset) % words != 0)
                continue;
            typename D::Word word = w.word[l];
            if constexpr (words == 2) {
                const uint32_t high =
                    l < 3 ? w.word[l < 3 ? l + 1 : l] : fm_random_word(draw.seed, position + 1);
                word |= static_cast<uint64_t>(high) << 32;
            }
            const int64_t n = static_cast<int64_t>((position - draw.offset) / words);
            out[place.at(n)] = D::make(word, m.a, m.b);
        }
    }
}

template <typename D>
cu_error launch(const cu_random_args *args, const fm_index *index, int processors,
                cu_stream stream) {
    const int64_t each = static_cast<int64_t>(16 / sizeof(typename D::Word));
    const fm_geometry geometry = fm_cover(args->size + each, each, processors);
    if (!index) return fm_launch(sample<D, everywhere>, geometry, stream, *args, everywhere());
    by_index place;
    place.index = *index;
    return fm_launch(sample<D, by_index>, geometry, stream, *args, place);
}

FM_KERNEL void place(uint64_t *origin, uint64_t seed, uint64_t position) {
    if (fm_thread() != 0) return;
    origin[0] = seed;
    origin[1] = position;
}

} // namespace

cu_error cu_random_origin(uint64_t *origin, uint64_t seed, uint64_t position, cu_stream stream) {
    return fm_launch(place, fm_cover(1, 1, 1), stream, origin, seed, position);
}

#define DEFINE(name)                                                                               \
    cu_error cu_random_##name(const cu_random_args *args, const fm_index *index, int processors,   \
                              cu_stream stream) {                                                  \
        return launch<name>(args, index, processors, stream);                                      \
    }
DEFINE(uniform_f32)
DEFINE(uniform_f64)
DEFINE(normal_f32)
DEFINE(normal_f64)
