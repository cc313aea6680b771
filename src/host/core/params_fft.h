/* What kernels of FM_FAMILY_FFT need beside the layouts. */
#ifndef FM_CORE_PARAMS_FFT_H
#define FM_CORE_PARAMS_FFT_H

#include <flopmeter/tensor.h>

typedef enum fm_fft_kind {
    FM_FFT_C2C, /* real input counts as complex */
    FM_FFT_R2C, /* along the last axis of the list; the others are complex transforms after it */
    FM_FFT_C2R  /* along the last axis of the list; the others are complex transforms before it */
} fm_fft_kind;

/* FM_FAMILY_FFT: inputs [x]. X[k] = scale * sum over j of x[j] exp(sign 2 pi i j k / n) along each
   axis in the list, which are all different and at least one. The input is cropped or padded with
   zeros to n points; of c2r n is the extent of the real output and n / 2 + 1 points are read, of
   which the imaginary parts at 0 and n / 2 count as 0. The compute dtype is complex. */
typedef struct fm_fft_params {
    int32_t kind; /* fm_fft_kind */
    int32_t sign; /* -1 or 1 */
    int32_t naxes;
    int32_t reserved;
    double scale;
    int32_t axis[FM_MAX_NDIM];
    int64_t n[FM_MAX_NDIM];
} fm_fft_params;

#endif
