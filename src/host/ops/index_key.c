/* Reading the keys of a[key]: which axes each part names, and the view that basic parts make. */
#include "ops/index_key.h"
#include "ops/args.h"

#include <string.h>

bool fm_key_is_basic(const fm_value *key) {
    int count;
    const fm_value *parts = fm_key_parts(key, &count);
    for (int i = 0; i < count; i++) {
        fm_value_kind kind = parts[i].kind;
        if (kind != FM_VALUE_INT && kind != FM_VALUE_SLICE && kind != FM_VALUE_NONE &&
            kind != FM_VALUE_ELLIPSIS)
            return false;
    }
    return true;
}

int64_t fm_slice_length(int64_t extent, int64_t start, int64_t stop, int64_t step, int64_t *from) {
    int64_t least = step > 0 ? 0 : -1, most = step > 0 ? extent : extent - 1;
    if (start < 0) start = start < -extent ? least : start + extent;
    if (stop < 0) stop = stop < -extent ? least : stop + extent;
    if (start > most) start = most;
    if (stop > most) stop = most;
    *from = start;
    if (step > 0) return stop > start ? (stop - start - 1) / step + 1 : 0;
    return start > stop ? (start - stop - 1) / -step + 1 : 0;
}

fm_status fm_slice_read(const char *op, int argument, const fm_value *slice, int64_t extent,
                        int64_t *from, int64_t *length, int64_t *step, fm_error *error) {
    const fm_value *part = slice->as.items;
    for (int i = 0; i < 3; i++) {
        bool whole = part[i].kind == FM_VALUE_INT || part[i].kind == FM_VALUE_BOOL;
        if (whole || fm_arg_absent(&part[i])) continue;
        fm_fail_op(error, FM_ERR_ARGUMENT, op, argument, "a slice has integers and None");
        return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
    }
    *step = fm_arg_int(&part[2], 1);
    if (*step == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, op, argument, "the step of a slice is 0");
    if (*step < -INT64_MAX) *step = -INT64_MAX;
    /* A stop of None behind a step below zero lies before the first element, which no number
       says. */
    int64_t start = fm_arg_int(&part[0], *step > 0 ? 0 : INT64_MAX);
    int64_t stop = fm_arg_int(&part[1], *step > 0 ? INT64_MAX : INT64_MIN);
    *length = fm_slice_length(extent, start, stop, *step, from);
    return FM_OK;
}

static fm_status refuse(const char *op, int argument, const char *text, fm_error *error) {
    fm_fail_op(error, FM_ERR_ARGUMENT, op, argument, "%s", text);
    return fm_fail_as(error, "IndexError", FM_ERR_ARGUMENT);
}

/* The kind of a part and how many axes it names; of ... none yet. */
static fm_status classify(const char *op, int argument, const fm_value *part, fm_key_item *item,
                          fm_error *error) {
    static const char other[] = "only integers, slices, ..., None and arrays of integers or bool "
                                "are indices";
    *item = (fm_key_item){.naxes = 1, .step = 1};
    switch (part->kind) {
    case FM_VALUE_NONE:
        item->kind = FM_KEY_NEW;
        item->naxes = 0;
        return FM_OK;
    case FM_VALUE_INT:
        item->kind = FM_KEY_INT;
        item->from = part->as.i;
        return FM_OK;
    case FM_VALUE_SLICE:
        item->kind = FM_KEY_SLICE;
        return FM_OK;
    case FM_VALUE_ELLIPSIS:
        item->kind = FM_KEY_ELLIPSIS;
        item->naxes = 0;
        return FM_OK;
    case FM_VALUE_BOOL:
        item->kind = FM_KEY_TRUTH;
        item->naxes = 0;
        item->truth = part->as.i != 0;
        return FM_OK;
    case FM_VALUE_TENSOR:
        break;
    default:
        return refuse(op, argument, other, error);
    }
    const fm_layout *layout = part->as.tensor->layout;
    char kind = fm_dtype_kind(layout->dtype);
    item->kind = FM_KEY_INDEX;
    item->index = part->as.tensor;
    item->mask = kind == 'b';
    if (item->mask) item->naxes = layout->ndim;
    if (kind == 'b' || kind == 'i' || kind == 'u') return FM_OK;
    return refuse(op, argument, other, error);
}

/* ... where there is none, as the last part. */
static fm_status spread_ellipsis(const char *op, int argument, fm_key_items *key, int ndim,
                                 fm_error *error) {
    int named = 0, at = -1;
    for (int i = 0; i < key->count; i++) {
        named += key->item[i].naxes;
        if (key->item[i].kind != FM_KEY_ELLIPSIS) continue;
        if (at >= 0) return refuse(op, argument, "there is more than one '...'", error);
        at = i;
    }
    if (named > ndim) {
        fm_fail_op(error, FM_ERR_ARGUMENT, op, argument,
                   "too many indices: %d axes are named, but argument 1 has %d", named, ndim);
        return fm_fail_as(error, "IndexError", FM_ERR_ARGUMENT);
    }
    if (at < 0 && named < ndim) {
        at = key->count++;
        key->item[at] = (fm_key_item){.kind = FM_KEY_ELLIPSIS};
    }
    if (at >= 0) key->item[at].naxes = ndim - named;
    return FM_OK;
}

