/* Joining work to calls. */
#include "join.h"

#include "../device.h"

#include <string.h>

/* For how many further buffers work waits for its id: an id precedes its launch's own record, which
 * is written before the work can be over, but the two may lie in different buffers. Work of others,
 * that has no id, must not pile up. */
enum { PATIENCE = 4 };

/* Ids of launches that never ran (captured ones, failed ones) are dropped once so many came later:
 * more than a stream can hold in flight. */
enum { EPOCH = 1 << 16, FIRST_CALLS = 1 << 12, FIRST_READY = 1 << 10 };

/* Of a node that was copied: it is kept when its graph goes, as it is not said whether the records
 * of a replay name the node or its copy. */
static const uint64_t copied = (uint64_t)1 << 63;

static int slot_of(uint64_t id) {
    return (int)(id >> 48) & (CU_SLOTS - 1);
}

int cu_join_open(cu_join *join) {
    memset(join, 0, sizeof *join);
    if (pthread_mutex_init(&join->lock, NULL)) return 0;
    return cu_ids_reserve(&join->calls, FIRST_CALLS);
}

void cu_join_close(cu_join *join) {
    cu_ids_close(&join->calls);
    cu_ids_close(&join->nodes);
    cu_names_close(&join->names);
    cu_host->free(join->waiting);
    for (int s = 0; s < CU_SLOTS; ++s) cu_host->free(join->slot[s].ready.item);
    (void)pthread_mutex_destroy(&join->lock);
    memset(join, 0, sizeof *join);
}

int cu_join_begin(cu_join *join, uint32_t device) {
    int slot = 0;
    (void)pthread_mutex_lock(&join->lock);
    while (slot < CU_SLOTS && join->slot[slot].used) ++slot;
    if (slot < CU_SLOTS) {
        memset(&join->slot[slot], 0, sizeof join->slot[slot]);
        join->slot[slot].used = 1;
        join->slot[slot].device = device;
    }
    (void)pthread_mutex_unlock(&join->lock);
    return slot < CU_SLOTS ? slot : -1;
}

static int is_of(void *user, uint64_t id) {
    return slot_of(id) == *(const int *)user;
}

void cu_join_end(cu_join *join, int slot) {
    (void)pthread_mutex_lock(&join->lock);
    for (int twice = 0; twice < 2; ++twice) {
        cu_ids_age(&join->calls, is_of, &slot);
        cu_ids_age(&join->nodes, is_of, &slot);
    }
    cu_host->free(join->slot[slot].ready.item);
    memset(&join->slot[slot], 0, sizeof join->slot[slot]);
    (void)pthread_mutex_unlock(&join->lock);
}

/* Doubles a list of items of that size when it is full. */
static int make_room(void **item, size_t count, size_t *room, size_t size) {
    if (count < *room) return 1;
    const size_t more = *room ? *room * 2 : FIRST_READY;
    void *larger = cu_host->alloc(more * size);
    if (!larger) return 0;
    if (count) memcpy(larger, *item, count * size);
    cu_host->free(*item);
    *item = larger;
    *room = more;
    return 1;
}

static void deliver(cu_join *join, int slot, const cu_work *work, uint64_t id) {
    if (!join->slot[slot].used) return;
    if (!work->start || !work->end || work->end < work->start) {
        ++join->slot[slot].untimed;
        return;
    }
    cu_joined_list *ready = &join->slot[slot].ready;
    void *item = ready->item;
    if (!make_room(&item, ready->count, &ready->room, sizeof *ready->item)) {
        ++join->slot[slot].lost;
        return;
    }
    ready->item = item;
    ready->item[ready->count++] = (cu_joined){*work, id & ((1ull << 48) - 1)};
}

/* Work of nobody's goes to whoever collects on its device. */
static void deliver_unknown(cu_join *join, const cu_work *work) {
    for (int s = 0; s < CU_SLOTS; ++s)
        if (join->slot[s].used && join->slot[s].device == work->device) {
            deliver(join, s, work, 0);
            return;
        }
}

/* A launch makes one piece of work, but that of a graph, whose nodes have ids of their own and
 * whose other work is all that call's. */
static int try_join(cu_join *join, const cu_work *work) {
    uint64_t id;
    if (work->graph && cu_ids_get(&join->nodes, work->node, &id)) {
        deliver(join, slot_of(id), work, id);
        return 1;
    }
    if (!cu_ids_get(&join->calls, work->correlation, &id)) return 0;
    if (!work->graph) cu_ids_remove(&join->calls, work->correlation);
    deliver(join, slot_of(id), work, id);
    return 1;
}

