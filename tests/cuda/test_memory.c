/* The fake's memory is strict: the host cannot touch it, work cannot leave its block, and what is
 * freed or not yet allocated faults. */
#include "fake_test.h"

typedef struct place {
    char *pointer;
    cu_stream stream;
} place;

static cu_stream stream;

static void read_byte(void *data) {
    volatile char *p = ((place *)data)->pointer;
    (void)*p;
}

static void write_byte(void *data) {
    *(volatile char *)((place *)data)->pointer = 1;
}

static void poke_and_wait(void *data) {
    const place *at = data;
    (void)test_poke(at->pointer, at->stream);
    (void)cu_api.stream_synchronize(at->stream);
}

static void host_access_faults(void **state) {
    (void)state;
    place at = {NULL, NULL};
    OK(cu_api.device_alloc((void **)&at.pointer, 100));
    assert_true(dies(read_byte, &at));
    assert_true(dies(write_byte, &at));
    OK(cu_api.fill(at.pointer, 0, 100, NULL));
    OK(cu_api.stream_synchronize(NULL));
    assert_true(dies(read_byte, &at)); /* after work ran, too */
    OK(cu_api.device_free(at.pointer));
}

static void far_access_faults(void **state) {
    (void)state;
    char *block = NULL;
    OK(cu_api.device_alloc((void **)&block, 256));
    place inside = {block + 255, NULL}, past = {block + 256, NULL};
    assert_false(dies(poke_and_wait, &inside));
    assert_true(dies(poke_and_wait, &past));
    OK(cu_api.device_free(block));
}

static void break_margin(void *data) {
    const place *at = data;
    if (test_poke(at->pointer, NULL)) return;
    if (cu_api.stream_synchronize(NULL) == CU_ILLEGAL_ADDRESS) abort();
}

/* Bytes between the block's end and the page's end: a sanitizer dies there, else the wait tells. */
static void near_access_is_an_error(void **state) {
    (void)state;
    char *block = NULL;
    OK(cu_api.device_alloc((void **)&block, 100));
    place past = {block + 100, NULL}, before = {block - 1, NULL}, inside = {block + 99, NULL};
    assert_true(dies(break_margin, &past));
    assert_true(dies(break_margin, &before));
    assert_false(dies(break_margin, &inside));
    OK(cu_api.device_free(block));
}

static void freed_memory_faults(void **state) {
    (void)state;
    place at = {NULL, NULL};
    OK(cu_api.device_alloc((void **)&at.pointer, 100));
    OK(cu_api.device_free(at.pointer));
    assert_true(dies(poke_and_wait, &at));
    FAILS(cu_api.device_free(at.pointer), "cudaErrorInvalidValue");
    char byte = 0;
    FAILS(cu_api.copy(&byte, at.pointer, 1, CU_COPY_DEVICE_TO_HOST, NULL), "cudaErrorInvalidValue");
}

/* Memory allocated in one stream's order does not exist for another that has not waited. */
static void allocation_is_stream_ordered(void **state) {
    (void)state;
    cu_stream other = NULL;
    cu_pool pool = NULL;
    place at = {NULL, NULL};
    OK(cu_api.stream_create(&other));
    OK(cu_api.pool_create(&pool, 0));
    OK(cu_api.pool_alloc((void **)&at.pointer, 100, pool, stream));
    at.stream = other;
    assert_true(dies(poke_and_wait, &at));
    at.stream = stream;
    assert_false(dies(poke_and_wait, &at));
    OK(cu_api.pool_free(at.pointer, stream));
    FAILS(cu_api.pool_free(at.pointer, stream), "cudaErrorInvalidValue");
    OK(cu_api.stream_synchronize(stream));
    assert_true(dies(poke_and_wait, &at));
    OK(cu_api.pool_destroy(pool));
    OK(cu_api.stream_destroy(other));
}

static void fresh_memory_is_not_zero(void **state) {
    (void)state;
    unsigned char *block = NULL, seen = 0;
    OK(cu_api.device_alloc((void **)&block, 1));
    OK(cu_api.copy(&seen, block, 1, CU_COPY_DEVICE_TO_HOST, NULL));
    assert_int_not_equal(seen, 0);
    OK(cu_api.device_free(block));
}

static void copies_are_checked(void **state) {
    (void)state;
    char *block = NULL, host[16] = {0};
    OK(cu_api.device_alloc((void **)&block, 16));
    FAILS(cu_api.copy(block, host, 17, CU_COPY_HOST_TO_DEVICE, NULL), "cudaErrorInvalidValue");
    FAILS(cu_api.copy(block + 1, host, 16, CU_COPY_HOST_TO_DEVICE, NULL), "cudaErrorInvalidValue");
    FAILS(cu_api.copy(block, host, 16, CU_COPY_DEVICE_TO_HOST, NULL), "cudaErrorInvalidValue");
    FAILS(cu_api.copy(host, block, 16, CU_COPY_HOST_TO_DEVICE, NULL), "cudaErrorInvalidValue");
    FAILS(cu_api.fill(host, 0, 16, NULL), "cudaErrorInvalidValue");
    FAILS(cu_api.fill(block, 0, 17, NULL), "cudaErrorInvalidValue");
    OK(cu_api.copy(block, host, 16, CU_COPY_DEFAULT, NULL));
    OK(cu_api.device_free(block));
}

