/* Recorded calls in graphs: each is warmed, captured and replayed, and the replay must leave what
   the call leaves and cost what it costs; or the capture is refused with nothing charged or spoilt.
   Factorizations are made another way under capture: they agree to rounding, vectors but for signs.
   golden_captures [--device cpu|cuda] < calls as lines of JSON; prints the refused names last. */
#include "call/context.h"
#include "cli/call.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD = 40, SEED = 5, PARTS = 16 };

static int failures, replayed, refused;
static char *refusals[2048];

/* The bytes of a reply's tensors, in order. */
typedef struct outcome {
    unsigned char *bytes;
    size_t size;
    fm_tensor *held[PARTS];
    int nheld;
} outcome;

static void fail(const call_line *line, const char *id, const char *what, const char *text) {
    if (failures++ < TOLD) printf("%s: %s: %s: %s\n", id, line->op ? line->op : "?", what, text);
}

static void hold(outcome *o, const fm_value *value) {
    if (value->kind == FM_VALUE_TENSOR && fm_tensor_data(value->as.tensor) && o->nheld < PARTS)
        o->held[o->nheld++] = fm_tensor_retain((fm_tensor *)(uintptr_t)value->as.tensor);
    if (value->kind != FM_VALUE_LIST && value->kind != FM_VALUE_TUPLE) return;
    for (uint32_t i = 0; i < value->count; i++) hold(o, &value->as.items[i]);
}

static void read_back(fm_context *ctx, outcome *o) {
    for (int i = 0; i < o->nheld; i++) {
        size_t size = fm_tensor_nbytes(o->held[i]);
        o->bytes = realloc(o->bytes, o->size + size + 1);
        if (!o->bytes || fm_tensor_to_host(ctx, o->held[i], o->bytes + o->size, size) != FM_OK)
            abort();
        o->size += size;
    }
}

static void let_go(outcome *o) {
    for (int i = 0; i < o->nheld; i++) fm_tensor_release(o->held[i]);
    free(o->bytes);
    *o = (outcome){0};
}

/* Always from the same place of the random stream. */
static fm_status call_once(call_line *line, outcome *o) {
    fm_reply *reply = NULL;
    fm_seed(line->ctx, SEED);
    fm_status status =
        fm_call_reply(line->ctx, line->op, line->arguments, line->narguments, &reply);
    if (status == FM_OK && o) hold(o, fm_reply_value(reply));
    fm_reply_release(reply);
    return status;
}

static uint64_t used(fm_context *ctx) {
    return fm_budget_used(fm_context_budget(ctx));
}

static bool factors(const char *op) {
    return !strncmp(op, "linalg.", 7) || !strcmp(op, "polyfit");
}

/* The size of real number i among doubles or floats. */
static double size_of(const unsigned char *bytes, int64_t i, bool wide) {
    double x;
    float narrow;
    if (wide) {
        memcpy(&x, bytes + 8 * i, 8);
        return fabs(x);
    }
    memcpy(&narrow, bytes + 4 * i, 4);
    return fabs((double)narrow);
}

/* Sizes of real and complex elements to a part in 10^5 or 10^10 of the largest. */
static bool near(const unsigned char *a, const unsigned char *b, const fm_tensor *t) {
    const fm_dtype dtype = fm_tensor_dtype(t);
    const bool wide = dtype == FM_FLOAT64 || dtype == FM_COMPLEX128;
    const int parts = dtype == FM_COMPLEX64 || dtype == FM_COMPLEX128 ? 2 : 1;
    const size_t nbytes = fm_tensor_nbytes(t);
    const int64_t count = (int64_t)(nbytes / (wide ? 8 : 4));
    double most = 0;
    if (!wide && dtype != FM_FLOAT32 && dtype != FM_COMPLEX64) return memcmp(a, b, nbytes) == 0;
    for (int64_t i = 0; i < count; i++) most = fmax(most, size_of(a, i, wide));
    for (int64_t i = 0; i < count; i += parts) {
        double x = size_of(a, i, wide), y = size_of(b, i, wide);
        if (parts == 2) x = hypot(x, size_of(a, i + 1, wide));
        if (parts == 2) y = hypot(y, size_of(b, i + 1, wide));
        if (x != y && !(fabs(x - y) <= most * (wide ? 1e-10 : 1e-5))) return false;
    }
    return true;
}

