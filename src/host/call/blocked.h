/* Names that are no operations here, and what is said about them. */
#ifndef FM_CALL_BLOCKED_H
#define FM_CALL_BLOCKED_H

#include <flopmeter/status.h>

/* FM_ERR_NOT_FOUND for a name without a row: of those NumPy functions that are blocked what to use
   in their place, with UnsupportedFunctionError; AttributeError for all others, as Python has it.
 */
fm_status fm_unknown_op(const char *op, fm_error *error);

/* Whether the name is one that only programs use: its last part begins with an underscore. */
bool fm_op_is_internal(const char *name);

#endif
