/* Functions of real floating elements: fm_<name>_f32 and fm_<name>_f64. */
#ifndef FM_SCALAR_FLT_H
#define FM_SCALAR_FLT_H

#include "scalar/fn.h"

#define T        float
#define S(name)  fm_##name##_f32
#define M(name)  name##f
#define LARGEST  FLT_MAX
#define INFINITE HUGE_VALF
#define WHOLE    0x1p23f
#include "scalar/flt.inc"
#undef T
#undef S
#undef M
#undef LARGEST
#undef INFINITE
#undef WHOLE

#define T        double
#define S(name)  fm_##name##_f64
#define M(name)  name
#define LARGEST  DBL_MAX
#define INFINITE HUGE_VAL
#define WHOLE    0x1p52
#include "scalar/flt.inc"
#undef T
#undef S
#undef M
#undef LARGEST
#undef INFINITE
#undef WHOLE

#endif
