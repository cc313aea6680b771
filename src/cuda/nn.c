/* The family of fused operations: planning their operands and submitting around their work. */
#include "nn.h"
#include "value.h"

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_NN_COUNT && compute >= FM_FLOAT16 && compute <= FM_FLOAT64;
}

double cu_nn_number(const cu_nn_plan *plan, const fm_kernel_args *args, int j) {
    double x;
    cu_value_store(args->scalars[plan->nin + j], FM_DTYPE_NONE, FM_FLOAT64, &x);
    return x;
}

cu_lane cu_nn_lane(const fm_dev *dev, cu_stream stream) {
    return (cu_lane){dev->info.processors, stream};
}

static int is_loss(uint16_t op) {
    return op == FM_NN_softmax_cross_entropy || op == FM_NN_softmax_cross_entropy_backward;
}

/* The input that output o is, in place; -1: none. */
static int in_place_of(uint16_t op, int o) {
    if (op == FM_NN_sgd) return o == 0 ? 0 : 2;
    if (op == FM_NN_adam) return o == 0 ? 0 : o + 1;
    if (op == FM_NN_linear_backward_sgd) return o == 0 ? -1 : o + 1;
    return -1;
}

/* Labels are read as int64, everything else in the compute dtype. An output in place shares the
 * copy of its input. */
static void open_ports(cu_nn_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    for (int i = 0; i < call->nin; ++i)
        cu_port_open(&plan->in[i], call, i, is_loss(plan->op) && i == 1 ? FM_INT64 : plan->dtype, 1,
                     info);
    for (int o = 0; o < call->nout; ++o) {
        const int same = in_place_of(plan->op, o);
        cu_port *port = &plan->out[o];
        if (same < 0 || !call->out[o]) {
            cu_port_open_out(port, call, o, plan->dtype, info);
            continue;
        }
        *port = plan->in[same];
        port->input = o;
        if (port->packed) cu_copy_plan_unpack(&port->copy, plan->dtype, call->out[o]);
    }
}

static cu_error run(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    cu_nn_plan *plan = (cu_nn_plan *)head;
    void *in[CU_NN_INPUTS] = {NULL}, *out[CU_NN_OUTPUTS] = {NULL};
    cu_error code = CU_SUCCESS;
    for (int i = 0; i < plan->nin && !code; ++i)
        code = cu_port_bring(&plan->in[i], dev, stream, args, &in[i]);
    for (int o = 0; o < plan->nout; ++o) out[o] = cu_port_out(&plan->out[o], args);
    if (!code) code = plan->work(plan, dev, stream, in, out, args);
    for (int o = 0; o < plan->nout && !code; ++o)
        code = cu_port_close(&plan->out[o], dev, stream, args);
    return code;
}

static void release(fm_dev *dev, fm_kplan *head) {
    cu_nn_plan *plan = (cu_nn_plan *)head;
    (void)dev;
    cu_product_release(&plan->forward.product);
    cu_product_release(&plan->dx.product);
    cu_product_release(&plan->dw.product);
}

static fm_dtype narrow_of(const fm_kernel_call *call) {
    if (call->compute != FM_FLOAT32) return call->compute;
    if (call->math_mode == FM_MATH_BF16) return FM_BFLOAT16;
    return call->math_mode == FM_MATH_FP16 ? FM_FLOAT16 : FM_FLOAT32;
}

static fm_status plan_nn(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                         fm_plan_info *info, fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(cu_nn_plan), run, out, error);
    if (status != FM_OK) return status;
    cu_nn_plan *plan = (cu_nn_plan *)*out;
    plan->head.release = release;
    plan->op = call->op;
    plan->dtype = call->compute;
    plan->narrow = narrow_of(call);
    plan->params = call->params->nn;
    plan->nin = call->nin;
    plan->nout = call->nout;
    open_ports(plan, call, info);
    if (call->op <= FM_NN_linear_backward_sgd)
        return cu_nn_plan_linear(dev, plan, call, info, error);
    if (is_loss(call->op)) return cu_nn_plan_loss(dev, plan, call, info, error);
    cu_nn_plan_step(plan, call);
    return FM_OK;
}

const cu_family cu_family_nn = {supports, plan_nn};
