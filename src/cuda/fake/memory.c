/* The fake's memory: blocks between guard pages that only running work can touch, page-locked host
 * memory, and stream-ordered pools with their accounts. */
#include "calls.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define FAKE_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FAKE_POISON 1
#endif
#endif
#ifdef FAKE_POISON
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

/* CUDA's own promise is 256 bytes; fresh memory holds FRESH, the bytes around a block CANARY. */
enum { ALIGNMENT = 256, FRESH = 0xA5, CANARY = 0xC9, QUARANTINE = 64 };

static fake_block *host_blocks;
static struct cu_pool_s *pools;

/* Freed blocks stay unmapped to nobody else for a while, so that a late access still faults. */
static fake_block *quarantine[QUARANTINE];
static size_t quarantined;

static size_t page_bytes(void) {
    return (size_t)sysconf(_SC_PAGESIZE);
}
static size_t round_up(size_t n, size_t to) {
    return (n + to - 1) / to * to;
}
static char *pages_of(const fake_block *b) {
    return b->map + page_bytes();
}
static size_t pages_bytes(const fake_block *b) {
    return b->map_bytes - 2 * page_bytes();
}

static void protect(const fake_block *b, int protection) {
    (void)mprotect(pages_of(b), pages_bytes(b), protection);
}

static int canaries_intact(const fake_block *b) {
    const char *end = pages_of(b) + pages_bytes(b);
    for (const char *p = pages_of(b); p < b->base; ++p)
        if ((unsigned char)*p != CANARY) return 0;
    for (const char *p = b->base + b->bytes; p < end; ++p)
        if ((unsigned char)*p != CANARY) return 0;
    return 1;
}

static void poison_margins(const fake_block *b) {
    POISON(pages_of(b), (size_t)(b->base - pages_of(b)));
    POISON(b->base + b->bytes, (size_t)(pages_of(b) + pages_bytes(b) - b->base) - b->bytes);
}

void fake_block_show(fake_block *b) {
    protect(b, PROT_READ | PROT_WRITE);
}

/* Closes a block to the host again; a canary overwritten by the work becomes a device error. */
void fake_block_hide(fake_block *b) {
    UNPOISON(pages_of(b), pages_bytes(b));
    if (!canaries_intact(b)) {
        fake_devices[b->device].pending = CU_ILLEGAL_ADDRESS;
        fake_devices[b->device].sticky = CU_ILLEGAL_ADDRESS;
    }
    poison_margins(b);
    protect(b, PROT_NONE);
}

void fake_open(int device) {
    if (fake_devices[device].open++) return;
    for (fake_block *b = fake_devices[device].blocks; b; b = b->next)
        if (b->live) fake_block_show(b);
}

void fake_close(int device) {
    if (--fake_devices[device].open) return;
    for (fake_block *b = fake_devices[device].blocks; b; b = b->next)
        if (b->live) fake_block_hide(b);
}

