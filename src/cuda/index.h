/* Kernels that gather, scatter and select, as plans see them. Elements move by their size in bytes:
 * 1, 2, 4, 8 or 16. Indices are int64 and were checked. */
#ifndef FM_CUDA_INDEX_H
#define FM_CUDA_INDEX_H

#include "vendor.h"

#include "scalar/along.h"

#include <flopmeter/dtype.h>

#ifdef __cplusplus
extern "C" {
#endif

/* a[outer..., index, inner...] of an array, or of a target whose elements `values` are written to
 * or added to; elements before, among and after the indexed axes. step: 0 where there is one value.
 */
typedef struct cu_gather_args {
    fm_axes outer, group, inner;
    int64_t count; /* indices */
    int64_t step;
    int32_t mode;
    int32_t bytes;
    const void *in;
    const int64_t *index;
    void *out;
    unsigned long long *last; /* of each place of the group: 1 + the number of its last index */
} cu_gather_args;

cu_error cu_gather(const cu_gather_args *args, int processors, cu_stream stream);
/* Equal places: with `last` zeroed beforehand the last one wins, without any of them. */
cu_error cu_scatter(const cu_gather_args *args, int processors, cu_stream stream);

/* Adds by places in order: integers of 4 and 8 bytes by atomics, which are exact in any order, the
 * others after a sort. */
typedef struct cu_add_room {
    uint64_t *keys[2];
    int64_t *order[2];
    void *partial; /* an element for each value */
    void *sort;
    size_t sort_bytes;
} cu_add_room;
int cu_add_is_atomic(fm_dtype dtype);
cu_error cu_sort_room(int64_t count, int64_t places, size_t *bytes);
cu_error cu_scatter_add(fm_dtype dtype, const cu_gather_args *args, const cu_add_room *room,
                        int processors, cu_stream stream);

/* bytes 0: the places themselves are written, as int64. */
cu_error cu_gather_along(const fm_along *along, int bytes, const void *in, const int64_t *index,
                         void *out, int processors, cu_stream stream);

/* *out, large beforehand, becomes the least number of an index outside low <= i < n. */
cu_error cu_outside(const int64_t *index, int64_t count, int64_t low, int64_t n,
                    unsigned long long *out, int processors, cu_stream stream);

/* Adds the bytes that are not 0 to *out. */
cu_error cu_count(const uint8_t *mask, int64_t n, unsigned long long *out, int processors,
                  cu_stream stream);
/* Elements whose mask is not 0, in order; in NULL: their numbers, as int64. count: room for one. */
cu_error cu_select_room(int bytes, int64_t n, size_t *room);
cu_error cu_select(int bytes, const void *in, const uint8_t *mask, int64_t n, void *out,
                   int64_t *count, void *room, size_t room_bytes, cu_stream stream);

/* out[i] = (first ? 0 : out[i]) + place of an index * factor; INT64_MIN once one is no place. The
 * index lies along the axes. */
typedef struct cu_ravel_args {
    fm_axes shape; /* of the output, with the strides of the index */
    int64_t extent, factor;
    int32_t mode, first;
    const int64_t *index;
    int64_t *out;
} cu_ravel_args;
cu_error cu_ravel(const cu_ravel_args *args, int processors, cu_stream stream);

typedef struct cu_unravel_args {
    int64_t count;
    int32_t axes, backwards;
    int64_t extent[FM_AXES_MOST];
    const int64_t *index;
    int64_t *out;
} cu_unravel_args;
cu_error cu_unravel(const cu_unravel_args *args, int processors, cu_stream stream);

cu_error cu_runs(const int64_t *ends, int64_t count, int64_t *out, int64_t size, int processors,
                 cu_stream stream);

/* rows runs of inner elements, each `times` times in a row. */
cu_error cu_repeat(int bytes, const void *in, void *out, int64_t rows, int64_t times, int64_t inner,
                   int processors, cu_stream stream);

/* elements, and the bytes that hold them, along the axis. */
typedef struct cu_bits_args {
    int64_t outer, elements, bytes, inner;
    int32_t little, reserved;
    const uint8_t *in;
    uint8_t *out;
} cu_bits_args;
cu_error cu_packbits(const cu_bits_args *args, int processors, cu_stream stream);
cu_error cu_unpackbits(const cu_bits_args *args, int processors, cu_stream stream);

#ifdef __cplusplus
}
#endif
#endif
