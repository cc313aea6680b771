/* Rows of convolutions, differences, windows and interpolation: their table. */
#include "ops/signal.h"
#include "ops/ids.h"
#include "ops/param.h"

enum { NUMBER = FM_TAKES_INT | FM_TAKES_FLOAT };

#define P_NUMBER(name_)                                                                            \
    { .name = (name_), .takes = NUMBER, .flags = FM_PARAM_REQUIRED }
#define P_NUMBER_DEFAULT(name_, value_)                                                            \
    {                                                                                              \
        .name = (name_), .takes = NUMBER, .otherwise = {.kind = FM_VALUE_FLOAT, .as.f = (value_) } \
    }
#define P_NUMBER_OR_NONE(name_)                                                                    \
    {                                                                                              \
        .name = (name_), .takes = NUMBER | FM_TAKES_NONE, .otherwise = {.kind = FM_VALUE_NONE }    \
    }
/* A number counts as an operand. */
#define P_OPERAND_DEFAULT(name_, value_)                                                           \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR, .otherwise = {                                  \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }
#define P_MODE(value_)                                                                             \
    {                                                                                              \
        .name = "mode", .takes = FM_TAKES_STRING | FM_TAKES_INT, .otherwise = {                    \
            .kind = FM_VALUE_STRING,                                                               \
            .as.string = (value_)                                                                  \
        }                                                                                          \
    }

#define KERNEL(name_, id_, infer_, cost_, formula_, dtypes_, meaning_)                             \
    .name = (name_), .family = FM_FAMILY_SIGNAL, .op = FM_SIGNAL_##id_, .nout = 1,                 \
    .infer = (infer_), .cost = (cost_), .formula = (formula_), .dtypes = (dtypes_),                \
    .meaning = (meaning_)
#define PROGRAM(name_, infer_, cost_, run_, formula_, dtypes_, meaning_)                           \
    .name = (name_), .family = FM_FAMILY_SIGNAL, .nout = 1, .infer = (infer_), .cost = (cost_),    \
    .run = (run_), .formula = (formula_), .dtypes = (dtypes_), .meaning = (meaning_)
#define ALL    "bool int float complex"
#define WINDOW .ulp = 4, .nparams = 1, .params = {P_NUMBER("M")}
#define FREQUENCIES                                                                                \
    .flags = FM_ROW_SILENT, .ulp = 1, .nparams = 2,                                                \
    .params = {P_NUMBER("n"), P_NUMBER_DEFAULT("d", 1.0)}
#define SHIFT .nparams = 2, .params = {FM_P_TENSOR("x"), FM_P_INTS_OR_NONE("axes")}
#define TRAPEZOID                                                                                  \
    .ulp = 4, .nparams = 4,                                                                        \
    .params = {FM_P_TENSOR("y"), FM_P_TENSOR_OR_NONE("x"), P_OPERAND_DEFAULT("dx", 1.0),           \
               FM_P_INT_DEFAULT("axis", -1)}

