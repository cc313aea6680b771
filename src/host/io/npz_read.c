/* Reading .npz: the members of a zip archive that end in .npy, listed and loaded by name. */
#include "io/npz.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/npy.h"
#include "io/zip.h"

typedef struct member {
    char *name; /* without .npy */
    fm_io_zip_entry entry;
} member;

struct fm_io_npz {
    fm_io *io;
    char *name;
    fm_io_zip_source source;
    fm_io_buffer directory; /* the entries' names point into it */
    uint64_t start;         /* of the directory, in the archive */
    fm_io_buffer list;      /* of member */
};

static member *members(const fm_io_npz *npz) {
    return (member *)(void *)npz->list.data;
}

size_t fm_io_npz_count(const fm_io_npz *npz) {
    return npz->list.size / sizeof(member);
}

const char *fm_io_npz_name(const fm_io_npz *npz, size_t index) {
    return index < fm_io_npz_count(npz) ? members(npz)[index].name : NULL;
}

static const member *find(const fm_io_npz *npz, const char *name) {
    for (size_t i = 0; i < fm_io_npz_count(npz); i++) {
        if (strcmp(members(npz)[i].name, name) == 0) return &members(npz)[i];
    }
    return NULL;
}

bool fm_io_npz_has(const fm_io_npz *npz, const char *name) {
    return find(npz, name) != NULL;
}

static fm_status duplicate(fm_io *io, const char *text, size_t size, char **out) {
    void *copy;
    fm_status status = fm_io_alloc(io, "name", size + 1, &copy);
    *out = copy;
    if (status != FM_OK) return status;
    memcpy(copy, text, size);
    (*out)[size] = 0;
    return FM_OK;
}

static fm_status list_entry(fm_io_npz *npz, const fm_io_zip_entry *entry) {
    size_t size = entry->name_size;
    if (size < 4 || memcmp(entry->name + size - 4, ".npy", 4) != 0) return FM_OK;
    member found = {.entry = *entry};
    fm_status status = duplicate(npz->io, entry->name, size - 4, &found.name);
    if (status != FM_OK) return status;
    status = fm_io_buffer_append(npz->io, &npz->list, &found, sizeof found);
    if (status != FM_OK) fm_io_free(npz->io, found.name);
    return status;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorting the names puts equal ones side by side, however many there are. */
static fm_status check_unique(fm_io_npz *npz) {
    size_t count = fm_io_npz_count(npz);
    void *memory;
    fm_status status = fm_io_alloc(npz->io, "names", count * sizeof(char *), &memory);
    if (status != FM_OK) return status;
    char **names = memory;
    for (size_t i = 0; i < count; i++) names[i] = members(npz)[i].name;
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 1; i < count && status == FM_OK; i++) {
        if (strcmp(names[i - 1], names[i]) == 0) {
            status = fm_io_fail(npz->io, FM_ERR_FORMAT, "%s: member '%s' is there twice", npz->name,
                                names[i]);
        }
    }
    fm_io_free(npz->io, memory);
    return status;
}

static fm_status list_members(fm_io_npz *npz) {
    uint64_t entries = 0, seen = 0;
    fm_status status = fm_io_zip_directory(&npz->source, &npz->directory, &entries, &npz->start);
    for (size_t at = 0; status == FM_OK && at < npz->directory.size; seen++) {
        fm_io_zip_entry entry;
        status = fm_io_zip_entry_at(&npz->source, &npz->directory, &at, &entry);
        if (status == FM_OK) status = list_entry(npz, &entry);
    }
    if (status != FM_OK) return status;
    if (seen != entries) {
        return fm_io_fail(npz->io, FM_ERR_FORMAT, "%s: directory has %llu entries, but claims %llu",
                          npz->name, (unsigned long long)seen, (unsigned long long)entries);
    }
    return check_unique(npz);
}

