/* Answers of accumulation.h, written from the counts. */
#ifndef FM_COST_ACCUMULATION_REPORT_H
#define FM_COST_ACCUMULATION_REPORT_H

#include "cost/accumulation.h"

#include <stdatomic.h>

/* An answer with what it points to. */
typedef struct fm_acc_answer {
    fm_accumulation seen;
    _Atomic uint32_t refs;
    fm_arena arena;
} fm_acc_answer;

/* FM_ERR_OVERFLOW where a count does not fit its field; FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_acc_report_einsum(const fm_acc_result *result, fm_acc_answer **answer);
FM_MUST_CHECK fm_status fm_acc_report_reduction(const fm_acc_reduction *reduction,
                                                int64_t op_factor, int64_t extra_ops,
                                                fm_acc_answer **answer);

#endif
