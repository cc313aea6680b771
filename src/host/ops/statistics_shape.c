/* Axes, shapes, dtypes and masks of the rows of statistics. */
#include "ops/elementwise_infer.h"
#include "ops/statistics.h"

/* Axis 0 or -1 of an array without axes is the array itself, but to var and std, to which nanvar
   and nanstd leave what has no NaN. */
bool fm_statistics_is_point(const fm_bound *bound, const fm_layout *a) {
    const int64_t *axes;
    uint16_t op = bound->row->op;
    const bool skips = op == FM_STATISTIC_nanvar || op == FM_STATISTIC_nanstd;
    if (a->ndim > 0 || op == FM_STATISTIC_var || op == FM_STATISTIC_std) return false;
    if (skips && !fm_statistics_has_nan(a->dtype)) return false;
    return fm_arg_ints(&bound->values[FM_STATISTICS_AXIS], &axes) == 1 &&
           (axes[0] == 0 || axes[0] == -1);
}

bool fm_statistics_has_nan(fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'f' || kind == 'c';
}

fm_status fm_statistics_shape(const fm_bound *bound, fm_resolved *r, int keepdims, fm_dtype compute,
                              fm_dtype out, fm_error *error) {
    fm_axis_set axes = 0;
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    bool kept = fm_arg_int(&bound->values[keepdims], 0) != 0;
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, FM_STATISTICS_A, 0);
    if (!fm_statistics_is_point(bound, a))
        FM_TRY(fm_arg_axes(bound, FM_STATISTICS_AXIS, a->ndim, &axes, error));
    for (int d = 0; d < a->ndim; d++) {
        bool reduced = axes >> d & 1;
        if (!reduced)
            shape[ndim++] = fm_layout_shape(a)[d];
        else if (kept)
            shape[ndim++] = 1;
    }
    r->compute = compute;
    r->params.statistics.reduce = (fm_reduce_params){
        .axes = axes, .keepdims = kept, .flat = fm_arg_absent(&bound->values[FM_STATISTICS_AXIS])};
    fm_output_set(r, 0, out, ndim, shape);
    return FM_OK;
}

fm_status fm_statistics_need_elements(const fm_bound *bound, const fm_resolved *r,
                                      fm_error *error) {
    const fm_layout *a = r->in[0];
    int empty = -1;
    for (int d = 0; d < a->ndim; d++) {
        if (fm_layout_shape(a)[d] == 0 && r->params.statistics.reduce.axes >> d & 1) empty = d;
    }
    if (empty < 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                      "axis %d has extent 0, but the %s of no elements is not defined", empty,
                      bound->row->name);
}

fm_status fm_statistics_check_mask(const fm_bound *bound, const fm_layout *a, int where,
                                   fm_error *error) {
    const fm_layout *mask = fm_value_layout(&bound->values[where]);
    if (mask == NULL) return FM_OK;
    bool fits = mask->ndim <= a->ndim;
    for (int d = 0; fits && d < mask->ndim; d++) {
        int64_t extent = fm_layout_shape(mask)[mask->ndim - 1 - d];
        fits = extent == 1 || extent == fm_layout_shape(a)[a->ndim - 1 - d];
    }
    char mine[160], other[160];
    if (!fits)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, where + 1,
                          "a mask of shape %s does not broadcast to a's %s",
                          fm_shape_format(mask->ndim, fm_layout_shape(mask), mine, sizeof mine),
                          fm_shape_format(a->ndim, fm_layout_shape(a), other, sizeof other));
    if (mask->dtype == FM_BOOL) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, where + 1,
                      "a mask of %s, but masks are bool", fm_dtype_name(mask->dtype));
}

fm_status fm_statistics_cost(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    fm_status status = fm_cost_reduce(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                      r->in[0]->symmetry, r->params.statistics.reduce.axes);
    if (r->out[0].ndim < 0) return fm_cost_result(bound, status, error);
    return fm_cost_close(bound, r, work, status, error);
}

fm_status fm_statistics_dtype(const fm_bound *bound, fm_dtype a, int dtype, fm_dtype *compute,
                              fm_error *error) {
    fm_dtype usual = fm_statistics_has_nan(a) ? a : FM_FLOAT64;
    *compute = fm_arg_dtype(&bound->values[dtype], usual);
    if (fm_statistics_has_nan(*compute)) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, dtype + 1,
                      "dtype %s, in which %s of %s has no place", fm_dtype_name(*compute),
                      bound->row->name, fm_dtype_name(a));
}

fm_tensor *fm_statistics_mask(fm_program *p, fm_value where, const fm_tensor *a) {
    const fm_tensor *mask = fm_program_as_tensor(p, &where);
    if (p->status != FM_OK) return NULL;
    return FM_DO(p, "broadcast_to", V_T(mask), V_INTS(fm_layout_shape(a->layout), a->layout->ndim));
}
