/* The header of a .npy file: a magic, a length, and a Python dictionary of three known keys. */
#include "io/npy.h"

#include <string.h>

typedef struct cursor {
    fm_io *io;
    const char *name;
    const char *at;
    const char *end;
    const char *begin;
} cursor;

typedef struct text {
    const char *at;
    size_t size;
} text;

enum { KEY_DESCR = 1, KEY_ORDER = 2, KEY_SHAPE = 4, KEY_ALL = 7 };

static fm_status damaged(cursor *c, const char *expected) {
    size_t byte = (size_t)(c->at - c->begin);
    if (c->at == c->end) {
        return fm_io_fail(c->io, FM_ERR_FORMAT,
                          "%s: header: expected %s, found its end at byte %zu", c->name, expected,
                          byte);
    }
    return fm_io_fail(c->io, FM_ERR_FORMAT, "%s: header: expected %s at byte %zu, found '%c'",
                      c->name, expected, byte, *c->at);
}

static void skip_space(cursor *c) {
    while (c->at < c->end &&
           (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r')) {
        c->at++;
    }
}

static bool take(cursor *c, char wanted) {
    skip_space(c);
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

static bool take_word(cursor *c, const char *word) {
    size_t size = strlen(word);
    skip_space(c);
    if ((size_t)(c->end - c->at) < size || memcmp(c->at, word, size) != 0) return false;
    c->at += size;
    return true;
}

static fm_status parse_quoted(cursor *c, const char *expected, text *out) {
    skip_space(c);
    if (c->at == c->end || (*c->at != '\'' && *c->at != '"')) return damaged(c, expected);
    char quote = *c->at++;
    const char *close = memchr(c->at, quote, (size_t)(c->end - c->at));
    if (!close) {
        c->at = c->end;
        return damaged(c, "a closing quote");
    }
    *out = (text){c->at, (size_t)(close - c->at)};
    c->at = close + 1;
    return FM_OK;
}

/* Kind and size of each dtype that .npy can name; bfloat16 has no name there. */
static const struct {
    char code[4];
    fm_dtype dtype;
} codes[] = {
    {"b1", FM_BOOL},      {"i1", FM_INT8},        {"i2", FM_INT16},   {"i4", FM_INT32},
    {"i8", FM_INT64},     {"u1", FM_UINT8},       {"u2", FM_UINT16},  {"u4", FM_UINT32},
    {"u8", FM_UINT64},    {"f2", FM_FLOAT16},     {"f4", FM_FLOAT32}, {"f8", FM_FLOAT64},
    {"c8", FM_COMPLEX64}, {"c16", FM_COMPLEX128},
};

static fm_dtype dtype_of(text code) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strlen(codes[i].code) == code.size && memcmp(codes[i].code, code.at, code.size) == 0) {
            return codes[i].dtype;
        }
    }
    return FM_DTYPE_NONE;
}

static fm_status parse_descr(cursor *c, fm_io_npy_header *out) {
    skip_space(c);
    if (c->at < c->end && *c->at == '[') {
        return fm_io_fail(c->io, FM_ERR_DTYPE, "%s: structured dtypes are not supported", c->name);
    }
    text descr = {.at = ""};
    fm_status status = parse_quoted(c, "a dtype in quotes", &descr);
    if (status != FM_OK) return status;
    text code = descr;
    char order = code.size ? *code.at : 0;
    bool marked = order && strchr("<>=|", order);
    if (marked) code = (text){code.at + 1, code.size - 1};
    out->array.dtype = dtype_of(code);
    size_t size = fm_dtype_size(out->array.dtype);
    /* '|' says that order does not matter, which holds for single bytes only. */
    if (!size || !marked || (order == '|' && size > 1)) {
        int shown = descr.size < 40 ? (int)descr.size : 40;
        return fm_io_fail(c->io, FM_ERR_DTYPE, "%s: dtype '%.*s' is not supported", c->name, shown,
                          descr.at);
    }
    const char other = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '>' : '<';
    out->swap = size > 1 && order == other;
    return FM_OK;
}

static fm_status parse_order(cursor *c, fm_io_npy_header *out) {
    out->array.fortran_order = take_word(c, "True");
    if (out->array.fortran_order || take_word(c, "False")) return FM_OK;
    return damaged(c, "True or False");
}

static fm_status parse_extent(cursor *c, int64_t *out) {
    skip_space(c);
    if (c->at == c->end || *c->at < '0' || *c->at > '9') return damaged(c, "an extent");
    *out = 0;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (__builtin_mul_overflow(*out, (int64_t)10, out) ||
            __builtin_add_overflow(*out, (int64_t)(*c->at - '0'), out)) {
            return fm_io_fail(c->io, FM_ERR_OVERFLOW, "%s: an extent does not fit %lld", c->name,
                              (long long)INT64_MAX);
        }
    }
    /* Python 2 wrote long integers with this suffix. */
    if (c->at < c->end && *c->at == 'L') c->at++;
    return FM_OK;
}

