/* The CPU backend's side of the contract: one device, one stream, host memory, kernels by family.
 */
#include "cpu/attributes.h"
#include "cpu/blas.h"
#include "cpu/cpuid.h"
#include "cpu/family.h"
#include "cpu/perf.h"

#include <flopmeter/export.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { ALIGNMENT = 64, INTERVALS = 256, HUGE_FROM = 4 << 20 };

/* A ticket uses slot ticket % INTERVALS; a slot that a later ticket took over is lost. */
typedef struct interval {
    _Atomic uint64_t ticket;
    _Atomic uint64_t begin, end; /* nanoseconds; end 0: still open */
} interval;

struct fm_dev {
    _Atomic uint64_t tickets;
    interval intervals[INTERVALS];
    fm_perf *perf; /* the collector, while it runs */
};

fm_perf **fm_cpu_perf(fm_dev *dev) {
    return &dev->perf;
}

const fm_host_api *fm_cpu_host;

void *fm_cpu_alloc(size_t size) {
    void *block = fm_cpu_host->alloc(size);
    return block ? memset(block, 0, size) : NULL;
}

static uint64_t now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int device_count(char *why, size_t why_size) {
    if (why && why_size) why[0] = '\0';
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("sse4.2") || !__builtin_cpu_supports("popcnt")) {
        if (why) (void)snprintf(why, why_size, "this CPU is older than x86-64-v2");
        return 0;
    }
#endif
    return 1;
}

