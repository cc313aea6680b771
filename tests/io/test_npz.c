/* .npz against archives of NumPy's and of zipfile's zip64, against damage, and round trips. */
#include "io/io_test.h"

#include <unistd.h>

#include "io/npz.h"
#include "io/real.h"

static void check_arrays(fm_io *io, fm_io_npz *npz) {
    fm_io_array array;
    assert_int_equal(fm_io_npz_count(npz), 2);
    assert_string_equal(fm_io_npz_name(npz, 0), "weights");
    assert_string_equal(fm_io_npz_name(npz, 1), "steps");
    assert_null(fm_io_npz_name(npz, 2));
    assert_true(fm_io_npz_has(npz, "steps") && !fm_io_npz_has(npz, "step"));
    assert_ok(io, fm_io_npz_load(npz, "weights", &array));
    assert_int_equal(array.dtype, FM_FLOAT32);
    assert_int_equal(array.shape[1], 15);
    assert_true(fm_io_real_at(&array, 0) == -1 && fm_io_real_at(&array, 59) == 1);
    fm_io_array_close(io, &array);
    assert_ok(io, fm_io_npz_load(npz, "steps", &array));
    for (uint64_t i = 0; i < 6; i++) assert_true(fm_io_real_at(&array, i) == (double)i - 2);
    fm_io_array_close(io, &array);
}

static void test_archives(void **state) {
    (void)state;
    static const char *const names[] = {"stored.npz", "deflated.npz", "zip64.npz"};
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < 3; i++) {
        fm_io_npz *npz;
        assert_ok(&io, fm_io_npz_open(&io, fixture(names[i]), &npz));
        check_arrays(&io, npz);
        fm_io_npz_close(npz);
        fm_io_buffer bytes = fixture_bytes(&io, names[i]);
        assert_ok(&io, fm_io_npz_open_memory(&io, "memory", bytes.data, bytes.size, &npz));
        check_arrays(&io, npz);
        fm_io_npz_close(npz);
        fm_io_buffer_close(&io, &bytes);
    }
}

static void test_refusals(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_npz *npz;
    fm_io_array array;
    assert_fails(&io, fm_io_npz_open(&io, fixture("absent.npz"), &npz), FM_ERR_NOT_FOUND,
                 "absent.npz");
    assert_fails(&io, fm_io_npz_open(&io, fixture("mnist"), &npz), FM_ERR_IO, "regular file");
    assert_fails(&io, fm_io_npz_open(&io, fixture("little_f4.npy"), &npz), FM_ERR_FORMAT,
                 "zip archive");
    assert_fails(&io, fm_io_npz_open(&io, fixture("twice.npz"), &npz), FM_ERR_FORMAT,
                 "member 'steps' is there twice");
    assert_ok(&io, fm_io_npz_open(&io, fixture("lzma.npz"), &npz));
    assert_fails(&io, fm_io_npz_load(npz, "steps", &array), FM_ERR_UNSUPPORTED,
                 "compression is 14");
    fm_io_npz_close(npz);
    assert_ok(&io, fm_io_npz_open(&io, fixture("none.npz"), &npz));
    assert_int_equal(fm_io_npz_count(npz), 0);
    assert_fails(&io, fm_io_npz_load(npz, "notes", &array), FM_ERR_NOT_FOUND,
                 "has no member 'notes'; it has: none");
    fm_io_npz_close(npz);
    assert_ok(&io, fm_io_npz_open(&io, fixture("stored.npz"), &npz));
    assert_fails(&io, fm_io_npz_load(npz, "bias", &array), FM_ERR_NOT_FOUND,
                 "it has: weights, steps");
    io.max_bytes = 200;
    assert_fails(&io, fm_io_npz_load(npz, "weights", &array), FM_ERR_MEMORY,
                 "above the limit of 200");
    fm_io_npz_close(npz);
}

/* The place of a member's bytes of data in the archive, found by its content. */
static size_t find_bytes(const fm_io_buffer *in, const char *text, size_t size, size_t from) {
    for (size_t i = from; i + size <= in->size; i++) {
        if (memcmp(in->data + i, text, size) == 0) return i;
    }
    fail_msg("%s", "the fixture has changed");
    return 0;
}

