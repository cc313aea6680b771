/* Reductions that pass NaN over: one kernel where the elements can be NaN, else the plain
   reduction; masks and first values beside them. */
#include "ops/statistics.h"

#include <math.h>

/* nansum, nanprod */

enum { P_DTYPE = 2, P_KEEPDIMS, P_INITIAL, P_WHERE };

fm_status fm_nan_sum_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    fm_dtype compute = fm_arg_dtype(&bound->values[P_DTYPE], a->dtype);
    bool plain = !fm_statistics_has_nan(a->dtype);
    char kind = fm_dtype_kind(a->dtype);
    if (plain && fm_arg_absent(&bound->values[P_DTYPE]))
        compute = kind == 'u' ? FM_UINT64 : FM_INT64;
    FM_TRY(fm_statistics_check_mask(bound, a, P_WHERE, error));
    FM_TRY(fm_statistics_shape(bound, r, P_KEEPDIMS, compute, compute, error));
    r->program = plain || !fm_can_cast(a->dtype, compute, FM_CAST_SAME_KIND) ||
                 !fm_arg_absent(&bound->values[P_WHERE]) ||
                 !fm_arg_absent(&bound->values[P_INITIAL]);
    return FM_OK;
}

/* a, with `other` where the mask is false. */
static fm_value masked(fm_program *p, fm_value a, fm_value where, fm_value other) {
    if (fm_arg_absent(&where)) return a;
    return V_T(FM_DO(p, "where", where, a, other));
}

/* Whether elements of dtype a are still what they are once they are of the dtype asked for. */
static bool keeps_nan(fm_dtype a, const fm_value *dtype) {
    return fm_can_cast(a, fm_arg_dtype(dtype, a), FM_CAST_SAME_KIND);
}

fm_status fm_nan_sum_run(fm_program *p) {
    bool product = p->row->op == FM_STATISTIC_nanprod;
    fm_value first = fm_arg(p, P_INITIAL), dtype = fm_arg(p, P_DTYPE);
    fm_value a = fm_arg(p, FM_STATISTICS_A);
    bool nan = fm_statistics_has_nan(fm_value_layout(&a)->dtype);
    a = masked(p, a, fm_arg(p, P_WHERE), V_I(product));
    if (nan && !keeps_nan(fm_value_layout(&a)->dtype, &dtype)) {
        a = V_T(FM_DO(p, "where", V_T(FM_DO(p, "isnan", a)), V_I(product), a));
        nan = false;
    }
    const fm_row *row = nan ? p->row : product ? FM_ROW_ONCE("prod") : FM_ROW_ONCE("sum");
    fm_value values[4] = {a, fm_arg(p, FM_STATISTICS_AXIS), dtype, fm_arg(p, P_KEEPDIMS)};
    fm_tensor *out = fm_do(p, row, values, 4);
    if (!fm_arg_absent(&first) && out != NULL) {
        fm_dtype result = out->layout->dtype;
        if (!fm_statistics_has_nan(result)) first = V_T(FM_DO(p, "astype", first, V_D(result)));
        out = product ? FM_DO(p, "multiply", V_T(out), first) : FM_DO(p, "add", V_T(out), first);
        if (out != NULL && out->layout->dtype != result)
            out = FM_DO(p, "astype", V_T(out), V_D(result));
    }
    fm_program_return(p, 0, out);
    return p->status;
}

/* nanmean */

enum { P_MEAN_WHERE = 4 };

fm_status fm_nan_mean_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    const bool nan = fm_statistics_has_nan(a->dtype);
    fm_dtype compute = fm_arg_dtype(&bound->values[P_DTYPE], FM_FLOAT64);
    if (nan) FM_TRY(fm_statistics_dtype(bound, a->dtype, P_DTYPE, &compute, error));
    FM_TRY(fm_statistics_check_mask(bound, a, P_MEAN_WHERE, error));
    FM_TRY(fm_statistics_shape(bound, r, P_KEEPDIMS, compute, compute, error));
    r->program = !nan || !keeps_nan(a->dtype, &bound->values[P_DTYPE]) ||
                 !fm_arg_absent(&bound->values[P_MEAN_WHERE]);
    return FM_OK;
}

/* Complex elements in a real dtype: NaN in either part is left out before parts are. */
static fm_tensor *mean_of_parts(fm_program *p, const fm_value *values) {
    fm_tensor *nan = FM_DO(p, "isnan", values[0]);
    fm_tensor *kept = FM_DO(p, "where", V_T(nan), V_I(0), values[0]);
    fm_tensor *sum = FM_DO(p, "sum", V_T(kept), values[1], values[2], values[3]);
    nan = FM_DO(p, "logical_not", V_T(nan));
    fm_tensor *count = FM_DO(p, "sum", V_T(nan), values[1], V_D(FM_INT64), values[3]);
    return FM_DO(p, "astype", V_T(FM_DO(p, "divide", V_T(sum), V_T(count))), values[2]);
}

