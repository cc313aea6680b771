/* The further elementwise kernels: one function of elements each, by dtype. */
#include "extra.h"
#include "map_kernel.h"

#include "scalar/extra.h"

namespace {

#define MAP1(id, s, Out)                                                                           \
    struct id##_##s : cu_function<Out, cu_##s> {                                                   \
        static __device__ Out::T apply(cu_##s::T a) { return fm_##id##_##s(a); }                   \
    };
#define MAP2(id, s, B)                                                                             \
    struct id##_##s : cu_function<cu_##s, cu_##s, B> {                                             \
        static __device__ cu_##s::T apply(cu_##s::T a, B::T b) { return fm_##id##_##s(a, b); }     \
    };
#define CLOSE(id, s, R)                                                                            \
    struct id##_##s : cu_function<cu_b8, cu_##s, cu_##s, R, R> {                                   \
        static __device__ uint8_t apply(cu_##s::T a, cu_##s::T b, R::T c, R::T d) {                \
            return fm_##id##_##s(a, b, c, d);                                                      \
        }                                                                                          \
    };
#define REPLACE(s, R)                                                                              \
    struct nan_to_num_##s : cu_function<cu_##s, cu_##s, R, R, R> {                                 \
        static __device__ cu_##s::T apply(cu_##s::T a, R::T b, R::T c, R::T d) {                   \
            return fm_nan_to_num_##s(a, b, c, d);                                                  \
        }                                                                                          \
    };
#define SHARED(s, R)                                                                               \
    MAP2(round_up, s, R)                                                                           \
    MAP2(round_down, s, R)                                                                         \
    CLOSE(isclose, s, R)                                                                           \
    CLOSE(isclose_nan, s, R)

#define FLT(s, dtype, type)                                                                        \
    SHARED(s, cu_##s)                                                                              \
    MAP1(spacing, s, cu_##s)                                                                       \
    MAP1(sinc, s, cu_##s)                                                                          \
    MAP1(i0, s, cu_##s)                                                                            \
    MAP1(modf_fraction, s, cu_##s)                                                                 \
    MAP1(frexp_mantissa, s, cu_##s)                                                                \
    MAP1(frexp_exponent, s, cu_i32)                                                                \
    MAP2(ldexp, s, cu_i64)                                                                         \
    MAP1(isposinf, s, cu_b8)                                                                       \
    MAP1(isneginf, s, cu_b8)                                                                       \
    REPLACE(s, cu_##s)
FM_EACH_FLT(FLT)

#define CPX(s, R)                                                                                  \
    SHARED(s, R)                                                                                   \
    MAP1(sinc, s, cu_##s)                                                                          \
    MAP1(isreal, s, cu_b8)                                                                         \
    MAP1(iscomplex, s, cu_b8)                                                                      \
    REPLACE(s, R)
CPX(c64, cu_f32)
CPX(c128, cu_f64)

#define HALF(s, dtype, type)                                                                       \
    SHARED(s, cu_##s)                                                                              \
    MAP1(spacing, s, cu_##s)
FM_EACH_HALF(HALF)

#define INT(s, dtype, type) MAP1(bitwise_count, s, cu_u8)
FM_EACH_INT(INT)

MAP1(always, b8, cu_b8)
MAP1(never, b8, cu_b8)

struct row {
    int op;
    fm_dtype compute;
    cu_map_kernel kernel;
};

#define ROW(id, s, dtype, inputs) {FM_EXTRA_##id, dtype, CU_MAP_ENTRY(id##_##s, inputs)},
#define OF_REALS(id, inputs)      ROW(id, f32, FM_FLOAT32, inputs) ROW(id, f64, FM_FLOAT64, inputs)
#define OF_PARTS(id, inputs)      ROW(id, c64, FM_COMPLEX64, inputs) ROW(id, c128, FM_COMPLEX128, inputs)
#define OF_HALVES(id, inputs)     ROW(id, f16, FM_FLOAT16, inputs) ROW(id, bf16, FM_BFLOAT16, inputs)
#define OF_ALL(id, inputs)        OF_REALS(id, inputs) OF_PARTS(id, inputs) OF_HALVES(id, inputs)
#define COUNT(s, dtype, type)     ROW(bitwise_count, s, dtype, 1)
#define ALIKE(id, function)       {FM_EXTRA_##id, FM_BOOL, CU_MAP_ENTRY(function##_b8, 1)},

const row rows[] = {
    OF_REALS(spacing, 1) OF_HALVES(spacing, 1) FM_EACH_INT(COUNT) OF_REALS(sinc, 1)
        OF_PARTS(sinc, 1) OF_REALS(i0, 1) OF_ALL(round_up, 2) OF_ALL(round_down, 2)
            OF_REALS(modf_fraction, 1) OF_REALS(frexp_mantissa, 1) OF_REALS(frexp_exponent, 1)
                OF_REALS(ldexp, 2) OF_ALL(isclose, 4) OF_ALL(isclose_nan, 4) OF_REALS(isposinf, 1)
                    OF_REALS(isneginf, 1) OF_PARTS(isreal, 1) OF_PARTS(iscomplex, 1)
                        OF_REALS(nan_to_num, 4) OF_PARTS(nan_to_num, 4) ALIKE(isposinf, never)
                            ALIKE(isneginf, never) ALIKE(isreal, always) ALIKE(iscomplex, never)};

} // namespace

const cu_map_kernel *cu_extra_kernel(unsigned op, fm_dtype compute) {
    for (const row &one : rows)
        if (static_cast<unsigned>(one.op) == op && one.compute == compute) return &one.kernel;
    return nullptr;
}
