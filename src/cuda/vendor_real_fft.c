/* The real vendor table's cuFFT part. */
#include "vendor_real.h"

#include <cufft.h>

#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #ours)
SAME(CU_FFT_INVALID_PLAN, CU_FFT_ERROR + CUFFT_INVALID_PLAN);
SAME(CU_FFT_ALLOC_FAILED, CU_FFT_ERROR + CUFFT_ALLOC_FAILED);
SAME(CU_FFT_INVALID_TYPE, CU_FFT_ERROR + CUFFT_INVALID_TYPE);
SAME(CU_FFT_INVALID_VALUE, CU_FFT_ERROR + CUFFT_INVALID_VALUE);
SAME(CU_FFT_EXEC_FAILED, CU_FFT_ERROR + CUFFT_EXEC_FAILED);
SAME(CU_FFT_SETUP_FAILED, CU_FFT_ERROR + CUFFT_SETUP_FAILED);
SAME(CU_FFT_INVALID_SIZE, CU_FFT_ERROR + CUFFT_INVALID_SIZE);
SAME(CU_FFT_C2C, CUFFT_C2C);
SAME(CU_FFT_R2C, CUFFT_R2C);
SAME(CU_FFT_C2R, CUFFT_C2R);
SAME(CU_FFT_Z2Z, CUFFT_Z2Z);
SAME(CU_FFT_D2Z, CUFFT_D2Z);
SAME(CU_FFT_Z2D, CUFFT_Z2D);
SAME(CU_FFT_FORWARD, CUFFT_FORWARD);
SAME(CU_FFT_INVERSE, CUFFT_INVERSE);
#undef SAME

static cu_error from(cufftResult result) {
    return result == CUFFT_SUCCESS ? CU_SUCCESS : CU_FFT_ERROR + (cu_error)result;
}

/* cuFFT's handles are numbers from 0 on; ours are pointers that are not NULL. */
static cufftHandle handle(cu_fft plan) {
    return (cufftHandle)((intptr_t)(void *)plan - 1);
}

cu_error real_fft_create(cu_fft *plan) {
    cufftHandle made = 0;
    cufftResult result = cufftCreate(&made);
    if (result != CUFFT_SUCCESS) return from(result);
    result = cufftSetAutoAllocation(made, 0);
    if (result == CUFFT_SUCCESS)
        *plan = (cu_fft)(void *)((intptr_t)made + 1);
    else
        (void)cufftDestroy(made);
    return from(result);
}

cu_error real_fft_destroy(cu_fft plan) {
    return from(cufftDestroy(handle(plan)));
}

cu_error real_fft_plan(cu_fft plan, const cu_fft_shape *s, size_t *work_bytes) {
    long long n[CU_FFT_RANK], in[CU_FFT_RANK], out[CU_FFT_RANK];
    for (int i = 0; i < s->rank; ++i) {
        n[i] = s->n[i];
        in[i] = s->in_embed[i];
        out[i] = s->out_embed[i];
    }
    return from(cufftMakePlanMany64(handle(plan), s->rank, n, in, s->in_stride, s->in_dist, out,
                                    s->out_stride, s->out_dist, (cufftType)s->type, s->batch,
                                    work_bytes));
}

cu_error real_fft_area(cu_fft plan, void *work) {
    return from(cufftSetWorkArea(handle(plan), work));
}

cu_error real_fft_stream(cu_fft plan, cu_stream stream) {
    return from(cufftSetStream(handle(plan), (cudaStream_t)(void *)stream));
}

cu_error real_fft_run(cu_fft plan, int type, void *in, void *out, int direction) {
    switch (type) {
    case CU_FFT_C2C:
        return from(cufftExecC2C(handle(plan), in, out, direction));
    case CU_FFT_Z2Z:
        return from(cufftExecZ2Z(handle(plan), in, out, direction));
    case CU_FFT_R2C:
        return from(cufftExecR2C(handle(plan), in, out));
    case CU_FFT_D2Z:
        return from(cufftExecD2Z(handle(plan), in, out));
    case CU_FFT_C2R:
        return from(cufftExecC2R(handle(plan), in, out));
    case CU_FFT_Z2D:
        return from(cufftExecZ2D(handle(plan), in, out));
    default:
        return CU_FFT_INVALID_TYPE;
    }
}

/* cuFFT has no texts of its own. */
const char *real_fft_error_name(cu_error error) {
    static const char *const names[] = {
        "CUFFT_SUCCESS",      "CUFFT_INVALID_PLAN",  "CUFFT_ALLOC_FAILED",
        "CUFFT_INVALID_TYPE", "CUFFT_INVALID_VALUE", "CUFFT_INTERNAL_ERROR",
        "CUFFT_EXEC_FAILED",  "CUFFT_SETUP_FAILED",  "CUFFT_INVALID_SIZE"};
    int at = error - CU_FFT_ERROR;
    return at >= 0 && at < (int)(sizeof names / sizeof *names) ? names[at] : "an error of cuFFT";
}
