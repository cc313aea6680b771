/* The thread pool: each worker owns one slot; the caller opens slots, works, and takes back those
 * that nobody has begun. */
#include "cpu/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "cpu/cpuid.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define cpu_relax() _mm_pause()
#elif defined(__aarch64__)
#define cpu_relax() __asm__ volatile("yield" ::: "memory")
#else
#define cpu_relax() ((void)0)
#endif

enum { MAX_LANES = 1024, CACHE_LINE = 64, SPIN_NANOSECONDS = 40000 };
/* Spans that come one after another with that much time between them find their workers awake:
 * waking one takes 25 us and more, a fifth of a small product. */
enum { SOON_NANOSECONDS = 250000 };

/* A ticket is even while its span waits for a thread and odd while nothing is on offer. A worker
 * and the caller both claim by compare-and-swap from even to odd, so exactly one of them runs the
 * span. Tickets only grow: a worker that comes late finds another number, never an old job. */
typedef struct slot {
    _Alignas(CACHE_LINE) _Atomic uint64_t ticket;
    atomic_bool asleep;
    fm_pool *pool;
    int lane;
    bool started;
    bool hopes; /* the last span came soon: so may the next */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
} slot;

typedef struct job {
    fm_pool_fn fn;
    void *arg;
    int64_t n;
    int64_t grain;
    int64_t units; /* grains in n, the last one perhaps not whole */
    int spans;
} job;

struct fm_pool {
    atomic_flag busy; /* held by the caller whose job it is */
    job job;
    int lanes;
    int spin; /* relaxations that take about SPIN_NANOSECONDS, 0: sleep at once */
    atomic_bool started;
    atomic_bool stop;
    atomic_bool caller_asleep;
    pthread_mutex_t done_lock;
    pthread_cond_t done;
    slot *slots; /* [lanes]; slot 0 belongs to the caller and is not used */
    _Alignas(CACHE_LINE) atomic_int pending;
};

static pthread_once_t shared_once = PTHREAD_ONCE_INIT;
static fm_pool *shared;

static int64_t span_begin(const job *j, int s) {
    int64_t each = j->units / j->spans;
    int64_t more = j->units % j->spans;
    int64_t unit = s * each + (s < more ? s : more);
    return unit > j->n / j->grain ? j->n : unit * j->grain;
}

static void run_span(const job *j, int s) {
    j->fn(j->arg, span_begin(j, s), span_begin(j, s + 1), s);
}

static bool claim(slot *s, uint64_t ticket) {
    return ticket % 2 == 0 &&
           atomic_compare_exchange_strong_explicit(&s->ticket, &ticket, ticket + 1,
                                                   memory_order_acq_rel, memory_order_relaxed);
}

static void finish_span(fm_pool *p) {
    if (atomic_fetch_sub(&p->pending, 1) != 1 || !atomic_load(&p->caller_asleep)) return;
    (void)pthread_mutex_lock(&p->done_lock);
    (void)pthread_cond_signal(&p->done);
    (void)pthread_mutex_unlock(&p->done_lock);
}

static bool has_news(slot *s) {
    return atomic_load(&s->ticket) % 2 == 0 || atomic_load(&s->pool->stop);
}

static int64_t now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Awake, but in nobody's way. */
static bool yields_until_news(slot *s, int64_t end) {
    enum { BETWEEN = 16 }; /* others on the same core are held up by system calls, too */
    for (int i = 1; i % BETWEEN || now() < end; ++i) {
        if (has_news(s)) return true;
        if (i % BETWEEN == 0) (void)sched_yield();
        cpu_relax();
    }
    return false;
}

/* Returns when a span is on offer or the pool stops. The flag is raised before the last look at the
 * ticket and the caller looks at the flag after it has written the ticket, so one of the two sees
 * the other. */
static void wait_for_news(slot *s) {
    for (int i = 0; i < s->pool->spin; ++i) {
        if (atomic_load_explicit(&s->ticket, memory_order_relaxed) % 2 == 0) return;
        cpu_relax();
    }
    int64_t soon = now() + SOON_NANOSECONDS;
    if (s->hopes && yields_until_news(s, soon)) return;
    (void)pthread_mutex_lock(&s->lock);
    atomic_store(&s->asleep, true);
    while (!has_news(s)) (void)pthread_cond_wait(&s->wake, &s->lock);
    atomic_store(&s->asleep, false);
    (void)pthread_mutex_unlock(&s->lock);
    s->hopes = s->pool->spin > 0 && now() < soon;
}

static void *worker(void *arg) {
    slot *s = arg;
    fm_pool *p = s->pool;
    while (!atomic_load(&p->stop)) {
        wait_for_news(s);
        if (claim(s, atomic_load(&s->ticket))) {
            run_span(&p->job, s->lane);
            finish_span(p);
        }
    }
    return NULL;
}

static void wake(slot *s) {
    (void)pthread_mutex_lock(&s->lock);
    (void)pthread_cond_signal(&s->wake);
    (void)pthread_mutex_unlock(&s->lock);
}

/* A thread that cannot be started leaves its spans to the caller. Signals are the program's: none
 * is delivered to a worker. */
