/* Rows that join tensors: concatenate and its alias concat. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"

#include <string.h>

enum { P_ARRAYS, P_AXIS, P_DTYPE };

/* Takes up the tensors, which have the same number of dimensions, at least one. */
static fm_status add_arrays(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    uint32_t count = bound->values[P_ARRAYS].count;
    if (count < 1 || count > FM_MAX_IN)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_ARRAYS + 1,
                          "%u arrays, but 1 to %d are joined", count, FM_MAX_IN);
    fm_operands_clear(r);
    for (uint32_t i = 0; i < count; i++) {
        const fm_layout *x = fm_operand_add(bound, r, P_ARRAYS, (int)i);
        if (x->ndim == 0)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                              "array %u has 0 dimensions, but at least 1 is needed", i);
        if (x->ndim != r->in[0]->ndim)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                              "array %u has %d dimensions, but array 0 has %d", i, x->ndim,
                              r->in[0]->ndim);
    }
    return FM_OK;
}

/* Adds the extents along the axis up; the others must agree. */
static fm_status joined_shape(const fm_bound *bound, const fm_resolved *r, int axis, int64_t *shape,
                              fm_error *error) {
    const fm_layout *first = r->in[0];
    memcpy(shape, fm_layout_shape(first), (size_t)first->ndim * sizeof *shape);
    for (int i = 1; i < r->nin; i++) {
        const int64_t *extents = fm_layout_shape(r->in[i]);
        for (int d = 0; d < first->ndim; d++) {
            if (d == axis && __builtin_add_overflow(shape[d], extents[d], &shape[d]))
                return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, P_ARRAYS + 1,
                                  "axis %d would exceed 2^63 - 1 with array %d", d, i);
            if (d != axis && shape[d] != extents[d])
                return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                                  "array %d axis %d is %lld, but array 0 axis %d is %lld", i, d,
                                  (long long)extents[d], d, (long long)shape[d]);
        }
    }
    return FM_OK;
}

static fm_status infer_concatenate(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int axis;
    FM_TRY(add_arrays(bound, r, error));
    FM_TRY(fm_axis_normalise(bound->row, P_AXIS, bound->values[P_AXIS].as.i, r->in[0]->ndim, &axis,
                             error));
    FM_TRY(joined_shape(bound, r, axis, shape, error));
    fm_dtype usual = fm_operands_promote(r);
    r->compute = fm_arg_dtype(&bound->values[P_DTYPE], usual);
    if (!fm_can_cast(usual, r->compute, FM_CAST_SAME_KIND))
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_DTYPE + 1,
                          "dtype %s, to which the arrays' %s is not of the same kind",
                          fm_dtype_name(r->compute), fm_dtype_name(usual));
    r->params.concat = (fm_concat_params){.axis = axis};
    fm_output_set(r, 0, r->compute, r->in[0]->ndim, shape);
    return FM_OK;
}

static fm_status cost_concatenate(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    fm_status status =
        fm_cost_elementwise(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

/* 0.4.3 gives concat no floor. */
static fm_status cost_concat(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    fm_status status = fm_cost_elements(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

#define CONCAT_ROW(name_, cost_)                                                                   \
    .name = (name_), .family = FM_FAMILY_CONCAT, .op = FM_CONCAT_concatenate, .nout = 1,           \
    .infer = infer_concatenate, .cost = (cost_), .formula = "n",                                   \
    .dtypes = "bool int float complex", .meaning = "Arrays joined along one of their axes.",       \
    .nparams = 3,                                                                                  \
    .params = {FM_P_TENSORS("arrays"), FM_P_INT_DEFAULT("axis", 0), FM_P_DTYPE_OR_NONE("dtype")}

static const fm_row rows[] = {
    {CONCAT_ROW("concatenate", cost_concatenate)},
    {CONCAT_ROW("concat", cost_concat)},
};

const fm_row_table fm_rows_concat = {rows, (int)(sizeof rows / sizeof *rows)};
