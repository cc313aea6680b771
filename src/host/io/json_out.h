/* Writing JSON to a buffer or a callback: exact integers, doubles that read back to the same bits.
 */
#ifndef FM_HOST_IO_JSON_OUT_H
#define FM_HOST_IO_JSON_OUT_H

#include "cost/u128.h"
#include "io/io.h"

#define FM_JSON_DEPTH 64

/*
 * Calls follow the text: put, key before each member of an object, open and close. The first
 * failure (no memory, the callback's status, FM_ERR_STATE for a call out of order) stays, later
 * calls do nothing, and fm_json_end returns it; so only the end needs a check.
 */
typedef struct fm_json_writer {
    fm_io *io;
    fm_io_buffer *out;
    fm_io_write_fn write; /* NULL: everything stays in the buffer */
    void *user;
    fm_status status;
    int indent; /* spaces a level; 0: all on one line */
    int depth;
    struct {
        bool object;
        bool filled; /* something stands before */
        bool keyed;  /* a key waits for its value */
    } level[FM_JSON_DEPTH + 1];
} fm_json_writer;

/* Appends to the buffer, which the caller closes. With `write` the buffer is emptied through it. */
void fm_json_begin(fm_json_writer *writer, fm_io *io, fm_io_buffer *buffer, int indent);
void fm_json_begin_callback(fm_json_writer *writer, fm_io *io, fm_io_buffer *buffer, int indent,
                            fm_io_write_fn write, void *user);

/* Ends the text with a newline. FM_ERR_STATE when something is still open or nothing was put. */
fm_status fm_json_end(fm_json_writer *writer) FM_MUST_CHECK;

void fm_json_open_object(fm_json_writer *writer);
void fm_json_close_object(fm_json_writer *writer);
void fm_json_open_list(fm_json_writer *writer);
void fm_json_close_list(fm_json_writer *writer);
void fm_json_key(fm_json_writer *writer, const char *key);

/* NULL is null; bytes that are not UTF-8 become U+FFFD. */
void fm_json_put_string(fm_json_writer *writer, const char *text);
void fm_json_put_int(fm_json_writer *writer, int64_t value);
void fm_json_put_uint(fm_json_writer *writer, uint64_t value);
void fm_json_put_u128(fm_json_writer *writer, fm_u128 value);
void fm_json_put_i128(fm_json_writer *writer, fm_i128 value);

/* The fewest of 15 to 17 digits that read back to the same double; NaN and infinities are null. */
void fm_json_put_double(fm_json_writer *writer, double value);
void fm_json_put_bool(fm_json_writer *writer, bool value);
void fm_json_put_null(fm_json_writer *writer);

#define FM_JSON_NUMBER 48

/* The text of one number, as above, also outside JSON: "nan", "inf" and "-inf" by name. */
const char *fm_json_double_text(double value, char text[FM_JSON_NUMBER]);
const char *fm_json_u128_text(fm_u128 value, char text[FM_JSON_NUMBER]);

#endif
