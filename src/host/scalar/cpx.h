/* Functions of complex elements: fm_<name>_c64 and fm_<name>_c128. */
#ifndef FM_SCALAR_CPX_H
#define FM_SCALAR_CPX_H

#include "scalar/convert.h"
#include "scalar/flt.h"

#define T       fm_c64
#define R       float
#define S(name) fm_##name##_c64
#define F(name) fm_##name##_f32
#define M(name) name##f
#include "scalar/cpx.inc"
#undef T
#undef R
#undef S
#undef F
#undef M

#define T       fm_c128
#define R       double
#define S(name) fm_##name##_c128
#define F(name) fm_##name##_f64
#define M(name) name
#include "scalar/cpx.inc"
#undef T
#undef R
#undef S
#undef F
#undef M

#include "scalar/cpx_elementary.h"
#include "scalar/cpx_inverse.h"

/* complex64 computes these in double: nothing overflows on the way and the result is rounded once.
 */
#define FM_NARROW(name)                                                                            \
    FM_FN fm_c64 fm_##name##_c64(fm_c64 z) {                                                       \
        return fm_c128_to_c64(fm_##name##_c128(fm_c64_to_c128(z)));                                \
    }
FM_NARROW(sqrt)
FM_NARROW(exp)
FM_NARROW(exp2)
FM_NARROW(expm1)
FM_NARROW(log)
FM_NARROW(log2)
FM_NARROW(log10)
FM_NARROW(log1p)
FM_NARROW(sin)
FM_NARROW(cos)
FM_NARROW(tan)
FM_NARROW(sinh)
FM_NARROW(cosh)
FM_NARROW(tanh)
FM_NARROW(arcsin)
FM_NARROW(arccos)
FM_NARROW(arctan)
FM_NARROW(arcsinh)
FM_NARROW(arccosh)
FM_NARROW(arctanh)
#undef FM_NARROW

FM_FN fm_c64 fm_power_c64(fm_c64 a, fm_c64 b) {
    return fm_c128_to_c64(fm_power_c128(fm_c64_to_c128(a), fm_c64_to_c128(b)));
}

#endif
