/* Permutations: the order of random keys, and arrays taken in it. */
#include "ops/sample.h"
#include "scalar/axes.h"

#include <string.h>

/* Backends without a kernel for it sort the same keys. */
const fm_tensor *fm_sample_order(fm_program *p, int64_t n) {
    if (fm_program_supports(p, "_order", FM_INT64)) return FM_DO(p, "_order", V_I(n));
    fm_tensor *keys = FM_DO(p, "_words", V_INTS(&n, 1), V_D(FM_UINT64));
    return FM_DO(p, "argsort", V_T(keys), V_I(0), V_S("stable"));
}

static fm_value axis_of(const fm_row *row, const fm_value *values) {
    int axis = fm_sample_param(row, "axis");
    return axis < 0 ? V_I(0) : values[axis];
}

/* The axis that is permuted, of x with at least one; AxisError. */
static fm_status find_axis(const fm_bound *bound, int ndim, int *axis, fm_error *error) {
    int param = fm_sample_param(bound->row, "axis");
    *axis = 0;
    fm_value value = axis_of(bound->row, bound->values);
    fm_status status =
        fm_axis_normalise(bound->row, param < 0 ? 0 : param, value.as.i, ndim, axis, error);
    return status == FM_OK ? FM_OK : fm_fail_as(error, "AxisError", status);
}

/* permutation: of an integer's range, found by the probe, or of a tensor's axis. 0.4.3 asks a list
   for its shape, in vain. */

static bool is_range(const fm_value *x) {
    return x->kind == FM_VALUE_INT || x->kind == FM_VALUE_BOOL;
}

/* The legacy function sees lists as they are given. */
static bool is_list(const fm_value *x) {
    return x->kind == FM_VALUE_LIST || x->kind == FM_VALUE_TUPLE;
}

fm_status fm_probe_permutation(fm_program *p, int64_t probed[FM_PROBED]) {
    fm_value x = fm_arg(p, 0);
    if (is_range(&x)) probed[0] = x.as.i > 0 ? x.as.i : 0;
    return FM_OK;
}

fm_status fm_infer_permutation(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *x = &bound->values[0];
    const fm_layout *layout = fm_value_layout(x);
    int axis;
    fm_operands_clear(r);
    if (is_list(x)) {
        fm_output_unknown(r, 0, FM_DTYPE_NONE);
        return FM_OK;
    }
    if (is_range(x)) {
        r->compute = FM_INT64;
        fm_output_set(r, 0, FM_INT64, 1, &bound->probed[0]);
        return FM_OK;
    }
    if (layout->ndim == 0) {
        bool generator = fm_sample_is_generator(bound->row);
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                   "a number that is no integer has no axis to permute");
        return fm_fail_as(error, generator ? "AxisError" : "IndexError", FM_ERR_SHAPE);
    }
    FM_TRY(find_axis(bound, layout->ndim, &axis, error));
    r->compute = layout->dtype;
    fm_output_set(r, 0, layout->dtype, layout->ndim, fm_layout_shape(layout));
    return FM_OK;
}

/* The extent that is permuted. */
static int64_t extent_of(const fm_bound *bound) {
    const fm_value *x = &bound->values[0];
    fm_value axis = axis_of(bound->row, bound->values);
    if (is_range(x)) return bound->probed[0];
    if (is_list(x)) return x->count;
    const fm_layout *layout = fm_value_layout(x);
    return fm_layout_shape(layout)[axis.as.i < 0 ? axis.as.i + layout->ndim : axis.as.i];
}

fm_status fm_cost_of_permutation(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    int64_t n = extent_of(bound);
    if (is_list(&bound->values[0]) && work->faults) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                   "a list, of which flopscope 0.4.3 knows no shape; give an array");
        return fm_fail_as(error, "AttributeError", FM_ERR_ARGUMENT);
    }
    fm_status status = fm_cost_shuffle(work, fm_row_cost_name(bound->row), (fm_u128)n);
    return fm_cost_close(bound, r, work, status, error);
}

/* Elements of x along an axis in the order. */
static fm_tensor *taken(fm_program *p, fm_value x, const fm_tensor *order, int64_t axis) {
    return FM_DO(p, "_gather", x, V_T(order), V_I(axis), V_I(1), V_I(FM_PLACE_SURE));
}

