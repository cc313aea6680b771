/* Reading a whole file, and replacing one only when its successor is complete. */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIPE_FIRST ((uint64_t)1 << 16)
#define AT_ONCE    ((size_t)1 << 30) /* Linux moves at most about 2 GiB in one call */

static fm_status fail_errno(fm_io *io, const char *path, const char *doing, int number) {
    fm_status status = number == ENOENT ? FM_ERR_NOT_FOUND : FM_ERR_IO;
    return fm_io_fail(io, status, "%s: cannot %s: %s", path, doing, strerror(number));
}

/* Reads until the end, which for a pipe is only found by reading. */
static fm_status read_all(fm_io *io, const char *path, int descriptor, fm_io_buffer *out) {
    for (;;) {
        fm_status status = fm_io_buffer_grow(io, out, (uint64_t)out->size + 1);
        if (status != FM_OK) return status;
        size_t room = out->capacity - out->size - 1;
        ssize_t got = read(descriptor, out->data + out->size, room < AT_ONCE ? room : AT_ONCE);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_errno(io, path, "read", errno);
        if (got == 0) break;
        out->size += (size_t)got;
    }
    out->data[out->size] = 0;
    return FM_OK;
}

/* Room for what a regular file holds and one byte more, so that its end is seen without growing. */
static fm_status reserve_for(fm_io *io, const char *path, int descriptor, fm_io_buffer *out) {
    struct stat about;
    if (fstat(descriptor, &about) != 0) return fail_errno(io, path, "read", errno);
    uint64_t expected = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : PIPE_FIRST;
    if (S_ISREG(about.st_mode) && expected + 2 > io->max_bytes) {
        return fm_io_fail(io, FM_ERR_MEMORY, "%s: has %llu bytes, above the limit of %llu", path,
                          (unsigned long long)expected, (unsigned long long)io->max_bytes);
    }
    return fm_io_buffer_grow(io, out, expected + 1);
}

fm_status fm_io_read_file(fm_io *io, const char *path, fm_io_buffer *out) {
    *out = (fm_io_buffer){0};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail_errno(io, path, "open", errno);
    fm_status status = reserve_for(io, path, descriptor, out);
    if (status == FM_OK) status = read_all(io, path, descriptor, out);
    close(descriptor);
    if (status != FM_OK) fm_io_buffer_close(io, out);
    return status;
}

/* A name beside the target that nobody has; the descriptor is open on it. */
static fm_status open_temporary(fm_io *io, fm_io_replacement *file) {
    size_t size = strlen(file->path) + 48;
    void *name;
    fm_status status = fm_io_alloc(io, "file name", size, &name);
    if (status != FM_OK) return status;
    file->temporary = name;
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        snprintf(file->temporary, size, "%s.%ld-%u.part", file->path, (long)getpid(), attempt);
        file->descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->descriptor >= 0) return FM_OK;
        if (errno != EEXIST) break;
    }
    status = fail_errno(io, file->path, "write", errno);
    fm_io_free(io, file->temporary);
    file->temporary = NULL;
    return status;
}

fm_status fm_io_replace_begin(fm_io *io, const char *path, fm_io_replacement *out) {
    *out = (fm_io_replacement){.descriptor = -1};
    struct stat about;
    bool there = stat(path, &about) == 0;
    /* Follow a link now: renaming over it would replace the link instead of what it names. */
    char resolved[PATH_MAX];
    const char *target = there && realpath(path, resolved) ? resolved : path;
    void *copy;
    fm_status status = fm_io_alloc(io, "file name", strlen(target) + 1, &copy);
    if (status != FM_OK) return status;
    out->path = memcpy(copy, target, strlen(target) + 1);
    if (there && !S_ISREG(about.st_mode)) {
        out->descriptor = open(out->path, O_WRONLY | O_CLOEXEC);
        if (out->descriptor < 0) status = fail_errno(io, path, "write", errno);
    } else {
        status = open_temporary(io, out);
    }
    if (status != FM_OK) fm_io_replace_abandon(io, out);
    return status;
}

fm_status fm_io_replace_write(fm_io *io, fm_io_replacement *file, const void *bytes, size_t size) {
    const char *p = bytes;
    while (size) {
        ssize_t wrote = write(file->descriptor, p, size < AT_ONCE ? size : AT_ONCE);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return fail_errno(io, file->path, "write", errno);
        p += wrote;
        size -= (size_t)wrote;
    }
    return FM_OK;
}

fm_status fm_io_replace_patch(fm_io *io, fm_io_replacement *file, uint64_t offset,
                              const void *bytes, size_t size) {
    ssize_t wrote;
    do {
        wrote = pwrite(file->descriptor, bytes, size, (off_t)offset);
    } while (wrote < 0 && errno == EINTR);
    if (wrote < 0) return fail_errno(io, file->path, "write", errno);
    if ((size_t)wrote == size) return FM_OK;
    return fm_io_fail(io, FM_ERR_IO, "%s: wrote %zd of %zu bytes", file->path, wrote, size);
}

static void forget(fm_io *io, fm_io_replacement *file) {
    fm_io_free(io, file->path);
    fm_io_free(io, file->temporary);
    *file = (fm_io_replacement){.descriptor = -1};
}

fm_status fm_io_replace_commit(fm_io *io, fm_io_replacement *file) {
    fm_status status = FM_OK;
    if (file->descriptor >= 0 && close(file->descriptor) != 0) {
        status = fail_errno(io, file->path, "write", errno);
    }
    file->descriptor = -1;
    if (status == FM_OK && file->temporary && rename(file->temporary, file->path) != 0) {
        status = fail_errno(io, file->path, "write", errno);
    }
    if (status != FM_OK && file->temporary) unlink(file->temporary);
    forget(io, file);
    return status;
}

void fm_io_replace_abandon(fm_io *io, fm_io_replacement *file) {
    if (file->descriptor >= 0) close(file->descriptor);
    if (file->temporary) unlink(file->temporary);
    forget(io, file);
}

fm_status fm_io_write_file(fm_io *io, const char *path, const void *bytes, size_t size) {
    fm_io_replacement file;
    fm_status status = fm_io_replace_begin(io, path, &file);
    if (status != FM_OK) return status;
    status = fm_io_replace_write(io, &file, bytes, size);
    if (status == FM_OK) return fm_io_replace_commit(io, &file);
    fm_io_replace_abandon(io, &file);
    return status;
}
