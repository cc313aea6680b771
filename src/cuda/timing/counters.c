/* Hardware counters by range. */
#include "counters.h"

#include "../device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void explain(const cu_cupti *cupti, const char *doing, pti_result result, char *why,
                    size_t size) {
    if (result == PTI_NO_PRIVILEGES || result == PTI_NO_PRIVILEGES_VIRTUAL)
        (void)snprintf(why, size,
                       "hardware counters are for administrators here (ERR_NVGPUCTRPERM): "
                       "CAP_PERFMON or NVreg_RestrictProfilingToAdminUsers=0 opens them");
    else
        (void)snprintf(why, size, "hardware counters: %s: %s", doing, cu_cupti_text(cupti, result));
}

/* The profiler is never closed again: its own call for that may be made once a process. */
static pti_result open_profiler(const cu_cupti *cupti) {
    pti_profiler open = {.size = PTI_SIZE(pti_profiler, priv)};
    return cupti->profiler_open(&open);
}

static void find_chip(cu_counters *c, int device, int capability) {
    pti_chip chip = {.size = PTI_SIZE(pti_chip, name), .device = (size_t)device};
    const char *name = cu_metrics_chip(capability);
    if (c->cupti.chip_name(&chip) == PTI_SUCCESS && chip.name) name = chip.name;
    (void)snprintf(c->chip, sizeof c->chip, "%s", name ? name : "");
}

/* Chooses the metrics of the classes and makes the image that takes their values. */
static pti_result schedule(cu_counters *c, uint32_t classes) {
    if (c->schedule.host) cu_schedule_close(&c->cupti, &c->schedule);
    c->classes = classes;
    (void)cu_metrics_choose(c->chip, classes, &c->metrics);
    pti_result result = cu_schedule_open(&c->cupti, c->chip, NULL, &c->metrics, &c->schedule);
    if (result != PTI_SUCCESS) return result;
    pti_range_data_size size = {.size = PTI_SIZE(pti_range_data_size, data_size),
                                .range = c->range,
                                .names = c->metrics.name,
                                .count = c->metrics.count,
                                .ranges = CU_RANGES,
                                .nodes = CU_RANGES};
    result = c->cupti.range_data_size(&size);
    if (result != PTI_SUCCESS) return result;
    cu_host->free(c->data);
    c->data_size = size.data_size;
    c->data = cu_alloc(size.data_size);
    return c->data ? PTI_SUCCESS : PTI_OUT_OF_MEMORY;
}

static pti_result enable(cu_counters *c) {
    pti_range_enable on = {.size = PTI_SIZE(pti_range_enable, range)};
    const pti_result result = c->cupti.range_enable(&on);
    c->range = on.range;
    return result;
}

static int prepare(cu_counters *c, int device, int capability, uint32_t classes, char *why,
                   size_t size) {
    const uint32_t needed = CU_SET_METRICS | CU_SET_RANGES;
    if (!cu_cupti_open(&c->cupti, why, size)) return 0;
    if ((c->cupti.sets & needed) != needed) {
        (void)snprintf(why, size, "this libcupti has no range profiler");
        return 0;
    }
    pti_result result = open_profiler(&c->cupti);
    if (result != PTI_SUCCESS) {
        explain(&c->cupti, "opening the profiler", result, why, size);
        return 0;
    }
    find_chip(c, device, capability);
    if (!cu_metrics_choose(c->chip, classes, &c->metrics)) {
        (void)snprintf(why, size, "no hardware counters are known of the chip '%s'", c->chip);
        return 0;
    }
    const char *doing = "enabling the profiler";
    result = enable(c);
    if (result == PTI_SUCCESS) {
        doing = "scheduling the metrics";
        result = schedule(c, classes);
    }
    if (result != PTI_SUCCESS) explain(&c->cupti, doing, result, why, size);
    return result == PTI_SUCCESS;
}

cu_counters *cu_counters_open(int device, int capability, uint32_t classes, char *why,
                              size_t size) {
    cu_counters *c = cu_alloc(sizeof *c);
    if (!c) {
        (void)snprintf(why, size, "no memory for hardware counters");
        return NULL;
    }
    if (prepare(c, device, capability, classes, why, size)) return c;
    cu_counters_close(c);
    return NULL;
}

void cu_counters_close(cu_counters *c) {
    pti_range_object off = {.size = PTI_SIZE(pti_range_object, range), .range = c->range};
    if (c->running) {
        int again;
        (void)cu_counters_end(c, &again);
    }
    if (c->range) (void)c->cupti.range_disable(&off);
    if (c->schedule.host) cu_schedule_close(&c->cupti, &c->schedule);
    cu_host->free(c->data);
    cu_host->free(c);
}

