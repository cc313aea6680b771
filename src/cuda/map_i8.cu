/* Elementwise kernels of int8. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_i8
#define REAL               cu_i8
#define S(name)            fm_##name##_i8
#define TABLE(name)        cu_##name##_i8
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
