/* Replies written as msgpack, by msgpack-c's packer into one buffer that is used again. */
#include "wire/pack.h"

#include <stdlib.h>
#include <string.h>

static int append(void *user, const char *bytes, size_t size) {
    wire_out *out = user;
    if (out->failed) return -1;
    if (size > out->room - out->size) {
        size_t room = out->room ? 2 * out->room : 4096;
        while (room - out->size < size) room *= 2;
        char *grown = realloc(out->data, room);
        out->failed = !grown;
        if (!grown) return -1;
        out->data = grown;
        out->room = room;
    }
    memcpy(out->data + out->size, bytes, size);
    out->size += size;
    return 0;
}

void wire_out_open(wire_out *out) {
    *out = (wire_out){0};
    msgpack_packer_init(&out->to, out, append);
}

void wire_out_close(wire_out *out) {
    free(out->data);
    *out = (wire_out){0};
}

void wire_put_map(wire_out *out, size_t pairs) {
    (void)msgpack_pack_map(&out->to, pairs);
}

void wire_put_list(wire_out *out, size_t count) {
    (void)msgpack_pack_array(&out->to, count);
}

void wire_put_text(wire_out *out, const char *text) {
    size_t length = strlen(text);
    (void)msgpack_pack_str(&out->to, length);
    (void)msgpack_pack_str_body(&out->to, text, length);
}

void wire_put_bytes(wire_out *out, const void *bytes, size_t size) {
    (void)msgpack_pack_bin(&out->to, size);
    (void)msgpack_pack_bin_body(&out->to, bytes, size);
}

void wire_put_int(wire_out *out, int64_t value) {
    (void)msgpack_pack_int64(&out->to, value);
}

void wire_put_uint(wire_out *out, uint64_t value) {
    (void)msgpack_pack_uint64(&out->to, value);
}

void wire_put_real(wire_out *out, double value) {
    (void)msgpack_pack_double(&out->to, value);
}

void wire_put_bool(wire_out *out, bool value) {
    if (value)
        (void)msgpack_pack_true(&out->to);
    else
        (void)msgpack_pack_false(&out->to);
}

void wire_put_nil(wire_out *out) {
    (void)msgpack_pack_nil(&out->to);
}

void wire_put_named_text(wire_out *out, const char *key, const char *text) {
    wire_put_text(out, key);
    wire_put_text(out, text);
}

void wire_put_named_uint(wire_out *out, const char *key, uint64_t value) {
    wire_put_text(out, key);
    wire_put_uint(out, value);
}

void wire_put_named_real(wire_out *out, const char *key, double value) {
    wire_put_text(out, key);
    wire_put_real(out, value);
}

void wire_put_form(wire_out *out, const fm_tensor *tensor) {
    int ndim = fm_tensor_ndim(tensor);
    wire_put_text(out, "shape");
    wire_put_list(out, (size_t)ndim);
    for (int d = 0; d < ndim; d++) wire_put_int(out, fm_tensor_shape(tensor)[d]);
    wire_put_named_text(out, "dtype", fm_dtype_name(fm_tensor_dtype(tensor)));
}
