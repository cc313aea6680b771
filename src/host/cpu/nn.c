/* The family of fused operations: planning their operands and running around their work. */
#include "cpu/nn.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"

#include <string.h>

enum { ALIGNMENT = 64, ITEM = 16384 /* elements for which it pays to wake a thread */ };

size_t fm_nn_room(fm_plan_info *info, size_t bytes) {
    size_t offset = (info->workspace + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    info->workspace = offset + bytes;
    return offset;
}

void fm_nn_split(void (*fn)(void *arg, int64_t begin, int64_t end, int lane), void *arg, int64_t n,
                 int64_t elements_each) {
    int64_t grain = elements_each > 0 ? ITEM / elements_each : n;
    fm_pool_run(fm_pool_shared(), fn, arg, n, grain > 1 ? grain : 1);
}

double fm_nn_number(const fm_nn_plan *plan, const fm_kernel_args *args, int j) {
    double x;
    fm_scalar_store(args->scalars[plan->nin + j], FM_DTYPE_NONE, FM_FLOAT64, &x);
    return x;
}

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_NN_COUNT && (compute == FM_FLOAT16 || compute == FM_BFLOAT16 ||
                                compute == FM_FLOAT32 || compute == FM_FLOAT64);
}

/* Labels are read as int64, everything else in the loops' dtype. */
static fm_dtype port_dtype(const fm_nn_plan *plan, int i) {
    bool loss =
        plan->op == FM_NN_softmax_cross_entropy || plan->op == FM_NN_softmax_cross_entropy_backward;
    return loss && i == 1 ? FM_INT64 : plan->stage;
}

static void open_port(fm_nn_port *port, const fm_layout *layout, fm_dtype dtype,
                      fm_plan_info *info) {
    port->used = layout != NULL;
    if (layout == NULL) return;
    port->packed = layout->dtype != dtype || !(layout->flags & FM_LAYOUT_CONTIGUOUS);
    if (port->packed)
        port->offset = fm_nn_room(info, (size_t)layout->size * fm_cpu_dtype_size(dtype));
}

/* The input that output o is, in place; -1: none. */
static int in_place_of(uint16_t op, int o) {
    if (op == FM_NN_sgd) return o == 0 ? 0 : 2;
    if (op == FM_NN_adam) return o == 0 ? 0 : o + 1;
    if (op == FM_NN_linear_backward_sgd) return o == 0 ? -1 : o + 1;
    return -1;
}

static void open_ports(fm_nn_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    for (int i = 0; i < call->nin; i++) {
        fm_dtype dtype = port_dtype(plan, i);
        open_port(&plan->in[i], call->in[i], dtype, info);
        if (plan->in[i].packed) fm_copy_plan_pack(&plan->in[i].copy, call->in[i], dtype);
    }
    for (int o = 0; o < call->nout; o++) {
        int same = in_place_of(plan->op, o);
        fm_nn_port *port = &plan->out[o];
        if (same >= 0 && call->out[o] != NULL)
            *port = plan->in[same];
        else
            open_port(port, call->out[o], plan->stage, info);
        if (port->packed) fm_copy_plan_unpack(&port->copy, plan->stage, call->out[o]);
    }
}

static fm_status run_nn(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const fm_nn_plan *plan = (const fm_nn_plan *)head;
    char *workspace = args->workspace;
    void *in[FM_NN_INPUTS] = {NULL}, *out[FM_NN_OUTPUTS] = {NULL};
    for (int i = 0; i < plan->nin; i++) {
        const fm_nn_port *port = &plan->in[i];
        if (!port->used) continue;
        in[i] = port->packed ? workspace + port->offset : args->in[i];
        if (port->packed) fm_copy_run(&port->copy, args->in[i], in[i]);
    }
    for (int o = 0; o < plan->nout; o++) {
        const fm_nn_port *port = &plan->out[o];
        if (port->used) out[o] = port->packed ? workspace + port->offset : args->out[o];
    }
    fm_status status = plan->work(plan, in, out, args, error);
    if (status != FM_OK) return status;
    for (int o = 0; o < plan->nout; o++) {
        const fm_nn_port *port = &plan->out[o];
        if (port->used && port->packed) fm_copy_run(&port->copy, out[o], args->out[o]);
    }
    return FM_OK;
}

static void free_nn(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static fm_status plan_nn(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                         fm_plan_info *info, fm_error *error) {
    (void)dev;
    fm_nn_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    bool wide = call->compute == FM_FLOAT64;
    plan->head = (fm_kplan){run_nn, free_nn};
    plan->name = call->name;
    plan->op = call->op;
    plan->stage = wide ? FM_FLOAT64 : FM_FLOAT32;
    plan->loops = &FM_ISA_CHOOSE(fm_nn_loops)[wide];
    plan->size = fm_cpu_dtype_size(plan->stage);
    plan->params = call->params->nn;
    plan->nin = call->nin;
    plan->nout = call->nout;
    open_ports(plan, call, info);
    if (call->op <= FM_NN_linear_backward_sgd)
        fm_nn_plan_linear(plan, call, info);
    else if (call->op == FM_NN_softmax_cross_entropy ||
             call->op == FM_NN_softmax_cross_entropy_backward)
        fm_nn_plan_loss(plan, call, info);
    else
        fm_nn_plan_step(plan, call);
    *out = &plan->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_nn = {supports, plan_nn};
