/* Rows of linear algebra: factorisations and what is made of them, norms, products. */
#include "ops/linalg.h"
#include "ops/ids.h"
#include "ops/param.h"

/* A parameter of text with a default. */
#define TEXT(name_, text_)                                                                         \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_STRING, .otherwise = {                                  \
            .kind = FM_VALUE_STRING,                                                               \
            .as.string = (text_)                                                                   \
        }                                                                                          \
    }
/* A number that is None when not given. */
#define NUMBER_OR_NONE(name_)                                                                      \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_FLOAT | FM_TAKES_NONE, .otherwise = {                   \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define INT_OR_NONE(name_)                                                                         \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = {                     \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
/* The order of a norm. */
#define ORDER(name_, ...)                                                                          \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_FLOAT | FM_TAKES_STRING | FM_TAKES_NONE, .otherwise = { \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define KEEPDIMS FM_P_BOOL_DEFAULT("keepdims", 0)

#define ROW(name_, parts_, cost_, nout_, formula_, dtypes_, ulp_, meaning_)                        \
    .name = (name_), .family = FM_FAMILY_LINALG, .nout = (nout_),                                  \
    .infer = fm_linalg_infer_##parts_, .cost = fm_linalg_cost_of_##cost_,                          \
    .run = fm_linalg_run_##parts_, .formula = (formula_), .dtypes = (dtypes_), .ulp = (ulp_),      \
    .meaning = (meaning_)
/* Floating and integer matrices; errors grow with the condition. */
#define MATRIX_ROW(name_, parts_, cost_, nout_, formula_, meaning_)                                \
    ROW(name_, parts_, cost_, nout_, formula_, "int float complex", 1e6, meaning_)
#define PRODUCT_ROW(name_, parts_, nout_, formula_, meaning_)                                      \
    ROW(name_, parts_, parts_, nout_, formula_, "bool int float complex", 4, meaning_)

#define KERNEL_ROW(name_, id_, nout_, infer_, meaning_)                                            \
    .name = (name_), .family = FM_FAMILY_LINALG, .op = FM_LINALG_##id_, .nout = (nout_),           \
    .flags = FM_ROW_SILENT, .infer = fm_linalg_infer_kernel_##infer_, .cost = fm_cost_nothing,     \
    .formula = "0", .dtypes = "int float complex", .meaning = (meaning_)

