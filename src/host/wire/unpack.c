/* Reading msgpack. msgpack-c allocates what an array declares before it has seen one element; here
   a declared length is held against the bytes that are left. */
#include "wire/unpack.h"

#include <string.h>

typedef struct reader {
    wire_memory *memory;
    const uint8_t *at, *end;
    size_t nodes;
    const char *wrong;
} reader;

static bool fail(reader *r, const char *wrong) {
    if (!r->wrong) r->wrong = wrong;
    return false;
}

static const char cut[] = "the message is cut short";

/* A big-endian number of width bytes. */
static bool number(reader *r, int width, uint64_t *out) {
    if (r->end - r->at < width) return fail(r, cut);
    *out = 0;
    for (int i = 0; i < width; i++) *out = *out << 8 | *r->at++;
    return true;
}

static bool is_tail(uint8_t byte) {
    return (byte & 0xc0) == 0x80;
}

/* The bytes of the UTF-8 character at text, 0 where there is none. */
static size_t character(const uint8_t *text, size_t left) {
    uint8_t first = text[0];
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4 || left < 2) return 0;
    if (!is_tail(text[1])) return 0;
    if (first < 0xe0) return 2;
    if (left < 3 || !is_tail(text[2])) return 0;
    if ((first == 0xe0 && text[1] < 0xa0) || (first == 0xed && text[1] > 0x9f)) return 0;
    if (first < 0xf0) return 3;
    if (left < 4 || !is_tail(text[3])) return 0;
    if ((first == 0xf0 && text[1] < 0x90) || (first == 0xf4 && text[1] > 0x8f)) return 0;
    return 4;
}