static void test_damage_is_named(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer bytes = fixture_bytes(&io, "stored.npz");
    fm_io_npz *npz;
    fm_io_array array;
    size_t data = find_bytes(&bytes, "\x93NUMPY", 6, 0) + 130;
    bytes.data[data] ^= 1;
    assert_ok(&io, fm_io_npz_open_memory(&io, "a.npz", bytes.data, bytes.size, &npz));
    assert_fails(&io, fm_io_npz_load(npz, "weights", &array), FM_ERR_FORMAT,
                 "a.npz: member 'weights.npy': CRC-32 is ");
    fm_io_npz_close(npz);
    bytes.data[data] ^= 1;
    /* The directory claims 2 GiB more: uncompressed size is at byte 24 of its entry. */
    size_t entry = find_bytes(&bytes, "PK\x01\x02", 4, 0);
    bytes.data[entry + 27] = 0x80;
    assert_ok(&io, fm_io_npz_open_memory(&io, "a.npz", bytes.data, bytes.size, &npz));
    assert_fails(&io, fm_io_npz_load(npz, "weights", &array), FM_ERR_FORMAT, "claims 2147484");
    fm_io_npz_close(npz);
    fm_io_buffer_close(&io, &bytes);
}

/* Loads both arrays; FM_OK only when they are the undamaged ones. */
static fm_status load_both(fm_io *io, const void *bytes, size_t size,
                           const fm_io_array original[2]) {
    static const char *const names[] = {"weights", "steps"};
    fm_io_npz *npz;
    fm_status status = fm_io_npz_open_memory(io, "damaged", bytes, size, &npz);
    if (status != FM_OK) return status;
    for (int i = 0; i < 2 && status == FM_OK; i++) {
        fm_io_array array;
        status = fm_io_npz_load(npz, names[i], &array);
        if (status != FM_OK) break;
        assert_int_equal(array.bytes, original[i].bytes);
        assert_int_equal(array.dtype, original[i].dtype);
        assert_memory_equal(array.data, original[i].data, (size_t)array.bytes);
        fm_io_array_close(io, &array);
    }
    fm_io_npz_close(npz);
    return status;
}

static void load_original(fm_io *io, const char *name, fm_io_array original[2]) {
    fm_io_npz *npz;
    assert_ok(io, fm_io_npz_open(io, fixture(name), &npz));
    assert_ok(io, fm_io_npz_load(npz, "weights", &original[0]));
    assert_ok(io, fm_io_npz_load(npz, "steps", &original[1]));
    fm_io_npz_close(npz);
}

static void damage(const char *name) {
    counting count;
    fm_io io = counting_io(&count);
    fm_io_array original[2];
    load_original(&io, name, original);
    fm_io_buffer bytes = fixture_bytes(&io, name);
    long live = count.live;
    for (size_t size = 0; size < bytes.size; size++) {
        void *cut = exact_copy(bytes.data, size);
        assert_int_not_equal(load_both(&io, cut, size, original), FM_OK);
        assert_int_equal(count.live, live);
        free(cut);
    }
    uint8_t *copy = exact_copy(bytes.data, bytes.size);
    size_t refused = 0;
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        refused += load_both(&io, copy, bytes.size, original) != FM_OK;
        assert_int_equal(count.live, live);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    /* Dates, comments and the like carry nothing; all the rest must be seen. */
    assert_true(refused > bytes.size * 8 / 2);
    free(copy);
    for (int i = 0; i < 2; i++) fm_io_array_close(&io, &original[i]);
    fm_io_buffer_close(&io, &bytes);
}

static void test_damage_stored(void **state) {
    (void)state;
    damage("stored.npz");
}

static void test_damage_deflated(void **state) {
    (void)state;
    damage("deflated.npz");
}

static void test_damage_zip64(void **state) {
    (void)state;
    damage("zip64.npz");
}

