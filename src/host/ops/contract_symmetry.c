/* Contractions with symmetry, as the einsum that they are. */
#include "ops/contract_symmetry.h"
#include "cost/orbits.h"
#include "ops/args.h"

#include <string.h>

/* The handle that operand i came as; NULL for a number. */
static const fm_tensor *handle_of(const fm_bound *bound, const fm_resolved *r, int i) {
    const fm_value *value = &bound->values[r->in_source[i].param];
    uint8_t element = r->in_source[i].element;
    if (value->kind == FM_VALUE_TENSORS) return value->as.tensors[element];
    if (value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE)
        value = &value->as.items[element];
    return value->kind == FM_VALUE_TENSOR ? value->as.tensor : NULL;
}

/* The operand's symmetry; NULL where axes that it joins have other extents, as a mistake that a
   model repeats can leave it. */
static const fm_symmetry *fitting(const fm_layout *layout) {
    int first, second;
    bool fits = layout->symmetry &&
                fm_symmetry_fits(layout->symmetry, fm_layout_shape(layout), &first, &second);
    return fits ? layout->symmetry : NULL;
}

void fm_contract_operands_of(const fm_bound *bound, const fm_resolved *r,
                             fm_contract_operands *operands) {
    operands->any = false;
    for (int i = 0; i < r->nin && i < FM_EINSUM_OPERANDS; i++) {
        const fm_tensor *own = handle_of(bound, r, i);
        operands->symmetry[i] = fitting(r->in[i]);
        operands->same[i] = i;
        for (int j = i; own && j-- > 0;)
            if (handle_of(bound, r, j) == own) operands->same[i] = j;
        operands->any = operands->any || operands->symmetry[i] || operands->same[i] != i;
    }
}

fm_status fm_contract_cost_as(const fm_bound *bound, const fm_resolved *r, const char *subscripts,
                              bool flat, fm_work *work, fm_error *error) {
    fm_contract_operands operands;
    fm_extents shapes[2] = {fm_extents_of(r->in[0]), fm_extents_of(r->in[1])};
    fm_einsum e;
    const char *op = fm_row_cost_name(bound->row);
    fm_contract_operands_of(bound, r, &operands);
    for (int i = 0; i < 2 && flat; i++) {
        shapes[i] = (fm_extents){1, &r->in[i]->size};
        operands.symmetry[i] = NULL;
    }
    FM_TRY(fm_einsum_parse(op, subscripts, 2, shapes, &e, error));
    return fm_cost_einsum_symmetric(work, op, &e, operands.symmetry, operands.same, error);
}

/* The axes that are not summed, and their extents. */
static int surviving(const fm_layout *layout, int naxes, const int64_t *axes, int *kept,
                     int64_t *shape) {
    int count = 0;
    for (int d = 0; d < layout->ndim; d++) {
        bool summed = false;
        for (int i = 0; i < naxes; i++) summed = summed || axes[i] == d;
        if (summed) continue;
        shape[count] = fm_layout_shape(layout)[d];
        kept[count++] = d;
    }
    return count;
}

/* Distinct elements of what is left of an operand, and all of them. */
static fm_status distinct(const fm_layout *layout, int naxes, const int64_t *axes, fm_u128 *orbits,
                          fm_u128 *all) {
    int kept[FM_MAX_NDIM], own[FM_MAX_NDIM], count, nown = 0, to[FM_MAX_NDIM];
    int64_t shape[FM_MAX_NDIM];
    const fm_symmetry *rest = NULL, *moved = NULL;
    count = surviving(layout, naxes, axes, kept, shape);
    if (!fm_u128_extents(count, shape, all)) return FM_ERR_OVERFLOW;
    *orbits = *all;
    if (!layout->symmetry || fm_symmetry_is_large(layout->symmetry)) return FM_OK;
    for (int i = 0; i < count; i++) {
        to[kept[i]] = i;
        if (fm_symmetry_position(layout->symmetry, kept[i]) >= 0) own[nown++] = kept[i];
    }
    FM_TRY(fm_symmetry_on_axes(layout->symmetry, nown, own, &rest));
    fm_status status = fm_symmetry_remap(rest, to, &moved);
    if (status == FM_OK) status = fm_count_orbits(moved, (fm_extents){count, shape}, orbits);
    fm_symmetry_release(rest);
    fm_symmetry_release(moved);
    return status;
}

