/* Tracing with CUPTI: subscribing, what is traced, buffers, ids. No lock is held while CUPTI is
 * called, as its callbacks come on threads of its own and on ours. */
#include "session.h"

#include "buffers.h"

#include "../device.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* CUPTI hands over what a flush found a beat after the flush returned: so often it is asked again,
 * a millisecond apart, while launches that it announced have no record; and so often while it
 * announced none, as calls need not launch anything. */
enum { FLUSHES = 10, FLUSHES_UNANNOUNCED = 3 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int busy;  /* a thread begins or ends the session, without the lock */
    int users; /* slots in use */
    int ready; /* join and buffers are open */
    cu_cupti cupti;
    pti_subscriber subscriber;
    int several; /* by the calls for several subscribers */
    cu_join join;
    cu_buffers buffers;
    int64_t offset; /* CLOCK_MONOTONIC less CUPTI's clock */
    _Atomic uint64_t dropped;
} session = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* The call that this thread's launches belong to, for nodes that are made under capture. */
static _Thread_local uint64_t pushed;

/* Buffers. The callbacks of one subscriber have no argument of ours. */

static void lend(uint8_t **buffer, size_t *size, size_t *records) {
    *buffer = cu_buffers_lend(&session.buffers);
    *size = *buffer ? CU_BUFFER_BYTES : 0;
    *records = 0;
}

static pti_result next_record(uint8_t *buffer, size_t valid, void **record) {
    return session.several
               ? session.cupti.next_record_for(session.subscriber, buffer, valid, record)
               : session.cupti.next_record(buffer, valid, record);
}

static void take_back(uint8_t *buffer, size_t valid) {
    void *record = NULL;
    while (valid && next_record(buffer, valid, &record) == PTI_SUCCESS)
        cu_join_record(&session.join, record);
    if (valid) cu_join_round(&session.join);
    cu_buffers_return(&session.buffers, buffer);
}

static void on_request(uint8_t **buffer, size_t *size, size_t *records) {
    lend(buffer, size, records);
}

static void on_complete(void *context, uint32_t stream, uint8_t *buffer, size_t size,
                        size_t valid) {
    (void)context;
    (void)stream;
    (void)size;
    if (buffer) take_back(buffer, valid);
}

static void on_request_several(uint8_t **buffer, size_t *size, size_t *records, void *info) {
    (void)info;
    lend(buffer, size, records);
}

static void on_complete_several(uint8_t *buffer, size_t size, size_t valid, void *info) {
    (void)info;
    (void)size;
    if (buffer) take_back(buffer, valid);
}

/* Nodes of graphs: made by a captured launch, copied when the graph is instantiated. */
static void on_callback(void *user, int domain, uint32_t id, const void *data) {
    (void)user;
    const pti_resource_data *resource = data;
    const pti_graph_data *graph = domain == PTI_RESOURCE && resource ? resource->graph : NULL;
    uint64_t node, original;
    if (!graph || session.cupti.node_id(graph->node, &node) != PTI_SUCCESS) return;
    if (id == PTI_NODE_CREATED && pushed)
        cu_join_node(&session.join, node, pushed);
    else if (id == PTI_NODE_CLONED &&
             session.cupti.node_id(graph->original_node, &original) == PTI_SUCCESS)
        cu_join_clone(&session.join, node, original);
    else if (id == PTI_NODE_DESTROYED)
        cu_join_unnode(&session.join, node);
}

/* Subscribing. */

static pti_params params_for(int several, char *other, size_t size) {
    const int wide = session.cupti.version >= PTI_WIDE_PARAMS;
    return (pti_params){.size = wide ? sizeof(pti_params) : PTI_SIZE(pti_params, other_size),
                        .name = "flopmeter",
                        .other = other,
                        .other_size = size,
                        .several = (uint8_t)several};
}

/* As the only subscriber. Where another one is in the way, the newer call is asked for its name. */
static pti_result subscribe_alone(char *other, size_t size) {
    const pti_result result = session.cupti.subscribe(&session.subscriber, on_callback, NULL);
    if (result != PTI_HELD || *other || !session.cupti.subscribe_as) return result;
    pti_params params = params_for(0, other, size);
    if (session.cupti.subscribe_as(&session.subscriber, on_callback, NULL, &params) == PTI_SUCCESS)
        (void)session.cupti.unsubscribe(session.subscriber); /* it went away; next time, then */
    return result;
}

/* Beside others where the library can. Where it refuses without naming anybody it is the driver
 * that is too old for several, so it is tried alone. */
