/* The row of piecewise linear interpolation. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/signal.h"

#include <math.h>

enum { P_X, P_XP, P_FP, P_LEFT, P_RIGHT, P_PERIOD };

static bool is_complex(const fm_layout *x) {
    return fm_dtype_kind(x->dtype) == 'c';
}

static fm_status check_points(const fm_bound *bound, const fm_layout *xp, const fm_layout *fp,
                              fm_error *error) {
    for (int i = 0; i < 2; i++) {
        const fm_layout *x = i ? fp : xp;
        if (x->ndim != 1)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_XP + i + 1,
                              "%d dimensions, but data points have 1", x->ndim);
    }
    if (xp->size == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_XP + 1,
                          "there are no sample points");
    if (xp->size != fp->size)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_FP + 1,
                          "%lld values, but argument 2 has %lld points", (long long)fp->size,
                          (long long)xp->size);
    return FM_OK;
}

/* With a period complex points are cut to their real parts. */
static fm_status check_dtypes(const fm_bound *bound, const fm_resolved *r, bool periodic,
                              fm_error *error) {
    for (int i = 0; i < r->nin; i++) {
        bool may = (periodic && i < P_FP) || i == P_FP || (i > P_FP && r->compute == FM_COMPLEX128);
        if (!r->in[i] || may || !is_complex(r->in[i])) continue;
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, i + 1,
                          "dtype %s, but it takes real numbers here",
                          fm_dtype_name(r->in[i]->dtype));
    }
    return FM_OK;
}

static double period_of(const fm_value *value) {
    return value->kind == FM_VALUE_FLOAT ? value->as.f : (double)value->as.i;
}

fm_status fm_infer_interp(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    bool periodic = !fm_arg_absent(&bound->values[P_PERIOD]);
    if (periodic && period_of(&bound->values[P_PERIOD]) == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_PERIOD + 1,
                          "the period is 0");
    fm_operands_clear(r);
    for (int i = P_X; i <= P_RIGHT; i++) {
        bool left_out = fm_arg_absent(&bound->values[i]);
        if (left_out) r->in_source[r->nin] = (fm_in_source){(uint8_t)i, 0};
        if (left_out)
            r->in[r->nin++] = NULL;
        else
            (void)fm_operand_add(bound, r, i, 0);
    }
    const fm_layout *x = r->in[P_X], *xp = r->in[P_XP], *fp = r->in[P_FP];
    r->compute = is_complex(fp) ? FM_COMPLEX128 : FM_FLOAT64;
    FM_TRY(check_dtypes(bound, r, periodic, error));
    FM_TRY(check_points(bound, xp, fp, error));
    for (int i = P_LEFT; i <= P_RIGHT; i++)
        if (r->in[i] && r->in[i]->size != 1)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, i + 1,
                              "%lld elements, but it is one number", (long long)r->in[i]->size);
    r->program = periodic;
    r->params.signal = (fm_signal_params){0};
    fm_output_set(r, 0, r->compute, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

/* A binary search for each point. */
fm_status fm_cost_interp(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    fm_u128 n = (fm_u128)r->in[P_X]->size, levels, units;
    levels = fm_u128_ceil_log2((fm_u128)r->in[P_XP]->size);
    if (levels < 1) levels = 1;
    if (work->faults && n < 1) n = 1;
    fm_status status = fm_u128_mul(n, levels, &units) ? FM_OK : FM_ERR_OVERFLOW;
    if (status == FM_OK) status = fm_cost_units(work, fm_row_cost_name(bound->row), units);
    return fm_cost_close(bound, r, work, status, error);
}

/* Points beyond both ends that the period repeats: the last before the first, and the reverse. */
static fm_tensor *extended(fm_program *p, fm_tensor *x, double by) {
    fm_tensor *last = fm_program_cut(p, x, 0, -1, INT64_MAX);
    fm_tensor *first = fm_program_cut(p, x, 0, 0, 1);
    if (by != 0) last = FM_DO(p, "subtract", V_T(last), V_F(by));
    if (by != 0) first = FM_DO(p, "add", V_T(first), V_F(by));
    const fm_tensor *all[] = {last, x, first};
    return FM_DO(p, "concatenate", V_TS(all, 3), V_I(0));
}

fm_status fm_run_interp(fm_program *p) {
    double period = fabs(period_of(&p->values[P_PERIOD]));
    const fm_tensor *fp = fm_program_tensor(p, P_FP);
    if (!fp) return p->status;
    fm_dtype dtype = is_complex(fp->layout) ? FM_COMPLEX128 : FM_FLOAT64;
    fm_tensor *x = FM_DO(p, "astype", fm_arg(p, P_X), V_D(FM_FLOAT64));
    fm_tensor *xp = FM_DO(p, "astype", fm_arg(p, P_XP), V_D(FM_FLOAT64));
    fm_tensor *values = FM_DO(p, "astype", V_T(fp), V_D(dtype));
    x = FM_DO(p, "remainder", V_T(x), V_F(period));
    xp = FM_DO(p, "remainder", V_T(xp), V_F(period));
    fm_tensor *order = FM_DO(p, "argsort", V_T(xp));
    xp = extended(p, FM_DO(p, "take", V_T(xp), V_T(order)), period);
    values = extended(p, FM_DO(p, "take", V_T(values), V_T(order)), 0);
    fm_program_return(p, 0, FM_DO(p, "interp", V_T(x), V_T(xp), V_T(values)));
    return p->status;
}
