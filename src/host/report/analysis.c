/* Rates, roofline and bound of a row, and the likely reason of its gap. */
#include "report/analysis.h"

#include <stdio.h>
#include <string.h>

#include "core/detail.h"

/* Of a device's blocks, the share below which it stands idle; of FLOPs and bytes, the excess that
   shows. */
static const double full = 1.0, excess = 1.25;
/* What reaches less than this share of the memory's rate does not wait for memory. */
static const double waiting = 0.2;
/* Past this share of its roof a row has no gap worth a reason of its own. */
static const double near_roof = 0.8;

static double over(double a, double b) {
    return a >= 0 && b > 0 ? a / b : -1;
}

/* What grouping leaves out of a row's dtype is not known to be one. */
static fm_peak_kind kind_of(const fm_summary *summary, const fm_op_row *row) {
    bool matrix = row->macs > 0 && row->macs >= row->executed / 4;
    return fm_peak_of(row->dtype, matrix, summary->math_mode);
}

static void measure(const fm_op_row *row, fm_analysis *a) {
    a->timed = row->timed == row->calls && row->ns_total > 0;
    double seconds = a->timed ? (double)row->ns_total * 1e-9 : -1;
    a->rate = over((double)row->executed, seconds);
    a->bandwidth = over((double)row->bytes, seconds);
    a->intensity = over((double)row->executed, (double)row->bytes);
    a->occupancy = over((double)row->blocks, (double)row->slots);
    bool counted = row->counted_flops == row->calls && row->calls > 0;
    a->hardware_flops = counted ? (double)row->vector_flops + (double)row->tensor_flops : -1;
    a->hardware_ratio = over(a->hardware_flops, (double)row->executed);
    counted = row->counted_bytes == row->calls && row->calls > 0;
    a->hardware_bytes = counted ? (double)row->bytes_read + (double)row->bytes_written : -1;
}

/* Those that were launched by themselves: a graph's replay launches all of its work at once. */
static double launches_of(const fm_op_row *row) {
    double launches = (double)(row->launches ? row->launches : row->calls);
    if (row->replayed == 0) return launches;
    return launches * (double)(row->calls - row->replayed) / (double)row->calls;
}

static void expect(const fm_summary *summary, const fm_op_row *row, fm_analysis *a) {
    const fm_peaks *peaks = &summary->peaks;
    double roof = fm_peaks_roof(peaks, a->kind), bandwidth = fm_peaks_bandwidth(peaks);
    a->compute_ns = row->executed == 0 ? 0 : over((double)row->executed * 1e9, roof);
    a->memory_ns = row->bytes == 0 ? 0 : over((double)row->bytes * 1e9, bandwidth);
    a->launch_ns = peaks->launch_ns > 0 ? peaks->launch_ns * launches_of(row) : -1;
    a->expected_ns = -1;
    if (a->compute_ns >= 0 && a->memory_ns >= 0)
        a->expected_ns = a->compute_ns > a->memory_ns ? a->compute_ns : a->memory_ns;
    if (a->expected_ns == 0) a->expected_ns = -1;
}

static fm_bound bound_of(const fm_analysis *a) {
    if (a->expected_ns < 0) return FM_BOUND_UNKNOWN;
    if (a->launch_ns > a->expected_ns) return FM_BOUND_LAUNCH;
    return a->memory_ns > a->compute_ns ? FM_BOUND_MEMORY : FM_BOUND_COMPUTE;
}

/* In the order in which one reason hides the next: what waits for launches says nothing about its
   grid, and an idle device nothing about its arithmetic. */
static fm_reason reason_of(const fm_op_row *row, const fm_analysis *a) {
    if (!a->timed || a->expected_ns < 0) return FM_REASON_UNKNOWN;
    if (a->launch_ns > a->expected_ns && a->launch_ns >= FM_LAUNCH_BOUND * (double)row->ns_total)
        return FM_REASON_LAUNCH;
    if (a->occupancy >= 0 && a->occupancy < full) return FM_REASON_OCCUPANCY;
    if (a->hardware_ratio > excess && a->hardware_flops > 0) return FM_REASON_PADDING;
    if (a->memory_ns > a->compute_ns && a->roof_share >= waiting) return FM_REASON_TRAFFIC;
    if (a->hardware_bytes > excess * (double)row->bytes) return FM_REASON_TRAFFIC;
    return FM_REASON_RATE;
}

void fm_analyse(const fm_summary *summary, const fm_op_row *row, fm_analysis *a) {
    memset(a, 0, sizeof *a);
    a->kind = kind_of(summary, row);
    measure(row, a);
    expect(summary, row, a);
    bool known = a->timed && a->expected_ns > 0;
    a->ratio = known ? (double)row->ns_total / a->expected_ns : -1;
    a->roof_share = known ? a->expected_ns / (double)row->ns_total : -1;
    a->peak_share = over(a->rate, fm_peaks_peak(&summary->peaks, a->kind));
    if (row->executed == 0) a->peak_share = -1;
    a->bound = bound_of(a);
    a->reason = reason_of(row, a);
}

