/* The work vector: what one call does, in exact counts that a cost model turns into FLOPs. */
#ifndef FM_COST_WORK_H
#define FM_COST_WORK_H

#include <flopmeter/status.h>
#include "cost/u128.h"

enum { FM_WORK_PARTS = 12 };

/* The counts of one named primitive.

   A contraction step of two or more operands gives
     products   mu, the multiplications (for p operands p - 1 for each point of the label space),
     adds       alpha, the accumulations, where a label is summed, and 0 where none is,
     outs       the number of output orbits, where a label is summed, and 0 where none is,
     torch_mac  the multiply-accumulates that PyTorch's counter sees: those of matrix products.
   A contraction of one operand gives adds = alpha - output orbits and nothing else.
   Every other primitive gives units, the unit cost that its weight multiplies.
   Steps of one part are summed field by field. */
typedef struct fm_work_part {
    const char *op; /* the NumPy name whose weight applies; static storage */
    fm_u128 products, adds, outs, units, torch_mac;
} fm_work_part;

/* The work of one call: a part for each named primitive it stands for, one for most ops.
   bytes is what the call reads and writes, for rooflines; no model charges it. */
typedef struct fm_work {
    fm_u128 bytes;
    fm_work_part part[FM_WORK_PARTS];
    int nparts;
    bool faults;       /* the counts repeat flopscope 0.4.3's faults; set by fm_work_begin */
    uint8_t flattened; /* operands whose flattening 0.4.3 logs as a call of ravel of its own */
    bool fell_back;    /* a count with symmetry was too expensive: it is that without */
} fm_work;

/* Empties work; faults as the model's row says (fm_cost_model.faults). Rules read it. */
void fm_work_begin(fm_work *work, bool faults);

/* The part of that op, added with all counts 0 where work has none yet; NULL when work is full. */
fm_work_part *fm_work_of(fm_work *work, const char *op);

/* Adds to the part of op. FM_ERR_OVERFLOW past 128 bits or FM_WORK_PARTS parts. */
FM_MUST_CHECK fm_status fm_work_add_units(fm_work *work, const char *op, fm_u128 units);
FM_MUST_CHECK fm_status fm_work_add_part(fm_work *work, const fm_work_part *counts);

/* Adds every part and the bytes of more to work, so that a fused op is the sum of its primitives.
 */
FM_MUST_CHECK fm_status fm_work_add(fm_work *work, const fm_work *more);

/* Multiplies every count and the bytes, for a call that repeats the same work. */
FM_MUST_CHECK fm_status fm_work_times(fm_work *work, fm_u128 count);

#endif
