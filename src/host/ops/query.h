/* The rows of questions: what their files offer to the table in query.c. */
#ifndef FM_OPS_QUERY_H
#define FM_OPS_QUERY_H

#include "ops/args.h"
#include "ops/program.h"

/* Answers about dtypes (query_dtype.c). */
fm_status fm_run_result_type(fm_program *p);
fm_status fm_run_promote_types(fm_program *p);
fm_status fm_run_can_cast(fm_program *p);
fm_status fm_run_common_type(fm_program *p);
fm_status fm_run_min_scalar_type(fm_program *p);
fm_status fm_run_issubdtype(fm_program *p);
fm_status fm_run_isdtype(fm_program *p);
fm_status fm_run_mintypecode(fm_program *p);
fm_status fm_run_typename(fm_program *p);

/* Answers about memory (query_memory.c). */
fm_status fm_run_shares_memory(fm_program *p);
fm_status fm_run_may_share_memory(fm_program *p);

/* Comparisons of whole arrays (query_equal.c). */
fm_status fm_infer_allclose(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_allclose(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error);
fm_status fm_cost_of_array_equal(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error);
fm_status fm_cost_of_array_equiv(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error);
fm_status fm_run_allclose(fm_program *p);
fm_status fm_run_array_equal(fm_program *p);
fm_status fm_run_array_equiv(fm_program *p);

#endif
