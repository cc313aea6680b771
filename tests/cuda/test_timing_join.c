/* Recorded activity, built of NVIDIA's own structs, joined to calls: order, loss, graphs,
 * strangers. Skipped where CUPTI's headers are not. */
#include "fake_test.h"

#if __has_include(<cupti.h>)
#include "core/module.h"
#include "cuda/device.h"
#include "cuda/timing/join.h"

#include <cupti.h>
#include <stdio.h>

static cu_join join;
static int slot;
static cu_joined_list list;

static int setup(void **state) {
    (void)state;
    cu_host = fm_module_host();
    memset(&list, 0, sizeof list);
    if (!cu_join_open(&join)) return 1;
    slot = cu_join_begin(&join, 0);
    return slot != 0;
}

static int teardown(void **state) {
    (void)state;
    cu_host->free(list.item);
    cu_join_end(&join, slot);
    const int left = join.calls.count || join.nodes.count;
    cu_join_close(&join);
    return left;
}

static void id(uint32_t correlation, uint64_t call) {
    CUpti_ActivityExternalCorrelation record = {.kind = CUPTI_ACTIVITY_KIND_EXTERNAL_CORRELATION,
                                                .externalKind =
                                                    CUPTI_EXTERNAL_CORRELATION_KIND_CUSTOM2,
                                                .externalId = call,
                                                .correlationId = correlation};
    cu_join_record(&join, &record);
}

static CUpti_ActivityKernel10 kernel_of(uint32_t correlation, uint64_t start, uint64_t end) {
    CUpti_ActivityKernel10 record;
    memset(&record, 0, sizeof record);
    record.kind = CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL;
    record.start = start;
    record.end = end;
    record.correlationId = correlation;
    record.registersPerThread = 40;
    record.gridX = 3;
    record.gridY = 2;
    record.gridZ = 1;
    record.blockX = 64;
    record.blockY = 2;
    record.blockZ = 1;
    record.staticSharedMemory = 100;
    record.dynamicSharedMemory = 1000;
    record.streamId = 13;
    record.name = "_Z3addPf";
    return record;
}

static void kernel(uint32_t correlation, uint64_t start, uint64_t end) {
    const CUpti_ActivityKernel10 record = kernel_of(correlation, start, end);
    cu_join_record(&join, &record);
}

static void node_kernel(uint32_t correlation, uint32_t graph, uint64_t node) {
    CUpti_ActivityKernel10 record = kernel_of(correlation, 1, 2);
    record.graphId = graph;
    record.graphNodeId = node;
    cu_join_record(&join, &record);
}

static void take(int all, size_t count) {
    cu_join_take(&join, slot, all, &list);
    assert_int_equal(list.count, count);
}

static void records_are_read(void **state) {
    (void)state;
    id(9, 0x1234);
    kernel(9, 100, 350);
    CUpti_ActivityMemcpy6 copy = {.kind = CUPTI_ACTIVITY_KIND_MEMCPY,
                                  .copyKind = CUPTI_ACTIVITY_MEMCPY_KIND_DTOH,
                                  .bytes = 4096,
                                  .start = 400,
                                  .end = 500,
                                  .streamId = 14,
                                  .correlationId = 10};
    CUpti_ActivityMemset4 fill = {.kind = CUPTI_ACTIVITY_KIND_MEMSET,
                                  .bytes = 512,
                                  .start = 500,
                                  .end = 510,
                                  .streamId = 15,
                                  .correlationId = 11};
    id(10, 0x1235);
    id(11, 0x1236);
    cu_join_record(&join, &copy);
    cu_join_record(&join, &fill);
    take(0, 3);
    const cu_work *k = &list.item[0].work, *c = &list.item[1].work, *s = &list.item[2].work;
    assert_int_equal(list.item[0].id, 0x1234);
    assert_int_equal(k->kind, FM_ACTIVITY_KERNEL);
    assert_string_equal(k->name, "add(float*)");
    assert_int_equal(k->start, 100);
    assert_int_equal(k->end, 350);
    assert_int_equal(k->blocks, 6);
    assert_int_equal(k->threads, 128);
    assert_int_equal(k->registers, 40);
    assert_int_equal(k->shared, 1100);
    assert_int_equal(k->stream, 13);
    assert_int_equal(list.item[1].id, 0x1235);
    assert_int_equal(c->kind, FM_ACTIVITY_MEMCPY);
    assert_string_equal(c->name, "DtoH");
    assert_int_equal(c->bytes, 4096);
    assert_int_equal(c->stream, 14);
    assert_int_equal(list.item[2].id, 0x1236);
    assert_int_equal(s->kind, FM_ACTIVITY_MEMSET);
    assert_int_equal(s->bytes, 512);
    assert_int_equal(s->end - s->start, 10);
}

