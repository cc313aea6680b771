/* A stack of buffers. */
#include "buffers.h"

#include "../device.h"

#include <string.h>

int cu_buffers_open(cu_buffers *buffers) {
    memset(buffers, 0, sizeof *buffers);
    if (pthread_mutex_init(&buffers->lock, NULL)) return 0;
    buffers->memory = cu_host->alloc((size_t)CU_BUFFERS * CU_BUFFER_BYTES);
    if (!buffers->memory) {
        (void)pthread_mutex_destroy(&buffers->lock);
        return 0;
    }
    for (int i = 0; i < CU_BUFFERS; ++i)
        buffers->home[i] = buffers->memory + (size_t)(CU_BUFFERS - 1 - i) * CU_BUFFER_BYTES;
    buffers->count = CU_BUFFERS;
    return 1;
}

int cu_buffers_close(cu_buffers *buffers) {
    if (buffers->count < CU_BUFFERS) return 0;
    cu_host->free(buffers->memory);
    (void)pthread_mutex_destroy(&buffers->lock);
    memset(buffers, 0, sizeof *buffers);
    return 1;
}

uint8_t *cu_buffers_lend(cu_buffers *buffers) {
    (void)pthread_mutex_lock(&buffers->lock);
    uint8_t *buffer = buffers->count ? buffers->home[--buffers->count] : NULL;
    (void)pthread_mutex_unlock(&buffers->lock);
    return buffer;
}

void cu_buffers_return(cu_buffers *buffers, uint8_t *buffer) {
    (void)pthread_mutex_lock(&buffers->lock);
    buffers->home[buffers->count++] = buffer;
    (void)pthread_mutex_unlock(&buffers->lock);
}
