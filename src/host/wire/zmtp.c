/* Reading ZMTP 3. */
#include "wire/zmtp.h"

#include <string.h>

enum { GREETING, HANDSHAKE, TRAFFIC };
/* Where in a message: before the empty part, behind it, in what is passed over, at its end. */
enum { ENVELOPE, BODY, REST, DONE };
/* The bits of a frame's first byte. */
enum { MORE = 1, LONG = 2, COMMAND = 4 };
/* A command is read whole; what a peer says of itself is short. */
enum { LONGEST_COMMAND = 4096 };

/* The signature, version 3.0, the mechanism, as no server of it. */
const uint8_t zmtp_greeting[ZMTP_GREETING] = {
    0xff, [8] = 1, [9] = 0x7f, [10] = 3, [12] = 'N', 'U', 'L', 'L',
};
const uint8_t zmtp_ready[] = "\x04\x1c\x05READY\x0bSocket-Type\0\0\0\x06ROUTER";
const size_t zmtp_ready_size = sizeof zmtp_ready - 1;

void zmtp_open(zmtp_reader *r) {
    memset(r, 0, offsetof(zmtp_reader, buffer));
}

static size_t held(const zmtp_reader *r) {
    return r->end - r->begin;
}

uint8_t *zmtp_room(zmtp_reader *r, size_t *room) {
    if (r->given && r->got < r->size) {
        *room = r->size - r->got;
        return r->body + r->got;
    }
    if (r->begin) {
        memmove(r->buffer, r->buffer + r->begin, held(r));
        r->end -= r->begin;
        r->begin = 0;
    }
    *room = ZMTP_BUFFER - r->end;
    return r->buffer + r->end;
}

void zmtp_took(zmtp_reader *r, size_t count) {
    if (r->given && r->got < r->size)
        r->got += count;
    else
        r->end += count;
}

void zmtp_give(zmtp_reader *r, void *memory) {
    size_t here = held(r) < r->size ? held(r) : r->size;
    memcpy(memory, r->buffer + r->begin, here);
    r->begin += here;
    r->body = memory;
    r->got = here;
    r->given = true;
}

void zmtp_answered(zmtp_reader *r) {
    if (!r->given && r->whole) r->begin += r->size;
    r->body = NULL;
    r->size = r->got = r->envelope_size = 0;
    r->given = r->whole = r->last = false;
    r->place = ENVELOPE;
}

bool zmtp_is_open(const zmtp_reader *r) {
    return r->stage == TRAFFIC;
}

bool zmtp_is_amid(const zmtp_reader *r) {
    return zmtp_is_open(r) &&
           (held(r) > 0 || r->given || r->envelope_size > 0 || r->place != ENVELOPE);
}

size_t zmtp_put_head(uint8_t head[ZMTP_FRAME], uint64_t size) {
    if (size < 256) {
        head[0] = 0;
        head[1] = (uint8_t)size;
        return 2;
    }
    head[0] = LONG;
    for (int i = 0; i < 8; i++) head[1 + i] = (uint8_t)(size >> (56 - 8 * i));
    return ZMTP_FRAME;
}

/* Wrong bytes end it at once, however few they are. */
static zmtp_event greet(zmtp_reader *r) {
    static const char mechanism[20] = "NULL";
    const uint8_t *greeting = r->buffer + r->begin;
    size_t size = held(r);
    if (size > 0 && greeting[0] != 0xff) return ZMTP_BROKEN;
    if (size > 9 && !(greeting[9] & 1)) return ZMTP_BROKEN;
    if (size > 10 && greeting[10] < 3) return ZMTP_BROKEN;
    if (size < ZMTP_GREETING) return ZMTP_WAIT;
    if (memcmp(greeting + 12, mechanism, sizeof mechanism) != 0) return ZMTP_BROKEN;
    r->begin += ZMTP_GREETING;
    r->stage = HANDSHAKE;
    return ZMTP_NONE;
}

typedef struct property {
    const uint8_t *name, *value;
    size_t name_size, size;
} property;

/* The next of a READY's: a byte of length, the name, four bytes of length, the value. False: they
   end. */
static bool next_property(const uint8_t **at, const uint8_t *end, property *out) {
    size_t left = (size_t)(end - *at);
    if (left < 1) return false;
    out->name_size = **at;
    out->name = *at + 1;
    if (left < 1 + out->name_size + 4) return false;
    const uint8_t *length = out->name + out->name_size;
    out->size = (size_t)length[0] << 24 | (size_t)length[1] << 16 | (size_t)length[2] << 8 |
                (size_t)length[3];
    out->value = length + 4;
    if ((size_t)(end - out->value) < out->size) return false;
    *at = out->value + out->size;
    return true;
}

/* Names of properties are of either case. */
static bool is_named(const property *one, const char *name) {
    if (one->name_size != strlen(name)) return false;
    for (size_t i = 0; i < one->name_size; i++)
        if ((one->name[i] | 0x20) != (name[i] | 0x20)) return false;
    return true;
}

static bool has_value(const property *one, const char *value) {
    return one->size == strlen(value) && memcmp(one->value, value, one->size) == 0;
}

/* Names that begin with a zero byte are the server's to give. */
static zmtp_event open_by(zmtp_reader *r, const uint8_t *at, const uint8_t *end) {
    property one;
    bool speaks = false;
    while (next_property(&at, end, &one)) {
        if (is_named(&one, "Socket-Type"))
            speaks =
                has_value(&one, "REQ") || has_value(&one, "DEALER") || has_value(&one, "ROUTER");
        if (!is_named(&one, "Identity") || one.size == 0) continue;
        if (one.size > ZMTP_NAME || one.value[0] == 0) return ZMTP_BROKEN;
        memcpy(r->name, one.value, one.size);
        r->length = one.size;
    }
    if (!speaks || at != end) return ZMTP_BROKEN;
    r->stage = TRAFFIC;
    return ZMTP_OPENED;
}

