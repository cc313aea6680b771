/* Rows of polynomials whose shapes or dtypes hang on values: polymul, polydiv, poly, roots. They
   are short and sequential, so the host computes what is no convolution or factorisation. */
#include "ops/args.h"
#include "ops/polynomial.h"
#include "ops/signal.h"

#include "scalar/half.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A complex number in the precision of a dtype: every operation rounds to it, which for float32 and
   narrower gives what the operation in that precision gives (Figueroa 1995). */
typedef struct value {
    double re, im;
} value;

static double rounded(fm_dtype dtype, double x) {
    switch (dtype) {
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return (double)(float)x;
    case FM_FLOAT16:
        return (double)fm_f16_to_f32(fm_f64_to_f16(x));
    case FM_BFLOAT16:
        return (double)fm_bf16_to_f32(fm_f64_to_bf16(x));
    default:
        return x;
    }
}

static value times(fm_dtype dtype, value a, value b) {
    value v = {rounded(dtype, a.re * b.re), 0};
    if (fm_dtype_kind(dtype) != 'c') return v;
    v.re = rounded(dtype, v.re - rounded(dtype, a.im * b.im));
    v.im = rounded(dtype, rounded(dtype, a.re * b.im) + rounded(dtype, a.im * b.re));
    return v;
}

static value minus(fm_dtype dtype, value a, value b) {
    return (value){rounded(dtype, a.re - b.re), rounded(dtype, a.im - b.im)};
}

/* 1 / a; complex by the larger part (Smith 1962). */
static value inverse(fm_dtype dtype, value a) {
    if (fm_dtype_kind(dtype) != 'c') return (value){rounded(dtype, 1 / a.re), 0};
    if (fabs(a.re) >= fabs(a.im)) {
        if (a.re == 0 && a.im == 0) return (value){1 / fabs(a.re), 0 / fabs(a.im)};
        double ratio = rounded(dtype, a.im / a.re);
        double scale = rounded(dtype, 1 / rounded(dtype, a.re + rounded(dtype, a.im * ratio)));
        return (value){scale, rounded(dtype, -ratio * scale)};
    }
    double ratio = rounded(dtype, a.re / a.im);
    double scale = rounded(dtype, 1 / rounded(dtype, a.im + rounded(dtype, a.re * ratio)));
    return (value){rounded(dtype, ratio * scale), -scale};
}

/* The elements of a tensor, read back. */
static value *read_values(fm_program *p, const fm_tensor *x) {
    fm_tensor *wide = FM_DO(p, "astype", V_T(x), V_D(FM_COMPLEX128));
    if (!wide) return NULL;
    value *values = fm_program_memory(p, (size_t)wide->layout->size * sizeof *values + 1);
    if (values) fm_program_read(p, wide, values);
    return p->status == FM_OK ? values : NULL;
}

/* A new line of n of them, as dtype. */
static fm_tensor *write_values(fm_program *p, fm_dtype dtype, int64_t n, const value *values) {
    if (fm_dtype_kind(dtype) == 'c') {
        fm_tensor *wide = fm_program_from(p, FM_COMPLEX128, 1, &n, values);
        return dtype == FM_COMPLEX128 ? wide : FM_DO(p, "astype", V_T(wide), V_D(dtype));
    }
    double *real = fm_program_memory(p, (size_t)n * sizeof *real + 1);
    for (int64_t i = 0; i < n && real; i++) real[i] = values[i].re;
    fm_tensor *wide = fm_program_from(p, FM_FLOAT64, 1, &n, real);
    return dtype == FM_FLOAT64 ? wide : FM_DO(p, "astype", V_T(wide), V_D(dtype));
}

/* A number is one coefficient. */
static const fm_tensor *as_line(fm_program *p, int param) {
    const fm_tensor *x = fm_program_tensor(p, param);
    int64_t one = 1;
    if (!x || x->layout->ndim > 0) return x;
    return FM_DO(p, "reshape", V_T(x), V_INTS(&one, 1));
}

static fm_status check_line(const fm_bound *bound, int param, fm_error *error) {
    const fm_layout *x = fm_value_layout(&bound->values[param]);
    if (x->ndim <= 1) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                      "%d dimensions, but coefficients have 1", x->ndim);
}

/* polymul: zeros in front play no part, of which one stays. */