static fake_block *map_block(int device, size_t bytes) {
    const size_t page = page_bytes(), tail = round_up(bytes, ALIGNMENT);
    fake_block *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    b->map_bytes = round_up(tail, page) + 2 * page;
    b->map =
        mmap(NULL, b->map_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (b->map == MAP_FAILED) {
        free(b);
        return NULL;
    }
    b->base = b->map + b->map_bytes - page - tail;
    b->bytes = bytes;
    b->device = device;
    protect(b, PROT_READ | PROT_WRITE);
    memset(pages_of(b), CANARY, pages_bytes(b));
    memset(b->base, FRESH, bytes);
    poison_margins(b);
    return b;
}

static void unmap_block(fake_block *b) {
    UNPOISON(pages_of(b), pages_bytes(b));
    (void)munmap(b->map, b->map_bytes);
    free(b);
}

fake_block *fake_block_make(int device, size_t bytes) {
    if (bytes > fake_memory_bytes || fake_devices[device].used > fake_memory_bytes - bytes)
        return NULL;
    fake_block *b = map_block(device, bytes);
    if (!b) return NULL;
    protect(b, PROT_NONE);
    b->next = fake_devices[device].blocks;
    fake_devices[device].blocks = b;
    fake_devices[device].used += bytes;
    ++fake_census.device_blocks;
    return b;
}

static void unlink_block(fake_block **list, const fake_block *b) {
    while (*list != b) list = &(*list)->next;
    *list = b->next;
}

void fake_block_discard(fake_block *b) {
    fake_device *device = &fake_devices[b->device];
    unlink_block(&device->blocks, b);
    device->used -= b->bytes;
    --fake_census.device_blocks;
    protect(b, PROT_NONE);
    (void)madvise(pages_of(b), pages_bytes(b), MADV_DONTNEED);
    fake_block **slot = &quarantine[quarantined++ % QUARANTINE];
    if (*slot) unmap_block(*slot);
    *slot = b;
}

static int holds(const fake_block *b, const void *pointer, size_t bytes) {
    const uintptr_t p = (uintptr_t)pointer, base = (uintptr_t)b->base;
    return p >= base && p <= base + b->bytes && bytes <= base + b->bytes - p;
}

fake_block *fake_block_find(const void *pointer, size_t bytes) {
    for (int d = 0; d < FAKE_DEVICES; ++d)
        for (fake_block *b = fake_devices[d].blocks; b; b = b->next)
            if (!b->released && holds(b, pointer, bytes)) return b;
    return NULL;
}

int fake_pinned(const void *pointer, size_t bytes) {
    for (fake_block *b = host_blocks; b; b = b->next)
        if (holds(b, pointer, bytes)) return 1;
    return 0;
}

int fake_touches_device(const void *pointer) {
    const char *p = pointer;
    for (int d = 0; d < FAKE_DEVICES; ++d)
        for (fake_block *b = fake_devices[d].blocks; b; b = b->next)
            if (p >= b->map && p < b->map + b->map_bytes) return 1;
    return 0;
}

cu_error fake_device_alloc(void **pointer, size_t bytes) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe();
    if (error) return fake_leave(error);
    if (!bytes) {
        *pointer = NULL;
        return fake_leave(CU_SUCCESS);
    }
    fake_block *b = fake_block_make(fake_current, bytes);
    if (!b) return fake_leave(CU_OUT_OF_MEMORY);
    b->live = 1;
    if (fake_devices[b->device].open) fake_block_show(b);
    *pointer = b->base;
    return fake_leave(CU_SUCCESS);
}

static void account_release(const fake_block *b) {
    if (b->pool) b->pool->stats.used -= b->bytes;
}

cu_error fake_device_free(void *pointer) {
    fake_enter_release();
    cu_error error = fake_unsafe();
    if (error || !pointer) return fake_leave(error);
    fake_block *b = fake_block_find(pointer, 0);
    if (!b || b->base != pointer) return fake_leave(CU_INVALID_VALUE);
    fake_run_device(b->device);
    account_release(b);
    error = fake_collect(b->device);
    fake_block_discard(b);
    return fake_leave(error);
}

cu_error fake_host_alloc(void **pointer, size_t bytes) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe();
    if (!error && !bytes) error = CU_INVALID_VALUE;
    if (error) return fake_leave(error);
    fake_block *b = map_block(-1, bytes);
    if (!b) return fake_leave(CU_OUT_OF_MEMORY);
    b->next = host_blocks;
    host_blocks = b;
    ++fake_census.host_blocks;
    *pointer = b->base;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_host_free(void *pointer) {
    fake_enter_release();
    cu_error error = fake_unsafe();
    if (error || !pointer) return fake_leave(error);
    fake_block *b = host_blocks;
    while (b && b->base != pointer) b = b->next;
    if (!b) return fake_leave(CU_INVALID_VALUE);
    for (int d = 0; d < FAKE_DEVICES; ++d) fake_run_device(d);
    unlink_block(&host_blocks, b);
    --fake_census.host_blocks;
    unmap_block(b);
    return fake_leave(CU_SUCCESS);
}

cu_error fake_pointer_info(const void *pointer, cu_pointer_info *info) {
    cu_error error = fake_enter();
    if (error) return fake_leave(error);
    const fake_block *b = fake_block_find(pointer, 0);
    if (b)
        *info = (cu_pointer_info){CU_MEMORY_DEVICE, b->device};
    else if (fake_pinned(pointer, 0))
        *info = (cu_pointer_info){CU_MEMORY_HOST, fake_current};
    else
        *info = (cu_pointer_info){CU_MEMORY_UNREGISTERED, -2};
    return fake_leave(CU_SUCCESS);
}

cu_error fake_memory_info(size_t *free_bytes, size_t *total_bytes) {
    cu_error error = fake_enter();
    if (error) return fake_leave(error);
    *total_bytes = fake_memory_bytes;
    *free_bytes = fake_memory_bytes - fake_devices[fake_current].used;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_pool_create(cu_pool *pool, int device) {
    cu_error error = fake_enter();
    if (!error && (device < 0 || device >= fake_device_count)) error = CU_INVALID_DEVICE;
    if (error) return fake_leave(error);
    cu_pool made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_OUT_OF_MEMORY);
    made->device = device;
    made->next = pools;
    pools = made;
    ++fake_census.pools;
    *pool = made;
    return fake_leave(CU_SUCCESS);
}

