/* Work turned into an answer by the options' model and weights. */
#ifndef FM_COST_QUERY_H
#define FM_COST_QUERY_H

#include "cost/work.h"

#include <flopmeter/cost.h>

/* Fills the work, which was begun: asked again without faults for the multiply-add pairs. */
typedef fm_status (*fm_work_function)(const void *user, fm_work *work, fm_error *error);

FM_MUST_CHECK fm_status fm_cost_answer_of(const fm_cost_options *options, fm_work_function fill,
                                          const void *user, fm_cost_answer *answer,
                                          fm_error *error);

#endif
