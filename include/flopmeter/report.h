/* Reports: one run's analytical FLOPs against what its device did, in many forms; runs read back
   and compared; peaks to hold rates against. */
#ifndef FLOPMETER_REPORT_H
#define FLOPMETER_REPORT_H

#include <flopmeter/profile.h>
#include <flopmeter/summary.h>

FM_BEGIN_DECLS

typedef enum fm_report_format {
    FM_REPORT_TEXT = 0,   /* every table, 80 columns and more */
    FM_REPORT_NAMESPACES, /* the same by namespace */
    FM_REPORT_JSON,       /* docs/report-schema.md */
    FM_REPORT_CSV,        /* a line a row of (op, dtype, namespace) */
    FM_REPORT_LINES,      /* JSON lines: one flat object a step */
    FM_REPORT_PROMETHEUS, /* the text exposition format */
    FM_REPORT_TRACE,      /* Chrome's trace events, for Perfetto */
    FM_REPORT_HTML,       /* one page that needs nothing else */
    FM_REPORT_FORMATS
} fm_report_format;

/* Start from FM_REPORT_OPTIONS_INIT. */
typedef struct fm_report_options {
    size_t size; /* sizeof(fm_report_options) */
    bool color;  /* text for a terminal */
    bool macs;   /* a column of multiply-accumulates */
    bool brief;  /* JSON without a trace's slices */
} fm_report_options;

#define FM_REPORT_OPTIONS_INIT                                                                     \
    { sizeof(fm_report_options), false, false, false }

/* The format that a file's name ends in: .txt, .json, .csv, .jsonl, .prom, .trace.json, .html.
   False: none of them. */
FM_API bool fm_report_format_of(const char *path, fm_report_format *format);

/* Renders as text that ends in a newline; *text is freed with fm_free. options may be NULL. */
FM_API FM_MUST_CHECK fm_status fm_report_render(const fm_summary *summary, fm_report_format format,
                                                const fm_report_options *options, char **text);

/* A run from a file of FM_REPORT_JSON. error may be NULL. Counts past 2^53 are read rounded. */
FM_API FM_MUST_CHECK fm_status fm_report_load(const char *path, fm_summary **out, fm_error *error);

/* Keeps, from now until the context closes, the budget's course in at most 1,024 points and the
   first `events` operations and kernels as slices for a trace. FM_ERR_MEMORY. */
FM_API FM_MUST_CHECK fm_status fm_report_timeline(fm_context *ctx, size_t events);

/* Puts a profile's rows into the summary, for the figure of rates over sizes. */
FM_API FM_MUST_CHECK fm_status fm_report_add_profile(fm_summary *summary,
                                                     const fm_profile *profile);

/* One step of the caller's, for FM_REPORT_LINES. Unknown numbers are NaN. */
typedef struct fm_report_step {
    size_t size; /* sizeof(fm_report_step) */
    uint64_t step;
    uint64_t flops, used; /* of the step; of the budget after it */
    double seconds;
    double loss, accuracy;
} fm_report_step;
FM_API FM_MUST_CHECK fm_status fm_report_add_step(fm_summary *summary, const fm_report_step *step);

/* The share of the device's kernel time that belongs to operations with a formula, 0 to 1. False:
   nothing was timed. */
FM_API bool fm_report_coverage(const fm_summary *summary, double *share);

/* Strict mode: FM_ERR_NUMERIC, with the uncovered share and its first kernel in error, unless the
   coverage is whole. */
FM_API FM_MUST_CHECK fm_status fm_report_strict(const fm_summary *summary, fm_error *error);

/* Two runs, op by op: calls, FLOPs, time and rate of each, and the change. *regressions counts the
   ops, and the whole run, whose time a call grew by more than fail_over percent. */
FM_API FM_MUST_CHECK fm_status fm_report_compare(const fm_summary *before, const fm_summary *after,
                                                 double fail_over, const fm_report_options *options,
                                                 char **text, int *regressions);

/* What a device was measured to reach; 0: not measured. FLOP/s of large matrix products, bytes a
   second of a triad, nanoseconds of the shortest call. */
typedef struct fm_calibration {
    size_t size; /* sizeof(fm_calibration) */
    char device[128];
    double float32, float64, float16, bfloat16, tf32;
    double triad;
    double launch_ns;
    char date[24]; /* "2026-11-29"; "" */
} fm_calibration;

/* Holds the summary's rates against what was measured just now instead; where says where. */
FM_API FM_MUST_CHECK fm_status fm_report_set_measured(fm_summary *summary,
                                                      const fm_calibration *calibration,
                                                      const char *where);

/* How the context's calls are timed now, and why it is not as was asked for ("" where it is). */
FM_API fm_timing fm_report_timing(const fm_context *ctx, const char **reason);

/* The cache: $XDG_CACHE_HOME/flopmeter (else ~/.cache/flopmeter)/calibration-NAME.json of the
   device's name. FM_ERR_NOT_FOUND: none; FM_ERR_FORMAT; FM_ERR_IO. path takes the file's name, or
   what it would be, and may be NULL. */
FM_API FM_MUST_CHECK fm_status fm_calibration_load(fm_device device, fm_calibration *out,
                                                   char *path, size_t path_size, fm_error *error);
FM_API FM_MUST_CHECK fm_status fm_calibration_save(fm_device device,
                                                   const fm_calibration *calibration, char *path,
                                                   size_t path_size, fm_error *error);

FM_END_DECLS
#endif
