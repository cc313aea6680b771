/* What one call or reply holds: blocks of memory, tensors and groups, given back together. */
#ifndef FM_CORE_ARENA_H
#define FM_CORE_ARENA_H

#include "core/tensor.h"

/* Stays where it is while it keeps tensors: the first of them lie in it. */
enum { FM_ARENA_FEW = 8 };
typedef struct fm_arena {
    struct fm_arena_block *blocks; /* the newest first */
    char *at;                      /* what is left of one of them */
    size_t left, next;             /* bytes left there, and of the next block; next may be set */
    fm_tensor **tensors;           /* `few` or a block */
    const fm_symmetry **groups;
    uint32_t ntensors, ngroups, room_tensors, room_groups;
    fm_tensor *few[FM_ARENA_FEW];
} fm_arena;

/* Zeroed memory that lives as long as the arena; NULL when memory ran out. An arena begins as
   zeros. */
void *fm_arena_get(fm_arena *arena, size_t size);

/* Takes the caller's reference over, and gives it up at once where memory ran out: false then. */
bool fm_arena_keep(fm_arena *arena, fm_tensor *tensor);

/* The same for a symmetry group. */
bool fm_arena_keep_group(fm_arena *arena, const fm_symmetry *group);

/* Makes room, so that this many more tensors can be kept without memory. False when it ran out. */
bool fm_arena_reserve(fm_arena *arena, uint32_t ntensors);

/* Gives up the reference to a tensor that the arena keeps, before its end. */
void fm_arena_drop(fm_arena *arena, const fm_tensor *tensor);

/* Gives everything back and leaves an empty arena. */
void fm_arena_clear(fm_arena *arena);

#endif
