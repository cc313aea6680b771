/* Reading a row's bound arguments: axes, shapes, dtypes and operands, with the errors they have. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"

#include <string.h>

int fm_arg_ints(const fm_value *value, const int64_t **ints) {
    switch (value->kind) {
    case FM_VALUE_INT:
    case FM_VALUE_BOOL:
        *ints = &value->as.i;
        return 1;
    case FM_VALUE_INTS:
        *ints = value->as.ints;
        return (int)value->count;
    default:
        *ints = NULL;
        return 0;
    }
}

int64_t fm_arg_int(const fm_value *value, int64_t otherwise) {
    return value->kind == FM_VALUE_INT || value->kind == FM_VALUE_BOOL ? value->as.i : otherwise;
}

fm_dtype fm_arg_dtype(const fm_value *value, fm_dtype otherwise) {
    return value->kind == FM_VALUE_DTYPE ? value->as.dtype : otherwise;
}

fm_status fm_axis_normalise(const fm_row *row, int param, int64_t axis, int ndim, int *out,
                            fm_error *error) {
    if (axis < -ndim || axis >= ndim) {
        fm_fail_op(error, FM_ERR_SHAPE, row->name, param + 1,
                   "%s %lld is out of range for %d dimension%s", row->params[param].name,
                   (long long)axis, ndim, ndim == 1 ? "" : "s");
        return fm_fail_as(error, "AxisError", FM_ERR_SHAPE);
    }
    *out = (int)(axis < 0 ? axis + ndim : axis);
    return FM_OK;
}

fm_status fm_arg_axis_list(const fm_bound *bound, int param, int ndim, int *axes, int *count,
                           fm_error *error) {
    const int64_t *ints;
    int n = fm_arg_ints(&bound->values[param], &ints);
    if (n > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                          "%d axes, but there are at most %d dimensions", n, FM_MAX_NDIM);
    fm_axis_set seen = 0;
    for (int i = 0; i < n; i++) {
        FM_TRY(fm_axis_normalise(bound->row, param, ints[i], ndim, &axes[i], error));
        if (seen >> axes[i] & 1)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                              "axis %d is given twice, the second time as %lld", axes[i],
                              (long long)ints[i]);
        seen |= (fm_axis_set)1 << axes[i];
    }
    *count = n;
    return FM_OK;
}

fm_status fm_arg_axes(const fm_bound *bound, int param, int ndim, fm_axis_set *axes,
                      fm_error *error) {
    if (fm_arg_absent(&bound->values[param])) {
        *axes = fm_all_axes(ndim);
        return FM_OK;
    }
    int list[FM_MAX_NDIM], count;
    FM_TRY(fm_arg_axis_list(bound, param, ndim, list, &count, error));
    *axes = 0;
    for (int i = 0; i < count; i++) *axes |= (fm_axis_set)1 << list[i];
    return FM_OK;
}

fm_status fm_arg_order(const fm_bound *bound, int param, char otherwise, char *order,
                       fm_error *error) {
    const fm_value *value = &bound->values[param];
    *order = otherwise;
    if (fm_arg_absent(value)) return FM_OK;
    const char *text = value->as.string;
    const char *found = text[0] != '\0' && text[1] == '\0' ? strchr("CcFfAaKk", text[0]) : NULL;
    if (found == NULL)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                          "order must be one of 'C', 'F', 'A' or 'K', but it is '%.20s'", text);
    *order = (char)(*found >= 'a' ? *found - 'a' + 'A' : *found);
    return FM_OK;
}

fm_status fm_arg_row_order(const fm_bound *bound, int param, char *order, fm_error *error) {
    FM_TRY(fm_arg_order(bound, param, 'C', order, error));
    if (*order == 'C' || *order == 'F') return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "order must be 'C' or 'F', but it is '%c'", *order);
}

fm_status fm_arg_casting(const fm_bound *bound, int param, fm_casting *rule, fm_error *error) {
    static const char *const names[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    const fm_value *value = &bound->values[param];
    *rule = FM_CAST_SAME_KIND;
    if (fm_arg_absent(value)) return FM_OK;
    for (int i = 0; i < 5; i++) {
        if (strcmp(value->as.string, names[i]) != 0) continue;
        *rule = (fm_casting)(FM_CAST_NO + i);
        return FM_OK;
    }
    return fm_fail_op(
        error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
        "casting must be one of no, equiv, safe, same_kind, unsafe, but it is '%.20s'",
        value->as.string);
}

fm_status fm_arg_shape(const fm_bound *bound, int param, bool infer_one, int *ndim, int64_t *shape,
                       fm_error *error) {
    const int64_t *ints;
    int n = fm_arg_ints(&bound->values[param], &ints), unknown = 0;
    if (n > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                          "%d dimensions, but at most %d are supported", n, FM_MAX_NDIM);
    for (int i = 0; i < n; i++) {
        if (ints[i] < 0 && (!infer_one || ints[i] != -1))
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                              "extent %d is %lld, but extents are at least 0", i,
                              (long long)ints[i]);
        unknown += ints[i] < 0;
        shape[i] = ints[i];
    }
    if (unknown > 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
                          "%d extents are -1, but only 1 can be inferred", unknown);
    *ndim = n;
    return FM_OK;
}

void fm_operands_clear(fm_resolved *r) {
    r->nin = 0;
    r->by_value = 0;
}

const fm_layout *fm_operand_add(const fm_bound *bound, fm_resolved *r, int param, int element) {
    const fm_value *value = &bound->values[param];
    const fm_layout *layout;
    if (value->kind == FM_VALUE_TENSORS)
        layout = value->as.tensors[element]->layout;
    else
        layout = fm_value_layout(value);
    int i = r->nin++;
    r->in_source[i] = (fm_in_source){(uint8_t)param, (uint8_t)element};
    r->in[i] = layout;
    if (layout != NULL && (layout->flags & FM_LAYOUT_WEAK)) r->by_value |= (uint64_t)1 << i;
    return layout;
}

/* How far a dtype reaches: bool, integer, floating, complex. */
static int kind_rank(fm_dtype dtype) {
    switch (fm_dtype_kind(dtype)) {
    case 'b':
        return 0;
    case 'i':
    case 'u':
        return 1;
    case 'f':
        return 2;
    default:
        return 3;
    }
}

