/* Plans of elementwise kernels: which of the two kernels, over which axes; run sets the addresses.
 */
#include "map_plan.h"
#include "value.h"

#include "scalar/index.h"
#include "scalar/weak.h"

#include <string.h>

typedef struct map_plan {
    fm_kplan head;
    cu_map_launch launch;
    int nin;
    int input[CU_MAP_INPUTS];
    fm_dtype loop_dtype[CU_MAP_INPUTS];
    fm_dtype half;
    int has_constant;
    fm_scalar constant;
    fm_dtype exponent; /* where it must not be negative; else FM_DTYPE_NONE */
    cu_map_args args;  /* all but addresses and values */
    size_t bytes[CU_MAP_OPERANDS];
    size_t moved; /* bytes, where the call is no more than a contiguous copy; else 0 */
    /* Axes beyond those of one launch, outermost first: each of their elements is a launch. */
    int outer_axes;
    int64_t launches;
    int64_t extent[FM_INDEX_NDIM];
    int64_t stride[CU_MAP_OPERANDS][FM_INDEX_NDIM];
} map_plan;

/* The kernel's number of operand k of the index, which has the memory operands in their order and
 * the output last. */
typedef struct numbering {
    int operand[FM_INDEX_OPERANDS];
    int output;
} numbering;

static void set_input(map_plan *p, int i, const fm_kernel_call *call, const cu_map_spec *spec,
                      fm_index *index, numbering *n) {
    const fm_layout *layout = call->in[spec->input[i]];
    p->input[i] = spec->input[i];
    p->loop_dtype[i] = spec->in_dtype[i];
    p->args.dtype[i] = (uint8_t)layout->dtype;
    p->bytes[i] = cu_dtype_size(layout->dtype);
    if (call->by_value >> spec->input[i] & 1) {
        p->args.by_value |= (uint8_t)(1u << i);
        return;
    }
    const int k =
        fm_index_add(index, layout->ndim, fm_layout_shape(layout), fm_layout_strides(layout));
    n->operand[k] = i;
    if (layout->dtype != spec->in_dtype[i]) p->args.convert |= (uint8_t)(1u << i);
}

static void set_constant(map_plan *p, const cu_map_spec *spec) {
    p->has_constant = 1;
    p->constant = *spec->constant;
    p->loop_dtype[0] = spec->in_dtype[0];
    p->args.by_value = 1;
}

static void set_output(map_plan *p, const fm_kernel_call *call, const cu_map_spec *spec,
                       fm_index *index, numbering *n) {
    const fm_layout *layout = call->out[0];
    p->args.dtype[CU_MAP_OUTPUT] = (uint8_t)layout->dtype;
    p->bytes[CU_MAP_OUTPUT] = cu_dtype_size(layout->dtype);
    n->output =
        fm_index_add(index, layout->ndim, fm_layout_shape(layout), fm_layout_strides(layout));
    n->operand[n->output] = CU_MAP_OUTPUT;
    if (layout->dtype != spec->out_dtype) p->args.convert |= (uint8_t)(1u << CU_MAP_OUTPUT);
}

/* Whether the flat kernel serves; marks the inputs that are one element everywhere. */
static int is_flat(map_plan *p, const fm_index *index, const numbering *n) {
    if (p->args.convert) return 0;
    for (int k = 0; k < index->noperands; ++k) {
        if (fm_index_is_linear(index, k)) continue;
        if (k == n->output || !fm_index_is_constant(index, k)) return 0;
        p->args.single |= (uint8_t)(1u << n->operand[k]);
    }
    return 1;
}

/* The innermost axes go into the launch, the others into the loop around it. */
static void set_axes(map_plan *p, const fm_index *index, const numbering *n) {
    const int inner = index->ndim < CU_MAP_AXES ? index->ndim : CU_MAP_AXES;
    p->outer_axes = index->ndim - inner;
    p->args.ndim = inner;
    p->args.size = 1;
    p->launches = 1;
    for (int d = 0; d < index->ndim; ++d) {
        const int at = d - p->outer_axes;
        if (at < 0) {
            p->extent[d] = index->extent[d];
            p->launches *= index->extent[d];
        } else {
            p->args.extent[at] = index->extent[d];
            p->args.size *= index->extent[d];
        }
        for (int k = 0; k < index->noperands; ++k) {
            if (at < 0)
                p->stride[n->operand[k]][d] = index->stride[k][d];
            else
                p->args.stride[n->operand[k]][at] = index->stride[k][d];
        }
    }
}

