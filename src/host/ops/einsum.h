/* The rules of einsum, and what they share: its arguments read, its path, and the chain of its
   contractions. */
#ifndef FM_OPS_EINSUM_H
#define FM_OPS_EINSUM_H

#include "cost/path.h"
#include "ops/contract_infer.h"

/* einsum (einsum.c). */
fm_status fm_run_einsum(struct fm_program *p);
fm_status fm_infer_einsum(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_einsum(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error);

/* einsum_path (einsum_report.c). */
fm_status fm_infer_einsum_path(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_cost_of_einsum_path(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error);
fm_status fm_run_einsum_path(struct fm_program *p);

/* Parameters of einsum and einsum_path. */
enum {
    FM_EINSUM_SUBSCRIPTS,
    FM_EINSUM_TENSORS,
    FM_EINSUM_OPTIMIZE,
    FM_EINSUM_MEMORY_LIMIT,
    FM_EINSUM_SYMMETRY /* einsum alone: of the result, which must have it */
};

/* The operands of an einsum row taken up one by one, and its subscripts read against them. */
fm_status fm_einsum_open(const fm_bound *bound, fm_resolved *r, fm_einsum *e, fm_error *error);

/* How `optimize` and `memory_limit` want the path. */
typedef struct fm_einsum_wish {
    fm_path_options options;
    const char *name; /* of a search, as it was given; NULL: none */
    int nsteps;       /* of an explicit path; 0: there is none */
    fm_path_step step[2 * FM_EINSUM_OPERANDS];
} fm_einsum_wish;

/* Reads both with NumPy's error classes: TypeError for what is no path, KeyError for a search that
   is not known, IndexError for a position that is not there, RuntimeError for a path that leaves
   operands. */
fm_status fm_einsum_read_wish(const fm_bound *bound, const fm_einsum *e, fm_einsum_wish *wish,
                              fm_error *error);

/* The path of a wish: nterms - 1 pairs. */
fm_status fm_einsum_choose(const fm_bound *bound, const fm_einsum *e, const fm_einsum_wish *wish,
                           fm_einsum_pair *path, bool *fits, fm_error *error);

/* The chain of a path, each result's labels in an order in which neither the step that makes it nor
   the one that reads it has to move elements, if there is one. FM_ERR_UNSUPPORTED: a step of more
   than FM_MAX_NDIM labels. */
fm_status fm_einsum_chain(const fm_bound *bound, const fm_resolved *r, const fm_einsum *e,
                          const fm_einsum_pair *path, fm_chain_params *chain, fm_error *error);

/* Puts the labels of step's result, `node` filled in any order, into a good one. later: the step
   that reads it, -1 for none; layouts of the inputs. */
void fm_einsum_order(fm_chain_params *chain, int step, int later, const fm_layout *const *layouts);

#endif
