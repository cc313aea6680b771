/* Elementwise kernels of complex128. */
#include "map_kernel.h"

#include "scalar/cpx.h"

#define TAG                cu_c128
#define REAL               cu_f64
#define S(name)            fm_##name##_c128
#define TABLE(name)        cu_##name##_c128
#define COLUMN(b, i, f, c) c
#define IS_D               1
#include "map_dtype.inc"
