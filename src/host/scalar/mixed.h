/* Comparisons of int64 with uint64, which no common dtype can make: which of them a call is, for
   both backends. */
#ifndef FM_SCALAR_MIXED_H
#define FM_SCALAR_MIXED_H

#include "ops/ids.h"

#include <flopmeter/dtype.h>

/* X(row, the row that answers the same with its operands exchanged), in the order of their tables
   of kernels, whose input 0 is int64 and input 1 uint64. */
#define FM_EACH_MIXED(X)                                                                           \
    X(greater, less)                                                                               \
    X(greater_equal, less_equal)                                                                   \
    X(less, greater)                                                                               \
    X(less_equal, greater_equal)                                                                   \
    X(equal, equal)                                                                                \
    X(not_equal, not_equal)

typedef enum fm_mixed {
#define FM_MIXED_ID(id, mirror) FM_MIXED_##id,
    FM_EACH_MIXED(FM_MIXED_ID)
#undef FM_MIXED_ID
        FM_MIXED_COUNT
} fm_mixed;

/* The kernel (fm_mixed) of the binary row op computed in that dtype on operands of dtypes first and
   second, FM_UINT64 being its input 1 whichever of the two it is; -1: op's own kernel. */
static inline int fm_mixed_of(uint16_t op, fm_dtype compute, fm_dtype first, fm_dtype second) {
    if (compute != FM_INT64 || (first == FM_UINT64) == (second == FM_UINT64)) return -1;
    switch (op) {
#define FM_MIXED_CASE(id, mirror)                                                                  \
    case FM_BINARY_##id:                                                                           \
        return first == FM_UINT64 ? FM_MIXED_##mirror : FM_MIXED_##id;
        FM_EACH_MIXED(FM_MIXED_CASE)
#undef FM_MIXED_CASE
    default:
        return -1;
    }
}

#endif
