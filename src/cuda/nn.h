/* What the plans of fused operations share: operands brought to contiguous memory of the compute
 * dtype, and the work between. */
#ifndef FM_CUDA_NN_H
#define FM_CUDA_NN_H

#include "copy.h"
#include "family.h"
#include "nn_kernel.h"
#include "product.h"
#include "reduce.h"

enum { CU_NN_INPUTS = 5, CU_NN_OUTPUTS = 3 };

/* A product of contiguous matrices, perhaps of no size, with its workspace. */
typedef struct cu_nn_product {
    int made;     /* 0: there is nothing to multiply */
    size_t zeros; /* bytes to clear instead */
    int tail;     /* bias and relu come after it, in a kernel of their own */
    size_t workspace;
    cu_product product;
} cu_nn_product;

typedef struct cu_nn_plan cu_nn_plan;
struct cu_nn_plan {
    fm_kplan head;
    uint16_t op;
    fm_dtype dtype, narrow; /* compute dtype; in which products read their operands */
    fm_nn_params params;
    cu_port in[CU_NN_INPUTS], out[CU_NN_OUTPUTS];
    int nin, nout;
    int64_t m, n, k;      /* rows, outputs and inputs of a layer; rows and classes; elements in n */
    size_t gradient;      /* offset of the masked output gradient */
    size_t operand[2];    /* offsets of a product's operands where narrow is another dtype */
    cu_copy to_narrow[3]; /* dy, x, w */
    cu_nn_product forward, dx, dw;
    size_t db,
        partial;       /* offsets of the bias gradient that is no output, and of its partial sums */
    cu_reduce_job sum; /* of the gradient's columns; of the losses */
    size_t rows;       /* offset of three doubles a row */
    cu_error (*work)(cu_nn_plan *plan, fm_dev *dev, cu_stream stream, void *const *in,
                     void *const *out, fm_kernel_args *args);
};

/* A number of the call: scalars[nin + j]. */
double cu_nn_number(const cu_nn_plan *plan, const fm_kernel_args *args, int j);

cu_lane cu_nn_lane(const fm_dev *dev, cu_stream stream);

/* Fill in what each operation needs beyond its ports. */
fm_status cu_nn_plan_linear(fm_dev *dev, cu_nn_plan *plan, const fm_kernel_call *call,
                            fm_plan_info *info, fm_error *error);
fm_status cu_nn_plan_loss(fm_dev *dev, cu_nn_plan *plan, const fm_kernel_call *call,
                          fm_plan_info *info, fm_error *error);
void cu_nn_plan_step(cu_nn_plan *plan, const fm_kernel_call *call);

#endif
