/* Symmetry groups over the wire: {"axes": [int], "generators": [[int]]}. */
#include "wire/wire.h"

static bool read_numbers(wire_request *r, const wire_node *node, fm_value *out) {
    if (node->kind != WIRE_LIST) return wire_fail(r, "TypeError", "a permutation is a list");
    int64_t *numbers = wire_get(&r->memory, (node->count + 1) * sizeof *numbers);
    if (!numbers) return wire_no_memory(r);
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->as.items[i].kind != WIRE_INT)
            return wire_fail(r, "TypeError", "a permutation holds something that is no integer");
        numbers[i] = node->as.items[i].as.i;
    }
    *out = (fm_value){.kind = FM_VALUE_INTS, .count = node->count, .as.ints = numbers};
    return true;
}

/* Every place once. */
static bool is_permutation(const fm_value *value) {
    uint64_t seen = 0;
    for (uint32_t i = 0; i < value->count; i++) {
        int64_t to = value->as.ints[i];
        if (to < 0 || to >= (int64_t)value->count || seen >> to & 1) return false;
        seen |= (uint64_t)1 << to;
    }
    return true;
}

/* Hands the group on to the operation: the axes, and each generator as a permutation of their
   places, as a dict of both. */
static bool hand_on(wire_request *r, const fm_value *axes, const fm_value *generators,
                    uint32_t count, fm_value *out) {
    fm_value *items = wire_get(&r->memory, 4 * sizeof *items);
    if (!items) return wire_no_memory(r);
    items[0] = (fm_value){.kind = FM_VALUE_STRING, .as.string = "axes"};
    items[1] = *axes;
    items[2] = (fm_value){.kind = FM_VALUE_STRING, .as.string = "generators"};
    items[3] = (fm_value){.kind = FM_VALUE_LIST, .count = count, .as.items = generators};
    *out = (fm_value){.kind = FM_VALUE_DICT, .count = 2, .as.items = items};
    return true;
}

bool wire_symmetry(wire_request *r, const wire_node *payload, fm_value *out) {
    const wire_node *list = wire_member(payload, "generators"),
                    *places = wire_member(payload, "axes");
    fm_value axes = {.kind = FM_VALUE_NONE};
    if (!list || list->kind != WIRE_LIST || list->count == 0)
        return wire_fail(r, "ValueError", "a symmetry group has one generator at least");
    fm_value *generators = wire_get(&r->memory, list->count * sizeof *generators);
    if (!generators) return wire_no_memory(r);
    if (places && places->kind != WIRE_NIL && !read_numbers(r, places, &axes)) return false;
    for (uint32_t i = 0; i < list->count; i++) {
        if (!read_numbers(r, &list->as.items[i], &generators[i])) return false;
        if (generators[i].count > FM_MAX_NDIM || !is_permutation(&generators[i]))
            return wire_fail(r, "ValueError", "generator %u is no permutation", i);
        if (axes.kind == FM_VALUE_INTS && axes.count != generators[i].count)
            return wire_fail(r, "ValueError", "generator %u moves %u places, but there are %u axes",
                             i, generators[i].count, axes.count);
    }
    return hand_on(r, &axes, generators, list->count, out);
}
