/* .npy against files that NumPy wrote, against damage, and back again byte for byte. */
#include "io/io_test.h"

#include <unistd.h>

#include "io/npy.h"
#include "io/real.h"

static const struct {
    const char *code;
    fm_dtype dtype;
} dtypes[] = {
    {"b1", FM_BOOL},      {"i1", FM_INT8},        {"i2", FM_INT16},   {"i4", FM_INT32},
    {"i8", FM_INT64},     {"u1", FM_UINT8},       {"u2", FM_UINT16},  {"u4", FM_UINT32},
    {"u8", FM_UINT64},    {"f2", FM_FLOAT16},     {"f4", FM_FLOAT32}, {"f8", FM_FLOAT64},
    {"c8", FM_COMPLEX64}, {"c16", FM_COMPLEX128},
};

/* The rule of make_fixtures.py: the real part of element i. */
static double expected_value(fm_dtype dtype, int64_t i) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'b' ? (double)(i % 2) : kind == 'u' ? (double)i : (double)(i - 2);
}

static void check_values(const fm_io_array *array) {
    fm_io_array parts = *array;
    int step = 1;
    if (fm_dtype_kind(array->dtype) == 'c') {
        parts.dtype = array->dtype == FM_COMPLEX64 ? FM_FLOAT32 : FM_FLOAT64;
        step = 2;
    }
    fm_io_walk walk = fm_io_walk_start(array);
    for (int64_t i = 0; i < (int64_t)array->count; i++, fm_io_walk_next(&walk)) {
        double real = fm_io_real_at(&parts, walk.index * (uint64_t)step);
        assert_true(real == expected_value(array->dtype, i));
        if (step == 2) assert_true(fm_io_real_at(&parts, walk.index * 2 + 1) == (double)i);
    }
}

static void check_matrix(fm_io *io, const char *name, fm_dtype dtype) {
    fm_io_array array;
    assert_ok(io, fm_io_npy_load(io, fixture(name), &array));
    assert_int_equal(array.dtype, dtype);
    assert_int_equal(array.rank, 2);
    assert_int_equal(array.shape[0], 2);
    assert_int_equal(array.shape[1], 3);
    assert_int_equal(array.bytes, 6 * fm_dtype_size(dtype));
    assert_int_equal((uintptr_t)array.data % 16, 0);
    check_values(&array);
    fm_io_array_close(io, &array);
}

static void test_dtypes(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++) {
        char name[32];
        snprintf(name, sizeof name, "little_%s.npy", dtypes[i].code);
        check_matrix(&io, name, dtypes[i].dtype);
        if (fm_dtype_size(dtypes[i].dtype) == 1) continue;
        snprintf(name, sizeof name, "big_%s.npy", dtypes[i].code);
        check_matrix(&io, name, dtypes[i].dtype);
    }
    check_matrix(&io, "fortran.npy", FM_FLOAT32);
    check_matrix(&io, "version2.npy", FM_INT32);
    check_matrix(&io, "version3.npy", FM_INT32);
}

static void test_shapes(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_array array;
    assert_ok(&io, fm_io_npy_load(&io, fixture("scalar.npy"), &array));
    assert_int_equal(array.rank, 0);
    assert_int_equal(array.count, 1);
    assert_true(fm_io_real_at(&array, 0) == 2.5);
    fm_io_array_close(&io, &array);
    assert_ok(&io, fm_io_npy_load(&io, fixture("empty.npy"), &array));
    assert_int_equal(array.count, 0);
    assert_int_equal(array.shape[1], 3);
    fm_io_array_close(&io, &array);
    assert_ok(&io, fm_io_npy_load(&io, fixture("fortran.npy"), &array));
    assert_true(array.fortran_order);
    int64_t strides[FM_MAX_NDIM];
    fm_io_array_strides(&array, strides);
    assert_int_equal(strides[0], 4);
    assert_int_equal(strides[1], 8);
    fm_io_array_close(&io, &array);
}

static void test_read_into(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer bytes = fixture_bytes(&io, "big_i4.npy");
    int32_t room[6];
    fm_io_npy_header header;
    assert_ok(&io,
              fm_io_npy_read_into(&io, "big", bytes.data, bytes.size, room, sizeof room, &header));
    for (int i = 0; i < 6; i++) assert_int_equal(room[i], i - 2);
    assert_fails(&io, fm_io_npy_read_into(&io, "big", bytes.data, bytes.size, room, 20, &header),
                 FM_ERR_ARGUMENT, "big: holds 24 bytes, but there is room for 20");
    fm_io_buffer_close(&io, &bytes);
}

static void test_map(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_array array;
    assert_ok(&io, fm_io_npy_map(&io, fixture("little_f8.npy"), &array));
    assert_true(array.mapped > 0);
    check_values(&array);
    fm_io_array_close(&io, &array);
    assert_fails(&io, fm_io_npy_map(&io, fixture("big_f8.npy"), &array), FM_ERR_UNSUPPORTED,
                 "byte order");
    assert_fails(&io, fm_io_npy_map(&io, fixture("fortran.npy"), &array), FM_ERR_UNSUPPORTED,
                 "first axis");
    assert_fails(&io, fm_io_npy_map(&io, fixture("absent.npy"), &array), FM_ERR_NOT_FOUND,
                 "absent.npy");
    assert_fails(&io, fm_io_npy_map(&io, fixture("mnist"), &array), FM_ERR_IO, "not a file");
}

