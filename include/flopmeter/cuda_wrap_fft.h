/* cuFFT with the caller's plans, charged (cuda_wrap.h). A plan does not tell its own shape, so what
   it costs is a job beside it: fm_cufftPlan1d and fm_cufftPlanMany make both, and fm_job_fft makes
   one for a plan of any other origin. */
#ifndef FLOPMETER_CUDA_WRAP_FFT_H
#define FLOPMETER_CUDA_WRAP_FFT_H

#include <cufft.h>
#include <flopmeter/foreign.h>

static inline fm_status fm_cufft_settle(fm_context *ctx, fm_charge_id id, const char *call,
                                        cufftResult status) {
    return status != CUFFT_SUCCESS ? fm_settle_failed(ctx, id, call, (int)status)
                                   : fm_settle(ctx, id, FM_RAN);
}

/* What a transform of that type costs. */
static inline fm_status fm_cufft_job(fm_context *ctx, cufftType type, int64_t batch, int rank,
                                     const int64_t *n, fm_job *job) {
    bool real = type != CUFFT_C2C && type != CUFFT_Z2Z;
    bool wide = type == CUFFT_Z2Z || type == CUFFT_D2Z || type == CUFFT_Z2D;
    return fm_job_fft(ctx, wide ? FM_COMPLEX128 : FM_COMPLEX64, batch, rank, n, real, job);
}

/* Nothing is charged for making a plan; a failure of cuFFT's is FM_ERR_DEVICE with its status. */
static inline fm_status fm_cufft_planned(fm_context *ctx, const char *call, cufftResult status) {
    fm_charge_id id;
    if (status == CUFFT_SUCCESS) return FM_OK;
    fm_status charged = fm_charge(ctx, call, 0, &id);
    return charged == FM_OK ? fm_settle_failed(ctx, id, call, (int)status) : charged;
}

static inline fm_status fm_cufftPlan1d(fm_context *ctx, fm_job *job, cufftHandle *plan, int nx,
                                       cufftType type, int batch) {
    const int64_t n = nx;
    fm_status status = fm_cufft_job(ctx, type, batch, 1, &n, job);
    if (status != FM_OK) return status;
    return fm_cufft_planned(ctx, "cufftPlan1d", cufftPlan1d(plan, nx, type, batch));
}

static inline fm_status fm_cufftPlanMany(fm_context *ctx, fm_job *job, cufftHandle *plan, int rank,
                                         int *n, int *inembed, int istride, int idist, int *onembed,
                                         int ostride, int odist, cufftType type, int batch) {
    int64_t extents[3] = {0, 0, 0};
    for (int i = 0; i < rank && i < 3; i++) extents[i] = n[i];
    fm_status status = fm_cufft_job(ctx, type, batch, rank > 3 ? 0 : rank, extents, job);
    if (status != FM_OK) return status;
    return fm_cufft_planned(ctx, "cufftPlanMany",
                            cufftPlanMany(plan, rank, n, inembed, istride, idist, onembed, ostride,
                                          odist, type, batch));
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