static void copies_have_directions(void **state) {
    (void)state;
    static const struct {
        int kind;
        const char *name;
    } known[] = {
        {CUPTI_ACTIVITY_MEMCPY_KIND_HTOD, "HtoD"},  {CUPTI_ACTIVITY_MEMCPY_KIND_DTOH, "DtoH"},
        {CUPTI_ACTIVITY_MEMCPY_KIND_DTOD, "DtoD"},  {CUPTI_ACTIVITY_MEMCPY_KIND_HTOH, "HtoH"},
        {CUPTI_ACTIVITY_MEMCPY_KIND_PTOP, "PtoP"},  {CUPTI_ACTIVITY_MEMCPY_KIND_HTOA, "HtoD"},
        {CUPTI_ACTIVITY_MEMCPY_KIND_UNKNOWN, NULL}, {200, NULL}};
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        CUpti_ActivityMemcpy6 copy = {.kind = CUPTI_ACTIVITY_KIND_MEMCPY,
                                      .copyKind = (uint8_t)known[i].kind};
        cu_work work;
        assert_true(cu_record_work(&copy, &work));
        if (known[i].name)
            assert_string_equal(work.name, known[i].name);
        else
            assert_null(work.name);
    }
}

/* Other tools' ids, calls of CUDA and kinds that nobody asked for are left alone. */
static void strangers_are_left_alone(void **state) {
    (void)state;
    CUpti_ActivityExternalCorrelation theirs = {.kind = CUPTI_ACTIVITY_KIND_EXTERNAL_CORRELATION,
                                                .externalKind =
                                                    CUPTI_EXTERNAL_CORRELATION_KIND_CUSTOM1,
                                                .externalId = 99,
                                                .correlationId = 1};
    CUpti_ActivityAPI call = {
        .kind = CUPTI_ACTIVITY_KIND_DRIVER, .start = 1, .end = 2, .correlationId = 1};
    cu_join_record(&join, &theirs);
    cu_join_record(&join, &call);
    assert_int_equal(join.calls.count, 0);
    kernel(1, 10, 20); /* a kernel of somebody else's */
    take(0, 0);
    take(1, 1);
    assert_int_equal(list.item[0].id, 0);
}

static void any_order_will_do(void **state) {
    (void)state;
    kernel(2, 30, 40); /* before its id */
    id(1, 101);
    kernel(3, 50, 60);
    cu_join_round(&join);
    id(3, 103);
    id(2, 102);
    kernel(1, 10, 20);
    cu_join_round(&join);
    take(0, 3);
    uint64_t of[4] = {0};
    for (int i = 0; i < 3; ++i) of[list.item[i].work.correlation] = list.item[i].id;
    for (uint64_t i = 1; i < 4; ++i) assert_int_equal(of[i], 100 + i);
    assert_int_equal(join.calls.count, 0);
}

/* Without an id work is waited for through a few buffers, not for good. */
static void strangers_do_not_pile_up(void **state) {
    (void)state;
    for (uint32_t i = 1; i <= 1000; ++i) {
        kernel(i, i, i + 1);
        cu_join_round(&join);
        assert_in_range(join.waiting_count, 0, 5);
    }
    take(1, 1000);
    for (size_t i = 0; i < list.count; ++i) assert_int_equal(list.item[i].id, 0);
}

static void missing_records_leave_nothing(void **state) {
    (void)state;
    for (uint32_t i = 1; i <= 100; ++i) id(i, i);
    kernel(50, 1, 2);
    assert_int_equal(cu_join_missing(&join, slot), 99);
    take(1, 1);
    assert_int_equal(list.item[0].id, 50);
    assert_int_equal(cu_join_missing(&join, slot), 0); /* not waited for again */
    kernel(51, 3, 4);                                  /* late, but known */
    take(1, 1);
    assert_int_equal(list.item[0].id, 51);
    take(1, 0);
    assert_int_equal(join.calls.count, 0);
    kernel(52, 5, 6);
    take(1, 1);
    assert_int_equal(list.item[0].id, 0); /* too late */
}

/* Launches that never run do not grow the table without bound. */
static void launches_without_work_are_forgotten(void **state) {
    (void)state;
    for (uint32_t i = 1; i <= 500000; ++i) id(i, i);
    assert_in_range(join.calls.count, 1, 200000);
    kernel(500000 - 60000, 1, 2);
    take(0, 1);
    assert_int_equal(list.item[0].id, 500000 - 60000);
    take(1, 0);
    take(1, 0);
}

static void times_that_are_none_are_counted(void **state) {
    (void)state;
    for (uint32_t i = 1; i <= 4; ++i) id(i, i);
    kernel(1, 0, 0);  /* no device memory for its times */
    kernel(2, 10, 0); /* a forced flush of a running one */
    kernel(3, 10, 5);
    kernel(4, 10, 10);
    take(1, 1);
    assert_int_equal(list.item[0].id, 4);
    assert_int_equal(cu_join_lost(&join, slot), 3);
}

