/* The symmetry of a contraction as a search over arrangements of its operands. */
#include "cost/symmetry_labels.h"

#include <string.h>

enum { UNSET = 255 };

bool fm_label_induced(int nlabels, int nrows, const uint8_t *label, const uint8_t *map,
                      uint8_t *permutation) {
    uint8_t back[FM_LABELS_MOST];
    memset(permutation, UNSET, (size_t)nlabels);
    memset(back, UNSET, (size_t)nlabels);
    for (int row = 0; row < nrows; row++) {
        uint8_t from = label[map[row]], to = label[row];
        if (permutation[from] == UNSET && back[to] == UNSET) {
            permutation[from] = to;
            back[to] = from;
        } else if (permutation[from] != to || back[to] != from) {
            return false;
        }
    }
    for (int i = 0; i < nlabels; i++)
        if (permutation[i] == UNSET) return false;
    return true;
}

/* Copies of one tensor: their operands in order, and the arrangement being tried. */
typedef struct copies {
    int count;
    uint8_t operand[FM_LABELS_OPERANDS];
    uint8_t place[FM_LABELS_OPERANDS];       /* copy i goes to copy place[i] */
    const uint8_t *turn[FM_LABELS_OPERANDS]; /* its axes by this element */
    uint32_t coset;                          /* of the first copy's element */
} copies;

typedef struct search {
    int nlabels, nout, noperands, nrows, nsets;
    const fm_label_operand *operand;
    int first_row[FM_LABELS_OPERANDS];
    uint8_t label[FM_LABELS_AXES]; /* by row */
    copies *set;
    bool regular; /* arrangements are permutations: unfit beginnings are cut */
    uint32_t nodes;
    uint64_t limit;
    uint8_t to[FM_LABELS_MOST], from[FM_LABELS_MOST]; /* the induced permutation so far */
    fm_label_group *out;
    fm_status status;
} search;

static bool stopped(const search *s) {
    return s->status != FM_OK || s->out->large;
}

/* The rows that each row takes its label from. Within a set of copies later ones overwrite. */
static void rows_of(const search *s, uint8_t *map) {
    for (int row = 0; row < s->nrows; row++) map[row] = (uint8_t)row;
    for (int g = 0; g < s->nsets; g++) {
        const copies *set = &s->set[g];
        for (int i = 0; i < set->count; i++) {
            int own = set->operand[i], other = set->operand[set->place[i]];
            for (int a = 0; a < s->operand[own].ndim; a++)
                map[s->first_row[other] + set->turn[i][a]] = (uint8_t)(s->first_row[own] + a);
        }
    }
}

/* A complete arrangement: its permutation is a generator unless the others make it already. */
static void arrive(search *s) {
    uint8_t map[FM_LABELS_AXES], permutation[FM_LABELS_MOST];
    rows_of(s, map);
    if (!fm_label_induced(s->nlabels, s->nrows, s->label, map, permutation)) return;
    if (fm_maps_find(&s->out->elements, permutation)) return;
    if (!fm_maps_add(&s->out->generators, permutation, NULL)) {
        s->status = FM_ERR_MEMORY;
        return;
    }
    s->status = fm_maps_close(&s->out->generators, s->limit, &s->out->elements, &s->out->large);
}

/* Notes what copy i of the set, so placed and turned, says of the labels, and what was noted anew;
   false where it contradicts. */
static bool note(search *s, const copies *set, int i, uint8_t *fresh, int *nfresh) {
    const fm_label_operand *own = &s->operand[set->operand[i]];
    const uint8_t *other = s->operand[set->operand[set->place[i]]].label;
    for (int a = 0; a < own->ndim; a++) {
        uint8_t from = own->label[a], to = other[set->turn[i][a]];
        if ((from < s->nout) != (to < s->nout)) return false;
        if (s->to[from] == UNSET && s->from[to] == UNSET) {
            s->to[from] = to;
            s->from[to] = from;
            fresh[(*nfresh)++] = from;
        } else if (s->to[from] != to || s->from[to] != from) {
            return false;
        }
    }
    return true;
}

static void unnote(search *s, const uint8_t *fresh, int nfresh) {
    while (nfresh-- > 0) {
        s->from[s->to[fresh[nfresh]]] = UNSET;
        s->to[fresh[nfresh]] = UNSET;
    }
}

static void place_set(search *s, int g);

