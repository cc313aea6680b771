/* Arenas: lists of blocks and of references. */
#include "core/arena.h"
#include "core/alloc.h"

#include <string.h>

/* Room for one pointer past `count` in a list that doubles. */
static bool reserve(void ***list, uint32_t count, uint32_t *room) {
    if (count < *room) return true;
    uint32_t wider = *room ? 2 * *room : 16;
    while (wider <= count) wider *= 2;
    void **grown = fm_realloc(*list, *room * sizeof **list, wider * sizeof **list);
    if (!grown) return false;
    *list = grown;
    *room = wider;
    return true;
}

void *fm_arena_get(fm_arena *arena, size_t size) {
    if (!reserve(&arena->blocks, arena->nblocks, &arena->room_blocks)) return NULL;
    void *block = fm_alloc(size);
    if (block) arena->blocks[arena->nblocks++] = block;
    return block;
}

bool fm_arena_reserve(fm_arena *arena, uint32_t ntensors) {
    void **list = (void **)(void *)arena->tensors;
    if (!reserve(&list, arena->ntensors + ntensors, &arena->room_tensors)) return false;
    arena->tensors = (fm_tensor **)(void *)list;
    return true;
}

bool fm_arena_keep(fm_arena *arena, fm_tensor *tensor) {
    if (!fm_arena_reserve(arena, 0)) {
        fm_tensor_release(tensor);
        return false;
    }
    arena->tensors[arena->ntensors++] = tensor;
    return true;
}

bool fm_arena_keep_group(fm_arena *arena, const fm_symmetry *group) {
    void **list = (void **)(void *)arena->groups;
    bool room = reserve(&list, arena->ngroups, &arena->room_groups);
    arena->groups = (const fm_symmetry **)(void *)list;
    if (room)
        arena->groups[arena->ngroups++] = group;
    else
        fm_symmetry_release(group);
    return room;
}

void fm_arena_drop(fm_arena *arena, const fm_tensor *tensor) {
    for (uint32_t i = arena->ntensors; i-- > 0;) {
        if (arena->tensors[i] != tensor) continue;
        fm_tensor_release(arena->tensors[i]);
        arena->tensors[i] = arena->tensors[--arena->ntensors];
        return;
    }
}

void fm_arena_clear(fm_arena *arena) {
    for (uint32_t i = 0; i < arena->ntensors; i++) fm_tensor_release(arena->tensors[i]);
    for (uint32_t i = 0; i < arena->ngroups; i++) fm_symmetry_release(arena->groups[i]);
    for (uint32_t i = 0; i < arena->nblocks; i++) fm_free_block(arena->blocks[i]);
    fm_free_block(arena->groups);
    fm_free_block(arena->tensors);
    fm_free_block(arena->blocks);
    memset(arena, 0, sizeof *arena);
}
