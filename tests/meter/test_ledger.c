/* The ledger: rows by key, hand-computed counters, the two views, folding, reading from another
   thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>

#include "core/alloc.h"
#include "meter/inflight.h"
#include "meter/ledger.h"
#include "meter/oplog.h"

static void assert_counters(const fm_counters *c, uint64_t calls, uint64_t flops, uint64_t macs,
                            uint64_t bytes, uint64_t timed, uint64_t total, uint64_t least,
                            uint64_t most) {
    assert_int_equal(c->calls, calls);
    assert_int_equal(c->flops, flops);
    assert_int_equal(c->macs, macs);
    assert_int_equal(c->bytes, bytes);
    assert_int_equal(c->timed, timed);
    assert_int_equal(c->ns_total, total);
    assert_int_equal(c->ns_min, least);
    assert_int_equal(c->ns_max, most);
}

static void test_rows_by_key(void **state) {
    (void)state;
    fm_ledger ledger;
    const fm_name *name;
    assert_int_equal(fm_ledger_init(&ledger, NULL), FM_OK);
    assert_int_equal(fm_names_get(&ledger.names, NULL, "train", &name, NULL), FM_OK);
    char op[] = "add";
    fm_ledger_row *row = fm_ledger_row_of(&ledger, op, FM_FLOAT32, NULL);
    op[0] = 'x'; /* the row has its own copy */
    assert_string_equal(row->op, "add");
    assert_string_equal(row->name_space, "");
    assert_ptr_equal(fm_ledger_row_of(&ledger, "add", FM_FLOAT32, NULL), row);
    assert_ptr_not_equal(fm_ledger_row_of(&ledger, "add", FM_FLOAT64, NULL), row);
    fm_ledger_row *inside = fm_ledger_row_of(&ledger, "add", FM_FLOAT32, name);
    assert_ptr_not_equal(inside, row);
    assert_string_equal(inside->name_space, "train");
    assert_ptr_not_equal(fm_ledger_row_of(&ledger, "ad", FM_FLOAT32, NULL), row);
    assert_int_equal(ledger.count, 4);
    fm_ledger_close(&ledger);
}

static void test_rows_stay(void **state) {
    (void)state;
    enum { ROWS = 2000 };
    static fm_ledger_row *rows[ROWS];
    fm_ledger ledger;
    char op[16];
    assert_int_equal(fm_ledger_init(&ledger, NULL), FM_OK);
    for (int i = 0; i < ROWS; ++i) {
        snprintf(op, sizeof op, "op%d", i);
        rows[i] = fm_ledger_row_of(&ledger, op, FM_FLOAT32, NULL);
    }
    uint64_t before = fm_alloc_count();
    int i = 0;
    for (fm_ledger_row *row = fm_ledger_first(&ledger); row; row = fm_ledger_next(row), ++i) {
        snprintf(op, sizeof op, "op%d", i);
        assert_ptr_equal(row, rows[i]);
        assert_ptr_equal(fm_ledger_row_of(&ledger, op, FM_FLOAT32, NULL), row);
        fm_ledger_add(row, 1, 1, 1, 1);
    }
    assert_int_equal(i, ROWS);
    assert_int_equal(fm_alloc_count(), before);
    fm_ledger_close(&ledger);
}

static void test_counting(void **state) {
    (void)state;
    fm_ledger ledger;
    fm_counters c;
    assert_int_equal(fm_ledger_init(&ledger, NULL), FM_OK);
    fm_ledger_row *row = fm_ledger_row_of(&ledger, "matmul", FM_FLOAT32, NULL);
    assert_false(fm_ledger_row_read(row, &c));
    fm_ledger_add(row, 100, 50, 400, FM_UNTIMED);
    assert_true(fm_ledger_row_read(row, &c));
    assert_counters(&c, 1, 100, 50, 400, 0, 0, UINT64_MAX, 0);
    fm_ledger_add(row, 10, 5, 40, 7);
    fm_ledger_add(row, 1, 0, 4, 3);
    fm_ledger_add_time(row, 20); /* of the first call, late */
    assert_true(fm_ledger_row_read(row, &c));
    assert_counters(&c, 3, 111, 55, 444, 3, 30, 3, 20);
    fm_ledger_close(&ledger);
}

