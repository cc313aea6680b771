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
    struct fm_tensor *_Atomic tagged; /* tensors on it whose layout has a symmetry */
    void (*release)(void *user);
    void *user;
    void *stream; /* of the memory's owner */
} fm_storage;

struct fm_tensor {
    _Atomic uint32_t refs;
    uint32_t reserved;
    const fm_layout *layout;
    fm_storage *storage;           /* NULL: abstract or a weak scalar */
    void *data;                    /* address of element [0, ..., 0] */
    struct fm_memory *memory;      /* where the handle itself comes from and returns to */
    fm_scalar scalar;              /* the value, for FM_LAYOUT_WEAK */
    struct fm_tensor *next_tagged; /* in its storage's list, where the layout has a symmetry */
};

/* Names other elements by the tensor: takes over a reference to each, and gives its own ones up.
   storage NULL: none. A symmetry of the layout holds until anybody writes to the storage. */
void fm_tensor_point(struct fm_tensor *tensor, fm_storage *storage, const fm_layout *layout,
                     void *data);

/* Takes the symmetry from every tensor on the storage. */
void fm_storage_untag(fm_storage *storage);

/* Takes the tensor out of its storage's list, before it goes. */
void fm_tensor_untag(struct fm_tensor *tensor);

#endif
