/* Rows of windows and sample frequencies, and shifts of spectra. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/shaping.h"
#include "ops/signal.h"

#include "scalar/series.h"

#include <math.h>
#include <string.h>

static double number(const fm_value *value) {
    return value->kind == FM_VALUE_FLOAT ? value->as.f : (double)value->as.i;
}

/* Samples of a window of m: those of arange(1 - m, m, 2), none below 1. */
static fm_status count_samples(const fm_bound *bound, double m, int64_t *n, fm_error *error) {
    double samples = m == 1 ? 1 : ceil((2 * m - 1) / 2);
    *n = 0;
    if (m < 1) return FM_OK;
    if (!(samples < 0x1p62))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1, "M is %g samples", m);
    *n = (int64_t)samples;
    return FM_OK;
}

static fm_series_id window_of(const char *name) {
    static const char *const names[] = {"bartlett", "blackman", "hamming", "hanning", "kaiser"};
    for (int i = 0; i < 4; i++)
        if (!strcmp(name, names[i])) return (fm_series_id)i;
    return FM_SERIES_kaiser;
}

fm_status fm_infer_window(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    double m = number(&bound->values[0]);
    int64_t n;
    FM_TRY(count_samples(bound, m, &n, error));
    fm_operands_clear(r);
    r->compute = FM_FLOAT64;
    r->params.signal = (fm_signal_params){.series = (int32_t)window_of(bound->row->name), .a = m};
    if (r->params.signal.series == FM_SERIES_kaiser) r->params.signal.b = number(&bound->values[1]);
    fm_output_set(r, 0, FM_FLOAT64, 1, &n);
    return FM_OK;
}

/* kaiser is sampled as arange(0, M) is. */
fm_status fm_infer_kaiser(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    double m = number(&bound->values[0]);
    FM_TRY(fm_infer_window(bound, r, error));
    int64_t n = m > 0 ? (int64_t)ceil(m) : 0;
    fm_output_set(r, 0, FM_FLOAT64, 1, &n);
    return FM_OK;
}

fm_status fm_cost_window(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    double m = number(&bound->values[0]);
    (void)r;
    if (m <= 0 || m == floor(m))
        return fm_cost_formula(bound, work, bound->row->name, m > 0 ? (int64_t)m : 0, 0, error);
    /* A fraction of a sample: what one costs, cut after the product. */
    fm_work one;
    fm_work_begin(&one, false);
    FM_TRY(fm_cost_formula(bound, &one, bound->row->name, 1, 0, error));
    fm_u128 units = (fm_u128)((double)one.part[0].units * m);
    return fm_cost_result(bound, fm_cost_units(work, bound->row->name, units), error);
}

/* i0(argument) / i0(beta) */
fm_status fm_run_kaiser(fm_program *p) {
    fm_value m = V_F(number(&p->values[0])), beta = V_F(number(&p->values[1]));
    int64_t one = 1;
    if (m.as.f == 1) {
        fm_program_return(p, 0, FM_DO(p, "ones", V_INTS(&one, 1)));
        return p->status;
    }
    fm_tensor *x = FM_DO(p, "_kaiser_argument", m, beta);
    const double value = beta.as.f;
    fm_tensor *scale = FM_DO(p, "i0", V_T(fm_program_from(p, FM_FLOAT64, 0, NULL, &value)));
    fm_tensor *y = FM_DO(p, "i0", V_T(x));
    fm_program_return(p, 0, FM_DO(p, "divide", V_T(y), V_T(scale)));
    return p->status;
}

/* Both take n and d: a length that is not 0 and the distance of two samples. */
fm_status fm_infer_frequencies(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_value *n = &bound->values[0], *d = &bound->values[1];
    bool half = bound->row->name[4] == 'r';
    if (n->kind != FM_VALUE_INT) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1, "n is no integer");
        return FM_ERR_ARGUMENT;
    }
    double span = (double)n->as.i * number(d);
    if (span == 0) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, n->as.i ? 2 : 1,
                   "n * d is 0, but frequencies are multiples of 1 / (n * d)");
        return fm_fail_as(error, "ZeroDivisionError", FM_ERR_ARGUMENT);
    }
    if (n->as.i < 0 && !half)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "n is %lld, but there are no fewer than 0 frequencies",
                          (long long)n->as.i);
    int64_t count = n->as.i < 0 ? 0 : half ? n->as.i / 2 + 1 : n->as.i;
    fm_operands_clear(r);
    r->compute = FM_FLOAT64;
    r->params.signal = (fm_signal_params){.series = half ? FM_SERIES_rfftfreq : FM_SERIES_fftfreq,
                                          .a = (double)n->as.i,
                                          .b = 1.0 / span};
    fm_output_set(r, 0, FM_FLOAT64, 1, &count);
    return FM_OK;
}

