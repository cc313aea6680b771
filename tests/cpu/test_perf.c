/* Hardware events on a kernel that the test plays: groups a thread, weights, refusals, turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/module.h"
#include "cpu/perf.h"
#include "cpu/pool.h"

extern const fm_backend_api *fm_backend_entry(const fm_host_api *host);

static struct {
    int opened, open;      /* events so far, and now */
    int fails_at, failure; /* the nth event (from 1) and its errno; 0: none */
    int groups;            /* leaders so far */
    uint64_t tick;         /* what an event grows by from reading to reading */
    uint64_t enabled, running;
    uint64_t readings;
    int short_read;
    uint64_t configs[16];
} kernel;

static int open_event(uint32_t type, uint64_t config, pid_t thread, int group) {
    (void)type;
    assert_true(thread > 0);
    if (++kernel.opened == kernel.fails_at) {
        errno = kernel.failure;
        return -1;
    }
    if (kernel.opened <= 16) kernel.configs[kernel.opened - 1] = config;
    kernel.groups += group < 0;
    ++kernel.open;
    return kernel.opened;
}

static int refuse_event(uint32_t type, uint64_t config, pid_t thread, int group) {
    (void)type;
    (void)config;
    (void)thread;
    (void)group;
    errno = EPERM;
    return -1;
}

static ssize_t read_event(int event, void *reading, size_t bytes) {
    (void)event;
    uint64_t *r = reading;
    const size_t words = bytes / sizeof *r;
    ++kernel.readings;
    r[0] = words - 3;
    r[1] = kernel.enabled;
    r[2] = kernel.running;
    for (size_t i = 3; i < words; ++i) r[i] = kernel.readings * kernel.tick * (i - 2);
    if (kernel.short_read) return 8;
    return (ssize_t)((3 + (size_t)(kernel.opened / kernel.groups)) * sizeof *r);
}

static void close_event(int event) {
    assert_true(event > 0);
    --kernel.open;
}

static int paranoid(void) {
    return 4;
}

static const fm_backend_api *api;
static const fm_collector_api *collector;
static fm_dev *dev;
static fm_error error;
static fm_perf_kernel real;
static fm_activity record[16];
static int records;

static int setup(void **state) {
    (void)state;
    memset(&kernel, 0, sizeof kernel);
    kernel.tick = 10;
    kernel.enabled = kernel.running = 1000;
    records = 0;
    real = fm_perf_kernel_calls;
    fm_perf_kernel_calls = (fm_perf_kernel){open_event, read_event, close_event, paranoid};
    api = fm_backend_entry(fm_module_host());
    collector = api->collector;
    return (int)api->open(0, &dev, &error);
}

static int teardown(void **state) {
    (void)state;
    api->close(dev);
    fm_perf_kernel_calls = real;
    return kernel.open;
}

static fm_collector_status start(fm_tier tier) {
    const fm_collector_options options = {sizeof options, (uint32_t)tier};
    fm_collector_status got = {.size = sizeof got};
    assert_int_equal(collector->start(dev, &options, &got, &error), FM_OK);
    return got;
}

static void take(void *user, const fm_activity *one) {
    (void)user;
    assert_true(records < 16);
    record[records++] = *one;
}

static void collect(void) {
    assert_int_equal(collector->collect(dev, take, NULL, 1, &error), FM_OK);
}

static void the_clock_is_no_collector(void **state) {
    (void)state;
    const fm_collector_status got = start(FM_TIER_ACTIVITY);
    assert_int_equal(got.tier, FM_TIER_CLOCK);
    assert_string_equal(got.reason, "");
    assert_int_equal(kernel.opened, 0);
    collector->stop(dev);
}

static void calls_have_their_counts(void **state) {
    (void)state;
    const int lanes = fm_pool_lanes(fm_pool_shared());
    const fm_collector_status got = start(FM_TIER_COUNTERS);
    char source[64];
    assert_int_equal(got.tier, FM_TIER_COUNTERS);
    (void)snprintf(source, sizeof source, "perf events, %d threads", kernel.groups);
    assert_string_equal(got.source, source);
    assert_in_range(kernel.groups, 1, lanes);
    collector->push(dev, 7);
    collector->pop(dev);
    collect();
    assert_int_equal(records, 1);
    assert_int_equal(record[0].kind, FM_ACTIVITY_COUNTERS);
    assert_true(record[0].correlation == 7);
    /* Each group's reading is as many readings later as there are groups. */
    const uint64_t cycles = 10u * (uint64_t)kernel.groups * (uint64_t)kernel.groups;
    assert_int_equal(record[0].hardware.cycles, cycles);
    assert_int_equal(record[0].hardware.instructions, 2 * cycles);
    fm_perf_flops flops;
    if (fm_perf_this_cpu(&flops)) {
        uint64_t expected = 0;
        for (int i = 0; i < flops.count; ++i)
            expected += (uint64_t)(3 + i) * cycles * flops.weight[i];
        assert_int_equal(record[0].hardware.vector_flops, expected);
        assert_true(record[0].hardware.known >> FM_HW_vector_flops & 1);
    } else {
        assert_string_equal(got.reason,
                            "no events of floating-point operations are known of this CPU");
    }
    collect();
    assert_int_equal(records, 1);
    const fm_collector_options options = {sizeof options, FM_TIER_COUNTERS};
    fm_collector_status again;
    assert_int_equal(collector->start(dev, &options, &again, &error), FM_ERR_STATE);
    assert_string_equal(error.message, "this context's events are counted already");
    collector->stop(dev);
    assert_int_equal(kernel.open, 0);
}

