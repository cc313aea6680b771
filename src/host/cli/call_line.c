/* One line of `flopmeter call`: read, asked for its cost, called under a budget of its own,
   answered. */
#include "cli/call.h"

#include <stdio.h>
#include <string.h>

/* What a call came to. */
typedef struct outcome {
    uint64_t cost, unit_cost;
    fm_reply *reply;
    call_special special;
    bool failed;
} outcome;

static void put_id(fm_json_writer *json, const call_json *id) {
    fm_json_key(json, "id");
    if (id && id->kind == CALL_STRING)
        fm_json_put_string(json, id->as.string);
    else if (id && id->kind == CALL_INT)
        fm_json_put_int(json, id->as.i);
    else if (id && id->kind == CALL_FLOAT)
        fm_json_put_double(json, id->as.f);
    else
        fm_json_put_null(json);
}

static void put_failure(fm_json_writer *json, const call_failure *failure) {
    fm_json_key(json, "error");
    fm_json_open_object(json);
    fm_json_key(json, "type");
    fm_json_put_string(json, failure->type);
    fm_json_key(json, "message");
    fm_json_put_string(json, failure->message);
    fm_json_close_object(json);
}

static void put_log(call_line *line, fm_json_writer *json) {
    fm_json_key(json, "log");
    fm_json_open_list(json);
    for (size_t i = 0; i < fm_op_log_count(line->ctx); i++) {
        const fm_op_log_entry *entry = fm_op_log_get(line->ctx, i);
        fm_json_open_list(json);
        fm_json_put_string(json, entry->op);
        fm_json_put_uint(json, entry->flops);
        fm_json_close_list(json);
    }
    fm_json_close_list(json);
}

static call_arguments given(const call_line *line) {
    return (call_arguments){line->arguments, line->narguments, line->npositional};
}

/* The tensors written in place, by the place of their argument, or its name. */
static bool put_mutated(call_line *line, fm_json_writer *json, const fm_op_info *info,
                        enum call_results results) {
    bool any = false;
    for (int p = 0; p < info->nparams; p++) {
        int at = info->in_place[p] ? call_argument_of(info, given(line), p) : -1;
        if (at < 0 || line->arguments[at].value.kind != FM_VALUE_TENSOR) continue;
        if (!any) {
            fm_json_key(json, "mutated");
            fm_json_open_object(json);
        }
        char place[16];
        snprintf(place, sizeof place, "%d", at);
        fm_json_key(json, line->arguments[at].name ? line->arguments[at].name : place);
        if (!call_put_value(line, json, &line->arguments[at].value, CALL_ARRAY, results))
            return false;
        any = true;
    }
    if (any) fm_json_close_object(json);
    return true;
}

/* What the call would have come to with every weight 1; 0.4.3 rounds in doubles always. A charge
   that was given back is in no log. */
static uint64_t unit_cost(const call_line *line, fm_status status, uint64_t unit_flops) {
    double charged = (double)unit_flops * line->flop_multiplier;
    bool exact = line->flop_multiplier == 1 &&
                 strcmp(fm_context_cost_model(line->ctx), "flopscope-0.4") != 0;
    uint64_t flops = exact ? unit_flops : charged >= 0x1p64 ? UINT64_MAX : (uint64_t)charged;
    if (status == FM_OK || fm_op_log_count(line->ctx) > 0) return flops;
    return status == FM_ERR_BUDGET && flops <= line->flop_budget ? flops : 0;
}

static void perform_special(call_line *line, outcome *result) {
    const call_special *special = &result->special;
    result->failed = !call_answer_special(line, &result->special);
    if (result->failed || !special->charge_op) return;
    fm_status status = fm_charge_as(line->ctx, special->charge_op, special->charge);
    result->failed = status != FM_OK;
    if (result->failed) call_fail_context(&line->failure, line->ctx);
    result->cost = fm_budget_used(fm_context_budget(line->ctx));
    result->unit_cost = unit_cost(line, status, special->charge);
}

/* The call itself, under an open budget. */
static void perform(call_line *line, outcome *result) {
    fm_cost_answer answer;
    fm_context *ctx = line->ctx;
    if (call_special_of(line->op) != CALL_OP_PLAIN) {
        perform_special(line, result);
        return;
    }
    fm_status status = fm_call_cost(ctx, line->op, line->arguments, line->narguments, &answer);
    if (status == FM_OK)
        status = fm_call_reply(ctx, line->op, line->arguments, line->narguments, &result->reply);
    if (status == FM_OK) status = fm_synchronize(ctx);
    result->failed = status != FM_OK;
    if (result->failed) call_fail_context(&line->failure, ctx);
    result->cost = fm_budget_used(fm_context_budget(ctx));
    result->unit_cost = unit_cost(line, status, answer.unit_flops);
}