/* Masked elements are made NaN: they are passed over as well. What has no NaN is left to mean. */
fm_status fm_nan_mean_run(fm_program *p) {
    fm_value a = fm_arg(p, FM_STATISTICS_A), where = fm_arg(p, P_MEAN_WHERE);
    fm_value values[5] = {a, fm_arg(p, FM_STATISTICS_AXIS), fm_arg(p, P_DTYPE),
                          fm_arg(p, P_KEEPDIMS), where};
    if (!fm_statistics_has_nan(fm_value_layout(&a)->dtype)) {
        fm_program_return(p, 0, fm_do(p, FM_ROW_ONCE("mean"), values, 5));
        return p->status;
    }
    values[0] = masked(p, a, where, V_F((double)NAN));
    const bool cut = !keeps_nan(fm_value_layout(&a)->dtype, &values[2]);
    fm_program_return(p, 0, cut ? mean_of_parts(p, values) : fm_do(p, p->row, values, 4));
    return p->status;
}

/* nanmax, nanmin */

enum { P_MAX_KEEPDIMS = 2, P_MAX_INITIAL, P_MAX_WHERE };

fm_status fm_nan_extremum_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    bool first = !fm_arg_absent(&bound->values[P_MAX_INITIAL]);
    bool masks = !fm_arg_absent(&bound->values[P_MAX_WHERE]);
    FM_TRY(fm_statistics_check_mask(bound, a, P_MAX_WHERE, error));
    FM_TRY(fm_statistics_shape(bound, r, P_MAX_KEEPDIMS, a->dtype, a->dtype, error));
    if (masks && !first)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_MAX_WHERE + 1,
                          "where needs initial: %s has no value of its own", bound->row->name);
    if (!first) FM_TRY(fm_statistics_need_elements(bound, r, error));
    r->program = first || !fm_statistics_has_nan(a->dtype);
    return FM_OK;
}

/* Without elements all is the first value, which fmax and fmin take in last. */
static fm_tensor *with_first(fm_program *p, fm_value a, bool least) {
    fm_value first = fm_arg(p, P_MAX_INITIAL), axis = fm_arg(p, FM_STATISTICS_AXIS);
    fm_value keepdims = fm_arg(p, P_MAX_KEEPDIMS);
    const fm_layout *layout = fm_value_layout(&a);
    fm_tensor *found;
    if (layout->size == 0) {
        fm_tensor *none = FM_DO(p, "sum", a, axis, V_D(layout->dtype), keepdims);
        return FM_DO(p, "full_like", V_T(none), first);
    }
    a = masked(p, a, fm_arg(p, P_MAX_WHERE), first);
    found = fm_do(p, p->row, (fm_value[]){a, axis, keepdims}, 3);
    found = least ? FM_DO(p, "fmin", V_T(found), first) : FM_DO(p, "fmax", V_T(found), first);
    return FM_DO(p, "astype", V_T(found), V_D(layout->dtype));
}

fm_status fm_nan_extremum_run(fm_program *p) {
    fm_value a = fm_arg(p, FM_STATISTICS_A), first = fm_arg(p, P_MAX_INITIAL);
    bool least = p->row->op == FM_STATISTIC_nanmin;
    if (!fm_arg_absent(&first)) {
        fm_program_return(p, 0, with_first(p, a, least));
        return p->status;
    }
    fm_value values[3] = {a, fm_arg(p, FM_STATISTICS_AXIS), fm_arg(p, P_MAX_KEEPDIMS)};
    fm_program_return(p, 0, fm_do(p, least ? FM_ROW_ONCE("min") : FM_ROW_ONCE("max"), values, 3));
    return p->status;
}

/* nanargmax, nanargmin */

fm_status fm_nan_place_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *axis = &bound->values[FM_STATISTICS_AXIS];
    if (axis->kind == FM_VALUE_INTS && axis->count != 1)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, FM_STATISTICS_AXIS + 1,
                          "%u axes, but it takes 1 or None", axis->count);
    FM_TRY(fm_statistics_shape(bound, r, P_MAX_KEEPDIMS, r->in[0]->dtype, FM_INT64, error));
    return fm_statistics_need_elements(bound, r, error);
}

/* A line of nothing but NaN has no place: its extremum is NaN. */
fm_status fm_nan_place_run(fm_program *p) {
    fm_value values[3] = {fm_arg(p, FM_STATISTICS_A), fm_arg(p, FM_STATISTICS_AXIS),
                          fm_arg(p, P_MAX_KEEPDIMS)};
    bool least = p->row->op == FM_STATISTIC_nanargmin;
    if (!fm_statistics_has_nan(fm_value_layout(&values[0])->dtype)) {
        const fm_row *plain = least ? FM_ROW_ONCE("argmin") : FM_ROW_ONCE("argmax");
        fm_program_return(p, 0, fm_do(p, plain, values, 3));
        return p->status;
    }
    const fm_row *extremum = least ? FM_ROW_ONCE("nanmin") : FM_ROW_ONCE("nanmax");
    const fm_row *place = least ? FM_ROW_ONCE("_nanargmin") : FM_ROW_ONCE("_nanargmax");
    fm_tensor *nan = FM_DO(p, "isnan", V_T(fm_do(p, extremum, values, 2)));
    static const char nothing[] = "all of its elements are NaN";
    if (!fm_program_watch(p, nan, FM_ERR_NUMERIC, "ValueError", 1, nothing) &&
        fm_program_int(p, FM_DO(p, "any", V_T(nan))) != 0)
        return fm_program_raise(p, FM_ERR_NUMERIC, "ValueError", 1, nothing);
    fm_program_return(p, 0, fm_do(p, place, values, 3));
    return p->status;
}
