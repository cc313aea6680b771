/* One element of each elementwise operation in long double: the oracle of the sweep. */
#ifndef FM_TESTS_SWEEP_ELEMENT_H
#define FM_TESTS_SWEEP_ELEMENT_H

#include "array.h"
#include "ops/ids.h"

/* The exact result for operands of dtype t, the dtype of the loop; false where long double cannot
   say it (overflowing complex parts, values that only the dtype's own arithmetic defines). */
bool sw_unary(fm_unary_id id, fm_dtype t, sw_value x, sw_value *y);
bool sw_binary(fm_binary_id id, fm_dtype t, sw_value a, sw_value b, sw_value *y);

#endif
