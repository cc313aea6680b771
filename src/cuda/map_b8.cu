/* Elementwise kernels of bool. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_b8
#define REAL               cu_b8
#define S(name)            fm_##name##_b8
#define TABLE(name)        cu_##name##_b8
#define COLUMN(b, i, f, c) b
#define IS_D               0
#include "map_dtype.inc"
