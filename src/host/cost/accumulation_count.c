/* Accumulations of one component: the rules, tried from the most special on. */
#include "cost/accumulation.h"

#include <string.h>

const char *fm_acc_regime_name(fm_acc_regime regime) {
    static const char *const names[] = {"trivial", "functionalProjection", "singleton",
                                        "young",   "partitionCount",       "unavailable"};
    return names[regime];
}

static bool power(fm_u128 base, int exponent, fm_u128 *out) {
    *out = 1;
    while (exponent-- > 0)
        if (!fm_u128_mul(*out, base, out)) return false;
    return true;
}

/* The cycles of a map on the orbit of the output label, and the product over its other cycles. */
static bool cycles(const fm_acc_component *c, const uint8_t *map, const bool *orbit, int *within,
                   fm_u128 *rest) {
    bool seen[FM_LABELS_MOST] = {false};
    *within = 0;
    *rest = 1;
    for (int start = 0; start < c->nlabels; start++) {
        if (seen[start]) continue;
        for (int at = start; !seen[at]; at = map[at]) seen[at] = true;
        if (orbit[start])
            ++*within;
        else if (!fm_u128_mul(*rest, (fm_u128)c->size[start], rest))
            return false;
    }
    return true;
}

/* One output label v of n values: for each value the points whose orbit shows it at v, which are
   those that have it somewhere in v's orbit, counted by Burnside's lemma. */
static fm_status singleton(fm_acc_component *c) {
    bool orbit[FM_LABELS_MOST] = {false};
    int v = c->out[0];
    fm_u128 n = (fm_u128)c->size[v], sum = 0;
    for (uint32_t m = 0; m < c->elements.count; m++) orbit[fm_maps_at(&c->elements, m)[v]] = true;
    for (uint32_t m = 0; m < c->elements.count; m++) {
        int within;
        fm_u128 rest, with, without = 0;
        if (!cycles(c, fm_maps_at(&c->elements, m), orbit, &within, &rest) ||
            !power(n, within, &with) ||
            (n > 0 && !power(fm_u128_minus_or_zero(n, 1), within, &without)) ||
            !fm_u128_mul(rest, fm_u128_minus_or_zero(with, without), &rest) ||
            !fm_u128_add(sum, rest, &sum))
            return FM_ERR_OVERFLOW;
    }
    if (!fm_u128_mul(n, sum, &sum)) return FM_ERR_OVERFLOW;
    c->sums = sum / c->elements.count;
    return FM_OK;
}

/* Multisets of k out of n values: n (n + 1) ... (n + k - 1) / k!, each quotient whole. */
static bool multisets(fm_u128 n, int k, fm_u128 *out) {
    *out = 1;
    for (int i = 0; i < k; i++) {
        fm_u128 next;
        if (!fm_u128_add(n, (fm_u128)i, &next) || !fm_u128_mul(*out, next, out)) return false;
        *out /= (unsigned)i + 1;
    }
    return true;
}

static fm_status young(fm_acc_component *c) {
    fm_u128 n = (fm_u128)c->size[0], visible, summed;
    if (!multisets(n, c->nout, &visible) || !multisets(n, c->nlabels - c->nout, &summed) ||
        !fm_u128_mul(visible, summed, &c->sums))
        return FM_ERR_OVERFLOW;
    return FM_OK;
}

static bool is_full(const fm_acc_component *c) {
    uint64_t order = 1;
    for (int k = 2; k <= c->nlabels; k++)
        if (__builtin_mul_overflow(order, (uint64_t)k, &order)) return false;
    for (int i = 1; i < c->nlabels; i++)
        if (c->size[i] != c->size[0]) return false;
    return order == c->elements.count;
}

fm_status fm_acc_component_count(fm_acc *acc, fm_acc_component *c) {
    c->known = true;
    if (c->elements.count <= 1) {
        c->regime = FM_ACC_TRIVIAL;
        c->sums = c->dense;
        return FM_OK;
    }
    if (fm_maps_keep(&c->elements, c->nout, c->out)) {
        c->regime = FM_ACC_FUNCTIONAL;
        c->sums = c->products;
        return FM_OK;
    }
    if (c->nout == 1) {
        c->regime = FM_ACC_SINGLETON;
        return singleton(c);
    }
    if (is_full(c)) {
        c->regime = FM_ACC_YOUNG;
        return young(c);
    }
    c->known = fm_acc_partition_count(c) <= acc->partition_limit;
    c->regime = c->known ? FM_ACC_PARTITIONS : FM_ACC_UNAVAILABLE;
    return c->known ? fm_acc_partitions(acc, c) : FM_OK;
}
