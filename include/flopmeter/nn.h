/* The layers, losses and optimizer steps of a multilayer perceptron, as counted operations. */
#ifndef FLOPMETER_NN_H
#define FLOPMETER_NN_H

#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

/* Every fused operation here costs the sum of the named primitive rows it replaces; outputs are
   slots as everywhere: NULL inside asks for a new tensor, a tensor inside is written again. */

typedef enum fm_activation { FM_ACTIVATION_NONE = 0, FM_ACTIVATION_RELU } fm_activation;

/* y = activation(x w^T + b): x (..., in), w (out, in), b (out) or NULL, y (..., out); floating
   dtypes, promoted. Cost: matmul + add + maximum (where they apply). */
FM_API FM_MUST_CHECK fm_status fm_nn_linear(fm_context *ctx, const fm_tensor *x, const fm_tensor *w,
                                            const fm_tensor *b, fm_activation activation,
                                            fm_tensor **y);

/* Gradients of fm_nn_linear from dy (..., out): dx = dy' w, dw = dy'^T x, db = column sums of dy',
   where dy' = dy, or dy * (y > 0) with relu (y is the layer's output; NULL without activation).
   A NULL slot pointer leaves that gradient out, and it is neither computed nor charged.
   Cost: matmul for each of dx and dw, sum for db, greater + multiply for relu. */
FM_API FM_MUST_CHECK fm_status fm_nn_linear_backward(fm_context *ctx, const fm_tensor *dy,
                                                     const fm_tensor *x, const fm_tensor *w,
                                                     const fm_tensor *y, fm_activation activation,
                                                     fm_tensor **dx, fm_tensor **dw,
                                                     fm_tensor **db);

/* fm_nn_linear_backward with plain stochastic gradient descent folded in: w -= lr * dw and
   b -= lr * db in place, after dx was taken from the old w. dx may be NULL: left out.
   Cost: as fm_nn_linear_backward, and multiply + subtract for each updated parameter. */
FM_API FM_MUST_CHECK fm_status fm_nn_linear_backward_sgd(fm_context *ctx, const fm_tensor *dy,
                                                         const fm_tensor *x, fm_tensor *w,
                                                         fm_tensor *b, const fm_tensor *y,
                                                         fm_activation activation, double lr,
                                                         fm_tensor **dx);

/* y = maximum(x, 0). Cost: maximum. */
FM_API FM_MUST_CHECK fm_status fm_nn_relu(fm_context *ctx, const fm_tensor *x, fm_tensor **y);

/* dx = dy * (y > 0). Cost: greater + multiply. */
FM_API FM_MUST_CHECK fm_status fm_nn_relu_backward(fm_context *ctx, const fm_tensor *dy,
                                                   const fm_tensor *y, fm_tensor **dx);

typedef enum fm_reduction { FM_REDUCTION_MEAN = 0, FM_REDUCTION_SUM } fm_reduction;

/* loss = mean or sum over the batch of -log softmax(logits)[label], and the probabilities, which
   the backward pass reads: logits (n, classes) floating, labels (n) of any integer dtype, loss 0-d,
   probabilities (n, classes). A label outside [0, classes) is FM_ERR_ARGUMENT.
   Cost: max + subtract + exp + sum + divide for the softmax; log, take, subtract and mean or sum
   for the loss (log of n sums, n subtractions). */
FM_API FM_MUST_CHECK fm_status fm_nn_softmax_cross_entropy(fm_context *ctx, const fm_tensor *logits,
                                                           const fm_tensor *labels,
                                                           fm_reduction reduction, fm_tensor **loss,
                                                           fm_tensor **probabilities);

/* dlogits = (probabilities - onehot(labels)) / n, or without the division for the sum.
   Cost: subtract + divide. */
FM_API FM_MUST_CHECK fm_status fm_nn_softmax_cross_entropy_backward(fm_context *ctx,
                                                                    const fm_tensor *probabilities,
                                                                    const fm_tensor *labels,
                                                                    fm_reduction reduction,
                                                                    fm_tensor **dlogits);

typedef struct fm_sgd_options {
    size_t size; /* sizeof(fm_sgd_options) */
    double lr;
    double momentum;     /* velocity = momentum * velocity + g */
    double weight_decay; /* g += weight_decay * w */
    bool nesterov;       /* w -= lr * (g + momentum * velocity) */
} fm_sgd_options;

/* One step of stochastic gradient descent in place on w, as torch.optim.SGD; velocity has w's shape
   (NULL without momentum) and is updated in place.
   Cost: multiply + subtract; + multiply + add with momentum (again with nesterov) and with decay.
 */
FM_API FM_MUST_CHECK fm_status fm_nn_sgd(fm_context *ctx, fm_tensor *w, const fm_tensor *g,
                                         fm_tensor *velocity, const fm_sgd_options *options);

typedef struct fm_adam_options {
    size_t size;                      /* sizeof(fm_adam_options) */
    double lr, beta1, beta2, epsilon; /* 0: 0.001, 0.9, 0.999, 1e-8 */
    double weight_decay;              /* decoupled: w -= lr * weight_decay * w, as AdamW */
    int64_t step;                     /* from 1 */
} fm_adam_options;

/* One step of Adam in place on w with first and second moments m and v, as torch.optim.Adam
   (AdamW with weight_decay). Cost, each over w's elements: m: 2 multiply + add; v: 2 multiply +
   square + add; sqrt, divide, add, divide, multiply, subtract; decay: multiply + subtract. */
FM_API FM_MUST_CHECK fm_status fm_nn_adam(fm_context *ctx, fm_tensor *w, const fm_tensor *g,
                                          fm_tensor *m, fm_tensor *v,
                                          const fm_adam_options *options);

FM_END_DECLS
#endif
