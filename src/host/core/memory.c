/* A pool of device blocks by size class, with pools of the handles beside it. */
#include "core/memory.h"
#include "core/alloc.h"
#include "core/detail.h"

#include <string.h>

static const size_t kept_at_least = (size_t)64 << 20;

/* The class of a size, and the bytes that every block of the class has. */
static int class_of(size_t bytes, size_t *rounded) {
    if (bytes <= 512) {
        size_t units = bytes ? (bytes + 63) / 64 : 1;
        *rounded = units * 64;
        return (int)units - 1;
    }
    int octave = 63 - __builtin_clzll(bytes - 1); /* 2^octave < bytes <= 2^(octave + 1) */
    size_t step = (size_t)1 << (octave - 3);
    size_t units = (bytes - ((size_t)1 << octave) + step - 1) / step;
    *rounded = ((size_t)1 << octave) + units * step;
    return 8 + 8 * (octave - 9) + (int)units - 1;
}

fm_status fm_memory_open(const fm_backend_api *api, int index, void *stream, fm_memory **out,
                         fm_error *error) {
    fm_memory *memory = fm_alloc(sizeof *memory);
    FM_CHECK(memory, error, FM_ERR_MEMORY, "no memory for a device's pool");
    atomic_init(&memory->refs, 1);
    memory->api = api;
    memory->device = (fm_device){api->kind, index};
    fm_status status = api->open(index, &memory->dev, error);
    if (status == FM_OK) {
        memory->own_stream = !stream;
        status = stream ? api->stream_check(memory->dev, stream, error)
                        : api->stream_create(memory->dev, &stream, error);
        if (status != FM_OK) api->close(memory->dev);
    }
    if (status != FM_OK) {
        fm_free_block(memory);
        return status;
    }
    memory->stream = stream;
    pthread_mutex_init(&memory->lock, NULL);
    *out = memory;
    return FM_OK;
}

static fm_memory *retain(fm_memory *memory, uint32_t count) {
    atomic_fetch_add_explicit(&memory->refs, count, memory_order_relaxed);
    return memory;
}

fm_memory *fm_memory_retain(fm_memory *memory) {
    return retain(memory, 1);
}

/* Under the lock, or when nobody else is left. */
static void free_unused(fm_memory *memory) {
    for (int c = 0; c < FM_MEMORY_CLASSES; c++) {
        for (fm_storage *storage = memory->free_blocks[c], *next; storage; storage = next) {
            next = storage->next;
            memory->api->free(memory->dev, memory->stream, storage->data);
            memory->stats.reserved -= storage->capacity;
            fm_free_block(storage);
        }
        memory->free_blocks[c] = NULL;
    }
}

static void free_handles(fm_memory *memory) {
    for (fm_storage *storage = memory->free_storages, *next; storage; storage = next) {
        next = storage->next;
        fm_free_block(storage);
    }
    for (fm_tensor *tensor = memory->free_tensors, *next; tensor; tensor = next) {
        next = (fm_tensor *)tensor->data;
        fm_free_block(tensor);
    }
}

static void give_up(fm_memory *memory, uint32_t count) {
    if (atomic_fetch_sub(&memory->refs, count) != count) return;
    free_unused(memory);
    free_handles(memory);
    if (memory->own_stream) memory->api->stream_destroy(memory->dev, memory->stream);
    memory->api->close(memory->dev);
    pthread_mutex_destroy(&memory->lock);
    fm_free_block(memory);
}

void fm_memory_release(fm_memory *memory) {
    if (memory) give_up(memory, 1);
}

void fm_memory_trim(fm_memory *memory) {
    pthread_mutex_lock(&memory->lock);
    free_unused(memory);
    pthread_mutex_unlock(&memory->lock);
}

void fm_memory_set_limit(fm_memory *memory, uint64_t bytes) {
    pthread_mutex_lock(&memory->lock);
    memory->limit = bytes;
    pthread_mutex_unlock(&memory->lock);
}

void fm_memory_read_stats(fm_memory *memory, fm_memory_stats *stats) {
    pthread_mutex_lock(&memory->lock);
    *stats = memory->stats;
    pthread_mutex_unlock(&memory->lock);
}

