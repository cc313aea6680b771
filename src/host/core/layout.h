/* Layouts: dtype, shape, strides and symmetry of a tensor, interned so that equal layouts are one
   pointer. */
#ifndef FM_CORE_LAYOUT_H
#define FM_CORE_LAYOUT_H

#include "core/symmetry.h"

#include <flopmeter/tensor.h>
#include <stdatomic.h>

enum {
    FM_LAYOUT_CONTIGUOUS = 1, /* row-major without gaps */
    FM_LAYOUT_WEAK = 2,       /* a weak scalar, passed by value */
    FM_LAYOUT_ABSTRACT = 4,   /* shape only, without data */
    FM_LAYOUT_OVERLAPS = 8    /* some elements share memory, as after broadcast_to */
};

typedef struct fm_layout {
    _Atomic uint32_t refs;
    uint32_t flags;
    uint64_t hash;
    struct fm_layout *next;        /* in its bucket of the intern table */
    const struct fm_layout *plain; /* the same without symmetry: itself where it has none */
    const fm_symmetry *symmetry;   /* under which the elements do not change; NULL: none known */
    fm_dtype dtype;
    int ndim;
    int64_t size;   /* elements */
    int64_t low;    /* smallest element offset from the origin that is touched, at most 0 */
    int64_t high;   /* largest, at least 0; both 0 when size is 0 */
    int64_t dims[]; /* shape[ndim], then strides[ndim] in elements */
} fm_layout;

static inline const int64_t *fm_layout_shape(const fm_layout *layout) {
    return layout->dims;
}
static inline const int64_t *fm_layout_strides(const fm_layout *layout) {
    return layout->dims + layout->ndim;
}

/* The layout of that dtype, shape and strides (NULL: row-major), with one reference for the
   caller. flags: FM_LAYOUT_WEAK and FM_LAYOUT_ABSTRACT are taken, the others are found out.
   FM_ERR_SHAPE: negative extent or too many axes; FM_ERR_OVERFLOW: size or offsets past 2^63 - 1
   bytes; FM_ERR_MEMORY. error (may be NULL) is filled. */
fm_status fm_layout_get(fm_error *error, fm_dtype dtype, int ndim, const int64_t *shape,
                        const int64_t *strides, uint32_t flags, const fm_layout **out);

/* The same layout with that symmetry (NULL: without any), which acts on its axes. FM_ERR_MEMORY. */
fm_status fm_layout_with(fm_error *error, const fm_layout *layout, const fm_symmetry *symmetry,
                         const fm_layout **out);

const fm_layout *fm_layout_retain(const fm_layout *layout);
void fm_layout_release(const fm_layout *layout);

/* Number of layouts alive, for leak tests. */
size_t fm_layout_count(void);

#endif
