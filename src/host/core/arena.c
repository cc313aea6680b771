/* Arenas: blocks that are handed out piece by piece, and lists of references. */
#include "core/arena.h"
#include "core/alloc.h"

#include <stddef.h>
#include <string.h>

/* A block has room for what was asked for and for more of its kind: small at first, as most arenas
   hold little, then twice as much each time. Under AddressSanitizer each piece is a block of its
   own, so that it sees their ends. */
#if defined(__SANITIZE_ADDRESS__)
enum { FIRST = 1, MOST = 1 };
#else
enum { FIRST = 512, MOST = 32768 };
#endif

typedef struct fm_arena_block {
    struct fm_arena_block *older;
    _Alignas(max_align_t) char memory[];
} fm_arena_block;

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

static char *add_block(fm_arena *arena, size_t size) {
    fm_arena_block *block = fm_alloc_unset(sizeof *block + size);
    if (!block) return NULL;
    block->older = arena->blocks;
    arena->blocks = block;
    return block->memory;
}

void *fm_arena_get(fm_arena *arena, size_t size) {
    const size_t unit = _Alignof(max_align_t);
    if (size > SIZE_MAX / 2 || fm_alloc_refuse_piece()) return NULL;
    size = size ? (size + unit - 1) / unit * unit : unit;
    if (size > arena->left) {
        const size_t next = arena->next ? arena->next : FIRST, wanted = next < MOST ? next : MOST;
        char *block = add_block(arena, size > wanted ? size : wanted);
        if (!block || size >= wanted) return block ? memset(block, 0, size) : NULL;
        arena->at = block;
        arena->left = wanted;
        arena->next = wanted < MOST ? 2 * wanted : wanted;
    }
    void *piece = memset(arena->at, 0, size);
    arena->at += size;
    arena->left -= size;
    return piece;
}

bool fm_arena_reserve(fm_arena *arena, uint32_t ntensors) {
    bool few = arena->room_tensors == 0;
    if (few && arena->ntensors + ntensors < FM_ARENA_FEW) {
        arena->tensors = arena->few;
        return true;
    }
    void **list = few ? NULL : (void **)(void *)arena->tensors;
    if (!reserve(&list, arena->ntensors + ntensors, &arena->room_tensors)) return false;
    arena->tensors = (fm_tensor **)(void *)list;
    if (few) memcpy(arena->tensors, arena->few, arena->ntensors * sizeof *arena->tensors);
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
    for (fm_arena_block *block = arena->blocks, *older; block; block = older) {
        older = block->older;
        fm_free_block(block);
    }
    fm_free_block(arena->groups);
    if (arena->tensors != arena->few) fm_free_block(arena->tensors);
    memset(arena, 0, offsetof(fm_arena, few));
}
