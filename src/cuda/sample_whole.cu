/* Kernels of integers of a range, raw words, picks from a distribution function, and the check of
 * parameters. */
#include "draw_kernel.h"
#include "sample.h"

#include "scalar/sample_check.h"
#include "scalar/sample_whole.h"

namespace {

__device__ void store(void *out, int itemsize, int64_t at, uint64_t x) {
    if (itemsize == 1)
        static_cast<uint8_t *>(out)[at] = static_cast<uint8_t>(x);
    else if (itemsize == 2)
        static_cast<uint16_t *>(out)[at] = static_cast<uint16_t>(x);
    else if (itemsize == 4)
        static_cast<uint32_t *>(out)[at] = static_cast<uint32_t>(x);
    else
        static_cast<uint64_t *>(out)[at] = x;
}

FM_KERNEL void whole(cu_whole_args m, fm_index index) {
    const cu_draw draw = fm_draw_here(m.draw);
    const fm_whole_range one = fm_whole_range_of(m.low, m.width);
    for (int64_t n = fm_thread(); n < m.size; n += fm_threads()) {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&index, n, offset);
        const fm_whole_range own =
            m.lows ? fm_whole_range_of(m.lows[offset[1]], m.widths[offset[2]]) : one;
        const uint64_t at = draw.offset + static_cast<uint64_t>(n) * (m.narrow ? 1 : 2);
        store(m.out, m.itemsize, offset[0], fm_whole_draw(&own, m.narrow != 0, draw.seed, at));
    }
}

FM_KERNEL void words(cu_whole_args m, fm_index index) {
    const cu_draw draw = fm_draw_here(m.draw);
    for (int64_t n = fm_thread(); n < m.size; n += fm_threads()) {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&index, n, offset);
        const uint64_t byte = static_cast<uint64_t>(n) * static_cast<uint64_t>(m.itemsize);
        uint64_t word = m.itemsize == 8 ? fm_random_word64(draw.seed, draw.offset + byte / 4)
                                        : fm_random_word(draw.seed, draw.offset + byte / 4);
        store(m.out, m.itemsize, offset[0], word >> 8 * (byte % 4));
    }
}

FM_KERNEL void pick(cu_sample_args m, const double *rising, int64_t count, fm_index index) {
    const cu_draw draw = fm_draw_here(m.draw);
    for (int64_t n = fm_thread(); n < m.size; n += fm_threads()) {
        int64_t offset[FM_INDEX_OPERANDS], low = 0, left = count;
        fm_index_offsets(&index, n, offset);
        const double u =
            fm_uniform_f64(fm_random_word64(draw.seed, draw.offset + 2 * static_cast<uint64_t>(n)));
        while (left > 0) {
            const int64_t half = left / 2;
            const bool right = rising[low + half] <= u;
            low = right ? low + half + 1 : low;
            left = right ? left - half - 1 : half;
        }
        static_cast<int64_t *>(m.out)[offset[0]] = low;
    }
}

FM_KERNEL void clear(long long *out, int64_t n) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) out[i] = 0;
}

FM_KERNEL void check(cu_sample_args m, fm_index index) {
    for (int64_t n = fm_thread(); n < m.size; n += fm_threads()) {
        int64_t offset[FM_INDEX_OPERANDS];
        double p[3];
        fm_index_offsets(&index, n, offset);
        for (int k = 0, a = 0; k < 3; ++k) p[k] = m.array[k] ? m.array[k][offset[a++]] : m.value[k];
        const long long fault = fm_sample_fault(m.which, m.legacy != 0, p[0], p[1], p[2]);
        if (fault) atomicMax(static_cast<long long *>(m.out), fault);
    }
}

} // namespace

cu_error cu_sample_whole(const cu_whole_args *args, const fm_index *index, int processors,
                         cu_stream stream) {
    return fm_launch(whole, fm_cover(args->size, 1, processors), stream, *args, *index);
}

cu_error cu_sample_words(const cu_whole_args *args, const fm_index *index, int processors,
                         cu_stream stream) {
    return fm_launch(words, fm_cover(args->size, 1, processors), stream, *args, *index);
}

cu_error cu_sample_pick(const cu_sample_args *args, const double *rising, int64_t count,
                        const fm_index *index, int processors, cu_stream stream) {
    return fm_launch(pick, fm_cover(args->size, 1, processors), stream, *args, rising, count,
                     *index);
}

cu_error cu_sample_check(const cu_sample_args *args, const fm_index *index, int processors,
                         cu_stream stream) {
    cu_error code = fm_launch(clear, fm_cover(1, 1, processors), stream,
                              static_cast<long long *>(args->out), int64_t{1});
    if (code) return code;
    return fm_launch(check, fm_cover(args->size, 1, processors), stream, *args, *index);
}
