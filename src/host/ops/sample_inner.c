/* The kernels of samplers as programs call them: rows that users do not see. */
#include "ops/sample.h"

#include <string.h>

/* _sample(which, a, b, c, size, dtype) */
fm_status fm_infer_inner_draw(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int which = (int)bound->values[0].as.i, ndim;
    int64_t shape[FM_MAX_NDIM];
    const fm_distribution *distribution = fm_distribution_of(which);
    fm_dtype usual = distribution->whole ? FM_INT64 : FM_FLOAT64;
    fm_operands_clear(r);
    for (int k = 0; k < distribution->parameters; k++)
        if (!fm_arg_absent(&bound->values[1 + k])) fm_operand_add(bound, r, 1 + k, 0);
    FM_TRY(fm_arg_shape(bound, 4, false, &ndim, shape, error));
    r->compute = fm_arg_dtype(&bound->values[5], usual);
    r->params.sample = (fm_sample_params){.which = which, .legacy = 1};
    fm_output_set(r, 0, r->compute, ndim, shape);
    return fm_sample_consume(bound, r, distribution->words, error);
}

/* _sample_check(which, legacy, a, b, c) */
fm_status fm_infer_inner_check(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_sample_params *params = &r->params.sample;
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    fm_operands_clear(r);
    *params = (fm_sample_params){.which = (int)bound->values[0].as.i,
                                 .legacy = bound->values[1].as.i != 0};
    for (int k = 0; k < fm_distribution_of(params->which)->parameters; k++) {
        if (fm_arg_absent(&bound->values[2 + k])) continue;
        const fm_layout *x = fm_operand_add(bound, r, 2 + k, 0);
        if (!fm_sample_broadcast(&ndim, shape, x->ndim, fm_layout_shape(x)))
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, k + 1,
                              "the parameters do not broadcast");
    }
    params->ndim = ndim;
    memcpy(params->shape, shape, (size_t)ndim * sizeof *shape);
    r->compute = FM_INT64;
    fm_output_set(r, 0, FM_INT64, 0, NULL);
    return FM_OK;
}

/* _whole(low, width, size, dtype, narrow): numbers, or int64 tensors with the bits of uint64. */
fm_status fm_infer_inner_whole(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    bool arrays = bound->values[0].kind == FM_VALUE_TENSOR;
    fm_operands_clear(r);
    FM_TRY(fm_arg_shape(bound, 2, false, &ndim, shape, error));
    r->params.sample = (fm_sample_params){.narrow = bound->values[4].as.i != 0};
    if (arrays) {
        fm_operand_add(bound, r, 0, 0);
        fm_operand_add(bound, r, 1, 0);
    } else {
        r->params.sample.low = (uint64_t)bound->values[0].as.i;
        r->params.sample.width = (uint64_t)bound->values[1].as.i;
    }
    r->compute = bound->values[3].as.dtype;
    fm_output_set(r, 0, r->compute, ndim, shape);
    return fm_sample_consume(bound, r, r->params.sample.narrow ? 1 : 2, error);
}

/* _words(size, dtype) */
fm_status fm_infer_inner_words(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    fm_operands_clear(r);
    FM_TRY(fm_arg_shape(bound, 0, false, &ndim, shape, error));
    r->compute = bound->values[1].as.dtype;
    fm_output_set(r, 0, r->compute, ndim, shape);
    return fm_sample_consume(bound, r, r->compute == FM_UINT64 ? 2 : 1, error);
}

/* _order(n) */
fm_status fm_infer_inner_order(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t n = bound->values[0].as.i;
    fm_operands_clear(r);
    r->compute = FM_INT64;
    fm_output_set(r, 0, FM_INT64, 1, &n);
    return fm_sample_consume(bound, r, 2, error);
}

/* _pick(rising, size) */
fm_status fm_infer_inner_pick(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    FM_TRY(fm_arg_shape(bound, 1, false, &ndim, shape, error));
    r->compute = FM_INT64;
    fm_output_set(r, 0, FM_INT64, ndim, shape);
    return fm_sample_consume(bound, r, 2, error);
}

/* _multinomial(n, pvals, size), _multivariate_hypergeometric(drawn, colors, size, total): size
   includes the categories. */
fm_status fm_infer_inner_rows(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    fm_operand_add(bound, r, 1, 0);
    FM_TRY(fm_arg_shape(bound, 2, false, &ndim, shape, error));
    r->compute = FM_INT64;
    fm_output_set(r, 0, FM_INT64, ndim - 1, shape);
    FM_TRY(fm_sample_consume(bound, r, 1, error));
    if (bound->row->nparams > 3) r->params.sample.width = (uint64_t)bound->values[3].as.i;
    fm_output_set(r, 0, FM_INT64, ndim, shape);
    return FM_OK;
}