static bool agree(const call_line *line, const outcome *a, const outcome *b) {
    if (a->size != b->size) return false;
    if (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0) return true;
    if (!factors(line->op)) return false;
    size_t at = 0;
    for (int i = 0; i < a->nheld; at += fm_tensor_nbytes(a->held[i++]))
        if (!near(a->bytes + at, b->bytes + at, a->held[i])) return false;
    return true;
}

static void replay(call_line *line, const char *id, fm_graph *graph, uint64_t cost,
                   const outcome *direct, outcome *captured) {
    uint64_t before = used(line->ctx);
    if (fm_graph_flops(graph) != cost) fail(line, id, "graph", "its FLOPs are not the call's");
    fm_seed(line->ctx, SEED);
    if (fm_graph_launch(line->ctx, graph) != FM_OK || fm_synchronize(line->ctx) != FM_OK) {
        fail(line, id, "launch", fm_context_message(line->ctx));
        return;
    }
    if (used(line->ctx) - before != cost) fail(line, id, "launch", "charged another cost");
    read_back(line->ctx, captured);
    if (!agree(line, direct, captured))
        fail(line, id, "launch", "the replay's elements are not the call's");
    replayed++;
}

static void capture(call_line *line, const char *id, uint64_t cost, const outcome *direct) {
    fm_context *ctx = line->ctx;
    outcome captured = {0};
    fm_graph *graph;
    uint64_t before = used(ctx);
    fm_seed(ctx, SEED);
    if (fm_capture_begin(ctx, FM_CAPTURE_OWN) != FM_OK) {
        fail(line, id, "capture", fm_context_message(ctx));
        return;
    }
    fm_status status = call_once(line, &captured);
    if (status != FM_OK) {
        if (status != FM_ERR_STATE || !strstr(fm_context_message(ctx), "captur"))
            fail(line, id, "capture", fm_context_message(ctx));
        fm_capture_abandon(ctx);
        if (refused < (int)(sizeof refusals / sizeof *refusals))
            refusals[refused++] = strdup(line->op);
        if (used(ctx) != before) fail(line, id, "capture", "FLOPs were charged");
        if (call_once(line, NULL) != FM_OK) fail(line, id, "after", fm_context_message(ctx));
    } else if (fm_capture_end(ctx, &graph) != FM_OK) {
        fail(line, id, "end", fm_context_message(ctx));
    } else {
        replay(line, id, graph, cost, direct, &captured);
        fm_graph_release(graph);
    }
    let_go(&captured);
}

static void try_line(fm_context *ctx, const char *text, size_t size) {
    call_line line = {.ctx = ctx};
    const call_json *root =
        call_parse(&line.memory, text, size, line.failure.message, sizeof line.failure.message);
    const call_json *name = root ? call_member(root, "id") : NULL;
    const char *id = name && name->kind == CALL_STRING ? name->as.string : "?";
    outcome direct = {0};
    if (!root || !call_read(&line, root)) {
        fail(&line, id, "reading", line.failure.message);
    } else if (fm_row_find(line.op)) {
        uint64_t before = used(ctx);
        if (call_once(&line, &direct) != FM_OK) {
            fail(&line, id, "call", fm_context_message(ctx));
        } else {
            uint64_t cost = used(ctx) - before;
            read_back(ctx, &direct);
            if (call_once(&line, NULL) != FM_OK || fm_synchronize(ctx) != FM_OK)
                fail(&line, id, "call", fm_context_message(ctx));
            capture(&line, id, cost, &direct);
        }
    }
    let_go(&direct);
    wire_close(&line.memory);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx;
    fm_error error;
    char *text = NULL;
    size_t room = 0;
    ssize_t size;
    options.cost_model = "flopscope-0.4";
    if (argc == 3 && !strcmp(argv[1], "--device") && !fm_device_parse(argv[2], &options.device))
        return 2;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) {
        fprintf(stderr, "%s\n", error.message);
        return strstr(error.message, "device") ? 77 : 1;
    }
    while ((size = getline(&text, &room, stdin)) > 0) try_line(ctx, text, (size_t)size);
    free(text);
    fm_context_close(ctx);
    qsort(refusals, (size_t)refused, sizeof *refusals, by_name);
    printf("%d calls replayed, %d refused, %d faults\n", replayed, refused, failures);
    for (int i = 0; i < refused; i++) {
        if (i == 0 || strcmp(refusals[i], refusals[i - 1]) != 0)
            printf("refused %s\n", refusals[i]);
    }
    for (int i = 0; i < refused; i++) free(refusals[i]);
    return failures != 0 || replayed == 0;
}