/* Takes the descriptor over, also on failure. */
static fm_status open_source(fm_io *io, const char *name, const fm_io_zip_source *source,
                             fm_io_npz **out) {
    void *memory;
    *out = NULL;
    fm_status status = fm_io_alloc(io, "archive", sizeof(fm_io_npz), &memory);
    if (status != FM_OK) {
        if (source->descriptor >= 0) close(source->descriptor);
        return status;
    }
    fm_io_npz *npz = memory;
    *npz = (fm_io_npz){.io = io, .source = *source};
    npz->source.io = io;
    status = duplicate(io, name, strlen(name), &npz->name);
    npz->source.name = npz->name;
    if (status == FM_OK) status = list_members(npz);
    if (status == FM_OK) {
        *out = npz;
    } else {
        fm_io_npz_close(npz);
    }
    return status;
}

fm_status fm_io_npz_open_memory(fm_io *io, const char *name, const void *bytes, size_t size,
                                fm_io_npz **out) {
    fm_io_zip_source source = {
        .bytes = bytes ? bytes : (const uint8_t *)"", .descriptor = -1, .size = size};
    return open_source(io, name, &source, out);
}

fm_status fm_io_npz_open(fm_io *io, const char *path, fm_io_npz **out) {
    *out = NULL;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return fm_io_fail(io, errno == ENOENT ? FM_ERR_NOT_FOUND : FM_ERR_IO, "%s: cannot open: %s",
                          path, strerror(errno));
    }
    struct stat about;
    if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(descriptor);
        return fm_io_fail(io, FM_ERR_IO, "%s: is not a regular file", path);
    }
    fm_io_zip_source source = {.descriptor = descriptor, .size = (uint64_t)about.st_size};
    return open_source(io, path, &source, out);
}

void fm_io_npz_close(fm_io_npz *npz) {
    if (!npz) return;
    if (npz->source.descriptor >= 0) close(npz->source.descriptor);
    for (size_t i = 0; i < fm_io_npz_count(npz); i++) fm_io_free(npz->io, members(npz)[i].name);
    fm_io_buffer_close(npz->io, &npz->list);
    fm_io_buffer_close(npz->io, &npz->directory);
    fm_io_free(npz->io, npz->name);
    fm_io_free(npz->io, npz);
}

static fm_status fail_not_found(fm_io_npz *npz, const char *name) {
    fm_io *io = npz->io;
    fm_io_buffer list = {0};
    fm_status status = FM_OK;
    for (size_t i = 0; i < fm_io_npz_count(npz) && status == FM_OK && list.size < 200; i++) {
        const char *one = fm_io_npz_name(npz, i);
        if (i) status = fm_io_buffer_append(io, &list, ", ", 2);
        if (status == FM_OK) status = fm_io_buffer_append(io, &list, one, strlen(one));
    }
    if (status == FM_OK) {
        status = fm_io_fail(io, FM_ERR_NOT_FOUND, "%s: has no member '%s'; it has: %s", npz->name,
                            name, list.size ? (const char *)list.data : "none");
    }
    fm_io_buffer_close(io, &list);
    return status;
}

fm_status fm_io_npz_load(fm_io_npz *npz, const char *name, fm_io_array *out) {
    *out = (fm_io_array){0};
    const member *from = find(npz, name);
    if (!from) return fail_not_found(npz, name);
    fm_io *io = npz->io;
    fm_io_buffer bytes = {0}, label = {0};
    fm_status status = fm_io_zip_unpack(&npz->source, &from->entry, npz->start, &bytes);
    if (status == FM_OK) status = fm_io_buffer_append(io, &label, npz->name, strlen(npz->name));
    if (status == FM_OK) status = fm_io_buffer_append(io, &label, "/", 1);
    if (status == FM_OK) status = fm_io_buffer_append(io, &label, name, strlen(name));
    if (status == FM_OK) status = fm_io_npy_adopt(io, (const char *)label.data, &bytes, out);
    fm_io_buffer_close(io, &bytes);
    fm_io_buffer_close(io, &label);
    return status;
}
