/* Each element along an axis several times in a row. */
#include "cpu/index.h"
#include "cpu/scalar_value.h"

#include <string.h>

typedef struct wide {
    uint64_t half[2];
} wide;

/* Every one of n elements `times` times. */
typedef void (*repeat_fn)(int64_t n, int64_t times, const void *in, void *out);

#define REPEAT(suffix, T)                                                                          \
    static void repeat_##suffix(int64_t n, int64_t times, const void *in, void *out) {             \
        const T *x = in;                                                                           \
        T *y = out;                                                                                \
        if (times == 2) {                                                                          \
            for (int64_t i = 0; i < n; i++) y[2 * i] = y[2 * i + 1] = x[i];                        \
            return;                                                                                \
        }                                                                                          \
        for (int64_t i = 0; i < n; i++)                                                            \
            for (int64_t k = 0; k < times; k++) *y++ = x[i];                                       \
    }
REPEAT(1, uint8_t)
REPEAT(2, uint16_t)
REPEAT(4, uint32_t)
REPEAT(8, uint64_t)
REPEAT(16, wide)
static const repeat_fn repeats[FM_MAP_SIZES] = {repeat_1, repeat_2, repeat_4, repeat_8, repeat_16};

typedef struct repeat_plan {
    fm_kplan head;
    fm_index_port in, out;
    int64_t rows, times; /* elements that are repeated, each a run of bytes */
    size_t size, run;
    repeat_fn repeat;
} repeat_plan;

typedef struct repeat_job {
    const repeat_plan *plan;
    const char *in;
    char *out;
} repeat_job;

static void repeat_span(void *arg, int64_t begin, int64_t end, int lane) {
    const repeat_job *job = arg;
    const repeat_plan *plan = job->plan;
    const char *in = job->in + (size_t)begin * plan->run;
    char *out = job->out + (size_t)(begin * plan->times) * plan->run;
    (void)lane;
    if (plan->run == plan->size) {
        plan->repeat(end - begin, plan->times, in, out);
        return;
    }
    for (int64_t i = begin; i < end; i++, in += plan->run)
        for (int64_t k = 0; k < plan->times; k++, out += plan->run) memcpy(out, in, plan->run);
}

static fm_status run_repeat(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const repeat_plan *plan = (const repeat_plan *)head;
    repeat_job job = {.plan = plan};
    (void)error;
    if (plan->rows == 0 || plan->times == 0 || plan->run == 0) return FM_OK;
    job.in = fm_index_port_bring(&plan->in, args, 0);
    job.out = fm_index_port_out(&plan->out, args);
    int64_t bytes = (int64_t)plan->run * plan->times;
    fm_pool_run(fm_pool_shared(), repeat_span, &job, plan->rows, FM_MOVE_ITEM / bytes + 1);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

fm_status fm_plan_repeat(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                         fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(repeat_plan), run_repeat, out, error);
    if (status != FM_OK) return status;
    repeat_plan *plan = (repeat_plan *)*out;
    const fm_layout *in = call->in[0];
    fm_index_port_open(&plan->in, call, 0, in->dtype, 0, NULL, info);
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->size = plan->run = fm_cpu_dtype_size(in->dtype);
    plan->rows = 1;
    for (int d = 0; d < in->ndim; d++) {
        if (d <= call->params->index.axis)
            plan->rows *= fm_layout_shape(in)[d];
        else
            plan->run *= (size_t)fm_layout_shape(in)[d];
    }
    plan->times = call->params->index.extent[0];
    plan->repeat = repeats[fm_copy_size_log(plan->size)];
    return FM_OK;
}
