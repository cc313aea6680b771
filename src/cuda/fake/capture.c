/* The fake's stream capture: calls become a graph's work instead of running, and what CUDA forbids
 * meanwhile is refused and spoils the capture. */
#include "calls.h"
#include "state.h"

#include <pthread.h>
#include <stdlib.h>

static fake_capture *captures;
static uint64_t captured; /* captures begun so far */
static _Thread_local int interaction = CU_CAPTURE_MODE_GLOBAL;

static unsigned long this_thread(void) {
    static _Thread_local char here;
    return (unsigned long)(uintptr_t)&here;
}

fake_capture *fake_capture_alive(uint64_t id) {
    fake_capture *c = captures;
    while (c && c->id != id) c = c->next;
    return c;
}

int fake_capturing(cu_stream stream) {
    return stream->capture != NULL;
}

/* Calls that may synchronise (allocation, queries) while a capture runs that this thread's mode
 * heeds: its own unless relaxed, and in global mode any other thread's global one. */
cu_error fake_unsafe(void) {
    cu_error error = CU_SUCCESS;
    if (interaction == CU_CAPTURE_MODE_RELAXED) return error;
    for (fake_capture *c = captures; c; c = c->next) {
        const int own = c->thread == this_thread() && c->mode != CU_CAPTURE_MODE_RELAXED;
        const int global =
            interaction == CU_CAPTURE_MODE_GLOBAL && c->mode == CU_CAPTURE_MODE_GLOBAL;
        if (!own && !global) continue;
        c->dead = 1;
        error = CU_CAPTURE_UNSUPPORTED;
    }
    return error;
}

cu_error fake_capture_exchange(int *mode) {
    cu_error error = fake_enter();
    if (!error && (*mode < CU_CAPTURE_MODE_GLOBAL || *mode > CU_CAPTURE_MODE_RELAXED))
        error = CU_INVALID_VALUE;
    if (error) return fake_leave(error);
    const int before = interaction;
    interaction = *mode;
    *mode = before;
    return fake_leave(CU_SUCCESS);
}

static cu_graph graph_make(int device) {
    cu_graph graph = calloc(1, sizeof *graph);
    if (!graph) return NULL;
    graph->refs = 1;
    graph->device = device;
    return graph;
}

void fake_graph_release(cu_graph graph) {
    if (--graph->refs) return;
    for (const fake_work *work = graph->work.first; work; work = work->next)
        fake_observe_gone(work->node, 1);
    fake_queue_drop(&graph->work);
    free(graph);
}

cu_error fake_capture_begin(cu_stream stream, int mode) {
    cu_error error = fake_enter();
    if (!error && !stream) error = CU_CAPTURE_UNSUPPORTED;
    if (!error) error = fake_check_stream(stream);
    if (!error && stream->capture) error = CU_INVALID_VALUE;
    if (error) return fake_leave(error);
    fake_capture *capture = calloc(1, sizeof *capture);
    cu_graph graph = capture ? graph_make(stream->device) : NULL;
    if (!graph) {
        free(capture);
        return fake_leave(CU_OUT_OF_MEMORY);
    }
    *capture = (fake_capture){captures, ++captured, stream, graph, mode, 0, this_thread()};
    captures = capture;
    stream->capture = capture;
    stream->captured = stream->joined = 0;
    return fake_leave(CU_SUCCESS);
}

/* Takes every stream out of the capture; says whether a forked one had work nobody waited for. */
static int detach_streams(const fake_capture *capture) {
    int unjoined = 0;
    for (int d = 0; d < FAKE_DEVICES; ++d)
        for (cu_stream s = fake_devices[d].streams; s; s = s->next) {
            if (s->capture != capture) continue;
            if (s != capture->origin && s->captured > s->joined) unjoined = 1;
            s->capture = NULL;
        }
    return unjoined;
}

