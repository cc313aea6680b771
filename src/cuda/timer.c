/* Timed intervals on a stream by pooled pairs of events. */
#include "device.h"

/* A ticket is (use << 16 | place + 1), so that one used up never names a later interval. */
enum { PLACE_BITS = 16 };

static cu_timer_pair *pair_of(fm_dev *dev, uint64_t ticket) {
    const uint64_t place = (ticket & ((1u << PLACE_BITS) - 1)) - 1;
    if (!ticket || place >= (uint64_t)dev->timers.chunks * CU_TIMER_CHUNK) return NULL;
    cu_timer_pair *pair = &dev->timers.chunk[place / CU_TIMER_CHUNK][place % CU_TIMER_CHUNK];
    return pair->ticket == ticket ? pair : NULL;
}

/* One more chunk of pairs, without events yet. No chunk: the interval goes untimed. */
static void grow(cu_timers *t) {
    if (t->chunks == CU_TIMER_CHUNKS) return;
    cu_timer_pair *chunk = cu_alloc(CU_TIMER_CHUNK * sizeof *chunk);
    if (!chunk) return;
    t->chunk[t->chunks] = chunk;
    for (int i = CU_TIMER_CHUNK - 1; i >= 0; --i) {
        chunk[i].next = t->unused;
        t->unused = &chunk[i];
    }
    ++t->chunks;
}

static uint64_t place_of(const cu_timers *t, const cu_timer_pair *pair) {
    uint64_t c = 0;
    while (pair < t->chunk[c] || pair >= t->chunk[c] + CU_TIMER_CHUNK) ++c;
    return c * CU_TIMER_CHUNK + (uint64_t)(pair - t->chunk[c]);
}

static cu_error make_events(cu_timer_pair *pair) {
    cu_error code = pair->begin ? CU_SUCCESS : cu_api.event_create(&pair->begin, 1);
    if (!code && !pair->end) code = cu_api.event_create(&pair->end, 1);
    return code;
}

static void put_back(cu_timers *t, cu_timer_pair *pair) {
    pair->ticket = 0;
    pair->ended = 0;
    pair->next = t->unused;
    t->unused = pair;
}

static cu_error begin(fm_dev *dev, cu_stream stream, uint64_t *ticket) {
    cu_timers *t = &dev->timers;
    if (!t->unused) grow(t);
    cu_timer_pair *pair = t->unused;
    if (!pair) return CU_SUCCESS;
    t->unused = pair->next;
    cu_error code = make_events(pair);
    if (!code) code = cu_api.event_record(pair->begin, stream);
    if (code) {
        put_back(t, pair);
        return code;
    }
    pair->ticket = ++t->uses << PLACE_BITS | (place_of(t, pair) + 1);
    *ticket = pair->ticket;
    return CU_SUCCESS;
}

/* Under capture a graph's work has no time of its own here: it is timed launch by launch. */
fm_status cu_timer_begin(fm_dev *dev, void *stream, uint64_t *ticket, fm_error *error) {
    *ticket = 0;
    if (cu_stream_capturing(dev, stream)) return FM_OK;
    int before;
    cu_error code = cu_device_enter(dev, &before);
    (void)pthread_mutex_lock(&dev->lock);
    if (!code) code = begin(dev, stream, ticket);
    (void)pthread_mutex_unlock(&dev->lock);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "starting a timed interval") : FM_OK;
}

fm_status cu_timer_end(fm_dev *dev, void *stream, uint64_t ticket, fm_error *error) {
    int before;
    cu_error code = cu_device_enter(dev, &before);
    (void)pthread_mutex_lock(&dev->lock);
    cu_timer_pair *pair = pair_of(dev, ticket);
    if (!code && pair) code = cu_api.event_record(pair->end, stream);
    if (pair) pair->ended = !code;
    (void)pthread_mutex_unlock(&dev->lock);
    cu_device_leave(dev, before);
    return code ? cu_fail(error, code, NULL, "ending a timed interval") : FM_OK;
}

/* The query must not spoil somebody's capture, so this thread is relaxed meanwhile. */
static cu_error query(const cu_timer_pair *pair, float *milliseconds) {
    int mode = CU_CAPTURE_MODE_RELAXED;
    cu_error code = cu_api.capture_exchange(&mode);
    if (code) return code;
    code = cu_api.event_query(pair->end);
    if (!code) code = cu_api.event_elapsed(milliseconds, pair->begin, pair->end);
    (void)cu_api.capture_exchange(&mode);
    return code;
}

int cu_timer_read(fm_dev *dev, uint64_t ticket, uint64_t *nanoseconds) {
    int before, answer = -1;
    float milliseconds = 0.0f;
    cu_error code = cu_device_enter(dev, &before);
    (void)pthread_mutex_lock(&dev->lock);
    cu_timer_pair *pair = pair_of(dev, ticket);
    if (pair && !code) code = pair->ended ? query(pair, &milliseconds) : CU_NOT_READY;
    if (pair && code == CU_NOT_READY) {
        answer = 0;
    } else if (pair) {
        if (!code) *nanoseconds = (uint64_t)((double)milliseconds * 1e6 + 0.5);
        answer = code ? -1 : 1;
        put_back(&dev->timers, pair);
    }
    (void)pthread_mutex_unlock(&dev->lock);
    cu_device_leave(dev, before);
    return answer;
}

void cu_timer_close(fm_dev *dev) {
    for (int c = 0; c < dev->timers.chunks; ++c) {
        for (int i = 0; i < CU_TIMER_CHUNK; ++i) {
            const cu_timer_pair *pair = &dev->timers.chunk[c][i];
            if (pair->begin) (void)cu_api.event_destroy(pair->begin);
            if (pair->end) (void)cu_api.event_destroy(pair->end);
        }
        cu_host->free(dev->timers.chunk[c]);
    }
    dev->timers.chunks = 0;
}
