/* What the rows of samplers share: names, shapes, streams. */
#ifndef FM_OPS_SAMPLE_H
#define FM_OPS_SAMPLE_H

#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"

/* The parameter of that name, or -1. */
int fm_sample_param(const fm_row *row, const char *name);

/* "gamma" of "random.Generator.gamma"; whether it is one of Generator's. */
const char *fm_sample_method(const fm_row *row);
bool fm_sample_is_generator(const fm_row *row);

/* The shape that `size` asks for, where it was given; refuses negative extents. *given: it was. */
fm_status fm_sample_size(const fm_bound *bound, bool *given, int *ndim, int64_t *shape,
                         fm_error *error);

/* Widens *ndim and shape to broadcast with another shape; false where they do not. */
bool fm_sample_broadcast(int *ndim, int64_t *shape, int other_ndim, const int64_t *other);

/* Sets output 0: `size`, or where it was not given the shape; the parameters' shape must broadcast
   to exactly the size. */
fm_status fm_sample_output(const fm_bound *bound, fm_resolved *r, fm_dtype dtype, int ndim,
                           const int64_t *shape, fm_error *error);

/* The positions of the stream that output 0 takes up, `each` an element. */
fm_status fm_sample_consume(const fm_bound *bound, fm_resolved *r, int each, fm_error *error);

/* 1 an output element, at least 1 in 0.4.3. */
fm_status fm_cost_sampled(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error);

/* Distributions (sample.c). Those whose parameters are all numbers have a kernel; infer of others
   asks for the program. */
fm_status fm_infer_distribution(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_distribution(fm_program *p);

/* Integers, bytes (sample_whole.c) */
fm_status fm_probe_whole(fm_program *p, int64_t probed[FM_PROBED]);
fm_status fm_infer_whole(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_whole(fm_program *p);
fm_status fm_infer_tomaxint(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_bytes(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_bytes(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                           fm_error *error);

/* Permutations and choices (sample_order.c, sample_choice.c) */
fm_status fm_probe_permutation(fm_program *p, int64_t probed[FM_PROBED]);
fm_status fm_infer_permutation(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_permutation(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error);
fm_status fm_run_permutation(fm_program *p);
fm_status fm_infer_shuffle(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_shuffle(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error);
fm_status fm_run_shuffle(fm_program *p);
fm_status fm_infer_permuted(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_permuted(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error);
fm_status fm_run_permuted(fm_program *p);
fm_status fm_probe_choice(fm_program *p, int64_t probed[FM_PROBED]);
fm_status fm_infer_choice(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_choice(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);
fm_status fm_run_choice(fm_program *p);

/* The order of n random keys, as int64. */
const fm_tensor *fm_sample_order(fm_program *p, int64_t n);

/* Rows (sample_rows.c, sample_normal.c) */
fm_status fm_infer_multinomial(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_multinomial(fm_program *p);
fm_status fm_infer_colors(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_colors(fm_program *p);
fm_status fm_infer_dirichlet(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_dirichlet(fm_program *p);
fm_status fm_infer_multivariate_normal(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_multivariate_normal(fm_program *p);

/* The stream itself (sample_state.c) */
fm_status fm_run_seed(fm_program *p);
fm_status fm_run_get_state(fm_program *p);
fm_status fm_run_set_state(fm_program *p);
fm_status fm_run_default_rng(fm_program *p);
fm_status fm_run_spawn(fm_program *p);
fm_status fm_run_bit_generator(fm_program *p);

/* Kernels that programs call (sample_inner.c) */
fm_status fm_infer_inner_draw(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner_check(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner_whole(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner_words(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner_order(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner_pick(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_infer_inner_rows(const fm_bound *bound, fm_resolved *r, fm_error *error);

/* Facts of a distribution, by FM_SAMPLE_<id>. */
typedef struct fm_distribution {
    const char *name;
    int parameters;
    bool whole; /* samples are int64 */
    int words;  /* positions of the stream an element takes */
    int counts; /* bit k: parameter k is a number of things */
} fm_distribution;
const fm_distribution *fm_distribution_of(int which);

/* The distribution that a row draws from; FM_SAMPLE_COUNT: none. */
int fm_sample_which(const fm_row *row);

#endif
