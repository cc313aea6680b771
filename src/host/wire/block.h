/* Blocks for large requests and replies: read into and sent without a copy, and used again. */
#ifndef FM_WIRE_BLOCK_H
#define FM_WIRE_BLOCK_H

#include <pthread.h>
#include <stddef.h>

/* Fresh memory of that size costs as much as the copy into it, so a few blocks are kept. */
enum { WIRE_SPARE_BLOCKS = 2 };

typedef struct wire_blocks {
    pthread_mutex_t lock; /* ZeroMQ gives blocks back from a thread of its own */
    struct wire_spare {
        void *start;
        size_t room;
    } spare[WIRE_SPARE_BLOCKS];
} wire_blocks;

void wire_blocks_open(wire_blocks *blocks);
void wire_blocks_close(wire_blocks *blocks);
/* NULL: no memory. */
void *wire_blocks_get(void *blocks, size_t size);
/* What was written comes before the thread that gives the block back, whatever lies between. */
void wire_blocks_lend(void *block);
void wire_blocks_put(void *blocks, void *block);
/* The same, of the blocks that it came from. */
void wire_block_release(void *block);
/* Its bytes; at least what was asked for. */
size_t wire_block_room(void *block);

#endif
