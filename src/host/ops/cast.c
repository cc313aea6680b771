/* The rows that copy: into another dtype, or into memory of their own. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/ids.h"
#include "ops/param.h"

static fm_status infer_as(const fm_bound *bound, fm_resolved *r, fm_dtype dtype, fm_error *error) {
    r->compute = dtype;
    FM_TRY(fm_infer_broadcast(bound->row->name, r, error));
    r->out[0].dtype = dtype;
    r->nout = 1;
    return FM_OK;
}

static fm_status infer_astype(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(infer_as(bound, r, fm_arg_dtype(&bound->values[1], FM_DTYPE_NONE), error));
    return fm_infer_check_weak(bound, r, error);
}

static fm_status infer_copy(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_as(bound, r, r->in[0]->dtype, error);
}

static fm_status cost(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error) {
    fm_status status = fm_cost_free(work, fm_row_cost_name(bound->row));
    return fm_cost_close(bound, r, work, status, error);
}

#define ROW(name_, nparams_, infer_, meaning_)                                                     \
    .name = name_, .family = FM_FAMILY_CAST, .op = FM_CAST_copy, .nparams = nparams_, .nout = 1,   \
    .flags = FM_ROW_ELEMENTWISE | FM_ROW_SILENT, .infer = infer_, .cost = cost, .formula = "0",    \
    .dtypes = "bool int float complex", .meaning = meaning_

static const fm_row rows[] = {
    {
        ROW("astype", 3, infer_astype, "A copy in another dtype; floats are cut towards zero."),
        .params = {FM_P_TENSOR("x"),
                   {.name = "dtype", .takes = FM_TAKES_DTYPE, .flags = FM_PARAM_REQUIRED},
                   FM_P_BOOL_DEFAULT("copy", 1)},
    },
    {
        ROW("copy", 1, infer_copy, "A row-major copy."),
        .params = {FM_P_TENSOR("a")},
    },
};

const fm_row_table fm_rows_cast = {rows, sizeof rows / sizeof rows[0]};
