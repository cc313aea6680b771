/* What the rows that gather, scatter and select share: indices as kernels and programs take them.
 */
#ifndef FM_OPS_INDEX_H
#define FM_OPS_INDEX_H

#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"
#include "scalar/axes.h"

/* Whether a tensor among the arguments is on a device whose kernels tell of no error at once. */
bool fm_index_remote(const fm_bound *bound);

/* Operand i, an index: integers or bool, or with `list` true any real number by value. TypeError.
 */
fm_status fm_index_integral(const fm_bound *bound, const fm_resolved *r, int i, fm_error *error);

/* FM_PLACE_* of "raise", "wrap" or "clip"; ValueError. */
fm_status fm_index_mode(const fm_bound *bound, int param, int *mode, fm_error *error);

/* Refuses with IndexError an index that is no place among n; axis is the one that the text names,
   argument the number of the index. */
void fm_index_check(fm_program *p, const fm_tensor *index, int64_t n, int axis, int argument);

/* Infer of the kernels: index of `operand` gathers from, or scatters to, axes of the array. */
fm_status fm_infer_gather(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_take(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_take_along_axis(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_along(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_outside(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_scatter(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_count(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_compact(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_compact_into(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_positions_into(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_nonzero_flat(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_ravel(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_unravel(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_runs(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_packbits(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_unpackbits(const fm_bound *bound, fm_resolved *r, fm_error *error);

fm_status fm_run_gather(fm_program *p);
fm_status fm_run_take(fm_program *p);
fm_status fm_run_take_along_axis(fm_program *p);
fm_status fm_run_scatter(fm_program *p);
fm_status fm_run_compact(fm_program *p);
fm_status fm_run_nonzero_flat(fm_program *p);
fm_status fm_run_bits(fm_program *p);

/* 1 an output element, without a floor. */
fm_status fm_cost_moved(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_error *error);

#endif
