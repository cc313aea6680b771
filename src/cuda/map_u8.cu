/* Elementwise kernels of uint8. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_u8
#define REAL               cu_u8
#define S(name)            fm_##name##_u8
#define TABLE(name)        cu_##name##_u8
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