/* A new measurement: an empty image, and the first of its passes. */
static pti_result start_over(cu_counters *c) {
    pti_range_data data = {.size = PTI_SIZE(pti_range_data, data),
                           .range = c->range,
                           .data_size = c->data_size,
                           .data = c->data};
    pti_result result = c->cupti.range_data(&data);
    if (result != PTI_SUCCESS) return result;
    pti_range_config config = {.size = PTI_SIZE(pti_range_config, target_level),
                               .range = c->range,
                               .config_size = c->schedule.image_size,
                               .config = c->schedule.image,
                               .data_size = c->data_size,
                               .data = c->data,
                               .range_mode = PTI_USER_RANGE,
                               .replay_mode = PTI_USER_REPLAY,
                               .ranges = CU_RANGES,
                               .levels = 1,
                               .least_level = 1,
                               .target_level = 1};
    return c->cupti.range_config(&config);
}

pti_result cu_counters_begin(cu_counters *c, uint32_t classes) {
    pti_range_object start = {.size = PTI_SIZE(pti_range_object, range), .range = c->range};
    pti_result result = PTI_SUCCESS;
    if (!c->passes) {
        c->finished = 0;
        if (classes & ~c->classes) result = schedule(c, c->classes | classes);
        if (result == PTI_SUCCESS) result = start_over(c);
    }
    c->calls = 0;
    if (result == PTI_SUCCESS) result = c->cupti.range_start(&start);
    c->running = result == PTI_SUCCESS;
    return result;
}

static pti_result decode(cu_counters *c) {
    pti_range_decode decode = {.size = PTI_SIZE(pti_range_decode, dropped), .range = c->range};
    const pti_result result = c->cupti.range_decode(&decode);
    if (result == PTI_SUCCESS) c->dropped += decode.dropped;
    c->finished = result == PTI_SUCCESS;
    return result;
}

pti_result cu_counters_end(cu_counters *c, int *again) {
    pti_range_stop stop = {.size = PTI_SIZE(pti_range_stop, all), .range = c->range};
    const pti_result result = c->cupti.range_stop(&stop);
    c->running = c->inside = 0;
    *again = result == PTI_SUCCESS && !stop.all;
    c->passes = *again ? c->passes + 1 : 0;
    return result == PTI_SUCCESS && stop.all ? decode(c) : result;
}

/* The same call has the same name in every pass: its ledger row and its place in the step. */
void cu_counters_push(cu_counters *c, fm_correlation call) {
    if (!c->running) return;
    if (c->calls == CU_RANGES) {
        ++c->dropped;
        return;
    }
    char *name = c->name[c->calls];
    (void)snprintf(name, CU_RANGE_NAME, "%zu.%llu", c->calls,
                   (unsigned long long)(call >> FM_CORRELATION_CALL_BITS));
    c->call[c->calls++] = call;
    pti_range_push push = {.size = PTI_SIZE(pti_range_push, name), .range = c->range, .name = name};
    c->inside = c->cupti.range_push(&push) == PTI_SUCCESS;
}

void cu_counters_pop(cu_counters *c) {
    pti_range_object pop = {.size = PTI_SIZE(pti_range_object, range), .range = c->range};
    if (c->inside) (void)c->cupti.range_pop(&pop);
    c->inside = 0;
}

/* The call of a range of the last pass; 0: its name is none of ours, so the steps were not alike.
 */
static fm_correlation call_of(const cu_counters *c, const char *name) {
    char *end;
    const unsigned long place = name ? strtoul(name, &end, 10) : CU_RANGES;
    return place < c->calls && !strcmp(c->name[place], name) ? c->call[place] : 0;
}

static pti_result deliver(cu_counters *c, size_t range, fm_activity_sink sink, void *user) {
    double values[CU_METRICS] = {0};
    pti_range_name name = {.size = PTI_SIZE(pti_range_name, name),
                           .data = c->data,
                           .data_size = c->data_size,
                           .range = range,
                           .delimiter = "/"};
    pti_result result = c->cupti.range_name(&name);
    if (result != PTI_SUCCESS) return result;
    pti_host_values read = {.size = PTI_SIZE(pti_host_values, values),
                            .host = c->schedule.host,
                            .data = c->data,
                            .data_size = c->data_size,
                            .range = range,
                            .names = c->metrics.name,
                            .count = c->metrics.count,
                            .values = values};
    result = c->cupti.host_values(&read);
    if (result != PTI_SUCCESS) return result;
    fm_activity record = {
        .size = sizeof record, .kind = FM_ACTIVITY_COUNTERS, .correlation = call_of(c, name.name)};
    cu_metrics_add(&c->metrics, values, &record.hardware);
    if (record.correlation)
        sink(user, &record);
    else
        ++c->dropped;
    return PTI_SUCCESS;
}

pti_result cu_counters_collect(cu_counters *c, fm_activity_sink sink, void *user) {
    if (!c->finished) return PTI_SUCCESS;
    c->finished = 0;
    pti_range_count count = {
        .size = PTI_SIZE(pti_range_count, ranges), .data = c->data, .data_size = c->data_size};
    pti_result result = c->cupti.range_count(&count);
    for (size_t i = 0; i < count.ranges && result == PTI_SUCCESS; ++i)
        result = deliver(c, i, sink, user);
    return result;
}
