/* One row per operation: name, parameters, the infer and cost rules, documentation. */
#ifndef FM_OPS_ROW_H
#define FM_OPS_ROW_H

#include "core/backend.h"
#include "core/detail.h"
#include "core/tensor.h"
#include "cost/work.h"

#include <flopmeter/call.h>
#include <stdatomic.h>

/* What a parameter accepts, as bits; a parameter may accept several kinds. */
enum {
    FM_TAKES_TENSOR = 1 << FM_VALUE_TENSOR, /* numbers are taken too, as weak scalars */
    FM_TAKES_TENSORS = 1 << FM_VALUE_TENSORS,
    FM_TAKES_BOOL = 1 << FM_VALUE_BOOL,
    FM_TAKES_INT = 1 << FM_VALUE_INT,
    FM_TAKES_FLOAT = 1 << FM_VALUE_FLOAT, /* integers are taken too */
    FM_TAKES_DTYPE = 1 << FM_VALUE_DTYPE, /* or its name as a string */
    FM_TAKES_INTS = 1 << FM_VALUE_INTS,   /* or one integer */
    FM_TAKES_STRING = 1 << FM_VALUE_STRING,
    FM_TAKES_LIST = 1 << FM_VALUE_LIST, /* or a tuple, tensors and numbers in it as they are */
    FM_TAKES_SLICE = 1 << FM_VALUE_SLICE,
    FM_TAKES_ELLIPSIS = 1 << FM_VALUE_ELLIPSIS,
    FM_TAKES_FUNCTION = 1 << FM_VALUE_FUNCTION, /* or an operation's name */
    FM_TAKES_NONE = 1 << FM_VALUE_NONE,
    FM_TAKES_DICT = 1 << FM_VALUE_DICT,
    FM_TAKES_GENERATOR = 1 << FM_VALUE_GENERATOR,
    FM_TAKES_SYMMETRY = 1 << FM_VALUE_SYMMETRY,
    FM_TAKES_ANY = 0x7ffff & ~1 /* the value as it was given: typed functions take a fm_value */
};

enum {
    FM_PARAM_REQUIRED = 1,
    FM_PARAM_IN_PLACE = 2, /* the tensor is written: it is output `out_index` too */
    FM_PARAM_VARIADIC = 8, /* Python's *operands: in calls by name the positional arguments from its
                              place on are its list, and parameters behind it are keywords */
    FM_PARAM_NESTED = 16,  /* integers may stand in lists within the list, one after the other */
    FM_PARAM_PAIR = 32,    /* calls by name give it and the next parameter both, or neither */
    FM_PARAM_STRICT = 64,  /* calls by name give an array, no list and no number */
    FM_PARAM_INDEX = 128,  /* a list is made integers, whatever its numbers are */
    FM_PARAM_RUNTIME = 4   /* a number that reaches the kernel by value: not part of the plan's key,
                              only its kind is */
};

typedef struct fm_param {
    const char *name;
    uint32_t takes;
    uint8_t flags;
    uint8_t out_index;
    fm_value otherwise; /* the default; kind UNSET for required parameters */
} fm_param;

enum { FM_MAX_PARAMS = 12 };

struct fm_row;

/* What infer reads: the row and one value per parameter, defaults filled in. A plan serves every
   value of a number by value: of those infer may read the kind, and of an integer operand only what
   all integers of its width (7, 8, 15, 16, 31, 32, 63 bits) and sign share. */
typedef struct fm_bound {
    const struct fm_row *row;
    const fm_value *values; /* [row->nparams] */
    uint32_t wanted;        /* bit i: the caller gave a slot for output i (in-place ones always) */
    const int64_t *probed;  /* [FM_PROBED], what the row's probe found; NULL where it has none */
} fm_bound;

enum { FM_PROBED = 4 };

typedef struct fm_out_shape {
    fm_dtype dtype; /* FM_DTYPE_NONE: this optional output is not wanted */
    int ndim;       /* -1: the program finds out */
    int64_t shape[FM_MAX_NDIM];
} fm_out_shape;

/* Where kernel input i comes from: parameter, and element of a tensor list (else 0). */
typedef struct fm_in_source {
    uint8_t param;
    uint8_t element;
} fm_in_source;

/* What infer answers. The caller has zeroed it and set nin, in and by_value to every tensor operand
   in parameter order (numbers included); infer may drop or reorder them. */
typedef struct fm_resolved {
    fm_dtype compute; /* dtype in which the kernel's loop computes: part of the kernel's key */
    int nin;
    int nout;
    int nscalars; /* numbers passed in args.scalars[nin + j], from parameter scalar_param[j] */
    fm_in_source in_source[FM_MAX_IN];
    const fm_layout *in[FM_MAX_IN]; /* borrowed from the values; NULL: optional and left out */
    uint64_t by_value;              /* bit i: in[i] is a weak scalar */
    uint8_t scalar_param[8];
    fm_out_shape out[FM_MAX_OUT];
    uint64_t random_words; /* 32-bit words of the random stream that the call consumes */
    /* Rows of FM_FAMILY_VIEW: the one output is this view of in[0]. */
    int64_t view_strides[FM_MAX_NDIM];
    int64_t view_offset; /* elements of the output's dtype, as the strides */
    bool view_copies;    /* no view exists (reshape of gaps): copy, then view the copy */
    bool program;        /* row->run does the work in place of one kernel */
    bool silent;         /* this call is left out of the op log where it costs nothing */
    /* What fm_symmetry_infer finds after infer: the symmetry of each output, one reference each;
       one alone stands for all of them, and for every tensor of a reply. */
    const fm_symmetry *symmetry[FM_MAX_OUT];
    int nsymmetries;
    bool symmetry_lost; /* an operand had one, and no output has */
    fm_params params;
} fm_resolved;

