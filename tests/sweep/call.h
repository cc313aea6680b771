/* Calls of the op rows, made from the rows: arguments on the host, and what the results must be. */
#ifndef FM_TESTS_SWEEP_CALL_H
#define FM_TESTS_SWEEP_CALL_H

#include "ops/ids.h"
#include "ops/row.h"
#include "place.h"

enum { SW_INPUTS = 4, SW_RESULTS = 3, SW_INTS = 8 };

/* A shape and a layout in which every row is tried. */
typedef struct sw_variant {
    const char *name;
    int ndim;
    int64_t shape[3];
    sw_layout layout;
} sw_variant;

typedef enum sw_variant_id {
    SW_0D,
    SW_EMPTY,
    SW_ONE,
    SW_ODD,
    SW_BROADCAST, /* operands of unequal shapes, where the row broadcasts */
    SW_VIEW,
    SW_STEPS_BACK,
    SW_OFFSET_VIEW,
    SW_LARGE, /* past what one thread or one block does alone; one dtype a row */
    SW_VARIANTS
} sw_variant_id;

extern const sw_variant sw_variants[SW_VARIANTS];

typedef struct sw_result {
    sw_array like;   /* dtype and shape */
    int input;       /* the input it is written into; -1: an output of its own */
    int out;         /* its number among the row's outputs */
    sw_value *want;  /* unrounded; NULL: only the backends can be compared */
    long double *in; /* the magnitude in whose units in the last place errors count; 0: of the want
                        itself, infinite: nothing is known of this element. NULL: all 0 */
    double ulp;      /* allowed; 0: exact */
} sw_result;

typedef struct sw_call {
    char name[96]; /* op.sqrt.float32.view.0 */
    const fm_row *row;
    fm_dtype dtype;
    sw_variant_id variant;
    int option;
    int ninputs;
    sw_array input[SW_INPUTS];
    int nargs; /* positional; tensors are input numbers in as.i until the call */
    fm_value arg[FM_MAX_PARAMS];
    int64_t ints[FM_MAX_PARAMS][SW_INTS];
    int nresults;
    sw_result result[SW_RESULTS];
    int nslots;        /* outputs asked for */
    fm_status refusal; /* what the call must answer; FM_OK: it runs */
} sw_call;

/* How many ways of calling the row there are beside dtype and variant: axes, flags, targets. */
int sw_options(const fm_row *row);

/* Fills *call; false where the variant has no sense for the row and option. sw_call_free in any
   case. */
bool sw_call_make(const fm_row *row, fm_dtype dtype, sw_variant_id variant, int option,
                  sw_call *call);
void sw_call_free(sw_call *call);

/* Calls visit for every call of every row whose name begins with one of the filters (none: all).
   sample: one dtype a row. The call is freed after the visit. */
typedef void (*sw_visit)(void *user, const sw_call *call);
void sw_each_call(char *const *filters, int nfilters, bool sample, sw_visit visit, void *user);

/* Whether FLOPMETER_TEST_SAMPLE asks for a sample. */
bool sw_sampled(void);

/* The makers, one a family; each adds inputs, arguments and results. */
bool sw_make_view(sw_call *call);
bool sw_make_unary(sw_call *call);
bool sw_make_binary(sw_call *call);
bool sw_make_ternary(sw_call *call);
bool sw_make_cast(sw_call *call);
bool sw_make_fill(sw_call *call);
bool sw_make_reduce(sw_call *call);
bool sw_make_contract(sw_call *call);
bool sw_make_concat(sw_call *call);
bool sw_make_random(sw_call *call);
bool sw_make_nn(sw_call *call);

/* What the makers are made of. */
sw_array *sw_add_input(sw_call *call, fm_dtype dtype, int ndim, const int64_t *shape,
                       sw_content content);
/* The next argument is input n, a list of inputs, or a value. */
void sw_pass_input(sw_call *call, int n);
void sw_pass_inputs(sw_call *call, int first, int count);
void sw_pass_none(sw_call *call);
void sw_pass_int(sw_call *call, int64_t i);
void sw_pass_bool(sw_call *call, bool b);
void sw_pass_float(sw_call *call, double f);
void sw_pass_dtype(sw_call *call, fm_dtype dtype);
void sw_pass_string(sw_call *call, const char *text);
void sw_pass_ints(sw_call *call, int count, const int64_t *ints);

/* The result that is output `out`, of the row's ulp, with its want zeroed. */
sw_result *sw_add_result(sw_call *call, int out, fm_dtype dtype, int ndim, const int64_t *shape);
/* The result that is written into an input in place. */
sw_result *sw_add_in_place(sw_call *call, int out, int input);
/* The oracle has no opinion on element i, or counts its error in units of a magnitude. */
void sw_result_unknown(sw_result *r, int64_t i);
void sw_result_scale(sw_result *r, int64_t i, long double magnitude);

/* The broadcast of shapes a and b of ndims na and nb, which fit; and the element of an operand that
   is met at those coordinates of the broadcast. */
int sw_broadcast(int na, const int64_t *a, int nb, const int64_t *b, int64_t *shape);
int64_t sw_broadcast_element(const sw_array *operand, int ndim, const int64_t *at);

#endif
