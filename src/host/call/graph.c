/* Graphs: capture of what the context's calls cost and use, and replays that are charged. */
#include "call/graph.h"

#include <string.h>

#include "core/alloc.h"
#include "meter/captured.h"
#include "meter/own.h"

struct fm_graph {
    fm_context *ctx;                  /* NULL once it was closed */
    struct fm_graph *previous, *next; /* of the context */
    void *exec;
    bool owns_exec, own_capture;
    fm_captured captured;
    uint64_t replays;
    uint64_t seed, position, words; /* of the random stream when it began, and what it takes */
    fm_storage **storages, **made;  /* made: by the captured calls themselves */
    fm_plan **plans;
    void **blocks; /* of the host, that copies read */
    size_t nstorages, storage_room, nmade, made_room, nplans, plan_room, nblocks, block_room;
};

static void link_graph(fm_graph *graph) {
    graph->next = graph->ctx->graphs;
    if (graph->next) graph->next->previous = graph;
    graph->ctx->graphs = graph;
}

static void unlink_graph(fm_graph *graph) {
    if (graph->next) graph->next->previous = graph->previous;
    if (graph->previous) graph->previous->next = graph->next;
    if (graph->ctx->graphs == graph) graph->ctx->graphs = graph->next;
}

/* Room for more entries of a list of pointers. */
static bool make_room(void ***list, size_t count, size_t more, size_t *room) {
    if (count + more <= *room) return true;
    size_t wider = *room ? 2 * *room : 64;
    while (wider < count + more) wider *= 2;
    void **grown = fm_realloc(*list, *room * sizeof *grown, wider * sizeof *grown);
    if (!grown) return false;
    *list = grown;
    *room = wider;
    return true;
}

static bool keeps(const fm_graph *graph, const fm_storage *storage) {
    for (size_t i = graph->nstorages; i-- > 0;)
        if (graph->storages[i] == storage) return true;
    for (size_t i = graph->nmade; i-- > 0;)
        if (graph->made[i] == storage) return true;
    return false;
}

static void keep_storage(fm_graph *graph, fm_storage *storage) {
    if (storage && !keeps(graph, storage))
        graph->storages[graph->nstorages++] = fm_storage_retain(storage);
}

static void keep_made(fm_graph *graph, fm_storage *storage) {
    if (!keeps(graph, storage)) graph->made[graph->nmade++] = fm_storage_retain(storage);
}

/* What a call made and everybody has given up is written again by a later one, as outside of a
   capture: so a capture needs no more memory than the calls before it. */
fm_storage *fm_graph_spare(const fm_graph *graph, size_t bytes) {
    for (size_t i = 0; i < graph->nmade; i++) {
        fm_storage *storage = graph->made[i];
        if (bytes <= storage->capacity && storage->capacity <= 2 * bytes + 256 &&
            atomic_load(&storage->refs) == 1)
            return fm_storage_retain(storage);
    }
    return NULL;
}

static void keep_plan(fm_graph *graph, fm_plan *plan) {
    for (size_t i = graph->nplans; i-- > 0;)
        if (graph->plans[i] == plan) return;
    plan->pins++;
    graph->plans[graph->nplans++] = plan;
}

fm_status fm_graph_keep(fm_graph *graph, const fm_passage *p) {
    const fm_plan *plan = p->plan;
    size_t most = (size_t)plan->nin + (size_t)plan->nout + 1;
    if (!make_room((void ***)&graph->storages, graph->nstorages, most, &graph->storage_room) ||
        !make_room((void ***)&graph->made, graph->nmade, most, &graph->made_room) ||
        !make_room((void ***)&graph->plans, graph->nplans, 1, &graph->plan_room))
        return fm_fail_op(&p->ctx->error, FM_ERR_MEMORY, plan->row->name, 0,
                          "no memory to note what a graph uses");
    for (int i = 0; i < plan->nin; i++)
        if (p->source[i]) keep_storage(graph, p->source[i]->storage);
    for (int o = 0; o < plan->nout; o++)
        if (plan->out[o] && p->renewed >> o & 1)
            keep_made(graph, p->fresh[o]);
        else if (plan->out[o])
            keep_storage(graph, p->target[o]->storage);
    if (plan->workspace) keep_storage(graph, p->ctx->workspace);
    keep_plan(graph, (fm_plan *)(uintptr_t)plan);
    return FM_OK;
}

