/* pad: its arguments, and the array put in the middle of its result. */
#include "ops/shaping_pad.h"

#include <math.h>
#include <string.h>

enum { P_ARRAY, P_WIDTH, P_MODE, P_LENGTH, P_CONSTANT, P_END, P_REFLECT };

static const char *const mode_names[] = {
    [FM_PAD_constant] = "constant",
    [FM_PAD_edge] = "edge",
    [FM_PAD_linear_ramp] = "linear_ramp",
    [FM_PAD_maximum] = "maximum",
    [FM_PAD_mean] = "mean",
    [FM_PAD_median] = "median",
    [FM_PAD_minimum] = "minimum",
    [FM_PAD_reflect] = "reflect",
    [FM_PAD_symmetric] = "symmetric",
    [FM_PAD_wrap] = "wrap",
    [FM_PAD_empty] = "empty",
};

/* The keyword that a mode takes, 0 where it takes none. */
static int keyword_of(fm_pad_mode mode) {
    switch (mode) {
    case FM_PAD_constant:
        return P_CONSTANT;
    case FM_PAD_linear_ramp:
        return P_END;
    case FM_PAD_maximum:
    case FM_PAD_mean:
    case FM_PAD_median:
    case FM_PAD_minimum:
        return P_LENGTH;
    case FM_PAD_reflect:
    case FM_PAD_symmetric:
        return P_REFLECT;
    default:
        return 0;
    }
}

static fm_status read_mode(const fm_bound *bound, fm_pad_mode *mode, fm_error *error) {
    const fm_value *value = &bound->values[P_MODE];
    *mode = FM_PAD_function;
    if (value->kind == FM_VALUE_FUNCTION) return FM_OK;
    for (int i = 0; i < FM_PAD_function; i++)
        if (strcmp(mode_names[i], value->as.string) == 0) *mode = (fm_pad_mode)i;
    if (*mode == FM_PAD_function)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_MODE + 1,
                          "mode '%.30s' is not supported", value->as.string);
    for (int param = P_LENGTH; param <= P_REFLECT; param++)
        if (bound->values[param].kind != FM_VALUE_UNSET && param != keyword_of(*mode))
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                              "mode '%s' does not take '%s'", mode_names[*mode],
                              bound->row->params[param].name);
    return FM_OK;
}

/* Numbers in at most two levels of lists. */
typedef struct numbers {
    int ndim;
    int64_t shape[2];
    fm_scalar item[2 * FM_MAX_NDIM];
    int count;
} numbers;

static fm_status bad_numbers(const fm_bound *bound, int param, fm_error *error) {
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "'%s' is neither a number, nor a pair, nor a pair for each axis",
                      bound->row->params[param].name);
}

static fm_status read_numbers(const fm_bound *bound, int param, const fm_value *value, int depth,
                              numbers *out, fm_error *error) {
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE ||
                value->kind == FM_VALUE_INTS;
    bool number = value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
    if (number) {
        if (depth != out->ndim || out->count == 2 * FM_MAX_NDIM)
            return bad_numbers(bound, param, error);
        out->item[out->count++] = fm_value_number(value);
        return FM_OK;
    }
    if (!list || depth == 2) return bad_numbers(bound, param, error);
    if (depth == out->ndim && out->count == 0) {
        out->shape[depth] = value->count;
        out->ndim = depth + 1;
    }
    if (depth >= out->ndim || out->shape[depth] != value->count)
        return bad_numbers(bound, param, error);
    for (uint32_t i = 0; i < value->count; i++) {
        fm_value one = value->kind == FM_VALUE_INTS ? V_I(value->as.ints[i]) : value->as.items[i];
        FM_TRY(read_numbers(bound, param, &one, depth + 1, out, error));
    }
    return FM_OK;
}

/* One number, a pair, or what broadcasts to a pair for each axis. */
static fm_status read_pairs(const fm_bound *bound, int param, int ndim, fm_pad_pairs *pairs,
                            fm_error *error) {
    numbers x = {0};
    FM_TRY(read_numbers(bound, param, &bound->values[param], 0, &x, error));
    int64_t rows = x.ndim == 2 ? x.shape[0] : 1, columns = x.ndim ? x.shape[x.ndim - 1] : 1;
    bool pair = x.count == 2 && !(x.ndim == 2 && rows == 2);
    if (pair) {
        rows = 1;
        columns = 2;
    }
    if (x.count == 0 || (columns != 1 && columns != 2) || (rows != 1 && rows != ndim))
        return bad_numbers(bound, param, error);
    for (int d = 0; d < (ndim > 0 ? ndim : 1); d++)
        for (int side = 0; side < 2; side++)
            pairs->pair[d][side] =
                x.item[(rows == 1 ? 0 : d) * columns + (columns == 1 ? 0 : side)];
    return FM_OK;
}

