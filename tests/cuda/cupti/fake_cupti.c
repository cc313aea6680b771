/* A libcupti for tests: it records what the fake device tells it, into the caller's buffers, as
 * CUPTI does: ids before the launches that carry them, work when it is over. Compiled with
 * FAKE_SEVERAL it is 13.3 and bears several subscribers, else 13.0. */
#include "fake_cupti.h"

#include "cuda/timing/record.h"

#include <stdio.h>
#include <string.h>

static fake_cupti fake;

struct pti_subscriber_s {
    int used;
};
static struct pti_subscriber_s only;
static int several; /* subscribed so as to bear others */
static pti_callback callback;
static pti_request request;
static pti_complete complete;
static pti_request_several request_several;
static pti_complete_several complete_several;
static unsigned char calls_on[2][1024]; /* driver, runtime */
static uint32_t nodes_on;               /* bit per callback */
static size_t dropped;

enum { STACK = 16 };
static _Thread_local uint64_t stack[STACK];
static _Thread_local int depth;

/* Buffers. Each record is led by its size, which the iterator steps by. */

typedef struct filling {
    uint8_t *bytes;
    size_t room, used;
} filling;
static filling current;

/* Full buffers that are not handed back before a flush. */
enum { HOARD = 32 };
static filling hoarded[HOARD];
static int hoarded_count;

static void hand_back(filling *f) {
    const filling done = *f;
    memset(f, 0, sizeof *f);
    if (!done.bytes) return;
    if (complete_several)
        complete_several(done.bytes, done.room, done.used, NULL);
    else
        complete(NULL, 0, done.bytes, done.room, done.used);
}

static int take_buffer(filling *f) {
    size_t most = 0;
    if (request_several)
        request_several(&f->bytes, &f->room, &most, NULL);
    else
        request(&f->bytes, &f->room, &most);
    if (f->bytes) ++fake.buffers_lent;
    if (fake.buffer_bytes && f->room > fake.buffer_bytes) f->room = fake.buffer_bytes;
    return f->bytes != NULL;
}

static void append(filling *f, const void *record, size_t size) {
    const uint64_t all =
        (size + 7) / 8 * 8 + 16; /* more than our struct, as a later CUPTI's would be */
    if (f->bytes && f->used + 8 + all > f->room) {
        if (fake.hoards && hoarded_count < HOARD) {
            hoarded[hoarded_count++] = *f;
            memset(f, 0, sizeof *f);
        } else {
            hand_back(f);
        }
    }
    if (!f->bytes && !take_buffer(f)) {
        ++dropped;
        return;
    }
    memcpy(f->bytes + f->used, &all, sizeof all);
    memset(f->bytes + f->used + 8, 0, all);
    memcpy(f->bytes + f->used + 8, record, size);
    f->used += 8 + all;
}

pti_result cuptiActivityGetNextRecord(uint8_t *buffer, size_t valid, void **record) {
    uint64_t size;
    uint8_t *at = buffer;
    if (*record) {
        memcpy(&size, (uint8_t *)*record - 8, sizeof size);
        at = (uint8_t *)*record + size;
    }
    if (at >= buffer + valid) return PTI_MAX_LIMIT_REACHED;
    *record = at + 8;
    return PTI_SUCCESS;
}

/* What the device tells. */

static uint64_t id_of(uint64_t node) {
    return node ? 1000 + node : 0;
}

static int kind_on(int kind) {
    return fake.kinds >> kind & 1 && only.used;
}

/* CUPTI's number of the call that launches a kind: cuLaunchKernel, cuMemcpyAsync and so on. */
static uint32_t call_of(int kind) {
    return kind == FM_FAKE_KERNEL ? 307
           : kind == FM_FAKE_COPY ? 306
           : kind == FM_FAKE_FILL ? 216
                                  : 514;
}

