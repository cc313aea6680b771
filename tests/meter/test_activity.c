/* The sum of a collector's records: what belongs to which call, and what the device was busy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "meter/activity.h"
#include "meter/aside.h"
#include "meter/captured.h"
#include "meter/fake_context.h"

typedef struct fixture {
    fm_ledger ledger;
    fm_activity_sum sum;
    fm_ledger_row *add, *matmul;
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    if (!f || fm_ledger_init(&f->ledger, NULL) != FM_OK) return -1;
    f->add = fm_ledger_row_of(&f->ledger, "add", FM_FLOAT32, NULL);
    f->matmul = fm_ledger_row_of(&f->ledger, "matmul", FM_FLOAT64, NULL);
    fm_activity_begin(&f->sum, &f->ledger);
    f->sum.units = 10;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    fm_ledger_close(&f->ledger);
    free(f);
    return 0;
}

static fm_activity kernel(const char *name, uint64_t start, uint64_t end, fm_correlation call) {
    return (fm_activity){.size = sizeof(fm_activity),
                         .kind = FM_ACTIVITY_KERNEL,
                         .name = name,
                         .start = start,
                         .end = end,
                         .correlation = call};
}

static void put(fixture *f, fm_activity record) {
    fm_activity_add(&f->sum, &record);
}

static fm_counters read_row(const fm_ledger_row *row) {
    fm_counters counters;
    (void)fm_ledger_row_read(row, &counters);
    return counters;
}

static void test_several_kernels_of_one_call_are_its_time(void **state) {
    fixture *f = *state;
    fm_correlation first = fm_activity_call(&f->sum, f->matmul);
    fm_correlation second = fm_activity_call(&f->sum, f->matmul);
    put(f, kernel("split", 0, 10, first));
    put(f, kernel("reduce", 20, 25, second)); /* out of order between calls */
    put(f, kernel("reduce", 10, 13, first));
    put(f, kernel("split", 14, 20, second));
    fm_activity_flush(&f->sum);
    fm_counters row = read_row(f->matmul);
    assert_int_equal(row.timed, 2);
    assert_int_equal(row.ns_total, 24);
    assert_int_equal(row.ns_min, 11);
    assert_int_equal(row.ns_max, 13);
    assert_int_equal(row.launches, 4);
    assert_int_equal(f->sum.totals.out_of_order, 2);
    assert_int_equal(f->sum.totals.busy_ns, 24);
    const fm_ledger *kernels = fm_ledger_seen_kernels(&f->ledger);
    assert_int_equal(kernels->count, 2);
    assert_string_equal(fm_ledger_row_at(kernels, 0)->op, "split");
    assert_string_equal(fm_ledger_row_at(kernels, 0)->name_space, "matmul");
    assert_int_equal(read_row(fm_ledger_row_at(kernels, 0)).ns_total, 16);
}

static void test_unknown_and_late_records(void **state) {
    fixture *f = *state;
    fm_correlation old = fm_activity_call(&f->sum, f->add);
    fm_activity_begin(&f->sum, &f->ledger);
    fm_correlation now = fm_activity_call(&f->sum, f->add);
    put(f, kernel("theirs", 0, 30, 0));
    put(f, kernel("before", 30, 40, old));
    put(f, kernel("map", 40, 60, now));
    put(f, kernel("ahead", 60, 61, now + 1));
    put(f, kernel("rowless", 61, 62, now | (fm_correlation)900 << FM_CORRELATION_CALL_BITS));
    put(f, kernel("backwards", 9, 8, now));
    fm_activity_flush(&f->sum);
    const fm_activity_totals *t = &f->sum.totals;
    assert_int_equal(t->records, 6);
    assert_int_equal(t->late, 2);
    assert_int_equal(t->unknown, 1);
    assert_int_equal(t->backwards, 1);
    assert_int_equal(t->unattributed, 4);
    assert_int_equal(t->kernel_ns, 62);
    assert_int_equal(t->attributed_ns, 20);
    assert_int_equal(read_row(f->add).timed, 1);
}

