/* Symmetry through changes of shape and order: where the axes of a group go, and what is left. */
#include "ops/index_key.h"
#include "ops/symmetry.h"

/* Where the axes of a group lie in a reshaped tensor: between them the same products of extents,
   and each axis of the group whole. False where they do not fit. */
static bool place_axes(const fm_symmetry *group, const fm_layout *in, int out_ndim,
                       const int64_t *out_shape, int *to) {
    const int64_t *shape = fm_layout_shape(in);
    int64_t extent = shape[group->axis[0]];
    int at = 0;
    for (int axis = 0, from = 0; axis <= in->ndim; axis++) {
        bool end = axis == in->ndim;
        if (!end && fm_symmetry_position(group, axis) < 0) continue;
        int64_t wanted = 1, have = 1;
        for (int d = from; d < axis; d++) wanted *= shape[d];
        from = axis + 1;
        if (end) {
            while (at < out_ndim) have *= out_shape[at++];
            return have == wanted;
        }
        while (have < wanted && at < out_ndim) have *= out_shape[at++];
        if (have != wanted) return false;
        while (extent != 1 && at < out_ndim && out_shape[at] == 1) at++;
        if (at >= out_ndim || out_shape[at] != extent) return false;
        to[axis] = at++;
    }
    return false;
}

fm_status fm_symmetry_reshape(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    int to[FM_MAX_NDIM];
    if (!ask->group || !fm_symmetry_out_is_full(ask) || !fm_symmetry_is_full(ask->a)) return FM_OK;
    if (!place_axes(ask->group, ask->a, out->ndim, out->shape, to)) return FM_OK;
    return fm_symmetry_remap(ask->group, to, &ask->out);
}

fm_status fm_symmetry_ravel(fm_symmetry_ask *ask) {
    int to[FM_MAX_NDIM];
    if (!ask->group || !fm_symmetry_is_full(ask->a)) return FM_OK;
    if (!place_axes(ask->group, ask->a, 1, &ask->a->size, to)) return FM_OK;
    return fm_symmetry_remap(ask->group, to, &ask->out);
}

/* Every row that reorders axes is asked by name, since a view's strides do not tell axes of extent
   1 apart. */
static bool read_order(fm_symmetry_ask *ask, int ndim, int *order) {
    const char *name = ask->bound->row->name;
    const fm_value *values = ask->bound->values;
    const int64_t *first, *second;
    for (int d = 0; d < ndim; d++) order[d] = d;
    if (name[0] == 't') { /* transpose */
        bool given = !fm_arg_absent(&values[1]);
        int count = given ? fm_arg_ints(&values[1], &first) : ndim;
        for (int d = 0; d < ndim && count == ndim; d++) {
            order[d] = given ? (int)(first[d] % ndim) : ndim - 1 - d;
            if (order[d] < 0) order[d] += ndim;
        }
        return count == ndim;
    }
    if (name[0] == 's' || name[1] == 'a') { /* swapaxes, matrix_transpose */
        bool matrix = name[0] == 'm';
        if (matrix && ndim < 2) return false;
        int64_t a = matrix ? ndim - 2 : values[1].as.i, b = matrix ? ndim - 1 : values[2].as.i;
        a = a < 0 ? a + ndim : a;
        b = b < 0 ? b + ndim : b;
        order[a] = (int)b;
        order[b] = (int)a;
        return true;
    }
    int count = fm_arg_ints(&values[1], &first); /* moveaxis */
    if (fm_arg_ints(&values[2], &second) != count) return false;
    fm_axis_set moved = 0;
    for (int d = 0; d < ndim; d++) order[d] = -1;
    for (int i = 0; i < count; i++) {
        int64_t from = first[i] < 0 ? first[i] + ndim : first[i];
        order[second[i] < 0 ? second[i] + ndim : second[i]] = (int)from;
        moved |= (fm_axis_set)1 << from;
    }
    for (int d = 0, next = 0; d < ndim; d++) {
        if (order[d] >= 0) continue;
        while (moved >> next & 1) next++;
        order[d] = next++;
    }
    return true;
}

fm_status fm_symmetry_transpose(fm_symmetry_ask *ask) {
    int order[FM_MAX_NDIM], to[FM_MAX_NDIM];
    if (!ask->group || !read_order(ask, ask->a->ndim, order)) return FM_OK;
    for (int d = 0; d < ask->a->ndim; d++) to[order[d]] = d;
    return fm_symmetry_remap(ask->group, to, &ask->out);
}

