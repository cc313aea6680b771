/* Contractions of three operands and more: a plan for each pair, results between them in the
   workspace, in the dtype in which products run. */
#include "cpu/contract.h"
#include "cpu/scalar_value.h"
#include "scalar/chain.h"

typedef struct chain_step {
    fm_kplan *plan;
    int in[2];     /* nodes */
    size_t offset; /* of the result in the workspace */
} chain_step;

typedef struct chain_plan {
    fm_kplan head;
    int ninputs, nsteps;
    size_t at_results; /* in the workspace, behind what the steps themselves need */
    chain_step step[];
} chain_plan;

/* An operand's address: an input's, or that of an earlier result. */
static void *address(const chain_plan *plan, const fm_kernel_args *args, int node) {
    if (node < plan->ninputs) return args->in[node];
    return (char *)args->workspace + plan->at_results + plan->step[node - plan->ninputs].offset;
}

static fm_status run_chain(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const chain_plan *plan = (const chain_plan *)head;
    for (int s = 0; s < plan->nsteps; s++) {
        const chain_step *step = &plan->step[s];
        void *in[2], *out = args->out[0];
        fm_scalar scalars[2];
        for (int i = 0; i < 2; i++) {
            in[i] = address(plan, args, step->in[i]);
            if (step->in[i] < plan->ninputs) scalars[i] = args->scalars[step->in[i]];
        }
        if (s + 1 < plan->nsteps) out = address(plan, args, plan->ninputs + s);
        fm_kernel_args inner = *args;
        inner.in = in;
        inner.out = &out;
        inner.scalars = scalars;
        fm_status status = step->plan->run(step->plan, &inner, error);
        if (status != FM_OK) return status;
    }
    return FM_OK;
}

static void free_chain(fm_kplan *head) {
    chain_plan *plan = (chain_plan *)head;
    for (int s = 0; s < plan->nsteps; s++)
        if (plan->step[s].plan != NULL) plan->step[s].plan->free(plan->step[s].plan);
    fm_cpu_host->free(plan);
}

/* The chain while it is planned. */
typedef struct chaining {
    const fm_kernel_call *call;
    const fm_chain_params *chain;
    chain_plan *plan;
    fm_dtype between;
    const fm_layout *layout[FM_CHAIN_NODES];
    fm_chain_space space;
    size_t scratch;
} chaining;

/* Layouts of the results lie behind the steps. */
static chain_plan *alloc_chain(chaining *c) {
    const fm_chain_params *chain = c->chain;
    const int nsteps = chain->ninputs - 1;
    size_t bytes = sizeof(chain_plan) + (size_t)nsteps * sizeof(chain_step), at = bytes;
    for (int s = 0; s < nsteps - 1; s++) bytes += fm_chain_layout_bytes(chain, chain->ninputs + s);
    chain_plan *plan = fm_cpu_alloc(bytes);
    if (plan == NULL) return NULL;
    plan->head = (fm_kplan){run_chain, free_chain};
    plan->ninputs = chain->ninputs;
    plan->nsteps = nsteps;
    for (int i = 0; i < chain->ninputs; i++) c->layout[i] = c->call->in[i];
    for (int s = 0; s < nsteps; s++) {
        const int node = chain->ninputs + s;
        plan->step[s].plan = NULL;
        if (s == nsteps - 1) {
            c->layout[node] = c->call->out[0];
            continue;
        }
        c->layout[node] = fm_chain_layout(chain, node, c->between, (char *)plan + at);
        at += fm_chain_layout_bytes(chain, node);
    }
    return plan;
}

static fm_status plan_step(chaining *c, fm_dev *dev, int s, fm_plan_info *info, fm_error *error) {
    const fm_chain_params *chain = c->chain;
    chain_step *step = &c->plan->step[s];
    const bool last = s == c->plan->nsteps - 1;
    const int node = chain->ninputs + s;
    fm_params params;
    fm_plan_info own = {0};
    const fm_layout *in[2];
    fm_kernel_call call = *c->call;
    call.compute = last ? c->call->compute : c->between;
    call.nin = 2;
    call.in = in;
    call.out = &c->layout[node];
    call.by_value = 0;
    call.params = &params;
    for (int i = 0; i < 2; i++) {
        step->in[i] = chain->pair[s][i];
        in[i] = c->layout[step->in[i]];
        if (step->in[i] < chain->ninputs)
            call.by_value |= (c->call->by_value >> step->in[i] & 1) << i;
    }
    fm_chain_labels(chain, s, in[0], in[1], &params.contract);
    fm_status status = fm_cpu_contract.plan(dev, &call, &step->plan, &own, error);
    if (status != FM_OK) return status;
    if (!last)
        step->offset = fm_chain_take(&c->space, node,
                                     (size_t)c->layout[node]->size * fm_cpu_dtype_size(c->between));
    for (int i = 0; i < 2; i++) fm_chain_give(&c->space, step->in[i]);
    if (own.workspace > c->scratch) c->scratch = own.workspace;
    info->executed += own.executed;
    return FM_OK;
}

fm_status fm_chain_plan(fm_dev *dev, const fm_kernel_call *call, fm_dtype between, fm_kplan **out,
                        fm_plan_info *info, fm_error *error) {
    chaining c = {.call = call, .chain = &call->params->chain, .between = between};
    fm_status status = FM_OK;
    c.plan = alloc_chain(&c);
    if (c.plan == NULL)
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    for (int s = 0; s < c.plan->nsteps && status == FM_OK; s++)
        status = plan_step(&c, dev, s, info, error);
    if (status != FM_OK) {
        free_chain(&c.plan->head);
        return status;
    }
    c.plan->at_results =
        (c.scratch + FM_CHAIN_ALIGNMENT - 1) / FM_CHAIN_ALIGNMENT * FM_CHAIN_ALIGNMENT;
    info->workspace = c.plan->at_results + c.space.most;
    info->executed_same = info->executed;
    *out = &c.plan->head;
    return FM_OK;
}