fm_status fm_infer_polymul(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(check_line(bound, 0, error));
    FM_TRY(check_line(bound, 1, error));
    fm_output_unknown(r, 0, fm_promote_arrays(r->in[0], r->in[1]));
    return FM_OK;
}

static const fm_tensor *trimmed(fm_program *p, int param) {
    const fm_tensor *x = as_line(p, param);
    int64_t one = 1, front = 0;
    if (!x) return NULL;
    if (x->layout->size == 0) return FM_DO(p, "zeros", V_INTS(&one, 1), V_D(x->layout->dtype));
    const int64_t *there = fm_program_ints(p, FM_DO(p, "not_equal", V_T(x), V_I(0)));
    while (there && front < x->layout->size - 1 && !there[front]) front++;
    return front > 0 ? fm_program_cut(p, x, 0, front, INT64_MAX) : x;
}

fm_status fm_run_polymul(fm_program *p) {
    const fm_tensor *a = trimmed(p, 0), *b = trimmed(p, 1);
    fm_program_return(p, 0, FM_DO(p, "convolve", V_T(a), V_T(b)));
    return p->status;
}

/* polydiv */

static fm_dtype floating(fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'f' || kind == 'c' ? dtype : FM_FLOAT64;
}

fm_status fm_infer_polydiv(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_dtype dtype = fm_promote_types(floating(r->in[0]->dtype), floating(r->in[1]->dtype));
    for (int i = 0; i < 2; i++) {
        FM_TRY(check_line(bound, i, error));
        if (r->in[i]->size > 0) continue;
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, i + 1, "it has no coefficients");
        return fm_fail_as(error, "IndexError", FM_ERR_ARGUMENT);
    }
    int64_t n = r->in[0]->size - r->in[1]->size + 1;
    if (n < 1) n = 1;
    fm_output_set(r, 0, dtype, 1, &n);
    fm_output_unknown(r, 1, dtype);
    return FM_OK;
}

static bool nearly_zero(value a) {
    return isfinite(a.re) && isfinite(a.im) && hypot(a.re, a.im) <= 1e-8;
}

/* Long division; q has room for the quotient, u becomes the rest. */
static void divide_values(fm_dtype dtype, fm_dtype scale_dtype, value *u, int64_t nu,
                          const value *v, int64_t nv, value *q) {
    value scale = inverse(scale_dtype, v[0]);
    for (int64_t k = 0; k + nv <= nu; k++) {
        q[k] = times(dtype, scale, u[k]);
        for (int64_t i = 0; i < nv; i++)
            u[k + i] = minus(dtype, u[k + i], times(dtype, q[k], v[i]));
    }
}

fm_status fm_run_polydiv(fm_program *p) {
    const fm_tensor *u = as_line(p, 0), *v = as_line(p, 1);
    if (p->status != FM_OK) return p->status;
    fm_dtype divisor = floating(v->layout->dtype);
    fm_dtype dtype = fm_promote_types(floating(u->layout->dtype), divisor);
    int64_t nu = u->layout->size, nv = v->layout->size, nq = nu - nv + 1, front = 0;
    if (nq < 1) nq = 1;
    value *rest = read_values(p, u), *by = read_values(p, v);
    value *q = fm_program_memory(p, (size_t)nq * sizeof *q);
    if (p->status != FM_OK) return p->status;
    divide_values(dtype, divisor, rest, nu, by, nv, q);
    while (front < nu - 1 && nearly_zero(rest[front])) front++;
    fm_program_return(p, 0, write_values(p, dtype, nq, q));
    fm_program_return(p, 1, write_values(p, dtype, nu - front, rest + front));
    return p->status;
}

/* poly */

fm_status fm_infer_poly(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = fm_value_layout(&bound->values[0]);
    int64_t n = 0;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    bool square = x->ndim == 2 && n > 0 && fm_layout_shape(x)[1] == n;
    if (x->ndim != 1 && !square)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "it is neither a line of roots nor a square matrix with elements");
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

static int compare_values(const void *x, const void *y) {
    const value *a = x, *b = y;
    if (a->re != b->re) return a->re < b->re ? -1 : 1;
    if (a->im != b->im) return a->im < b->im ? -1 : 1;
    return 0;
}

