/* Elementwise kernels of int16. */
#include "map_kernel.h"

#include "scalar/int.h"

#define TAG                cu_i16
#define REAL               cu_i16
#define S(name)            fm_##name##_i16
#define TABLE(name)        cu_##name##_i16
#define COLUMN(b, i, f, c) i
#define IS_D               0
#include "map_dtype.inc"
