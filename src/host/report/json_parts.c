/* The JSON report's parts beside rows and totals: device, kernels, gaps, series. */
#include "report/json_parts.h"

void fm_json_put_text(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text);
}

void fm_json_put_count(fm_json_writer *json, const char *key, uint64_t value) {
    fm_json_key(json, key);
    fm_json_put_uint(json, value);
}

void fm_json_put_real(fm_json_writer *json, const char *key, double value) {
    fm_json_key(json, key);
    if (value >= 0)
        fm_json_put_double(json, value);
    else
        fm_json_put_null(json);
}

/* Rates of 0 are unknown ones. */
static void put_rates(fm_json_writer *json, const char *key, const double rates[FM_PEAK_KINDS]) {
    fm_json_key(json, key);
    fm_json_open_object(json);
    for (int kind = 0; kind < FM_PEAK_KINDS; kind++)
        fm_json_put_real(json, fm_peak_key((fm_peak_kind)kind), rates[kind] > 0 ? rates[kind] : -1);
    fm_json_close_object(json);
}

static double or_none(double value) {
    return value > 0 ? value : -1;
}

static void put_peaks(fm_json_writer *json, const fm_peaks *peaks) {
    fm_json_key(json, "peaks");
    fm_json_open_object(json);
    fm_json_put_text(json, "theory_source", *peaks->theory_source ? peaks->theory_source : NULL);
    fm_json_put_text(json, "measured_source",
                     *peaks->measured_source ? peaks->measured_source : NULL);
    put_rates(json, "theory", peaks->theory);
    put_rates(json, "now", peaks->now);
    put_rates(json, "measured", peaks->achieved);
    fm_json_put_real(json, "bandwidth", or_none(peaks->bandwidth));
    fm_json_put_real(json, "triad", or_none(peaks->triad));
    fm_json_put_real(json, "launch_ns", or_none(peaks->launch_ns));
    fm_json_put_real(json, "clock_hz", or_none(peaks->clock_hz));
    fm_json_put_real(json, "clock_now_hz", or_none(peaks->clock_now_hz));
    fm_json_close_object(json);
}

static void put_tier(fm_json_writer *json, const fm_summary_tier *tier) {
    fm_json_key(json, "tier");
    fm_json_open_object(json);
    fm_json_put_text(json, "name", fm_tier_key(tier->tier));
    fm_json_put_text(json, "text", fm_tier_text(tier->tier));
    fm_json_put_text(json, "source", *tier->source ? tier->source : NULL);
    fm_json_put_text(json, "reason", *tier->reason ? tier->reason : NULL);
    fm_json_put_count(json, "dropped", tier->dropped);
    fm_json_key(json, "activity");
    if (tier->collected) {
        fm_json_open_object(json);
#define COUNTER(kind, name, meaning) fm_json_put_count(json, #name, tier->activity.name);
#include "meter/activity.def"
#undef COUNTER
        fm_json_close_object(json);
    } else {
        fm_json_put_null(json);
    }
    fm_json_close_object(json);
}

static void put_coverage(fm_json_writer *json, const fm_summary *summary) {
    fm_coverage coverage = fm_coverage_of(summary);
    double share = -1;
    (void)fm_report_coverage(summary, &share);
    fm_json_key(json, "coverage");
    fm_json_open_object(json);
    fm_json_put_real(json, "share", share);
    fm_json_put_count(json, "covered_ns", coverage.covered_ns);
    fm_json_put_count(json, "uncovered_ns", coverage.uncovered_ns);
    fm_json_close_object(json);
}

void fm_json_put_device(fm_json_writer *json, const fm_summary *summary) {
    static const char *const modes[] = {"default", "float32", "tf32", "bf16", "fp16"};
    fm_json_put_text(json, "fma", "2");
    fm_json_put_text(json, "device_name", *summary->device_name ? summary->device_name : NULL);
    fm_json_put_text(json, "device_detail",
                     *summary->device_detail ? summary->device_detail : NULL);
    fm_json_put_text(json, "math_mode", modes[summary->math_mode]);
    put_peaks(json, &summary->peaks);
    put_tier(json, &summary->tier);
    put_coverage(json, summary);
}

void fm_json_put_analysis(fm_json_writer *json, const fm_summary *summary, const fm_op_row *row) {
    fm_analysis a;
    fm_analyse(summary, row, &a);
    fm_json_put_real(json, "executed_per_second", a.rate);
    fm_json_put_real(json, "bytes_per_second", a.bandwidth);
    fm_json_put_real(json, "intensity", a.intensity);
    fm_json_put_text(json, "bound", a.bound ? fm_bound_name(a.bound) : NULL);
    fm_json_put_real(json, "expected_ns", a.expected_ns);
    fm_json_put_real(json, "measured_over_expected", a.ratio);
    fm_json_put_real(json, "share_of_roof", a.roof_share);
    fm_json_put_real(json, "share_of_peak", a.peak_share);
    fm_json_put_real(json, "hardware_flops", a.hardware_flops);
    fm_json_put_real(json, "hardware_over_executed", a.hardware_ratio);
    fm_json_put_real(json, "occupancy", a.occupancy);
}