/* fftshift and ifftshift: 0.4.3 indexes the shape with each axis. */
static fm_status shift_axes(const fm_bound *bound, const fm_layout *x, fm_axis_set *axes,
                            fm_error *error) {
    const int64_t *list;
    bool all = fm_arg_absent(&bound->values[1]);
    int count = all ? x->ndim : fm_arg_ints(&bound->values[1], &list);
    *axes = all ? fm_all_axes(x->ndim) : 0;
    if (count == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                          "0 axes, but a shift is along at least 1");
    if (all) return FM_OK;
    for (int i = 0; i < count; i++) {
        int axis;
        FM_TRY(fm_index_axis(bound, 1, list[i], x->ndim, &axis, error));
        *axes ^= (fm_axis_set)1 << axis;
    }
    return FM_OK;
}

fm_status fm_infer_shift(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_axis_set axes;
    const fm_layout *x = r->in[0];
    FM_TRY(shift_axes(bound, x, &axes, error));
    fm_output_set(r, 0, x->dtype, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

/* Where an axis is cut: its elements from there on come first. */
static int64_t cut_of(const fm_program *p, int64_t extent) {
    bool back = p->row->name[4] == 'i';
    return back ? extent / 2 : extent - extent / 2;
}

/* One block of the result: bit d of `block` says which side of the cut it is on axis d. */
static void move_block(fm_program *p, const fm_tensor *x, const fm_tensor *out, fm_axis_set axes,
                       fm_axis_set block) {
    int64_t from[FM_MAX_NDIM], from_end[FM_MAX_NDIM], to[FM_MAX_NDIM], to_end[FM_MAX_NDIM];
    int ndim = x->layout->ndim;
    for (int d = 0; d < ndim; d++) {
        int64_t extent = fm_layout_shape(x->layout)[d], cut = cut_of(p, extent);
        bool shifted = axes >> d & 1, high = block >> d & 1;
        from[d] = !shifted ? 0 : high ? cut : 0;
        from_end[d] = !shifted || high ? extent : cut;
        to[d] = !shifted || high ? 0 : extent - cut;
        to_end[d] = to[d] + (from_end[d] - from[d]);
        if (from[d] == from_end[d]) return;
    }
    fm_tensor *source = FM_DO(p, "slice", V_T(x), V_INTS(from, ndim), V_INTS(from_end, ndim));
    fm_tensor *target = FM_DO(p, "slice", V_T(out), V_INTS(to, ndim), V_INTS(to_end, ndim));
    if (p->status == FM_OK) FM_DO_INTO(p, target, "copy", V_T(source));
}

/* An axis given twice is shifted twice by half of it: back, or by one for an odd extent. */
fm_status fm_run_shift(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    fm_bound bound = {p->row, p->values, p->wanted, NULL};
    fm_axis_set axes;
    if (!x || shift_axes(&bound, x->layout, &axes, p->error) != FM_OK) return p->status;
    const int64_t *list;
    int count = fm_arg_ints(&p->values[1], &list);
    if (count > 1 && __builtin_popcountll(axes) != count) {
        for (int i = 0; i < count && x; i++)
            x = p->row->name[4] == 'i' ? FM_DO(p, "fft.ifftshift", V_T(x), V_INTS(&list[i], 1))
                                       : FM_DO(p, "fft.fftshift", V_T(x), V_INTS(&list[i], 1));
        fm_program_return(p, 0, x);
        return p->status;
    }
    const int64_t size = x->layout->size;
    if (__builtin_popcountll(axes) == 1 && size > 0 && size <= FM_TURNED_AT_ONCE) {
        const int axis = __builtin_ctzll(axes);
        const int64_t extent = fm_layout_shape(x->layout)[axis], turn = extent - cut_of(p, extent);
        if (turn > 0 && turn < extent) {
            fm_program_return(p, 0, fm_do_turn(p, x, axis, turn));
            return p->status;
        }
    }
    fm_tensor *out =
        fm_program_new(p, x->layout->dtype, x->layout->ndim, fm_layout_shape(x->layout));
    for (fm_axis_set block = 0;; block = (block - axes) & axes) {
        if (p->status == FM_OK) move_block(p, x, out, axes, block);
        if (block == axes || p->status != FM_OK) break;
    }
    fm_program_return(p, 0, out);
    return p->status;
}
