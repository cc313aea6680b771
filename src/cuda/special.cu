/* Kernels of distributions over float64, of three to five operands. */
#include "map_kernel.h"
#include "special.h"

#include "scalar/special.h"

namespace {

#define STRUCT(d, f) struct map_##d##_##f : cu_function<cu_f64, cu_f64>
#define FM_SPECIAL2(d, f, ...)                                                                     \
    STRUCT(d, f){                                                                                  \
        static __device__ double apply(double x, double l, double s){return fm_##d##_##f(x, l, s); \
    }                                                                                              \
    }                                                                                              \
    ;
#define FM_SPECIAL3(d, f, ...)                                                                     \
    STRUCT(d, f){static __device__ double apply(double x, double a, double l,                      \
                                                double s){return fm_##d##_##f(x, a, l, s);         \
    }                                                                                              \
    }                                                                                              \
    ;
#define FM_SPECIAL4(d, f, ...)                                                                     \
    STRUCT(d, f){static __device__ double apply(double x, double a, double b, double l,            \
                                                double s){return fm_##d##_##f(x, a, b, l, s);      \
    }                                                                                              \
    }                                                                                              \
    ;
#include "ops/special.def"

} // namespace

#define FM_SPECIAL2(d, f, ...) CU_MAP_ENTRY(map_##d##_##f, 3),
#define FM_SPECIAL3(d, f, ...) CU_MAP_ENTRY(map_##d##_##f, 4),
#define FM_SPECIAL4(d, f, ...) CU_MAP_ENTRY(map_##d##_##f, 5),
const cu_map_kernel cu_special[FM_SPECIAL_COUNT] = {
#include "ops/special.def"
};
