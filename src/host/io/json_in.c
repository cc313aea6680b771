/* Typed getters over a parsed JSON text. */
#include "io/json_in.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define EXACT_INTEGER 9007199254740992.0 /* 2^53: past it a double skips integers */

fm_json_value fm_json_root(const fm_json *document) {
    return (fm_json_value){.document = document, .node = document->root};
}

const char *fm_json_kind(const fm_json_value *value) {
    const cJSON *node = value->node;
    if (!node) return "nothing";
    if (cJSON_IsObject(node)) return "object";
    if (cJSON_IsArray(node)) return "list";
    if (cJSON_IsString(node)) return "string";
    if (cJSON_IsNumber(node)) return "number";
    return cJSON_IsNull(node) ? "null" : "bool";
}

bool fm_json_is_null(const fm_json_value *value) {
    return cJSON_IsNull(value->node);
}

/* Where a value stands, for a message: `file: path` or only `file` at the top. */
#define WHERE(value) (value)->document->name, (value)->path[0] ? ": " : "", (value)->path

static fm_status mismatch(fm_io *io, const fm_json_value *value, const char *expected) {
    return fm_io_fail(io, FM_ERR_FORMAT, "%s%s%s: expected %s, found %s", WHERE(value), expected,
                      fm_json_kind(value));
}

fm_status fm_json_expect_object(fm_io *io, const fm_json_value *value) {
    return cJSON_IsObject(value->node) ? FM_OK : mismatch(io, value, "object");
}

fm_status fm_json_expect_list(fm_io *io, const fm_json_value *value) {
    return cJSON_IsArray(value->node) ? FM_OK : mismatch(io, value, "list");
}

static void key_path(const fm_json_value *object, const char *key, char path[FM_JSON_PATH]) {
    int length =
        snprintf(path, FM_JSON_PATH, "%s%s%s", object->path, object->path[0] ? "." : "", key);
    if (length >= FM_JSON_PATH) memcpy(path + FM_JSON_PATH - 4, "...", 4);
}

fm_status fm_json_member(fm_io *io, const fm_json_value *object, const char *key, bool required,
                         fm_json_value *out) {
    *out = (fm_json_value){.document = object->document};
    fm_status status = fm_json_expect_object(io, object);
    if (status != FM_OK) return status;
    key_path(object, key, out->path);
    out->node = cJSON_GetObjectItemCaseSensitive(object->node, key);
    if (out->node || !required) return FM_OK;
    return fm_io_fail(io, FM_ERR_FORMAT, "%s%s%s: key '%s' is missing", WHERE(object), key);
}

static fm_status fail_unknown(fm_io *io, const fm_json_value *object, const char *key,
                              const char *const *keys) {
    char list[256] = "";
    size_t used = 0;
    for (size_t i = 0; keys[i] && used < sizeof list; i++) {
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", keys[i]);
    }
    return fm_io_fail(io, FM_ERR_FORMAT, "%s%s%s: unknown key '%s', expected one of %s",
                      WHERE(object), key, list);
}

fm_status fm_json_check_keys(fm_io *io, const fm_json_value *object, const char *const *keys) {
    fm_status status = fm_json_expect_object(io, object);
    if (status != FM_OK) return status;
    uint64_t seen = 0;
    for (const cJSON *child = object->node->child; child; child = child->next) {
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], child->string) != 0) i++;
        if (!keys[i]) return fail_unknown(io, object, child->string, keys);
        uint64_t bit = (uint64_t)1 << (i & 63);
        if (seen & bit) {
            return fm_io_fail(io, FM_ERR_FORMAT, "%s%s%s: key '%s' is there twice", WHERE(object),
                              child->string);
        }
        seen |= bit;
    }
    return FM_OK;
}

size_t fm_json_count(const fm_json_value *value) {
    size_t count = 0;
    if (!cJSON_IsObject(value->node) && !cJSON_IsArray(value->node)) return 0;
    for (const cJSON *child = value->node->child; child; child = child->next) count++;
    return count;
}

bool fm_json_next(const fm_json_value *parent, fm_json_value *child) {
    bool list = cJSON_IsArray(parent->node);
    if (!list && !cJSON_IsObject(parent->node)) return false;
    child->index = child->node ? child->index + 1 : 0;
    child->document = parent->document;
    child->node = child->node ? child->node->next : parent->node->child;
    if (!child->node) return false;
    if (list) {
        int length = snprintf(child->path, FM_JSON_PATH, "%s[%zu]", parent->path, child->index);
        if (length >= FM_JSON_PATH) memcpy(child->path + FM_JSON_PATH - 4, "...", 4);
    } else {
        key_path(parent, child->node->string, child->path);
    }
    return true;
}

