/* What the kernels of the family of samplers share: plans of one output, drawn in row-major order.
 */
#ifndef FM_CPU_SAMPLE_PLAN_H
#define FM_CPU_SAMPLE_PLAN_H

#include "cpu/copy.h"
#include "cpu/pool.h"
#include "cpu/sample.h"
#include "cpu/scalar_value.h"

typedef struct fm_sample_head {
    fm_kplan plan;
    const char *name;
    const fm_sample_table *table;
    fm_sample_params params;
    int64_t size;
    bool packed; /* drawn into the workspace, then copied to a strided output */
    fm_copy_job copy;
} fm_sample_head;

/* A zeroed plan of that many bytes whose head is set for output 0 of dtype `drawn`; FM_ERR_MEMORY.
   The workspace begins with the packed output, of *packed_bytes. */
fm_status fm_sample_plan(const fm_kernel_call *call, size_t bytes, fm_dtype drawn,
                         fm_status (*run)(fm_kplan *, fm_kernel_args *, fm_error *), fm_kplan **out,
                         fm_plan_info *info, fm_error *error);

/* Where to draw, and what is to be done when it is drawn. */
static inline void *fm_sample_target(const fm_sample_head *head, const fm_kernel_args *args) {
    return head->packed ? args->workspace : args->out[0];
}
static inline void fm_sample_finish(const fm_sample_head *head, const fm_kernel_args *args) {
    if (head->packed) fm_copy_run(&head->copy, args->workspace, args->out[0]);
}

/* One function a kernel, in its own file. */
typedef fm_status fm_sample_planner(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                                    fm_error *error);
fm_sample_planner fm_sample_plan_draw, fm_sample_plan_check, fm_sample_plan_whole,
    fm_sample_plan_words, fm_sample_plan_order, fm_sample_plan_pick, fm_sample_plan_rows;

#endif