static void start_workers(fm_pool *p) {
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    for (int i = 1; i < p->lanes; ++i) {
        slot *s = &p->slots[i];
        s->started = pthread_create(&s->thread, NULL, worker, s) == 0;
        if (s->started) (void)pthread_setname_np(s->thread, "flopmeter");
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    atomic_store(&p->started, true);
}

static void offer(slot *s) {
    atomic_fetch_add(&s->ticket, 1);
    if (atomic_load(&s->asleep)) wake(s);
}

static void wait_for_spans(fm_pool *p) {
    for (int i = 0; i < p->spin; ++i) {
        if (atomic_load_explicit(&p->pending, memory_order_acquire) == 0) return;
        cpu_relax();
    }
    (void)pthread_mutex_lock(&p->done_lock);
    atomic_store(&p->caller_asleep, true);
    while (atomic_load(&p->pending) != 0) (void)pthread_cond_wait(&p->done, &p->done_lock);
    atomic_store(&p->caller_asleep, false);
    (void)pthread_mutex_unlock(&p->done_lock);
}

static void run_shared(fm_pool *p) {
    if (!atomic_load(&p->started)) start_workers(p);
    const job *j = &p->job;
    atomic_store(&p->pending, j->spans - 1);
    for (int s = 1; s < j->spans; ++s) offer(&p->slots[s]);
    run_span(j, 0);
    for (int s = 1; s < j->spans; ++s) {
        if (!claim(&p->slots[s], atomic_load(&p->slots[s].ticket))) continue;
        run_span(j, s);
        finish_span(p);
    }
    wait_for_spans(p);
}

void fm_pool_run(fm_pool *pool, fm_pool_fn fn, void *arg, int64_t n, int64_t grain) {
    if (n <= 0) return;
    if (grain < 1) grain = 1;
    int64_t units = n / grain + (n % grain != 0);
    int spans = units < pool->lanes ? (int)units : pool->lanes;
    job j = {.fn = fn, .arg = arg, .n = n, .grain = grain, .units = units, .spans = spans};
    if (spans > 1 && !atomic_flag_test_and_set_explicit(&pool->busy, memory_order_acquire)) {
        pool->job = j;
        run_shared(pool);
        atomic_flag_clear_explicit(&pool->busy, memory_order_release);
        return;
    }
    for (int s = 0; s < spans; ++s) run_span(&j, s);
}

/* The number of relaxations in SPIN_NANOSECONDS: one takes 4 ns on some CPUs and 60 on others. */
static int calibrate_spin(void) {
    enum { TRIES = 200 };
    int64_t start = now();
    for (int i = 0; i < TRIES; ++i) cpu_relax();
    int64_t ns = now() - start;
    return ns > 0 ? (int)((int64_t)SPIN_NANOSECONDS * TRIES / ns) : TRIES;
}

static void reset(fm_pool *p) {
    atomic_flag_clear(&p->busy);
    atomic_init(&p->stop, false);
    atomic_init(&p->caller_asleep, false);
    atomic_init(&p->pending, 0);
    atomic_init(&p->started, false);
    (void)pthread_mutex_init(&p->done_lock, NULL);
    (void)pthread_cond_init(&p->done, NULL);
    for (int i = 0; i < p->lanes; ++i) {
        slot *s = &p->slots[i];
        atomic_init(&s->ticket, 1);
        atomic_init(&s->asleep, false);
        s->pool = p;
        s->lane = i;
        s->started = false;
        s->hopes = false;
        (void)pthread_mutex_init(&s->lock, NULL);
        (void)pthread_cond_init(&s->wake, NULL);
    }
}

fm_pool *fm_pool_create(int lanes) {
    if (lanes < 1 || lanes > MAX_LANES) return NULL;
    fm_pool *p = aligned_alloc(CACHE_LINE, sizeof *p);
    slot *slots = aligned_alloc(CACHE_LINE, (size_t)lanes * sizeof *slots);
    if (!p || !slots) {
        free(slots);
        free(p);
        return NULL;
    }
    p->lanes = lanes;
    p->slots = slots;
    p->spin = lanes <= fm_cpu_detect()->cpus ? calibrate_spin() : 0;
    reset(p);
    return p;
}

static void stop_workers(fm_pool *p) {
    if (!atomic_load(&p->started)) return;
    atomic_store(&p->stop, true);
    for (int i = 1; i < p->lanes; ++i) {
        slot *s = &p->slots[i];
        if (!s->started) continue;
        wake(s);
        (void)pthread_join(s->thread, NULL);
    }
}

void fm_pool_destroy(fm_pool *pool) {
    if (!pool) return;
    stop_workers(pool);
    free(pool->slots);
    free(pool);
}

/* The child has no workers, and locks as some other thread of the parent held them. */
static void renew_in_child(void) {
    if (shared) reset(shared);
}

static void make_shared(void) {
    static slot only_slot;
    static fm_pool only_caller = {.busy = ATOMIC_FLAG_INIT, .lanes = 1, .slots = &only_slot};
    fm_pool *p = fm_pool_create(fm_cpu_detect()->cores);
    shared = p ? p : &only_caller;
    if (p) (void)pthread_atfork(NULL, NULL, renew_in_child);
}

/* At exit: threads are joined so that none runs while the program is taken down. A caller that
 * comes later still gets its work done, by itself. */
__attribute__((destructor)) static void stop_shared(void) {
    if (shared) stop_workers(shared);
}

fm_pool *fm_pool_shared(void) {
    (void)pthread_once(&shared_once, make_shared);
    return shared;
}

int fm_pool_lanes(const fm_pool *pool) {
    return pool->lanes;
}
