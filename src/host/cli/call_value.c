/* Arguments of a line: JSON as the values that calls by name take. */
#include "cli/call.h"

#include <math.h>
#include <string.h>

static bool no_memory(call_line *line) {
    return call_fail(&line->failure, "MemoryError", "no memory for a line");
}

static bool values(call_line *line, const call_json *json, fm_value_kind kind, fm_value *out) {
    if (json->kind != CALL_LIST)
        return call_fail(&line->failure, "ValueError", "a list of values is expected");
    fm_value *items = call_get(&line->memory, (json->length + 1) * sizeof *items), *at = items;
    if (!items) return no_memory(line);
    for (const call_json *one = json->as.first; one; one = one->next)
        if (!call_value(line, one, at++)) return false;
    *out = (fm_value){.kind = kind, .count = json->length, .as.items = items};
    return true;
}

static bool slice(call_line *line, const call_json *body, fm_value *out) {
    if (!values(line, body, FM_VALUE_SLICE, out)) return false;
    if (out->count != 3)
        return call_fail(&line->failure, "ValueError", "a slice has start, stop and step");
    for (int i = 0; i < 3; i++)
        if (out->as.items[i].kind != FM_VALUE_INT && out->as.items[i].kind != FM_VALUE_NONE)
            return call_fail(&line->failure, "TypeError",
                             "a slice holds something that is neither an integer nor None");
    return true;
}

/* An integer that int64 does not hold: an array without axes. */
static bool large(call_line *line, const call_json *json, fm_value *out) {
    fm_tensor *tensor = NULL;
    if (fm_tensor_from_host(line->ctx, FM_UINT64, 0, NULL, &json->as.u, &tensor) != FM_OK)
        return call_fail_context(&line->failure, line->ctx);
    if (!wire_keep(&line->memory, tensor)) return no_memory(line);
    *out = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
    return true;
}

/* "inf", "-inf" and "nan" where JSON has no number. */
static bool float_of(call_line *line, const call_json *json, double *out) {
    if (json && json->kind == CALL_INT) {
        *out = (double)json->as.i;
        return true;
    }
    if (json && json->kind == CALL_FLOAT) {
        *out = json->as.f;
        return true;
    }
    const char *text = json && json->kind == CALL_STRING ? json->as.string : "";
    *out = !strcmp(text, "inf") ? INFINITY : !strcmp(text, "-inf") ? -INFINITY : NAN;
    return isinf(*out) || !strcmp(text, "nan") ||
           call_fail(&line->failure, "ValueError", "'%.40s' is no number", text);
}

static bool complex_of(call_line *line, const call_json *body, fm_value *out) {
    out->kind = FM_VALUE_COMPLEX;
    if (body->kind != CALL_LIST || body->length != 2)
        return call_fail(&line->failure, "ValueError", "a complex number has two parts");
    return float_of(line, body->as.first, &out->as.c[0]) &&
           float_of(line, body->as.first->next, &out->as.c[1]);
}

/* The value of argument i itself. */
static bool same(call_line *line, const call_json *body, fm_value *out) {
    if (body->kind != CALL_INT || body->as.i < 0 || (uint64_t)body->as.i >= line->narguments)
        return call_fail(&line->failure, "ValueError", "ref names no argument before it");
    *out = line->arguments[body->as.i].value;
    return true;
}

/* A NumPy type: a dtype, or the name of a kind of dtypes. */
static bool type(call_line *line, const call_json *body, fm_value *out) {
    if (body->kind != CALL_STRING)
        return call_fail(&line->failure, "ValueError", "a type has no name");
    fm_dtype dtype = fm_dtype_parse(body->as.string);
    if (dtype)
        *out = (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = dtype};
    else
        *out = (fm_value){.kind = FM_VALUE_STRING, .as.string = body->as.string};
    return true;
}

