/* Rows that join tensors: concatenate and its alias concat. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"

#include <string.h>

enum { P_ARRAYS, P_AXIS, P_DTYPE, P_CASTING };

static const fm_layout *layout_of(const fm_bound *bound, uint32_t i) {
    return bound->values[P_ARRAYS].as.tensors[i]->layout;
}

/* At least one array; all have the same number of dimensions, at least one. */
static fm_status check_arrays(const fm_bound *bound, fm_error *error) {
    uint32_t count = bound->values[P_ARRAYS].count;
    if (count < 1)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_ARRAYS + 1,
                          "no arrays, but at least 1 is needed");
    if (fm_arg_absent(&bound->values[P_AXIS])) return FM_OK;
    int ndim = layout_of(bound, 0)->ndim, axis;
    if (ndim > 0)
        FM_TRY(
            fm_axis_normalise(bound->row, P_AXIS, bound->values[P_AXIS].as.i, ndim, &axis, error));
    for (uint32_t i = 0; i < count; i++) {
        const fm_layout *x = layout_of(bound, i);
        if (x->ndim == 0)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                              "array %u has 0 dimensions, but at least 1 is needed", i);
        if (x->ndim != ndim)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                              "array %u has %d dimensions, but array 0 has %d", i, x->ndim, ndim);
    }
    return FM_OK;
}

static fm_status too_long(const fm_bound *bound, int axis, uint32_t array, fm_error *error) {
    return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, P_ARRAYS + 1,
                      "axis %d would exceed 2^63 - 1 with array %u", axis, array);
}

/* Adds the extents along the axis up; the others must agree. */
static fm_status joined_shape(const fm_bound *bound, int axis, int64_t *shape, fm_error *error) {
    const fm_layout *first = layout_of(bound, 0);
    memcpy(shape, fm_layout_shape(first), (size_t)first->ndim * sizeof *shape);
    for (uint32_t i = 1; i < bound->values[P_ARRAYS].count; i++) {
        const int64_t *extents = fm_layout_shape(layout_of(bound, i));
        for (int d = 0; d < first->ndim; d++) {
            if (d == axis && __builtin_add_overflow(shape[d], extents[d], &shape[d]))
                return too_long(bound, d, i, error);
            if (d != axis && shape[d] != extents[d])
                return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_ARRAYS + 1,
                                  "array %u axis %d is %lld, but array 0 axis %d is %lld", i, d,
                                  (long long)extents[d], d, (long long)shape[d]);
        }
    }
    return FM_OK;
}

/* The dtype that is asked for, or to which all arrays promote. */
static fm_status joined_dtype(const fm_bound *bound, fm_dtype *out, fm_error *error) {
    fm_casting rule;
    uint32_t count = bound->values[P_ARRAYS].count;
    fm_dtype usual = fm_tensors_promote(&bound->values[P_ARRAYS]);
    *out = fm_arg_dtype(&bound->values[P_DTYPE], usual);
    FM_TRY(fm_arg_casting(bound, P_CASTING, &rule, error));
    for (uint32_t i = 0; i < count; i++)
        if (!fm_can_cast(layout_of(bound, i)->dtype, *out, rule))
            return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_DTYPE + 1,
                              "dtype %s, to which array %u's %s is not cast by that rule",
                              fm_dtype_name(*out), i, fm_dtype_name(layout_of(bound, i)->dtype));
    return FM_OK;
}

