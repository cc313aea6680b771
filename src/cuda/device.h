/* An opened CUDA device: what every part of this backend keeps for it. */
#ifndef FM_CUDA_DEVICE_H
#define FM_CUDA_DEVICE_H

#include "timing/collector.h"
#include "vendor.h"

#include "core/backend.h"

#include <pthread.h>

/* The core's table, set by fm_backend_entry before anything else of the module runs. */
extern const fm_host_api *cu_host;

/* Zeroed host memory from the core, or NULL; given back with cu_host->free. */
void *cu_alloc(size_t bytes);

/* The names of the operations submitted since the device was last known to be well. */
enum { CU_RECENT = 8 };

typedef struct cu_timer_pair {
    cu_event begin, end;
    uint64_t ticket; /* 0: free */
    int ended;
    struct cu_timer_pair *next; /* among the free ones */
} cu_timer_pair;

/* Event pairs in chunks that are never moved; a ticket names chunk, place and use. */
enum { CU_TIMER_CHUNK = 64, CU_TIMER_CHUNKS = 64 };

typedef struct cu_timers {
    cu_timer_pair *chunk[CU_TIMER_CHUNKS];
    int chunks;
    cu_timer_pair *unused;
    uint64_t uses;
} cu_timers;

struct fm_dev {
    int index;
    cu_device_info info;
    cu_pool pool;
    cu_stream side; /* for work outside any caller's stream */
    pthread_mutex_t lock;
    cu_timers timers;
    cu_collector collector;
    uint32_t classes; /* of FLOPs in the plans so far (timing/metrics.h) */
    const char *recent[CU_RECENT];
    uint64_t recent_count;
    int blocking; /* FLOPMETER_CUDA_BLOCKING: wait after every operation, to name a faulty one */
    struct cu_parked {
        void *block;
        int host;
    } * parked; /* blocks released while a capture ran */
    size_t parked_count, parked_room;
    cu_blas blas; /* NULL until a plan needs it */
    cu_lt lt;
    cu_solver solver;
    struct cu_fault *fault; /* page-locked; NULL until a plan needs it */
};

/* device.c: devices as the backend's table wants them. */
int cu_device_count(char *why, size_t why_size);
fm_status cu_device_describe(int index, fm_device_info *info, fm_error *error);
fm_status cu_device_open(int index, fm_dev **dev, fm_error *error);
void cu_device_close(fm_dev *dev);
/* attributes.c */
fm_status cu_device_attributes(int index, fm_device_attributes *out, fm_error *error);

/* Makes dev the calling thread's device and tells which one was; cu_device_leave restores it. */
cu_error cu_device_enter(const fm_dev *dev, int *before);
void cu_device_leave(const fm_dev *dev, int before);

/* memory.c */
fm_status cu_memory_alloc(fm_dev *dev, void *stream, size_t bytes, void **block, fm_error *error);
void cu_memory_free(fm_dev *dev, void *stream, void *block);
fm_status cu_memory_copy_in(fm_dev *dev, void *stream, void *device, const void *host, size_t bytes,
                            fm_error *error);
fm_status cu_memory_copy_out(fm_dev *dev, void *stream, void *host, const void *device,
                             size_t bytes, fm_error *error);
/* Memory cannot go back while its stream is captured: it waits for the capture's end. If not even
 * the note of it finds room, the pool gets it when the device closes. host: page-locked. */
void cu_memory_park(fm_dev *dev, void *block, int host);
/* Gives parked blocks back; called where no capture runs on the stream. */
void cu_memory_unpark(fm_dev *dev, cu_stream stream);

/* stream.c */
fm_status cu_stream_create(fm_dev *dev, void **stream, fm_error *error);
void cu_stream_destroy(fm_dev *dev, void *stream);
fm_status cu_stream_synchronize(fm_dev *dev, void *stream, fm_error *error);
int cu_stream_capturing(fm_dev *dev, void *stream);
fm_status cu_stream_check(fm_dev *dev, void *stream, fm_error *error);
fm_status cu_stream_wait(fm_dev *dev, void *stream, void *other, fm_error *error);
fm_status cu_memory_check(fm_dev *dev, const void *data, fm_error *error);

/* graph.c: own captures, launches, and ranges for the profilers. */
fm_status cu_capture_begin(fm_dev *dev, void *stream, fm_error *error);
fm_status cu_capture_end(fm_dev *dev, void *stream, void **exec, fm_error *error);
void cu_capture_abandon(fm_dev *dev, void *stream);
fm_status cu_graph_launch(fm_dev *dev, void *exec, void *stream, fm_error *error);
fm_status cu_graph_copy_in(fm_dev *dev, void *stream, void *device, const void *host, size_t bytes,
                           void **kept, fm_error *error);
void cu_graph_let_go(fm_dev *dev, void *stream, void *kept);
fm_status cu_graph_origin(fm_dev *dev, void *stream, uint64_t *origin, uint64_t seed,
                          uint64_t position, fm_error *error);
/* fault.c */
fm_status cu_graph_watch(fm_dev *dev, void *stream, const void *data, fm_dtype dtype, int64_t count,
                         const fm_watch *found, fm_error *error);
void cu_graph_free(fm_dev *dev, void *exec);
void cu_range(const char *name);

/* timer.c: pooled event pairs. */
fm_status cu_timer_begin(fm_dev *dev, void *stream, uint64_t *ticket, fm_error *error);
fm_status cu_timer_end(fm_dev *dev, void *stream, uint64_t ticket, fm_error *error);
int cu_timer_read(fm_dev *dev, uint64_t ticket, uint64_t *nanoseconds);
void cu_timer_close(fm_dev *dev);

/* timing/collector.c: stops a collector that still runs. */
void cu_collector_close(fm_dev *dev);

/* fault.c: open before a kernel that may write the word; read says what kernels found, once. */
cu_error cu_fault_open(fm_dev *dev);
fm_status cu_fault_read(fm_dev *dev, fm_error *error);
void cu_fault_close(fm_dev *dev);

/* error.c: a vendor error as a status. op may be NULL; doing says what was tried. */
fm_status cu_fail(fm_error *error, cu_error code, const char *op, const char *doing);
/* The same for an error that a wait brought to light: names the operations it may be of. */
fm_status cu_fail_late(fm_dev *dev, fm_error *error, cu_error code, const char *doing);
void cu_recent_add(fm_dev *dev, const char *op);

#endif
