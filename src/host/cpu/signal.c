/* The family of signals on the CPU: correlations, series, polynomials, interpolation. */
#include "cpu/copy.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"
#include "cpu/signal_loops.h"

#include "ops/ids.h"
#include "scalar/series.h"
#include "scalar/weak.h"

#include <string.h>

enum { WORK = 1 << 15 /* products, or elements, for which it pays to wake a thread */ };

/* An input brought to a dtype, contiguous: as it lies, or in the workspace. */
typedef struct port {
    bool used, by_value, packed;
    int input;
    fm_dtype dtype, half;
    size_t offset;
    int64_t origin; /* bytes from the input's origin to its first element in the packed order */
    fm_copy_job copy;
} port;

typedef struct signal_plan {
    fm_kplan head;
    const fm_signal_table *table;
    uint16_t op;
    fm_dtype compute;
    fm_signal_params params;
    port in[5];
    int64_t size[3]; /* elements of the first inputs */
    int64_t count;   /* elements of the output */
    size_t itemsize;
    bool unpacks; /* the output is strided or of another dtype */
    size_t unpacked, parts[2];
    fm_copy_job unpack;
    int64_t unpack_origin; /* bytes */
} signal_plan;

static int supports(uint16_t op, fm_dtype compute) {
    bool real = compute == FM_FLOAT64, complex = compute == FM_COMPLEX128;
    bool half = compute == FM_FLOAT16 || compute == FM_BFLOAT16;
    if (op == FM_SIGNAL_series) return real;
    if (op == FM_SIGNAL_wrap) return real || compute == FM_FLOAT32;
    if (op == FM_SIGNAL_interp) return real || complex;
    return op < FM_SIGNAL_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT && !half;
}

static size_t room(fm_plan_info *info, size_t bytes) {
    size_t offset = (info->workspace + 63) & ~(size_t)63;
    info->workspace = offset + bytes;
    return offset;
}

/* reversed: a 1-d input from its last element to its first. */
static void open_port(port *p, const fm_kernel_call *call, int i, fm_dtype dtype, bool reversed,
                      fm_plan_info *info) {
    const fm_layout *layout = i < call->nin ? call->in[i] : NULL;
    *p = (port){.used = layout != NULL, .input = i, .dtype = dtype};
    if (!layout) return;
    p->by_value = call->by_value >> i & 1;
    p->half = fm_half_of_call(call);
    reversed = reversed && layout->size > 1;
    p->packed = p->by_value || reversed || layout->dtype != dtype ||
                !(layout->flags & FM_LAYOUT_CONTIGUOUS);
    if (!p->packed) return;
    p->offset = room(info, (size_t)layout->size * fm_cpu_dtype_size(dtype));
    if (!reversed) {
        fm_copy_plan_pack(&p->copy, layout, dtype);
        return;
    }
    int64_t stride = fm_layout_strides(layout)[0];
    fm_copy_axis axis = {layout->size, -stride, 1};
    fm_copy_plan(&p->copy, layout->dtype, dtype, 1, &axis);
    p->origin = (layout->size - 1) * stride * (int64_t)fm_cpu_dtype_size(layout->dtype);
}

static const void *bring(const port *p, const fm_kernel_args *args) {
    if (!p->used) return NULL;
    if (!p->packed) return args->in[p->input];
    char *to = (char *)args->workspace + p->offset;
    if (p->by_value)
        fm_scalar_store(args->scalars[p->input], p->half, p->dtype, to);
    else
        fm_copy_run(&p->copy, (const char *)args->in[p->input] + p->origin, to);
    return to;
}

/* What the spans of a run share. */
typedef struct job {
    const signal_plan *plan;
    const void *in[5];
    char *out;
} job;

static void correlate_span(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const signal_plan *p = j->plan;
    (void)lane;
    p->table->correlate[p->compute](j->in[0], p->size[0], j->in[1], p->size[1], p->params.first,
                                    begin, end, j->out + (size_t)begin * p->itemsize);
}

static void series_span(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const fm_signal_params *s = &j->plan->params;
    (void)lane;
    j->plan->table->series(s->series, s->a, s->b, begin, end, (double *)(void *)j->out + begin);
}

static void polyval_span(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const signal_plan *p = j->plan;
    size_t skip = (size_t)begin * p->itemsize;
    (void)lane;
    p->table->polyval[p->compute](j->in[0], p->size[0], (const char *)j->in[1] + skip, end - begin,
                                  j->out + skip);
}

static void interp_span(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const signal_plan *p = j->plan;
    (void)lane;
    p->table->interp(end - begin, (const double *)j->in[0] + begin, j->in[1], j->in[2], p->size[1],
                     p->compute == FM_COMPLEX128, j->in[3], j->in[4],
                     j->out + (size_t)begin * p->itemsize);
}

