/* The largest singular values of a large matrix: block Lanczos bidiagonalisation (Golub, Luk and
   Overton, 1981) with full reorthogonalisation, from a block of pseudo-random vectors.

   A V = U B and A^H U = V B^H + W L E^H hold for orthonormal U and V and a block bidiagonal B,
   whose singular values are the approximations; E picks the last block. */
#include "ops/linalg.h"

#include <math.h>
#include <string.h>

enum {
    LEAST = 192,     /* smallest extent for which this can pay, */
    LARGE = 1536,    /* and from which it pays without a falling spectrum */
    SHARE = 16,      /* of the singular values at most a 16th is asked for */
    BLOCK = 16,      /* vectors a block, */
    LARGE_BLOCK = 32 /* or where more than BLOCK values are wanted */
};

/* Of residuals, by the largest singular value: the values' own errors are their squares by a gap.
 */
static const double tolerance = 1e-10;

typedef struct lanczos {
    fm_program *p;
    const fm_tensor *a, *adjoint; /* in double precision */
    fm_dtype dtype;
    int64_t m, n, k, block, most; /* most: vectors at which it gives up */
    int64_t blocks;               /* of u and v so far */
    fm_tensor *u, *v;             /* (m, most), (n, most): the bases in their first columns */
    double *diagonal, *above;     /* R and L of each block, row-major */
    const fm_tensor *left, *right, *next; /* of B: singular vectors; W */
    double *s;                            /* [k] */
    double scale;                         /* about the largest singular value */
    double worst; /* of the residuals when B was last looked at, by the largest value */
} lanczos;

static int64_t parts(const lanczos *z) {
    return z->dtype == FM_COMPLEX128 ? 2 : 1;
}

/* The first columns of a basis. */
static const fm_tensor *columns(const lanczos *z, const fm_tensor *basis, int64_t count) {
    return fm_linalg_slice(z->p, basis, -1, 0, count);
}

static const fm_tensor *adjoint_of(fm_program *p, const fm_tensor *x) {
    const fm_tensor *turned = fm_linalg_turned(p, x);
    if (p->status != FM_OK || fm_dtype_kind(x->layout->dtype) != 'c') return turned;
    return FM_DO(p, "conjugate", V_T(turned));
}

/* x less its part in the basis. */
static const fm_tensor *less_projection(fm_program *p, const fm_tensor *basis, const fm_tensor *x) {
    const fm_tensor *inner = FM_DO(p, "matmul", V_T(adjoint_of(p, basis)), V_T(x));
    const fm_tensor *part = FM_DO(p, "matmul", V_T(basis), V_T(inner));
    const fm_tensor *rest = FM_DO(p, "subtract", V_T(x), V_T(part));
    if (p->status == FM_OK) {
        fm_program_drop(p, part);
        fm_program_drop(p, inner);
    }
    return rest;
}

/* Whether cancellation left too little of x to trust what is orthogonal to the basis: `factor` is
   triangular with a diagonal as long as what each column added. */
static bool spoilt(const lanczos *z, const double *factor) {
    const int64_t b = z->block, e = parts(z);
    double least = INFINITY;
    for (int64_t i = 0; i < b; i++) {
        const double *x = factor + (i * b + i) * e, size = e == 2 ? hypot(x[0], x[1]) : fabs(x[0]);
        if (size < least) least = size;
    }
    return !(least > 0.01 * z->scale);
}

/* x = (result) factor with an orthonormal result that is orthogonal to the basis of `count` columns
   too; projected and factored again where the first time may not do. */
static const fm_tensor *orthonormal(lanczos *z, const fm_tensor *basis, int64_t count,
                                    const fm_tensor *x, double *factor) {
    fm_program *p = z->p;
    fm_tensor *first[2], *second[2];
    const fm_tensor *taken = count > 0 ? columns(z, basis, count) : NULL;
    if (taken) x = less_projection(p, taken, x);
    FM_DO_ALL(p, "_qr", first, 2, V_T(x), V_I(FM_QR_REDUCED));
    if (p->status == FM_OK) fm_program_read(p, first[1], factor);
    if (p->status != FM_OK || !taken || !spoilt(z, factor)) return first[0];
    const fm_tensor *again = less_projection(p, taken, first[0]);
    FM_DO_ALL(p, "_qr", second, 2, V_T(again), V_I(FM_QR_REDUCED));
    const fm_tensor *both = FM_DO(p, "matmul", V_T(second[1]), V_T(first[1]));
    if (p->status == FM_OK) fm_program_read(p, both, factor);
    return p->status == FM_OK ? second[0] : NULL;
}

/* Puts a block behind the columns that the basis has. */
static void append(lanczos *z, const fm_tensor *basis, int64_t count, const fm_tensor *block) {
    const fm_tensor *place = fm_linalg_slice(z->p, basis, -1, count, count + z->block);
    if (z->p->status == FM_OK) FM_DO_INTO(z->p, place, "copy", V_T(block));
}

