/* Comparisons of whole arrays: allclose, array_equal, array_equiv. */
#include "ops/elementwise_infer.h"
#include "ops/query.h"

#include <string.h>

/* Broadcast shape of the first two operands; false where they do not fit. */
static bool together(const fm_resolved *r, fm_out_shape *out) {
    fm_resolved pair = {.nin = 2};
    pair.in[0] = r->in[0];
    pair.in[1] = r->in[1];
    if (fm_infer_broadcast("", &pair, NULL) != FM_OK) return false;
    *out = pair.out[0];
    return true;
}

static int64_t larger(const fm_resolved *r) {
    return r->in[0]->size > r->in[1]->size ? r->in[0]->size : r->in[1]->size;
}

fm_status fm_infer_allclose(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    r->compute = FM_BOOL;
    fm_resolved all = *r;
    return fm_infer_broadcast(bound->row->name, &all, error);
}

static fm_status cost_extents(const fm_bound *bound, fm_work *work, fm_extents extents,
                              fm_error *error) {
    return fm_cost_result(bound, fm_cost_elementwise(work, fm_row_cost_name(bound->row), extents),
                          error);
}

fm_status fm_cost_of_allclose(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    fm_out_shape out = {0};
    (void)together(r, &out);
    return cost_extents(bound, work, (fm_extents){out.ndim, out.shape}, error);
}

/* The larger array, whether or not they have the same shape. */
fm_status fm_cost_of_array_equal(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    int64_t size = larger(r);
    return cost_extents(bound, work, (fm_extents){1, &size}, error);
}

fm_status fm_cost_of_array_equiv(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    fm_out_shape out;
    int64_t size = larger(r);
    bool fits = together(r, &out);
    return cost_extents(bound, work,
                        fits ? (fm_extents){out.ndim, out.shape} : (fm_extents){1, &size}, error);
}

static void reply_all(fm_program *p, const fm_tensor *same) {
    int64_t yes = fm_program_int(p, FM_DO(p, "all", V_T(same)));
    fm_program_reply(p, V_B(yes != 0));
}

/* Whether one kernel compares them as the steps of fm_run_allclose would. */
static bool is_plain(const fm_value *values) {
    const fm_layout *a = fm_value_layout(&values[0]), *b = fm_value_layout(&values[1]);
    for (int i = 2; i < 4; i++)
        if (values[i].kind != FM_VALUE_FLOAT && values[i].kind != FM_VALUE_INT) return false;
    return a->dtype == b->dtype && (a->dtype == FM_FLOAT32 || a->dtype == FM_FLOAT64) &&
           !((a->flags | b->flags) & FM_LAYOUT_WEAK);
}

/* |a - b| <= atol + rtol * |b| where b is finite, else a == b; NaN agrees with NaN on request. */
fm_status fm_run_allclose(fm_program *p) {
    fm_value a = fm_arg(p, 0), b = fm_arg(p, 1);
    const fm_layout *y = fm_value_layout(&b);
    char kind = fm_dtype_kind(y->dtype);
    if (is_plain(p->values)) {
        const fm_row *plain = FM_ROW_ONCE("_isclose"), *with_nan = FM_ROW_ONCE("_isclose_nan");
        reply_all(p, fm_do(p, p->values[4].as.i ? with_nan : plain, p->values, 4));
        return p->status;
    }
    if (kind != 'f' && kind != 'c')
        b = V_T(FM_DO(p, "astype", V_T(fm_program_tensor(p, 1)), V_D(FM_FLOAT64)));
    fm_tensor *away = FM_DO(p, "absolute", V_T(FM_DO(p, "subtract", a, b)));
    fm_tensor *size = FM_DO(p, "absolute", b);
    fm_tensor *allowed =
        FM_DO(p, "add", fm_arg(p, 3), V_T(FM_DO(p, "multiply", fm_arg(p, 2), V_T(size))));
    fm_tensor *near = FM_DO(p, "logical_and", V_T(FM_DO(p, "less_equal", V_T(away), V_T(allowed))),
                            V_T(FM_DO(p, "isfinite", b)));
    fm_tensor *same = FM_DO(p, "logical_or", V_T(near), V_T(FM_DO(p, "equal", a, b)));
    if (p->values[4].as.i)
        same = FM_DO(
            p, "logical_or", V_T(same),
            V_T(FM_DO(p, "logical_and", V_T(FM_DO(p, "isnan", a)), V_T(FM_DO(p, "isnan", b)))));
    reply_all(p, same);
    return p->status;
}

static bool has_nan(const fm_value *value) {
    char kind = fm_dtype_kind(fm_value_layout(value)->dtype);
    return kind == 'f' || kind == 'c';
}

static bool same_shape(const fm_layout *a, const fm_layout *b) {
    return a->ndim == b->ndim && (a->ndim == 0 || !memcmp(fm_layout_shape(a), fm_layout_shape(b),
                                                          (size_t)a->ndim * sizeof(int64_t)));
}

fm_status fm_run_array_equal(fm_program *p) {
    fm_value a = fm_arg(p, 0), b = fm_arg(p, 1);
    if (!same_shape(fm_value_layout(&a), fm_value_layout(&b))) {
        fm_program_reply(p, V_B(false));
        return p->status;
    }
    fm_tensor *same = FM_DO(p, "equal", a, b);
    if (p->values[2].as.i && has_nan(&a) && has_nan(&b))
        same = FM_DO(
            p, "logical_or", V_T(same),
            V_T(FM_DO(p, "logical_and", V_T(FM_DO(p, "isnan", a)), V_T(FM_DO(p, "isnan", b)))));
    reply_all(p, same);
    return p->status;
}

fm_status fm_run_array_equiv(fm_program *p) {
    fm_resolved r = {.nin = 2};
    fm_out_shape out;
    r.in[0] = fm_value_layout(&p->values[0]);
    r.in[1] = fm_value_layout(&p->values[1]);
    if (together(&r, &out))
        reply_all(p, FM_DO(p, "equal", fm_arg(p, 0), fm_arg(p, 1)));
    else
        fm_program_reply(p, V_B(false));
    return p->status;
}
