/* One element in host memory, of any dtype, as a number and back. */
#ifndef FM_CORE_ELEMENT_H
#define FM_CORE_ELEMENT_H

#include <flopmeter/dtype.h>

/* The element at an address that need not be aligned: its dtype, and its value in the widest member
   of its kind (i, u, f or c). */
fm_scalar fm_scalar_load(fm_dtype dtype, const void *element);

/* Writes a number of any dtype as an element of this one: integers wrap, floats are rounded to
   nearest, bool is x != 0, the imaginary part is lost where there is none. */
void fm_scalar_store(fm_dtype dtype, fm_scalar value, void *element);

#endif
