/* Symmetry groups of a line: as arguments, on arrays, and in results. */
#include "cli/call.h"

#include <string.h>

static bool refuse(call_line *line) {
    return call_fail(&line->failure, "ValueError",
                     "a group has axes and generators, lists of integers");
}

/* A list of integers behind the ones that are there. False where it is none. */
static bool integers(const call_json *list, int *out, uint32_t *count, uint32_t room) {
    if (!list || list->kind != CALL_LIST || list->length > room - *count) return false;
    for (const call_json *one = list->as.first; one; one = one->next) {
        if (one->kind != CALL_INT || one->as.i < INT32_MIN || one->as.i > INT32_MAX) return false;
        out[(*count)++] = (int)one->as.i;
    }
    return true;
}

/* Keeps the group with the line. */
static bool keep(call_line *line, const fm_symmetry *group, fm_value *out) {
    if (!wire_keep_group(&line->memory, group))
        return call_fail(&line->failure, "MemoryError", "no memory for a group");
    *out = (fm_value){.kind = FM_VALUE_SYMMETRY, .as.symmetry = group};
    return true;
}

static bool fail_with(call_line *line, const fm_error *error) {
    bool memory = error->status == FM_ERR_MEMORY;
    return call_fail(&line->failure, memory ? "MemoryError" : "ValueError", "%s", error->message);
}

bool call_group(call_line *line, const call_json *body, fm_value *out) {
    const call_json *generators = call_member(body, "generators");
    uint32_t naxes = 0, count = 0;
    int axes[FM_MAX_NDIM];
    const fm_symmetry *group = NULL;
    fm_error error;
    if (!integers(call_member(body, "axes"), axes, &naxes, FM_MAX_NDIM) || !generators ||
        generators->kind != CALL_LIST)
        return refuse(line);
    uint32_t room = generators->length * FM_MAX_NDIM;
    int *all = call_get(&line->memory, (room + 1) * sizeof *all);
    if (!all) return call_fail(&line->failure, "MemoryError", "no memory for a group");
    for (const call_json *one = generators->as.first; one; one = one->next) {
        uint32_t before = count;
        if (!integers(one, all, &count, room)) return refuse(line);
        if (count - before != naxes)
            return call_fail(&line->failure, "ValueError",
                             "a generator has %u positions, but there are %u axes", count - before,
                             naxes);
    }
    if (fm_symmetry_from_generators((int)naxes, axes, (int)generators->length, all, &group,
                                    &error) != FM_OK)
        return fail_with(line, &error);
    return keep(line, group, out);
}

bool call_declare(call_line *line, const call_json *body, fm_value *tensor) {
    fm_value group;
    fm_tensor *tagged = NULL;
    const call_json *symmetry = call_member(body, "symmetry");
    if (!symmetry || symmetry->kind == CALL_NULL) return true;
    if (!call_group(line, symmetry, &group)) return false;
    if (fm_as_symmetric(line->ctx, tensor->as.tensor, &group, &tagged) != FM_OK)
        return call_fail_context(&line->failure, line->ctx);
    if (!wire_keep(&line->memory, tagged))
        return call_fail(&line->failure, "MemoryError", "no memory for an array");
    tensor->as.tensor = tagged;
    return true;
}

/* The axes of a tuple or list. */
static int axes_of(const fm_value *value, int *axes) {
    if (value->kind != FM_VALUE_LIST && value->kind != FM_VALUE_TUPLE) return -1;
    if (value->count > FM_MAX_NDIM) return -1;
    for (uint32_t i = 0; i < value->count; i++) {
        if (value->as.items[i].kind != FM_VALUE_INT) return -1;
        axes[i] = (int)value->as.items[i].as.i;
    }
    return (int)value->count;
}

static fm_status young(const fm_value *blocks, const fm_symmetry **group, fm_error *error) {
    int sizes[FM_MAX_NDIM], axes[2 * FM_MAX_NDIM], count = 0;
    for (uint32_t b = 0; b < blocks->count; b++) {
        sizes[b] = axes_of(&blocks->as.items[b], axes + count);
        if (sizes[b] < 0 || count + sizes[b] > FM_MAX_NDIM) return FM_ERR_ARGUMENT;
        count += sizes[b];
    }
    return fm_symmetry_young((int)blocks->count, sizes, axes, group, error);
}

static fm_status generated(call_line *line, const fm_value *list, int degree, const int *axes,
                           const fm_symmetry **group, fm_error *error) {
    int *all = call_get(&line->memory, (list->count * FM_MAX_NDIM + 1) * sizeof *all);
    if (!all) return FM_ERR_MEMORY;
    for (uint32_t g = 0; g < list->count; g++)
        if (axes_of(&list->as.items[g], all + (size_t)g * (size_t)degree) != degree)
            return FM_ERR_ARGUMENT;
    return fm_symmetry_from_generators(degree, axes, (int)list->count, all, group, error);
}

