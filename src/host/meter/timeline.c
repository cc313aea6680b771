/* The bounded record of a run in time: slices, and the points of a budget's course. */
#include "meter/timeline.h"

#include <time.h>

#include "core/alloc.h"
#include "meter/clock.h"

static uint64_t monotonic(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

fm_timeline *fm_timeline_new(size_t capacity) {
    fm_timeline *timeline = fm_alloc(sizeof *timeline);
    if (!timeline) return NULL;
    timeline->events = capacity ? fm_alloc(capacity * sizeof *timeline->events) : NULL;
    if ((capacity && !timeline->events) || fm_names_init(&timeline->names, NULL) != FM_OK) {
        fm_free_block(timeline->events);
        fm_free_block(timeline);
        return NULL;
    }
    timeline->capacity = capacity;
    timeline->every = 1;
    timeline->began_ticks = fm_ticks();
    timeline->began = monotonic();
    return timeline;
}

void fm_timeline_free(fm_timeline *timeline) {
    if (!timeline) return;
    fm_names_close(&timeline->names);
    fm_free_block(timeline->events);
    fm_free_block(timeline);
}

uint64_t fm_timeline_time(const fm_timeline *timeline, uint64_t ticks) {
    if (ticks < timeline->began_ticks)
        return timeline->began - fm_ticks_to_ns(timeline->began_ticks - ticks);
    return timeline->began + fm_ticks_to_ns(ticks - timeline->began_ticks);
}

static uint32_t name_id(fm_timeline *timeline, const char *text) {
    const fm_name *name;
    if (!text || !*text) return 0;
    return fm_names_get(&timeline->names, NULL, text, &name, NULL) == FM_OK ? name->id : 0;
}

void fm_timeline_add(fm_timeline *timeline, const fm_timeline_event *event, const char *name,
                     const char *name_space) {
    if (timeline->count == timeline->capacity) {
        ++timeline->dropped;
        return;
    }
    fm_timeline_event *kept = &timeline->events[timeline->count++];
    *kept = *event;
    kept->name = name_id(timeline, name);
    kept->name_space = name_id(timeline, name_space);
}

static void thin_out(fm_timeline *timeline) {
    for (size_t i = 0; i < FM_TIMELINE_POINTS / 2; ++i)
        timeline->point[i] = timeline->point[2 * i + 1];
    timeline->points = FM_TIMELINE_POINTS / 2;
    timeline->every *= 2;
}

void fm_timeline_budget(fm_timeline *timeline, uint64_t ticks, uint64_t used, uint64_t limit) {
    if (++timeline->calls % timeline->every != 0) return;
    if (timeline->points == FM_TIMELINE_POINTS) {
        thin_out(timeline);
        if (timeline->calls % timeline->every != 0) return;
    }
    uint64_t now = fm_timeline_time(timeline, ticks);
    timeline->point[timeline->points++] = (fm_timeline_point){
        now > timeline->began ? now - timeline->began : 0, used, limit, timeline->calls};
}

const char *fm_timeline_name(const fm_timeline *timeline, uint32_t id) {
    for (const fm_name *name = id ? timeline->names.last : NULL; name; name = name->all)
        if (name->id == id) return name->text;
    return "";
}
