/* The weight of an op by its name: the packaged table, a user's overrides, or 1 for all. */
#ifndef FM_COST_WEIGHTS_H
#define FM_COST_WEIGHTS_H

#include <flopmeter/status.h>

/* Immutable after it is made, so contexts and threads may share one. NULL stands for the packaged
   weights wherever one is read. */
typedef struct fm_weights fm_weights;

/* The packaged table, sorted by name (weights_table.c, written by scripts/weights-table). */
typedef struct fm_weight_row {
    const char *op;
    double weight;
} fm_weight_row;
extern const fm_weight_row fm_weights_packaged[];
extern const size_t fm_weights_packaged_count;

/* Weight 1 for every op. The caller frees *out by fm_weights_free. */
FM_MUST_CHECK fm_status fm_weights_make_unit(fm_weights **out);

/* The packaged weights with the overrides of a JSON file: an object of op name to number, or one
   under the key "weights". FM_ERR_IO where the file cannot be read, FM_ERR_FORMAT where it is not
   such an object or a weight is not a finite number of at least 0; the text names the file, and the
   key and its value where there are any. The caller frees *out. */
FM_MUST_CHECK fm_status fm_weights_load(const char *path, fm_weights **out, fm_error *error);

/* The weights that options and environment ask for. weights: -1 off, 1 on, 0 as
   FLOPMETER_DISABLE_WEIGHTS says (1, true, yes, on: off; 0, false, no, off, empty: on; else
   FM_ERR_ARGUMENT). Off: all weigh 1. On: the overrides of path, else of FLOPMETER_WEIGHTS_FILE,
   else *out = NULL, the packaged ones. The caller frees *out. */
FM_MUST_CHECK fm_status fm_weights_resolve(int weights, const char *path, fm_weights **out,
                                           fm_error *error);

/* Weight 1 for every op; not to be freed. */
const fm_weights *fm_weights_off(void);

void fm_weights_free(fm_weights *weights);

/* The weight of op: its override, else its packaged weight; a method of random.Generator or
   random.RandomState without one weighs what random.<method> weighs; with aliases an alias
   (asin, pow, divmod ...) weighs what its op weighs; 1 where nothing is known. */
double fm_weights_of(const fm_weights *weights, bool aliases, const char *op);

#endif
