/* A multilayer perceptron that learns classes: linear layers, relu between them, softmax cross
   entropy, on the public functions alone. */
#ifndef FM_CLI_MLP_H
#define FM_CLI_MLP_H

#include <flopmeter/flopmeter.h>

typedef enum mlp_optimizer { MLP_SGD = 0, MLP_MOMENTUM, MLP_ADAM } mlp_optimizer;

typedef struct mlp_options {
    const int64_t *widths; /* features, hidden layers, classes */
    int nwidths;           /* at least 2 */
    mlp_optimizer optimizer;
    double lr;
    bool graph; /* a step is captured after its first run and replayed from then on */
} mlp_options;

/* Momentum of MLP_MOMENTUM. */
#define MLP_MOMENTUM_FACTOR 0.9

typedef struct mlp mlp;

/* Tensors are made at the first use, and written again from then on: after the first step no more
   memory is asked for while shapes repeat. The context outlives the network. FM_ERR_MEMORY. */
fm_status mlp_open(fm_context *ctx, const mlp_options *options, mlp **out) FM_MUST_CHECK;
void mlp_close(mlp *net);

/* Releases graphs and outputs, which a batch of the same size would use again. */
void mlp_forget(mlp *net);

/* Fresh weights and biases, uniform within 1 / sqrt(features in), as torch.nn.Linear starts; the
   optimizer's state at zero. */
fm_status mlp_reset(mlp *net) FM_MUST_CHECK;

/* One training step on x (n, features) and int64 labels (n): forward, loss, backward without the
   gradient of x, update. With MLP_SGD the update is folded into the backward pass. Of a graph all
   but the updates of momentum and adam is replayed, which are launched one by one after it. */
fm_status mlp_step(mlp *net, const fm_tensor *x, const fm_tensor *labels) FM_MUST_CHECK;

/* Changes the learning rate from the next step on. A graph with another one is captured anew. */
void mlp_set_lr(mlp *net, double lr);

/* The forward pass alone; mlp_logits is (n, classes) then. */
fm_status mlp_forward(mlp *net, const fm_tensor *x) FM_MUST_CHECK;
const fm_tensor *mlp_logits(const mlp *net);

/* Mean loss of the last step's batch; waits for the device. */
fm_status mlp_loss(mlp *net, double *loss) FM_MUST_CHECK;

/* Parameters, weights and biases together. */
int64_t mlp_parameters(const mlp *net);

#endif
