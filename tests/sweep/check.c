/* Comparing results: with the oracle, and between the backends, element by element in units in the
   last place. */
#include "run.h"

#include <math.h>
#include <stdio.h>

static void describe(char *text, size_t size, const sw_array *a, int64_t i, sw_value got,
                     sw_value want, long double error, long double allowed) {
    (void)snprintf(
        text, size,
        "%s element %lld is %.21Lg%+.21Lgi, not %.21Lg%+.21Lgi: %.3Lg ulp, allowed %.3Lg",
        fm_dtype_name(a->dtype), (long long)i, got.re, got.im, want.re, want.im, error, allowed);
}

/* Half an ulp is what rounding once costs; a little more, because long double rounds too. Halves
   are computed in float32, whose own errors vanish beside the rounding; fused rows round more than
   once. */
static long double allowance(fm_dtype dtype, double ulp, bool scaled) {
    bool half = dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
    long double allowed = ulp > 0.5L && !half ? ulp : half && ulp > 0 && scaled ? 1 : 0.5L;
    return allowed * (1 + 1 / 64.0L);
}

static sw_value rounded(fm_dtype dtype, sw_value value) {
    unsigned char element[16];
    sw_store(dtype, element, value);
    return sw_load(dtype, element);
}

static bool check_element(const sw_result *r, const sw_array *got, int64_t i, char *text,
                          size_t size) {
    fm_dtype dtype = r->like.dtype;
    sw_value have = sw_get(got, i), want = r->want[i];
    long double scale = r->in ? r->in[i] : 0;
    if (isinf(scale)) return true;
    if (!sw_is_float(dtype)) {
        want = rounded(dtype, want);
        if (have.re == want.re) return true;
        describe(text, size, got, i, have, want, INFINITY, 0);
        return false;
    }
    long double allowed = allowance(dtype, r->ulp, scale != 0);
    long double re = sw_error(dtype, have.re, want.re, scale);
    long double im = sw_error(dtype, have.im, want.im, scale);
    if (re <= allowed && im <= allowed) return true;
    describe(text, size, got, i, have, want, re > im ? re : im, allowed);
    return false;
}

bool sw_check_want(const sw_result *result, const sw_array *got, char *text, size_t size) {
    for (int64_t i = 0; result->want && i < got->size; i++)
        if (!check_element(result, got, i, text, size)) return false;
    return true;
}

bool sw_check_same(const sw_result *result, const sw_array *a, const sw_array *b, double ulp,
                   char *text, size_t size) {
    fm_dtype dtype = result->like.dtype;
    bool half = dtype == FM_FLOAT16 || dtype == FM_BFLOAT16;
    long double allowed = half && ulp > 0 ? 1 : ulp;
    for (int64_t i = 0; i < a->size; i++) {
        sw_value x = sw_get(a, i), y = sw_get(b, i);
        long double scale = result->in && isfinite(result->in[i]) ? result->in[i] : 0;
        if (fm_dtype_kind(dtype) == 'c' && scale == 0 && isfinite(x.re) && isfinite(x.im))
            scale = fmaxl(fabsl(x.re), fabsl(x.im));
        long double re, im;
        if (sw_is_float(dtype)) {
            re = sw_error(dtype, x.re, y.re, scale);
            im = sw_error(dtype, x.im, y.im, scale);
        } else {
            re = x.re == y.re ? 0 : INFINITY;
            im = 0;
        }
        if (re <= allowed && im <= allowed) continue;
        describe(text, size, a, i, x, y, re > im ? re : im, allowed);
        return false;
    }
    return true;
}