/* The symmetry of output or reply tensor i by what was inferred; NULL: none. */
static inline const fm_symmetry *fm_symmetry_at(const fm_symmetry *const *symmetry, int count,
                                                int i) {
    return count == 1 ? symmetry[0] : i < count ? symmetry[i] : NULL;
}

enum {
    FM_ROW_ELEMENTWISE = 1, /* output may be exactly an input, in place */
    FM_ROW_SILENT = 2,      /* costs nothing and is left out of the op log, as zeros and reshape */
    FM_ROW_HOST = 4,        /* has no meaning on a device */
    FM_ROW_REPLY = 8, /* its program answers with a value of its own (fm_program_reply): no slots */
    FM_ROW_ARRAY = 16, /* a 0-d result is an array to NumPy, no scalar */
    FM_ROW_BY_HAND =
        64, /* its typed function, or the host function it stands for, is written by hand */
    FM_ROW_UFUNC = 32,        /* calls by name take where, dtype and casting too */
    FM_ROW_INTERLEAVED = 256, /* calls by name may give arrays and their lists of labels in turns in
                                 place of subscripts and arrays, as einsum does */
    FM_ROW_CREATES = 128 /* calls by name take device ("cpu" or None), like and subok, which mean
                            nothing here */
};

struct fm_program;

typedef struct fm_row {
    const char *name;      /* NumPy's: "add", "linalg.svd", "random.randn" */
    const char *cost_name; /* the name whose weight applies; NULL: name */
    const char *log_name;  /* the name under which it is recorded; NULL: name */
    uint16_t family, op;
    uint8_t nparams, nout;
    uint16_t flags;
    const char *with_one; /* by name with one argument it is this row: where(condition); or NULL */
    bool has_kernel;      /* beside run: infer sets r->program where the kernel does not serve */
    fm_param params[FM_MAX_PARAMS];
    /* Shapes, dtypes, compute dtype, kernel parameters. Errors name op, argument, both values. */
    fm_status (*infer)(const fm_bound *bound, fm_resolved *r, fm_error *error);
    /* Fills the work vector (begun by the caller; work->faults: repeat the faults of flopscope
       0.4.3) from layouts and r. */
    fm_status (*cost)(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error);
    /* Rows without a kernel of their own (ops/program.h): the work as a program of other rows'
       calls, run once it is charged. Rows that have both set r->program where infer wants it. */
    fm_status (*run)(struct fm_program *program);
    /* Where shapes do not tell the cost: reads the values before infer and cost; its numbers become
       part of the plan's key. */
    fm_status (*probe)(struct fm_program *program, int64_t probed[FM_PROBED]);
    const char *formula; /* printed cost, "n", "2mnk" */
    const char *dtypes;  /* printed, "bool int float complex" */
    double ulp;          /* largest error in units in the last place; 0: exact */
    const char *meaning; /* one line */
} fm_row;

/* The rows of one family, [0, *count). */
typedef struct fm_row_table {
    const fm_row *rows;
    int count;
} fm_row_table;

/* Indexed by fm_family; each table is filled in its own file ops/<family>.c. */
extern const fm_row_table fm_rows_view, fm_rows_unary, fm_rows_binary, fm_rows_ternary,
    fm_rows_cast, fm_rows_fill, fm_rows_reduce, fm_rows_contract, fm_rows_concat, fm_rows_random,
    fm_rows_nn, fm_rows_scan, fm_rows_sort, fm_rows_index, fm_rows_linalg, fm_rows_fft,
    fm_rows_signal, fm_rows_sample, fm_rows_special, fm_rows_extra, fm_rows_shaping,
    fm_rows_statistics, fm_rows_polynomial, fm_rows_query, fm_rows_function, fm_rows_symmetry;
const fm_row_table *fm_row_tables(int family);

/* The row of that NumPy name, or NULL. Aliases (abs, divide, mod) have rows of their own. */
const fm_row *fm_row_find(const char *name);

/* The row of that name, looked up at the first call from this place. */
#define FM_ROW_ONCE(name)                                                                          \
    (__extension__({                                                                               \
        static _Atomic(const fm_row *) found_;                                                     \
        const fm_row *row_ = atomic_load_explicit(&found_, memory_order_relaxed);                  \
        if (!row_) {                                                                               \
            row_ = fm_row_find(name);                                                              \
            atomic_store_explicit(&found_, row_, memory_order_relaxed);                            \
        }                                                                                          \
        row_;                                                                                      \
    }))

/* The number that a value of kind BOOL, INT, FLOAT or COMPLEX is. */
static inline fm_scalar fm_value_number(const fm_value *value) {
    fm_scalar scalar = {FM_INT64, {0}};
    scalar.value.i = value->as.i;
    if (value->kind == FM_VALUE_BOOL) scalar.dtype = FM_BOOL;
    if (value->kind == FM_VALUE_FLOAT) scalar = fm_float(value->as.f);
    if (value->kind == FM_VALUE_COMPLEX) scalar = fm_complex(value->as.c[0], value->as.c[1]);
    return scalar;
}

/* The layout a value stands for as an operand: the tensor's own, or the weak 0-d layout of a
   number; NULL for NONE and UNSET. */
const fm_layout *fm_value_layout(const fm_value *value);

#endif