/* What is written again equals what numpy.save wrote. */
static void test_written_bytes(void **state) {
    (void)state;
    static const char *const names[] = {
        "little_b1.npy",  "little_i8.npy", "little_u2.npy", "little_f2.npy", "little_f4.npy",
        "little_c16.npy", "fortran.npy",   "scalar.npy",    "empty.npy",     "vector.npy"};
    fm_io io;
    fm_io_init(&io);
    const char *folder = new_folder();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fm_io_buffer original = fixture_bytes(&io, names[i]), copy;
        fm_io_array array;
        const char *path = in_folder(folder, "copy.npy");
        assert_ok(&io, fm_io_npy_load(&io, fixture(names[i]), &array));
        assert_ok(&io, fm_io_npy_save(&io, path, &array));
        assert_ok(&io, fm_io_read_file(&io, path, &copy));
        assert_int_equal(copy.size, original.size);
        assert_memory_equal(copy.data, original.data, copy.size);
        fm_io_array_close(&io, &array);
        fm_io_buffer_close(&io, &original);
        fm_io_buffer_close(&io, &copy);
    }
    unlink(in_folder(folder, "copy.npy"));
    assert_int_equal(rmdir(folder), 0);
}

static void test_versions_written(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_array array;
    assert_ok(&io, fm_io_npy_load(&io, fixture("version2.npy"), &array));
    for (int version = 2; version <= 3; version++) {
        char name[16];
        snprintf(name, sizeof name, "version%d.npy", version);
        fm_io_buffer original = fixture_bytes(&io, name), header = {0};
        assert_ok(&io, fm_io_npy_header_append(&io, "x", &array, version, &header));
        assert_int_equal(header.size + 24, original.size);
        assert_memory_equal(header.data, original.data, header.size);
        fm_io_buffer_close(&io, &header);
        fm_io_buffer_close(&io, &original);
    }
    fm_io_buffer header = {0};
    assert_fails(&io, fm_io_npy_header_append(&io, "x", &array, 4, &header), FM_ERR_ARGUMENT,
                 "version is 4");
    array.dtype = FM_BFLOAT16;
    assert_fails(&io, fm_io_npy_header_append(&io, "x", &array, 0, &header), FM_ERR_DTYPE,
                 "bfloat16");
    fm_io_array_close(&io, &array);
}

/* Writes a version 1 file around a dictionary into `out`; returns its size. */
static size_t wrap(const char *dictionary, size_t data, uint8_t out[1024]) {
    size_t length = strlen(dictionary);
    memcpy(out, "\x93NUMPY\x01\x00", 8);
    out[8] = (uint8_t)length;
    out[9] = (uint8_t)(length >> 8);
    memcpy(out + 10, dictionary, length);
    memset(out + 10 + length, 0, data);
    return 10 + length + data;
}

static const struct {
    const char *dictionary;
    size_t data;
    fm_status status;
    const char *text;
} headers[] = {
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8, FM_OK, ""},
    {"{\"shape\":(2L,1),'fortran_order':False,'descr':'<f4'}  \n", 8, FM_OK, ""},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 7, FM_ERR_FORMAT,
     "shape (2,) of float32 needs 8 bytes, but 7 follow"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9, FM_ERR_FORMAT, "but 9 follow"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2), }", 8, FM_ERR_FORMAT, "one axis"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8, FM_ERR_FORMAT, "found '-'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2 3), }", 8, FM_ERR_FORMAT, "',' or ')'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 8,
     FM_ERR_OVERFLOW, "does not fit"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 8,
     FM_ERR_OVERFLOW, "(4294967296, 4294967296) of float32"},
    {"{'descr': '<f8', 'fortran_order': False, 'shape': (1152921504606846976,), }", 8,
     FM_ERR_OVERFLOW, "float64"},
    {"{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296, 0), }", 0, FM_OK,
     ""},
    {"{'descr': '<f16', 'fortran_order': False, 'shape': (), }", 16, FM_ERR_DTYPE, "'<f16'"},
    {"{'descr': '|O', 'fortran_order': False, 'shape': (), }", 8, FM_ERR_DTYPE, "'|O'"},
    {"{'descr': '|f4', 'fortran_order': False, 'shape': (), }", 4, FM_ERR_DTYPE, "'|f4'"},
    {"{'descr': 'f4', 'fortran_order': False, 'shape': (), }", 4, FM_ERR_DTYPE, "'f4'"},
    {"{'descr': '<f4', 'fortran_order': 0, 'shape': (), }", 4, FM_ERR_FORMAT, "True or False"},
    {"{'descr': '<f4', 'shape': (), }", 4, FM_ERR_FORMAT, "'fortran_order' is missing"},
    {"{'descr': '<f4', 'descr': '<f4', 'shape': (), }", 4, FM_ERR_FORMAT, "'descr' is there twice"},
    {"{'descr': '<f4', 'extra': 1}", 4, FM_ERR_FORMAT, "'extra' is unknown"},
    {"{'descr': '<f4", 4, FM_ERR_FORMAT, "closing quote"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (), } x", 4, FM_ERR_FORMAT, "found 'x'"},
    {"", 4, FM_ERR_FORMAT, "found its end"},
};