static bool special(call_line *line, const call_json *json, fm_value *out) {
    static const char *const arrays[] = {"array", "fill", "zeros", "scalar", "bytes", "npy"};
    const call_json *body = json->as.first;
    if (json->length != 1)
        return call_fail(&line->failure, "ValueError",
                         "an object as an argument has one key, but this has %u", json->length);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (!strcmp(body->key, arrays[i])) return call_array(line, body->key, body, out);
    if (!strcmp(body->key, "tuple")) return values(line, body, FM_VALUE_TUPLE, out);
    if (!strcmp(body->key, "slice")) return slice(line, body, out);
    if (!strcmp(body->key, "complex")) return complex_of(line, body, out);
    if (!strcmp(body->key, "ref")) return same(line, body, out);
    if (!strcmp(body->key, "type")) return type(line, body, out);
    if (!strcmp(body->key, "rng_state")) return call_rng_state(line, body, out);
    if (!strcmp(body->key, "group")) return call_group(line, body, out);
    if (!strcmp(body->key, "float")) {
        out->kind = FM_VALUE_FLOAT;
        return float_of(line, body, &out->as.f);
    }
    if (!strcmp(body->key, "ellipsis")) {
        out->kind = FM_VALUE_ELLIPSIS;
        return true;
    }
    if (!strcmp(body->key, "fn") && body->kind == CALL_STRING)
        return call_function(line, body->as.string, out);
    return call_fail(&line->failure, "ValueError", "'%.40s' is no form of an argument", body->key);
}

bool call_value(call_line *line, const call_json *json, fm_value *out) {
    *out = (fm_value){.kind = FM_VALUE_NONE};
    switch (json->kind) {
    case CALL_NULL:
        return true;
    case CALL_BOOL:
    case CALL_INT:
        out->kind = json->kind == CALL_BOOL ? FM_VALUE_BOOL : FM_VALUE_INT;
        out->as.i = json->as.i;
        return true;
    case CALL_UINT:
        return large(line, json, out);
    case CALL_FLOAT:
        out->kind = FM_VALUE_FLOAT;
        out->as.f = json->as.f;
        return true;
    case CALL_STRING:
        out->kind = FM_VALUE_STRING;
        out->as.string = json->as.string;
        return true;
    case CALL_LIST:
        return values(line, json, FM_VALUE_LIST, out);
    default:
        return special(line, json, out);
    }
}

static bool read_context(call_line *line, const call_json *context) {
    double budget = 1e18;
    const call_json *flops = call_member(context, "flop_budget");
    const call_json *multiplier = call_member(context, "flop_multiplier");
    line->flop_budget = 1000000000000000000u;
    line->flop_multiplier = 1;
    if (flops && flops->kind == CALL_INT && flops->as.i > 0) {
        line->flop_budget = (uint64_t)flops->as.i;
    } else if (flops && flops->kind != CALL_NULL) {
        if (!float_of(line, flops, &budget)) return false;
        if (!(budget >= 1 && budget <= 1.8e19))
            return call_fail(&line->failure, "ValueError", "flop_budget must be positive");
        line->flop_budget = (uint64_t)budget;
    }
    if (multiplier && multiplier->kind != CALL_NULL)
        return float_of(line, multiplier, &line->flop_multiplier);
    return true;
}

bool call_read(call_line *line, const call_json *root) {
    const call_json *op = call_member(root, "op"), *args = call_member(root, "args"),
                    *kwargs = call_member(root, "kwargs");
    if (root->kind != CALL_OBJECT)
        return call_fail(&line->failure, "ValueError", "a line holds one JSON object");
    if (!op || op->kind != CALL_STRING)
        return call_fail(&line->failure, "ValueError", "'op' is missing: the operation's name");
    if ((args && args->kind != CALL_LIST && args->kind != CALL_NULL) ||
        (kwargs && kwargs->kind != CALL_OBJECT && kwargs->kind != CALL_NULL))
        return call_fail(&line->failure, "ValueError",
                         "'args' is a list, 'kwargs' an object of values");
    line->op = op->as.string;
    size_t most = (size_t)(args ? args->length : 0) + (kwargs ? kwargs->length : 0);
    line->arguments = call_get(&line->memory, (most + 1) * sizeof *line->arguments);
    if (!line->arguments) return no_memory(line);
    if (!read_context(line, call_member(root, "context"))) return false;
    const call_json *lists[] = {args, kwargs};
    for (int i = 0; i < 2; i++) {
        if (!lists[i] || lists[i]->kind == CALL_NULL) continue;
        for (const call_json *one = lists[i]->as.first; one; one = one->next) {
            fm_argument *argument = &line->arguments[line->narguments];
            argument->name = one->key;
            if (!call_value(line, one, &argument->value)) return false;
            line->narguments++;
        }
    }
    line->npositional = args ? args->length : 0;
    return true;
}
