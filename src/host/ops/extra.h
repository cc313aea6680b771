/* What the rows of extra.c share with the programs behind them. */
#ifndef FM_OPS_EXTRA_H
#define FM_OPS_EXTRA_H

#include "ops/args.h"
#include "ops/param.h"
#include "ops/program.h"

/* round(a, decimals) */
fm_status fm_round_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_round_run(fm_program *p);

/* modf(x) and frexp(x): two outputs */
fm_status fm_modf_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_modf_run(fm_program *p);
fm_status fm_frexp_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_frexp_run(fm_program *p);

/* divmod(x1, x2) */
fm_status fm_divmod_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_divmod_run(fm_program *p);

/* nan_to_num(x, copy, nan, posinf, neginf) */
fm_status fm_nan_to_num_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_nan_to_num_run(fm_program *p);

/* real_if_close(a, tol) */
fm_status fm_real_if_close_infer(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_real_if_close_run(fm_program *p);

#endif
