/* A pool of threads that splits index ranges among itself and the calling thread. */
#ifndef FM_CPU_POOL_H
#define FM_CPU_POOL_H

#include <stdint.h>

typedef struct fm_pool fm_pool;

/* Work on the indices begin <= i < end. `lane` is the number of the span, below fm_pool_lanes, and
 * no two calls of one run have the same: scratch memory may be held per lane. */
typedef void (*fm_pool_fn)(void *arg, int64_t begin, int64_t end, int lane);

/* The pool of the process, with one lane for each usable core; started at the first call and never
 * NULL. Threads wait at first busily (some tens of microseconds), then asleep. A child of fork gets
 * its threads anew at its first run. */
fm_pool *fm_pool_shared(void);

/* A pool of its own with `lanes` lanes (1 to 1024, the caller's included); NULL for another number
 * or without memory. Owned by the caller, who destroys it while nothing runs on it. */
fm_pool *fm_pool_create(int lanes);
void fm_pool_destroy(fm_pool *pool);

int fm_pool_lanes(const fm_pool *pool);

/* Calls fn on [0, n) cut into at most `lanes` contiguous spans, every cut a multiple of `grain`
 * (below 1 counts as 1), and returns when all are done. The cuts depend on n, grain and the number
 * of lanes only, never on timing or on who is calling; for results that do not depend on the number
 * of lanes either, let i count chunks of a fixed size. Any number of threads may call at once, and
 * fn may call it again: a pool that is busy has the spans run in the calling thread one after the
 * other. Never fails, allocates nothing. fn must not fork. */
void fm_pool_run(fm_pool *pool, fm_pool_fn fn, void *arg, int64_t n, int64_t grain);

#endif
