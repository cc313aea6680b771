/* The collector: which tier a device gets, and its records as the core wants them. */
#include "counters.h"
#include "limits.h"
#include "session.h"

#include "../device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void describe_counters(cu_collector *c) {
    c->status.capacity = c->counters->data_size;
    (void)snprintf(c->status.source, sizeof c->status.source, "CUPTI %u.%u, %s, %zu passes a step",
                   c->counters->cupti.version / 10000, c->counters->cupti.version / 100 % 100,
                   c->counters->chip, c->counters->schedule.passes);
}

/* What is counted follows the plans that the device has and gets: bytes, and the FLOPs of the units
 * that they use. */
static void start_counters(fm_dev *dev) {
    cu_collector *c = &dev->collector;
    const int capability = dev->info.major * 10 + dev->info.minor;
    c->counters = cu_counters_open(dev->index, capability, CU_COUNT_BASE | dev->classes,
                                   c->status.reason, sizeof c->status.reason);
    if (!c->counters) return;
    c->tier = FM_TIER_COUNTERS;
    describe_counters(c);
}

static void start_activity(fm_dev *dev) {
    cu_collector *c = &dev->collector;
    fm_collector_status got = {.size = sizeof got};
    const int on = cu_session_begin((uint32_t)dev->index, &c->slot, &got);
    /* Why there are no counters weighs more than why what stands in for them is no better. */
    if (!c->status.reason[0]) memcpy(c->status.reason, got.reason, sizeof got.reason);
    if (!on) return;
    c->tier = FM_TIER_ACTIVITY;
    c->status.capacity = got.capacity;
    memcpy(c->status.source, got.source, sizeof got.source);
    c->dropped_before = cu_session_dropped(c->slot);
}

static fm_status start(fm_dev *dev, const fm_collector_options *options, fm_collector_status *got,
                       fm_error *error) {
    int before;
    cu_collector *c = &dev->collector;
    if (c->tier)
        return cu_host->fail(error, FM_ERR_STATE, "this context's device is being timed already");
    cu_error code = cu_device_enter(dev, &before);
    if (code) return cu_fail(error, code, NULL, "choosing the device");
    memset(c, 0, sizeof *c);
    c->status.size = sizeof c->status;
    if (cu_api.limits && !getenv("FLOPMETER_CUPTI")) {
        /* NVIDIA's own would wait for a driver that is not there. */
        (void)snprintf(c->status.reason, sizeof c->status.reason, "the fake device has no CUPTI");
    } else {
        if (options->tier >= FM_TIER_COUNTERS) start_counters(dev);
        if (!c->tier) start_activity(dev);
    }
    c->status.tier = c->tier ? c->tier : FM_TIER_EVENTS;
    *got = c->status;
    cu_device_leave(dev, before);
    return FM_OK;
}

static void stop(fm_dev *dev) {
    int before;
    cu_collector *c = &dev->collector;
    if (!c->tier) return;
    (void)cu_device_enter(dev, &before);
    if (c->counters) cu_counters_close(c->counters);
    if (c->tier == FM_TIER_ACTIVITY) cu_session_end(c->slot);
    cu_device_leave(dev, before);
    cu_host->free(c->ready);
    memset(c, 0, sizeof *c);
}

void cu_collector_close(fm_dev *dev) {
    stop(dev);
}

static void push(fm_dev *dev, fm_correlation call) {
    cu_collector *c = &dev->collector;
    c->launched = 1;
    if (c->tier == FM_TIER_ACTIVITY)
        cu_session_push(c->slot, call);
    else if (c->counters)
        cu_counters_push(c->counters, call);
}

static void pop(fm_dev *dev) {
    const cu_collector *c = &dev->collector;
    if (c->tier == FM_TIER_ACTIVITY)
        cu_session_pop();
    else if (c->counters)
        cu_counters_pop(c->counters);
}

