/* a[key] with arrays in the key: the basic parts make a view, whose axes that the arrays name are
   brought together and gathered from by one index. */
#include "ops/index.h"
#include "ops/index_key.h"

#include <string.h>

/* The index that all arrays make: `index` numbers naxes axes of `view` from axis on. */
typedef struct selection {
    const fm_tensor *view, *index;
    int axis, naxes;
    bool sure; /* it was made of masks */
} selection;

/* Lists as arrays: of integers where they are empty. */
static const fm_value *read_parts(fm_program *p, const fm_value *key, int *count) {
    const fm_value *given = fm_key_parts(key, count);
    fm_value *parts = fm_program_memory(p, ((size_t)*count + 1) * sizeof *parts);
    for (int i = 0; parts && i < *count; i++) {
        fm_value_kind kind = given[i].kind;
        parts[i] = given[i];
        bool weak = kind == FM_VALUE_TENSOR && given[i].as.tensor->layout->flags & FM_LAYOUT_WEAK;
        if (kind != FM_VALUE_LIST && kind != FM_VALUE_INTS && kind != FM_VALUE_TUPLE && !weak)
            continue;
        const fm_tensor *array = fm_program_as_tensor(p, &given[i]);
        if (array && array->layout->size == 0 && array->layout->dtype == FM_FLOAT64)
            array = FM_DO(p, "astype", V_T(array), V_D(FM_INT64));
        parts[i] = V_T(array);
    }
    return p->status == FM_OK ? parts : NULL;
}

/* A mask without axes is a truth value. */
static void read_truths(fm_program *p, fm_key_items *key) {
    for (int i = 0; i < key->count; i++) {
        fm_key_item *item = &key->item[i];
        if (item->kind != FM_KEY_INDEX || !item->mask || item->naxes > 0) continue;
        item->kind = FM_KEY_TRUTH;
        item->truth = fm_program_int(p, item->index) != 0;
    }
}

/* The view that the basic parts make; arrays take their axes whole. */
static const fm_tensor *basic_view(fm_program *p, const fm_tensor *a, const fm_value *parts,
                                   const fm_key_items *key) {
    fm_value *basic = fm_program_memory(p, (FM_MAX_NDIM * 3 + 1) * sizeof *basic);
    static const fm_value whole[3] = {
        {.kind = FM_VALUE_NONE}, {.kind = FM_VALUE_NONE}, {.kind = FM_VALUE_NONE}};
    const fm_value all = {.kind = FM_VALUE_SLICE, .count = 3, .as.items = whole};
    int n = 0;
    bool plain = true;
    for (int i = 0; basic && i < key->count; i++) {
        const fm_key_item *item = &key->item[i];
        bool array = item->kind == FM_KEY_INDEX || item->kind == FM_KEY_ELLIPSIS;
        plain &= array || item->kind == FM_KEY_TRUTH;
        for (int d = 0; array && d < item->naxes; d++) basic[n++] = all;
        if (!array && item->kind != FM_KEY_TRUTH) basic[n++] = parts[i];
    }
    if (plain || !basic) return a;
    return FM_DO(p, "getitem", V_T(a), V_TUPLE(basic, n));
}

static bool takes_part(const fm_key_item *item) {
    return item->kind == FM_KEY_INDEX || item->kind == FM_KEY_TRUTH || item->kind == FM_KEY_INT;
}

/* The axes that arrays name go to one place: that of the first where the arrays, and integers among
   them, follow each other in the key, else to the front. */
static void bring_together(fm_program *p, const fm_key_items *key, selection *s) {
    int order[FM_MAX_NDIM], named[FM_MAX_NDIM], kept[FM_MAX_NDIM], nnamed = 0, nkept = 0, d = 0;
    int runs = 0, place = 0;
    for (int i = 0; i < key->count; i++) {
        const fm_key_item *item = &key->item[i];
        if (takes_part(item) && (i == 0 || !takes_part(&key->item[i - 1]))) {
            if (runs++ == 0) place = nkept;
        }
        int axes = item->kind == FM_KEY_INT ? 0 : item->kind == FM_KEY_NEW ? 1 : item->naxes;
        for (int k = 0; k < axes; k++, d++) {
            if (item->kind == FM_KEY_INDEX)
                named[nnamed++] = d;
            else
                kept[nkept++] = d;
        }
    }
    s->axis = runs == 1 ? place : 0;
    s->naxes = nnamed;
    int n = 0;
    bool same = true;
    for (int k = 0; k < s->axis; k++) order[n++] = kept[k];
    for (int k = 0; k < nnamed; k++) order[n++] = named[k];
    for (int k = s->axis; k < nkept; k++) order[n++] = kept[k];
    int64_t axes[FM_MAX_NDIM];
    for (int k = 0; k < n; k++) {
        axes[k] = order[k];
        same &= order[k] == k;
    }
    if (!same) s->view = FM_DO(p, "transpose", V_T(s->view), V_INTS(axes, n));
}

static const fm_tensor *truth_index(fm_program *p, bool truth) {
    int64_t shape[1] = {truth}, zero[1] = {0};
    return fm_program_from(p, FM_INT64, 1, shape, zero);
}

/* The index of one array, and how many places it has. */
static const fm_tensor *index_of(fm_program *p, const fm_key_item *item, const int64_t *shape,
                                 int64_t *places) {
    *places = 1;
    for (int d = 0; d < item->naxes; d++) *places *= shape[item->axis + d];
    if (item->kind == FM_KEY_TRUTH) return truth_index(p, item->truth);
    if (item->mask) return fm_index_nonzero(p, item->index);
    return item->index;
}

