/* Rows of statistics: spreads, correlations, averages, counts, reductions that skip NaN. */
#include "ops/statistics.h"

/* ptp: max - min over axes. */
static fm_status run_ptp(fm_program *p) {
    fm_value a = fm_arg(p, 0), axis = fm_arg(p, 1), keepdims = fm_arg(p, 2);
    fm_tensor *high = FM_DO(p, "max", a, axis, keepdims);
    fm_tensor *low = FM_DO(p, "min", a, axis, keepdims);
    fm_program_return(p, 0, FM_DO(p, "subtract", V_T(high), V_T(low)));
    return p->status;
}

static fm_status infer_ptp(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_dtype dtype = r->in[0]->dtype;
    FM_TRY(fm_statistics_shape(bound, r, 2, dtype, dtype, error));
    FM_TRY(fm_statistics_need_elements(bound, r, error));
    if (dtype != FM_BOOL) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                      "elements of bool have no difference");
}

static fm_status infer_count(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return fm_statistics_shape(bound, r, 2, FM_BOOL, FM_INT64, error);
}

static fm_status infer_place(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return fm_statistics_shape(bound, r, 2, r->in[0]->dtype, FM_INT64, error);
}

#define STATISTIC(name_, id_, infer_, run_, dtypes_, ulp_, meaning_)                               \
    .name = (name_), .family = FM_FAMILY_STATISTICS, .op = FM_STATISTIC_##id_, .nout = 1,          \
    .has_kernel = true, .infer = (infer_), .cost = fm_statistics_cost, .run = (run_),              \
    .formula = "in - out", .dtypes = (dtypes_), .ulp = (ulp_), .meaning = (meaning_)
#define PROGRAM(name_, infer_, run_, dtypes_, ulp_, meaning_)                                      \
    .name = (name_), .family = FM_FAMILY_STATISTICS, .nout = 1, .infer = (infer_), .run = (run_),  \
    .dtypes = (dtypes_), .ulp = (ulp_), .meaning = (meaning_)
#define A_AXIS   FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axis")
#define KEEPDIMS FM_P_BOOL_DEFAULT("keepdims", 0)
#define FLOAT_OR_NONE(name_)                                                                       \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_FLOAT | FM_TAKES_NONE, .otherwise = {                   \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define SPREAD                                                                                     \
    .nparams = 8,                                                                                  \
    .params = {A_AXIS,                                                                             \
               FM_P_DTYPE_OR_NONE("dtype"),                                                        \
               {.name = "ddof", .takes = FM_TAKES_FLOAT, .otherwise = {.kind = FM_VALUE_INT}},     \
               KEEPDIMS,                                                                           \
               FM_P_TENSOR_OR_NONE("where"),                                                       \
               FM_P_TENSOR_OR_NONE("mean"),                                                        \
               FLOAT_OR_NONE("correction")}
#define SUMS                                                                                       \
    .nparams = 6, .params = {A_AXIS, FM_P_DTYPE_OR_NONE("dtype"), KEEPDIMS,                        \
                             FM_P_TENSOR_OR_NONE("initial"), FM_P_TENSOR_OR_NONE("where")}
#define EXTREMA                                                                                    \
    .nparams = 5,                                                                                  \
    .params = {A_AXIS, KEEPDIMS, FM_P_TENSOR_OR_NONE("initial"), FM_P_TENSOR_OR_NONE("where")}
#define PLACES .nparams = 3, .params = {A_AXIS, KEEPDIMS}
#define ALL    "bool int float complex"
#define FLOATS "float complex"

