/* Residuals of factorisations on one context: what is made of a random matrix must give it back. */
#ifndef FM_TESTS_OPS_RESIDUALS_H
#define FM_TESTS_OPS_RESIDUALS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>

#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A stack of (m, n) matrices on the host. */
typedef struct stack {
    int64_t batch, m, n;
    double complex *x;
} stack;

static fm_context *residuals_on;
static int residuals_captured; /* what is called is warmed, captured and replayed */

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s", fm_context_message(residuals_on));                     \
    } while (0)

static inline stack stack_new(int64_t batch, int64_t m, int64_t n) {
    stack s = {batch, m, n, calloc((size_t)(batch * m * n + 1), sizeof *s.x)};
    assert_non_null(s.x);
    return s;
}

static inline double complex *entry(const stack *s, int64_t b, int64_t i, int64_t j) {
    return &s->x[(b * s->m + i) * s->n + j];
}

static inline int is_complex(fm_dtype dtype) {
    return dtype == FM_COMPLEX64 || dtype == FM_COMPLEX128;
}

static inline double draw(void) {
    static uint64_t state = 88172645463325252u;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)(state >> 11) * 0x1p-52 - 1;
}

static inline stack random_stack(int64_t batch, int64_t m, int64_t n, fm_dtype dtype) {
    stack s = stack_new(batch, m, n);
    for (int64_t i = 0; i < batch * m * n; i++) {
        const double re = (float)draw(), im = (float)draw();
        s.x[i] = is_complex(dtype) ? re + im * I : re;
    }
    return s;
}

/* sum over k of a_ik b_kj, of a's adjoint where asked */
static inline stack times(const stack *a, int adjoint, const stack *b) {
    stack c = stack_new(a->batch, adjoint ? a->n : a->m, b->n);
    for (int64_t s = 0; s < c.batch; s++)
        for (int64_t i = 0; i < c.m; i++)
            for (int64_t k = 0; k < b->m; k++) {
                const double complex x = adjoint ? conj(*entry(a, s, k, i)) : *entry(a, s, i, k);
                for (int64_t j = 0; j < c.n; j++) *entry(&c, s, i, j) += x * *entry(b, s, k, j);
            }
    return c;
}

/* The first columns of a times diag(w), w a stack of rows. */
static inline stack scaled(const stack *a, const stack *w) {
    stack c = stack_new(a->batch, a->m, w->n);
    for (int64_t s = 0; s < c.batch; s++)
        for (int64_t i = 0; i < c.m; i++)
            for (int64_t j = 0; j < c.n; j++)
                *entry(&c, s, i, j) = *entry(a, s, i, j) * *entry(w, s, 0, j);
    return c;
}

/* The first rows of a. */
static inline stack top(const stack *a, int64_t rows) {
    stack c = stack_new(a->batch, rows, a->n);
    for (int64_t s = 0; s < c.batch; s++)
        memcpy(entry(&c, s, 0, 0), entry(a, s, 0, 0), (size_t)(rows * a->n) * sizeof *c.x);
    return c;
}

static inline stack hermitian(const stack *a, double shift) {
    stack c = stack_new(a->batch, a->n, a->n);
    for (int64_t s = 0; s < c.batch; s++)
        for (int64_t i = 0; i < c.n; i++)
            for (int64_t j = 0; j < c.n; j++)
                *entry(&c, s, i, j) =
                    *entry(a, s, i, j) + conj(*entry(a, s, j, i)) + (i == j ? shift : 0);
    return c;
}

static inline stack identity(int64_t batch, int64_t n) {
    stack c = stack_new(batch, n, n);
    for (int64_t s = 0; s < batch; s++)
        for (int64_t i = 0; i < n; i++) *entry(&c, s, i, i) = 1;
    return c;
}

/* Puts an element of that dtype, or takes it. */
static inline void put(fm_dtype dtype, double complex x, void *data, int64_t i) {
    if (dtype == FM_FLOAT32) ((float *)data)[i] = (float)creal(x);
    if (dtype == FM_FLOAT64) ((double *)data)[i] = creal(x);
    if (dtype == FM_COMPLEX64) ((float complex *)data)[i] = (float complex)x;
    if (dtype == FM_COMPLEX128) ((double complex *)data)[i] = x;
}

