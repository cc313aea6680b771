/* What a summary holds: its own copies of everything, so that it outlives what it was read from. */
#ifndef FM_REPORT_SUMMARY_H
#define FM_REPORT_SUMMARY_H

#include <flopmeter/summary.h>

#include "meter/counters.h"
#include "meter/window.h"

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

struct fm_summary {
    fm_summary_totals totals;
    const char *timing; /* "per op", "per step", "off"; NULL: several contexts */
    bool has_memory;    /* false: not known */
    bool has_times;     /* false: nothing was timed, so backend and overhead are not known */
    uint64_t lost;      /* intervals whose time never came */
    fm_summary_text *texts;
    fm_summary_entry *entries;
    size_t count, capacity;
    fm_summary_rows groups[FM_GROUPINGS]; /* made by fm_summary_finish */
};

/* An empty summary; NULL when memory ran out. */
fm_summary *fm_summary_new(void);

/* Adds a row under copies of its names. False: memory ran out. */
bool fm_summary_add(fm_summary *summary, const char *op, fm_dtype dtype, const char *name_space,
                    const fm_counters *counters);

/* Sums the rows' calls up, splits the wall time and makes the groups. */
fm_status fm_summary_finish(fm_summary *summary, fm_times times);

/* Merges the entries by every grouping, most FLOPs first. What a grouping leaves out is "" or
   FM_DTYPE_NONE in its rows. */
fm_status fm_summary_make_groups(fm_summary *summary);

/* FLOPs a nanosecond, which is GFLOP/s. False: some call was not timed, or the time is 0. */
bool fm_op_row_rate(const fm_op_row *row, double *rate);

#endif
