/* IDX files of every element type, plain and gzip, whole directories, and damage. */
#include "io/io_test.h"

#include "io/gzip.h"
#include "io/idx.h"
#include "io/real.h"

static const struct {
    const char *name;
    fm_dtype dtype;
} files[] = {{"u1.idx", FM_UINT8},    {"i1.idx", FM_INT8},  {"i2.idx", FM_INT16},
             {"i2.idx.gz", FM_INT16}, {"i4.idx", FM_INT32}, {"f4.idx", FM_FLOAT32},
             {"f8.idx", FM_FLOAT64}};

static void test_element_types(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        fm_io_array array;
        assert_ok(&io, fm_io_idx_load(&io, fixture(files[k].name), &array));
        assert_int_equal(array.dtype, files[k].dtype);
        assert_int_equal(array.rank, 2);
        assert_int_equal(array.shape[0], 2);
        assert_int_equal(array.shape[1], 3);
        double first = array.dtype == FM_UINT8 ? 0 : -2;
        for (int i = 0; i < 6; i++) assert_true(fm_io_real_at(&array, (uint64_t)i) == first + i);
        fm_io_array_close(&io, &array);
    }
}

static void check_pair(fm_io *io, fm_io_idx_part part, int64_t n) {
    static const uint8_t expected[] = {3, 0, 1, 2, 1};
    fm_io_array images, labels;
    assert_ok(io, fm_io_idx_load_pair(io, fixture("mnist"), part, &images, &labels));
    assert_int_equal(images.shape[0], n);
    assert_int_equal(images.shape[1], 4);
    assert_int_equal(images.shape[2], 3);
    assert_int_equal(((const uint8_t *)images.data)[17], 68);
    assert_int_equal(labels.count, n);
    assert_memory_equal(labels.data, expected, (size_t)n);
    fm_io_array_close(io, &images);
    fm_io_array_close(io, &labels);
}

/* The training files are plain and spelled with '-', the test files are gzip and spelled with '.'.
 */
static void test_directory(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    fm_io_array images, labels;
    check_pair(&io, FM_IO_IDX_TRAIN, 5);
    check_pair(&io, FM_IO_IDX_TEST, 2);
    assert_fails(&io,
                 fm_io_idx_load_pair(&io, fixture("unequal"), FM_IO_IDX_TRAIN, &images, &labels),
                 FM_ERR_SHAPE, "unequal/train-images-idx3-ubyte: has 5 images, but ");
    assert_non_null(strstr(io.message, "train-labels-idx1-ubyte has 4 labels"));
    assert_fails(&io,
                 fm_io_idx_load_pair(&io, fixture("unequal"), FM_IO_IDX_TEST, &images, &labels),
                 FM_ERR_NOT_FOUND, "has no t10k-images-idx3-ubyte");
    assert_fails(&io,
                 fm_io_idx_load_pair(&io, fixture("absent"), FM_IO_IDX_TRAIN, &images, &labels),
                 FM_ERR_NOT_FOUND, "absent: has no train-images-idx3-ubyte");
    assert_int_equal(count.live, 0);
}

static const struct {
    const char *bytes;
    size_t size;
    fm_status status;
    const char *text;
} headers[] = {
    {"\0\0\x08\0\x05", 5, FM_OK, ""},
    {"\0\0\x08", 3, FM_ERR_FORMAT, "needs 4 bytes, but the file has 3"},
    {"\x01\0\x08\0\x05", 5, FM_ERR_FORMAT, "begins 01 00, not 00 00"},
    {"\0\0\x0a\0\x05", 5, FM_ERR_DTYPE, "code is 0x0a"},
    {"\0\0\x08\x41", 4, FM_ERR_SHAPE, "65 axes"},
    {"\0\0\x08\x01\0\0", 6, FM_ERR_FORMAT, "1 axes needs 8 bytes, but the file has 6"},
    {"\0\0\x08\x01\0\0\0\x02\x07", 9, FM_ERR_FORMAT, "(2,) of uint8 needs 2 bytes, but 1 follow"},
    {"\0\0\x08\x01\0\0\0\x01\x07\x07", 10, FM_ERR_FORMAT, "needs 1 bytes, but 2 follow"},
    {"\0\0\x0e\x02\xff\xff\xff\xff\xff\xff\xff\xff", 12, FM_ERR_OVERFLOW,
     "(4294967295, 4294967295) of float64"},
};