static void test_headers(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        uint8_t bytes[1024];
        size_t size = wrap(headers[i].dictionary, headers[i].data, bytes);
        void *copy = exact_copy(bytes, size);
        fm_io_npy_header header;
        io.message[0] = 0;
        assert_fails(&io, fm_io_npy_parse(&io, "t.npy", copy, size, &header), headers[i].status,
                     headers[i].text);
        if (headers[i].status != FM_OK) assert_int_equal(strncmp(io.message, "t.npy: ", 7), 0);
        free(copy);
    }
}

static void test_too_many_axes(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    char text[512] = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    for (int i = 0; i <= FM_MAX_NDIM; i++) strcat(text, "1, ");
    strcat(text, ")}");
    uint8_t bytes[1024];
    fm_io_npy_header header;
    size_t size = wrap(text, 4, bytes);
    assert_fails(&io, fm_io_npy_parse(&io, "t", bytes, size, &header), FM_ERR_SHAPE, "64 axes");
}

static void test_unsupported(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_array array;
    assert_fails(&io, fm_io_npy_load(&io, fixture("text.npy"), &array), FM_ERR_DTYPE, "'<U2'");
    assert_fails(&io, fm_io_npy_load(&io, fixture("record.npy"), &array), FM_ERR_DTYPE,
                 "structured");
    assert_fails(&io, fm_io_npy_load(&io, fixture("absent.npy"), &array), FM_ERR_NOT_FOUND,
                 "absent");
    assert_fails(&io, fm_io_npy_load(&io, fixture("mnist"), &array), FM_ERR_IO, "mnist");
    io.max_bytes = 100;
    assert_fails(&io, fm_io_npy_load(&io, fixture("little_f4.npy"), &array), FM_ERR_MEMORY,
                 "has 152 bytes, above the limit of 100");
}

static void test_bool_bytes(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_io_buffer bytes = fixture_bytes(&io, "little_b1.npy");
    bytes.data[bytes.size - 2] = 7;
    fm_io_array array;
    assert_fails(&io, fm_io_npy_read(&io, "b", bytes.data, bytes.size, &array), FM_ERR_FORMAT,
                 "b: bool element 4 is 7, not 0 or 1");
    fm_io_buffer_close(&io, &bytes);
}

static void test_cut_at_every_byte(void **state) {
    (void)state;
    static const char *const names[] = {"little_f4.npy", "version2.npy", "scalar.npy"};
    counting count;
    fm_io io = counting_io(&count);
    for (size_t k = 0; k < 3; k++) {
        fm_io_buffer bytes = fixture_bytes(&io, names[k]);
        for (size_t size = 0; size < bytes.size; size++) {
            void *cut = exact_copy(bytes.data, size);
            fm_io_array array;
            assert_fails(&io, fm_io_npy_read(&io, "cut", cut, size, &array), FM_ERR_FORMAT,
                         "cut: ");
            free(cut);
        }
        fm_io_buffer_close(&io, &bytes);
    }
    assert_int_equal(count.live, 0);
}

/* A flipped header may mean another array; it must never mean memory that is not there. */
static void test_flip_every_bit(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    fm_io_buffer bytes = fixture_bytes(&io, "fortran.npy");
    uint8_t *copy = exact_copy(bytes.data, bytes.size);
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        fm_io_array array;
        if (fm_io_npy_read(&io, "flip", copy, bytes.size, &array) == FM_OK) {
            assert_true(array.bytes <= bytes.size);
            fm_io_array_close(&io, &array);
        }
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    free(copy);
    fm_io_buffer_close(&io, &bytes);
    assert_int_equal(count.live, 0);
}

static fm_status load_and_save(fm_io *io) {
    fm_io_array array;
    fm_status status = fm_io_npy_load(io, fixture("big_c8.npy"), &array);
    if (status != FM_OK) return status;
    char path[64];
    snprintf(path, sizeof path, "/tmp/flopmeter-npy-%ld.npy", (long)getpid());
    status = fm_io_npy_save(io, path, &array);
    if (status == FM_OK) {
        assert_int_equal(unlink(path), 0);
    } else {
        assert_int_not_equal(access(path, F_OK), 0);
    }
    fm_io_array_close(io, &array);
    return status;
}

static void test_refused_memory(void **state) {
    (void)state;
    fail_every_allocation(load_and_save);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dtypes),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_read_into),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_written_bytes),
        cmocka_unit_test(test_versions_written),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_too_many_axes),
        cmocka_unit_test(test_unsupported),
        cmocka_unit_test(test_bool_bytes),
        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_flip_every_bit),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
