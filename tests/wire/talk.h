/* Requests as JSON to a session without a socket, and replies as JSON: exact texts on both sides.
   {"$bytes": "00ff"} is msgpack's bin, in replies too. Replies are read by msgpack-c, which the
   server does not read with. */
#ifndef FM_TESTS_WIRE_TALK_H
#define FM_TESTS_WIRE_TALK_H

#include "wire/wire.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct talk {
    wire_request request;
    wire_session session;
    wire_limits limits;
    wire_host host;
    char reply[1 << 16];
} talk;

static wire_session *talk_admit(void *user, char *why, size_t size) {
    talk *t = user;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_error error;
    options.device.kind = FM_CPU;
    options.cost_model = "flopscope-0.4";
    options.weights = 1;
    options.timing = FM_TIMING_OFF;
    t->session.limits = &t->limits;
    if (fm_context_open(&options, &t->session.ctx, &error) == FM_OK) return &t->session;
    snprintf(why, size, "%s", error.message);
    return NULL;
}

static void talk_status(void *user, wire_out *out) {
    (void)user;
    wire_put_map(out, 0);
}

static inline void talk_open(talk *t) {
    memset(t, 0, sizeof *t);
    t->limits = (wire_limits){.array_bytes = 1 << 20, .arrays = 1000, .total_bytes = 64 << 20};
    t->host = (wire_host){talk_admit, talk_status, t};
    t->session.limits = &t->limits;
    t->request.session = &t->session;
    t->request.host = &t->host;
    wire_out_open(&t->request.out);
}

static inline void talk_close(talk *t) {
    wire_session_end(&t->session);
    fm_context_close(t->session.ctx);
    wire_out_close(&t->request.out);
    wire_close(&t->request.memory);
}

static void talk_pack(wire_out *out, const cJSON *json) {
    const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(json, "$bytes"), *one;
    if (cJSON_IsString(bytes)) {
        uint8_t data[4096];
        size_t size = strlen(bytes->valuestring) / 2;
        for (size_t i = 0; i < size; i++) {
            unsigned byte;
            sscanf(bytes->valuestring + 2 * i, "%2x", &byte);
            data[i] = (uint8_t)byte;
        }
        wire_put_bytes(out, data, size);
    } else if (cJSON_IsObject(json) || cJSON_IsArray(json)) {
        if (cJSON_IsObject(json))
            wire_put_map(out, (size_t)cJSON_GetArraySize(json));
        else
            wire_put_list(out, (size_t)cJSON_GetArraySize(json));
        cJSON_ArrayForEach(one, json) {
            if (cJSON_IsObject(json)) wire_put_text(out, one->string);
            talk_pack(out, one);
        }
    } else if (cJSON_IsString(json)) {
        wire_put_text(out, json->valuestring);
    } else if (cJSON_IsNumber(json)) {
        if (json->valuedouble == (double)(int64_t)json->valuedouble)
            wire_put_int(out, (int64_t)json->valuedouble);
        else
            wire_put_real(out, json->valuedouble);
    } else if (cJSON_IsBool(json)) {
        wire_put_bool(out, cJSON_IsTrue(json));
    } else {
        wire_put_nil(out);
    }
}

typedef struct talk_text {
    char *at;
    size_t size, room;
} talk_text;

static void talk_add(talk_text *t, const char *format, ...) FM_PRINTF(2, 3);
static void talk_add(talk_text *t, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int wrote = vsnprintf(t->at + t->size, t->room - t->size, format, arguments);
    va_end(arguments);
    t->size += (size_t)wrote < t->room - t->size ? (size_t)wrote : t->room - t->size - 1;
}

static void talk_print(talk_text *to, const msgpack_object *o) {
    switch (o->type) {
    case MSGPACK_OBJECT_BOOLEAN:
        talk_add(to, "%s", o->via.boolean ? "true" : "false");
        break;
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
        talk_add(to, "%llu", (unsigned long long)o->via.u64);
        break;
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
        talk_add(to, "%lld", (long long)o->via.i64);
        break;
    case MSGPACK_OBJECT_FLOAT64:
        talk_add(to, o->via.f64 == (double)(int64_t)o->via.f64 ? "%.1f" : "%.17g", o->via.f64);
        break;
    case MSGPACK_OBJECT_STR:
        talk_add(to, "\"%.*s\"", (int)o->via.str.size, o->via.str.ptr);
        break;
    case MSGPACK_OBJECT_BIN:
        talk_add(to, "{\"$bytes\": \"");
        for (uint32_t i = 0; i < o->via.bin.size; i++)
            talk_add(to, "%02x", (unsigned char)o->via.bin.ptr[i]);
        talk_add(to, "\"}");
        break;
    case MSGPACK_OBJECT_ARRAY:
        talk_add(to, "[");
        for (uint32_t i = 0; i < o->via.array.size; i++) {
            if (i) talk_add(to, ", ");
            talk_print(to, &o->via.array.ptr[i]);
        }
        talk_add(to, "]");
        break;
    case MSGPACK_OBJECT_MAP:
        talk_add(to, "{");
        for (uint32_t i = 0; i < o->via.map.size; i++) {
            if (i) talk_add(to, ", ");
            talk_print(to, &o->via.map.ptr[i].key);
            talk_add(to, ": ");
            talk_print(to, &o->via.map.ptr[i].val);
        }
        talk_add(to, "}");
        break;
    default:
        talk_add(to, "null");
    }
}

/* The reply to bytes, as JSON; "not msgpack" where it is none. */
static inline const char *talk_bytes(talk *t, const void *bytes, size_t size) {
    char *copy = malloc(size + 1);
    msgpack_unpacked read;
    talk_text text = {t->reply, 0, sizeof t->reply};
    size_t end = 0;
    if (!copy) abort();
    memcpy(copy, bytes, size);
    wire_frame frame = {.data = copy, .size = size};
    t->request.session = &t->session;
    wire_answer(&t->request, &frame);
    free(copy); /* nothing may point into it any more */
    msgpack_unpacked_init(&read);
    snprintf(t->reply, sizeof t->reply, "not msgpack");
    if (msgpack_unpack_next(&read, t->request.out.data, t->request.out.size, &end) ==
            MSGPACK_UNPACK_SUCCESS &&
        end == t->request.out.size)
        talk_print(&text, &read.data);
    msgpack_unpacked_destroy(&read);
    return t->reply;
}

static inline const char *talk_say(talk *t, const char *json) {
    wire_out out;
    cJSON *tree = cJSON_Parse(json);
    if (!tree) return "the request is no JSON";
    wire_out_open(&out);
    talk_pack(&out, tree);
    cJSON_Delete(tree);
    const char *reply = talk_bytes(t, out.data, out.size);
    wire_out_close(&out);
    return reply;
}

#endif
