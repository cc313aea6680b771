/* Devices and contexts: where operations run and how they are counted. */
#ifndef FLOPMETER_CONTEXT_H
#define FLOPMETER_CONTEXT_H

#include <flopmeter/dtype.h>

FM_BEGIN_DECLS

typedef struct fm_context fm_context;
typedef struct fm_tensor fm_tensor;

/* "0.1.0"; the version of the library that runs, not of the header. */
FM_API const char *fm_version(void);

typedef enum fm_device_kind { FM_DEVICE_AUTO = 0, FM_CPU, FM_CUDA } fm_device_kind;

typedef struct fm_device {
    fm_device_kind kind;
    int index; /* ordinal among the devices of that kind */
} fm_device;

/* What is known of a device. Unknown numbers are 0. */
typedef struct fm_device_info {
    fm_device device;
    char name[128];        /* marketing name, "Intel(R) Xeon(R) Processor" */
    char detail[256];      /* libraries and their kernel sets, compute capability, driver */
    uint64_t memory_bytes; /* total memory of the device */
    int units;             /* cores used by the CPU backend; multiprocessors of a GPU */
    int capability;        /* CUDA compute capability times 10, such as 90 */
    double clock_hz;       /* maximum clock */
    bool emulated;         /* a fake device that serves tests */
} fm_device_info;

/* Parses "auto", "cpu", "cuda" or "cuda:1". False: unknown. */
FM_API bool fm_device_parse(const char *text, fm_device *out);

/* Writes "cpu" or "cuda:1" and returns buffer. */
FM_API const char *fm_device_format(fm_device device, char *buffer, size_t size);

/* Number of usable devices of a kind; 0 with the reason in why (may be NULL). Opens the backend's
   module at the first call. */
FM_API int fm_device_count(fm_device_kind kind, char *why, size_t why_size);

/* Fills *out. FM_ERR_NOT_FOUND if there is no such device. */
FM_API FM_MUST_CHECK fm_status fm_device_describe(fm_device device, fm_device_info *out);

/* How float32 products may be computed on a device with tensor cores. */
typedef enum fm_math_mode {
    FM_MATH_DEFAULT = 0, /* full float32 */
    FM_MATH_FLOAT32,
    FM_MATH_TF32,
    FM_MATH_BF16, /* bfloat16 inputs, float32 accumulation */
    FM_MATH_FP16  /* float16 inputs, float32 accumulation */
} fm_math_mode;

/* What is timed. On the CPU each op, by two reads of a monotonic clock, with STEP as with OP. On
   CUDA a pair of pooled events around each op, or around each step between fm_step_begin and
   fm_step_end: a step's time counts for the summary's backend time, and its ops' own times are
   unknown. ACTIVITY takes the device's own record of each kernel and joins it to the op that
   launched it; COUNTERS hardware counters instead, which slow the run: on CUDA of the calls between
   fm_step_begin and fm_step_end, whose step is to be run alike as often as the counters need
   passes. Where a device offers less, the next lower is taken and the summary says why. */
typedef enum fm_timing {
    FM_TIMING_DEFAULT = 0, /* FLOPMETER_TIMING, else per op on the CPU and per step on CUDA */
    FM_TIMING_OFF,
    FM_TIMING_STEP,
    FM_TIMING_OP,
    FM_TIMING_ACTIVITY,
    FM_TIMING_COUNTERS
} fm_timing;

typedef enum fm_severity { FM_LOG_INFO, FM_LOG_WARNING } fm_severity;

/* Takes warnings and log lines: the library itself never prints. */
typedef void (*fm_log_function)(void *user, fm_severity severity, const char *line);

/* Start from FM_CONTEXT_OPTIONS_INIT. Zero or NULL fields mean: the environment variable named,
   else the library's default. */
