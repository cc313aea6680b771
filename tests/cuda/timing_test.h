/* What the tests of collecting share: the libcupti that they open, and what was delivered. */
#ifndef FM_TESTS_CUDA_TIMING_TEST_H
#define FM_TESTS_CUDA_TIMING_TEST_H

#include "fake_test.h"

#include "core/module.h"
#include "cuda/device.h"
#include "cupti/fake_cupti.h"

#include <dlfcn.h>
#include <stdio.h>

extern const fm_backend_api *fm_backend_entry(const fm_host_api *host);

enum { TIMING_RECORDS = 4096 };

static const fm_backend_api *timing_api;
static const fm_collector_api *timing;
static fm_dev *timing_dev;
static void *timing_stream;
static fm_error timing_error;
static fake_cupti *timing_cupti;
static fm_activity timing_record[TIMING_RECORDS];
static char timing_name[TIMING_RECORDS][64];
static int timing_count;

#define TIMING_OK(call) assert_string_equal(fm_status_name(call), "FM_OK")

static inline void timing_take(void *user, const fm_activity *record) {
    assert_ptr_equal(user, &timing_count);
    assert_true(timing_count < TIMING_RECORDS);
    assert_int_equal(record->size, sizeof *record);
    (void)snprintf(timing_name[timing_count], sizeof timing_name[0], "%s",
                   record->name ? record->name : "-");
    timing_record[timing_count++] = *record;
}

/* Opens build/lib/libfake_cupti_<version>.so for the product, and its controls for the test. */
static inline void timing_library(const char *version) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/libfake_cupti_%s.so", getenv("FLOPMETER_BACKEND_DIR"),
                   version);
    assert_int_equal(setenv("FLOPMETER_CUPTI", path, 1), 0);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) fail_msg("%s", dlerror());
    fake_cupti *(*entry)(void);
    void *symbol = dlsym(library, FAKE_CUPTI_ENTRY);
    memcpy(&entry, &symbol, sizeof entry);
    timing_cupti = entry();
    const fm_fake_observer observer = timing_cupti->observer;
    memset(timing_cupti, 0, sizeof *timing_cupti);
    timing_cupti->observer = observer;
    fm_fake_entry()->observe(&observer);
}

static inline int timing_open(void **state) {
    if (fresh(state)) return 1;
    timing_count = 0;
    timing_api = fm_backend_entry(fm_module_host());
    timing = timing_api->collector;
    return timing_api->open(0, &timing_dev, &timing_error) ||
           timing_api->stream_create(timing_dev, &timing_stream, &timing_error);
}

static inline int timing_close(void **state) {
    timing_api->stream_destroy(timing_dev, timing_stream);
    timing_api->close(timing_dev);
    fm_fake_entry()->observe(NULL);
    return clean(state);
}

static inline fm_collector_status timing_start(fm_tier tier) {
    const fm_collector_options options = {sizeof options, (uint32_t)tier};
    fm_collector_status got = {.size = sizeof got};
    TIMING_OK(timing->start(timing_dev, &options, &got, &timing_error));
    return got;
}

static inline void timing_collect(int all) {
    if (all) TIMING_OK(timing_api->synchronize(timing_dev, timing_stream, &timing_error));
    TIMING_OK(timing->collect(timing_dev, timing_take, &timing_count, all, &timing_error));
}

static inline uint64_t timing_dropped(void) {
    fm_collector_status now = {.size = sizeof now};
    timing->status(timing_dev, &now);
    return now.dropped;
}

#endif