/* The place is made by the first call that draws, for nothing can be allocated under capture. */
static fm_status warm_draw(fm_context *ctx) {
    if (ctx->origin || ctx->api->capturing(ctx->dev, ctx->stream)) return FM_OK;
    return fm_storage_get(ctx->memory, 2 * sizeof(uint64_t), &ctx->origin, &ctx->error);
}

fm_status fm_graph_draw(const fm_passage *p, fm_kernel_args *args) {
    fm_context *ctx = p->ctx;
    fm_graph *graph = ctx->capture;
    const char *name = p->plan->row->name;
    if (!graph) return warm_draw(ctx);
    if (!ctx->origin)
        return fm_fail_op(&ctx->error, FM_ERR_STATE, name, 0,
                          "nothing was drawn in this context before it is captured; call it once "
                          "before");
    if (ctx->seed != graph->seed || ctx->offset < graph->position)
        return fm_fail_op(&ctx->error, FM_ERR_STATE, name, 0,
                          "it is captured, and draws from the context's random stream alone, as it "
                          "was seeded when the capture began");
    args->origin = ctx->origin->data;
    args->offset = ctx->offset - graph->position;
    uint64_t words = args->offset + p->plan->random_words;
    if (words > graph->words) graph->words = words;
    return FM_OK;
}

/* What the graph's samplers read when it runs next; the time of writing it is theirs. */
static fm_status place_draws(fm_context *ctx, const fm_graph *graph) {
    if (!graph->words) return FM_OK;
    const fm_backend_api *api = ctx->api;
    const fm_ledger_row *row = ctx->meter.activity && api->collector
                                   ? fm_captured_row_in(&ctx->meter, &graph->captured, "random.")
                                   : NULL;
    if (row) api->collector->push(ctx->dev, fm_activity_call(ctx->meter.activity, row));
    fm_status status = api->graph_origin(ctx->dev, ctx->stream, ctx->origin->data, ctx->seed,
                                         ctx->offset, &ctx->error);
    if (row) api->collector->pop(ctx->dev);
    return status;
}

fm_status fm_graph_copy_in(fm_context *ctx, const fm_tensor *tensor, const void *data,
                           size_t nbytes) {
    fm_graph *graph = ctx->capture;
    FM_CHECK(make_room((void ***)&graph->storages, graph->nstorages, 1, &graph->storage_room) &&
                 make_room(&graph->blocks, graph->nblocks, 1, &graph->block_room),
             &ctx->error, FM_ERR_MEMORY, "no memory to note what a graph uses");
    FM_TRY(ctx->api->graph_copy_in(ctx->dev, ctx->stream, tensor->data, data, nbytes,
                                   &graph->blocks[graph->nblocks], &ctx->error));
    graph->nblocks++;
    keep_storage(graph, tensor->storage);
    return FM_OK;
}

static void let_go(fm_graph *graph) {
    const fm_context *ctx = graph->ctx;
    for (size_t i = 0; i < graph->nblocks; i++)
        ctx->api->graph_let_go(ctx->dev, ctx->stream, graph->blocks[i]);
    fm_free_block(graph->blocks);
    graph->blocks = NULL;
    for (size_t i = 0; i < graph->nstorages; i++) fm_storage_release(graph->storages[i]);
    for (size_t i = 0; i < graph->nmade; i++) fm_storage_release(graph->made[i]);
    for (size_t i = 0; i < graph->nplans; i++) graph->plans[i]->pins--;
    fm_free_block(graph->storages);
    fm_free_block(graph->made);
    fm_free_block(graph->plans);
    graph->storages = graph->made = NULL;
    graph->plans = NULL;
    graph->nstorages = graph->nmade = graph->nplans = graph->nblocks = 0;
}

/* Frees all but the handle; the context is open still. */
static void dismantle(fm_graph *graph) {
    fm_context *ctx = graph->ctx;
    fm_meter_drop_graph(&ctx->meter, &graph->captured);
    if (graph->owns_exec) ctx->api->graph_free(ctx->dev, graph->exec);
    graph->exec = NULL;
    let_go(graph);
    fm_captured_close(&graph->captured);
    unlink_graph(graph);
    graph->ctx = NULL;
}

