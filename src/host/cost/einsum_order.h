/* The order in which CPython walks a set of small integers, which decides what opt_einsum's branch
   and bound tries first and so, by its cut-off, what it finds. */
#ifndef FM_COST_EINSUM_ORDER_H
#define FM_COST_EINSUM_ORDER_H

#include <stdbool.h>
#include <stdint.h>

enum { FM_ORDER_SLOTS = 64 };

/* A hash set of ids below 32 as CPython 3.11 lays it out: open addressing by the id itself. */
typedef struct fm_order {
    int mask; /* slots less one: 7, 15, 31 or 63 */
    int used;
    int16_t slot[FM_ORDER_SLOTS]; /* an id, -1 where empty */
} fm_order;

/* The set of 0 .. count - 1, count up to 14, filled one by one. */
void fm_order_begin(fm_order *set, int count);

/* (set - {left, right}) | {made}, as an expression makes it anew. */
void fm_order_replace(const fm_order *set, int left, int right, int made, fm_order *out);

/* The ids in the order of the slots; returns their number. */
int fm_order_list(const fm_order *set, int ids[FM_ORDER_SLOTS]);

#endif
