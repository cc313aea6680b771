/* Questions about dtypes: promotion, casting, kinds and names. */
#include "core/element.h"
#include "ops/query.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool is_number(const fm_value *value) {
    return value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
}

/* A dtype given as itself or by its name; FM_DTYPE_NONE otherwise. */
static fm_dtype dtype_of(const fm_value *value) {
    if (value->kind == FM_VALUE_DTYPE) return value->as.dtype;
    return value->kind == FM_VALUE_STRING ? fm_dtype_parse(value->as.string) : FM_DTYPE_NONE;
}

static fm_status no_dtype(fm_program *p, int argument) {
    return fm_program_raise(p, FM_ERR_DTYPE, "TypeError", argument, "it is no dtype");
}

/* Numbers are weak beside arrays and dtypes. */
fm_status fm_run_result_type(fm_program *p) {
    const fm_value *items = p->values[0].as.items;
    uint32_t count = p->values[0].count;
    fm_dtype strong = FM_DTYPE_NONE;
    if (count == 0)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 0, "at least one array or dtype is needed");
    for (uint32_t i = 0; i < 2 * count; i++) {
        const fm_value *item = &items[i % count];
        if (is_number(item)) continue;
        fm_dtype dtype =
            item->kind == FM_VALUE_TENSOR ? item->as.tensor->layout->dtype : dtype_of(item);
        if (!dtype) return no_dtype(p, (int)(i % count) + 1);
        strong = fm_promote_kind(strong, dtype, i < count);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!is_number(&items[i])) continue;
        fm_dtype weak = fm_value_layout(&items[i])->dtype;
        strong = strong ? fm_promote_weak(strong, weak) : weak;
    }
    fm_program_reply(p, V_D(strong));
    return p->status;
}

fm_status fm_run_promote_types(fm_program *p) {
    fm_program_reply(p, V_D(fm_promote_types(p->values[0].as.dtype, p->values[1].as.dtype)));
    return p->status;
}

fm_status fm_run_can_cast(fm_program *p) {
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_value *from = &p->values[0];
    fm_casting rule;
    fm_dtype dtype =
        from->kind == FM_VALUE_TENSOR ? from->as.tensor->layout->dtype : dtype_of(from);
    if (!dtype) return no_dtype(p, 1);
    p->status = fm_arg_casting(&bound, 2, &rule, p->error);
    if (p->status == FM_OK)
        fm_program_reply(p, V_B(fm_can_cast(dtype, p->values[1].as.dtype, rule)));
    return p->status;
}

fm_status fm_run_common_type(fm_program *p) {
    static const fm_dtype real[] = {FM_FLOAT16, FM_FLOAT32, FM_FLOAT64};
    static const fm_dtype complex[] = {FM_FLOAT16, FM_COMPLEX64, FM_COMPLEX128};
    int precision = 0;
    bool is_complex = false;
    for (uint32_t i = 0; i < p->values[0].count; i++) {
        const fm_value *value = &p->values[0].as.items[i];
        if (value->kind != FM_VALUE_TENSOR)
            return fm_program_raise(p, FM_ERR_DTYPE, "AttributeError", (int)i + 1,
                                    "it is no array");
        fm_dtype dtype = value->as.tensor->layout->dtype;
        if (dtype == FM_BOOL)
            return fm_program_raise(p, FM_ERR_DTYPE, "TypeError", (int)i + 1,
                                    "a bool array has no floating dtype in common with others");
        char kind = fm_dtype_kind(dtype);
        int own = kind == 'i' || kind == 'u'                     ? 2
                  : dtype == FM_FLOAT16 || dtype == FM_BFLOAT16  ? 0
                  : dtype == FM_FLOAT32 || dtype == FM_COMPLEX64 ? 1
                                                                 : 2;
        is_complex = is_complex || kind == 'c';
        if (own > precision) precision = own;
    }
    fm_program_reply(p, V_D(is_complex ? complex[precision] : real[precision]));
    return p->status;
}

static fm_dtype least_unsigned(uint64_t value) {
    return value <= UINT8_MAX    ? FM_UINT8
           : value <= UINT16_MAX ? FM_UINT16
           : value <= UINT32_MAX ? FM_UINT32
                                 : FM_UINT64;
}

static fm_dtype least_signed(int64_t value) {
    return value >= INT8_MIN    ? FM_INT8
           : value >= INT16_MIN ? FM_INT16
           : value >= INT32_MIN ? FM_INT32
                                : FM_INT64;
}

static bool fits_single(double value) {
    return value > -3.4e38 && value < 3.4e38;
}

