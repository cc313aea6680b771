/* Which of CUPTI's metrics make up a hardware counter, by chip and by what an operation computes
 * in. */
#ifndef FM_CUDA_TIMING_METRICS_H
#define FM_CUDA_TIMING_METRICS_H

#include "cupti.h"

#include "core/activity.h"

#include <flopmeter/dtype.h>
#include <flopmeter/context.h>

/* Classes of metrics: what to count beside bytes and cycles. */
enum {
    CU_COUNT_BASE = 1,
    CU_COUNT_VECTOR = 2,
    CU_COUNT_F64 = 4,
    CU_COUNT_TF32 = 8,
    CU_COUNT_BF16 = 16,
    CU_COUNT_F16 = 32,
    CU_COUNT_I8 = 64,
    CU_COUNT_INSTRUCTIONS = 128,
    CU_COUNT_TENSORS = CU_COUNT_F64 | CU_COUNT_TF32 | CU_COUNT_BF16 | CU_COUNT_F16 | CU_COUNT_I8
};

/* The class of an operation's own FLOPs: of a matrix product (product not 0) that of the tensor
 * unit that takes its dtype, else VECTOR. */
uint32_t cu_metrics_class(fm_dtype compute, fm_math_mode mode, int product);

enum { CU_METRICS = 32 };

typedef struct cu_metrics {
    const char *name[CU_METRICS];
    int counter[CU_METRICS]; /* fm_hardware_counter */
    unsigned weight[CU_METRICS];
    size_t count;
} cu_metrics;

/* The metrics of those classes. 0: nothing is known of the chip. */
int cu_metrics_choose(const char *chip, uint32_t classes, cu_metrics *metrics);

/* The chip of a compute capability, for where the library does not tell; NULL: not known. */
const char *cu_metrics_chip(int capability);

/* Adds values up into counters. A value that is no count (NaN, negative, past 2^63) is an overflow:
 * the counter keeps the rest, which is a lower bound. */
void cu_metrics_add(const cu_metrics *metrics, const double *values, fm_hardware *hardware);

/* The configuration that a chip needs to count these metrics, and in how many passes. It asks the
 * host alone, for any chip. */
typedef struct cu_schedule {
    pti_host host;
    uint8_t *image;
    size_t image_size;
    size_t passes;
} cu_schedule;

/* PTI_SUCCESS, or what CUPTI said; the schedule is then closed. */
pti_result cu_schedule_open(const cu_cupti *cupti, const char *chip, const uint8_t *availability,
                            const cu_metrics *metrics, cu_schedule *schedule);
void cu_schedule_close(const cu_cupti *cupti, cu_schedule *schedule);

#endif
