/* What the kernels of samplers need to know beside the layouts. */
#ifndef FM_CORE_PARAMS_SAMPLE_H
#define FM_CORE_PARAMS_SAMPLE_H

#include <flopmeter/tensor.h>

/* FM_FAMILY_SAMPLE.
     draw      up to three parameters, float64 in memory (broadcast) or by value of any kind -> one
               sample an element. which: FM_SAMPLE_<id>; the compute dtype is float64, float32 (the
               float64 sample rounded) or int64
     check     the same parameters -> int64, 0-d: 0, or the code of the first rule that they break
               (scalar/sample_check.h)
     whole     nothing, or low and width in memory as int64 (bits of uint64) -> integers in
               [low, low + width] of the compute dtype; narrow: width < 2^32 and one word an element
     words     nothing -> raw words of the stream: uint8, uint32 or uint64
     order     nothing -> the stable order of n random keys, one of 64 bits an element
     pick      a rising distribution function of float64 -> int64, how many of its values are at
               most a uniform number
     rows      multinomial: n, pvals; multivariate hypergeometric: drawn, colors; float64, the
               categories last -> int64 rows */
typedef struct fm_sample_params {
    int32_t which;
    int32_t narrow;
    int32_t legacy; /* 1: the rules of NumPy's RandomState, 0: those of its Generator */
    int32_t words;  /* positions of the stream an element takes */
    uint64_t low, width;
    int32_t ndim; /* check: the shape to which the parameters broadcast */
    int64_t shape[FM_MAX_NDIM];
} fm_sample_params;

#endif
