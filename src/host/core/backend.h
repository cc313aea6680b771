/* The contract between the core and a backend module: each hands the other one table of functions
   and links nothing of it. */
#ifndef FM_CORE_BACKEND_H
#define FM_CORE_BACKEND_H

#include "core/activity.h"
#include "core/attributes.h"
#include "core/layout.h"
#include "core/params.h"
#include "core/watch.h"

#define FM_BACKEND_ABI 4u

/* Symbol that a module exports: const fm_backend_api *fm_backend_entry(const fm_host_api *). It
   returns NULL when the host's ABI is not its own. */
#define FM_BACKEND_ENTRY "fm_backend_entry"

enum { FM_MAX_IN = 64, FM_MAX_OUT = 8, FM_KERNEL_NAME = 64 };

/* What the core offers to a module. Allocation goes through it, so that tests can fail the nth. */
typedef struct fm_host_api {
    uint32_t abi;
    uint32_t size;
    void *(*alloc)(size_t size); /* NULL when memory ran out; size 0 gives a valid block */
    void (*free)(void *block);
    fm_status (*fail)(fm_error *error, fm_status status, const char *format, ...) FM_PRINTF(3, 4);
    uint32_t sizeof_layout, sizeof_kernel_call, sizeof_kernel_args, sizeof_params;
} fm_host_api;

typedef struct fm_dev fm_dev;     /* an opened device, the backend's own */
typedef struct fm_kplan fm_kplan; /* a planned kernel call, the backend's own */

/* One call as infer resolved it. Everything here outlives plan(); the layouts outlive the plan. */
typedef struct fm_kernel_call {
    uint32_t size;
    uint16_t family;
    uint16_t op;      /* number within the family (ops/ids.h) */
    fm_dtype compute; /* dtype in which the loop computes */
    int nin, nout;
    const fm_layout *const *in;  /* as stored; not broadcast; NULL for an optional input left out */
    const fm_layout *const *out; /* NULL for an optional output not wanted */
    uint64_t by_value;           /* bit i: input i comes in args.scalars[i], it has no memory */
    uint64_t aliased;            /* bit i: input i is an in-place parameter, so exactly an output.
                                    Elementwise kernels must bear exact aliasing always. */
    fm_math_mode math_mode;
    const fm_params *params;
    const char *name; /* the operation's name, for error texts */
} fm_kernel_call;

/* What changes from run to run. */
typedef struct fm_kernel_args {
    uint32_t size;
    uint32_t want_time; /* 1: bracket the work with a pooled pair of events */
    void *const *in;    /* origin of each input; NULL where by value */
    void *const *out;
    void *workspace;          /* of the size the plan asked for, 256-byte aligned */
    const fm_scalar *scalars; /* [nin] for operands by value, then the numbers that infer named
                                 in scalar_param: scalars[nin + j] */
    uint64_t seed, offset;    /* random stream position, in 32-bit words */
    const uint64_t
        *origin;     /* on the device: the seed and the position that offset counts from,
                        as they are when the work runs; NULL: seed and offset as they stand */
    uint64_t ticket; /* out: names the timed interval, 0 if there is none */
} fm_kernel_args;

/* What the core reads of a plan. */
typedef struct fm_plan_info {
    size_t workspace; /* bytes of scratch memory on the device */
    uint32_t capturable;
    char kernel[FM_KERNEL_NAME]; /* what does the work, for a synchronous device's table of kernels:
                                    the vendor's call or the backend's own loop; "": not said */
    /* FLOPs of the products that a contraction runs, and where its two inputs are the same
       elements; 0: the plan does not tell. */
    uint64_t executed, executed_same;
} fm_plan_info;

typedef struct fm_backend_api {
    uint32_t abi;
    uint32_t size;
    const char *name; /* "cpu", "cuda" */
    fm_device_kind kind;
    uint32_t asynchronous; /* 1: run returns before the work is done */

    /* Usable devices; 0 with the reason in why. Never fails otherwise. */
    int (*device_count)(char *why, size_t why_size);
    fm_status (*describe)(int index, fm_device_info *info, fm_error *error);
    fm_status (*open)(int index, fm_dev **dev, fm_error *error);
    void (*close)(fm_dev *dev);

    /* Streams. The CPU has one, NULL. create makes an own stream; the caller's is passed as it is.
     */
    fm_status (*stream_create)(fm_dev *dev, void **stream, fm_error *error);
    void (*stream_destroy)(fm_dev *dev, void *stream);
    fm_status (*synchronize)(fm_dev *dev, void *stream, fm_error *error);
    /* 1 while the stream is being captured into a graph. */
    int (*capturing)(fm_dev *dev, void *stream);
    /* FM_ERR_DEVICE where a stream of the caller's is not this device's. */
    fm_status (*stream_check)(fm_dev *dev, void *stream, fm_error *error);
    /* What is submitted to stream from now on waits for what was submitted to other. */
    fm_status (*stream_wait)(fm_dev *dev, void *stream, void *other, fm_error *error);
    /* FM_ERR_DEVICE where an address of the caller's is no memory of this device. */
    fm_status (*memory_check)(fm_dev *dev, const void *data, fm_error *error);

    /* Graphs; all nine are NULL where the device has none. end makes an executable graph; launch
       takes one, the caller's own too. */
    fm_status (*capture_begin)(fm_dev *dev, void *stream, fm_error *error);
    fm_status (*capture_end)(fm_dev *dev, void *stream, void **exec, fm_error *error);
    void (*capture_abandon)(fm_dev *dev, void *stream);
    fm_status (*graph_launch)(fm_dev *dev, void *exec, void *stream, fm_error *error);
    void (*graph_free)(fm_dev *dev, void *exec);
    /* Under capture: puts host bytes as they are now into device memory whenever the graph runs.
       They lie in *kept until graph_let_go, which may come under another capture. */
    fm_status (*graph_copy_in)(fm_dev *dev, void *stream, void *device, const void *host,
                               size_t bytes, void **kept, fm_error *error);
    void (*graph_let_go)(fm_dev *dev, void *stream, void *kept);
    /* Writes what samplers that were captured with this origin read: stream-ordered. */
    fm_status (*graph_origin)(fm_dev *dev, void *stream, uint64_t *origin, uint64_t seed,
                              uint64_t position, fm_error *error);
    /* Under capture: the wait after a replay fails as *found says where one of the elements is out
       of its range by then. The first fault is told, and nothing stops for it. */
    fm_status (*graph_watch)(fm_dev *dev, void *stream, const void *data, fm_dtype dtype,
                             int64_t count, const fm_watch *found, fm_error *error);
    /* A named range of the vendor's profilers opens (name) and closes (NULL); NULL: none. */
    void (*range)(const char *name);

    /* Device memory, stream-ordered, at least 256-byte aligned (64 on the CPU). */
    fm_status (*alloc)(fm_dev *dev, void *stream, size_t bytes, void **block, fm_error *error);
    void (*free)(fm_dev *dev, void *stream, void *block);
    /* Host memory that copies fast (pinned for CUDA). Synchronous copies: done on return. */
    fm_status (*copy_in)(fm_dev *dev, void *stream, void *device, const void *host, size_t bytes,
                         fm_error *error);
    fm_status (*copy_out)(fm_dev *dev, void *stream, void *host, const void *device, size_t bytes,
                          fm_error *error);

    /* Whether (family, op) has a kernel of that compute dtype. */
    int (*supports)(uint16_t family, uint16_t op, fm_dtype compute);
    /* Decides everything that does not depend on addresses or values. */
    fm_status (*plan)(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                      fm_error *error);
    /* Submits (CUDA) or does (CPU) the work; allocates and decides nothing. */
    fm_status (*run)(fm_dev *dev, void *stream, fm_kplan *plan, fm_kernel_args *args,
                     fm_error *error);
    void (*plan_free)(fm_dev *dev, fm_kplan *plan);

    /* Timed intervals: begin/end bracket a step; time answers 1 with nanoseconds when the interval
       is over, 0 while it runs, -1 if it was lost. A ticket is used up by the answer 1 or -1. */
    fm_status (*time_begin)(fm_dev *dev, void *stream, uint64_t *ticket, fm_error *error);
    fm_status (*time_end)(fm_dev *dev, void *stream, uint64_t ticket, fm_error *error);
    int (*time)(fm_dev *dev, uint64_t ticket, uint64_t *nanoseconds);

    /* What its peaks follow from; NULL: nothing is known. */
    fm_status (*attributes)(int index, fm_device_attributes *out, fm_error *error);
    /* Records of what the device really did; NULL: it has no collector. */
    const fm_collector_api *collector;
} fm_backend_api;

typedef const fm_backend_api *(*fm_backend_entry_function)(const fm_host_api *host);

/* Whether a module that is compiled with this header can work with that host (NULL: no). */
static inline bool fm_host_fits(const fm_host_api *host) {
    return host && host->abi == FM_BACKEND_ABI && host->size >= sizeof(fm_host_api) &&
           host->sizeof_layout == sizeof(fm_layout) &&
           host->sizeof_kernel_call == sizeof(fm_kernel_call) &&
           host->sizeof_kernel_args == sizeof(fm_kernel_args) &&
           host->sizeof_params == sizeof(fm_params);
}

#endif
