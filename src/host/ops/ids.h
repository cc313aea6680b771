/* Numbers of kernels within their families, shared by the rows and both backends. */
#ifndef FM_OPS_IDS_H
#define FM_OPS_IDS_H

#include "ops/ids_fft.h"
#include "ops/ids_index.h"
#include "ops/ids_sample.h"
#include "ops/ids_linalg.h"
#include "ops/ids_sort.h"

/* Elementwise kernels are numbered by their .def files: FM_UNARY_sqrt, FM_BINARY_add, ... */
#define FM_UNARY(id, ...) FM_UNARY_##id,
typedef enum fm_unary_id {
#include "ops/unary.def"
    FM_UNARY_COUNT
} fm_unary_id;
#undef FM_UNARY

#define FM_BINARY(id, ...) FM_BINARY_##id,
typedef enum fm_binary_id {
#include "ops/binary.def"
    FM_BINARY_COUNT
} fm_binary_id;
#undef FM_BINARY

#define FM_TERNARY(id, ...) FM_TERNARY_##id,
typedef enum fm_ternary_id {
#include "ops/ternary.def"
    FM_TERNARY_COUNT
} fm_ternary_id;
#undef FM_TERNARY

typedef enum fm_cast_id { FM_CAST_copy, FM_CAST_COUNT } fm_cast_id;

typedef enum fm_fill_id {
    FM_FILL_full,   /* one value everywhere */
    FM_FILL_arange, /* value + i * step */
    FM_FILL_eye,    /* 1 where column - row == k, else 0 */
    FM_FILL_tri,    /* 1 where column - row <= k, else 0 */
    FM_FILL_COUNT
} fm_fill_id;

typedef enum fm_reduce_id {
    FM_REDUCE_sum,
    FM_REDUCE_prod,
    FM_REDUCE_mean,
    FM_REDUCE_max,
    FM_REDUCE_min,
    FM_REDUCE_any,
    FM_REDUCE_all,
    FM_REDUCE_argmax,
    FM_REDUCE_argmin,
    FM_REDUCE_COUNT
} fm_reduce_id;

typedef enum fm_contract_id { FM_CONTRACT_contract, FM_CONTRACT_COUNT } fm_contract_id;

typedef enum fm_concat_id { FM_CONCAT_concatenate, FM_CONCAT_COUNT } fm_concat_id;

typedef enum fm_random_id {
    FM_RANDOM_uniform, /* scalars[0] low, scalars[1] high */
    FM_RANDOM_normal,  /* scalars[0] loc, scalars[1] scale */
    FM_RANDOM_COUNT
} fm_random_id;

typedef enum fm_nn_id {
    FM_NN_linear,
    FM_NN_linear_backward,
    FM_NN_linear_backward_sgd,
    FM_NN_relu,
    FM_NN_relu_backward,
    FM_NN_softmax_cross_entropy,
    FM_NN_softmax_cross_entropy_backward,
    FM_NN_sgd,
    FM_NN_adam,
    FM_NN_COUNT
} fm_nn_id;

#endif
