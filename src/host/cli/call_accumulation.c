/* Questions of a line for costs with symmetry: the accumulation queries, and the formulas einsum,
   pointwise and reduction of symmetric operands. */
#include "cli/call.h"

#include <string.h>

static bool wrong(call_line *line, const char *what) {
    return call_fail(&line->failure, "TypeError", "%s: %s", line->op, what);
}

static bool no_memory(call_line *line) {
    return call_fail(&line->failure, "MemoryError", "no memory for a line");
}

static bool failed(call_line *line, const fm_error *error) {
    const char *type = error->exception                 ? error->exception
                       : error->status == FM_ERR_MEMORY ? "MemoryError"
                                                        : "ValueError";
    return call_fail(&line->failure, type, "%s", error->message);
}

/* An argument by its place or its name; NULL: it was not given, or None was. */
static const fm_value *given(const call_line *line, size_t place, const char *name) {
    const fm_value *value = NULL;
    if (place < line->npositional) value = &line->arguments[place].value;
    for (size_t i = line->npositional; i < line->narguments; i++)
        if (!strcmp(line->arguments[i].name, name)) value = &line->arguments[i].value;
    return value && value->kind != FM_VALUE_NONE ? value : NULL;
}

enum { NO_PLACE = 1 << 20 };

static bool integer(call_line *line, size_t place, const char *name, int64_t *out) {
    const fm_value *value = given(line, place, name);
    if (!value) return true;
    if (value->kind != FM_VALUE_INT)
        return call_fail(&line->failure, "TypeError", "%s: '%s' is no integer", line->op, name);
    *out = value->as.i;
    return true;
}

static bool integers(call_line *line, const fm_value *value, int64_t **out, int *count) {
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    *count = list ? (int)value->count : 1;
    *out = call_get(&line->memory, ((size_t)*count + 1) * sizeof **out);
    if (!*out) return no_memory(line);
    for (int i = 0; i < *count; i++) {
        const fm_value *one = list ? &value->as.items[i] : value;
        if (one->kind != FM_VALUE_INT) return wrong(line, "a shape or axis is no integer");
        (*out)[i] = one->as.i;
    }
    return true;
}

/* *axes is NULL for all of them. */
static bool read_axes(call_line *line, size_t place, fm_axes *room, const fm_axes **axes) {
    const fm_value *value = given(line, place, "axis");
    int64_t *list;
    *axes = NULL;
    if (!value) return true;
    if (!integers(line, value, &list, &room->count)) return false;
    room->axis = list;
    *axes = room;
    return true;
}

static bool tensor(call_line *line, const fm_value *value, fm_operand *out) {
    if (!value || value->kind != FM_VALUE_TENSOR) return wrong(line, "an operand is no array");
    *out = fm_operand_of(value->as.tensor);
    return true;
}

static bool shape(call_line *line, const fm_value *value, fm_operand *out) {
    int64_t *dims;
    if (!value) return wrong(line, "a shape is missing");
    if (!integers(line, value, &dims, &out->ndim)) return false;
    out->shape = dims;
    return true;
}

static bool symmetry(call_line *line, const fm_value *value, fm_operand *out) {
    if (!value || value->kind == FM_VALUE_NONE) return true;
    if (value->kind != FM_VALUE_SYMMETRY) return wrong(line, "a symmetry is no group");
    out->symmetry = value->as.symmetry;
    return true;
}

static bool ask_einsum(call_line *line, const fm_accumulation **answer) {
    const fm_value *text = given(line, 0, "subscripts");
    int64_t limit = -1;
    fm_error error;
    int count = line->npositional > 1 ? (int)line->npositional - 1 : 0;
    fm_operand *operands = call_get(&line->memory, ((size_t)count + 1) * sizeof *operands);
    if (!operands) return no_memory(line);
    if (!text || text->kind != FM_VALUE_STRING) return wrong(line, "the subscripts are no text");
    for (int i = 0; i < count; i++)
        if (!tensor(line, &line->arguments[i + 1].value, &operands[i])) return false;
    if (!integer(line, NO_PLACE, "partition_budget", &limit)) return false;
    return fm_einsum_accumulation_cost(text->as.string, count, operands, limit, answer, &error) ==
               FM_OK ||
           failed(line, &error);
}

static bool ask_reduction(call_line *line, const fm_accumulation **answer) {
    fm_operand operand;
    fm_axes room;
    const fm_axes *axes;
    int64_t factor = 1, extra = 0, limit = -1;
    fm_error error;
    if (!tensor(line, given(line, 0, "a"), &operand) || !read_axes(line, 1, &room, &axes) ||
        !integer(line, NO_PLACE, "op_factor", &factor) ||
        !integer(line, NO_PLACE, "extra_ops", &extra) ||
        !integer(line, NO_PLACE, "partition_budget", &limit))
        return false;
    return fm_reduction_accumulation_cost(&operand, axes, factor, extra, limit, answer, &error) ==
               FM_OK ||
           failed(line, &error);
}

