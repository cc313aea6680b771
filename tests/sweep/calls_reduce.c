/* Calls of the rows that reduce axes, with sums and products in long double. */
#include "call.h"

#include <math.h>
#include <string.h>

/* One way of reducing: axes as given (none: None), keepdims, dtype. */
typedef struct way {
    int naxes;
    int64_t axis[2];
    bool keepdims;
    bool dtype; /* ask for float64, or complex128 */
} way;

static const way ways[] = {
    {0, {0}, false, false}, {1, {0}, false, false},     {1, {-1}, true, false},
    {0, {0}, true, false},  {2, {0, -1}, false, false}, {1, {0}, false, true},
};

typedef struct total {
    sw_value value;
    long double scale; /* sum of magnitudes: what rounding errors are proportional to */
    int64_t count, best;
    bool is_nan;
} total;

static bool is_less(sw_value a, sw_value b) {
    return a.re < b.re || (a.re == b.re && a.im < b.im);
}

static void take_best(total *t, sw_value x, int64_t place, bool larger) {
    if (t->is_nan) return;
    t->is_nan = isnan(x.re) || isnan(x.im);
    bool better = larger ? is_less(t->value, x) : is_less(x, t->value);
    if (t->count > 0 && !better && !t->is_nan) return;
    t->value = x;
    t->best = place;
}

static void take(total *t, fm_reduce_id id, sw_value x, int64_t place) {
    sw_value v = t->value;
    bool truth = x.re != 0 || x.im != 0;
    switch (id) {
    case FM_REDUCE_prod:
        t->value = (sw_value){v.re * x.re - v.im * x.im, v.re * x.im + v.im * x.re};
        t->scale = hypotl(t->value.re, t->value.im);
        break;
    case FM_REDUCE_any:
        t->value.re = v.re != 0 || truth;
        break;
    case FM_REDUCE_all:
        t->value.re = v.re != 0 && truth;
        break;
    case FM_REDUCE_max:
    case FM_REDUCE_argmax:
        take_best(t, x, place, true);
        break;
    case FM_REDUCE_min:
    case FM_REDUCE_argmin:
        take_best(t, x, place, false);
        break;
    default:
        t->value = (sw_value){v.re + x.re, v.im + x.im};
        t->scale += hypotl(x.re, x.im);
    }
    t->count++;
}

static total begin(fm_reduce_id id) {
    bool one = id == FM_REDUCE_prod || id == FM_REDUCE_all;
    return (total){.value = {one, 0}};
}

/* The sum of all elements whose kept coordinates are those of result element o. */
static total reduce_one(const sw_call *call, unsigned axes, const sw_result *r, const way *w,
                        int64_t o) {
    const sw_array *a = &call->input[0];
    fm_reduce_id id = (fm_reduce_id)call->row->op;
    total t = begin(id);
    int64_t kept[SW_NDIM], at[SW_NDIM];
    sw_coordinates(&r->like, o, kept);
    for (int64_t i = 0; i < a->size; i++) {
        sw_coordinates(a, i, at);
        bool mine = true;
        int64_t place = 0;
        for (int d = 0, k = 0; d < a->ndim; d++) {
            bool reduced = axes >> d & 1;
            if (reduced)
                place = place * a->shape[d] + at[d];
            else if (at[d] != kept[k])
                mine = false;
            k += !reduced || w->keepdims;
        }
        if (mine) take(&t, id, sw_get(a, i), place);
    }
    return t;
}

static fm_dtype result_dtype(const sw_call *call, const way *w) {
    char kind = fm_dtype_kind(call->dtype);
    bool real = kind == 'f' || kind == 'c';
    switch (call->row->op) {
    case FM_REDUCE_sum:
    case FM_REDUCE_prod:
    case FM_REDUCE_mean:
        if (w->dtype) return kind == 'c' ? FM_COMPLEX128 : FM_FLOAT64;
        if (real) return call->dtype;
        if (call->row->op == FM_REDUCE_mean) return FM_FLOAT64;
        return kind == 'u' ? FM_UINT64 : FM_INT64;
    case FM_REDUCE_any:
    case FM_REDUCE_all:
        return FM_BOOL;
    case FM_REDUCE_argmax:
    case FM_REDUCE_argmin:
        return FM_INT64;
    default:
        return call->dtype;
    }
}

