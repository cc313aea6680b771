/* Elementwise kernels of float64. */
#include "map_kernel.h"

#include "scalar/flt.h"

#define TAG                cu_f64
#define REAL               cu_f64
#define S(name)            fm_##name##_f64
#define TABLE(name)        cu_##name##_f64
#define COLUMN(b, i, f, c) f
#define IS_D               1
#include "map_dtype.inc"
