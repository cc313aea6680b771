/* Contractions of three inputs and more: a plan for each pair, results between them in the
 * workspace. */
#include "chain.h"
#include "value.h"

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

static void *address(const chain_plan *plan, const fm_kernel_args *args, int node) {
    if (node < plan->ninputs) return args->in[node];
    return (char *)args->workspace + plan->at_results + plan->step[node - plan->ninputs].offset;
}

static cu_error run_chain(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const chain_plan *plan = (const chain_plan *)head;
    cu_error code = CU_SUCCESS;
    for (int s = 0; s < plan->nsteps && !code; ++s) {
        const chain_step *step = &plan->step[s];
        void *in[2], *out = args->out[0];
        fm_scalar scalars[2] = {{FM_INT64, {0}}, {FM_INT64, {0}}};
        for (int i = 0; i < 2; ++i) {
            in[i] = address(plan, args, step->in[i]);
            if (step->in[i] < plan->ninputs) scalars[i] = args->scalars[step->in[i]];
        }
        if (s + 1 < plan->nsteps) out = address(plan, args, plan->ninputs + s);
        fm_kernel_args inner = *args;
        inner.in = in;
        inner.out = &out;
        inner.scalars = scalars;
        code = step->plan->run(dev, stream, step->plan, &inner);
    }
    return code;
}

static void release(fm_dev *dev, fm_kplan *head) {
    chain_plan *plan = (chain_plan *)head;
    for (int s = 0; s < plan->nsteps; ++s) {
        fm_kplan *own = plan->step[s].plan;
        if (!own) continue;
        if (own->release) own->release(dev, own);
        cu_host->free(own);
    }
}

/* The chain while it is planned. */
typedef struct chaining {
    const fm_kernel_call *call;
    const fm_chain_params *chain;
    chain_plan *plan;
    const fm_layout *layout[FM_CHAIN_NODES];
    fm_chain_space space;
    size_t scratch;
} chaining;

/* The plan, with room for the layouts of results behind its steps. */
static fm_status make_plan(chaining *c, fm_kplan **out, fm_error *error) {
    const fm_chain_params *chain = c->chain;
    const int nsteps = chain->ninputs - 1;
    size_t bytes = sizeof(chain_plan) + (size_t)nsteps * sizeof(chain_step), at = bytes;
    for (int s = 0; s < nsteps - 1; ++s) bytes += fm_chain_layout_bytes(chain, chain->ninputs + s);
    fm_status status = cu_plan_make(c->call, bytes, run_chain, out, error);
    if (status != FM_OK) return status;
    c->plan = (chain_plan *)*out;
    c->plan->head.release = release;
    c->plan->ninputs = chain->ninputs;
    c->plan->nsteps = nsteps;
    for (int i = 0; i < chain->ninputs; ++i) c->layout[i] = c->call->in[i];
    for (int s = 0; s < nsteps; ++s) {
        const int node = chain->ninputs + s;
        c->layout[node] = c->call->out[0];
        if (s + 1 == nsteps) break;
        c->layout[node] = fm_chain_layout(chain, node, c->call->compute, (char *)c->plan + at);
        at += fm_chain_layout_bytes(chain, node);
    }
    return FM_OK;
}

static fm_status plan_step(chaining *c, fm_dev *dev, int s, cu_plan_pair pair, fm_plan_info *info,
                           fm_error *error) {
    const fm_chain_params *chain = c->chain;
    chain_step *step = &c->plan->step[s];
    const int node = chain->ninputs + s;
    fm_params params;
    fm_plan_info own = {.capturable = 1};
    const fm_layout *in[2];
    fm_kernel_call call = *c->call;
    call.nin = 2;
    call.in = in;
    call.out = &c->layout[node];
    call.by_value = 0;
    call.params = &params;
    for (int i = 0; i < 2; ++i) {
        step->in[i] = chain->pair[s][i];
        in[i] = c->layout[step->in[i]];
        if (step->in[i] < chain->ninputs)
            call.by_value |= (c->call->by_value >> step->in[i] & 1) << i;
    }
    fm_chain_labels(chain, s, in[0], in[1], &params.contract);
    fm_status status = pair(dev, &call, &step->plan, &own, error);
    if (status != FM_OK) return status;
    if (s + 1 < c->plan->nsteps)
        step->offset = fm_chain_take(&c->space, node,
                                     (size_t)c->layout[node]->size * cu_dtype_size(call.compute));
    for (int i = 0; i < 2; ++i) fm_chain_give(&c->space, step->in[i]);
    if (own.workspace > c->scratch) c->scratch = own.workspace;
    info->capturable &= own.capturable;
    info->executed += own.executed;
    return FM_OK;
}

fm_status cu_chain_plan(fm_dev *dev, const fm_kernel_call *call, cu_plan_pair pair, fm_kplan **out,
                        fm_plan_info *info, fm_error *error) {
    chaining c = {.call = call, .chain = &call->params->chain};
    fm_status status = make_plan(&c, out, error);
    for (int s = 0; status == FM_OK && s < c.plan->nsteps; ++s)
        status = plan_step(&c, dev, s, pair, info, error);
    if (status != FM_OK) return status;
    c.plan->at_results =
        (c.scratch + FM_CHAIN_ALIGNMENT - 1) / FM_CHAIN_ALIGNMENT * FM_CHAIN_ALIGNMENT;
    info->workspace = c.plan->at_results + c.space.most;
    info->executed_same = info->executed;
    return FM_OK;
}
