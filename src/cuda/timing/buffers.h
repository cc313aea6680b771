/* The buffers that CUPTI fills: all allocated at the start, lent and taken back. */
#ifndef FM_CUDA_TIMING_BUFFERS_H
#define FM_CUDA_TIMING_BUFFERS_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/* A launch takes about 250 bytes of records, so one buffer holds 4,000 launches. */
enum { CU_BUFFERS = 16, CU_BUFFER_BYTES = 1 << 20 };

typedef struct cu_buffers {
    pthread_mutex_t lock;
    uint8_t *memory;
    uint8_t *home[CU_BUFFERS]; /* those that are here */
    int count;
} cu_buffers;

/* 0: no memory. */
int cu_buffers_open(cu_buffers *buffers);

/* 0 where some are still lent: CUPTI may write to them, so the memory stays. */
int cu_buffers_close(cu_buffers *buffers);

/* NULL when all are lent: CUPTI then drops records and counts them. */
uint8_t *cu_buffers_lend(cu_buffers *buffers);
void cu_buffers_return(cu_buffers *buffers, uint8_t *buffer);

#endif
