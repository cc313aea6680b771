/* Budgets in a training loop: readings and their differences, scopes with limits, and a loop of
   runs, epochs and steps that tells what is left and how well the device is used. */
#ifndef FLOPMETER_LOOP_H
#define FLOPMETER_LOOP_H

#include <flopmeter/budget.h>

FM_BEGIN_DECLS

/* What a context has counted under its present budget, since its ledger was last emptied. */
typedef struct fm_snapshot {
    uint64_t flops, macs, bytes;
    uint64_t calls, refused;
    uint64_t captured_flops, replayed_flops;
    uint64_t backend_ns; /* in kernels, as far as the times have arrived */
    double seconds;      /* of a monotonic clock */
} fm_snapshot;

/* Waits for nothing and allocates nothing. */
FM_API void fm_snapshot_take(fm_context *ctx, fm_snapshot *out);

/* What was counted between the two; 0 where the ledger was emptied meanwhile. */
FM_API fm_snapshot fm_snapshot_since(const fm_snapshot *now, const fm_snapshot *then);

/* Model FLOPs utilisation: FLOPs a second over peak (FLOP/s), by wall time; NaN where peak or the
   time is not above 0. */
FM_API double fm_snapshot_utilization(const fm_snapshot *difference, double peak);

/* Limits of a namespace. */
typedef struct fm_scope_limits {
    size_t size;         /* sizeof(fm_scope_limits) */
    uint64_t flops;      /* hard: what exceeds it is refused; 0: none */
    uint64_t soft_flops; /* on_soft is told; 0: none */
    fm_soft_function on_soft;
    void *user;
} fm_scope_limits;

/* fm_namespace_push with a soft limit too; limits may be NULL. Closed by fm_namespace_pop. On CUDA
   every namespace is an NVTX range of its last name. */
FM_API FM_MUST_CHECK fm_status fm_scope_push(fm_context *ctx, const char *name,
                                             const fm_scope_limits *limits);

typedef struct fm_loop fm_loop;

typedef struct fm_loop_options {
    size_t size;                                 /* sizeof(fm_loop_options) */
    const char *name;                            /* of the run's namespace; NULL: "run" */
    uint64_t run_flops, epoch_flops, step_flops; /* hard limits of each; 0: none */
    double soft; /* fraction of each hard limit at which on_soft is told; 0: none */
    fm_soft_function on_soft;
    void *user;
    double peak; /* FLOP/s of the device at full use, for the utilisation; 0: unknown */
} fm_loop_options;

#define FM_LOOP_OPTIONS_INIT                                                                       \
    { sizeof(fm_loop_options), NULL, 0, 0, 0, 0.0, NULL, NULL, 0.0 }

/* Where a loop stands. Differences since the latest step, epoch and the run began. */
typedef struct fm_loop_report {
    uint64_t steps, epochs; /* ended */
    fm_snapshot step, epoch, run;
    uint64_t remaining;  /* FLOPs, the least of what budget, run and epoch have left */
    uint64_t steps_left; /* steps that fit into it, each as the latest that cost anything;
                            UINT64_MAX: none did yet */
    double utilization;  /* of the latest step; NaN: unknown */
    double run_utilization;
} fm_loop_report;

/* Opens the namespace of a run; epochs and steps are namespaces "epoch" and "step" inside, so that
   rows stand under "run.epoch.step" and a limit refuses what exceeds it. options may be NULL.
   FM_ERR_ARGUMENT: a soft fraction outside 0 to 1, a peak that is negative or no number. */
FM_API FM_MUST_CHECK fm_status fm_loop_open(fm_context *ctx, const fm_loop_options *options,
                                            fm_loop **out);

/* Epochs may be left out. A step begins and ends a step of the context's timing too (context.h).
   FM_ERR_STATE: out of order, or a namespace of the caller's is still open inside. report may be
   NULL. A step in which something was refused is ended like any other. */
FM_API FM_MUST_CHECK fm_status fm_loop_epoch_begin(fm_loop *loop);
FM_API FM_MUST_CHECK fm_status fm_loop_epoch_end(fm_loop *loop, fm_loop_report *report);
FM_API FM_MUST_CHECK fm_status fm_loop_step_begin(fm_loop *loop);
FM_API FM_MUST_CHECK fm_status fm_loop_step_end(fm_loop *loop, fm_loop_report *report);

/* The report now, in the middle of a step too. */
FM_API void fm_loop_read(const fm_loop *loop, fm_loop_report *report);

/* Closes what is open of it. Before the context; NULL is allowed. */
FM_API void fm_loop_close(fm_loop *loop);

FM_END_DECLS
#endif