static int pool_known(cu_pool pool) {
    cu_pool p = pools;
    while (p && p != pool) p = p->next;
    return p != NULL;
}

cu_error fake_pool_destroy(cu_pool pool) {
    fake_enter_release();
    if (!pool_known(pool)) return fake_leave(CU_INVALID_VALUE);
    fake_run_device(pool->device);
    for (fake_block *b = fake_devices[pool->device].blocks; b; b = b->next)
        if (b->pool == pool) b->pool = NULL;
    cu_pool *at = &pools;
    while (*at != pool) at = &(*at)->next;
    *at = pool->next;
    --fake_census.pools;
    free(pool);
    return fake_leave(CU_SUCCESS);
}

cu_error fake_pool_keep(cu_pool pool, uint64_t release_threshold) {
    cu_error error = fake_enter();
    if (!error && !pool_known(pool)) error = CU_INVALID_VALUE;
    if (!error) pool->threshold = release_threshold;
    return fake_leave(error);
}

cu_error fake_pool_trim(cu_pool pool, size_t keep_bytes) {
    cu_error error = fake_enter();
    if (!error && !pool_known(pool)) error = CU_INVALID_VALUE;
    if (error) return fake_leave(error);
    const uint64_t floor = pool->stats.used > keep_bytes ? pool->stats.used : keep_bytes;
    if (pool->stats.reserved > floor) pool->stats.reserved = floor;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_pool_stats(cu_pool pool, cu_pool_stats *stats) {
    cu_error error = fake_enter();
    if (!error && !pool_known(pool)) error = CU_INVALID_VALUE;
    if (!error) *stats = pool->stats;
    return fake_leave(error);
}

static void account_use(cu_pool_stats *s, size_t bytes) {
    s->used += bytes;
    if (s->used > s->reserved) s->reserved = s->used;
    if (s->used > s->used_peak) s->used_peak = s->used;
    if (s->reserved > s->reserved_peak) s->reserved_peak = s->reserved;
}

static cu_error run_alloc(void *data) {
    fake_block *b = *(fake_block **)data;
    b->live = 1;
    fake_block_show(b);
    return CU_SUCCESS;
}

/* A block whose allocation was skipped on a failed device was never open to be read. */
static cu_error run_free(void *data) {
    fake_block *b = *(fake_block **)data;
    UNPOISON(pages_of(b), pages_bytes(b));
    const int intact = !b->live || canaries_intact(b);
    fake_block_discard(b);
    return intact ? CU_SUCCESS : CU_ILLEGAL_ADDRESS;
}

/* Under capture CUDA makes graph nodes of these two. Nothing in this room may allocate or release
 * then, so the fake refuses. */
cu_error fake_pool_alloc(void **pointer, size_t bytes, cu_pool pool, cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (!error && (!bytes || !pool_known(pool))) error = CU_INVALID_VALUE;
    if (!error && fake_capturing(stream)) error = CU_NOT_SUPPORTED;
    if (error) return fake_leave(error);
    fake_block *b = fake_block_make(pool->device, bytes);
    if (!b) return fake_leave(CU_OUT_OF_MEMORY);
    error = fake_submit(stream, run_alloc, NULL, 100, &b, sizeof b, NULL);
    if (error) {
        fake_block_discard(b);
        return fake_leave(error);
    }
    b->pool = pool;
    account_use(&pool->stats, bytes);
    *pointer = b->base;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_pool_free(void *pointer, cu_stream stream) {
    fake_enter_release();
    stream = fake_stream(stream);
    cu_error error = fake_check_stream(stream);
    if (!error && fake_capturing(stream)) error = CU_NOT_SUPPORTED;
    if (error || !pointer) return fake_leave(error);
    fake_block *b = fake_block_find(pointer, 0);
    if (!b || b->base != pointer) return fake_leave(CU_INVALID_VALUE);
    fake_work *work = NULL;
    error = fake_submit(stream, run_free, NULL, 100, &b, sizeof b, &work);
    if (error) return fake_leave(error);
    work->always = 1;
    b->released = 1;
    account_release(b);
    return fake_leave(CU_SUCCESS);
}
