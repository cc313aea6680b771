/* Calls by name: any operation, by its NumPy name, with positional and keyword arguments; and the
   same call as a question for its cost, which runs nothing. */
#ifndef FLOPMETER_CALL_H
#define FLOPMETER_CALL_H

#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

/* What an argument is. A number where an operation takes a tensor is a weak scalar, as a Python
   number is to NumPy. */
typedef enum fm_value_kind {
    FM_VALUE_UNSET = 0, /* not given: the operation's default applies */
    FM_VALUE_NONE,      /* Python's None, given */
    FM_VALUE_TENSOR,
    FM_VALUE_TENSORS,
    FM_VALUE_BOOL,
    FM_VALUE_INT,
    FM_VALUE_FLOAT,
    FM_VALUE_COMPLEX,
    FM_VALUE_DTYPE,
    FM_VALUE_INTS, /* counted list: axes, shape */
    FM_VALUE_STRING
} fm_value_kind;

/* An argument's value; lists and texts are borrowed for the call. */
typedef struct fm_value {
    fm_value_kind kind;
    uint32_t count; /* elements of tensors, ints */
    union {
        const fm_tensor *tensor;
        const fm_tensor *const *tensors;
        const int64_t *ints;
        int64_t i; /* INT, BOOL */
        double f;
        double c[2];
        fm_dtype dtype;
        const char *string;
    } as;
} fm_value;

typedef struct fm_argument {
    const char *name; /* NULL: positional; positional ones come first */
    fm_value value;
} fm_argument;

/* Calls op ("add", "linalg.svd"). outputs[i] is a slot: NULL inside asks for a new tensor, a tensor
   inside is written again; noutputs may be less than the operation has where the rest is optional.
   FM_ERR_NOT_FOUND: no such operation or parameter, with the names that there are. */
FM_API FM_MUST_CHECK fm_status fm_call(fm_context *ctx, const char *op,
                                       const fm_argument *arguments, size_t narguments,
                                       fm_tensor **outputs, size_t noutputs);

/* What a call would cost. */
typedef struct fm_cost_part {
    char op[48]; /* the primitive whose weight applies */
    double weight;
    uint64_t flops;
} fm_cost_part;

typedef struct fm_cost_answer {
    uint64_t flops; /* by the context's cost model, before the budget's multiplier */
    uint64_t macs;  /* multiply-accumulates within it */
    uint64_t bytes; /* least bytes read and written */
    int nparts;
    fm_cost_part part[12];
    int noutputs; /* shapes and dtypes of the outputs */
    struct {
        fm_dtype dtype;
        int ndim;
        int64_t shape[FM_MAX_NDIM];
    } output[8];
} fm_cost_answer;

/* Binds, infers and costs the call and stops there: tensors may be abstract. Nothing is charged. */
FM_API FM_MUST_CHECK fm_status fm_call_cost(fm_context *ctx, const char *op,
                                            const fm_argument *arguments, size_t narguments,
                                            fm_cost_answer *answer);

FM_END_DECLS
#endif
