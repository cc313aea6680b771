/* Distributions: parameters by value go to the kernel, those in memory are checked and broadcast by
   a program. */
#include "ops/sample.h"
#include "scalar/sample_check.h"

#include <string.h>

/* How many of the row's first parameters are the distribution's; the rest have fixed values. */
static int parameters_of(const fm_row *row) {
    int size = fm_sample_param(row, "size");
    return size < 0 ? 0 : size;
}

/* Numbers of things are integers, all others real. */
static fm_status check_dtype(const fm_bound *bound, int param, const fm_layout *x, bool count,
                             fm_error *error) {
    char kind = fm_dtype_kind(x->dtype);
    bool weak = x->flags & FM_LAYOUT_WEAK;
    if (kind == 'c' || (count && kind == 'f' && !weak))
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1,
                          "'%s' is %s, but it is %s", bound->row->params[param].name,
                          fm_dtype_name(x->dtype), count ? "an integer" : "real");
    return FM_OK;
}

static fm_status infer_dtype(const fm_bound *bound, fm_resolved *r, bool whole, fm_error *error) {
    int dtype = fm_sample_param(bound->row, "dtype");
    r->compute = whole ? FM_INT64 : FM_FLOAT64;
    if (dtype >= 0) r->compute = fm_arg_dtype(&bound->values[dtype], r->compute);
    if (r->compute == FM_FLOAT64 || r->compute == FM_FLOAT32 || whole) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, dtype + 1,
                      "dtype %s, but samples are float64 or float32", fm_dtype_name(r->compute));
}

/* The size that is given: whether parameters in memory broadcast to it is asked once their elements
   are looked at, as NumPy does. */
static fm_status wanted_output(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    bool given;
    FM_TRY(fm_sample_size(bound, &given, &ndim, shape, error));
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

fm_status fm_infer_distribution(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int which = fm_sample_which(bound->row);
    const fm_distribution *distribution = fm_distribution_of(which);
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    fm_operands_clear(r);
    for (int p = 0; p < parameters_of(bound->row); p++) {
        const fm_layout *x = fm_operand_add(bound, r, p, 0);
        FM_TRY(check_dtype(bound, p, x, distribution->counts >> p & 1, error));
        r->program |= !(r->by_value >> p & 1);
        if (!fm_sample_broadcast(&ndim, shape, x->ndim, fm_layout_shape(x)))
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, p + 1,
                              "'%s' does not broadcast with the parameters before it",
                              bound->row->params[p].name);
    }
    FM_TRY(infer_dtype(bound, r, distribution->whole, error));
    r->params.sample =
        (fm_sample_params){.which = which, .legacy = !fm_sample_is_generator(bound->row)};
    if (r->program && !fm_arg_absent(&bound->values[fm_sample_param(bound->row, "size")]))
        return wanted_output(bound, r, error);
    FM_TRY(fm_sample_output(bound, r, r->compute, ndim, shape, error));
    return r->program ? FM_OK : fm_sample_consume(bound, r, distribution->words, error);
}

/* A parameter in memory as float64; numbers stay what they are. */
static fm_value as_float64(fm_program *p, int param) {
    fm_value value = fm_arg(p, param);
    if (value.kind != FM_VALUE_TENSOR || value.as.tensor->layout->flags & FM_LAYOUT_WEAK ||
        value.as.tensor->layout->dtype == FM_FLOAT64)
        return value;
    return V_T(FM_DO(p, "astype", value, V_D(FM_FLOAT64)));
}

/* Refuses parameters that break a rule of the distribution. */
static void check_rules(fm_program *p, int which, const fm_value *v) {
    const fm_tensor *found = FM_DO(p, "_sample_check", V_I(which),
                                   V_I(!fm_sample_is_generator(p->row)), v[0], v[1], v[2]);
    int64_t fault = found ? fm_program_int(p, found) : 0;
    if (fault == 0) return;
    int rule = (int)(fault / 4), parameter = (int)(fault % 4);
    bool beyond = rule == FM_RULE_FINITE || rule == FM_RULE_COUNTABLE;
    fm_program_fail(p, beyond ? FM_ERR_OVERFLOW : FM_ERR_ARGUMENT, parameter + 1,
                    "an element of '%s' is out of bounds: %s", p->row->params[parameter].name,
                    fm_sample_rule_text(rule));
}

fm_status fm_run_distribution(fm_program *p) {
    const int which = fm_sample_which(p->row), n = parameters_of(p->row);
    const int size = fm_sample_param(p->row, "size"), dtype = fm_sample_param(p->row, "dtype");
    fm_value v[3] = {V_NONE, V_NONE, V_NONE};
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    for (int k = 0; k < n; k++) {
        v[k] = as_float64(p, k);
        const fm_layout *x = p->status == FM_OK ? fm_value_layout(&v[k]) : NULL;
        if (x) (void)fm_sample_broadcast(&ndim, shape, x->ndim, fm_layout_shape(x));
    }
    fm_value wanted = fm_arg(p, size);
    if (fm_arg_absent(&wanted)) wanted = V_INTS(shape, ndim);
    if (p->status == FM_OK) check_rules(p, which, v);
    const fm_bound bound = {p->row, p->values, 0, NULL};
    fm_resolved checked = {0};
    if (p->status == FM_OK)
        p->status = fm_sample_output(&bound, &checked, FM_FLOAT64, ndim, shape, p->error);
    fm_value as = dtype < 0 ? V_NONE : fm_arg(p, dtype);
    fm_program_return(p, 0, FM_DO(p, "_sample", V_I(which), v[0], v[1], v[2], wanted, as));
    return p->status;
}