const char *fm_bound_name(fm_bound bound) {
    static const char *const names[] = {"n/a", "launch", "memory", "compute"};
    return names[bound];
}

const char *fm_reason_key(fm_reason reason) {
    static const char *const keys[] = {"unknown", "launch-bound", "low-occupancy",
                                       "padding", "memory-bound", "low-rate"};
    return keys[reason];
}

const char *fm_reason_text(fm_reason reason) {
    static const char *const texts[] = {
        "unknown: the device's peaks or the op's times are not known",
        "launch-bound: launching takes most of its time; larger or fewer calls would help",
        "low occupancy: the shapes are too small to fill the device",
        "padding: the hardware did more FLOPs than the method has",
        "memory-bound: it waits for bytes, not for arithmetic",
        "low rate: neither launches, grid, padding nor bytes explain it",
    };
    return texts[reason];
}

static void insert_gap(fm_gap gaps[FM_GAPS], size_t *count, const fm_gap *gap) {
    size_t at = *count;
    while (at > 0 && gaps[at - 1].lost_ns < gap->lost_ns) --at;
    if (at == FM_GAPS) return;
    size_t kept = *count < FM_GAPS ? (*count)++ : FM_GAPS - 1;
    memmove(&gaps[at + 1], &gaps[at], (kept - at) * sizeof *gaps);
    gaps[at] = *gap;
}

size_t fm_find_gaps(const fm_summary *summary, fm_gap gaps[FM_GAPS]) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_OP_DTYPE];
    size_t count = 0;
    for (size_t i = 0; i < rows->count; ++i) {
        fm_gap gap = {.row = &rows->rows[i]};
        fm_analyse(summary, gap.row, &gap.analysis);
        if (gap.analysis.ratio < 0 || gap.analysis.roof_share > near_roof) continue;
        gap.lost_ns = (double)gap.row->ns_total - gap.analysis.expected_ns;
        insert_gap(gaps, &count, &gap);
    }
    return count;
}

double fm_launch_share(const fm_summary *summary, const fm_sweep_row *row) {
    double launch_ns = summary->peaks.launch_ns;
    if (launch_ns <= 0 || row->launches == 0) return -1;
    return over(launch_ns * (double)row->launches, row->seconds * 1e9);
}

const char *fm_size_bound(double launch_share) {
    return launch_share < 0 ? "n/a" : launch_share >= FM_LAUNCH_BOUND ? "launch" : "device";
}

fm_coverage fm_coverage_of(const fm_summary *summary) {
    fm_coverage coverage = {0, 0};
    for (size_t i = 0; i < summary->kernel_count; ++i) {
        const fm_kernel_entry *kernel = &summary->kernels[i];
        uint64_t *side = *kernel->op ? &coverage.covered_ns : &coverage.uncovered_ns;
        if (!fm_kernel_is_copy(kernel)) *side = fm_saturating_add(*side, kernel->counters.ns_total);
    }
    return coverage;
}

bool fm_report_coverage(const fm_summary *summary, double *share) {
    fm_coverage coverage = fm_coverage_of(summary);
    double whole = (double)coverage.covered_ns + (double)coverage.uncovered_ns;
    if (whole <= 0) return false;
    *share = (double)coverage.covered_ns / whole;
    return true;
}

fm_status fm_report_strict(const fm_summary *summary, fm_error *error) {
    fm_coverage coverage = fm_coverage_of(summary);
    if (coverage.uncovered_ns == 0) return FM_OK;
    const fm_kernel_entry *worst = NULL;
    for (size_t i = 0; i < summary->kernel_count && !worst; ++i)
        if (!*summary->kernels[i].op && !fm_kernel_is_copy(&summary->kernels[i]))
            worst = &summary->kernels[i];
    double whole = (double)coverage.covered_ns + (double)coverage.uncovered_ns;
    return fm_fail(error, FM_ERR_NUMERIC,
                   "report: %.3f%% of the device's time has no formula, most of it in %s",
                   100 * (double)coverage.uncovered_ns / whole, worst ? worst->name : "(unknown)");
}

const char *fm_compute_text(const fm_summary *summary, const fm_op_row *row, char *buffer,
                            size_t size) {
    static const char *const modes[] = {"", "", "/tf32", "/bf16", "/fp16"};
    fm_peak_kind kind = kind_of(summary, row);
    bool other =
        row->dtype == FM_FLOAT32 && (kind == FM_PEAK_MATRIX_TF32 || kind == FM_PEAK_MATRIX_HALF);
    if (row->dtype == FM_DTYPE_NONE)
        snprintf(buffer, size, "-");
    else
        snprintf(buffer, size, "%s%s", fm_dtype_name(row->dtype),
                 other ? modes[summary->math_mode] : "");
    return buffer;
}
