/* Infer, cost and run of the rows of signals, by file; signal.c has the table. */
#ifndef FM_OPS_SIGNAL_H
#define FM_OPS_SIGNAL_H

#include "ops/program.h"

/* correlate.c */
fm_status fm_infer_convolve(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_correlate(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_correlate(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);

/* series.c */
fm_status fm_infer_window(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_window(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error);
fm_status fm_infer_kaiser(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_kaiser(fm_program *p);
fm_status fm_infer_frequencies(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_shift(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_shift(fm_program *p);

/* interp.c */
fm_status fm_infer_interp(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_interp(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error);
fm_status fm_run_interp(fm_program *p);

/* difference.c */
fm_status fm_infer_diff(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_diff(const fm_bound *bound, const fm_resolved *r, fm_work *work, fm_error *error);
fm_status fm_run_diff(fm_program *p);
fm_status fm_infer_ediff1d(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_ediff1d(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error);
fm_status fm_run_ediff1d(fm_program *p);
fm_status fm_infer_trapezoid(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_trapezoid(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);
fm_status fm_run_trapezoid(fm_program *p);
fm_status fm_infer_unwrap(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_unwrap(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error);
fm_status fm_run_unwrap(fm_program *p);
fm_status fm_infer_wrap(const fm_bound *bound, fm_resolved *r, fm_error *error);

/* gradient.c */
fm_status fm_infer_gradient(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_gradient(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error);
fm_status fm_run_gradient(fm_program *p);

/* Elements [start, stop) of an axis of a tensor, by Python's rules for negative ones; a view. */
fm_tensor *fm_program_cut(fm_program *p, const fm_tensor *x, int axis, int64_t start, int64_t stop);

/* Writes a tensor's elements into a target of the same shape, as its dtype. */
void fm_program_assign(fm_program *p, const fm_tensor *target, const fm_tensor *value);

/* An axis that 0.4.3 indexes shape with: IndexError where it is out of range. */
fm_status fm_index_axis(const fm_bound *bound, int param, int64_t axis, int ndim, int *out,
                        fm_error *error);

/* The dtype to which two operands promote as arrays, numbers by value included. */
fm_dtype fm_promote_arrays(const fm_layout *a, const fm_layout *b);

/* The cost of a formula of cost/formulas.h with one or two counts. */
fm_status fm_cost_formula(const fm_bound *bound, fm_work *work, const char *name, int64_t first,
                          int64_t second, fm_error *error);

#endif
