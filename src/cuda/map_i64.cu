/* Elementwise kernels of int64. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_i64
#define REAL               cu_i64
#define S(name)            fm_##name##_i64
#define TABLE(name)        cu_##name##_i64
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