/* The group after its axes moved, and beside it that of two or more new axes. */
static fm_status with_new_axes(const fm_symmetry *moved, int nnew, const int *fresh,
                               const fm_symmetry **out) {
    const fm_symmetry *block = NULL;
    fm_status status = nnew < 2 ? FM_OK : fm_symmetry_symmetric(nnew, fresh, &block, NULL);
    if (status == FM_OK) status = fm_symmetry_join(moved, block, out);
    fm_symmetry_release(block);
    return status;
}

fm_status fm_symmetry_expand_dims(fm_symmetry_ask *ask) {
    fm_axis_set added;
    int to[FM_MAX_NDIM], fresh[FM_MAX_NDIM], count = 0;
    int ndim = ask->a ? ask->a->ndim : 0, wide = ask->r->out[0].ndim;
    if (!fm_symmetry_axes(ask, wide, &added)) return FM_OK;
    for (int d = 0, from = 0; d < wide; d++) {
        if (added >> d & 1)
            fresh[count++] = d;
        else if (from < ndim)
            to[from++] = d;
    }
    const fm_symmetry *moved = NULL;
    FM_TRY(fm_symmetry_remap(ask->group, to, &moved));
    fm_status status = with_new_axes(moved, count, fresh, &ask->out);
    fm_symmetry_release(moved);
    return status;
}

fm_status fm_symmetry_squeeze(fm_symmetry_ask *ask) {
    fm_axis_set axes;
    int to[FM_MAX_NDIM];
    if (!ask->group || !fm_symmetry_is_full(ask->a)) return FM_OK;
    bool all = !fm_symmetry_axes(ask, ask->a->ndim, &axes);
    for (int d = 0, next = 0; d < ask->a->ndim; d++) {
        bool drop = all ? fm_layout_shape(ask->a)[d] == 1 : axes >> d & 1;
        if (drop && fm_symmetry_position(ask->group, d) >= 0) return FM_OK;
        to[d] = drop ? -1 : next++;
    }
    return fm_symmetry_remap(ask->group, to, &ask->out);
}

/* Flipping all axes of the group, or none, changes nothing; else those of its elements stay that
   keep the flipped axes together. */
fm_status fm_symmetry_flip(fm_symmetry_ask *ask) {
    fm_axis_set axes, positions = 0;
    if (!ask->group) return FM_OK;
    if (!fm_symmetry_axes(ask, ask->a->ndim, &axes)) axes = ~(fm_axis_set)0;
    for (uint32_t i = 0; i < ask->group->degree; i++)
        positions |= (fm_axis_set)(axes >> ask->group->axis[i] & 1) << i;
    return fm_symmetry_keeping(ask->group, positions, &ask->out);
}

/* Every axis of an orbit must be repeated alike, which the extents show. */
fm_status fm_symmetry_tile(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    int to[FM_MAX_NDIM], first, second;
    if (!ask->group || !fm_symmetry_out_is_full(ask) || !fm_symmetry_is_full(ask->a)) return FM_OK;
    int shift = out->ndim - ask->a->ndim;
    if (!fm_symmetry_fits(ask->group, out->shape + shift, &first, &second)) return FM_OK;
    for (int d = 0; d < ask->a->ndim; d++) to[d] = d + shift;
    return fm_symmetry_remap(ask->group, to, &ask->out);
}

/* Whether the axes touched lie outside the group; without an axis the tensor is flattened. */
static fm_status untouched(fm_symmetry_ask *ask) {
    fm_axis_set axes;
    if (!ask->group || !fm_symmetry_is_full(ask->a)) return FM_OK;
    if (!fm_symmetry_axes(ask, ask->a->ndim, &axes)) return FM_OK;
    for (uint32_t i = 0; i < ask->group->degree; i++)
        if (axes >> ask->group->axis[i] & 1) return FM_OK;
    ask->out = fm_symmetry_retain(ask->group);
    return FM_OK;
}

fm_status fm_symmetry_repeat(fm_symmetry_ask *ask) {
    return untouched(ask);
}

fm_status fm_symmetry_roll(fm_symmetry_ask *ask) {
    return untouched(ask);
}

fm_status fm_symmetry_broadcast_to(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    if (!ask->a || !fm_symmetry_out_is_full(ask) || !fm_symmetry_is_full(ask->a)) return FM_OK;
    return fm_symmetry_broadcast(ask->group, ask->a->ndim, fm_layout_shape(ask->a), out->ndim,
                                 out->shape, &ask->out);
}

