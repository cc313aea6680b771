/* Budgets: options, limits, modes, one number under eight threads, the default one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/alloc.h"
#include "meter/budget.h"

enum { THREADS = 8, CHARGES = 20000 };

/* Of a context that has the budget to itself: it never gets credit. */
static fm_lease alone;

static fm_budget *make(uint64_t flops, fm_budget_mode mode) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = flops;
    options.mode = mode;
    fm_budget *budget = NULL;
    assert_int_equal(fm_budget_new(&options, &budget, NULL), FM_OK);
    return budget;
}

static void test_refused_exactly_past_the_limit(void **state) {
    (void)state;
    fm_budget *budget = make(100, FM_BUDGET_ENFORCE);
    uint64_t used = 77;
    assert_int_equal(fm_budget_reserve(budget, &alone, 60, &used), FM_GRANTED);
    assert_int_equal(fm_budget_reserve(budget, &alone, 41, &used), FM_REFUSED);
    assert_int_equal(used, 60);
    assert_int_equal(fm_budget_used(budget), 60);
    assert_int_equal(fm_budget_reserve(budget, &alone, 40, &used), FM_GRANTED);
    assert_int_equal(fm_budget_remaining(budget), 0);
    assert_int_equal(fm_budget_reserve(budget, &alone, 0, &used), FM_GRANTED);
    assert_int_equal(fm_budget_reserve(budget, &alone, 1, &used), FM_REFUSED);
    assert_int_equal(fm_budget_reserve(budget, &alone, UINT64_MAX, &used), FM_REFUSED);
    fm_budget_unreserve(budget, 40);
    assert_int_equal(fm_budget_used(budget), 60);
    assert_int_equal(fm_budget_remaining(budget), 40);
    assert_int_equal(fm_budget_limit(budget), 100);
    assert_false(fm_budget_is_default(budget));
    fm_budget_release(budget);
}

static void test_largest_limit(void **state) {
    (void)state;
    fm_budget *budget = make(UINT64_MAX, FM_BUDGET_ENFORCE);
    uint64_t used;
    assert_int_equal(fm_budget_reserve(budget, &alone, UINT64_MAX - 1, &used), FM_GRANTED);
    assert_int_equal(fm_budget_reserve(budget, &alone, 2, &used), FM_REFUSED);
    assert_int_equal(fm_budget_reserve(budget, &alone, 1, &used), FM_GRANTED);
    assert_int_equal(fm_budget_used(budget), UINT64_MAX);
    fm_budget_release(budget);
}

static void test_lenient_modes(void **state) {
    (void)state;
    const fm_budget_mode modes[] = {FM_BUDGET_WARN, FM_BUDGET_OBSERVE};
    for (size_t i = 0; i < 2; ++i) {
        fm_budget *budget = make(10, modes[i]);
        uint64_t used;
        assert_int_equal(fm_budget_reserve(budget, &alone, 10, &used), FM_GRANTED);
        assert_int_equal(fm_budget_reserve(budget, &alone, 5, &used), FM_GRANTED_OVER);
        assert_int_equal(used, 10);
        assert_int_equal(fm_budget_reserve(budget, &alone, 0, &used), FM_GRANTED);
        assert_int_equal(fm_budget_used(budget), 15);
        assert_int_equal(fm_budget_remaining(budget), 0);
        assert_int_equal(fm_budget_reserve(budget, &alone, UINT64_MAX - 14, &used), FM_TOO_LARGE);
        assert_int_equal(fm_budget_used(budget), 15);
        assert_int_equal(fm_budget_reserve(budget, &alone, UINT64_MAX - 15, &used),
                         FM_GRANTED_OVER);
        assert_int_equal(fm_budget_used(budget), UINT64_MAX);
        fm_budget_release(budget);
    }
}

static void assert_option_error(fm_budget_options options, const char *message) {
    fm_budget *budget = NULL;
    fm_error error = {0};
    assert_int_equal(fm_budget_new(&options, &budget, &error), FM_ERR_ARGUMENT);
    assert_null(budget);
    assert_string_equal(error.message, message);
}

