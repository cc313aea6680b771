/* The caller's own work at the meter: charged here, settled by fm_settle. */
#ifndef FM_METER_OWN_H
#define FM_METER_OWN_H

#include "meter/meter.h"

typedef struct fm_own_work {
    const char *op;
    fm_dtype dtype;
    uint64_t flops; /* before the budget's multiplier */
    uint64_t macs, bytes;
} fm_own_work;

/* id NULL: settled at once. */
fm_status fm_meter_charge_own(fm_meter *meter, const fm_own_work *work, fm_charge_id *id,
                              fm_error *error);
fm_status fm_meter_charge_graph(fm_meter *meter, struct fm_captured *graph, const char *op,
                                fm_charge_id *id, fm_error *error);

/* Settles what is open of a graph that is about to go. */
void fm_meter_drop_graph(fm_meter *meter, const struct fm_captured *graph);

#endif
