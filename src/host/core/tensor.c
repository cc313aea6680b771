/* What can be asked of a tensor without a context. */
#include "core/tensor.h"
#include "core/memory.h"

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