static void test_option_errors(void **state) {
    (void)state;
    const fm_budget_options good = {.size = sizeof good, .flops = 1};
    fm_budget_options o = good;
    o.flops = 0;
    assert_option_error(o, "budget: flops is 0, at least 1 is needed");
    o = good;
    o.seconds = -1;
    assert_option_error(o, "budget: seconds is -1, a finite number from 0 on is needed");
    o.seconds = (double)INFINITY;
    assert_option_error(o, "budget: seconds is inf, a finite number from 0 on is needed");
    o = good;
    o.multiplier = -0.5;
    assert_option_error(o, "budget: multiplier is -0.5, a finite number from 0 on is needed");
    o.multiplier = (double)NAN;
    fm_budget *budget = NULL;
    assert_int_equal(fm_budget_new(&o, &budget, NULL), FM_ERR_ARGUMENT);
    o = good;
    o.mode = (fm_budget_mode)3;
    assert_option_error(o, "budget: mode is 3, not one of enforce, warn and observe");
    o = good;
    o.size = 8;
    assert_option_error(o, "budget: options size is 8, at least 24 is needed");
    assert_int_equal(fm_budget_new(NULL, &budget, NULL), FM_ERR_ARGUMENT);
}

/* A program built against a header whose struct ended after flops. */
static void test_shorter_options(void **state) {
    (void)state;
    fm_budget_options options = {.size = offsetof(fm_budget_options, seconds),
                                 .flops = 5,
                                 .seconds = -7,
                                 .multiplier = -7,
                                 .log_ops = true};
    fm_budget *budget = NULL;
    assert_int_equal(fm_budget_new(&options, &budget, NULL), FM_OK);
    assert_true(budget->multiplier == 1.0);
    assert_int_equal(budget->time_limit, 0);
    assert_false(budget->log_ops);
    fm_budget_release(budget);
}

static void test_no_memory(void **state) {
    (void)state;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 1;
    options.name = "named";
    for (uint64_t nth = 1; nth <= 3; ++nth) {
        fm_budget *budget = NULL;
        fm_alloc_fail_at(nth, 1);
        fm_status status = fm_budget_new(&options, &budget, NULL);
        fm_alloc_fail_at(0, 0);
        assert_int_equal(status, nth <= 2 ? FM_ERR_MEMORY : FM_OK);
        assert_true((budget != NULL) == (status == FM_OK));
        fm_budget_release(budget);
    }
}

typedef struct worker {
    fm_budget *budget;
    uint64_t seed, granted, smallest_refused, largest_remaining;
    bool wrong_refusal;
    fm_lease lease;
} worker;

static uint64_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void *charge_randomly(void *arg) {
    worker *w = arg;
    for (int i = 0; i < CHARGES; ++i) {
        uint64_t flops = next_random(&w->seed) % 1000, used;
        if (fm_budget_reserve(w->budget, &w->lease, flops, &used) == FM_GRANTED) {
            w->granted += flops;
        } else if (used + flops <= w->budget->limit) {
            w->wrong_refusal = true;
        }
    }
    return NULL;
}

static uint64_t run_workers(fm_budget *budget, worker *workers) {
    pthread_t threads[THREADS];
    for (uint64_t i = 0; i < THREADS; ++i) {
        workers[i] = (worker){.budget = budget, .seed = i + 1};
        fm_budget_join(budget, &workers[i].lease);
        assert_int_equal(pthread_create(&threads[i], NULL, charge_randomly, &workers[i]), 0);
    }
    uint64_t granted = 0;
    for (int i = 0; i < THREADS; ++i) {
        pthread_join(threads[i], NULL);
        granted += workers[i].granted;
        assert_false(workers[i].wrong_refusal);
    }
    return granted;
}

