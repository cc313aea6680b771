/* CUPTI as this room sees it: entry points found at run time, never linked, and types of our own.
 *
 * The types repeat those parts of CUPTI's that have had one layout since 13.0, so that everything
 * but the library itself builds and runs where no toolkit is; check.c and check_host.cu hold them
 * against NVIDIA's headers when the real module is compiled. */
#ifndef FM_CUDA_TIMING_CUPTI_H
#define FM_CUDA_TIMING_CUPTI_H

#include "profiler.h"

#include <stddef.h>
#include <stdint.h>

/* A CUptiResult. */
typedef int pti_result;

enum {
    PTI_SUCCESS = 0,
    PTI_INVALID_PARAMETER = 1,
    PTI_OUT_OF_MEMORY = 8,
    PTI_MAX_LIMIT_REACHED = 12, /* no further record in a buffer */
    PTI_NOT_COMPATIBLE = 14,
    PTI_QUEUE_EMPTY = 18,
    PTI_INVALID_KIND = 21, /* the next record is not complete */
    PTI_NOT_SUPPORTED = 27,
    PTI_NO_PRIVILEGES = 35,
    PTI_HELD = 39, /* CUPTI_ERROR_MULTIPLE_SUBSCRIBERS_NOT_SUPPORTED */
    PTI_NO_PRIVILEGES_VIRTUAL = 40,
    PTI_NO_CHIP = 46,
    PTI_UNKNOWN = 999,
};

/* CUPTI_API_VERSION: the first that is looked at, and the first whose several subscribers can each
 * push ids and count dropped records. */
enum { PTI_OLDEST = 130000, PTI_WIDE_PARAMS = 130200, PTI_SEVERAL = 130300 };

/* CUpti_ActivityKind */
enum {
    PTI_MEMCPY = 1,
    PTI_MEMSET = 2,
    PTI_DRIVER = 4,
    PTI_RUNTIME = 5,
    PTI_KERNEL = 10, /* CONCURRENT_KERNEL: the other kind of kernel records serialises them */
    PTI_EXTERNAL = 39,
};

enum { PTI_CUSTOM2 = 5 };      /* CUpti_ExternalCorrelationKind: torch takes CUSTOM1 */
enum { PTI_FLUSH_FORCED = 1 }; /* CUpti_ActivityFlag */

/* CUpti_CallbackDomain and its ids for the nodes of graphs. */
enum { PTI_RESOURCE = 3 };
enum { PTI_NODE_CREATED = 13, PTI_NODE_DESTROYED = 14, PTI_NODE_CLONED = 20 };

typedef struct pti_subscriber_s *pti_subscriber;
typedef void (*pti_callback)(void *user, int domain, uint32_t id, const void *data);

/* CUpti_SubscriberParams; `several` and what follows is there from PTI_WIDE_PARAMS on. */
typedef struct pti_params {
    size_t size;
    const char *name;
    char *other; /* out: who holds CUPTI */
    size_t other_size;
    uint8_t several;
    uint8_t padding[7];
} pti_params;

/* CUpti_ResourceData with CUpti_GraphData below it. */
typedef struct pti_graph_data {
    void *graph, *original_graph;
    void *node, *original_node;
    int node_type;
    void *dependency, *exec;
} pti_graph_data;

typedef struct pti_resource_data {
    void *context;
    void *handle;
    const pti_graph_data *graph;
} pti_resource_data;

typedef void (*pti_request)(uint8_t **buffer, size_t *size, size_t *records);
typedef void (*pti_complete)(void *context, uint32_t stream, uint8_t *buffer, size_t size,
                             size_t valid);
typedef void (*pti_request_several)(uint8_t **buffer, size_t *size, size_t *records, void *info);
typedef void (*pti_complete_several)(uint8_t *buffer, size_t size, size_t valid, void *info);

/* Groups of entry points that are only of use together; the bit of each is in cu_cupti.sets. */
enum {
    CU_SET_BASE = 1,      /* versions, texts, flushing */
    CU_SET_ONE = 2,       /* tracing as the only subscriber */
    CU_SET_SEVERAL = 4,   /* tracing beside others */
    CU_SET_NODES = 8,     /* the nodes of graphs */
    CU_SET_LAUNCHES = 16, /* tracing only those calls that launch, as the only subscriber */
    CU_SET_METRICS = 32,  /* metric names and passes; needs no device */
    CU_SET_RANGES = 64,   /* hardware counters by range */
    CU_SETS = 7
};

typedef struct cu_cupti {
    void *library;
    uint32_t version;
    uint32_t sets;
#define CALL(set, member, symbol, arguments) pti_result(*member) arguments;
#include "cupti.def"
#undef CALL
} cu_cupti;

/* Opens the library that FLOPMETER_CUPTI names, else the loader's libcupti.so.13, else those of the
 * usual folders. 0 with the reason in why: none, one too old, or FLOPMETER_CUPTI=none. The library
 * stays in the process. */
int cu_cupti_open(cu_cupti *cupti, char *why, size_t size);

/* CUPTI's own word for a result. */
const char *cu_cupti_text(const cu_cupti *cupti, pti_result result);

#endif
