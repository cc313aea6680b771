/* The family of signals: correlations, series, polynomials, interpolation. */
#include "copy.h"
#include "family.h"
#include "signal_kernel.h"

#include "ops/ids.h"

enum { PORTS = 5 };

typedef struct signal_plan {
    fm_kplan head;
    uint16_t op;
    fm_dtype compute;
    fm_signal_params params;
    cu_port in[PORTS], out;
    int64_t n, m, count; /* elements of the first two inputs and of the output */
} signal_plan;

static int supports(uint16_t op, fm_dtype compute) {
    if (op == FM_SIGNAL_series) return compute == FM_FLOAT64;
    if (op == FM_SIGNAL_wrap) return compute == FM_FLOAT32 || compute == FM_FLOAT64;
    if (op == FM_SIGNAL_interp) return compute == FM_FLOAT64 || compute == FM_COMPLEX128;
    return op < FM_SIGNAL_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT &&
           cu_correlate[compute] != NULL;
}

static cu_error launch(const signal_plan *p, void *const *in, void *out, int processors,
                       cu_stream stream) {
    const fm_signal_params *s = &p->params;
    if (p->op == FM_SIGNAL_series)
        return cu_series(s->series, s->a, s->b, p->count, out, processors, stream);
    if (p->op == FM_SIGNAL_wrap)
        return cu_wrap(in[0], p->compute == FM_FLOAT32, p->count, s->a, s->b, out, processors,
                       stream);
    if (p->op == FM_SIGNAL_polyval)
        return cu_polyval[p->compute](in[0], p->n, in[1], p->count, out, processors, stream);
    if (p->op == FM_SIGNAL_interp)
        return cu_interp(in[0], p->n, in[1], in[2], p->m, p->compute == FM_COMPLEX128, in[3], in[4],
                         out, processors, stream);
    const cu_correlate_args args = {in[0],    in[1],    out,         p->n,          p->m,
                                    p->count, s->first, s->reversed, s->conjugated, s->backwards};
    return cu_correlate[p->compute](&args, processors, stream);
}

static cu_error run_signal(fm_dev *dev, cu_stream stream, fm_kplan *plan, fm_kernel_args *args) {
    const signal_plan *p = (const signal_plan *)plan;
    void *in[PORTS] = {NULL};
    cu_error code = CU_SUCCESS;
    if (!p->count) return CU_SUCCESS;
    for (int i = 0; i < PORTS && !code; ++i)
        code = cu_port_bring(&p->in[i], dev, stream, args, &in[i]);
    if (!code) code = launch(p, in, cu_port_out(&p->out, args), dev->info.processors, stream);
    return code ? code : cu_port_close(&p->out, dev, stream, args);
}

static fm_status plan_signal(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                             fm_plan_info *info, fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(signal_plan), run_signal, plan, error);
    (void)dev;
    if (status != FM_OK) return status;
    signal_plan *p = (signal_plan *)*plan;
    p->op = call->op;
    p->compute = call->compute;
    p->params = call->params->signal;
    for (int i = 0; i < PORTS; ++i) {
        const int place = p->op == FM_SIGNAL_interp && i < 2;
        cu_port_open(&p->in[i], call, i, place ? FM_FLOAT64 : call->compute, 1, info);
    }
    if (call->nin > 0) p->n = call->in[0]->size;
    if (call->nin > 1) p->m = call->in[1]->size;
    p->count = call->out[0]->size;
    cu_port_open_out(&p->out, call, 0, call->compute, info);
    return FM_OK;
}

const cu_family cu_family_signal = {supports, plan_signal};
