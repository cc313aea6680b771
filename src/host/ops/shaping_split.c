/* Parts of one array and views of several: split and its kin, unstack, atleast_nd,
   broadcast_arrays. All are views. */
#include "ops/shaping.h"

enum { P_ARY, P_SECTIONS, P_AXIS };

static fm_split_id split_of(const fm_row *row) {
    return (fm_split_id)row->op;
}

static fm_status need_dimensions(const fm_bound *bound, int ndim, int least, fm_error *error) {
    if (ndim >= least) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                      "%d dimensions, but at least %d are needed", ndim, least);
}

/* The axis that is split; out of range it is an IndexError. */
static fm_status split_axis(const fm_bound *bound, int ndim, int *axis, fm_error *error) {
    switch (split_of(bound->row)) {
    case FM_SPLIT_hsplit:
        *axis = ndim > 1 ? 1 : 0;
        return need_dimensions(bound, ndim, 1, error);
    case FM_SPLIT_vsplit:
        *axis = 0;
        return need_dimensions(bound, ndim, 2, error);
    case FM_SPLIT_dsplit:
        *axis = 2;
        return need_dimensions(bound, ndim, 3, error);
    default:
        break;
    }
    int64_t given = bound->values[P_AXIS].as.i;
    if (given < -ndim || given >= ndim) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_AXIS + 1,
                   "axis %lld is out of range for %d dimensions", (long long)given, ndim);
        return fm_fail_as(error, "IndexError", FM_ERR_SHAPE);
    }
    *axis = (int)(given < 0 ? given + ndim : given);
    return FM_OK;
}

/* A number of sections, and whether it is one: sections of an axis, else the places to cut at. */
static fm_status check_sections(const fm_bound *bound, int64_t extent, fm_error *error) {
    const fm_value *value = &bound->values[P_SECTIONS];
    if (value->kind == FM_VALUE_INTS) return FM_OK;
    int64_t sections = value->as.i;
    bool exact = split_of(bound->row) != FM_SPLIT_array_split;
    if (sections == 0 && exact) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SECTIONS + 1,
                   "the number of sections is 0");
        return fm_fail_as(error, "ZeroDivisionError", FM_ERR_ARGUMENT);
    }
    if (sections <= 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SECTIONS + 1,
                          "%lld sections, but at least 1 is needed", (long long)sections);
    if (exact && extent % sections != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SECTIONS + 1,
                          "%lld sections, which do not divide the extent %lld evenly",
                          (long long)sections, (long long)extent);
    return FM_OK;
}

fm_status fm_infer_split(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, P_ARY, 0);
    FM_TRY(split_axis(bound, a->ndim, &axis, error));
    r->compute = a->dtype;
    return check_sections(bound, fm_layout_shape(a)[axis], error);
}

/* A place in an axis by Python's rules for the ends of slices. */
static int64_t clip_place(int64_t place, int64_t extent) {
    if (place < 0) place += extent;
    return place < 0 ? 0 : place > extent ? extent : place;
}

fm_status fm_run_split(fm_program *p) {
    const fm_value *value = &p->values[P_SECTIONS];
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_tensor *a = fm_program_tensor(p, P_ARY);
    int axis;
    if (a) p->status = split_axis(&bound, a->layout->ndim, &axis, p->error);
    if (p->status != FM_OK) return p->status;
    bool places = value->kind == FM_VALUE_INTS;
    int64_t extent = fm_layout_shape(a->layout)[axis];
    int64_t count = places ? (int64_t)value->count + 1 : value->as.i, from = 0;
    if (count > UINT32_MAX)
        return fm_program_fail(p, FM_ERR_OVERFLOW, P_SECTIONS + 1, "too many sections");
    fm_value *parts = fm_program_memory(p, (size_t)count * sizeof *parts);
    for (int64_t i = 0; i < count && p->status == FM_OK; i++) {
        int64_t to = extent;
        if (places && i < count - 1) to = clip_place(value->as.ints[i], extent);
        if (!places) to = from + extent / count + (i < extent % count);
        int64_t length = to > from ? to - from : 0;
        parts[i] = V_T(fm_do_slice(p, a, axis, length ? from : 0, length, 1));
        from = to;
    }
    fm_program_reply(
        p, (fm_value){.kind = FM_VALUE_LIST, .count = (uint32_t)count, .as.items = parts});
    return p->status;
}

/* unstack: the parts along an axis without it. */

fm_status fm_infer_unstack(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int axis;
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, 0, 0);
    FM_TRY(need_dimensions(bound, a->ndim, 1, error));
    r->compute = a->dtype;
    return fm_axis_normalise(bound->row, 1, bound->values[1].as.i, a->ndim, &axis, error);
}