static const fm_row rows[] = {
    {KERNEL("convolve", correlate, fm_infer_convolve, fm_cost_correlate, "2nm - n - m", ALL,
            "Sums of products of a with v reversed at every offset."),
     .ulp = 16, .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("v"), P_MODE("full")}},
    {KERNEL("correlate", correlate, fm_infer_correlate, fm_cost_correlate, "2nm - n - m", ALL,
            "Sums of products of a with the conjugate of v at every offset."),
     .ulp = 16, .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("v"), P_MODE("valid")}},
    {KERNEL("bartlett", series, fm_infer_window, fm_cost_window, "n", "float64",
            "The triangular window of M samples."),
     WINDOW},
    {KERNEL("blackman", series, fm_infer_window, fm_cost_window, "3n", "float64",
            "The window of three cosines, of M samples."),
     WINDOW},
    {KERNEL("hamming", series, fm_infer_window, fm_cost_window, "2n", "float64",
            "The raised cosine of M samples that ends at 0.08."),
     WINDOW},
    {KERNEL("hanning", series, fm_infer_window, fm_cost_window, "2n", "float64",
            "The raised cosine of M samples that ends at 0."),
     WINDOW},
    {PROGRAM("kaiser", fm_infer_kaiser, fm_cost_window, fm_run_kaiser, "3n", "float64",
             "Kaiser's window of M samples, by a Bessel function."),
     .ulp = 16, .flags = FM_ROW_ARRAY, .nparams = 2, .params = {P_NUMBER("M"), P_NUMBER("beta")}},
    {KERNEL("_kaiser_argument", series, fm_infer_kaiser, fm_cost_nothing, "0", "float64",
            "beta times the half circle over M samples."),
     .nparams = 2, .params = {P_NUMBER("M"), P_NUMBER("beta")}},
    {KERNEL("fft.fftfreq", series, fm_infer_frequencies, fm_cost_nothing, "0", "float64",
            "The frequencies of fft of n samples d apart."),
     FREQUENCIES},
    {KERNEL("fft.rfftfreq", series, fm_infer_frequencies, fm_cost_nothing, "0", "float64",
            "The frequencies of rfft of n samples d apart."),
     FREQUENCIES},
    {PROGRAM("fft.fftshift", fm_infer_shift, fm_cost_nothing, fm_run_shift, "0", ALL,
             "Frequency 0 moved to the middle of axes."),
     .flags = FM_ROW_SILENT | FM_ROW_ARRAY, SHIFT},
    {PROGRAM("fft.ifftshift", fm_infer_shift, fm_cost_nothing, fm_run_shift, "0", ALL,
             "Frequency 0 moved from the middle of axes to their begin."),
     .flags = FM_ROW_SILENT | FM_ROW_ARRAY, SHIFT},
    {KERNEL("interp", interp, fm_infer_interp, fm_cost_interp, "n*ceil(log2 len(xp))",
            "float64 complex128", "Piecewise linear through the points (xp, fp)."),
     .run = fm_run_interp, .has_kernel = true, .ulp = 4, .nparams = 6,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("xp"), FM_P_TENSOR("fp"), FM_P_TENSOR_OR_NONE("left"),
                FM_P_TENSOR_OR_NONE("right"), P_NUMBER_OR_NONE("period")}},
    {PROGRAM("diff", fm_infer_diff, fm_cost_diff, fm_run_diff, "n*L - n*(n+1)/2 a line", ALL,
             "Differences of neighbours along an axis, n times."),
     .flags = FM_ROW_ARRAY, .nparams = 5,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("n", 1), FM_P_INT_DEFAULT("axis", -1),
                FM_P_TENSOR_OR_NONE("prepend"), FM_P_TENSOR_OR_NONE("append")}},
    {PROGRAM("ediff1d", fm_infer_ediff1d, fm_cost_ediff1d, fm_run_ediff1d, "out",
             "int float complex", "Differences of neighbours of the flattened array."),
     .flags = FM_ROW_ARRAY, .nparams = 3,
     .params = {FM_P_TENSOR("ary"), FM_P_TENSOR_OR_NONE("to_end"),
                FM_P_TENSOR_OR_NONE("to_begin")}},
    {PROGRAM("gradient", fm_infer_gradient, fm_cost_gradient, fm_run_gradient,
             "2*size*(extent - 2)/extent an axis", "int float complex",
             "Slopes along axes: one array, or one for each."),
     .flags = FM_ROW_REPLY, .ulp = 8, .nparams = 4,
     .params = {FM_P_TENSOR("f"),
                {.name = "varargs",
                 .takes = FM_TAKES_LIST | FM_TAKES_NONE,
                 .flags = FM_PARAM_VARIADIC,
                 .otherwise = {.kind = FM_VALUE_NONE}},
                FM_P_INTS_OR_NONE("axis"),
                FM_P_INT_DEFAULT("edge_order", 1)}},
    {PROGRAM("trapezoid", fm_infer_trapezoid, fm_cost_trapezoid, fm_run_trapezoid, "n", ALL,
             "The integral along an axis by the trapezoidal rule."),
     TRAPEZOID},
    {PROGRAM("trapz", fm_infer_trapezoid, fm_cost_trapezoid, fm_run_trapezoid, "n", ALL,
             "As trapezoid."),
     TRAPEZOID},
    {KERNEL("_wrap", wrap, fm_infer_wrap, fm_cost_nothing, "0", "float32 float64",
            "What brings steps into half a period around 0."),
     .nparams = 3,
     .params = {FM_P_TENSOR("steps"),
                {.name = "period", .takes = FM_TAKES_FLOAT, .flags = FM_PARAM_REQUIRED},
                {.name = "least", .takes = FM_TAKES_FLOAT, .flags = FM_PARAM_REQUIRED}}},
    {PROGRAM("unwrap", fm_infer_unwrap, fm_cost_unwrap, fm_run_unwrap, "7n", "int float",
             "Phases without jumps of more than half a period."),
     .flags = FM_ROW_ARRAY, .ulp = 8, .nparams = 4,
     .params = {FM_P_TENSOR("p"), P_NUMBER_OR_NONE("discont"), FM_P_INT_DEFAULT("axis", -1),
                P_NUMBER_DEFAULT("period", 6.283185307179586)}},
};

const fm_row_table fm_rows_signal = {rows, (int)(sizeof rows / sizeof *rows)};
