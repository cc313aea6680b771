/* Integers of a range: randint, integers, random_integers, tomaxint; and bytes. */
#include "ops/sample.h"
#include "core/element.h"

#include <math.h>
#include <string.h>

/* A bound as NumPy takes it: from int64's least to beyond uint64's most. */
typedef fm_i128 whole;

enum { PROBED_LOW, PROBED_WIDTH, PROBED_ARRAYS, PROBED_NOTHING };

static fm_dtype dtype_of(const fm_row *row, const fm_value *values) {
    int dtype = fm_sample_param(row, "dtype");
    return dtype < 0 ? FM_INT64 : fm_arg_dtype(&values[dtype], FM_INT64);
}

/* The least and the most of an integer dtype; false for others. */
static bool range_of(fm_dtype dtype, whole *least, whole *most) {
    char kind = fm_dtype_kind(dtype);
    int bits = 8 * (int)fm_dtype_size(dtype);
    if (kind == 'b') bits = 1;
    if (kind != 'b' && kind != 'i' && kind != 'u') return false;
    *least = kind == 'i' ? -((whole)1 << (bits - 1)) : 0;
    *most = ((whole)1 << (kind == 'i' ? bits - 1 : bits)) - 1;
    return true;
}

/* A float cut to an integer, as int() does; refuses NaN and infinities. */
static whole from_float(fm_program *p, int param, double x) {
    if (isnan(x))
        fm_program_fail(p, FM_ERR_ARGUMENT, param + 1, "NaN is no integer");
    else if (isinf(x))
        fm_program_fail(p, FM_ERR_OVERFLOW, param + 1, "infinity is no integer");
    else if (fabs(x) < 0x1p100)
        return (whole)x;
    return x < 0 ? -((whole)1 << 100) : (whole)1 << 100;
}

static whole from_scalar(fm_program *p, int param, fm_scalar x) {
    char kind = fm_dtype_kind(x.dtype);
    if (kind == 'f') return from_float(p, param, x.value.f);
    if (kind == 'u') return (whole)x.value.u;
    if (kind != 'c') return (whole)x.value.i;
    fm_program_fail(p, FM_ERR_DTYPE, param + 1, "a complex number is no integer");
    return 0;
}

/* Both ends of a range, and whether the upper one belongs to it. */
typedef struct ends {
    int low_param, high_param;
    whole low, high;
    bool closed;
} ends;

/* Whether a size without elements is asked for, of which NumPy looks at no range. */
static bool draws_nothing(const fm_program *p) {
    const int64_t *size;
    int param = fm_sample_param(p->row, "size");
    int count = param < 0 ? 0 : fm_arg_ints(&p->values[param], &size);
    for (int d = 0; d < count; d++)
        if (size[d] == 0) return true;
    return false;
}

/* low <= high within the dtype; the range is [low, low + width]. */
static bool check_ends(fm_program *p, const ends *e, uint64_t *width) {
    whole least, most, last = e->closed ? e->high : e->high - 1;
    fm_dtype dtype = dtype_of(p->row, p->values);
    if (!range_of(dtype, &least, &most))
        fm_program_fail(p, FM_ERR_DTYPE, fm_sample_param(p->row, "dtype") + 1,
                        "dtype %s, but the samples are integers or bool", fm_dtype_name(dtype));
    else if (e->low < least)
        fm_program_fail(p, FM_ERR_ARGUMENT, e->low_param + 1, "low is out of bounds for %s",
                        fm_dtype_name(dtype));
    else if (last > most)
        fm_program_fail(p, FM_ERR_ARGUMENT, e->high_param + 1, "high is out of bounds for %s",
                        fm_dtype_name(dtype));
    else if (e->low > last && draws_nothing(p))
        last = e->low;
    else if (e->low > last)
        fm_program_fail(p, FM_ERR_ARGUMENT, e->high_param + 1, "high, %lld, is not %s low, %lld",
                        (long long)e->high, e->closed ? "at least" : "above", (long long)e->low);
    if (p->status != FM_OK) return false;
    *width = (uint64_t)(last - e->low);
    return true;
}

