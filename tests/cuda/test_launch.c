/* fm_launch on the fake device: the grid is covered once, in no fixed order, arguments by value. */
#include "fake_test.h"

enum { N = 1000 };

static cu_stream stream;

static void maps_cover_every_element(void **state) {
    (void)state;
    static const int64_t sizes[] = {0, 1, 255, 256, 257, 100000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s) {
        const int64_t n = sizes[s];
        const size_t bytes = (size_t)(n + 1) * sizeof(float);
        float *x = NULL, *host = calloc(1, bytes);
        assert_non_null(host);
        for (int64_t i = 0; i <= n; ++i) host[i] = (float)i;
        OK(cu_api.device_alloc((void **)&x, bytes));
        OK(cu_api.copy(x, host, bytes, CU_COPY_HOST_TO_DEVICE, stream));
        OK(test_add(x, x, n, 0.5f, stream));
        OK(cu_api.copy(host, x, bytes, CU_COPY_DEVICE_TO_HOST, stream));
        for (int64_t i = 0; i < n; ++i) assert_true(host[i] == (float)i + 0.5f);
        assert_true(host[n] == (float)n); /* one past the end is left alone */
        OK(cu_api.device_free(x));
        free(host);
    }
}

/* A (3, 4, 5) view with axes turned round and one of them backwards. */
static void a_strided_map(void **state) {
    (void)state;
    const test_view view = {3, {3, 4, 5}, {1, -15, 3}};
    double host[60], *x = NULL, *y = NULL, out[60];
    for (int i = 0; i < 60; ++i) host[i] = i;
    OK(cu_api.device_alloc((void **)&x, sizeof host));
    OK(cu_api.device_alloc((void **)&y, sizeof out));
    OK(cu_api.copy(x, host, sizeof host, CU_COPY_HOST_TO_DEVICE, stream));
    OK(test_double_view(y, x + 45, view, 60, stream));
    OK(cu_api.copy(out, y, sizeof out, CU_COPY_DEVICE_TO_HOST, stream));
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 4; ++b)
            for (int c = 0; c < 5; ++c)
                assert_true(out[(a * 4 + b) * 5 + c] == 2.0 * (45 + a - 15 * b + 3 * c));
    OK(cu_api.device_free(x));
    OK(cu_api.device_free(y));
}

static void a_grid_of_three_dimensions(void **state) {
    (void)state;
    const cu_dim3 grid = {3, 2, 4}, block = {5, 3, 2};
    int host[3 * 2 * 4 * 5 * 3 * 2], *count = NULL;
    OK(cu_api.device_alloc((void **)&count, sizeof host));
    OK(cu_api.fill(count, 0, sizeof host, stream));
    OK(test_touch(count, grid, block, stream));
    OK(cu_api.copy(host, count, sizeof host, CU_COPY_DEVICE_TO_HOST, stream));
    for (size_t i = 0; i < sizeof host / sizeof *host; ++i) assert_int_equal(host[i], 1);
    OK(cu_api.device_free(count));
}

/* Two launches in a row see the threads in opposite orders. */
static void no_order_is_promised(void **state) {
    (void)state;
    int *order = NULL, *counter = NULL, host[2][N];
    OK(cu_api.device_alloc((void **)&order, sizeof host[0]));
    OK(cu_api.device_alloc((void **)&counter, sizeof *counter));
    for (int turn = 0; turn < 2; ++turn) {
        OK(cu_api.fill(counter, 0, sizeof *counter, stream));
        OK(test_order(order, counter, N, stream));
        OK(cu_api.copy(host[turn], order, sizeof host[turn], CU_COPY_DEVICE_TO_HOST, stream));
    }
    assert_int_not_equal(host[0][0] < host[0][N - 1], host[1][0] < host[1][N - 1]);
    OK(cu_api.device_free(order));
    OK(cu_api.device_free(counter));
}

static void bad_geometry_is_refused(void **state) {
    (void)state;
    const cu_dim3 one = {1, 1, 1}, none = {0, 1, 1}, wide = {1025, 1, 1}, deep = {1, 1, 65},
                  tall = {1, 65536, 1};
    FAILS(test_touch(NULL, none, one, stream), "cudaErrorInvalidConfiguration");
    FAILS(test_touch(NULL, one, none, stream), "cudaErrorInvalidConfiguration");
    FAILS(test_touch(NULL, one, wide, stream), "cudaErrorInvalidConfiguration");
    FAILS(test_touch(NULL, one, deep, stream), "cudaErrorInvalidConfiguration");
    FAILS(test_touch(NULL, tall, one, stream), "cudaErrorInvalidConfiguration");
    OK(cu_api.stream_synchronize(stream));
}

static int setup(void **state) {
    return fresh(state) || cu_api.stream_create(&stream);
}
static int teardown(void **state) {
    return (int)cu_api.stream_destroy(stream) || clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(maps_cover_every_element),   CASE(a_strided_map),
        CASE(a_grid_of_three_dimensions), CASE(no_order_is_promised),
        CASE(bad_geometry_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
