/* What the tests of this room share: fixtures, exact-size copies, an allocator that can refuse. */
#ifndef FM_TESTS_IO_TEST_H
#define FM_TESTS_IO_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "io/file.h"
#include "io/io.h"

/* Counts blocks, and refuses the one numbered fail_at, counted from 0. */
typedef struct counting {
    long made;
    long live;
    long fail_at;
} counting;

static inline void *counting_allocate(void *user, size_t bytes) {
    counting *count = user;
    if (count->made++ == count->fail_at) return NULL;
    void *block = malloc(bytes);
    assert_non_null(block);
    count->live++;
    return block;
}

static inline void counting_release(void *user, void *pointer) {
    ((counting *)user)->live--;
    free(pointer);
}

static inline fm_io counting_io(counting *count) {
    fm_io io;
    fm_io_init(&io);
    *count = (counting){.fail_at = -1};
    io.allocate = counting_allocate;
    io.release = counting_release;
    io.user = count;
    return io;
}

/* Refuses block after block of what `run` asks for, until it succeeds with none refused. */
static inline void fail_every_allocation(fm_status (*run)(fm_io *io)) {
    counting count;
    fm_io io = counting_io(&count);
    for (long n = 0;; n++) {
        count = (counting){.fail_at = n};
        io.message[0] = 0;
        fm_status status = run(&io);
        assert_int_equal(count.live, 0);
        if (count.made <= n) {
            assert_int_equal(status, FM_OK);
            assert_true(n > 0);
            return;
        }
        assert_int_equal(status, FM_ERR_MEMORY);
        assert_non_null(strstr(io.message, "memory"));
    }
}

static inline const char *fixture(const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/io/data/%s", FM_TEST_DATA, name);
    return path;
}

static inline fm_io_buffer fixture_bytes(fm_io *io, const char *name) {
    fm_io_buffer bytes;
    if (fm_io_read_file(io, fixture(name), &bytes) != FM_OK) fail_msg("%s", io->message);
    return bytes;
}

/* A block of exactly `size` bytes, so that a sanitizer sees one byte read past it. */
static inline void *exact_copy(const void *bytes, size_t size) {
    void *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    if (size) return copy;
    free(copy);
    return NULL;
}

/* A new folder's path, removed by remove_folder together with one file of each name given. */
static inline const char *new_folder(void) {
    static char path[64];
    strcpy(path, "/tmp/flopmeter-io-XXXXXX");
    assert_non_null(mkdtemp(path));
    return path;
}

static inline const char *in_folder(const char *folder, const char *name) {
    static char path[2][256];
    static int turn;
    turn ^= 1;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

#define assert_ok(io, call)                                                                        \
    do {                                                                                           \
        fm_status status_ = (call);                                                                \
        if (status_ != FM_OK) fail_msg("status %d: %s", (int)status_, (io)->message);              \
    } while (0)

#define assert_fails(io, call, status, text)                                                       \
    do {                                                                                           \
        fm_status status_ = (call);                                                                \
        assert_int_equal(status_, status);                                                         \
        if (!strstr((io)->message, text)) fail_msg("'%s' is not in '%s'", text, (io)->message);    \
    } while (0)

#endif