/* dtype after a weak number of the dtype weak has joined. */
fm_dtype fm_promote_weak(fm_dtype dtype, fm_dtype weak) {
    if (kind_rank(weak) <= kind_rank(dtype)) return dtype;
    if (kind_rank(weak) < 3 || kind_rank(dtype) < 2) return weak;
    return fm_promote_types(dtype, FM_COMPLEX64);
}

fm_dtype fm_promote_kind(fm_dtype so_far, fm_dtype next, bool floats) {
    if ((kind_rank(next) >= 2) != floats) return so_far;
    return so_far == FM_DTYPE_NONE ? next : fm_promote_types(so_far, next);
}

fm_dtype fm_operands_promote(const fm_resolved *r) {
    fm_dtype dtype = FM_DTYPE_NONE;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < r->nin; i++)
            if (r->in[i] != NULL && !(r->by_value >> i & 1))
                dtype = fm_promote_kind(dtype, r->in[i]->dtype, pass == 0);
    for (int i = 0; i < r->nin; i++)
        if (r->in[i] != NULL && (r->by_value >> i & 1))
            dtype =
                dtype == FM_DTYPE_NONE ? r->in[i]->dtype : fm_promote_weak(dtype, r->in[i]->dtype);
    return dtype;
}

fm_dtype fm_tensors_promote(const fm_value *tensors) {
    fm_dtype dtype = FM_DTYPE_NONE;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < tensors->count; i++)
            dtype = fm_promote_kind(dtype, tensors->as.tensors[i]->layout->dtype, pass == 0);
    return dtype;
}

void fm_output_set(fm_resolved *r, int i, fm_dtype dtype, int ndim, const int64_t *shape) {
    fm_out_shape *out = &r->out[i];
    out->dtype = dtype;
    out->ndim = ndim;
    if (shape != NULL && ndim > 0) memcpy(out->shape, shape, (size_t)ndim * sizeof *shape);
    if (r->nout <= i) r->nout = i + 1;
}

fm_status fm_cost_result(const fm_bound *bound, fm_status status, fm_error *error) {
    if (status == FM_OK) return FM_OK;
    return fm_fail_op(error, status, bound->row->name, 0, "its cost is beyond 128 bits");
}

fm_status fm_cost_close(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_status status, fm_error *error) {
    if (status == FM_OK) status = fm_cost_bytes(r, work);
    return fm_cost_result(bound, status, error);
}