/* NumPy lets an extent of 0 pass. */
static fm_status match_mask(const char *op, int argument, const fm_key_item *item,
                            const int64_t *shape, fm_error *error) {
    const int64_t *own = fm_layout_shape(item->index->layout);
    for (int d = 0; d < item->naxes; d++) {
        if (own[d] == shape[item->axis + d] || own[d] == 0) continue;
        fm_fail_op(error, FM_ERR_SHAPE, op, argument,
                   "a mask has extent %lld where axis %d of argument 1 has %lld", (long long)own[d],
                   item->axis + d, (long long)shape[item->axis + d]);
        return fm_fail_as(error, "IndexError", FM_ERR_SHAPE);
    }
    return FM_OK;
}

static fm_status match(const char *op, int argument, const fm_value *part, fm_key_item *item,
                       const int64_t *shape, fm_error *error) {
    int64_t extent = item->naxes > 0 ? shape[item->axis] : 0;
    if (item->kind == FM_KEY_SLICE)
        return fm_slice_read(op, argument, part, extent, &item->from, &item->length, &item->step,
                             error);
    if (item->kind == FM_KEY_INDEX && item->mask)
        return match_mask(op, argument, item, shape, error);
    if (item->kind != FM_KEY_INT) return FM_OK;
    if (item->from < -extent || item->from >= extent) {
        fm_fail_op(error, FM_ERR_ARGUMENT, op, argument,
                   "index %lld is out of bounds for axis %d of size %lld", (long long)item->from,
                   item->axis, (long long)extent);
        return fm_fail_as(error, "IndexError", FM_ERR_ARGUMENT);
    }
    if (item->from < 0) item->from += extent;
    return FM_OK;
}

fm_status fm_key_read(const char *op, int argument, const fm_value *parts, int count, int ndim,
                      const int64_t *shape, fm_key_items *key, fm_error *error) {
    key->count = 0;
    key->advanced = false;
    if (count > 2 * FM_MAX_NDIM) return refuse(op, argument, "there are too many indices", error);
    for (int i = 0; i < count; i++) {
        fm_key_item *item = &key->item[key->count++];
        FM_TRY(classify(op, argument, &parts[i], item, error));
        key->advanced |= item->kind == FM_KEY_INDEX || item->kind == FM_KEY_TRUTH;
    }
    FM_TRY(spread_ellipsis(op, argument, key, ndim, error));
    for (int i = 0, axis = 0; i < key->count; i++) {
        key->item[i].axis = axis;
        FM_TRY(match(op, argument, i < count ? &parts[i] : NULL, &key->item[i], shape, error));
        axis += key->item[i].naxes;
    }
    return FM_OK;
}

/* What a basic part makes of the axes that it names. */
static void look(const fm_key_item *item, const fm_view *view, fm_view *to) {
    int d = item->axis;
    switch (item->kind) {
    case FM_KEY_NEW:
        to->shape[to->ndim] = 1;
        to->strides[to->ndim++] = 0;
        return;
    case FM_KEY_INT:
        to->offset += item->from * view->strides[d];
        return;
    case FM_KEY_SLICE:
        if (item->length > 0) to->offset += item->from * view->strides[d];
        to->shape[to->ndim] = item->length;
        to->strides[to->ndim++] = view->strides[d] * (item->length > 1 ? item->step : 1);
        return;
    default:
        for (; d < item->axis + item->naxes; d++) {
            to->shape[to->ndim] = view->shape[d];
            to->strides[to->ndim++] = view->strides[d];
        }
    }
}

fm_status fm_infer_getitem(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, to = {0};
    fm_key_items key;
    int count;
    FM_TRY(fm_view_open(bound, r, &view));
    if (!fm_key_is_basic(&bound->values[1])) {
        r->program = true;
        fm_output_unknown(r, 0, r->compute);
        return FM_OK;
    }
    const fm_value *parts = fm_key_parts(&bound->values[1], &count);
    r->program = false;
    FM_TRY(fm_key_read(bound->row->name, 2, parts, count, view.ndim, view.shape, &key, error));
    int ndim = 0;
    for (int i = 0; i < key.count; i++)
        ndim += key.item[i].kind == FM_KEY_NEW   ? 1
                : key.item[i].kind == FM_KEY_INT ? 0
                                                 : key.item[i].naxes;
    if (ndim > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "the result would have %d dimensions, but at most %d are supported", ndim,
                          FM_MAX_NDIM);
    to.offset = view.offset;
    for (int i = 0; i < key.count; i++) look(&key.item[i], &view, &to);
    if (r->view_copies) to.offset = 0;
    return fm_view_close(r, &to);
}
