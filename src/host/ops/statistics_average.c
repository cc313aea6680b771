/* average: a mean, or a mean with weights. */
#include "ops/statistics.h"

enum { P_A, P_AXIS, P_WEIGHTS, P_RETURNED, P_KEEPDIMS };

/* Weights are of a's shape, or of the extents of the axes given, in their order. */
static fm_status check_weights(const fm_bound *bound, const fm_layout *a, fm_error *error) {
    const fm_layout *weights = fm_value_layout(&bound->values[P_WEIGHTS]);
    int axes[FM_MAX_NDIM], count;
    if (weights == NULL || fm_statistics_same_shape(weights, a)) return FM_OK;
    if (fm_arg_absent(&bound->values[P_AXIS]))
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_WEIGHTS + 1,
                          "weights of another shape than a's need axis");
    FM_TRY(fm_arg_axis_list(bound, P_AXIS, a->ndim, axes, &count, error));
    bool fits = weights->ndim == count;
    for (int i = 0; fits && i < count; i++)
        fits = fm_layout_shape(weights)[i] == fm_layout_shape(a)[axes[i]];
    if (fits) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_WEIGHTS + 1,
                      "the weights' shape is not that of a along axis");
}

/* How many elements go into a mean are told where that is asked for or there are some. */
fm_status fm_average_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    FM_TRY(check_weights(bound, a, error));
    FM_TRY(fm_statistics_shape(bound, r, P_KEEPDIMS, a->dtype, FM_DTYPE_NONE, error));
    int64_t outputs = 1;
    for (int d = 0; d < r->out[0].ndim; d++) outputs *= r->out[0].shape[d];
    if (outputs == 0 && fm_arg_absent(&bound->values[P_WEIGHTS])) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_A + 1,
                   "there is no mean, so that no number of elements goes into one");
        return fm_fail_as(error, "ZeroDivisionError", FM_ERR_ARGUMENT);
    }
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* The weights as a tensor that broadcasts against a: the axes given, in a's order, others 1. */
static fm_tensor *spread_weights(fm_program *p, const fm_tensor *a, const fm_tensor *weights) {
    const int64_t *ints;
    int count = fm_arg_ints(&p->values[P_AXIS], &ints), ndim = a->layout->ndim;
    int64_t order[FM_MAX_NDIM], shape[FM_MAX_NDIM], axes[FM_MAX_NDIM];
    for (int d = 0; d < ndim; d++) shape[d] = 1;
    for (int i = 0; i < count; i++) {
        axes[i] = ints[i] < 0 ? ints[i] + ndim : ints[i];
        shape[axes[i]] = fm_layout_shape(a->layout)[axes[i]];
        int at = i;
        for (; at > 0 && axes[order[at - 1]] > axes[i]; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    fm_tensor *sorted = FM_DO(p, "transpose", V_T(weights), V_INTS(order, count));
    return FM_DO(p, "reshape", V_T(sorted), V_INTS(shape, ndim));
}

static void answer(fm_program *p, const fm_tensor *mean, const fm_tensor *scale) {
    fm_value pair[2] = {V_T(mean), V_T(scale)};
    bool returned = fm_arg_int(&p->values[P_RETURNED], 0) != 0;
    fm_program_reply(p, returned ? V_TUPLE(pair, 2) : pair[0]);
}

static void plain_average(fm_program *p, const fm_tensor *a) {
    fm_tensor *mean = FM_DO(p, "mean", V_T(a), fm_arg(p, P_AXIS), V_NONE, fm_arg(p, P_KEEPDIMS));
    fm_tensor *scale = NULL;
    if (p->status == FM_OK && fm_arg_int(&p->values[P_RETURNED], 0) != 0) {
        double count = (double)a->layout->size / (double)mean->layout->size;
        scale = FM_DO(p, "full_like", V_T(mean), V_F(count));
    }
    answer(p, mean, scale);
}

static fm_dtype weighted_dtype(fm_dtype a, fm_dtype weights) {
    fm_dtype both = fm_promote_types(a, weights);
    return fm_statistics_has_nan(a) ? both : fm_promote_types(both, FM_FLOAT64);
}

fm_status fm_average_run(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, P_A), *weights = fm_program_tensor(p, P_WEIGHTS);
    fm_value axis = fm_arg(p, P_AXIS), keepdims = fm_arg(p, P_KEEPDIMS);
    if (p->status != FM_OK) return p->status;
    if (weights == NULL) {
        plain_average(p, a);
        return p->status;
    }
    fm_dtype dtype = weighted_dtype(a->layout->dtype, weights->layout->dtype);
    if (!fm_statistics_same_shape(a->layout, weights->layout))
        weights = spread_weights(p, a, weights);
    fm_tensor *scale = FM_DO(p, "sum", V_T(weights), axis, V_D(dtype), keepdims);
    fm_tensor *zero = FM_DO(p, "equal", V_T(scale), V_I(0));
    if (fm_program_int(p, FM_DO(p, "any", V_T(zero))) != 0)
        return fm_program_raise(p, FM_ERR_NUMERIC, "ZeroDivisionError", P_WEIGHTS + 1,
                                "the weights' sum is 0");
    const fm_tensor *wide = a;
    if (p->status == FM_OK && a->layout->dtype != dtype)
        wide = FM_DO(p, "astype", V_T(a), V_D(dtype));
    fm_tensor *product = FM_DO(p, "multiply", V_T(wide), V_T(weights));
    fm_tensor *sum = FM_DO(p, "sum", V_T(product), axis, V_NONE, keepdims);
    fm_tensor *mean = FM_DO(p, "divide", V_T(sum), V_T(scale));
    if (p->status == FM_OK && !fm_statistics_same_shape(mean->layout, scale->layout))
        scale = FM_DO(p, "broadcast_to", V_T(scale),
                      V_INTS(fm_layout_shape(mean->layout), mean->layout->ndim));
    answer(p, mean, scale);
    return p->status;
}
