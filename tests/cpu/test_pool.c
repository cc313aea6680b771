/* The thread pool: every index once, the same cuts always, many callers, nesting, fork. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cpu/cpuid.h"
#include "cpu/pool.h"

enum { MOST = 5000, LANES = 8 };

typedef struct tally {
    _Atomic int hits[MOST];
    _Atomic int calls;
    int64_t begin[LANES];
    int64_t end[LANES];
} tally;

static void count(void *arg, int64_t begin, int64_t end, int lane) {
    tally *t = arg;
    t->begin[lane] = begin;
    t->end[lane] = end;
    atomic_fetch_add(&t->calls, 1);
    for (int64_t i = begin; i < end; ++i) atomic_fetch_add(&t->hits[i], 1);
}

static void clear(tally *t) {
    memset(t->begin, 0, sizeof t->begin);
    memset(t->end, 0, sizeof t->end);
    atomic_store(&t->calls, 0);
    for (int i = 0; i < MOST; ++i) atomic_store(&t->hits[i], 0);
}

static void assert_each_once(tally *t, int64_t n) {
    for (int64_t i = 0; i < MOST; ++i) assert_int_equal(atomic_load(&t->hits[i]), i < n);
}

static void test_every_index_once(void **state) {
    (void)state;
    static tally t;
    const int64_t sizes[] = {0, 1, 2, 7, 8, 9, 63, 64, 65, 1000, MOST};
    const int64_t grains[] = {-1, 0, 1, 2, 7, 64, 4999, 5001, INT64_MAX};
    for (int lanes = 1; lanes <= LANES; ++lanes) {
        fm_pool *pool = fm_pool_create(lanes);
        assert_non_null(pool);
        assert_int_equal(fm_pool_lanes(pool), lanes);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
            for (size_t j = 0; j < sizeof grains / sizeof *grains; ++j) {
                clear(&t);
                fm_pool_run(pool, count, &t, sizes[i], grains[j]);
                assert_each_once(&t, sizes[i]);
                assert_true(atomic_load(&t.calls) <= lanes);
            }
        }
        fm_pool_destroy(pool);
    }
}

static void test_cuts_are_multiples_of_grain_and_fixed(void **state) {
    (void)state;
    static tally t;
    fm_pool *pool = fm_pool_create(4);
    assert_non_null(pool);
    for (int turn = 0; turn < 100; ++turn) {
        clear(&t);
        fm_pool_run(pool, count, &t, 1003, 100);
        const int64_t want[] = {0, 300, 600, 900, 1003};
        assert_int_equal(atomic_load(&t.calls), 4);
        for (int s = 0; s < 4; ++s) {
            assert_int_equal(t.begin[s], want[s]);
            assert_int_equal(t.end[s], want[s + 1]);
        }
    }
    clear(&t);
    fm_pool_run(pool, count, &t, 250, 100);
    assert_int_equal(atomic_load(&t.calls), 3);
    assert_int_equal(t.end[2], 250);
    fm_pool_destroy(pool);
}

static void note_range(void *arg, int64_t begin, int64_t end, int lane) {
    int64_t *cuts = arg;
    cuts[2 * lane] = begin;
    cuts[2 * lane + 1] = end;
}

static void test_largest_range(void **state) {
    (void)state;
    int64_t cuts[6] = {0};
    fm_pool *pool = fm_pool_create(3);
    assert_non_null(pool);
    fm_pool_run(pool, note_range, cuts, INT64_MAX, 1000);
    assert_int_equal(cuts[0], 0);
    assert_int_equal(cuts[1], cuts[2]);
    assert_int_equal(cuts[3], cuts[4]);
    assert_int_equal(cuts[5], INT64_MAX);
    assert_int_equal(cuts[1] % 1000, 0);
    fm_pool_destroy(pool);
}

typedef struct nested {
    fm_pool *pool;
    tally *outer;
    _Atomic int64_t inner;
} nested;

static void add_length(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    nested *x = arg;
    atomic_fetch_add(&x->inner, end - begin);
}

static void run_inside(void *arg, int64_t begin, int64_t end, int lane) {
    nested *x = arg;
    count(x->outer, begin, end, lane);
    for (int64_t i = begin; i < end; ++i) fm_pool_run(x->pool, add_length, x, 10, 1);
}

static void test_nested_runs(void **state) {
    (void)state;
    static tally t;
    clear(&t);
    nested x = {.pool = fm_pool_create(4), .outer = &t};
    assert_non_null(x.pool);
    fm_pool_run(x.pool, run_inside, &x, 100, 1);
    assert_each_once(&t, 100);
    assert_int_equal(atomic_load(&x.inner), 1000);
    fm_pool_destroy(x.pool);
}

typedef struct caller {
    pthread_t thread;
    fm_pool *pool;
    int seed;
    int wrong;
} caller;

typedef struct summand {
    const int *values;
    int64_t part[LANES];
} summand;

static void sum_span(void *arg, int64_t begin, int64_t end, int lane) {
    summand *s = arg;
    for (int64_t i = begin; i < end; ++i) s->part[lane] += s->values[i];
}

static void *call_many_times(void *arg) {
    caller *c = arg;
    int values[300];
    for (int turn = 0; turn < 400; ++turn) {
        summand s = {.values = values};
        int64_t want = 0;
        for (int i = 0; i < 300; ++i) {
            values[i] = c->seed * 1000 + turn + i;
            want += values[i];
        }
        fm_pool_run(c->pool, sum_span, &s, 300, 1 + turn % 40);
        for (int i = 0; i < LANES; ++i) want -= s.part[i];
        c->wrong += want != 0;
    }
    return NULL;
}

static void test_many_callers(void **state) {
    (void)state;
    caller callers[8];
    fm_pool *pool = fm_pool_create(4);
    assert_non_null(pool);
    for (int i = 0; i < 8; ++i) {
        callers[i] = (caller){.pool = pool, .seed = i};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, call_many_times, &callers[i]), 0);
    }
    for (int i = 0; i < 8; ++i) {
        assert_int_equal(pthread_join(callers[i].thread, NULL), 0);
        assert_int_equal(callers[i].wrong, 0);
    }
    fm_pool_destroy(pool);
}

static void test_sleepers_wake(void **state) {
    (void)state;
    static tally t;
    fm_pool *pool = fm_pool_create(3);
    assert_non_null(pool);
    for (int turn = 0; turn < 20; ++turn) {
        clear(&t);
        fm_pool_run(pool, count, &t, 3, 1);
        assert_each_once(&t, 3);
        (void)usleep(2000);
    }
    fm_pool_destroy(pool);
}

static void test_shared_pool_after_fork(void **state) {
    (void)state;
#if defined(__SANITIZE_THREAD__)
    skip();
#endif
    static tally t;
    fm_pool *pool = fm_pool_shared();
    assert_ptr_equal(pool, fm_pool_shared());
    assert_int_equal(fm_pool_lanes(pool), fm_cpu_detect()->cores);
    clear(&t);
    fm_pool_run(pool, count, &t, MOST, 1);
    assert_each_once(&t, MOST);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int bad = 0;
        clear(&t);
        fm_pool_run(pool, count, &t, MOST, 1);
        for (int i = 0; i < MOST; ++i) bad += atomic_load(&t.hits[i]) != 1;
        _exit(bad != 0);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    clear(&t);
    fm_pool_run(pool, count, &t, MOST, 1);
    assert_each_once(&t, MOST);
}

static void test_lane_limits(void **state) {
    (void)state;
    assert_null(fm_pool_create(0));
    assert_null(fm_pool_create(-1));
    assert_null(fm_pool_create(1025));
    fm_pool_destroy(NULL);
}

static void test_cpu_facts(void **state) {
    (void)state;
    const fm_cpu_facts *f = fm_cpu_detect();
    assert_ptr_equal(f, fm_cpu_detect());
    assert_true(f->cpus >= 1);
    assert_true(f->cores >= 1);
    assert_true(f->l1d > 0 && f->l2 >= f->l1d && f->l3 >= f->l2);
    assert_true(!f->avx512_bf16 || f->isa == FM_ISA_V4);
    assert_string_equal(fm_isa_name(FM_ISA_GENERIC), "generic");
    assert_string_equal(fm_isa_name(FM_ISA_V4), "x86-64-v4");
#if defined(__x86_64__)
    assert_true(f->isa < FM_ISA_V3 || __builtin_cpu_supports("avx2"));
    assert_true(f->isa < FM_ISA_V4 || __builtin_cpu_supports("avx512vl"));
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_index_once),
        cmocka_unit_test(test_cuts_are_multiples_of_grain_and_fixed),
        cmocka_unit_test(test_largest_range),
        cmocka_unit_test(test_nested_runs),
        cmocka_unit_test(test_many_callers),
        cmocka_unit_test(test_sleepers_wake),
        cmocka_unit_test(test_shared_pool_after_fork),
        cmocka_unit_test(test_lane_limits),
        cmocka_unit_test(test_cpu_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
