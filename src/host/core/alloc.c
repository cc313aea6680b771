/* Heap allocation with a counter and an injected failure. */
#include "core/alloc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Atomic uint64_t allocations;
static _Atomic int64_t countdown; /* 0: off; n: the nth from now fails; -1: all fail */
static _Atomic int sticky_failure;

void fm_alloc_fail_at(uint64_t nth, int sticky) {
    atomic_store(&sticky_failure, sticky);
    atomic_store(&countdown, (int64_t)nth);
}

uint64_t fm_alloc_count(void) {
    return atomic_load_explicit(&allocations, memory_order_relaxed);
}

int fm_alloc_refuse(void) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    int64_t left = atomic_load_explicit(&countdown, memory_order_relaxed);
    if (left == 0) return 0;
    if (left < 0) return 1;
    left = atomic_fetch_sub(&countdown, 1);
    if (left != 1) return 0;
    atomic_store(&countdown, atomic_load(&sticky_failure) ? -1 : 0);
    return 1;
}

int fm_alloc_refuse_piece(void) {
    return atomic_load_explicit(&countdown, memory_order_relaxed) != 0 && fm_alloc_refuse();
}

void *fm_alloc(size_t size) {
    if (fm_alloc_refuse()) return NULL;
    return calloc(1, size ? size : 1);
}

void *fm_alloc_unset(size_t size) {
    if (fm_alloc_refuse()) return NULL;
    return malloc(size ? size : 1);
}

void *fm_realloc(void *block, size_t old_size, size_t size) {
    if (fm_alloc_refuse()) return NULL;
    char *grown = realloc(block, size ? size : 1);
    if (grown && size > old_size) memset(grown + old_size, 0, size - old_size);
    return grown;
}

char *fm_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = fm_alloc(size);
    if (copy) memcpy(copy, text, size);
    return copy;
}

void fm_free_block(void *block) {
    free(block);
}
