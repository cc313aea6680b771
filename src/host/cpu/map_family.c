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

/* Comparisons in int64 take a uint64 operand as it is. */
static void use_mixed(const fm_kernel_call *call, fm_map_spec *spec) {
    const fm_dtype first = call->in[0]->dtype, second = call->in[1]->dtype;
    const int mixed = fm_mixed_of(call->op, call->compute, first, second);
    if (mixed < 0) return;
    spec->kernel = fm_map()->mixed[mixed];
    spec->in_dtype[1] = FM_UINT64;
    spec->input[0] = first == FM_UINT64;
    spec->input[1] = first != FM_UINT64;
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
    bool is_signed = call->compute >= FM_INT8 && call->compute <= FM_INT64;
    spec.whole_power = call->op == FM_BINARY_power && is_signed;
    use_mixed(call, &spec);
    return fm_map_plan(call, &spec, plan, error);
}

const fm_cpu_family fm_cpu_binary = {supports_binary, plan_binary};

/* Ternary */

static int log2_of(size_t size) {
    return size == 16 ? 4 : size == 8 ? 3 : size == 4 ? 2 : size == 2 ? 1 : 0;
}

static int supports_ternary(uint16_t op, fm_dtype compute) {
    if (op >= FM_TERNARY_COUNT || compute >= FM_DTYPE_COUNT || compute == FM_DTYPE_NONE) return 0;
    if (op == FM_TERNARY_where) return 1;
    const fm_map_fn *kernels = fm_map()->ternary[compute];
    return kernels && kernels[op];
}

/* A bound that was left out leaves a maximum or a minimum; without both a copy is left. */
static fm_map_spec clip_spec(const fm_kernel_call *call) {
    const fm_map_table *map = fm_map();
    fm_dtype t = call->compute;
    bool low = call->in[1], high = call->in[2];
    fm_map_spec spec = {.input = {0, low ? 1 : 2, 2}, .in_dtype = {t, t, t}, .out_dtype = t};
    spec.nin = 1 + low + high;
    spec.kernel = low && high ? map->ternary[t][FM_TERNARY_clip]
                  : low       ? map->binary[t][FM_BINARY_maximum]
                              : map->binary[t][FM_BINARY_minimum];
    if (!low && !high) spec.cast = map->convert[t][t];
    return spec;
}

static fm_status plan_ternary(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                              fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    fm_dtype t = call->compute;
    fm_map_spec spec = {.kernel = fm_map()->where[log2_of(fm_cpu_dtype_size(t))],
                        .nin = 3,
                        .input = {0, 1, 2},
                        .in_dtype = {FM_BOOL, t, t},
                        .out_dtype = t};
    if (call->op == FM_TERNARY_clip) spec = clip_spec(call);
    return fm_map_plan(call, &spec, plan, error);
}

const fm_cpu_family fm_cpu_ternary = {supports_ternary, plan_ternary};

/* Cast: the kernel is the conversion. A number is converted once and then copied. */

static int supports_cast(uint16_t op, fm_dtype compute) {
    return op < FM_CAST_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

fm_status fm_cast_plan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                       fm_error *error) {
    (void)dev;
    (void)info;
    fm_dtype to = call->out[0]->dtype;
    fm_dtype from = call->by_value & 1 ? to : call->in[0]->dtype;
    fm_map_spec spec = {
        .cast = fm_map()->convert[from][to], .nin = 1, .in_dtype = {from}, .out_dtype = to};
    return fm_map_plan(call, &spec, plan, error);
}

const fm_cpu_family fm_cpu_cast = {supports_cast, fm_cast_plan};
