/* Programs: rows whose work is a sequence of other rows' calls, the same on every backend.

   A row with `run` is bound, inferred, costed and charged as every other; then run makes its inner
   calls, which are neither charged nor recorded, and names its results. Failures stick: the first
   one stays in p->status, and everything after it does nothing and returns NULL, 0 or false. So a
   program reads as straight code and ends with `return p->status`; look at p->status before you
   look at a tensor's layout.

       static fm_status run_ptp(fm_program *p) {
           fm_value a = fm_arg(p, 0), axis = fm_arg(p, 1);
           fm_tensor *high = FM_DO(p, "max", a, axis), *low = FM_DO(p, "min", a, axis);
           fm_program_return(p, 0, FM_DO(p, "subtract", V_T(high), V_T(low)));
           return p->status;
       }
*/
#ifndef FM_OPS_PROGRAM_H
#define FM_OPS_PROGRAM_H

#include "core/arena.h"
#include "ops/row.h"

struct fm_context;

typedef struct fm_program {
    struct fm_context *ctx;
    const fm_row *row;
    const fm_value *values; /* one a parameter, defaults filled in */
    const int64_t *probed;  /* what the row's probe found; NULL where it has none */
    uint32_t wanted;        /* bit i: output i has a slot */
    fm_status status;
    fm_error *error;
    fm_arena held;                       /* results of inner calls, and scratch memory */
    const fm_tensor *result[FM_MAX_OUT]; /* fm_program_return */
    struct fm_reply *reply;              /* fm_program_reply; NULL: nobody asks */
    const fm_symmetry *const *symmetry;  /* inferred for the results */
    int nsymmetries;
} fm_program;

/* Arguments of inner calls. */
#define V_T(tensor_)  ((fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = (tensor_)})
#define V_I(int_)     ((fm_value){.kind = FM_VALUE_INT, .as.i = (int_)})
#define V_B(bool_)    ((fm_value){.kind = FM_VALUE_BOOL, .as.i = (bool_) ? 1 : 0})
#define V_F(float_)   ((fm_value){.kind = FM_VALUE_FLOAT, .as.f = (float_)})
#define V_C(re_, im_) ((fm_value){.kind = FM_VALUE_COMPLEX, .as.c = {(re_), (im_)}})
#define V_D(dtype_)   ((fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = (dtype_)})
#define V_S(text_)    ((fm_value){.kind = FM_VALUE_STRING, .as.string = (text_)})
#define V_INTS(ints_, count_)                                                                      \
    ((fm_value){.kind = FM_VALUE_INTS, .count = (uint32_t)(count_), .as.ints = (ints_)})
#define V_TS(tensors_, count_)                                                                     \
    ((fm_value){.kind = FM_VALUE_TENSORS,                                                          \
                .count = (uint32_t)(count_),                                                       \
                .as.tensors = (const fm_tensor *const *)(tensors_)})
#define V_TUPLE(items_, count_)                                                                    \
    ((fm_value){.kind = FM_VALUE_TUPLE, .count = (uint32_t)(count_), .as.items = (items_)})
#define V_NONE  ((fm_value){.kind = FM_VALUE_NONE})
#define V_UNSET ((fm_value){.kind = FM_VALUE_UNSET})

/* The value of a parameter, as it was given or by default. */
static inline fm_value fm_arg(const fm_program *p, int param) {
    return p->values[param];
}

/* Calls a row by name with positional arguments, of the kinds its parameters take (nothing is
   converted); the rest have their defaults. Its first output, which the program holds to its end.
 */
#define FM_DO(p, name, ...)                                                                        \
    fm_do((p), FM_ROW_ONCE(name), (const fm_value[]){__VA_ARGS__},                                 \
          (int)(sizeof(const fm_value[]){__VA_ARGS__} / sizeof(fm_value)))
fm_tensor *fm_do(fm_program *p, const fm_row *row, const fm_value *values, int nvalues);

/* The same with the first nouts outputs in outs (NULL where it failed). */
void fm_do_all(fm_program *p, const fm_row *row, const fm_value *values, int nvalues,
               fm_tensor **outs, int nouts);
#define FM_DO_ALL(p, name, outs, nouts, ...)                                                       \
    fm_do_all((p), FM_ROW_ONCE(name), (const fm_value[]){__VA_ARGS__},                             \
              (int)(sizeof(const fm_value[]){__VA_ARGS__} / sizeof(fm_value)), (outs), (nouts))

/* The same with the output written into target's elements, whose shape and dtype must be the
   result's. */
#define FM_DO_INTO(p, target, name, ...)                                                           \
    fm_do_into((p), (target), FM_ROW_ONCE(name), (const fm_value[]){__VA_ARGS__},                  \
               (int)(sizeof(const fm_value[]){__VA_ARGS__} / sizeof(fm_value)))
void fm_do_into(fm_program *p, const fm_tensor *target, const fm_row *row, const fm_value *values,
                int nvalues);