/* PONG with the context of the PING, behind its two bytes of a time to live. */
static zmtp_event pong(zmtp_reader *r, const uint8_t *context, size_t size) {
    enum { LONGEST_CONTEXT = 16 };
    if (size > LONGEST_CONTEXT) return ZMTP_BROKEN;
    r->word[0] = COMMAND;
    r->word[1] = (uint8_t)(5 + size);
    memcpy(r->word + 2, "\4PONG", 5);
    memcpy(r->word + 7, context, size);
    r->word_size = 7 + size;
    return ZMTP_PING;
}

static bool is_command(const uint8_t *bytes, size_t size, const char *name) {
    size_t length = strlen(name);
    return size > length && bytes[0] == length && memcmp(bytes + 1, name, length) == 0;
}

/* What is of no interest here is let pass. */
static zmtp_event obey(zmtp_reader *r, const uint8_t *bytes, size_t size) {
    if (r->stage == HANDSHAKE)
        return is_command(bytes, size, "READY") ? open_by(r, bytes + 6, bytes + size) : ZMTP_BROKEN;
    if (is_command(bytes, size, "PING") && size >= 7) return pong(r, bytes + 7, size - 7);
    return is_command(bytes, size, "ERROR") ? ZMTP_BROKEN : ZMTP_NONE;
}

typedef struct frame {
    size_t head, size;
    uint8_t flags;
} frame;

/* False: its head is not all there. */
static bool read_frame(const zmtp_reader *r, frame *out) {
    const uint8_t *bytes = r->buffer + r->begin;
    uint64_t size = 0;
    if (held(r) < 2) return false;
    out->flags = bytes[0];
    out->head = bytes[0] & LONG ? ZMTP_FRAME : 2;
    if (held(r) < out->head) return false;
    for (size_t i = 1; i < out->head; i++) size = size << 8 | bytes[i];
    out->size = (size_t)size;
    return true;
}

static zmtp_event pass_over(zmtp_reader *r) {
    size_t here = held(r) < r->skip ? held(r) : r->skip;
    r->begin += here;
    r->skip -= here;
    if (r->skip) return ZMTP_WAIT;
    r->skipping = false;
    if (!r->last) return ZMTP_NONE;
    r->place = DONE;
    return ZMTP_MESSAGE;
}

static zmtp_event begin_rest(zmtp_reader *r, const frame *one) {
    if (r->place == ENVELOPE) r->envelope_size = 0; /* what looked like one was none */
    r->place = REST;
    r->begin += one->head;
    r->skip = one->size;
    r->last = !(one->flags & MORE);
    r->skipping = true;
    return ZMTP_NONE;
}

/* A part with others behind it is of the envelope until one is empty. */
static zmtp_event keep_envelope(zmtp_reader *r, const frame *one) {
    size_t size = one->head + one->size;
    if (one->size > ZMTP_ENVELOPE || size > ZMTP_ENVELOPE - r->envelope_size)
        return begin_rest(r, one);
    if (held(r) < size) return ZMTP_WAIT;
    memcpy(r->envelope + r->envelope_size, r->buffer + r->begin, size);
    r->envelope_size += size;
    r->begin += size;
    if (one->size == 0) r->place = BODY;
    return ZMTP_NONE;
}

/* A small one is read where it lies, and stays there until it is answered. */
static zmtp_event begin_body(zmtp_reader *r, const frame *one) {
    if (one->size > ZMTP_BUFFER - ZMTP_FRAME) {
        r->begin += one->head;
        r->size = one->size;
        r->place = DONE;
        r->whole = true;
        return ZMTP_BODY;
    }
    if (held(r) < one->head + one->size) return ZMTP_WAIT;
    r->begin += one->head;
    r->body = r->buffer + r->begin;
    r->size = r->got = one->size;
    r->place = DONE;
    r->whole = true;
    return ZMTP_MESSAGE;
}

static zmtp_event begin_part(zmtp_reader *r, const frame *one) {
    bool more = one->flags & MORE;
    if (r->stage != TRAFFIC || (one->flags & ~(MORE | LONG))) return ZMTP_BROKEN;
    if (r->place == REST) return begin_rest(r, one);
    if (r->place == ENVELOPE && more) return keep_envelope(r, one);
    /* Parts without an empty one among them are no envelope. */
    if (more || (r->place == ENVELOPE && r->envelope_size)) return begin_rest(r, one);
    return begin_body(r, one);
}

static zmtp_event step(zmtp_reader *r) {
    frame one;
    if (r->stage == GREETING) return greet(r);
    if (r->skipping) return pass_over(r);
    if (r->place == DONE) return r->got < r->size ? ZMTP_WAIT : ZMTP_MESSAGE;
    if (!read_frame(r, &one)) return ZMTP_WAIT;
    if (!(one.flags & COMMAND)) return begin_part(r, &one);
    if (one.flags & ~(COMMAND | LONG) || one.size > LONGEST_COMMAND) return ZMTP_BROKEN;
    if (held(r) < one.head + one.size) return ZMTP_WAIT;
    const uint8_t *bytes = r->buffer + r->begin + one.head;
    r->begin += one.head + one.size;
    return obey(r, bytes, one.size);
}

zmtp_event zmtp_next(zmtp_reader *r) {
    zmtp_event event;
    do event = step(r);
    while (event == ZMTP_NONE);
    return event;
}
