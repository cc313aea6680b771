/* Cost models as rows of data, and their application to a work vector. */
#ifndef FM_COST_MODEL_H
#define FM_COST_MODEL_H

#include "cost/weights.h"
#include "cost/work.h"

/* A model sums, over the parts, the counts that its flags take, times the part's weight:
     textbook       products + adds + units
     flopscope-0.4  products + adds - outs + units
     torch          2 * torch_mac, unweighted
   A negative sum is 0. Weight times multiplier applies to each part by itself and the result is cut
   to an integer: exactly where both factors are integers, in doubles where one is not or where the
   model rounds in doubles always, as Python's int(cost * multiplier * weight) does. */
typedef struct fm_cost_model {
    const char *name;
    const char *version; /* of the rules: another version may charge other integers */
    const char *rule;    /* the rule in one line, for reports */
    bool faults;         /* rules fill the work with flopscope 0.4.3's faults */
    bool less_outputs;   /* output orbits are taken off each summed contraction */
    bool alias_weights;  /* a name without a weight weighs what the op it is an alias of weighs */
    bool weighted;       /* weights apply */
    bool matrix_only;    /* only torch_mac counts, twice */
    bool rounds;         /* count * multiplier * weight is a double even of integers */
} fm_cost_model;

/* The model of that name. FM_ERR_NOT_FOUND, *model untouched, and a text that lists the known ones
   where there is none; FM_ERR_ARGUMENT where name is NULL. */
FM_MUST_CHECK fm_status fm_cost_model_find(const char *name, const fm_cost_model **model,
                                           fm_error *error);

/* The model at that position of the table, NULL past its end; 0 is the default, textbook. */
const fm_cost_model *fm_cost_model_at(int index);

/* What one part came to. */
typedef struct fm_work_part_report {
    const char *op;
    double weight;
    uint64_t flops;
} fm_work_part_report;

typedef struct fm_work_report {
    int nparts;
    fm_work_part_report part[FM_WORK_PARTS];
    uint64_t flops; /* their sum */
} fm_work_report;

/* *flops = what the model charges for work; multiplier finite and not negative; weights NULL means
   the packaged ones; report may be NULL. FM_ERR_OVERFLOW, *flops untouched, past 64 bits;
   FM_ERR_ARGUMENT for a multiplier that is negative, infinite or NaN. */
FM_MUST_CHECK fm_status fm_cost_apply(const fm_cost_model *model, const fm_weights *weights,
                                      double multiplier, const fm_work *work, uint64_t *flops,
                                      fm_work_report *report);

#endif
