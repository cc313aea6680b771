/* The JSON writer: punctuation by a stack of levels, strings escaped, failures kept to the end. */
#include "io/json_out.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FLUSH_FROM 65536

void fm_json_begin_callback(fm_json_writer *writer, fm_io *io, fm_io_buffer *buffer, int indent,
                            fm_io_write_fn write, void *user) {
    *writer =
        (fm_json_writer){.io = io, .out = buffer, .write = write, .user = user, .indent = indent};
}

void fm_json_begin(fm_json_writer *writer, fm_io *io, fm_io_buffer *buffer, int indent) {
    fm_json_begin_callback(writer, io, buffer, indent, NULL, NULL);
}

static void put_bytes(fm_json_writer *writer, const void *bytes, size_t size) {
    if (writer->status != FM_OK) return;
    writer->status = fm_io_buffer_append(writer->io, writer->out, bytes, size);
}

static void put_text(fm_json_writer *writer, const char *text) {
    put_bytes(writer, text, strlen(text));
}

static void flush_from(fm_json_writer *writer, size_t least) {
    fm_io_buffer *out = writer->out;
    if (writer->status != FM_OK || !writer->write || out->size < least) return;
    writer->status = writer->write(writer->user, out->data, out->size);
    out->size = 0;
}

static void out_of_order(fm_json_writer *writer, const char *what) {
    if (writer->status != FM_OK) return;
    writer->status =
        fm_io_fail(writer->io, FM_ERR_STATE, "json: %s at depth %d", what, writer->depth);
}

static void new_line(fm_json_writer *writer) {
    if (!writer->indent) return;
    put_text(writer, "\n");
    for (int i = 0; i < writer->depth * writer->indent; i++) put_text(writer, " ");
}

/* What stands between the thing before and the one that comes. */
static void separate(fm_json_writer *writer) {
    bool filled = writer->level[writer->depth].filled;
    if (filled) put_text(writer, writer->indent ? "," : ", ");
    if (writer->depth) new_line(writer);
    writer->level[writer->depth].filled = true;
}

/* Called before every value: in an object its key must stand already, at the top it is the only
 * one. */
static void before_value(fm_json_writer *writer) {
    if (writer->level[writer->depth].object) {
        if (!writer->level[writer->depth].keyed) out_of_order(writer, "a value without a key");
        writer->level[writer->depth].keyed = false;
        return;
    }
    if (writer->depth == 0 && writer->level[0].filled) out_of_order(writer, "a second value");
    separate(writer);
}

static void put_value(fm_json_writer *writer, const char *text) {
    before_value(writer);
    put_text(writer, text);
    flush_from(writer, FLUSH_FROM);
}

static void open_level(fm_json_writer *writer, bool object) {
    if (writer->depth == FM_JSON_DEPTH) out_of_order(writer, "too many levels");
    if (writer->status != FM_OK) return;
    put_value(writer, object ? "{" : "[");
    writer->depth++;
    writer->level[writer->depth].object = object;
    writer->level[writer->depth].filled = false;
    writer->level[writer->depth].keyed = false;
}

static void close_level(fm_json_writer *writer, bool object) {
    int depth = writer->depth;
    if (depth == 0 || writer->level[depth].object != object || writer->level[depth].keyed) {
        out_of_order(writer, object ? "no object to close" : "no list to close");
    }
    if (writer->status != FM_OK) return;
    writer->depth--;
    if (writer->level[depth].filled) new_line(writer);
    put_text(writer, object ? "}" : "]");
}

void fm_json_open_object(fm_json_writer *writer) {
    open_level(writer, true);
}

void fm_json_close_object(fm_json_writer *writer) {
    close_level(writer, true);
}

void fm_json_open_list(fm_json_writer *writer) {
    open_level(writer, false);
}

void fm_json_close_list(fm_json_writer *writer) {
    close_level(writer, false);
}

/* Length of the UTF-8 sequence at p (RFC 3629: no overlong forms, no surrogates), or 0. */
static size_t utf8_length(const uint8_t *p) {
    static const struct {
        uint8_t low, high, second_low, second_high, length;
    } forms[] = {
        {0x01, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (*p < forms[i].low || *p > forms[i].high) continue;
        if (forms[i].length > 1 && (p[1] < forms[i].second_low || p[1] > forms[i].second_high))
            return 0;
        for (size_t k = 2; k < forms[i].length; k++) {
            if (p[k] < 0x80 || p[k] > 0xbf) return 0;
        }
        return forms[i].length;
    }
    return 0;
}

/* The escape of one byte, or NULL when it stands for itself. */
static const char *escape_of(uint8_t byte, char text[8]) {
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    if (byte >= 0x20 && byte != 0x7f) return NULL;
    snprintf(text, 8, "\\u%04x", byte);
    return text;
}

static void put_quoted(fm_json_writer *writer, const char *text) {
    char room[8];
    put_text(writer, "\"");
    for (const uint8_t *p = (const uint8_t *)text; *p;) {
        size_t length = utf8_length(p);
        const char *escape = escape_of(*p, room);
        if (escape) {
            put_text(writer, escape);
        } else if (length) {
            put_bytes(writer, p, length);
        } else {
            put_text(writer, "\xef\xbf\xbd");
        }
        p += length ? length : 1;
    }
    put_text(writer, "\"");
}

void fm_json_key(fm_json_writer *writer, const char *key) {
    if (!writer->level[writer->depth].object || writer->level[writer->depth].keyed) {
        out_of_order(writer, "a key out of place");
    }
    if (writer->status != FM_OK) return;
    separate(writer);
    put_quoted(writer, key);
    put_text(writer, ": ");
    writer->level[writer->depth].keyed = true;
}

void fm_json_put_string(fm_json_writer *writer, const char *text) {
    if (!text) {
        fm_json_put_null(writer);
        return;
    }
    before_value(writer);
    put_quoted(writer, text);
    flush_from(writer, FLUSH_FROM);
}

void fm_json_put_int(fm_json_writer *writer, int64_t value) {
    char text[FM_JSON_NUMBER];
    snprintf(text, sizeof text, "%lld", (long long)value);
    put_value(writer, text);
}

void fm_json_put_uint(fm_json_writer *writer, uint64_t value) {
    fm_json_put_u128(writer, value);
}

void fm_json_put_u128(fm_json_writer *writer, fm_u128 value) {
    char text[FM_JSON_NUMBER];
    put_value(writer, fm_json_u128_text(value, text));
}

void fm_json_put_i128(fm_json_writer *writer, fm_i128 value) {
    char text[FM_JSON_NUMBER] = "-";
    fm_u128 magnitude = value < 0 ? -(fm_u128)value : (fm_u128)value;
    fm_json_u128_text(magnitude, text + (value < 0));
    put_value(writer, text);
}

void fm_json_put_double(fm_json_writer *writer, double value) {
    char text[FM_JSON_NUMBER];
    put_value(writer, isfinite(value) ? fm_json_double_text(value, text) : "null");
}

void fm_json_put_bool(fm_json_writer *writer, bool value) {
    put_value(writer, value ? "true" : "false");
}

void fm_json_put_null(fm_json_writer *writer) {
    put_value(writer, "null");
}

fm_status fm_json_end(fm_json_writer *writer) {
    if (writer->depth) out_of_order(writer, "something is still open");
    if (!writer->level[0].filled) out_of_order(writer, "no value");
    put_text(writer, "\n");
    flush_from(writer, 1);
    return writer->status;
}
