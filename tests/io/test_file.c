/* Whole files: reading from pipes, limits, and replacing only when complete. */
#include "io/io_test.h"

#include <sys/stat.h>
#include <unistd.h>

static void check_content(fm_io *io, const char *path, const char *expected) {
    fm_io_buffer bytes;
    assert_ok(io, fm_io_read_file(io, path, &bytes));
    assert_int_equal(bytes.size, strlen(expected));
    assert_string_equal((const char *)bytes.data, expected);
    fm_io_buffer_close(io, &bytes);
}

static void test_limits(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder(), *path = in_folder(folder, "a");
    assert_ok(&io, fm_io_write_file(&io, path, "12345678", 8));
    check_content(&io, path, "12345678");
    io.max_bytes = 10;
    check_content(&io, path, "12345678");
    io.max_bytes = 9;
    fm_io_buffer bytes;
    assert_fails(&io, fm_io_read_file(&io, path, &bytes), FM_ERR_MEMORY,
                 "has 8 bytes, above the limit of 9");
    assert_null(bytes.data);
    fm_io_init(&io);
    assert_ok(&io, fm_io_write_file(&io, path, "", 0));
    check_content(&io, path, "");
    assert_int_equal(unlink(path), 0);
    assert_fails(&io, fm_io_read_file(&io, path, &bytes), FM_ERR_NOT_FOUND, "cannot open");
    assert_fails(&io, fm_io_read_file(&io, folder, &bytes), FM_ERR_IO, "cannot read");
    assert_int_equal(rmdir(folder), 0);
}

/* A pipe says no size: it is read to its end, and up to the limit. */
static void test_pipe(void **state) {
    (void)state;
    int ends[2];
    char path[32], block[40000];
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer bytes;
    memset(block, 'x', sizeof block);
    for (int limited = 0; limited < 2; limited++) {
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], block, sizeof block), sizeof block);
        close(ends[1]);
        snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
        if (limited) io.max_bytes = sizeof block / 2;
        fm_status status = fm_io_read_file(&io, path, &bytes);
        close(ends[0]);
        if (limited) {
            assert_int_equal(status, FM_ERR_MEMORY);
        } else {
            assert_int_equal(status, FM_OK);
            assert_int_equal(bytes.size, sizeof block);
            fm_io_buffer_close(&io, &bytes);
        }
    }
}

static void test_replacement(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder(), *path = in_folder(folder, "a");
    fm_io_replacement file;
    assert_ok(&io, fm_io_write_file(&io, path, "before", 6));
    assert_ok(&io, fm_io_replace_begin(&io, path, &file));
    assert_ok(&io, fm_io_replace_write(&io, &file, "after", 5));
    check_content(&io, path, "before");
    fm_io_replace_abandon(&io, &file);
    check_content(&io, path, "before");
    assert_ok(&io, fm_io_replace_begin(&io, path, &file));
    assert_ok(&io, fm_io_replace_write(&io, &file, "xfter", 5));
    assert_ok(&io, fm_io_replace_patch(&io, &file, 0, "a", 1));
    assert_ok(&io, fm_io_replace_commit(&io, &file));
    check_content(&io, path, "after");
    /* rmdir succeeds only when no temporary file was left. */
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_fails(&io, fm_io_write_file(&io, path, "x", 1), FM_ERR_NOT_FOUND, "cannot write");
}

/* A link stays a link, and what it names is replaced. */
static void test_link(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder(), *path = in_folder(folder, "a"),
               *link = in_folder(folder, "l");
    struct stat about;
    assert_ok(&io, fm_io_write_file(&io, path, "before", 6));
    assert_int_equal(symlink("a", link), 0);
    assert_ok(&io, fm_io_write_file(&io, link, "after", 5));
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    check_content(&io, path, "after");
    assert_int_equal(unlink(link) + unlink(path) + rmdir(folder), 0);
}

static void test_not_a_file(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    assert_ok(&io, fm_io_write_file(&io, "/dev/null", "x", 1));
    assert_fails(&io, fm_io_write_file(&io, "/dev/full", "x", 1), FM_ERR_IO,
                 "/dev/full: cannot write: ");
    assert_fails(&io, fm_io_write_file(&io, "/tmp", "x", 1), FM_ERR_IO, "/tmp: cannot write: ");
}

static void test_message(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = 0;
    assert_int_equal(fm_io_fail(&io, FM_ERR_IO, "a\nb\x1b%s", text), FM_ERR_IO);
    assert_int_equal(strlen(io.message), sizeof io.message - 1);
    assert_int_equal(strncmp(io.message, "a?b?xxx", 7), 0);
    assert_string_equal(io.message + sizeof io.message - 5, "x...");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_replacement), cmocka_unit_test(test_link),
        cmocka_unit_test(test_not_a_file),  cmocka_unit_test(test_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
