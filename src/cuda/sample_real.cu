/* Kernels of real samples by rejection: each element has a subsequence of the stream to itself. */
#include "sample_kernel.h"

#include "scalar/sample_real.h"

namespace {

#define FM_SAMPLE(id, parameters, element, draw_) DEFINE_##draw_##element(id)
#define DEFINE_FD(id)
#define DEFINE_FL(id)
#define DEFINE_SL(id)
#define DEFINE_SD(id)                                                                              \
    struct of_##id {                                                                               \
        static __device__ double draw(double a, double b, double c, uint64_t seed, uint64_t at) {  \
            const fm_sample_##id##_it it = fm_sample_##id##_of(a, b, c);                           \
            fm_stream stream = fm_stream_at(seed, at);                                             \
            return fm_sample_##id##_draw(&it, &stream);                                            \
        }                                                                                          \
    };
#include "ops/sample.def"
#undef DEFINE_SD

} // namespace

#define DEFINE_SD(id) FM_SAMPLE_LAUNCHER(id)
#include "ops/sample.def"