static void test_two_views(void **state) {
    (void)state;
    fm_ledger ledger;
    fm_counters c;
    assert_int_equal(fm_ledger_init(&ledger, NULL), FM_OK);
    fm_ledger_row *row = fm_ledger_row_of(&ledger, "add", FM_FLOAT32, NULL);
    fm_ledger_add(row, 10, 1, 100, 5);
    fm_ledger_reset(&ledger);
    assert_false(fm_ledger_row_read(row, &c));
    assert_true(fm_ledger_row_read_process(row, &c));
    assert_counters(&c, 1, 10, 1, 100, 1, 5, 5, 5);
    fm_ledger_add(row, 20, 2, 200, 9);
    assert_true(fm_ledger_row_read(row, &c));
    assert_counters(&c, 1, 20, 2, 200, 1, 9, 9, 9);
    fm_ledger_reset(&ledger);
    fm_ledger_add(row, 40, 4, 400, 2);
    assert_true(fm_ledger_row_read_process(row, &c));
    assert_counters(&c, 3, 70, 7, 700, 3, 16, 2, 9);
    fm_ledger_forget(&ledger);
    assert_false(fm_ledger_row_read_process(row, &c));
    assert_true(fm_ledger_row_read(row, &c));
    assert_counters(&c, 1, 40, 4, 400, 1, 2, 2, 2);
    fm_ledger_add(row, 80, 8, 800, 3);
    assert_true(fm_ledger_row_read_process(row, &c));
    assert_int_equal(c.flops, 80);
    assert_int_equal(c.calls, 1);
    assert_true(fm_ledger_row_read(row, &c));
    assert_int_equal(c.flops, 120);
    fm_ledger_close(&ledger);
}

static void test_folding(void **state) {
    (void)state;
    fm_ledger into, from;
    fm_counters c;
    const fm_name *train, *step;
    assert_int_equal(fm_ledger_init(&into, NULL), FM_OK);
    for (uint64_t round = 1; round <= 2; ++round) {
        assert_int_equal(fm_ledger_init(&from, NULL), FM_OK);
        assert_int_equal(fm_names_get(&from.names, NULL, "train", &train, NULL), FM_OK);
        assert_int_equal(fm_names_get(&from.names, train, "step", &step, NULL), FM_OK);
        fm_ledger_add(fm_ledger_row_of(&from, "add", FM_INT8, step), 5 * round, 0, 1, round);
        (void)fm_ledger_row_of(&from, "unused", FM_INT8, NULL);
        assert_true(fm_ledger_fold(&into, &from));
        assert_false(fm_ledger_row_read_process(fm_ledger_first(&from), &c));
        fm_ledger_close(&from);
    }
    const fm_ledger_row *row = fm_ledger_first(&into);
    assert_string_equal(row->name_space, "train.step");
    assert_true(fm_ledger_row_read_process(row, &c));
    assert_counters(&c, 2, 15, 0, 2, 2, 3, 1, 2);
    assert_null(fm_ledger_next(row));
    fm_ledger_close(&into);
}

static uint64_t flops_of(const fm_ledger *ledger) {
    uint64_t sum = 0;
    fm_counters c;
    for (fm_ledger_row *row = fm_ledger_first(ledger); row; row = fm_ledger_next(row))
        if (fm_ledger_row_read_process(row, &c)) sum += c.flops;
    return sum;
}

/* Whatever allocation fails, what was counted is in one of the two, once. */
static void test_folding_without_memory(void **state) {
    (void)state;
    for (uint64_t nth = 1;; ++nth) {
        fm_ledger into, from;
        const fm_name *name;
        assert_int_equal(fm_ledger_init(&into, NULL), FM_OK);
        assert_int_equal(fm_ledger_init(&from, NULL), FM_OK);
        assert_int_equal(fm_names_get(&from.names, NULL, "n", &name, NULL), FM_OK);
        fm_ledger_add(fm_ledger_row_of(&from, "a", FM_INT8, NULL), 1, 0, 0, FM_UNTIMED);
        fm_ledger_add(fm_ledger_row_of(&from, "b", FM_INT8, name), 2, 0, 0, FM_UNTIMED);
        fm_ledger_add(fm_ledger_row_of(&from, "c", FM_INT8, name), 4, 0, 0, FM_UNTIMED);
        fm_alloc_fail_at(nth, 0);
        bool all = fm_ledger_fold(&into, &from);
        fm_alloc_fail_at(0, 0);
        assert_int_equal(flops_of(&into) + flops_of(&from), 7);
        assert_int_equal(all, flops_of(&from) == 0);
        assert_true(fm_ledger_fold(&into, &from));
        assert_int_equal(flops_of(&into), 7);
        fm_ledger_close(&from);
        fm_ledger_close(&into);
        if (all) {
            assert_int_equal(nth, 6);
            break;
        }
    }
}

