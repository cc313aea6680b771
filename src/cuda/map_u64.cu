/* Elementwise kernels of uint64. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_u64
#define REAL               cu_u64
#define S(name)            fm_##name##_u64
#define TABLE(name)        cu_##name##_u64
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
