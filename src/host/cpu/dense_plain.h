/* The eigenvalues of a general matrix in plain C, always in complex arithmetic. */
#ifndef FM_CPU_DENSE_PLAIN_H
#define FM_CPU_DENSE_PLAIN_H

#include <complex.h>

/* a (n x n, column-major) is destroyed; v (NULL: none) gets the vectors of length 1. Not 0: it did
 * not converge. */
int fm_dense_plain_eig(int n, double complex *a, double complex *w, double complex *v);

/* Makes real what is real but for rounding, in the eigenvalues of a real matrix of that size (its
 * norm), and in their vectors. */
void fm_dense_plain_eig_real(int n, double size, double complex *w, double complex *v);

#endif