/* Turns copy i of set g in every way, then the copies and sets behind it. */
static void turn_copy(search *s, int g, int i) {
    copies *set = &s->set[g];
    if (i == set->count) {
        place_set(s, g + 1);
        return;
    }
    const fm_maps *elements = &s->operand[set->operand[0]].action->elements;
    const uint32_t *coset = s->operand[set->operand[0]].coset;
    for (uint32_t e = 0; e < elements->count && !stopped(s); e++) {
        uint8_t fresh[FM_MAX_NDIM];
        int nfresh = 0;
        if (coset && i > 0 && coset[e] != set->coset) continue;
        if (coset) set->coset = coset[e];
        if (++s->nodes > FM_LABELS_NODES) s->out->large = true;
        set->turn[i] = fm_maps_at(elements, e);
        if (!s->regular || note(s, set, i, fresh, &nfresh)) turn_copy(s, g, i + 1);
        unnote(s, fresh, nfresh);
    }
}

/* Whether copies i to last, placed already, can be turned so that nothing contradicts. */
static bool possible(search *s, int g, int i, int last) {
    copies *set = &s->set[g];
    if (i > last || !s->regular) return true;
    const fm_maps *elements = &s->operand[set->operand[0]].action->elements;
    const uint32_t *coset = s->operand[set->operand[0]].coset;
    for (uint32_t e = 0; e < elements->count && !stopped(s); e++) {
        uint8_t fresh[FM_MAX_NDIM];
        int nfresh = 0;
        if (++s->nodes > FM_LABELS_NODES) s->out->large = true;
        if (coset && i > 0 && coset[e] != set->coset) continue;
        if (coset) set->coset = coset[e];
        set->turn[i] = fm_maps_at(elements, e);
        bool found = note(s, set, i, fresh, &nfresh) && possible(s, g, i + 1, last);
        unnote(s, fresh, nfresh);
        if (found) return true;
    }
    return false;
}

/* Gives copy i of set g every place that is left, in order, and goes on where that is possible. */
static void place_copy(search *s, int g, int i, uint64_t left) {
    copies *set = &s->set[g];
    if (i == set->count) {
        turn_copy(s, g, 0);
        return;
    }
    for (int place = 0; place < set->count && !stopped(s); place++) {
        if (!(left >> place & 1)) continue;
        set->place[i] = (uint8_t)place;
        if (possible(s, g, 0, i)) place_copy(s, g, i + 1, left & ~((uint64_t)1 << place));
    }
}

static void place_set(search *s, int g) {
    if (g == s->nsets)
        arrive(s);
    else
        place_copy(s, g, 0, ~(uint64_t)0);
}

/* Tensors that stand more than once come first, by their first operand, then the others. */
static void list_sets(search *s) {
    for (int more = 1; more >= 0; more--) {
        for (int i = 0; i < s->noperands; i++) {
            copies *set = &s->set[s->nsets];
            set->count = 0;
            if (s->operand[i].same != i) continue;
            for (int j = i; j < s->noperands; j++)
                if (s->operand[j].same == i) set->operand[set->count++] = (uint8_t)j;
            if ((set->count > 1) == (more == 1)) s->nsets++;
        }
    }
}

static void list_rows(search *s) {
    for (int i = 0; i < s->noperands; i++) {
        s->first_row[i] = s->nrows;
        for (int a = 0; a < s->operand[i].ndim; a++) s->label[s->nrows++] = s->operand[i].label[a];
        s->regular = s->regular && s->operand[i].action->regular;
        s->out->large = s->out->large || s->operand[i].action->large;
    }
}

fm_status fm_label_group_find(fm_arena *arena, int nlabels, int nout, int noperands,
                              const fm_label_operand *operand, uint64_t limit,
                              fm_label_group *out) {
    search *s = fm_arena_get(arena, sizeof *s);
    if (!s) return FM_ERR_MEMORY;
    s->set = fm_arena_get(arena, ((size_t)noperands + 1) * sizeof *s->set);
    if (!s->set) return FM_ERR_MEMORY;
    s->nlabels = nlabels;
    s->nout = nout;
    s->noperands = noperands;
    s->operand = operand;
    s->limit = limit;
    s->regular = true;
    s->out = out;
    memset(s->to, UNSET, sizeof s->to);
    memset(s->from, UNSET, sizeof s->from);
    *out = (fm_label_group){.generators = {.arena = arena, .width = (uint32_t)nlabels}};
    FM_TRY(fm_maps_close(&out->generators, limit, &out->elements, &out->large));
    list_rows(s);
    list_sets(s);
    if (!out->large) place_set(s, 0);
    return s->status;
}
