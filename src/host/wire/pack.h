/* Replies written as msgpack. */
#ifndef FM_WIRE_PACK_H
#define FM_WIRE_PACK_H

#include <flopmeter/flopmeter.h>
#include <msgpack.h>

/* A growing message; once memory ran out it stays failed. */
typedef struct wire_out {
    char *data;
    size_t size, room;
    bool failed;
    msgpack_packer to;
} wire_out;

void wire_out_open(wire_out *out);
void wire_out_close(wire_out *out);

void wire_put_map(wire_out *out, size_t pairs);
void wire_put_list(wire_out *out, size_t count);
void wire_put_text(wire_out *out, const char *text);
void wire_put_bytes(wire_out *out, const void *bytes, size_t size);
void wire_put_int(wire_out *out, int64_t value);
void wire_put_uint(wire_out *out, uint64_t value);
void wire_put_real(wire_out *out, double value);
void wire_put_bool(wire_out *out, bool value);
void wire_put_nil(wire_out *out);
/* A key and the value behind it. */
void wire_put_named_text(wire_out *out, const char *key, const char *text);
void wire_put_named_uint(wire_out *out, const char *key, uint64_t value);
void wire_put_named_real(wire_out *out, const char *key, double value);
/* {"shape": [...], "dtype": name} without its braces. */
void wire_put_form(wire_out *out, const fm_tensor *tensor);
/* The entry "symmetry" of a map. */
void wire_put_symmetry(wire_out *out, const fm_symmetry *group);

#endif
