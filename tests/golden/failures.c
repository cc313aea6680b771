/* Recorded calls while memory runs out: the nth allocation fails, for every n until a call meets
   none. What failed charges nothing, changes no argument and leaves nothing behind, and the same
   call then succeeds. golden_failures [--device cpu|cuda] < calls as lines of JSON */
#include "call/context.h"
#include "cli/call.h"
#include "core/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 600, TOLD = 40 };

static int failures, struck;

static void fail(const call_line *line, const char *id, int nth, const char *text) {
    if (failures++ < TOLD)
        printf("%s: %s: failing allocation %d: %s\n", id, line->op ? line->op : "?", nth, text);
}

static fm_context *open_context(fm_device device) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx;
    fm_error error;
    options.device = device;
    if (fm_context_open(&options, &ctx, &error) == FM_OK) return ctx;
    fprintf(stderr, "%s\n", error.message);
    exit(strstr(error.message, "device") ? 77 : 1);
}

/* A number for all elements of the tensors given directly as arguments. */
static uint64_t fingerprint(const call_line *line) {
    uint64_t sum = 0;
    for (size_t i = 0; i < line->narguments; i++) {
        const fm_value *value = &line->arguments[i].value;
        if (value->kind != FM_VALUE_TENSOR || !fm_tensor_data(value->as.tensor)) continue;
        size_t size = fm_tensor_nbytes(value->as.tensor);
        unsigned char *bytes = malloc(size + 1);
        if (!bytes || fm_tensor_to_host(line->ctx, value->as.tensor, bytes, size) != FM_OK) abort();
        for (size_t b = 0; b < size; b++) sum = (sum ^ bytes[b]) * 1099511628211u;
        free(bytes);
    }
    return sum;
}

static fm_status call_once(call_line *line) {
    fm_reply *reply;
    fm_status status =
        fm_call_reply(line->ctx, line->op, line->arguments, line->narguments, &reply);
    fm_reply_release(reply);
    return status;
}

/* Whether the nth allocation of the call was there to fail. */
static bool try_once(fm_device device, const char *text, size_t size, int nth) {
    call_line line = {.ctx = open_context(device)};
    const call_json *root =
        call_parse(&line.memory, text, size, line.failure.message, sizeof line.failure.message);
    const call_json *name = root ? call_member(root, "id") : NULL;
    const char *id = name && name->kind == CALL_STRING ? name->as.string : "?";
    bool hit = false;
    if (!root || !call_read(&line, root)) {
        fail(&line, id, nth, line.failure.message);
    } else if (fm_row_find(line.op)) {
        uint64_t before = fingerprint(&line), used = fm_budget_used(fm_context_budget(line.ctx));
        uint64_t allocations = fm_alloc_count();
        fm_alloc_fail_at((uint64_t)nth, 0);
        fm_status status = call_once(&line);
        hit = fm_alloc_count() - allocations >= (uint64_t)nth;
        fm_alloc_fail_at(0, 0);
        struck += hit;
        if (status != FM_OK && !hit) fail(&line, id, nth, fm_context_message(line.ctx));
        if (status != FM_OK && hit) {
            if (status != FM_ERR_MEMORY) fail(&line, id, nth, fm_context_message(line.ctx));
            if (fm_budget_used(fm_context_budget(line.ctx)) != used)
                fail(&line, id, nth, "FLOPs were charged");
            if (fingerprint(&line) != before) fail(&line, id, nth, "an argument was changed");
            if (call_once(&line) != FM_OK) fail(&line, id, nth, fm_context_message(line.ctx));
        }
    }
    wire_close(&line.memory);
    fm_context_close(line.ctx);
    return hit;
}

int main(int argc, char **argv) {
    fm_device device = {FM_CPU, 0};
    char *text = NULL;
    size_t room = 0;
    ssize_t size;
    int calls = 0;
    if (argc == 3 && !strcmp(argv[1], "--device") && !fm_device_parse(argv[2], &device)) return 2;
    fm_context_close(open_context(device)); /* what a process has once is made before */
    while ((size = getline(&text, &room, stdin)) > 0) {
        size_t layouts = fm_layout_count();
        int nth = 1;
        while (nth < TRIES && try_once(device, text, (size_t)size, nth)) nth++;
        calls++;
        if (fm_layout_count() == layouts) continue;
        failures++;
        printf("a layout leaked: %.120s\n", text);
    }
    free(text);
    printf("%d calls, %d failed allocations, %d faults\n", calls, struck, failures);
    return failures != 0 || calls == 0;
}