static void on_launched(void *user, uint64_t launch, int kind) {
    (void)user;
    if (!calls_on[0][call_of(kind)] && !(fake.kinds >> PTI_DRIVER & 1)) return;
    if (!only.used || !depth || !kind_on(PTI_EXTERNAL)) return;
    if (fake.silent > 0) {
        --fake.silent;
        return;
    }
    const pti_external external = {PTI_EXTERNAL, PTI_CUSTOM2, stack[depth - 1], (uint32_t)launch,
                                   0};
    const pti_external other = {PTI_EXTERNAL, PTI_CUSTOM2 - 1, 12345, (uint32_t)launch, 0};
    append(&current, &other, sizeof other); /* another tool's id, to be left alone */
    append(&current, &external, sizeof external);
}

static void times(uint64_t *start, uint64_t *end) {
    if (fake.untimed <= 0) return;
    --fake.untimed;
    *start = *end = 0;
}

static void on_ran(void *user, const fm_fake_seen *seen) {
    (void)user;
    filling own = {0};
    filling *to = fake.kernels_first ? &own : &current;
    uint64_t start = seen->start, end = seen->end;
    times(&start, &end);
    if (seen->kind == FM_FAKE_KERNEL && kind_on(PTI_KERNEL)) {
        const pti_kernel kernel = {.kind = PTI_KERNEL,
                                   .registers = 32,
                                   .start = start,
                                   .end = end,
                                   .device = (uint32_t)seen->device,
                                   .stream = 7,
                                   .grid = {4, 2, 1},
                                   .block = {128, 1, 1},
                                   .correlation = (uint32_t)seen->launch,
                                   .name = seen->library ? "library_gemm" : "_Z4loopIfEvPT_l",
                                   .node = id_of(seen->node),
                                   .graph = (uint32_t)seen->graph};
        append(to, &kernel, sizeof kernel);
    } else if (seen->kind == FM_FAKE_COPY && kind_on(PTI_MEMCPY)) {
        const pti_memcpy copy = {.kind = PTI_MEMCPY,
                                 .copy = 1,
                                 .bytes = seen->bytes,
                                 .start = start,
                                 .end = end,
                                 .device = (uint32_t)seen->device,
                                 .stream = 7,
                                 .correlation = (uint32_t)seen->launch,
                                 .node = id_of(seen->node),
                                 .graph = (uint32_t)seen->graph};
        append(to, &copy, sizeof copy);
    } else if (seen->kind == FM_FAKE_FILL && kind_on(PTI_MEMSET)) {
        const pti_memset fill = {.kind = PTI_MEMSET,
                                 .bytes = seen->bytes,
                                 .start = start,
                                 .end = end,
                                 .device = (uint32_t)seen->device,
                                 .stream = 7,
                                 .correlation = (uint32_t)seen->launch,
                                 .node = id_of(seen->node),
                                 .graph = (uint32_t)seen->graph};
        append(to, &fill, sizeof fill);
    }
    if (fake.kernels_first) hand_back(&own);
}

/* Nodes are their own handles here. */
static void tell_node(uint32_t id, uint64_t node, uint64_t original) {
    const pti_graph_data graph = {.node = (void *)(uintptr_t)node,
                                  .original_node = (void *)(uintptr_t)original};
    const pti_resource_data resource = {.graph = &graph};
    if (only.used && callback && nodes_on >> id & 1) callback(NULL, PTI_RESOURCE, id, &resource);
}

static void on_node(void *user, uint64_t node, uint64_t original) {
    (void)user;
    tell_node(original ? PTI_NODE_CLONED : PTI_NODE_CREATED, node, original);
}

static void on_node_gone(void *user, uint64_t node) {
    (void)user;
    tell_node(PTI_NODE_DESTROYED, node, 0);
}

pti_result cuptiGetGraphNodeId(void *node, uint64_t *id) {
    *id = id_of((uintptr_t)node);
    return PTI_SUCCESS;
}

fake_cupti *fake_cupti_entry(void) {
    fake.observer = (fm_fake_observer){NULL, on_launched, on_ran, on_node, on_node_gone};
    return &fake;
}

/* Subscribing. */

static pti_result subscribe(pti_subscriber *subscriber, pti_callback function) {
    only.used = 1;
    callback = function;
    *subscriber = &only;
    ++fake.subscribers;
    return PTI_SUCCESS;
}

pti_result cuptiSubscribe(pti_subscriber *subscriber, pti_callback function, void *user) {
    (void)user;
    return fake.held_by || only.used ? PTI_HELD : subscribe(subscriber, function);
}