static pti_result subscribe(char *other, size_t size) {
    session.several = 0;
    if (session.cupti.sets & CU_SET_SEVERAL) {
        pti_params params = params_for(1, other, size);
        const pti_result result =
            session.cupti.subscribe_as(&session.subscriber, on_callback, NULL, &params);
        if (result == PTI_SUCCESS) session.several = 1;
        if (result == PTI_SUCCESS || *other) return result;
    }
    return subscribe_alone(other, size);
}

/* What is traced. */

static pti_result switch_kind(int kind, int on) {
    const cu_cupti *c = &session.cupti;
    if (session.several)
        return on ? c->enable_for(session.subscriber, kind, NULL)
                  : c->disable_for(session.subscriber, kind, NULL);
    return on ? c->enable(kind) : c->disable(kind);
}

static const struct {
    uint32_t id;
    int driver;
} launches[] = {
#define DRIVER(name, number)  {number, 1},
#define RUNTIME(name, number) {number, 0},
#include "launches.def"
#undef DRIVER
#undef RUNTIME
};

/* An id rides on the record of a call of CUDA, so those that launch are traced, and no others where
 * CUPTI can choose. A call that this library does not know yet is not missed. */
static pti_result switch_launches(int on) {
    const cu_cupti *c = &session.cupti;
    if (!session.several && !(c->sets & CU_SET_LAUNCHES)) {
        const pti_result result = switch_kind(PTI_DRIVER, on);
        return result == PTI_SUCCESS ? switch_kind(PTI_RUNTIME, on) : result;
    }
    for (size_t i = 0; i < sizeof launches / sizeof *launches; ++i) {
        const uint32_t id = launches[i].id;
        if (session.several && launches[i].driver)
            (void)c->driver_call_for(session.subscriber, id, (uint8_t)on);
        else if (session.several)
            (void)c->runtime_call_for(session.subscriber, id, (uint8_t)on);
        else if (launches[i].driver)
            (void)c->driver_call(id, (uint8_t)on);
        else
            (void)c->runtime_call(id, (uint8_t)on);
    }
    return PTI_SUCCESS;
}

static void switch_nodes(int on) {
    static const uint32_t ids[] = {PTI_NODE_CREATED, PTI_NODE_DESTROYED, PTI_NODE_CLONED};
    if (!(session.cupti.sets & CU_SET_NODES)) return;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; ++i)
        (void)session.cupti.enable_callback((uint32_t)on, session.subscriber, PTI_RESOURCE, ids[i]);
}

static const struct {
    int kind;
    const char *what;
} kinds[] = {{PTI_EXTERNAL, "ids of calls"},
             {PTI_KERNEL, "records of kernels"},
             {PTI_MEMCPY, "records of copies"},
             {PTI_MEMSET, "records of memory sets"}};

enum { KINDS = sizeof kinds / sizeof *kinds };

static pti_result switch_on(const char **what) {
    *what = "its buffers";
    pti_result result =
        session.several
            ? session.cupti.buffers_for(session.subscriber, on_request_several, on_complete_several)
            : session.cupti.buffers(on_request, on_complete);
    for (int i = 0; i < KINDS && result == PTI_SUCCESS; ++i) {
        *what = kinds[i].what;
        result = switch_kind(kinds[i].kind, 1);
    }
    if (result != PTI_SUCCESS) return result;
    *what = "launches";
    result = switch_launches(1);
    switch_nodes(1);
    return result;
}

static void switch_off(void) {
    switch_nodes(0);
    (void)switch_launches(0);
    for (int i = 0; i < KINDS; ++i) (void)switch_kind(kinds[i].kind, 0);
    (void)session.cupti.flush_all(PTI_FLUSH_FORCED);
    (void)session.cupti.unsubscribe(session.subscriber);
}

/* The clocks are read around each other; the narrowest of a few readings is taken. */

