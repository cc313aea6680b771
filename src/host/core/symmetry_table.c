/* The intern table of symmetry groups, and the list of all elements from generators. */
#include "core/alloc.h"
#include "core/symmetry.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static fm_symmetry **buckets;
static size_t nbuckets, ngroups;
static _Atomic uint64_t limit_of_elements = 50000;

void fm_symmetry_set_limit(uint64_t elements) {
    atomic_store(&limit_of_elements, elements ? elements : 1);
}

uint64_t fm_symmetry_limit(void) {
    return atomic_load(&limit_of_elements);
}

/* The elements found so far, and a hash table of their numbers from 1. */
typedef struct found {
    int degree;
    uint8_t *element;
    uint32_t *slot;
    uint32_t count, capacity, nslots;
} found;

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count) {
    const uint8_t *byte = bytes;
    for (size_t i = 0; i < count; i++) hash = (hash ^ byte[i]) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

static uint32_t *slot_of(const found *f, const uint8_t *element) {
    size_t degree = (size_t)f->degree;
    uint32_t at = (uint32_t)hash_bytes(1, element, degree) & (f->nslots - 1);
    while (f->slot[at] && memcmp(f->element + (f->slot[at] - 1) * degree, element, degree) != 0)
        at = (at + 1) & (f->nslots - 1);
    return &f->slot[at];
}

static bool grow(found *f) {
    size_t degree = (size_t)f->degree;
    uint32_t wider = f->capacity ? 2 * f->capacity : 32;
    uint8_t *element = fm_realloc(f->element, f->capacity * degree, wider * degree);
    if (!element) return false;
    f->element = element;
    uint32_t *slot = fm_alloc(4 * (size_t)wider * sizeof *slot);
    if (!slot) return false;
    fm_free_block(f->slot);
    f->slot = slot;
    f->capacity = wider;
    f->nslots = 4 * wider;
    for (uint32_t i = 0; i < f->count; i++) *slot_of(f, f->element + i * degree) = i + 1;
    return true;
}

/* Takes the element in unless it is there. */
static bool add(found *f, const uint8_t *element) {
    if (f->count == f->capacity && !grow(f)) return false;
    uint32_t *slot = slot_of(f, element);
    if (*slot) return true;
    memcpy(f->element + f->count * (size_t)f->degree, element, (size_t)f->degree);
    *slot = ++f->count;
    return true;
}

/* Every product of an element with a generator, until none is new: in a finite group products reach
   the inverses too. */
static bool close_under(found *f, uint32_t ngenerators, const uint8_t *generators, uint64_t limit) {
    uint8_t product[FM_MAX_NDIM];
    for (int i = 0; i < f->degree; i++) product[i] = (uint8_t)i;
    if (!add(f, product)) return false;
    for (uint32_t e = 0; e < f->count && f->count <= limit; e++) {
        for (uint32_t g = 0; g < ngenerators && f->count <= limit; g++) {
            const uint8_t *generator = generators + g * (size_t)f->degree;
            for (int i = 0; i < f->degree; i++)
                product[i] = f->element[e * (size_t)f->degree + generator[i]];
            if (!add(f, product)) return false;
        }
    }
    return true;
}

/* A counting sort by each position, the last first. */
static bool sort_elements(found *f) {
    size_t degree = (size_t)f->degree;
    uint8_t *other = fm_alloc(f->count * degree);
    if (!other) return false;
    for (size_t at = degree; at-- > 0;) {
        uint32_t start[FM_MAX_NDIM + 1] = {0};
        for (uint32_t e = 0; e < f->count; e++) start[f->element[e * degree + at] + 1]++;
        for (size_t d = 0; d < degree; d++) start[d + 1] += start[d];
        for (uint32_t e = 0; e < f->count; e++)
            memcpy(other + start[f->element[e * degree + at]]++ * degree, f->element + e * degree,
                   degree);
        uint8_t *swapped = f->element;
        f->element = other;
        other = swapped;
    }
    fm_free_block(other);
    return true;
}

fm_status fm_symmetry_enumerate(int degree, uint32_t ngenerators, const uint8_t *generators,
                                uint64_t limit, uint8_t **out, uint32_t *count) {
    found f = {.degree = degree};
    bool done = close_under(&f, ngenerators, generators, limit);
    bool fits = f.count <= limit;
    done = done && (!fits || sort_elements(&f));
    fm_free_block(f.slot);
    if (!done || !fits) {
        fm_free_block(f.element);
        f.element = NULL;
        f.count = 0;
    }
    *out = f.element;
    *count = f.count;
    return done ? FM_OK : FM_ERR_MEMORY;
}

/* 0 where it does not fit 64 bits. */
static uint64_t closed_order(uint32_t nblocks, const fm_symmetry_block *blocks) {
    uint64_t order = 1;
    for (uint32_t b = 0; b < nblocks; b++) {
        uint64_t n = blocks[b].degree, factor = 1;
        if (blocks[b].kind == FM_SYMMETRY_CYCLIC) factor = n;
        if (blocks[b].kind == FM_SYMMETRY_DIHEDRAL) factor = 2 * n;
        if (blocks[b].kind == FM_SYMMETRY_FULL)
            for (uint64_t k = 2; k <= n; k++)
                if (__builtin_mul_overflow(factor, k, &factor)) return 0;
        if (__builtin_mul_overflow(order, factor, &order)) return 0;
    }
    return order;
}

static bool equal_blocks(const fm_symmetry_block *a, const fm_symmetry_block *b) {
    return a->kind == b->kind && a->degree == b->degree && !memcmp(a->axis, b->axis, a->degree);
}

/* The generators count even where the elements are the same: reports and derived groups show them,
   and must not depend on what was asked before. */
static bool is_draft(const fm_symmetry *group, const fm_symmetry_draft *draft) {
    size_t degree = group->degree;
    if (group->degree != (uint32_t)draft->degree || group->nblocks != draft->nblocks ||
        group->nelements != draft->nelements || memcmp(group->axis, draft->axis, degree) != 0)
        return false;
    for (uint32_t b = 0; b < draft->nblocks; b++)
        if (!equal_blocks(&group->block[b], &draft->blocks[b])) return false;
    if (draft->nelements && memcmp(group->element, draft->elements, draft->nelements * degree) != 0)
        return false;
    return group->ngenerators == draft->ngenerators &&
           !memcmp(group->generator, draft->generators, draft->ngenerators * degree);
}

static uint64_t hash_of(const fm_symmetry_draft *draft) {
    size_t degree = (size_t)draft->degree;
    uint64_t hash = hash_bytes(degree, draft->axis, degree);
    return hash_bytes(hash, draft->generators, draft->ngenerators * degree);
}

static bool widen(void) {
    size_t wider = nbuckets ? 2 * nbuckets : 64;
    fm_symmetry **fresh = fm_alloc(wider * sizeof *fresh);
    if (!fresh) return nbuckets > 0;
    for (size_t b = 0; b < nbuckets; b++) {
        for (fm_symmetry *group = buckets[b], *next; group; group = next) {
            next = group->next;
            group->next = fresh[group->hash & (wider - 1)];
            fresh[group->hash & (wider - 1)] = group;
        }
    }
    fm_free_block(buckets);
    buckets = fresh;
    nbuckets = wider;
    return true;
}

/* A group and its lists in one block. */
static fm_symmetry *make(const fm_symmetry_draft *draft, uint64_t hash) {
    size_t degree = (size_t)draft->degree, blocks = draft->nblocks * sizeof *draft->blocks;
    size_t generators = draft->ngenerators * degree, elements = draft->nelements * degree;
    fm_symmetry *group = fm_alloc(sizeof *group + blocks + generators + elements);
    if (!group) return NULL;
    uint8_t *at = (uint8_t *)(group + 1);
    if (blocks) memcpy(at, draft->blocks, blocks);
    group->block = (const fm_symmetry_block *)(const void *)at;
    memcpy(at + blocks, draft->generators, generators);
    group->generator = at + blocks;
    if (elements) memcpy(at + blocks + generators, draft->elements, elements);
    group->element = elements ? at + blocks + generators : NULL;
    atomic_init(&group->refs, 1);
    group->degree = (uint32_t)draft->degree;
    group->hash = hash;
    group->nelements = draft->nelements;
    group->ngenerators = draft->ngenerators;
    group->nblocks = draft->nblocks;
    memcpy(group->axis, draft->axis, degree);
    group->order = draft->nelements ? draft->nelements
                   : draft->nblocks ? closed_order(draft->nblocks, draft->blocks)
                                    : 0;
    return group;
}

/* Called under the lock. */
static const fm_symmetry *find_or_make(const fm_symmetry_draft *draft) {
    uint64_t hash = hash_of(draft);
    if (ngroups >= nbuckets && !widen()) return NULL;
    fm_symmetry **bucket = &buckets[hash & (nbuckets - 1)];
    for (fm_symmetry *group = *bucket; group; group = group->next) {
        if (group->hash != hash || !is_draft(group, draft)) continue;
        atomic_fetch_add_explicit(&group->refs, 1, memory_order_relaxed);
        return group;
    }
    fm_symmetry *group = make(draft, hash);
    if (!group) return NULL;
    group->next = *bucket;
    *bucket = group;
    ngroups++;
    return group;
}

fm_status fm_symmetry_intern(const fm_symmetry_draft *draft, const fm_symmetry **out,
                             fm_error *error) {
    fm_symmetry_draft whole = *draft;
    uint8_t *own = NULL;
    *out = NULL;
    uint64_t limit = fm_symmetry_limit();
    uint64_t closed = draft->nblocks ? closed_order(draft->nblocks, draft->blocks) : 1;
    if (!whole.elements && closed && closed <= limit) {
        if (fm_symmetry_enumerate(whole.degree, whole.ngenerators, whole.generators, limit, &own,
                                  &whole.nelements) != FM_OK)
            return fm_fail(error, FM_ERR_MEMORY, "no memory for the elements of a symmetry group");
        whole.elements = own;
    }
    pthread_mutex_lock(&table_lock);
    *out = find_or_make(&whole);
    pthread_mutex_unlock(&table_lock);
    fm_free_block(own);
    FM_CHECK(*out, error, FM_ERR_MEMORY, "no memory for a symmetry group");
    return FM_OK;
}

const fm_symmetry *fm_symmetry_retain(const fm_symmetry *group) {
    fm_symmetry *own = (fm_symmetry *)(uintptr_t)group;
    if (own) atomic_fetch_add_explicit(&own->refs, 1, memory_order_relaxed);
    return group;
}

/* The count drops to zero only under the lock, so that a search never meets a group being freed. */
void fm_symmetry_release(const fm_symmetry *group) {
    fm_symmetry *own = (fm_symmetry *)(uintptr_t)group;
    if (!own) return;
    uint32_t refs = atomic_load_explicit(&own->refs, memory_order_relaxed);
    while (refs > 1)
        if (atomic_compare_exchange_weak(&own->refs, &refs, refs - 1)) return;
    pthread_mutex_lock(&table_lock);
    if (atomic_fetch_sub(&own->refs, 1) == 1) {
        fm_symmetry **link = &buckets[own->hash & (nbuckets - 1)];
        while (*link != own) link = &(*link)->next;
        *link = own->next;
        fm_free_block(own);
        if (--ngroups == 0) {
            fm_free_block(buckets);
            buckets = NULL;
            nbuckets = 0;
        }
    }
    pthread_mutex_unlock(&table_lock);
}

size_t fm_symmetry_count(void) {
    pthread_mutex_lock(&table_lock);
    size_t count = ngroups;
    pthread_mutex_unlock(&table_lock);
    return count;
}
