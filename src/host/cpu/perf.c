/* The CPU's collector: cycles, instructions and floating-point operations of each call, summed over
 * the calling thread and the pool's. The threads of libraries are not seen. */
#include "cpu/perf.h"

#include "cpu/family.h"
#include "cpu/pool.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Records that wait for a collect; a call beyond is dropped and counted. */
enum { RECORDS = 8192, THREADS = 1024, EVENTS = 2 + FM_PERF_FLOPS };

typedef struct reading {
    uint64_t events, enabled, running, value[EVENTS];
} reading;

struct fm_perf {
    fm_perf_flops flops;
    int events;  /* of a group: cycles, instructions, then the operations */
    int threads; /* groups */
    int (*event)[EVENTS];
    double before[EVENTS];
    fm_correlation call; /* that is being counted; 0: none */
    int scaled;          /* the kernel took turns with the events, so values are extrapolated */
    fm_collector_status status;
    size_t count;
    struct {
        fm_correlation call;
        fm_hardware hardware;
    } record[RECORDS];
};

/* A thread's own id, by lane of the pool. */
static void note_thread(void *arg, int64_t begin, int64_t end, int lane) {
    pid_t *ids = arg;
    (void)begin;
    (void)end;
    if (lane < THREADS) ids[lane] = (pid_t)syscall(SYS_gettid);
}

/* The calling thread and the pool's; a pool that is busy gives fewer. */
static int find_threads(pid_t *ids) {
    pid_t lane[THREADS] = {0};
    fm_pool *pool = fm_pool_shared();
    const int lanes = fm_pool_lanes(pool);
    int count = 0;
    fm_pool_run(pool, note_thread, lane, lanes, 1);
    ids[count++] = (pid_t)syscall(SYS_gettid);
    for (int i = 0; i < lanes && i < THREADS; ++i) {
        int known = lane[i] == 0;
        for (int j = 0; j < count && !known; ++j) known = ids[j] == lane[i];
        if (!known) ids[count++] = lane[i];
    }
    return count;
}

static int open_group(fm_perf *perf, int thread, pid_t id) {
    int *event = perf->event[thread];
    for (int e = 0; e < perf->events; ++e) {
        const int own = e >= 2;
        const uint64_t general = e == 0 ? PERF_COUNT_HW_CPU_CYCLES : PERF_COUNT_HW_INSTRUCTIONS;
        event[e] = fm_perf_kernel_calls.open(own ? perf->flops.type : PERF_TYPE_HARDWARE,
                                             own ? perf->flops.config[e - 2] : general, id,
                                             e == 0 ? -1 : event[0]);
        if (event[e] < 0) {
            const int failed = errno;
            for (int i = 0; i < e; ++i) fm_perf_kernel_calls.close(event[i]);
            errno = failed;
            return 0;
        }
    }
    return 1;
}

static void close_groups(fm_perf *perf) {
    for (int t = 0; t < perf->threads; ++t)
        for (int e = 0; e < perf->events; ++e) fm_perf_kernel_calls.close(perf->event[t][e]);
    perf->threads = 0;
}

static int open_groups(fm_perf *perf, const pid_t *ids, int count) {
    for (int t = 0; t < count; ++t) {
        if (!open_group(perf, t, ids[t])) return 0;
        perf->threads = t + 1;
    }
    return 1;
}

/* Values of all threads, scaled up where the kernel counted only part of the time. */
static int read_groups(fm_perf *perf, double *sum) {
    for (int e = 0; e < perf->events; ++e) sum[e] = 0.0;
    for (int t = 0; t < perf->threads; ++t) {
        reading r;
        const ssize_t wanted = (ssize_t)((3 + (size_t)perf->events) * sizeof(uint64_t));
        if (fm_perf_kernel_calls.read(perf->event[t][0], &r, sizeof r) != wanted) return 0;
        if (!r.running) continue;
        if (r.running < r.enabled) perf->scaled = 1;
        const double scale = (double)r.enabled / (double)r.running;
        for (int e = 0; e < perf->events; ++e) sum[e] += (double)r.value[e] * scale;
    }
    return 1;
}

static void explain(fm_perf *perf, const char *what) {
    char *reason = perf->status.reason;
    const size_t size = sizeof perf->status.reason;
    const int paranoid = fm_perf_kernel_calls.paranoid();
    switch (errno) {
    case EACCES:
    case EPERM:
        (void)snprintf(reason, size,
                       "the kernel keeps %s to administrators: kernel.perf_event_paranoid is %d, "
                       "needed is 2 or less, or CAP_PERFMON",
                       what, paranoid);
        break;
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
        (void)snprintf(reason, size,
                       "this machine has no %s, as a virtual one without a performance monitor",
                       what);
        break;
    default:
        (void)snprintf(reason, size, "%s: %s", what, strerror(errno));
    }
}

