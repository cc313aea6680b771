/* A table of 64-bit numbers by 64-bit numbers: calls by correlation, calls by node of a graph. */
#ifndef FM_CUDA_TIMING_IDS_H
#define FM_CUDA_TIMING_IDS_H

#include <stddef.h>
#include <stdint.h>

typedef struct cu_ids_entry {
    uint64_t key, value;
    uint32_t age; /* the table's age when it was put in; full is what tells a free place */
    uint32_t full;
} cu_ids_entry;

typedef struct cu_ids {
    cu_ids_entry *entry;
    size_t room; /* a power of two, or 0 */
    size_t count;
    uint32_t age;
} cu_ids;

/* Makes room for that many entries. 0: no memory. */
int cu_ids_reserve(cu_ids *ids, size_t count);

/* Puts a pair in or changes its value. 0: no memory, nothing was put in. */
int cu_ids_put(cu_ids *ids, uint64_t key, uint64_t value);

/* 1 and the value where the key is in. */
int cu_ids_get(const cu_ids *ids, uint64_t key, uint64_t *value);

void cu_ids_remove(cu_ids *ids, uint64_t key);

/* Grows older: what is of an age before the last is left out when `which` (NULL: always) says so.
 */
void cu_ids_age(cu_ids *ids, int (*which)(void *user, uint64_t value), void *user);

void cu_ids_close(cu_ids *ids);

#endif
