/* Functions of one element of fused layers and optimizer steps: fm_<name>_f32 and fm_<name>_f64. */
#ifndef FM_SCALAR_STEP_H
#define FM_SCALAR_STEP_H

#include "scalar/fn.h"

#define T       float
#define S(name) fm_##name##_f32
#define M(name) name##f
#include "scalar/step.inc"
#undef T
#undef S
#undef M

#define T       double
#define S(name) fm_##name##_f64
#define M(name) name
#include "scalar/step.inc"
#undef T
#undef S
#undef M

#endif
