/* What a run looked like in time, in memory fixed when it begins: the first operations and kernels,
   and the course of the budget in a bounded number of points. */
#ifndef FM_METER_TIMELINE_H
#define FM_METER_TIMELINE_H

#include "core/activity.h"
#include "meter/namespace.h"

enum { FM_TIMELINE_POINTS = 1024 };

typedef enum fm_timeline_kind {
    FM_TIMELINE_OP = 0,
    FM_TIMELINE_KERNEL,
    FM_TIMELINE_COPY
} fm_timeline_kind;

/* One slice. Names are ids in the timeline's table; 0: none. */
typedef struct fm_timeline_event {
    uint64_t start; /* nanoseconds of CLOCK_MONOTONIC */
    uint64_t ns;
    uint64_t flops; /* of an operation; bytes of a copy */
    uint64_t used;  /* of the budget after an operation */
    uint32_t name, name_space;
    uint32_t call; /* joins a kernel to its operation: the low bits of the correlation; 0: none */
    uint16_t stream;
    uint8_t kind, dtype;
} fm_timeline_event;

/* The budget at one moment. */
typedef struct fm_timeline_point {
    uint64_t ns; /* since it began */
    uint64_t used, limit;
    uint64_t calls;
} fm_timeline_point;

typedef struct fm_timeline {
    fm_names names;
    fm_timeline_event *events;
    size_t capacity, count;
    uint64_t dropped;      /* slices past the capacity */
    uint64_t began;        /* nanoseconds of CLOCK_MONOTONIC */
    uint64_t began_ticks;  /* the same moment on the meter's clock */
    uint64_t calls, every; /* a point is kept at each every-th call */
    size_t points;
    fm_timeline_point point[FM_TIMELINE_POINTS];
} fm_timeline;

/* NULL when memory ran out. */
fm_timeline *fm_timeline_new(size_t capacity);
void fm_timeline_free(fm_timeline *timeline);

/* A moment of the meter's clock in nanoseconds of CLOCK_MONOTONIC. */
uint64_t fm_timeline_time(const fm_timeline *timeline, uint64_t ticks);

/* Adds one slice under copies of the names; past the capacity it is only counted. */
void fm_timeline_add(fm_timeline *timeline, const fm_timeline_event *event, const char *name,
                     const char *name_space);

/* Tells the budget's state after one more call. When the points are full every second goes. */
void fm_timeline_budget(fm_timeline *timeline, uint64_t ticks, uint64_t used, uint64_t limit);

/* The text of an id; "" for 0. */
const char *fm_timeline_name(const fm_timeline *timeline, uint32_t id);

#endif
