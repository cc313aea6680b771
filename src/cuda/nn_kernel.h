/* Kernels of fused layers, losses and optimizer steps over contiguous float16, bfloat16, float32 or
 * float64 elements; halves are computed in float32. Outputs may be inputs exactly. */
#ifndef FM_CUDA_NN_KERNEL_H
#define FM_CUDA_NN_KERNEL_H

#include "fault.h"
#include "vendor.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where a kernel runs. */
typedef struct cu_lane {
    int processors;
    cu_stream stream;
} cu_lane;

cu_error cu_nn_relu(fm_dtype dtype, int64_t n, const void *x, void *y, cu_lane lane);

/* dx = y > 0 ? dy : 0 */
cu_error cu_nn_relu_backward(fm_dtype dtype, int64_t n, const void *dy, const void *y, void *dx,
                             cu_lane lane);

/* Rows of c (rows, n) += bias (NULL: none), then relu where asked. */
cu_error cu_nn_bias(fm_dtype dtype, int64_t rows, int64_t n, const void *bias, int relu, void *c,
                    cu_lane lane);

/* y -= rate * x */
cu_error cu_nn_descend(fm_dtype dtype, int64_t n, double rate, const void *x, void *y,
                       cu_lane lane);

/* numbers: rate, momentum, weight decay; v may be NULL. */
cu_error cu_nn_sgd(fm_dtype dtype, int64_t n, const double *numbers, int nesterov, const void *g,
                   void *v, void *w, cu_lane lane);

/* numbers: step size, beta1, beta2, epsilon, what decay leaves of w, root of 1 - beta2^step. */
cu_error cu_nn_adam(fm_dtype dtype, int64_t n, const double *numbers, const void *g, void *m,
                    void *v, void *w, cu_lane lane);

/* Softmax cross entropy over rows of n classes. A label that is no class is written to *fault; its
 * row's loss is NaN. */
typedef struct cu_loss_args {
    const void *x;         /* logits (rows, n); backward: probabilities */
    void *p;               /* probabilities; backward: gradient */
    const int64_t *labels; /* a class for each row */
    double *largest, *sum; /* of each row: its largest logit, the sum of exp(x - largest) */
    double *losses;        /* log(sum) + largest - x[label] */
    int64_t rows, n;
    int32_t width;  /* threads that share a row, a power of two up to 256 */
    double divisor; /* backward: 0 for none */
    uint64_t name;  /* the operation's, for *fault */
    cu_fault *fault;
} cu_loss_args;

/* largest, sum and losses; then p from x, largest and sum. */
cu_error cu_nn_loss_rows(fm_dtype dtype, const cu_loss_args *args, cu_lane lane);
cu_error cu_nn_loss_probabilities(fm_dtype dtype, const cu_loss_args *args, cu_lane lane);

/* p = (x - onehot(labels)) / divisor */
cu_error cu_nn_loss_backward(fm_dtype dtype, const cu_loss_args *args, cu_lane lane);

#ifdef __cplusplus
}
#endif
#endif