static void graphs_are_of_their_captured_calls(void **state) {
    (void)state;
    cu_join_node(&join, 1, 201); /* captured */
    cu_join_node(&join, 2, 202);
    cu_join_clone(&join, 11, 1); /* instantiated */
    cu_join_clone(&join, 12, 2);
    cu_join_clone(&join, 13, 3); /* a node of somebody else's */
    cu_join_unnode(&join, 1);    /* the graph is destroyed, the executable one lives */
    cu_join_unnode(&join, 2);
    id(7, 300); /* the launch itself is within a call */
    for (int replay = 0; replay < 2; ++replay) {
        const uint32_t launch = 7 + (uint32_t)replay;
        node_kernel(launch, 5, 11);
        node_kernel(launch, 5, 12);
        node_kernel(launch, 5, 12); /* one node, two records: still its */
        node_kernel(launch, 5, 13);
    }
    take(1, 8);
    static const uint64_t expected[] = {201, 202, 202, 300, 201, 202, 202, 0};
    for (int i = 0; i < 8; ++i) assert_int_equal(list.item[i].id, expected[i]);
    for (int i = 0; i < 4; ++i) assert_int_equal(list.item[i].work.graph, 5);
    node_kernel(9, 5, 1); /* by the node itself, whose graph is no more */
    take(1, 1);
    assert_int_equal(list.item[0].id, 201);
    cu_join_unnode(&join, 11);
    cu_join_unnode(&join, 12);
    cu_join_unnode(&join, 99);
    cu_join_node(&join, 77, 203); /* never instantiated */
    cu_join_unnode(&join, 77);
    assert_int_equal(join.nodes.count, 2); /* until the collector ends */
}

static void slots_are_apart(void **state) {
    (void)state;
    const int other = cu_join_begin(&join, 1);
    assert_int_equal(other, 1);
    id(1, cu_join_tag(slot, 5));
    id(2, cu_join_tag(other, 5));
    kernel(1, 1, 2);
    kernel(2, 3, 4);
    CUpti_ActivityKernel10 record = kernel_of(77, 5, 6);
    record.deviceId = 1;
    cu_join_record(&join, &record);
    take(1, 1);
    assert_int_equal(list.item[0].id, 5);
    assert_int_equal(list.item[0].work.start, 1);
    cu_joined_list theirs = {0};
    cu_join_take(&join, other, 1, &theirs);
    assert_int_equal(theirs.count, 2);
    assert_int_equal(theirs.item[0].id, 5);
    assert_int_equal(theirs.item[1].id, 0);
    cu_host->free(theirs.item);
    id(3, cu_join_tag(other, 6));
    cu_join_end(&join, other);
    assert_int_equal(join.calls.count, 0);
    id(4, cu_join_tag(other, 7)); /* of a slot that is no more */
    kernel(4, 7, 8);
    take(1, 1);
    assert_int_equal(list.item[0].id, 0);
}

static void slots_run_out(void **state) {
    (void)state;
    for (int i = 1; i < CU_SLOTS; ++i) assert_int_equal(cu_join_begin(&join, 0), i);
    assert_int_equal(cu_join_begin(&join, 0), -1);
    for (int i = 1; i < CU_SLOTS; ++i) cu_join_end(&join, i);
}

static void tables_hold_what_is_put_in(void **state) {
    (void)state;
    cu_ids ids = {0};
    uint64_t value = 0;
    assert_false(cu_ids_get(&ids, 1, &value));
    cu_ids_remove(&ids, 1);
    for (uint64_t i = 0; i < 5000; ++i) assert_true(cu_ids_put(&ids, i * i, i));
    for (uint64_t i = 0; i < 5000; i += 3) cu_ids_remove(&ids, i * i);
    for (uint64_t i = 0; i < 5000; ++i) {
        assert_int_equal(cu_ids_get(&ids, i * i, &value), i % 3 != 0);
        if (i % 3) assert_int_equal(value, i);
    }
    cu_ids_age(&ids, NULL, NULL);
    assert_true(ids.count > 0);
    assert_true(cu_ids_put(&ids, 16, 44));
    cu_ids_age(&ids, NULL, NULL);
    assert_int_equal(ids.count, 1);
    assert_true(cu_ids_get(&ids, 16, &value));
    assert_int_equal(value, 44);
    cu_ids_close(&ids);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(records_are_read),
        CASE(copies_have_directions),
        CASE(strangers_are_left_alone),
        CASE(any_order_will_do),
        CASE(strangers_do_not_pile_up),
        CASE(missing_records_leave_nothing),
        CASE(launches_without_work_are_forgotten),
        CASE(times_that_are_none_are_counted),
        CASE(graphs_are_of_their_captured_calls),
        CASE(slots_are_apart),
        CASE(slots_run_out),
        CASE(tables_hold_what_is_put_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include <stdio.h>

int main(void) {
    printf("skipped: CUPTI's headers were not found\n");
    return 77;
}
#endif
