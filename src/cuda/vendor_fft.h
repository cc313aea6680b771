/* The vendor table's part for cuFFT. */
#ifndef FM_CUDA_VENDOR_FFT_H
#define FM_CUDA_VENDOR_FFT_H

#include <stddef.h>
#include <stdint.h>

/* Errors: CU_FFT_ERROR plus a cufftResult. */
enum {
    CU_FFT_ERROR = 300000,
    CU_FFT_INVALID_PLAN = CU_FFT_ERROR + 1,
    CU_FFT_ALLOC_FAILED = CU_FFT_ERROR + 2,
    CU_FFT_INVALID_TYPE = CU_FFT_ERROR + 3,
    CU_FFT_INVALID_VALUE = CU_FFT_ERROR + 4,
    CU_FFT_EXEC_FAILED = CU_FFT_ERROR + 6,
    CU_FFT_SETUP_FAILED = CU_FFT_ERROR + 7,
    CU_FFT_INVALID_SIZE = CU_FFT_ERROR + 8
};

/* cufftType */
enum {
    CU_FFT_C2C = 0x29,
    CU_FFT_R2C = 0x2a,
    CU_FFT_C2R = 0x2c,
    CU_FFT_Z2Z = 0x69,
    CU_FFT_D2Z = 0x6a,
    CU_FFT_Z2D = 0x6c
};

enum { CU_FFT_FORWARD = -1, CU_FFT_INVERSE = 1, CU_FFT_RANK = 3 };

typedef struct cu_fft_s *cu_fft;

/* cuFFT's advanced layout: point (i, j, k) of transform b lies at
 * b * dist + ((i * embed[1] + j) * embed[2] + k) * stride, in elements. */
typedef struct cu_fft_shape {
    int type;
    int rank;
    int64_t n[CU_FFT_RANK];
    int64_t in_embed[CU_FFT_RANK], in_stride, in_dist;
    int64_t out_embed[CU_FFT_RANK], out_stride, out_dist;
    int64_t batch;
} cu_fft_shape;

typedef struct cu_fft_calls {
    /* cufftCreate, with its own allocation of work areas turned off */
    cu_error (*create)(cu_fft *plan);
    cu_error (*destroy)(cu_fft plan);
    /* cufftMakePlanMany64 */
    cu_error (*plan_many)(cu_fft plan, const cu_fft_shape *shape, size_t *work_bytes);
    cu_error (*work_area)(cu_fft plan, void *work);
    cu_error (*stream)(cu_fft plan, cu_stream stream);
    /* cufftExecC2C and its five fellows, by type; direction counts for complex ones */
    cu_error (*run)(cu_fft plan, int type, void *in, void *out, int direction);
} cu_fft_calls;

#endif
