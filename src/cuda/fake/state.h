/* The fake device inside: its lock, devices, memory blocks, streams, work and captures. */
#ifndef FM_CUDA_FAKE_STATE_H
#define FM_CUDA_FAKE_STATE_H

#include "fake.h"

#include <stdalign.h>

enum { FAKE_DEVICES = 8 };

/* What the fake cannot show; `flopmeter info` and the tests print it. */
#define FAKE_LIMITS                                                                                \
    "the fake CUDA device runs the kernels' own source on the host, thread after thread; it does " \
    "not "                                                                                         \
    "show the last bits of CUDA's mathematics functions, data races, the code of CUB, cuBLAS and " \
    "cuRAND, graphs whose branches run out of order, memory allocated under capture, or speed: "   \
    "its "                                                                                         \
    "times are made up"

/* What tools record of work. */
typedef struct fake_what {
    int kind;       /* FM_FAKE_KERNEL and so on; 0: nothing */
    int library;    /* a vendor library's kernel */
    uint64_t bytes; /* copied or filled */
} fake_what;

/* One piece of queued or captured work; its data follows in place and is only read by run, so that
 * a graph can run it again and again. */
typedef struct fake_work {
    struct fake_work *next;
    cu_error (*run)(void *data);
    void (*drop)(void *data); /* gives back what data refers to; may be NULL */
    uint64_t nanoseconds;     /* how far it moves the fake clock */
    fake_what what;
    uint64_t launch, node; /* numbers of its launch, or of its node in a graph */
    int always;            /* runs even after an error that nothing else survives */
    alignas(16) unsigned char data[];
} fake_work;

typedef struct fake_queue {
    fake_work *first, *last;
    size_t count;
} fake_queue;

/* A capture in progress, shared by its origin stream and the streams forked from it. */
typedef struct fake_capture {
    struct fake_capture *next;
    uint64_t id;
    cu_stream origin;
    cu_graph graph;
    int mode;
    int dead;
    unsigned long thread;
} fake_capture;

struct cu_stream_s {
    cu_stream next;
    int device;
    fake_queue queue;
    fake_capture *capture;
    uint64_t captured; /* captured calls on this stream */
    uint64_t joined;   /* of these, how many another captured stream has waited for */
};

struct cu_event_s {
    int refs;
    int timing;
    int device;
    uint64_t recorded, done; /* numbers of the last record asked for and the last one reached */
    uint64_t time;           /* fake clock at that point */
    cu_stream stream;        /* where it was last recorded */
    uint64_t capture_id;     /* the capture it was recorded in */
    uint64_t captured;       /* the stream's captured count then */
    int in_graph;            /* last recorded under capture */
};

struct cu_pool_s {
    cu_pool next;
    int device;
    uint64_t threshold;
    cu_pool_stats stats;
};

struct cu_graph_s {
    int refs;
    int device;
    fake_queue work;
};

struct cu_graph_exec_s {
    int refs;
    uint64_t id;    /* as tools know it */
    uint64_t nodes; /* number of its first node; the others follow */
    cu_graph graph;
};

/* One allocation: pages between two guard pages, the block at their end. */
typedef struct fake_block {
    struct fake_block *next;
    char *map;
    size_t map_bytes;
    char *base;
    size_t bytes;
    int device; /* -1: page-locked host memory */
    cu_pool pool;
    int live;     /* the stream has reached its allocation */
    int released; /* it was given to a free that its stream has not reached */
} fake_block;

typedef struct fake_device {
    size_t used;
    int open;         /* depth of work running: memory is accessible while it is not 0 */
    cu_error pending; /* asynchronous error for the next synchronisation */
    cu_error sticky;  /* one that no call survives */
    struct cu_stream_s legacy;
    cu_stream streams;
    fake_block *blocks;
} fake_device;

extern fake_device fake_devices[FAKE_DEVICES];
extern int fake_device_count;
extern size_t fake_memory_bytes;
extern int fake_driver_version;
extern uint64_t fake_clock;
extern int64_t fake_executed;
extern fm_fake_census fake_census;
extern _Thread_local int fake_current;

/* Every call of the table lies between these. enter takes the lock and returns the error the call
 * must report at once; leave notes the call's error for last_error and gives the lock back.
 * enter_release never keeps the call from doing its work: leave reports the error. */
cu_error fake_enter(void);
cu_error fake_enter_work(void); /* as enter, for calls whose work can fail later */
void fake_enter_release(void);
cu_error fake_leave(cu_error error);

/* error.c */
const char *fake_error_name(cu_error error);
const char *fake_error_text(cu_error error);
int fake_error_sticks(cu_error error);

/* memory.c */
void fake_open(int device);
void fake_close(int device);
fake_block *fake_block_make(int device, size_t bytes);
void fake_block_discard(fake_block *block);
void fake_block_show(fake_block *block);
void fake_block_hide(fake_block *block);
/* The device block that holds [pointer, pointer + bytes), NULL if there is none. */
fake_block *fake_block_find(const void *pointer, size_t bytes);
/* Whether the range lies in page-locked host memory. */
int fake_pinned(const void *pointer, size_t bytes);
/* Whether the range touches any device block. */
int fake_touches_device(const void *pointer);

/* stream.c */
cu_stream fake_stream(cu_stream stream);
/* Queues, or captures, work of that many bytes of data, copied from data; data NULL leaves them for
 * the caller to fill in *made. made may be NULL. */
cu_error fake_submit(cu_stream stream, cu_error (*run)(void *), void (*drop)(void *), uint64_t ns,
                     const void *data, size_t bytes, fake_work **made);
/* The same for work that tools record; what NULL: a kernel of a vendor library. */
cu_error fake_submit_seen(cu_stream stream, const fake_what *what, cu_error (*run)(void *),
                          uint64_t ns, const void *data, size_t bytes, fake_work **made);
cu_error fake_check_stream(cu_stream stream);
void fake_run_stream(cu_stream stream);
void fake_run_device(int device);
void fake_run_step(cu_stream stream);
void fake_run_event(cu_event event, uint64_t number);
cu_error fake_collect(int device);
void fake_queue_push(fake_queue *queue, fake_work *work);
void fake_queue_drop(fake_queue *queue);

/* observe.c: what tracing tools are told. */
void fake_observe(const fm_fake_observer *observer);
uint64_t fake_observe_launch(int kind);
uint64_t fake_observe_node(void);
void fake_observe_ran(const fake_work *work, int device, uint64_t graph, uint64_t start);
/* Numbers of a graph's copies of its nodes; the first. */
uint64_t fake_observe_copies(cu_graph graph);
void fake_observe_gone(uint64_t first, size_t count);

/* capture.c */
cu_error fake_unsafe(void);
int fake_capturing(cu_stream stream);
/* The capture of that number while it lasts, else NULL. */
fake_capture *fake_capture_alive(uint64_t id);
void fake_graph_release(cu_graph graph);

/* Takes the error that an injected late failure has for the next work; 0 if there is none. */
cu_error fake_take_late(void);

#endif
