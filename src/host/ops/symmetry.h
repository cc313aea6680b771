/* What symmetry the results of a call have: one rule an operation, found by its name. */
#ifndef FM_OPS_SYMMETRY_H
#define FM_OPS_SYMMETRY_H

#include "core/symmetry.h"
#include "ops/args.h"

/* One question: the call, its first tensor and that one's symmetry, and where the answer goes. */
typedef struct fm_symmetry_ask {
    const fm_bound *bound;
    fm_resolved *r;
    bool faults;              /* answer as flopscope 0.4.3 does where it is mistaken */
    const fm_layout *a;       /* of the first tensor; NULL: none or a number */
    const fm_symmetry *group; /* a's */
    const fm_symmetry *out;   /* the answer, one reference; NULL: none */
} fm_symmetry_ask;

typedef fm_status (*fm_symmetry_rule)(fm_symmetry_ask *ask);

/* Fills r->symmetry after infer; faults as the cost model has them. Rules that build a symmetry out
   of shapes alone are asked in every call, the others where an operand has one. What was lost is
   told by r->symmetry_lost. The only failure is FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_symmetry_infer(const fm_bound *bound, fm_resolved *r, bool faults);

/* The value of the row's parameter of that name; one that is absent where it has none. */
const fm_value *fm_symmetry_arg(const fm_symmetry_ask *ask, const char *name);

/* The axes of the parameter `axis` as a set, taken modulo ndim; false where it is absent. */
bool fm_symmetry_axes(const fm_symmetry_ask *ask, int ndim, fm_axis_set *axes);

/* Whether the result's extents are known and none is 0; the same of a layout. */
bool fm_symmetry_out_is_full(const fm_symmetry_ask *ask);
bool fm_symmetry_is_full(const fm_layout *layout);

/* The group that interchanges the axes of equal extent; NULL where all differ. */
FM_MUST_CHECK fm_status fm_symmetry_of_extents(int ndim, const int64_t *shape,
                                               const fm_symmetry **out);

/* symmetry_shape.c */
fm_status fm_symmetry_reshape(fm_symmetry_ask *ask);
fm_status fm_symmetry_ravel(fm_symmetry_ask *ask);
fm_status fm_symmetry_transpose(fm_symmetry_ask *ask);
fm_status fm_symmetry_expand_dims(fm_symmetry_ask *ask);
fm_status fm_symmetry_squeeze(fm_symmetry_ask *ask);
fm_status fm_symmetry_flip(fm_symmetry_ask *ask);
fm_status fm_symmetry_tile(fm_symmetry_ask *ask);
fm_status fm_symmetry_repeat(fm_symmetry_ask *ask);
fm_status fm_symmetry_roll(fm_symmetry_ask *ask);
fm_status fm_symmetry_broadcast_to(fm_symmetry_ask *ask);
fm_status fm_symmetry_broadcast_arrays(fm_symmetry_ask *ask);
fm_status fm_symmetry_getitem(fm_symmetry_ask *ask);

/* symmetry_join.c */
fm_status fm_symmetry_concatenate(fm_symmetry_ask *ask);
fm_status fm_symmetry_stack(fm_symmetry_ask *ask);
fm_status fm_symmetry_vstack(fm_symmetry_ask *ask);
fm_status fm_symmetry_hstack(fm_symmetry_ask *ask);
fm_status fm_symmetry_column_stack(fm_symmetry_ask *ask);
fm_status fm_symmetry_split(fm_symmetry_ask *ask);
fm_status fm_symmetry_hsplit(fm_symmetry_ask *ask);
fm_status fm_symmetry_vsplit(fm_symmetry_ask *ask);
fm_status fm_symmetry_dsplit(fm_symmetry_ask *ask);

/* symmetry_contract.c */
fm_status fm_symmetry_einsum(fm_symmetry_ask *ask);
fm_status fm_symmetry_matmul(fm_symmetry_ask *ask);
fm_status fm_symmetry_inner(fm_symmetry_ask *ask);
fm_status fm_symmetry_outer(fm_symmetry_ask *ask);
fm_status fm_symmetry_tensordot(fm_symmetry_ask *ask);

#endif
