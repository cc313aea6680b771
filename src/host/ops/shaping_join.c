/* Joins of whole arrays: stack, vstack, row_stack, hstack, dstack, column_stack. */
#include "ops/shaping.h"

#include <string.h>

enum { P_ARRAYS, P_AXIS_OR_DTYPE };

typedef struct seen {
    int ndim;
    int64_t shape[FM_MAX_NDIM];
} seen;

static int64_t extent(const fm_layout *layout, int d) {
    return fm_layout_shape(layout)[d];
}

/* The shape under which an array is joined; every one of them is a view. */
static void see_as(fm_join_id join, int axis, const fm_layout *layout, seen *out) {
    const int n = layout->ndim;
    int64_t *shape = out->shape;
    out->ndim = n;
    if (n > 0) memcpy(shape, fm_layout_shape(layout), (size_t)n * sizeof *shape);
    if (join == FM_JOIN_stack) {
        out->ndim = n + 1;
        memmove(shape + axis + 1, shape + axis, (size_t)(n - axis) * sizeof *shape);
        shape[axis] = 1;
    } else if (join == FM_JOIN_hstack) {
        if (n > 0) return;
        out->ndim = 1;
        shape[0] = 1;
    } else if (join == FM_JOIN_vstack && n < 2) {
        out->ndim = 2;
        shape[1] = n ? extent(layout, 0) : 1;
        shape[0] = 1;
    } else if (join == FM_JOIN_column_stack && n < 2) {
        out->ndim = 2;
        shape[0] = n ? extent(layout, 0) : 1;
        shape[1] = 1;
    } else if (join == FM_JOIN_dstack && n < 3) {
        out->ndim = 3;
        shape[0] = n == 2 ? extent(layout, 0) : 1;
        shape[1] = n == 2 ? extent(layout, 1) : n == 1 ? extent(layout, 0) : 1;
        shape[2] = 1;
    }
}

static int joined_axis(fm_join_id join, int axis, const seen *first) {
    switch (join) {
    case FM_JOIN_stack:
        return axis;
    case FM_JOIN_vstack:
        return 0;
    case FM_JOIN_hstack:
        return first->ndim == 1 ? 0 : 1;
    case FM_JOIN_dstack:
        return 2;
    default:
        return 1;
    }
}

static const fm_layout *layout_of(const fm_value *arrays, uint32_t i) {
    return arrays->as.tensors[i]->layout;
}

static fm_join_id join_of(const fm_row *row) {
    return (fm_join_id)row->op;
}

/* The axis of stack, 0 of the others. */
static fm_status axis_of(const fm_row *row, const fm_value *values, int *axis, fm_error *error) {
    *axis = 0;
    if (join_of(row) != FM_JOIN_stack) return FM_OK;
    return fm_axis_normalise(row, P_AXIS_OR_DTYPE, fm_arg_int(&values[P_AXIS_OR_DTYPE], 0),
                             layout_of(&values[P_ARRAYS], 0)->ndim + 1, axis, error);
}

static fm_status differ(const fm_bound *bound, uint32_t i, const seen *other, const seen *first,
                        fm_error *error) {
    char a[160], b[160];
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                      "array %u has shape %s, which does not fit array 0 of shape %s", i,
                      fm_shape_format(other->ndim, other->shape, a, sizeof a),
                      fm_shape_format(first->ndim, first->shape, b, sizeof b));
}

/* Adds the extents along the axis up; the others must agree. */
static fm_status add_up(const fm_bound *bound, int axis, seen *out, fm_error *error) {
    const fm_value *arrays = &bound->values[P_ARRAYS];
    const fm_join_id join = join_of(bound->row);
    see_as(join, axis, layout_of(arrays, 0), out);
    const seen first = *out;
    const int at = joined_axis(join, axis, &first);
    for (uint32_t i = 1; i < arrays->count; i++) {
        seen next;
        see_as(join, axis, layout_of(arrays, i), &next);
        if (next.ndim != first.ndim) return differ(bound, i, &next, &first, error);
        for (int d = 0; d < first.ndim; d++)
            if (d != at && next.shape[d] != first.shape[d])
                return differ(bound, i, &next, &first, error);
        if (__builtin_add_overflow(out->shape[at], next.shape[at], &out->shape[at]))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, P_ARRAYS + 1,
                              "axis %d would exceed 2^63 - 1 with array %u", at, i);
    }
    return FM_OK;
}

