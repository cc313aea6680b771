/* What a tensor names: its elements, and what can be asked of it without a context. */
#include "core/tensor.h"
#include "core/memory.h"

/* Over the lists of all storages: tensors with a symmetry are few. */
static pthread_mutex_t tag_lock = PTHREAD_MUTEX_INITIALIZER;

static void link_tag(fm_tensor *tensor) {
    if (!tensor->storage || !tensor->layout->symmetry) return;
    pthread_mutex_lock(&tag_lock);
    tensor->next_tagged = atomic_load_explicit(&tensor->storage->tagged, memory_order_relaxed);
    atomic_store_explicit(&tensor->storage->tagged, tensor, memory_order_relaxed);
    pthread_mutex_unlock(&tag_lock);
}

void fm_tensor_untag(fm_tensor *tensor) {
    if (!tensor->storage || !tensor->layout || !tensor->layout->symmetry) return;
    pthread_mutex_lock(&tag_lock);
    fm_tensor *first = atomic_load_explicit(&tensor->storage->tagged, memory_order_relaxed);
    if (first == tensor) {
        atomic_store_explicit(&tensor->storage->tagged, tensor->next_tagged, memory_order_relaxed);
    } else {
        while (first && first->next_tagged != tensor) first = first->next_tagged;
        if (first) first->next_tagged = tensor->next_tagged;
    }
    tensor->next_tagged = NULL;
    pthread_mutex_unlock(&tag_lock);
}

void fm_storage_untag(fm_storage *storage) {
    pthread_mutex_lock(&tag_lock);
    fm_tensor *tensor = atomic_load_explicit(&storage->tagged, memory_order_relaxed);
    atomic_store_explicit(&storage->tagged, NULL, memory_order_relaxed);
    for (fm_tensor *next; tensor; tensor = next) {
        const fm_layout *tagged = tensor->layout;
        next = tensor->next_tagged;
        tensor->next_tagged = NULL;
        tensor->layout = fm_layout_retain(tagged->plain);
        fm_layout_release(tagged);
    }
    pthread_mutex_unlock(&tag_lock);
}

void fm_tensor_point(fm_tensor *tensor, fm_storage *storage, const fm_layout *layout, void *data) {
    fm_storage *old_storage = tensor->storage;
    const fm_layout *old_layout = tensor->layout;
    fm_tensor_untag(tensor);
    tensor->storage = storage;
    tensor->layout = layout;
    tensor->data = data;
    link_tag(tensor);
    fm_storage_release(old_storage);
    fm_layout_release(old_layout);
}

fm_dtype fm_tensor_dtype(const fm_tensor *tensor) {
    return tensor->layout->dtype;
}
int fm_tensor_ndim(const fm_tensor *tensor) {
    return tensor->layout->ndim;
}

const int64_t *fm_tensor_shape(const fm_tensor *tensor) {
    return fm_layout_shape(tensor->layout);
}

const int64_t *fm_tensor_strides(const fm_tensor *tensor) {
    return fm_layout_strides(tensor->layout);
}

int64_t fm_tensor_size(const fm_tensor *tensor) {
    return tensor->layout->size;
}

size_t fm_tensor_nbytes(const fm_tensor *tensor) {
    return (size_t)tensor->layout->size * fm_dtype_size(tensor->layout->dtype);
}

fm_device fm_tensor_device(const fm_tensor *tensor) {
    return tensor->memory->device;
}

bool fm_tensor_is_contiguous(const fm_tensor *tensor) {
    return tensor->layout->flags & FM_LAYOUT_CONTIGUOUS;
}

void *fm_tensor_data(const fm_tensor *tensor) {
    return tensor->data;
}

const fm_symmetry *fm_tensor_symmetry(const fm_tensor *tensor) {
    return tensor->layout->symmetry;
}
