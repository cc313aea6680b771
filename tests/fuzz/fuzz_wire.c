/* Messages to a session: any bytes are answered by one message of the protocol, nothing past the
   limits is held, and the next session begins with nothing. */
#include "fuzz.h"

#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

/* Texts end at their first zero, so the seeds hold none. */
const char *const fuzz_seeds[] = {
    "\x82\xa2op\xa5hello\xa6kwargs\x81\xae"
    "client_version\xa5"
    "0.4.3",
    "\x83\xa2op\xa3"
    "add\xa4"
    "args\x92\x81\xaa__handle__\xa2"
    "a1\x81\xaa__handle__\xa2"
    "a1\xa6kwargs\x80",
    "\x83\xa2op\xb0"
    "create_from_data\xa4"
    "args\x93\xc4\x08"
    "ABCDEFGH\x91\x01\xa7"
    "float64\xa6kwargs\x80",
    "\x82\xa2op\xab__getitem__\xa4"
    "args\x92\xa2"
    "a1\x92\x81\xa9__slice__\x93\xc0\x02\xff\x81\xaa__handle__\xa2"
    "a1",
    "\x83\xa2op\xa5"
    "fetch\xa4"
    "args\xc0\xa6kwargs\x81\xa9handle_id\xa2"
    "a1",
    "\x83\xa2op\xab"
    "fetch_slice\xa2id\xa2"
    "a1\xa6slices\x92\x92\x01\x02\x93\xc0\xc0\xff",
    "\x83\xa2op\xa4"
    "free\xa4"
    "args\xc0\xa6kwargs\x81\xa7handles\x92\xa2"
    "a1\xa2"
    "a9",
    "\x83\xa2op\xb0Generator.normal\xa4"
    "args\x91\x81\xa7__gen__\xa2"
    "g1\xa6kwargs\x81\xa4size\x92\x02\x03",
    "\x82\xa2op\xb2random.default_rng\xa4"
    "args\x91\x07",
    "\x82\xa2op\xa3sum\xa4"
    "args\x92\x92\x92\x01\x02\x92\x03\x04\x01",
    "\x82\xa2op\xa6"
    "einsum\xa4"
    "args\x93\xa5ij,jk\x92\x92\x01\x02\x92\x03\x04\x92\x92\x01\x02\x92\x03\x04",
    "\x82\xa2op\xa6"
    "astype\xa4"
    "args\x92\xa2"
    "a1\xa4int8",
    "\x81\xa2op\xac"
    "budget_close",
    "\x81\xa2op\xad"
    "budget_status",
    "\x82\xa2op\xa5zeros\xa4"
    "args\x92\x81\xb2__symmetry_group__\x82\xa4"
    "axes\x92\x01\x02\xaagenerators\x91\x92\x01\x02\xcf\x7f\xff\xff\xff\xff\xff\xff\xff",
    NULL,
};

/* Free of charge is much that takes as long as it is large, so a count past this is not sent on. */
static bool is_small(const wire_node *node) {
    uint32_t count = node->kind == WIRE_MAP    ? 2 * node->count
                     : node->kind == WIRE_LIST ? node->count
                                               : 0;
    double product = 1;
    for (uint32_t i = 0; i < count; i++) {
        const wire_node *one = &node->as.items[i];
        if (!is_small(one)) return false;
        if (one->kind == WIRE_INT && one->as.i > 1) product *= (double)one->as.i;
    }
    if (node->kind == WIRE_INT && (node->as.i > 4096 || node->as.i < -4096))
        return node->as.i > INT64_MAX / 2 || node->as.i < INT64_MIN / 2;
    return product < 1e5 || product > 1e12;
}

static bool is_text(const msgpack_object *object, const char *text) {
    return object->type == MSGPACK_OBJECT_STR && object->via.str.size == strlen(text) &&
           memcmp(object->via.str.ptr, text, object->via.str.size) == 0;
}

/* A reply is one map that begins with its status, as msgpack-c reads it. */
static bool is_reply(const wire_out *out) {
    msgpack_unpacked read;
    size_t end = 0;
    msgpack_unpacked_init(&read);
    bool good = msgpack_unpack_next(&read, out->data, out->size, &end) == MSGPACK_UNPACK_SUCCESS &&
                end == out->size && read.data.type == MSGPACK_OBJECT_MAP;
    if (good) {
        const msgpack_object_map *map = &read.data.via.map;
        good = map->size >= 2 && is_text(&map->ptr[0].key, "status") &&
               (is_text(&map->ptr[0].val, "ok") ||
                (map->size == 3 && is_text(&map->ptr[0].val, "error") &&
                 is_text(&map->ptr[1].key, "error_type") && is_text(&map->ptr[2].key, "message")));
    }
    msgpack_unpacked_destroy(&read);
    return good;
}

static void put_status(void *user, wire_out *out) {
    (void)user;
    wire_put_map(out, 0);
}

static void send_text(wire_request *r, const char *bytes, size_t size) {
    char copy[512];
    memcpy(copy, bytes, size);
    wire_frame frame = {.data = copy, .size = size};
    wire_answer(r, &frame);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char open_budget[] = "\x82\xa2op\xab"
                                      "budget_open\xa6kwargs\x81\xab"
                                      "flop_budget\xce\x00\x1e\x84\x80";
    static const char ones[] = "\x82\xa2op\xa4ones\xa4"
                               "args\x91\x92\x03\x03";
    static const char seed[] = "\x82\xa2op\xb2random.default_rng\xa4"
                               "args\x91\x07";
    static const wire_limits limits = {1 << 20, 100, 32 << 20};
    static wire_session session;
    static wire_request r;
    static wire_host host = {NULL, put_status, NULL};
    fm_error error;
    if (!session.ctx) {
        fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
        options.device.kind = FM_CPU;
        options.timing = FM_TIMING_OFF;
        if (fm_context_open(&options, &session.ctx, &error) != FM_OK) abort();
        fm_context_set_memory_limit(session.ctx, limits.total_bytes);
        session.limits = &limits;
        wire_out_open(&r.out);
        r.host = &host;
    }
    wire_memory memory = {0};
    const char *wrong;
    const wire_node *root = wire_unpack(&memory, data, size, &wrong);
    bool small = !root || is_small(root);
    wire_close(&memory);
    if (!small) return 0;
    r.session = &session;
    if (!session.budget) send_text(&r, open_budget, sizeof open_budget - 1);
    if (!session.arrays.next) {
        send_text(&r, ones, sizeof ones - 1);
        send_text(&r, ones, sizeof ones - 1);
        send_text(&r, seed, sizeof seed - 1);
        send_text(&r, seed, sizeof seed - 1);
    }
    char *copy = malloc(size + 1);
    if (!copy) return 0;
    memcpy(copy, data, size);
    wire_frame frame = {.data = copy, .size = size};
    wire_answer(&r, &frame);
    free(copy);
    if (!is_reply(&r.out) || session.arrays.count > limits.arrays) abort();
    fm_memory_stats device, host_memory;
    fm_context_memory(session.ctx, &device, &host_memory);
    if (host_memory.reserved > limits.total_bytes) abort();
    bool poor = session.budget && fm_budget_remaining(session.budget) < 10000;
    if (poor || session.arrays.count > 50 || fm_budget_is_default(fm_context_budget(session.ctx)))
        wire_session_end(&session);
    return 0;
}
