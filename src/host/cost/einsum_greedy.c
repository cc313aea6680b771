/* Greedy contraction order for many operands: the pair that frees most memory first, after
   opt_einsum's `greedy`. */
#include "cost/einsum_search.h"

#include <stdlib.h>

/* A possible pair, by the label sets it joins; it is stale once one of them is gone. */
typedef struct offer {
    fm_i128 memory; /* result less operands */
    int newer, older;
    fm_label_set first, second, result;
} offer;

/* Each label set that is left, with the id that holds it; equal sets are joined at once. */
typedef struct greedy {
    fm_search *search;
    fm_label_set output; /* with the labels that every operand has */
    int left;
    fm_label_set key[FM_SEARCH_NODES];
    int id[FM_SEARCH_NODES];
    int steps, next_id;
    fm_einsum_pair *path;
    int offers, room;
    offer *offer;
} greedy;

static int place_of(const greedy *g, fm_label_set key) {
    for (int i = 0; i < g->left; i++)
        if (g->key[i] == key) return i;
    return -1;
}

static void pair_up(greedy *g, int a, int b) {
    g->path[g->steps++] = (fm_einsum_pair){a < b ? a : b, a < b ? b : a};
}

/* Makes id the holder of key, joining it with the present holder. */
static void hold(greedy *g, fm_label_set key, int id) {
    int at = place_of(g, key);
    if (at < 0) {
        g->key[g->left] = key;
        g->id[g->left++] = id;
    } else {
        pair_up(g, g->id[at], id);
        g->id[at] = g->next_id++;
    }
}

static void drop(greedy *g, int at) {
    g->left--;
    g->key[at] = g->key[g->left];
    g->id[at] = g->id[g->left];
}

/* Labels that at least count of the sets left have, outputs aside. */
static fm_label_set shared_by(const greedy *g, int count) {
    fm_label_set at_least[4] = {~(fm_label_set)0, 0, 0, 0};
    for (int i = 0; i < g->left; i++)
        for (int k = 3; k >= 1; k--) at_least[k] |= at_least[k - 1] & g->key[i];
    return at_least[count] & ~g->output;
}

static offer propose(const greedy *g, int a, int b) {
    fm_label_set x = g->key[a], y = g->key[b], both = x & y, one = x ^ y;
    fm_label_set result =
        ((x | y) & g->output) | (both & shared_by(g, 3)) | (one & shared_by(g, 2));
    fm_i128 memory = (fm_i128)fm_search_size(g->search, result) -
                     (fm_i128)fm_search_size(g->search, x) - (fm_i128)fm_search_size(g->search, y);
    int newer = g->id[a] > g->id[b] ? g->id[a] : g->id[b];
    int older = g->id[a] > g->id[b] ? g->id[b] : g->id[a];
    return (offer){memory, newer, older, x, y, result};
}

static bool before(const offer *a, const offer *b) {
    if (a->memory != b->memory) return a->memory < b->memory;
    return a->newer != b->newer ? a->newer < b->newer : a->older < b->older;
}

/* Adds the best pair of a with one of those in the list; false without memory. */
static bool offer_best(greedy *g, int a, int count, const int *list) {
    if (count == 0) return true;
    offer best = propose(g, a, list[0]);
    for (int i = 1; i < count; i++) {
        offer other = propose(g, a, list[i]);
        if (before(&other, &best)) best = other;
    }
    if (g->offers == g->room) {
        int room = g->room > 0 ? 2 * g->room : 256;
        offer *grown = realloc(g->offer, (size_t)room * sizeof *grown);
        if (grown == NULL) return false;
        g->offer = grown;
        g->room = room;
    }
    g->offer[g->offers++] = best;
    return true;
}

/* For each label that can be summed, each set that has it and those with a later id. */
static bool first_offers(greedy *g) {
    for (int label = 0; label < FM_EINSUM_LABELS; label++) {
        if ((g->output >> label & 1) != 0) continue;
        for (int a = 0; a < g->left; a++) {
            int list[FM_SEARCH_NODES], count = 0;
            if ((g->key[a] >> label & 1) == 0) continue;
            for (int b = 0; b < g->left; b++)
                if ((g->key[b] >> label & 1) != 0 && g->id[b] > g->id[a]) list[count++] = b;
            if (!offer_best(g, a, count, list)) return false;
        }
    }
    return true;
}

/* Takes the best offer whose sets are both left; false when there is none. */
static bool take_offer(greedy *g, offer *taken) {
    while (g->offers > 0) {
        int best = 0;
        for (int i = 1; i < g->offers; i++)
            if (before(&g->offer[i], &g->offer[best])) best = i;
        *taken = g->offer[best];
        g->offer[best] = g->offer[--g->offers];
        if (place_of(g, taken->first) >= 0 && place_of(g, taken->second) >= 0) return true;
    }
    return false;
}

static bool contract_offers(greedy *g) {
    offer taken;
    if (!first_offers(g)) return false;
    while (take_offer(g, &taken)) {
        int a = place_of(g, taken.first), first = g->id[a];
        drop(g, a);
        int b = place_of(g, taken.second), second = g->id[b];
        drop(g, b);
        pair_up(g, first, second);
        hold(g, taken.result, g->next_id++);
        int list[FM_SEARCH_NODES], count = 0, at = place_of(g, taken.result);
        for (int i = 0; i < g->left; i++)
            if (i != at && (g->key[i] & taken.result & ~g->output) != 0) list[count++] = i;
        if (!offer_best(g, at, count, list)) return false;
    }
    return true;
}

/* Multiplies what shares no summed label, smallest outputs first. */
static void multiply_rest(greedy *g) {
    while (g->left > 1) {
        int at[2] = {-1, -1};
        fm_u128 size[2] = {0, 0};
        for (int i = 0; i < g->left; i++) {
            fm_u128 own = fm_search_size(g->search, g->key[i] & g->output);
            for (int k = 0; k < 2; k++) {
                bool less =
                    at[k] < 0 || own < size[k] || (own == size[k] && g->id[i] < g->id[at[k]]);
                if (!less) continue;
                if (k == 0) {
                    at[1] = at[0];
                    size[1] = size[0];
                }
                at[k] = i;
                size[k] = own;
                break;
            }
        }
        pair_up(g, g->id[at[0]], g->id[at[1]]);
        g->key[at[0]] = (g->key[at[0]] | g->key[at[1]]) & g->output;
        g->id[at[0]] = g->next_id++;
        drop(g, at[1]);
    }
}

bool fm_search_greedy(fm_search *search, fm_einsum_pair *path) {
    greedy g = {.search = search, .path = path, .next_id = search->count};
    fm_label_set common = ~(fm_label_set)0;
    for (int i = 0; i < search->count; i++) common &= search->node[i];
    g.output = search->output | common;
    for (int i = 0; i < search->count; i++) hold(&g, search->node[i], i);
    bool done = contract_offers(&g);
    if (done) multiply_rest(&g);
    free(g.offer);
    return done;
}
