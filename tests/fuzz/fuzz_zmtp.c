/* Bytes of a connection: however they are cut, the reader says the same of them and stays within
   its buffer, and what it wants memory for is what the caller allows. */
#include "fuzz.h"

#include "wire/zmtp.h"

#include <stdlib.h>
#include <string.h>

/* Texts end at their first zero, which ZMTP is full of, so '~' stands for one. */
#define GREETING "\xff~~~~~~~\1\x7f\3~NULL~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
#define READY    "\4\x19\5READY\x0bSocket-Type~~~\3REQ"
const char *const fuzz_seeds[] = {
    GREETING READY "\1~~\5hello\1~~\3two",
    GREETING READY "\1\2id\1~~\4body\4\7\4PING~~",
    GREETING READY "\3~~~~~~~~\2~~~~~~~~\3abc\1\1a~\1b",
    GREETING "\4\x28\5READY\x0bSocket-Type~~~\6"
             "DEALER\x8Identity~~~\5alice~\1x",
    GREETING READY "\1~\2~~~~~~\x20\1x",
    NULL,
};

enum { MOST = 1 << 16 };

/* A sum of all that was read; *broken: nothing can be read after it. */
typedef struct story {
    uint64_t sum;
    bool broken;
    void *given;
} story;

static void tell(story *s, uint64_t what) {
    s->sum = (s->sum ^ what) * 0x100000001b3u;
}

static void tell_bytes(story *s, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) tell(s, bytes[i]);
}

static bool read_on(story *s, zmtp_reader *r) {
    for (;;) {
        zmtp_event event = zmtp_next(r);
        if (event == ZMTP_WAIT) return true;
        tell(s, event);
        switch (event) {
        case ZMTP_OPENED:
            tell_bytes(s, r->name, r->length);
            break;
        case ZMTP_PING:
            if (r->word_size > ZMTP_WORD) abort();
            tell_bytes(s, r->word, r->word_size);
            break;
        case ZMTP_BODY:
            if (r->size > MOST) return false;
            s->given = malloc(r->size);
            if (!s->given) abort();
            zmtp_give(r, s->given);
            break;
        case ZMTP_MESSAGE:
            if (r->envelope_size > ZMTP_ENVELOPE || (!r->whole && r->size)) abort();
            tell_bytes(s, r->envelope, r->envelope_size);
            if (r->size) tell_bytes(s, r->body, r->size);
            zmtp_answered(r);
            free(s->given);
            s->given = NULL;
            break;
        default:
            return false;
        }
    }
}

static uint64_t feed(zmtp_reader *r, const uint8_t *data, size_t size, size_t piece) {
    story s = {0};
    zmtp_open(r);
    for (size_t at = 0; read_on(&s, r) && at < size;) {
        size_t room, count = size - at < piece ? size - at : piece;
        uint8_t *to = zmtp_room(r, &room);
        if (room == 0) abort();
        if (count > room) count = room;
        for (size_t i = 0; i < count; i++) to[i] = data[at + i] == '~' ? 0 : data[at + i];
        zmtp_took(r, count);
        at += count;
    }
    free(s.given);
    return s.sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    zmtp_reader *r = malloc(sizeof *r); /* of its own, so that what lies past it shows */
    if (!r) return 0;
    uint64_t whole = feed(r, data, size, size + 1);
    if (feed(r, data, size, 1) != whole || feed(r, data, size, 1 + size % 97) != whole) abort();
    free(r);
    return 0;
}
