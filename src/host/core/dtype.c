/* Dtypes: names, sizes, kinds, promotion and casting rules as NumPy has them. */
#include <flopmeter/dtype.h>

#include <string.h>

static const struct {
    const char *name;
    uint8_t size;
    char kind;
} dtypes[FM_DTYPE_COUNT] = {
    [FM_DTYPE_NONE] = {"none", 0, 0},       [FM_BOOL] = {"bool", 1, 'b'},
    [FM_INT8] = {"int8", 1, 'i'},           [FM_INT16] = {"int16", 2, 'i'},
    [FM_INT32] = {"int32", 4, 'i'},         [FM_INT64] = {"int64", 8, 'i'},
    [FM_UINT8] = {"uint8", 1, 'u'},         [FM_UINT16] = {"uint16", 2, 'u'},
    [FM_UINT32] = {"uint32", 4, 'u'},       [FM_UINT64] = {"uint64", 8, 'u'},
    [FM_FLOAT16] = {"float16", 2, 'f'},     [FM_BFLOAT16] = {"bfloat16", 2, 'f'},
    [FM_FLOAT32] = {"float32", 4, 'f'},     [FM_FLOAT64] = {"float64", 8, 'f'},
    [FM_COMPLEX64] = {"complex64", 8, 'c'}, [FM_COMPLEX128] = {"complex128", 16, 'c'},
};

/* NumPy's other spellings: names, sizes in bytes, and its letters. */
static const struct {
    const char *name;
    fm_dtype dtype;
} aliases[] = {
    {"bool_", FM_BOOL},
    {"?", FM_BOOL},
    {"i1", FM_INT8},
    {"i2", FM_INT16},
    {"i4", FM_INT32},
    {"i8", FM_INT64},
    {"u1", FM_UINT8},
    {"u2", FM_UINT16},
    {"u4", FM_UINT32},
    {"u8", FM_UINT64},
    {"f2", FM_FLOAT16},
    {"f4", FM_FLOAT32},
    {"f8", FM_FLOAT64},
    {"c8", FM_COMPLEX64},
    {"c16", FM_COMPLEX128},
    {"half", FM_FLOAT16},
    {"single", FM_FLOAT32},
    {"double", FM_FLOAT64},
    {"float", FM_FLOAT64},
    {"int", FM_INT64},
    {"complex", FM_COMPLEX128},
    {"byte", FM_INT8},
    {"ubyte", FM_UINT8},
    {"short", FM_INT16},
    {"ushort", FM_UINT16},
    {"intc", FM_INT32},
    {"uintc", FM_UINT32},
    {"int_", FM_INT64},
    {"uint", FM_UINT64},
    {"intp", FM_INT64},
    {"uintp", FM_UINT64},
    {"long", FM_INT64},
    {"ulong", FM_UINT64},
    {"longlong", FM_INT64},
    {"ulonglong", FM_UINT64},
    {"csingle", FM_COMPLEX64},
    {"cdouble", FM_COMPLEX128},
    {"b", FM_INT8},
    {"B", FM_UINT8},
    {"h", FM_INT16},
    {"H", FM_UINT16},
    {"i", FM_INT32},
    {"I", FM_UINT32},
    {"l", FM_INT64},
    {"L", FM_UINT64},
    {"q", FM_INT64},
    {"Q", FM_UINT64},
    {"p", FM_INT64},
    {"P", FM_UINT64},
    {"n", FM_INT64},
    {"N", FM_UINT64},
    {"e", FM_FLOAT16},
    {"f", FM_FLOAT32},
    {"d", FM_FLOAT64},
    {"F", FM_COMPLEX64},
    {"D", FM_COMPLEX128},
    {"b1", FM_BOOL},
    {"float_", FM_FLOAT64},
    {"complex_", FM_COMPLEX128},
};

static bool valid(fm_dtype dtype) {
    return dtype > FM_DTYPE_NONE && dtype < FM_DTYPE_COUNT;
}

const char *fm_dtype_name(fm_dtype dtype) {
    return valid(dtype) ? dtypes[dtype].name : dtypes[FM_DTYPE_NONE].name;
}