static void check_round_trip(fm_io *io, const char *path, bool deflate) {
    fm_io_array original[2];
    load_original(io, "stored.npz", original);
    fm_io_npz_writer *writer;
    assert_ok(io, fm_io_npz_create(io, path, &writer));
    assert_ok(io, fm_io_npz_add(writer, "weights", &original[0], deflate));
    assert_ok(io, fm_io_npz_add(writer, "steps", &original[1], deflate));
    assert_int_not_equal(access(path, F_OK), 0);
    assert_ok(io, fm_io_npz_commit(writer));
    fm_io_npz *npz;
    assert_ok(io, fm_io_npz_open(io, path, &npz));
    check_arrays(io, npz);
    fm_io_npz_close(npz);
    assert_int_equal(unlink(path), 0);
    for (int i = 0; i < 2; i++) fm_io_array_close(io, &original[i]);
}

static void test_round_trip(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder();
    check_round_trip(&io, in_folder(folder, "a.npz"), false);
    check_round_trip(&io, in_folder(folder, "b.npz"), true);
    assert_int_equal(rmdir(folder), 0);
}

/* A failure leaves the file that was there, and no other. */
static void test_nothing_written_over(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder(), *path = in_folder(folder, "a.npz");
    fm_io_npz_writer *writer;
    fm_io_array none = {.dtype = FM_BFLOAT16, .rank = 1, .shape = {0}, .data = ""};
    fm_io_array good = {.dtype = FM_UINT8, .rank = 1, .shape = {3}, .data = "abc"};
    assert_ok(&io, fm_io_write_file(&io, path, "before", 6));
    assert_ok(&io, fm_io_npz_create(&io, path, &writer));
    assert_ok(&io, fm_io_npz_add(writer, "a", &good, true));
    assert_fails(&io, fm_io_npz_add(writer, "a", &good, true), FM_ERR_ARGUMENT,
                 "'a' is there already");
    assert_fails(&io, fm_io_npz_add(writer, "", &good, true), FM_ERR_ARGUMENT, "0 characters");
    assert_fails(&io, fm_io_npz_add(writer, "b", &none, true), FM_ERR_DTYPE, "bfloat16");
    assert_fails(&io, fm_io_npz_add(writer, "c", &good, true), FM_ERR_STATE, "earlier member");
    assert_fails(&io, fm_io_npz_commit(writer), FM_ERR_STATE, "could not be written");
    fm_io_buffer bytes;
    assert_ok(&io, fm_io_read_file(&io, path, &bytes));
    assert_string_equal((const char *)bytes.data, "before");
    fm_io_buffer_close(&io, &bytes);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_fails(&io, fm_io_npz_create(&io, path, &writer), FM_ERR_NOT_FOUND, "a.npz");
    assert_fails(&io, fm_io_npz_create(&io, "/dev/null", &writer), FM_ERR_IO, "regular file");
}

static fm_status load_and_save(fm_io *io) {
    fm_io_npz *npz;
    fm_io_array array;
    fm_status status = fm_io_npz_open(io, fixture("deflated.npz"), &npz);
    if (status != FM_OK) return status;
    status = fm_io_npz_load(npz, "weights", &array);
    fm_io_npz_close(npz);
    if (status != FM_OK) return status;
    char path[64];
    snprintf(path, sizeof path, "/tmp/flopmeter-npz-%ld.npz", (long)getpid());
    fm_io_npz_writer *writer = NULL;
    status = fm_io_npz_create(io, path, &writer);
    if (status == FM_OK) {
        status = fm_io_npz_add(writer, "weights", &array, true);
        if (status == FM_OK) {
            status = fm_io_npz_commit(writer);
        } else {
            fm_io_npz_abandon(writer);
        }
    }
    if (status == FM_OK) assert_int_equal(unlink(path), 0);
    fm_io_array_close(io, &array);
    return status;
}

static void test_refused_memory(void **state) {
    (void)state;
    fail_every_allocation(load_and_save);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_archives),        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_damage_is_named), cmocka_unit_test(test_damage_stored),
        cmocka_unit_test(test_damage_deflated), cmocka_unit_test(test_damage_zip64),
        cmocka_unit_test(test_round_trip),      cmocka_unit_test(test_nothing_written_over),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