/* A block of pseudo-random numbers in (-1, 1), the same each time; the user's stream is left alone.
 */
static const fm_tensor *random_block(lanczos *z) {
    const int64_t count = z->n * z->block * parts(z), shape[2] = {z->n, z->block};
    double *x = fm_program_memory(z->p, (size_t)count * sizeof *x);
    uint64_t state = 0x9e3779b97f4a7c15u;
    for (int64_t i = 0; x && i < count; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        x[i] = (double)(int64_t)(state >> 11) * 0x1p-52 - 1;
    }
    return fm_program_from(z->p, z->dtype, 2, shape, x);
}

static bool open_bases(lanczos *z) {
    const size_t square = (size_t)(z->block * z->block * parts(z)) * sizeof(double);
    const size_t blocks = (size_t)(z->most / z->block) + 1;
    const int64_t left[2] = {z->m, z->most}, right[2] = {z->n, z->most};
    z->u = fm_program_new(z->p, z->dtype, 2, left);
    z->v = fm_program_new(z->p, z->dtype, 2, right);
    z->diagonal = fm_program_memory(z->p, blocks * square);
    z->above = fm_program_memory(z->p, blocks * square);
    z->s = fm_program_memory(z->p, (size_t)z->k * sizeof *z->s);
    double *unused = fm_program_memory(z->p, square);
    z->next = orthonormal(z, z->v, 0, random_block(z), unused);
    return z->p->status == FM_OK;
}

/* Takes the next block of v up, and finds that of u and W. */
static void step(lanczos *z) {
    fm_program *p = z->p;
    const int64_t have = z->blocks * z->block;
    const size_t square = (size_t)(z->block * z->block * parts(z));
    append(z, z->v, have, z->next);
    const fm_tensor *image = FM_DO(p, "matmul", V_T(z->a), V_T(z->next));
    const fm_tensor *u =
        orthonormal(z, z->u, have, image, z->diagonal + (size_t)z->blocks * square);
    append(z, z->u, have, u);
    const fm_tensor *back = FM_DO(p, "matmul", V_T(z->adjoint), V_T(u));
    z->next = orthonormal(z, z->v, have + z->block, back, z->above + (size_t)z->blocks * square);
    z->blocks++;
    for (int64_t i = 0; z->blocks == 1 && i < z->block && p->status == FM_OK; i++)
        z->scale = fmax(z->scale, fabs(z->diagonal[(i * z->block + i) * parts(z)]));
}

/* B as a tensor: R_j on the diagonal, L_j^H to its right. */
static const fm_tensor *projected(const lanczos *z) {
    const int64_t size = z->blocks * z->block, b = z->block, e = parts(z), shape[2] = {size, size};
    double *full = fm_program_memory(z->p, (size_t)(size * size * e) * sizeof *full);
    for (int64_t j = 0; full && j < z->blocks; j++)
        for (int64_t r = 0; r < b; r++)
            for (int64_t c = 0; c < b; c++) {
                const double *on = z->diagonal + ((j * b + r) * b + c) * e;
                const double *off = z->above + ((j * b + c) * b + r) * e;
                double *to = full + ((j * b + r) * size + j * b + c) * e;
                memcpy(to, on, (size_t)e * sizeof *to);
                if (j + 1 == z->blocks) continue;
                to[b * e] = off[0];
                if (e == 2) to[b * e + 1] = -off[1];
            }
    return full ? fm_program_from(z->p, z->dtype, 2, shape, full) : NULL;
}

/* The length of L p for the last block's part p of left vector i; `last` is (block, k). */
static double residual(const lanczos *z, const double *last, int64_t i) {
    const int64_t b = z->block, e = parts(z);
    const double *l = z->above + (z->blocks - 1) * b * b * e;
    double sum = 0;
    for (int64_t r = 0; r < b; r++) {
        double re = 0, im = 0;
        for (int64_t c = 0; c < b; c++) {
            const double *x = l + (r * b + c) * e, *y = last + (c * z->k + i) * e;
            re += x[0] * y[0] - (e == 2 ? x[1] * y[1] : 0);
            im += e == 2 ? x[0] * y[1] + x[1] * y[0] : 0;
        }
        sum += re * re + im * im;
    }
    return sqrt(sum);
}

/* Whether the k largest values of B are those of the matrix to the tolerance. */
static bool converged(lanczos *z) {
    fm_program *p = z->p;
    fm_tensor *out[4];
    const int64_t size = z->blocks * z->block;
    const fm_tensor *b = projected(z);
    FM_DO_ALL(p, "_svd", out, 4, V_T(b), V_I(FM_VECTORS_REDUCED));
    fm_linalg_check(p, out[0], "the singular values did not converge");
    if (p->status != FM_OK) return false;
    z->left = fm_linalg_slice(p, out[2], -1, 0, z->k);
    z->right = fm_linalg_slice(p, out[3], -2, 0, z->k);
    const fm_tensor *bottom = fm_linalg_slice(p, z->left, 0, size - z->block, size);
    double *last = fm_program_memory(p, (size_t)(z->block * z->k * parts(z)) * sizeof *last);
    if (last) fm_program_read(p, bottom, last);
    if (last) fm_program_read(p, fm_linalg_slice(p, out[1], -1, 0, z->k), z->s);
    if (p->status != FM_OK) return false;
    z->worst = 0;
    for (int64_t i = 0; i < z->k; i++) z->worst = fmax(z->worst, residual(z, last, i) / z->s[0]);
    return z->worst <= tolerance;
}

