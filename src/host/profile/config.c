/* Profiles' records from JSON: name, var_name, size_multipliers, scale_dims. */
#include "core/alloc.h"
#include "core/detail.h"
#include "io/json_in.h"
#include "meter/hooks.h"
#include "profile/profile.h"

#include <limits.h>
#include <string.h>

#define CONFIG_BYTES  ((uint64_t)16 << 20)
#define CONFIG_LENGTH 1000000 /* of a list in a record */

/* One record; options point into the rest. */
typedef struct record {
    fm_profile_options options;
    char *name, *var_name;
    double *multipliers;
    int *dims;
} record;

struct fm_profile_config {
    record *records;
    int count;
};

static const char *const keys[] = {"name", "var_name", "size_multipliers", "scale_dims", NULL};

/* A member, with null as absent: *out has no node then. */
static fm_status member(fm_io *io, const fm_json_value *object, const char *key, bool required,
                        fm_json_value *out) {
    FM_TRY(fm_json_member(io, object, key, required, out));
    if (!required && out->node && fm_json_is_null(out)) out->node = NULL;
    return FM_OK;
}

static fm_status read_text(fm_io *io, const fm_json_value *object, const char *key, bool required,
                           char **out) {
    fm_json_value value;
    const char *text;
    FM_TRY(member(io, object, key, required, &value));
    if (!value.node) return FM_OK;
    FM_TRY(fm_json_get_string(io, &value, &text));
    if (!*text)
        return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: %s: the text is empty", value.document->name,
                          value.path);
    *out = fm_strdup(text);
    return *out ? FM_OK : fm_io_fail(io, FM_ERR_MEMORY, "%s: out of memory", value.document->name);
}

static fm_status check_length(fm_io *io, const fm_json_value *list, size_t count) {
    if (count > 0 && count <= CONFIG_LENGTH) return FM_OK;
    return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: %s: the list has %zu elements, from 1 to %d needed",
                      list->document->name, list->path, count, CONFIG_LENGTH);
}

static fm_status copy_multipliers(fm_io *io, const fm_json_value *list, const double *from,
                                  size_t count, record *r) {
    FM_TRY(check_length(io, list, count));
    for (size_t i = 0; i < count; i++)
        if (!(from[i] > 0))
            return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: %s[%zu] is %g, a number above 0 is needed",
                              list->document->name, list->path, i, from[i]);
    r->multipliers = fm_alloc(count * sizeof *from);
    if (!r->multipliers)
        return fm_io_fail(io, FM_ERR_MEMORY, "%s: out of memory", list->document->name);
    memcpy(r->multipliers, from, count * sizeof *from);
    r->options.size_multipliers = r->multipliers;
    r->options.nmultipliers = (int)count;
    return FM_OK;
}

static fm_status read_multipliers(fm_io *io, const fm_json_value *object, record *r) {
    fm_json_value list;
    double *numbers;
    size_t count;
    FM_TRY(member(io, object, "size_multipliers", false, &list));
    if (!list.node) return FM_OK;
    FM_TRY(fm_json_get_numbers(io, &list, &numbers, &count));
    fm_status status = copy_multipliers(io, &list, numbers, count, r);
    fm_io_free(io, numbers);
    return status;
}

static fm_status copy_dims(fm_io *io, const fm_json_value *list, const int64_t *from, size_t count,
                           record *r) {
    FM_TRY(check_length(io, list, count));
    r->dims = fm_alloc(count * sizeof *r->dims);
    if (!r->dims) return fm_io_fail(io, FM_ERR_MEMORY, "%s: out of memory", list->document->name);
    for (size_t i = 0; i < count; i++) r->dims[i] = (int)from[i];
    r->options.scale_dims = r->dims;
    r->options.nscale_dims = (int)count;
    return FM_OK;
}

static fm_status read_dims(fm_io *io, const fm_json_value *object, record *r) {
    fm_json_value list;
    int64_t *axes;
    size_t count;
    FM_TRY(member(io, object, "scale_dims", false, &list));
    if (!list.node) return FM_OK;
    FM_TRY(fm_json_get_integers(io, &list, -FM_MAX_NDIM, FM_MAX_NDIM - 1, &axes, &count));
    fm_status status = copy_dims(io, &list, axes, count, r);
    fm_io_free(io, axes);
    return status;
}

static fm_status read_record(fm_io *io, const fm_json_value *object, record *r) {
    r->options = (fm_profile_options)FM_PROFILE_OPTIONS_INIT;
    FM_TRY(fm_json_expect_object(io, object));
    FM_TRY(fm_json_check_keys(io, object, keys));
    FM_TRY(read_text(io, object, "name", false, &r->name));
    FM_TRY(read_text(io, object, "var_name", true, &r->var_name));
    r->options.name = r->name;
    r->options.var_name = r->var_name;
    FM_TRY(read_multipliers(io, object, r));
    return read_dims(io, object, r);
}

/* One object, or a list of them. */
static fm_status read_records(fm_io *io, const fm_json *document, fm_profile_config *config) {
    fm_json_value root = fm_json_root(document), child = {0};
    bool list = strcmp(fm_json_kind(&root), "list") == 0;
    size_t count = list ? fm_json_count(&root) : 1;
    if (count == 0 || count > CONFIG_LENGTH)
        return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: the list has %zu records, from 1 to %d needed",
                          document->name, count, CONFIG_LENGTH);
    config->records = fm_alloc(count * sizeof *config->records);
    if (!config->records) return fm_io_fail(io, FM_ERR_MEMORY, "%s: out of memory", document->name);
    config->count = (int)count;
    if (!list) return read_record(io, &root, &config->records[0]);
    for (size_t i = 0; fm_json_next(&root, &child); i++)
        FM_TRY(read_record(io, &child, &config->records[i]));
    return FM_OK;
}

fm_status fm_profile_config_load(fm_context *ctx, const char *path, fm_profile_config **out) {
    fm_error *error = fm_context_error_slot(ctx);
    fm_io io;
    fm_json document;
    FM_CHECK(path && out, error, FM_ERR_ARGUMENT, "profile: the path or the place is NULL");
    *out = NULL;
    fm_io_init(&io);
    fm_profile_config *config = fm_alloc(sizeof *config);
    FM_CHECK(config, error, FM_ERR_MEMORY, "profile: out of memory");
    fm_status status = fm_json_load(&io, path, CONFIG_BYTES, &document);
    if (status == FM_OK) {
        status = read_records(&io, &document, config);
        fm_json_close(&document);
    }
    if (status == FM_OK) {
        *out = config;
        return FM_OK;
    }
    fm_profile_config_release(config);
    return fm_fail(error, status, "%s", io.message);
}

int fm_profile_config_count(const fm_profile_config *config) {
    return config->count;
}

const fm_profile_options *fm_profile_config_at(const fm_profile_config *config, int index) {
    return index >= 0 && index < config->count ? &config->records[index].options : NULL;
}

void fm_profile_config_release(fm_profile_config *config) {
    if (!config) return;
    for (int i = 0; i < config->count; i++) {
        fm_free_block(config->records[i].name);
        fm_free_block(config->records[i].var_name);
        fm_free_block(config->records[i].multipliers);
        fm_free_block(config->records[i].dims);
    }
    fm_free_block(config->records);
    fm_free_block(config);
}
