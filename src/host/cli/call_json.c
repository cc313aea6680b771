/* JSON that tells integers from floats. */
#include "cli/call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 200 };

void *call_get(wire_memory *memory, size_t size) {
    void *got = wire_get(memory, size);
    return got ? memset(got, 0, size) : NULL;
}

bool call_fail(call_failure *failure, const char *type, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    failure->type = type;
    vsnprintf(failure->message, sizeof failure->message, format, arguments);
    va_end(arguments);
    return false;
}

bool call_fail_context(call_failure *failure, const fm_context *ctx) {
    const fm_error *error = fm_context_error(ctx);
    return call_fail(failure, error->exception ? error->exception : "RuntimeError", "%s",
                     error->message);
}

/* A text on its way to a tree. */
typedef struct parser {
    wire_memory *memory;
    const char *start, *at, *end;
    const char *wrong; /* what is wrong at `at`; NULL: nothing yet */
} parser;

static call_json *wrong(parser *p, const char *what) {
    if (!p->wrong) p->wrong = what;
    return NULL;
}

static char peek(parser *p) {
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r'))
        p->at++;
    return p->at < p->end ? *p->at : 0;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hex digits; -1 where there are none. */
static int32_t hex_word(parser *p) {
    int32_t word = 0;
    if (p->end - p->at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p->at[i]);
        if (digit < 0) return -1;
        word = word * 16 + digit;
    }
    p->at += 4;
    return word;
}

static char *put_utf8(char *to, uint32_t code) {
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    *to++ = (char)(first[more] | code >> 6 * more);
    while (more-- > 0) *to++ = (char)(0x80 | (code >> 6 * more & 0x3f));
    return to;
}

/* What follows \u; half a pair alone becomes U+FFFD. */
static char *unicode(parser *p, char *to) {
    int32_t high = hex_word(p);
    if (high < 0) return wrong(p, "four hex digits are expected after \\u"), NULL;
    uint32_t code = (uint32_t)high;
    if (high >= 0xd800 && high < 0xdc00 && p->end - p->at >= 6 && p->at[0] == '\\' &&
        p->at[1] == 'u') {
        p->at += 2;
        int32_t low = hex_word(p);
        if (low >= 0xdc00 && low < 0xe000)
            return put_utf8(to, 0x10000 + ((code - 0xd800) << 10) + ((uint32_t)low - 0xdc00));
        p->at -= low < 0 ? 2 : 6;
    }
    if (code == 0 || (code >= 0xd800 && code < 0xe000)) code = 0xfffd;
    return put_utf8(to, code);
}

/* One character after a backslash. */
static char *escape(parser *p, char *to) {
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->end ? *p->at : 0;
    if (c == 'u') {
        p->at++;
        return unicode(p, to);
    }
    const char *found = c ? strchr(from, c) : NULL;
    if (!found) return wrong(p, "an unknown escape"), NULL;
    p->at++;
    *to++ = into[found - from];
    return to;
}

static const char *parse_text(parser *p, uint32_t *length) {
    const char *close = ++p->at;
    while (close < p->end && *close != '"') close += *close == '\\' && close + 1 < p->end ? 2 : 1;
    if (close >= p->end) return wrong(p, "a string does not end"), NULL;
    /* No escape is longer than what it stands for. */
    char *text = call_get(p->memory, (size_t)(close - p->at) + 1), *to = text;
    if (!text) return wrong(p, "out of memory"), NULL;
    while (p->at < close && to) {
        if (*p->at == '\\') {
            p->at++;
            to = escape(p, to);
        } else if ((unsigned char)*p->at < ' ') {
            return wrong(p, "a control character in a string"), NULL;
        } else {
            *to++ = *p->at++;
        }
    }
    if (!to) return NULL;
    p->at = close + 1;
    *length = (uint32_t)(to - text);
    return text;
}

/* The end of a number by JSON's grammar; NULL where there is none. */
static const char *scan_number(const char *at, const char *end, bool *whole) {
    *whole = true;
    if (at < end && *at == '-') at++;
    if (at >= end || *at < '0' || *at > '9') return NULL;
    if (*at == '0')
        at++;
    else
        while (at < end && *at >= '0' && *at <= '9') at++;
    if (at < end && *at == '.') {
        const char *digits = ++at;
        while (at < end && *at >= '0' && *at <= '9') at++;
        if (at == digits) return NULL;
        *whole = false;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        const char *digits = at;
        while (at < end && *at >= '0' && *at <= '9') at++;
        if (at == digits) return NULL;
        *whole = false;
    }
    return at;
}

