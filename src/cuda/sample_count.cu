/* Kernels of whole samples by rejection: each element has a subsequence of the stream to itself. */
#include "sample_kernel.h"

#include "scalar/sample_count.h"

namespace {

#define FM_SAMPLE(id, parameters, element, draw_) DEFINE_##draw_##element(id)
#define DEFINE_FD(id)
#define DEFINE_FL(id)
#define DEFINE_SD(id)
#define DEFINE_SL(id)                                                                              \
    struct of_##id {                                                                               \
        static __device__ int64_t draw(double a, double b, double c, uint64_t seed, uint64_t at) { \
            const fm_sample_##id##_it it = fm_sample_##id##_of(a, b, c);                           \
            fm_stream stream = fm_stream_at(seed, at);                                             \
            return fm_sample_##id##_draw(&it, &stream);                                            \
        }                                                                                          \
    };
#include "ops/sample.def"
#undef DEFINE_SL

} // namespace

#define DEFINE_SL(id) FM_SAMPLE_LAUNCHER(id)
#include "ops/sample.def"
