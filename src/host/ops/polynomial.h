/* Infer, cost and run of the rows of polynomials, by file; polynomial.c has the table. */
#ifndef FM_OPS_POLYNOMIAL_H
#define FM_OPS_POLYNOMIAL_H

#include "ops/program.h"

/* polynomial_sum.c: polyval, polyadd, polysub, polyder, polyint */
fm_status fm_infer_polyval(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_polyval(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error);
fm_status fm_run_polyval(fm_program *p);
fm_status fm_infer_polyadd(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_two_polynomials(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                     fm_error *error);
fm_status fm_cost_of_polynomial(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                fm_error *error);
fm_status fm_run_polyadd(fm_program *p);
fm_status fm_infer_polyder(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_polyder(fm_program *p);
fm_status fm_infer_polyint(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_polyint(fm_program *p);

/* polynomial_product.c: polymul, polydiv, poly, roots, on the host where shapes hang on values */
fm_status fm_infer_polymul(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_polymul(fm_program *p);
fm_status fm_infer_polydiv(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_polydiv(fm_program *p);
fm_status fm_infer_poly(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_poly(fm_program *p);
fm_status fm_infer_roots(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_roots(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_error *error);
fm_status fm_run_roots(fm_program *p);

/* polyfit.c */
fm_status fm_infer_polyfit(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_polyfit(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error);
fm_status fm_run_polyfit(fm_program *p);

/* The length of a polynomial as 0.4.3 asks for it: TypeError without axes. */
fm_status fm_polynomial_length(const fm_bound *bound, int param, int64_t *n, fm_error *error);

#endif
