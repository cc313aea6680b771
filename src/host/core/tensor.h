/* Tensors and their storage, as the core sees them. */
#ifndef FM_CORE_TENSOR_H
#define FM_CORE_TENSOR_H

#include "core/layout.h"
#include <stdatomic.h>

struct fm_memory;

enum {
    FM_STORAGE_FOREIGN = 1,
    FM_STORAGE_READ_ONLY = 2, /* no operation may write it */
    FM_STORAGE_ORDERED = 4    /* `stream` waits for the pool's before release is called */
};

typedef struct fm_storage {
    _Atomic uint32_t refs;
    uint32_t flags;
    void *data;
    size_t capacity;          /* bytes */
    struct fm_memory *memory; /* the pool it returns to; foreign storage holds it for the device */
    struct fm_storage *next;  /* in the pool's list of free blocks */
    _Atomic uint64_t version; /* of the contents: advanced by every write */
    void (*release)(void *user);
    void *user;
    void *stream; /* of the memory's owner */
} fm_storage;

struct fm_tensor {
    _Atomic uint32_t refs;
    uint32_t reserved;
    const fm_layout *layout;
    fm_storage *storage;      /* NULL: abstract or a weak scalar */
    void *data;               /* address of element [0, ..., 0] */
    struct fm_memory *memory; /* where the handle itself comes from and returns to */
    fm_scalar scalar;         /* the value, for FM_LAYOUT_WEAK */
};

#endif
