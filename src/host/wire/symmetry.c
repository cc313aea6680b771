/* Symmetry groups over the wire: {"axes": [int], "generators": [[int]]}. */
#include "wire/wire.h"

enum { MOST_GENERATORS = 1024 };

/* A list of integers into out, whose room is FM_MAX_NDIM; -1 where it is none, with the failure. */
static int read_numbers(wire_request *r, const wire_node *node, int *out) {
    if (node->kind != WIRE_LIST || node->count > FM_MAX_NDIM) {
        wire_fail(r, "TypeError", "a permutation is a list of at most %d integers", FM_MAX_NDIM);
        return -1;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const wire_node *one = &node->as.items[i];
        if (one->kind != WIRE_INT || one->as.i < 0 || one->as.i >= FM_MAX_NDIM) {
            wire_fail(r, "ValueError", "a permutation holds something that is no axis");
            return -1;
        }
        out[i] = (int)one->as.i;
    }
    return (int)node->count;
}

static bool make(wire_request *r, int degree, const int *axes, int ngenerators,
                 const int *generators, fm_value *out) {
    const fm_symmetry *group;
    fm_error error;
    if (fm_symmetry_from_generators(degree, axes, ngenerators, generators, &group, &error) !=
        FM_OK) {
        if (error.status == FM_ERR_MEMORY) return wire_no_memory(r);
        return wire_fail(r, "ValueError", "%s", error.message);
    }
    if (!wire_keep_group(&r->memory, group)) return wire_no_memory(r);
    *out = (fm_value){.kind = FM_VALUE_SYMMETRY, .as.symmetry = group};
    return true;
}

/* Without axes the group acts on the first ones. */
bool wire_symmetry(wire_request *r, const wire_node *payload, fm_value *out) {
    const wire_node *list = wire_member(payload, "generators"),
                    *places = wire_member(payload, "axes");
    if (!list || list->kind != WIRE_LIST || list->count == 0)
        return wire_fail(r, "ValueError", "a symmetry group has one generator at least");
    if (list->count > MOST_GENERATORS)
        return wire_fail(r, "ValueError", "a symmetry group of %u generators, but at most %d",
                         list->count, MOST_GENERATORS);
    int axes[FM_MAX_NDIM], degree = -1;
    int *all = wire_get(&r->memory, list->count * FM_MAX_NDIM * sizeof *all);
    if (!all) return wire_no_memory(r);
    if (places && places->kind != WIRE_NIL) {
        degree = read_numbers(r, places, axes);
        if (degree < 0) return false;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        int numbers[FM_MAX_NDIM], count = read_numbers(r, &list->as.items[i], numbers);
        if (count < 0) return false;
        if (degree < 0) {
            for (int axis = 0; axis < count; axis++) axes[axis] = axis;
            degree = count;
        }
        if (count != degree)
            return wire_fail(r, "ValueError", "generator %u moves %d places, but there are %d axes",
                             i, count, degree);
        for (int axis = 0; axis < count; axis++) all[(int)i * degree + axis] = numbers[axis];
    }
    return make(r, degree, axes, (int)list->count, all, out);
}

void wire_put_symmetry(wire_out *out, const fm_symmetry *group) {
    int degree = fm_symmetry_degree(group), count = fm_symmetry_generators(group);
    wire_put_text(out, "symmetry");
    wire_put_map(out, 2);
    wire_put_text(out, "axes");
    wire_put_list(out, (size_t)degree);
    for (int i = 0; i < degree; i++) wire_put_int(out, fm_symmetry_axis(group, i));
    wire_put_text(out, "generators");
    wire_put_list(out, (size_t)count);
    for (int g = 0; g < count; g++) {
        wire_put_list(out, (size_t)degree);
        for (int i = 0; i < degree; i++) wire_put_int(out, fm_symmetry_generator(group, g)[i]);
    }
}
