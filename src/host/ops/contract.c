/* Rows that multiply and sum, and what they cost: matmul, dot, outer, inner, vecdot, matvec,
   vecmat, tensordot. The rules of einsum's rows are its own. */
#include "ops/args.h"
#include "ops/contract_infer.h"
#include "ops/contract_symmetry.h"
#include "ops/einsum.h"
#include "ops/ids.h"
#include "ops/param.h"

typedef fm_status (*cost_rule)(fm_work *work, const char *op, fm_extents a, fm_extents b);

/* The einsum of a product of two vectors or of two matrices; flat: of any two operands. */
typedef struct as_einsum {
    const char *vectors, *matrices, *flat;
} as_einsum;

static const char *subscripts_of(const as_einsum *as, const fm_resolved *r) {
    if (as->flat) return as->flat;
    if (r->in[0]->ndim != r->in[1]->ndim) return NULL;
    return r->in[0]->ndim == 1 ? as->vectors : r->in[0]->ndim == 2 ? as->matrices : NULL;
}

static fm_status cost_by(cost_rule rule, const as_einsum *as, const fm_bound *bound,
                         const fm_resolved *r, fm_work *work, fm_error *error) {
    const char *subscripts = subscripts_of(as, r);
    fm_contract_operands operands;
    fm_contract_operands_of(bound, r, &operands);
    if (as->flat) FM_TRY(fm_contract_cost_ravels(r, work));
    fm_status status = operands.any && subscripts
                           ? fm_contract_cost_as(bound, r, subscripts, as->flat, work, error)
                           : rule(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                  fm_extents_of(r->in[1]));
    return fm_cost_close(bound, r, work, status, error);
}

#define COST_OF(name_, ...)                                                                        \
    static fm_status cost_of_##name_(const fm_bound *bound, const fm_resolved *r, fm_work *work,   \
                                     fm_error *error) {                                            \
        static const as_einsum as = {__VA_ARGS__};                                                 \
        return cost_by(fm_cost_##name_, &as, bound, r, work, error);                               \
    }
COST_OF(matmul, "i,i->", "ij,jk->ik", NULL)
COST_OF(dot, "i,i->", "ij,jk->ik", NULL)
COST_OF(inner, "i,i->", "ij,kj->ik", NULL)
COST_OF(outer, NULL, NULL, "i,j->ij")
COST_OF(matvec, NULL, NULL, NULL)
COST_OF(vecmat, NULL, NULL, NULL)
#undef COST_OF

/* The shape with that axis at its end. */
static fm_extents axis_last(const fm_layout *layout, int64_t axis, int64_t *shape) {
    const int64_t *own = fm_layout_shape(layout);
    int at = (int)(axis < 0 ? axis + layout->ndim : axis), ndim = 0;
    for (int d = 0; d < layout->ndim; d++)
        if (d != at) shape[ndim++] = own[d];
    shape[ndim++] = own[at];
    return (fm_extents){ndim, shape};
}

static fm_status cost_of_vecdot(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                fm_error *error) {
    int64_t a[FM_MAX_NDIM], b[FM_MAX_NDIM], axis = fm_arg_int(&bound->values[2], -1);
    fm_status status;
    if (work->faults) /* 0.4.3 takes the last axis in any case */
        status = fm_cost_vecdot(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                fm_extents_of(r->in[1]));
    else
        status = fm_cost_vecdot(work, fm_row_cost_name(bound->row), axis_last(r->in[0], axis, a),
                                axis_last(r->in[1], axis, b));
    return fm_cost_close(bound, r, work, status, error);
}

static fm_status cost_of_tensordot(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                   fm_error *error) {
    fm_tensordot_axes axes;
    fm_contract_operands operands;
    FM_TRY(fm_tensordot_axes_read(bound, r, &axes, error));
    fm_contract_operands_of(bound, r, &operands);
    fm_status status =
        operands.any
            ? fm_contract_cost_tensordot(bound, r, axes.count, axes.a, axes.b, work, error)
            : fm_cost_tensordot(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]),
                                fm_extents_of(r->in[1]), axes.count, axes.a, axes.b);
    return fm_cost_close(bound, r, work, status, error);
}

#define CONTRACT_ROW(name_, infer_, cost_, formula_, meaning_)                                     \
    .name = (name_), .family = FM_FAMILY_CONTRACT, .op = FM_CONTRACT_contract, .nout = 1,          \
    .infer = (infer_), .cost = (cost_), .formula = (formula_), .dtypes = "bool int float complex", \
    .ulp = 4, .meaning = (meaning_)

/* What else is recorded and weighs as the row of that name. */
#define ALIAS_OF(name_) .cost_name = (name_), .log_name = (name_)