/* Hertz from the kernel's frequency driver; 0 where there is none. */
static double clock_hz(void) {
    FILE *file = fopen("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "r");
    if (!file) return 0.0;
    double khz = 0.0;
    if (fscanf(file, "%lf", &khz) != 1) khz = 0.0;
    (void)fclose(file);
    return khz * 1e3;
}

static fm_status describe(int index, fm_device_info *info, fm_error *error) {
    if (index != 0) return fm_cpu_host->fail(error, FM_ERR_NOT_FOUND, "no CPU device %d", index);
    const fm_cpu_facts *facts = fm_cpu_detect();
    *info = (fm_device_info){.device = {FM_CPU, 0}, .units = facts->cores, .clock_hz = clock_hz()};
    long pages = sysconf(_SC_PHYS_PAGES);
    long page = sysconf(_SC_PAGESIZE);
    if (pages > 0 && page > 0) info->memory_bytes = (uint64_t)pages * (uint64_t)page;
    (void)snprintf(info->name, sizeof info->name, "%s", facts->brand[0] ? facts->brand : "CPU");
    (void)snprintf(info->detail, sizeof info->detail, "%s kernels, %d thread%s; %.180s",
                   fm_isa_name(facts->isa), facts->cores, facts->cores == 1 ? "" : "s",
                   fm_blas_open()->detail);
    return FM_OK;
}

static fm_status open_device(int index, fm_dev **dev, fm_error *error) {
    if (index != 0) return fm_cpu_host->fail(error, FM_ERR_NOT_FOUND, "no CPU device %d", index);
    *dev = fm_cpu_alloc(sizeof **dev);
    if (!*dev) return fm_cpu_host->fail(error, FM_ERR_MEMORY, "no memory for the CPU device");
    return FM_OK;
}

static void close_device(fm_dev *dev) {
    fm_cpu_collector.stop(dev);
    fm_cpu_host->free(dev);
}

static fm_status stream_create(fm_dev *dev, void **stream, fm_error *error) {
    (void)dev;
    (void)error;
    *stream = NULL;
    return FM_OK;
}

static void stream_destroy(fm_dev *dev, void *stream) {
    (void)dev;
    (void)stream;
}

static fm_status synchronize(fm_dev *dev, void *stream, fm_error *error) {
    (void)dev;
    (void)stream;
    (void)error;
    return FM_OK;
}

static int capturing(fm_dev *dev, void *stream) {
    (void)dev;
    (void)stream;
    return 0;
}

/* Large blocks are first touched by page faults: huge pages make 512 times fewer of them. */
static void ask_for_huge_pages(char *block, size_t bytes) {
    const uintptr_t page = 4096;
    if (bytes < HUGE_FROM) return;
    uintptr_t first = ((uintptr_t)block + page - 1) & ~(page - 1);
    uintptr_t last = ((uintptr_t)block + bytes) & ~(page - 1);
    (void)madvise((void *)first, last - first, MADV_HUGEPAGE); /* a hint; refusal changes nothing */
}

/* The word before the block holds the address that the core's allocator gave. */
static fm_status alloc_block(fm_dev *dev, void *stream, size_t bytes, void **block,
                             fm_error *error) {
    (void)dev;
    (void)stream;
    *block = NULL;
    const size_t extra = ALIGNMENT + sizeof(void *);
    char *base = bytes <= SIZE_MAX - extra ? fm_cpu_host->alloc(bytes + extra) : NULL;
    if (!base) {
        return fm_cpu_host->fail(error, FM_ERR_MEMORY, "no memory for %zu bytes on the CPU", bytes);
    }
    uintptr_t at = ((uintptr_t)base + extra) & ~(uintptr_t)(ALIGNMENT - 1);
    memcpy((char *)at - sizeof base, &base, sizeof base);
    ask_for_huge_pages((char *)at, bytes);
    *block = (void *)at;
    return FM_OK;
}

static void free_block(fm_dev *dev, void *stream, void *block) {
    (void)dev;
    (void)stream;
    if (!block) return;
    void *base = NULL;
    memcpy(&base, (char *)block - sizeof base, sizeof base);
    fm_cpu_host->free(base);
}

static fm_status copy_in(fm_dev *dev, void *stream, void *device, const void *host, size_t bytes,
                         fm_error *error) {
    (void)dev;
    (void)stream;
    (void)error;
    if (bytes) memcpy(device, host, bytes);
    return FM_OK;
}

static fm_status copy_out(fm_dev *dev, void *stream, void *host, const void *device, size_t bytes,
                          fm_error *error) {
    return copy_in(dev, stream, host, device, bytes, error);
}

static int supports(uint16_t family, uint16_t op, fm_dtype compute) {
    if (family >= FM_FAMILY_COUNT || !fm_cpu_families[family]) return 0;
    return fm_cpu_families[family]->supports(op, compute);
}

static fm_status plan_call(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                           fm_plan_info *info, fm_error *error) {
    *plan = NULL;
    *info = (fm_plan_info){0};
    if (!supports(call->family, call->op, call->compute)) {
        return fm_cpu_host->fail(error, FM_ERR_UNSUPPORTED,
                                 "%s: the CPU backend has no kernel for this dtype", call->name);
    }
    fm_cpu_kernel_name(call, info->kernel);
    return fm_cpu_families[call->family]->plan(dev, call, plan, info, error);
}

static fm_status attributes(int index, fm_device_attributes *out, fm_error *error) {
    if (index != 0) return fm_cpu_host->fail(error, FM_ERR_NOT_FOUND, "no CPU device %d", index);
    fm_cpu_attributes(out);
    return FM_OK;
}

static uint64_t begin_interval(fm_dev *dev) {
    uint64_t ticket = atomic_fetch_add_explicit(&dev->tickets, 1, memory_order_relaxed) + 1;
    interval *slot = &dev->intervals[ticket % INTERVALS];
    atomic_store(&slot->end, 0);
    atomic_store(&slot->begin, now());
    atomic_store(&slot->ticket, ticket);
    return ticket;
}

static void end_interval(fm_dev *dev, uint64_t ticket) {
    interval *slot = &dev->intervals[ticket % INTERVALS];
    if (atomic_load(&slot->ticket) == ticket) atomic_store(&slot->end, now());
}

static fm_status run_timed(fm_dev *dev, fm_kplan *plan, fm_kernel_args *args, fm_error *error) {
    uint64_t ticket = begin_interval(dev);
    fm_status status = plan->run(plan, args, error);
    end_interval(dev, ticket);
    args->ticket = ticket;
    return status;
}

static fm_status run(fm_dev *dev, void *stream, fm_kplan *plan, fm_kernel_args *args,
                     fm_error *error) {
    (void)stream;
    if (args->want_time) return run_timed(dev, plan, args, error);
    args->ticket = 0;
    return plan->run(plan, args, error);
}

static void plan_free(fm_dev *dev, fm_kplan *plan) {
    (void)dev;
    if (plan) plan->free(plan);
}

static fm_status time_begin(fm_dev *dev, void *stream, uint64_t *ticket, fm_error *error) {
    (void)stream;
    (void)error;
    *ticket = begin_interval(dev);
    return FM_OK;
}

static fm_status time_end(fm_dev *dev, void *stream, uint64_t ticket, fm_error *error) {
    (void)stream;
    (void)error;
    end_interval(dev, ticket);
    return FM_OK;
}

static int time_of(fm_dev *dev, uint64_t ticket, uint64_t *nanoseconds) {
    interval *slot = &dev->intervals[ticket % INTERVALS];
    uint64_t begin = atomic_load(&slot->begin);
    uint64_t end = atomic_load(&slot->end);
    if (ticket == 0 || atomic_load(&slot->ticket) != ticket) return -1;
    if (end == 0) return 0;
    *nanoseconds = end - begin;
    atomic_store(&slot->ticket, 0);
    return 1;
}

static fm_status stream_check(fm_dev *dev, void *stream, fm_error *error) {
    (void)dev;
    return fm_cpu_host->fail(error, FM_ERR_DEVICE, "stream %p: the CPU has no streams", stream);
}

/* What was submitted is done. */
static fm_status stream_wait(fm_dev *dev, void *stream, void *other, fm_error *error) {
    (void)dev, (void)stream, (void)other, (void)error;
    return FM_OK;
}

/* An address of the host's tells nothing of whose it is. */
static fm_status memory_check(fm_dev *dev, const void *data, fm_error *error) {
    (void)dev, (void)data, (void)error;
    return FM_OK;
}

static const fm_backend_api api = {
    .abi = FM_BACKEND_ABI,
    .size = sizeof(fm_backend_api),
    .name = "cpu",
    .kind = FM_CPU,
    .asynchronous = 0,
    .device_count = device_count,
    .describe = describe,
    .open = open_device,
    .close = close_device,
    .stream_create = stream_create,
    .stream_destroy = stream_destroy,
    .synchronize = synchronize,
    .capturing = capturing,
    .stream_check = stream_check,
    .stream_wait = stream_wait,
    .memory_check = memory_check,
    .alloc = alloc_block,
    .free = free_block,
    .copy_in = copy_in,
    .copy_out = copy_out,
    .supports = supports,
    .plan = plan_call,
    .run = run,
    .plan_free = plan_free,
    .time_begin = time_begin,
    .time_end = time_end,
    .time = time_of,
    .attributes = attributes,
    .collector = &fm_cpu_collector,
};

FM_API const fm_backend_api *fm_backend_entry(const fm_host_api *host);

const fm_backend_api *fm_backend_entry(const fm_host_api *host) {
    if (!fm_host_fits(host)) return NULL;
    fm_cpu_host = host;
    return &api;
}
