/* Typed arrays on the host, whose elements are read and written as long double, which holds every
   dtype exactly. */
#ifndef FM_TESTS_SWEEP_ARRAY_H
#define FM_TESTS_SWEEP_ARRAY_H

#include <flopmeter/dtype.h>

enum { SW_NDIM = 4 };

typedef struct sw_value {
    long double re, im;
} sw_value;

/* Row-major elements in heap memory; data NULL: no array. */
typedef struct sw_array {
    fm_dtype dtype;
    int ndim;
    int64_t shape[SW_NDIM];
    int64_t size;
    unsigned char *data;
} sw_array;

sw_value sw_load(fm_dtype dtype, const void *element);
/* Rounds to nearest even; integers wrap. */
void sw_store(fm_dtype dtype, void *element, sw_value value);

/* A zeroed array; ends the process where memory runs out. */
sw_array sw_array_new(fm_dtype dtype, int ndim, const int64_t *shape);
void sw_array_free(sw_array *array);

static inline sw_value sw_get(const sw_array *a, int64_t i) {
    return sw_load(a->dtype, a->data + (size_t)i * fm_dtype_size(a->dtype));
}
static inline void sw_set(sw_array *a, int64_t i, sw_value value) {
    sw_store(a->dtype, a->data + (size_t)i * fm_dtype_size(a->dtype), value);
}
static inline void sw_set_real(sw_array *a, int64_t i, long double re) {
    sw_set(a, i, (sw_value){re, 0});
}

/* The coordinates of row-major element i, and back. */
void sw_coordinates(const sw_array *a, int64_t i, int64_t *at);
int64_t sw_element(const sw_array *a, const int64_t *at);

static inline bool sw_is_float(fm_dtype dtype) {
    return fm_dtype_kind(dtype) == 'f' || fm_dtype_kind(dtype) == 'c';
}

/* The distance between neighbours of a floating dtype (of a complex one's parts) around x. */
long double sw_ulp(fm_dtype dtype, long double x);

/* x in the nearest value of a floating dtype, to even; infinite past the largest. */
long double sw_round(fm_dtype dtype, long double x);

/* |got - want| in units in the last place of scale (0: of want). NaN agrees with NaN alone. */
long double sw_error(fm_dtype dtype, long double got, long double want, long double scale);

/* What elements an array is filled with. */
typedef enum sw_content {
    SW_ANY,   /* ±0 ±1 ±inf NaN subnormal huge, the ends of integers, then random ones */
    SW_TAME,  /* of moderate size, never 0: sums and products stay well conditioned */
    SW_SMALL, /* integers from 0 to 4 */
    SW_MOVED  /* numbered, so that a misplaced element shows */
} sw_content;

void sw_fill(sw_array *array, sw_content content, uint64_t seed);

/* A deterministic 64-bit mix of both. */
uint64_t sw_random(uint64_t seed, uint64_t i);

#endif
