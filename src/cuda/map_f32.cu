/* Elementwise kernels of float32. */
#include "map_kernel.h"

#include "scalar/flt.h"

#define TAG                cu_f32
#define REAL               cu_f32
#define S(name)            fm_##name##_f32
#define TABLE(name)        cu_##name##_f32
#define COLUMN(b, i, f, c) f
#define IS_D               0
#include "map_dtype.inc"
