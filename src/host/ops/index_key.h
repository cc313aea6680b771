/* Keys of a[key], as NumPy has them: integers, slices, None, ..., arrays of integers and masks. */
#ifndef FM_OPS_INDEX_KEY_H
#define FM_OPS_INDEX_KEY_H

#include "ops/program.h"
#include "ops/view.h"

typedef enum fm_key_kind {
    FM_KEY_NEW,      /* None: a new axis */
    FM_KEY_SLICE,    /* start:stop:step of one axis */
    FM_KEY_INT,      /* one element of one axis */
    FM_KEY_ELLIPSIS, /* all axes that nothing else names, maybe none */
    FM_KEY_INDEX,    /* an array of integers for one axis, or a mask for several */
    FM_KEY_TRUTH     /* one truth value: a new axis of one element, or none */
} fm_key_kind;

typedef struct fm_key_item {
    fm_key_kind kind;
    int axis, naxes;            /* of the array, that it names */
    int64_t from, length, step; /* of INT and SLICE, in the axis */
    bool mask;
    bool truth;
    const fm_tensor *index;
} fm_key_item;

typedef struct fm_key_items {
    int count;
    bool advanced; /* there are INDEX or TRUTH items */
    fm_key_item item[2 * FM_MAX_NDIM + 1];
} fm_key_items;

/* The parts of a key: a tuple's, else the key itself. */
static inline const fm_value *fm_key_parts(const fm_value *key, int *count) {
    bool tuple = key->kind == FM_VALUE_TUPLE;
    *count = tuple ? (int)key->count : 1;
    return tuple ? key->as.items : key;
}

/* Whether the key makes a view: it has integers, slices, None and ... only. */
bool fm_key_is_basic(const fm_value *key);

/* Matches the parts with the axes of an array. Parts other than basic ones must be tensors, or
   BOOL. argument: number of the key, for texts. IndexError, TypeError or ValueError. */
fm_status fm_key_read(const char *op, int argument, const fm_value *parts, int count, int ndim,
                      const int64_t *shape, fm_key_items *key, fm_error *error);

/* Number of elements of start:stop:step in an axis, by Python's rules; *from is the first. */
int64_t fm_slice_length(int64_t extent, int64_t start, int64_t stop, int64_t step, int64_t *from);

/* The same of a slice whose parts may be None; TypeError and ValueError. */
fm_status fm_slice_read(const char *op, int argument, const fm_value *slice, int64_t extent,
                        int64_t *from, int64_t *length, int64_t *step, fm_error *error);

fm_status fm_infer_getitem(const fm_bound *bound, fm_resolved *r, fm_error *error);
fm_status fm_run_getitem(fm_program *p);

#endif
