/* Arrays on a device, in guarded memory. */
#include "place.h"

#include "core/detail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD = 64, PATTERN = 0xA5 };

/* Strides in elements, and the element number of the origin within the elements' block; returns how
   many elements the block has. */
static int64_t arrange(const sw_array *a, sw_layout layout, int64_t *strides, int64_t *origin) {
    int64_t step = 1, last = 0;
    for (int i = 0; i < a->ndim; i++) {
        int d = layout == SW_TRANSPOSED ? i : a->ndim - 1 - i;
        if (layout == SW_OFFSET && i == 0) step = 2;
        strides[d] = step;
        last += step * (a->shape[d] - 1);
        step *= a->shape[d];
        if (layout == SW_OFFSET) step += 3;
    }
    *origin = layout == SW_OFFSET ? 1 : 0;
    if (a->size == 0) return 1;
    if (layout == SW_NEGATIVE) {
        *origin = last;
        for (int d = 0; d < a->ndim; d++) strides[d] = -strides[d];
    }
    return last + 1 + (layout == SW_OFFSET);
}

static size_t byte_of(const sw_part *p, int64_t i) {
    int64_t at[SW_NDIM], element = p->origin;
    sw_coordinates(&p->like, i, at);
    for (int d = 0; d < p->like.ndim; d++) element += at[d] * p->strides[d];
    return p->at + (size_t)element * fm_dtype_size(p->like.dtype);
}

void sw_block_add(sw_block *block, const sw_array *array, sw_layout layout) {
    sw_part *p = &block->part[block->nparts++];
    *p = (sw_part){.layout = layout, .like = *array};
    p->like.data = NULL;
    int64_t count = arrange(array, layout, p->strides, &p->origin);
    size_t width = fm_dtype_size(array->dtype), before = block->size;
    p->at = (before + GUARD + 15) / 16 * 16;
    block->size = p->at + (size_t)count * width + GUARD;
    unsigned char *grown = realloc(block->written, block->size);
    if (!grown) {
        fprintf(stderr, "no memory for %zu bytes\n", block->size);
        exit(EXIT_FAILURE);
    }
    block->written = grown;
    memset(grown + before, PATTERN, block->size - before);
    for (int64_t i = 0; array->data && i < array->size; i++)
        memcpy(grown + byte_of(p, i), array->data + (size_t)i * width, width);
}

fm_status sw_block_upload(fm_context *ctx, sw_block *block) {
    int64_t size = (int64_t)block->size;
    FM_TRY(fm_tensor_from_host(ctx, FM_UINT8, 1, &size, block->written, &block->bytes));
    for (int i = 0; i < block->nparts; i++) {
        sw_part *p = &block->part[i];
        char *data = (char *)fm_tensor_data(block->bytes) + p->at +
                     (size_t)p->origin * fm_dtype_size(p->like.dtype);
        FM_TRY(fm_tensor_wrap(ctx, p->like.dtype, p->like.ndim, p->like.shape, p->strides, data,
                              NULL, NULL, &p->tensor));
    }
    return FM_OK;
}

fm_status sw_block_download(fm_context *ctx, sw_block *block) {
    if (!block->now) block->now = malloc(block->size);
    if (!block->now) return FM_ERR_MEMORY;
    return fm_tensor_to_host(ctx, block->bytes, block->now, block->size);
}

void sw_block_take(sw_block *block, int part, sw_array *array) {
    const sw_part *p = &block->part[part];
    size_t width = fm_dtype_size(p->like.dtype);
    for (int64_t i = 0; i < p->like.size; i++) {
        size_t at = byte_of(p, i);
        memcpy(array->data + (size_t)i * width, block->now + at, width);
        memcpy(block->now + at, block->written + at, width);
    }
}

bool sw_block_untouched(const sw_block *block, int *part) {
    size_t at = 0;
    while (at < block->size && block->now[at] == block->written[at]) at++;
    for (*part = 0; *part + 1 < block->nparts; ++*part)
        if (at + GUARD / 2 < block->part[*part + 1].at) break;
    return at == block->size;
}

void sw_block_release(sw_block *block) {
    for (int i = 0; i < block->nparts; i++) fm_tensor_release(block->part[i].tensor);
    fm_tensor_release(block->bytes);
    free(block->written);
    free(block->now);
    *block = (sw_block){0};
}
