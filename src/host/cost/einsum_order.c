/* CPython 3.11's set of small integers: probing, growth and copies (its Objects/setobject.c). */
#include "cost/einsum_order.h"

#include <string.h>

enum { SMALLEST = 8, PROBES = 9, SHIFT = 5 };

static void empty(fm_order *set, int slots) {
    set->mask = slots - 1;
    set->used = 0;
    memset(set->slot, -1, sizeof set->slot);
}

/* Puts an id that is not there into the first free slot of its probe sequence. */
static void put(fm_order *set, int id) {
    int at = id & set->mask;
    for (int perturb = id;; at = (at * 5 + 1 + perturb) & set->mask) {
        int probes = at + PROBES <= set->mask ? PROBES : 0;
        for (int i = 0; i <= probes; i++) {
            if (set->slot[at + i] >= 0) continue;
            set->slot[at + i] = (int16_t)id;
            set->used++;
            return;
        }
        perturb >>= SHIFT;
    }
}

/* Lays the set out anew in the fewest slots above the number asked for. */
static void resize(fm_order *set, int above) {
    fm_order old = *set;
    int slots = SMALLEST;
    while (slots <= above) slots *= 2;
    empty(set, slots);
    for (int i = 0; i <= old.mask; i++)
        if (old.slot[i] >= 0) put(set, old.slot[i]);
}

/* Adds one id as set.add does: three fifths full is full. */
static void add(fm_order *set, int id) {
    put(set, id);
    if (set->used * 5 >= set->mask * 3) resize(set, set->used * 4);
}

void fm_order_begin(fm_order *set, int count) {
    empty(set, SMALLEST);
    for (int id = 0; id < count; id++) add(set, id);
}

/* set - {left, right}: filled one by one, or copied where the set is much the larger. */
static void subtract(const fm_order *set, int left, int right, fm_order *out) {
    bool copied = set->used >> 2 > 2;
    empty(out, SMALLEST);
    if (copied) resize(out, set->used * 2);
    for (int i = 0; i <= set->mask; i++) {
        int id = set->slot[i];
        if (id < 0 || id == left || id == right) continue;
        if (copied)
            put(out, id);
        else
            add(out, id);
    }
}

void fm_order_replace(const fm_order *set, int left, int right, int made, fm_order *out) {
    fm_order rest;
    subtract(set, left, right, &rest);
    empty(out, SMALLEST);
    if (rest.used * 5 >= out->mask * 3) resize(out, rest.used * 2);
    if (out->mask == rest.mask)
        *out = rest;
    else
        for (int i = 0; i <= rest.mask; i++)
            if (rest.slot[i] >= 0) put(out, rest.slot[i]);
    if ((out->used + 1) * 5 >= out->mask * 3) resize(out, (out->used + 1) * 2);
    add(out, made);
}

int fm_order_list(const fm_order *set, int ids[FM_ORDER_SLOTS]) {
    int count = 0;
    for (int i = 0; i <= set->mask; i++)
        if (set->slot[i] >= 0) ids[count++] = set->slot[i];
    return count;
}
