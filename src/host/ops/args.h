/* Reading a row's bound arguments: axes, shapes, dtypes and operands, with the errors they have. */
#ifndef FM_OPS_ARGS_H
#define FM_OPS_ARGS_H

#include "cost/rules.h"
#include "ops/row.h"

/* The integers of a value of kind INT, BOOL or INTS, borrowed; returns how many. Other kinds: 0. */
int fm_arg_ints(const fm_value *value, const int64_t **ints);

/* True for a value that was not given or is None. */
static inline bool fm_arg_absent(const fm_value *value) {
    return value->kind == FM_VALUE_NONE || value->kind == FM_VALUE_UNSET;
}

/* An integer or flag; otherwise where it is absent. */
int64_t fm_arg_int(const fm_value *value, int64_t otherwise);

/* A dtype; otherwise where it is absent. */
fm_dtype fm_arg_dtype(const fm_value *value, fm_dtype otherwise);

/* *out = axis counted from 0, for -ndim <= axis < ndim. param is the number of the parameter from
   0. FM_ERR_SHAPE names axis and ndim. */
fm_status fm_axis_normalise(const fm_row *row, int param, int64_t axis, int ndim, int *out,
                            fm_error *error);

/* The axes of an axis parameter as a set: all of them where it is absent. FM_ERR_SHAPE for an axis
   out of range or given twice. */
fm_status fm_arg_axes(const fm_bound *bound, int param, int ndim, fm_axis_set *axes,
                      fm_error *error);

/* The same as a list in the order given, of at most FM_MAX_NDIM. */
fm_status fm_arg_axis_list(const fm_bound *bound, int param, int ndim, int *axes, int *count,
                           fm_error *error);

/* The order of a text parameter: 'C', 'F', 'A' or 'K'; otherwise where it is absent. ValueError for
   any other text. */
fm_status fm_arg_order(const fm_bound *bound, int param, char otherwise, char *order,
                       fm_error *error);

/* The same where nothing is there to follow: 'C' or 'F', 'C' where it is absent. */
fm_status fm_arg_row_order(const fm_bound *bound, int param, char *order, fm_error *error);

/* The rule of a text parameter `casting`: same_kind where it is absent. ValueError for any other
   text than no, equiv, safe, same_kind, unsafe. */
fm_status fm_arg_casting(const fm_bound *bound, int param, fm_casting *rule, fm_error *error);

/* A shape parameter: extents not negative, at most FM_MAX_NDIM. With infer_one, one -1 is allowed
   and left in place. */
fm_status fm_arg_shape(const fm_bound *bound, int param, bool infer_one, int *ndim, int64_t *shape,
                       fm_error *error);

/* Forgets the operands and then takes them up one by one: r->in[r->nin++] is the tensor or number
   of that parameter (and element of a list), NULL where it is absent. */
void fm_operands_clear(fm_resolved *r);
const fm_layout *fm_operand_add(const fm_bound *bound, fm_resolved *r, int param, int element);

/* The dtype to which all operands promote by NumPy 2's rules: weak numbers adapt to the others. */
fm_dtype fm_operands_promote(const fm_resolved *r);

/* What a dtype becomes when the next one joins: first all floating and complex ones (floats), then
   the others one by one, so that int8, uint8 and float16 make float16, as in NumPy. NONE: none yet.
 */
fm_dtype fm_promote_kind(fm_dtype so_far, fm_dtype next, bool floats);

/* The dtype to which the tensors of a list promote, numbers among them too. */
fm_dtype fm_tensors_promote(const fm_value *tensors);

/* A dtype after a weak number of the dtype weak has joined. */
fm_dtype fm_promote_weak(fm_dtype dtype, fm_dtype weak);

/* Sets output i; with shape NULL the extents that it has stay. */
void fm_output_set(fm_resolved *r, int i, fm_dtype dtype, int ndim, const int64_t *shape);

/* Output i has a shape that only the program finds out, and maybe a known dtype. */
static inline void fm_output_unknown(fm_resolved *r, int i, fm_dtype dtype) {
    r->out[i].dtype = dtype;
    r->out[i].ndim = -1;
    if (r->nout <= i) r->nout = i + 1;
}

/* The extents of a layout, as the cost rules read them. */
static inline fm_extents fm_extents_of(const fm_layout *layout) {
    return (fm_extents){layout->ndim, fm_layout_shape(layout)};
}
static inline fm_extents fm_extents_out(const fm_resolved *r, int i) {
    return (fm_extents){r->out[i].ndim, r->out[i].shape};
}

/* The name whose weight applies to the row. */
static inline const char *fm_row_cost_name(const fm_row *row) {
    return row->cost_name != NULL ? row->cost_name : row->name;
}

/* Turns a cost rule's status into the row's, with a text. */
fm_status fm_cost_result(const fm_bound *bound, fm_status status, fm_error *error);

/* The same for a call that moves its operands: adds their bytes to the work first. */
fm_status fm_cost_close(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_status status, fm_error *error);

#endif
