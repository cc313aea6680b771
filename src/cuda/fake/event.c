/* The fake's events: marks in a stream's order, with the fake clock's time, that other streams can
 * wait for. */
#include "calls.h"
#include "state.h"

#include <stdlib.h>

typedef struct mark {
    cu_event event;
    uint64_t number;
} mark;

static void release(cu_event event) {
    if (--event->refs) return;
    free(event);
}

static void drop_mark(void *data) {
    release(((mark *)data)->event);
}

static cu_error run_record(void *data) {
    const mark *m = data;
    m->event->done = m->number;
    m->event->time = fake_clock;
    return CU_SUCCESS;
}

static cu_error run_wait(void *data) {
    const mark *m = data;
    fake_run_event(m->event, m->number);
    return CU_SUCCESS;
}

void fake_run_event(cu_event event, uint64_t number) {
    while (event->done < number && event->stream->queue.first) fake_run_step(event->stream);
}

cu_error fake_event_create(cu_event *event, int timing) {
    cu_error error = fake_enter();
    if (!error && fake_current >= fake_device_count) error = CU_NO_DEVICE;
    if (error) return fake_leave(error);
    cu_event made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_OUT_OF_MEMORY);
    made->refs = 1;
    made->timing = timing;
    made->device = fake_current;
    ++fake_census.events;
    *event = made;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_event_destroy(cu_event event) {
    fake_enter_release();
    if (!event) return fake_leave(CU_INVALID_HANDLE);
    --fake_census.events;
    release(event);
    return fake_leave(CU_SUCCESS);
}

/* Queues work that holds on to the event. */
static cu_error submit_mark(cu_stream stream, cu_error (*run)(void *), cu_event event) {
    const mark m = {event, event->recorded};
    ++event->refs;
    fake_work *work = NULL;
    cu_error error = fake_submit(stream, run, drop_mark, 0, &m, sizeof m, &work);
    if (error)
        release(event);
    else
        work->always = 1;
    return error;
}

cu_error fake_event_record(cu_event event, cu_stream stream) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (!error && event->device != stream->device) error = CU_INVALID_HANDLE;
    if (error) return fake_leave(error);
    event->in_graph = stream->capture != NULL;
    if (stream->capture) {
        event->capture_id = stream->capture->id;
        event->stream = stream;
        event->captured = stream->captured;
        return fake_leave(CU_SUCCESS);
    }
    ++event->recorded;
    event->stream = stream;
    return fake_leave(submit_mark(stream, run_record, event));
}

/* Under capture a wait draws the waiting stream into the event's capture, or joins its work to it.
 */
static cu_error wait_captured(cu_stream stream, cu_event event) {
    fake_capture *capture = fake_capture_alive(event->capture_id);
    if (!capture) return CU_CAPTURE_ISOLATION;
    if (stream->capture && stream->capture != capture) {
        stream->capture->dead = capture->dead = 1;
        return CU_CAPTURE_MERGE;
    }
    if (!stream->capture) {
        stream->capture = capture;
        stream->captured = 0;
        stream->joined = 0;
    }
    ++stream->captured;
    if (event->stream != stream && event->captured > event->stream->joined)
        event->stream->joined = event->captured;
    return CU_SUCCESS;
}

cu_error fake_stream_wait(cu_stream stream, cu_event event) {
    cu_error error = fake_enter_work();
    stream = fake_stream(stream);
    if (!error) error = fake_check_stream(stream);
    if (!error && !event) error = CU_INVALID_HANDLE;
    if (error) return fake_leave(error);
    if (event->in_graph) return fake_leave(wait_captured(stream, event));
    if (stream->capture) {
        stream->capture->dead = 1;
        return fake_leave(CU_CAPTURE_ISOLATION);
    }
    if (event->done == event->recorded) return fake_leave(CU_SUCCESS);
    return fake_leave(submit_mark(stream, run_wait, event));
}

/* An event last recorded under capture names no moment; asking for it spoils that capture. */
static cu_error check_asked(cu_event event) {
    if (!event) return CU_INVALID_HANDLE;
    if (!event->in_graph) return fake_unsafe();
    fake_capture *capture = fake_capture_alive(event->capture_id);
    if (capture) capture->dead = 1;
    return CU_CAPTURED_EVENT;
}

cu_error fake_event_query(cu_event event) {
    cu_error error = fake_enter();
    if (!error) error = check_asked(event);
    if (error) return fake_leave(error);
    if (event->done == event->recorded) return fake_leave(fake_collect(event->device));
    fake_run_step(event->stream);
    return fake_leave(CU_NOT_READY);
}

cu_error fake_event_synchronize(cu_event event) {
    cu_error error = fake_enter();
    if (!error) error = check_asked(event);
    if (error) return fake_leave(error);
    fake_run_event(event, event->recorded);
    return fake_leave(fake_collect(event->device));
}

cu_error fake_event_elapsed(float *milliseconds, cu_event from, cu_event to) {
    cu_error error = fake_enter();
    if (!error) error = check_asked(from);
    if (!error) error = check_asked(to);
    if (!error && (!from->timing || !to->timing || !from->recorded || !to->recorded))
        error = CU_INVALID_HANDLE;
    if (!error && (from->done != from->recorded || to->done != to->recorded)) error = CU_NOT_READY;
    if (!error) *milliseconds = (float)((double)to->time - (double)from->time) * 1e-6f;
    return fake_leave(error);
}
