/* The profiler of the tests' libcupti: any metric on any chip but the one called "none", as many
 * passes as a test wants, and the values that it sets. */
#include "fake_cupti.h"

#include <string.h>

struct pti_host_s {
    int open;
};
struct pti_range_s {
    int on, started, depth;
};
static struct pti_host_s host;
static struct pti_range_s range;

pti_result cuptiProfilerHostInitialize(pti_host_open *p) {
    if (p->size != PTI_SIZE(pti_host_open, host) || p->type != PTI_RANGE_PROFILER)
        return PTI_INVALID_PARAMETER;
    if (!strcmp(p->chip, "none")) return PTI_NO_CHIP;
    host.open = 1;
    p->host = &host;
    return PTI_SUCCESS;
}
pti_result cuptiProfilerHostDeinitialize(pti_host_close *p) {
    if (p->host != &host || !host.open) return PTI_INVALID_PARAMETER;
    host.open = 0;
    return PTI_SUCCESS;
}
pti_result cuptiProfilerHostConfigAddMetrics(pti_host_add *p) {
    fake_cupti_entry()->metrics = p->count;
    return p->host == &host && p->count <= FAKE_CUPTI_METRICS ? PTI_SUCCESS : PTI_INVALID_PARAMETER;
}
pti_result cuptiProfilerHostGetConfigImageSize(pti_host_size *p) {
    p->image_size = 64;
    return PTI_SUCCESS;
}
pti_result cuptiProfilerHostGetConfigImage(pti_host_image *p) {
    memset(p->image, 1, p->image_size);
    return PTI_SUCCESS;
}
pti_result cuptiProfilerHostGetNumOfPasses(pti_host_passes *p) {
    p->passes = fake_cupti_entry()->passes;
    return PTI_SUCCESS;
}
pti_result cuptiProfilerHostEvaluateToGpuValues(pti_host_values *p) {
    const fake_cupti *fake = fake_cupti_entry();
    if (p->host != &host || p->range >= fake->ranges) return PTI_INVALID_PARAMETER;
    memcpy(p->values, fake->value, p->count * sizeof *p->values);
    return PTI_SUCCESS;
}

pti_result cuptiProfilerInitialize(pti_profiler *p) {
    ++fake_cupti_entry()->profilers;
    return p->size == PTI_SIZE(pti_profiler, priv) ? PTI_SUCCESS : PTI_INVALID_PARAMETER;
}
pti_result cuptiDeviceGetChipName(pti_chip *p) {
    p->name = "GH100";
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerEnable(pti_range_enable *p) {
    if (fake_cupti_entry()->range_refuses) return fake_cupti_entry()->range_refuses;
    range.on = 1;
    p->range = &range;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerDisable(pti_range_object *p) {
    if (p->range != &range || !range.on || range.started) return PTI_INVALID_PARAMETER;
    range.on = 0;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerGetCounterDataSize(pti_range_data_size *p) {
    p->data_size = 128;
    return p->range == &range ? PTI_SUCCESS : PTI_INVALID_PARAMETER;
}
pti_result cuptiRangeProfilerCounterDataImageInitialize(pti_range_data *p) {
    memset(p->data, 2, p->data_size);
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerSetConfig(pti_range_config *p) {
    if (p->range_mode != PTI_USER_RANGE || p->replay_mode != PTI_USER_REPLAY || p->levels != 1)
        return PTI_INVALID_PARAMETER;
    fake_cupti_entry()->pass = 0;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerStart(pti_range_object *p) {
    if (p->range != &range || range.started) return PTI_INVALID_PARAMETER;
    range.started = 1;
    fake_cupti_entry()->ranges = 0;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerStop(pti_range_stop *p) {
    if (p->range != &range || !range.started || range.depth) return PTI_INVALID_PARAMETER;
    range.started = 0;
    p->pass = ++fake_cupti_entry()->pass;
    p->all = fake_cupti_entry()->pass == fake_cupti_entry()->passes;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerPushRange(pti_range_push *p) {
    fake_cupti *fake = fake_cupti_entry();
    if (!range.started || range.depth || fake->ranges == FAKE_CUPTI_RANGES)
        return PTI_INVALID_PARAMETER;
    range.depth = 1;
    strncpy(fake->range[fake->ranges], p->name, sizeof fake->range[0] - 1);
    ++fake->ranges;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerPopRange(pti_range_object *p) {
    if (p->range != &range || !range.depth) return PTI_INVALID_PARAMETER;
    range.depth = 0;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerDecodeData(pti_range_decode *p) {
    p->dropped = fake_cupti_entry()->ranges_dropped;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerGetCounterDataInfo(pti_range_count *p) {
    p->ranges = fake_cupti_entry()->ranges;
    return PTI_SUCCESS;
}
pti_result cuptiRangeProfilerCounterDataGetRangeInfo(pti_range_name *p) {
    p->name = fake_cupti_entry()->range[p->range];
    return PTI_SUCCESS;
}
