/* What the tests of the fake device share: clean starts, errors by name, deaths in a child. */
#ifndef FM_TESTS_CUDA_FAKE_TEST_H
#define FM_TESTS_CUDA_FAKE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cuda/fake/fake.h"
#include "kernels.h"

#define OK(call)          assert_string_equal(cu_api.error_name(call), "cudaSuccess")
#define FAILS(call, name) assert_string_equal(cu_api.error_name(call), name)

/* Device 0 of one, no armed failure, no error left; for cmocka's setup. */
static inline int fresh(void **state) {
    (void)state;
    fm_fake_entry()->fail_at(0, 0, FM_FAKE_AT_ONCE);
    fm_fake_entry()->forget_errors();
    fm_fake_entry()->devices(1);
    fm_fake_entry()->memory((size_t)4 << 30);
    fm_fake_entry()->driver(13000);
    return (int)cu_api.device_set(0);
}

/* Nothing may be left over; for cmocka's teardown. */
static inline int clean(void **state) {
    (void)state;
    fm_fake_census census;
    fm_fake_entry()->census(&census);
    fm_fake_census none;
    memset(&none, 0, sizeof none);
    return memcmp(&census, &none, sizeof none) != 0;
}

/* Whether body(data) kills the process that runs it. */
static inline int dies(void (*body)(void *data), void *data) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        const struct rlimit no_core = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &no_core);
        (void)signal(SIGSEGV, SIG_DFL); /* cmocka's handlers would go on with the next test */
        (void)signal(SIGBUS, SIG_DFL);
        (void)signal(SIGABRT, SIG_DFL);
        (void)close(1);
        (void)close(2);
        body(data);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#endif
