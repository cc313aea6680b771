/* Elementwise kernels that are not rows of one dtype: copies that convert, where, clip, and
 * comparisons of int64 with uint64. */
#include "map_kernel.h"

#include "scalar/cpx.h"
#include "scalar/int.h"

namespace {

template <typename Tag> struct same : cu_function<Tag, Tag> {
    static __device__ typename Tag::T apply(typename Tag::T x) { return x; }
};

template <typename Tag> struct choose : cu_function<Tag, cu_b8, Tag, Tag> {
    static __device__ typename Tag::T apply(uint8_t condition, typename Tag::T a,
                                            typename Tag::T b) {
        return condition ? a : b;
    }
};

#define CLIP(suffix, dtype, type)                                                                  \
    struct clip_##suffix : cu_function<cu_##suffix, cu_##suffix> {                                 \
        static __device__ type apply(type x, type low, type high) {                                \
            return fm_minimum_##suffix(fm_maximum_##suffix(x, low), high);                         \
        }                                                                                          \
    };
CLIP(b8, FM_BOOL, uint8_t)
FM_EACH_INT(CLIP)
FM_EACH_FLT(CLIP)
FM_EACH_CPX(CLIP)

#define MIXED(id, mirror)                                                                          \
    struct mixed_##id : cu_function<cu_b8, cu_i64, cu_u64> {                                       \
        static __device__ uint8_t apply(int64_t a, uint64_t b) { return fm_##id##_mixed(a, b); }   \
    };
FM_EACH_MIXED(MIXED)

} // namespace

#define MIXED_ENTRY(id, mirror) CU_MAP_ENTRY(mixed_##id, 2),
const cu_map_kernel cu_mixed_kernels[FM_MIXED_COUNT] = {FM_EACH_MIXED(MIXED_ENTRY)};

/* In the order of fm_dtype, as FM_EACH_DTYPE has it, after FM_DTYPE_NONE. */
#define IN_ORDER(suffix, dtype, type) static_assert(dtype == __COUNTER__ - first_dtype, "order");
enum { first_dtype = __COUNTER__ };
FM_EACH_DTYPE(IN_ORDER)

#define SAME(suffix, dtype, type) CU_MAP_ENTRY(same<cu_##suffix>, 1),
const cu_map_kernel cu_cast[FM_DTYPE_COUNT] = {CU_MAP_NONE, FM_EACH_DTYPE(SAME)};

#define CHOOSE(suffix, dtype, type) CU_MAP_ENTRY(choose<cu_##suffix>, 3),
const cu_map_kernel cu_where[FM_DTYPE_COUNT] = {CU_MAP_NONE, FM_EACH_DTYPE(CHOOSE)};

#define CLIP_ENTRY(suffix, dtype, type) CU_MAP_ENTRY(clip_##suffix, 3),
const cu_map_kernel cu_clip[FM_DTYPE_COUNT] = {
    CU_MAP_NONE, CLIP_ENTRY(b8, FM_BOOL, uint8_t) FM_EACH_INT(CLIP_ENTRY) CU_MAP_NONE, CU_MAP_NONE,
    FM_EACH_FLT(CLIP_ENTRY) FM_EACH_CPX(CLIP_ENTRY)};
