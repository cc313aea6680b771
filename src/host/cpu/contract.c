/* The family of contractions on the CPU: one operand is summed or copied, two are multiplied. */
#include "cpu/contract.h"
#include "cpu/scalar_value.h"
#include "scalar/chain.h"
#include "scalar/types.h"
#include "scalar/weak.h"

typedef enum contract_kind { ZEROS, COPY, SUM, PRODUCT } contract_kind;

typedef struct contract_plan {
    fm_kplan head;
    contract_kind kind;
    bool by_value[2];
    fm_dtype half, in[2]; /* in: the dtypes in which numbers by value are stored */
    fm_copy_job copy;     /* ZEROS, COPY */
    fm_reduce_job sum;    /* SUM */
    fm_folded fold;       /* PRODUCT */
} contract_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_CONTRACT_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static fm_status run_contract(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    static const fm_c128 zero = {0, 0};
    const contract_plan *plan = (const contract_plan *)head;
    fm_c128 numbers[2];
    const void *in[2] = {args->in[0], plan->kind == PRODUCT ? args->in[1] : NULL};
    (void)error;
    for (int i = 0; i < 2; i++) {
        if (!plan->by_value[i]) continue;
        fm_scalar_store(args->scalars[i], plan->half, plan->in[i], &numbers[i]);
        in[i] = &numbers[i];
    }
    switch (plan->kind) {
    case ZEROS:
        fm_copy_run(&plan->copy, &zero, args->out[0]);
        break;
    case COPY:
        fm_copy_run(&plan->copy, in[0], args->out[0]);
        break;
    case SUM:
        fm_reduce_job_run(&plan->sum, in[0], args->out[0], args->workspace);
        break;
    case PRODUCT:
        fm_folded_run(&plan->fold, in[0], in[1], args->out[0], args->workspace);
        break;
    }
    return FM_OK;
}

static void free_contract(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

/* The dtype in which products run: halves in float32, integers and bool in 64 bits, of which the
   low ones, or whether any is set, are the result. */
static fm_dtype stage_of(fm_dtype compute) {
    if (compute == FM_FLOAT16 || compute == FM_BFLOAT16) return FM_FLOAT32;
    return compute >= FM_FLOAT32 ? compute : FM_INT64;
}

/* The stride in the output as it lies, for a stride that the label would have row-major. Labels of
   outer divide an axis among them. */
static int64_t output_stride(const fm_layout *out, int64_t c) {
    int64_t step = 1;
    for (int d = out->ndim - 1; d >= 0; d--) {
        int64_t n = fm_layout_shape(out)[d];
        if (n > 1 && c < step * n) return c / step * fm_layout_strides(out)[d];
        if (n > 1) step *= n;
    }
    return 0;
}

/* The labels that matter; *empty where a sum has no terms. */
static void read_labels(const fm_kernel_call *call, fm_contract_params *labels, bool *empty) {
    const fm_contract_params *params = &call->params->contract;
    *empty = false;
    labels->nlabels = 0;
    for (int i = 0; i < params->nlabels; i++) {
        fm_contract_label x = params->label[i];
        if (x.extent == 0 && !x.in_c) *empty = true;
        if (x.extent == 1) continue;
        x.c = x.in_c ? output_stride(call->out[0], x.c) : 0;
        labels->label[labels->nlabels++] = x;
    }
}

/* Copies of one operand, or of a zero, to the output's labels. */
static void plan_copy(contract_plan *plan, const fm_kernel_call *call, fm_dtype from,
                      const fm_contract_params *labels) {
    fm_copy_axis axes[FM_MAX_NDIM];
    int count = 0;
    for (int i = 0; i < labels->nlabels; i++) {
        const fm_contract_label *x = &labels->label[i];
        if (!x->in_c) continue;
        axes[count++] = (fm_copy_axis){x->extent, plan->kind == COPY ? x->a : 0, x->c};
    }
    fm_copy_plan(&plan->copy, from, call->out[0]->dtype, count, axes);
}

static void plan_sum(contract_plan *plan, const fm_kernel_call *call,
                     const fm_contract_params *labels) {
    fm_reduce_axis kept[FM_MAX_NDIM], red[FM_MAX_NDIM];
    int nkept = 0, nred = 0;
    for (int i = 0; i < labels->nlabels; i++) {
        const fm_contract_label *x = &labels->label[i];
        fm_reduce_axis axis = {x->extent, x->a, x->c};
        if (x->in_c)
            kept[nkept++] = axis;
        else
            red[nred++] = axis;
    }
    plan->kind = nred > 0 ? SUM : COPY;
    if (nred == 0)
        plan_copy(plan, call, plan->in[0], labels);
    else
        fm_reduce_job_plan(&plan->sum, FM_REDUCE_sum, plan->in[0], call->compute,
                           call->out[0]->dtype, nkept, kept, nred, red);
}

static void plan_kind(contract_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    fm_contract_params labels;
    bool empty;
    fm_dtype stage = stage_of(call->compute);
    read_labels(call, &labels, &empty);
    for (int i = 0; i < call->nin; i++) {
        plan->by_value[i] = call->by_value >> i & 1;
        plan->in[i] = plan->by_value[i] ? stage : call->in[i]->dtype;
    }
    if (empty || call->out[0]->size == 0) {
        plan->kind = ZEROS;
        plan_copy(plan, call, call->out[0]->dtype, &labels);
    } else if (call->nin == 1) {
        plan_sum(plan, call, &labels);
        info->workspace = plan->kind == SUM ? plan->sum.workspace : 0;
    } else {
        fm_dtype dtypes[3] = {plan->in[0], plan->in[1], call->out[0]->dtype};
        bool conj =
            call->params->contract.conj_a != 0 && (stage == FM_COMPLEX64 || stage == FM_COMPLEX128);
        plan->kind = PRODUCT;
        fm_folded_plan(&plan->fold, stage, dtypes, conj, &labels, &info->workspace);
        info->executed = fm_folded_executed(&plan->fold, false);
        info->executed_same = fm_folded_executed(&plan->fold, true);
    }
}

static fm_status plan_pair(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                           fm_error *error) {
    contract_plan *plan = fm_cpu_alloc(sizeof *plan);
    if (plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    plan->head = (fm_kplan){run_contract, free_contract};
    plan->half = fm_half_of_call(call);
    plan_kind(plan, call, info);
    *out = &plan->head;
    return FM_OK;
}

static fm_status plan_contract(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                               fm_plan_info *info, fm_error *error) {
    if (call->nin <= 2) return plan_pair(call, out, info, error);
    if (!fm_chain_is_empty(&call->params->chain))
        return fm_chain_plan(dev, call, stage_of(call->compute), out, info, error);
    fm_params nothing;
    fm_kernel_call zeros = *call;
    fm_chain_nothing(&call->params->chain, &nothing.contract);
    zeros.nin = 2;
    zeros.by_value = 0;
    zeros.params = &nothing;
    return plan_pair(&zeros, out, info, error);
}

const fm_cpu_family fm_cpu_contract = {supports, plan_contract};