static void test_busy_time_is_a_union(void **state) {
    fixture *f = *state;
    put(f, kernel("a", 100, 200, 0));
    put(f, kernel("b", 150, 250, 0));
    put(f, kernel("c", 300, 400, 0));
    put(f, kernel("d", 240, 310, 0)); /* joins both */
    put(f, kernel("e", 10, 20, 0));   /* before all */
    fm_activity_flush(&f->sum);
    assert_int_equal(f->sum.totals.busy_ns, 310);
    assert_int_equal(fm_activity_take_busy(&f->sum), 310);
    assert_int_equal(fm_activity_take_busy(&f->sum), 0);
}

static void test_busy_time_of_many_intervals(void **state) {
    fixture *f = *state;
    for (uint64_t i = 0; i < 1000; ++i) put(f, kernel("k", i * 10, i * 10 + 4, 0));
    fm_activity_flush(&f->sum);
    assert_int_equal(f->sum.totals.busy_ns, 4000);
}

static void test_replays_are_told_apart(void **state) {
    fixture *f = *state;
    fm_activity node = kernel("map", 0, 5, fm_activity_call(&f->sum, f->add));
    node.graph = 7;
    for (uint64_t launch = 1; launch <= 3; ++launch) {
        node.launch = launch;
        node.start += 10;
        node.end = node.start + 5 * launch;
        put(f, node);
    }
    fm_activity_flush(&f->sum);
    assert_int_equal(read_row(f->add).timed, 3);
    assert_int_equal(read_row(f->add).ns_max, 15);
    assert_int_equal(f->sum.totals.replayed, 3);
}

/* A graph of an earlier sum, captured under another ledger: calls 5 and 6 of the rows 3 and 4. */
static void test_replays_of_an_earlier_sum(void **state) {
    fixture *f = *state;
    fm_captured_row rows[] = {{.row = f->add, .serial = f->ledger.serial, .number = 3},
                              {.row = f->matmul, .serial = f->ledger.serial, .number = 4}};
    fm_captured graph = {.rows = rows, .count = 2, .first_call = 5, .calls_numbered = 2};
    fm_activity node = kernel("map", 10, 17, (fm_correlation)4 << FM_CORRELATION_CALL_BITS | 5);
    f->sum.first_call = f->sum.next_call = 100;
    node.graph = node.launch = 7;
    put(f, node); /* nobody knows the graph yet */
    assert_int_equal(f->sum.totals.late, 1);
    for (int twice = 0; twice < 2; ++twice) fm_activity_replays(&f->sum, &graph);
    put(f, node);
    node.correlation = (fm_correlation)5 << FM_CORRELATION_CALL_BITS | 6;
    put(f, node);
    node.correlation = (fm_correlation)5 << FM_CORRELATION_CALL_BITS | 7; /* past its calls */
    put(f, node);
    rows[0].serial++; /* its row is of another ledger */
    node.correlation = (fm_correlation)4 << FM_CORRELATION_CALL_BITS | 5;
    put(f, node);
    fm_activity_forget(&f->sum, &graph);
    node.correlation = (fm_correlation)5 << FM_CORRELATION_CALL_BITS | 6;
    put(f, node);
    fm_activity_flush(&f->sum);
    assert_int_equal(f->sum.totals.late, 4);
    assert_int_equal(read_row(f->add).ns_total, 7);
    assert_int_equal(read_row(f->matmul).ns_total, 7);
}

