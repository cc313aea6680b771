/* Holds our picture of CUPTI against NVIDIA's headers, where the real module is compiled and the
 * toolkit has them. */
#if defined __has_include
#if __has_include(<cupti.h>)
#include "record.h"

#include <cupti.h>
#include <stddef.h>

#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #ours)
SAME(PTI_SUCCESS, CUPTI_SUCCESS);
SAME(PTI_INVALID_PARAMETER, CUPTI_ERROR_INVALID_PARAMETER);
SAME(PTI_OUT_OF_MEMORY, CUPTI_ERROR_OUT_OF_MEMORY);
SAME(PTI_MAX_LIMIT_REACHED, CUPTI_ERROR_MAX_LIMIT_REACHED);
SAME(PTI_NOT_COMPATIBLE, CUPTI_ERROR_NOT_COMPATIBLE);
SAME(PTI_QUEUE_EMPTY, CUPTI_ERROR_QUEUE_EMPTY);
SAME(PTI_INVALID_KIND, CUPTI_ERROR_INVALID_KIND);
SAME(PTI_NOT_SUPPORTED, CUPTI_ERROR_NOT_SUPPORTED);
SAME(PTI_NO_PRIVILEGES, CUPTI_ERROR_INSUFFICIENT_PRIVILEGES);
SAME(PTI_HELD, CUPTI_ERROR_MULTIPLE_SUBSCRIBERS_NOT_SUPPORTED);
SAME(PTI_NO_PRIVILEGES_VIRTUAL, CUPTI_ERROR_VIRTUALIZED_DEVICE_INSUFFICIENT_PRIVILEGES);
SAME(PTI_NO_CHIP, CUPTI_ERROR_INVALID_CHIP_NAME);
SAME(PTI_UNKNOWN, CUPTI_ERROR_UNKNOWN);
SAME(PTI_MEMCPY, CUPTI_ACTIVITY_KIND_MEMCPY);
SAME(PTI_MEMSET, CUPTI_ACTIVITY_KIND_MEMSET);
SAME(PTI_DRIVER, CUPTI_ACTIVITY_KIND_DRIVER);
SAME(PTI_RUNTIME, CUPTI_ACTIVITY_KIND_RUNTIME);
SAME(PTI_KERNEL, CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL);
SAME(PTI_EXTERNAL, CUPTI_ACTIVITY_KIND_EXTERNAL_CORRELATION);
SAME(PTI_CUSTOM2, CUPTI_EXTERNAL_CORRELATION_KIND_CUSTOM2);
SAME(PTI_FLUSH_FORCED, CUPTI_ACTIVITY_FLAG_FLUSH_FORCED);
SAME(PTI_RESOURCE, CUPTI_CB_DOMAIN_RESOURCE);
SAME(PTI_NODE_CREATED, CUPTI_CBID_RESOURCE_GRAPHNODE_CREATED);
SAME(PTI_NODE_DESTROYED, CUPTI_CBID_RESOURCE_GRAPHNODE_DESTROY_STARTING);
SAME(PTI_NODE_CLONED, CUPTI_CBID_RESOURCE_GRAPHNODE_CLONED);
#define DRIVER(name, number)  SAME(number, CUPTI_DRIVER_TRACE_CBID_##name);
#define RUNTIME(name, number) SAME(number, CUPTI_RUNTIME_TRACE_CBID_##name);
#include "launches.def"
#undef DRIVER
#undef RUNTIME

