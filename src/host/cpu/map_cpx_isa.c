/* Map kernels of complex64 and complex128. */
#include "cpu/map_dtype.h"
#include "scalar/cpx.h"

#define DEFINE2_D(id)
#define ENTRY_D(number, id)

#define T                  fm_c64
#define REAL               float
#define S(name)            fm_##name##_c64
#define LOOP(name)         loop_##name##_c64
#define TABLE(name)        FM_ISA_NAME(fm_##name##_c64)
#define COLUMN(b, i, f, c) c
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

#define T                  fm_c128
#define REAL               double
#define S(name)            fm_##name##_c128
#define LOOP(name)         loop_##name##_c128
#define TABLE(name)        FM_ISA_NAME(fm_##name##_c128)
#define COLUMN(b, i, f, c) c
#include "cpu/map_dtype.inc"
#undef T
#undef REAL
#undef S
#undef LOOP
#undef TABLE
#undef COLUMN
