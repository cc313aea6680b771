/* What the kernels of statistics need to know: the axes of a reduction, and what is taken from the
   number of elements. */
#ifndef FM_CORE_PARAMS_STATISTICS_H
#define FM_CORE_PARAMS_STATISTICS_H

#include <stdint.h>

/* FM_FAMILY_REDUCE: inputs [x]; the output has the kept axes (extent 1 with keepdims). */
typedef struct fm_reduce_params {
    uint64_t axes;    /* bit d: input axis d is reduced */
    int32_t keepdims; /* the output keeps reduced axes with extent 1 */
    int32_t flat;     /* argmax, argmin with axis=None: the index is into the flattened input */
} fm_reduce_params;

/* FM_FAMILY_STATISTICS: inputs and output as for reductions. */
typedef struct fm_statistics_params {
    fm_reduce_params reduce;
    double ddof; /* var, std and their nan forms */
} fm_statistics_params;

#endif
