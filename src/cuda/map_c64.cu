/* Elementwise kernels of complex64. */
#include "map_kernel.h"

#include "scalar/cpx.h"

#define TAG                cu_c64
#define REAL               cu_f32
#define S(name)            fm_##name##_c64
#define TABLE(name)        cu_##name##_c64
#define COLUMN(b, i, f, c) c
#define IS_D               0
#include "map_dtype.inc"
