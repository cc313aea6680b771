/* The correction of one step of a phase, as in NumPy's unwrap. */
#ifndef FM_SCALAR_WRAP_H
#define FM_SCALAR_WRAP_H

#include "scalar/flt.h"

/* What to add to a step that it lies within half a period of 0; nothing where it is below least. A
   step of half a period keeps its sign. */
#define FM_WRAP(suffix, dtype, type)                                                               \
    FM_FN type fm_wrap_##suffix(type step, type period, type least) {                              \
        if (fm_absolute_##suffix(step) < least) return 0;                                          \
        const type half = period / 2;                                                              \
        type in = fm_remainder_##suffix(step + half, period) - half;                               \
        if (in == -half && step > 0) in = half;                                                    \
        return in - step;                                                                          \
    }
FM_EACH_FLT(FM_WRAP)
#undef FM_WRAP

#endif