static void test_grid_hardware_and_copies(void **state) {
    fixture *f = *state;
    fm_correlation call = fm_activity_call(&f->sum, f->matmul);
    fm_activity record = kernel("gemm", 0, 5, call);
    record.blocks = 8;
    record.resident = 2;
    put(f, record);
    fm_activity counted = {.size = sizeof counted,
                           .kind = FM_ACTIVITY_COUNTERS,
                           .correlation = call,
                           .hardware = {.known = 1u << FM_HW_tensor_flops,
                                        .overflowed = 1u << FM_HW_tensor_flops,
                                        .tensor_flops = 512,
                                        .bytes_read = 9}};
    put(f, counted);
    fm_activity copy = kernel("HtoD", 5, 9, 0);
    copy.kind = FM_ACTIVITY_MEMCPY;
    copy.bytes = 4096;
    put(f, copy);
    fm_activity_flush(&f->sum);
    fm_counters row = read_row(f->matmul);
    assert_int_equal(row.blocks, 8);
    assert_int_equal(row.slots, 20);
    assert_int_equal(row.tensor_flops, 512);
    assert_int_equal(row.bytes_read, 0);
    assert_int_equal(row.counted_flops, 1);
    assert_int_equal(row.counted_bytes, 0);
    assert_int_equal(row.overflowed, 1);
    assert_int_equal(f->sum.totals.copied_bytes, 4096);
    assert_int_equal(f->sum.totals.kernel_ns, 5);
    assert_int_equal(f->sum.totals.unattributed, 0);
}

static void test_kernels_fold_with_their_ledger(void **state) {
    fixture *f = *state;
    put(f, kernel("map", 0, 5, fm_activity_call(&f->sum, f->add)));
    fm_activity_flush(&f->sum);
    fm_ledger into;
    assert_int_equal(fm_ledger_init(&into, NULL), FM_OK);
    fm_ledger_add(f->add, 1, 0, 0, FM_UNTIMED);
    assert_true(fm_ledger_fold(&into, &f->ledger));
    const fm_ledger *kernels = fm_ledger_seen_kernels(&into);
    fm_counters counters;
    assert_true(fm_ledger_row_read_process(fm_ledger_row_at(kernels, 0), &counters));
    assert_int_equal(counters.ns_total, 5);
    assert_string_equal(fm_ledger_row_at(kernels, 0)->name_space, "add");
    fm_ledger_close(&into);
    fm_ledger_reset(&f->ledger);
    assert_false(
        fm_ledger_row_read(fm_ledger_row_at(fm_ledger_seen_kernels(&f->ledger), 0), &counters));
}

/* What is counted aside leaves the sums as they were, and does not end them. */
static void test_asides_keep_the_sums(void **state) {
    (void)state;
    fm_context ctx;
    fm_aside aside;
    fm_activity record = kernel("mine", 10, 30, 0);
    assert_int_equal(fake_open(&ctx, FM_TIMING_ACTIVITY, true), FM_OK);
    assert_true(fm_meter_collect(&ctx.meter, 1));
    fm_meter_take_activity(&ctx.meter, &record);
    fm_meter_collected(&ctx.meter, true);
    assert_int_equal(fm_meter_set_aside(&ctx.meter, &aside, &ctx.error), FM_OK);
    assert_int_equal(ctx.meter.activity->totals.records, 0);
    fm_meter_take_activity(&ctx.meter, &record);
    fm_meter_collected(&ctx.meter, true);
    fm_meter_resume(&ctx.meter, &aside);
    record.start = 100;
    record.end = 105;
    fm_meter_take_activity(&ctx.meter, &record);
    fm_meter_collected(&ctx.meter, true);
    const fm_activity_totals *totals = &ctx.meter.activity->totals;
    assert_int_equal(totals->records, 2);
    assert_int_equal(totals->kernel_ns, 25);
    assert_int_equal(totals->busy_ns, 25);
    assert_int_equal(fm_live_get(&ctx.meter.window->backend_ns), 25);
    fake_close(&ctx);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(test_several_kernels_of_one_call_are_its_time),
        CASE(test_unknown_and_late_records),
        CASE(test_busy_time_is_a_union),
        CASE(test_busy_time_of_many_intervals),
        CASE(test_replays_are_told_apart),
        CASE(test_replays_of_an_earlier_sum),
        CASE(test_grid_hardware_and_copies),
        CASE(test_kernels_fold_with_their_ledger),
        CASE(test_asides_keep_the_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
