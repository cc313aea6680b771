/* Rows of stats.<distribution>.<pdf, cdf, ppf>, as SciPy has them. */
#include "ops/args.h"
#include "ops/elementwise_infer.h"
#include "ops/ids_special.h"
#include "ops/param.h"
#include "ops/program.h"

#include <math.h>

/* Operands in memory that one kernel takes; of numbers it takes any number. */
enum { IN_MEMORY = 3 };

static fm_status infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int in_memory = 0;
    bool cut = false;
    if (bound->values[0].kind == FM_VALUE_STRING)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "the text '%.40s' is no number", bound->values[0].as.string);
    for (int i = 0; i < r->nin; i++) {
        cut |= fm_dtype_kind(r->in[i]->dtype) == 'c';
        in_memory += !(r->by_value >> i & 1);
    }
    FM_TRY(fm_infer_broadcast(bound->row->name, r, error));
    r->nout = 1;
    r->compute = r->out[0].dtype = FM_FLOAT64;
    r->program = in_memory > IN_MEMORY || cut;
    return FM_OK;
}

/* 0.4.3 charges the elements of the first operand. */
static fm_status cost(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error) {
    fm_extents counted = work->faults ? fm_extents_of(r->in[0]) : fm_extents_out(r, 0);
    fm_status status = fm_cost_elementwise(work, fm_row_cost_name(bound->row), counted);
    return fm_cost_close(bound, r, work, status, error);
}

/* Of complex operands the real parts: 0.4.3 converts all to float64, as NumPy does. True: some
 * were.
 */
static bool cut_operands(fm_program *p, fm_value *values) {
    bool cut = false;
    for (int i = 0; i < p->row->nparams; i++) {
        values[i] = fm_arg(p, i);
        if (fm_dtype_kind(fm_value_layout(&values[i])->dtype) != 'c') continue;
        values[i] = V_T(FM_DO(p, "real", values[i]));
        cut = true;
    }
    return cut;
}

/* More arrays than one kernel takes: loc and scale are applied by calls of their own. */
static fm_status run(fm_program *p) {
    fm_value real[5];
    if (cut_operands(p, real)) {
        if (p->status == FM_OK) fm_program_return(p, 0, fm_do(p, p->row, real, p->row->nparams));
        return p->status;
    }
    int loc = p->row->nparams - 2, scale = p->row->nparams - 1;
    bool is_ppf = p->row->op % 3 == 2, is_pdf = p->row->op % 3 == 0;
    fm_value values[5], wide[2] = {fm_arg(p, loc), fm_arg(p, scale)};
    fm_value positive = V_T(FM_DO(p, "greater", wide[1], V_F(0)));
    for (int i = 0; i < loc; i++) values[i] = fm_arg(p, i);
    values[loc] = V_F(0);
    values[scale] = V_F(1);
    if (!is_ppf) {
        fm_tensor *shifted = FM_DO(p, "subtract", values[0], wide[0]);
        values[0] = V_T(FM_DO(p, "divide", V_T(shifted), wide[1]));
    }
    fm_tensor *out = fm_do(p, p->row, values, p->row->nparams);
    if (is_pdf) out = FM_DO(p, "divide", V_T(out), wide[1]);
    if (is_ppf) {
        out = FM_DO(p, "multiply", V_T(out), wide[1]);
        out = FM_DO(p, "add", V_T(out), wide[0]);
    }
    out = FM_DO(p, "where", positive, V_T(out), V_F((double)NAN));
    fm_program_return(p, 0, out);
    return p->status;
}

/* A text is taken to be refused as no number, which is not its being no tensor. */
#define FIRST(name_)                                                                               \
    { .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_STRING, .flags = FM_PARAM_REQUIRED }
#define NUMBER(name_, value_)                                                                      \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR, .otherwise = {                                  \
            .kind = FM_VALUE_INT,                                                                  \
            .as.i = (value_)                                                                       \
        }                                                                                          \
    }
#define LOC_SCALE NUMBER("loc", 0), NUMBER("scale", 1)

#define ROW(distribution, function, parameters, meaning_, ...)                                     \
    {                                                                                              \
        .name = "stats." #distribution "." #function,                                              \
        .family = FM_FAMILY_SPECIAL,                                                               \
        .op = FM_SPECIAL_##distribution##_##function,                                              \
        .nparams = 1 + (parameters),                                                               \
        .nout = 1,                                                                                 \
        .flags = FM_ROW_ELEMENTWISE | FM_ROW_ARRAY,                                                \
        .has_kernel = true,                                                                        \
        .params = {__VA_ARGS__, LOC_SCALE},                                                        \
        .infer = infer,                                                                            \
        .cost = cost,                                                                              \
        .run = run,                                                                                \
        .formula = "n",                                                                            \
        .dtypes = "bool int float",                                                                \
        .ulp = 1e5,                                                                                \
        .meaning = (meaning_),                                                                     \
    },
#define FM_SPECIAL2(distribution, function, x, meaning)                                            \
    ROW(distribution, function, 2, meaning, FIRST(x))
#define FM_SPECIAL3(distribution, function, x, meaning)                                            \
    ROW(distribution, function, 3, meaning, FIRST(x), FM_P_TENSOR("s"))
#define FM_SPECIAL4(distribution, function, x, meaning)                                            \
    ROW(distribution, function, 4, meaning, FIRST(x), FM_P_TENSOR("a"), FM_P_TENSOR("b"))
static const fm_row rows[] = {
#include "ops/special.def"
};

const fm_row_table fm_rows_special = {rows, (int)(sizeof rows / sizeof *rows)};
