/* Products of a matrix with its own transpose: cuBLAS computes one triangle, a kernel mirrors it.
 */
#ifndef FM_CUDA_GRAM_H
#define FM_CUDA_GRAM_H

#include "mirror.h"
#include "product.h"

typedef struct cu_gram {
    cu_syrk syrk; /* all but addresses and factors */
    fm_dtype dtype;
    int64_t batch, stride; /* between the operands of a batch */
    cu_mirror_args mirror; /* all but the address */
} cu_gram;

/* Whether a product is one, should both of its operands be the same elements, and gains by it on a
 * device of so many processors. */
int cu_gram_fits(const cu_product_spec *spec, int processors);

/* Plans a product that fits. The workspace has CU_BLAS_WORKSPACE bytes, aligned to 256. */
fm_status cu_gram_plan(cu_gram *gram, fm_dev *dev, const cu_product_spec *spec, const char *name,
                       fm_error *error);
cu_error cu_gram_run(const cu_gram *gram, fm_dev *dev, cu_stream stream, const void *a, void *c,
                     void *workspace);

/* Elements of the results that are computed. */
uint64_t cu_gram_elements(const cu_gram *gram);

#endif
