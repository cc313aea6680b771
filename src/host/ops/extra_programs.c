/* Elementwise operations made of several calls: round, modf, frexp, divmod, nan_to_num,
   real_if_close. */
#include "ops/extra.h"
#include "ops/elementwise_infer.h"
#include "ops/view.h"

#include <float.h>
#include <math.h>

static bool is_float(fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'f' || kind == 'c';
}

static bool is_complex(fm_dtype dtype) {
    return fm_dtype_kind(dtype) == 'c';
}

static void output_like(fm_resolved *r, int o, const fm_layout *x, fm_dtype dtype) {
    fm_output_set(r, o, dtype, x->ndim, fm_layout_shape(x));
}

/* round */

enum { P_A, P_DECIMALS };

fm_status fm_round_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int64_t decimals = fm_arg_int(&bound->values[P_DECIMALS], 0);
    r->compute = a->dtype == FM_BOOL ? FM_FLOAT16 : a->dtype;
    output_like(r, 0, a, r->compute);
    if (a->dtype != FM_BOOL || decimals == 0) return FM_OK;
    fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_A + 1,
               "%lld decimals of bool, which holds no such number", (long long)decimals);
    return fm_fail_as(error, "UFuncTypeError", FM_ERR_DTYPE);
}

fm_status fm_round_run(fm_program *p) {
    fm_value a = fm_arg(p, P_A);
    int64_t decimals = fm_arg_int(&p->values[P_DECIMALS], 0);
    fm_dtype dtype = fm_value_layout(&a)->dtype;
    fm_value factor = V_F(pow(10, fabs((double)decimals)));
    fm_tensor *out;
    if (dtype == FM_BOOL || (is_float(dtype) && decimals == 0)) {
        out = FM_DO(p, "rint", a);
    } else if (is_float(dtype)) {
        out = decimals > 0 ? FM_DO(p, "_round_up", a, factor) : FM_DO(p, "_round_down", a, factor);
    } else if (decimals >= 0) {
        out = FM_DO(p, "copy", a);
    } else {
        out = FM_DO(p, "_round_down", a, factor);
        out = FM_DO(p, "astype", V_T(out), V_D(dtype));
    }
    fm_program_return(p, 0, out);
    return p->status;
}

/* modf, frexp */

static fm_status infer_two(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    static const fm_loops loops = FM_LOOPS(U, U, S, N);
    const fm_layout *x = r->in[0];
    output_like(r, 0, x, x->dtype);
    FM_TRY(fm_infer_loop(bound->row->name, loops, x->dtype, r, error));
    output_like(r, 1, x, r->out[0].dtype);
    return FM_OK;
}

fm_status fm_modf_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_two(bound, r, error);
}

/* An integer is whole: as the float that holds it. */
fm_status fm_modf_run(fm_program *p) {
    fm_value x = fm_arg(p, 0);
    bool whole = !is_float(fm_value_layout(&x)->dtype);
    fm_program_return(p, 0, FM_DO(p, "_modf_fraction", x));
    fm_program_return(p, 1, whole ? FM_DO(p, "rint", x) : FM_DO(p, "trunc", x));
    return p->status;
}

fm_status fm_frexp_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(infer_two(bound, r, error));
    r->out[1].dtype = FM_INT32;
    return FM_OK;
}

fm_status fm_frexp_run(fm_program *p) {
    fm_program_return(p, 0, FM_DO(p, "_frexp_mantissa", fm_arg(p, 0)));
    fm_program_return(p, 1, FM_DO(p, "_frexp_exponent", fm_arg(p, 0)));
    return p->status;
}

/* divmod */

fm_status fm_divmod_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    static const fm_loops loops = FM_LOOPS(U, S, S, N);
    const char *op = bound->row->name;
    FM_TRY(fm_infer_broadcast(op, r, error));
    FM_TRY(fm_infer_loop(op, loops, fm_operands_promote(r), r, error));
    FM_TRY(fm_infer_check_weak(bound, r, error));
    r->out[1] = r->out[0];
    r->nout = 2;
    return FM_OK;
}

fm_status fm_divmod_run(fm_program *p) {
    fm_program_return(p, 0, FM_DO(p, "floor_divide", fm_arg(p, 0), fm_arg(p, 1)));
    fm_program_return(p, 1, FM_DO(p, "remainder", fm_arg(p, 0), fm_arg(p, 1)));
    return p->status;
}

/* nan_to_num */

