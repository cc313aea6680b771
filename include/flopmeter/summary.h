/* Summaries: analytical FLOPs beside measured time, read from the ledger. */
#ifndef FLOPMETER_SUMMARY_H
#define FLOPMETER_SUMMARY_H

#include <flopmeter/budget.h>

FM_BEGIN_DECLS

/* One row of the ledger: all calls of one op with one dtype in one namespace. Times in
   nanoseconds; a row whose time was never measured has timed == 0. */
typedef struct fm_op_row {
    const char *op;
    const char *name_space;
    fm_dtype dtype;
    uint64_t calls;
    uint64_t flops;
    uint64_t macs;  /* multiply-accumulates within flops */
    uint64_t bytes; /* least bytes read and written */
    uint64_t timed; /* calls with a measured time */
    uint64_t ns_total, ns_min, ns_max;
    uint64_t executed; /* FLOPs of the method itself: textbook, unweighted, without multipliers */
    uint64_t launches; /* kernels, copies and memory sets that the device recorded of these calls */
    uint64_t blocks, slots; /* of the kernels with known occupancy: their blocks, and how many the
                               device holds at a time */
    uint64_t counted_flops, counted_bytes; /* calls with hardware counters of FLOPs, of bytes */
    uint64_t overflowed;                   /* calls of which a hardware counter overflowed */
    uint64_t vector_flops, tensor_flops, bytes_read, bytes_written; /* as the hardware counted */
    uint64_t cycles, instructions;
    uint64_t captured, captured_flops; /* calls put into a graph, which ran nothing; not in calls */
    uint64_t replayed, replayed_flops; /* those of calls and flops that a graph's replay ran */
} fm_op_row;

/* Where the time went, in nanoseconds: wall = backend + overhead + residual. backend: inside
   kernels (host time of a synchronous device, device time else); overhead: the rest of the time
   inside flopmeter's calls; residual: the caller's own. */
typedef struct fm_summary_totals {
    const char *name; /* of the budget or context; may be NULL */
    const char *cost_model;
    char device[32];
    uint64_t limit, used, remaining;
    uint64_t calls, refused;
    uint64_t wall_ns, backend_ns, overhead_ns, residual_ns;
    uint64_t untimed_calls; /* calls without a measured time */
    fm_memory_stats device_memory, host_memory;
    uint64_t captured, captured_flops, replayed, replayed_flops; /* sums over the rows */
} fm_summary_totals;

typedef struct fm_summary fm_summary;

/* A snapshot of one context's ledger under its present budget. Waits for outstanding times. The
   caller owns it. */
FM_API FM_MUST_CHECK fm_status fm_summary_of_context(fm_context *ctx, fm_summary **out);

/* A snapshot accumulated over all contexts and closed budgets of the process; what the default
   budget counted is hidden when an explicit one existed. error may be NULL. */
FM_API FM_MUST_CHECK fm_status fm_summary_of_process(fm_summary **out, fm_error *error);

FM_API void fm_summary_release(fm_summary *summary);

FM_API const fm_summary_totals *fm_summary_totals_of(const fm_summary *summary);

/* Rows by (op, dtype, namespace), most FLOPs first. */
FM_API size_t fm_summary_row_count(const fm_summary *summary);
FM_API const fm_op_row *fm_summary_row(const fm_summary *summary, size_t index);

/* Rows merged by op alone, by namespace alone, ... Most FLOPs first; what a grouping leaves out is
   "" or FM_DTYPE_NONE in its rows. *rows is freed with the summary. FM_ERR_ARGUMENT: no such
   grouping. */
typedef enum fm_group_by { FM_BY_ALL = 0, FM_BY_OP, FM_BY_NAMESPACE, FM_BY_OP_DTYPE } fm_group_by;
FM_API FM_MUST_CHECK fm_status fm_summary_group(fm_summary *summary, fm_group_by by,
                                                const fm_op_row **rows, size_t *count);

typedef enum fm_summary_format {
    FM_SUMMARY_TEXT = 0,   /* table by op, budget lines, four time lines, memory */
    FM_SUMMARY_NAMESPACES, /* text by namespace */
    FM_SUMMARY_JSON
} fm_summary_format;

/* Renders as text that ends in a newline; *text is freed with fm_free. */
FM_API FM_MUST_CHECK fm_status fm_summary_render(const fm_summary *summary,
                                                 fm_summary_format format, char **text);
FM_API void fm_free(void *block);

/* One entry of the op log (budgets opened with log_ops). */
typedef struct fm_op_log_entry {
    const char *op;
    const char *name_space;
    fm_dtype dtype;
    uint64_t flops;
    uint64_t start_ns; /* since the budget opened */
    uint64_t nanoseconds;
} fm_op_log_entry;

FM_API size_t fm_op_log_count(const fm_context *ctx);
FM_API const fm_op_log_entry *fm_op_log_get(const fm_context *ctx, size_t index);

/* Empties the context's ledger; the budget's used stays. */
FM_API void fm_context_reset_ledger(fm_context *ctx);
/* Empties the process's record. */
FM_API void fm_process_reset(void);

FM_END_DECLS
#endif