fm_status fm_run_permutation(fm_program *p) {
    fm_value x = fm_arg(p, 0), axis = axis_of(p->row, p->values);
    if (is_range(&x)) {
        fm_program_return(p, 0, fm_sample_order(p, p->probed[0]));
        return p->status;
    }
    const fm_tensor *tensor = fm_program_as_tensor(p, &x);
    if (!tensor) return p->status;
    const fm_layout *layout = tensor->layout;
    int64_t d = axis.as.i < 0 ? axis.as.i + layout->ndim : axis.as.i;
    fm_program_return(p, 0,
                      taken(p, V_T(tensor), fm_sample_order(p, fm_layout_shape(layout)[d]), d));
    return p->status;
}

/* shuffle: the same in place. */

fm_status fm_infer_shuffle(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *x = &bound->values[0];
    int axis;
    const fm_layout *layout = x->kind == FM_VALUE_TENSOR ? x->as.tensor->layout : NULL;
    if (!layout || layout->ndim == 0) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                   "%s, but an array with an axis is shuffled",
                   x->kind == FM_VALUE_TUPLE ? "a tuple" : "a number");
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    fm_operands_clear(r);
    r->compute = layout->dtype;
    return find_axis(bound, layout->ndim, &axis, error);
}

fm_status fm_cost_of_shuffle(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    int64_t n = extent_of(bound);
    (void)r;
    return fm_cost_result(bound, fm_cost_shuffle(work, fm_row_cost_name(bound->row), (fm_u128)n),
                          error);
}

fm_status fm_run_shuffle(fm_program *p) {
    fm_value x = fm_arg(p, 0), axis = axis_of(p->row, p->values);
    const fm_layout *layout = x.as.tensor->layout;
    int64_t d = axis.as.i < 0 ? axis.as.i + layout->ndim : axis.as.i;
    const fm_tensor *order = fm_sample_order(p, fm_layout_shape(layout)[d]);
    FM_DO_INTO(p, x.as.tensor, "copy", V_T(taken(p, x, order, d)));
    return p->status;
}

/* permuted: each line along an axis by itself, or all elements. */

fm_status fm_infer_permuted(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = fm_value_layout(&bound->values[0]);
    int axis;
    fm_operands_clear(r);
    if (x->ndim == 0) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "a number has no axis to permute");
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (!fm_arg_absent(&bound->values[1])) FM_TRY(find_axis(bound, x->ndim, &axis, error));
    r->compute = x->dtype;
    fm_output_set(r, 0, x->dtype, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

/* Lines of n elements; 0.4.3 charges the elements. */
fm_status fm_cost_of_permuted(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    const char *name = fm_row_cost_name(bound->row);
    fm_u128 size;
    if (!fm_u128_extents(r->out[0].ndim, r->out[0].shape, &size))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    if (work->faults) return fm_cost_close(bound, r, work, fm_cost_units(work, name, size), error);
    fm_value axis = bound->values[1];
    int64_t d = fm_arg_int(&axis, 0);
    fm_u128 n =
        fm_arg_absent(&axis) ? size : (fm_u128)r->out[0].shape[d < 0 ? d + r->out[0].ndim : d];
    fm_status status = fm_cost_shuffle(work, name, n);
    if (status == FM_OK && n > 0) status = fm_work_times(work, size / n);
    return fm_cost_close(bound, r, work, status, error);
}

fm_status fm_run_permuted(fm_program *p) {
    fm_value x = V_T(fm_program_tensor(p, 0)), axis = fm_arg(p, 1);
    if (p->status != FM_OK) return p->status;
    const fm_layout *layout = x.as.tensor->layout;
    fm_value shape = V_INTS(fm_layout_shape(layout), layout->ndim);
    if (fm_arg_absent(&axis)) {
        fm_tensor *flat = FM_DO(p, "ravel", x);
        flat = taken(p, V_T(flat), fm_sample_order(p, layout->size), 0);
        fm_program_return(p, 0, FM_DO(p, "reshape", V_T(flat), shape));
        return p->status;
    }
    fm_tensor *keys = FM_DO(p, "_words", shape, V_D(FM_UINT64));
    fm_tensor *order = FM_DO(p, "argsort", V_T(keys), axis, V_S("stable"));
    fm_program_return(p, 0, FM_DO(p, "_take_along", x, V_T(order), axis, V_I(FM_PLACE_SURE)));
    return p->status;
}
