/* What a tool that traces the fake device is told: launches, nodes of graphs, work that ran. */
#include "state.h"

static fm_fake_observer observer;
static int observed;
static uint64_t launches; /* so far */
static uint64_t nodes;

void fake_observe(const fm_fake_observer *wanted) {
    observed = wanted != NULL;
    if (wanted) observer = *wanted;
}

uint64_t fake_observe_launch(int kind) {
    ++launches;
    if (observed) observer.launched(observer.user, launches, kind);
    return launches;
}

uint64_t fake_observe_node(void) {
    ++nodes;
    if (observed) observer.node(observer.user, nodes, 0);
    return nodes;
}

uint64_t fake_observe_copies(cu_graph graph) {
    const uint64_t first = nodes + 1;
    for (const fake_work *work = graph->work.first; work; work = work->next) {
        ++nodes;
        if (observed) observer.node(observer.user, nodes, work->node);
    }
    nodes += !graph->work.first; /* an empty graph has a number, too */
    return first;
}

void fake_observe_gone(uint64_t first, size_t count) {
    for (size_t i = 0; i < count && observed; ++i) observer.node_gone(observer.user, first + i);
}

void fake_observe_ran(const fake_work *work, int device, uint64_t graph, uint64_t start) {
    if (!observed || !work->what.kind) return;
    const fm_fake_seen seen = {.launch = work->launch,
                               .graph = graph,
                               .node = graph ? work->node : 0,
                               .kind = work->what.kind,
                               .library = work->what.library,
                               .device = device,
                               .bytes = work->what.bytes,
                               .start = start,
                               .end = fake_clock};
    observer.ran(observer.user, &seen);
}
