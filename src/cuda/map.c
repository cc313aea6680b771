/* The elementwise families: which kernel a call runs, over which dtypes. */
#include "map.h"
#include "map_plan.h"
#include "value.h"

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

#define TABLE(name, ...)                                                                           \
    static const cu_map_kernel *const name##_kernels[FM_DTYPE_COUNT] = {                           \
        [FM_BOOL] = cu_##name##_b8,         [FM_INT8] = cu_##name##_i8,                            \
        [FM_INT16] = cu_##name##_i16,       [FM_INT32] = cu_##name##_i32,                          \
        [FM_INT64] = cu_##name##_i64,       [FM_UINT8] = cu_##name##_u8,                           \
        [FM_UINT16] = cu_##name##_u16,      [FM_UINT32] = cu_##name##_u32,                         \
        [FM_UINT64] = cu_##name##_u64,      [FM_FLOAT32] = cu_##name##_f32,                        \
        [FM_FLOAT64] = cu_##name##_f64,     [FM_COMPLEX64] = cu_##name##_c64,                      \
        [FM_COMPLEX128] = cu_##name##_c128, __VA_ARGS__};
TABLE(unary, )
TABLE(binary, [FM_FLOAT16] = cu_binary_f16, [FM_BFLOAT16] = cu_binary_bf16)

static int usable(const cu_map_kernel *kernel) {
    return kernel && kernel->flat;
}

/* One operand */

static const cu_map_kernel *unary_kernel(uint16_t op, fm_dtype compute) {
    if (op >= FM_UNARY_COUNT || compute >= FM_DTYPE_COUNT || !unary_kernels[compute]) return NULL;
    return &unary_kernels[compute][op];
}

static int supports_unary(uint16_t op, fm_dtype compute) {
    return usable(unary_kernel(op, compute));
}

static fm_status plan_unary(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    const cu_map_spec spec = {.kernel = unary_kernel(call->op, call->compute),
                              .nin = 1,
                              .in_dtype = {call->compute},
                              .out_dtype = fm_loop_result(unary_loops[call->op], call->compute)};
    return cu_map_plan(call, &spec, plan, error);
}

const cu_family cu_family_unary = {supports_unary, plan_unary};

/* Two operands */

static const cu_map_kernel *binary_kernel(uint16_t op, fm_dtype compute) {
    if (op >= FM_BINARY_COUNT || compute >= FM_DTYPE_COUNT || !binary_kernels[compute]) return NULL;
    return &binary_kernels[compute][op];
}

static int supports_binary(uint16_t op, fm_dtype compute) {
    return usable(binary_kernel(op, compute));
}

/* Comparisons in int64 take a uint64 operand as it is. */
static void use_mixed(const fm_kernel_call *call, cu_map_spec *spec) {
    const fm_dtype first = call->in[0]->dtype, second = call->in[1]->dtype;
    const int mixed = fm_mixed_of(call->op, call->compute, first, second);
    if (mixed < 0) return;
    spec->kernel = &cu_mixed_kernels[mixed];
    spec->in_dtype[1] = FM_UINT64;
    spec->input[0] = first == FM_UINT64;
    spec->input[1] = first != FM_UINT64;
}

static fm_status plan_binary(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                             fm_plan_info *info, fm_error *error) {
    (void)info;
    cu_map_spec spec = {.kernel = binary_kernel(call->op, call->compute),
                        .nin = 2,
                        .input = {0, 1},
                        .in_dtype = {call->compute, call->compute},
                        .out_dtype = fm_loop_result(binary_loops[call->op], call->compute)};
    use_mixed(call, &spec);
    if (call->op == FM_BINARY_power && call->compute >= FM_INT8 && call->compute <= FM_INT64) {
        spec.whole_power = 1;
        cu_error code = cu_fault_open(dev);
        if (code) return cu_fail(error, code, call->name, "allocating the error word");
    }
    return cu_map_plan(call, &spec, plan, error);
}

const cu_family cu_family_binary = {supports_binary, plan_binary};

/* Three operands: where, and clip, of which either bound may be left out */

static int supports_ternary(uint16_t op, fm_dtype compute) {
    if (compute >= FM_DTYPE_COUNT) return 0;
    if (op == FM_TERNARY_where) return usable(&cu_where[compute]);
    return op == FM_TERNARY_clip && usable(&cu_clip[compute]);
}

static cu_map_spec clip_spec(const fm_kernel_call *call) {
    const fm_dtype t = call->compute;
    const int low = call->nin > 1 && call->in[1], high = call->nin > 2 && call->in[2];
    cu_map_spec spec = {
        .nin = 1 + low + high, .input = {0, low ? 1 : 2, 2}, .in_dtype = {t, t, t}, .out_dtype = t};
    spec.kernel = low && high ? &cu_clip[t]
                  : low       ? binary_kernel(FM_BINARY_maximum, t)
                  : high      ? binary_kernel(FM_BINARY_minimum, t)
                              : &cu_cast[t];
    return spec;
}

static fm_status plan_ternary(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                              fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    const fm_dtype t = call->compute;
    const cu_map_spec where = {.kernel = &cu_where[t],
                               .nin = 3,
                               .input = {0, 1, 2},
                               .in_dtype = {FM_BOOL, t, t},
                               .out_dtype = t};
    const cu_map_spec clip = clip_spec(call);
    return cu_map_plan(call, call->op == FM_TERNARY_where ? &where : &clip, plan, error);
}

const cu_family cu_family_ternary = {supports_ternary, plan_ternary};

/* Copies, which may convert: the kernel is of the output's dtype and converts at load */

static int supports_cast(uint16_t op, fm_dtype compute) {
    return op == FM_CAST_copy && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static fm_status plan_cast(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                           fm_plan_info *info, fm_error *error) {
    (void)dev;
    (void)info;
    const fm_dtype t = call->out[0]->dtype;
    const cu_map_spec spec = {.kernel = &cu_cast[t], .nin = 1, .in_dtype = {t}, .out_dtype = t};
    return cu_map_plan(call, &spec, plan, error);
}

const cu_family cu_family_cast = {supports_cast, plan_cast};