cu_error fake_capture_end(cu_stream stream, cu_graph *graph) {
    fake_enter_release();
    cu_error error = CU_SUCCESS;
    fake_capture *capture = stream ? stream->capture : NULL;
    *graph = NULL;
    if (!capture) return fake_leave(CU_INVALID_VALUE);
    if (capture->origin != stream) return fake_leave(CU_CAPTURE_UNMATCHED);
    if (capture->mode != CU_CAPTURE_MODE_RELAXED && capture->thread != this_thread())
        return fake_leave(CU_CAPTURE_WRONG_THREAD);
    if (detach_streams(capture)) error = CU_CAPTURE_UNJOINED;
    if (capture->dead) error = CU_CAPTURE_INVALIDATED;
    fake_capture **at = &captures;
    while (*at != capture) at = &(*at)->next;
    *at = capture->next;
    if (error) {
        fake_graph_release(capture->graph);
    } else {
        *graph = capture->graph;
        ++fake_census.graphs;
    }
    free(capture);
    return fake_leave(error);
}

cu_error fake_capture_state(cu_stream stream, int *state) {
    cu_error error = fake_enter();
    stream = fake_stream(stream);
    if (error) return fake_leave(error);
    *state = !stream->capture        ? CU_CAPTURE_NONE
             : stream->capture->dead ? CU_CAPTURE_DEAD
                                     : CU_CAPTURE_ACTIVE;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_graph_nodes(cu_graph graph, size_t *count) {
    cu_error error = fake_enter();
    if (!error) *count = graph->work.count;
    return fake_leave(error);
}

cu_error fake_graph_destroy(cu_graph graph) {
    fake_enter_release();
    --fake_census.graphs;
    fake_graph_release(graph);
    return fake_leave(CU_SUCCESS);
}

cu_error fake_graph_instantiate(cu_graph_exec *exec, cu_graph graph) {
    cu_error error = fake_enter();
    if (error) return fake_leave(error);
    cu_graph_exec made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_OUT_OF_MEMORY);
    made->refs = 1;
    made->graph = graph;
    made->nodes = fake_observe_copies(graph);
    made->id = made->nodes; /* numbers of their own kind, and never 0 */
    ++graph->refs;
    ++fake_census.graphs;
    *exec = made;
    return fake_leave(CU_SUCCESS);
}

static void release_exec(cu_graph_exec exec) {
    if (--exec->refs) return;
    fake_observe_gone(exec->nodes, exec->graph->work.count);
    fake_graph_release(exec->graph);
    free(exec);
}

/* A launch of a graph, by the number that tools know it by. */
typedef struct graph_work {
    cu_graph_exec exec;
    uint64_t launch;
} graph_work;

static void drop_exec(void *data) {
    release_exec(((graph_work *)data)->exec);
}

static cu_error run_graph(void *data) {
    const graph_work *g = data;
    uint64_t node = g->exec->nodes;
    for (fake_work *work = g->exec->graph->work.first; work; work = work->next) {
        const uint64_t start = fake_clock;
        fake_work seen = *work;
        cu_error error = work->run(work->data);
        fake_clock += work->nanoseconds;
        seen.launch = g->launch;
        seen.node = node++;
        fake_observe_ran(&seen, g->exec->graph->device, g->exec->id, start);
        if (error) return error;
    }
    return CU_SUCCESS;
}

cu_error fake_graph_launch(cu_graph_exec exec, cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (!error && stream->capture) {
        stream->capture->dead = 1;
        error = CU_CAPTURE_UNSUPPORTED;
    }
    if (!error && exec->graph->device != stream->device) error = CU_INVALID_VALUE;
    if (error) return fake_leave(error);
    ++exec->refs;
    const graph_work g = {exec, fake_observe_launch(0)};
    error = fake_submit(stream, run_graph, drop_exec, 0, &g, sizeof g, NULL);
    if (error) release_exec(exec);
    return fake_leave(error);
}

cu_error fake_graph_exec_destroy(cu_graph_exec exec) {
    fake_enter_release();
    --fake_census.graphs;
    release_exec(exec);
    return fake_leave(CU_SUCCESS);
}