static void put_number(fm_json_writer *json, uint64_t number) {
    fm_json_open_object(json);
    fm_json_key(json, "scalar");
    fm_json_put_uint(json, number);
    fm_json_key(json, "dtype");
    fm_json_put_string(json, "int");
    fm_json_close_object(json);
}

static void put_special(fm_json_writer *json, const call_special *special) {
    if (special->has_number) {
        put_number(json, special->number);
    } else if (special->accumulation) {
        call_put_accumulation(json, special->accumulation);
    } else if (special->group) {
        fm_json_open_object(json);
        fm_json_key(json, "group");
        call_put_group(json, special->group);
        fm_json_close_object(json);
    } else {
        fm_json_put_null(json);
    }
    if (special->has_number && !special->plain) {
        fm_json_key(json, "unit_result");
        put_number(json, special->unit);
    }
    fm_json_key(json, "error");
    fm_json_put_null(json);
}

static bool put_outcome(call_line *line, fm_json_writer *json, const outcome *result,
                        enum call_results results) {
    fm_op_info info = {0};
    bool known = fm_op_info_find(line->op, &info) == FM_OK;
    fm_json_key(json, "cost");
    fm_json_put_uint(json, result->cost);
    fm_json_key(json, "unit_cost");
    fm_json_put_uint(json, result->unit_cost);
    put_log(line, json);
    fm_json_key(json, "result");
    if (result->failed) {
        fm_json_put_null(json);
        put_failure(json, &line->failure);
        return true;
    }
    if (!result->reply) {
        put_special(json, &result->special);
        return true;
    }
    const fm_value *value = fm_reply_value(result->reply);
    enum call_form form = CALL_ARRAY;
    if (known && !call_is_given(given(line), value)) form = call_form_of(&info, given(line));
    if (!call_put_value(line, json, value, form, results)) return false;
    if (known && !put_mutated(line, json, &info, results)) return false;
    fm_json_key(json, "error");
    fm_json_put_null(json);
    return true;
}

static bool call_under_budget(call_line *line, fm_json_writer *json, enum call_results results) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    fm_budget *budget = NULL;
    outcome result = {0};
    options.flops = line->flop_budget;
    /* The options' 0 stands for 1; this leaves nothing of any count. */
    options.multiplier = line->flop_multiplier == 0 ? 1e-300 : line->flop_multiplier;
    options.log_ops = true;
    if (fm_budget_open(line->ctx, &options, &budget) != FM_OK)
        return call_fail_context(&line->failure, line->ctx);
    perform(line, &result);
    bool done = put_outcome(line, json, &result, results);
    fm_reply_release(result.reply);
    fm_accumulation_release(result.special.accumulation);
    if (fm_budget_close(line->ctx) != FM_OK && done)
        done = call_fail_context(&line->failure, line->ctx);
    fm_budget_release(budget);
    return done;
}

/* A line that came to nothing. */
static void put_refused(call_line *line, fm_json_writer *json) {
    fm_json_key(json, "cost");
    fm_json_put_uint(json, 0);
    fm_json_key(json, "unit_cost");
    fm_json_put_uint(json, 0);
    fm_json_key(json, "log");
    fm_json_open_list(json);
    fm_json_close_list(json);
    fm_json_key(json, "result");
    fm_json_put_null(json);
    put_failure(json, &line->failure);
}

static void begin(fm_json_writer *json, const call_json *id) {
    fm_io *io = json->io;
    fm_io_buffer *buffer = json->out;
    buffer->size = 0;
    fm_json_begin(json, io, buffer, 0);
    fm_json_open_object(json);
    put_id(json, id);
}

bool call_answer(fm_context *ctx, const char *text, size_t size, uint64_t seed,
                 enum call_results results, fm_json_writer *json) {
    call_line line = {.ctx = ctx};
    char wrong[160];
    const call_json *root = call_parse(&line.memory, text, size, wrong, sizeof wrong);
    const call_json *id = call_member(root, "id");
    fm_seed(ctx, seed);
    begin(json, id);
    bool done = root ? call_read(&line, root)
                     : call_fail(&line.failure, "JSONDecodeError", "not JSON: %s", wrong);
    if (done) done = call_under_budget(&line, json, results);
    if (!done) {
        begin(json, id);
        put_refused(&line, json);
    }
    fm_json_close_object(json);
    wire_close(&line.memory);
    return fm_json_end(json) == FM_OK;
}