static void test_headers(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        void *copy = exact_copy(headers[i].bytes, headers[i].size);
        fm_io_array array;
        io.message[0] = 0;
        assert_fails(&io, fm_io_idx_read(&io, "t.idx", copy, headers[i].size, &array),
                     headers[i].status, headers[i].text);
        if (headers[i].status == FM_OK) {
            assert_int_equal(array.count, 1);
            fm_io_array_close(&io, &array);
        } else {
            assert_int_equal(strncmp(io.message, "t.idx: ", 7), 0);
        }
        free(copy);
    }
}

static void cut(const char *name) {
    counting count;
    fm_io io = counting_io(&count);
    fm_io_buffer bytes = fixture_bytes(&io, name);
    for (size_t size = 0; size < bytes.size; size++) {
        void *part = exact_copy(bytes.data, size);
        fm_io_array array;
        assert_fails(&io, fm_io_idx_read(&io, name, part, size, &array), FM_ERR_FORMAT, name);
        free(part);
    }
    fm_io_buffer_close(&io, &bytes);
    assert_int_equal(count.live, 0);
}

static void test_cut_at_every_byte(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) cut(files[k].name);
}

/* gzip's checksum must see every flip that changes the elements. */
static void test_flip_every_bit(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    fm_io_array original;
    assert_ok(&io, fm_io_idx_load(&io, fixture("i2.idx.gz"), &original));
    fm_io_buffer bytes = fixture_bytes(&io, "i2.idx.gz");
    uint8_t *copy = exact_copy(bytes.data, bytes.size);
    size_t refused = 0;
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        fm_io_array array;
        if (fm_io_idx_read(&io, "flip", copy, bytes.size, &array) == FM_OK) {
            assert_int_equal(array.bytes, original.bytes);
            assert_memory_equal(array.data, original.data, (size_t)array.bytes);
            fm_io_array_close(&io, &array);
        } else {
            refused++;
        }
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    /* All but gzip's date, flags and system bytes. */
    assert_true(refused >= (bytes.size - 10) * 8);
    free(copy);
    fm_io_array_close(&io, &original);
    fm_io_buffer_close(&io, &bytes);
    assert_int_equal(count.live, 0);
}

static void test_gzip_members(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer one = fixture_bytes(&io, "i2.idx.gz"), two = {0}, plain = {0};
    assert_ok(&io, fm_io_gunzip(&io, "one", one.data, one.size, &plain));
    size_t size = plain.size;
    fm_io_buffer_close(&io, &plain);
    for (int i = 0; i < 2; i++) assert_ok(&io, fm_io_buffer_append(&io, &two, one.data, one.size));
    assert_ok(&io, fm_io_gunzip(&io, "two", two.data, two.size, &plain));
    assert_int_equal(plain.size, 2 * size);
    assert_memory_equal(plain.data, plain.data + size, size);
    fm_io_buffer_close(&io, &plain);
    assert_ok(&io, fm_io_buffer_append(&io, &two, "x", 1));
    assert_fails(&io, fm_io_gunzip(&io, "two", two.data, two.size, &plain), FM_ERR_FORMAT,
                 "two: gzip");
    assert_null(plain.data);
    fm_io_buffer_close(&io, &one);
    fm_io_buffer_close(&io, &two);
}

static fm_status load_pair(fm_io *io) {
    fm_io_array images, labels;
    fm_status status = fm_io_idx_load_pair(io, fixture("mnist"), FM_IO_IDX_TEST, &images, &labels);
    if (status != FM_OK) return status;
    fm_io_array_close(io, &images);
    fm_io_array_close(io, &labels);
    return status;
}

static void test_refused_memory(void **state) {
    (void)state;
    fail_every_allocation(load_pair);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_element_types),  cmocka_unit_test(test_directory),
        cmocka_unit_test(test_headers),        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_flip_every_bit), cmocka_unit_test(test_gzip_members),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