/* The bounds are NumPy's: a little inside the largest float16 and float32. */
static fm_dtype least_dtype(fm_scalar x) {
    switch (fm_dtype_kind(x.dtype)) {
    case 'u':
        return least_unsigned(x.value.u);
    case 'i':
        return x.value.i < 0 ? least_signed(x.value.i) : least_unsigned((uint64_t)x.value.i);
    case 'f':
        if (fm_dtype_size(x.dtype) == 2 || !isfinite(x.value.f) ||
            (x.value.f > -65000 && x.value.f < 65000))
            return FM_FLOAT16;
        return x.dtype == FM_FLOAT32 || fits_single(x.value.f) ? FM_FLOAT32 : FM_FLOAT64;
    case 'c':
        return x.dtype == FM_COMPLEX64 || (fits_single(x.value.c[0]) && fits_single(x.value.c[1]))
                   ? FM_COMPLEX64
                   : FM_COMPLEX128;
    default:
        return FM_BOOL;
    }
}

/* NumPy's name of the dtype of a text, of 32 bits a character; there is no such dtype here. */
static fm_status reply_text_dtype(fm_program *p, const char *text) {
    char *name = fm_program_memory(p, 32);
    size_t bits = 0;
    for (const char *c = text; *c; c++) bits += ((unsigned char)*c & 0xc0) == 0x80 ? 0 : 32;
    if (name) snprintf(name, 32, "str%zu", bits);
    if (name) fm_program_reply(p, V_S(name));
    return p->status;
}

fm_status fm_run_min_scalar_type(fm_program *p) {
    const fm_value *value = &p->values[0];
    if (value->kind == FM_VALUE_STRING) return reply_text_dtype(p, value->as.string);
    if (is_number(value)) {
        fm_program_reply(p, V_D(least_dtype(fm_value_number(value))));
        return p->status;
    }
    const fm_tensor *tensor = fm_program_as_tensor(p, value);
    if (!tensor && p->status == FM_OK) return no_dtype(p, 1);
    if (p->status != FM_OK) return p->status;
    fm_dtype dtype = tensor->layout->dtype;
    if (tensor->layout->ndim == 0) {
        char element[16];
        fm_program_read(p, tensor, element);
        dtype = least_dtype(fm_scalar_load(dtype, element));
    }
    fm_program_reply(p, V_D(dtype));
    return p->status;
}

/* NumPy's tree of types: the bits are the leaves below a type. */
enum {
    KIND_BOOL = 1,
    KIND_SIGNED = 2,
    KIND_UNSIGNED = 4,
    KIND_FLOATING = 8,
    KIND_COMPLEX = 16,
    KIND_CHARACTER = 32,
    KIND_VOID = 64
};

static const struct {
    const char *name;
    int leaves;
} kinds[] = {
    {"generic", 127},
    {"number", KIND_SIGNED | KIND_UNSIGNED | KIND_FLOATING | KIND_COMPLEX},
    {"integer", KIND_SIGNED | KIND_UNSIGNED},
    {"signedinteger", KIND_SIGNED},
    {"unsignedinteger", KIND_UNSIGNED},
    {"inexact", KIND_FLOATING | KIND_COMPLEX},
    {"floating", KIND_FLOATING},
    {"complexfloating", KIND_COMPLEX},
    {"flexible", KIND_CHARACTER | KIND_VOID},
    {"character", KIND_CHARACTER},
    {"void", KIND_VOID},
};

static int leaf_of(fm_dtype dtype) {
    switch (fm_dtype_kind(dtype)) {
    case 'b':
        return KIND_BOOL;
    case 'i':
        return KIND_SIGNED;
    case 'u':
        return KIND_UNSIGNED;
    case 'f':
        return KIND_FLOATING;
    default:
        return KIND_COMPLEX;
    }
}

/* A dtype, or the leaves of a kind of dtypes. */
static bool read_type(fm_program *p, int param, fm_dtype *dtype, int *leaves) {
    const fm_value *value = &p->values[param];
    *dtype = dtype_of(value);
    *leaves = *dtype ? leaf_of(*dtype) : 0;
    for (size_t i = 0;
         !*dtype && value->kind == FM_VALUE_STRING && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, value->as.string) == 0) *leaves = kinds[i].leaves;
    if (!*leaves) no_dtype(p, param + 1);
    return *leaves != 0;
}

fm_status fm_run_issubdtype(fm_program *p) {
    fm_dtype first, second;
    int below, above;
    if (!read_type(p, 0, &first, &below) || !read_type(p, 1, &second, &above)) return p->status;
    bool yes = second ? first == second : (below & above) == below;
    fm_program_reply(p, V_B(yes));
    return p->status;
}

static const struct {
    const char *name;
    int leaves;
} array_api_kinds[] = {
    {"bool", KIND_BOOL},
    {"signed integer", KIND_SIGNED},
    {"unsigned integer", KIND_UNSIGNED},
    {"integral", KIND_SIGNED | KIND_UNSIGNED},
    {"real floating", KIND_FLOATING},
    {"complex floating", KIND_COMPLEX},
    {"numeric", KIND_SIGNED | KIND_UNSIGNED | KIND_FLOATING | KIND_COMPLEX},
};