static inline double complex take(fm_dtype dtype, const void *data, int64_t i) {
    if (dtype == FM_FLOAT32) return ((const float *)data)[i];
    if (dtype == FM_FLOAT64) return ((const double *)data)[i];
    if (dtype == FM_COMPLEX64) return ((const float complex *)data)[i];
    assert_int_equal(dtype, FM_COMPLEX128);
    return ((const double complex *)data)[i];
}

/* On the device, without the batch's axis where the batch is 1. */
static inline fm_tensor *send(const stack *s, fm_dtype dtype) {
    const int64_t shape[3] = {s->batch, s->m, s->n};
    const int64_t size = s->batch * s->m * s->n;
    void *data = malloc((size_t)(size + 1) * 16);
    fm_tensor *out = NULL;
    assert_non_null(data);
    for (int64_t i = 0; i < size; i++) put(dtype, s->x[i], data, i);
    const int lone = s->batch == 1;
    OK(fm_tensor_from_host(residuals_on, dtype, lone ? 2 : 3, shape + lone, data, &out));
    free(data);
    return out;
}

/* A result of `vectors` axes beside the batch's (a vector is a row), whose reference it takes. */
static inline stack receive(fm_tensor *t, int64_t batch, int axes) {
    const int64_t *shape = fm_tensor_shape(t);
    const int ndim = fm_tensor_ndim(t);
    assert_int_equal(ndim, axes + (batch > 1));
    stack s = stack_new(batch, axes == 2 ? shape[ndim - 2] : 1, axes > 0 ? shape[ndim - 1] : 1);
    void *data = malloc(fm_tensor_nbytes(t) + 16);
    assert_non_null(data);
    assert_int_equal(fm_tensor_size(t), batch * s.m * s.n);
    OK(fm_tensor_to_host(residuals_on, t, data, fm_tensor_nbytes(t)));
    for (int64_t i = 0; i < fm_tensor_size(t); i++) s.x[i] = take(fm_tensor_dtype(t), data, i);
    free(data);
    fm_tensor_release(t);
    return s;
}

static inline fm_value of_tensor(const fm_tensor *t) {
    return (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = t};
}
static inline fm_value of_int(int64_t i) {
    return (fm_value){.kind = FM_VALUE_INT, .as.i = i};
}
static inline fm_value of_flag(int yes) {
    return (fm_value){.kind = FM_VALUE_BOOL, .as.i = yes};
}
static inline fm_value of_text(const char *text) {
    return (fm_value){.kind = FM_VALUE_STRING, .as.string = text};
}

/* op(a, option = value) with that many outputs; option NULL: none. Takes a's reference. */
static inline fm_status call(const char *op, fm_tensor *a, const char *option, fm_value value,
                             fm_tensor **outs, size_t nouts) {
    const fm_argument arguments[] = {{NULL, of_tensor(a)}, {option, value}};
    const size_t count = option ? 2 : 1;
    fm_tensor *warm[4] = {NULL};
    fm_graph *graph = NULL;
    fm_status status = FM_OK;
    if (residuals_captured) {
        OK(fm_call(residuals_on, op, arguments, count, warm, nouts));
        for (int i = 0; i < 4; i++) fm_tensor_release(warm[i]);
        OK(fm_capture_begin(residuals_on, FM_CAPTURE_OWN));
    }
    status = fm_call(residuals_on, op, arguments, count, outs, nouts);
    if (residuals_captured && status == FM_OK) status = fm_capture_end(residuals_on, &graph);
    if (graph) status = fm_graph_launch(residuals_on, graph);
    if (graph && status == FM_OK) status = fm_synchronize(residuals_on);
    fm_graph_release(graph);
    fm_tensor_release(a);
    return status;
}

