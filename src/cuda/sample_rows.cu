/* Kernels of rows of counts: one thread draws one row. */
#include "draw_kernel.h"
#include "sample.h"

#include "scalar/sample_rows.h"

namespace {

template <bool multinomial> FM_KERNEL void rows(cu_rows_args m, fm_index index) {
    const cu_draw draw = fm_draw_here(m.draw);
    for (int64_t row = fm_thread(); row < m.rows; row += fm_threads()) {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&index, row, offset);
        const double *categories = m.categories + offset[0];
        const double number = m.numbers ? m.numbers[offset[1]] : m.number;
        fm_stream stream = fm_stream_at(draw.seed, draw.offset + static_cast<uint64_t>(row));
        int64_t *out = m.out + row * m.count;
        if (multinomial)
            fm_multinomial_row(number, categories, m.step, m.count, &stream, out);
        else
            fm_multivariate_hypergeometric_row(number, m.total, categories, m.step, m.count,
                                               &stream, out);
    }
}

} // namespace

cu_error cu_sample_multinomial(const cu_rows_args *args, const fm_index *index, int processors,
                               cu_stream stream) {
    return fm_launch(rows<true>, fm_cover(args->rows, 1, processors), stream, *args, *index);
}

cu_error cu_sample_multivariate_hypergeometric(const cu_rows_args *args, const fm_index *index,
                                               int processors, cu_stream stream) {
    return fm_launch(rows<false>, fm_cover(args->rows, 1, processors), stream, *args, *index);
}
