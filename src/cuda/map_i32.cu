/* Elementwise kernels of int32. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_i32
#define REAL               cu_i32
#define S(name)            fm_##name##_i32
#define TABLE(name)        cu_##name##_i32
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