typedef struct fm_context_options {
    size_t size;              /* sizeof(fm_context_options) */
    fm_device device;         /* FLOPMETER_DEVICE, else auto: CUDA where present, else the CPU */
    void *stream;             /* a cudaStream_t of the caller; NULL: one of the context's own */
    const char *cost_model;   /* FLOPMETER_COST_MODEL, else "textbook" */
    const char *weights_file; /* FLOPMETER_WEIGHTS_FILE, else the packaged weights */
    int weights;              /* 0: FLOPMETER_DISABLE_WEIGHTS decides, else on; 1 on; -1 off */
    fm_math_mode math_mode;
    fm_timing timing;
    uint64_t seed; /* of the random stream; 0 is a seed like any other */
    fm_log_function log;
    void *log_user;
    const char *name; /* shown in summaries; NULL: "default" */
} fm_context_options;

#define FM_CONTEXT_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(fm_context_options), {FM_DEVICE_AUTO, 0}, NULL, NULL, NULL, 0, FM_MATH_DEFAULT,     \
            FM_TIMING_DEFAULT, 0, NULL, NULL, NULL                                                 \
    }

/* Opens a context; options may be NULL. On failure *out is NULL and error (may be NULL) is filled.
   A context serves one thread at a time; several contexts may share a budget. */
FM_API FM_MUST_CHECK fm_status fm_context_open(const fm_context_options *options, fm_context **out,
                                               fm_error *error);

/* Settles what is in flight, folds the context's ledger into the process's and frees it. Tensors
   that are still referenced keep their memory. NULL is allowed. */
FM_API void fm_context_close(fm_context *ctx);

/* The last failure in this context; status FM_OK if there was none. */
FM_API const fm_error *fm_context_error(const fm_context *ctx);

/* Its one-line message; "" if there was none. */
FM_API const char *fm_context_message(const fm_context *ctx);

FM_API fm_device fm_context_device(const fm_context *ctx);
FM_API const char *fm_context_cost_model(const fm_context *ctx);

/* Replaces the context's cost model from the next call on. FM_ERR_NOT_FOUND lists the known. */
FM_API FM_MUST_CHECK fm_status fm_context_set_cost_model(fm_context *ctx, const char *name);
FM_API FM_MUST_CHECK fm_status fm_context_set_math_mode(fm_context *ctx, fm_math_mode mode);
FM_API FM_MUST_CHECK fm_status fm_context_set_timing(fm_context *ctx, fm_timing timing);

/* Restarts the context's random stream (Philox4x32-10) at (seed, offset 0). */
FM_API void fm_seed(fm_context *ctx, uint64_t seed);

/* A step of the caller's program, for FM_TIMING_STEP: what runs between begin and end is timed as
   one interval. Without effect under another timing or on a device that is timed by op.
   FM_ERR_STATE: a step is open already, or none is. */
FM_API FM_MUST_CHECK fm_status fm_step_begin(fm_context *ctx);
FM_API FM_MUST_CHECK fm_status fm_step_end(fm_context *ctx);

/* Waits until all submitted work is done and reports an asynchronous device error, with the op
   that launched it. */
FM_API FM_MUST_CHECK fm_status fm_synchronize(fm_context *ctx);

/* Bytes held now and at most, in tensors and in the pool that keeps freed blocks for reuse. */
typedef struct fm_memory_stats {
    uint64_t in_use, in_use_peak;     /* referenced by tensors and workspaces */
    uint64_t reserved, reserved_peak; /* taken from the system */
    uint64_t system_allocations;      /* how often the system was asked */
} fm_memory_stats;

/* Memory of the context's device, and of the host. Either pointer may be NULL. */
FM_API void fm_context_memory(const fm_context *ctx, fm_memory_stats *device,
                              fm_memory_stats *host);

/* Gives the pool's unused blocks back to the system. */
FM_API void fm_context_trim(fm_context *ctx);

/* The most bytes that the context's pool may reserve of its device; 0: no limit. An operation that
   needs more is FM_ERR_MEMORY. What is reserved already stays. */
FM_API void fm_context_set_memory_limit(fm_context *ctx, uint64_t bytes);

FM_END_DECLS
#endif
