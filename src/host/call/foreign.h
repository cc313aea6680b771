/* Wrapping memory of the caller's, with what is known of it. */
#ifndef FM_CALL_FOREIGN_H
#define FM_CALL_FOREIGN_H

#include "call/context.h"

/* fm_tensor_wrap_foreign without the checks of strides: `who` leads the messages. */
fm_status fm_foreign_wrap(fm_context *ctx, const fm_foreign *foreign, const char *who, bool ordered,
                          fm_tensor **out);

#endif