/* 0.4.3: the products, scaled by the share of the output's elements that are distinct. */
static fm_status scaled(const fm_bound *bound, const fm_resolved *r, int naxes,
                        const int64_t *a_axes, const int64_t *b_axes, fm_work *work) {
    fm_work plain;
    fm_u128 orbits[2], all[2], products;
    const char *op = fm_row_cost_name(bound->row);
    fm_work_begin(&plain, true);
    FM_TRY(fm_cost_tensordot(&plain, op, fm_extents_of(r->in[0]), fm_extents_of(r->in[1]), naxes,
                             a_axes, b_axes));
    FM_TRY(distinct(r->in[0], naxes, a_axes, &orbits[0], &all[0]));
    FM_TRY(distinct(r->in[1], naxes, b_axes, &orbits[1], &all[1]));
    fm_work_part part = plain.part[0];
    if (!fm_u128_mul(orbits[0], orbits[1], &orbits[0]) || !fm_u128_mul(all[0], all[1], &all[0]))
        return FM_ERR_OVERFLOW;
    if (all[0] > 1 && orbits[0] < all[0]) {
        if (!fm_u128_mul(part.products, orbits[0], &products)) return FM_ERR_OVERFLOW;
        part.products = products / all[0] > 0 ? products / all[0] : 1;
    }
    return fm_work_add_part(work, &part);
}

/* The einsum of a tensordot as text: a letter for each axis of a, and for those of b that are not
   summed. False where there are not enough. */
static bool subscripts_of(const fm_resolved *r, int naxes, const int64_t *a_axes,
                          const int64_t *b_axes, char *text) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char out[sizeof letters] = "";
    int na = r->in[0]->ndim, nb = r->in[1]->ndim, used = na, nout = 0;
    if (na + nb - naxes >= (int)sizeof letters) return false;
    for (int d = 0; d < na; d++) {
        bool summed = false;
        for (int i = 0; i < naxes; i++) summed = summed || a_axes[i] == d;
        *text++ = letters[d];
        if (!summed) out[nout++] = letters[d];
    }
    *text++ = ',';
    for (int d = 0; d < nb; d++) {
        int with = -1;
        for (int i = 0; i < naxes; i++)
            if (b_axes[i] == d) with = (int)a_axes[i];
        *text++ = letters[with >= 0 ? with : used];
        if (with < 0) out[nout++] = letters[used++];
    }
    memcpy(text, "->", 2);
    memcpy(text + 2, out, (size_t)nout);
    text[2 + nout] = '\0';
    return true;
}

static bool in_order(int ndim, int naxes, const int64_t *axes) {
    for (int i = 0; i < naxes; i++)
        if (axes[i] != i) return false;
    return naxes == ndim && ndim > 0;
}

/* Axes counted from 0; 0.4.3 takes negative ones for none. */
static void normalise(int ndim, int naxes, const int64_t *axes, int64_t *out) {
    for (int i = 0; i < naxes; i++) out[i] = axes[i] < 0 ? axes[i] + ndim : axes[i];
}

fm_status fm_contract_cost_tensordot(const fm_bound *bound, const fm_resolved *r, int naxes,
                                     const int64_t *a_axes, const int64_t *b_axes, fm_work *work,
                                     fm_error *error) {
    char text[2 * 64 + 8];
    int64_t a[FM_MAX_NDIM], b[FM_MAX_NDIM];
    bool whole = in_order(r->in[0]->ndim, naxes, a_axes) && in_order(r->in[1]->ndim, naxes, b_axes);
    if (work->faults && !whole) return scaled(bound, r, naxes, a_axes, b_axes, work);
    normalise(r->in[0]->ndim, naxes, a_axes, a);
    normalise(r->in[1]->ndim, naxes, b_axes, b);
    if (subscripts_of(r, naxes, a, b, text))
        return fm_contract_cost_as(bound, r, text, false, work, error);
    return fm_cost_tensordot(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                             fm_extents_of(r->in[1]), naxes, a_axes, b_axes);
}

fm_status fm_contract_cost_ravels(const fm_resolved *r, fm_work *work) {
    for (int i = 0; i < r->nin && work->faults; i++) {
        const fm_layout *in = r->in[i];
        if (!in->symmetry || in->ndim == 1) continue;
        work->flattened++;
        FM_TRY(fm_cost_units(work, "ravel", (fm_u128)in->size));
    }
    return FM_OK;
}
