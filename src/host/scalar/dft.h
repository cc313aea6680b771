/* Discrete Fourier transforms in plain C, for hosts without a library of them: mixed radix in
   Stockham's order (Van Loan 1992, 1.7), and Bluestein's convolution (1970) where a prime factor is
   above FM_DFT_RADIX. */
#ifndef FM_SCALAR_DFT_H
#define FM_SCALAR_DFT_H

#include "scalar/types.h"

enum { FM_DFT_RADIX = 13, FM_DFT_FACTORS = 64 };

/* One planned transform: X[k] = sum over j of x[j] exp(sign 2 pi i j k / n). */
typedef struct fm_dft {
    int64_t n;
    int sign;
    bool chirped;   /* by a convolution of `length` points, a power of two */
    int64_t length; /* else n */
    int nfactors;
    int factor[FM_DFT_FACTORS];
} fm_dft;

/* Factors n into radices; returns what is left, 1 where all are small. */
static inline int64_t fm_dft_factor(fm_dft *d, int64_t n) {
    d->nfactors = 0;
    for (; n % 4 == 0; n /= 4) d->factor[d->nfactors++] = 4;
    for (int r = 2; r <= FM_DFT_RADIX; r++)
        for (; n % r == 0; n /= r) d->factor[d->nfactors++] = r;
    return n;
}

static inline void fm_dft_plan(fm_dft *d, int64_t n, int sign) {
    *d = (fm_dft){.n = n, .sign = sign, .length = n};
    if (fm_dft_factor(d, n) == 1) return;
    d->chirped = true;
    for (d->length = 1; d->length < 2 * n - 1;) d->length *= 2;
    fm_dft_factor(d, d->length);
}

/* Complex elements of the table and of the scratch. */
static inline int64_t fm_dft_table(const fm_dft *d) {
    return d->length + (d->chirped ? d->n + d->length : 0);
}
static inline int64_t fm_dft_work(const fm_dft *d) {
    return d->chirped ? 2 * d->length : d->n;
}

/* exp(sign 2 pi i k / n) for 0 <= k < n, by the octant, so that it is exact where it can be. */
static inline fm_c128 fm_dft_root(int64_t k, int64_t n, int sign) {
    const double pi = 3.14159265358979323846;
    int64_t quarter = (8 * k + n) / (2 * n); /* the nearest quarter turn */
    double angle = 2 * pi * (double)(4 * k - quarter * n) / (4 * (double)n);
    double c = cos(angle), s = sin(angle), re = c, im = s;
    switch (quarter & 3) {
    case 1:
        re = -s;
        im = c;
        break;
    case 2:
        re = -c;
        im = -s;
        break;
    case 3:
        re = s;
        im = -c;
        break;
    default:
        break;
    }
    fm_c128 root = {re, sign * im};
    return root;
}

#define R double
#define C fm_c128
#define S f64
#include "scalar/dft.inc"
#undef R
#undef C
#undef S
#define R float
#define C fm_c64
#define S f32
#include "scalar/dft.inc"
#undef R
#undef C
#undef S

#endif
