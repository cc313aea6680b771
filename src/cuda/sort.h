/* Sorting and searching: keys of elements, sorts of keys in lines, and the tables of kernels. */
#ifndef FM_CUDA_SORT_H
#define FM_CUDA_SORT_H

#include "vendor.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Lines of n keys side by side. Without places_in the keys alone are sorted; else places move with
 * their keys, equal ones in the order in which they come. */
typedef struct cu_sort_call {
    const void *keys_in;
    void *keys_out;
    const int64_t *places_in;
    int64_t *places_out;
    int64_t lines, n;
    void *temp;
    size_t temp_bytes;
} cu_sort_call;

typedef struct cu_key_sort {
    /* Scratch memory that run needs; nothing is launched. */
    cu_error (*measure)(int64_t lines, int64_t n, int with_places, size_t *bytes);
    cu_error (*run)(const cu_sort_call *call, cu_stream stream);
} cu_key_sort;

/* By logarithm of the key's bytes. */
extern const cu_key_sort cu_key_sort_u8, cu_key_sort_u16, cu_key_sort_u32, cu_key_sort_u64;

typedef cu_error (*cu_keys_launch)(int64_t n, const void *in, void *out, int processors,
                                   cu_stream stream);

typedef struct cu_search_args {
    const void *a, *needles; /* a ascends */
    int64_t *out;
    int64_t n, needles_count;
    int right;
} cu_search_args;

typedef struct cu_bins_args {
    const double *x, *edges;
    int64_t *out; /* of each element its bin, or counts, which begin with 0 */
    int64_t n, bins;
    int uniform, count;
} cu_bins_args;

/* The kernels of one dtype; keys as scalar/order.h has them. */
typedef struct cu_sort_kernels {
    cu_keys_launch to_keys, from_keys; /* NULL for complex elements */
    cu_keys_launch ranks;              /* keys with equal zeros; of complex128 the upper halves */
    cu_keys_launch ranks_low;          /* the lower halves; NULL elsewhere */
    cu_error (*search)(const cu_search_args *args, int processors, cu_stream stream);
    /* Whether an element of a sorted line differs from the one before. */
    cu_error (*heads)(int64_t n, const void *x, int equal_nan, uint8_t *out, int processors,
                      cu_stream stream);
} cu_sort_kernels;

extern const cu_sort_kernels cu_sort_table[FM_DTYPE_COUNT];

/* out[i] = i % n, the places of the elements in their lines. */
cu_error cu_places(int64_t lines, int64_t n, int64_t *out, int processors, cu_stream stream);
/* Adds 1, or the weight of each, to out[x[i]] where that is below count. */
cu_error cu_add_counts(int64_t n, const int64_t *x, const int64_t *weights, int64_t count,
                       int64_t *out, int processors, cu_stream stream);
cu_error cu_find_bins(const cu_bins_args *args, int processors, cu_stream stream);
/* out[i] = in[line of i][places[i]], elements of that many bytes. */
cu_error cu_take_places(size_t size, int64_t lines, int64_t n, const void *in,
                        const int64_t *places, void *out, int processors, cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
