/* Memory of one request or line. */
#include "wire/memory.h"

#include <stdlib.h>

enum { BLOCK = 1 << 14 };

typedef struct wire_block {
    struct wire_block *next;
    size_t size;
    _Alignas(16) char data[];
} wire_block;

static wire_block *new_block(wire_memory *memory, size_t size) {
    wire_block *block = malloc(sizeof *block + size);
    if (!block) return NULL;
    block->size = size;
    block->next = memory->blocks;
    memory->blocks = block;
    return block;
}

void *wire_get(wire_memory *memory, size_t size) {
    if (size > SIZE_MAX / 4) return NULL;
    size = (size + 15) & ~(size_t)15;
    if (size > (size_t)(memory->end - memory->at)) {
        bool large = memory->blocks && size > BLOCK / 4;
        wire_block *block = new_block(memory, large || size > BLOCK ? size : BLOCK);
        if (!block) return NULL;
        if (large) return block->data;
        memory->at = block->data;
        memory->end = block->data + block->size;
    }
    void *got = memory->at;
    memory->at += size;
    return got;
}

bool wire_keep(wire_memory *memory, fm_tensor *tensor) {
    if (memory->ntensors == memory->room) {
        size_t room = memory->room ? 2 * memory->room : 16;
        fm_tensor **grown = realloc(memory->tensors, room * sizeof(fm_tensor *));
        if (!grown) {
            fm_tensor_release(tensor);
            return false;
        }
        memory->tensors = grown;
        memory->room = room;
    }
    memory->tensors[memory->ntensors++] = tensor;
    return true;
}

struct wire_group {
    const fm_symmetry *group;
    struct wire_group *next;
};

bool wire_keep_group(wire_memory *memory, const fm_symmetry *group) {
    struct wire_group *kept = wire_get(memory, sizeof *kept);
    if (!kept) {
        fm_symmetry_release(group);
        return false;
    }
    *kept = (struct wire_group){group, memory->groups};
    memory->groups = kept;
    return true;
}

static void free_blocks(wire_memory *memory, wire_block *until) {
    while (memory->blocks != until) {
        wire_block *next = memory->blocks->next;
        free(memory->blocks);
        memory->blocks = next;
    }
}

void wire_reset(wire_memory *memory) {
    wire_block *first = memory->blocks;
    for (size_t i = 0; i < memory->ntensors; i++) fm_tensor_release(memory->tensors[i]);
    memory->ntensors = 0;
    for (struct wire_group *kept = memory->groups; kept; kept = kept->next)
        fm_symmetry_release(kept->group);
    memory->groups = NULL;
    while (first && first->next) first = first->next;
    if (first && first->size > BLOCK) first = NULL;
    free_blocks(memory, first);
    memory->at = first ? first->data : NULL;
    memory->end = first ? first->data + first->size : NULL;
}

void wire_close(wire_memory *memory) {
    wire_reset(memory);
    free_blocks(memory, NULL);
    free(memory->tensors);
    *memory = (wire_memory){0};
}