/* A call of the caller's function, or of the operation that a text names. */
fm_tensor *fm_do_function(fm_program *p, const fm_value *function, const fm_value *inputs,
                          int ninputs);

/* The tensor of a parameter; a number becomes a 0-d tensor of bool, int64, float64 or complex128.
   NULL where it is None. */
const fm_tensor *fm_program_tensor(fm_program *p, int param);
/* The same of any value, nested lists of numbers and tensors too. */
const fm_tensor *fm_program_as_tensor(fm_program *p, const fm_value *value);

/* Whether the backend has the kernel of the row of that name in that dtype, where a program has
   another way. */
bool fm_program_supports(const fm_program *p, const char *name, fm_dtype compute);

/* The context's cost model, for programs that answer with costs. */
const struct fm_cost_model *fm_program_model(const fm_program *p);

/* Takes a reference over that the program gives up at its end. */
void fm_program_hold(fm_program *p, fm_tensor *tensor);

/* Gives an intermediate result up before the end, so that its memory serves the next. */
void fm_program_drop(fm_program *p, const fm_tensor *tensor);

/* A new tensor, uninitialised or from a row-major host array. */
fm_tensor *fm_program_new(fm_program *p, fm_dtype dtype, int ndim, const int64_t *shape);
fm_tensor *fm_program_from(fm_program *p, fm_dtype dtype, int ndim, const int64_t *shape,
                           const void *data);

/* Reads values back, which waits for the device and is refused under capture: one element, or all
   of them row-major. */
int64_t fm_program_int(fm_program *p, const fm_tensor *tensor);
double fm_program_float(fm_program *p, const fm_tensor *tensor);
void fm_program_read(fm_program *p, const fm_tensor *tensor, void *data);
/* All elements as int64 in memory of the program's; of an integer or bool tensor. */
const int64_t *fm_program_ints(fm_program *p, const fm_tensor *tensor);

/* Whether elements lie in the host's memory and are ready: to read them is to wait for nothing. */
bool fm_program_is_host(const fm_program *p);
/* Whether the backend has graphs. */
bool fm_program_has_graphs(const fm_program *p);

/* Whether the stream is being captured, so that nothing can be read. */
bool fm_program_captured(const fm_program *p);

/* Where nothing can be read because the stream is captured: a replay that finds an element of an
   integer or bool tensor below low or above high makes the wait after it fail so, and true is the
   answer. Else false, and the program reads and fails by itself. The texts are static. */
bool fm_program_watch_range(fm_program *p, const fm_tensor *tensor, int64_t low, int64_t high,
                            fm_status status, const char *exception, int argument,
                            const char *text);
/* The same of elements that are to be 0. */
bool fm_program_watch(fm_program *p, const fm_tensor *wrong, fm_status status,
                      const char *exception, int argument, const char *text);

/* The tensor in another dtype, itself where it has that; NULL stays NULL. */
static inline const fm_tensor *fm_program_cast(fm_program *p, const fm_tensor *x, fm_dtype dtype) {
    if (x == NULL || p->status != FM_OK || x->layout->dtype == dtype) return x;
    return FM_DO(p, "astype", V_T(x), V_D(dtype));
}

/* So few elements a program reads at once and works on where they lie, or makes there: that takes
   less time than the calls that would. */
enum { FM_FEW = 64 };

/* Zeroed host memory that lives as long as the program. */
void *fm_program_memory(fm_program *p, size_t size);

/* Names the result that is output o. It goes into the caller's slot when the program is over:
   nothing of the caller's is touched before. Ignored where there is no slot. */
void fm_program_return(fm_program *p, int o, const fm_tensor *tensor);

/* For FM_ROW_REPLY: the answer, of which lists, texts and tensors are kept. */
void fm_program_reply(fm_program *p, fm_value value);

/* The program fails: FM_ERR_NUMERIC keeps its charge, any other status gives it back. argument
   counts from 1; 0: none. Returns status. */
fm_status fm_program_fail(fm_program *p, fm_status status, int argument, const char *format, ...)
    FM_PRINTF(4, 5);
/* The same with the class that NumPy raises, where the status does not tell it. */
fm_status fm_program_raise(fm_program *p, fm_status status, const char *exception, int argument,
                           const char *format, ...) FM_PRINTF(5, 6);

/* Words of the context's random stream for the host's own use: the position of the first, and the
   seed. A program that fails gives them back. */
uint64_t fm_program_draw(fm_program *p, uint64_t words, uint64_t *seed);
/* The stream as it stands, and another in its place. */
struct fm_generator fm_program_generator(const fm_program *p);
void fm_program_set_generator(fm_program *p, struct fm_generator generator);

/* Tells the context's log function what NumPy would warn of. */
void fm_program_warn(fm_program *p, const char *format, ...) FM_PRINTF(2, 3);

/* Infer and cost of rows that have nothing to say: no shapes beforehand; free. */
fm_status fm_infer_nothing(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_nothing(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error);

#endif
