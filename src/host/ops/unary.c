/* The rows of elementwise operations of one operand. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/elementwise_row.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"

#define FM_PI        3.14159265358979323846
#define IS_ANGLE(id) (FM_UNARY_##id == FM_UNARY_angle)

#define FM_UNARY(id, b, i, f, c, ...) [FM_UNARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops loops[FM_UNARY_COUNT] = {
#include "ops/unary.def"
};
#undef FM_UNARY

/* angle alone has a second parameter: degrees are the angle multiplied. */
static fm_status run_angle(fm_program *p) {
    fm_tensor *radians = FM_DO(p, "angle", fm_arg(p, 0));
    fm_program_return(p, 0, FM_DO(p, "multiply", V_T(radians), V_F(180 / FM_PI)));
    return p->status;
}

static fm_status infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const char *op = bound->row->name;
    r->nout = 1;
    r->program = bound->row->nparams == 2 && fm_arg_int(&bound->values[1], 0);
    FM_TRY(fm_infer_broadcast(op, r, error));
    return fm_infer_loop(op, loops[bound->row->op], fm_operands_promote(r), r, error);
}

/* The tests of flopscope 0.4.3 that cost nothing when empty. */
static bool without_floor(uint16_t op) {
    return op == FM_UNARY_isnan || op == FM_UNARY_isinf || op == FM_UNARY_isfinite;
}

static fm_status cost(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error) {
    if (!without_floor(bound->row->op)) return fm_cost_pointwise(bound, r, work, error);
    const char *op = fm_row_cost_name(bound->row);
    fm_status status = fm_cost_elements(work, op, fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

#define ROW(text, id, b, i, f, c, error_ulp, line)                                                 \
    {                                                                                              \
        .name = #text,                                                                             \
        .family = FM_FAMILY_UNARY,                                                                 \
        .op = FM_UNARY_##id,                                                                       \
        .nparams = IS_ANGLE(id) ? 2 : 1,                                                           \
        .nout = 1,                                                                                 \
        .flags = FM_ROW_ELEMENTWISE | FM_ROW_UFUNC,                                                \
        .params = {{.name = IS_ANGLE(id) ? "z" : "x",                                              \
                    .takes = FM_TAKES_TENSOR,                                                      \
                    .flags = FM_PARAM_REQUIRED},                                                   \
                   FM_P_BOOL_DEFAULT("deg", 0)},                                                   \
        .run = IS_ANGLE(id) ? run_angle : NULL,                                                    \
        .has_kernel = true,                                                                        \
        .infer = infer,                                                                            \
        .cost = cost,                                                                              \
        .formula = "n",                                                                            \
        .dtypes = FM_DTYPES(b, i, f, c),                                                           \
        .ulp = error_ulp,                                                                          \
        .meaning = line,                                                                           \
    },
#define FM_UNARY(id, ...)             ROW(id, id, __VA_ARGS__)
#define FM_UNARY_ALIAS(name, id, ...) ROW(name, id, __VA_ARGS__)
static const fm_row rows[] = {
#include "ops/unary.def"
};

const fm_row_table fm_rows_unary = {rows, sizeof rows / sizeof rows[0]};