static void rows_copy_by_pitch(void **state) {
    (void)state;
    char *block = NULL;
    char from[12] = "abcdEFGHijkl", to[6] = {0};
    OK(cu_api.device_alloc((void **)&block, 8));
    OK(cu_api.fill(block, '.', 8, stream));
    OK(cu_api.copy_2d(block, 3, from, 4, 2, 3, CU_COPY_HOST_TO_DEVICE, stream));
    OK(cu_api.copy_2d(to, 2, block, 3, 2, 3, CU_COPY_DEVICE_TO_HOST, stream));
    assert_memory_equal(to, "abEFij", 6);
    OK(cu_api.device_free(block));
}

static void memory_runs_out(void **state) {
    (void)state;
    void *a = NULL, *b = NULL;
    size_t left = 0, total = 0;
    fm_fake_entry()->memory(1000);
    OK(cu_api.device_alloc(&a, 900));
    OK(cu_api.memory_info(&left, &total));
    assert_int_equal(left, 100);
    assert_int_equal(total, 1000);
    FAILS(cu_api.device_alloc(&b, 101), "cudaErrorMemoryAllocation");
    assert_int_equal(cu_api.last_error(), CU_OUT_OF_MEMORY);
    assert_int_equal(cu_api.last_error(), CU_SUCCESS);
    OK(cu_api.device_alloc(&b, 100));
    OK(cu_api.device_free(a));
    OK(cu_api.device_free(b));
}

static void pools_keep_accounts(void **state) {
    (void)state;
    cu_pool pool = NULL;
    cu_pool_stats s;
    void *a = NULL, *b = NULL;
    OK(cu_api.pool_create(&pool, 0));
    OK(cu_api.pool_alloc(&a, 100, pool, stream));
    OK(cu_api.pool_alloc(&b, 200, pool, stream));
    OK(cu_api.pool_free(a, stream));
    OK(cu_api.pool_stats(pool, &s));
    assert_int_equal(s.used, 200);
    assert_int_equal(s.used_peak, 300);
    assert_int_equal(s.reserved, 300);
    OK(cu_api.pool_trim(pool, 0));
    OK(cu_api.pool_stats(pool, &s));
    assert_int_equal(s.reserved, 200);
    OK(cu_api.pool_free(b, stream));
    FAILS(cu_api.pool_alloc(&a, 0, pool, stream), "cudaErrorInvalidValue");
    OK(cu_api.pool_destroy(pool));
    FAILS(cu_api.pool_stats(pool, &s), "cudaErrorInvalidValue");
}

static void pointers_tell_their_kind(void **state) {
    (void)state;
    void *device = NULL, *pinned = NULL;
    int local = 0;
    cu_pointer_info info;
    fm_fake_entry()->devices(2);
    OK(cu_api.device_set(1));
    OK(cu_api.device_alloc(&device, 8));
    OK(cu_api.host_alloc(&pinned, 8));
    OK(cu_api.pointer_info((char *)device + 7, &info));
    assert_int_equal(info.kind, CU_MEMORY_DEVICE);
    assert_int_equal(info.device, 1);
    OK(cu_api.pointer_info(pinned, &info));
    assert_int_equal(info.kind, CU_MEMORY_HOST);
    OK(cu_api.pointer_info(&local, &info));
    assert_int_equal(info.kind, CU_MEMORY_UNREGISTERED);
    OK(cu_api.device_free(device));
    OK(cu_api.host_free(pinned));
    FAILS(cu_api.host_free(pinned), "cudaErrorInvalidValue");
    OK(cu_api.device_set(0));
}

static void devices_are_apart(void **state) {
    (void)state;
    char *here = NULL, *there = NULL, byte = 'x', seen = 0;
    fm_fake_entry()->devices(2);
    OK(cu_api.device_alloc((void **)&here, 1));
    OK(cu_api.device_set(1));
    OK(cu_api.device_alloc((void **)&there, 1));
    FAILS(cu_api.stream_synchronize(stream), "cudaSuccess"); /* waiting is allowed from anywhere */
    FAILS(cu_api.fill(there, 0, 1, stream), "cudaErrorInvalidResourceHandle");
    FAILS(cu_api.fill(here, 0, 1, NULL), "cudaErrorInvalidValue");
    OK(cu_api.copy(there, &byte, 1, CU_COPY_HOST_TO_DEVICE, NULL));
    FAILS(cu_api.copy_peer(here, 1, there, 1, 1, NULL), "cudaErrorInvalidValue");
    OK(cu_api.copy_peer(here, 0, there, 1, 1, NULL));
    OK(cu_api.stream_synchronize(NULL));
    OK(cu_api.copy(&seen, here, 1, CU_COPY_DEVICE_TO_HOST, NULL));
    assert_int_equal(seen, 'x');
    place at = {here, NULL}; /* a kernel on device 1 cannot reach device 0 */
    assert_true(dies(poke_and_wait, &at));
    OK(cu_api.device_free(there));
    OK(cu_api.device_set(0));
    OK(cu_api.device_free(here));
}

static int setup(void **state) {
    return fresh(state) || cu_api.stream_create(&stream);
}
static int teardown(void **state) {
    return (int)cu_api.stream_destroy(stream) || clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    print_message("%s\n", fm_fake_entry()->limits);
    const struct CMUnitTest tests[] = {
        CASE(host_access_faults),
        CASE(far_access_faults),
        CASE(near_access_is_an_error),
        CASE(freed_memory_faults),
        CASE(allocation_is_stream_ordered),
        CASE(fresh_memory_is_not_zero),
        CASE(copies_are_checked),
        CASE(rows_copy_by_pitch),
        CASE(memory_runs_out),
        CASE(pools_keep_accounts),
        CASE(pointers_tell_their_kind),
        CASE(devices_are_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
