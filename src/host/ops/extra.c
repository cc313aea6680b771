/* Elementwise rows of one kernel beside the tables of unary, binary and ternary: their dtypes and
   their costs. Those made of several calls are in extra_programs.c. */
#include "ops/extra.h"
#include "cost/orbits.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/ids_extra.h"

/* Where elements of a dtype all answer alike, its kernel is that of bool. */
static fm_status infer_asked(const fm_bound *bound, fm_resolved *r, fm_loops loops,
                             fm_error *error) {
    const char *op = bound->row->name;
    fm_dtype dtype = r->in[0]->dtype;
    r->nout = 1;
    FM_TRY(fm_infer_broadcast(op, r, error));
    char kind = fm_dtype_kind(dtype);
    bool plain = kind != 'c' && (loops.of_float == FM_LETTER_N || kind != 'f');
    if (plain) {
        r->compute = r->out[0].dtype = FM_BOOL;
        return FM_OK;
    }
    return fm_infer_loop(op, loops, dtype, r, error);
}

static fm_status infer_infinite(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_asked(bound, r, (fm_loops)FM_LOOPS(P, P, P, N), error);
}

static fm_status infer_parts(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_asked(bound, r, (fm_loops)FM_LOOPS(P, P, N, P), error);
}

/* One operand, or one and a number: the first alone decides the loop. */
static fm_status infer_first(const fm_bound *bound, fm_resolved *r, fm_loops loops,
                             fm_error *error) {
    const char *op = bound->row->name;
    int nin = r->nin;
    r->nout = 1;
    FM_TRY(fm_infer_broadcast(op, r, error));
    r->nin = 1;
    fm_status status = fm_infer_loop(op, loops, r->in[0]->dtype, r, error);
    r->nin = nin;
    return status;
}

static fm_status infer_spacing(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_first(bound, r, (fm_loops)FM_LOOPS(U, U, H, N), error);
}

/* No loop for bool: its elements are counted as those of int8. */
static fm_status infer_bitwise_count(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(infer_first(bound, r, (fm_loops)FM_LOOPS(U, S, N, N), error));
    r->out[0].dtype = FM_UINT8;
    return FM_OK;
}

static fm_status infer_sinc(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_first(bound, r, (fm_loops)FM_LOOPS(D, D, S, S), error);
}

static fm_status infer_i0(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_first(bound, r, (fm_loops)FM_LOOPS(D, D, S, N), error);
}

static fm_status infer_rounded(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_first(bound, r, (fm_loops)FM_LOOPS(N, D, H, S), error);
}

static fm_status infer_part_of_float(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(infer_first(bound, r, (fm_loops)FM_LOOPS(U, U, S, N), error));
    if (bound->row->op == FM_EXTRA_frexp_exponent) r->out[0].dtype = FM_INT32;
    return FM_OK;
}

static fm_status infer_nan_to_num(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_first(bound, r, (fm_loops)FM_LOOPS(N, N, S, S), error);
}

/* The exponents are integers that int64 holds. */
static fm_status infer_ldexp(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_dtype exponents = r->in[1]->dtype;
    if (!fm_can_cast(exponents, FM_INT64, FM_CAST_SAFE))
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 2,
                          "exponents of %s, but they are integers that int64 holds",
                          fm_dtype_name(exponents));
    return infer_first(bound, r, (fm_loops)FM_LOOPS(U, U, S, N), error);
}

/* b counts as a float; rtol and atol join where they are arrays. */
static fm_status infer_isclose(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    static const fm_loops loops = FM_LOOPS(D, D, H, S);
    const char *op = bound->row->name;
    int in_memory = 0;
    for (int i = 0; i < r->nin; i++) {
        in_memory += !(r->by_value >> i & 1);
        if (i > 1 && fm_dtype_kind(r->in[i]->dtype) == 'c')
            return fm_fail_op(error, FM_ERR_DTYPE, op, i + 1, "%s, but a tolerance is real",
                              fm_dtype_name(r->in[i]->dtype));
    }
    r->nout = 1;
    FM_TRY(fm_infer_broadcast(op, r, error));
    FM_TRY(fm_infer_loop(op, loops, fm_operands_promote(r), r, error));
    r->out[0].dtype = FM_BOOL;
    if (bound->row->has_kernel) r->program = in_memory > 3;
    return FM_OK;
}

/* 0.4.3 counts what a and b broadcast to, whatever the tolerances are. */
static fm_status cost_isclose(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    fm_resolved pair = *r;
    if (work->faults) {
        pair.nin = 2;
        FM_TRY(fm_infer_broadcast(bound->row->name, &pair, error));
    }
    return fm_cost_pointwise(bound, &pair, work, error);
}