/* Shapes that differ are told before an axis that is not there. */
static fm_status check_stacked(const fm_bound *bound, fm_error *error) {
    const fm_value *arrays = &bound->values[P_ARRAYS];
    const fm_layout *first = layout_of(arrays, 0);
    for (uint32_t i = 1; join_of(bound->row) == FM_JOIN_stack && i < arrays->count; i++) {
        const fm_layout *other = layout_of(arrays, i);
        char a[160], b[160];
        if (other->ndim == first->ndim &&
            (first->ndim == 0 || !memcmp(fm_layout_shape(other), fm_layout_shape(first),
                                         (size_t)first->ndim * sizeof(int64_t))))
            continue;
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                          "array %u has shape %s, but array 0 has %s", i,
                          fm_shape_format(other->ndim, fm_layout_shape(other), a, sizeof a),
                          fm_shape_format(first->ndim, fm_layout_shape(first), b, sizeof b));
    }
    return FM_OK;
}

static int param_of(const fm_row *row, const char *name) {
    for (int p = 0; p < row->nparams; p++)
        if (strcmp(row->params[p].name, name) == 0) return p;
    return -1;
}

static fm_status joined_dtype(const fm_bound *bound, fm_dtype *out, fm_error *error) {
    const fm_value *arrays = &bound->values[P_ARRAYS];
    int dtype = param_of(bound->row, "dtype"), casting = param_of(bound->row, "casting");
    fm_dtype usual = fm_tensors_promote(arrays);
    *out = usual;
    if (dtype < 0) return FM_OK;
    fm_casting rule;
    FM_TRY(fm_arg_casting(bound, casting, &rule, error));
    *out = fm_arg_dtype(&bound->values[dtype], usual);
    for (uint32_t i = 0; i < arrays->count; i++)
        if (!fm_can_cast(layout_of(arrays, i)->dtype, *out, rule))
            return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, dtype + 1,
                              "dtype %s, to which array %u's %s is not cast by the rule '%s'",
                              fm_dtype_name(*out), i, fm_dtype_name(layout_of(arrays, i)->dtype),
                              bound->values[casting].as.string);
    return FM_OK;
}

fm_status fm_infer_join(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    seen out;
    int axis;
    if (bound->values[P_ARRAYS].count == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_ARRAYS + 1,
                          "no arrays, but at least 1 is needed");
    FM_TRY(check_stacked(bound, error));
    FM_TRY(axis_of(bound->row, bound->values, &axis, error));
    FM_TRY(add_up(bound, axis, &out, error));
    FM_TRY(joined_dtype(bound, &r->compute, error));
    fm_output_set(r, 0, r->compute, out.ndim, out.shape);
    return FM_OK;
}

/* Whether the new axis lies before all others of all arrays: then they are joined as they are. */
static bool joins_in_front(fm_join_id join, int axis, const fm_value *arrays) {
    if (join == FM_JOIN_stack) return axis == 0 && layout_of(arrays, 0)->ndim > 0;
    for (uint32_t i = 0; i < arrays->count; i++)
        if (layout_of(arrays, i)->ndim != 1) return false;
    return join == FM_JOIN_vstack;
}

static fm_tensor *join_in_front(fm_program *p, const fm_value *arrays, fm_value dtype) {
    const fm_layout *first = layout_of(arrays, 0);
    int64_t shape[FM_MAX_NDIM + 1] = {arrays->count};
    memcpy(shape + 1, fm_layout_shape(first), (size_t)first->ndim * sizeof *shape);
    fm_tensor *joined = FM_DO(p, "concatenate", *arrays, V_I(0), dtype, V_S("unsafe"));
    return FM_DO(p, "reshape", V_T(joined), V_INTS(shape, first->ndim + 1));
}

enum { FEW = 16 };

fm_status fm_run_join(fm_program *p) {
    const fm_value *arrays = &p->values[P_ARRAYS];
    const fm_join_id join = join_of(p->row);
    const fm_tensor *few[FEW], **parts = few;
    int axis, dtype_param = param_of(p->row, "dtype");
    const fm_value dtype = dtype_param < 0 ? V_UNSET : p->values[dtype_param];
    seen shape;
    FM_TRY(p->status = axis_of(p->row, p->values, &axis, p->error));
    if (joins_in_front(join, axis, arrays)) {
        fm_program_return(p, 0, join_in_front(p, arrays, dtype));
        return p->status;
    }
    if (arrays->count > FEW) parts = fm_program_memory(p, arrays->count * sizeof *parts);
    for (uint32_t i = 0; i < arrays->count && p->status == FM_OK; i++) {
        see_as(join, axis, layout_of(arrays, i), &shape);
        parts[i] = arrays->as.tensors[i];
        if (shape.ndim != parts[i]->layout->ndim)
            parts[i] = FM_DO(p, "reshape", V_T(parts[i]), V_INTS(shape.shape, shape.ndim));
    }
    see_as(join, axis, layout_of(arrays, 0), &shape);
    fm_program_return(p, 0,
                      FM_DO(p, "concatenate", V_TS(parts, arrays->count),
                            V_I(joined_axis(join, axis, &shape)), dtype, V_S("unsafe")));
    return p->status;
}
