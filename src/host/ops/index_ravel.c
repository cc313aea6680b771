/* Rows that make flat places of indices and back, and the packing of bits. */
#include "ops/index.h"

#include <string.h>

/* The shape to which all operands broadcast. */
static fm_status common_shape(const fm_bound *bound, const fm_resolved *r, int *ndim,
                              int64_t *shape, fm_error *error) {
    *ndim = 0;
    for (int i = 0; i < r->nin; i++)
        if (r->in[i]->ndim > *ndim) *ndim = r->in[i]->ndim;
    for (int d = 0; d < *ndim; d++) shape[d] = 1;
    for (int i = 0; i < r->nin; i++) {
        int missing = *ndim - r->in[i]->ndim;
        for (int d = missing; d < *ndim; d++) {
            int64_t extent = fm_layout_shape(r->in[i])[d - missing];
            if (shape[d] == 1) shape[d] = extent;
            if (extent == 1 || extent == shape[d]) continue;
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                              "index %d has extent %lld along axis %d of the result, but another "
                              "has %lld",
                              i, (long long)extent, d, (long long)shape[d]);
        }
    }
    return FM_OK;
}

/* _ravel(indices, extents, modes, backwards) */
fm_status fm_infer_ravel(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int64_t *extents, *modes;
    int64_t shape[FM_MAX_NDIM];
    int count = fm_arg_ints(&bound->values[1], &extents), ndim;
    int nmodes = fm_arg_ints(&bound->values[2], &modes);
    if (count != r->nin || nmodes != count)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%d extents and %d modes, but there are %d indices", count, nmodes,
                          r->nin);
    for (int i = 0; i < count; i++) FM_TRY(fm_index_integral(bound, r, i, error));
    FM_TRY(common_shape(bound, r, &ndim, shape, error));
    r->compute = FM_INT64;
    r->params.index.backwards = bound->values[3].as.i != 0;
    for (int i = 0; i < count; i++) {
        r->params.index.extent[i] = extents[i];
        r->params.index.modes[i] = (uint8_t)modes[i];
    }
    fm_output_set(r, 0, FM_INT64, ndim, shape);
    return FM_OK;
}

/* _unravel(index, extents, backwards) */
fm_status fm_infer_unravel(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int64_t *extents;
    int64_t shape[FM_MAX_NDIM];
    int count = fm_arg_ints(&bound->values[1], &extents);
    const fm_layout *index = r->in[0];
    FM_TRY(fm_index_integral(bound, r, 0, error));
    if (index->ndim >= FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but the result has one more, at most %d", index->ndim,
                          FM_MAX_NDIM);
    shape[0] = count;
    for (int d = 0; d < index->ndim; d++) shape[d + 1] = fm_layout_shape(index)[d];
    r->compute = FM_INT64;
    r->params.index.naxes = count;
    r->params.index.backwards = bound->values[2].as.i != 0;
    for (int i = 0; i < count; i++) r->params.index.extent[i] = extents[i];
    fm_output_set(r, 0, FM_INT64, index->ndim + 1, shape);
    return FM_OK;
}

/* _runs(ends, size) */
fm_status fm_infer_runs(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    int64_t size = bound->values[1].as.i;
    r->compute = FM_INT64;
    fm_output_set(r, 0, FM_INT64, 1, &size);
    return FM_OK;
}

/* The axis of packbits and unpackbits; None, and 0 dimensions, are one axis of all elements. */
static fm_status bits_axis(const fm_bound *bound, fm_resolved *r, int *axis, fm_error *error) {
    const fm_layout *a = r->in[0];
    const char *order = bound->values[bound->row->nparams - 1].as.string;
    *axis = 0;
    if (strcmp(order, "big") != 0 && strcmp(order, "little") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, bound->row->nparams,
                          "'%s', but the order of bits is big or little", order);
    bool flat = fm_arg_absent(&bound->values[1]) || a->ndim == 0;
    if (!flat)
        FM_TRY(fm_axis_normalise(bound->row, 1, bound->values[1].as.i, a->ndim, axis, error));
    if (flat && a->ndim == 0 && !fm_arg_absent(&bound->values[1]))
        FM_TRY(fm_axis_normalise(bound->row, 1, bound->values[1].as.i, 1, axis, error));
    r->params.index = (fm_index_params){.axis = *axis, .little = order[0] == 'l'};
    r->program = r->by_value || (flat && a->ndim != 1);
    r->compute = FM_UINT8;
    return FM_OK;
}

static void bits_shape(fm_resolved *r, const fm_bound *bound, int axis, int64_t extent) {
    const fm_layout *a = r->in[0];
    int64_t shape[FM_MAX_NDIM];
    bool flat = fm_arg_absent(&bound->values[1]) || a->ndim == 0;
    if (!flat) memcpy(shape, fm_layout_shape(a), (size_t)a->ndim * sizeof *shape);
    shape[axis] = extent;
    fm_output_set(r, 0, FM_UINT8, flat ? 1 : a->ndim, shape);
}

static int64_t bits_extent(const fm_bound *bound, const fm_resolved *r, int axis) {
    const fm_layout *a = r->in[0];
    bool flat = fm_arg_absent(&bound->values[1]) || a->ndim == 0;
    return flat ? a->size : fm_layout_shape(a)[axis];
}

fm_status fm_infer_packbits(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    char kind = fm_dtype_kind(r->in[0]->dtype);
    if (kind != 'b' && kind != 'i' && kind != 'u')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                          "%s, but bits are packed of integers or bool",
                          fm_dtype_name(r->in[0]->dtype));
    FM_TRY(bits_axis(bound, r, &axis, error));
    int64_t extent = bits_extent(bound, r, axis);
    bits_shape(r, bound, axis, extent / 8 + (extent % 8 != 0));
    return FM_OK;
}

/* count elements along the axis: all of them by default, less that many where it is below zero. */
fm_status fm_infer_unpackbits(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    if (r->in[0]->dtype != FM_UINT8)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1,
                          "%s, but bits are unpacked of uint8", fm_dtype_name(r->in[0]->dtype));
    FM_TRY(bits_axis(bound, r, &axis, error));
    int64_t bytes = bits_extent(bound, r, axis), all;
    if (__builtin_mul_overflow(bytes, 8, &all))
        return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 1,
                          "%lld bytes have more than 2^63 - 1 bits", (long long)bytes);
    int64_t count = fm_arg_int(&bound->values[2], all);
    if (count < -all)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "count %lld, but there are %lld bits", (long long)count, (long long)all);
    bits_shape(r, bound, axis, count < 0 ? all + count : count);
    return FM_OK;
}

/* Over all elements as one axis. */
fm_status fm_run_bits(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    int64_t flat[1] = {-1};
    fm_value values[FM_MAX_PARAMS];
    if (p->status != FM_OK) return p->status;
    memcpy(values, p->values, p->row->nparams * sizeof *values);
    values[0] = V_T(FM_DO(p, "reshape", V_T(a), V_INTS(flat, 1)));
    values[1] = V_I(0);
    fm_program_return(p, 0, fm_do(p, p->row, values, p->row->nparams));
    return p->status;
}
