/* Blocks for large requests and replies. */
#include "wire/block.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

/* Lies before a block; 64 bytes keep the rest aligned. */
enum { HEAD = 64 };

struct head {
    wire_blocks *from;
    size_t room;
    atomic_bool lent;
};

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
    *(struct head *)(void *)start = (struct head){.from = user, .room = size};
    return start + HEAD;
}

static struct head *head_of(void *block) {
    return (struct head *)(void *)((char *)block - HEAD);
}

void wire_blocks_lend(void *block) {
    atomic_store_explicit(&head_of(block)->lent, true, memory_order_release);
}

void wire_blocks_put(void *user, void *block) {
    wire_blocks *blocks = user;
    struct head *head = head_of(block);
    (void)atomic_load_explicit(&head->lent, memory_order_acquire);
    size_t room = head->room;
    void *start = head;
    pthread_mutex_lock(&blocks->lock);
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

void wire_block_release(void *block) {
    wire_blocks_put(head_of(block)->from, block);
}

size_t wire_block_room(void *block) {
    return head_of(block)->room;
}
