/* Map kernels of float32 and float64. */
#include "cpu/vecmath.h"
#include "cpu/map_dtype.h"
#include "scalar/flt.h"

#define DEFINE2_D(id)
#define ENTRY_D(number, id)

#define T                  float
#define REAL               float
#define S(name)            fm_##name##_f32
#define LOOP(name)         loop_##name##_f32
#define TABLE(name)        FM_ISA_NAME(fm_##name##_f32)
#define COLUMN(b, i, f, c) f
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN

#undef DEFINE2_D
#undef ENTRY_D
#define DEFINE2_D(id)       FM_LOOP2(LOOP(id), S(id), T, T)
#define ENTRY_D(number, id) [number] = LOOP(id),

#define T                  double
#define REAL               double
#define S(name)            fm_##name##_f64
#define LOOP(name)         loop_##name##_f64
#define TABLE(name)        FM_ISA_NAME(fm_##name##_f64)
#define COLUMN(b, i, f, c) f
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN
