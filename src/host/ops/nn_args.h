/* What the rows of fused layers and optimizer steps share: reading and checking their arguments. */
#ifndef FM_OPS_NN_ARGS_H
#define FM_OPS_NN_ARGS_H

#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"

/* FM_ERR_DTYPE unless the operand (NULL: absent) is a floating tensor. */
fm_status fm_nn_floating(const fm_bound *bound, const fm_resolved *r, int operand, fm_error *error);

/* FM_ERR_DTYPE unless the operand has the dtype of operand 0. */
fm_status fm_nn_same_dtype(const fm_bound *bound, const fm_resolved *r, int operand,
                           fm_error *error);

/* FM_ERR_SHAPE unless the operand has that shape; `like` says whose it is, as in "argument 1". */
fm_status fm_nn_shape(const fm_bound *bound, const fm_resolved *r, int operand, int ndim,
                      const int64_t *shape, const char *like, fm_error *error);

/* An activation or reduction by number or name; FM_ERR_ARGUMENT lists the names. */
fm_status fm_nn_choice(const fm_bound *bound, int param, const char *const *names, int count,
                       int32_t *choice, fm_error *error);

/* Output i is the tensor of the operand, written in place. */
void fm_nn_output_in_place(fm_resolved *r, int i, int operand);

/* Scalar j of the kernel is the number of that parameter. */
void fm_nn_scalar(fm_resolved *r, int param);

/* Adds units to the part of op, at least 1 where 0.4.3 charges a pointwise op; *status keeps the
   first failure. */
void fm_nn_add(fm_work *work, fm_status *status, const char *op, fm_u128 n);

/* Rows of the optimizer steps, in nn_steps.c. */
fm_status fm_infer_sgd(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_adam(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_sgd(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error);
fm_status fm_cost_of_adam(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error);

/* Rows of the softmax cross entropy, in nn_loss.c. */
fm_status fm_infer_softmax_cross_entropy(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_softmax_cross_entropy_backward(const fm_bound *bound, fm_resolved *r,
                                                  fm_error *error);
fm_status fm_cost_of_softmax_cross_entropy(const fm_bound *bound, const fm_resolved *r,
                                           fm_work *work, fm_error *error);
fm_status fm_cost_of_softmax_cross_entropy_backward(const fm_bound *bound, const fm_resolved *r,
                                                    fm_work *work, fm_error *error);

#endif
