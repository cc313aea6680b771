/* einsum's `optimize` and `memory_limit`: a flag, the name of a search, such a name with a limit,
   or a path step by step. */
#include "ops/einsum.h"
#include "ops/args.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static const int optimize = FM_EINSUM_OPTIMIZE;

static bool is_sequence(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
}

static bool is_text(const fm_value *value, const char *text) {
    return value->kind == FM_VALUE_STRING && strcmp(value->as.string, text) == 0;
}

static fm_status not_understood(const fm_bound *bound, fm_error *error) {
    fm_fail_op(
        error, FM_ERR_ARGUMENT, bound->row->name, optimize + 1,
        "'optimize' is a flag, the name of a search, a name and a memory limit, or a list of "
        "steps");
    return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
}

static fm_status read_name(const fm_bound *bound, const char *name, fm_einsum_wish *wish,
                           fm_error *error) {
    wish->name = name;
    if (fm_path_named(name, &wish->options)) return FM_OK;
    fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, optimize + 1,
               "no search is named '%.60s'; there are: auto, optimal, dp, branch-all, branch-2, "
               "branch-1, greedy, random-greedy",
               name);
    return fm_fail_as(error, "KeyError", FM_ERR_ARGUMENT);
}

static bool read_number(const fm_value *value, double *number) {
    if (value->kind == FM_VALUE_INT) *number = (double)value->as.i;
    if (value->kind == FM_VALUE_FLOAT) *number = value->as.f;
    return value->kind == FM_VALUE_INT || value->kind == FM_VALUE_FLOAT;
}

/* The integers of a step: a tuple or list of them, or integers as such. */
static bool step_ints(const fm_value *value, uint32_t i, int64_t *position) {
    if (value->kind == FM_VALUE_INTS) {
        *position = value->as.ints[i];
        return true;
    }
    *position = value->as.items[i].as.i;
    return value->as.items[i].kind == FM_VALUE_INT;
}

/* One step that takes from `left` operands. */
static fm_status read_step(const fm_bound *bound, const fm_value *value, int number, int left,
                           fm_path_step *step, fm_error *error) {
    if (!is_sequence(value) && value->kind != FM_VALUE_INTS) return not_understood(bound, error);
    step->count = 0;
    for (uint32_t i = 0; i < value->count; i++) {
        int64_t at;
        if (!step_ints(value, i, &at)) return not_understood(bound, error);
        if (at < 0 || at >= left) {
            fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, optimize + 1,
                       "step %d takes operand %lld, but %d are left", number, (long long)at, left);
            return fm_fail_as(error, "IndexError", FM_ERR_ARGUMENT);
        }
        for (int before = 0; before < step->count; before++)
            if (step->position[before] == at)
                return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, optimize + 1,
                                  "step %d takes operand %lld twice", number, (long long)at);
        step->position[step->count++] = (uint8_t)at;
    }
    if (step->count > 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, optimize + 1,
                      "step %d takes no operand", number);
}

static fm_status read_path(const fm_bound *bound, const fm_value *items, uint32_t count,
                           int operands, fm_einsum_wish *wish, fm_error *error) {
    int left = operands;
    if (count > sizeof wish->step / sizeof *wish->step) return not_understood(bound, error);
    for (uint32_t i = 0; i < count; i++) {
        fm_path_step *step = &wish->step[wish->nsteps++];
        FM_TRY(read_step(bound, &items[i], (int)i, left, step, error));
        left -= step->count - 1;
    }
    if (left == 1 || operands == 1) return FM_OK;
    fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, optimize + 1,
               "the path of %u steps leaves %d of %d operands", count, left, operands);
    return fm_fail_as(error, "RuntimeError", FM_ERR_ARGUMENT);
}

static fm_status read_sequence(const fm_bound *bound, const fm_value *value, int operands,
                               fm_einsum_wish *wish, fm_error *error) {
    const fm_value *items = value->as.items;
    double limit;
    if (value->count == 0) return not_understood(bound, error);
    if (is_text(&items[0], "einsum_path"))
        return read_path(bound, items + 1, value->count - 1, operands, wish, error);
    if (items[0].kind != FM_VALUE_STRING)
        return read_path(bound, items, value->count, operands, wish, error);
    if (value->count != 2 || !read_number(&items[1], &limit)) return not_understood(bound, error);
    FM_TRY(read_name(bound, items[0].as.string, wish, error));
    wish->options.memory_limit = limit;
    return FM_OK;
}

/* Elements of the largest operand or output. */
static double largest_term(const fm_einsum *e) {
    double most = 1;
    for (int i = -1; i < e->nterms; i++) {
        const fm_einsum_term *term = i < 0 ? &e->out : &e->term[i];
        double size = 1;
        for (int d = 0; d < term->ndim; d++) size *= (double)term->dim[d];
        if (size > most) most = size;
    }
    return most;
}

static fm_status read_limit(const fm_bound *bound, const fm_einsum *e, fm_einsum_wish *wish,
                            fm_error *error) {
    const fm_value *value = &bound->values[FM_EINSUM_MEMORY_LIMIT];
    double limit;
    if (bound->row->nparams <= FM_EINSUM_MEMORY_LIMIT || fm_arg_absent(value)) return FM_OK;
    if (is_text(value, "max_input")) {
        wish->options.memory_limit = largest_term(e);
        return FM_OK;
    }
    if (!read_number(value, &limit) || isnan(limit) || (limit < 1 && limit != -1))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, FM_EINSUM_MEMORY_LIMIT + 1,
                          "'memory_limit' is a number of elements, -1 or 'max_input'");
    wish->options.memory_limit = limit == -1 || isinf(limit) ? 0 : limit;
    return FM_OK;
}

fm_status fm_einsum_read_wish(const fm_bound *bound, const fm_einsum *e, fm_einsum_wish *wish,
                              fm_error *error) {
    const fm_value *value = &bound->values[optimize];
    wish->options = (fm_path_options){.kind = FM_PATH_AUTO};
    wish->name = NULL;
    wish->nsteps = 0;
    if (is_sequence(value))
        FM_TRY(read_sequence(bound, value, e->nterms, wish, error));
    else if (value->kind == FM_VALUE_STRING)
        FM_TRY(read_name(bound, value->as.string, wish, error));
    else if (value->kind != FM_VALUE_BOOL && !fm_arg_absent(value))
        return not_understood(bound, error);
    return read_limit(bound, e, wish, error);
}

fm_status fm_einsum_choose(const fm_bound *bound, const fm_einsum *e, const fm_einsum_wish *wish,
                           fm_einsum_pair *path, bool *fits, fm_error *error) {
    fm_status status;
    *fits = true;
    if (wish->nsteps > 0)
        status = fm_path_pairs(e, wish->nsteps, wish->step, path);
    else
        status = fm_path_find(e, &wish->options, path, fits);
    if (status == FM_OK) return FM_OK;
    return fm_fail_op(error, status, bound->row->name, 0, "no memory to find a path");
}