static void turns_are_extrapolated(void **state) {
    (void)state;
    kernel.running = 250;
    (void)start(FM_TIER_COUNTERS);
    collector->push(dev, 1);
    collector->pop(dev);
    collect();
    assert_int_equal(record[0].hardware.cycles,
                     4u * 10u * (uint64_t)kernel.groups * (uint64_t)kernel.groups);
    fm_collector_status now;
    collector->status(dev, &now);
    if (!strstr(now.reason, "floating-point"))
        assert_string_equal(now.reason,
                            "the kernel took turns with the events, so their counts are "
                            "extrapolated");
}

static void refusals_are_explained(void **state) {
    (void)state;
    fm_perf_flops flops;
    const int known = fm_perf_this_cpu(&flops);
    static const struct {
        int failure;
        const char *reason;
    } cases[] = {{EACCES, "the kernel keeps %s to administrators: kernel.perf_event_paranoid is 4, "
                          "needed is 2 or less, or CAP_PERFMON"},
                 {ENOENT, "this machine has no %s, as a virtual one without a performance monitor"},
                 {EMFILE, "%s: Too many open files"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char expected[256];
        memset(&kernel, 0, sizeof kernel);
        kernel.tick = 1;
        kernel.enabled = kernel.running = 1;
        kernel.failure = cases[i].failure;
        if (known) { /* the operations alone */
            kernel.fails_at = 4;
            const fm_collector_status got = start(FM_TIER_COUNTERS);
            assert_int_equal(got.tier, FM_TIER_COUNTERS);
            (void)snprintf(expected, sizeof expected, cases[i].reason,
                           "events of floating-point operations");
            assert_string_equal(got.reason, expected);
            collector->stop(dev);
            assert_int_equal(kernel.open, 0);
        }
    }
}

static void nothing_runs_where_nothing_is_allowed(void **state) {
    (void)state;
    fm_perf_kernel_calls = (fm_perf_kernel){refuse_event, read_event, close_event, paranoid};
    const fm_collector_status got = start(FM_TIER_COUNTERS);
    assert_int_equal(got.tier, FM_TIER_CLOCK);
    assert_string_equal(got.reason, "the kernel keeps hardware events to administrators: "
                                    "kernel.perf_event_paranoid is 4, needed is 2 or less, or "
                                    "CAP_PERFMON");
    collect();
    collector->stop(dev);
}

static void lost_calls_are_counted(void **state) {
    (void)state;
    fm_collector_status now;
    (void)start(FM_TIER_COUNTERS);
    kernel.short_read = 1;
    collector->push(dev, 1);
    collector->pop(dev);
    kernel.short_read = 0;
    collector->status(dev, &now);
    assert_int_equal(now.dropped, 1);
    for (int i = 0; i < 8200; ++i) {
        collector->push(dev, 1);
        collector->pop(dev);
    }
    collector->status(dev, &now);
    assert_int_equal(now.dropped, 1 + 8200 - 8192);
}

static void cpus_are_known_by_their_model(void **state) {
    (void)state;
    fm_perf_flops flops;
    assert_int_equal(fm_perf_find_flops("GenuineIntel", 6, 0x8F, &flops), 5); /* Sapphire Rapids */
    assert_int_equal(flops.config[0], 0x03C7);
    assert_int_equal(flops.weight[4], 16);
    assert_int_equal(fm_perf_find_flops("GenuineIntel", 6, 0x3D, &flops), 5); /* Broadwell */
    assert_int_equal(fm_perf_find_flops("GenuineIntel", 6, 0x3C, &flops), 0); /* Haswell */
    assert_int_equal(fm_perf_find_flops("GenuineIntel", 6, 0xBE, &flops), 0); /* Gracemont */
    assert_int_equal(fm_perf_find_flops("GenuineIntel", 6, 0x2A, &flops), 0); /* Sandy Bridge */
    assert_int_equal(fm_perf_find_flops("AuthenticAMD", 25, 0x61, &flops), 0);
    assert_int_equal(flops.count, 0);
}

/* What this machine's own kernel says, whichever that is. */
static void the_real_kernel_answers(void **state) {
    (void)state;
    fm_perf_kernel_calls = real;
    const fm_collector_status got = start(FM_TIER_COUNTERS);
    printf("tier %u; %s; %s\n", got.tier, got.source, got.reason);
    if (got.tier < FM_TIER_COUNTERS) {
        assert_string_not_equal(got.reason, "");
        return;
    }
    collector->push(dev, 3);
    collector->pop(dev);
    collect();
    assert_int_equal(records, 1);
    assert_true(record[0].hardware.instructions > 0);
    collector->stop(dev);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_clock_is_no_collector),
        CASE(calls_have_their_counts),
        CASE(turns_are_extrapolated),
        CASE(refusals_are_explained),
        CASE(nothing_runs_where_nothing_is_allowed),
        CASE(lost_calls_are_counted),
        CASE(cpus_are_known_by_their_model),
        CASE(the_real_kernel_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
