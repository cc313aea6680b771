/* Accumulations by patterns of equal indices: a pattern says which labels have the same value, and
   may join only labels of one size. Points of one pattern have alike orbits. */
#include "cost/accumulation.h"

#include <string.h>

/* Bell numbers by the triangle of Aitken's array; a count past every limit stays there. */
static fm_u128 bell(int n) {
    const fm_u128 most = (fm_u128)1 << 100;
    fm_u128 row[FM_LABELS_MOST + 1] = {1};
    for (int i = 1; i <= n; i++) {
        fm_u128 left = row[i - 1], next;
        for (int j = 0; j < i; j++) {
            next = row[j];
            row[j] = left;
            left = left + next > most ? most : left + next;
        }
        row[i] = left;
    }
    return row[0];
}

fm_u128 fm_acc_partition_count(const fm_acc_component *c) {
    const fm_u128 most = (fm_u128)1 << 100;
    fm_u128 count = 1;
    for (int i = 0; i < c->nlabels; i++) {
        int alike = 0;
        bool first = true;
        for (int j = 0; j < c->nlabels; j++) {
            if (c->size[j] != c->size[i]) continue;
            first = first && j >= i;
            alike++;
        }
        if (first && (!fm_u128_mul(count, bell(alike), &count) || count > most)) return most;
    }
    return count;
}

/* All patterns as block numbers by label, blocks in the order of their first label. */
static bool list_patterns(const fm_acc_component *c, fm_maps *patterns, uint8_t *pattern, int at,
                          int blocks) {
    if (at == c->nlabels) return fm_maps_add(patterns, pattern, NULL);
    for (int b = 0; b <= blocks; b++) {
        int first = 0;
        while (first < at && pattern[first] != b) first++;
        if (b < blocks && c->size[first] != c->size[at]) continue;
        pattern[at] = (uint8_t)b;
        if (!list_patterns(c, patterns, pattern, at + 1, b == blocks ? blocks + 1 : blocks))
            return false;
    }
    return true;
}

/* The pattern with its labels permuted, blocks numbered anew. */
static void move(int n, const uint8_t *pattern, const uint8_t *map, uint8_t *out) {
    uint8_t moved[FM_LABELS_MOST], name[FM_LABELS_MOST];
    int blocks = 0;
    for (int i = 0; i < n; i++) moved[map[i]] = pattern[i];
    memset(name, 255, sizeof name);
    for (int i = 0; i < n; i++) {
        if (name[moved[i]] == 255) name[moved[i]] = (uint8_t)blocks++;
        out[i] = name[moved[i]];
    }
}

/* Values for the blocks, different ones for blocks of one size. */
static bool labelings(const fm_acc_component *c, const uint8_t *pattern, fm_u128 *count) {
    int blocks = 0;
    *count = 1;
    for (int i = 0; i < c->nlabels; i++) {
        if (pattern[i] < blocks) continue;
        fm_u128 taken = 0, n = (fm_u128)c->size[i];
        for (int j = 0, seen = 0; j < i; j++) {
            if (pattern[j] < seen) continue;
            seen++;
            taken += c->size[j] == c->size[i];
        }
        if (!fm_u128_mul(*count, n > taken ? n - taken : 0, count)) return false;
        blocks++;
    }
    return true;
}

/* What one orbit of patterns is counted with. */
typedef struct pattern_work {
    fm_acc *acc;
    const fm_acc_component *c;
    const fm_maps *output; /* what keeps the output labels, acting on them */
    const uint8_t *pattern;
    uint8_t *done; /* by pattern: it is in the orbit of one before */
    fm_maps *patterns;
    fm_maps blocks; /* the actions on blocks of what keeps the pattern */
    fm_maps shown;  /* the blocks that the output labels can show */
} pattern_work;

/* Goes over the group once: marks the orbit and lists the two kinds of actions. */
static bool survey(pattern_work *w) {
    const fm_acc_component *c = w->c;
    for (uint32_t m = 0; m < c->elements.count; m++) {
        const uint8_t *map = fm_maps_at(&c->elements, m);
        uint8_t moved[FM_LABELS_MOST], action[FM_LABELS_MOST], back[FM_LABELS_MOST];
        move(c->nlabels, w->pattern, map, moved);
        w->done[fm_maps_find(w->patterns, moved) - 1] = 1;
        for (int i = 0; i < c->nlabels; i++) back[map[i]] = (uint8_t)i;
        for (int i = 0; i < c->nout; i++) action[i] = w->pattern[back[c->out[i]]];
        if (!fm_maps_add(&w->shown, action, NULL)) return false;
        if (memcmp(moved, w->pattern, (size_t)c->nlabels) != 0) continue;
        memset(action, 0, sizeof action);
        for (int i = c->nlabels; i-- > 0;) action[w->pattern[i]] = w->pattern[map[i]];
        if (!fm_maps_add(&w->blocks, action, NULL)) return false;
    }
    return true;
}

/* Orbits of what the output labels show. */
static bool shown_orbits(pattern_work *w, fm_u128 *orbits) {
    uint8_t *gone = fm_arena_get(&w->acc->arena, w->shown.count + 1);
    if (!gone) return false;
    *orbits = 0;
    for (uint32_t s = 0; s < w->shown.count; s++) {
        if (gone[s]) continue;
        ++*orbits;
        for (uint32_t h = 0; h < w->output->count; h++) {
            uint8_t image[FM_LABELS_MOST];
            for (int i = 0; i < w->c->nout; i++)
                image[fm_maps_at(w->output, h)[i]] = fm_maps_at(&w->shown, s)[i];
            uint32_t found = fm_maps_find(&w->shown, image);
            if (found) gone[found - 1] = 1;
        }
    }
    return true;
}

/* Product orbits of the pattern times the output elements that each of them reaches. */
static fm_status add_pattern(pattern_work *w, fm_u128 *sums) {
    fm_u128 count, orbits;
    w->blocks = (fm_maps){.arena = &w->acc->arena, .width = (uint32_t)w->c->nlabels};
    w->shown = (fm_maps){.arena = &w->acc->arena, .width = (uint32_t)w->c->nout};
    if (!survey(w) || !shown_orbits(w, &orbits)) return FM_ERR_MEMORY;
    if (!labelings(w->c, w->pattern, &count) ||
        !fm_u128_mul(count / w->blocks.count, orbits, &count) || !fm_u128_add(*sums, count, sums))
        return FM_ERR_OVERFLOW;
    return FM_OK;
}

fm_status fm_acc_partitions(fm_acc *acc, fm_acc_component *c) {
    fm_maps output, patterns = {.arena = &acc->arena, .width = (uint32_t)c->nlabels};
    uint8_t pattern[FM_LABELS_MOST] = {0};
    FM_TRY(fm_maps_restrict(&c->elements, c->nout, c->out, &output));
    if (!list_patterns(c, &patterns, pattern, 0, 0)) return FM_ERR_MEMORY;
    fm_acc inner = *acc; /* what one orbit of patterns needs goes with it */
    pattern_work w = {.acc = &inner, .c = c, .output = &output, .patterns = &patterns};
    w.done = fm_arena_get(&acc->arena, patterns.count + 1);
    if (!w.done) return FM_ERR_MEMORY;
    fm_status status = FM_OK;
    c->sums = 0;
    for (uint32_t p = 0; p < patterns.count && status == FM_OK; p++) {
        if (w.done[p]) continue;
        inner.arena = (fm_arena){0};
        w.pattern = fm_maps_at(&patterns, p);
        status = add_pattern(&w, &c->sums);
        fm_arena_clear(&inner.arena);
    }
    return status;
}
