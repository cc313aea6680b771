/* The fake's streams: queues that run only when somebody waits for them, each in order, and the
 * asynchronous errors that surface there. */
#include "calls.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>

cu_stream fake_stream(cu_stream stream) {
    return stream ? stream : &fake_devices[fake_current].legacy;
}

static int stream_known(cu_stream stream) {
    for (int d = 0; d < FAKE_DEVICES; ++d) {
        if (stream == &fake_devices[d].legacy) return 1;
        for (cu_stream s = fake_devices[d].streams; s; s = s->next)
            if (s == stream) return 1;
    }
    return 0;
}

/* A stream takes work only while its device is the calling thread's. */
cu_error fake_check_stream(cu_stream stream) {
    if (!stream_known(stream)) return CU_INVALID_HANDLE;
    if (stream->device != fake_current || fake_current >= fake_device_count)
        return CU_INVALID_HANDLE;
    if (stream->capture && stream->capture->dead) return CU_CAPTURE_INVALIDATED;
    return CU_SUCCESS;
}

void fake_queue_push(fake_queue *queue, fake_work *work) {
    work->next = NULL;
    if (queue->last)
        queue->last->next = work;
    else
        queue->first = work;
    queue->last = work;
    ++queue->count;
}

static fake_work *queue_pop(fake_queue *queue) {
    fake_work *work = queue->first;
    queue->first = work->next;
    if (!queue->first) queue->last = NULL;
    --queue->count;
    return work;
}

static void work_free(fake_work *work) {
    if (work->drop) work->drop(work->data);
    free(work);
}

void fake_queue_drop(fake_queue *queue) {
    while (queue->first) work_free(queue_pop(queue));
}

/* The work that an injected late failure turns into. */
static cu_error run_failure(void *data) {
    return *(cu_error *)data;
}

static cu_error submit(cu_stream stream, const fake_what *what, cu_error (*run)(void *),
                       void (*drop)(void *), uint64_t ns, const void *data, size_t bytes,
                       fake_work **made) {
    cu_error late = fake_take_late();
    fake_work *work = calloc(1, sizeof *work + bytes + sizeof late);
    if (!work) return CU_OUT_OF_MEMORY;
    work->run = run;
    work->drop = drop;
    work->nanoseconds = ns;
    work->what = *what;
    if (data) memcpy(work->data, data, bytes);
    if (made) *made = work;
    if (what->kind) work->launch = fake_observe_launch(what->kind);
    if (stream->capture) {
        ++stream->captured;
        work->node = fake_observe_node();
        fake_queue_push(&stream->capture->graph->work, work);
        return CU_SUCCESS;
    }
    fake_queue_push(&stream->queue, work);
    if (!late) return CU_SUCCESS;
    fake_work *failure = calloc(1, sizeof *failure + sizeof late);
    if (!failure) return late;
    failure->run = run_failure;
    memcpy(failure->data, &late, sizeof late);
    fake_queue_push(&stream->queue, failure);
    return CU_SUCCESS;
}

cu_error fake_submit(cu_stream stream, cu_error (*run)(void *), void (*drop)(void *), uint64_t ns,
                     const void *data, size_t bytes, fake_work **made) {
    static const fake_what nothing;
    return submit(stream, &nothing, run, drop, ns, data, bytes, made);
}

cu_error fake_submit_seen(cu_stream stream, const fake_what *what, cu_error (*run)(void *),
                          uint64_t ns, const void *data, size_t bytes, fake_work **made) {
    static const fake_what kernel = {FM_FAKE_KERNEL, 1, 0};
    return submit(stream, what ? what : &kernel, run, NULL, ns, data, bytes, made);
}

void fake_run_step(cu_stream stream) {
    if (!stream->queue.first) return;
    fake_device *device = &fake_devices[stream->device];
    fake_work *work = queue_pop(&stream->queue);
    fake_open(stream->device);
    if (!device->sticky || work->always) {
        const uint64_t start = fake_clock;
        cu_error error = work->run(work->data);
        fake_clock += work->nanoseconds;
        fake_observe_ran(work, stream->device, 0, start);
        if (error && !device->pending) device->pending = error;
        if (fake_error_sticks(error)) device->sticky = error;
    }
    fake_close(stream->device);
    work_free(work);
}

void fake_run_stream(cu_stream stream) {
    fake_open(stream->device);
    while (stream->queue.first) fake_run_step(stream);
    fake_close(stream->device);
}

/* Streams run in the reverse order of their making: nothing may count on the other one. */
void fake_run_device(int device) {
    for (cu_stream s = fake_devices[device].streams; s; s = s->next) fake_run_stream(s);
    fake_run_stream(&fake_devices[device].legacy);
}

cu_error fake_collect(int device) {
    fake_device *d = &fake_devices[device];
    cu_error error = d->pending ? d->pending : d->sticky;
    d->pending = CU_SUCCESS;
    return error;
}

cu_error fake_stream_create(cu_stream *stream) {
    cu_error error = fake_enter();
    if (!error && fake_current >= fake_device_count) error = CU_NO_DEVICE;
    if (error) return fake_leave(error);
    cu_stream made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_OUT_OF_MEMORY);
    made->device = fake_current;
    made->next = fake_devices[fake_current].streams;
    fake_devices[fake_current].streams = made;
    ++fake_census.streams;
    *stream = made;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_stream_destroy(cu_stream stream) {
    fake_enter_release();
    if (!stream || !stream_known(stream)) return fake_leave(CU_INVALID_HANDLE);
    if (stream->capture) {
        stream->capture->dead = 1;
        return fake_leave(CU_CAPTURE_UNSUPPORTED);
    }
    fake_run_stream(stream);
    cu_stream *at = &fake_devices[stream->device].streams;
    while (*at != stream) at = &(*at)->next;
    *at = stream->next;
    --fake_census.streams;
    free(stream);
    return fake_leave(CU_SUCCESS);
}

cu_error fake_stream_synchronize(cu_stream stream) {
    cu_error error = fake_enter();
    stream = fake_stream(stream);
    if (!error && !stream_known(stream)) error = CU_INVALID_HANDLE;
    if (!error && stream->capture) {
        stream->capture->dead = 1;
        error = CU_CAPTURE_UNSUPPORTED;
    }
    if (!error) error = fake_unsafe();
    if (error) return fake_leave(error);
    fake_run_stream(stream);
    return fake_leave(fake_collect(stream->device));
}

/* Answers "not ready" and lets one piece of work run, so that polling ends. */
cu_error fake_stream_query(cu_stream stream) {
    cu_error error = fake_enter();
    stream = fake_stream(stream);
    if (!error && !stream_known(stream)) error = CU_INVALID_HANDLE;
    if (!error && stream->capture) {
        stream->capture->dead = 1;
        error = CU_CAPTURE_UNSUPPORTED;
    }
    if (!error) error = fake_unsafe();
    if (error) return fake_leave(error);
    if (!stream->queue.first) return fake_leave(fake_collect(stream->device));
    fake_run_step(stream);
    return fake_leave(CU_NOT_READY);
}

cu_error fake_stream_device(cu_stream stream, int *device) {
    cu_error error = fake_enter();
    stream = fake_stream(stream);
    if (!error && !stream_known(stream)) error = CU_INVALID_HANDLE;
    if (!error) *device = stream->device;
    return fake_leave(error);
}

cu_error fake_device_synchronize(void) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe();
    if (error) return fake_leave(error);
    fake_run_device(fake_current);
    return fake_leave(fake_collect(fake_current));
}