static uint64_t max_u64(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

static bool exceeds(const fm_memory *memory, size_t bytes) {
    uint64_t reserved = memory->stats.reserved;
    return memory->limit && (reserved >= memory->limit || bytes > memory->limit - reserved);
}

/* A fresh block from the device; once more after the unused ones went back. Under the lock. */
static fm_status reserve_block(fm_memory *memory, size_t bytes, void **block, fm_error *error) {
    if (fm_alloc_refuse())
        return fm_fail(error, FM_ERR_MEMORY, "no memory for a block of %zu bytes", bytes);
    if (exceeds(memory, bytes)) free_unused(memory);
    if (exceeds(memory, bytes))
        return fm_fail(error, FM_ERR_MEMORY,
                       "a block of %zu bytes would exceed the limit of %llu bytes, of which %llu "
                       "are in use",
                       bytes, (unsigned long long)memory->limit,
                       (unsigned long long)memory->stats.in_use);
    fm_status status = memory->api->alloc(memory->dev, memory->stream, bytes, block, error);
    if (status == FM_ERR_MEMORY) {
        free_unused(memory);
        status = memory->api->alloc(memory->dev, memory->stream, bytes, block, error);
    }
    if (status != FM_OK) return status;
    memory->stats.system_allocations++;
    memory->stats.reserved += bytes;
    memory->stats.reserved_peak = max_u64(memory->stats.reserved_peak, memory->stats.reserved);
    return FM_OK;
}

static fm_status new_storage(fm_memory *memory, fm_storage **out, fm_error *error) {
    fm_storage *storage = memory->free_storages;
    if (storage) {
        memory->free_storages = storage->next;
        memset(storage, 0, sizeof *storage);
    } else {
        storage = fm_alloc(sizeof *storage);
        FM_CHECK(storage, error, FM_ERR_MEMORY, "no memory for a storage handle");
    }
    *out = storage;
    return FM_OK;
}

static fm_status take_block(fm_memory *memory, size_t bytes, fm_storage **out, fm_error *error) {
    size_t rounded;
    int class = class_of(bytes, &rounded);
    fm_storage *storage = memory->free_blocks[class];
    if (storage) {
        memory->free_blocks[class] = storage->next;
    } else {
        FM_TRY(new_storage(memory, &storage, error));
        fm_status status = reserve_block(memory, rounded, &storage->data, error);
        if (status != FM_OK) {
            storage->next = memory->free_storages;
            memory->free_storages = storage;
            return status;
        }
        storage->capacity = rounded;
    }
    memory->stats.in_use += rounded;
    memory->stats.in_use_peak = max_u64(memory->stats.in_use_peak, memory->stats.in_use);
    *out = storage;
    return FM_OK;
}

static fm_status check_bytes(size_t bytes, fm_error *error) {
    FM_CHECK(bytes <= (size_t)1 << 60, error, FM_ERR_MEMORY, "no device has %zu bytes", bytes);
    return FM_OK;
}

fm_status fm_storage_get(fm_memory *memory, size_t bytes, fm_storage **out, fm_error *error) {
    FM_TRY(check_bytes(bytes, error));
    pthread_mutex_lock(&memory->lock);
    fm_status status = take_block(memory, bytes, out, error);
    pthread_mutex_unlock(&memory->lock);
    if (status != FM_OK) return status;
    fm_storage *storage = *out;
    atomic_store_explicit(&storage->refs, 1, memory_order_relaxed);
    storage->memory = fm_memory_retain(memory);
    return FM_OK;
}

fm_status fm_storage_wrap(fm_memory *memory, void *data, size_t bytes, void (*release)(void *),
                          void *user, fm_storage **out, fm_error *error) {
    pthread_mutex_lock(&memory->lock);
    fm_status status = new_storage(memory, out, error);
    pthread_mutex_unlock(&memory->lock);
    if (status != FM_OK) return status;
    fm_storage *storage = *out;
    atomic_store_explicit(&storage->refs, 1, memory_order_relaxed);
    storage->flags = FM_STORAGE_FOREIGN;
    storage->data = data;
    storage->capacity = bytes;
    storage->memory = fm_memory_retain(memory);
    storage->release = release;
    storage->user = user;
    return FM_OK;
}

/* Under the lock. Keeps the block unless more lies unused than was ever in use at once. */
static void put_block(fm_memory *memory, fm_storage *storage) {
    size_t rounded;
    int class = class_of(storage->capacity, &rounded);
    memory->stats.in_use -= storage->capacity;
    uint64_t unused = memory->stats.reserved - memory->stats.in_use;
    if (unused > max_u64(memory->stats.in_use_peak, kept_at_least)) {
        memory->api->free(memory->dev, memory->stream, storage->data);
        memory->stats.reserved -= storage->capacity;
        storage->next = memory->free_storages;
        memory->free_storages = storage;
        return;
    }
    storage->next = memory->free_blocks[class];
    memory->free_blocks[class] = storage;
}

/* Whether the caller's reference was the last. Nobody can add one to a single reference but who
   holds it, so that one is given up without a locked instruction. */
static bool is_last(_Atomic uint32_t *refs) {
    return atomic_load_explicit(refs, memory_order_acquire) == 1 || atomic_fetch_sub(refs, 1) == 1;
}

/* Before a storage that nobody holds any more goes back: its owner's part. */
static void let_go(const fm_storage *storage) {
    const fm_memory *memory = storage->memory;
    if (storage->flags & FM_STORAGE_ORDERED)
        (void)memory->api->stream_wait(memory->dev, storage->stream, memory->stream, NULL);
    if (storage->release) storage->release(storage->user);
}

/* Under the lock. */
static void put_storage(fm_memory *memory, fm_storage *storage) {
    if (!(storage->flags & FM_STORAGE_FOREIGN)) {
        put_block(memory, storage);
        return;
    }
    storage->next = memory->free_storages;
    memory->free_storages = storage;
}

static void put_handle(fm_memory *memory, fm_tensor *tensor) {
    tensor->data = memory->free_tensors;
    memory->free_tensors = tensor;
}

void fm_storage_release(fm_storage *storage) {
    if (!storage || !is_last(&storage->refs)) return;
    fm_memory *memory = storage->memory;
    let_go(storage);
    pthread_mutex_lock(&memory->lock);
    put_storage(memory, storage);
    pthread_mutex_unlock(&memory->lock);
    give_up(memory, 1);
}

/* Under the lock. NULL: none is unused. */
static fm_tensor *take_handle(fm_memory *memory) {
    fm_tensor *tensor = memory->free_tensors;
    if (tensor) memory->free_tensors = (fm_tensor *)tensor->data;
    return tensor;
}

/* A handle with one reference out of an unused one, or out of a new one for NULL. */
static fm_status begin_handle(fm_memory *memory, fm_tensor *tensor, fm_tensor **out,
                              fm_error *error) {
    if (tensor) {
        memset(tensor, 0, sizeof *tensor);
    } else {
        tensor = fm_alloc(sizeof *tensor);
        FM_CHECK(tensor, error, FM_ERR_MEMORY, "no memory for a tensor handle");
    }
    atomic_init(&tensor->refs, 1);
    tensor->memory = memory;
    *out = tensor;
    return FM_OK;
}

fm_status fm_handle_get(fm_memory *memory, fm_tensor **out, fm_error *error) {
    pthread_mutex_lock(&memory->lock);
    fm_tensor *tensor = take_handle(memory);
    pthread_mutex_unlock(&memory->lock);
    FM_TRY(begin_handle(memory, tensor, out, error));
    fm_memory_retain(memory);
    return FM_OK;
}

fm_status fm_handle_get_with(fm_memory *memory, size_t bytes, fm_tensor **out, fm_storage **storage,
                             fm_error *error) {
    FM_TRY(check_bytes(bytes, error));
    pthread_mutex_lock(&memory->lock);
    fm_tensor *tensor = take_handle(memory);
    fm_status status = begin_handle(memory, tensor, &tensor, error);
    if (status == FM_OK) {
        status = take_block(memory, bytes, storage, error);
        if (status != FM_OK) put_handle(memory, tensor);
    }
    pthread_mutex_unlock(&memory->lock);
    if (status != FM_OK) return status;
    atomic_store_explicit(&(*storage)->refs, 1, memory_order_relaxed);
    (*storage)->memory = retain(memory, 2);
    *out = tensor;
    return FM_OK;
}

fm_tensor *fm_tensor_retain(fm_tensor *tensor) {
    if (tensor) atomic_fetch_add_explicit(&tensor->refs, 1, memory_order_relaxed);
    return tensor;
}

/* The handle, and with it a storage that nobody else holds, under one lock where both are of one
   pool. */
void fm_tensor_release(fm_tensor *tensor) {
    if (!tensor || !is_last(&tensor->refs)) return;
    fm_memory *memory = tensor->memory;
    fm_storage *storage = tensor->storage;
    fm_tensor_untag(tensor);
    fm_layout_release(tensor->layout);
    if (storage && storage->memory != memory) {
        fm_storage_release(storage);
        storage = NULL;
    }
    bool last = storage && is_last(&storage->refs);
    if (last) let_go(storage);
    pthread_mutex_lock(&memory->lock);
    if (last) put_storage(memory, storage);
    put_handle(memory, tensor);
    pthread_mutex_unlock(&memory->lock);
    give_up(memory, last ? 2 : 1);
}
