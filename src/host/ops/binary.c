/* The rows of elementwise operations of two operands. */
#include "ops/args.h"
#include "ops/elementwise_cost.h"
#include "ops/elementwise_infer.h"
#include "ops/elementwise_row.h"
#include "ops/ids.h"

#include <inttypes.h>

#define FM_BINARY(id, b, i, f, c, ...) [FM_BINARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops loops[FM_BINARY_COUNT] = {
#include "ops/binary.def"
};
#undef FM_BINARY

static bool compares(uint16_t op) {
    return op >= FM_BINARY_greater && op <= FM_BINARY_not_equal;
}

/* Integers are compared by value: int64 with uint64, and any with a weak integer that its dtype
   cannot hold. Kernels of compute dtype int64 take a uint64 operand as it is. */
static bool compare_exactly(const fm_bound *bound, fm_resolved *r) {
    fm_dtype dtypes[2] = {r->in[0]->dtype, r->in[1]->dtype};
    for (int i = 0; i < 2; i++) {
        char kind = fm_dtype_kind(dtypes[i]);
        fm_scalar weak;
        if (kind != 'i' && kind != 'u') return false;
        if (!fm_infer_weak_value(bound, r, i, &weak)) continue;
        if (fm_infer_fits(weak, dtypes[1 - i])) dtypes[i] = dtypes[1 - i];
    }
    fm_dtype common = fm_promote_types(dtypes[0], dtypes[1]);
    r->compute = common == FM_FLOAT64 ? FM_INT64 : common;
    return true;
}

/* A number as a negative exponent of integers is refused as in NumPy; a tensor's are found when
   they are read. */
static fm_status check_exponent(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    fm_scalar weak;
    char kind = fm_dtype_kind(r->compute);
    if (bound->row->op != FM_BINARY_power || kind != 'i') return FM_OK;
    if (!fm_infer_weak_value(bound, r, 1, &weak) || weak.dtype != FM_INT64 || weak.value.i >= 0) {
        return FM_OK;
    }
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                      "an integer has no integer power %" PRId64, weak.value.i);
}

static fm_status infer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const char *op = bound->row->name;
    r->nout = 1;
    FM_TRY(fm_infer_broadcast(op, r, error));
    FM_TRY(fm_infer_loop(op, loops[bound->row->op], fm_operands_promote(r), r, error));
    if (compares(bound->row->op) && compare_exactly(bound, r)) return FM_OK;
    FM_TRY(check_exponent(bound, r, error));
    return fm_infer_check_weak(bound, r, error);
}

#define OPERAND(text)                                                                              \
    { .name = text, .takes = FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED }

#define ROW(text, id, b, i, f, c, error_ulp, line)                                                 \
    {                                                                                              \
        .name = #text,                                                                             \
        .family = FM_FAMILY_BINARY,                                                                \
        .op = FM_BINARY_##id,                                                                      \
        .nparams = 2,                                                                              \
        .nout = 1,                                                                                 \
        .flags = FM_ROW_ELEMENTWISE | FM_ROW_UFUNC,                                                \
        .params = {OPERAND("x1"), OPERAND("x2")},                                                  \
        .infer = infer,                                                                            \
        .cost = fm_cost_pointwise,                                                                 \
        .formula = "n",                                                                            \
        .dtypes = FM_DTYPES(b, i, f, c),                                                           \
        .ulp = error_ulp,                                                                          \
        .meaning = line,                                                                           \
    },
#define FM_BINARY(id, ...)             ROW(id, id, __VA_ARGS__)
#define FM_BINARY_ALIAS(name, id, ...) ROW(name, id, __VA_ARGS__)
static const fm_row rows[] = {
#include "ops/binary.def"
};

const fm_row_table fm_rows_binary = {rows, sizeof rows / sizeof rows[0]};