static call_json *parse_number(parser *p, call_json *json) {
    bool whole;
    char short_text[64], *text = short_text;
    const char *end = scan_number(p->at, p->end, &whole);
    if (!end) return wrong(p, "no JSON value");
    size_t length = (size_t)(end - p->at);
    if (length >= sizeof short_text) text = call_get(p->memory, length + 1);
    if (!text) return wrong(p, "out of memory");
    memcpy(text, p->at, length);
    text[length] = 0;
    json->kind = CALL_FLOAT;
    if (whole) {
        errno = 0;
        json->kind = CALL_INT;
        json->as.i = strtoll(text, NULL, 10);
        if (errno && *text != '-') {
            errno = 0;
            json->kind = CALL_UINT;
            json->as.u = strtoull(text, NULL, 10);
        }
        if (errno) json->kind = CALL_FLOAT;
    }
    if (json->kind == CALL_FLOAT) json->as.f = strtod(text, NULL);
    p->at = end;
    return json;
}

static call_json *parse_word(parser *p, call_json *json) {
    static const struct {
        const char *word;
        call_kind kind;
        int64_t value;
    } words[] = {{"null", CALL_NULL, 0}, {"true", CALL_BOOL, 1}, {"false", CALL_BOOL, 0}};
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i].word);
        if ((size_t)(p->end - p->at) < length || memcmp(p->at, words[i].word, length) != 0)
            continue;
        p->at += length;
        json->kind = words[i].kind;
        json->as.i = words[i].value;
        return json;
    }
    return wrong(p, "no JSON value");
}

static call_json *parse_value(parser *p, int depth);

/* Elements up to the closing bracket; each begins with its key in an object. */
static call_json *parse_many(parser *p, call_json *json, char close, int depth) {
    call_json **tail = &json->as.first;
    json->kind = close == '}' ? CALL_OBJECT : CALL_LIST;
    p->at++;
    if (peek(p) == close) {
        p->at++;
        return json;
    }
    for (;;) {
        const char *key = NULL;
        uint32_t length;
        if (close == '}') {
            if (peek(p) != '"') return wrong(p, "a key in quotes is expected");
            key = parse_text(p, &length);
            if (!key) return NULL;
            if (peek(p) != ':') return wrong(p, "':' is expected after a key");
            p->at++;
        }
        call_json *child = parse_value(p, depth + 1);
        if (!child) return NULL;
        child->key = key;
        *tail = child;
        tail = &child->next;
        json->length++;
        char c = peek(p);
        if (c == close) break;
        if (c != ',')
            return wrong(p, close == '}' ? "',' or '}' is expected" : "',' or ']' is expected");
        p->at++;
    }
    p->at++;
    return json;
}

static call_json *parse_value(parser *p, int depth) {
    if (depth > DEEPEST) return wrong(p, "it is nested too deep");
    char c = peek(p);
    call_json *json = call_get(p->memory, sizeof *json);
    if (!json) return wrong(p, "out of memory");
    if (c == '{') return parse_many(p, json, '}', depth);
    if (c == '[') return parse_many(p, json, ']', depth);
    if (c == '"') {
        json->kind = CALL_STRING;
        json->as.string = parse_text(p, &json->length);
        return json->as.string ? json : NULL;
    }
    if (c == '-' || (c >= '0' && c <= '9')) return parse_number(p, json);
    return parse_word(p, json);
}

const call_json *call_parse(wire_memory *memory, const char *text, size_t size, char *message,
                            size_t room) {
    parser p = {memory, text, text, text + size, NULL};
    call_json *root = parse_value(&p, 0);
    if (root && (peek(&p), p.at < p.end)) root = wrong(&p, "more follows the value");
    if (!root) snprintf(message, room, "column %zu: %s", (size_t)(p.at - text) + 1, p.wrong);
    return root;
}

const call_json *call_member(const call_json *object, const char *key) {
    if (!object || object->kind != CALL_OBJECT) return NULL;
    for (const call_json *one = object->as.first; one; one = one->next)
        if (!strcmp(one->key, key)) return one;
    return NULL;
}