#define TENSORDOT_AXES                                                                             \
    {                                                                                              \
        .name = "axes", .takes = FM_TAKES_INT | FM_TAKES_INTS, .flags = FM_PARAM_NESTED,           \
        .otherwise = {                                                                             \
            .kind = FM_VALUE_INT,                                                                  \
            .as.i = 2                                                                              \
        }                                                                                          \
    }

/* How einsum and einsum_path are called: `optimize` and `memory_limit` as opt_einsum takes them. */
#define FREE_FORM (FM_TAKES_ANY & ~(FM_TAKES_TENSOR | FM_TAKES_TENSORS))
#define EINSUM_PARAMS(count_, ...)                                                                 \
    .nparams = 4 + (count_),                                                                       \
    .params = {{.name = "subscripts", .takes = FM_TAKES_STRING, .flags = FM_PARAM_REQUIRED},       \
               FM_P_VARIADIC_TENSORS("operands"),                                                  \
               {.name = "optimize", .takes = FREE_FORM, .otherwise = {.kind = FM_VALUE_NONE}},     \
               {.name = "memory_limit", .takes = FREE_FORM, .otherwise = {.kind = FM_VALUE_NONE}}, \
               __VA_ARGS__}

static const fm_row rows[] = {
    {CONTRACT_ROW("matmul", fm_infer_matmul, cost_of_matmul, "2mnk each batch",
                  "Matrix product over the last two axes, the others broadcast."),
     .flags = FM_ROW_UFUNC, .nparams = 2, .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {CONTRACT_ROW("dot", fm_infer_dot, cost_of_dot, "2mnk",
                  "Sum over the last axis of a and the last but one of b."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
    {CONTRACT_ROW("inner", fm_infer_inner, cost_of_inner, "2mnk",
                  "Sum over the last axes of both."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
    {CONTRACT_ROW("outer", fm_infer_outer, cost_of_outer, "mn",
                  "Every element of a with every element of b, both flattened."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b")}},
    {CONTRACT_ROW("vecdot", fm_infer_vecdot, cost_of_vecdot, "2nk",
                  "Sum over an axis of both, the others broadcast; x1 is conjugated."),
     .nparams = 3, .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2"), FM_P_INT_DEFAULT("axis", -1)}},
    {CONTRACT_ROW("matvec", fm_infer_matvec, cost_of_matvec, "2mn each batch",
                  "Matrices times vectors, the leading axes broadcast."),
     .nparams = 2, .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {CONTRACT_ROW("vecmat", fm_infer_vecmat, cost_of_vecmat, "2mn each batch",
                  "Vectors, conjugated, times matrices, the leading axes broadcast."),
     .nparams = 2, .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {CONTRACT_ROW("tensordot", fm_infer_tensordot, cost_of_tensordot, "2mnk",
                  "Sum over pairs of axes: their number, or those of a followed by those of b."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("b"), TENSORDOT_AXES}},
    {CONTRACT_ROW("linalg.matmul", fm_infer_matmul, cost_of_matmul, "2mnk each batch",
                  "As matmul."),
     ALIAS_OF("matmul"), .nparams = 2, .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {CONTRACT_ROW("linalg.outer", fm_infer_outer, cost_of_outer, "mn", "As outer."),
     ALIAS_OF("outer"), .nparams = 2, .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2")}},
    {CONTRACT_ROW("linalg.vecdot", fm_infer_vecdot, cost_of_vecdot, "2nk", "As vecdot."),
     ALIAS_OF("vecdot"), .nparams = 3,
     .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2"), FM_P_INT_DEFAULT("axis", -1)}},
    {CONTRACT_ROW("linalg.tensordot", fm_infer_tensordot, cost_of_tensordot, "2mnk",
                  "As tensordot."),
     ALIAS_OF("tensordot"), .flags = FM_ROW_ARRAY, .nparams = 3,
     .params = {FM_P_TENSOR("x1"), FM_P_TENSOR("x2"), TENSORDOT_AXES}},
    {CONTRACT_ROW("einsum", fm_infer_einsum, fm_cost_of_einsum,
                  "2 a summed product, 1 a product that is not summed",
                  "Products summed over the labels that the output lacks, pair by pair."),
     .flags = FM_ROW_INTERLEAVED, .has_kernel = true, .run = fm_run_einsum,
     EINSUM_PARAMS(1, FM_P_ANY_OR_NONE("symmetry"))},
    {.name = "einsum_path",
     .family = FM_FAMILY_CONTRACT,
     .infer = fm_infer_einsum_path,
     .cost = fm_cost_of_einsum_path,
     .run = fm_run_einsum_path,
     .formula = "1",
     .dtypes = "bool int float complex",
     .meaning = "The path that einsum takes, pair by pair, and what its steps cost.",
     .flags = FM_ROW_REPLY | FM_ROW_INTERLEAVED,
     EINSUM_PARAMS(0, )},
};

const fm_row_table fm_rows_contract = {rows, (int)(sizeof rows / sizeof *rows)};