/* First with operations, where it is known how this CPU counts them; else without. */
static int start_events(fm_perf *perf) {
    pid_t ids[THREADS];
    const int threads = find_threads(ids);
    perf->event = fm_cpu_alloc((size_t)threads * sizeof *perf->event);
    if (!perf->event) {
        (void)snprintf(perf->status.reason, sizeof perf->status.reason,
                       "no memory for hardware events");
        return 0;
    }
    perf->events = 2 + perf->flops.count;
    if (perf->flops.count && open_groups(perf, ids, threads)) return 1;
    if (perf->flops.count) explain(perf, "events of floating-point operations");
    close_groups(perf);
    if (!perf->flops.count)
        (void)snprintf(perf->status.reason, sizeof perf->status.reason,
                       "no events of floating-point operations are known of this CPU");
    perf->flops.count = 0;
    perf->events = 2;
    if (open_groups(perf, ids, threads)) return 1;
    explain(perf, "hardware events");
    close_groups(perf);
    return 0;
}

static void free_perf(fm_perf *perf) {
    close_groups(perf);
    fm_cpu_host->free(perf->event);
    fm_cpu_host->free(perf);
}

static fm_status start(fm_dev *dev, const fm_collector_options *options, fm_collector_status *got,
                       fm_error *error) {
    fm_perf **slot = fm_cpu_perf(dev);
    *got = (fm_collector_status){.size = sizeof *got, .tier = FM_TIER_CLOCK};
    if (*slot)
        return fm_cpu_host->fail(error, FM_ERR_STATE, "this context's events are counted already");
    if (options->tier < FM_TIER_COUNTERS) return FM_OK;
    fm_perf *perf = fm_cpu_alloc(sizeof *perf);
    if (!perf) return fm_cpu_host->fail(error, FM_ERR_MEMORY, "no memory for hardware events");
    perf->status = *got;
    fm_perf_this_cpu(&perf->flops);
    if (start_events(perf)) {
        perf->status.tier = FM_TIER_COUNTERS;
        perf->status.capacity = sizeof *perf;
        (void)snprintf(perf->status.source, sizeof perf->status.source, "perf events, %d threads",
                       perf->threads);
        *slot = perf;
    }
    *got = perf->status;
    if (!*slot) free_perf(perf);
    return FM_OK;
}

static void stop(fm_dev *dev) {
    fm_perf **slot = fm_cpu_perf(dev);
    if (*slot) free_perf(*slot);
    *slot = NULL;
}

static void push(fm_dev *dev, fm_correlation call) {
    fm_perf *perf = *fm_cpu_perf(dev);
    perf->call = read_groups(perf, perf->before) ? call : 0;
}

static uint64_t rounded(double value) {
    return value > 0.0 ? (uint64_t)(value + 0.5) : 0;
}

static void fill(const fm_perf *perf, const double *after, fm_hardware *hardware) {
    double flops = 0.0;
    hardware->known = 1u << FM_HW_cycles | 1u << FM_HW_instructions;
    hardware->cycles = rounded(after[0] - perf->before[0]);
    hardware->instructions = rounded(after[1] - perf->before[1]);
    if (!perf->flops.count) return;
    for (int i = 0; i < perf->flops.count; ++i)
        flops += (after[2 + i] - perf->before[2 + i]) * perf->flops.weight[i];
    hardware->known |= 1u << FM_HW_vector_flops;
    hardware->vector_flops = rounded(flops);
}

static void pop(fm_dev *dev) {
    fm_perf *perf = *fm_cpu_perf(dev);
    double after[EVENTS];
    const fm_correlation call = perf->call;
    perf->call = 0;
    if (!call || !read_groups(perf, after) || perf->count == RECORDS) {
        ++perf->status.dropped;
        return;
    }
    memset(&perf->record[perf->count], 0, sizeof perf->record[0]);
    perf->record[perf->count].call = call;
    fill(perf, after, &perf->record[perf->count++].hardware);
}

static fm_status collect(fm_dev *dev, fm_activity_sink sink, void *user, int all, fm_error *error) {
    fm_perf *perf = *fm_cpu_perf(dev);
    (void)all;
    (void)error;
    for (size_t i = 0; perf && i < perf->count; ++i) {
        const fm_activity record = {.size = sizeof record,
                                    .kind = FM_ACTIVITY_COUNTERS,
                                    .correlation = perf->record[i].call,
                                    .hardware = perf->record[i].hardware};
        sink(user, &record);
    }
    if (perf) perf->count = 0;
    return FM_OK;
}

static void status(fm_dev *dev, fm_collector_status *out) {
    const fm_perf *perf = *fm_cpu_perf(dev);
    if (!perf) {
        *out = (fm_collector_status){.size = sizeof *out, .tier = FM_TIER_CLOCK};
        return;
    }
    *out = perf->status;
    if (perf->scaled && !*out->reason)
        (void)snprintf(out->reason, sizeof out->reason,
                       "the kernel took turns with the events, so their counts are extrapolated");
}

const fm_collector_api fm_cpu_collector = {
    .size = sizeof(fm_collector_api),
    .start = start,
    .stop = stop,
    .push = push,
    .pop = pop,
    .collect = collect,
    .status = status, /* and no steps: events are counted at once */
};
