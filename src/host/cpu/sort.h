/* Sorting on the CPU: elements as unsigned keys, and the sorts of keys. */
#ifndef FM_CPU_SORT_H
#define FM_CPU_SORT_H

#include "cpu/isa.h"

#include <flopmeter/dtype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts of keys of one width. */
typedef struct fm_key_sort {
    /* Ascending; scratch has room for n keys. */
    void (*sort)(int64_t n, void *keys, void *scratch);
    /* Of n >= FM_SPLIT_LEAST keys: moves them so that none of the first m is above one of the
       others, and returns m, 0 < m < n; or n, where all are equal. About the middle. */
    int64_t (*split)(int64_t n, void *keys);
} fm_key_sort;

enum { FM_SPLIT_LEAST = 1024 };

/* The loops over elements of one dtype, by the keys of scalar/order.h. */
typedef struct fm_sort_kernel {
    /* Elements to keys of their size and back, in place too; NULL for complex elements. */
    void (*to_keys)(int64_t n, const void *in, void *keys);
    void (*from_keys)(int64_t n, const void *keys, void *out);
    /* Ranks in 64 bits; of complex128 the upper half, and the lower one. */
    void (*ranks)(int64_t n, const void *in, uint64_t *ranks);
    void (*ranks_low)(int64_t n, const void *in, uint64_t *ranks); /* NULL elsewhere */
    /* Of m needles each the first place among the n elements of a, which ascend, that does not come
       before it, or with right the first that comes behind it. */
    void (*search)(int64_t n, const void *a, int64_t m, const void *needles, bool right,
                   int64_t *out);
    /* Whether elements begin <= i < end of a sorted line differ from those before them, as the
       first does; with equal_nan NaN does not differ from NaN. */
    void (*heads)(int64_t begin, int64_t end, const void *x, bool equal_nan, uint8_t *out);
} fm_sort_kernel;

#define FM_SORT_DECLARE(isa)                                                                       \
    extern const fm_sort_kernel fm_sort_##isa[FM_DTYPE_COUNT];                                     \
    extern void fm_range_##isa(int64_t n, const uint64_t *x, uint64_t *least, uint64_t *most);     \
    /* How many are below the value, and how many equal it. */                                     \
    extern void fm_sides_##isa(int64_t n, const uint64_t *x, uint64_t value, int64_t *below,       \
                               int64_t *equal);
FM_ISA_DECLARE(FM_SORT_DECLARE)
#undef FM_SORT_DECLARE

/* The sorts of 8, 16, 32 and 64 bits by logarithm of the bytes, plain and for AVX-512. */
extern const fm_key_sort fm_key_sorts[4];
extern const fm_key_sort fm_key_sort_u32_v4, fm_key_sort_u64_v4;
/* The one for this machine. */
const fm_key_sort *fm_key_sort_of(size_t key);

/* Keys of 8 and 16 bits are counted: how many of each value, `values` being 1 << bits. */
enum { FM_COUNT_LEAST = 16384 /* keys of 16 bits for which that pays */ };

#endif
