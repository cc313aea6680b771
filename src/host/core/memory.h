/* The memory of one context: a pool of device blocks, and the handles that name them. */
#ifndef FM_CORE_MEMORY_H
#define FM_CORE_MEMORY_H

#include "core/backend.h"
#include "core/tensor.h"

#include <pthread.h>

/* Size classes: multiples of 64 bytes up to 512, then eight steps an octave, so that at most an
   eighth of a block is unused. */
enum { FM_MEMORY_CLASSES = 8 + 8 * 54 };

/* Holds the device and the stream open until the last block is gone: tensors may outlive their
   context, and may be released from any thread. Freed blocks are kept for reuse, in stream order,
   up to the peak that was in use at once. */
typedef struct fm_memory {
    _Atomic uint32_t refs;
    const fm_backend_api *api;
    fm_dev *dev;
    void *stream;
    bool own_stream;
    fm_device device;
    pthread_mutex_t lock;
    fm_storage *free_blocks[FM_MEMORY_CLASSES];
    fm_storage *free_storages; /* without a block */
    fm_tensor *free_tensors;   /* linked through their data pointer */
    fm_memory_stats stats;
    uint64_t limit; /* of stats.reserved; 0: none */
} fm_memory;

/* Opens the device with one reference for the caller. stream NULL: one of its own. */
fm_status fm_memory_open(const fm_backend_api *api, int index, void *stream, fm_memory **out,
                         fm_error *error);
fm_memory *fm_memory_retain(fm_memory *memory);
void fm_memory_release(fm_memory *memory);

/* A storage of at least bytes, with one reference. */
fm_status fm_storage_get(fm_memory *memory, size_t bytes, fm_storage **out, fm_error *error);

/* A storage of the caller's memory. */
fm_status fm_storage_wrap(fm_memory *memory, void *data, size_t bytes, void (*release)(void *),
                          void *user, fm_storage **out, fm_error *error);

static inline fm_storage *fm_storage_retain(fm_storage *storage) {
    if (storage) atomic_fetch_add_explicit(&storage->refs, 1, memory_order_relaxed);
    return storage;
}
void fm_storage_release(fm_storage *storage);

/* Advances the version of the contents, which ends what was known of their symmetry. Storage has
   one writer at a time, so no more is needed than that others never read half a number. */
static inline void fm_storage_written(fm_storage *storage) {
    uint64_t version = atomic_load_explicit(&storage->version, memory_order_relaxed);
    atomic_store_explicit(&storage->version, version + 1, memory_order_relaxed);
    if (atomic_load_explicit(&storage->tagged, memory_order_relaxed)) fm_storage_untag(storage);
}

/* A handle with one reference, without layout and storage. */
fm_status fm_handle_get(fm_memory *memory, fm_tensor **out, fm_error *error);

/* The same beside a storage of at least bytes for it, with one reference. */
fm_status fm_handle_get_with(fm_memory *memory, size_t bytes, fm_tensor **out, fm_storage **storage,
                             fm_error *error);

/* Gives unused blocks back to the system. */
void fm_memory_trim(fm_memory *memory);
void fm_memory_set_limit(fm_memory *memory, uint64_t bytes);
void fm_memory_read_stats(fm_memory *memory, fm_memory_stats *stats);

#endif
