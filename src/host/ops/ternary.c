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

/* A whole number at or past the end of an integer dtype bounds nothing. */
static void drop_vain_bounds(const fm_bound *bound, fm_resolved *r) {
    fm_dtype dtype = r->in[0]->dtype;
    char kind = fm_dtype_kind(dtype);
    for (int i = 1; i < 3 && (kind == 'i' || kind == 'u'); i++) {
        fm_scalar scalar;
        if (!fm_infer_weak_value(bound, r, i, &scalar) || scalar.dtype != FM_INT64) continue;
        bool low = scalar.value.i < 0;
        if (fm_infer_fits(scalar, dtype) || low != (i == 1)) continue;
        r->in[i] = NULL;
        r->by_value &= ~((uint64_t)1 << i);
    }
}

/* min and max are other names of a_min and a_max, which go before them. */
static fm_status infer_clip(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const char *op = bound->row->name;
    const fm_value *v = bound->values;
    bool lower = v[1].kind != FM_VALUE_UNSET, upper = v[2].kind != FM_VALUE_UNSET;
    bool other = v[3].kind != FM_VALUE_UNSET || v[4].kind != FM_VALUE_UNSET;
    r->nout = 1;
    if (other && (lower || upper))
        return fm_fail_op(error, FM_ERR_ARGUMENT, op, v[3].kind != FM_VALUE_UNSET ? 4 : 5,
                          "'min' and 'max' are given beside 'a_min' and 'a_max'");
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    fm_operand_add(bound, r, other ? 3 : 1, 0);
    fm_operand_add(bound, r, other ? 4 : 2, 0);
    if (r->nin == 3 && !r->in[1] && !r->in[2] && r->in[0]->dtype == FM_BOOL) {
        fm_fail_op(error, FM_ERR_DTYPE, op, 1,
                   "bool has no positive, which clip without bounds is");
        return fm_fail_as(error, "UFuncTypeError", FM_ERR_DTYPE);
    }
    drop_vain_bounds(bound, r);
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
#define BOUND(name_, flags_)                                                                       \
    { .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_NONE, .flags = (flags_) }
#define PARAMS_clip                                                                                \
    {                                                                                              \
        FM_P_TENSOR("a"), BOUND("a_min", FM_PARAM_PAIR), BOUND("a_max", 0), BOUND("min", 0),       \
            BOUND("max", 0)                                                                        \
    }
#define NPARAMS_where 3
#define NPARAMS_clip  5

#define FM_TERNARY(id, b, i, f, c, error_ulp, line)                                                \
    {                                                                                              \
        .name = #id,                                                                               \
        .family = FM_FAMILY_TERNARY,                                                               \
        .op = FM_TERNARY_##id,                                                                     \
        .nparams = NPARAMS_##id,                                                                   \
        .nout = 1,                                                                                 \
        .flags = FM_ROW_ELEMENTWISE | FLAGS_##id,                                                  \
        .params = PARAMS_##id,                                                                     \
        .with_one = FM_TERNARY_##id == FM_TERNARY_where ? "_where" : NULL,                         \
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
