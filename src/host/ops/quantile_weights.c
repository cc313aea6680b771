/* Quantiles of elements that have weights. */
#include "ops/quantile.h"

#include <string.h>

/* Sums of weights up to each element, divided by the whole; 0 is put before every quantile. */
static fm_tensor *distribution(fm_program *p, const fm_lines *l, fm_tensor *weights,
                               fm_dtype dtype) {
    const int axis = l->nkept;
    fm_tensor *sums = FM_DO(p, "cumsum", V_T(weights), V_I(axis));
    fm_tensor *whole = fm_sort_slice(p, sums, axis, l->n - 1, 1);
    fm_tensor *part = FM_DO(p, "divide", V_T(sums), V_T(whole));
    if (dtype != FM_FLOAT64) part = FM_DO(p, "astype", V_T(part), V_D(dtype));
    return FM_DO(p, "where", V_T(FM_DO(p, "equal", V_T(part), V_I(0))), V_F(-1), V_T(part));
}

static bool weights_are_bad(fm_program *p, fm_tensor *weights, fm_tensor *part, fm_tensor *valid,
                            const fm_lines *l, int argument) {
    static const char negative[] = "a weight is below 0",
                      useless[] = "weights are NaN, infinite or all 0";
    fm_tensor *below = FM_DO(p, "less", V_T(weights), V_I(0));
    if (!fm_program_watch(p, below, FM_ERR_ARGUMENT, NULL, argument, negative) &&
        fm_program_int(p, FM_DO(p, "any", V_T(below))) != 0) {
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "%s", negative);
        return true;
    }
    fm_tensor *end = fm_sort_slice(p, part, l->nkept, l->n - 1, 1);
    fm_tensor *bad = FM_DO(p, "isnan", V_T(end));
    if (valid != NULL) {
        int64_t shape[FM_MAX_NDIM];
        memcpy(shape, l->kept, (size_t)l->nkept * sizeof *shape);
        shape[l->nkept] = 1;
        fm_tensor *some = FM_DO(p, "greater", V_T(valid), V_I(0));
        some = FM_DO(p, "reshape", V_T(some), V_INTS(shape, l->nkept + 1));
        bad = FM_DO(p, "logical_and", V_T(bad), V_T(some));
    }
    if (fm_program_watch(p, bad, FM_ERR_ARGUMENT, NULL, argument, useless) ||
        fm_program_int(p, FM_DO(p, "any", V_T(bad))) == 0)
        return p->status != FM_OK;
    (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "%s", useless);
    return true;
}

fm_tensor *fm_quantiles_by_weight(fm_program *p, const fm_lines *l, const fm_quantiles *q,
                                  fm_tensor *weights, int argument, bool skip) {
    const int axis = l->nkept;
    const int64_t last = axis;
    fm_tensor *valid = skip ? fm_lines_valid(p, l) : NULL;
    fm_tensor *order = FM_DO(p, "argsort", V_T(l->lines), V_I(-1));
    fm_tensor *sorted = fm_sort_take_along(p, l->lines, order, axis);
    fm_tensor *weight = fm_sort_take_along(p, weights, order, axis);
    if (skip) weight = FM_DO(p, "where", V_T(FM_DO(p, "isnan", V_T(sorted))), V_F(0), V_T(weight));
    fm_tensor *part = distribution(p, l, weight, q->whole ? FM_FLOAT64 : q->dtype);
    if (weights_are_bad(p, weights, part, valid, l, argument)) return NULL;
    fm_tensor *most = valid != NULL ? FM_DO(p, "subtract", V_T(valid), V_I(1)) : NULL;
    const fm_tensor **each = fm_program_memory(p, (size_t)q->count * sizeof *each + 1);
    for (int64_t i = 0; each != NULL && i < q->count; i++) {
        fm_tensor *before = FM_DO(p, "less", V_T(part), V_F(q->q[i]));
        fm_tensor *place = FM_DO(p, "sum", V_T(before), V_INTS(&last, 1), V_D(FM_INT64));
        place = FM_DO(p, "minimum", V_T(place), most != NULL ? V_T(most) : V_I(l->n - 1));
        each[i] = FM_DO(p, "maximum", V_T(place), V_I(0));
    }
    if (p->status != FM_OK || q->count == 0) return NULL;
    fm_tensor *place = FM_DO(p, "stack", V_TS(each, q->count), V_I(-1));
    fm_tensor *result = fm_sort_take_along(p, sorted, place, axis);
    if (fm_lines_may_have_nan(l)) {
        fm_tensor *end = fm_sort_slice(p, sorted, axis, skip ? 0 : l->n - 1, 1);
        result = FM_DO(p, "where", V_T(FM_DO(p, "isnan", V_T(end))), V_T(end), V_T(result));
    }
    int64_t shape[FM_MAX_NDIM];
    memcpy(shape, l->kept, (size_t)axis * sizeof *shape);
    for (int d = 0; d < q->ndim; d++) shape[axis + d] = q->shape[d];
    return FM_DO(p, "reshape", V_T(result), V_INTS(shape, axis + q->ndim));
}
