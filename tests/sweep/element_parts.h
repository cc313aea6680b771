/* The oracle over integers and over complex numbers. */
#ifndef FM_TESTS_SWEEP_ELEMENT_PARTS_H
#define FM_TESTS_SWEEP_ELEMENT_PARTS_H

#include "element.h"

/* Results wrap when they are stored; t: an integer dtype, or bool. */
bool sw_integer_unary(fm_unary_id id, fm_dtype t, long double x, long double *y);
bool sw_integer_binary(fm_binary_id id, fm_dtype t, long double a, long double b, long double *y);

bool sw_complex_unary(fm_unary_id id, sw_value x, sw_value *y);
bool sw_complex_binary(fm_binary_id id, sw_value a, sw_value b, sw_value *y);

#endif