/* One kernel joins up to FM_MAX_IN arrays; more of them, and flattened ones, are a program. */
static fm_status infer_concatenate(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM] = {0};
    int axis = 0, ndim = 1;
    uint32_t count = bound->values[P_ARRAYS].count;
    bool flat = fm_arg_absent(&bound->values[P_AXIS]);
    FM_TRY(check_arrays(bound, error));
    if (!flat) {
        ndim = layout_of(bound, 0)->ndim;
        FM_TRY(
            fm_axis_normalise(bound->row, P_AXIS, bound->values[P_AXIS].as.i, ndim, &axis, error));
        FM_TRY(joined_shape(bound, axis, shape, error));
    }
    for (uint32_t i = 0; flat && i < count; i++)
        if (__builtin_add_overflow(shape[0], layout_of(bound, i)->size, &shape[0]))
            return too_long(bound, 0, i, error);
    FM_TRY(joined_dtype(bound, &r->compute, error));
    r->program = flat || count > FM_MAX_IN;
    fm_operands_clear(r);
    for (uint32_t i = 0; !r->program && i < count; i++) fm_operand_add(bound, r, P_ARRAYS, (int)i);
    r->params.concat = (fm_concat_params){.axis = axis};
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* Joins parts by FM_MAX_IN at a time, each into its place. */
static fm_tensor *join_many(fm_program *p, const fm_tensor **parts, uint32_t count, int axis,
                            fm_dtype dtype) {
    int64_t shape[FM_MAX_NDIM], start = 0;
    const fm_layout *first = parts[0]->layout;
    memcpy(shape, fm_layout_shape(first), (size_t)first->ndim * sizeof *shape);
    for (uint32_t i = 1; i < count; i++) shape[axis] += fm_layout_shape(parts[i]->layout)[axis];
    fm_tensor *out = fm_program_new(p, dtype, first->ndim, shape);
    for (uint32_t i = 0; i < count && p->status == FM_OK; i += FM_MAX_IN) {
        uint32_t n = count - i < FM_MAX_IN ? count - i : FM_MAX_IN;
        int64_t length = 0;
        for (uint32_t j = 0; j < n; j++) length += fm_layout_shape(parts[i + j]->layout)[axis];
        fm_tensor *place = FM_DO(p, "_slice", V_T(out), V_I(axis), V_I(start), V_I(length), V_I(1));
        if (length > 0 && place)
            FM_DO_INTO(p, place, "concatenate", V_TS(parts + i, n), V_I(axis), V_D(dtype),
                       V_S("unsafe"));
        start += length;
    }
    return out;
}

static fm_status run_concatenate(fm_program *p) {
    const fm_value *arrays = &p->values[P_ARRAYS];
    bool flat = fm_arg_absent(&p->values[P_AXIS]);
    const fm_tensor **parts = fm_program_memory(p, arrays->count * sizeof *parts);
    for (uint32_t i = 0; i < arrays->count && p->status == FM_OK; i++) {
        parts[i] = arrays->as.tensors[i];
        if (flat) parts[i] = FM_DO(p, "ravel", V_T(parts[i]));
    }
    if (p->status != FM_OK) return p->status;
    int64_t axis = flat ? 0 : p->values[P_AXIS].as.i;
    if (axis < 0) axis += parts[0]->layout->ndim;
    fm_dtype dtype = fm_arg_dtype(&p->values[P_DTYPE], fm_tensors_promote(arrays));
    fm_tensor *out = arrays->count > FM_MAX_IN
                         ? join_many(p, parts, arrays->count, (int)axis, dtype)
                         : FM_DO(p, "concatenate", V_TS(parts, arrays->count), V_I(axis),
                                 V_D(dtype), V_S("unsafe"));
    fm_program_return(p, 0, out);
    return p->status;
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
    .run = run_concatenate, .has_kernel = true, .nparams = 4,                                      \
    .params = {FM_P_TENSORS("arrays"),                                                             \
               {.name = "axis",                                                                    \
                .takes = FM_TAKES_INT | FM_TAKES_NONE,                                             \
                .otherwise = {.kind = FM_VALUE_INT}},                                              \
               FM_P_DTYPE_OR_NONE("dtype"),                                                        \
               FM_P_TEXT("casting", "same_kind")}

static const fm_row rows[] = {
    {CONCAT_ROW("concatenate", cost_concatenate)},
    {CONCAT_ROW("concat", cost_concat)},
};

const fm_row_table fm_rows_concat = {rows, (int)(sizeof rows / sizeof *rows)};
