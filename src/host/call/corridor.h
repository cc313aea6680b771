/* The one corridor: bind, infer, cost, charge, allocate, launch, record. */
#ifndef FM_CALL_CORRIDOR_H
#define FM_CALL_CORRIDOR_H

#include "call/context.h"

/* Runs row with one value per parameter (UNSET: the default). slots[i] points at the caller's slot
   for output i; NULL: not wanted. In-place outputs have no slot. On failure nothing was charged,
   launched or written, and ctx->error says why. */
fm_status fm_corridor(fm_context *ctx, const fm_row *row, const fm_value *values,
                      fm_tensor **const *slots);

/* Work that stands in for a row's own: what a call costs and how it is recorded are the row's, what
   is done is `run`, whose calls are not charged. */
typedef struct fm_stand_in {
    fm_status (*run)(fm_context *ctx, void *user);
    void *user;
} fm_stand_in;
fm_status fm_corridor_around(fm_context *ctx, const fm_row *row, const fm_value *values,
                             fm_tensor **const *slots, const fm_stand_in *around);

/* The same for rows that answer with a value of their own. */
fm_status fm_corridor_reply(fm_context *ctx, const fm_row *row, const fm_value *values,
                            fm_tensor **const *slots, struct fm_reply *reply);

/* Shorthand for typed functions. */
static inline fm_value fm_value_tensor(const fm_tensor *tensor) {
    return (fm_value){.kind = tensor ? FM_VALUE_TENSOR : FM_VALUE_NONE, .as.tensor = tensor};
}
static inline fm_value fm_value_int(int64_t i) {
    return (fm_value){.kind = FM_VALUE_INT, .as.i = i};
}
static inline fm_value fm_value_bool(bool b) {
    return (fm_value){.kind = FM_VALUE_BOOL, .as.i = b};
}
static inline fm_value fm_value_float(double f) {
    return (fm_value){.kind = FM_VALUE_FLOAT, .as.f = f};
}
static inline fm_value fm_value_dtype(fm_dtype dtype) {
    return (fm_value){.kind = dtype ? FM_VALUE_DTYPE : FM_VALUE_UNSET, .as.dtype = dtype};
}
static inline fm_value fm_value_ints(const int64_t *ints, int count) {
    return (fm_value){.kind = FM_VALUE_INTS, .count = (uint32_t)count, .as.ints = ints};
}
static inline fm_value fm_value_string(const char *text) {
    return (fm_value){.kind = FM_VALUE_STRING, .as.string = text};
}

#endif