static int all_aligned(const map_plan *p, const cu_map_args *args) {
    for (int i = 0; i < p->nin; ++i)
        if (!((args->by_value | args->single) >> i & 1) && (uintptr_t)args->address[i] % 16)
            return 0;
    return (uintptr_t)args->address[CU_MAP_OUTPUT] % 16 == 0;
}

static void set_operands(const map_plan *p, const fm_kernel_args *run, cu_map_args *args) {
    *args = p->args;
    for (int i = 0; i < p->nin; ++i) {
        if (args->by_value >> i & 1)
            cu_value_store(p->has_constant ? p->constant : run->scalars[p->input[i]], p->half,
                           p->loop_dtype[i], args->value[i]);
        else
            args->address[i] = run->in[p->input[i]];
    }
    args->address[CU_MAP_OUTPUT] = run->out[0];
    args->packs = (uint8_t)all_aligned(p, args);
}

/* Moves the addresses to element `number` of the outer axes. */
static void move_to(const map_plan *p, const cu_map_args *origin, cu_map_args *args,
                    int64_t number) {
    int64_t offset[CU_MAP_OPERANDS] = {0};
    for (int d = p->outer_axes - 1; d >= 0; --d) {
        const int64_t here = number % p->extent[d];
        number /= p->extent[d];
        for (int k = 0; k < CU_MAP_OPERANDS; ++k) offset[k] += here * p->stride[k][d];
    }
    for (int k = 0; k < CU_MAP_OPERANDS; ++k)
        if (origin->address[k])
            args->address[k] = (char *)origin->address[k] + offset[k] * (int64_t)p->bytes[k];
}

static cu_error launch(const map_plan *p, const fm_dev *dev, cu_stream stream,
                       const cu_map_args *args) {
    const int processors = dev->info.processors;
    cu_error code = CU_SUCCESS;
    if (p->exponent)
        code = cu_find_negative(p->exponent, args, dev->fault, p->head.name, processors, stream);
    return code ? code : p->launch(args, processors, stream);
}

/* A place copied to itself is as it should be. */
static cu_error move(const map_plan *p, const fm_kernel_args *run, cu_stream stream) {
    const void *from = run->in[p->input[0]];
    if (from == run->out[0]) return CU_SUCCESS;
    return cu_api.copy(run->out[0], from, p->moved, CU_COPY_DEVICE_TO_DEVICE, stream);
}

static cu_error run_map(fm_dev *dev, cu_stream stream, fm_kplan *plan, fm_kernel_args *run) {
    const map_plan *p = (const map_plan *)plan;
    cu_map_args origin;
    if (!p->args.size || !p->launches) return CU_SUCCESS;
    if (p->moved) return move(p, run, stream);
    set_operands(p, run, &origin);
    if (!p->outer_axes) return launch(p, dev, stream, &origin);
    cu_map_args args = origin;
    cu_error code = CU_SUCCESS;
    for (int64_t i = 0; i < p->launches && !code; ++i) {
        move_to(p, &origin, &args, i);
        code = launch(p, dev, stream, &args);
    }
    return code;
}

fm_status cu_map_plan(const fm_kernel_call *call, const cu_map_spec *spec, fm_kplan **plan,
                      fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(map_plan), run_map, plan, error);
    if (status != FM_OK) return status;
    map_plan *p = (map_plan *)*plan;
    fm_index index;
    numbering n;
    const fm_layout *shape = call->out[0];
    fm_index_begin(&index, shape->ndim, fm_layout_shape(shape));
    p->nin = spec->nin;
    p->half = fm_half_of_call(call);
    if (spec->constant)
        set_constant(p, spec);
    else
        for (int i = 0; i < spec->nin; ++i) set_input(p, i, call, spec, &index, &n);
    set_output(p, call, spec, &index, &n);
    fm_index_coalesce(&index, n.output);
    const int flat = is_flat(p, &index, &n);
    p->launch = flat ? spec->kernel->flat : spec->kernel->strided;
    set_axes(p, &index, &n);
    if (spec->whole_power && !(p->args.by_value & 2)) p->exponent = spec->in_dtype[1];
    if (flat && spec->kernel == &cu_cast[spec->out_dtype] && !p->args.by_value && !p->args.single)
        p->moved = (size_t)p->args.size * p->bytes[CU_MAP_OUTPUT];
    return FM_OK;
}
