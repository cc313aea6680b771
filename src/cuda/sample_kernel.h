/* The kernel of every distribution: one thread draws one element at a time. */
#ifndef FM_CUDA_SAMPLE_KERNEL_H
#define FM_CUDA_SAMPLE_KERNEL_H

#include "draw_kernel.h"
#include "sample.h"

/* The parameters of the element whose operands lie at these offsets. */
static __device__ inline void fm_sample_load(const cu_sample_args &m, const int64_t *offset,
                                             int first, double *p) {
    for (int k = 0, a = first; k < 3; ++k) p[k] = m.array[k] ? m.array[k][offset[a++]] : m.value[k];
}

static __device__ inline void fm_sample_store(const cu_sample_args &m, int64_t at, double x) {
    if (m.narrow)
        static_cast<float *>(m.out)[at] = static_cast<float>(x);
    else
        static_cast<double *>(m.out)[at] = x;
}

static __device__ inline void fm_sample_store(const cu_sample_args &m, int64_t at, int64_t x) {
    static_cast<int64_t *>(m.out)[at] = x;
}

template <typename D> FM_KERNEL void fm_sample_draw(cu_sample_args m, fm_index index) {
    const cu_draw draw = fm_draw_here(m.draw);
    for (int64_t n = fm_thread(); n < m.size; n += fm_threads()) {
        int64_t offset[FM_INDEX_OPERANDS] = {n};
        double p[3] = {m.value[0], m.value[1], m.value[2]};
        if (!m.plain) {
            fm_index_offsets(&index, n, offset);
            fm_sample_load(m, offset, 1, p);
        }
        const uint64_t at = draw.offset + static_cast<uint64_t>(n) * static_cast<uint64_t>(m.words);
        fm_sample_store(m, offset[0], D::draw(p[0], p[1], p[2], draw.seed, at));
    }
}

#define FM_SAMPLE_LAUNCHER(id)                                                                     \
    cu_error cu_sample_##id(const cu_sample_args *args, const fm_index *index, int processors,     \
                            cu_stream stream) {                                                    \
        return fm_launch(fm_sample_draw<of_##id>, fm_cover(args->size, 1, processors), stream,     \
                         *args, *index);                                                           \
    }

#endif
