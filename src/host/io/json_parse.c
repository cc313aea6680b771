/* From text to cJSON's tree, with the place of the first mistake as line and column. */
#include "io/json_in.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "io/file.h"

/* Columns count bytes from 1, as compilers do. */
static fm_status fail_at(fm_io *io, const char *name, const char *text, size_t size, size_t at) {
    size_t line = 1, start = 0;
    for (size_t i = 0; i < at; i++) {
        if (text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    char found[16] = "the end";
    if (at < size) snprintf(found, sizeof found, "'%c'", text[at]);
    return fm_io_fail(io, FM_ERR_FORMAT, "%s:%zu:%zu: not JSON: unexpected %s", name, line,
                      at - start + 1, found);
}

/* `text` has a zero after its `size` bytes. */
static fm_status parse(fm_io *io, const char *name, const char *text, size_t size, fm_json *out) {
    const char *end = text, *zero = memchr(text, 0, size);
    *out = (fm_json){0};
    /* cJSON would take a zero for the end. */
    if (zero) return fail_at(io, name, text, size, (size_t)(zero - text));
    out->root = cJSON_ParseWithLengthOpts(text, size + 1, &end, 1);
    if (!out->root) {
        size_t at = end >= text && end <= text + size ? (size_t)(end - text) : 0;
        return fail_at(io, name, text, size, at);
    }
    snprintf(out->name, sizeof out->name, "%s", name);
    return FM_OK;
}

fm_status fm_json_parse(fm_io *io, const char *name, const void *text, size_t size, fm_json *out) {
    fm_io_buffer copy = {0};
    *out = (fm_json){0};
    fm_status status = fm_io_buffer_append(io, &copy, text, size);
    if (status == FM_OK) status = parse(io, name, (const char *)copy.data, size, out);
    fm_io_buffer_close(io, &copy);
    return status;
}

fm_status fm_json_load(fm_io *io, const char *path, uint64_t limit, fm_json *out) {
    fm_io_buffer file;
    *out = (fm_json){0};
    fm_status status = fm_io_read_file(io, path, &file);
    if (status == FM_OK && file.size > limit) {
        status = fm_io_fail(io, FM_ERR_FORMAT, "%s: has %zu bytes, expected at most %llu", path,
                            file.size, (unsigned long long)limit);
    }
    if (status == FM_OK) status = parse(io, path, (const char *)file.data, file.size, out);
    fm_io_buffer_close(io, &file);
    return status;
}

void fm_json_close(fm_json *document) {
    cJSON_Delete(document->root);
    *document = (fm_json){0};
}