static fm_status product(const call_line *line, const fm_symmetry **group, fm_error *error) {
    const fm_symmetry *factors[FM_MAX_NDIM];
    if (line->narguments > FM_MAX_NDIM) return FM_ERR_ARGUMENT;
    for (size_t i = 0; i < line->narguments; i++) {
        if (line->arguments[i].value.kind != FM_VALUE_SYMMETRY) return FM_ERR_ARGUMENT;
        factors[i] = line->arguments[i].value.as.symmetry;
    }
    return fm_symmetry_product((int)line->narguments, factors, group, error);
}

bool call_make_group(call_line *line, const fm_symmetry **out) {
    static const char prefix[] = "SymmetryGroup.";
    const char *name = line->op + sizeof prefix - 1;
    const fm_value *first = line->narguments ? &line->arguments[0].value : NULL;
    const fm_value *last = line->narguments ? &line->arguments[line->narguments - 1].value : NULL;
    fm_error error = {.message = "axes are a list of integers"};
    fm_status status = FM_ERR_ARGUMENT;
    const fm_symmetry *group = NULL;
    int axes[FM_MAX_NDIM], degree = last ? axes_of(last, axes) : -1;
    bool list = first && (first->kind == FM_VALUE_LIST || first->kind == FM_VALUE_TUPLE);
    if (!strcmp(line->op, "group")) {
        if (!first || first->kind != FM_VALUE_SYMMETRY)
            return call_fail(&line->failure, "TypeError", "group takes a group");
        *out = first->as.symmetry;
        return true;
    }
    if (!strcmp(name, "direct_product"))
        status = product(line, &group, &error);
    else if (!strcmp(name, "young") && list)
        status = young(first, &group, &error);
    else if (!strcmp(name, "symmetric") && degree >= 0)
        status = fm_symmetry_symmetric(degree, axes, &group, &error);
    else if (!strcmp(name, "cyclic") && degree >= 0)
        status = fm_symmetry_cyclic(degree, axes, &group, &error);
    else if (!strcmp(name, "dihedral") && degree >= 0)
        status = fm_symmetry_dihedral(degree, axes, &group, &error);
    else if (!strcmp(name, "from_generators") && list && degree >= 0)
        status = generated(line, first, degree, axes, &group, &error);
    if (status != FM_OK) return fail_with(line, &error);
    fm_value value;
    if (!keep(line, group, &value)) return false;
    *out = group;
    return true;
}

/* Whether one permutation comes before another, both of the sorted axes. */
static int compare(const uint8_t *a, const uint8_t *b, int degree) {
    return memcmp(a, b, (size_t)degree);
}

/* Every element as a permutation of the sorted axes, in lexicographic order. */
static void put_elements(fm_json_writer *json, const fm_symmetry *group, const int *place) {
    enum { MOST = 48 };
    uint8_t sorted[MOST][FM_MAX_NDIM];
    int degree = fm_symmetry_degree(group);
    uint32_t count = fm_symmetry_elements(group);
    for (uint32_t e = 0; e < count; e++) {
        uint8_t moved[FM_MAX_NDIM];
        const uint8_t *element = fm_symmetry_element(group, e);
        for (int i = 0; i < degree; i++) moved[place[i]] = (uint8_t)place[element[i]];
        uint32_t at = e;
        for (; at > 0 && compare(moved, sorted[at - 1], degree) < 0; at--)
            memcpy(sorted[at], sorted[at - 1], (size_t)degree);
        memcpy(sorted[at], moved, (size_t)degree);
    }
    fm_json_key(json, "elements");
    fm_json_open_list(json);
    for (uint32_t e = 0; e < count; e++) {
        fm_json_open_list(json);
        for (int i = 0; i < degree; i++) fm_json_put_int(json, sorted[e][i]);
        fm_json_close_list(json);
    }
    fm_json_close_list(json);
}

void call_put_group(fm_json_writer *json, const fm_symmetry *group) {
    int degree = fm_symmetry_degree(group), place[FM_MAX_NDIM];
    for (int i = 0; i < degree; i++) {
        place[i] = 0;
        for (int j = 0; j < degree; j++)
            place[i] += fm_symmetry_axis(group, j) < fm_symmetry_axis(group, i);
    }
    fm_json_open_object(json);
    fm_json_key(json, "axes");
    fm_json_open_list(json);
    for (int rank = 0; rank < degree; rank++)
        for (int i = 0; i < degree; i++)
            if (place[i] == rank) fm_json_put_int(json, fm_symmetry_axis(group, i));
    fm_json_close_list(json);
    fm_json_key(json, "order");
    fm_json_put_uint(json, fm_symmetry_order(group));
    if (fm_symmetry_order(group) && fm_symmetry_order(group) <= 48)
        put_elements(json, group, place);
    fm_json_close_object(json);
}