/* Tolerances that are arrays both, beside operands that are: step by step, as NumPy's. */
static fm_status run_isclose(fm_program *p) {
    fm_value a = fm_arg(p, 0), b = fm_arg(p, 1);
    fm_tensor *size = FM_DO(p, "absolute", b);
    fm_tensor *part = FM_DO(p, "multiply", fm_arg(p, 2), V_T(size));
    fm_tensor *bound = FM_DO(p, "add", fm_arg(p, 3), V_T(part));
    fm_tensor *apart = FM_DO(p, "subtract", a, b);
    fm_tensor *distance = FM_DO(p, "absolute", V_T(apart));
    fm_tensor *near = FM_DO(p, "less_equal", V_T(distance), V_T(bound));
    fm_tensor *finite = FM_DO(p, "isfinite", b);
    near = FM_DO(p, "logical_and", V_T(near), V_T(finite));
    near = FM_DO(p, "logical_or", V_T(near), V_T(FM_DO(p, "equal", a, b)));
    if (p->row->op == FM_EXTRA_isclose_nan) {
        fm_tensor *both = FM_DO(p, "isnan", a);
        both = FM_DO(p, "logical_and", V_T(both), V_T(FM_DO(p, "isnan", b)));
        near = FM_DO(p, "logical_or", V_T(near), V_T(both));
    }
    fm_program_return(p, 0, near);
    return p->status;
}

#define EXTRA(name_, id_, infer_, dtypes_, ulp_, meaning_)                                         \
    .name = (name_), .family = FM_FAMILY_EXTRA, .op = FM_EXTRA_##id_, .nout = 1,                   \
    .infer = (infer_), .cost = fm_cost_pointwise, .formula = "n", .dtypes = (dtypes_),             \
    .ulp = (ulp_), .meaning = (meaning_)
#define ONE(name_, id_, infer_, dtypes_, ulp_, meaning_)                                           \
    EXTRA(name_, id_, infer_, dtypes_, ulp_, meaning_), .nparams = 1, .params = {FM_P_TENSOR("x")}
#define PLAIN .flags = FM_ROW_ELEMENTWISE
#define UFUNC .flags = FM_ROW_ELEMENTWISE | FM_ROW_UFUNC
#define CLOSE                                                                                      \
    .nparams = 4,                                                                                  \
    .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), FM_P_TENSOR("rtol"), FM_P_TENSOR("atol")},      \
    .has_kernel = true, .run = run_isclose, .flags = FM_ROW_ELEMENTWISE

/* Costs of the first operand's elements, which are the output's where its dtype is yet to be found.
 */
static fm_status cost_first(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    fm_u128 count;
    fm_status status = fm_count_orbits(fm_symmetry_at(r->symmetry, r->nsymmetries, 0),
                                       fm_extents_of(r->in[0]), &count);
    if (status == FM_OK) status = fm_cost_units(work, fm_row_cost_name(bound->row), count);
    return fm_cost_result(bound, status, error);
}

/* isclose itself: equal_nan says which of the two kernels. */
static fm_status run_either(fm_program *p) {
    const fm_row *plain = FM_ROW_ONCE("_isclose"), *with_nan = FM_ROW_ONCE("_isclose_nan");
    bool equal_nan = fm_arg_int(&p->values[4], 0) != 0;
    fm_program_return(p, 0, fm_do(p, equal_nan ? with_nan : plain, p->values, 4));
    return p->status;
}

#define PROGRAM(name_, infer_, run_, nout_, dtypes_, ulp_, meaning_)                               \
    .name = (name_), .nout = (nout_), .infer = (infer_), .run = (run_), .formula = "n",            \
    .dtypes = (dtypes_), .ulp = (ulp_), .meaning = (meaning_)
#define TOLERANCE(name_, value_)                                                                   \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR, .otherwise = {                                  \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }
#define ROUND .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("decimals", 0)}

