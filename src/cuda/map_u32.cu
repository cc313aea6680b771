/* Elementwise kernels of uint32. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_u32
#define REAL               cu_u32
#define S(name)            fm_##name##_u32
#define TABLE(name)        cu_##name##_u32
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
