/* Tensors in .npy and .npz files: there and back, NumPy's own files, mapped, damaged, without
   memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/layout.h"

#include <flopmeter/flopmeter.h>

static fm_context *ctx;
static char folder[] = "/tmp/flopmeter-files-XXXXXX";
static char path[128], text[4096];

static int open_context(void **state) {
    (void)state;
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device.kind = FM_CPU;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    unlink(path);
    fm_context_close(ctx);
    assert_int_equal(fm_layout_count(), 0);
    return 0;
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static const char *name(const char *file) {
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return path;
}

static const char *fixture(const char *file) {
    snprintf(text, sizeof text, "%s/io/data/%s", FM_TEST_DATA, file);
    return text;
}

static fm_tensor *counting(fm_dtype dtype, int64_t rows, int64_t columns) {
    static unsigned char data[4096];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = dtype == FM_BOOL ? i & 1 : (unsigned char)(i * 7);
    fm_tensor *tensor;
    assert_int_equal(fm_tensor_from_host(ctx, dtype, 2, (int64_t[]){rows, columns}, data, &tensor),
                     FM_OK);
    return tensor;
}

static void same(const fm_tensor *a, const fm_tensor *b) {
    static char left[8192], right[8192];
    assert_int_equal(fm_tensor_dtype(a), fm_tensor_dtype(b));
    assert_int_equal(fm_tensor_ndim(a), fm_tensor_ndim(b));
    for (int d = 0; d < fm_tensor_ndim(a); d++)
        assert_int_equal(fm_tensor_shape(a)[d], fm_tensor_shape(b)[d]);
    size_t bytes = fm_tensor_nbytes(a);
    assert_int_equal(fm_tensor_to_host(ctx, a, left, bytes), FM_OK);
    assert_int_equal(fm_tensor_to_host(ctx, b, right, bytes), FM_OK);
    assert_memory_equal(left, right, bytes);
}

static void every_dtype_there_and_back(void **state) {
    (void)state;
    uint64_t used = fm_budget_used(fm_context_budget(ctx));
    for (int dtype = FM_BOOL; dtype < FM_DTYPE_COUNT; dtype++) {
        fm_tensor *tensor = counting((fm_dtype)dtype, 3, 5), *read = NULL, *mapped = NULL;
        fm_status status = fm_npy_write(ctx, name("a.npy"), tensor);
        if (dtype == FM_BFLOAT16) {
            assert_int_equal(status, FM_ERR_DTYPE);
        } else {
            assert_int_equal(status, FM_OK);
            assert_int_equal(fm_npy_read(ctx, path, &read), FM_OK);
            same(tensor, read);
            assert_int_equal(fm_npy_map(ctx, path, &mapped), FM_OK);
            same(tensor, mapped);
        }
        fm_tensor_release(tensor);
        fm_tensor_release(read);
        fm_tensor_release(mapped);
    }
    assert_int_equal(fm_budget_used(fm_context_budget(ctx)), used);
}

static void views_are_written_in_order(void **state) {
    (void)state;
    fm_tensor *tensor = counting(FM_INT32, 3, 5), *turned = NULL, *read = NULL;
    fm_argument argument = {.value = {.kind = FM_VALUE_TENSOR, .as.tensor = tensor}};
    assert_int_equal(fm_call(ctx, "transpose", &argument, 1, &turned, 1), FM_OK);
    assert_int_equal(fm_npy_write(ctx, name("t.npy"), turned), FM_OK);
    assert_int_equal(fm_npy_read(ctx, path, &read), FM_OK);
    same(turned, read);
    fm_tensor_release(tensor);
    fm_tensor_release(turned);
    fm_tensor_release(read);
}

static void numpy_s_files(void **state) {
    (void)state;
    fm_tensor *little = NULL, *big = NULL, *fortran = NULL, *mapped = NULL;
    assert_int_equal(fm_npy_read(ctx, fixture("little_f8.npy"), &little), FM_OK);
    assert_int_equal(fm_npy_read(ctx, fixture("big_f8.npy"), &big), FM_OK);
    same(little, big);
    assert_int_equal(fm_npy_map(ctx, fixture("big_f8.npy"), &mapped), FM_ERR_UNSUPPORTED);
    assert_int_equal(fm_npy_read(ctx, fixture("fortran.npy"), &fortran), FM_OK);
    assert_int_equal(fm_tensor_shape(fortran)[0], fm_tensor_shape(little)[0]);
    assert_true(fm_tensor_is_contiguous(fortran));
    fm_tensor_release(little);
    fm_tensor_release(big);
    fm_tensor_release(fortran);
}

/* What is written into a mapped tensor does not reach its file. */
static void maps_are_private(void **state) {
    (void)state;
    fm_tensor *tensor = counting(FM_FLOAT64, 4, 8), *mapped = NULL, *again = NULL;
    assert_int_equal(fm_npy_write(ctx, name("m.npy"), tensor), FM_OK);
    assert_int_equal(fm_npy_map(ctx, path, &mapped), FM_OK);
    double zeros[32] = {0};
    assert_int_equal(fm_tensor_set_from_host(ctx, mapped, zeros, sizeof zeros), FM_OK);
    assert_int_equal(fm_npy_read(ctx, path, &again), FM_OK);
    same(tensor, again);
    fm_tensor_release(tensor);
    fm_tensor_release(mapped);
    fm_tensor_release(again);
}