/* low and high as given: alone, low is the end of a range from 0, or from 1 for random_integers. */
static ends ends_of(const fm_program *p) {
    int endpoint = fm_sample_param(p->row, "endpoint");
    bool from_one = !strcmp(fm_sample_method(p->row), "random_integers");
    ends e = {0, 1, from_one ? 1 : 0, 0, from_one};
    fm_value high = fm_arg(p, 1);
    if (endpoint >= 0) e.closed = fm_arg(p, endpoint).as.i != 0;
    if (fm_arg_absent(&high)) {
        e.low_param = -1;
        e.high_param = 0;
    }
    return e;
}

static bool is_array(const fm_value *value) {
    return value->kind == FM_VALUE_TENSOR && value->as.tensor->layout->ndim > 0;
}

static bool is_unknown(const fm_value *value) {
    return value->kind == FM_VALUE_TENSOR && value->as.tensor->layout->flags & FM_LAYOUT_ABSTRACT;
}

/* A number, or a tensor without axes. */
static whole read_one(fm_program *p, int param) {
    fm_value value = fm_arg(p, param);
    fm_scalar scalar = fm_value_number(&value);
    if (value.kind == FM_VALUE_TENSOR) {
        char element[16] = {0};
        const fm_tensor *tensor = fm_program_as_tensor(p, &value);
        if (tensor) fm_program_read(p, tensor, element);
        if (p->status == FM_OK) scalar = fm_scalar_load(tensor->layout->dtype, element);
    }
    return p->status == FM_OK ? from_scalar(p, param, scalar) : 0;
}

fm_status fm_probe_whole(fm_program *p, int64_t probed[FM_PROBED]) {
    ends e = ends_of(p);
    uint64_t width = 0;
    fm_value low = fm_arg(p, 0), high = fm_arg(p, 1);
    probed[PROBED_ARRAYS] = is_array(&low) || is_array(&high);
    probed[PROBED_NOTHING] = is_unknown(&low) || is_unknown(&high);
    if (probed[PROBED_ARRAYS] || probed[PROBED_NOTHING]) return FM_OK;
    if (e.low_param == 0) e.low = read_one(p, 0);
    e.high = read_one(p, e.high_param);
    if (p->status == FM_OK && check_ends(p, &e, &width)) {
        probed[PROBED_LOW] = (int64_t)(uint64_t)e.low;
        probed[PROBED_WIDTH] = (int64_t)width;
    }
    return p->status;
}

fm_status fm_infer_whole(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    uint64_t width = (uint64_t)bound->probed[PROBED_WIDTH];
    fm_operands_clear(r);
    for (int p = 0; p < 2; p++) {
        const fm_layout *x = fm_value_layout(&bound->values[p]);
        if (x && !fm_sample_broadcast(&ndim, shape, x->ndim, fm_layout_shape(x)))
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, p + 1,
                              "low and high do not broadcast");
    }
    r->compute = dtype_of(bound->row, bound->values);
    r->program = bound->probed[PROBED_ARRAYS] || bound->probed[PROBED_NOTHING];
    r->params.sample = (fm_sample_params){
        .low = (uint64_t)bound->probed[PROBED_LOW], .width = width, .narrow = width <= UINT32_MAX};
    FM_TRY(fm_sample_output(bound, r, r->compute, ndim, shape, error));
    return r->program ? FM_OK : fm_sample_consume(bound, r, r->params.sample.narrow ? 1 : 2, error);
}

/* Arrays of ends */

typedef struct end_array {
    whole *value;
    int ndim;
    int64_t shape[FM_MAX_NDIM], size;
} end_array;

/* All elements of a parameter, row-major; one where it is a number. */
static bool read_ends(fm_program *p, int param, end_array *out) {
    fm_value value = fm_arg(p, param);
    const fm_tensor *tensor = fm_program_as_tensor(p, &value);
    if (!tensor) return false;
    const fm_layout *layout = tensor->layout;
    size_t width = fm_dtype_size(layout->dtype);
    out->ndim = layout->ndim;
    out->size = layout->size;
    if (layout->ndim) memcpy(out->shape, fm_layout_shape(layout), (size_t)layout->ndim * 8);
    out->value = fm_program_memory(p, (size_t)layout->size * sizeof *out->value);
    char *raw = fm_program_memory(p, (size_t)layout->size * width);
    if (!raw || !out->value) return false;
    fm_program_read(p, tensor, raw);
    for (int64_t i = 0; i < layout->size && p->status == FM_OK; i++)
        out->value[i] =
            from_scalar(p, param, fm_scalar_load(layout->dtype, raw + (size_t)i * width));
    return p->status == FM_OK;
}

