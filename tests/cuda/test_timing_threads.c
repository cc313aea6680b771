/* One session among threads: each has its own calls' work, sessions begin and end meanwhile, and
 * memory that runs out costs records and nothing else. */
#include "timing_test.h"

#include "core/alloc.h"
#include "cuda/timing/session.h"

#include <pthread.h>

enum { THREADS = 4, SESSIONS = 5, LAUNCHES = 1000 };

/* The tests' libcupti wants one call at a time of what stands for the device. */
static pthread_mutex_t device = PTHREAD_MUTEX_INITIALIZER;
static uint64_t launches;

static void run_one(void) {
    (void)pthread_mutex_lock(&device);
    const uint64_t launch = ++launches;
    const fm_fake_seen seen = {
        .launch = launch, .kind = FM_FAKE_KERNEL, .start = launch * 10, .end = launch * 10 + 5};
    timing_cupti->observer.launched(NULL, launch, FM_FAKE_KERNEL);
    timing_cupti->observer.ran(NULL, &seen);
    (void)pthread_mutex_unlock(&device);
}

static size_t drain(int slot, int all, cu_joined_list *list, uint64_t *sum) {
    cu_session_take(slot, all, list);
    for (size_t i = 0; i < list->count; ++i) *sum += list->item[i].id;
    return list->count;
}

/* NULL, or what went wrong. */
static const char *one_session(void) {
    fm_collector_status got = {.size = sizeof got};
    cu_joined_list list = {0};
    uint64_t sum = 0;
    size_t count = 0;
    int slot;
    if (!cu_session_begin(0, &slot, &got)) return "it did not begin";
    for (int i = 1; i <= LAUNCHES; ++i) {
        cu_session_push(slot, (uint64_t)i);
        run_one();
        cu_session_pop();
        if (i % 300 == 0) count += drain(slot, 0, &list, &sum);
    }
    (void)pthread_mutex_lock(&device);
    cu_session_flush(slot, 1);
    (void)pthread_mutex_unlock(&device);
    count += drain(slot, 1, &list, &sum);
    cu_host->free(list.item);
    (void)pthread_mutex_lock(&device);
    cu_session_end(slot);
    (void)pthread_mutex_unlock(&device);
    if (count != LAUNCHES) return "launches are missing";
    return sum == (uint64_t)LAUNCHES * (LAUNCHES + 1) / 2 ? NULL : "launches are another's";
}

static void *sessions(void *unused) {
    (void)unused;
    for (int i = 0; i < SESSIONS; ++i) {
        const char *wrong = one_session();
        if (wrong) return (void *)(uintptr_t)wrong;
    }
    return NULL;
}

static void threads_share_the_session(void **state) {
    pthread_t thread[THREADS];
    timing_library(*state);
    timing_cupti->buffer_bytes = 4096;
    for (int t = 0; t < THREADS; ++t)
        assert_int_equal(pthread_create(&thread[t], NULL, sessions, NULL), 0);
    for (int t = 0; t < THREADS; ++t) {
        void *wrong = NULL;
        assert_int_equal(pthread_join(thread[t], &wrong), 0);
        if (wrong) fail_msg("%s", (const char *)wrong);
    }
    assert_int_equal(timing_cupti->subscribers, 0);
    assert_int_equal(timing_cupti->pushes, timing_cupti->pops);
}

static void memory_may_run_out(void **state) {
    timing_library(*state);
    int nth = 1;
    for (;; ++nth) {
        fm_collector_status got = {.size = sizeof got};
        cu_joined_list list = {0};
        uint64_t sum = 0;
        int slot;
        const uint64_t before = fm_alloc_count();
        fm_alloc_fail_at((uint64_t)nth, 0);
        const int on = cu_session_begin(0, &slot, &got);
        if (on) {
            for (int i = 1; i <= 20; ++i) {
                cu_session_push(slot, (uint64_t)i);
                run_one();
                cu_session_pop();
            }
            cu_session_flush(slot, 1);
            const size_t count = drain(slot, 1, &list, &sum);
            assert_true(count + cu_session_dropped(slot) == 20);
            cu_session_end(slot);
        } else {
            assert_string_not_equal(got.reason, "");
        }
        const int struck = fm_alloc_count() - before >= (uint64_t)nth;
        fm_alloc_fail_at(0, 0);
        cu_host->free(list.item);
        assert_int_equal(timing_cupti->subscribers, 0);
        if (!struck) break;
    }
    assert_true(nth > 4);
}

int main(void) {
    cu_host = fm_module_host();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(threads_share_the_session, (void *)(uintptr_t) "one"),
        cmocka_unit_test_prestate(threads_share_the_session, (void *)(uintptr_t) "several"),
        cmocka_unit_test_prestate(memory_may_run_out, (void *)(uintptr_t) "one"),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
