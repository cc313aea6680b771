/* Actions of groups on the axes of an operand. */
#include "cost/symmetry_labels.h"

static bool is_permutation(const uint8_t *map, uint32_t width) {
    bool seen[256] = {false};
    for (uint32_t i = 0; i < width; i++) {
        if (seen[map[i]]) return false;
        seen[map[i]] = true;
    }
    return true;
}

fm_status fm_axis_action_close(const fm_maps *generators, uint64_t limit, fm_axis_action *out) {
    FM_TRY(fm_maps_close(generators, limit, &out->elements, &out->large));
    out->generators = *generators;
    out->regular = true;
    for (uint32_t g = 0; g < generators->count; g++)
        out->regular = out->regular && is_permutation(fm_maps_at(generators, g), generators->width);
    return FM_OK;
}

fm_status fm_axis_action_of(fm_arena *arena, const fm_symmetry *group, int ndim, uint64_t limit,
                            fm_axis_action *out) {
    fm_maps generators = {.arena = arena, .width = (uint32_t)ndim};
    for (uint32_t g = 0; group && g < group->ngenerators; g++) {
        const uint8_t *generator = group->generator + (size_t)g * group->degree;
        uint8_t map[FM_MAX_NDIM];
        for (int i = 0; i < ndim; i++) map[i] = (uint8_t)i;
        for (uint32_t i = 0; i < group->degree; i++)
            map[group->axis[i]] = group->axis[generator[i]];
        if (!fm_maps_add(&generators, map, NULL)) return FM_ERR_MEMORY;
    }
    return fm_axis_action_close(&generators, limit, out);
}

/* Axes that an element moves. */
static fm_axis_set moved(const fm_axis_action *action) {
    fm_axis_set set = 0;
    for (uint32_t m = 0; m < action->elements.count; m++)
        for (uint32_t i = 0; i < action->elements.width; i++)
            if (fm_maps_at(&action->elements, m)[i] != i) set |= (fm_axis_set)1 << i;
    return set;
}

/* Elements that keep the summed axes as a set act on the rest; that set is theirs too. */
fm_status fm_axis_action_reduce(const fm_axis_action *action, fm_axis_set axes, fm_axis_action *out,
                                bool *left) {
    uint8_t kept[FM_MAX_NDIM];
    int count = 0;
    for (uint32_t i = 0; i < action->elements.width; i++)
        if (!(axes >> i & 1)) kept[count++] = (uint8_t)i;
    *out = (fm_axis_action){.regular = true};
    *left = false;
    if ((moved(action) & ~axes) == 0) return FM_OK;
    FM_TRY(fm_maps_restrict(&action->elements, count, kept, &out->elements));
    out->generators = out->elements;
    *left = out->elements.count > 1;
    return FM_OK;
}
