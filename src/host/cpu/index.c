/* The family of gathers, scatters and selections on the CPU: its table, and operands brought to
   contiguous memory. */
#include "cpu/index.h"
#include "cpu/scalar_value.h"

size_t fm_index_room(fm_plan_info *info, size_t bytes) {
    size_t offset = (info->workspace + 63) & ~(size_t)63;
    info->workspace = offset + bytes;
    return offset;
}

/* Row-major strides of a shape on one side, the operand's own, repeated along axes that it lacks,
   on the other. */
static void plan_spread(fm_copy_job *copy, const fm_layout *in, fm_dtype to, int ndim,
                        const int64_t *shape) {
    fm_copy_axis axes[FM_MAX_NDIM];
    int64_t step = 1;
    for (int d = ndim - 1; d >= 0; d--) {
        int own = d - (ndim - in->ndim);
        bool fixed = own < 0 || fm_layout_shape(in)[own] == 1;
        axes[d] = (fm_copy_axis){shape[d], fixed ? 0 : fm_layout_strides(in)[own], step};
        step *= shape[d];
    }
    fm_copy_plan(copy, in->dtype, to, ndim, axes);
}

static int64_t size_of(int ndim, const int64_t *shape) {
    int64_t size = 1;
    for (int d = 0; d < ndim; d++) size *= shape[d];
    return size;
}

void fm_index_port_open(fm_index_port *port, const fm_kernel_call *call, int i, fm_dtype dtype,
                        int ndim, const int64_t *shape, fm_plan_info *info) {
    const fm_layout *in = call->in[i];
    *port = (fm_index_port){.used = true, .dtype = dtype};
    port->by_value = call->by_value >> i & 1;
    int64_t size = shape ? size_of(ndim, shape) : in->size;
    port->packed = !port->by_value &&
                   (in->dtype != dtype || in->size != size || !(in->flags & FM_LAYOUT_CONTIGUOUS));
    if (port->by_value) port->offset = fm_index_room(info, fm_cpu_dtype_size(dtype));
    if (!port->packed) return;
    port->offset = fm_index_room(info, (size_t)size * fm_cpu_dtype_size(dtype));
    if (shape)
        plan_spread(&port->copy, in, dtype, ndim, shape);
    else
        fm_copy_plan_pack(&port->copy, in, dtype);
}

void fm_index_port_open_out(fm_index_port *port, const fm_kernel_call *call, int o,
                            fm_plan_info *info) {
    const fm_layout *out = call->out[o];
    *port = (fm_index_port){.used = true, .dtype = out->dtype};
    port->packed = !(out->flags & FM_LAYOUT_CONTIGUOUS);
    if (!port->packed) return;
    port->offset = fm_index_room(info, (size_t)out->size * fm_cpu_dtype_size(out->dtype));
    fm_copy_plan_unpack(&port->copy, out->dtype, out);
}

void *fm_index_port_bring(const fm_index_port *port, const fm_kernel_args *args, int i) {
    if (!port->packed && !port->by_value) return args->in[i];
    void *to = (char *)args->workspace + port->offset;
    if (port->by_value)
        fm_scalar_store(args->scalars[i], FM_DTYPE_NONE, port->dtype, to);
    else
        fm_copy_run(&port->copy, args->in[i], to);
    return to;
}

void *fm_index_port_out(const fm_index_port *port, const fm_kernel_args *args) {
    return port->packed ? (char *)args->workspace + port->offset : args->out[0];
}

void fm_index_port_close(const fm_index_port *port, const fm_kernel_args *args) {
    if (port->packed) fm_copy_run(&port->copy, fm_index_port_out(port, args), args->out[0]);
}

static void free_plan(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

fm_status fm_index_plan_make(const fm_kernel_call *call, size_t size,
                             fm_status (*run)(fm_kplan *, fm_kernel_args *, fm_error *),
                             fm_kplan **plan, fm_error *error) {
    *plan = fm_cpu_alloc(size);
    if (!*plan)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    **plan = (fm_kplan){run, free_plan};
    return FM_OK;
}

static fm_index_planner *const planners[FM_INDEX_COUNT] = {
    [FM_INDEX_gather] = fm_plan_gather,       [FM_INDEX_gather_along] = fm_plan_gather_along,
    [FM_INDEX_along] = fm_plan_along,         [FM_INDEX_outside] = fm_plan_outside,
    [FM_INDEX_scatter] = fm_plan_scatter,     [FM_INDEX_scatter_add] = fm_plan_scatter,
    [FM_INDEX_count] = fm_plan_count,         [FM_INDEX_compact] = fm_plan_compact,
    [FM_INDEX_positions] = fm_plan_positions, [FM_INDEX_ravel] = fm_plan_ravel,
    [FM_INDEX_unravel] = fm_plan_unravel,     [FM_INDEX_runs] = fm_plan_runs,
    [FM_INDEX_repeat] = fm_plan_repeat,       [FM_INDEX_pack] = fm_plan_bits,
    [FM_INDEX_unpack] = fm_plan_bits,
};

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_INDEX_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static fm_status plan_index(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                            fm_plan_info *info, fm_error *error) {
    (void)dev;
    return planners[call->op](call, plan, info, error);
}

const fm_cpu_family fm_cpu_index = {supports, plan_index};
