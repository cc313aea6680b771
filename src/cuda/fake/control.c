/* The fake's gate: the lock around every call, injected failures, the last error, and the controls
 * that tests get. */
#include "calls.h"
#include "state.h"

#include <pthread.h>
#include <stdlib.h>

fake_device fake_devices[FAKE_DEVICES];
int fake_device_count = 1;
size_t fake_memory_bytes = (size_t)4 << 30;
int fake_driver_version = 13000;
uint64_t fake_clock = 1; /* tools take the time 0 for an unknown one */
int64_t fake_executed;
fm_fake_census fake_census;
_Thread_local int fake_current;

static pthread_mutex_t gate;
static pthread_once_t started = PTHREAD_ONCE_INIT;
static int64_t calls;
static int64_t countdown; /* calls until the armed failure; 0: none is armed */
static cu_error armed;
static int armed_when;
static int struck;

static _Thread_local cu_error last; /* what last_error would report */
static _Thread_local cu_error late; /* for the work that the present call submits */
static _Thread_local cu_error owed; /* what a releasing call reports after its work */

/* The lock is recursive, so that a test that leaves a faulting kernel by longjmp goes on to report
 * it. */
static void start(void) {
    pthread_mutexattr_t kind;
    (void)pthread_mutexattr_init(&kind);
    (void)pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
    (void)pthread_mutex_init(&gate, &kind);
    (void)pthread_mutexattr_destroy(&kind);
    for (int d = 0; d < FAKE_DEVICES; ++d) fake_devices[d].legacy.device = d;
    const char *count = getenv("FLOPMETER_FAKE_DEVICES");
    if (count && *count >= '0' && *count <= '0' + FAKE_DEVICES && !count[1])
        fake_device_count = *count - '0';
}

static void lock(void) {
    (void)pthread_once(&started, start);
    (void)pthread_mutex_lock(&gate);
}

static void unlock(void) {
    (void)pthread_mutex_unlock(&gate);
}

/* Counts this call and says whether it is the one that shall fail. */
static cu_error strike(void) {
    ++calls;
    if (!countdown || --countdown) return CU_SUCCESS;
    struck = 1;
    return armed;
}

cu_error fake_enter(void) {
    lock();
    cu_error error = strike();
    return error ? error : fake_devices[fake_current].sticky;
}

cu_error fake_enter_work(void) {
    lock();
    cu_error error = strike();
    if (error && armed_when == FM_FAKE_LATER) {
        late = error;
        error = CU_SUCCESS;
    }
    return error ? error : fake_devices[fake_current].sticky;
}

void fake_enter_release(void) {
    lock();
    owed = strike();
    if (!owed) owed = fake_devices[fake_current].sticky;
}

cu_error fake_take_late(void) {
    cu_error error = late;
    late = CU_SUCCESS;
    return error;
}

cu_error fake_leave(cu_error error) {
    if (owed) error = owed;
    if (late) error = late; /* the call had no work after all */
    owed = late = CU_SUCCESS;
    if (error && error < CU_BLAS_ERROR && error != CU_NOT_READY) last = error;
    unlock();
    return error;
}

cu_error fake_last_error(void) {
    lock();
    cu_error error = last;
    last = fake_devices[fake_current].sticky;
    unlock();
    return error;
}

cu_error fake_peek_error(void) {
    lock();
    cu_error error = last;
    unlock();
    return error;
}

static void set_devices(int count) {
    lock();
    fake_device_count = count < 0 ? 0 : count > FAKE_DEVICES ? FAKE_DEVICES : count;
    unlock();
}

static void set_memory(size_t bytes) {
    lock();
    fake_memory_bytes = bytes;
    unlock();
}

static void set_driver(int version) {
    lock();
    fake_driver_version = version;
    unlock();
}

static void arm(int64_t nth, cu_error error, int when) {
    lock();
    countdown = nth > 0 ? nth : 0;
    armed = error;
    armed_when = when;
    struck = 0;
    unlock();
}

static int has_struck(void) {
    lock();
    int answer = struck;
    unlock();
    return answer;
}

static int64_t count_calls(void) {
    lock();
    int64_t answer = calls;
    unlock();
    return answer;
}

static int64_t count_executed(void) {
    lock();
    int64_t answer = fake_executed;
    unlock();
    return answer;
}

static void take_census(fm_fake_census *census) {
    lock();
    *census = fake_census;
    unlock();
}

static void forget_errors(void) {
    lock();
    for (int d = 0; d < FAKE_DEVICES; ++d) fake_devices[d].pending = fake_devices[d].sticky = 0;
    last = CU_SUCCESS;
    unlock();
}

static void set_observer(const fm_fake_observer *observer) {
    lock();
    fake_observe(observer);
    unlock();
}

const fm_fake_control *fm_fake_entry(void) {
    static const fm_fake_control control = {
        .size = sizeof control,
        .limits = FAKE_LIMITS,
        .vendor = &cu_api,
        .devices = set_devices,
        .memory = set_memory,
        .driver = set_driver,
        .fail_at = arm,
        .struck = has_struck,
        .calls = count_calls,
        .executed = count_executed,
        .census = take_census,
        .forget_errors = forget_errors,
        .observe = set_observer,
    };
    return &control;
}
