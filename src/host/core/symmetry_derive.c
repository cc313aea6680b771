/* Groups derived from others: on other axes, subgroups, intersections, and what is left of a group
   after a broadcast or a reduction. */
#include "core/alloc.h"
#include "core/symmetry.h"

#include <string.h>

/* Nothing where only the identity is in it. Takes the reference over. */
static const fm_symmetry *unless_trivial(const fm_symmetry *group) {
    if (!group || group->order != 1) return group;
    fm_symmetry_release(group);
    return NULL;
}

static bool is_listed(uint32_t count, const uint8_t *sorted, size_t degree, const uint8_t *wanted) {
    for (uint32_t low = 0, high = count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(sorted + middle * degree, wanted, degree);
        if (!order) return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

enum { MOST_GENERATORS = 64 }; /* each at least doubles the group: more than any list holds */

/* Generators for a list of all elements: those, in order, that are not products of earlier ones. */
static fm_status choose_generators(int degree, uint32_t nelements, const uint8_t *elements,
                                   uint8_t *generators, uint32_t *count) {
    uint8_t *reached = NULL;
    uint32_t nreached = 0, n = 0;
    fm_status status = FM_OK;
    for (uint32_t e = 0; e < nelements && status == FM_OK && nreached < nelements; e++) {
        const uint8_t *element = elements + e * (size_t)degree;
        if (n && is_listed(nreached, reached, (size_t)degree, element)) continue;
        if (n == 1 && nreached == 1) n = 0; /* the identity is no generator of a larger group */
        memcpy(generators + n++ * (size_t)degree, element, (size_t)degree);
        fm_free_block(reached);
        status = fm_symmetry_enumerate(degree, n, generators, nelements, &reached, &nreached);
    }
    fm_free_block(reached);
    *count = n;
    return status;
}

/* The group of a list of elements that is closed and sorted; NULL for the identity alone. */
static fm_status from_elements(int degree, const uint8_t *axis, uint32_t count,
                               const uint8_t *elements, const fm_symmetry **out) {
    *out = NULL;
    if (count <= 1) return FM_OK;
    uint8_t *generators = fm_alloc(MOST_GENERATORS * (size_t)degree);
    if (!generators) return FM_ERR_MEMORY;
    fm_symmetry_draft draft = {
        .degree = degree, .generators = generators, .elements = elements, .nelements = count};
    memcpy(draft.axis, axis, (size_t)degree);
    fm_status status = choose_generators(degree, count, elements, generators, &draft.ngenerators);
    if (status == FM_OK) status = fm_symmetry_intern(&draft, out, NULL);
    fm_free_block(generators);
    return status;
}

fm_status fm_symmetry_remap(const fm_symmetry *group, const int *to, const fm_symmetry **out) {
    *out = NULL;
    if (!group) return FM_OK;
    fm_symmetry_draft draft = {.degree = (int)group->degree,
                               .ngenerators = group->ngenerators,
                               .generators = group->generator,
                               .elements = group->element,
                               .nelements = group->nelements,
                               .nblocks = group->nblocks};
    size_t bytes = group->nblocks * sizeof *group->block;
    fm_symmetry_block *blocks = bytes ? fm_alloc(bytes) : NULL;
    if (bytes && !blocks) return FM_ERR_MEMORY;
    for (uint32_t i = 0; i < group->degree; i++) draft.axis[i] = (uint8_t)to[group->axis[i]];
    for (uint32_t b = 0; b < group->nblocks; b++) {
        blocks[b].kind = group->block[b].kind;
        blocks[b].degree = group->block[b].degree;
        for (int i = 0; i < blocks[b].degree; i++)
            blocks[b].axis[i] = (uint8_t)to[group->block[b].axis[i]];
    }
    draft.blocks = blocks;
    fm_status status = fm_symmetry_intern(&draft, out, NULL);
    fm_free_block(blocks);
    return status;
}

static bool fixes(const uint8_t *element, uint32_t degree, fm_axis_set positions) {
    for (uint32_t i = 0; i < degree; i++)
        if (positions >> i & 1 && element[i] != i) return false;
    return true;
}

static bool keeps(const uint8_t *element, uint32_t degree, fm_axis_set positions) {
    for (uint32_t i = 0; i < degree; i++)
        if (positions >> i & 1 && !(positions >> element[i] & 1)) return false;
    return true;
}

/* A subgroup is a part of the sorted list. */
static fm_status subgroup(const fm_symmetry *group, fm_axis_set positions,
                          bool (*belongs)(const uint8_t *, uint32_t, fm_axis_set),
                          const fm_symmetry **out) {
    *out = NULL;
    if (!group) return FM_OK;
    fm_axis_set all =
        group->degree == FM_MAX_NDIM ? ~(fm_axis_set)0 : ((fm_axis_set)1 << group->degree) - 1;
    positions &= all;
    if (!positions || (belongs == keeps && positions == all)) {
        *out = fm_symmetry_retain(group);
        return FM_OK;
    }
    size_t degree = group->degree;
    uint8_t *list = fm_alloc(group->nelements * degree + 1);
    if (!list) return FM_ERR_MEMORY;
    uint32_t count = 0;
    for (uint32_t e = 0; e < group->nelements; e++) {
        const uint8_t *element = fm_symmetry_element(group, e);
        if (belongs(element, group->degree, positions))
            memcpy(list + count++ * degree, element, degree);
    }
    fm_status status = from_elements((int)degree, group->axis, count, list, out);
    fm_free_block(list);
    return status;
}

fm_status fm_symmetry_fixing(const fm_symmetry *group, fm_axis_set positions,
                             const fm_symmetry **out) {
    return subgroup(group, positions, fixes, out);
}

fm_status fm_symmetry_keeping(const fm_symmetry *group, fm_axis_set positions,
                              const fm_symmetry **out) {
    return subgroup(group, positions, keeps, out);
}

fm_status fm_symmetry_restrict(const fm_symmetry *group, int count, const uint8_t *positions,
                               const fm_symmetry **out) {
    *out = NULL;
    if (!group || count < 2 || !group->nelements) return FM_OK;
    fm_axis_set kept = 0;
    uint8_t place[FM_MAX_NDIM] = {0}, axis[FM_MAX_NDIM];
    for (int i = 0; i < count; i++) {
        kept |= (fm_axis_set)1 << positions[i];
        place[positions[i]] = (uint8_t)i;
        axis[i] = group->axis[positions[i]];
    }
    uint8_t *list = fm_alloc(group->nelements * (size_t)count);
    if (!list) return FM_ERR_MEMORY;
    uint32_t n = 0, nelements = 0;
    for (uint32_t e = 0; e < group->nelements; e++) {
        const uint8_t *element = fm_symmetry_element(group, e);
        if (!keeps(element, group->degree, kept)) continue;
        uint8_t *small = list + n++ * (size_t)count;
        for (int i = 0; i < count; i++) small[i] = place[element[positions[i]]];
    }
    uint8_t *elements = NULL; /* several elements may act alike: their closure is each once */
    fm_status status =
        fm_symmetry_enumerate(count, n, list, group->nelements, &elements, &nelements);
    fm_free_block(list);
    if (status == FM_OK) status = from_elements(count, axis, nelements, elements, out);
    fm_free_block(elements);
    return status;
}

fm_status fm_symmetry_on_axes(const fm_symmetry *group, int count, const int *axes,
                              const fm_symmetry **out) {
    *out = NULL;
    if (!group || count < 2) return FM_OK;
    uint8_t positions[FM_MAX_NDIM];
    bool same = (uint32_t)count == group->degree;
    for (int i = 0; i < count; i++) {
        positions[i] = (uint8_t)fm_symmetry_position(group, axes[i]);
        same = same && positions[i] == i;
    }
    if (!same) return fm_symmetry_restrict(group, count, positions, out);
    *out = fm_symmetry_retain(group);
    return FM_OK;
}

/* The element as a permutation of all of ndim axes. */
static void embed(const fm_symmetry *group, const uint8_t *element, int ndim, uint8_t *out) {
    for (int i = 0; i < ndim; i++) out[i] = (uint8_t)i;
    for (uint32_t i = 0; i < group->degree; i++) out[group->axis[i]] = group->axis[element[i]];
}

/* Whether a permutation of axes is one of the group's, other axes being fixed. */
static bool acts(const fm_symmetry *group, const uint8_t *permutation, int ndim) {
    uint8_t local[FM_MAX_NDIM];
    fm_axis_set own = 0;
    for (uint32_t i = 0; i < group->degree; i++) {
        int position = fm_symmetry_position(group, permutation[group->axis[i]]);
        if (position < 0) return false;
        local[i] = (uint8_t)position;
        own |= (fm_axis_set)1 << group->axis[i];
    }
    for (int i = 0; i < ndim; i++)
        if (!(own >> i & 1) && permutation[i] != i) return false;
    return is_listed(group->nelements, group->element, group->degree, local);
}

fm_status fm_symmetry_intersect(const fm_symmetry *a, const fm_symmetry *b, int ndim,
                                const fm_symmetry **out) {
    *out = NULL;
    if (!a || !b) return FM_OK;
    if (a == b) {
        *out = unless_trivial(fm_symmetry_retain(a));
        return FM_OK;
    }
    bool same_axes = a->degree == b->degree && !memcmp(a->axis, b->axis, a->degree);
    int degree = same_axes ? (int)a->degree : ndim;
    uint8_t *list = fm_alloc(a->nelements * (size_t)degree + 1), axis[FM_MAX_NDIM];
    if (!list) return FM_ERR_MEMORY;
    uint32_t count = 0, nelements = 0;
    for (uint32_t e = 0; e < a->nelements; e++) {
        uint8_t whole[FM_MAX_NDIM];
        const uint8_t *element = fm_symmetry_element(a, e);
        embed(a, element, FM_MAX_NDIM, whole);
        if (!acts(b, whole, FM_MAX_NDIM)) continue;
        memcpy(list + count++ * (size_t)degree, same_axes ? element : whole, (size_t)degree);
    }
    for (int i = 0; i < degree; i++) axis[i] = same_axes ? a->axis[i] : (uint8_t)i;
    uint8_t *elements = NULL; /* sorted anew: a's order is that of its positions, not of axes */
    fm_status status =
        fm_symmetry_enumerate(degree, count, list, a->nelements, &elements, &nelements);
    fm_free_block(list);
    if (status == FM_OK) status = from_elements(degree, axis, nelements, elements, out);
    fm_free_block(elements);
    return status;
}

fm_status fm_symmetry_join(const fm_symmetry *a, const fm_symmetry *b, const fm_symmetry **out) {
    *out = NULL;
    const fm_symmetry *pair[2];
    int count = 0;
    if (a && a->order != 1) pair[count++] = a;
    if (b && b->order != 1) pair[count++] = b;
    if (count == 1) *out = fm_symmetry_retain(pair[0]);
    return count == 2 ? fm_symmetry_product(2, pair, out, NULL) : FM_OK;
}

/* Joins and lets go of both. */
static fm_status absorb(const fm_symmetry **sum, const fm_symmetry *factor, fm_status status) {
    const fm_symmetry *joined = NULL;
    if (status == FM_OK) status = fm_symmetry_join(*sum, factor, &joined);
    fm_symmetry_release(*sum);
    fm_symmetry_release(factor);
    *sum = joined;
    return status;
}

/* New axes of one extent, in the order in which the extents first occur. */
static fm_status add_created(int created, const int64_t *out_shape, const fm_symmetry **sum) {
    fm_axis_set done = 0;
    for (int first = 0; first < created; first++) {
        int axes[FM_MAX_NDIM], count = 0;
        for (int axis = first; axis < created; axis++) {
            if (done >> axis & 1 || out_shape[axis] != out_shape[first]) continue;
            axes[count++] = axis;
            done |= (fm_axis_set)1 << axis;
        }
        if (count < 2) continue;
        const fm_symmetry *block = NULL;
        fm_status status = fm_symmetry_symmetric(count, axes, &block, NULL);
        FM_TRY(absorb(sum, block, status));
    }
    return FM_OK;
}

static fm_status add_kept(const fm_symmetry *group, int ndim, const int64_t *shape, int shift,
                          const int64_t *out_shape, const fm_symmetry **sum) {
    uint8_t kept[FM_MAX_NDIM];
    int count = 0, to[FM_MAX_NDIM];
    for (int axis = 0; axis < ndim; axis++) to[axis] = axis + shift;
    for (uint32_t i = 0; i < group->degree; i++) {
        int axis = group->axis[i];
        if (shape[axis] == 1 && out_shape[axis + shift] > 1) continue;
        kept[count++] = (uint8_t)i;
    }
    const fm_symmetry *rest = NULL, *moved = NULL;
    if (count == (int)group->degree)
        rest = fm_symmetry_retain(group);
    else
        FM_TRY(fm_symmetry_restrict(group, count, kept, &rest));
    fm_status status = fm_symmetry_remap(rest, to, &moved);
    fm_symmetry_release(rest);
    return absorb(sum, moved, status);
}

fm_status fm_symmetry_broadcast(const fm_symmetry *group, int ndim, const int64_t *shape,
                                int out_ndim, const int64_t *out_shape, const fm_symmetry **out) {
    *out = NULL;
    int shift = out_ndim - ndim;
    fm_status status = add_created(shift, out_shape, out);
    if (status == FM_OK && group) status = add_kept(group, ndim, shape, shift, out_shape, out);
    return status;
}

/* A group of known form, block by block: a full block keeps its remaining axes, the others survive
   whole or not at all. Nothing where no block is left. */
static fm_status reduce_blocks(const fm_symmetry *group, fm_axis_set axes, const int *to,
                               const fm_symmetry **out) {
    for (uint32_t b = 0; b < group->nblocks; b++) {
        const fm_symmetry_block *block = &group->block[b];
        int kept[FM_MAX_NDIM], count = 0;
        for (int i = 0; i < block->degree; i++)
            if (!(axes >> block->axis[i] & 1)) kept[count++] = to[block->axis[i]];
        if (count < 2 || (count < block->degree && block->kind != FM_SYMMETRY_FULL)) continue;
        const fm_symmetry *part = NULL;
        fm_status status =
            block->kind == FM_SYMMETRY_FULL     ? fm_symmetry_symmetric(count, kept, &part, NULL)
            : block->kind == FM_SYMMETRY_CYCLIC ? fm_symmetry_cyclic(count, kept, &part, NULL)
                                                : fm_symmetry_dihedral(count, kept, &part, NULL);
        FM_TRY(absorb(out, part, status));
    }
    return FM_OK;
}

fm_status fm_symmetry_reduce(const fm_symmetry *group, int ndim, fm_axis_set axes, bool keepdims,
                             const fm_symmetry **out) {
    *out = NULL;
    if (!group) return FM_OK;
    int to[FM_MAX_NDIM], place = 0, count = 0;
    uint8_t kept[FM_MAX_NDIM];
    for (int axis = 0; axis < ndim; axis++)
        to[axis] = keepdims ? axis : axes >> axis & 1 ? -1 : place++;
    FM_TRY(reduce_blocks(group, axes, to, out));
    if (*out) return FM_OK;
    for (uint32_t i = 0; i < group->degree; i++)
        if (!(axes >> group->axis[i] & 1)) kept[count++] = (uint8_t)i;
    const fm_symmetry *rest = NULL;
    if (count == (int)group->degree)
        rest = unless_trivial(fm_symmetry_retain(group));
    else
        FM_TRY(fm_symmetry_restrict(group, count, kept, &rest));
    fm_status status = fm_symmetry_remap(rest, to, out);
    fm_symmetry_release(rest);
    return status;
}