static size_t read_file(const char *from) {
    FILE *file = fopen(from, "rb");
    assert_non_null(file);
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    return size;
}

/* Cut at every length, and with each byte of the header changed: an error or another array, never
   more. */
static void damaged_files(void **state) {
    (void)state;
    fm_tensor *tensor = counting(FM_INT16, 3, 5), *read = NULL;
    assert_int_equal(fm_npy_write(ctx, name("d.npy"), tensor), FM_OK);
    size_t size = read_file(path);
    char copy[sizeof text];
    for (size_t length = 0; length < size; length++) {
        assert_int_equal(fm_npy_read_bytes(ctx, "cut", text, length, &read), FM_ERR_FORMAT);
        assert_null(read);
        assert_non_null(strstr(fm_context_message(ctx), "cut"));
    }
    memcpy(copy, text, size);
    for (size_t at = 0; at < 128; at++)
        for (int bit = 0; bit < 8; bit++) {
            copy[at] ^= (char)(1 << bit);
            fm_status status = fm_npy_read_bytes(ctx, "changed", copy, size, &read);
            if (status == FM_OK)
                fm_tensor_release(read);
            else
                assert_null(read);
            copy[at] = text[at];
        }
    assert_int_equal(fm_npy_read(ctx, fixture("text.npy"), &read), FM_ERR_DTYPE);
    assert_int_equal(fm_npy_read(ctx, fixture("empty.npy"), &read), FM_OK);
    fm_tensor_release(read);
    assert_int_equal(fm_npy_read(ctx, name("missing.npy"), &read), FM_ERR_NOT_FOUND);
    assert_string_equal(fm_context_error(ctx)->exception, "FileNotFoundError");
    assert_int_equal(fm_npy_map(ctx, path, &read), FM_ERR_NOT_FOUND);
    assert_int_equal(fm_npy_read(ctx, folder, &read), FM_ERR_IO);
    name("d.npy");
    fm_tensor_release(tensor);
}

static void write_archive(const char *file, const fm_tensor *x, const fm_tensor *y) {
    fm_npz_writer *writer;
    assert_int_equal(fm_npz_create(ctx, name(file), &writer), FM_OK);
    assert_int_equal(fm_npz_add(ctx, writer, "x", x, false), FM_OK);
    assert_int_equal(fm_npz_add(ctx, writer, "y", y, true), FM_OK);
    assert_int_equal(fm_npz_commit(ctx, writer), FM_OK);
}