/* Whether the roots are those of a real polynomial: with each its conjugate. */
static bool all_conjugate(fm_program *p, const value *roots, int64_t n) {
    value *a = fm_program_memory(p, 2 * (size_t)n * sizeof *a), *b = a ? a + n : NULL;
    if (!a) return false;
    for (int64_t i = 0; i < n; i++) {
        a[i] = roots[i];
        b[i] = (value){roots[i].re, -roots[i].im};
    }
    qsort(a, (size_t)n, sizeof *a, compare_values);
    qsort(b, (size_t)n, sizeof *b, compare_values);
    for (int64_t i = 0; i < n; i++)
        if (a[i].re != b[i].re || a[i].im != b[i].im) return false;
    return true;
}

static fm_dtype real_part_dtype(fm_dtype dtype) {
    return dtype == FM_COMPLEX64 ? FM_FLOAT32 : FM_FLOAT64;
}

fm_status fm_run_poly(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    if (x && x->layout->ndim == 2) x = FM_DO(p, "linalg.eigvals", V_T(x));
    if (!x) return p->status;
    fm_dtype dtype = x->layout->dtype;
    if (fm_dtype_kind(dtype) != 'c' && dtype != FM_FLOAT32) dtype = FM_FLOAT64;
    int64_t n = x->layout->size;
    if (n == 0) {
        fm_program_reply(p, V_F(1.0));
        return p->status;
    }
    value *roots = read_values(p, x);
    value *a = fm_program_memory(p, (size_t)(n + 1) * sizeof *a);
    if (p->status != FM_OK) return p->status;
    a[0].re = 1;
    for (int64_t k = 0; k < n; k++)
        for (int64_t i = k + 1; i > 0; i--)
            a[i] = minus(dtype, a[i], times(dtype, a[i - 1], roots[k]));
    if (fm_dtype_kind(dtype) == 'c' && all_conjugate(p, roots, n)) dtype = real_part_dtype(dtype);
    fm_program_reply(p, V_T(write_values(p, dtype, n + 1, a)));
    return p->status;
}

/* roots */

fm_status fm_infer_roots(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t n = 0;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    FM_TRY(check_line(bound, 0, error));
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_cost_roots(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_error *error) {
    int64_t n = 0;
    (void)r;
    FM_TRY(fm_polynomial_length(bound, 0, &n, error));
    return fm_cost_formula(bound, work, "roots", n > 0 ? n - 1 : 0, 0, error);
}

/* The matrix whose characteristic polynomial has n + 1 coefficients: ones below the diagonal, and
   the coefficients in its first row. */
static fm_tensor *companion(fm_program *p, fm_dtype dtype, const value *c, int64_t n) {
    int64_t shape[2] = {n, n};
    value *m = fm_program_memory(p, (size_t)(n * n) * sizeof *m + 1);
    if (!m) return NULL;
    for (int64_t i = 0; i < n; i++) {
        bool complex = fm_dtype_kind(dtype) == 'c';
        value minus_c = {-c[i + 1].re, -c[i + 1].im};
        m[i] = times(dtype, minus_c, inverse(dtype, c[0]));
        if (!complex) m[i].re = rounded(dtype, minus_c.re / c[0].re);
        if (i > 0) m[i * n + i - 1].re = 1;
    }
    return FM_DO(p, "reshape", V_T(write_values(p, dtype, n * n, m)), V_INTS(shape, 2));
}

fm_status fm_run_roots(fm_program *p) {
    const fm_tensor *x = as_line(p, 0);
    if (!x) return p->status;
    int64_t size = x->layout->size, first = 0, last = size - 1, zero = 0;
    const value *c = read_values(p, x);
    if (!c) return p->status;
    while (first < size && c[first].re == 0 && c[first].im == 0) first++;
    while (last > first && c[last].re == 0 && c[last].im == 0) last--;
    fm_dtype dtype = floating(x->layout->dtype);
    fm_tensor *roots = NULL;
    if (first < size && last > first)
        roots = FM_DO(p, "linalg.eigvals", V_T(companion(p, dtype, c + first, last - first)));
    else
        roots = FM_DO(p, "zeros", V_INTS(&zero, 1), V_D(FM_FLOAT64));
    int64_t trailing = first < size ? size - 1 - last : 0;
    if (roots && trailing > 0) {
        fm_tensor *zeros = FM_DO(p, "zeros", V_INTS(&trailing, 1), V_D(roots->layout->dtype));
        const fm_tensor *both[] = {roots, zeros};
        roots = FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
    }
    fm_program_return(p, 0, roots);
    return p->status;
}
