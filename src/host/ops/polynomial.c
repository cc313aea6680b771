/* Rows of polynomials, whose coefficients begin with the highest power: their table. */
#include "ops/polynomial.h"
#include "ops/ids.h"
#include "ops/param.h"

#define PROGRAM(name_, infer_, cost_, run_, formula_, dtypes_, meaning_)                           \
    .name = (name_), .family = FM_FAMILY_POLYNOMIAL, .infer = (infer_), .cost = (cost_),           \
    .run = (run_), .formula = (formula_), .dtypes = (dtypes_), .meaning = (meaning_)
#define ALL   "bool int float complex"
#define ARRAY .nout = 1, .flags = FM_ROW_ARRAY
#define REPLY .nout = 1, .flags = FM_ROW_REPLY
#define TWO   .nparams = 2, .params = {FM_P_TENSOR("a1"), FM_P_TENSOR("a2")}

static const fm_row rows[] = {
    {.name = "polyval",
     .family = FM_FAMILY_SIGNAL,
     .op = FM_SIGNAL_polyval,
     .nout = 1,
     .has_kernel = true,
     .infer = fm_infer_polyval,
     .cost = fm_cost_polyval,
     .run = fm_run_polyval,
     .formula = "2*m*deg",
     .dtypes = ALL,
     .ulp = 16,
     .meaning = "The polynomial at each x, by Horner's rule.",
     .nparams = 2,
     .params = {FM_P_TENSOR("p"), FM_P_TENSOR("x")}},
    {PROGRAM("polyadd", fm_infer_polyadd, fm_cost_of_two_polynomials, fm_run_polyadd, "max(n1, n2)",
             ALL, "Sum of two polynomials."),
     ARRAY, TWO},
    {PROGRAM("polysub", fm_infer_polyadd, fm_cost_of_two_polynomials, fm_run_polyadd, "max(n1, n2)",
             ALL, "Difference of two polynomials."),
     ARRAY, TWO},
    {PROGRAM("polymul", fm_infer_polymul, fm_cost_of_two_polynomials, fm_run_polymul, "n1*n2", ALL,
             "Product of two polynomials."),
     ARRAY, .ulp = 16, TWO},
    {PROGRAM("polydiv", fm_infer_polydiv, fm_cost_of_two_polynomials, fm_run_polydiv, "n1*n2", ALL,
             "Quotient and rest of two polynomials."),
     .nout = 2, .flags = FM_ROW_ARRAY, .ulp = 16, .nparams = 2,
     .params = {FM_P_TENSOR("u"), FM_P_TENSOR("v")}},
    {PROGRAM("polyder", fm_infer_polyder, fm_cost_of_polynomial, fm_run_polyder, "n", ALL,
             "The m-th derivative."),
     ARRAY, .nparams = 2, .params = {FM_P_TENSOR("p"), FM_P_INT_DEFAULT("m", 1)}},
    {PROGRAM("polyint", fm_infer_polyint, fm_cost_of_polynomial, fm_run_polyint, "n", ALL,
             "The m-th integral, with the constants k."),
     ARRAY, .nparams = 3,
     .params = {FM_P_TENSOR("p"), FM_P_INT_DEFAULT("m", 1), FM_P_TENSOR_OR_NONE("k")}},
    {PROGRAM("poly", fm_infer_poly, fm_cost_of_polynomial, fm_run_poly, "n^2", ALL,
             "The polynomial of these roots, or of a matrix's eigenvalues."),
     REPLY, .ulp = 64, .nparams = 1, .params = {FM_P_TENSOR("seq_of_zeros")}},
    {PROGRAM("roots", fm_infer_roots, fm_cost_roots, fm_run_roots, "n^3", ALL,
             "The roots, as eigenvalues of the companion matrix."),
     ARRAY, .ulp = 64, .nparams = 1, .params = {FM_P_TENSOR("p")}},
    {PROGRAM("polyfit", fm_infer_polyfit, fm_cost_polyfit, fm_run_polyfit, "2*m*(deg + 1)^2", ALL,
             "The polynomial of a degree that is nearest to points by least squares."),
     REPLY, .ulp = 64, .nparams = 7,
     .params = {FM_P_TENSOR("x"),
                FM_P_TENSOR("y"),
                FM_P_INT("deg"),
                {.name = "rcond",
                 .takes = FM_TAKES_INT | FM_TAKES_FLOAT | FM_TAKES_NONE,
                 .otherwise = {.kind = FM_VALUE_NONE}},
                FM_P_BOOL_DEFAULT("full", 0),
                FM_P_TENSOR_OR_NONE("w"),
                {.name = "cov",
                 .takes = FM_TAKES_BOOL | FM_TAKES_STRING,
                 .otherwise = {.kind = FM_VALUE_BOOL}}}},
};

const fm_row_table fm_rows_polynomial = {rows, (int)(sizeof rows / sizeof *rows)};