typedef struct shared {
    fm_ledger ledger;
    _Atomic int done;
} shared;

static void *write_rows(void *arg) {
    shared *s = arg;
    char op[16];
    for (int i = 0; i < 20000; ++i) {
        snprintf(op, sizeof op, "op%d", i % 500);
        fm_ledger_add(fm_ledger_row_of(&s->ledger, op, FM_FLOAT32, NULL), 3, 1, 12, 5);
    }
    atomic_store(&s->done, 1);
    return NULL;
}

static void test_read_while_written(void **state) {
    (void)state;
    static shared s;
    pthread_t thread;
    assert_int_equal(fm_ledger_init(&s.ledger, NULL), FM_OK);
    assert_int_equal(pthread_create(&thread, NULL, write_rows, &s), 0);
    uint64_t last = 0;
    while (!atomic_load(&s.done)) {
        uint64_t now = flops_of(&s.ledger);
        assert_true(now >= last);
        last = now;
    }
    pthread_join(thread, NULL);
    assert_int_equal(flops_of(&s.ledger), 60000);
    assert_int_equal(s.ledger.count, 500);
    fm_ledger_close(&s.ledger);
}

static void test_op_log(void **state) {
    (void)state;
    enum { ENTRIES = 40000 };
    fm_op_log log = {0};
    for (uint64_t i = 0; i < ENTRIES; ++i) {
        fm_op_log_entry entry = {.op = "add", .flops = i};
        assert_int_equal(fm_op_log_append(&log, &entry), i);
    }
    fm_op_log_entry *first = fm_op_log_at(&log, 0);
    for (uint64_t i = 0; i < ENTRIES; i += 997) assert_int_equal(fm_op_log_at(&log, i)->flops, i);
    assert_null(fm_op_log_at(&log, ENTRIES));
    assert_null(fm_op_log_at(&log, FM_NOT_LOGGED));
    fm_op_log_clear(&log);
    assert_null(fm_op_log_at(&log, 0));
    uint64_t before = fm_alloc_count();
    assert_int_equal(fm_op_log_append(&log, &(fm_op_log_entry){.flops = 9}), 0);
    assert_int_equal(fm_alloc_count(), before);
    assert_ptr_equal(fm_op_log_at(&log, 0), first);
    fm_op_log_close(&log);
    for (uint64_t nth = 1; nth <= 2; ++nth) {
        fm_alloc_fail_at(nth, 0);
        assert_int_equal(fm_op_log_prepare(&log, NULL), FM_ERR_MEMORY);
        fm_alloc_fail_at(1, 0);
        assert_true(fm_op_log_append(&log, &(fm_op_log_entry){.flops = 9}) == FM_NOT_LOGGED);
        fm_alloc_fail_at(0, 0);
        fm_op_log_close(&log);
    }
}

static void test_inflight(void **state) {
    (void)state;
    fm_inflight inflight = {0};
    uint64_t in = 0, out = 0;
    assert_null(fm_inflight_oldest(&inflight));
    for (int round = 0; round < 3000; ++round) { /* wraps, then grows while wrapped */
        for (int i = 0; i < 3; ++i)
            assert_true(fm_inflight_push(&inflight, &(fm_inflight_entry){.ticket = ++in}));
        for (int i = 0; i < 2; ++i) {
            assert_int_equal(fm_inflight_oldest(&inflight)->ticket, ++out);
            fm_inflight_pop(&inflight);
        }
    }
    assert_int_equal(inflight.count, 3000);
    assert_int_equal(inflight.capacity, 4096);
    while (fm_inflight_oldest(&inflight)) {
        assert_int_equal(fm_inflight_oldest(&inflight)->ticket, ++out);
        fm_inflight_pop(&inflight);
    }
    assert_int_equal(in, out);
    fm_inflight_close(&inflight);
    fm_alloc_fail_at(1, 0);
    assert_false(fm_inflight_push(&inflight, &(fm_inflight_entry){.ticket = 1}));
    fm_alloc_fail_at(0, 0);
    assert_int_equal(inflight.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_by_key),
        cmocka_unit_test(test_rows_stay),
        cmocka_unit_test(test_counting),
        cmocka_unit_test(test_two_views),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_folding_without_memory),
        cmocka_unit_test(test_read_while_written),
        cmocka_unit_test(test_op_log),
        cmocka_unit_test(test_inflight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