fm_status fm_run_unstack(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    if (!a) return p->status;
    int64_t axis = p->values[1].as.i;
    if (axis < 0) axis += a->layout->ndim;
    int64_t count = fm_layout_shape(a->layout)[axis];
    if (count > UINT32_MAX) return fm_program_fail(p, FM_ERR_OVERFLOW, 1, "too many parts");
    fm_value *parts = fm_program_memory(p, (size_t)count * sizeof *parts);
    for (int64_t i = 0; i < count && p->status == FM_OK; i++)
        parts[i] = V_T(FM_DO(p, "squeeze", V_T(fm_do_slice(p, a, (int)axis, i, 1, 1)), V_I(axis)));
    fm_program_reply(p, V_TUPLE(parts, count));
    return p->status;
}

/* One result alone, several as a tuple. */
static void reply_all(fm_program *p, const fm_value *parts, uint32_t count) {
    fm_program_reply(p, count == 1 ? parts[0] : V_TUPLE(parts, count));
}

static const fm_tensor *at_least(fm_program *p, const fm_tensor *tensor, int least) {
    int64_t shape[3] = {1, 1, 1};
    const int ndim = tensor->layout->ndim;
    const int64_t *old = fm_layout_shape(tensor->layout);
    if (ndim >= least && !(tensor->layout->flags & FM_LAYOUT_WEAK)) return tensor;
    if (ndim == 1) shape[least - 1 > 1 ? 1 : least - 1] = old[0];
    if (ndim == 2) {
        shape[0] = old[0];
        shape[1] = old[1];
    }
    return FM_DO(p, "reshape", V_T(tensor), V_INTS(shape, least));
}

fm_status fm_run_atleast(fm_program *p) {
    const fm_value *arrays = &p->values[0];
    fm_value *parts = fm_program_memory(p, (arrays->count + 1) * sizeof *parts);
    for (uint32_t i = 0; i < arrays->count && p->status == FM_OK; i++)
        parts[i] = V_T(at_least(p, arrays->as.tensors[i], p->row->op));
    if (p->status == FM_OK) reply_all(p, parts, arrays->count);
    return p->status;
}

/* broadcast_arrays */

static fm_status common_shape(const fm_bound *bound, int *ndim, int64_t *shape, fm_error *error) {
    const fm_value *arrays = &bound->values[0];
    *ndim = 0;
    for (uint32_t i = 0; i < arrays->count; i++) {
        const fm_layout *x = arrays->as.tensors[i]->layout;
        char a[160], b[160];
        int grown = x->ndim > *ndim ? x->ndim : *ndim;
        for (int d = grown - 1; d >= 0; d--)
            shape[d] = d < grown - *ndim ? 1 : shape[d - (grown - *ndim)];
        *ndim = grown;
        for (int d = 0; d < x->ndim; d++) {
            int64_t mine = fm_layout_shape(x)[d], *other = &shape[grown - x->ndim + d];
            if (mine != *other && mine != 1 && *other != 1)
                return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, (int)i + 1,
                                  "shape %s does not broadcast with %s",
                                  fm_shape_format(x->ndim, fm_layout_shape(x), a, sizeof a),
                                  fm_shape_format(grown, shape, b, sizeof b));
            if (*other == 1) *other = mine;
        }
    }
    return FM_OK;
}

fm_status fm_infer_broadcast_arrays(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int ndim;
    int64_t shape[FM_MAX_NDIM];
    r->compute = bound->values[0].count ? bound->values[0].as.tensors[0]->layout->dtype : FM_BOOL;
    return common_shape(bound, &ndim, shape, error);
}

/* Free by the textbook; 0.4.3 logs the elements of all results. */
fm_status fm_cost_of_broadcast_arrays(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                      fm_error *error) {
    int ndim;
    int64_t shape[FM_MAX_NDIM + 1];
    (void)r;
    FM_TRY(common_shape(bound, &ndim, shape, error));
    fm_u128 size;
    fm_status status = FM_OK;
    if (!fm_u128_extents(ndim, shape, &size) || !fm_u128_mul(size, bound->values[0].count, &size))
        status = FM_ERR_OVERFLOW;
    if (status == FM_OK)
        status = fm_work_add_units(work, fm_row_cost_name(bound->row), work->faults ? size : 0);
    return fm_cost_result(bound, status, error);
}

fm_status fm_run_broadcast_arrays(fm_program *p) {
    const fm_value *arrays = &p->values[0];
    const fm_bound bound = {.row = p->row, .values = p->values};
    int ndim;
    int64_t shape[FM_MAX_NDIM];
    fm_value *parts = fm_program_memory(p, (arrays->count + 1) * sizeof *parts);
    if (parts) p->status = common_shape(&bound, &ndim, shape, p->error);
    for (uint32_t i = 0; i < arrays->count && p->status == FM_OK; i++)
        parts[i] = V_T(FM_DO(p, "broadcast_to", V_T(arrays->as.tensors[i]), V_INTS(shape, ndim)));
    fm_program_reply(p, V_TUPLE(parts, arrays->count));
    return p->status;
}
