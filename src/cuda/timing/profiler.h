/* The parameter structs of CUPTI's profiler, host and range, as cupti.h has the others: own types,
 * read by cupti.h alone. Each begins with its size and a pointer that stays NULL. */
#ifndef FM_CUDA_TIMING_PROFILER_H
#define FM_CUDA_TIMING_PROFILER_H

#include <stddef.h>
#include <stdint.h>

typedef struct pti_host_s *pti_host;
typedef struct pti_range_s *pti_range;

enum { PTI_RANGE_PROFILER = 0 }; /* CUpti_ProfilerType */
enum { PTI_USER_RANGE = 2 };     /* CUpti_ProfilerRange */
enum { PTI_USER_REPLAY = 3 };    /* CUpti_ProfilerReplayMode */

typedef struct pti_host_open {
    size_t size;
    void *priv;
    int type;
    const char *chip;
    const uint8_t *availability;
    pti_host host;   /* out */
    const char *set; /* from PTI_WIDE_PARAMS on: a set of metrics by name; NULL */
} pti_host_open;

typedef struct pti_host_close {
    size_t size;
    void *priv;
    pti_host host;
} pti_host_close;

typedef struct pti_host_add {
    size_t size;
    void *priv;
    pti_host host;
    const char **names;
    size_t count;
} pti_host_add;

typedef struct pti_host_size {
    size_t size;
    void *priv;
    pti_host host;
    size_t image_size; /* out */
} pti_host_size;

typedef struct pti_host_image {
    size_t size;
    void *priv;
    pti_host host;
    size_t image_size;
    uint8_t *image;
} pti_host_image;

typedef struct pti_host_passes {
    size_t size;
    void *priv;
    size_t image_size;
    uint8_t *image;
    size_t passes; /* out */
} pti_host_passes;

typedef struct pti_host_values {
    size_t size;
    void *priv;
    pti_host host;
    const uint8_t *data;
    size_t data_size;
    size_t range;
    const char **names;
    size_t count;
    double *values; /* out */
} pti_host_values;

typedef struct pti_profiler {
    size_t size;
    void *priv;
} pti_profiler;

typedef struct pti_chip {
    size_t size;
    void *priv;
    size_t device;
    const char *name; /* out */
} pti_chip;

typedef struct pti_range_enable {
    size_t size;
    void *priv;
    void *context;   /* NULL: the thread's own */
    pti_range range; /* out */
} pti_range_enable;

/* Of the calls that take the range profiler alone. */
typedef struct pti_range_object {
    size_t size;
    void *priv;
    pti_range range;
} pti_range_object;

typedef struct pti_range_config {
    size_t size;
    void *priv;
    pti_range range;
    size_t config_size;
    const uint8_t *config;
    size_t data_size;
    uint8_t *data;
    int range_mode;
    int replay_mode;
    size_t ranges; /* at most, a pass */
    uint16_t levels, least_level;
    size_t pass;
    uint16_t target_level;
} pti_range_config;

typedef struct pti_range_stop {
    size_t size;
    void *priv;
    pti_range range;
    size_t pass, level; /* out: of the next pass */
    uint8_t all;        /* out: 1 when no further pass is wanted */
} pti_range_stop;

typedef struct pti_range_push {
    size_t size;
    void *priv;
    pti_range range;
    const char *name;
} pti_range_push;

typedef struct pti_range_decode {
    size_t size;
    void *priv;
    pti_range range;
    size_t dropped; /* out */
} pti_range_decode;

typedef struct pti_range_data_size {
    size_t size;
    void *priv;
    pti_range range;
    const char **names;
    size_t count;
    size_t ranges;
    uint32_t nodes;
    size_t data_size; /* out */
} pti_range_data_size;

typedef struct pti_range_data {
    size_t size;
    void *priv;
    pti_range range;
    size_t data_size;
    uint8_t *data;
} pti_range_data;

typedef struct pti_range_count {
    size_t size;
    void *priv;
    const uint8_t *data;
    size_t data_size;
    size_t ranges; /* out */
} pti_range_count;

typedef struct pti_range_name {
    size_t size;
    void *priv;
    const uint8_t *data;
    size_t data_size;
    size_t range;
    const char *delimiter;
    const char *name; /* out */
} pti_range_name;

/* CUPTI's struct sizes end with their last field, not with the padding behind it. */
#define PTI_SIZE(type, last) (offsetof(type, last) + sizeof(((type *)0)->last))

#endif