/* Counts: not negative, rounded to the nearest even one where they are floats. */
static fm_status read_counts(const fm_bound *bound, int param, int ndim, bool whole,
                             int64_t (*counts)[2], fm_error *error) {
    fm_pad_pairs pairs;
    FM_TRY(read_pairs(bound, param, ndim, &pairs, error));
    for (int i = 0; i < 2 * (ndim > 0 ? ndim : 1); i++) {
        fm_scalar x = pairs.pair[i / 2][i % 2];
        if (x.dtype != FM_INT64 && (whole || x.dtype != FM_FLOAT64)) {
            fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, param + 1,
                       "'%s' holds a %s, but integers are needed", bound->row->params[param].name,
                       fm_dtype_name(x.dtype));
            return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
        }
        int64_t n = x.dtype == FM_INT64 ? x.value.i : (int64_t)rint(x.value.f);
        if (n < 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                              "'%s' holds %lld, but it is at least 0",
                              bound->row->params[param].name, (long long)n);
        counts[i / 2][i % 2] = n;
    }
    return FM_OK;
}

static fm_status read_keyword(const fm_bound *bound, fm_pad *pad, fm_error *error) {
    int param = keyword_of(pad->mode);
    const fm_value *value = param ? &bound->values[param] : NULL;
    for (int d = 0; d < pad->ndim; d++) pad->values.pair[d][0] = pad->values.pair[d][1] = fm_int(0);
    if (param == 0 || fm_arg_absent(value)) return FM_OK;
    if (param == P_REFLECT) {
        pad->odd = strcmp(value->as.string, "odd") == 0;
        return FM_OK;
    }
    if (param != P_LENGTH) return read_pairs(bound, param, pad->ndim, &pad->values, error);
    pad->has_lengths = true;
    return read_counts(bound, param, pad->ndim, false, pad->lengths, error);
}

/* What only shows beside the array's shape: axes without elements, statistics of none. */
static fm_status check_extents(const fm_bound *bound, const fm_pad *pad, fm_error *error) {
    if (pad->mode == FM_PAD_constant || pad->mode == FM_PAD_empty || pad->mode == FM_PAD_function)
        return FM_OK;
    for (int d = 0; d < pad->ndim; d++) {
        if (pad->shape[d] == 0 && pad->front[d] + pad->back[d] > 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_MODE + 1,
                              "axis %d is empty, which mode '%s' cannot extend", d,
                              mode_names[pad->mode]);
    }
    bool extremum = pad->mode == FM_PAD_maximum || pad->mode == FM_PAD_minimum;
    for (int d = 0; d < pad->ndim && extremum && pad->has_lengths; d++)
        if (pad->lengths[d][0] == 0 || pad->lengths[d][1] == 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_LENGTH + 1,
                              "a stat_length of 0 yields no value");
    return FM_OK;
}

fm_status fm_pad_read(const fm_bound *bound, int ndim, const int64_t *shape, fm_pad *pad,
                      fm_error *error) {
    int64_t widths[FM_MAX_NDIM][2];
    pad->ndim = ndim;
    pad->odd = pad->has_lengths = false;
    if (ndim > 0) memcpy(pad->shape, shape, (size_t)ndim * sizeof *shape);
    FM_TRY(read_counts(bound, P_WIDTH, ndim, true, widths, error));
    FM_TRY(read_mode(bound, &pad->mode, error));
    for (int d = 0; d < ndim; d++) {
        pad->front[d] = widths[d][0];
        pad->back[d] = widths[d][1];
    }
    FM_TRY(read_keyword(bound, pad, error));
    return check_extents(bound, pad, error);
}

fm_status fm_infer_pad(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_pad pad;
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, P_ARRAY, 0);
    FM_TRY(fm_pad_read(bound, a->ndim, fm_layout_shape(a), &pad, error));
    for (int d = 0; d < pad.ndim; d++)
        if (__builtin_add_overflow(pad.shape[d], pad.front[d], &pad.shape[d]) ||
            __builtin_add_overflow(pad.shape[d], pad.back[d], &pad.shape[d]))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, P_WIDTH + 1,
                              "axis %d would exceed 2^63 - 1", d);
    r->compute = a->dtype;
    fm_output_set(r, 0, a->dtype, a->ndim, pad.shape);
    return FM_OK;
}

