/* Reading a user's weights from a JSON file and from the environment. */
#include "cost/weights_own.h"

#include "core/detail.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A weights file holds one short line an op; what is longer is not one. */
enum { FILE_LIMIT = 4 << 20 };

/* The whole file with a zero behind it, for the caller to free. */
static fm_status read_text(const char *path, char **out, fm_error *error) {
    FILE *file = fopen(path, "rb");
    FM_CHECK(file != NULL, error, FM_ERR_IO, "weights file '%.200s': %s", path, strerror(errno));
    char *text = malloc((size_t)FILE_LIMIT + 1);
    if (text == NULL) {
        fclose(file);
        return fm_fail(error, FM_ERR_MEMORY, "weights file '%.200s': no memory to read it", path);
    }
    size_t length = fread(text, 1, (size_t)FILE_LIMIT + 1, file);
    bool failed = ferror(file) != 0;
    int reason = errno;
    fclose(file);
    if (failed || length > FILE_LIMIT) {
        free(text);
        return failed
                   ? fm_fail(error, FM_ERR_IO, "weights file '%.200s': %s", path, strerror(reason))
                   : fm_fail(error, FM_ERR_FORMAT, "weights file '%.200s': longer than %d bytes",
                             path, FILE_LIMIT);
    }
    text[length] = '\0';
    *out = text;
    return FM_OK;
}

/* A JSON value cut to what fits an error line. */
static void show(const cJSON *value, char *text, size_t size) {
    char *printed = cJSON_PrintUnformatted(value);
    snprintf(text, size, "%.*s", (int)size - 1, printed != NULL ? printed : "?");
    cJSON_free(printed);
}

static int compare_rows(const void *a, const void *b) {
    return strcmp(((const fm_weight_row *)a)->op, ((const fm_weight_row *)b)->op);
}

static fm_status take_row(const char *path, const cJSON *item, fm_weights *weights,
                          fm_error *error) {
    char shown[64];
    show(item, shown, sizeof shown);
    bool good = cJSON_IsNumber(item) && isfinite(item->valuedouble) && item->valuedouble >= 0;
    FM_CHECK(good, error, FM_ERR_FORMAT,
             "weights file '%.200s': key '%.80s': %s is not a finite number of at least 0", path,
             item->string, shown);
    char *name = strdup(item->string);
    FM_CHECK(name != NULL, error, FM_ERR_MEMORY, "weights file '%.200s': out of memory", path);
    weights->names[weights->count] = name;
    weights->rows[weights->count] = (fm_weight_row){.op = name, .weight = item->valuedouble};
    weights->count++;
    return FM_OK;
}

static fm_status take_rows(const char *path, const cJSON *table, fm_weights *weights,
                           fm_error *error) {
    size_t count = (size_t)cJSON_GetArraySize(table);
    weights->rows = calloc(count + 1, sizeof *weights->rows);
    weights->names = calloc(count + 1, sizeof *weights->names);
    FM_CHECK(weights->rows != NULL && weights->names != NULL, error, FM_ERR_MEMORY,
             "weights file '%.200s': out of memory", path);
    const cJSON *item;
    cJSON_ArrayForEach(item, table) FM_TRY(take_row(path, item, weights, error));
    qsort(weights->rows, weights->count, sizeof *weights->rows, compare_rows);
    for (size_t i = 1; i < weights->count; i++)
        FM_CHECK(strcmp(weights->rows[i - 1].op, weights->rows[i].op) != 0, error, FM_ERR_FORMAT,
                 "weights file '%.200s': key '%.80s': given twice", path, weights->rows[i].op);
    return FM_OK;
}

static fm_status take_document(const char *path, const char *text, fm_weights *weights,
                               fm_error *error) {
    const char *end = text;
    cJSON *document = cJSON_ParseWithOpts(text, &end, true);
    if (document == NULL) {
        int line = 1;
        for (size_t i = 0; text + i < end; i++) line += text[i] == '\n';
        return fm_fail(error, FM_ERR_FORMAT, "weights file '%.200s': not JSON at line %d", path,
                       line);
    }
    const cJSON *table = cJSON_GetObjectItemCaseSensitive(document, "weights");
    if (table == NULL) table = document;
    fm_status status =
        cJSON_IsObject(table)
            ? take_rows(path, table, weights, error)
            : fm_fail(error, FM_ERR_FORMAT,
                      "weights file '%.200s': not an object of op names and numbers", path);
    cJSON_Delete(document);
    return status;
}

fm_status fm_weights_load(const char *path, fm_weights **out, fm_error *error) {
    char *text = NULL;
    fm_status status = read_text(path, &text, error);
    if (text == NULL) return status;
    fm_weights *weights = calloc(1, sizeof *weights);
    status = weights != NULL
                 ? take_document(path, text, weights, error)
                 : fm_fail(error, FM_ERR_MEMORY, "weights file '%.200s': out of memory", path);
    free(text);
    if (status == FM_OK)
        *out = weights;
    else
        fm_weights_free(weights);
    return status;
}

/* Whether value is one of four words, in any case. */
static bool one_of(const char *value, const char *const words[4]) {
    for (int i = 0; i < 4; i++)
        if (strcasecmp(value, words[i]) == 0) return true;
    return false;
}

/* Whether FLOPMETER_DISABLE_WEIGHTS turns weights off. */
static fm_status disabled(bool *off, fm_error *error) {
    static const char *const yes[4] = {"1", "true", "yes", "on"};
    static const char *const no[4] = {"0", "false", "no", "off"};
    const char *value = getenv("FLOPMETER_DISABLE_WEIGHTS");
    *off = value != NULL && one_of(value, yes);
    FM_CHECK(value == NULL || *value == '\0' || *off || one_of(value, no), error, FM_ERR_ARGUMENT,
             "FLOPMETER_DISABLE_WEIGHTS is '%.64s': neither 1, true, yes, on nor 0, false, no, off",
             value);
    return FM_OK;
}

fm_status fm_weights_resolve(int weights, const char *path, fm_weights **out, fm_error *error) {
    bool off = weights < 0;
    if (weights == 0) FM_TRY(disabled(&off, error));
    if (off) {
        fm_status status = fm_weights_make_unit(out);
        return status == FM_OK ? FM_OK : fm_fail(error, status, "weights: out of memory");
    }
    if (path == NULL) path = getenv("FLOPMETER_WEIGHTS_FILE");
    if (path != NULL && *path != '\0') return fm_weights_load(path, out, error);
    *out = NULL;
    return FM_OK;
}