static const fm_row rows[] = {
    {ONE("spacing", spacing, infer_spacing, "bool int float", 0,
         "Distance to the next float away from 0, with the sign of x."),
     UFUNC},
    {ONE("bitwise_count", bitwise_count, infer_bitwise_count, "bool int", 0,
         "Number of bits set in the magnitude."),
     UFUNC},
    {ONE("sinc", sinc, infer_sinc, "bool int float complex", 8, "sin(pi x) / (pi x), 1 at 0."),
     PLAIN},
    {ONE("i0", i0, infer_i0, "bool int float", 16,
         "Modified Bessel function of the first kind and order 0."),
     PLAIN},
    {ONE("isposinf", isposinf, infer_infinite, "bool int float", 0, "Whether x is +inf."), PLAIN},
    {ONE("isneginf", isneginf, infer_infinite, "bool int float", 0, "Whether x is -inf."), PLAIN},
    {ONE("isreal", isreal, infer_parts, "bool int float complex", 0,
         "Whether the imaginary part is 0."),
     PLAIN},
    {ONE("iscomplex", iscomplex, infer_parts, "bool int float complex", 0,
         "Whether the imaginary part is not 0."),
     PLAIN},
    {EXTRA("ldexp", ldexp, infer_ldexp, "bool int float", 0, "x1 * 2^x2."), UFUNC, .nparams = 2,
     .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {ONE("_modf_fraction", modf_fraction, infer_part_of_float, "bool int float", 0,
         "What is left of x cut towards zero."),
     UFUNC},
    {ONE("_frexp_mantissa", frexp_mantissa, infer_part_of_float, "bool int float", 0,
         "x over its power of two, in [1/2, 1)."),
     UFUNC},
    {ONE("_frexp_exponent", frexp_exponent, infer_part_of_float, "bool int float", 0,
         "The exponent of that power of two."),
     UFUNC},
    {EXTRA("_round_up", round_up, infer_rounded, "int float complex", 1,
           "x rounded to a multiple of 1 / factor."),
     PLAIN, .nparams = 2, .params = {FM_P_TENSOR("x"), FM_P_TENSOR("factor")}},
    {EXTRA("_round_down", round_down, infer_rounded, "int float complex", 1,
           "x rounded to a multiple of factor."),
     PLAIN, .nparams = 2, .params = {FM_P_TENSOR("x"), FM_P_TENSOR("factor")}},
    {EXTRA("_isclose", isclose, infer_isclose, "bool int float complex", 0,
           "Whether a and b differ by at most atol + rtol * abs(b)."),
     CLOSE},
    {EXTRA("_isclose_nan", isclose_nan, infer_isclose, "bool int float complex", 0,
           "The same, and NaN is close to NaN."),
     CLOSE},
    {EXTRA("_nan_to_num", nan_to_num, infer_nan_to_num, "float complex", 0,
           "x with other values for NaN and the infinities."),
     PLAIN, .nparams = 4,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("nan"), FM_P_TENSOR("posinf"),
                FM_P_TENSOR("neginf")}},
    {.family = FM_FAMILY_EXTRA,
     .cost = cost_first,
     PROGRAM("round", fm_round_infer, fm_round_run, 1, "bool int float complex", 1,
             "Rounded to a number of decimals, halves to even."),
     ROUND},
    {.family = FM_FAMILY_EXTRA,
     .cost = cost_first,
     PROGRAM("around", fm_round_infer, fm_round_run, 1, "bool int float complex", 1,
             "Alias of round."),
     ROUND},
    {.family = FM_FAMILY_EXTRA,
     .cost = cost_first,
     PROGRAM("modf", fm_modf_infer, fm_modf_run, 2, "bool int float", 0,
             "The fraction and the whole part of x, both with its sign."),
     .flags = FM_ROW_UFUNC,
     .nparams = 1,
     .params = {FM_P_TENSOR("x")}},
    {.family = FM_FAMILY_EXTRA,
     .cost = cost_first,
     PROGRAM("frexp", fm_frexp_infer, fm_frexp_run, 2, "bool int float", 0,
             "Mantissa in [1/2, 1) and exponent of 2."),
     .flags = FM_ROW_UFUNC,
     .nparams = 1,
     .params = {FM_P_TENSOR("x")}},
    {.family = FM_FAMILY_EXTRA,
     .cost = fm_cost_pointwise,
     PROGRAM("divmod", fm_divmod_infer, fm_divmod_run, 2, "bool int float", 0,
             "floor_divide and remainder."),
     .flags = FM_ROW_UFUNC,
     .nparams = 2,
     .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {.family = FM_FAMILY_EXTRA,
     .cost = cost_isclose,
     PROGRAM("isclose", infer_isclose, run_either, 1, "bool int float complex", 0,
             "Whether a and b differ by at most atol + rtol * abs(b)."),
     .nparams = 5,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), TOLERANCE("rtol", 1e-5),
                TOLERANCE("atol", 1e-8), FM_P_BOOL_DEFAULT("equal_nan", 0)}},
    {.family = FM_FAMILY_EXTRA,
     .cost = cost_first,
     PROGRAM("nan_to_num", fm_nan_to_num_infer, fm_nan_to_num_run, 1, "bool int float complex", 0,
             "x with numbers in place of NaN and the infinities."),
     .nparams = 5,
     .params = {FM_P_TENSOR("x"), FM_P_BOOL_DEFAULT("copy", 1), TOLERANCE("nan", 0),
                FM_P_TENSOR_OR_NONE("posinf"), FM_P_TENSOR_OR_NONE("neginf")}},
    {.family = FM_FAMILY_VIEW,
     .cost = cost_first,
     PROGRAM("real_if_close", fm_real_if_close_infer, fm_real_if_close_run, 1,
             "bool int float complex", 0, "The real part, where all imaginary parts are tiny."),
     .has_kernel = true,
     .nparams = 2,
     .params = {FM_P_TENSOR("a"),
                {.name = "tol",
                 .takes = FM_TAKES_FLOAT,
                 .otherwise = {.kind = FM_VALUE_INT, .as.i = 100}}}},
};

const fm_row_table fm_rows_extra = {rows, (int)(sizeof rows / sizeof *rows)};
