/* The work on one matrix of a stack: factorisations and what they give. */
#include "cpu/linalg.h"

#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Marks `count` elements of the matrix's dtype, or of reals, as unusable. */
static void fill_nan(void *to, size_t count, size_t element) {
    double *x = to;
    for (size_t i = 0; x && i < count * (element / sizeof *x); i++) x[i] = NAN;
}

static size_t area(int m, int n) {
    return (size_t)m * (size_t)n;
}

static void set_info(const fm_linalg_run *run, int64_t i, int info) {
    int32_t *word = fm_linalg_out(run, 0, i);
    if (word) *word = info;
}

/* Sign and logarithm of the product of the pivots. */
static void det_d(int n, const double *lu, const int *pivots, double *sign, double *log_size) {
    double s = 1, sum = 0;
    for (int i = 0; i < n; i++) {
        const double x = lu[area(i, n) + (size_t)i];
        if ((pivots[i] != i + 1) != (x < 0)) s = -s;
        sum += log(fabs(x));
    }
    *sign = s;
    *log_size = sum;
}

static void det_z(int n, const double complex *lu, const int *pivots, double complex *sign,
                  double *log_size) {
    double complex s = 1;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const double complex x = lu[area(i, n) + (size_t)i];
        const double size = cabs(x);
        s *= x / size;
        if (pivots[i] != i + 1) s = -s;
        sum += log(size);
    }
    *sign = s;
    *log_size = sum;
}

static void item_det(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    void *a = fm_linalg_at(run, &p->in[0], i), *sign = fm_linalg_out(run, 0, i);
    double *log_size = fm_linalg_out(run, 1, i);
    int *pivots = (int *)(void *)scratch;
    const int info = p->n > 0 ? p->dense->lu(p->z, p->n, a, pivots) : 0;
    if (info > 0) {
        memset(sign, 0, p->element);
        *log_size = -INFINITY;
    } else if (p->z) {
        det_z(p->n, a, pivots, sign, log_size);
    } else {
        det_d(p->n, a, pivots, sign, log_size);
    }
}

static void item_inv(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    void *a = fm_linalg_at(run, &p->in[0], i);
    int *pivots = (int *)(void *)scratch, info = 0;
    if (p->n > 0) info = p->dense->lu(p->z, p->n, a, pivots);
    if (p->n > 0 && info == 0)
        info = p->dense->lu_inverse(p->z, p->n, a, pivots, &p->space, scratch + area(p->n, 16));
    if (info != 0) fill_nan(a, area(p->n, p->n), p->element);
    set_info(run, i, info);
}

static void item_solve(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    void *a = fm_linalg_at(run, &p->in[0], i), *b = fm_linalg_at(run, &p->in[1], i);
    int *pivots = (int *)(void *)scratch, info = 0;
    if (p->n > 0) info = p->dense->lu(p->z, p->n, a, pivots);
    if (p->n > 0 && p->k > 0 && info == 0)
        info = p->dense->lu_solve(p->z, p->n, p->k, a, pivots, b);
    if (info != 0) fill_nan(b, area(p->n, p->k), p->element);
    set_info(run, i, info);
}

/* The matrix lies row by row: to LAPACK its other triangle, of its transpose. */
static void item_cholesky(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    char *a = fm_linalg_at(run, &p->in[0], i);
    const bool upper = p->params.upper != 0;
    const size_t n = (size_t)p->n;
    (void)scratch;
    const int info = n > 0 ? p->dense->cholesky(p->z, !upper, p->n, a) : 0;
    if (info != 0) fill_nan(a, n * n, p->element);
    for (size_t row = 0; info == 0 && row < n; row++) {
        const size_t from = upper ? 0 : row + 1, count = upper ? row : n - row - 1;
        memset(a + (row * n + from) * p->element, 0, count * p->element);
    }
    set_info(run, i, info);
}

enum { TILE = 16 };

/* The upper triangle of the first `rows` rows, row by row with zeros below. */
static void take_upper(const char *a, int m, int n, int rows, size_t element, char *r) {
    for (int column = 0; column < n; column += TILE)
        for (int row = 0; row < rows; row++)
            for (int j = column; j < n && j < column + TILE; j++) {
                char *to = r + (area(row, n) + (size_t)j) * element;
                if (j >= row)
                    memcpy(to, a + (area(j, m) + (size_t)row) * element, element);
                else
                    memset(to, 0, element);
            }
}

static void item_qr(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    const int mode = p->params.mode;
    char *a = fm_linalg_at(run, &p->in[0], i), *second = fm_linalg_out(run, 1, i);
    char *tau = mode == FM_QR_RAW ? second : scratch, *work = scratch + area(p->k, 16);
    if (p->k > 0) p->dense->qr(p->z, p->m, p->n, a, tau, &p->space, work);
    if (mode == FM_QR_RAW) return;
    char *r = mode == FM_QR_R ? fm_linalg_out(run, 0, i) : second;
    take_upper(a, p->m, p->n, p->cols, p->element, r);
    if (mode != FM_QR_R && p->cols > 0)
        p->dense->q(p->z, p->m, p->cols, p->k, a, tau, &p->second, work);
}

