/* Symmetry of tensors that are joined along an axis, or cut into pieces. */
#include "ops/symmetry.h"

/* The group on all its axes but one; NULL where fewer than two are left. */
static fm_status without_axis(const fm_symmetry *group, int axis, const fm_symmetry **out) {
    int kept[FM_MAX_NDIM], count = 0;
    *out = NULL;
    if (!group) return FM_OK;
    for (uint32_t i = 0; i < group->degree; i++)
        if (group->axis[i] != axis) kept[count++] = group->axis[i];
    return fm_symmetry_on_axes(group, count, kept, out);
}

/* The group with the axes from `axis` on moved up by one. */
static fm_status with_room(const fm_symmetry *group, int axis, const fm_symmetry **out) {
    int to[FM_MAX_NDIM];
    for (int a = 0; a < FM_MAX_NDIM; a++) to[a] = a < axis ? a : a + 1;
    return fm_symmetry_remap(group, to, out);
}

typedef fm_status derivation(const fm_symmetry *group, int axis, const fm_symmetry **out);

/* What all inputs have in common after each was derived for its place in the result. */
static fm_status common(fm_symmetry_ask *ask, int axis, int least_ndim, derivation *derive) {
    const fm_value *list = &ask->bound->values[0];
    const fm_symmetry *all = NULL;
    fm_status status = FM_OK;
    for (uint32_t i = 0; i < list->count && status == FM_OK; i++) {
        const fm_layout *in = list->as.tensors[i]->layout;
        const fm_symmetry *own = NULL, *both = NULL;
        if (in->ndim >= least_ndim) status = derive(in->symmetry, axis, &own);
        if (status == FM_OK && i > 0)
            status = fm_symmetry_intersect(all, own, ask->r->out[0].ndim, &both);
        if (i > 0) {
            fm_symmetry_release(all);
            fm_symmetry_release(own);
        }
        all = i > 0 ? both : own;
        if (!all) break;
    }
    ask->out = all;
    return status;
}

static bool is_list(const fm_symmetry_ask *ask) {
    return ask->bound->values[0].kind == FM_VALUE_TENSORS && ask->bound->values[0].count > 0;
}

static int axis_of(const fm_symmetry_ask *ask, int ndim) {
    int64_t axis = fm_arg_int(fm_symmetry_arg(ask, "axis"), 0);
    if (ndim) axis %= ndim;
    return (int)(axis < 0 ? axis + ndim : axis);
}

fm_status fm_symmetry_concatenate(fm_symmetry_ask *ask) {
    if (!is_list(ask) || fm_symmetry_arg(ask, "axis")->kind == FM_VALUE_NONE) return FM_OK;
    return common(ask, axis_of(ask, ask->r->out[0].ndim), 0, without_axis);
}

fm_status fm_symmetry_stack(fm_symmetry_ask *ask) {
    if (!is_list(ask)) return FM_OK;
    return common(ask, axis_of(ask, ask->r->out[0].ndim), 0, with_room);
}

fm_status fm_symmetry_vstack(fm_symmetry_ask *ask) {
    return is_list(ask) ? common(ask, 0, 2, without_axis) : FM_OK;
}

fm_status fm_symmetry_hstack(fm_symmetry_ask *ask) {
    if (!is_list(ask)) return FM_OK;
    bool vectors = true;
    for (uint32_t i = 0; i < ask->bound->values[0].count; i++)
        vectors = vectors && ask->bound->values[0].as.tensors[i]->layout->ndim == 1;
    return common(ask, vectors ? 0 : 1, 0, without_axis);
}

fm_status fm_symmetry_column_stack(fm_symmetry_ask *ask) {
    return is_list(ask) ? common(ask, 1, 2, without_axis) : FM_OK;
}

static fm_status split(fm_symmetry_ask *ask, int axis) {
    if (!ask->group || !fm_symmetry_is_full(ask->a)) return FM_OK;
    return without_axis(ask->group, axis, &ask->out);
}

fm_status fm_symmetry_split(fm_symmetry_ask *ask) {
    return split(ask, ask->a ? axis_of(ask, ask->a->ndim) : 0);
}

fm_status fm_symmetry_hsplit(fm_symmetry_ask *ask) {
    return split(ask, ask->a && ask->a->ndim == 1 ? 0 : 1);
}

fm_status fm_symmetry_vsplit(fm_symmetry_ask *ask) {
    return split(ask, 0);
}

fm_status fm_symmetry_dsplit(fm_symmetry_ask *ask) {
    return split(ask, 2);
}
