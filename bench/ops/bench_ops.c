/* Times calls that are given as lines of JSON: each is bound once, and then sent down the corridor
   again and again into the same outputs, as a typed function does. One line of time a line read. */
#include "call/bind.h"
#include "call/corridor.h"
#include "call/reply.h"
#include "cli/call.h"
#include "timing.h"

typedef struct timed_call {
    fm_context *ctx;
    fm_bound_call bound;
    fm_tensor *out[FM_MAX_OUT], **slots[FM_MAX_OUT];
    struct fm_reply *reply;
    fm_status status;
} timed_call;

static void repeat(void *user, long calls) {
    timed_call *c = user;
    for (long i = 0; i < calls && c->status == FM_OK; i++)
        c->status = fm_corridor_reply(c->ctx, c->bound.row, c->bound.values, c->slots, c->reply);
    if (c->status == FM_OK) c->status = fm_synchronize(c->ctx);
}

static int fail(const char *id, const char *why) {
    printf("{\"bench\": \"%s\", \"error\": \"", id);
    for (; *why; why++) putchar(*why == '"' || *why == '\\' ? '\'' : *why);
    printf("\"}\n");
    fflush(stdout);
    return 1;
}

static void time_bound(const char *id, timed_call *c, double seconds) {
    const fm_row *row = c->bound.row;
    for (int o = 0; o < row->nout && !(row->flags & FM_ROW_REPLY); o++) c->slots[o] = &c->out[o];
    if (row->flags & FM_ROW_REPLY) c->reply = fm_reply_new();
    repeat(c, 1);
    if (c->status == FM_OK)
        bench_run(id, repeat, c, seconds);
    else
        fail(id, fm_context_message(c->ctx));
    for (int o = 0; o < row->nout; o++) fm_tensor_release(c->out[o]);
    fm_reply_release(c->reply);
}

static void time_line(fm_context *ctx, const char *text, size_t size, double seconds) {
    call_line line = {.ctx = ctx};
    const call_json *root =
        call_parse(&line.memory, text, size, line.failure.message, sizeof line.failure.message);
    const call_json *id = root ? call_member(root, "id") : NULL;
    const char *name = id && id->kind == CALL_STRING ? id->as.string : "?";
    timed_call c = {.ctx = ctx};
    if (!root || !call_read(&line, root))
        fail(name, line.failure.message);
    else if (fm_bind(ctx, line.op, line.arguments, line.narguments, &c.bound,
                     (fm_error *)(uintptr_t)fm_context_error(ctx)) != FM_OK)
        fail(name, fm_context_message(ctx));
    else
        time_bound(name, &c, seconds);
    fm_bind_release(&c.bound);
    wire_close(&line.memory);
    fm_context_trim(ctx);
}

int main(int argc, char **argv) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx;
    fm_error error;
    char *text = NULL;
    size_t room = 0;
    ssize_t size;
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 0.1;
    if (!getenv("FLOPMETER_BACKEND_DIR")) setenv("FLOPMETER_BACKEND_DIR", BENCH_BACKEND_DIR, 1);
    if (argc > 2 && !fm_device_parse(argv[2], &options.device)) return 2;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    while ((size = getline(&text, &room, stdin)) > 0) time_line(ctx, text, (size_t)size, seconds);
    free(text);
    fm_context_close(ctx);
    return 0;
}