static void item_eigh(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    void *a = fm_linalg_at(run, &p->in[0], i);
    double *w = fm_linalg_out(run, 1, i);
    const bool vectors = p->params.vectors != FM_VECTORS_NONE;
    const int info = p->n > 0 ? p->dense->eigh(p->z, vectors, p->params.upper != 0, p->n, a, w,
                                               &p->space, scratch)
                              : 0;
    if (info != 0) {
        fill_nan(w, (size_t)p->n, sizeof *w);
        fill_nan(a, area(p->n, p->n), p->element);
    }
    set_info(run, i, info);
}

/* Whether any of the eigenvalues is not real. */
static bool not_real(int n, const double *w) {
    for (int i = 0; i < n; i++)
        if (w[2 * i + 1] != 0) return true;
    return false;
}

static void item_eig(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    double *w = fm_linalg_out(run, 1, i);
    const bool vectors = p->params.vectors != FM_VECTORS_NONE;
    void *v = vectors ? fm_linalg_at(run, &p->out[0], i) : NULL;
    void *a = fm_linalg_at(run, &p->in[0], i);
    int info = p->n > 0 ? p->dense->eig(p->z, p->n, a, w, v, &p->space, scratch) : 0;
    if (info != 0) {
        fill_nan(w, (size_t)p->n, 16);
        fill_nan(v, area(p->n, p->n), 16);
    } else if (!p->z && not_real(p->n, w)) {
        info = -1;
    }
    set_info(run, i, info);
}

static void set_identity(char *a, int n, size_t element) {
    static const double one = 1;
    if (!a) return;
    memset(a, 0, area(n, n) * element);
    for (int i = 0; i < n; i++) memcpy(a + (area(i, n) + (size_t)i) * element, &one, sizeof one);
}

/* Without singular values the full vectors are any: those of the identity. */
static void svd_of_nothing(const fm_linalg_run *run, int64_t i) {
    const fm_linalg_plan *p = run->plan;
    if (p->params.vectors != FM_VECTORS_FULL) return;
    set_identity(fm_linalg_out(run, 2, i), p->m, p->element);
    set_identity(fm_linalg_out(run, 3, i), p->n, p->element);
}

static void item_svd(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    double *s = fm_linalg_out(run, 1, i);
    const int kind = p->params.vectors;
    const char vectors = kind == FM_VECTORS_NONE ? 'N' : kind == FM_VECTORS_FULL ? 'A' : 'S';
    int info = 0;
    if (p->k > 0) {
        char *u = p->nout ? fm_linalg_at(run, &p->out[0], i) : NULL;
        char *vh = p->nout ? fm_linalg_at(run, &p->out[1], i) : NULL;
        info = p->dense->svd(p->z, vectors, p->m, p->n, fm_linalg_at(run, &p->in[0], i), s, u, vh,
                             &p->space, scratch);
        if (info != 0) {
            fill_nan(s, (size_t)p->k, sizeof *s);
            fill_nan(u, p->out[0].each / p->element, p->element);
            fill_nan(vh, p->out[1].each / p->element, p->element);
        }
    } else {
        svd_of_nothing(run, i);
    }
    set_info(run, i, info);
}

/* The squared lengths of what is left in the rows below the solution. */
static void sum_residuals(const double *b, int m, int n, int sides, bool z, double *sums) {
    const int parts = z ? 2 : 1;
    const int rows = m > n ? m : n;
    for (int j = 0; j < sides; j++) {
        double sum = 0;
        for (int i = n * parts; i < m * parts; i++) {
            const double x = b[area(j, rows * parts) + (size_t)i];
            sum += x * x;
        }
        sums[j] = sum;
    }
}

static void item_lstsq(const fm_linalg_run *run, int64_t i, char *scratch) {
    const fm_linalg_plan *p = run->plan;
    void *b = fm_linalg_at(run, &p->in[1], i);
    double *residuals = fm_linalg_out(run, 2, i), *s = fm_linalg_out(run, 4, i);
    int32_t *rank = fm_linalg_out(run, 3, i);
    const fm_scalar *given = &run->args->scalars[p->nin];
    const double rcond = given->dtype == FM_INT64 || given->dtype == FM_BOOL
                             ? (double)given->value.i
                             : given->value.f;
    const int rows = p->m > p->n ? p->m : p->n;
    int info = 0, found = 0;
    if (p->m > 0 && p->n > 0 && p->k > 0)
        info = p->dense->lstsq(p->z, p->m, p->n, p->k, fm_linalg_at(run, &p->in[0], i), b, s, rcond,
                               &found, &p->space, scratch);
    else
        memset(b, 0, area(rows, p->k) * p->element);
    sum_residuals(b, p->m, p->n, p->k, p->z, residuals);
    *rank = found;
    set_info(run, i, info);
}

void (*const fm_linalg_items[])(const fm_linalg_run *, int64_t,
                                char *) = {item_det,  item_inv, item_solve, item_cholesky, item_qr,
                                           item_eigh, item_eig, item_svd,   item_lstsq};
