/* Datasets from the digits, from IDX, from any .npz, and synthetic ones. */
#include "io/io_test.h"

#include <math.h>

#include "io/dataset.h"
#include "io/npz.h"

#define DIGITS FM_TEST_DATA "/../examples/data/digits.npz"

static void test_digits(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_dataset digits;
    assert_ok(&io, fm_dataset_load_digits(&io, DIGITS, &digits));
    assert_int_equal(digits.n, 1797);
    assert_int_equal(digits.d, 64);
    assert_int_equal(digits.classes, 10);
    /* The first image of sklearn.datasets.load_digits is a 0; its row 0 is 0 0 5 13 9 1 0 0. */
    static const float row[8] = {0, 0, 5, 13, 9, 1, 0, 0};
    for (int i = 0; i < 8; i++) assert_true(digits.features[i] == row[i] / 16);
    assert_int_equal(digits.labels[0], 0);
    assert_int_equal(digits.labels[1796], 8);
    double sum = 0;
    int64_t counts[10] = {0};
    for (int64_t i = 0; i < digits.n * digits.d; i++) sum += (double)digits.features[i];
    for (int64_t i = 0; i < digits.n; i++) counts[digits.labels[i]]++;
    /* NumPy: digits.data.sum() is 561718; bincount of the targets. */
    assert_true(sum == 561718.0 / 16);
    static const int64_t expected[10] = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
    assert_memory_equal(counts, expected, sizeof counts);
    fm_dataset_close(&io, &digits);
    assert_null(digits.features);
}

static void test_idx(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_dataset mnist;
    assert_ok(&io, fm_dataset_load_idx(&io, fixture("mnist"), FM_IO_IDX_TRAIN, &mnist));
    assert_int_equal(mnist.n, 5);
    assert_int_equal(mnist.d, 12);
    assert_int_equal(mnist.classes, 4);
    assert_true(mnist.features[17] == 68.0F / 255);
    fm_dataset_close(&io, &mnist);
    assert_fails(&io, fm_dataset_load_idx(&io, fixture("unequal"), FM_IO_IDX_TRAIN, &mnist),
                 FM_ERR_SHAPE, "has 5 images");
}

static void check_xy(const fm_dataset *xy, float divisor) {
    static const int64_t labels[4] = {0, 2, 1, 0};
    assert_int_equal(xy->n, 4);
    assert_int_equal(xy->d, 3);
    assert_int_equal(xy->classes, 3);
    for (int i = 0; i < 12; i++) assert_true(xy->features[i] == (float)i / divisor);
    assert_memory_equal(xy->labels, labels, sizeof labels);
}

static void test_npz(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_dataset xy;
    assert_ok(&io, fm_dataset_load_npz(&io, fixture("xy.npz"), 0, &xy));
    check_xy(&xy, 11);
    fm_dataset_close(&io, &xy);
    assert_ok(&io, fm_dataset_load_npz(&io, fixture("xy.npz"), 22, &xy));
    check_xy(&xy, 22);
    fm_dataset_close(&io, &xy);
    assert_ok(&io, fm_dataset_load_npz(&io, fixture("fortran_xy.npz"), 0, &xy));
    check_xy(&xy, 1);
    fm_dataset_close(&io, &xy);
}

static const struct {
    const char *name;
    double maximum;
    fm_status status;
    const char *text;
} refusals[] = {
    {"xy.npz", 10, FM_ERR_FORMAT, "xy.npz/x: feature 2 of sample 3 is 11, expected 0 to 10"},
    {"xy.npz", -1, FM_ERR_ARGUMENT, "maximum is -1"},
    {"xy.npz", NAN, FM_ERR_ARGUMENT, "maximum is nan"},
    {"short_labels.npz", 0, FM_ERR_SHAPE, "/y: has 3 labels, but "},
    {"half_label.npz", 0, FM_ERR_FORMAT, "label 2 is 0.5, expected an integer from 0"},
    {"nan_feature.npz", 0, FM_ERR_FORMAT,
     "feature 1 of sample 2 is nan, expected a finite float32"},
    {"nan_feature.npz", 20, FM_ERR_FORMAT, "feature 1 of sample 2 is nan, expected 0 to 20"},
    {"no_labels.npz", 0, FM_ERR_NOT_FOUND, "has none of the members y, Y, labels"},
    {"stored.npz", 0, FM_ERR_NOT_FOUND, "has none of the members x, X, images, features"},
    {"absent.npz", 0, FM_ERR_NOT_FOUND, "absent.npz: cannot open"},
};

static void test_refusals(void **state) {
    (void)state;
    counting count;
    fm_io io = counting_io(&count);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        fm_dataset dataset;
        assert_fails(
            &io, fm_dataset_load_npz(&io, fixture(refusals[i].name), refusals[i].maximum, &dataset),
            refusals[i].status, refusals[i].text);
        assert_null(dataset.features);
        assert_null(dataset.labels);
        assert_int_equal(count.live, 0);
    }
}

