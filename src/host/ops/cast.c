/* The rows that copy: into another dtype, or into memory of their own. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"
#include "ops/view.h"

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

/* Row-major, or column by column on request: then the transposed array is copied. */
static fm_status infer_copy(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    char order;
    const fm_layout *a = r->in[0];
    FM_TRY(fm_arg_order(bound, 1, 'C', &order, error));
    if (order == 'A' && fm_view_is_fortran(a->ndim, fm_layout_shape(a), fm_layout_strides(a)))
        order = 'F';
    r->program = order == 'F' && a->ndim > 1;
    return infer_as(bound, r, a->dtype, error);
}

static fm_status run_copy(fm_program *p) {
    fm_tensor *rows = FM_DO(p, "copy", V_T(FM_DO(p, "transpose", fm_arg(p, 0))));
    fm_program_return(p, 0, FM_DO(p, "transpose", V_T(rows)));
    return p->status;
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
        .params = {{.name = "x",
                    .takes = FM_TAKES_TENSOR,
                    .flags = FM_PARAM_REQUIRED | FM_PARAM_STRICT},
                   {.name = "dtype", .takes = FM_TAKES_DTYPE, .flags = FM_PARAM_REQUIRED},
                   FM_P_BOOL_DEFAULT("copy", 1)},
    },
    {
        ROW("copy", 3, infer_copy, "A copy, row-major unless order is 'F'."),
        .run = run_copy,
        .has_kernel = true,
        .params = {FM_P_TENSOR("a"), FM_P_TEXT_OR_NONE("order"), FM_P_BOOL_DEFAULT("subok", 0)},
    },
};

const fm_row_table fm_rows_cast = {rows, sizeof rows / sizeof rows[0]};
