/* Kernels of signals; one thread makes one element of the result. */
#include "signal_kernel.h"
#include "launch.h"

#include "scalar/cpx.h"
#include "scalar/flt.h"
#include "scalar/int.h"
#include "scalar/interp.h"
#include "scalar/series.h"
#include "scalar/wrap.h"

namespace {

/* The two kernels of one dtype that have loops, and their launchers. */
#define DEFINE(suffix, dtype, type, conjugate)                                                     \
    FM_KERNEL void correlate_##suffix(cu_correlate_args c) {                                       \
        const type *a = static_cast<const type *>(c.a), *w = static_cast<const type *>(c.w);       \
        for (int64_t i = fm_thread(); i < c.count; i += fm_threads()) {                            \
            const int64_t at = i + c.first;                                                        \
            const int64_t begin = at < 0 ? -at : 0, end = c.n - at < c.m ? c.n - at : c.m;         \
            type sum = type();                                                                     \
            for (int64_t k = begin; k < end; ++k) {                                                \
                type x = a[at + k], y = w[c.reversed ? c.m - 1 - k : k];                           \
                if (c.conjugated == 1) x = conjugate(x);                                           \
                if (c.conjugated == 2) y = conjugate(y);                                           \
                sum = fm_add_##suffix(sum, fm_multiply_##suffix(x, y));                            \
            }                                                                                      \
            static_cast<type *>(c.out)[c.backwards ? c.count - 1 - i : i] = sum;                   \
        }                                                                                          \
    }                                                                                              \
    FM_KERNEL void polyval_##suffix(const type *p, int64_t np, const type *x, int64_t n,           \
                                    type *out) {                                                   \
        for (int64_t i = fm_thread(); i < n; i += fm_threads()) {                                  \
            const type at = x[i];                                                                  \
            type y = type();                                                                       \
            for (int64_t k = 0; k < np; ++k)                                                       \
                y = fm_add_##suffix(fm_multiply_##suffix(y, at), p[k]);                            \
            out[i] = y;                                                                            \
        }                                                                                          \
    }                                                                                              \
    cu_error launch_correlate_##suffix(const cu_correlate_args *c, int processors,                 \
                                       cu_stream stream) {                                         \
        return fm_launch(correlate_##suffix, fm_cover(c->count, 1, processors), stream, *c);       \
    }                                                                                              \
    cu_error launch_polyval_##suffix(const void *p, int64_t np, const void *x, int64_t n,          \
                                     void *out, int processors, cu_stream stream) {                \
        return fm_launch(polyval_##suffix, fm_cover(n, 1, processors), stream,                     \
                         static_cast<const type *>(p), np, static_cast<const type *>(x), n,        \
                         static_cast<type *>(out));                                                \
    }
#define ITSELF(x)                 (x)
#define REAL(suffix, dtype, type) DEFINE(suffix, dtype, type, ITSELF)
#define CPX(suffix, dtype, type)  DEFINE(suffix, dtype, type, fm_conjugate_##suffix)
REAL(b8, FM_BOOL, uint8_t)
FM_EACH_INT(REAL)
FM_EACH_FLT(REAL)
FM_EACH_CPX(CPX)

FM_KERNEL void series(int id, double a, double b, int64_t n, double *out) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) out[i] = fm_series(id, a, b, i);
}

FM_KERNEL void wrap_f32(const float *steps, int64_t n, float period, float least, float *out) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        out[i] = fm_wrap_f32(steps[i], period, least);
}

FM_KERNEL void wrap_f64(const double *steps, int64_t n, double period, double least, double *out) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        out[i] = fm_wrap_f64(steps[i], period, least);
}

FM_KERNEL void interp_real(const double *x, int64_t n, const double *xp, const double *fp,
                           int64_t np, const double *left, const double *right, double *out) {
    int64_t at = 0;
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        out[i] =
            fm_interp_f64(x[i], xp, fp, np, left ? *left : fp[0], right ? *right : fp[np - 1], &at);
}

FM_KERNEL void interp_complex(const double *x, int64_t n, const double *xp, const fm_c128 *fp,
                              int64_t np, const fm_c128 *left, const fm_c128 *right, fm_c128 *out) {
    int64_t at = 0;
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        out[i] = fm_interp_c128(x[i], xp, fp, np, left ? *left : fp[0], right ? *right : fp[np - 1],
                                &at);
}

} // namespace

cu_error cu_series(int id, double a, double b, int64_t n, double *out, int processors,
                   cu_stream stream) {
    return fm_launch(series, fm_cover(n, 1, processors), stream, id, a, b, n, out);
}

cu_error cu_wrap(const void *steps, int single, int64_t n, double period, double least, void *out,
                 int processors, cu_stream stream) {
    if (single)
        return fm_launch(wrap_f32, fm_cover(n, 1, processors), stream,
                         static_cast<const float *>(steps), n, static_cast<float>(period),
                         static_cast<float>(least), static_cast<float *>(out));
    return fm_launch(wrap_f64, fm_cover(n, 1, processors), stream,
                     static_cast<const double *>(steps), n, period, least,
                     static_cast<double *>(out));
}

cu_error cu_interp(const double *x, int64_t n, const double *xp, const void *fp, int64_t np,
                   int is_complex, const void *left, const void *right, void *out, int processors,
                   cu_stream stream) {
    if (is_complex)
        return fm_launch(interp_complex, fm_cover(n, 1, processors), stream, x, n, xp,
                         static_cast<const fm_c128 *>(fp), np, static_cast<const fm_c128 *>(left),
                         static_cast<const fm_c128 *>(right), static_cast<fm_c128 *>(out));
    return fm_launch(interp_real, fm_cover(n, 1, processors), stream, x, n, xp,
                     static_cast<const double *>(fp), np, static_cast<const double *>(left),
                     static_cast<const double *>(right), static_cast<double *>(out));
}

/* The entries stand in the order of fm_dtype. */
#define CORRELATE(suffix, dtype, type) launch_correlate_##suffix,
#define POLYVAL(suffix, dtype, type)   launch_polyval_##suffix,
#define NONE(suffix, dtype, type)      nullptr,
const cu_correlate_launch cu_correlate[FM_DTYPE_COUNT] = {
    nullptr, CORRELATE(b8, , ) FM_EACH_INT(CORRELATE) FM_EACH_HALF(NONE) FM_EACH_FLT(CORRELATE)
                 FM_EACH_CPX(CORRELATE)};
const cu_polyval_launch cu_polyval[FM_DTYPE_COUNT] = {
    nullptr, POLYVAL(b8, , ) FM_EACH_INT(POLYVAL) FM_EACH_HALF(NONE) FM_EACH_FLT(POLYVAL)
                 FM_EACH_CPX(POLYVAL)};
