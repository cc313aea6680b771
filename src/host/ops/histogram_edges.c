/* Edges of bins: the range of the values, and numbers of equal distance in it. */
#include "ops/histogram.h"
#include "scalar/half.h"

#include <math.h>
#include <string.h>

static bool read_number(fm_program *p, const fm_value *value, double *x) {
    switch (value->kind) {
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
        *x = (double)value->as.i;
        return true;
    case FM_VALUE_FLOAT:
        *x = value->as.f;
        return true;
    case FM_VALUE_TENSOR:
        if (value->as.tensor->layout->size != 1) return false;
        *x = fm_program_float(p, value->as.tensor);
        return p->status == FM_OK;
    default:
        return false;
    }
}

static bool read_pair(fm_program *p, const fm_value *range, double ends[2]) {
    if (range->kind == FM_VALUE_INTS && range->count == 2) {
        for (int i = 0; i < 2; i++) ends[i] = (double)range->as.ints[i];
        return true;
    }
    if (range->kind == FM_VALUE_TENSOR && range->as.tensor->layout->size == 2 &&
        range->as.tensor->layout->ndim == 1) {
        fm_tensor *wide = FM_DO(p, "astype", *range, V_D(FM_FLOAT64));
        if (wide != NULL) fm_program_read(p, wide, ends);
        return p->status == FM_OK;
    }
    bool list = range->kind == FM_VALUE_LIST || range->kind == FM_VALUE_TUPLE;
    return list && range->count == 2 && read_number(p, &range->as.items[0], &ends[0]) &&
           read_number(p, &range->as.items[1], &ends[1]);
}

bool fm_span_read(fm_program *p, const fm_value *range, int argument, fm_span *span) {
    double ends[2];
    if (!read_pair(p, range, ends)) {
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "a range is two numbers");
        return false;
    }
    if (ends[0] > ends[1]) {
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "the range ends at %g, before %g",
                              ends[1], ends[0]);
        return false;
    }
    if (!isfinite(ends[0]) || !isfinite(ends[1])) {
        (void)fm_program_fail(p, FM_ERR_ARGUMENT, argument, "the range (%g, %g) is not finite",
                              ends[0], ends[1]);
        return false;
    }
    *span = (fm_span){ends[0], ends[1], FM_FLOAT64};
    return true;
}

/* The least and the largest; NaN where there is one. */
static void read_ends(fm_program *p, const fm_tensor *x, fm_span *span) {
    double few[FM_FEW];
    if (x->layout->dtype != FM_FLOAT64 || x->layout->size > FM_FEW) {
        span->first = fm_program_float(p, FM_DO(p, "min", V_T(x)));
        span->last = fm_program_float(p, FM_DO(p, "max", V_T(x)));
        return;
    }
    fm_program_read(p, x, few);
    if (p->status != FM_OK) return;
    span->first = span->last = few[0];
    for (int64_t i = 1; i < x->layout->size; i++) {
        if (few[i] < span->first || few[i] != few[i]) span->first = few[i];
        if (few[i] > span->last || few[i] != few[i]) span->last = few[i];
    }
}

void fm_span_of(fm_program *p, const fm_tensor *x, const fm_value *range, int argument,
                fm_span *span) {
    *span = (fm_span){0, 1, FM_FLOAT64};
    if (p->status != FM_OK) return;
    if (!fm_arg_absent(range)) {
        if (!fm_span_read(p, range, argument, span)) return;
    } else if (x->layout->size > 0) {
        const fm_dtype dtype = x->layout->dtype;
        read_ends(p, x, span);
        if (fm_dtype_kind(dtype) == 'f') span->dtype = dtype;
        if (p->status == FM_OK && (!isfinite(span->first) || !isfinite(span->last)))
            (void)fm_program_fail(p, FM_ERR_ARGUMENT, 1, "its range (%g, %g) is not finite",
                                  span->first, span->last);
    }
    if (span->first == span->last) {
        span->first -= 0.5;
        span->last += 0.5;
    }
}

/* A number rounded to a floating dtype: edges are computed in that dtype, step by step. */
static double fit(fm_dtype dtype, double x) {
    switch (dtype) {
    case FM_FLOAT16:
        return (double)fm_f16_to_f32(fm_f64_to_f16(x));
    case FM_BFLOAT16:
        return (double)fm_bf16_to_f32(fm_f64_to_bf16(x));
    case FM_FLOAT32:
        return (double)(float)x;
    default:
        return x;
    }
}

fm_tensor *fm_span_edges(fm_program *p, const fm_span *span, int64_t count, fm_dtype dtype,
                         bool distinct) {
    const fm_dtype in = span->dtype;
    const int64_t n = count + 1;
    double *edge = fm_program_memory(p, (size_t)n * sizeof *edge);
    if (edge == NULL) return NULL;
    const double first = fit(in, span->first), delta = fit(in, fit(in, span->last) - first);
    const double step = fit(in, delta / (double)count);
    for (int64_t i = 0; i < n; i++) {
        const double at = fit(in, (double)i);
        const double way =
            step != 0 ? fit(in, at * step) : fit(in, fit(in, at / (double)count) * delta);
        edge[i] = fit(dtype, fit(in, way + first));
    }
    edge[count] = fit(dtype, fit(in, span->last));
    for (int64_t i = 0; distinct && i < count; i++)
        if (edge[i] >= edge[i + 1]) return NULL;
    fm_tensor *edges = fm_program_from(p, FM_FLOAT64, 1, &n, edge);
    return dtype == FM_FLOAT64 ? edges : FM_DO(p, "astype", V_T(edges), V_D(dtype));
}

const fm_tensor *fm_bins_edges(fm_program *p, const fm_bins *bins) {
    return bins->uniform ? bins->edges : FM_DO(p, "copy", V_T(bins->edges));
}

bool fm_edges_rise(fm_program *p, const fm_tensor *edges) {
    if (p->status != FM_OK || edges->layout->size < 2) return true;
    const int64_t n = edges->layout->size - 1;
    fm_tensor *falls = FM_DO(p, "greater", V_T(fm_sort_slice(p, edges, 0, 0, n)),
                             V_T(fm_sort_slice(p, edges, 0, 1, n)));
    return fm_program_int(p, FM_DO(p, "any", V_T(falls))) == 0;
}
