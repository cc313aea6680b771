/* Numbers of the kernels of distributions. */
#ifndef FM_OPS_IDS_SPECIAL_H
#define FM_OPS_IDS_SPECIAL_H

#define FM_SPECIAL2(distribution, function, ...) FM_SPECIAL_##distribution##_##function,
#define FM_SPECIAL3                              FM_SPECIAL2
#define FM_SPECIAL4                              FM_SPECIAL2
typedef enum fm_special_id {
#include "ops/special.def"
    FM_SPECIAL_COUNT
} fm_special_id;

#endif
