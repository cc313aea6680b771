/* Kernels of the samplers of distributions, as the family's plans see them. */
#ifndef FM_CUDA_SAMPLE_H
#define FM_CUDA_SAMPLE_H

#include "draw.h"
#include "vendor.h"

#include "ops/ids_sample.h"
#include "scalar/index.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Element n of `size` is at position draw.offset + n * words of the stream. Parameter k is
 * value[k], or with array[k] != NULL broadcast from memory; the index has the output as operand 0
 * and then the arrays. plain: the output is contiguous and there are no arrays. narrow: float32 is
 * stored. */
typedef struct cu_sample_args {
    void *out;
    int64_t size;
    cu_draw draw;
    int32_t words, which;
    int32_t plain, narrow, legacy;
    double value[3];
    const double *array[3];
} cu_sample_args;

typedef cu_error (*cu_sample_launch)(const cu_sample_args *args, const fm_index *index,
                                     int processors, cu_stream stream);

#define FM_SAMPLE(id, ...)                                                                         \
    cu_error cu_sample_##id(const cu_sample_args *, const fm_index *, int, cu_stream);
#include "ops/sample.def"
#undef FM_SAMPLE

/* *out, an int64, becomes the greatest code of a rule that the parameters break, else 0; the index
 * has the arrays alone. */
cu_error cu_sample_check(const cu_sample_args *args, const fm_index *index, int processors,
                         cu_stream stream);

/* Integers of the range, or of ranges in memory (operands 1 and 2 of the index, the output is 0);
 * itemsize bytes an element. */
typedef struct cu_whole_args {
    void *out;
    int64_t size;
    cu_draw draw;
    int32_t narrow, itemsize;
    uint64_t low, width;
    const uint64_t *lows, *widths;
} cu_whole_args;
cu_error cu_sample_whole(const cu_whole_args *args, const fm_index *index, int processors,
                         cu_stream stream);

/* Words of the stream, an element of itemsize bytes after the other; the index has the output. */
cu_error cu_sample_words(const cu_whole_args *args, const fm_index *index, int processors,
                         cu_stream stream);

/* How many of the `count` rising numbers are at most a uniform number. */
cu_error cu_sample_pick(const cu_sample_args *args, const double *rising, int64_t count,
                        const fm_index *index, int processors, cu_stream stream);

/* Rows of `count` counts, contiguous; the index has the categories' rows and the numbers drawn. */
typedef struct cu_rows_args {
    int64_t *out;
    int64_t rows, count, step;
    cu_draw draw;
    double number, total;
    const double *numbers, *categories;
} cu_rows_args;
cu_error cu_sample_multinomial(const cu_rows_args *args, const fm_index *index, int processors,
                               cu_stream stream);
cu_error cu_sample_multivariate_hypergeometric(const cu_rows_args *args, const fm_index *index,
                                               int processors, cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
