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
    FM_VALUE_STRING,
    FM_VALUE_LIST,      /* values of any kind in order, as Python's list: nested lists are arrays */
    FM_VALUE_TUPLE,     /* the same as Python's tuple: an index key, pairs of axes */
    FM_VALUE_SLICE,     /* start, stop, step: three values, each an integer or None */
    FM_VALUE_ELLIPSIS,  /* ..., in an index key */
    FM_VALUE_FUNCTION,  /* a function of tensors; by name an operation's name is taken too */
    FM_VALUE_DICT,      /* count pairs of items: a text and its value, and so on */
    FM_VALUE_GENERATOR, /* a stream of random numbers (random.h) */
    FM_VALUE_SYMMETRY   /* a symmetry group (symmetry.h) */
} fm_value_kind;

/* The caller's function over tensors, where NumPy takes a Python function. It gives one new tensor
   in *out. Calls it makes on ctx belong to the operation that called it and are not charged. */
typedef struct fm_function {
    fm_status (*call)(fm_context *ctx, void *user, const fm_tensor *const *inputs, int ninputs,
                      fm_tensor **out);
    void *user;
} fm_function;

/* An argument's value; lists and texts are borrowed for the call. */
typedef struct fm_value {
    fm_value_kind kind;
    uint32_t count; /* elements of tensors, ints, items */
    union {
        const struct fm_value *items; /* LIST, TUPLE; SLICE: 3; DICT: 2 * count */
        const struct fm_generator *generator;
        const struct fm_symmetry *symmetry;
        const fm_function *function;
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

/* The same for an operation of any form. `out` is taken as a keyword where the operation has none
   of its own: a tensor, or a tuple of them, that receives the result by a cast of the same kind, as
   NumPy's ufuncs do; those also take `where`, `dtype` and `casting`. The reply holds what NumPy
   would return: a tensor, a number, a text, None, or a tuple or list of such. */
typedef struct fm_reply fm_reply;
FM_API FM_MUST_CHECK fm_status fm_call_reply(fm_context *ctx, const char *op,
                                             const fm_argument *arguments, size_t narguments,
                                             fm_reply **reply);

/* The reply's value, good until it is released; tensors in it are the reply's, retain them to keep
   them. */
FM_API const fm_value *fm_reply_value(const fm_reply *reply);
FM_API void fm_reply_release(fm_reply *reply); /* NULL is allowed */

/* What a call would cost. */
typedef struct fm_cost_part {
    char op[48]; /* the primitive whose weight applies */
    double weight;
    uint64_t flops;
} fm_cost_part;

typedef struct fm_cost_answer {
    uint64_t flops;      /* by the context's cost model, before the budget's multiplier */
    uint64_t unit_flops; /* the same with every weight 1 */
    uint64_t macs;       /* multiply-accumulates within it */
    uint64_t bytes;      /* least bytes read and written */
    int nparts;
    fm_cost_part part[12];
    int noutputs; /* shapes and dtypes of the outputs, as far as they are known beforehand */
    struct {
        fm_dtype dtype;
        int ndim; /* -1: it depends on values */
        int64_t shape[FM_MAX_NDIM];
    } output[8];
} fm_cost_answer;

/* Binds, infers and costs the call and stops there: tensors may be abstract. Nothing is charged. */
FM_API FM_MUST_CHECK fm_status fm_call_cost(fm_context *ctx, const char *op,
                                            const fm_argument *arguments, size_t narguments,
                                            fm_cost_answer *answer);

FM_END_DECLS
#endif
