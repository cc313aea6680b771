/* Running a made call on a context, and judging what came of it. */
#ifndef FM_TESTS_SWEEP_RUN_H
#define FM_TESTS_SWEEP_RUN_H

#include "call.h"

typedef enum sw_manner {
    SW_BY_NAME, /* fm_call into new tensors */
    SW_INTO,    /* fm_call into guarded memory under the variant's layout */
    SW_TYPED    /* the typed function, into new tensors */
} sw_manner;

typedef struct sw_run {
    fm_status status;
    char message[464];
    uint64_t charged;         /* what the budget's used grew by */
    sw_array got[SW_RESULTS]; /* of the call's results, where status is FM_OK */
    char fault[256];          /* what must never be: changed inputs, guards; "": nothing */
} sw_run;

/* The call's tensors on one context, for callers that make the call themselves. */
typedef struct sw_bound {
    sw_block block;       /* inputs, then outputs that are written into */
    int into[SW_RESULTS]; /* the part that a result is written into; -1: a new tensor */
    const fm_tensor *list[SW_INPUTS];
    fm_argument argument[FM_MAX_PARAMS];
    fm_tensor *out[FM_MAX_OUT]; /* the slots */
} sw_bound;

/* FM_OK, or why the tensors could not be made. sw_bound_release in any case. */
fm_status sw_bind(fm_context *ctx, const sw_call *call, bool into, sw_bound *bound);
void sw_bound_release(sw_bound *bound);

/* Downloads what a call that ended with run->status wrote; run->fault says what must never be. */
void sw_take_results(fm_context *ctx, const sw_call *call, sw_bound *bound, sw_run *run);

/* False: the row has no typed function (sw_run untouched). */
bool sw_run_call(fm_context *ctx, const sw_call *call, sw_manner manner, sw_run *run);
void sw_run_free(sw_run *run);

/* The typed function of the call's row with these arguments; false: there is none. */
bool sw_typed(fm_context *ctx, const sw_call *call, const fm_value *values, fm_tensor **out,
              fm_status *status);

/* Compares with the oracle; true, or false with a text. */
bool sw_check_want(const sw_result *result, const sw_array *got, char *text, size_t size);
/* Compares two runs of one call, within ulp units in the last place. */
bool sw_check_same(const sw_result *result, const sw_array *a, const sw_array *b, double ulp,
                   char *text, size_t size);

#endif
