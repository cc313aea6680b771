/* What an operation of any form answers: a tree of values that owns its lists, texts and tensors.
 */
#ifndef FM_CALL_REPLY_H
#define FM_CALL_REPLY_H

#include "core/arena.h"
#include "ops/row.h"

struct fm_reply {
    fm_value value;
    fm_arena held;
};

/* An empty reply; NULL when memory ran out. */
struct fm_reply *fm_reply_new(void);

/* Copies the value with all that it points to; tensors get a reference. FM_ERR_MEMORY. */
fm_status fm_reply_set(struct fm_reply *reply, const fm_value *value, fm_error *error);

#endif
