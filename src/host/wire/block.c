/* Blocks for large replies. */
#include "wire/block.h"

#include <stdlib.h>

/* Before a block lies its room; 64 bytes keep the rest aligned. */
enum { HEAD = 64 };

void wire_blocks_open(wire_blocks *blocks) {
    *blocks = (wire_blocks){0};
    pthread_mutex_init(&blocks->lock, NULL);
}

void wire_blocks_close(wire_blocks *blocks) {
    for (int i = 0; i < WIRE_SPARE_BLOCKS; i++) free(blocks->spare[i].start);
    pthread_mutex_destroy(&blocks->lock);
}

/* A spare one that holds size without wasting most of itself. */
static char *take(wire_blocks *blocks, size_t size) {
    char *start = NULL;
    pthread_mutex_lock(&blocks->lock);
    for (int i = 0; i < WIRE_SPARE_BLOCKS && !start; i++) {
        if (blocks->spare[i].room < size || blocks->spare[i].room / 4 > size) continue;
        start = blocks->spare[i].start;
        blocks->spare[i] = (struct wire_spare){0};
    }
    pthread_mutex_unlock(&blocks->lock);
    return start;
}

void *wire_blocks_get(void *user, size_t size) {
    char *start = take(user, size);
    if (start) return start + HEAD;
    start = size < (size_t)-1 - HEAD ? malloc(HEAD + size) : NULL;
    if (!start) return NULL;
    /* The lock orders this before the thread that gives the block back, whatever lies between. */
    pthread_mutex_lock(&((wire_blocks *)user)->lock);
    *(size_t *)(void *)start = size;
    pthread_mutex_unlock(&((wire_blocks *)user)->lock);
    return start + HEAD;
}

void wire_blocks_put(void *user, void *block) {
    wire_blocks *blocks = user;
    char *start = (char *)block - HEAD;
    pthread_mutex_lock(&blocks->lock);
    size_t room = *(size_t *)(void *)start;
    struct wire_spare *least = &blocks->spare[0];
    for (int i = 1; i < WIRE_SPARE_BLOCKS; i++)
        if (blocks->spare[i].room < least->room) least = &blocks->spare[i];
    if (room > least->room) {
        struct wire_spare old = *least;
        *least = (struct wire_spare){start, room};
        start = old.start;
    }
    pthread_mutex_unlock(&blocks->lock);
    free(start);
}
