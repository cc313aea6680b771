/* var, std, nanvar, nanstd: one kernel without a mask or a mean that is given, else step by step.
 */
#include "ops/loops.h"
#include "ops/statistics.h"

#include <math.h>
#include <string.h>

enum { P_A, P_AXIS, P_DTYPE, P_DDOF, P_KEEPDIMS, P_WHERE, P_MEAN, P_CORRECTION };

static double number(const fm_value *value) {
    return value->kind == FM_VALUE_FLOAT ? value->as.f : (double)value->as.i;
}

/* What is taken from the number of elements: ddof, or correction under its newer name. */
static double taken(const fm_value *values) {
    return number(fm_arg_absent(&values[P_CORRECTION]) ? &values[P_DDOF] : &values[P_CORRECTION]);
}

static bool skips_nan(const fm_row *row) {
    return row->op == FM_STATISTIC_nanvar || row->op == FM_STATISTIC_nanstd;
}

/* The dtype of the result: real, unless a complex one was asked for. */
static fm_dtype result_dtype(const fm_value *values, fm_dtype compute) {
    return fm_arg_absent(&values[P_DTYPE]) ? fm_real_dtype(compute) : compute;
}

/* Whether differences from the mean, as NumPy takes them, have more digits than the sums. */
static bool stays_wide(fm_dtype given, fm_dtype compute) {
    return fm_statistics_has_nan(given) && fm_promote_types(given, compute) != compute;
}

/* A mean that is given is taken from the elements as both are, and bool has no difference. */
static fm_status check_mean(const fm_bound *bound, const fm_layout *a, fm_error *error) {
    const fm_layout *mean = fm_value_layout(&bound->values[P_MEAN]);
    if (mean == NULL || mean->dtype != FM_BOOL || a->dtype != FM_BOOL) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_MEAN + 1,
                      "the mean and the elements are bool, which have no difference");
}

/* nanvar and nanstd leave what has no NaN to var and std, whose kernels are of floats: integers are
   brought to them on the way. Another dtype than a's is NumPy's for their sums alone. */
fm_status fm_spread_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *values = bound->values;
    const fm_layout *a = r->in[0];
    fm_dtype compute;
    if (!fm_arg_absent(&values[P_CORRECTION]) && number(&values[P_DDOF]) != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_CORRECTION + 1,
                          "correction and ddof are given, but they are the same");
    FM_TRY(fm_statistics_dtype(bound, a->dtype, P_DTYPE, &compute, error));
    FM_TRY(fm_statistics_check_mask(bound, a, P_WHERE, error));
    FM_TRY(check_mean(bound, a, error));
    fm_dtype out = result_dtype(values, compute);
    FM_TRY(fm_statistics_shape(bound, r, P_KEEPDIMS, compute, out, error));
    r->params.statistics.ddof = taken(values);
    r->program = stays_wide(a->dtype, compute) || !fm_arg_absent(&values[P_WHERE]) ||
                 !fm_arg_absent(&values[P_MEAN]) ||
                 (skips_nan(bound->row) && compute != a->dtype) || fm_dtype_kind(out) == 'c';
    return FM_OK;
}

/* How many elements count along the axes, as int64. */
static fm_tensor *count_of(fm_program *p, const fm_tensor *mask, fm_value axis) {
    return FM_DO(p, "sum", V_T(mask), axis, V_D(FM_INT64), V_B(1));
}

/* |x|^2, real. */
static fm_tensor *squares(fm_program *p, const fm_tensor *x) {
    if (x == NULL) return NULL;
    if (fm_dtype_kind(x->layout->dtype) != 'c') return FM_DO(p, "square", V_T(x));
    fm_tensor *conjugate = FM_DO(p, "conjugate", V_T(x));
    return FM_DO(p, "real", V_T(FM_DO(p, "multiply", V_T(x), V_T(conjugate))));
}

/* Elements that do not count are 0 in both sums. */
fm_status fm_spread_run(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, P_A);
    fm_value axis = fm_arg(p, P_AXIS), where = fm_arg(p, P_WHERE), mean = fm_arg(p, P_MEAN);
    bool skips = skips_nan(p->row);
    bool root = p->row->op == FM_STATISTIC_std || p->row->op == FM_STATISTIC_nanstd;
    if (p->status != FM_OK) return p->status;
    fm_dtype given = a->layout->dtype;
    const fm_bound bound = {p->row, p->values, 0, NULL};
    if (fm_statistics_is_point(&bound, a->layout)) axis = V_NONE;
    if (skips && !fm_statistics_has_nan(given)) {
        const fm_row *plain = root ? FM_ROW_ONCE("std") : FM_ROW_ONCE("var");
        fm_value values[FM_MAX_PARAMS];
        memcpy(values, p->values, p->row->nparams * sizeof *values);
        values[P_AXIS] = axis;
        fm_program_return(p, 0, fm_do(p, plain, values, p->row->nparams));
        return p->status;
    }
    fm_dtype usual = fm_statistics_has_nan(given) ? given : FM_FLOAT64;
    fm_dtype compute = fm_arg_dtype(&p->values[P_DTYPE], usual);
    if (given != compute && !skips && !stays_wide(given, compute))
        a = FM_DO(p, "astype", V_T(a), V_D(compute));
    fm_tensor *mask = fm_statistics_mask(p, fm_arg_absent(&where) ? V_B(1) : where, a);
    if (skips) {
        fm_tensor *nan = FM_DO(p, "isnan", V_T(a));
        fm_tensor *number_ = FM_DO(p, "logical_not", V_T(nan));
        mask = FM_DO(p, "logical_and", V_T(mask), V_T(number_));
    }
    fm_tensor *count = count_of(p, mask, axis);
    if (fm_arg_absent(&mean)) {
        fm_tensor *counted = FM_DO(p, "where", V_T(mask), V_T(a), V_I(0));
        fm_tensor *sum = FM_DO(p, "sum", V_T(counted), axis, V_D(compute), V_B(1));
        fm_tensor *quotient = FM_DO(p, "divide", V_T(sum), V_T(count));
        mean = V_T(FM_DO(p, "astype", V_T(quotient), V_D(compute)));
    }
    fm_tensor *apart = FM_DO(p, "subtract", V_T(a), mean);
    if (skips) apart = FM_DO(p, "astype", V_T(apart), V_D(given));
    fm_tensor *square = squares(p, apart);
    square = FM_DO(p, "where", V_T(mask), V_T(square), V_I(0));
    fm_dtype result = result_dtype(p->values, compute);
    fm_value sums = V_D(fm_real_dtype(compute));
    fm_tensor *sum = FM_DO(p, "sum", V_T(square), axis, sums, V_B(1));
    if (fm_dtype_kind(result) == 'c') sum = FM_DO(p, "astype", V_T(sum), V_D(result));
    fm_tensor *freedom = FM_DO(p, "subtract", V_T(count), V_F(taken(p->values)));
    freedom = FM_DO(p, "maximum", V_T(freedom), V_F(0));
    fm_tensor *out = FM_DO(p, "divide", V_T(sum), V_T(freedom));
    if (skips) {
        fm_tensor *enough = FM_DO(p, "greater", V_T(freedom), V_F(0));
        out = FM_DO(p, "where", V_T(enough), V_T(out), V_F((double)NAN));
    }
    if (root) out = FM_DO(p, "sqrt", V_T(out));
    out = FM_DO(p, "astype", V_T(out), V_D(result));
    if (fm_arg_int(&p->values[P_KEEPDIMS], 0) == 0) out = FM_DO(p, "squeeze", V_T(out), axis);
    fm_program_return(p, 0, out);
    return p->status;
}
