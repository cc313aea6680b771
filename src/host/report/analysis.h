/* What follows from a row: rates, roofline, bound, and why it took longer than it should. */
#ifndef FM_REPORT_ANALYSIS_H
#define FM_REPORT_ANALYSIS_H

#include "report/summary.h"

typedef enum fm_bound {
    FM_BOUND_UNKNOWN = 0,
    FM_BOUND_LAUNCH,
    FM_BOUND_MEMORY,
    FM_BOUND_COMPUTE
} fm_bound;

typedef enum fm_reason {
    FM_REASON_UNKNOWN = 0,
    FM_REASON_LAUNCH,    /* launches alone take most of the time */
    FM_REASON_OCCUPANCY, /* the grids do not fill the device */
    FM_REASON_PADDING,   /* the hardware did more FLOPs than the method has */
    FM_REASON_TRAFFIC, /* it moved more bytes than the least, or moving them is what it waits for */
    FM_REASON_RATE     /* the arithmetic itself runs below its peak */
} fm_reason;

/* Numbers that are not known are negative. */
typedef struct fm_analysis {
    bool timed; /* every call has a time */
    fm_peak_kind kind;
    double rate;                             /* executed FLOPs a second */
    double bandwidth;                        /* least bytes a second */
    double intensity;                        /* executed FLOPs a byte */
    double compute_ns, memory_ns, launch_ns; /* what each limit alone would take for all calls */
    double expected_ns;                      /* by the roofline: the larger of compute and memory */
    double ratio;                            /* measured over expected */
    double roof_share;                       /* expected over measured, 0 to 1 */
    double peak_share;                       /* rate over the peak, 0 to 1 */
    double hardware_flops, hardware_ratio;   /* counted; over executed */
    double hardware_bytes;
    double occupancy; /* blocks over what the device holds at a time; more than 1 fills it */
    fm_bound bound;
    fm_reason reason;
} fm_analysis;

void fm_analyse(const fm_summary *summary, const fm_op_row *row, fm_analysis *out);

const char *fm_bound_name(fm_bound bound); /* "launch", "memory", "compute", "n/a" */
const char *fm_reason_text(fm_reason reason);
const char *fm_reason_key(fm_reason reason);

/* The rows (by op and dtype) that lost the most time against the roofline, most first; returns how
   many, at most `most`. */
enum { FM_GAPS = 5 };
typedef struct fm_gap {
    const fm_op_row *row;
    fm_analysis analysis;
    double lost_ns;
} fm_gap;
size_t fm_find_gaps(const fm_summary *summary, fm_gap gaps[FM_GAPS]);

/* The share of a size's time that its launches take at their least; negative: not known. From
   FM_LAUNCH_BOUND on it is launch-bound. */
#define FM_LAUNCH_BOUND 0.5
double fm_launch_share(const fm_summary *summary, const fm_sweep_row *row);
const char *fm_size_bound(double launch_share); /* "launch", "device", "n/a" */

/* Device time that belongs to operations, and that does not. */
typedef struct fm_coverage {
    uint64_t covered_ns, uncovered_ns;
} fm_coverage;
fm_coverage fm_coverage_of(const fm_summary *summary);

/* "float32", "float32/tf32": the dtype and, where it is another, what its products compute in. */
const char *fm_compute_text(const fm_summary *summary, const fm_op_row *row, char *buffer,
                            size_t size);

#endif
