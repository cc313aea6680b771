/* The intern table of layouts. */
#include "core/layout.h"
#include "core/alloc.h"
#include "core/detail.h"

#include <pthread.h>
#include <string.h>

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static fm_layout **buckets;
static size_t bucket_count, layout_count;

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

static uint64_t hash_of(const fm_layout *layout) {
    uint64_t hash = mix((uint64_t)layout->dtype, (uint64_t)layout->ndim << 8 | layout->flags);
    for (int i = 0; i < 2 * layout->ndim; i++) hash = mix(hash, (uint64_t)layout->dims[i]);
    return layout->symmetry ? mix(hash, (uint64_t)(uintptr_t)layout->symmetry) : hash;
}

static bool equal(const fm_layout *a, const fm_layout *b) {
    return a->hash == b->hash && a->dtype == b->dtype && a->ndim == b->ndim &&
           a->flags == b->flags && a->symmetry == b->symmetry &&
           !memcmp(a->dims, b->dims, 2 * (size_t)a->ndim * sizeof a->dims[0]);
}

static fm_status overflow(fm_error *error, int ndim, const int64_t *shape) {
    char text[200];
    return fm_fail(error, FM_ERR_OVERFLOW, "shape %s has more than 2^63 - 1 bytes",
                   fm_shape_format(ndim, shape, text, sizeof text));
}

/* Fills shape, size and row-major strides; any extent 0 makes the size 0 whatever the others. */
static fm_status set_shape(fm_layout *layout, const int64_t *shape, fm_error *error) {
    int64_t *strides = layout->dims + layout->ndim, step = 1;
    int64_t itemsize = (int64_t)fm_dtype_size(layout->dtype);
    bool empty = false;
    for (int d = 0; d < layout->ndim; d++) {
        FM_CHECK(shape[d] >= 0, error, FM_ERR_SHAPE, "axis %d has negative extent %lld", d,
                 (long long)shape[d]);
        layout->dims[d] = shape[d];
        empty = empty || shape[d] == 0;
    }
    for (int d = layout->ndim - 1; d >= 0; d--) {
        strides[d] = step;
        if (__builtin_mul_overflow(step, shape[d] ? shape[d] : 1, &step) ||
            step > INT64_MAX / itemsize)
            return overflow(error, layout->ndim, shape);
    }
    layout->size = empty ? 0 : step;
    return FM_OK;
}

static fm_status set_strides(fm_layout *layout, const int64_t *given, fm_error *error) {
    int64_t itemsize = (int64_t)fm_dtype_size(layout->dtype);
    for (int d = 0; d < layout->ndim; d++) {
        int64_t reach, extent = layout->dims[d];
        if (extent < 2) continue; /* never stepped along: the row-major stride stands */
        layout->dims[layout->ndim + d] = given[d];
        if (layout->size == 0) continue;
        if (__builtin_mul_overflow(given[d], extent - 1, &reach) ||
            (reach < 0 ? __builtin_add_overflow(layout->low, reach, &layout->low)
                       : __builtin_add_overflow(layout->high, reach, &layout->high)) ||
            layout->high > INT64_MAX / itemsize || layout->low < -(INT64_MAX / itemsize))
            return overflow(error, layout->ndim, layout->dims);
    }
    return FM_OK;
}

/* Whether two index tuples can meet at one offset: exact for sorted, nested strides; layouts whose
   axes interleave count as overlapping. */
static bool overlaps(const fm_layout *layout) {
    int64_t stride[FM_MAX_NDIM], extent[FM_MAX_NDIM];
    int count = 0;
    for (int d = 0; d < layout->ndim; d++) {
        if (layout->dims[d] < 2) continue;
        int64_t step = layout->dims[layout->ndim + d], size = layout->dims[d];
        step = step < 0 ? -step : step;
        int at = count++;
        for (; at > 0 && stride[at - 1] > step; at--) {
            stride[at] = stride[at - 1];
            extent[at] = extent[at - 1];
        }
        stride[at] = step;
        extent[at] = size;
    }
    int64_t reach = 0;
    for (int i = 0; i < count; i++) {
        if (stride[i] <= reach) return true;
        reach += stride[i] * (extent[i] - 1);
    }
    return false;
}

static void set_flags(fm_layout *layout) {
    int64_t step = 1;
    bool contiguous = true;
    for (int d = layout->ndim - 1; d >= 0; d--) {
        int64_t extent = layout->dims[d];
        if (extent != 1 && layout->dims[layout->ndim + d] != step) contiguous = false;
        step *= extent;
    }
    if (contiguous || layout->size == 0) layout->flags |= FM_LAYOUT_CONTIGUOUS;
    if (layout->size > 1 && overlaps(layout)) layout->flags |= FM_LAYOUT_OVERLAPS;
}

static bool grow(void) {
    size_t wider = bucket_count ? 2 * bucket_count : 256;
    fm_layout **fresh = fm_alloc(wider * sizeof *fresh);
    if (!fresh) return bucket_count > 0;
    for (size_t b = 0; b < bucket_count; b++) {
        for (fm_layout *layout = buckets[b], *next; layout; layout = next) {
            next = layout->next;
            layout->next = fresh[layout->hash & (wider - 1)];
            fresh[layout->hash & (wider - 1)] = layout;
        }
    }
    fm_free_block(buckets);
    buckets = fresh;
    bucket_count = wider;
    return true;
}