/* The element that element i of the broadcast shape reads. */
static whole end_at(const end_array *a, int ndim, const int64_t *shape, int64_t i) {
    int64_t at = 0, step = 1;
    for (int d = 1; d <= ndim; d++) {
        int64_t place = i % shape[ndim - d];
        i /= shape[ndim - d];
        if (d > a->ndim) continue;
        if (a->shape[a->ndim - d] != 1) at += place * step;
        step *= a->shape[a->ndim - d];
    }
    return a->value[at];
}

fm_status fm_run_whole(fm_program *p) {
    ends e = ends_of(p);
    end_array low = {.value = &e.low, .size = 1}, high;
    int64_t shape[FM_MAX_NDIM], size = 1;
    int ndim = 0;
    if ((e.low_param == 0 && !read_ends(p, 0, &low)) || !read_ends(p, e.high_param, &high))
        return p->status;
    (void)fm_sample_broadcast(&ndim, shape, low.ndim, low.shape);
    (void)fm_sample_broadcast(&ndim, shape, high.ndim, high.shape);
    for (int d = 0; d < ndim; d++) size *= shape[d];
    uint64_t *lows = fm_program_memory(p, (size_t)size * 8),
             *widths = fm_program_memory(p, (size_t)size * 8);
    for (int64_t i = 0; i < size && p->status == FM_OK; i++) {
        ends one = e;
        one.low = end_at(&low, ndim, shape, i);
        one.high = end_at(&high, ndim, shape, i);
        if (check_ends(p, &one, &widths[i])) lows[i] = (uint64_t)one.low;
    }
    fm_dtype dtype = dtype_of(p->row, p->values);
    fm_value wanted = fm_arg(p, fm_sample_param(p->row, "size"));
    if (fm_arg_absent(&wanted)) wanted = V_INTS(shape, ndim);
    const fm_tensor *from = fm_program_from(p, FM_INT64, ndim, shape, lows);
    const fm_tensor *by = fm_program_from(p, FM_INT64, ndim, shape, widths);
    fm_program_return(
        p, 0,
        FM_DO(p, "_whole", V_T(from), V_T(by), wanted, V_D(dtype), V_B(fm_dtype_size(dtype) <= 4)));
    return p->status;
}

/* Integers from 0 to int64's most. */
fm_status fm_infer_tomaxint(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    r->compute = FM_INT64;
    r->params.sample = (fm_sample_params){.width = INT64_MAX};
    FM_TRY(fm_sample_output(bound, r, FM_INT64, 0, NULL, error));
    return fm_sample_consume(bound, r, 2, error);
}

/* Bytes. NumPy draws whole words and cuts them as a Python slice does, so that a negative length
   leaves that many bytes out of the words drawn for it. */

static int64_t length_of(const fm_value *value) {
    if (value->kind != FM_VALUE_FLOAT) return fm_arg_int(value, 0);
    return fabs(value->as.f) < 0x1p62 ? (int64_t)value->as.f : INT64_MAX;
}

fm_status fm_infer_bytes(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t length = length_of(&bound->values[0]);
    fm_operands_clear(r);
    if (length <= -7)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1, "length %lld is negative",
                          (long long)length);
    if (length < 0) length = length >= -2 ? 4 + length : 0;
    r->compute = FM_UINT8;
    fm_output_set(r, 0, FM_UINT8, 1, &length);
    int64_t words = length / 4 + (length % 4 != 0);
    r->random_words = (uint64_t)words;
    return FM_OK;
}

fm_status fm_cost_of_bytes(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error) {
    int64_t length = length_of(&bound->values[0]);
    fm_status status =
        fm_cost_units(work, fm_row_cost_name(bound->row), length > 0 ? (fm_u128)length : 0);
    return fm_cost_close(bound, r, work, status, error);
}
