/* Answers that are remembered, by the words that decide them. */
#ifndef FM_COST_ACCUMULATION_CACHE_H
#define FM_COST_ACCUMULATION_CACHE_H

#include "cost/accumulation_report.h"

/* What decides an answer: words, and the symmetry groups whose addresses are among them. */
typedef struct fm_acc_key {
    uint32_t nwords, ngroups;
    bool full; /* it does not fit: the answer is not remembered */
    uint64_t word[512];
    const fm_symmetry *group[64];
} fm_acc_key;

/* Its words are written before they are read. */
static inline void fm_acc_key_begin(fm_acc_key *key) {
    key->nwords = key->ngroups = 0;
    key->full = false;
}

static inline void fm_acc_key_word(fm_acc_key *key, uint64_t word) {
    key->full = key->full || key->nwords == sizeof key->word / sizeof key->word[0];
    if (!key->full) key->word[key->nwords++] = word;
}

void fm_acc_key_text(fm_acc_key *key, const char *text);
void fm_acc_key_group(fm_acc_key *key, const fm_symmetry *group);

typedef enum fm_acc_cache_kind { FM_ACC_CACHE_EINSUM, FM_ACC_CACHE_REDUCTION } fm_acc_cache_kind;

/* The answer of that key with one reference for the caller; NULL where there is none. */
const fm_accumulation *fm_acc_cache_find(fm_acc_cache_kind kind, const fm_acc_key *key);

/* Remembers the answer with a reference of its own; without memory it does not. */
void fm_acc_cache_add(fm_acc_cache_kind kind, const fm_acc_key *key, const fm_accumulation *answer);

#endif