static inline double largest(const stack *a) {
    double most = 0;
    for (int64_t i = 0; i < a->batch * a->m * a->n; i++) most = fmax(most, cabs(a->x[i]));
    return most;
}

/* Fails unless a is b to rounding of the dtype; takes a. */
static inline void expect(const char *what, stack a, const stack *b, fm_dtype dtype) {
    const double eps = dtype == FM_FLOAT32 || dtype == FM_COMPLEX64 ? 0x1p-23 : 0x1p-52;
    const double bound = 200 * eps * (double)(a.m + a.n + 4) * fmax(largest(b), 1);
    assert_int_equal(a.m, b->m);
    assert_int_equal(a.n, b->n);
    for (int64_t i = 0; i < a.batch * a.m * a.n; i++)
        if (!(cabs(a.x[i] - b->x[i]) <= bound))
            fail_msg("%s: element %lld of (%lld, %lld) is off by %g, allowed is %g", what,
                     (long long)i, (long long)a.m, (long long)a.n, cabs(a.x[i] - b->x[i]), bound);
    free(a.x);
}

static inline void expect_orthonormal(const char *what, const stack *q, fm_dtype dtype) {
    stack one = identity(q->batch, q->n);
    expect(what, times(q, 1, q), &one, dtype);
    free(one.x);
}

static inline stack adjoint_of(const stack *a) {
    stack one = identity(a->batch, a->m), turned = times(a, 1, &one);
    free(one.x);
    return turned;
}

static inline void check_square(fm_dtype dtype, int64_t batch, int64_t n) {
    stack a = random_stack(batch, n, n, dtype), one = identity(batch, n);
    for (int64_t b = 0; b < batch; b++)
        for (int64_t i = 0; i < n; i++) *entry(&a, b, i, i) += 2 + (double)n / 4;
    fm_tensor *out[2] = {NULL};
    OK(call("linalg.inv", send(&a, dtype), NULL, of_int(0), out, 1));
    stack x = receive(out[0], batch, 2);
    expect("inv", times(&a, 0, &x), &one, dtype);
    stack right = random_stack(batch, n, 3, dtype);
    fm_tensor *b = send(&right, dtype);
    out[0] = NULL;
    OK(call("linalg.solve", send(&a, dtype), "b", of_tensor(b), out, 1));
    fm_tensor_release(b);
    stack y = receive(out[0], batch, 2);
    expect("solve", times(&a, 0, &y), &right, dtype);
    for (int upper = 0; upper < 2; upper++) {
        stack spd = hermitian(&a, 4 * (double)n);
        out[0] = NULL;
        OK(call("linalg.cholesky", send(&spd, dtype), "upper", of_flag(upper), out, 1));
        stack l = receive(out[0], batch, 2), turned = adjoint_of(&l);
        expect("cholesky", upper ? times(&turned, 0, &l) : times(&l, 0, &turned), &spd, dtype);
        free(l.x);
        free(turned.x);
        free(spd.x);
    }
    free(a.x);
    free(one.x);
    free(x.x);
    free(right.x);
    free(y.x);
}

static inline void check_eigen(fm_dtype dtype, int64_t batch, int64_t n) {
    stack a = random_stack(batch, n, n, dtype), h = hermitian(&a, 0);
    for (int upper = 0; upper < 2; upper++) {
        fm_tensor *out[2] = {NULL};
        OK(call("linalg.eigh", send(&h, dtype), "UPLO", of_text(upper ? "U" : "L"), out, 2));
        stack w = receive(out[0], batch, 1), v = receive(out[1], batch, 2);
        stack hv = times(&h, 0, &v);
        expect("eigh", scaled(&v, &w), &hv, dtype);
        expect_orthonormal("eigh: vectors", &v, dtype);
        for (int64_t i = 1; i < w.n; i++) assert_true(creal(w.x[i]) >= creal(w.x[i - 1]));
        free(w.x);
        free(v.x);
        free(hv.x);
    }
    fm_tensor *out[2] = {NULL};
    if (residuals_captured) { /* it reads whether the values are real */
        free(a.x);
        free(h.x);
        return;
    }
    OK(call("linalg.eig", send(&a, dtype), NULL, of_int(0), out, 2));
    stack w = receive(out[0], batch, 1), v = receive(out[1], batch, 2), av = times(&a, 0, &v);
    expect("eig", scaled(&v, &w), &av, dtype);
    free(w.x);
    free(v.x);
    free(av.x);
    free(a.x);
    free(h.x);
}

