/* The family of running reductions: lines of a dense block, walked by a thread each or all
 * together. */
#include "scan.h"
#include "copy.h"
#include "family.h"

/* From so many lines on a thread walks each; lines this short are walked anyway. */
enum { LINES = 4096, SHORT = 64 };

typedef struct scan_plan {
    fm_kplan head;
    cu_port in, out;
    cu_error (*launch)(const cu_scan_args *, int, cu_stream);
    int64_t lines, n, inner;
    size_t temp, temp_bytes; /* temp: offset into the workspace */
} scan_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_SCAN_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static cu_error run(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const scan_plan *plan = (const scan_plan *)head;
    void *in;
    if (!plan->lines || !plan->n || !plan->inner) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &in);
    const cu_scan_args scan = {.in = in,
                               .out = cu_port_out(&plan->out, args),
                               .lines = plan->lines,
                               .n = plan->n,
                               .inner = plan->inner,
                               .temp = (char *)args->workspace + plan->temp,
                               .temp_bytes = plan->temp_bytes};
    if (!code) code = plan->launch(&scan, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

/* The dtype whose kernel gives the results of that dtype: sums of integers wrap, whatever their
 * width, so those of 64 bits hold them all; sums of bool are maxima, products minima. */
static const cu_scan_kernel *choose(uint16_t op, fm_dtype compute, fm_dtype *stage) {
    const int sum = op == FM_SCAN_cumsum, prod = op == FM_SCAN_cumprod;
    *stage = compute;
    if (compute <= FM_UINT32) *stage = FM_INT64;
    if (compute == FM_UINT64 && (sum || prod)) *stage = FM_INT64;
    if (compute == FM_COMPLEX64) *stage = FM_COMPLEX128;
    if (compute >= FM_FLOAT16 && compute <= FM_FLOAT32 && !sum && !prod) *stage = FM_FLOAT64;
    if (op == FM_SCAN_cummax || (sum && compute == FM_BOOL)) return &cu_scan_max[*stage];
    if (op == FM_SCAN_cummin || (prod && compute == FM_BOOL)) return &cu_scan_min[*stage];
    return sum ? &cu_scan_sum[*stage] : &cu_scan_prod[*stage];
}

static void set_lines(scan_plan *plan, const fm_kernel_call *call) {
    const fm_layout *in = call->in[0];
    const fm_scan_params *params = &call->params->scan;
    plan->lines = plan->inner = 1;
    plan->n = in->size;
    if (params->flat || in->ndim == 0) return;
    plan->n = fm_layout_shape(in)[params->axis];
    for (int d = 0; d < params->axis; ++d) plan->lines *= fm_layout_shape(in)[d];
    for (int d = params->axis + 1; d < in->ndim; ++d) plan->inner *= fm_layout_shape(in)[d];
}

static fm_status plan_scan(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                           fm_plan_info *info, fm_error *error) {
    fm_dtype stage;
    fm_status status = cu_plan_make(call, sizeof(scan_plan), run, out, error);
    (void)dev;
    if (status != FM_OK) return status;
    scan_plan *plan = (scan_plan *)*out;
    const cu_scan_kernel *kernel = choose(call->op, call->compute, &stage);
    const fm_scan_params *params = &call->params->scan;
    set_lines(plan, call);
    const int many = plan->lines * plan->inner >= LINES || plan->n <= SHORT;
    const int walked = !kernel->run || many;
    const int last = walked || params->flat || call->in[0]->ndim == 0 ? -1 : params->axis;
    plan->launch = walked ? kernel->walk : kernel->run;
    if (!walked) {
        plan->lines *= plan->inner;
        plan->inner = 1;
    }
    cu_port_open_lines(&plan->in, call, 0, stage, last, info);
    cu_port_open_lines_out(&plan->out, call, 0, stage, last, info);
    if (walked || !call->in[0]->size) return FM_OK;
    const cu_error code = kernel->measure(plan->lines, plan->n, &plan->temp_bytes);
    if (code) return cu_fail(error, code, call->name, "measuring its scratch memory");
    plan->temp = cu_room(info, plan->temp_bytes);
    return FM_OK;
}

const cu_family cu_family_scan = {supports, plan_scan};