static uint64_t monotonic(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void compare_clocks(void) {
    uint64_t narrowest = UINT64_MAX;
    session.offset = 0;
    for (int i = 0; i < 5; ++i) {
        uint64_t theirs = 0;
        const uint64_t before = monotonic();
        const pti_result result = session.several
                                      ? session.cupti.timestamp_for(session.subscriber, &theirs)
                                      : session.cupti.timestamp(&theirs);
        const uint64_t after = monotonic();
        if (result != PTI_SUCCESS || after - before >= narrowest) continue;
        narrowest = after - before;
        session.offset = (int64_t)(before + narrowest / 2 - theirs);
    }
}

uint64_t cu_session_time(uint64_t timestamp) {
    return timestamp + (uint64_t)session.offset;
}

/* Beginning and ending. */

static int open_parts(fm_collector_status *got) {
    if (session.ready) return 1;
    if (!cu_join_open(&session.join)) {
        (void)snprintf(got->reason, sizeof got->reason, "no memory for CUPTI's records");
        return 0;
    }
    session.ready = cu_buffers_open(&session.buffers);
    if (!session.ready) {
        cu_join_close(&session.join);
        (void)snprintf(got->reason, sizeof got->reason, "no memory for CUPTI's buffers");
    }
    return session.ready;
}

/* A buffer that CUPTI keeps keeps all of them here, for the next session. */
static void close_parts(void) {
    if (!cu_buffers_close(&session.buffers)) return;
    cu_join_close(&session.join);
    session.ready = 0;
}

static int begin_tracing(fm_collector_status *got) {
    char other[128] = "";
    const char *what = "subscribing";
    if (!cu_cupti_open(&session.cupti, got->reason, sizeof got->reason)) return 0;
    if (!open_parts(got)) return 0;
    pti_result result = subscribe(other, sizeof other);
    if (result == PTI_HELD) {
        (void)snprintf(got->reason, sizeof got->reason, "CUPTI is held by %s",
                       *other ? other : "another subscriber, which it does not name");
    } else if (result == PTI_SUCCESS) {
        result = switch_on(&what);
        if (result == PTI_SUCCESS) {
            compare_clocks();
            atomic_store(&session.dropped, 0);
            return 1;
        }
        switch_off();
    }
    if (result != PTI_HELD)
        (void)snprintf(got->reason, sizeof got->reason, "CUPTI refused %s: %s", what,
                       cu_cupti_text(&session.cupti, result));
    close_parts();
    return 0;
}

/* Whoever begins or ends the session does so alone, with the lock free. */
static void enter(void) {
    (void)pthread_mutex_lock(&session.lock);
    while (session.busy) (void)pthread_cond_wait(&session.changed, &session.lock);
    session.busy = 1;
    (void)pthread_mutex_unlock(&session.lock);
}

static void leave(void) {
    (void)pthread_mutex_lock(&session.lock);
    session.busy = 0;
    (void)pthread_cond_broadcast(&session.changed);
    (void)pthread_mutex_unlock(&session.lock);
}

static void describe(fm_collector_status *got) {
    const uint32_t version = session.cupti.version;
    (void)snprintf(got->source, sizeof got->source, "CUPTI %u.%u, %s", version / 10000,
                   version / 100 % 100,
                   session.several ? "several subscribers" : "the only subscriber");
    got->capacity = (uint64_t)CU_BUFFERS * CU_BUFFER_BYTES;
}

int cu_session_begin(uint32_t device, int *slot, fm_collector_status *got) {
    enter();
    int on = session.users > 0 || begin_tracing(got);
    if (on) {
        *slot = cu_join_begin(&session.join, device);
        on = *slot >= 0;
        if (!on)
            (void)snprintf(got->reason, sizeof got->reason,
                           "%d contexts collect already, which is all there is room for", CU_SLOTS);
    }
    if (on) {
        ++session.users;
        describe(got);
    }
    leave();
    return on;
}

void cu_session_end(int slot) {
    enter();
    if (session.users == 1) switch_off();
    cu_join_end(&session.join, slot);
    if (--session.users == 0) close_parts();
    leave();
}

void cu_session_push(int slot, uint64_t call) {
    pushed = cu_join_tag(slot, call);
    if (session.several)
        (void)session.cupti.push_for(session.subscriber, PTI_CUSTOM2, pushed);
    else
        (void)session.cupti.push(PTI_CUSTOM2, pushed);
}

void cu_session_pop(void) {
    uint64_t last;
    pushed = 0;
    if (session.several)
        (void)session.cupti.pop_for(session.subscriber, PTI_CUSTOM2, &last);
    else
        (void)session.cupti.pop(PTI_CUSTOM2, &last);
}

static void count_dropped(void) {
    size_t dropped = 0;
    const pti_result result = session.several
                                  ? session.cupti.dropped_for(session.subscriber, NULL, 0, &dropped)
                                  : session.cupti.dropped(NULL, 0, &dropped);
    if (result == PTI_SUCCESS) atomic_fetch_add(&session.dropped, dropped);
}

void cu_session_flush(int slot, int launched) {
    const struct timespec pause = {0, 1000000};
    const uint64_t before = cu_join_rounds(&session.join);
    for (int tries = 1;; ++tries) {
        (void)session.cupti.flush_all(0);
        const int missing = cu_join_missing(&session.join, slot) > 0;
        const int none = launched && cu_join_rounds(&session.join) == before;
        if (!missing && (!none || tries >= FLUSHES_UNANNOUNCED)) break;
        if (tries >= FLUSHES) break;
        (void)nanosleep(&pause, NULL);
    }
    count_dropped();
}

uint64_t cu_session_dropped(int slot) {
    return atomic_load(&session.dropped) + cu_join_lost(&session.join, slot);
}

void cu_session_take(int slot, int all, cu_joined_list *list) {
    cu_join_take(&session.join, slot, all, list);
}