static inline void check_qr(fm_dtype dtype, int64_t batch, int64_t m, int64_t n) {
    static const char *const modes[] = {"reduced", "complete"};
    stack a = random_stack(batch, m, n, dtype);
    for (int i = 0; i < 2; i++) {
        fm_tensor *out[2] = {NULL};
        OK(call("linalg.qr", send(&a, dtype), "mode", of_text(modes[i]), out, 2));
        stack q = receive(out[0], batch, 2), r = receive(out[1], batch, 2);
        expect("qr", times(&q, 0, &r), &a, dtype);
        expect_orthonormal("qr: q", &q, dtype);
        for (int64_t b = 0; b < batch; b++)
            for (int64_t row = 1; row < r.m; row++)
                for (int64_t j = 0; j < row && j < r.n; j++)
                    assert_true(*entry(&r, b, row, j) == 0);
        free(q.x);
        free(r.x);
    }
    free(a.x);
}

static inline void check_svd(fm_dtype dtype, int64_t batch, int64_t m, int64_t n) {
    stack a = random_stack(batch, m, n, dtype);
    for (int full = 0; full < 2; full++) {
        fm_tensor *out[3] = {NULL};
        OK(call("linalg.svd", send(&a, dtype), "full_matrices", of_flag(full), out, 3));
        stack u = receive(out[0], batch, 2), s = receive(out[1], batch, 1),
              vh = receive(out[2], batch, 2);
        stack us = scaled(&u, &s), above = top(&vh, s.n), v = adjoint_of(&vh);
        expect("svd", times(&us, 0, &above), &a, dtype);
        expect_orthonormal("svd: u", &u, dtype);
        expect_orthonormal("svd: v", &v, dtype);
        stack *all[] = {&u, &s, &vh, &us, &above, &v};
        for (int i = 0; i < 6; i++) free(all[i]->x);
    }
    fm_tensor *out = NULL;
    OK(call("linalg.pinv", send(&a, dtype), NULL, of_int(0), &out, 1));
    stack p = receive(out, batch, 2), ap = times(&a, 0, &p);
    expect("pinv", times(&ap, 0, &a), &a, dtype);
    free(p.x);
    free(ap.x);
    free(a.x);
}

/* The residual is orthogonal to the columns. */
static inline void check_lstsq(fm_dtype dtype, int64_t m, int64_t n) {
    stack a = random_stack(1, m, n, dtype), b = random_stack(1, m, 2, dtype);
    fm_tensor *right = send(&b, dtype), *out[4] = {NULL};
    OK(call("linalg.lstsq", send(&a, dtype), "b", of_tensor(right), out, 4));
    stack x = receive(out[0], 1, 2), ax = times(&a, 0, &x), ab = times(&a, 1, &b);
    expect("lstsq", times(&a, 1, &ax), &ab, dtype);
    fm_tensor_release(right);
    for (int i = 1; i < 4; i++) fm_tensor_release(out[i]);
    free(a.x);
    free(b.x);
    free(x.x);
    free(ax.x);
    free(ab.x);
}

static const fm_dtype dtypes[] = {FM_FLOAT32, FM_FLOAT64, FM_COMPLEX64, FM_COMPLEX128};

static inline void residuals_square(void **state) {
    static const int64_t sizes[] = {1, 2, 7, 33, 70};
    (void)state;
    for (int d = 0; d < 4; d++)
        for (int i = 0; i < 5; i++)
            for (int64_t batch = 1; batch <= 3; batch += 2) {
                check_square(dtypes[d], batch, sizes[i]);
                check_eigen(dtypes[d], batch, sizes[i]);
            }
}

