/* One matrix product as cuBLAS defines it, on host-visible memory. */
#ifndef FM_CUDA_FAKE_MATRIX_H
#define FM_CUDA_FAKE_MATRIX_H

#include "../vendor.h"

/* What is done to D after alpha*A*B + beta*C, as cublasLtEpilogue_t says. */
typedef struct fake_epilogue {
    int kind; /* CU_EPILOGUE_* */
    void *bias;
    int bias_type;
    int64_t bias_stride;
    void *aux;
    int64_t aux_ld, aux_stride;
} fake_epilogue;

/* What is written of a square D. */
typedef enum fake_part { FAKE_WHOLE, FAKE_LOWER, FAKE_UPPER } fake_part;

/* D = epilogue(alpha op(A) op(B) + beta C), column-major; g->c is read, d written. */
typedef struct fake_product {
    cu_gemm g;
    fake_part part;
    double alpha[2], beta[2];
    void *d;
    int64_t ldd, stride_d;
    fake_epilogue epilogue;
} fake_product;

/* Whether cuBLAS has this combination of element and compute types. */
int fake_product_supported(const cu_gemm *g);

/* Reads a scalar of the compute type's scale type. */
void fake_scalar_read(double value[2], const void *scalar, const cu_gemm *g);

cu_error fake_product_run(const fake_product *p);

size_t fake_type_bytes(int type);
double fake_element(const void *base, int type, int64_t index, int part);
void fake_element_set(void *base, int type, int64_t index, const double value[2]);

#endif
