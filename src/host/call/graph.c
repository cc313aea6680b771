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
    fm_storage **storages;
    fm_plan **plans;
    size_t nstorages, storage_room, nplans, plan_room;
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

static void keep_storage(fm_graph *graph, fm_storage *storage) {
    if (!storage) return;
    for (size_t i = graph->nstorages; i-- > 0;)
        if (graph->storages[i] == storage) return;
    graph->storages[graph->nstorages++] = fm_storage_retain(storage);
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
        !make_room((void ***)&graph->plans, graph->nplans, 1, &graph->plan_room))
        return fm_fail_op(&p->ctx->error, FM_ERR_MEMORY, plan->row->name, 0,
                          "no memory to note what a graph uses");
    for (int i = 0; i < plan->nin; i++)
        if (p->source[i]) keep_storage(graph, p->source[i]->storage);
    for (int o = 0; o < plan->nout; o++)
        if (plan->out[o]) keep_storage(graph, p->fresh[o] ? p->fresh[o] : p->target[o]->storage);
    if (plan->workspace) keep_storage(graph, p->ctx->workspace);
    keep_plan(graph, (fm_plan *)(uintptr_t)plan);
    return FM_OK;
}

static void let_go(fm_graph *graph) {
    for (size_t i = 0; i < graph->nstorages; i++) fm_storage_release(graph->storages[i]);
    for (size_t i = 0; i < graph->nplans; i++) graph->plans[i]->pins--;
    fm_free_block(graph->storages);
    fm_free_block(graph->plans);
    graph->storages = NULL;
    graph->plans = NULL;
    graph->nstorages = graph->nplans = 0;
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
    link_graph(graph);
    ctx->capture = graph;
    return FM_OK;
}

static fm_graph *leave(fm_context *ctx) {
    fm_graph *graph = ctx->capture;
    fm_meter_capture_leave(&ctx->meter);
    ctx->capture = NULL;
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

fm_status fm_graph_charge(fm_context *ctx, fm_graph *graph, fm_charge_id *id) {
    FM_TRY(check_graph(ctx, graph, "graph charge"));
    FM_TRY(fm_meter_charge_graph(&ctx->meter, &graph->captured, "graph", id, &ctx->error));
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