void fm_graph_release(fm_graph *graph) {
    if (!graph) return;
    if (graph->ctx) dismantle(graph);
    fm_free_block(graph);
}

void fm_graphs_orphan(fm_context *ctx) {
    fm_capture_abandon(ctx);
    while (ctx->graphs) dismantle(ctx->graphs);
}

static fm_status check_begin(fm_context *ctx, fm_capture whose) {
    FM_CHECK((unsigned)whose <= FM_CAPTURE_CALLERS, &ctx->error, FM_ERR_ARGUMENT,
             "capture: %d is none of own and the caller's", (int)whose);
    FM_CHECK(ctx->api->capture_begin, &ctx->error, FM_ERR_UNSUPPORTED,
             "capture: the %s backend has no graphs", ctx->api->name);
    FM_CHECK(!ctx->capture, &ctx->error, FM_ERR_STATE,
             "capture: one is open already in this context");
    bool capturing = ctx->api->capturing(ctx->dev, ctx->stream);
    if (whose == FM_CAPTURE_OWN)
        FM_CHECK(!capturing, &ctx->error, FM_ERR_STATE,
                 "capture: the context's stream is being captured already");
    else
        FM_CHECK(capturing, &ctx->error, FM_ERR_STATE,
                 "capture: the context's stream is not being captured; begin that first");
    return FM_OK;
}

fm_status fm_capture_begin(fm_context *ctx, fm_capture whose) {
    FM_TRY(check_begin(ctx, whose));
    fm_graph *graph = fm_alloc(sizeof *graph);
    FM_CHECK(graph, &ctx->error, FM_ERR_MEMORY, "capture: no memory for a graph");
    graph->own_capture = whose == FM_CAPTURE_OWN;
    fm_status status = fm_meter_capture(&ctx->meter, &graph->captured, &ctx->error);
    if (status == FM_OK && graph->own_capture) {
        status = ctx->api->capture_begin(ctx->dev, ctx->stream, &ctx->error);
        if (status != FM_OK) fm_meter_capture_leave(&ctx->meter);
    }
    if (status != FM_OK) {
        fm_free_block(graph);
        return status;
    }
    graph->ctx = ctx;
    graph->seed = ctx->seed;
    graph->position = ctx->offset;
    link_graph(graph);
    ctx->capture = graph;
    return FM_OK;
}

static fm_graph *leave(fm_context *ctx) {
    fm_graph *graph = ctx->capture;
    fm_meter_capture_leave(&ctx->meter);
    ctx->capture = NULL;
    ctx->seed = graph->seed;
    ctx->offset = graph->position; /* nothing was drawn */
    return graph;
}

fm_status fm_capture_end(fm_context *ctx, fm_graph **out) {
    FM_CHECK(out, &ctx->error, FM_ERR_ARGUMENT, "capture: the place for the graph is NULL");
    *out = NULL;
    FM_TRY(fm_meter_capture_check(&ctx->meter, &ctx->error));
    fm_graph *graph = leave(ctx);
    fm_status status = FM_OK;
    if (graph->own_capture) {
        status = ctx->api->capture_end(ctx->dev, ctx->stream, &graph->exec, &ctx->error);
        graph->owns_exec = status == FM_OK;
        if (status != FM_OK) ctx->api->capture_abandon(ctx->dev, ctx->stream);
    }
    if (status == FM_OK) status = fm_captured_seal(&graph->captured, &ctx->error);
    if (status != FM_OK)
        fm_graph_release(graph);
    else
        *out = graph;
    return status;
}

void fm_capture_abandon(fm_context *ctx) {
    if (!ctx->capture) return;
    fm_graph *graph = leave(ctx);
    if (graph->own_capture) ctx->api->capture_abandon(ctx->dev, ctx->stream);
    fm_graph_release(graph);
}

fm_status fm_graph_set_exec(fm_graph *graph, void *exec) {
    fm_error *error = graph->ctx ? &graph->ctx->error : NULL;
    FM_CHECK(graph->ctx, error, FM_ERR_STATE, "graph: its context is closed");
    FM_CHECK(!graph->owns_exec, error, FM_ERR_STATE,
             "graph: it was captured by flopmeter and has an executable graph of its own");
    graph->exec = exec;
    return FM_OK;
}

