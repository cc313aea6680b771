/* Reading JSON: cJSON's tree behind typed getters whose messages say what stood where. */
#ifndef FM_HOST_IO_JSON_IN_H
#define FM_HOST_IO_JSON_IN_H

#include "io/io.h"

struct cJSON;

/* A parsed text. Values point into it, and are good until fm_json_close. */
typedef struct fm_json {
    struct cJSON *root;
    char name[128]; /* file or option; opens every message */
} fm_json;

#define FM_JSON_PATH 160

/* One value and where it stands, as in `runs[2].scale_dims`; node is NULL for one that is absent.
 */
typedef struct fm_json_value {
    const fm_json *document;
    const struct cJSON *node;
    size_t index; /* among the elements of its list or object */
    char path[FM_JSON_PATH];
} fm_json_value;

/*
 * Parses text, or a file of at most `limit` bytes. FM_ERR_FORMAT gives line and column of the first
 * byte that does not fit; nesting past 1000 levels does not fit. On failure *out needs no close.
 */
fm_status fm_json_parse(fm_io *io, const char *name, const void *text, size_t size,
                        fm_json *out) FM_MUST_CHECK;
fm_status fm_json_load(fm_io *io, const char *path, uint64_t limit, fm_json *out) FM_MUST_CHECK;
void fm_json_close(fm_json *document);

fm_json_value fm_json_root(const fm_json *document);

/*
 * The getters below give FM_ERR_FORMAT, `config.json: epochs: expected integer, found string`, when
 * the value is of another kind. A value whose node is NULL is found as `nothing`.
 */

/* A member of an object; when it is absent, an error if `required`, else a value without node. */
fm_status fm_json_member(fm_io *io, const fm_json_value *object, const char *key, bool required,
                         fm_json_value *out) FM_MUST_CHECK;

/* Whether all keys of an object are among `keys` (ended by NULL, at most 64) and none comes twice.
 */
fm_status fm_json_check_keys(fm_io *io, const fm_json_value *object,
                             const char *const *keys) FM_MUST_CHECK;

/* Elements of a list or object, in order: 0 for other kinds; next starts at a value of zeros. */
size_t fm_json_count(const fm_json_value *value);
bool fm_json_next(const fm_json_value *parent, fm_json_value *child);

/* The key of an object's member; "" for the root and for an element of a list. */
const char *fm_json_key_of(const fm_json_value *value);

/* "object", "list", "string", "number", "bool", "null" or "nothing". */
const char *fm_json_kind(const fm_json_value *value);
bool fm_json_is_null(const fm_json_value *value);

fm_status fm_json_expect_object(fm_io *io, const fm_json_value *value) FM_MUST_CHECK;
fm_status fm_json_expect_list(fm_io *io, const fm_json_value *value) FM_MUST_CHECK;
fm_status fm_json_get_string(fm_io *io, const fm_json_value *value, const char **out) FM_MUST_CHECK;
fm_status fm_json_get_bool(fm_io *io, const fm_json_value *value, bool *out) FM_MUST_CHECK;

/* A finite number. */
fm_status fm_json_get_number(fm_io *io, const fm_json_value *value, double *out) FM_MUST_CHECK;

/* An integer from low to high; cJSON holds doubles, so past 2^53 none is taken. */
fm_status fm_json_get_integer(fm_io *io, const fm_json_value *value, int64_t low, int64_t high,
                              int64_t *out) FM_MUST_CHECK;

/* A list of numbers, of integers or of strings; free *out (not the strings) with fm_io_free. */
fm_status fm_json_get_numbers(fm_io *io, const fm_json_value *value, double **out,
                              size_t *count) FM_MUST_CHECK;
fm_status fm_json_get_integers(fm_io *io, const fm_json_value *value, int64_t low, int64_t high,
                               int64_t **out, size_t *count) FM_MUST_CHECK;
fm_status fm_json_get_strings(fm_io *io, const fm_json_value *value, const char ***out,
                              size_t *count) FM_MUST_CHECK;

#endif