/* The caller's function replaces every line along every axis in turn. */
static void call_on_lines(fm_program *p, const fm_pad *pad, const fm_tensor *whole) {
    const fm_value function = p->values[P_MODE];
    for (int axis = 0; axis < pad->ndim && p->status == FM_OK; axis++) {
        int64_t widths[2] = {pad->front[axis], pad->back[axis]}, two = 2, at = axis, lines = 1;
        fm_tensor *moved = FM_DO(p, "moveaxis", V_T(whole), V_I(axis), V_I(-1));
        const fm_value pair = V_T(fm_program_from(p, FM_INT64, 1, &two, widths));
        const fm_value number = V_T(fm_program_from(p, FM_INT64, 0, NULL, &at));
        for (int d = 0; moved && d < pad->ndim - 1; d++) lines *= fm_layout_shape(moved->layout)[d];
        for (int64_t i = 0; i < lines && p->status == FM_OK; i++) {
            const fm_tensor *line = moved;
            int64_t rest = i;
            for (int d = pad->ndim - 2; d >= 0 && line; d--) {
                int64_t extent = fm_layout_shape(moved->layout)[d];
                line =
                    FM_DO(p, "squeeze", V_T(fm_do_slice(p, line, d, rest % extent, 1, 1)), V_I(d));
                rest /= extent;
            }
            const fm_value inputs[3] = {V_T(line), pair, number};
            fm_tensor *out = fm_do_function(p, &function, inputs, 3);
            if (!out) return;
            FM_DO_INTO(p, line, "astype", V_T(FM_DO(p, "copy", V_T(out))),
                       V_D(whole->layout->dtype));
        }
    }
}

/* The array's place in the result along the axes from `first` on. */
static const fm_tensor *middle(fm_program *p, const fm_pad *pad, const fm_tensor *whole,
                               int first) {
    for (int d = first; d < pad->ndim && p->status == FM_OK; d++)
        if (pad->front[d] + pad->back[d] > 0)
            whole = fm_do_slice(p, whole, d, pad->front[d], pad->shape[d], 1);
    return whole;
}

/* Whether zeros go around a small array, which then is put into a whole one of them. */
static bool is_framed(const fm_pad *pad, const int64_t *shape) {
    enum { SMALL = 4096 };
    int64_t size = 1;
    for (int d = 0; d < pad->ndim; d++) {
        const fm_scalar *pair = pad->values.pair[d];
        for (int i = 0; i < 2; i++)
            if (pair[i].dtype != FM_INT64 || pair[i].value.i != 0) return false;
        if (__builtin_mul_overflow(size, shape[d], &size) || size > SMALL) return false;
    }
    return pad->mode == FM_PAD_constant;
}

fm_status fm_run_pad(fm_program *p) {
    fm_pad pad;
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_tensor *a = fm_program_tensor(p, P_ARRAY);
    if (!a) return p->status;
    p->status = fm_pad_read(&bound, a->layout->ndim, fm_layout_shape(a->layout), &pad, p->error);
    int64_t shape[FM_MAX_NDIM];
    for (int d = 0; d < pad.ndim; d++) shape[d] = pad.shape[d] + pad.front[d] + pad.back[d];
    const bool framed = p->status == FM_OK && is_framed(&pad, shape);
    bool seen = pad.mode == FM_PAD_function || pad.mode == FM_PAD_empty || framed;
    const fm_tensor *whole = seen
                                 ? FM_DO(p, "zeros", V_INTS(shape, pad.ndim), V_D(a->layout->dtype))
                                 : fm_program_new(p, a->layout->dtype, pad.ndim, shape);
    if (p->status != FM_OK) return p->status;
    if (a->layout->size > 0) FM_DO_INTO(p, middle(p, &pad, whole, 0), "copy", V_T(a));
    if (pad.mode == FM_PAD_function) call_on_lines(p, &pad, whole);
    for (int axis = 0; axis < pad.ndim && !framed && p->status == FM_OK; axis++)
        if (pad.front[axis] + pad.back[axis] > 0)
            fm_pad_axis(p, &pad, middle(p, &pad, whole, axis + 1), axis);
    fm_program_return(p, 0, whole);
    return p->status;
}