static void test_eight_threads_share(void **state) {
    (void)state;
    worker workers[THREADS];
    const uint64_t limits[] = {UINT64_MAX, 40000000, 1000};
    for (size_t i = 0; i < 3; ++i) {
        fm_budget *budget = make(limits[i], FM_BUDGET_ENFORCE);
        uint64_t granted = run_workers(budget, workers), used;
        assert_int_equal(fm_budget_used(budget), granted);
        for (int j = 0; j < THREADS; ++j) fm_budget_part(budget, &workers[j].lease);
        assert_int_equal(fm_budget_used(budget), granted);
        assert_true(granted <= limits[i]);
        uint64_t rest = fm_budget_remaining(budget);
        assert_int_equal(fm_budget_reserve(budget, &alone, rest, &used), FM_GRANTED);
        assert_int_equal(fm_budget_used(budget), limits[i]);
        fm_budget_release(budget);
    }
}

static void *charge_one_by_one(void *arg) {
    worker *w = arg;
    uint64_t used;
    while (fm_budget_reserve(w->budget, &w->lease, 1, &used) == FM_GRANTED) ++w->granted;
    return NULL;
}

/* Every charge fits until the budget is full to the last FLOP. */
static void test_filled_exactly(void **state) {
    (void)state;
    enum { LIMIT = 100003 };
    fm_budget *budget = make(LIMIT, FM_BUDGET_ENFORCE);
    pthread_t threads[THREADS];
    worker workers[THREADS];
    uint64_t granted = 0;
    for (int i = 0; i < THREADS; ++i) {
        workers[i] = (worker){.budget = budget};
        fm_budget_join(budget, &workers[i].lease);
        assert_int_equal(pthread_create(&threads[i], NULL, charge_one_by_one, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; ++i) {
        pthread_join(threads[i], NULL);
        granted += workers[i].granted;
    }
    for (int i = 0; i < THREADS; ++i) fm_budget_part(budget, &workers[i].lease);
    assert_int_equal(granted, LIMIT);
    assert_int_equal(fm_budget_used(budget), LIMIT);
    fm_budget_release(budget);
}

/* The default budget is made once in a process, so each case gets its own. */
static int default_in_child(const char *text, uint64_t limit, const char *message) {
    pid_t child = fork();
    if (child == 0) {
        if (text) {
            setenv("FLOPMETER_DEFAULT_BUDGET", text, 1);
        } else {
            unsetenv("FLOPMETER_DEFAULT_BUDGET");
        }
        fm_budget *budget = NULL, *again = NULL;
        fm_error error = {0};
        fm_status status = fm_budget_default(&budget, &error);
        if (message) _exit(status == FM_ERR_ARGUMENT && !strcmp(error.message, message) ? 0 : 1);
        if (status != FM_OK || fm_budget_limit(budget) != limit) _exit(2);
        if (!fm_budget_is_default(budget)) _exit(3);
        setenv("FLOPMETER_DEFAULT_BUDGET", "7", 1);
        if (fm_budget_default(&again, NULL) != FM_OK || again != budget) _exit(4);
        _exit(fm_budget_limit(again) == limit ? 0 : 5);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_default(void **state) {
    (void)state;
    assert_int_equal(default_in_child(NULL, 1000000000000000u, NULL), 0);
    assert_int_equal(default_in_child("1e6", 1000000, NULL), 0);
    assert_int_equal(default_in_child("18446744073709551615", UINT64_MAX, NULL), 0);
    assert_int_equal(default_in_child("-5", 0,
                                      "FLOPMETER_DEFAULT_BUDGET is \"-5\", a whole number of FLOPs "
                                      "from 1 to 18446744073709551615 is needed"),
                     0);
    assert_int_equal(default_in_child("", 0,
                                      "FLOPMETER_DEFAULT_BUDGET is \"\", a whole number of FLOPs "
                                      "from 1 to 18446744073709551615 is needed"),
                     0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused_exactly_past_the_limit),
        cmocka_unit_test(test_largest_limit),
        cmocka_unit_test(test_lenient_modes),
        cmocka_unit_test(test_option_errors),
        cmocka_unit_test(test_shorter_options),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_eight_threads_share),
        cmocka_unit_test(test_filled_exactly),
        cmocka_unit_test(test_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
