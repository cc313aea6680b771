/* Synthetic samples and the shuffle: both from a counter hashed with the seed. */
#include "io/dataset.h"

enum { STREAM_CENTRE, STREAM_LABEL, STREAM_NOISE, STREAM_ORDER };

/* SplitMix64's finaliser (Steele, Lea and Flood, OOPSLA 2014) over its golden-ratio sequence. */
static uint64_t mix(uint64_t z) {
    z += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static uint64_t draw(uint64_t seed, uint64_t stream, uint64_t index) {
    return mix(mix(mix(seed) ^ stream) ^ index);
}

/* In [0, 1), a multiple of 2^-24, so that a float holds it exactly. */
static float uniform(uint64_t seed, uint64_t stream, uint64_t index) {
    return (float)(draw(seed, stream, index) >> 40) * 0x1p-24F;
}

static fm_status check_sizes(fm_io *io, int64_t n, int64_t d, int64_t classes, uint64_t *bytes) {
    if (n < 1 || d < 1 || classes < 1 || classes > FM_DATASET_CLASSES) {
        return fm_io_fail(
            io, FM_ERR_ARGUMENT,
            "synthetic: n is %lld, d %lld, classes %lld: expected 1 or more, at most %d "
            "classes",
            (long long)n, (long long)d, (long long)classes, FM_DATASET_CLASSES);
    }
    uint64_t count;
    if (!__builtin_mul_overflow((uint64_t)n, (uint64_t)d, &count) &&
        !__builtin_mul_overflow(count, sizeof(float), bytes)) {
        return FM_OK;
    }
    return fm_io_fail(io, FM_ERR_OVERFLOW,
                      "synthetic: %lld samples of %lld features overflow 64 bits", (long long)n,
                      (long long)d);
}

fm_status fm_dataset_synthetic(fm_io *io, int64_t n, int64_t d, int64_t classes, uint64_t seed,
                               fm_dataset *out) {
    uint64_t bytes = 0;
    void *features = NULL, *labels = NULL;
    *out = (fm_dataset){0};
    fm_status status = check_sizes(io, n, d, classes, &bytes);
    if (status == FM_OK) status = fm_io_alloc(io, "synthetic features", bytes, &features);
    if (status == FM_OK) {
        status = fm_io_alloc(io, "synthetic labels", (uint64_t)n * sizeof(int64_t), &labels);
    }
    *out = (fm_dataset){features, labels, n, d, classes};
    if (status != FM_OK) {
        fm_dataset_close(io, out);
        return status;
    }
    uint64_t width = (uint64_t)d;
    for (uint64_t i = 0; i < (uint64_t)n; i++) {
        uint64_t label = draw(seed, STREAM_LABEL, i) % (uint64_t)classes;
        out->labels[i] = (int64_t)label;
        for (uint64_t j = 0; j < width; j++) {
            float centre = uniform(seed, STREAM_CENTRE, label * width + j);
            float noise = uniform(seed, STREAM_NOISE, i * width + j);
            out->features[i * width + j] = 0.5F * centre + 0.5F * noise;
        }
    }
    return FM_OK;
}

static void exchange(fm_dataset *dataset, uint64_t i, uint64_t j) {
    int64_t label = dataset->labels[i];
    dataset->labels[i] = dataset->labels[j];
    dataset->labels[j] = label;
    uint64_t width = (uint64_t)dataset->d;
    for (uint64_t k = 0; k < width; k++) {
        float held = dataset->features[i * width + k];
        dataset->features[i * width + k] = dataset->features[j * width + k];
        dataset->features[j * width + k] = held;
    }
}

void fm_dataset_shuffle(fm_dataset *dataset, uint64_t seed) {
    for (uint64_t i = (uint64_t)dataset->n; i > 1; i--) {
        exchange(dataset, i - 1, draw(seed, STREAM_ORDER, i) % i);
    }
}