static inline void residuals_any(void **state) {
    static const int64_t shapes[][2] = {{1, 1}, {5, 2}, {2, 5}, {30, 30}, {70, 33}, {20, 64}};
    (void)state;
    for (int d = 0; d < 4; d++)
        for (int i = 0; i < 6; i++) {
            for (int64_t batch = 1; batch <= 3; batch += 2) {
                check_qr(dtypes[d], batch, shapes[i][0], shapes[i][1]);
                check_svd(dtypes[d], batch, shapes[i][0], shapes[i][1]);
            }
            check_lstsq(dtypes[d], shapes[i][0], shapes[i][1]);
        }
}

/* A falling spectrum, and rank 3, which the truncated algorithm takes; against the whole one. */
static inline void residuals_truncated(void **state) {
    enum { M = 260, N = 220, K = 6 };
    (void)state;
    for (int d = 0; d < 4; d++)
        for (int flat = 0; flat < 2; flat++) {
            const fm_dtype dtype = dtypes[d];
            stack left = random_stack(1, M, 12, dtype), right = random_stack(1, 12, N, dtype);
            stack weight = stack_new(1, 1, flat ? 3 : 12);
            for (int64_t i = 0; i < weight.n; i++) weight.x[i] = exp2((double)-i);
            stack part = scaled(&left, &weight), rows = top(&right, weight.n);
            stack a = times(&part, 0, &rows);
            fm_tensor *some[3] = {NULL}, *all = NULL;
            OK(call("linalg.svd", send(&a, dtype), "k", of_int(K), some, 3));
            OK(call("linalg.svdvals", send(&a, dtype), NULL, of_int(0), &all, 1));
            stack u = receive(some[0], 1, 2), s = receive(some[1], 1, 1),
                  vh = receive(some[2], 1, 2), whole = receive(all, 1, 1);
            stack v = adjoint_of(&vh), av = times(&a, 0, &v), first = stack_new(1, 1, K);
            memcpy(first.x, whole.x, K * sizeof *first.x);
            expect("truncated svd", scaled(&u, &s), &av, dtype);
            expect("truncated svd: values", s, &first, dtype);
            expect_orthonormal("truncated svd: u", &u, dtype);
            expect_orthonormal("truncated svd: v", &v, dtype);
            stack *held[] = {&left, &right, &weight, &part, &rows, &a,
                             &u,    &vh,    &whole,  &v,    &av,   &first};
            for (int i = 0; i < 12; i++) free(held[i]->x);
        }
}

/* Failures that the values show keep their charge, and write nothing. */
static inline void residuals_failures(void **state) {
    static const char *const ops[] = {"linalg.inv", "linalg.cholesky", "linalg.svdvals",
                                      "linalg.eigvals"};
    (void)state;
    for (int i = 0; i < 4; i++) {
        stack a = stack_new(2, 3, 3);
        for (int64_t j = 0; j < 9; j++) a.x[j] = j % 4 == 0; /* the first is sound */
        if (i >= 2) a.x[13] = NAN;
        const double before[18] = {7};
        const int64_t shape[3] = {2, 3, 3};
        fm_tensor *target = NULL;
        OK(fm_tensor_from_host(residuals_on, FM_FLOAT64, 3, shape, before, &target));
        const uint64_t used = fm_budget_used(fm_context_budget(residuals_on));
        assert_int_equal(call(ops[i], send(&a, FM_FLOAT64), NULL, of_int(0), &target, 1),
                         FM_ERR_NUMERIC);
        assert_true(fm_budget_used(fm_context_budget(residuals_on)) > used);
        double after[18];
        assert_int_equal(fm_tensor_ndim(target), 3);
        OK(fm_tensor_to_host(residuals_on, target, after, sizeof after));
        assert_memory_equal(after, before, sizeof after);
        fm_tensor_release(target);
        free(a.x);
    }
}

#define RESIDUAL_TESTS                                                                             \
    cmocka_unit_test(residuals_square), cmocka_unit_test(residuals_any),                           \
        cmocka_unit_test(residuals_truncated), cmocka_unit_test(residuals_failures)

#endif
