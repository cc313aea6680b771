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

/* The number of the first index outside [0, n), or with `wraps` [-n, n); where there is none, how
   many there are. 0 where the program failed. */
int64_t fm_index_first_outside(fm_program *p, const fm_tensor *index, int64_t n, bool wraps);

/* How many elements of a mask are set; the flat places of elements that are not 0. */
int64_t fm_index_count(fm_program *p, const fm_tensor *mask);
fm_tensor *fm_index_nonzero(fm_program *p, const fm_tensor *a);

/* Refuses with IndexError an index that is no place among n; axis is the one that the text names,
   argument the number of the index. The mode to go on with: FM_PLACE_SURE, or FM_PLACE_WATCHED
   under capture, where the wait after a replay tells. */
int fm_index_check(fm_program *p, const fm_tensor *index, int64_t n, int axis, int argument);
/* Under capture has that wait tell of an index below low or not below n. false: no capture. */
bool fm_index_watch(fm_program *p, const fm_tensor *index, int64_t low, int64_t n,
                    const char *exception, int argument);

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

/* Programs (index_nonzero.c, index_put.c, index_pick.c, index_edit.c, index_trim.c, index_repeat.c,
   index_grid.c). */
#define FM_INDEX_INFER(name_)                                                                      \
    fm_status fm_infer_##name_(const fm_bound *bound, fm_resolved *r, fm_error *error)
#define FM_INDEX_COST(name_)                                                                       \
    fm_status fm_cost_##name_(const fm_bound *bound, const fm_resolved *r, fm_work *work,          \
                              fm_error *error)
#define FM_INDEX_RUN(name_)   fm_status fm_run_##name_(fm_program *p)
#define FM_INDEX_PROBE(name_) fm_status fm_probe_##name_(fm_program *p, int64_t probed[FM_PROBED])
FM_INDEX_INFER(nonzero);
FM_INDEX_INFER(flat_places);
FM_INDEX_INFER(extract);
FM_INDEX_INFER(compress);
FM_INDEX_INFER(put);
FM_INDEX_INFER(put_along_axis);
FM_INDEX_INFER(copyto);
FM_INDEX_INFER(fill_diagonal);
FM_INDEX_INFER(select);
FM_INDEX_INFER(choose);
FM_INDEX_INFER(delete);
FM_INDEX_INFER(insert);
FM_INDEX_INFER(append);
FM_INDEX_INFER(trim_zeros);
FM_INDEX_INFER(repeat);
FM_INDEX_INFER(repeat_evenly);
FM_INDEX_INFER(resize);
FM_INDEX_INFER(roll);
FM_INDEX_INFER(diag_indices_from);
FM_INDEX_INFER(triangle_from);
FM_INDEX_INFER(counted_indices);
FM_INDEX_INFER(indices);
FM_INDEX_RUN(nonzero);
FM_INDEX_RUN(flatnonzero);
FM_INDEX_RUN(argwhere);
FM_INDEX_RUN(extract);
FM_INDEX_RUN(compress);
FM_INDEX_RUN(unravel_index);
FM_INDEX_RUN(ravel_multi_index);
FM_INDEX_RUN(put);
FM_INDEX_RUN(place);
FM_INDEX_RUN(putmask);
FM_INDEX_RUN(put_along_axis);
FM_INDEX_RUN(copyto);
FM_INDEX_RUN(fill_diagonal);
FM_INDEX_RUN(select);
FM_INDEX_RUN(choose);
FM_INDEX_RUN(delete);
FM_INDEX_RUN(insert);
FM_INDEX_RUN(append);
FM_INDEX_RUN(trim_zeros);
FM_INDEX_RUN(repeat);
FM_INDEX_RUN(resize);
FM_INDEX_RUN(roll);
FM_INDEX_RUN(diag_indices);
FM_INDEX_RUN(diag_indices_from);
FM_INDEX_RUN(triangle_indices);
FM_INDEX_RUN(triangle_indices_from);
FM_INDEX_RUN(mask_indices);
FM_INDEX_RUN(ix_);
FM_INDEX_RUN(indices);
FM_INDEX_COST(looked);
FM_INDEX_COST(put);
FM_INDEX_COST(copyto);
FM_INDEX_COST(fill_diagonal);
FM_INDEX_COST(select);
FM_INDEX_COST(probed);
FM_INDEX_COST(values);
FM_INDEX_COST(append);
FM_INDEX_COST(repeat);
FM_INDEX_COST(indices);
FM_INDEX_PROBE(compress);
FM_INDEX_PROBE(copyto);
FM_INDEX_PROBE(delete);
FM_INDEX_PROBE(trim_zeros);
FM_INDEX_PROBE(repeat);
FM_INDEX_PROBE(mask_indices);
FM_INDEX_PROBE(ix_);

/* The elements in row-major order, as a view where there is one. */
fm_tensor *fm_index_flat(fm_program *p, const fm_tensor *a);

/* Elements of an array, of a number, or of nested lists, whose lists have equal lengths. */
int64_t fm_index_value_size(const fm_value *value);

/* Refuses numbers, also in nested lists, that Python does not convert to the dtype: OverflowError,
   and TypeError for complex ones. Arrays are not looked at. */
void fm_index_check_numbers(fm_program *p, const fm_value *value, fm_dtype dtype, int argument);

/* 1 an output element, without a floor. */
fm_status fm_cost_moved(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_error *error);

#endif
