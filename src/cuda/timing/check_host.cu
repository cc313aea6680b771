/* check.c for the profiler's structs: the header of the host profiler is C++ in CUDA 13.0. */
#if defined __has_include
#if __has_include(<cupti_range_profiler.h>) && __has_include(<cupti_profiler_host.h>)
#include "profiler.h"

#include <cuda.h>
#include <cupti_profiler_host.h>
#include <cupti_range_profiler.h>
#include <cupti_target.h>

#define SAME(ours, theirs) static_assert((int)(ours) == (int)(theirs), #ours)
SAME(PTI_RANGE_PROFILER, CUPTI_PROFILER_TYPE_RANGE_PROFILER);
SAME(PTI_USER_RANGE, CUPTI_UserRange);
SAME(PTI_USER_REPLAY, CUPTI_UserReplay);

/* The last field of ours lies where the last of theirs does, and so do all before it, whose types
 * are the same. */
#define LAST(ours, member, theirs, field)                                                          \
    static_assert(PTI_SIZE(ours, member) <= theirs##_STRUCT_SIZE &&                                \
                      offsetof(ours, member) == offsetof(theirs, field),                           \
                  #ours)
LAST(pti_host_open, host, CUpti_Profiler_Host_Initialize_Params, pHostObject);
LAST(pti_host_close, host, CUpti_Profiler_Host_Deinitialize_Params, pHostObject);
LAST(pti_host_add, count, CUpti_Profiler_Host_ConfigAddMetrics_Params, numMetrics);
LAST(pti_host_size, image_size, CUpti_Profiler_Host_GetConfigImageSize_Params, configImageSize);
LAST(pti_host_image, image, CUpti_Profiler_Host_GetConfigImage_Params, pConfigImage);
LAST(pti_host_passes, passes, CUpti_Profiler_Host_GetNumOfPasses_Params, numOfPasses);
LAST(pti_host_values, values, CUpti_Profiler_Host_EvaluateToGpuValues_Params, pMetricValues);
LAST(pti_profiler, priv, CUpti_Profiler_Initialize_Params, pPriv);
LAST(pti_chip, name, CUpti_Device_GetChipName_Params, pChipName);
LAST(pti_range_enable, range, CUpti_RangeProfiler_Enable_Params, pRangeProfilerObject);
LAST(pti_range_object, range, CUpti_RangeProfiler_Disable_Params, pRangeProfilerObject);
LAST(pti_range_object, range, CUpti_RangeProfiler_Start_Params, pRangeProfilerObject);
LAST(pti_range_object, range, CUpti_RangeProfiler_PopRange_Params, pRangeProfilerObject);
LAST(pti_range_config, target_level, CUpti_RangeProfiler_SetConfig_Params, targetNestingLevel);
LAST(pti_range_stop, all, CUpti_RangeProfiler_Stop_Params, isAllPassSubmitted);
LAST(pti_range_push, name, CUpti_RangeProfiler_PushRange_Params, pRangeName);
LAST(pti_range_decode, dropped, CUpti_RangeProfiler_DecodeData_Params, numOfRangeDropped);
LAST(pti_range_data_size, data_size, CUpti_RangeProfiler_GetCounterDataSize_Params,
     counterDataSize);
LAST(pti_range_data, data, CUpti_RangeProfiler_CounterDataImage_Initialize_Params, pCounterData);
LAST(pti_range_count, ranges, CUpti_RangeProfiler_GetCounterDataInfo_Params, numTotalRanges);
LAST(pti_range_name, name, CUpti_RangeProfiler_CounterData_GetRangeInfo_Params, rangeName);
#endif
#endif
