/* A run that no device did, known to the last digit: an H200 by its datasheet, times by hand. */
#ifndef FM_TEST_SYNTHETIC_H
#define FM_TEST_SYNTHETIC_H

#include <string.h>

#include "report/analysis.h"

typedef struct made_row {
    const char *op, *name_space;
    fm_dtype dtype;
    uint64_t calls, flops, macs, bytes, ns; /* of all calls; ns 0: not timed */
} made_row;

static inline fm_counters made_counters(const made_row *row) {
    fm_counters c;
    fm_counters_reset(&c);
    c.calls = row->calls;
    c.flops = c.executed = row->flops;
    c.macs = row->macs;
    c.bytes = row->bytes;
    c.launches = row->calls;
    if (row->ns == 0) return c;
    c.timed = row->calls;
    c.ns_total = row->ns;
    c.ns_min = row->ns / row->calls;
    c.ns_max = row->ns / row->calls + 7;
    return c;
}

/* Without rows; NULL when memory ran out. */
static inline fm_summary *made_summary(void) {
    fm_device_info info = {
        .device = {FM_CUDA, 0}, .name = "NVIDIA H200", .capability = 90, .units = 132};
    fm_device_attributes attributes = {
        .size = sizeof attributes, .units = 132, .clock_hz = 1.98e9, .clock_now_hz = 1.5e9};
    fm_summary *s = fm_summary_new();
    if (!s) return NULL;
    s->totals.name = "synthetic";
    s->totals.cost_model = "textbook";
    snprintf(s->totals.device, sizeof s->totals.device, "cuda:0");
    s->timing = "per kernel";
    s->device_name = info.name[0] ? fm_summary_keep(s, info.name) : "";
    s->device_detail = "";
    s->tier.tier = FM_TIER_ACTIVITY;
    s->tier.source = "CUPTI 13.3";
    s->tier.dropped = 2;
    s->tier.collected = true;
    s->tier.activity.records = 100;
    fm_peaks_theory(&info, &attributes, &s->peaks);
    return s;
}

static inline bool made_add(fm_summary *s, const made_row *row, const char *kernel) {
    fm_counters c = made_counters(row);
    return fm_summary_add(s, row->op, row->dtype, row->name_space, &c) &&
           (!kernel || fm_summary_add_kernel(s, kernel, row->op, row->dtype, &c));
}

/* A kernel that belongs to no operation. */
static inline bool made_stray(fm_summary *s, const char *kernel, uint64_t ns) {
    made_row row = {"", "", FM_DTYPE_NONE, 1, 0, 0, 0, ns};
    fm_counters c = made_counters(&row);
    return fm_summary_add_kernel(s, kernel, "", FM_DTYPE_NONE, &c);
}

#endif