static const fm_row rows[] = {
    {PROGRAM("ptp", infer_ptp, run_ptp, "int float complex", 0,
             "Largest less smallest element over axes."),
     .cost = fm_statistics_cost, .formula = "in - out", PLACES},
    {STATISTIC("count_nonzero", count_nonzero, infer_count, NULL, ALL, 0,
               "Number of elements over axes that are not zero."),
     PLACES},
    {STATISTIC("var", var, fm_spread_infer, fm_spread_run, ALL, 16,
               "Mean squared distance from the mean over axes."),
     SPREAD},
    {STATISTIC("std", std, fm_spread_infer, fm_spread_run, ALL, 16, "Square root of the variance."),
     SPREAD},
    {STATISTIC("nanvar", nanvar, fm_spread_infer, fm_spread_run, ALL, 16,
               "Variance of what is not NaN."),
     SPREAD},
    {STATISTIC("nanstd", nanstd, fm_spread_infer, fm_spread_run, ALL, 16,
               "Square root of the variance of what is not NaN."),
     SPREAD},
    {STATISTIC("nansum", nansum, fm_nan_sum_infer, fm_nan_sum_run, ALL, 4,
               "Sum of what is not NaN over axes."),
     SUMS},
    {STATISTIC("nanprod", nanprod, fm_nan_sum_infer, fm_nan_sum_run, ALL, 8,
               "Product of what is not NaN over axes."),
     SUMS},
    {STATISTIC("nanmean", nanmean, fm_nan_mean_infer, fm_nan_mean_run, ALL, 4,
               "Mean of what is not NaN over axes."),
     .nparams = 5,
     .params = {A_AXIS, FM_P_DTYPE_OR_NONE("dtype"), KEEPDIMS, FM_P_TENSOR_OR_NONE("where")}},
    {STATISTIC("nanmax", nanmax, fm_nan_extremum_infer, fm_nan_extremum_run, ALL, 0,
               "Largest of what is not NaN over axes; NaN where all is."),
     EXTREMA},
    {STATISTIC("nanmin", nanmin, fm_nan_extremum_infer, fm_nan_extremum_run, ALL, 0,
               "Smallest of what is not NaN over axes; NaN where all is."),
     EXTREMA},
    {PROGRAM("nanargmax", fm_nan_place_infer, fm_nan_place_run, ALL, 0,
             "Index of the first largest element that is not NaN."),
     .op = FM_STATISTIC_nanargmax, .cost = fm_statistics_cost, .formula = "in - out", PLACES},
    {PROGRAM("nanargmin", fm_nan_place_infer, fm_nan_place_run, ALL, 0,
             "Index of the first smallest element that is not NaN."),
     .op = FM_STATISTIC_nanargmin, .cost = fm_statistics_cost, .formula = "in - out", PLACES},
    {STATISTIC("_nanargmax", nanargmax, infer_place, NULL, FLOATS, 0,
               "The same, NaN counted as -inf."),
     PLACES},
    {STATISTIC("_nanargmin", nanargmin, infer_place, NULL, FLOATS, 0,
               "The same, NaN counted as inf."),
     PLACES},
    {PROGRAM("average", fm_average_infer, fm_average_run, ALL, 8,
             "Mean with weights; with returned their sum too."),
     .flags = FM_ROW_REPLY, .cost = fm_statistics_cost, .formula = "in - out", .nparams = 5,
     .params = {A_AXIS, FM_P_TENSOR_OR_NONE("weights"), FM_P_BOOL_DEFAULT("returned", 0),
                KEEPDIMS}},
    {PROGRAM("cov", fm_cov_infer, fm_cov_run, ALL, 16,
             "Covariances of variables, which are rows or columns."),
     .cost = fm_cov_cost, .formula = "2f^2s", .nparams = 8,
     .params = {FM_P_TENSOR("m"), FM_P_TENSOR_OR_NONE("y"), FM_P_BOOL_DEFAULT("rowvar", 1),
                FM_P_BOOL_DEFAULT("bias", 0), FLOAT_OR_NONE("ddof"),
                FM_P_TENSOR_OR_NONE("fweights"), FM_P_TENSOR_OR_NONE("aweights"),
                FM_P_DTYPE_OR_NONE("dtype")}},
    {PROGRAM("corrcoef", fm_corrcoef_infer, fm_corrcoef_run, ALL, 16,
             "Correlation coefficients of variables."),
     .cost = fm_cov_cost, .formula = "2f^2s", .nparams = 4,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR_OR_NONE("y"), FM_P_BOOL_DEFAULT("rowvar", 1),
                FM_P_DTYPE_OR_NONE("dtype")}},
};

const fm_row_table fm_rows_statistics = {rows, (int)(sizeof rows / sizeof *rows)};