static bool broadcast_together(fm_program *p, const fm_tensor *const *index, int count) {
    for (int i = 0; p->status == FM_OK && i < count; i++)
        for (int k = 0; k < i; k++) {
            const fm_layout *x = index[i]->layout, *y = index[k]->layout;
            for (int d = 1; d <= x->ndim && d <= y->ndim; d++) {
                int64_t m = fm_layout_shape(x)[x->ndim - d], n = fm_layout_shape(y)[y->ndim - d];
                if (m == n || m == 1 || n == 1) continue;
                char one[160], other[160];
                fm_program_raise(p, FM_ERR_SHAPE, "IndexError", 2,
                                 "indices of shapes %s and %s do not broadcast together",
                                 fm_shape_format(y->ndim, fm_layout_shape(y), one, sizeof one),
                                 fm_shape_format(x->ndim, fm_layout_shape(x), other, sizeof other));
                return false;
            }
        }
    return p->status == FM_OK;
}

/* All arrays as one index of flat places; each of them is looked at where one is no place. */
static void join_indices(fm_program *p, const fm_key_items *key, const int64_t *shape,
                         selection *s) {
    const fm_tensor *index[FM_MAX_NDIM * 2];
    int64_t places[FM_MAX_NDIM * 2], modes[FM_MAX_NDIM * 2] = {0};
    int axis[FM_MAX_NDIM * 2], count = 0;
    s->sure = true;
    for (int i = 0; i < key->count; i++) {
        const fm_key_item *item = &key->item[i];
        if (item->kind != FM_KEY_INDEX && item->kind != FM_KEY_TRUTH) continue;
        axis[count] = item->axis;
        s->sure &= item->kind == FM_KEY_TRUTH || item->mask;
        index[count] = index_of(p, item, shape, &places[count]);
        count++;
    }
    if (p->status != FM_OK || count == 0) return;
    s->index = index[0];
    if (count == 1 || !broadcast_together(p, index, count)) return;
    s->index = FM_DO(p, "_ravel", V_TS(index, count), V_INTS(places, count), V_INTS(modes, count));
    if (s->sure || !s->index) return;
    s->sure = true;
    int64_t size = s->index->layout->size, bad = 0;
    if (size > 0)
        bad = fm_program_int(p, FM_DO(p, "_outside", V_T(s->index), V_I(INT64_MAX), V_B(false)));
    if (p->status != FM_OK || (size > 0 && bad >= size)) return;
    /* NumPy does not look at arrays that broadcast to nothing, but at single integers. */
    for (int i = 0; i < count; i++)
        if (size > 0 || index[i]->layout->ndim == 0)
            fm_index_check(p, index[i], places[i], axis[i], 2);
}

/* The elements where a mask of all axes is true. */
static bool is_whole_mask(const fm_key_items *key, int ndim) {
    return key->count == 1 && key->item[0].kind == FM_KEY_INDEX && key->item[0].mask &&
           key->item[0].naxes == ndim;
}

/* Along the first axis by one array of integers, the usual key: no view, and no other array to join
   it with. */
static bool is_one_index(const fm_tensor *a, const fm_value *key) {
    if (key->kind != FM_VALUE_TENSOR || a->layout->ndim == 0 || a->layout->size == 0) return false;
    const fm_layout *index = key->as.tensor->layout;
    char kind = fm_dtype_kind(index->dtype);
    return !(index->flags & FM_LAYOUT_WEAK) && (kind == 'i' || kind == 'u');
}

fm_status fm_run_getitem(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    int count;
    if (a && is_one_index(a, &p->values[1])) {
        fm_program_return(
            p, 0, FM_DO(p, "_gather", V_T(a), p->values[1], V_I(0), V_I(1), V_I(FM_PLACE_RAISE)));
        return p->status;
    }
    const fm_value *parts = read_parts(p, &p->values[1], &count);
    fm_key_items items, *key = &items;
    if (p->status != FM_OK) return p->status;
    const int64_t *shape = fm_layout_shape(a->layout);
    p->status = fm_key_read(p->row->name, 2, parts, count, a->layout->ndim, shape, key, p->error);
    if (p->status != FM_OK) return p->status;
    read_truths(p, key);
    if (is_whole_mask(key, a->layout->ndim)) {
        fm_program_return(p, 0, FM_DO(p, "_compact", V_T(a), V_T(key->item[0].index)));
        return p->status;
    }
    selection s = {.view = basic_view(p, a, parts, key)};
    if (p->status != FM_OK) return p->status;
    bring_together(p, key, &s);
    join_indices(p, key, shape, &s);
    if (p->status != FM_OK) return p->status;
    int64_t places = 1;
    for (int d = s.axis; d < s.axis + s.naxes; d++) places *= fm_layout_shape(s.view->layout)[d];
    /* Where nothing is gathered the kernel does not look at the index, but NumPy does. */
    if (!s.sure && s.view->layout->size == 0) fm_index_check(p, s.index, places, s.axis, 2);
    int mode = s.sure || s.view->layout->size == 0 ? FM_PLACE_SURE : FM_PLACE_RAISE;
    fm_program_return(
        p, 0, FM_DO(p, "_gather", V_T(s.view), V_T(s.index), V_I(s.axis), V_I(s.naxes), V_I(mode)));
    return p->status;
}