#define FIELD(ours, member, theirs, field)                                                         \
    _Static_assert(offsetof(ours, member) == offsetof(theirs, field) &&                            \
                       sizeof(((ours *)0)->member) == sizeof(((theirs *)0)->field),                \
                   #ours "." #member)
FIELD(pti_params, size, CUpti_SubscriberParams, structSize);
FIELD(pti_params, name, CUpti_SubscriberParams, subscriberName);
FIELD(pti_params, other, CUpti_SubscriberParams, oldSubscriberName);
FIELD(pti_params, other_size, CUpti_SubscriberParams, oldSubscriberSize);
#if CUPTI_API_VERSION >= 130200
FIELD(pti_params, several, CUpti_SubscriberParams, allowMultipleSubscribers);
FIELD(pti_params, padding, CUpti_SubscriberParams, padding);
#endif
FIELD(pti_resource_data, graph, CUpti_ResourceData, resourceDescriptor);
FIELD(pti_graph_data, node, CUpti_GraphData, node);
FIELD(pti_graph_data, original_node, CUpti_GraphData, originalNode);
FIELD(pti_kernel, registers, CUpti_ActivityKernel10, registersPerThread);
FIELD(pti_kernel, start, CUpti_ActivityKernel10, start);
FIELD(pti_kernel, end, CUpti_ActivityKernel10, end);
FIELD(pti_kernel, device, CUpti_ActivityKernel10, deviceId);
FIELD(pti_kernel, stream, CUpti_ActivityKernel10, streamId);
FIELD(pti_kernel, grid[0], CUpti_ActivityKernel10, gridX);
FIELD(pti_kernel, grid[2], CUpti_ActivityKernel10, gridZ);
FIELD(pti_kernel, block[0], CUpti_ActivityKernel10, blockX);
FIELD(pti_kernel, block[2], CUpti_ActivityKernel10, blockZ);
FIELD(pti_kernel, static_shared, CUpti_ActivityKernel10, staticSharedMemory);
FIELD(pti_kernel, dynamic_shared, CUpti_ActivityKernel10, dynamicSharedMemory);
FIELD(pti_kernel, correlation, CUpti_ActivityKernel10, correlationId);
FIELD(pti_kernel, name, CUpti_ActivityKernel10, name);
FIELD(pti_kernel, node, CUpti_ActivityKernel10, graphNodeId);
FIELD(pti_kernel, graph, CUpti_ActivityKernel10, graphId);
FIELD(pti_memcpy, copy, CUpti_ActivityMemcpy6, copyKind);
FIELD(pti_memcpy, bytes, CUpti_ActivityMemcpy6, bytes);
FIELD(pti_memcpy, start, CUpti_ActivityMemcpy6, start);
FIELD(pti_memcpy, end, CUpti_ActivityMemcpy6, end);
FIELD(pti_memcpy, device, CUpti_ActivityMemcpy6, deviceId);
FIELD(pti_memcpy, stream, CUpti_ActivityMemcpy6, streamId);
FIELD(pti_memcpy, correlation, CUpti_ActivityMemcpy6, correlationId);
FIELD(pti_memcpy, node, CUpti_ActivityMemcpy6, graphNodeId);
FIELD(pti_memcpy, graph, CUpti_ActivityMemcpy6, graphId);
FIELD(pti_memset, bytes, CUpti_ActivityMemset4, bytes);
FIELD(pti_memset, start, CUpti_ActivityMemset4, start);
FIELD(pti_memset, end, CUpti_ActivityMemset4, end);
FIELD(pti_memset, device, CUpti_ActivityMemset4, deviceId);
FIELD(pti_memset, stream, CUpti_ActivityMemset4, streamId);
FIELD(pti_memset, correlation, CUpti_ActivityMemset4, correlationId);
FIELD(pti_memset, node, CUpti_ActivityMemset4, graphNodeId);
FIELD(pti_memset, graph, CUpti_ActivityMemset4, graphId);
FIELD(pti_external, external_kind, CUpti_ActivityExternalCorrelation, externalKind);
FIELD(pti_external, id, CUpti_ActivityExternalCorrelation, externalId);
FIELD(pti_external, correlation, CUpti_ActivityExternalCorrelation, correlationId);
#endif
#endif

/* ISO C wants a translation unit to declare something. */
typedef int cu_cupti_checked;