static bool is_utf8(const uint8_t *text, size_t size) {
    for (size_t i = 0; i < size;) {
        size_t length = character(text + i, size - i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

static bool stretch(reader *r, wire_kind kind, uint64_t size, wire_node *out) {
    if ((uint64_t)(r->end - r->at) < size) return fail(r, cut);
    if (kind == WIRE_TEXT && !is_utf8(r->at, (size_t)size)) return fail(r, "a string is not UTF-8");
    *out = (wire_node){.kind = kind, .count = (uint32_t)size, .as.bytes = (const char *)r->at};
    r->at += size;
    return true;
}

static bool value(reader *r, int depth, wire_node *out);

/* Elements of a list, or keys and values of a map. Each takes a byte at least. */
static bool many(reader *r, wire_kind kind, uint64_t count, int depth, wire_node *out) {
    uint64_t nodes = kind == WIRE_MAP ? 2 * count : count;
    if (depth >= WIRE_DEEPEST) return fail(r, "it is nested too deep");
    if (nodes > (uint64_t)(r->end - r->at)) return fail(r, cut);
    if (nodes > WIRE_MOST_NODES - r->nodes) return fail(r, "it has too many values");
    r->nodes += (size_t)nodes;
    wire_node *items = wire_get(r->memory, (size_t)nodes * sizeof *items + 1);
    if (!items) return fail(r, "there is no memory for it");
    for (uint64_t i = 0; i < nodes; i++) {
        if (!value(r, depth + 1, &items[i])) return false;
        if (kind != WIRE_MAP || i % 2) continue;
        if (items[i].kind == WIRE_BYTES) {
            if (!is_utf8((const uint8_t *)items[i].as.bytes, items[i].count))
                return fail(r, "a map key is not UTF-8");
            items[i].kind = WIRE_TEXT;
        }
        if (items[i].kind != WIRE_TEXT) return fail(r, "a map key is no string");
    }
    *out = (wire_node){.kind = kind, .count = (uint32_t)count, .as.items = items};
    return true;
}

static bool sized(reader *r, wire_kind kind, int width, int depth, wire_node *out) {
    uint64_t size;
    if (!number(r, width, &size)) return false;
    if (kind >= WIRE_LIST && kind <= WIRE_MAP) return many(r, kind, size, depth, out);
    if (kind == WIRE_EXTENSION) size++; /* its type */
    return stretch(r, kind, size, out);
}

static bool whole(reader *r, int width, bool is_signed, wire_node *out) {
    uint64_t bits;
    if (!number(r, width, &bits)) return false;
    if (is_signed) {
        uint64_t sign = (uint64_t)1 << (8 * width - 1);
        bits = (bits ^ sign) - sign;
    }
    *out = (wire_node){.kind = WIRE_INT, .as.u = bits};
    if (!is_signed && bits > INT64_MAX) out->kind = WIRE_UINT;
    return true;
}

static bool real(reader *r, int width, wire_node *out) {
    uint64_t bits;
    if (!number(r, width, &bits)) return false;
    *out = (wire_node){.kind = WIRE_FLOAT};
    if (width == 8) {
        memcpy(&out->as.f, &bits, sizeof bits);
    } else {
        uint32_t half = (uint32_t)bits;
        float narrow;
        memcpy(&narrow, &half, sizeof half);
        out->as.f = (double)narrow;
    }
    return true;
}

/* The formats from 0xc0 to 0xdf. */
static bool marked(reader *r, uint8_t mark, int depth, wire_node *out) {
    switch (mark) {
    case 0xc0:
        *out = (wire_node){.kind = WIRE_NIL};
        return true;
    case 0xc2:
    case 0xc3:
        *out = (wire_node){.kind = WIRE_BOOL, .as.i = mark == 0xc3};
        return true;
    case 0xc4:
    case 0xc5:
    case 0xc6:
        return sized(r, WIRE_BYTES, 1 << (mark - 0xc4), depth, out);
    case 0xc7:
    case 0xc8:
    case 0xc9:
        return sized(r, WIRE_EXTENSION, 1 << (mark - 0xc7), depth, out);
    case 0xca:
    case 0xcb:
        return real(r, mark == 0xca ? 4 : 8, out);
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
        return whole(r, 1 << (mark - 0xcc), false, out);
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
        return whole(r, 1 << (mark - 0xd0), true, out);
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
        return stretch(r, WIRE_EXTENSION, 1 + ((uint64_t)1 << (mark - 0xd4)), out);
    case 0xd9:
    case 0xda:
    case 0xdb:
        return sized(r, WIRE_TEXT, 1 << (mark - 0xd9), depth, out);
    case 0xdc:
    case 0xdd:
        return sized(r, WIRE_LIST, mark == 0xdc ? 2 : 4, depth, out);
    case 0xde:
    case 0xdf:
        return sized(r, WIRE_MAP, mark == 0xde ? 2 : 4, depth, out);
    default:
        return fail(r, "the byte 0xc1 begins no value");
    }
}

static bool value(reader *r, int depth, wire_node *out) {
    if (r->at == r->end) return fail(r, cut);
    uint8_t mark = *r->at++;
    if (mark < 0x80 || mark >= 0xe0) {
        *out = (wire_node){.kind = WIRE_INT, .as.i = mark < 0x80 ? mark : (int64_t)mark - 256};
        return true;
    }
    if (mark < 0x90) return many(r, WIRE_MAP, mark & 0x0f, depth, out);
    if (mark < 0xa0) return many(r, WIRE_LIST, mark & 0x0f, depth, out);
    if (mark < 0xc0) return stretch(r, WIRE_TEXT, mark & 0x1f, out);
    return marked(r, mark, depth, out);
}

const wire_node *wire_unpack(wire_memory *memory, const void *data, size_t size,
                             const char **wrong) {
    reader r = {.memory = memory, .at = data, .end = (const uint8_t *)data + size};
    wire_node *root = wire_get(memory, sizeof *root);
    if (!root)
        fail(&r, "there is no memory for it");
    else if (size == 0)
        fail(&r, "empty bytes");
    else if (value(&r, 0, root) && r.at < r.end)
        fail(&r, "more follows the message");
    *wrong = r.wrong;
    return r.wrong ? NULL : root;
}

const wire_node *wire_member(const wire_node *map, const char *key) {
    if (!map || map->kind != WIRE_MAP) return NULL;
    for (uint32_t i = map->count; i-- > 0;)
        if (wire_is(&map->as.items[2 * i], key)) return &map->as.items[2 * i + 1];
    return NULL;
}

bool wire_is(const wire_node *node, const char *text) {
    if (node->kind != WIRE_TEXT && node->kind != WIRE_BYTES) return false;
    size_t length = strlen(text);
    return node->count == length && memcmp(node->as.bytes, text, length) == 0;
}