static fm_activity record_of(const fm_dev *dev, const cu_joined *joined) {
    const cu_work *w = &joined->work;
    const int capability = dev->info.major * 10 + dev->info.minor;
    return (fm_activity){
        .size = sizeof(fm_activity),
        .kind = w->kind,
        .name = w->name,
        .start = cu_session_time(w->start),
        .end = cu_session_time(w->end),
        .correlation = joined->id,
        .launch = w->correlation,
        .stream = w->stream,
        .graph = w->graph,
        .node = w->node,
        .bytes = w->bytes,
        .blocks = w->blocks,
        .threads = w->threads,
        .resident = w->kind == FM_ACTIVITY_KERNEL
                        ? cu_limits_resident(capability, w->threads, w->registers, w->shared)
                        : 0};
}

/* The list's memory goes back and forth, so that a steady program allocates nothing. */
static void deliver(fm_dev *dev, fm_activity_sink sink, void *user, int all) {
    cu_collector *c = &dev->collector;
    cu_joined_list list = {c->ready, 0, c->ready_room};
    cu_session_take(c->slot, all, &list);
    for (size_t i = 0; i < list.count; ++i) {
        const fm_activity record = record_of(dev, &list.item[i]);
        sink(user, &record);
    }
    c->ready = list.item;
    c->ready_room = list.room;
}

static fm_status collect(fm_dev *dev, fm_activity_sink sink, void *user, int all, fm_error *error) {
    cu_collector *c = &dev->collector;
    if (c->tier == FM_TIER_ACTIVITY) {
        if (all) cu_session_flush(c->slot, c->launched);
        if (all) c->launched = 0;
        deliver(dev, sink, user, all);
        return FM_OK;
    }
    if (!c->counters) return FM_OK;
    const pti_result result = cu_counters_collect(c->counters, sink, user);
    if (result == PTI_SUCCESS) return FM_OK;
    return cu_host->fail(error, FM_ERR_DEVICE, "reading hardware counters: CUPTI says %s",
                         cu_cupti_text(&c->counters->cupti, result));
}

static fm_status step_failed(fm_dev *dev, pti_result result, fm_error *error) {
    return cu_host->fail(error, FM_ERR_DEVICE, "hardware counters of a step: CUPTI says %s",
                         cu_cupti_text(&dev->collector.counters->cupti, result));
}

static fm_status step_begin(fm_dev *dev, fm_error *error) {
    int before;
    if (!dev->collector.counters) return FM_OK;
    cu_error code = cu_device_enter(dev, &before);
    if (code) return cu_fail(error, code, NULL, "choosing the device");
    const pti_result result = cu_counters_begin(dev->collector.counters, dev->classes);
    cu_device_leave(dev, before);
    return result == PTI_SUCCESS ? FM_OK : step_failed(dev, result, error);
}

static fm_status step_end(fm_dev *dev, int *again, fm_error *error) {
    int before;
    *again = 0;
    if (!dev->collector.counters) return FM_OK;
    cu_error code = cu_device_enter(dev, &before);
    if (code) return cu_fail(error, code, NULL, "choosing the device");
    const pti_result result = cu_counters_end(dev->collector.counters, again);
    cu_device_leave(dev, before);
    return result == PTI_SUCCESS ? FM_OK : step_failed(dev, result, error);
}

static void status(fm_dev *dev, fm_collector_status *out) {
    cu_collector *c = &dev->collector;
    if (c->tier == FM_TIER_ACTIVITY)
        c->status.dropped = cu_session_dropped(c->slot) - c->dropped_before;
    if (c->counters) {
        describe_counters(c);
        c->status.dropped = c->counters->dropped;
    }
    *out = c->status;
}

const fm_collector_api cu_collector_api = {
    .size = sizeof(fm_collector_api),
    .start = start,
    .stop = stop,
    .push = push,
    .pop = pop,
    .collect = collect,
    .status = status,
    .step_begin = step_begin,
    .step_end = step_end,
};
