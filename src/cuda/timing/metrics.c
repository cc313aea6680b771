/* The metrics of each chip, and what values of them add up to. */
#include "metrics.h"

#include "../device.h"

#include <math.h>
#include <string.h>

enum { A = 1, L = 2, H = 4, B = 8, R = 16 };

static const struct {
    uint32_t chips, classes;
    int counter;
    unsigned weight;
    const char *name;
} known[] = {
#define METRIC(chips, class, counter, weight, name)                                                \
    {chips, CU_COUNT_##class, FM_HW_##counter, weight, name},
#include "metrics.def"
#undef METRIC
};

static uint32_t family_of(const char *chip) {
    if (!strncmp(chip, "GA10", 4)) return A;
    if (!strncmp(chip, "AD10", 4)) return L;
    if (!strcmp(chip, "GH100")) return H;
    if (!strncmp(chip, "GB10", 4) || !strncmp(chip, "GB11", 4)) return B;
    return strncmp(chip, "GB20", 4) ? 0 : R;
}

const char *cu_metrics_chip(int capability) {
    switch (capability) {
    case 80:
        return "GA100";
    case 86:
        return "GA102";
    case 89:
        return "AD102";
    case 90:
        return "GH100";
    case 100:
        return "GB100";
    case 120:
        return "GB202";
    default:
        return NULL;
    }
}

uint32_t cu_metrics_class(fm_dtype compute, fm_math_mode mode, int product) {
    if (!product) return CU_COUNT_VECTOR;
    switch (compute) {
    case FM_FLOAT64:
    case FM_COMPLEX128:
        return CU_COUNT_F64;
    case FM_BFLOAT16:
        return CU_COUNT_BF16;
    case FM_FLOAT16:
        return CU_COUNT_F16;
    case FM_INT8:
        return CU_COUNT_I8;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return mode == FM_MATH_TF32   ? CU_COUNT_TF32
               : mode == FM_MATH_BF16 ? CU_COUNT_BF16
               : mode == FM_MATH_FP16 ? CU_COUNT_F16
                                      : CU_COUNT_VECTOR;
    default:
        return CU_COUNT_VECTOR;
    }
}

int cu_metrics_choose(const char *chip, uint32_t classes, cu_metrics *metrics) {
    const uint32_t family = family_of(chip);
    memset(metrics, 0, sizeof *metrics);
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        if (!(known[i].chips & family) || !(known[i].classes & classes)) continue;
        metrics->name[metrics->count] = known[i].name;
        metrics->counter[metrics->count] = known[i].counter;
        metrics->weight[metrics->count++] = known[i].weight;
    }
    return metrics->count > 0;
}

static uint64_t *counter_of(fm_hardware *hardware, int counter) {
    switch (counter) {
#define HARDWARE(name, meaning)                                                                    \
    case FM_HW_##name:                                                                             \
        return &hardware->name;
#include "core/hardware.def"
#undef HARDWARE
    default:
        return NULL;
    }
}

void cu_metrics_add(const cu_metrics *metrics, const double *values, fm_hardware *hardware) {
    const double most = 9223372036854775808.0;
    for (size_t i = 0; i < metrics->count; ++i) {
        const uint32_t bit = 1u << metrics->counter[i];
        uint64_t *counter = counter_of(hardware, metrics->counter[i]);
        const double value = values[i] * metrics->weight[i];
        hardware->known |= bit;
        if (!(value >= 0.0 && value < most) || (double)*counter + value >= most)
            hardware->overflowed |= bit;
        else
            *counter += (uint64_t)llround(value);
    }
}

static pti_result open_host(const cu_cupti *cupti, const char *chip, const uint8_t *availability,
                            const cu_metrics *metrics, cu_schedule *schedule) {
    const int wide = cupti->version >= PTI_WIDE_PARAMS;
    pti_host_open open = {.size = wide ? sizeof open : PTI_SIZE(pti_host_open, host),
                          .type = PTI_RANGE_PROFILER,
                          .chip = chip,
                          .availability = availability};
    const pti_result result = cupti->host_open(&open);
    if (result != PTI_SUCCESS) return result;
    schedule->host = open.host;
    pti_host_add add = {.size = PTI_SIZE(pti_host_add, count),
                        .host = open.host,
                        .names = (const char **)(uintptr_t)metrics->name,
                        .count = metrics->count};
    return cupti->host_add(&add);
}

static pti_result make_image(const cu_cupti *cupti, cu_schedule *schedule) {
    pti_host_size size = {.size = PTI_SIZE(pti_host_size, image_size), .host = schedule->host};
    pti_result result = cupti->host_image_size(&size);
    if (result != PTI_SUCCESS) return result;
    schedule->image_size = size.image_size;
    schedule->image = cu_alloc(size.image_size);
    if (!schedule->image) return PTI_OUT_OF_MEMORY;
    pti_host_image image = {.size = PTI_SIZE(pti_host_image, image),
                            .host = schedule->host,
                            .image_size = size.image_size,
                            .image = schedule->image};
    result = cupti->host_image(&image);
    if (result != PTI_SUCCESS) return result;
    pti_host_passes passes = {.size = PTI_SIZE(pti_host_passes, passes),
                              .image_size = size.image_size,
                              .image = schedule->image};
    result = cupti->host_passes(&passes);
    schedule->passes = passes.passes;
    return result;
}

pti_result cu_schedule_open(const cu_cupti *cupti, const char *chip, const uint8_t *availability,
                            const cu_metrics *metrics, cu_schedule *schedule) {
    memset(schedule, 0, sizeof *schedule);
    if (!(cupti->sets & CU_SET_METRICS)) return PTI_NOT_SUPPORTED;
    pti_result result = open_host(cupti, chip, availability, metrics, schedule);
    if (result == PTI_SUCCESS) result = make_image(cupti, schedule);
    if (result != PTI_SUCCESS) cu_schedule_close(cupti, schedule);
    return result;
}

void cu_schedule_close(const cu_cupti *cupti, cu_schedule *schedule) {
    pti_host_close close = {.size = PTI_SIZE(pti_host_close, host), .host = schedule->host};
    if (schedule->host) (void)cupti->host_close(&close);
    cu_host->free(schedule->image);
    memset(schedule, 0, sizeof *schedule);
}
