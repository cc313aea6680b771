/* Kernels of distributions that take a fixed number of words an element. */
#include "sample_kernel.h"

#include "scalar/sample_fixed.h"

namespace {

#define FM_SAMPLE(id, parameters, element, draw_) DEFINE_##draw_(id, TYPE_##element)
#define TYPE_D                                    double
#define TYPE_L                                    int64_t
#define DEFINE_S(id, type)
#define DEFINE_F(id, type)                                                                         \
    struct of_##id {                                                                               \
        static __device__ type draw(double a, double b, double c, uint64_t seed, uint64_t at) {    \
            fm_fixed_draw d = {a, b, c, fm_random_word64(seed, at),                                \
                               fm_random_word64(seed, at + 2)};                                    \
            return fm_sample_##id(d);                                                              \
        }                                                                                          \
    };
#include "ops/sample.def"
#undef DEFINE_F

} // namespace

#define DEFINE_F(id, type) FM_SAMPLE_LAUNCHER(id)
#include "ops/sample.def"
