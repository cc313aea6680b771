/* What a line may ask beside operations: costs by formula, charges, budgets, groups. */
#include "cli/call.h"

#include <string.h>

/* Tuples of integers as the formulas take them; other values as they are. */
static bool plain(call_line *line, fm_value *value) {
    if (value->kind != FM_VALUE_TUPLE && value->kind != FM_VALUE_LIST) return true;
    for (uint32_t i = 0; i < value->count; i++)
        if (value->as.items[i].kind != FM_VALUE_INT) return true;
    int64_t *ints = call_get(&line->memory, (value->count + 1) * sizeof *ints);
    if (!ints) return call_fail(&line->failure, "MemoryError", "no memory for a line");
    for (uint32_t i = 0; i < value->count; i++) ints[i] = value->as.items[i].as.i;
    *value = (fm_value){.kind = FM_VALUE_INTS, .count = value->count, .as.ints = ints};
    return true;
}

/* One list of shapes is the shapes one after the other. */
static bool spread(call_line *line) {
    const fm_value *list = &line->arguments[0].value;
    if (line->narguments != 1 || (list->kind != FM_VALUE_LIST && list->kind != FM_VALUE_TUPLE))
        return true;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->as.items[i].kind == FM_VALUE_INT) return true;
    fm_argument *arguments = call_get(&line->memory, (list->count + 1) * sizeof *arguments);
    if (!arguments) return call_fail(&line->failure, "MemoryError", "no memory for a line");
    for (uint32_t i = 0; i < list->count; i++) arguments[i].value = list->as.items[i];
    line->narguments = list->count;
    line->arguments = arguments;
    return true;
}

static bool answer_cost(call_line *line, call_special *out) {
    fm_cost_options options = FM_COST_OPTIONS_INIT;
    fm_cost_answer answer;
    fm_error error;
    options.cost_model = fm_context_cost_model(line->ctx);
    if (!strcmp(line->op, "accounting.multi_dot_cost") && !spread(line)) return false;
    if (call_is_symmetric_cost(line)) {
        if (!call_symmetric_cost(line, &options, &answer)) return false;
        *out =
            (call_special){.has_number = true, .number = answer.flops, .unit = answer.unit_flops};
        return true;
    }
    for (size_t i = 0; i < line->narguments; i++)
        if (!plain(line, &line->arguments[i].value)) return false;
    if (fm_cost(&options, line->op, line->arguments, line->narguments, &answer, &error) != FM_OK)
        return call_fail(&line->failure, error.exception ? error.exception : "ValueError", "%s",
                         error.message);
    *out = (call_special){.has_number = true, .number = answer.flops, .unit = answer.unit_flops};
    return true;
}

/* A charge of the caller's own: flops times weight and multiplier, in one rounding. */
static bool deduct(call_line *line, call_special *out) {
    const fm_argument *a = line->arguments;
    if (line->narguments != 2 || a[0].value.kind != FM_VALUE_STRING ||
        a[1].value.kind != FM_VALUE_INT || a[1].value.as.i < 0)
        return call_fail(&line->failure, "TypeError", "deduct takes an operation's name and FLOPs");
    out->charge_op = a[0].value.as.string;
    out->charge = (uint64_t)a[1].value.as.i;
    return true;
}

/* The FLOPs of a budget that is opened with these arguments. */
static bool open_context(call_line *line, call_special *out) {
    for (size_t i = 0; i < line->narguments; i++) {
        const fm_argument *a = &line->arguments[i];
        if (a->name && !strcmp(a->name, "flop_budget") && a->value.kind == FM_VALUE_INT) {
            if (a->value.as.i <= 0)
                return call_fail(&line->failure, "ValueError", "flop_budget must be > 0, got %lld",
                                 (long long)a->value.as.i);
            *out = (call_special){.has_number = true, .number = (uint64_t)a->value.as.i};
            out->unit = out->number;
            return true;
        }
    }
    return call_fail(&line->failure, "TypeError", "flop_budget is missing");
}

enum call_kind_of_op call_special_of(const char *op) {
    if (!strncmp(op, "accounting.", 11)) return CALL_OP_COST;
    if (!strcmp(op, "group") || !strncmp(op, "SymmetryGroup.", 14)) return CALL_OP_GROUP;
    if (!strcmp(op, "einsum_accumulation_cost") || !strcmp(op, "reduction_accumulation_cost") ||
        !strcmp(op, "tier2_reduction_cost"))
        return CALL_OP_ACCUMULATION;
    if (!strcmp(op, "budget.deduct")) return CALL_OP_DEDUCT;
    return !strcmp(op, "budget.context") ? CALL_OP_CONTEXT : CALL_OP_PLAIN;
}

bool call_answer_special(call_line *line, call_special *out) {
    *out = (call_special){0};
    switch (call_special_of(line->op)) {
    case CALL_OP_COST:
        return answer_cost(line, out);
    case CALL_OP_DEDUCT:
        return deduct(line, out);
    case CALL_OP_GROUP:
        return call_make_group(line, &out->group);
    case CALL_OP_ACCUMULATION:
        return call_accumulation(line, out);
    default:
        return open_context(line, out);
    }
}
