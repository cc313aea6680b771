/* What a context is made of. */
#ifndef FM_CALL_CONTEXT_H
#define FM_CALL_CONTEXT_H

#include "call/plan.h"
#include "core/memory.h"
#include "cost/model.h"
#include "meter/hooks.h"

#include <flopmeter/flopmeter.h>

typedef struct fm_named_tensor {
    char *name;
    fm_tensor *tensor;
} fm_named_tensor;

/* Device times are taken after so many timed calls, so that few are outstanding. */
enum { FM_SETTLE_EVERY = 256 };

struct fm_context {
    fm_error error;
    const fm_backend_api *api; /* of memory, kept here for the corridor */
    fm_dev *dev;
    void *stream;
    fm_memory *memory;
    const fm_cost_model *model;
    fm_weights *weights; /* NULL: the packaged ones */
    fm_math_mode math_mode;
    uint64_t seed, offset; /* position in the random stream, in 32-bit words */
    uint64_t spawned;      /* children of the stream */
    fm_storage *origin;    /* where captured samplers find that position; NULL until one ran */
    fm_storage *workspace; /* scratch memory of the kernels; NULL until one asks for some */
    fm_plan_table plans;
    uint64_t generation; /* advanced when the model, the multiplier or the math mode changes */
    double multiplier;   /* of the budget, as the plans have it */
    fm_meter meter;
    bool in_step;
    struct fm_graph *graphs;  /* captured in this context and not released */
    struct fm_graph *capture; /* the one that is being captured; NULL: none */
    uint32_t unsettled;       /* calls since the device's times were last asked for */
    uint64_t step_ticket;     /* of the open step; 0: it is not timed */
    const char *calling;      /* the operation whose program runs; NULL: none does */
    bool uncounted;           /* the corridor moves elements for the host: no charge, no row */
    fm_log_function log;
    void *log_user;
    char *name;
    fm_named_tensor *names;
    size_t nnames;
};

/* Tells the context's log function, where there is one. */
void fm_context_log(const fm_context *ctx, fm_severity severity, const char *format, ...)
    FM_PRINTF(3, 4);

/* After a timed call, step or replay: takes the times that have arrived, once in FM_SETTLE_EVERY.
 */
static inline fm_status fm_context_settle_some(fm_context *ctx) {
    if (++ctx->unsettled < FM_SETTLE_EVERY) return FM_OK;
    ctx->unsettled = 0;
    return fm_context_settle(ctx, false);
}

/* fm_tensor_assign without its checks: tensor takes over storage and layout of source. */
void fm_tensor_take(fm_tensor *tensor, const fm_tensor *source);

#endif
