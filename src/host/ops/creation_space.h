/* Evenly spaced numbers, for the programs that need them. */
#ifndef FM_OPS_CREATION_SPACE_H
#define FM_OPS_CREATION_SPACE_H

#include "ops/shaping.h"

typedef struct fm_space {
    fm_value start, stop; /* numbers or tensors, broadcast against each other */
    int64_t num, axis;
    bool endpoint;
    fm_dtype dtype; /* NONE: that of start and stop, at least a floating one */
} fm_space;

/* As linspace; *step is the distance, NULL where there may be none; step NULL: nobody asks. */
fm_tensor *fm_space_between(fm_program *p, const fm_space *space, const fm_tensor **step);

#endif