static void archives(void **state) {
    (void)state;
    fm_tensor *x = counting(FM_FLOAT32, 3, 5), *y = counting(FM_INT64, 2, 2), *read = NULL;
    fm_npz *npz = NULL;
    write_archive("a.npz", x, y);
    assert_int_equal(fm_npz_open(ctx, path, &npz), FM_OK);
    assert_int_equal(fm_npz_count(npz), 2);
    assert_string_equal(fm_npz_name(npz, 1), "y");
    assert_null(fm_npz_name(npz, 2));
    assert_int_equal(fm_npz_read(ctx, npz, "x", &read), FM_OK);
    same(x, read);
    fm_tensor_release(read);
    assert_int_equal(fm_npz_read(ctx, npz, "y", &read), FM_OK);
    same(y, read);
    fm_tensor_release(read);
    assert_int_equal(fm_npz_read(ctx, npz, "z", &read), FM_ERR_NOT_FOUND);
    assert_non_null(strstr(fm_context_message(ctx), "x"));
    fm_npz_close(npz);
    /* An archive that is given up leaves what was there. */
    fm_npz_writer *writer;
    size_t size = read_file(path);
    assert_int_equal(fm_npz_create(ctx, path, &writer), FM_OK);
    assert_int_equal(fm_npz_add(ctx, writer, "x", y, false), FM_OK);
    fm_npz_abandon(writer);
    fm_npz_abandon(NULL);
    fm_npz_close(NULL);
    assert_int_equal(read_file(path), size);
    fm_tensor_release(x);
    fm_tensor_release(y);
}

static void damaged_archives(void **state) {
    (void)state;
    fm_tensor *x = counting(FM_FLOAT32, 3, 5), *read = NULL;
    fm_npz *npz = NULL;
    write_archive("b.npz", x, x);
    size_t size = read_file(path);
    for (size_t at = 0; at < size; at++) {
        FILE *file = fopen(path, "wb");
        text[at] ^= 0x20;
        assert_int_equal(fwrite(text, 1, size, file), size);
        text[at] ^= 0x20;
        fclose(file);
        if (fm_npz_open(ctx, path, &npz) != FM_OK) continue;
        for (size_t i = 0; i < fm_npz_count(npz); i++)
            if (fm_npz_read(ctx, npz, fm_npz_name(npz, i), &read) == FM_OK) fm_tensor_release(read);
        fm_npz_close(npz);
    }
    assert_int_equal(truncate(path, (off_t)size / 2), 0);
    assert_int_equal(fm_npz_open(ctx, path, &npz), FM_ERR_FORMAT);
    assert_null(npz);
    fm_tensor_release(x);
}

/* Every allocation on the way fails once. */
static void no_memory(void **state) {
    (void)state;
    fm_tensor *x = counting(FM_FLOAT32, 3, 5);
    write_archive("c.npz", x, x);
    fm_status status = FM_ERR_MEMORY;
    uint64_t nth = 0;
    while (status != FM_OK && nth < 1000) {
        fm_tensor *read = NULL, *mapped = NULL;
        fm_npz *npz = NULL;
        fm_alloc_fail_at(++nth, 0);
        status = fm_npz_open(ctx, path, &npz);
        if (status == FM_OK) status = fm_npz_read(ctx, npz, "x", &read);
        if (status == FM_OK) status = fm_npy_map(ctx, fixture("little_f8.npy"), &mapped);
        fm_alloc_fail_at(0, 0);
        fm_npz_close(npz);
        fm_tensor_release(read);
        fm_tensor_release(mapped);
        if (status != FM_OK) assert_int_equal(status, FM_ERR_MEMORY);
    }
    assert_int_equal(status, FM_OK);
    fm_tensor_release(x);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_context, close_context)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_dtype_there_and_back),
        TEST(views_are_written_in_order),
        TEST(numpy_s_files),
        TEST(maps_are_private),
        TEST(damaged_files),
        TEST(archives),
        TEST(damaged_archives),
        TEST(no_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
