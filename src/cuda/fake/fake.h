/* How tests steer the fake device: its devices, its memory, and calls that shall fail. */
#ifndef FM_CUDA_FAKE_H
#define FM_CUDA_FAKE_H

#include "../vendor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* When an injected error shows: the call itself returns it, or the call's work fails on the device
 * and the error comes back at the next synchronisation. A call without work returns it at once. */
enum { FM_FAKE_AT_ONCE = 0, FM_FAKE_LATER = 1 };

/* What is alive now, for leak tests. */
typedef struct fm_fake_census {
    int64_t device_blocks, host_blocks, pools, streams, events, graphs, handles, ranges;
} fm_fake_census;

/* What a tool that traces the device learns of work that ran. */
enum { FM_FAKE_KERNEL = 1, FM_FAKE_COPY = 2, FM_FAKE_FILL = 3 };

typedef struct fm_fake_seen {
    uint64_t launch; /* number of the call that launched it, or its graph */
    uint64_t graph;  /* 0: launched by itself */
    uint64_t node;   /* of that graph */
    int kind;
    int library; /* a vendor library's kernel */
    int device;
    uint64_t bytes;      /* copied or filled */
    uint64_t start, end; /* by the fake clock, which starts at 1 */
} fm_fake_seen;

/* Called under the fake's lock: they call nothing of the fake. */
typedef struct fm_fake_observer {
    void *user;
    /* On the thread that launches, before the call returns. */
    void (*launched)(void *user, uint64_t launch, int kind);
    void (*ran)(void *user, const fm_fake_seen *seen);
    /* A node of a graph: captured (original 0), copied when a graph is instantiated, or gone. */
    void (*node)(void *user, uint64_t node, uint64_t original);
    void (*node_gone)(void *user, uint64_t node);
} fm_fake_observer;

typedef struct fm_fake_control {
    uint32_t size;
    const char *limits;      /* what the fake cannot show, in one paragraph */
    const cu_vendor *vendor; /* the fake's own table, for a test that makes streams and graphs */
    /* Number of devices from now on (at most 8, first 1 or FLOPMETER_FAKE_DEVICES) and bytes of
     * memory on each (first 4 GiB). */
    void (*devices)(int count);
    void (*memory)(size_t bytes);
    /* The driver's version as driver_version reports it (first 13000). */
    void (*driver)(int version);
    /* Lets the nth call from now (1: the next) fail with that error; 0 disarms. A call that
     * releases something releases it nevertheless. */
    void (*fail_at)(int64_t nth, cu_error error, int when);
    /* Whether the armed failure has struck. */
    int (*struck)(void);
    /* Calls so far that could have failed. */
    int64_t (*calls)(void);
    /* Kernel launches, copies, fills and products that ran on a device so far. */
    int64_t (*executed)(void);
    void (*census)(fm_fake_census *census);
    /* Forgets errors, sticky ones too, as a new process would. */
    void (*forget_errors)(void);
    /* Who is told of work from now on; NULL: nobody. */
    void (*observe)(const fm_fake_observer *observer);
} fm_fake_control;

/* The symbol by which a test that opened the module finds the controls. */
#define FM_FAKE_ENTRY "fm_fake_entry"
__attribute__((visibility("default"))) const fm_fake_control *fm_fake_entry(void);

#ifdef __cplusplus
}
#endif
#endif
