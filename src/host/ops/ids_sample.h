/* Numbers of the samplers' kernels and of the distributions they draw. */
#ifndef FM_OPS_IDS_SAMPLE_H
#define FM_OPS_IDS_SAMPLE_H

#define FM_SAMPLE(id, ...) FM_SAMPLE_##id,
typedef enum fm_sample_id {
#include "ops/sample.def"
    FM_SAMPLE_COUNT
} fm_sample_id;
#undef FM_SAMPLE

typedef enum fm_sampler_id {
    FM_SAMPLER_draw,
    FM_SAMPLER_check,
    FM_SAMPLER_whole,
    FM_SAMPLER_words,
    FM_SAMPLER_order,
    FM_SAMPLER_pick,
    FM_SAMPLER_multinomial,
    FM_SAMPLER_multivariate_hypergeometric,
    FM_SAMPLER_COUNT
} fm_sampler_id;

#endif