/* Where residuals that fall as between the last two looks reach the tolerance; not far from here,
   as they fall faster later on. */
static int64_t next_look(const lanczos *z, int64_t before, double worst_before) {
    const double fall = log(worst_before / z->worst) / (double)(z->blocks - before);
    const double left = fall > 0 ? log(z->worst / tolerance) / fall : INFINITY;
    const int64_t near = z->blocks + (z->blocks + 7) / 8, far = z->blocks + (z->blocks + 1) / 2;
    if (!(left < (double)(far - z->blocks))) return far;
    const int64_t predicted = z->blocks + (int64_t)ceil(left);
    return predicted > near ? predicted : near;
}

static bool iterate(lanczos *z) {
    int64_t look = (z->k + z->block - 1) / z->block + 1, before = 0;
    double worst_before = 1;
    while ((z->blocks + 1) * z->block <= z->most && z->p->status == FM_OK) {
        step(z);
        if (z->p->status != FM_OK || z->blocks < look) continue;
        if (converged(z)) return true;
        look = next_look(z, before, worst_before);
        before = z->blocks;
        worst_before = z->worst;
    }
    return false;
}

/* Whether the columns of x are orthonormal, as rounding leaves them. */
static bool is_orthonormal(fm_program *p, const fm_tensor *x, int64_t k) {
    const fm_tensor *gram = FM_DO(p, "matmul", V_T(adjoint_of(p, x)), V_T(x));
    const fm_tensor *off =
        FM_DO(p, "abs", V_T(FM_DO(p, "subtract", V_T(gram), V_T(FM_DO(p, "eye", V_I(k))))));
    return fm_program_float(p, FM_DO(p, "max", V_T(off))) <= 1e-10;
}

static bool collect(lanczos *z, int vectors, fm_dtype result, fm_svd *svd) {
    fm_program *p = z->p;
    const int64_t size = z->blocks * z->block;
    const fm_tensor *u = FM_DO(p, "matmul", V_T(columns(z, z->u, size)), V_T(z->left));
    const fm_tensor *vh =
        FM_DO(p, "matmul", V_T(z->right), V_T(adjoint_of(p, columns(z, z->v, size))));
    if (p->status != FM_OK || !is_orthonormal(p, u, z->k) ||
        !is_orthonormal(p, adjoint_of(p, vh), z->k))
        return false;
    const fm_tensor *s = fm_program_from(p, FM_FLOAT64, 1, &z->k, z->s);
    if (p->status != FM_OK) return false;
    svd->s = fm_program_cast(p, s, fm_linalg_real(result));
    if (vectors == FM_VECTORS_NONE) return true;
    svd->u = fm_program_cast(p, u, result);
    svd->vh = fm_program_cast(p, vh, result);
    return true;
}

bool fm_linalg_truncated(fm_program *p, const fm_tensor *a, int vectors, int64_t k, fm_svd *svd) {
    if (p->status != FM_OK || a->layout->ndim != 2) return false;
    const fm_matrices size = fm_linalg_matrices(a->layout);
    if (size.k < LEAST || k < 1 || k > size.k / SHARE) return false;
    const fm_dtype result = fm_linalg_result(a->layout->dtype);
    lanczos z = {.p = p, .m = size.m, .n = size.n, .k = k};
    z.dtype = fm_dtype_kind(result) == 'c' ? FM_COMPLEX128 : FM_FLOAT64;
    z.block = k > BLOCK ? LARGE_BLOCK : BLOCK;
    z.most = size.k / (size.k < LARGE ? 8 : 2) / z.block * z.block;
    z.a = fm_program_cast(p, a, z.dtype);
    if (p->status != FM_OK) return false;
    /* As rows lie, products with it are twice as fast. */
    z.adjoint = adjoint_of(p, z.a);
    if (z.dtype == FM_FLOAT64) z.adjoint = FM_DO(p, "copy", V_T(z.adjoint));
    /* What is not finite is left to the other way, which says so. */
    const fm_tensor *largest = FM_DO(p, "max", V_T(FM_DO(p, "abs", V_T(z.a))));
    const double scale = fm_program_float(p, largest);
    if (p->status != FM_OK || !isfinite(scale) || scale == 0) return false;
    return open_bases(&z) && iterate(&z) && collect(&z, vectors, result, svd);
}
