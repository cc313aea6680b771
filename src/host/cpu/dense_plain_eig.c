/* Eigenvalues of a general matrix by the shifted QR iteration (Golub and Van Loan, chapter 7). */
#include "cpu/dense_plain.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

typedef double complex z;

enum { ITERATIONS = 60 /* for each eigenvalue */, EXCEPTIONAL = 10 };

typedef struct matrix {
    int n;
    z *a, *v; /* v: NULL, or the product of all rotations */
} matrix;

static z *at(const matrix *m, int i, int j) {
    return m->a + (size_t)i + (size_t)j * (size_t)m->n;
}

static void turn_columns(int n, z *x, z *y, double c, z s) {
    for (int i = 0; i < n; i++) {
        const z u = x[i], v = y[i];
        x[i] = c * u + conj(s) * v;
        y[i] = c * v - s * u;
    }
}

/* The similar matrix in which (x, y), were they rows i and i + 1 of a column, become (r, 0). */
static void turn(matrix *m, int i, z x, z y) {
    const double size = hypot(cabs(x), cabs(y));
    if (size == 0 || y == 0) return;
    const double c = cabs(x) / size;
    const z s = (x == 0 ? 1 : x / cabs(x)) * conj(y) / size;
    for (int j = 0; j < m->n; j++) {
        const z u = *at(m, i, j), v = *at(m, i + 1, j);
        *at(m, i, j) = c * u + s * v;
        *at(m, i + 1, j) = c * v - conj(s) * u;
    }
    turn_columns(m->n, at(m, 0, i), at(m, 0, i + 1), c, s);
    if (m->v) {
        z *x0 = m->v + (size_t)i * (size_t)m->n;
        turn_columns(m->n, x0, x0 + m->n, c, s);
    }
}

static void to_hessenberg(matrix *m) {
    for (int k = 0; k + 2 < m->n; k++)
        for (int i = m->n - 1; i > k + 1; i--) {
            turn(m, i - 1, *at(m, i - 1, k), *at(m, i, k));
            *at(m, i, k) = 0;
        }
}

/* Wilkinson's: the eigenvalue of the last 2 x 2 block that is nearer to its corner. */
static z shift_of(const matrix *m, int last, int iteration) {
    const z a = *at(m, last - 1, last - 1), d = *at(m, last, last);
    if (iteration % EXCEPTIONAL == EXCEPTIONAL - 1) return d + cabs(*at(m, last, last - 1));
    const z bc = *at(m, last - 1, last) * *at(m, last, last - 1), half = (a - d) / 2;
    const z root = csqrt(half * half + bc);
    const z far = creal(conj(half) * root) < 0 ? half - root : half + root;
    return far == 0 ? d : d - bc / far;
}

/* One implicit QR step on rows first..last: the bulge is chased down. */
static void step(matrix *m, int first, int last, z shift) {
    turn(m, first, *at(m, first, first) - shift, *at(m, first + 1, first));
    for (int k = first; k + 2 <= last; k++) {
        turn(m, k + 1, *at(m, k + 1, k), *at(m, k + 2, k));
        *at(m, k + 2, k) = 0;
    }
}

static double size_of(const matrix *m) {
    double largest = 0;
    for (size_t i = 0; i < (size_t)m->n * (size_t)m->n; i++) {
        const double size = cabs(m->a[i]);
        if (!isfinite(size)) return size;
        if (size > largest) largest = size;
    }
    return largest;
}

/* Whether the element below diagonal element k - 1 counts as zero; it is made so. */
static bool splits(matrix *m, int k, double size) {
    double near = cabs(*at(m, k - 1, k - 1)) + cabs(*at(m, k, k));
    if (near == 0) near = size;
    if (cabs(*at(m, k, k - 1)) > DBL_EPSILON * near) return false;
    *at(m, k, k - 1) = 0;
    return true;
}

static int to_triangle(matrix *m, double size) {
    for (int last = m->n - 1, iteration = 0; last > 0;) {
        int first = last;
        while (first > 0 && !splits(m, first, size)) first--;
        if (first == last) {
            last--;
            iteration = 0;
            continue;
        }
        if (iteration == ITERATIONS) return last;
        step(m, first, last, shift_of(m, last, iteration++));
    }
    return 0;
}

/* The vector of the triangle's eigenvalue j over its column j, which is y, by back substitution. */
static void substitute(const matrix *m, int j, double least, z *y) {
    const z eigenvalue = y[j];
    y[j] = 1;
    for (int i = j - 1; i >= 0; i--) {
        z sum = y[i], gap = eigenvalue - *at(m, i, i);
        for (int k = i + 1; k < j; k++) sum += *at(m, i, k) * y[k];
        y[i] = sum / (cabs(gap) < least ? least : gap);
    }
}

/* v = v times the triangle's vectors, which grow over the triangle from its last column on. */
static void to_vectors(matrix *m, double size) {
    const int n = m->n;
    const double least = DBL_EPSILON * size + DBL_MIN;
    for (int j = n - 1; j >= 0; j--) {
        z *y = at(m, 0, j), *out = m->v + (size_t)j * (size_t)n;
        double length = 0;
        substitute(m, j, least, y);
        for (int i = 0; i < n; i++) {
            z sum = out[i];
            for (int k = 0; k < j; k++) sum += m->v[(size_t)i + (size_t)k * (size_t)n] * y[k];
            out[i] = sum;
            length = hypot(length, cabs(sum));
        }
        for (int i = 0; i < n; i++) out[i] /= length;
    }
}

int fm_dense_plain_eig(int n, z *a, z *w, z *v) {
    matrix m = {n, a, v};
    const double size = size_of(&m);
    if (!isfinite(size)) return n + 1;
    for (int j = 0; v && j < n; j++)
        for (int i = 0; i < n; i++) v[(size_t)i + (size_t)j * (size_t)n] = i == j;
    to_hessenberg(&m);
    const int info = to_triangle(&m, size);
    for (int j = 0; j < n; j++) w[j] = *at(&m, j, j);
    if (v && info == 0) to_vectors(&m, size);
    return info;
}

/* Turns a vector so that its largest element is real, and drops what is not. */
static void make_real(int n, z *x) {
    int largest = 0;
    for (int i = 1; i < n; i++)
        if (cabs(x[i]) > cabs(x[largest])) largest = i;
    const z phase = conj(x[largest]) / cabs(x[largest]);
    for (int i = 0; i < n; i++) x[i] = creal(x[i] * phase);
}

void fm_dense_plain_eig_real(int n, double size, z *w, z *v) {
    for (int j = 0; j < n; j++) {
        if (fabs(cimag(w[j])) > 8 * DBL_EPSILON * size) continue;
        w[j] = creal(w[j]);
        if (v) make_real(n, v + (size_t)j * (size_t)n);
    }
}