/* The interned twin of draft, which is copied where there is none. Called under the lock. */
static const fm_layout *intern(const fm_layout *draft, size_t bytes) {
    if (layout_count >= bucket_count && !grow()) return NULL;
    fm_layout **bucket = &buckets[draft->hash & (bucket_count - 1)];
    for (fm_layout *layout = *bucket; layout; layout = layout->next) {
        if (!equal(layout, draft)) continue;
        atomic_fetch_add_explicit(&layout->refs, 1, memory_order_relaxed);
        return layout;
    }
    fm_layout *layout = fm_alloc(bytes);
    if (!layout) return NULL;
    memcpy(layout, draft, bytes);
    atomic_init(&layout->refs, 1);
    fm_symmetry_retain(layout->symmetry);
    if (layout->symmetry)
        fm_layout_retain(layout->plain);
    else
        layout->plain = layout;
    layout->next = *bucket;
    *bucket = layout;
    layout_count++;
    return layout;
}

/* A layout of any number of axes. */
typedef union layout_draft {
    fm_layout layout;
    char room[sizeof(fm_layout) + 2 * FM_MAX_NDIM * sizeof(int64_t)];
} layout_draft;

static size_t bytes_of(const fm_layout *layout) {
    return sizeof *layout + 2 * (size_t)layout->ndim * sizeof layout->dims[0];
}

static fm_status publish(fm_layout *draft, fm_error *error, const fm_layout **out) {
    draft->hash = hash_of(draft);
    pthread_mutex_lock(&table_lock);
    const fm_layout *found = intern(draft, bytes_of(draft));
    pthread_mutex_unlock(&table_lock);
    FM_CHECK(found, error, FM_ERR_MEMORY, "no memory for a layout of %zu bytes", bytes_of(draft));
    *out = found;
    return FM_OK;
}

fm_status fm_layout_get(fm_error *error, fm_dtype dtype, int ndim, const int64_t *shape,
                        const int64_t *strides, uint32_t flags, const fm_layout **out) {
    FM_CHECK(fm_dtype_size(dtype), error, FM_ERR_DTYPE, "dtype %d does not exist", (int)dtype);
    FM_CHECK(ndim >= 0 && ndim <= FM_MAX_NDIM, error, FM_ERR_SHAPE,
             "%d axes, but at most %d are possible", ndim, FM_MAX_NDIM);
    layout_draft draft;
    memset(&draft, 0, sizeof(fm_layout));
    draft.layout.dtype = dtype;
    draft.layout.ndim = ndim;
    draft.layout.flags = flags & (FM_LAYOUT_WEAK | FM_LAYOUT_ABSTRACT);
    FM_TRY(set_shape(&draft.layout, shape, error));
    FM_TRY(set_strides(&draft.layout, strides ? strides : draft.layout.dims + ndim, error));
    set_flags(&draft.layout);
    return publish(&draft.layout, error, out);
}

fm_status fm_layout_with(fm_error *error, const fm_layout *layout, const fm_symmetry *symmetry,
                         const fm_layout **out) {
    if (!symmetry) layout = layout->plain;
    if (layout->symmetry == symmetry) {
        *out = fm_layout_retain(layout);
        return FM_OK;
    }
    layout_draft draft;
    memcpy(&draft, layout->plain, bytes_of(layout));
    draft.layout.symmetry = symmetry;
    return publish(&draft.layout, error, out);
}

const fm_layout *fm_layout_retain(const fm_layout *layout) {
    fm_layout *own = (fm_layout *)(uintptr_t)layout;
    if (own) atomic_fetch_add_explicit(&own->refs, 1, memory_order_relaxed);
    return layout;
}

/* The count drops to zero only under the lock, so that intern never meets a layout being freed. */
void fm_layout_release(const fm_layout *layout) {
    fm_layout *own = (fm_layout *)(uintptr_t)layout;
    if (!own) return;
    uint32_t refs = atomic_load_explicit(&own->refs, memory_order_relaxed);
    while (refs > 1)
        if (atomic_compare_exchange_weak(&own->refs, &refs, refs - 1)) return;
    const fm_layout *plain = NULL;
    pthread_mutex_lock(&table_lock);
    if (atomic_fetch_sub(&own->refs, 1) == 1) {
        if (own->symmetry) plain = own->plain;
        fm_layout **link = &buckets[own->hash & (bucket_count - 1)];
        while (*link != own) link = &(*link)->next;
        *link = own->next;
        layout_count--;
        fm_symmetry_release(own->symmetry);
        fm_free_block(own);
        if (layout_count == 0) {
            fm_free_block(buckets);
            buckets = NULL;
            bucket_count = 0;
        }
    }
    pthread_mutex_unlock(&table_lock);
    fm_layout_release(plain);
}

size_t fm_layout_count(void) {
    pthread_mutex_lock(&table_lock);
    size_t count = layout_count;
    pthread_mutex_unlock(&table_lock);
    return count;
}
