/* What fm_weights holds; only the files of weights read it. */
#ifndef FM_COST_WEIGHTS_OWN_H
#define FM_COST_WEIGHTS_OWN_H

#include "cost/weights.h"

struct fm_weights {
    bool unit;           /* every op weighs 1 */
    size_t count;        /* overrides */
    fm_weight_row *rows; /* sorted by name; the names are those of names */
    char **names;        /* owned, in the file's order */
};

#endif
