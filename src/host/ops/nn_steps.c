/* Rows of the optimizer steps: what sgd and adam read, write and cost. */
#include "ops/nn_args.h"

#include <math.h>

/* w first; every other operand has its shape and dtype. */
static fm_status check_state(const fm_bound *bound, fm_resolved *r, int count, fm_error *error) {
    fm_operands_clear(r);
    for (int p = 0; p < count; p++) fm_operand_add(bound, r, p, 0);
    for (int i = 0; i < count; i++) {
        FM_TRY(fm_nn_floating(bound, r, i, error));
        FM_TRY(fm_nn_same_dtype(bound, r, i, error));
        FM_TRY(fm_nn_shape(bound, r, i, r->in[0]->ndim, fm_layout_shape(r->in[0]), "argument 1",
                           error));
    }
    r->compute = r->in[0]->dtype;
    r->params.nn = (fm_nn_params){0};
    return FM_OK;
}

static double number_of(const fm_value *value) {
    if (value->kind == FM_VALUE_FLOAT) return value->as.f;
    return (double)fm_arg_int(value, 0);
}

static fm_status not_negative(const fm_bound *bound, int param, fm_error *error) {
    double x = number_of(&bound->values[param]);
    if (x >= 0 && isfinite(x)) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "%s %g, but it is at least 0 and finite", bound->row->params[param].name, x);
}

/* Parameters: w g velocity lr momentum weight_decay nesterov. */
fm_status fm_infer_sgd(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(check_state(bound, r, 3, error));
    FM_TRY(not_negative(bound, 4, error));
    FM_TRY(not_negative(bound, 5, error));
    double momentum = number_of(&bound->values[4]);
    r->params.nn.nesterov = fm_arg_int(&bound->values[6], 0) != 0;
    if (momentum != 0 && r->in[2] == NULL)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "None, but momentum %g needs a velocity", momentum);
    if (r->params.nn.nesterov && r->in[2] == NULL)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 7,
                          "nesterov, but momentum is %g", momentum);
    fm_nn_output_in_place(r, 0, 0);
    fm_nn_output_in_place(r, 1, 2);
    for (int p = 3; p < 6; p++) fm_nn_scalar(r, p);
    return FM_OK;
}

/* Parameters: w g m v lr beta1 beta2 epsilon weight_decay step. */
fm_status fm_infer_adam(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(check_state(bound, r, 4, error));
    FM_TRY(not_negative(bound, 8, error));
    fm_nn_output_in_place(r, 0, 0);
    fm_nn_output_in_place(r, 1, 2);
    fm_nn_output_in_place(r, 2, 3);
    for (int p = 4; p < 10; p++) fm_nn_scalar(r, p);
    return FM_OK;
}

/* Counts over all elements of w: times each of the ops. */
typedef struct step_count {
    const char *op;
    int times;
} step_count;

static fm_status add_counts(fm_work *work, const fm_resolved *r, const step_count *counts, int n) {
    fm_status status = FM_OK;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < counts[i].times; j++)
            fm_nn_add(work, &status, counts[i].op, (fm_u128)r->in[0]->size);
    return status;
}

fm_status fm_cost_of_sgd(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    int momentum = r->in[2] != NULL, nesterov = r->params.nn.nesterov != 0;
    int decay = number_of(&bound->values[5]) != 0;
    step_count counts[] = {{"multiply", 1 + momentum + nesterov + decay},
                           {"subtract", 1},
                           {"add", momentum + nesterov + decay}};
    return fm_cost_close(bound, r, work, add_counts(work, r, counts, 3), error);
}

fm_status fm_cost_of_adam(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    int decay = number_of(&bound->values[8]) != 0;
    step_count counts[] = {{"multiply", 5 + decay}, {"square", 1},          {"add", 3}, {"sqrt", 1},
                           {"divide", 2},           {"subtract", 1 + decay}};
    return fm_cost_close(bound, r, work, add_counts(work, r, counts, 6), error);
}
