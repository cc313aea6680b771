/* Kernels of the counter-based samplers. */
#ifndef FM_CUDA_RANDOM_KERNEL_H
#define FM_CUDA_RANDOM_KERNEL_H

#include "draw.h"
#include "vendor.h"

#include "scalar/index.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Element n of `size` reads the words from draw.offset + n * words on (one for float32, two for
 * float64); a and b are low and high, or loc and scale. */
typedef struct cu_random_args {
    void *out;
    int64_t size;
    cu_draw draw;
    double a, b;
} cu_random_args;

/* index NULL: the output is contiguous; else it says where element n lies. */
typedef cu_error (*cu_random_launch)(const cu_random_args *args, const fm_index *index,
                                     int processors, cu_stream stream);

cu_error cu_random_uniform_f32(const cu_random_args *, const fm_index *, int, cu_stream);
cu_error cu_random_uniform_f64(const cu_random_args *, const fm_index *, int, cu_stream);
cu_error cu_random_normal_f32(const cu_random_args *, const fm_index *, int, cu_stream);
cu_error cu_random_normal_f64(const cu_random_args *, const fm_index *, int, cu_stream);

/* What captured samplers read from now on, in two words of device memory. */
cu_error cu_random_origin(uint64_t *origin, uint64_t seed, uint64_t position, cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
