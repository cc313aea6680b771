/* The rows of elementwise operations of three operands. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/elementwise_row.h"
#include "ops/ids.h"
#include "ops/param.h"

#define FM_TERNARY(id, b, i, f, c, ...) [FM_TERNARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops loops[FM_TERNARY_COUNT] = {
#include "ops/ternary.def"
};
#undef FM_TERNARY

/* The condition plays no part in the result's dtype; elements are moved, not computed, so float16
   and bfloat16 stay what they are. */
static fm_status infer_where(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *condition = r->in[0];
    r->nout = 1;
    FM_TRY(fm_infer_broadcast(bound->row->name, r, error));
    r->in[0] = NULL;
    r->compute = r->out[0].dtype = fm_operands_promote(r);
    fm_status status = fm_infer_check_weak(bound, r, error);
    r->in[0] = condition;
    return status;
}

static fm_status infer_clip(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const char *op = bound->row->name;
    r->nout = 1;
    FM_TRY(fm_infer_broadcast(op, r, error));
    FM_TRY(fm_infer_loop(op, loops[bound->row->op], fm_operands_promote(r), r, error));
    return fm_infer_check_weak(bound, r, error);
}

static fm_status cost_where(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    fm_status status = fm_cost_where(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                     fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_clip(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    fm_status status = fm_cost_clip(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                    fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

#define FLAGS_where 0
#define FLAGS_clip  FM_ROW_UFUNC
#define PARAMS_where                                                                               \
    { FM_P_TENSOR("condition"), FM_P_TENSOR("x"), FM_P_TENSOR("y") }
#define PARAMS_clip                                                                                \
    { FM_P_TENSOR("a"), FM_P_TENSOR_OR_NONE("a_min"), FM_P_TENSOR_OR_NONE("a_max") }

#define FM_TERNARY(id, b, i, f, c, error_ulp, line)                                                \
    {                                                                                              \
        .name = #id,                                                                               \
        .family = FM_FAMILY_TERNARY,                                                               \
        .op = FM_TERNARY_##id,                                                                     \
        .nparams = 3,                                                                              \
        .nout = 1,                                                                                 \
        .flags = FM_ROW_ELEMENTWISE | FLAGS_##id,                                                               \
        .params = PARAMS_##id,                                                                     \
        .infer = infer_##id,                                                                       \
        .cost = cost_##id,                                                                         \
        .formula = "n",                                                                            \
        .dtypes = FM_DTYPES(b, i, f, c),                                                           \
        .ulp = error_ulp,                                                                          \
        .meaning = line,                                                                           \
    },
static const fm_row rows[] = {
#include "ops/ternary.def"
};

const fm_row_table fm_rows_ternary = {rows, sizeof rows / sizeof rows[0]};