static bool is_extremum(uint16_t op) {
    return op == FM_REDUCE_max || op == FM_REDUCE_min || op == FM_REDUCE_argmax ||
           op == FM_REDUCE_argmin;
}

static void set_want(sw_call *call, sw_result *r, unsigned axes, const way *w) {
    fm_reduce_id id = (fm_reduce_id)call->row->op;
    for (int64_t o = 0; o < r->like.size; o++) {
        total t = reduce_one(call, axes, r, w, o);
        r->want[o] = t.value;
        if (id == FM_REDUCE_mean) {
            r->want[o].re /= (long double)t.count;
            if (fm_dtype_kind(r->like.dtype) == 'c') r->want[o].im /= (long double)t.count;
            t.scale /= (long double)t.count;
        }
        if (id == FM_REDUCE_argmax || id == FM_REDUCE_argmin)
            r->want[o] = (sw_value){(long double)t.best, 0};
        if (id <= FM_REDUCE_mean && sw_is_float(r->like.dtype) && t.count > 0)
            sw_result_scale(r, o, t.scale);
    }
}

/* A product of 111 elements leaves the range of small floats: those are set to 1 but for a few. */
static void calm(sw_array *a) {
    for (int64_t i = 0; i < a->size; i++)
        if (i % 16 != 3) sw_set_real(a, i, 1);
}

bool sw_make_reduce(sw_call *call) {
    const sw_variant *v = &sw_variants[call->variant];
    const way *w = &ways[call->option];
    uint16_t op = call->row->op;
    bool has_dtype = strcmp(call->row->params[2].name, "dtype") == 0;
    bool one_axis = op == FM_REDUCE_argmax || op == FM_REDUCE_argmin;
    if (call->variant == SW_BROADCAST || w->naxes > v->ndim || (w->dtype && !has_dtype) ||
        (one_axis && w->naxes > 1) ||
        (call->variant == SW_LARGE && w->naxes == 1 && w->axis[0] == 0))
        return false;
    bool exact = is_extremum(op) || op == FM_REDUCE_any || op == FM_REDUCE_all;
    sw_array *a = sw_add_input(call, call->dtype, v->ndim, v->shape, exact ? SW_ANY : SW_TAME);
    if (op == FM_REDUCE_prod) calm(a);
    sw_pass_input(call, 0);
    if (w->naxes)
        sw_pass_ints(call, w->naxes, w->axis);
    else
        sw_pass_none(call);
    if (has_dtype && w->dtype) sw_pass_dtype(call, result_dtype(call, w));
    if (has_dtype && !w->dtype) sw_pass_none(call);
    sw_pass_bool(call, w->keepdims);
    unsigned axes = w->naxes ? 0 : ~0u;
    for (int i = 0; i < w->naxes; i++)
        axes |= 1u << (w->axis[i] < 0 ? w->axis[i] + v->ndim : w->axis[i]);
    int64_t shape[SW_NDIM];
    int ndim = 0;
    for (int d = 0; d < v->ndim; d++) {
        if (!(axes >> d & 1))
            shape[ndim++] = v->shape[d];
        else if (w->keepdims)
            shape[ndim++] = 1;
    }
    sw_result *r = sw_add_result(call, 0, result_dtype(call, w), ndim, shape);
    if (is_extremum(op) && a->size == 0 && r->like.size > 0) call->refusal = FM_ERR_ARGUMENT;
    if (call->variant == SW_LARGE && r->like.size > 3) return false;
    set_want(call, r, axes, w);
    return true;
}