enum { P_X, P_COPY, P_NAN, P_POSINF, P_NEGINF };

/* The values replace elements of x: they broadcast to its shape, not the other way round. */
fm_status fm_nan_to_num_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = r->in[0];
    bool fits = true;
    if (!is_float(x->dtype)) r->nin = 1;
    FM_TRY(fm_infer_broadcast(bound->row->name, r, error));
    fits = r->out[0].ndim == x->ndim;
    for (int d = 0; fits && d < x->ndim; d++) fits = r->out[0].shape[d] == fm_layout_shape(x)[d];
    if (!fits)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 0,
                          "the values that replace elements do not broadcast to x");
    for (int i = 1; i < r->nin; i++)
        if (r->in[i] && is_complex(r->in[i]->dtype) && is_float(x->dtype))
            return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, r->in_source[i].param + 1,
                              "%s in place of real elements and parts",
                              fm_dtype_name(r->in[i]->dtype));
    bool kept = fm_arg_int(&bound->values[P_COPY], 1) == 0;
    if (kept && (r->by_value & 1))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_COPY + 1,
                          "copy is False, but a number has no elements to be written");
    r->compute = x->dtype;
    output_like(r, 0, x, x->dtype);
    return FM_OK;
}

static double largest(fm_dtype dtype) {
    switch (dtype) {
    case FM_FLOAT16:
        return 65504;
    case FM_BFLOAT16:
        return 0x1.fep127;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return (double)FLT_MAX;
    default:
        return DBL_MAX;
    }
}

fm_status fm_nan_to_num_run(fm_program *p) {
    fm_value x = fm_arg(p, P_X), high = fm_arg(p, P_POSINF), low = fm_arg(p, P_NEGINF);
    bool copies = fm_arg_int(&p->values[P_COPY], 1) != 0;
    fm_dtype dtype = fm_value_layout(&x)->dtype;
    if (!is_float(dtype)) {
        fm_program_return(p, 0, copies ? FM_DO(p, "copy", x) : fm_program_tensor(p, P_X));
        return p->status;
    }
    if (fm_arg_absent(&high)) high = V_F(largest(dtype));
    if (fm_arg_absent(&low)) low = V_F(-largest(dtype));
    bool arrays = high.kind == FM_VALUE_TENSOR && low.kind == FM_VALUE_TENSOR;
    if (arrays) {
        fm_value infinity = V_F(-(double)INFINITY);
        x = V_T(FM_DO(p, "_nan_to_num", x, fm_arg(p, P_NAN), high, infinity));
        high = V_F((double)INFINITY);
    }
    fm_value nan = arrays ? V_F((double)NAN) : fm_arg(p, P_NAN);
    if (copies) {
        fm_program_return(p, 0, FM_DO(p, "_nan_to_num", x, nan, high, low));
    } else if (p->status == FM_OK) {
        const fm_tensor *given = fm_program_tensor(p, P_X);
        FM_DO_INTO(p, given, "_nan_to_num", x, nan, high, low);
        fm_program_return(p, 0, given);
    }
    return p->status;
}

/* real_if_close: what is real is given as it lies. */

fm_status fm_real_if_close_infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    fm_view view;
    (void)error;
    r->program = is_complex(a->dtype);
    if (!r->program) {
        FM_TRY(fm_view_open(bound, r, &view));
        return fm_view_close(r, &view);
    }
    r->compute = a->dtype;
    fm_output_unknown(r, 0, FM_DTYPE_NONE);
    return FM_OK;
}

/* A tolerance above 1 is in units of the real part's epsilon. */
fm_status fm_real_if_close_run(fm_program *p) {
    fm_value a = fm_arg(p, 0), tol = fm_arg(p, 1);
    fm_dtype dtype = fm_value_layout(&a)->dtype;
    double bound = tol.kind == FM_VALUE_FLOAT ? tol.as.f : (double)tol.as.i;
    if (bound > 1) bound *= dtype == FM_COMPLEX64 ? (double)FLT_EPSILON : DBL_EPSILON;
    fm_tensor *size = FM_DO(p, "absolute", V_T(FM_DO(p, "imag", a)));
    fm_tensor *all = FM_DO(p, "all", V_T(FM_DO(p, "less", V_T(size), V_F(bound))));
    bool real = fm_program_int(p, all) != 0;
    fm_program_return(p, 0, real ? FM_DO(p, "real", a) : fm_program_tensor(p, 0));
    return p->status;
}