pti_result cuptiSubscribe_v2(pti_subscriber *subscriber, pti_callback function, void *user,
                             pti_params *params) {
    (void)user;
#ifdef FAKE_SEVERAL
    if (params->size != sizeof *params) return PTI_INVALID_PARAMETER;
    if (params->several && fake.one_driver) return PTI_HELD;
#else
    if (params->size != PTI_SIZE(pti_params, other_size)) return PTI_INVALID_PARAMETER;
#endif
    if (fake.held_by || only.used) {
        (void)snprintf(params->other, params->other_size, "%s", fake.held_by ? fake.held_by : "");
        return PTI_HELD;
    }
#ifdef FAKE_SEVERAL
    several = params->several;
#endif
    return subscribe(subscriber, function);
}

pti_result cuptiUnsubscribe(pti_subscriber subscriber) {
    if (subscriber != &only || !only.used) return PTI_INVALID_PARAMETER;
    hand_back(&current);
    only.used = several = 0;
    callback = NULL;
    request = NULL;
    complete = NULL;
    request_several = NULL;
    complete_several = NULL;
    nodes_on = 0;
    --fake.subscribers;
    return PTI_SUCCESS;
}

/* The calls of one subscriber and those of several do not mix. */
static pti_result right_way(int for_several) {
    return several == for_several ? PTI_SUCCESS : PTI_NOT_COMPATIBLE;
}

static pti_result switch_kind(int kind, int on) {
    if (kind == PTI_KERNEL && on && fake.refuses) return fake.refuses;
    if (on)
        fake.kinds |= (uint64_t)1 << kind;
    else
        fake.kinds &= ~((uint64_t)1 << kind);
    return PTI_SUCCESS;
}

static pti_result switch_call(int runtime, uint32_t id, uint8_t on) {
    if (id >= 1024) return PTI_INVALID_PARAMETER;
    fake.enabled_calls += on - calls_on[runtime][id];
    calls_on[runtime][id] = on;
    return PTI_SUCCESS;
}

static pti_result push(uint64_t id) {
    if (depth == STACK) return PTI_OUT_OF_MEMORY;
    stack[depth++] = id;
    ++fake.pushes;
    return PTI_SUCCESS;
}

static pti_result pop(uint64_t *last) {
    ++fake.pops;
    if (!depth) {
        ++fake.unbalanced;
        return PTI_QUEUE_EMPTY;
    }
    *last = stack[--depth];
    return PTI_SUCCESS;
}

static pti_result take_dropped(size_t *count) {
    *count = dropped;
    dropped = 0;
    return PTI_SUCCESS;
}

pti_result cuptiActivityEnable(int kind) {
    return right_way(0) ? PTI_NOT_COMPATIBLE : switch_kind(kind, 1);
}
pti_result cuptiActivityDisable(int kind) {
    return right_way(0) ? PTI_NOT_COMPATIBLE : switch_kind(kind, 0);
}
pti_result cuptiActivityRegisterCallbacks(pti_request asked, pti_complete done) {
    request = asked;
    complete = done;
    return right_way(0);
}
pti_result cuptiActivityPushExternalCorrelationId(int kind, uint64_t id) {
    return right_way(0) || kind != PTI_CUSTOM2 ? PTI_NOT_COMPATIBLE : push(id);
}
pti_result cuptiActivityPopExternalCorrelationId(int kind, uint64_t *last) {
    return right_way(0) || kind != PTI_CUSTOM2 ? PTI_NOT_COMPATIBLE : pop(last);
}
pti_result cuptiActivityGetNumDroppedRecords(void *context, uint32_t stream, size_t *count) {
    (void)context;
    (void)stream;
    return right_way(0) ? PTI_NOT_COMPATIBLE : take_dropped(count);
}
pti_result cuptiActivityEnableDriverApi(uint32_t id, uint8_t on) {
    return right_way(0) ? PTI_NOT_COMPATIBLE : switch_call(0, id, on);
}
pti_result cuptiActivityEnableRuntimeApi(uint32_t id, uint8_t on) {
    return right_way(0) ? PTI_NOT_COMPATIBLE : switch_call(1, id, on);
}
pti_result cuptiGetTimestamp(uint64_t *timestamp) {
    *timestamp = 1;
    return right_way(0);
}