const char *fm_json_key_of(const fm_json_value *value) {
    return value->node && value->node->string ? value->node->string : "";
}

fm_status fm_json_get_string(fm_io *io, const fm_json_value *value, const char **out) {
    if (!cJSON_IsString(value->node)) return mismatch(io, value, "string");
    *out = value->node->valuestring;
    return FM_OK;
}

fm_status fm_json_get_bool(fm_io *io, const fm_json_value *value, bool *out) {
    if (!cJSON_IsBool(value->node)) return mismatch(io, value, "true or false");
    *out = cJSON_IsTrue(value->node);
    return FM_OK;
}

fm_status fm_json_get_number(fm_io *io, const fm_json_value *value, double *out) {
    if (!cJSON_IsNumber(value->node)) return mismatch(io, value, "number");
    if (!isfinite(value->node->valuedouble)) {
        return fm_io_fail(io, FM_ERR_FORMAT, "%s%s%s: number is beyond float64's range",
                          WHERE(value));
    }
    *out = value->node->valuedouble;
    return FM_OK;
}

fm_status fm_json_get_integer(fm_io *io, const fm_json_value *value, int64_t low, int64_t high,
                              int64_t *out) {
    double number;
    if (!cJSON_IsNumber(value->node)) return mismatch(io, value, "integer");
    fm_status status = fm_json_get_number(io, value, &number);
    if (status != FM_OK) return status;
    if (number != floor(number) || fabs(number) > EXACT_INTEGER) {
        return fm_io_fail(io, FM_ERR_FORMAT, "%s%s%s: expected integer up to 2^53, found %.17g",
                          WHERE(value), number);
    }
    int64_t integer = (int64_t)number;
    if (integer < low || integer > high) {
        return fm_io_fail(io, FM_ERR_FORMAT,
                          "%s%s%s: expected integer from %lld to %lld, found %lld", WHERE(value),
                          (long long)low, (long long)high, (long long)integer);
    }
    *out = integer;
    return FM_OK;
}

/* Room for one item of `size` bytes for each element of a list. */
static fm_status start_list(fm_io *io, const fm_json_value *value, const char *expected,
                            size_t size, void **out) {
    *out = NULL;
    if (!cJSON_IsArray(value->node)) return mismatch(io, value, expected);
    return fm_io_alloc(io, value->path[0] ? value->path : "list",
                       (uint64_t)fm_json_count(value) * size, out);
}

static fm_status end_list(fm_io *io, fm_status status, void *items, void **out) {
    *out = items;
    if (status == FM_OK) return FM_OK;
    fm_io_free(io, items);
    *out = NULL;
    return status;
}

fm_status fm_json_get_numbers(fm_io *io, const fm_json_value *value, double **out, size_t *count) {
    void *items;
    fm_json_value child = {0};
    *count = 0;
    fm_status status = start_list(io, value, "list of numbers", sizeof(double), &items);
    while (status == FM_OK && fm_json_next(value, &child)) {
        status = fm_json_get_number(io, &child, (double *)items + (*count)++);
    }
    status = end_list(io, status, items, &items);
    *out = items;
    return status;
}

fm_status fm_json_get_integers(fm_io *io, const fm_json_value *value, int64_t low, int64_t high,
                               int64_t **out, size_t *count) {
    void *items;
    fm_json_value child = {0};
    *count = 0;
    fm_status status = start_list(io, value, "list of integers", sizeof(int64_t), &items);
    while (status == FM_OK && fm_json_next(value, &child)) {
        status = fm_json_get_integer(io, &child, low, high, (int64_t *)items + (*count)++);
    }
    status = end_list(io, status, items, &items);
    *out = items;
    return status;
}

fm_status fm_json_get_strings(fm_io *io, const fm_json_value *value, const char ***out,
                              size_t *count) {
    void *items;
    fm_json_value child = {0};
    *count = 0;
    fm_status status = start_list(io, value, "list of strings", sizeof(char *), &items);
    while (status == FM_OK && fm_json_next(value, &child)) {
        status = fm_json_get_string(io, &child, (const char **)items + (*count)++);
    }
    status = end_list(io, status, items, &items);
    *out = items;
    return status;
}
