/* One call on its way through the corridor, and the slots its outputs go to. */
#ifndef FM_CALL_PASSAGE_H
#define FM_CALL_PASSAGE_H

#include "call/corridor.h"

/* One call on its way. */
typedef struct fm_passage {
    fm_context *ctx;
    const fm_plan *plan;
    const fm_value *values;
    fm_tensor **const *slots;
    const int64_t *probed;         /* what the row's probe found; NULL: it has none */
    const fm_stand_in *around;     /* does the work in place of the plan; NULL: the plan does */
    struct fm_reply *reply;        /* of rows that answer with a value; NULL: nobody asks */
    fm_tensor *target[FM_MAX_OUT]; /* the tensor that output i is written into */
    fm_storage *fresh[FM_MAX_OUT]; /* new storage for output i, not yet the target's */
    uint32_t made;                 /* bit i: target[i] is a new handle */
    uint32_t renewed;              /* bit i: fresh[i] is there */
    void *out[FM_MAX_OUT];
    const fm_tensor *source[FM_MAX_IN]; /* whose data in[i] is; NULL where there is none */
    void *in[FM_MAX_IN];
    fm_scalar scalars[FM_MAX_IN + 8];
} fm_passage;

/* The value of a parameter, its default where it was not given. */
static inline const fm_value *fm_passage_value(const fm_passage *p, int param) {
    const fm_value *value = &p->values[param];
    return value->kind == FM_VALUE_UNSET ? &p->plan->row->params[param].otherwise : value;
}

/* The tensor that is input i of the kernel; NULL where it was left out or is a number. */
static inline const fm_tensor *fm_passage_operand(const fm_passage *p, int i) {
    fm_in_source source = p->plan->in_source[i];
    const fm_value *value = fm_passage_value(p, source.param);
    if (value->kind == FM_VALUE_TENSORS) return value->as.tensors[source.element];
    return value->kind == FM_VALUE_TENSOR ? value->as.tensor : NULL;
}

/* The storage that output o is written into. */
static inline fm_storage *fm_passage_written(const fm_passage *p, int o) {
    return p->renewed >> o & 1 ? p->fresh[o] : p->target[o]->storage;
}

/* Whether the tensor may be given other storage: it alone holds its own. */
static inline bool fm_owns_storage(const fm_tensor *tensor) {
    return tensor->storage && !(tensor->storage->flags & FM_STORAGE_FOREIGN) &&
           atomic_load_explicit(&tensor->storage->refs, memory_order_acquire) == 1;
}

/* Finds or allocates where each wanted output goes; changes no slot and no tensor. */
fm_status fm_slots_prepare(fm_passage *p);

/* Gives back what was allocated for a call that did not run. */
void fm_slots_abandon(fm_passage *p);

/* Makes the results visible: new storage and layouts into their tensors, new tensors into slots. */
void fm_slots_commit(fm_passage *p);

/* FM_FAMILY_VIEW: the slot's tensor becomes a view of the operand's storage. */
fm_status fm_slots_view(fm_passage *p);

#endif
