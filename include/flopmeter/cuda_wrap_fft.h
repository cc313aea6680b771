/* cuFFT with the caller's plans, charged (cuda_wrap.h). A plan does not tell its own shape, so what
   it costs is a job of fm_job_fft that the caller makes beside the plan. */
#ifndef FLOPMETER_CUDA_WRAP_FFT_H
#define FLOPMETER_CUDA_WRAP_FFT_H

#include <cufft.h>
#include <flopmeter/foreign.h>

static inline fm_status fm_cufft_settle(fm_context *ctx, fm_charge_id id, const char *call,
                                        cufftResult status) {
    return status != CUFFT_SUCCESS ? fm_settle_failed(ctx, id, call, (int)status)
                                   : fm_settle(ctx, id, FM_RAN);
}

/* The transforms between complex numbers have a direction. */
#define FM_CUFFT_COMPLEX(name, T)                                                                  \
    static inline fm_status fm_cufftExec##name(                                                    \
        fm_context *ctx, const fm_job *job, cufftHandle plan, T *idata, T *odata, int direction) { \
        fm_charge_id id;                                                                           \
        fm_status status = fm_charge_job(ctx, job, &id);                                           \
        if (status != FM_OK) return status;                                                        \
        return fm_cufft_settle(ctx, id, "cufftExec" #name,                                         \
                               cufftExec##name(plan, idata, odata, direction));                    \
    }
#define FM_CUFFT_REAL(name, From, To)                                                              \
    static inline fm_status fm_cufftExec##name(fm_context *ctx, const fm_job *job,                 \
                                               cufftHandle plan, From *idata, To *odata) {         \
        fm_charge_id id;                                                                           \
        fm_status status = fm_charge_job(ctx, job, &id);                                           \
        if (status != FM_OK) return status;                                                        \
        return fm_cufft_settle(ctx, id, "cufftExec" #name, cufftExec##name(plan, idata, odata));   \
    }

FM_CUFFT_COMPLEX(C2C, cufftComplex)
FM_CUFFT_COMPLEX(Z2Z, cufftDoubleComplex)
FM_CUFFT_REAL(R2C, cufftReal, cufftComplex)
FM_CUFFT_REAL(C2R, cufftComplex, cufftReal)
FM_CUFFT_REAL(D2Z, cufftDoubleReal, cufftDoubleComplex)
FM_CUFFT_REAL(Z2D, cufftDoubleComplex, cufftDoubleReal)
#undef FM_CUFFT_COMPLEX
#undef FM_CUFFT_REAL

#endif