static bool is_of_kind(fm_program *p, fm_dtype dtype, const fm_value *kind) {
    if (kind->kind == FM_VALUE_DTYPE) return dtype == kind->as.dtype;
    if (kind->kind != FM_VALUE_STRING) {
        no_dtype(p, 2);
        return false;
    }
    for (size_t i = 0; i < sizeof array_api_kinds / sizeof *array_api_kinds; i++)
        if (strcmp(array_api_kinds[i].name, kind->as.string) == 0)
            return (leaf_of(dtype) & array_api_kinds[i].leaves) != 0;
    fm_program_fail(p, FM_ERR_ARGUMENT, 2, "'%.30s' is no kind of dtypes", kind->as.string);
    return false;
}

fm_status fm_run_isdtype(fm_program *p) {
    const fm_value *kind = &p->values[1];
    bool yes = false;
    if (p->values[0].kind != FM_VALUE_DTYPE) return no_dtype(p, 1);
    fm_dtype dtype = p->values[0].as.dtype;
    if (kind->kind != FM_VALUE_TUPLE) yes = is_of_kind(p, dtype, kind);
    for (uint32_t i = 0; kind->kind == FM_VALUE_TUPLE && i < kind->count; i++)
        yes |= is_of_kind(p, dtype, &kind->as.items[i]);
    fm_program_reply(p, V_B(yes));
    return p->status;
}

/* NumPy's letters. */
static const struct {
    char letter;
    fm_dtype dtype;
} letters[] = {
    {'?', FM_BOOL},      {'b', FM_INT8},       {'h', FM_INT16},   {'i', FM_INT32},
    {'l', FM_INT64},     {'B', FM_UINT8},      {'H', FM_UINT16},  {'I', FM_UINT32},
    {'L', FM_UINT64},    {'e', FM_FLOAT16},    {'f', FM_FLOAT32}, {'d', FM_FLOAT64},
    {'F', FM_COMPLEX64}, {'D', FM_COMPLEX128},
};

/* The letter of one member: a text of one letter, or that of an array's or number's dtype. */
static char letter_of(fm_program *p, const fm_value *value) {
    if (value->kind == FM_VALUE_STRING)
        return value->as.string[0] && !value->as.string[1] ? value->as.string[0] : ' ';
    const fm_tensor *tensor = fm_program_as_tensor(p, value);
    for (size_t i = 0; tensor && i < sizeof letters / sizeof *letters; i++)
        if (letters[i].dtype == tensor->layout->dtype) return letters[i].letter;
    return ' ';
}

fm_status fm_run_mintypecode(fm_program *p) {
    static const char by_size[] = "GDFgdfQqLlIiHhBb?";
    const fm_value *given = &p->values[0];
    const char *set = p->values[1].as.string;
    bool seen[128] = {false}, any = false;
    uint32_t count = given->kind == FM_VALUE_STRING   ? (uint32_t)strlen(given->as.string)
                     : given->kind == FM_VALUE_TENSOR ? given->as.tensor->layout->size > 0
                                                      : given->count;
    for (uint32_t i = 0; i < count && p->status == FM_OK; i++) {
        char letter = given->kind == FM_VALUE_STRING   ? given->as.string[i]
                      : given->kind == FM_VALUE_TENSOR ? letter_of(p, given)
                                                       : letter_of(p, &given->as.items[i]);
        if (letter <= ' ' || !strchr(set, letter)) continue;
        seen[(int)letter] = any = true;
    }
    char found[2] = {0};
    for (const char *at = by_size; !found[0] && *at; at++)
        if (seen[(int)*at]) found[0] = *at;
    if (seen['F'] && seen['d']) found[0] = 'D';
    if (any && !found[0])
        return fm_program_fail(p, FM_ERR_ARGUMENT, 2, "a letter of the set is of no known size");
    fm_program_reply(p, any ? V_S(found) : p->values[2]);
    return p->status;
}

fm_status fm_run_typename(fm_program *p) {
    static const struct {
        const char *letter, *name;
    } names[] = {
        {"S1", "character"},
        {"?", "bool"},
        {"b", "signed char"},
        {"B", "unsigned char"},
        {"h", "short"},
        {"H", "unsigned short"},
        {"i", "integer"},
        {"I", "unsigned integer"},
        {"l", "long integer"},
        {"L", "unsigned long integer"},
        {"q", "long long integer"},
        {"Q", "unsigned long long integer"},
        {"f", "single precision"},
        {"d", "double precision"},
        {"g", "long precision"},
        {"F", "complex single precision"},
        {"D", "complex double precision"},
        {"G", "complex long double precision"},
        {"S", "string"},
        {"U", "unicode"},
        {"V", "void"},
        {"O", "object"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].letter, p->values[0].as.string) != 0) continue;
        fm_program_reply(p, V_S(names[i].name));
        return p->status;
    }
    return fm_program_raise(p, FM_ERR_ARGUMENT, "KeyError", 1, "'%.20s' is no letter of a dtype",
                            p->values[0].as.string);
}
