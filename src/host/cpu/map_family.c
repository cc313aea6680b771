/* The families of elementwise operations: which kernel a call runs, over which dtypes. */
#include "cpu/map_run.h"
#include "cpu/scalar_value.h"
#include "ops/loops.h"

#define FM_UNARY(id, b, i, f, c, ...) [FM_UNARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops unary_loops[FM_UNARY_COUNT] = {
#include "ops/unary.def"
};
#undef FM_UNARY

#define FM_BINARY(id, b, i, f, c, ...) [FM_BINARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops binary_loops[FM_BINARY_COUNT] = {
#include "ops/binary.def"
};
#undef FM_BINARY

/* Unary */

static int supports_unary(uint16_t op, fm_dtype compute) {
    if (op >= FM_UNARY_COUNT || compute >= FM_DTYPE_COUNT) return 0;
    const fm_map_fn *kernels = fm_map()->unary[compute];
    return kernels && kernels[op];
}

static fm_status plan_unary(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    fm_map_spec spec = {.kernel = fm_map()->unary[call->compute][call->op],
                        .nin = 1,
                        .in_dtype = {call->compute},
                        .out_dtype = fm_loop_result(unary_loops[call->op], call->compute)};
    return fm_map_plan(call, &spec, plan, error);
}

const fm_cpu_family fm_cpu_unary = {supports_unary, plan_unary};

/* Binary */

static int supports_binary(uint16_t op, fm_dtype compute) {
    if (op >= FM_BINARY_COUNT || compute >= FM_DTYPE_COUNT) return 0;
    const fm_map_fn *kernels = fm_map()->binary[compute];
    return kernels && kernels[op];
}

/* The mixed comparison that answers op when the signed operand comes first, or comes second. */
static int mixed_of(uint16_t op, bool swapped) {
    switch (op) {
    case FM_BINARY_greater:
        return swapped ? FM_MIXED_less : FM_MIXED_greater;
    case FM_BINARY_greater_equal:
        return swapped ? FM_MIXED_less_equal : FM_MIXED_greater_equal;
    case FM_BINARY_less:
        return swapped ? FM_MIXED_greater : FM_MIXED_less;
    case FM_BINARY_less_equal:
        return swapped ? FM_MIXED_greater_equal : FM_MIXED_less_equal;
    case FM_BINARY_equal:
        return FM_MIXED_equal;
    case FM_BINARY_not_equal:
        return FM_MIXED_not_equal;
    default:
        return -1;
    }
}

/* Comparisons in int64 take a uint64 operand as it is. */
static void use_mixed(const fm_kernel_call *call, fm_map_spec *spec) {
    bool first = call->in[0]->dtype == FM_UINT64, second = call->in[1]->dtype == FM_UINT64;
    if (call->compute != FM_INT64 || first == second) return;
    int mixed = mixed_of(call->op, first);
    if (mixed < 0) return;
    spec->kernel = fm_map()->mixed[mixed];
    spec->in_dtype[1] = FM_UINT64;
    spec->input[0] = first ? 1 : 0;
    spec->input[1] = first ? 0 : 1;
}

static fm_status plan_binary(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                             fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    fm_map_spec spec = {.kernel = fm_map()->binary[call->compute][call->op],
                        .nin = 2,
                        .input = {0, 1},
                        .in_dtype = {call->compute, call->compute},
                        .out_dtype = fm_loop_result(binary_loops[call->op], call->compute)};
    use_mixed(call, &spec);
    return fm_map_plan(call, &spec, plan, error);
}

const fm_cpu_family fm_cpu_binary = {supports_binary, plan_binary};
