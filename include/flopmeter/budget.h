/* Budgets: limits on FLOPs and wall time, checked before an operation runs. */
#ifndef FLOPMETER_BUDGET_H
#define FLOPMETER_BUDGET_H

#include <flopmeter/context.h>

FM_BEGIN_DECLS

typedef struct fm_budget fm_budget;

/* What happens to an operation that would exceed a limit. */
typedef enum fm_budget_mode {
    FM_BUDGET_ENFORCE =
        0,            /* refused: FM_ERR_BUDGET or FM_ERR_TIME, nothing charged, nothing runs */
    FM_BUDGET_WARN,   /* it runs and is charged; the context's log function is told */
    FM_BUDGET_OBSERVE /* it runs and is charged */
} fm_budget_mode;

/* A soft limit that was reached: by the charge that is being made, whose work is not launched yet.
 */
typedef struct fm_soft_event {
    const char *scope;    /* the namespace whose limit it is; NULL: the budget's */
    uint64_t limit, used; /* the soft limit, and what is used with this charge */
    uint64_t hard;        /* the hard limit; 0: none */
} fm_soft_event;

/* Runs on the charging thread, within the charge: it may read budgets, and must not charge, open or
   close anything. Called once a limit, by the first charge with which used reaches it. */
typedef void (*fm_soft_function)(void *user, const fm_soft_event *event);

typedef struct fm_budget_options {
    size_t size;       /* sizeof(fm_budget_options) */
    const char *name;  /* shown in summaries; NULL: none */
    uint64_t flops;    /* the limit; must be positive */
    double seconds;    /* wall-time limit from opening on; 0: none; negative or NaN: an error */
    double multiplier; /* each charge is multiplied by it; 0: 1 */
    fm_budget_mode mode;
    bool log_ops;        /* keep every operation in the op log */
    uint64_t soft_flops; /* soft limit: on_soft is told, and nothing is refused; 0: none */
    fm_soft_function on_soft;
    void *soft_user;
} fm_budget_options;

#define FM_BUDGET_OPTIONS_INIT                                                                     \
    { sizeof(fm_budget_options), NULL, 0, 0.0, 0.0, FM_BUDGET_ENFORCE, false, 0, NULL, NULL }

/* Opens an explicit budget and makes it the context's until fm_budget_close. In place of the
   process's default budget (1e15, or FLOPMETER_DEFAULT_BUDGET) it counts alone; inside another
   explicit one it is FM_ERR_STATE. The caller owns one reference in *out. */
FM_API FM_MUST_CHECK fm_status fm_budget_open(fm_context *ctx, const fm_budget_options *options,
                                              fm_budget **out);

/* Makes another context charge the same budget, from any thread. FM_ERR_STATE as above. */
FM_API FM_MUST_CHECK fm_status fm_budget_attach(fm_context *ctx, fm_budget *budget);

/* Ends the context's explicit budget: its ledger folds into the process's record and the default
   budget counts again. FM_ERR_STATE if the context has none, or namespaces are still open. */
FM_API FM_MUST_CHECK fm_status fm_budget_close(fm_context *ctx);

/* Gives the caller's reference up; NULL is allowed. */
FM_API void fm_budget_release(fm_budget *budget);

/* The context's budget as it stands: the explicit one, else the process's default. Never NULL; not
   a new reference. */
FM_API fm_budget *fm_context_budget(const fm_context *ctx);

FM_API uint64_t fm_budget_limit(const fm_budget *budget);
FM_API uint64_t fm_budget_used(const fm_budget *budget);
/* Limit less used; 0 when a warning or observing budget is past its limit. */
FM_API uint64_t fm_budget_remaining(const fm_budget *budget);
FM_API double fm_budget_elapsed(const fm_budget *budget); /* seconds since it opened */
FM_API bool fm_budget_is_default(const fm_budget *budget);

/* A charge that is open: it was reserved, and its work is being launched. 0: none. */
typedef uint64_t fm_charge_id;

/* Charges flops for work of the caller's own under the name op, as an operation would be charged
   and before the work is launched: times the budget's multiplier, refused past the limit with
   nothing charged. *id names the charge until it is settled; id NULL: it is settled at once.
   FM_ERR_STATE: 65,536 charges are open. No allocation once so many were open at once before. */
FM_API FM_MUST_CHECK fm_status fm_charge(fm_context *ctx, const char *op, uint64_t flops,
                                         fm_charge_id *id);

/* What became of the work. */
typedef enum fm_outcome {
    FM_RAN = 0, /* it was launched: the charge is recorded as a call */
    FM_NOT_RUN  /* it was not: the charge is given back */
} fm_outcome;

/* Settles a charge, once. FM_ERR_STATE: no such charge is open in this context. Charges that are
   still open are told of when the budget or the context closes. */
FM_API FM_MUST_CHECK fm_status fm_settle(fm_context *ctx, fm_charge_id id, fm_outcome outcome);

/* Settles a charge of which only flops were spent, counted as fm_charge takes them; the rest is
   given back. FM_ERR_ARGUMENT, the charge stays open: that is more than was charged. */
FM_API FM_MUST_CHECK fm_status fm_settle_part(fm_context *ctx, fm_charge_id id, uint64_t flops);

/* Settles every open charge of the context, and tells how many there are. */
FM_API FM_MUST_CHECK fm_status fm_settle_all(fm_context *ctx, fm_outcome outcome);
FM_API size_t fm_open_charges(const fm_context *ctx);

/* Settles a charge whose work could not be launched: it is given back, the context's error is
   FM_ERR_DEVICE with the vendor's code and "call: code", and that is returned. */
FM_API fm_status fm_settle_failed(fm_context *ctx, fm_charge_id id, const char *call, int code);

/* The same for a unit cost, as flopscope's budget.deduct: what the context's cost model charges an
   operation of that name, times its weight too; a name without a weight weighs 1. */
FM_API FM_MUST_CHECK fm_status fm_charge_as(fm_context *ctx, const char *op, uint64_t unit_flops);

/* Namespaces are nested scopes, joined by '.': inside "train" and then "forward" operations count
   for "train.forward". A FLOP limit (0: none) makes the scope a sub-budget: what exceeds it is
   refused although the budget still has room. FM_ERR_ARGUMENT: empty name or one with '.'. */
FM_API FM_MUST_CHECK fm_status fm_namespace_push(fm_context *ctx, const char *name, uint64_t flops);
FM_API FM_MUST_CHECK fm_status fm_namespace_pop(fm_context *ctx);
FM_API const char *fm_namespace_current(const fm_context *ctx); /* "" outside */

/* Called after each operation is recorded; NULL function: none. */
typedef struct fm_op_event {
    const char *op;
    const char *name_space;
    fm_dtype dtype;
    uint64_t flops;
    uint64_t used;        /* of the budget, after the charge */
    uint64_t nanoseconds; /* measured; 0 when unknown yet */
} fm_op_event;

typedef void (*fm_op_callback)(void *user, const fm_op_event *event);
FM_API void fm_context_on_op(fm_context *ctx, fm_op_callback function, void *user);

FM_END_DECLS
#endif