static fm_status parse_shape(cursor *c, fm_io_npy_header *out) {
    fm_io_array *array = &out->array;
    array->rank = 0;
    if (!take(c, '(')) return damaged(c, "'('");
    bool comma = true;
    while (!take(c, ')')) {
        if (!comma) return damaged(c, "',' or ')'");
        if (array->rank == FM_MAX_NDIM) {
            return fm_io_fail(c->io, FM_ERR_SHAPE, "%s: has more than the %d axes supported",
                              c->name, FM_MAX_NDIM);
        }
        fm_status status = parse_extent(c, &array->shape[array->rank]);
        if (status != FM_OK) return status;
        array->rank++;
        comma = take(c, ',');
    }
    /* (3) is a number in Python, not a shape of one axis. */
    if (array->rank == 1 && !comma) return damaged(c, "',' in a shape of one axis before this");
    return FM_OK;
}

static bool is(text key, const char *name) {
    return key.size == strlen(name) && memcmp(key.at, name, key.size) == 0;
}

/* One `key: value`; `seen` gathers the keys, so that none comes twice. */
static fm_status parse_entry(cursor *c, fm_io_npy_header *out, int *seen) {
    text key = {.at = ""};
    fm_status status = parse_quoted(c, "a key in quotes", &key);
    if (status != FM_OK) return status;
    int which = is(key, "descr")           ? KEY_DESCR
                : is(key, "fortran_order") ? KEY_ORDER
                : is(key, "shape")         ? KEY_SHAPE
                                           : 0;
    if (!which || (*seen & which)) {
        int shown = key.size < 40 ? (int)key.size : 40;
        return fm_io_fail(c->io, FM_ERR_FORMAT, "%s: header: key '%.*s' is %s", c->name, shown,
                          key.at, which ? "there twice" : "unknown");
    }
    *seen |= which;
    if (!take(c, ':')) return damaged(c, "':'");
    if (which == KEY_DESCR) return parse_descr(c, out);
    return which == KEY_ORDER ? parse_order(c, out) : parse_shape(c, out);
}

static fm_status parse_dictionary(cursor *c, fm_io_npy_header *out) {
    int seen = 0;
    bool comma = true;
    if (!take(c, '{')) return damaged(c, "'{'");
    while (!take(c, '}')) {
        if (!comma) return damaged(c, "',' or '}'");
        fm_status status = parse_entry(c, out, &seen);
        if (status != FM_OK) return status;
        comma = take(c, ',');
    }
    skip_space(c);
    if (c->at != c->end) return damaged(c, "spaces up to the end of the header");
    if (seen == KEY_ALL) return FM_OK;
    return fm_io_fail(c->io, FM_ERR_FORMAT, "%s: header: key '%s' is missing", c->name,
                      !(seen & KEY_DESCR)   ? "descr"
                      : !(seen & KEY_ORDER) ? "fortran_order"
                                            : "shape");
}

/* Finds where the dictionary begins and ends; the length has 2 bytes in version 1, then 4. */
static fm_status parse_preamble(cursor *c, const uint8_t *bytes, size_t size,
                                fm_io_npy_header *out) {
    static const uint8_t magic[6] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
    if (size < 10 || memcmp(bytes, magic, sizeof magic) != 0) {
        return fm_io_fail(c->io, FM_ERR_FORMAT, "%s: is not a .npy file (%zu bytes)", c->name,
                          size);
    }
    out->version = bytes[6];
    if (out->version < 1 || out->version > 3 || bytes[7] != 0) {
        return fm_io_fail(c->io, FM_ERR_FORMAT,
                          "%s: format version is %d.%d, expected 1.0, 2.0 or 3.0", c->name,
                          bytes[6], bytes[7]);
    }
    size_t length = bytes[8] | (size_t)bytes[9] << 8, before = 10;
    if (out->version > 1 && size >= 12) {
        length |= (size_t)bytes[10] << 16 | (size_t)bytes[11] << 24;
        before = 12;
    }
    if ((out->version > 1 && size < 12) || size - before < length) {
        return fm_io_fail(c->io, FM_ERR_FORMAT, "%s: header needs %zu bytes, but the file has %zu",
                          c->name, before + length, size);
    }
    c->begin = (const char *)bytes;
    c->at = c->begin + before;
    c->end = c->at + length;
    out->data_offset = before + length;
    return FM_OK;
}

fm_status fm_io_npy_parse(fm_io *io, const char *name, const void *bytes, size_t size,
                          fm_io_npy_header *out) {
    *out = (fm_io_npy_header){0};
    cursor c = {.io = io, .name = name};
    fm_status status = parse_preamble(&c, bytes, size, out);
    if (status == FM_OK) status = parse_dictionary(&c, out);
    if (status == FM_OK) status = fm_io_array_measure(io, name, &out->array);
    if (status != FM_OK) return status;
    uint64_t held = size - out->data_offset;
    if (held == out->array.bytes) return FM_OK;
    char shape[128];
    return fm_io_fail(
        io, FM_ERR_FORMAT, "%s: shape %s of %s needs %llu bytes, but %llu follow the header", name,
        fm_io_shape_text(&out->array, shape, sizeof shape), fm_dtype_name(out->array.dtype),
        (unsigned long long)out->array.bytes, (unsigned long long)held);
}
