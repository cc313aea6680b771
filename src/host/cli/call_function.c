/* The functions of the case format, as functions of tensors. */
#include "cli/call.h"

#include <string.h>

/* op of two operands. */
static fm_status two(fm_context *ctx, const char *op, const fm_tensor *a, fm_value b,
                     fm_tensor **out) {
    fm_argument arguments[] = {{.value = {.kind = FM_VALUE_TENSOR, .as.tensor = a}}, {.value = b}};
    *out = NULL;
    return fm_call(ctx, op, arguments, 2, out, 1);
}

static fm_value tensor_value(const fm_tensor *tensor) {
    return (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensor};
}

/* user names the operation of two inputs. */
static fm_status of_two(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                        fm_tensor **out) {
    (void)nin;
    return two(ctx, user, in[0], tensor_value(in[1]), out);
}

static fm_status twice(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                       fm_tensor **out) {
    (void)user;
    (void)nin;
    return two(ctx, "multiply", in[0], (fm_value){.kind = FM_VALUE_INT, .as.i = 2}, out);
}

static fm_status half_sum(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                          fm_tensor **out) {
    (void)user;
    (void)nin;
    fm_argument all = {.value = tensor_value(in[0])};
    fm_tensor *sum = NULL;
    fm_status status = fm_call(ctx, "sum", &all, 1, &sum, 1);
    if (status == FM_OK)
        status = two(ctx, "multiply", sum, (fm_value){.kind = FM_VALUE_FLOAT, .as.f = 0.5}, out);
    fm_tensor_release(sum);
    return status;
}

static fm_status ends(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                      fm_tensor **out) {
    (void)user;
    (void)nin;
    const fm_value places[] = {{.kind = FM_VALUE_INT, .as.i = 0},
                               {.kind = FM_VALUE_INT, .as.i = -1}};
    return two(ctx, "take", in[0],
               (fm_value){.kind = FM_VALUE_LIST, .count = 2, .as.items = places}, out);
}

static fm_status same(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                      fm_tensor **out) {
    (void)ctx;
    (void)user;
    (void)nin;
    *out = fm_tensor_retain((fm_tensor *)(uintptr_t)in[0]);
    return FM_OK;
}

static fm_status squared(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                         fm_tensor **out) {
    (void)user;
    (void)nin;
    return two(ctx, "multiply", in[0], tensor_value(in[0]), out);
}

static fm_status of_three(fm_context *ctx, void *user, const fm_tensor *const *in, int nin,
                          fm_tensor **out) {
    (void)user;
    (void)nin;
    fm_tensor *part = NULL;
    fm_status status = two(ctx, "add", in[0], tensor_value(in[1]), &part);
    if (status == FM_OK) status = two(ctx, "add", part, tensor_value(in[2]), out);
    fm_tensor_release(part);
    return status;
}

bool call_function(call_line *line, const char *name, fm_value *out) {
    static char add[] = "add", multiply[] = "multiply", equal[] = "equal";
    static const char *const operations[] = {"sum",      "max",  "sort", "cumsum", "square",
                                             "negative", "triu", "tril", NULL};
    static const struct {
        const char *name;
        int inputs;
        fm_function function;
    } functions[] = {
        {"double", 1, {twice, NULL}},    {"half_sum", 1, {half_sum, NULL}},
        {"ends", 1, {ends, NULL}},       {"add2", 2, {of_two, add}},
        {"mul2", 2, {of_two, multiply}}, {"eq2", 2, {of_two, equal}},
        {"id1", 1, {same, NULL}},        {"sq1", 1, {squared, NULL}},
        {"add3", 3, {of_three, NULL}},
    };
    for (int i = 0; operations[i]; i++)
        if (!strcmp(operations[i], name)) {
            *out = (fm_value){.kind = FM_VALUE_STRING, .as.string = operations[i]};
            return true;
        }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (!strcmp(functions[i].name, name)) {
            *out = (fm_value){.kind = FM_VALUE_FUNCTION, .as.function = &functions[i].function};
            return true;
        }
    return call_fail(&line->failure, "ValueError", "'%.40s' is no function of the case format",
                     name);
}