static void wrap_span(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const signal_plan *p = j->plan;
    size_t skip = (size_t)begin * p->itemsize;
    (void)lane;
    p->table->wrap(end - begin, p->compute == FM_FLOAT32, (const char *)j->in[0] + skip,
                   p->params.a, p->params.b, j->out + skip);
}

/* Real and imaginary parts apart, for the vectors of the correlation. */
static void split(const signal_plan *p, job *j, const fm_kernel_args *args) {
    bool single = p->compute == FM_COMPLEX64;
    for (int i = 0; i < 2; i++) {
        char *re = (char *)args->workspace + p->parts[i];
        char *im = re + (size_t)p->size[i] * p->itemsize / 2;
        bool conjugated = p->params.conjugated == 1 + i;
        p->table->part(p->size[i], single, j->in[i], conjugated ? -1 : 1, re, im);
        j->in[i] = re;
    }
}

static int64_t grain(int64_t cost) {
    int64_t n = WORK / (cost > 0 ? cost : 1);
    return (n / 64 + 1) * 64;
}

static fm_status run_signal(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const signal_plan *p = (const signal_plan *)head;
    job j = {.plan = p, .out = args->out[0]};
    fm_pool *pool = fm_pool_shared();
    (void)error;
    if (p->count == 0) return FM_OK;
    if (p->unpacks) j.out = (char *)args->workspace + p->unpacked;
    for (int i = 0; i < 5; i++) j.in[i] = bring(&p->in[i], args);
    if (p->op == FM_SIGNAL_correlate) {
        if (p->compute == FM_COMPLEX64 || p->compute == FM_COMPLEX128) split(p, &j, args);
        fm_pool_run(pool, correlate_span, &j, p->count, grain(p->size[1]));
    } else if (p->op == FM_SIGNAL_series) {
        fm_pool_run(pool, series_span, &j, p->count, 2048);
    } else if (p->op == FM_SIGNAL_wrap) {
        fm_pool_run(pool, wrap_span, &j, p->count, 8192);
    } else if (p->op == FM_SIGNAL_polyval) {
        fm_pool_run(pool, polyval_span, &j, p->count, grain(2 * p->size[0]));
    } else {
        const char *y = j.in[2];
        if (!j.in[3]) j.in[3] = y;
        if (!j.in[4]) j.in[4] = y + (size_t)(p->size[1] - 1) * p->itemsize;
        fm_pool_run(pool, interp_span, &j, p->count, 2048);
    }
    if (p->unpacks) fm_copy_run(&p->unpack, j.out, (char *)args->out[0] + p->unpack_origin);
    return FM_OK;
}

static void free_signal(fm_kplan *plan) {
    fm_cpu_host->free(plan);
}

static void open_output(signal_plan *p, const fm_kernel_call *call, fm_plan_info *info) {
    const fm_layout *out = call->out[0];
    bool backwards = p->params.backwards && out->size > 1;
    p->count = out->size;
    p->itemsize = fm_cpu_dtype_size(call->compute);
    p->unpacks = backwards || out->dtype != call->compute || !(out->flags & FM_LAYOUT_CONTIGUOUS);
    if (!p->unpacks) return;
    p->unpacked = room(info, (size_t)out->size * p->itemsize);
    if (!backwards) {
        fm_copy_plan_unpack(&p->unpack, call->compute, out);
        return;
    }
    int64_t stride = fm_layout_strides(out)[0];
    fm_copy_axis axis = {out->size, 1, -stride};
    fm_copy_plan(&p->unpack, call->compute, out->dtype, 1, &axis);
    p->unpack_origin = (out->size - 1) * stride * (int64_t)fm_cpu_dtype_size(out->dtype);
}

static fm_status plan_signal(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    (void)dev;
    signal_plan *p = fm_cpu_alloc(sizeof *p);
    if (!p) return fm_cpu_host->fail(error, FM_ERR_MEMORY, "%s: no memory for a plan", call->name);
    p->head = (fm_kplan){run_signal, free_signal};
    p->table = FM_ISA_CHOOSE(&fm_signal);
    p->op = call->op;
    p->compute = call->compute;
    p->params = call->params->signal;
    bool correlates = p->op == FM_SIGNAL_correlate;
    for (int i = 0; i < call->nin && i < 5; i++) {
        bool place = p->op == FM_SIGNAL_interp && i < 2;
        open_port(&p->in[i], call, i, place ? FM_FLOAT64 : call->compute,
                  correlates && i == 1 && p->params.reversed, info);
        if (i < 3 && call->in[i]) p->size[i] = call->in[i]->size;
    }
    open_output(p, call, info);
    for (int i = 0; i < 2 && correlates && p->itemsize > 0; i++)
        if (call->compute == FM_COMPLEX64 || call->compute == FM_COMPLEX128)
            p->parts[i] = room(info, (size_t)p->size[i] * p->itemsize);
    *out = &p->head;
    return FM_OK;
}

const fm_cpu_family fm_cpu_signal = {supports, plan_signal};
