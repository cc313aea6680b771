/* Joins what the device ran to the calls that launched it.
 *
 * A call's id comes in a record of its own, by the correlation of the launch; records come in any
 * order, from any of CUPTI's buffers. Work of a graph is joined by its node, which was made while
 * the call was captured. Work that no id was found for is delivered without one. */
#ifndef FM_CUDA_TIMING_JOIN_H
#define FM_CUDA_TIMING_JOIN_H

#include "ids.h"
#include "names.h"
#include "record.h"

#include <pthread.h>

/* Devices that collect at the same time. The ids of each carry its number above the core's bits. */
enum { CU_SLOTS = 64 };

typedef struct cu_joined {
    cu_work work;
    uint64_t id; /* as pushed, without the slot; 0: none */
} cu_joined;

typedef struct cu_joined_list {
    cu_joined *item;
    size_t count, room;
} cu_joined_list;

/* Work that has waited for its id since `round`. */
typedef struct cu_waiting {
    cu_work work;
    uint64_t round;
} cu_waiting;

typedef struct cu_join {
    pthread_mutex_t lock; /* never held while CUPTI is called */
    cu_ids calls;         /* by correlation */
    cu_ids nodes;         /* by node of a graph */
    cu_names names;       /* of kernels */
    cu_waiting *waiting;
    size_t waiting_count, waiting_room;
    uint64_t round; /* buffers read so far */
    uint32_t puts;  /* ids taken since the calls last aged */
    struct {
        int used;
        uint32_t device;      /* the index that CUPTI's records have */
        uint64_t untimed;     /* records without times, or with an end before the start */
        uint64_t lost;        /* joined work that there was no memory for */
        cu_joined_list ready; /* for the next delivery */
    } slot[CU_SLOTS];
} cu_join;

/* 0: no memory. */
int cu_join_open(cu_join *join);
void cu_join_close(cu_join *join);

/* Starts and ends a slot for records of that device. -1: all are in use. */
int cu_join_begin(cu_join *join, uint32_t device);
void cu_join_end(cu_join *join, int slot);

static inline uint64_t cu_join_tag(int slot, uint64_t id) {
    return (uint64_t)slot << 48 | id;
}

/* Takes records of one buffer, in any order; round ends it. */
void cu_join_record(cu_join *join, const void *record);
void cu_join_round(cu_join *join);

/* A node made under a call; a copy of a node, as instantiating makes them; a node that is no more.
 */
void cu_join_node(cu_join *join, uint64_t node, uint64_t id);
void cu_join_clone(cu_join *join, uint64_t node, uint64_t original);
void cu_join_unnode(cu_join *join, uint64_t node);

/* How many launches of the slot were announced by their ids and have not shown up as work. */
size_t cu_join_missing(cu_join *join, int slot);

/* Buffers read so far. */
uint64_t cu_join_rounds(cu_join *join);

/* Hands over what is joined, in exchange for an empty list. all: nothing more is waited for. */
void cu_join_take(cu_join *join, int slot, int all, cu_joined_list *list);

/* Records without times and without memory, of this slot. */
uint64_t cu_join_lost(cu_join *join, int slot);

#endif
