/* What a summary knows of its device: name, tier, peaks, the kernels it ran, the run's course. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "core/module.h"
#include "report/summary.h"

bool fm_summary_add_kernel(fm_summary *summary, const char *name, const char *op, fm_dtype dtype,
                           const fm_counters *counters) {
    fm_kernel_entry *kernels = fm_summary_grow(summary->kernels, summary->kernel_count,
                                               &summary->kernel_capacity, sizeof *kernels);
    if (!kernels) return false;
    summary->kernels = kernels;
    fm_kernel_entry entry = {fm_summary_keep(summary, name),
                             *op ? fm_summary_keep(summary, op) : "", dtype, *counters};
    if (!entry.name || !entry.op) return false;
    kernels[summary->kernel_count++] = entry;
    return true;
}

static int compare_time(const void *left, const void *right) {
    const fm_kernel_entry *a = left, *b = right;
    if (a->counters.ns_total != b->counters.ns_total)
        return a->counters.ns_total < b->counters.ns_total ? 1 : -1;
    int order = strcmp(a->name, b->name);
    if (order == 0) order = strcmp(a->op, b->op);
    return order != 0 ? order : (a->dtype > b->dtype) - (a->dtype < b->dtype);
}

void fm_summary_sort_kernels(fm_summary *summary) {
    if (summary->kernel_count > 1)
        qsort(summary->kernels, summary->kernel_count, sizeof *summary->kernels, compare_time);
}

static fm_status fill_kernels(fm_summary *summary, const fm_ledger *ledger) {
    const fm_ledger *kernels = fm_ledger_seen_kernels(ledger);
    if (!kernels) return FM_OK;
    for (fm_ledger_row *row = fm_ledger_first(kernels); row; row = fm_ledger_next(row)) {
        fm_counters counters;
        if (fm_ledger_row_read(row, &counters) &&
            !fm_summary_add_kernel(summary, row->op, row->name_space, row->dtype, &counters))
            return FM_ERR_MEMORY;
    }
    fm_summary_sort_kernels(summary);
    return FM_OK;
}

/* Copies of the timeline's names, by id. */
static fm_status fill_names(fm_summary *summary, const fm_timeline *timeline) {
    size_t count = (size_t)timeline->names.count + 1;
    summary->event_names = fm_alloc(count * sizeof *summary->event_names);
    if (!summary->event_names) return FM_ERR_MEMORY;
    summary->event_names[0] = "";
    summary->event_name_count = count;
    for (const fm_name *name = timeline->names.last; name; name = name->all)
        if (!(summary->event_names[name->id] = fm_summary_keep(summary, name->text)))
            return FM_ERR_MEMORY;
    return FM_OK;
}

static fm_status fill_timeline(fm_summary *summary, const fm_timeline *timeline) {
    summary->points = fm_alloc((timeline->points + 1) * sizeof *summary->points);
    summary->events = fm_alloc((timeline->count + 1) * sizeof *summary->events);
    if (!summary->points || !summary->events) return FM_ERR_MEMORY;
    memcpy(summary->points, timeline->point, timeline->points * sizeof *summary->points);
    if (timeline->count)
        memcpy(summary->events, timeline->events, timeline->count * sizeof *summary->events);
    summary->point_count = timeline->points;
    summary->event_count = timeline->count;
    summary->events_dropped = timeline->dropped;
    summary->timeline_began = timeline->began;
    return fill_names(summary, timeline);
}

static fm_tier tier_of(const fm_meter *meter) {
    if (meter->timing == FM_TIMING_OFF) return FM_TIER_ANALYTICAL;
    if (meter->activity) return (fm_tier)meter->collected.tier;
    return meter->window->asynchronous ? FM_TIER_EVENTS : FM_TIER_CLOCK;
}

static fm_status fill_tier(fm_summary *summary, const fm_meter *meter) {
    summary->tier.tier = tier_of(meter);
    summary->tier.source = fm_summary_keep(summary, meter->collected.source);
    summary->tier.reason = fm_summary_keep(summary, meter->collected.reason);
    summary->tier.dropped = meter->collected.dropped;
    summary->tier.collected = meter->activity != NULL;
    if (meter->activity) summary->tier.activity = meter->activity->totals;
    return summary->tier.source && summary->tier.reason ? FM_OK : FM_ERR_MEMORY;
}

/* A CPU's vector loops run on the units that its matrix products run on. */
static void take_measured(const fm_calibration *c, bool cpu, fm_peaks *peaks) {
    peaks->achieved[FM_PEAK_MATRIX_FLOAT32] = c->float32;
    peaks->achieved[FM_PEAK_MATRIX_FLOAT64] = c->float64;
    peaks->achieved[FM_PEAK_MATRIX_TF32] = c->tf32;
    peaks->achieved[FM_PEAK_MATRIX_HALF] = c->float16 > c->bfloat16 ? c->float16 : c->bfloat16;
    if (cpu) {
        peaks->achieved[FM_PEAK_FLOAT32] = c->float32;
        peaks->achieved[FM_PEAK_FLOAT64] = c->float64;
    }
    peaks->triad = c->triad;
    if (c->launch_ns > 0) peaks->launch_ns = c->launch_ns;
}

fm_status fm_report_set_measured(fm_summary *summary, const fm_calibration *c, const char *where) {
    if (!c || c->size != sizeof *c || !where) return FM_ERR_ARGUMENT;
    fm_peaks *peaks = &summary->peaks;
    take_measured(c, strcmp(summary->totals.device, "cpu") == 0, peaks);
    snprintf(peaks->measured_source, sizeof peaks->measured_source, "%s", where);
    return FM_OK;
}

/* The peaks that a calibration of this device measured, with where it was found. */
static void add_calibration(fm_device device, fm_peaks *peaks) {
    fm_calibration c = {.size = sizeof c};
    if (fm_calibration_load(device, &c, NULL, 0, NULL) != FM_OK) return;
    take_measured(&c, device.kind == FM_CPU, peaks);
    snprintf(peaks->measured_source, sizeof peaks->measured_source, "flopmeter calibrate%s%s",
             *c.date ? " of " : "", c.date);
}

static fm_status fill_peaks(fm_summary *summary) {
    fm_device device;
    fm_device_info info;
    fm_device_attributes attributes = {.size = sizeof attributes};
    if (!fm_device_parse(summary->totals.device, &device) ||
        fm_device_describe(device, &info) != FM_OK)
        return FM_OK;
    summary->device_name = fm_summary_keep(summary, info.name);
    summary->device_detail = fm_summary_keep(summary, info.detail);
    if (!summary->device_name || !summary->device_detail) return FM_ERR_MEMORY;
    const fm_backend_api *api = fm_module_backend(device.kind, NULL, 0);
    if (api && api->attributes) (void)api->attributes(device.index, &attributes, NULL);
    fm_peaks_theory(&info, &attributes, &summary->peaks);
    add_calibration(device, &summary->peaks);
    return FM_OK;
}

fm_status fm_summary_fill_device(fm_summary *summary, const fm_meter *meter) {
    FM_TRY(fill_tier(summary, meter));
    FM_TRY(fill_peaks(summary));
    FM_TRY(fill_kernels(summary, &meter->window->ledger));
    return meter->timeline ? fill_timeline(summary, meter->timeline) : FM_OK;
}
