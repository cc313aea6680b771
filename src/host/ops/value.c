/* The layout that a bound value stands for as an operand. */
#include "ops/row.h"

/* Weak 0-d layouts outside the intern table; a reference of their own keeps them, and holders count
   theirs, so they are not const. */
#define WEAK(dtype_)                                                                               \
    {                                                                                              \
        .refs = 1, .flags = FM_LAYOUT_WEAK | FM_LAYOUT_CONTIGUOUS, .hash = (dtype_),               \
        .dtype = (dtype_), .size = 1                                                               \
    }
static fm_layout weak_bool = WEAK(FM_BOOL), weak_int = WEAK(FM_INT64),
                 weak_float = WEAK(FM_FLOAT64), weak_complex = WEAK(FM_COMPLEX128);

const fm_layout *fm_value_layout(const fm_value *value) {
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        return value->as.tensor->layout;
    case FM_VALUE_BOOL:
        return &weak_bool;
    case FM_VALUE_INT:
        return &weak_int;
    case FM_VALUE_FLOAT:
        return &weak_float;
    case FM_VALUE_COMPLEX:
        return &weak_complex;
    default:
        return NULL;
    }
}