static void wait_for_id(cu_join *join, const cu_work *work) {
    void *item = join->waiting;
    if (!make_room(&item, join->waiting_count, &join->waiting_room, sizeof *join->waiting)) {
        deliver_unknown(join, work);
        return;
    }
    join->waiting = item;
    join->waiting[join->waiting_count++] = (cu_waiting){*work, join->round};
}

static void take_id(cu_join *join, uint32_t correlation, uint64_t id) {
    const int slot = slot_of(id);
    if (!join->slot[slot].used) return;
    if (++join->puts % EPOCH == 0) cu_ids_age(&join->calls, NULL, NULL);
    (void)cu_ids_put(&join->calls, correlation, id); /* without memory its work has no call */
}

void cu_join_record(cu_join *join, const void *record) {
    cu_work work;
    uint32_t correlation;
    uint64_t id;
    (void)pthread_mutex_lock(&join->lock);
    if (cu_record_id(record, &correlation, &id)) {
        take_id(join, correlation, id);
    } else if (cu_record_work(record, &work)) {
        if (work.kind == FM_ACTIVITY_KERNEL) work.name = cu_names_get(&join->names, work.name);
        if (!try_join(join, &work)) wait_for_id(join, &work);
    }
    (void)pthread_mutex_unlock(&join->lock);
}

/* Tries what waits once more; what has waited for longer than `patience` rounds goes out. */
static void settle(cu_join *join, uint64_t patience) {
    size_t left = 0;
    for (size_t i = 0; i < join->waiting_count; ++i) {
        const cu_waiting w = join->waiting[i];
        if (try_join(join, &w.work)) continue;
        if (join->round - w.round >= patience)
            deliver_unknown(join, &w.work);
        else
            join->waiting[left++] = w;
    }
    join->waiting_count = left;
}

void cu_join_round(cu_join *join) {
    (void)pthread_mutex_lock(&join->lock);
    settle(join, PATIENCE);
    ++join->round;
    (void)pthread_mutex_unlock(&join->lock);
}

void cu_join_node(cu_join *join, uint64_t node, uint64_t id) {
    (void)pthread_mutex_lock(&join->lock);
    (void)cu_ids_put(&join->nodes, node, id);
    (void)pthread_mutex_unlock(&join->lock);
}

void cu_join_clone(cu_join *join, uint64_t node, uint64_t original) {
    uint64_t id;
    (void)pthread_mutex_lock(&join->lock);
    if (cu_ids_get(&join->nodes, original, &id)) {
        (void)cu_ids_put(&join->nodes, original, id | copied);
        (void)cu_ids_put(&join->nodes, node, id & ~copied);
    }
    (void)pthread_mutex_unlock(&join->lock);
}

void cu_join_unnode(cu_join *join, uint64_t node) {
    uint64_t id;
    (void)pthread_mutex_lock(&join->lock);
    if (cu_ids_get(&join->nodes, node, &id) && !(id & copied)) cu_ids_remove(&join->nodes, node);
    (void)pthread_mutex_unlock(&join->lock);
}

size_t cu_join_missing(cu_join *join, int slot) {
    size_t missing = 0;
    (void)pthread_mutex_lock(&join->lock);
    for (size_t i = 0; i < join->calls.room; ++i) {
        const cu_ids_entry *e = &join->calls.entry[i];
        missing += e->full && e->age == join->calls.age && slot_of(e->value) == slot;
    }
    (void)pthread_mutex_unlock(&join->lock);
    return missing;
}

uint64_t cu_join_rounds(cu_join *join) {
    (void)pthread_mutex_lock(&join->lock);
    const uint64_t rounds = join->round;
    (void)pthread_mutex_unlock(&join->lock);
    return rounds;
}

void cu_join_take(cu_join *join, int slot, int all, cu_joined_list *list) {
    (void)pthread_mutex_lock(&join->lock);
    if (all) {
        settle(join, 0);
        cu_ids_age(&join->calls, is_of, &slot);
    }
    cu_joined_list *ready = &join->slot[slot].ready;
    const cu_joined_list empty = {list->item, 0, list->room};
    *list = *ready;
    *ready = empty;
    (void)pthread_mutex_unlock(&join->lock);
}

uint64_t cu_join_lost(cu_join *join, int slot) {
    (void)pthread_mutex_lock(&join->lock);
    const uint64_t lost = join->slot[slot].untimed + join->slot[slot].lost;
    (void)pthread_mutex_unlock(&join->lock);
    return lost;
}
