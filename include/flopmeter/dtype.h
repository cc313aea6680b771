/* Element types, their names and NumPy's promotion rules. */
#ifndef FLOPMETER_DTYPE_H
#define FLOPMETER_DTYPE_H

#include <flopmeter/status.h>

FM_BEGIN_DECLS

/* Zero means "not given", so that an options struct of zeros asks for the defaults. */
typedef enum fm_dtype {
    FM_DTYPE_NONE = 0,
    FM_BOOL,
    FM_INT8,
    FM_INT16,
    FM_INT32,
    FM_INT64,
    FM_UINT8,
    FM_UINT16,
    FM_UINT32,
    FM_UINT64,
    FM_FLOAT16,
    FM_BFLOAT16,
    FM_FLOAT32,
    FM_FLOAT64,
    FM_COMPLEX64,
    FM_COMPLEX128,
    FM_DTYPE_COUNT
} fm_dtype;

/* How a value may change its type, as in NumPy's casting= argument. */
typedef enum fm_casting {
    FM_CAST_DEFAULT = 0, /* same_kind */
    FM_CAST_NO,
    FM_CAST_EQUIV,
    FM_CAST_SAFE,
    FM_CAST_SAME_KIND,
    FM_CAST_UNSAFE
} fm_casting;

/* NumPy's name of a dtype ("float32", "bfloat16"); "none" for FM_DTYPE_NONE or a bad value. */
FM_API const char *fm_dtype_name(fm_dtype dtype);

/* Bytes of one element; 0 for FM_DTYPE_NONE or a bad value. */
FM_API size_t fm_dtype_size(fm_dtype dtype);

/* 'b' bool, 'i' signed, 'u' unsigned, 'f' floating (bfloat16 too), 'c' complex, 0 otherwise. */
FM_API char fm_dtype_kind(fm_dtype dtype);

/* The dtype of that NumPy name ("float64", "f8", "double", "bool_"); FM_DTYPE_NONE if unknown. */
FM_API fm_dtype fm_dtype_parse(const char *name);

/* The smallest dtype to which both cast safely, as numpy.promote_types; float16 with bfloat16
   gives float32. FM_DTYPE_NONE if either is. */
FM_API fm_dtype fm_promote_types(fm_dtype a, fm_dtype b);

/* Whether a value of `from` may become `to` under that casting rule, as numpy.can_cast. */
FM_API bool fm_can_cast(fm_dtype from, fm_dtype to, fm_casting casting);

/* A value with its type: bool and signed integers in i, unsigned in u, floats in f, complex in c.
 */
typedef struct fm_scalar {
    fm_dtype dtype;
    union {
        int64_t i;
        uint64_t u;
        double f;
        double c[2];
    } value;
} fm_scalar;

static inline fm_scalar fm_int(int64_t value) {
    fm_scalar s = {FM_INT64, {0}};
    s.value.i = value;
    return s;
}

static inline fm_scalar fm_float(double value) {
    fm_scalar s = {FM_FLOAT64, {0}};
    s.value.f = value;
    return s;
}

static inline fm_scalar fm_complex(double re, double im) {
    fm_scalar s = {FM_COMPLEX128, {0}};
    s.value.c[0] = re;
    s.value.c[1] = im;
    return s;
}

static inline fm_scalar fm_bool(bool value) {
    fm_scalar s = {FM_BOOL, {0}};
    s.value.i = value;
    return s;
}

FM_END_DECLS
#endif
