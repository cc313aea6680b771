/* The BLAS library of the machine, opened at run time, and the single place that sets it up. */
#ifndef FM_CPU_BLAS_H
#define FM_CPU_BLAS_H

#include <stdbool.h>
#include <stddef.h>

/* CBLAS's own numbers. */
enum {
    FM_BLAS_ROW_MAJOR = 101,
    FM_BLAS_NO_TRANS = 111,
    FM_BLAS_TRANS = 112,
    FM_BLAS_CONJ_TRANS = 113
};

/* CBLAS functions with 32-bit integers, in CBLAS's argument order. */
typedef struct fm_cblas {
    void (*sgemm)(int order, int ta, int tb, int m, int n, int k, float alpha, const float *a,
                  int lda, const float *b, int ldb, float beta, float *c, int ldc);
    void (*dgemm)(int order, int ta, int tb, int m, int n, int k, double alpha, const double *a,
                  int lda, const double *b, int ldb, double beta, double *c, int ldc);
    void (*cgemm)(int order, int ta, int tb, int m, int n, int k, const void *alpha, const void *a,
                  int lda, const void *b, int ldb, const void *beta, void *c, int ldc);
    void (*zgemm)(int order, int ta, int tb, int m, int n, int k, const void *alpha, const void *a,
                  int lda, const void *b, int ldb, const void *beta, void *c, int ldc);
    void (*sgemv)(int order, int ta, int m, int n, float alpha, const float *a, int lda,
                  const float *x, int incx, float beta, float *y, int incy);
    void (*dgemv)(int order, int ta, int m, int n, double alpha, const double *a, int lda,
                  const double *x, int incx, double beta, double *y, int incy);
    void (*cgemv)(int order, int ta, int m, int n, const void *alpha, const void *a, int lda,
                  const void *x, int incx, const void *beta, void *y, int incy);
    void (*zgemv)(int order, int ta, int m, int n, const void *alpha, const void *a, int lda,
                  const void *x, int incx, const void *beta, void *y, int incy);
    float (*sdot)(int n, const float *x, int incx, const float *y, int incy);
    double (*ddot)(int n, const double *x, int incx, const double *y, int incy);
    void (*cdotu)(int n, const void *x, int incx, const void *y, int incy, void *result);
    void (*zdotu)(int n, const void *x, int incx, const void *y, int incy, void *result);
    void (*cdotc)(int n, const void *x, int incx, const void *y, int incy, void *result);
    void (*zdotc)(int n, const void *x, int incx, const void *y, int incy, void *result);
    void (*saxpy)(int n, float a, const float *x, int incx, float *y, int incy);
    void (*daxpy)(int n, double a, const double *x, int incx, double *y, int incy);
} fm_cblas;

typedef struct fm_blas {
    bool found;        /* false: no library; every pointer of `call` is NULL */
    char library[256]; /* the name that was opened */
    char core[32];     /* OpenBLAS's kernel set, "" if it has none or is another library */
    char version[128]; /* the library's own words, "" if it says nothing */
    char detail[256];  /* one line for reports: what was opened, or why nothing was */
    fm_cblas call;     /* to be called with one thread each: split the work over the pool */
} fm_blas;

/* Opens the library at the first call: FLOPMETER_BLAS_LIBRARY if set and then nothing else, or
 * libopenblas.so.0, libblas.so.3. The library is told to use one thread. OpenBLAS is asked for the
 * kernels that suit this CPU (OPENBLAS_CORETYPE, in the environment only while it is opened) unless
 * the user has chosen, it is already loaded, or valgrind runs. Never NULL, thread safe, stays open.
 */
const fm_blas *fm_blas_open(void);

/* A symbol of that library, such as LAPACK's "dgesdd_"; NULL if it has none. Where the library
 * lacks LAPACK and the user named none, liblapack.so.3 is asked. */
void *fm_blas_symbol(const char *name);

/* Between the two the library may use all cores: for factorisations, which cannot be split outside.
 * One caller at a time per process; the others wait. */
void fm_blas_wide_begin(void);
void fm_blas_wide_end(void);

#endif