size_t fm_dtype_size(fm_dtype dtype) {
    return valid(dtype) ? dtypes[dtype].size : 0;
}

char fm_dtype_kind(fm_dtype dtype) {
    return valid(dtype) ? dtypes[dtype].kind : 0;
}

fm_dtype fm_dtype_parse(const char *name) {
    if (!name) return FM_DTYPE_NONE;
    /* An order of bytes that is this machine's, as numpy.dtype.str has it. */
    if ((*name == '<' || *name == '=' || *name == '|') && name[1]) name++;
    for (int d = FM_BOOL; d < FM_DTYPE_COUNT; d++)
        if (!strcmp(name, dtypes[d].name)) return (fm_dtype)d;
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (!strcmp(name, aliases[i].name)) return aliases[i].dtype;
    return FM_DTYPE_NONE;
}

static fm_dtype signed_of_size(size_t size) {
    return size <= 1 ? FM_INT8 : size == 2 ? FM_INT16 : size == 4 ? FM_INT32 : FM_INT64;
}

static fm_dtype promote_integers(fm_dtype a, fm_dtype b) {
    size_t size_a = fm_dtype_size(a), size_b = fm_dtype_size(b);
    if (fm_dtype_kind(a) == fm_dtype_kind(b)) return size_a >= size_b ? a : b;
    size_t size_signed = fm_dtype_kind(a) == 'i' ? size_a : size_b;
    size_t size_unsigned = fm_dtype_kind(a) == 'i' ? size_b : size_a;
    if (size_signed > size_unsigned) return signed_of_size(size_signed);
    return size_unsigned == 8 ? FM_FLOAT64 : signed_of_size(2 * size_unsigned);
}

/* The floating type that holds an integer of that many bytes beside `real`. */
static fm_dtype promote_integer_float(fm_dtype integer, fm_dtype real) {
    size_t size = fm_dtype_size(integer);
    if (real == FM_FLOAT64 || size > 2) return FM_FLOAT64;
    if (size == 2) return FM_FLOAT32;
    return real;
}

static fm_dtype promote_floats(fm_dtype a, fm_dtype b) {
    if (fm_dtype_size(a) == 2 && fm_dtype_size(b) == 2) return FM_FLOAT32;
    return fm_dtype_size(a) >= fm_dtype_size(b) ? a : b;
}

static fm_dtype real_part(fm_dtype dtype) {
    return dtype == FM_COMPLEX64 ? FM_FLOAT32 : dtype == FM_COMPLEX128 ? FM_FLOAT64 : dtype;
}

fm_dtype fm_promote_types(fm_dtype a, fm_dtype b) {
    if (!valid(a) || !valid(b)) return FM_DTYPE_NONE;
    if (a == b || b == FM_BOOL) return a;
    if (a == FM_BOOL) return b;
    char kind_a = fm_dtype_kind(a), kind_b = fm_dtype_kind(b);
    if (kind_a == 'c' || kind_b == 'c') {
        fm_dtype real = fm_promote_types(real_part(a), real_part(b));
        return real == FM_FLOAT64 ? FM_COMPLEX128 : FM_COMPLEX64;
    }
    if (kind_a == 'f' && kind_b == 'f') return promote_floats(a, b);
    if (kind_a == 'f') return promote_integer_float(b, a);
    if (kind_b == 'f') return promote_integer_float(a, b);
    return promote_integers(a, b);
}

static int kind_order(fm_dtype dtype) {
    const char *order = "buifc";
    return (int)(strchr(order, fm_dtype_kind(dtype)) - order);
}

bool fm_can_cast(fm_dtype from, fm_dtype to, fm_casting casting) {
    if (!valid(from) || !valid(to)) return false;
    switch (casting) {
    case FM_CAST_NO:
    case FM_CAST_EQUIV:
        return from == to;
    case FM_CAST_SAFE:
        return fm_promote_types(from, to) == to;
    case FM_CAST_UNSAFE:
        return true;
    case FM_CAST_DEFAULT:
    case FM_CAST_SAME_KIND:
        break;
    }
    return fm_promote_types(from, to) == to || kind_order(from) <= kind_order(to);
}
