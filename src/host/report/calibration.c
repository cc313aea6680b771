/* The cache of what devices were measured to reach: one JSON file a device. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/detail.h"
#include "io/file.h"
#include "io/json_in.h"
#include "io/json_out.h"
#include "report/summary.h"

/* The numbers of a calibration by their keys. */
static const struct {
    const char *key;
    size_t offset;
} numbers[] = {
    {"float32", offsetof(fm_calibration, float32)},
    {"float64", offsetof(fm_calibration, float64)},
    {"float16", offsetof(fm_calibration, float16)},
    {"bfloat16", offsetof(fm_calibration, bfloat16)},
    {"tf32", offsetof(fm_calibration, tf32)},
    {"triad", offsetof(fm_calibration, triad)},
    {"launch_ns", offsetof(fm_calibration, launch_ns)},
};
enum { NUMBERS = (int)(sizeof numbers / sizeof *numbers) };

/* $XDG_CACHE_HOME/flopmeter, as the base directory specification has it: a relative one is ignored.
 */
static bool folder_of(char *path, size_t size) {
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && *cache == '/') return (size_t)snprintf(path, size, "%s/flopmeter", cache) < size;
    return home && *home && (size_t)snprintf(path, size, "%s/.cache/flopmeter", home) < size;
}

/* The device's name with everything but letters, digits and points as '-'. */
static bool file_of(fm_device device, char *path, size_t size, fm_device_info *info) {
    char folder[400], name[sizeof info->name];
    if (fm_device_describe(device, info) != FM_OK || !folder_of(folder, sizeof folder))
        return false;
    snprintf(name, sizeof name, "%s", info->name);
    for (char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
              *c == '.'))
            *c = '-';
    return (size_t)snprintf(path, size, "%s/calibration-%s-%d.json", folder, name, info->units) <
           size;
}

static fm_status read_members(fm_io *io, const fm_json_value *root, fm_calibration *out) {
    fm_json_value value;
    const char *date = "";
    for (int i = 0; i < NUMBERS; i++) {
        double number = 0;
        FM_TRY(fm_json_member(io, root, numbers[i].key, false, &value));
        if (value.node && !fm_json_is_null(&value)) FM_TRY(fm_json_get_number(io, &value, &number));
        if (!(number >= 0))
            return fm_io_fail(io, FM_ERR_FORMAT, "%s: %s is %g, at least 0 is needed",
                              root->document->name, numbers[i].key, number);
        memcpy((char *)out + numbers[i].offset, &number, sizeof number);
    }
    FM_TRY(fm_json_member(io, root, "date", true, &value));
    FM_TRY(fm_json_get_string(io, &value, &date));
    snprintf(out->date, sizeof out->date, "%s", date);
    return FM_OK;
}

fm_status fm_calibration_load(fm_device device, fm_calibration *out, char *path, size_t path_size,
                              fm_error *error) {
    char file[600];
    fm_device_info info;
    fm_io io;
    fm_json document;
    if (path_size) *path = '\0';
    *out = (fm_calibration){.size = sizeof *out};
    FM_CHECK(file_of(device, file, sizeof file, &info), error, FM_ERR_NOT_FOUND,
             "calibration: neither XDG_CACHE_HOME nor HOME names a folder for it");
    if (path) snprintf(path, path_size, "%s", file);
    fm_io_init(&io);
    fm_status status = fm_json_load(&io, file, 1 << 16, &document);
    if (status != FM_OK) return fm_fail(error, status, "%s", io.message);
    fm_json_value root = fm_json_root(&document);
    status = read_members(&io, &root, out);
    fm_json_close(&document);
    if (status != FM_OK) {
        *out = (fm_calibration){.size = sizeof *out};
        return fm_fail(error, status, "%s", io.message);
    }
    memcpy(out->device, info.name, sizeof out->device);
    return FM_OK;
}

/* Makes every folder on the way to the file. */
static bool make_folders(char *file) {
    for (char *slash = strchr(file + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(file, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) return false;
    }
    return true;
}

static fm_status write_members(fm_io *io, fm_io_buffer *buffer, const fm_calibration *c) {
    fm_json_writer json;
    fm_json_begin(&json, io, buffer, 2);
    fm_json_open_object(&json);
    fm_json_key(&json, "version");
    fm_json_put_int(&json, 1);
    fm_json_key(&json, "device");
    fm_json_put_string(&json, c->device);
    fm_json_key(&json, "date");
    fm_json_put_string(&json, c->date);
    for (int i = 0; i < NUMBERS; i++) {
        double number;
        memcpy(&number, (const char *)c + numbers[i].offset, sizeof number);
        fm_json_key(&json, numbers[i].key);
        if (number > 0)
            fm_json_put_double(&json, number);
        else
            fm_json_put_null(&json);
    }
    fm_json_close_object(&json);
    return fm_json_end(&json);
}

fm_status fm_calibration_save(fm_device device, const fm_calibration *calibration, char *path,
                              size_t path_size, fm_error *error) {
    char file[600];
    fm_device_info info;
    fm_io io;
    fm_io_buffer buffer = {0};
    FM_CHECK(file_of(device, file, sizeof file, &info), error, FM_ERR_NOT_FOUND,
             "calibration: neither XDG_CACHE_HOME nor HOME names a folder for it");
    if (path) snprintf(path, path_size, "%s", file);
    FM_CHECK(make_folders(file), error, FM_ERR_IO, "calibration: %s: %s", file, strerror(errno));
    fm_io_init(&io);
    fm_status status = write_members(&io, &buffer, calibration);
    if (status == FM_OK) status = fm_io_write_file(&io, file, buffer.data, buffer.size);
    fm_io_buffer_close(&io, &buffer);
    return status == FM_OK ? FM_OK : fm_fail(error, status, "%s", io.message);
}
