/* What a result without axes is to flopscope 0.4.3: an array, a NumPy scalar, or a Python number.
 */
#ifndef FM_WIRE_FORM_H
#define FM_WIRE_FORM_H

#include <flopmeter/flopmeter.h>

/* The arguments of one call by name, the positional ones first. */
typedef struct call_arguments {
    fm_argument *at;
    size_t count, positional;
} call_arguments;

/* CALL_STACK: one array for a tuple of them; CALL_DTYPE: a text is the name of a dtype; CALL_BYTES:
   an array of uint8 is Python's bytes; CALL_PATH: a dictionary is a path_info of plain values. */
enum call_form {
    CALL_ARRAY,
    CALL_SCALAR,
    CALL_PYTHON,
    CALL_STACK,
    CALL_DTYPE,
    CALL_BYTES,
    CALL_PATH
};
enum call_form call_form_of(const fm_op_info *info, call_arguments given);

/* The argument that was given for a parameter, by its place or its name; -1: none. */
int call_argument_of(const fm_op_info *info, call_arguments given, int param);

/* Whether the result is one of the caller's own arrays, as with out=. */
bool call_is_given(call_arguments given, const fm_value *value);

#endif
