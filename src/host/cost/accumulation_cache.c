/* The tables of remembered answers, bounded: the one longest unused goes first. */
#include "cost/accumulation_cache.h"

#include "core/alloc.h"
#include "core/hash.h"

#include <pthread.h>
#include <string.h>

enum { BUCKETS = 1024, LIMIT = 4096 };

/* A place in the list from the last used to the one longest unused. */
typedef struct use {
    struct use *newer, *older;
} use;

typedef struct entry {
    use use;            /* first, so that a place is its entry */
    struct entry *next; /* in its bucket */
    const fm_accumulation *answer;
    uint64_t hash;
    uint32_t nwords, ngroups;
    const fm_symmetry **group;
    uint64_t word[];
} entry;

typedef struct cache {
    pthread_mutex_t lock;
    entry *bucket[BUCKETS];
    use ends; /* its older is the last used, its newer the one longest unused */
    fm_cache_info info;
} cache;

static cache caches[] = {
    {.lock = PTHREAD_MUTEX_INITIALIZER,
     .ends = {.newer = &caches[0].ends, .older = &caches[0].ends},
     .info = {.limit = LIMIT}},
    {.lock = PTHREAD_MUTEX_INITIALIZER,
     .ends = {.newer = &caches[1].ends, .older = &caches[1].ends},
     .info = {.limit = LIMIT}},
};

void fm_acc_key_text(fm_acc_key *key, const char *text) {
    size_t length = strlen(text);
    fm_acc_key_word(key, length);
    for (size_t at = 0; at < length; at += 8) {
        uint64_t word = 0;
        memcpy(&word, text + at, length - at < 8 ? length - at : 8);
        fm_acc_key_word(key, word);
    }
}

void fm_acc_key_group(fm_acc_key *key, const fm_symmetry *group) {
    fm_acc_key_word(key, (uint64_t)(uintptr_t)group);
    key->full = key->full || key->ngroups == sizeof key->group / sizeof key->group[0];
    if (group && !key->full) key->group[key->ngroups++] = group;
}

static void unlink_use(use *e) {
    e->newer->older = e->older;
    e->older->newer = e->newer;
}

static void link_use(cache *c, use *e) {
    e->newer = &c->ends;
    e->older = c->ends.older;
    e->older->newer = e;
    c->ends.older = e;
}

static entry **place_of(cache *c, const fm_acc_key *key, uint64_t hash) {
    entry **at = &c->bucket[hash % BUCKETS];
    while (*at && ((*at)->hash != hash || (*at)->nwords != key->nwords ||
                   memcmp((*at)->word, key->word, key->nwords * sizeof *key->word) != 0))
        at = &(*at)->next;
    return at;
}

static void drop(cache *c, entry *e) {
    entry **at = &c->bucket[e->hash % BUCKETS];
    while (*at != e) at = &(*at)->next;
    *at = e->next;
    unlink_use(&e->use);
    c->info.size--;
    for (uint32_t g = 0; g < e->ngroups; g++) fm_symmetry_release(e->group[g]);
    fm_accumulation_release(e->answer);
    fm_free_block(e);
}

const fm_accumulation *fm_acc_cache_find(fm_acc_cache_kind kind, const fm_acc_key *key) {
    cache *c = &caches[kind];
    const fm_accumulation *answer = NULL;
    uint64_t hash = fm_hash_words(key->word, key->nwords);
    pthread_mutex_lock(&c->lock);
    entry *e = key->full ? NULL : *place_of(c, key, hash);
    if (e) {
        answer = fm_accumulation_retain(e->answer);
        unlink_use(&e->use);
        link_use(c, &e->use);
        c->info.hits++;
    } else {
        c->info.misses++;
    }
    pthread_mutex_unlock(&c->lock);
    return answer;
}

static entry *make(const fm_acc_key *key, uint64_t hash, const fm_accumulation *answer) {
    size_t words = key->nwords * sizeof *key->word, groups = key->ngroups * sizeof *key->group;
    entry *e = fm_alloc(sizeof *e + words + groups);
    if (!e) return NULL;
    e->hash = hash;
    e->nwords = key->nwords;
    e->ngroups = key->ngroups;
    memcpy(e->word, key->word, words);
    e->group = (const fm_symmetry **)(void *)((char *)e->word + words);
    for (uint32_t g = 0; g < key->ngroups; g++) e->group[g] = fm_symmetry_retain(key->group[g]);
    e->answer = fm_accumulation_retain(answer);
    return e;
}

void fm_acc_cache_add(fm_acc_cache_kind kind, const fm_acc_key *key,
                      const fm_accumulation *answer) {
    cache *c = &caches[kind];
    uint64_t hash = fm_hash_words(key->word, key->nwords);
    if (key->full) return;
    pthread_mutex_lock(&c->lock);
    entry **at = place_of(c, key, hash);
    entry *e = *at || c->info.limit == 0 ? NULL : make(key, hash, answer);
    if (e) {
        *at = e;
        link_use(c, &e->use);
        if (++c->info.size > c->info.limit) drop(c, (entry *)(void *)c->ends.newer);
    }
    pthread_mutex_unlock(&c->lock);
}

static void reset(cache *c, const size_t *limit) {
    pthread_mutex_lock(&c->lock);
    while (c->info.size) drop(c, (entry *)(void *)c->ends.newer);
    c->info = (fm_cache_info){.limit = limit ? *limit : c->info.limit};
    pthread_mutex_unlock(&c->lock);
}

void fm_einsum_cache_clear(void) {
    for (int kind = 0; kind < 2; kind++) reset(&caches[kind], NULL);
}

void fm_einsum_cache_resize(size_t limit) {
    for (int kind = 0; kind < 2; kind++) reset(&caches[kind], &limit);
}

static fm_cache_info info_of(cache *c) {
    pthread_mutex_lock(&c->lock);
    fm_cache_info info = c->info;
    pthread_mutex_unlock(&c->lock);
    return info;
}

fm_cache_info fm_einsum_cache_info(void) {
    return info_of(&caches[FM_ACC_CACHE_EINSUM]);
}

fm_cache_info fm_reduction_cache_info(void) {
    return info_of(&caches[FM_ACC_CACHE_REDUCTION]);
}