static fm_status check_graph(fm_context *ctx, const fm_graph *graph, const char *doing) {
    FM_CHECK(graph && graph->ctx == ctx, &ctx->error, FM_ERR_ARGUMENT,
             "%s: the graph was not captured in this context", doing);
    FM_CHECK(graph->captured.texts, &ctx->error, FM_ERR_STATE,
             "%s: the graph is still being captured", doing);
    return FM_OK;
}

/* Between the charge and the record: the interval of a launch belongs to no row. */
static fm_status submit(fm_context *ctx, const fm_graph *graph) {
    uint64_t ticket = 0;
    FM_TRY(place_draws(ctx, graph));
    if (ctx->meter.timing == FM_TIMING_OP)
        FM_TRY(ctx->api->time_begin(ctx->dev, ctx->stream, &ticket, &ctx->error));
    fm_status status = ctx->api->graph_launch(ctx->dev, graph->exec, ctx->stream, &ctx->error);
    if (!ticket) return status;
    fm_status ended =
        ctx->api->time_end(ctx->dev, ctx->stream, ticket, status == FM_OK ? &ctx->error : NULL);
    if (ended == FM_OK) fm_meter_add_step(&ctx->meter, ticket);
    return status == FM_OK ? ended : status;
}

static fm_status launch(fm_context *ctx, fm_graph *graph) {
    FM_CHECK(graph->exec, &ctx->error, FM_ERR_STATE,
             "graph: there is nothing to launch; fm_graph_set_exec names the caller's graph");
    FM_CHECK(!ctx->api->capturing(ctx->dev, ctx->stream), &ctx->error, FM_ERR_STATE,
             "graph: the context's stream is being captured");
    FM_TRY(fm_meter_replay(&ctx->meter, &graph->captured, "graph", &ctx->error));
    uint64_t start = ctx->meter.slow & FM_METER_TIMELINE ? fm_ticks() : 0;
    fm_status status = submit(ctx, graph);
    if (status != FM_OK) {
        fm_meter_refund(&ctx->meter, graph->captured.flops);
        return status;
    }
    fm_meter_replayed(&ctx->meter, &graph->captured, start);
    ctx->offset += graph->words;
    graph->replays++;
    if (fm_meter_outstanding(&ctx->meter)) FM_TRY(fm_context_settle_some(ctx));
    if (ctx->meter.slow & FM_METER_TIME_LIMIT)
        return fm_meter_check_time(&ctx->meter, "graph", &ctx->error);
    return FM_OK;
}

fm_status fm_graph_launch(fm_context *ctx, fm_graph *graph) {
    FM_TRY(check_graph(ctx, graph, "graph launch"));
    fm_meter_enter(&ctx->meter);
    fm_status status = launch(ctx, graph);
    fm_meter_leave(&ctx->meter);
    return status;
}

/* Places the numbers of a launch that was charged; where that fails the charge is given back. */
static fm_status draw_charged(fm_context *ctx, const fm_graph *graph, fm_charge_id *charged) {
    fm_status status = place_draws(ctx, graph);
    if (status == FM_OK) {
        ctx->offset += graph->words;
        return FM_OK;
    }
    const fm_error error = ctx->error;
    FM_TRY(fm_settle(ctx, *charged, FM_NOT_RUN));
    ctx->error = error;
    *charged = 0;
    return status;
}

fm_status fm_graph_charge(fm_context *ctx, fm_graph *graph, fm_charge_id *id) {
    FM_TRY(check_graph(ctx, graph, "graph charge"));
    FM_CHECK(!graph->words || !ctx->api->capturing(ctx->dev, ctx->stream), &ctx->error,
             FM_ERR_STATE, "graph charge: the context's stream is being captured");
    fm_charge_id own = 0, *charged = id || !graph->words ? id : &own;
    FM_TRY(fm_meter_charge_graph(&ctx->meter, &graph->captured, "graph", charged, &ctx->error));
    if (graph->words) FM_TRY(draw_charged(ctx, graph, charged));
    if (own) FM_TRY(fm_settle(ctx, own, FM_RAN));
    graph->replays++;
    return FM_OK;
}

uint64_t fm_graph_flops(const fm_graph *graph) {
    return graph->captured.flops;
}
uint64_t fm_graph_calls(const fm_graph *graph) {
    return graph->captured.calls;
}
uint64_t fm_graph_replays(const fm_graph *graph) {
    return graph->replays;
}
