/* What a summary holds: its own copies of everything, so that it outlives what it was read from. */
#ifndef FM_REPORT_SUMMARY_H
#define FM_REPORT_SUMMARY_H

#include <flopmeter/report.h>
#include <string.h>

#include "meter/counters.h"
#include "meter/meter.h"
#include "meter/window.h"
#include "report/peaks.h"

/* A copied text, in a chain that is freed with the summary. */
typedef struct fm_summary_text {
    struct fm_summary_text *next;
    char text[];
} fm_summary_text;

/* A row as it is collected: minima are those of the counters, without the public zero. */
typedef struct fm_summary_entry {
    const char *op, *name_space;
    fm_dtype dtype;
    fm_counters counters;
} fm_summary_entry;

typedef struct fm_summary_rows {
    fm_op_row *rows;
    size_t count;
} fm_summary_rows;

enum { FM_GROUPINGS = FM_BY_OP_DTYPE + 1 };

/* What the device was seen to run: one kernel within one op's calls; op "": within none. */
typedef struct fm_kernel_entry {
    const char *name, *op;
    fm_dtype dtype;
    fm_counters counters;
} fm_kernel_entry;

/* Copies compute nothing, so they count for no coverage. */
static inline bool fm_kernel_is_copy(const fm_kernel_entry *kernel) {
    return strcmp(kernel->name, "HtoD") == 0 || strcmp(kernel->name, "DtoH") == 0 ||
           strcmp(kernel->name, "DtoD") == 0 || strcmp(kernel->name, "HtoH") == 0 ||
           strcmp(kernel->name, "PtoP") == 0;
}

/* One size of a profile. */
typedef struct fm_sweep_row {
    const char *profile;
    double multiplier;
    int64_t size; /* of the scaled tensor's first axis */
    uint64_t flops, launches;
    double seconds;
} fm_sweep_row;

/* How the times came about. */
typedef struct fm_summary_tier {
    fm_tier tier;
    const char *source, *reason; /* "" where there is nothing to say */
    uint64_t dropped;
    bool collected; /* the totals below are those of a collector */
    fm_activity_totals activity;
} fm_summary_tier;

struct fm_summary {
    fm_summary_totals totals;
    const char *timing; /* "per op", "per step", "off"; NULL: several contexts */
    bool has_memory;    /* false: not known */
    bool has_times;     /* false: nothing was timed, so backend and overhead are not known */
    uint64_t lost;      /* intervals whose time never came */
    fm_summary_text *texts;
    fm_summary_entry *entries;
    size_t count, capacity;
    fm_summary_rows groups[FM_GROUPINGS];    /* made by fm_summary_finish */
    const char *device_name, *device_detail; /* "" where they are not known */
    fm_math_mode math_mode;
    fm_summary_tier tier;
    fm_peaks peaks;
    fm_kernel_entry *kernels; /* most time first */
    size_t kernel_count, kernel_capacity;
    fm_timeline_point *points; /* of the budget's course */
    size_t point_count;
    fm_timeline_event *events; /* for a trace; names are indices of event_names */
    size_t event_count;
    uint64_t events_dropped, timeline_began;
    const char **event_names;
    size_t event_name_count;
    fm_report_step *steps;
    size_t step_count, step_capacity;
    fm_sweep_row *sweep;
    size_t sweep_count, sweep_capacity;
};

/* An empty summary; NULL when memory ran out. */
fm_summary *fm_summary_new(void);

/* Adds a row under copies of its names. False: memory ran out. */
bool fm_summary_add(fm_summary *summary, const char *op, fm_dtype dtype, const char *name_space,
                    const fm_counters *counters);

/* Adds a kernel's row under copies of its names. False: memory ran out. */
bool fm_summary_add_kernel(fm_summary *summary, const char *name, const char *op, fm_dtype dtype,
                           const fm_counters *counters);

/* Adds one size of a profile, its name copied. False: memory ran out. */
bool fm_summary_add_size(fm_summary *summary, const fm_sweep_row *row);

/* A copy that lives as long as the summary; NULL when memory ran out. */
const char *fm_summary_keep(fm_summary *summary, const char *text);

/* The array with room for one more of that size, doubled where it was full; NULL: memory ran out
   and the array stays. */
void *fm_summary_grow(void *array, size_t count, size_t *capacity, size_t size);

/* Device, tier, peaks, kernels and timeline of a meter (report/device.c). */
fm_status fm_summary_fill_device(fm_summary *summary, const fm_meter *meter);
/* The kernels with the most time first. */
void fm_summary_sort_kernels(fm_summary *summary);

/* Sums the rows' calls up, splits the wall time and makes the groups. */
fm_status fm_summary_finish(fm_summary *summary, fm_times times);

/* Merges the entries by every grouping, most FLOPs first. What a grouping leaves out is "" or
   FM_DTYPE_NONE in its rows. */
fm_status fm_summary_make_groups(fm_summary *summary);

/* FLOPs a nanosecond, which is GFLOP/s. False: some call was not timed, or the time is 0. */
bool fm_op_row_rate(const fm_op_row *row, double *rate);

#endif