#ifdef FAKE_SEVERAL
pti_result cuptiActivityEnable_v2(pti_subscriber subscriber, int kind, void *config) {
    return right_way(1) || subscriber != &only || config ? PTI_NOT_COMPATIBLE
                                                         : switch_kind(kind, 1);
}
pti_result cuptiActivityDisable_v2(pti_subscriber subscriber, int kind, void *config) {
    return right_way(1) || subscriber != &only || config ? PTI_NOT_COMPATIBLE
                                                         : switch_kind(kind, 0);
}
pti_result cuptiActivityRegisterCallbacks_v2(pti_subscriber subscriber, pti_request_several asked,
                                             pti_complete_several done) {
    request_several = asked;
    complete_several = done;
    return subscriber == &only ? right_way(1) : PTI_INVALID_PARAMETER;
}
pti_result cuptiActivityPushExternalCorrelationId_v2(pti_subscriber subscriber, int kind,
                                                     uint64_t id) {
    return right_way(1) || subscriber != &only || kind != PTI_CUSTOM2 ? PTI_NOT_COMPATIBLE
                                                                      : push(id);
}
pti_result cuptiActivityPopExternalCorrelationId_v2(pti_subscriber subscriber, int kind,
                                                    uint64_t *last) {
    return right_way(1) || subscriber != &only || kind != PTI_CUSTOM2 ? PTI_NOT_COMPATIBLE
                                                                      : pop(last);
}
pti_result cuptiActivityGetNumDroppedRecords_v2(pti_subscriber subscriber, void *context,
                                                uint32_t stream, size_t *count) {
    (void)context;
    (void)stream;
    return right_way(1) || subscriber != &only ? PTI_NOT_COMPATIBLE : take_dropped(count);
}
pti_result cuptiGetTimestamp_v2(pti_subscriber subscriber, uint64_t *timestamp) {
    *timestamp = 1;
    return subscriber == &only ? right_way(1) : PTI_INVALID_PARAMETER;
}
pti_result cuptiActivityGetNextRecord_v2(pti_subscriber subscriber, uint8_t *buffer, size_t valid,
                                         void **record) {
    return subscriber == &only ? cuptiActivityGetNextRecord(buffer, valid, record)
                               : PTI_INVALID_PARAMETER;
}
pti_result cuptiActivityEnableDriverApi_v2(pti_subscriber subscriber, uint32_t id, uint8_t on) {
    return right_way(1) || subscriber != &only ? PTI_NOT_COMPATIBLE : switch_call(0, id, on);
}
pti_result cuptiActivityEnableRuntimeApi_v2(pti_subscriber subscriber, uint32_t id, uint8_t on) {
    return right_way(1) || subscriber != &only ? PTI_NOT_COMPATIBLE : switch_call(1, id, on);
}
#endif

pti_result cuptiEnableCallback(uint32_t on, pti_subscriber subscriber, int domain, uint32_t id) {
    if (subscriber != &only || domain != PTI_RESOURCE) return PTI_INVALID_PARAMETER;
    nodes_on = on ? nodes_on | 1u << id : nodes_on & ~(1u << id);
    return PTI_SUCCESS;
}

pti_result cuptiActivityFlushAll(uint32_t flag) {
    ++fake.flushes;
    fake.forced += flag == PTI_FLUSH_FORCED;
    if (fake.late > 0 && !flag) {
        --fake.late;
        return PTI_SUCCESS;
    }
    while (hoarded_count) hand_back(&hoarded[--hoarded_count]);
    hand_back(&current);
    return PTI_SUCCESS;
}

pti_result cuptiGetVersion(uint32_t *version) {
#ifdef FAKE_SEVERAL
    *version = 130300;
#else
    *version = 130001;
#endif
    return PTI_SUCCESS;
}

pti_result cuptiGetResultString(pti_result result, const char **text) {
    *text = result == PTI_NOT_SUPPORTED ? "CUPTI_ERROR_NOT_SUPPORTED" : "CUPTI_ERROR_UNKNOWN";
    return PTI_SUCCESS;
}