static bool ask_tier2(call_line *line, call_special *out) {
    fm_operand operand;
    fm_axes room;
    const fm_axes *axes;
    int64_t one = -1, cost;
    fm_error error;
    if (!tensor(line, given(line, 0, "a"), &operand) || !read_axes(line, 1, &room, &axes) ||
        !integer(line, NO_PLACE, "dense_per_output_cost", &one))
        return false;
    if (fm_tier2_reduction_cost(&operand, axes, one, &cost, &error) != FM_OK)
        return failed(line, &error);
    out->has_number = out->plain = true;
    out->number = (uint64_t)cost;
    return true;
}

bool call_accumulation(call_line *line, call_special *out) {
    if (!strcmp(line->op, "tier2_reduction_cost")) return ask_tier2(line, out);
    bool done = !strcmp(line->op, "einsum_accumulation_cost")
                    ? ask_einsum(line, &out->accumulation)
                    : ask_reduction(line, &out->accumulation);
    return done;
}

/* Operands that stand for one tensor have one address: that of the first one's place. */
static bool identities(call_line *line, const fm_value *pattern, int count, fm_operand *operands) {
    bool list = pattern && (pattern->kind == FM_VALUE_LIST || pattern->kind == FM_VALUE_TUPLE);
    if (!pattern) return true;
    for (uint32_t g = 0; list && g < pattern->count; g++) {
        int64_t *places;
        int members;
        if (!integers(line, &pattern->as.items[g], &places, &members)) return false;
        for (int i = 0; i < members; i++) {
            if (places[i] < 0 || places[i] >= count)
                return wrong(line, "identity_pattern names an operand that is not there");
            operands[places[i]].tensor = &operands[places[0]];
        }
    }
    return list || wrong(line, "identity_pattern is no list of lists");
}

static bool cost_einsum(call_line *line, const fm_cost_options *options, fm_cost_answer *answer) {
    const fm_value *text = given(line, 0, "subscripts"), *shapes = given(line, 1, "shapes");
    const fm_value *groups = given(line, 2, "operand_symmetries");
    fm_error error;
    if (!text || text->kind != FM_VALUE_STRING || !shapes || !shapes->count)
        return wrong(line, "subscripts and shapes are needed");
    int count = (int)shapes->count;
    fm_operand *operands = call_get(&line->memory, ((size_t)count + 1) * sizeof *operands);
    if (!operands) return no_memory(line);
    for (int i = 0; i < count; i++) {
        if (!shape(line, &shapes->as.items[i], &operands[i])) return false;
        if (groups && i < (int)groups->count && !symmetry(line, &groups->as.items[i], &operands[i]))
            return false;
    }
    if (!identities(line, given(line, 3, "identity_pattern"), count, operands)) return false;
    return fm_einsum_cost(options, text->as.string, count, operands, answer, &error) == FM_OK ||
           failed(line, &error);
}

static bool cost_shape(call_line *line, const fm_cost_options *options, bool reduces,
                       fm_cost_answer *answer) {
    const fm_value *op = given(line, 0, "op_name");
    fm_operand operand = {0};
    fm_axes room;
    const fm_axes *axes = NULL;
    fm_error error;
    if (!op || op->kind != FM_VALUE_STRING) return wrong(line, "op_name is no text");
    if (!shape(line, given(line, NO_PLACE, reduces ? "input_shape" : "shape"), &operand) ||
        !symmetry(line, given(line, NO_PLACE, "symmetry"), &operand) ||
        (reduces && !read_axes(line, NO_PLACE, &room, &axes)))
        return false;
    fm_status status =
        reduces ? fm_reduction_cost(options, op->as.string, &operand, axes, answer, &error)
                : fm_pointwise_cost(options, op->as.string, &operand, answer, &error);
    return status == FM_OK || failed(line, &error);
}

bool call_is_symmetric_cost(const call_line *line) {
    if (!strcmp(line->op, "accounting.einsum_cost")) return true;
    bool shapes = !strcmp(line->op, "accounting.pointwise_cost") ||
                  !strcmp(line->op, "accounting.reduction_cost");
    return shapes && given(line, NO_PLACE, "symmetry");
}

bool call_symmetric_cost(call_line *line, const fm_cost_options *options, fm_cost_answer *answer) {
    if (!strcmp(line->op, "accounting.einsum_cost")) return cost_einsum(line, options, answer);
    return cost_shape(line, options, !strcmp(line->op, "accounting.reduction_cost"), answer);
}