/* One answer a tensor. */
fm_status fm_symmetry_broadcast_arrays(fm_symmetry_ask *ask) {
    const fm_value *list = &ask->bound->values[0];
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    if (list->kind != FM_VALUE_TENSORS || list->count > FM_MAX_OUT) return FM_OK;
    for (uint32_t i = 0; i < list->count; i++) {
        const fm_layout *in = list->as.tensors[i]->layout;
        for (int d = ndim; d < in->ndim; d++) shape[d] = 1;
        if (in->ndim > ndim) {
            for (int d = ndim - 1; d >= 0; d--) shape[d + in->ndim - ndim] = shape[d];
            for (int d = 0; d < in->ndim - ndim; d++) shape[d] = 1;
            ndim = in->ndim;
        }
        int64_t *end = shape + ndim - in->ndim;
        for (int d = 0; d < in->ndim; d++)
            if (fm_layout_shape(in)[d] != 1) end[d] = fm_layout_shape(in)[d];
    }
    fm_status status = FM_OK;
    bool any = false;
    for (uint32_t i = 0; i < list->count && status == FM_OK; i++) {
        const fm_layout *in = list->as.tensors[i]->layout;
        status = fm_symmetry_broadcast(in->symmetry, in->ndim, fm_layout_shape(in), ndim, shape,
                                       &ask->r->symmetry[i]);
        any = any || ask->r->symmetry[i];
    }
    ask->r->nsymmetries = any ? (int)list->count : 0;
    return status;
}

/* What a basic key does to the axes: where they go, which it picks one element of, which it cuts,
   and the new ones it puts in. */
typedef struct slicing {
    int to[FM_MAX_NDIM], fresh[FM_MAX_NDIM], nfresh;
    fm_axis_set removed, cut;
} slicing;

static bool read_slicing(const fm_symmetry_ask *ask, slicing *s) {
    fm_key_items key;
    int count, at = 0;
    const fm_value *parts = fm_key_parts(&ask->bound->values[1], &count);
    *s = (slicing){.nfresh = 0};
    if (!fm_key_is_basic(&ask->bound->values[1])) return false;
    if (fm_key_read("getitem", 2, parts, count, ask->a->ndim, fm_layout_shape(ask->a), &key,
                    NULL) != FM_OK)
        return false;
    int axis = 0;
    for (int i = 0; i < key.count; i++) {
        const fm_key_item *item = &key.item[i];
        if (item->kind == FM_KEY_NEW) s->fresh[s->nfresh++] = at++;
        for (int n = 0; n < item->naxes; n++, axis++) {
            bool picked = item->kind == FM_KEY_INT;
            int64_t extent = fm_layout_shape(ask->a)[axis];
            s->to[axis] = picked ? -1 : at++;
            if (picked) s->removed |= (fm_axis_set)1 << axis;
            if (item->kind == FM_KEY_SLICE &&
                (item->from != 0 || item->length != extent || item->step != 1))
                s->cut |= (fm_axis_set)1 << axis;
        }
    }
    for (; axis < ask->a->ndim; axis++) s->to[axis] = at++;
    return true;
}

/* The elements that fix every axis of which one element was picked; a cut axis ends the group. */
static fm_status sliced(const fm_symmetry *group, const slicing *s, const fm_symmetry **out) {
    fm_axis_set fixed = 0;
    int kept[FM_MAX_NDIM], count = 0;
    *out = NULL;
    for (uint32_t i = 0; group && i < group->degree; i++) {
        int axis = group->axis[i];
        if (s->removed >> axis & 1)
            fixed |= (fm_axis_set)1 << i;
        else
            kept[count++] = axis;
        if (s->cut >> axis & 1) return FM_OK;
    }
    if (count < 2) return FM_OK;
    const fm_symmetry *fixing = NULL, *rest = NULL;
    fm_status status = fm_symmetry_fixing(group, fixed, &fixing);
    if (status == FM_OK) status = fm_symmetry_on_axes(fixing, count, kept, &rest);
    if (status == FM_OK) status = fm_symmetry_remap(rest, s->to, out);
    fm_symmetry_release(fixing);
    fm_symmetry_release(rest);
    return status;
}

fm_status fm_symmetry_getitem(fm_symmetry_ask *ask) {
    slicing s;
    if (!ask->a || ask->r->out[0].ndim == 0 || !read_slicing(ask, &s)) return FM_OK;
    const fm_symmetry *moved = NULL;
    FM_TRY(sliced(ask->group, &s, &moved));
    fm_status status = FM_OK;
    if (s.nfresh < 2) {
        ask->out = fm_symmetry_retain(moved);
    } else {
        const fm_symmetry *pair[2] = {moved, NULL};
        status = fm_symmetry_symmetric(s.nfresh, s.fresh, &pair[1], NULL);
        if (status == FM_OK)
            status = fm_symmetry_product(moved ? 2 : 1, pair + !moved, &ask->out, NULL);
        fm_symmetry_release(pair[1]);
    }
    fm_symmetry_release(moved);
    return status;
}
