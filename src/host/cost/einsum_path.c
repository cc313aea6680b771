/* The choice of a contraction order, and the exhaustive search for up to four operands. */
#include "cost/einsum_search.h"

#include <stdlib.h>
#include <string.h>

/* More pairs of label sets than the searches that use the table can meet (6 operands, all
   branches); a full table only forgets. */
enum { CACHE_SLOTS = 1 << 13 };

struct fm_search_cache {
    int used;
    bool taken[CACHE_SLOTS];
    fm_search_pair pair[CACHE_SLOTS];
};

/* Pairs are written before they are read: only which slots are taken is cleared. */
fm_search_cache *fm_search_cache_make(void) {
    fm_search_cache *cache = malloc(sizeof *cache);
    if (cache == NULL) return NULL;
    cache->used = 0;
    memset(cache->taken, 0, sizeof cache->taken);
    return cache;
}

void fm_search_cache_free(fm_search_cache *cache) {
    free(cache);
}

void fm_search_begin(fm_search *search, const fm_einsum *expression) {
    search->expression = expression;
    search->output = expression->out.set;
    search->count = expression->nterms;
    for (int i = 0; i < search->count; i++) search->node[i] = expression->term[i].set;
}

fm_u128 fm_search_size(const fm_search *search, fm_label_set labels) {
    const fm_u128 limit = (fm_u128)1 << 120;
    fm_u128 size = 1;
    bool zero = false;
    while (labels != 0) {
        fm_u128 extent = (fm_u128)search->expression->size[fm_label_take(&labels)];
        if (extent == 0) zero = true;
        if (extent > 0 && size > limit / extent)
            size = limit;
        else if (extent > 0)
            size *= extent;
    }
    return zero ? 0 : size;
}

static fm_search_pair estimate(const fm_search *search, fm_u128 live, int left, int right) {
    fm_label_set a = search->node[left], b = search->node[right], keep = search->output;
    for (int i = 0; i < search->count; i++)
        if ((live >> i & 1) != 0 && i != left && i != right) keep |= search->node[i];
    fm_u128 size = fm_search_size(search, a | b);
    bool inner = (a & b & ~keep) != 0;
    return (fm_search_pair){
        .left = a, .right = b, .result = (a | b) & keep, .flops = inner ? 2 * size : size};
}

static size_t slot_of(fm_label_set left, fm_label_set right) {
    uint64_t mixed = (uint64_t)left ^ (uint64_t)(left >> 64) * 3;
    mixed = mixed * 0x9E3779B97F4A7C15u ^ (uint64_t)right ^ (uint64_t)(right >> 64) * 5;
    return (size_t)(mixed * 0x9E3779B97F4A7C15u >> 51);
}

fm_search_pair fm_search_look(fm_search_cache *cache, const fm_search *search, fm_u128 live,
                              int left, int right) {
    fm_label_set a = search->node[left], b = search->node[right];
    size_t at = slot_of(a, b);
    while (cache->taken[at]) {
        if (cache->pair[at].left == a && cache->pair[at].right == b) return cache->pair[at];
        at = (at + 1) % CACHE_SLOTS;
    }
    fm_search_pair pair = estimate(search, live, left, right);
    if (cache->used < CACHE_SLOTS - 1) {
        cache->used++;
        cache->taken[at] = true;
        cache->pair[at] = pair;
    }
    return pair;
}

/* State of the exhaustive search. */
typedef struct optimal {
    fm_search *search;
    fm_search_cache *cache;
    fm_einsum_pair *best, trial[FM_EINSUM_OPERANDS];
    fm_u128 best_flops;
    bool found;
} optimal;

/* Tries every pair of live nodes in the order of their ids, as deep as flops stays below the best.
 */
static void try_all(optimal *o, fm_u128 live, int depth, fm_u128 flops) {
    fm_search *search = o->search;
    int steps = search->expression->nterms - 1;
    if (depth == steps) {
        o->best_flops = flops;
        o->found = true;
        for (int i = 0; i < steps; i++) o->best[i] = o->trial[i];
        return;
    }
    int count = search->count;
    for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
            if ((live >> i & 1) == 0 || (live >> j & 1) == 0) continue;
            fm_search_pair pair = fm_search_look(o->cache, search, live, i, j);
            fm_u128 sum = flops + pair.flops;
            if (o->found && sum >= o->best_flops) continue;
            o->trial[depth] = (fm_einsum_pair){i, j};
            search->node[search->count++] = pair.result;
            fm_u128 pairing = (fm_u128)1 << i | (fm_u128)1 << j;
            try_all(o, (live & ~pairing) | (fm_u128)1 << count, depth + 1, sum);
            search->count = count;
        }
    }
}

void fm_search_optimal(fm_search *search, fm_search_cache *cache, fm_einsum_pair *path) {
    optimal o = {.search = search, .cache = cache, .best = path};
    try_all(&o, ((fm_u128)1 << search->count) - 1, 0, 0);
}

fm_status fm_einsum_auto_path(const fm_einsum *expression, fm_einsum_pair *path) {
    int n = expression->nterms;
    if (n == 2) path[0] = (fm_einsum_pair){0, 1};
    if (n <= 2) return FM_OK;
    fm_search search;
    fm_search_begin(&search, expression);
    if (n > 14) return fm_search_greedy(&search, path) ? FM_OK : FM_ERR_MEMORY;
    fm_search_cache *cache = fm_search_cache_make();
    if (cache == NULL) return FM_ERR_MEMORY;
    if (n <= 4)
        fm_search_optimal(&search, cache, path);
    else
        fm_search_branch(&search, cache,
                         n <= 6   ? FM_SEARCH_NODES * FM_SEARCH_NODES
                         : n <= 8 ? 2
                                  : 1,
                         path);
    fm_search_cache_free(cache);
    return FM_OK;
}
