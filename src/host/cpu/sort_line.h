/* Sorting one line of elements that lie side by side: by keys in place, or as a stable order of its
   elements. `wide`: over the shared pool, which another line must not hold. */
#ifndef FM_CPU_SORT_LINE_H
#define FM_CPU_SORT_LINE_H

#include "cpu/sort.h"

/* Length from which one line is worth several threads. */
enum { FM_SORT_WIDE = 1 << 16 };

/* What sorts of keys need beside them. */
typedef struct fm_key_room {
    void *scratch;   /* as many keys */
    int64_t *counts; /* fm_key_counts of them for each lane that sorts a line; NULL: none */
} fm_key_room;

/* How many counts a lane needs for lines of n keys. */
int64_t fm_key_counts(size_t key, int64_t n);

/* Sorts n keys of `key` bytes. With wide, the counts of all lanes are used, else one lane's. */
void fm_keys_sort(size_t key, int64_t n, void *keys, const fm_key_room *room, bool wide);

/* Puts the keys of those ranks, which ascend, into their places, smaller ones before and larger
   ones behind. */
void fm_keys_select(size_t key, int64_t n, void *keys, int nkth, const int64_t *kth,
                    const fm_key_room *room, bool wide);

/* Elements of a line to keys, or back. */
void fm_keys_convert(void (*convert)(int64_t, const void *, void *), size_t key, int64_t n,
                     const void *in, void *out, bool wide);

/* Arrays of n words that finding an order needs; the last three only for complex128. */
typedef struct fm_order_room {
    uint64_t *rank, *packed, *spare, *scratch, *low, *gathered, *sub;
} fm_order_room;

/* The places of the elements in ascending order, equal ones as they lie. */
void fm_line_order(const fm_sort_kernel *kernel, size_t size, int64_t n, const void *x,
                   const fm_order_room *room, int64_t *order, bool wide);
/* The same by ranks, which are not room->rank's alone: any. */
void fm_ranks_order(int64_t n, const uint64_t *rank, const fm_order_room *room, int64_t *order,
                    bool wide);

/* The places of the elements so that those of the ranks kth, which ascend, are in theirs, smaller
   elements before and larger ones behind. Not of complex128, and at most FM_PARTS ranks. */
enum { FM_PARTS = 8 };
void fm_line_part(const fm_sort_kernel *kernel, size_t size, int64_t n, const void *x,
                  const fm_order_room *room, int nkth, const int64_t *kth, int64_t *order,
                  bool wide);

#endif