static const fm_row rows[] = {
    {KERNEL_ROW("_det", det, 2, det, "Sign and logarithm of the determinant."), .nparams = 1,
     .params = {FM_P_TENSOR("a")}},
    {KERNEL_ROW("_inv", inv, 2, square, "info and the inverse."), .nparams = 1,
     .params = {FM_P_TENSOR("a")}},
    {KERNEL_ROW("_solve", solve, 2, solve, "info and the solution."), .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
    {KERNEL_ROW("_cholesky", cholesky, 2, square, "info and the triangle."), .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_BOOL_DEFAULT("upper", 0)}},
    {KERNEL_ROW("_qr", qr, 2, qr, "The factors of a mode."), .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("mode", 0)}},
    {KERNEL_ROW("_eigh", eigh, 3, eigen, "info, eigenvalues and vectors of a triangle."),
     .nparams = 3,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("vectors", 1), FM_P_BOOL_DEFAULT("upper", 0)}},
    {KERNEL_ROW("_eig", eig, 3, eigen, "info, eigenvalues and vectors, complex."), .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("vectors", 1)}},
    {KERNEL_ROW("_svd", svd, 4, svd, "info, singular values and vectors."), .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("vectors", 2)}},
    {KERNEL_ROW("_lstsq", lstsq, 5, lstsq, "info, solution, residuals, rank, singular values."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), FM_P_RUNTIME_FLOAT("rcond", -1)}},

    {MATRIX_ROW("linalg.inv", inv, square, 1, "n^3, of a symmetric one n^3 + n^3//3",
                "The inverse of square matrices."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {MATRIX_ROW("linalg.solve", solve, solve, 1, "n^3 + n^2*nrhs",
                "x in a x = b, for one vector or the columns of matrices."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
    {MATRIX_ROW("linalg.cholesky", cholesky, square, 1, "n^3",
                "The triangle L in a = L L^H, or its adjoint."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_BOOL_DEFAULT("upper", 0)}},
    {MATRIX_ROW("linalg.det", det, square, 1, "n^3", "The determinant."), .nparams = 1,
     .params = {FM_P_TENSOR("a")}},
    {MATRIX_ROW("linalg.slogdet", slogdet, square, 2, "n^3",
                "Sign and logarithm of the magnitude of the determinant."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {MATRIX_ROW("linalg.qr", qr, qr, 0, "m*n*min(m, n)",
                "q and r in a = q r, q orthonormal and r triangular."),
     .flags = FM_ROW_REPLY, .nparams = 2, .params = {FM_P_TENSOR("a"), TEXT("mode", "reduced")}},
    {MATRIX_ROW("linalg.eig", eig, square, 2, "n^3",
                "Eigenvalues, and eigenvectors of length 1 as columns."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {MATRIX_ROW("linalg.eigvals", eigvals, square, 1, "n^3", "Eigenvalues."), .nparams = 1,
     .params = {FM_P_TENSOR("a")}},
    {MATRIX_ROW("linalg.eigh", eigh, square, 2, "n^3",
                "Rising eigenvalues and orthonormal eigenvectors of Hermitian matrices."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), TEXT("UPLO", "L")}},
    {MATRIX_ROW("linalg.eigvalsh", eigvalsh, square, 1, "n^3",
                "Rising eigenvalues of Hermitian matrices."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), TEXT("UPLO", "L")}},
    {MATRIX_ROW("linalg.svd", svd, svd, 0, "m*n*k",
                "u, s and vh in a = u diag(s) vh, all or the k largest; or s alone."),
     .flags = FM_ROW_REPLY, .nparams = 5,
     .params = {FM_P_TENSOR("a"), FM_P_BOOL_DEFAULT("full_matrices", 1),
                FM_P_BOOL_DEFAULT("compute_uv", 1), FM_P_BOOL_DEFAULT("hermitian", 0),
                INT_OR_NONE("k")}},
    {MATRIX_ROW("linalg.svdvals", svdvals, svdvals, 1, "m*n*k",
                "Falling singular values, all or the k largest."),
     .nparams = 2, .params = {FM_P_TENSOR("x"), INT_OR_NONE("k")}},
    {MATRIX_ROW("linalg.cond", cond, cond, 1, "m*n*min(m, n); other p: min(m, n)^3 + m*n",
                "The condition number: the norm of x times that of its inverse."),
     .nparams = 2, .params = {FM_P_TENSOR("x"), ORDER("p", .kind = FM_VALUE_NONE)}},
    {MATRIX_ROW("linalg.matrix_rank", matrix_rank, matrix_rank, 0, "m*n*min(m, n)",
                "The number of singular values above a tolerance."),
     .flags = FM_ROW_REPLY, .nparams = 4,
     .params = {FM_P_TENSOR("A"), FM_P_TENSOR_OR_NONE("tol"), FM_P_BOOL_DEFAULT("hermitian", 0),
                FM_P_TENSOR_OR_NONE("rtol")}},
    {MATRIX_ROW("linalg.pinv", pinv, pinv, 1, "m*n*k + k + n*k, and 2*n*k*m",
                "The pseudo-inverse of Moore and Penrose."),
     .nparams = 4,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR_OR_NONE("rcond"), FM_P_BOOL_DEFAULT("hermitian", 0),
                FM_P_TENSOR_OR_NONE("rtol")}},
    {MATRIX_ROW("linalg.lstsq", lstsq, lstsq, 4, "m*n*k + k*c, and 2*k*m*c + 2*n*k*c",
                "Least squares: solution, sums of squared residuals, rank, singular values."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), NUMBER_OR_NONE("rcond")}},
    {MATRIX_ROW("linalg.norm", norm, norm, 1, "2n; ord 2, -2, nuc of matrices: 4*m*n*min(m, n)",
                "A norm of vectors along an axis or of matrices along two."),
     .nparams = 4,
     .params = {FM_P_TENSOR("x"), ORDER("ord", .kind = FM_VALUE_NONE), FM_P_INTS_OR_NONE("axis"),
                KEEPDIMS}},
    {MATRIX_ROW("linalg.matrix_norm", matrix_norm, matrix_norm, 1,
                "2n; ord 2, -2, nuc: 4*m*n*min(m, n)", "A norm of matrices."),
     .nparams = 3,
     .params = {FM_P_TENSOR("x"), ORDER("ord", .kind = FM_VALUE_STRING, .as.string = "fro"),
                KEEPDIMS}},
    {MATRIX_ROW("linalg.vector_norm", vector_norm, vector_norm, 1, "2n",
                "A norm of vectors along any axes."),
     .nparams = 4,
     .params = {FM_P_TENSOR("x"), ORDER("ord", .kind = FM_VALUE_FLOAT, .as.f = 2),
                FM_P_INTS_OR_NONE("axis"), KEEPDIMS}},
    {MATRIX_ROW("linalg.matrix_power", matrix_power, matrix_power, 1, "2*n^3 a product",
                "Integer powers of square matrices; negative ones of the inverse."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INT("n")}},
    {PRODUCT_ROW("linalg.multi_dot", multi_dot, 1, "2 a multiply-add pair of the best order",
                 "The product of a chain of matrices, in the order that costs least."),
     .nparams = 1, .params = {FM_P_TENSORS("arrays")}},
    {MATRIX_ROW("linalg.tensorinv", tensorinv, tensorinv, 1, "n^3",
                "The inverse of a tensor as a map from its last axes to its first ind."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("ind", 2)}},
    {MATRIX_ROW("linalg.tensorsolve", tensorsolve, tensorsolve, 1, "n^3",
                "x in a x = b, summed over all axes of x."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), FM_P_INTS_OR_NONE("axes")}},

    {PRODUCT_ROW("trace", trace, 1, "n", "The sum of the diagonal of two axes."), .nparams = 5,
     .params = {FM_P_TENSOR("a"), FM_P_INT_DEFAULT("offset", 0), FM_P_INT_DEFAULT("axis1", 0),
                FM_P_INT_DEFAULT("axis2", 1), FM_P_DTYPE_OR_NONE("dtype")}},
    {PRODUCT_ROW("linalg.trace", linalg_trace, 1, "n", "The sum of the diagonal of matrices."),
     .nparams = 3,
     .params = {FM_P_TENSOR("x"), FM_P_INT_DEFAULT("offset", 0), FM_P_DTYPE_OR_NONE("dtype")}},
    {PRODUCT_ROW("linalg.diagonal", linalg_diagonal, 1, "0", "The diagonals of matrices."),
     .cost_name = "diagonal", .log_name = "diagonal", .flags = FM_ROW_ARRAY, .nparams = 2,
     .params = {FM_P_TENSOR("x"), FM_P_INT_DEFAULT("offset", 0)}},
    {PRODUCT_ROW("kron", kron, 1, "n*m", "The Kronecker product."), .nparams = 2,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
    {PRODUCT_ROW("cross", cross, 1, "5n", "The cross product of vectors of 2 or 3 elements."),
     .flags = FM_ROW_ARRAY, .nparams = 6,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), FM_P_INT_DEFAULT("axisa", -1),
                FM_P_INT_DEFAULT("axisb", -1), FM_P_INT_DEFAULT("axisc", -1), INT_OR_NONE("axis")}},
    {PRODUCT_ROW("linalg.cross", linalg_cross, 1, "5n",
                 "The cross product of vectors of 3 elements."),
     .flags = FM_ROW_ARRAY, .nparams = 3,
     .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2"), FM_P_INT_DEFAULT("axis", -1)}},
    {PRODUCT_ROW("vdot", vdot, 1, "2n",
                 "The sum of products of all elements, those of a conjugated."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
};

const fm_row_table fm_rows_linalg = {rows, (int)(sizeof rows / sizeof *rows)};