void fm_json_put_kernels(fm_json_writer *json, const fm_summary *summary) {
    fm_json_key(json, "kernels");
    fm_json_open_list(json);
    for (size_t i = 0; i < summary->kernel_count; ++i) {
        const fm_kernel_entry *kernel = &summary->kernels[i];
        fm_json_open_object(json);
        fm_json_put_text(json, "name", kernel->name);
        fm_json_put_text(json, "op", *kernel->op ? kernel->op : NULL);
        fm_json_put_text(json, "dtype", fm_dtype_name(kernel->dtype));
#define COUNTER(kind, name, meaning) fm_json_put_count(json, #name, kernel->counters.name);
#include "meter/counters.def"
#undef COUNTER
        fm_json_close_object(json);
    }
    fm_json_close_list(json);
}

void fm_json_put_gaps(fm_json_writer *json, const fm_summary *summary) {
    fm_gap gaps[FM_GAPS];
    size_t count = fm_find_gaps(summary, gaps);
    fm_json_key(json, "gaps");
    fm_json_open_list(json);
    for (size_t i = 0; i < count; ++i) {
        fm_json_open_object(json);
        fm_json_put_text(json, "op", gaps[i].row->op);
        fm_json_put_text(json, "dtype", fm_dtype_name(gaps[i].row->dtype));
        fm_json_put_count(json, "measured_ns", gaps[i].row->ns_total);
        fm_json_put_real(json, "expected_ns", gaps[i].analysis.expected_ns);
        fm_json_put_real(json, "measured_over_expected", gaps[i].analysis.ratio);
        fm_json_put_text(json, "reason", fm_reason_key(gaps[i].analysis.reason));
        fm_json_put_text(json, "text", fm_reason_text(gaps[i].analysis.reason));
        fm_json_close_object(json);
    }
    fm_json_close_list(json);
}

static void put_points(fm_json_writer *json, const fm_summary *summary) {
    fm_json_key(json, "budget_course");
    fm_json_open_list(json);
    for (size_t i = 0; i < summary->point_count; ++i) {
        fm_json_open_list(json);
        fm_json_put_uint(json, summary->points[i].ns);
        fm_json_put_uint(json, summary->points[i].used);
        fm_json_put_uint(json, summary->points[i].limit);
        fm_json_put_uint(json, summary->points[i].calls);
        fm_json_close_list(json);
    }
    fm_json_close_list(json);
}

static void put_sweep(fm_json_writer *json, const fm_summary *summary) {
    fm_json_key(json, "sweep");
    fm_json_open_list(json);
    for (size_t i = 0; i < summary->sweep_count; ++i) {
        const fm_sweep_row *row = &summary->sweep[i];
        fm_json_open_object(json);
        fm_json_put_text(json, "profile", row->profile);
        fm_json_put_real(json, "multiplier", row->multiplier);
        fm_json_put_count(json, "size", (uint64_t)row->size);
        fm_json_put_count(json, "flops", row->flops);
        fm_json_put_real(json, "seconds", row->seconds > 0 ? row->seconds : -1);
        double share = fm_launch_share(summary, row);
        fm_json_put_count(json, "launches", row->launches);
        fm_json_put_real(json, "launch_share", share);
        fm_json_put_text(json, "bound", share < 0 ? NULL : fm_size_bound(share));
        fm_json_close_object(json);
    }
    fm_json_close_list(json);
}

static void put_steps(fm_json_writer *json, const fm_summary *summary) {
    fm_json_key(json, "steps");
    fm_json_open_list(json);
    for (size_t i = 0; i < summary->step_count; ++i) fm_json_put_step(json, &summary->steps[i]);
    fm_json_close_list(json);
}

void fm_json_put_series(fm_json_writer *json, const fm_summary *summary) {
    put_points(json, summary);
    put_sweep(json, summary);
    put_steps(json, summary);
}

void fm_json_put_slices(fm_json_writer *json, const fm_summary *summary) {
    if (summary->event_count == 0) return;
    fm_json_key(json, "trace");
    fm_json_open_object(json);
    fm_json_put_count(json, "dropped", summary->events_dropped);
    fm_json_put_count(json, "began_ns", summary->timeline_began);
    fm_json_key(json, "names");
    fm_json_open_list(json);
    for (size_t i = 0; i < summary->event_name_count; ++i)
        fm_json_put_string(json, summary->event_names[i]);
    fm_json_close_list(json);
    fm_json_key(json, "slices");
    fm_json_open_list(json);
    for (size_t i = 0; i < summary->event_count; ++i) {
        const fm_timeline_event *e = &summary->events[i];
        const uint64_t fields[] = {e->kind,       e->start - summary->timeline_began,
                                   e->ns,         e->flops,
                                   e->used,       e->name,
                                   e->name_space, e->call,
                                   e->stream,     e->dtype};
        fm_json_open_list(json);
        for (size_t f = 0; f < sizeof fields / sizeof *fields; ++f)
            fm_json_put_uint(json, fields[f]);
        fm_json_close_list(json);
    }
    fm_json_close_list(json);
    fm_json_close_object(json);
}
