/* What a kernel needs to know beside the layouts: one plain struct a family, filled by infer and
   read by both backends. */
#ifndef FM_CORE_PARAMS_H
#define FM_CORE_PARAMS_H

#include "core/params_fft.h"
#include "core/params_signal.h"
#include "core/params_index.h"
#include "core/params_sample.h"
#include "core/params_sort.h"
#include "core/params_statistics.h"

#include <flopmeter/dtype.h>
#include <flopmeter/tensor.h>

#include "core/params_linalg.h"

/* Families of operations. An operation is (family, number within it). */
typedef enum fm_family {
    FM_FAMILY_VIEW = 0,   /* no kernel: another view of the same storage */
    FM_FAMILY_UNARY,      /* elementwise, one input */
    FM_FAMILY_BINARY,     /* elementwise, two inputs broadcast against each other */
    FM_FAMILY_TERNARY,    /* elementwise, three inputs: where, clip */
    FM_FAMILY_CAST,       /* astype and copies between layouts */
    FM_FAMILY_FILL,       /* zeros, ones, full, arange, eye */
    FM_FAMILY_REDUCE,     /* sum, prod, mean, max, min, any, all, argmax, argmin over axes */
    FM_FAMILY_CONTRACT,   /* matmul, dot, outer, einsum of two operands */
    FM_FAMILY_CONCAT,     /* concatenate */
    FM_FAMILY_RANDOM,     /* counter-based samplers */
    FM_FAMILY_NN,         /* fused layers, losses and optimizer steps */
    FM_FAMILY_SCAN,       /* running sums, products and extrema along an axis */
    FM_FAMILY_SORT,       /* sorting, searching, sets, histograms */
    FM_FAMILY_INDEX,      /* gathers, scatters, selections by mask */
    FM_FAMILY_LINALG,     /* factorisations and what is made of them */
    FM_FAMILY_FFT,        /* discrete Fourier transforms */
    FM_FAMILY_SIGNAL,     /* convolutions, differences, windows, interpolation */
    FM_FAMILY_SAMPLE,     /* samplers of distributions */
    FM_FAMILY_SPECIAL,    /* densities, distribution functions and their inverses */
    FM_FAMILY_EXTRA,      /* elementwise rows beside the tables of unary, binary, ternary */
    FM_FAMILY_STATISTICS, /* variances, quantiles, correlations, reductions that skip NaN */
    /* Programs alone: rows without kernels of their own. */
    FM_FAMILY_SHAPING, /* joins, splits, repetition, padding, creation */
    FM_FAMILY_POLYNOMIAL,
    FM_FAMILY_QUERY,    /* questions about dtypes and shapes, answered by the host */
    FM_FAMILY_FUNCTION, /* rows that take a function */
    FM_FAMILY_SYMMETRY, /* rows that take a symmetry group */
    FM_FAMILY_COUNT
} fm_family;

/* FM_FAMILY_CONTRACT: out[c] = sum over labels not in c of a[...] * b[...]. A label that an
   operand lacks, or along which it is broadcast, has stride 0 and in_x = 0 there. Strides in
   elements, those of c for a row-major output. One-operand contractions have nin = 1. */
typedef struct fm_contract_label {
    int64_t extent;
    int64_t a, b, c; /* strides in the operands and the output */
    uint8_t in_a, in_b, in_c;
} fm_contract_label;

typedef struct fm_contract_params {
    int32_t nlabels;
    int32_t conj_a;                       /* 1: the elements of a are conjugated (vecdot) */
    fm_contract_label label[FM_MAX_NDIM]; /* output labels in output order first */
} fm_contract_params;

/* FM_FAMILY_CONTRACT with three inputs and more: contracted pair by pair, each pair by its rules.
   Nodes are the inputs, one label an axis, and then the results, whose labels are in the order in
   which they lie (scalar/chain.h); the last is the output. An input does not move along a label
   whose extent is not the axis's own. Labels of extent 1 stand in inputs and output alone. */
enum { FM_CHAIN_LABELS = 128, FM_CHAIN_INPUTS = 64, FM_CHAIN_NODES = 2 * FM_CHAIN_INPUTS - 1 };

typedef struct fm_chain_node {
    uint8_t ndim;
    uint8_t label[FM_MAX_NDIM];
} fm_chain_node;

typedef struct fm_chain_params {
    int32_t ninputs;
    uint8_t pair[FM_CHAIN_INPUTS - 1][2]; /* nodes that a step joins; it makes ninputs + step */
    int64_t extent[FM_CHAIN_LABELS];
    fm_chain_node node[FM_CHAIN_NODES];
} fm_chain_params;

/* FM_FAMILY_CONCAT: inputs x[0..nin-1] along one axis; all other extents agree. */
typedef struct fm_concat_params {
    int32_t axis;
    int32_t reserved;
} fm_concat_params;

/* FM_FAMILY_FILL. full: nin is 1 and input 0 (by value or, broadcast, in memory) is the value, or
   nin is 0 and it is `value` here. arange: value + i * step, as scalar/fill.h says; both of dtype
   int64 or both float64. eye: ones on diagonal k of a matrix. */
typedef struct fm_fill_params {
    int64_t k;
    fm_scalar value, step;
} fm_fill_params;

/* FM_FAMILY_RANDOM: scalars[0], scalars[1] are the distribution's parameters (low, high or loc,
   scale), numbers of any kind. Element n reads the words that scalar/random.h says, from
   args.offset on. */
typedef struct fm_random_params {
    int32_t words;    /* 32-bit words an element consumes */
    int32_t standard; /* 1: there are no scalars: low 0, high 1 or loc 0, scale 1 */
    int32_t legacy;   /* 1: the rules of NumPy's RandomState, 0: those of its Generator */
    int32_t reserved;
} fm_random_params;

/* FM_FAMILY_NN. Inputs, outputs and scalars[nin + j] of each operation; [x] may be NULL:
     linear                          x w [b] -> y
     linear_backward                 dy x w [y] -> [dx] [dw] [db]
     linear_backward_sgd             dy x w [b] [y] -> [dx] w [b]; lr. dx comes from the old w
     relu                            x -> y
     relu_backward                   dy y -> dx
     softmax_cross_entropy           logits labels -> loss probabilities
     softmax_cross_entropy_backward  probabilities labels -> dlogits
     sgd                             w g [velocity] -> w [velocity]; lr momentum weight_decay
     adam                            w g m v -> w m v; lr beta1 beta2 epsilon weight_decay step
   Parameters that are outputs too are written in place and have the compute dtype. */
typedef struct fm_nn_params {
    int32_t activation; /* 0 none, 1 relu: applied to, or undone for, the layer's output */
    int32_t nesterov;
    int32_t reduction; /* cross entropy: 0 mean over the batch, 1 sum */
    int32_t outputs;   /* bit i: output i is wanted */
} fm_nn_params;

typedef union fm_params {
    fm_reduce_params reduce;
    fm_statistics_params statistics;
    fm_contract_params contract;
    fm_chain_params chain;
    fm_concat_params concat;
    fm_fill_params fill;
    fm_random_params random;
    fm_nn_params nn;
    fm_fft_params fft;
    fm_signal_params signal;
    fm_index_params index;
    fm_sample_params sample;
    fm_linalg_params linalg;
    fm_scan_params scan;
    fm_sort_params sort;
} fm_params;

#endif