static void test_arrays(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_dataset dataset;
    static const int8_t numbers[4] = {-4, 2, 1, 0};
    static const int64_t huge[2] = {0, (int64_t)1 << 40}, negative[2] = {0, -1}, good[2] = {1, 0};
    fm_io_array features = {
        .dtype = FM_INT8, .rank = 2, .shape = {2, 2}, .count = 4, .data = numbers};
    fm_io_array labels = {.dtype = FM_INT64, .rank = 1, .shape = {2}, .count = 2, .data = good};
    assert_ok(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 0, &dataset));
    assert_true(dataset.features[0] == -1 && dataset.features[1] == 0.5F);
    fm_dataset_close(&io, &dataset);
    assert_fails(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 4, &dataset),
                 FM_ERR_FORMAT, "f: feature 0 of sample 0 is -4, expected 0 to 4");
    labels.data = huge;
    assert_fails(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 0, &dataset),
                 FM_ERR_FORMAT, "l: label 1 is 1.09951e+12");
    labels.data = negative;
    assert_fails(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 0, &dataset),
                 FM_ERR_FORMAT, "l: label 1 is -1");
    labels.rank = 0;
    assert_fails(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 0, &dataset),
                 FM_ERR_SHAPE, "labels have shape ()");
    features.rank = 1;
    assert_fails(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 0, &dataset),
                 FM_ERR_SHAPE, "features have shape (2,)");
    features.dtype = FM_COMPLEX64;
    assert_fails(&io, fm_dataset_from_arrays(&io, "f", &features, "l", &labels, 0, &dataset),
                 FM_ERR_DTYPE, "features are complex64");
}

static void test_synthetic(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_dataset a, b, c;
    assert_ok(&io, fm_dataset_synthetic(&io, 200, 7, 5, 1, &a));
    assert_ok(&io, fm_dataset_synthetic(&io, 200, 7, 5, 1, &b));
    assert_ok(&io, fm_dataset_synthetic(&io, 200, 7, 5, 2, &c));
    assert_memory_equal(a.features, b.features, 200 * 7 * sizeof(float));
    assert_memory_equal(a.labels, b.labels, 200 * sizeof(int64_t));
    assert_memory_not_equal(a.features, c.features, 200 * 7 * sizeof(float));
    bool seen[5] = {false};
    for (int i = 0; i < 200; i++) {
        assert_true(a.labels[i] >= 0 && a.labels[i] < 5);
        seen[a.labels[i]] = true;
    }
    for (int i = 0; i < 5; i++) assert_true(seen[i]);
    for (int i = 0; i < 1400; i++) assert_true(a.features[i] >= 0 && a.features[i] < 1);
    fm_dataset_close(&io, &a);
    fm_dataset_close(&io, &b);
    fm_dataset_close(&io, &c);
    assert_fails(&io, fm_dataset_synthetic(&io, 0, 7, 5, 1, &a), FM_ERR_ARGUMENT, "n is 0");
    assert_fails(&io, fm_dataset_synthetic(&io, 5, 7, -1, 1, &a), FM_ERR_ARGUMENT, "classes -1");
    assert_fails(&io, fm_dataset_synthetic(&io, INT64_MAX, INT64_MAX, 2, 1, &a), FM_ERR_OVERFLOW,
                 "9223372036854775807 samples");
    io.max_bytes = 1 << 20;
    assert_fails(&io, fm_dataset_synthetic(&io, INT64_MAX / 8, 1, 2, 1, &a), FM_ERR_MEMORY,
                 "bytes");
}

/* Every sample keeps its label: a sample of fixed label i has the feature i everywhere. */
static void test_shuffle(void **state) {
    (void)state;
    fm_io io;
    fm_io_init(&io);
    fm_dataset dataset;
    assert_ok(&io, fm_dataset_synthetic(&io, 50, 3, 2, 1, &dataset));
    for (int i = 0; i < 50; i++) {
        dataset.labels[i] = i;
        for (int j = 0; j < 3; j++) dataset.features[3 * i + j] = (float)i;
    }
    fm_dataset_shuffle(&dataset, 9);
    int64_t sum = 0, moved = 0;
    for (int i = 0; i < 50; i++) {
        for (int j = 0; j < 3; j++) {
            assert_true(dataset.features[3 * i + j] == (float)dataset.labels[i]);
        }
        sum += dataset.labels[i] * dataset.labels[i];
        moved += dataset.labels[i] != i;
    }
    assert_int_equal(sum, 49 * 50 * 99 / 6);
    assert_true(moved > 40);
    fm_dataset_close(&io, &dataset);
}

static fm_status load_each(fm_io *io) {
    fm_dataset dataset;
    fm_status status = fm_dataset_load_npz(io, fixture("xy.npz"), 0, &dataset);
    if (status != FM_OK) return status;
    fm_dataset_close(io, &dataset);
    status = fm_dataset_load_idx(io, fixture("mnist"), FM_IO_IDX_TRAIN, &dataset);
    if (status != FM_OK) return status;
    fm_dataset_close(io, &dataset);
    status = fm_dataset_synthetic(io, 3, 2, 2, 0, &dataset);
    if (status == FM_OK) fm_dataset_close(io, &dataset);
    return status;
}

static void test_refused_memory(void **state) {
    (void)state;
    fail_every_allocation(load_each);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digits),  cmocka_unit_test(test_idx),
        cmocka_unit_test(test_npz),     cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_arrays),  cmocka_unit_test(test_synthetic),
        cmocka_unit_test(test_shuffle), cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
