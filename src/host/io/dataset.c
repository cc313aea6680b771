/* Datasets from arrays: conversion, scaling, and the checks that every loader shares. */
#include "io/dataset.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/npz.h"
#include "io/real.h"

#define DIGITS_MAXIMUM 16.0
#define MNIST_MAXIMUM  255.0

void fm_dataset_close(fm_io *io, fm_dataset *dataset) {
    fm_io_free(io, dataset->features);
    fm_io_free(io, dataset->labels);
    *dataset = (fm_dataset){0};
}

/* What to divide by: the stated maximum, or for integers the greatest magnitude, or nothing. */
static double divisor(const fm_io_array *array, double maximum) {
    if (maximum > 0) return maximum;
    if (fm_dtype_kind(array->dtype) == 'f') return 1;
    double greatest = 0;
    for (uint64_t i = 0; i < array->count; i++) {
        greatest = fmax(greatest, fabs(fm_io_real_at(array, i)));
    }
    return greatest > 0 ? greatest : 1;
}

static fm_status check_features(fm_io *io, const char *name, const fm_io_array *array) {
    char shape[128];
    if (!fm_io_is_real(array->dtype)) {
        return fm_io_fail(io, FM_ERR_DTYPE, "%s: features are %s, expected real numbers", name,
                          fm_dtype_name(array->dtype));
    }
    if (array->rank >= 2 && array->count) return FM_OK;
    return fm_io_fail(io, FM_ERR_SHAPE,
                      "%s: features have shape %s, expected (n, d) without a zero", name,
                      fm_io_shape_text(array, shape, sizeof shape));
}

static fm_status fail_feature(fm_io *io, const char *name, uint64_t index, uint64_t d, double value,
                              double maximum) {
    char expected[64] = "a finite float32";
    if (maximum > 0) snprintf(expected, sizeof expected, "0 to %g", maximum);
    return fm_io_fail(io, FM_ERR_FORMAT, "%s: feature %llu of sample %llu is %g, expected %s", name,
                      (unsigned long long)(index % d), (unsigned long long)(index / d), value,
                      expected);
}

static fm_status fill_features(fm_io *io, const char *name, const fm_io_array *array,
                               double maximum, fm_dataset *out) {
    fm_status status = check_features(io, name, array);
    if (status != FM_OK) return status;
    void *memory;
    status = fm_io_alloc(io, name, array->count * sizeof(float), &memory);
    if (status != FM_OK) return status;
    out->features = memory;
    out->n = array->shape[0];
    out->d = (int64_t)(array->count / (uint64_t)out->n);
    double over = divisor(array, maximum);
    fm_io_walk walk = fm_io_walk_start(array);
    for (uint64_t i = 0; i < array->count; i++, fm_io_walk_next(&walk)) {
        double value = fm_io_real_at(array, walk.index);
        bool fits = maximum > 0 ? value >= 0 && value <= maximum : isfinite((float)(value / over));
        if (!fits) return fail_feature(io, name, i, (uint64_t)out->d, value, maximum);
        out->features[i] = (float)(value / over);
    }
    return FM_OK;
}

static fm_status check_labels(fm_io *io, const char *name, const fm_io_array *array,
                              const char *feature_name, int64_t n) {
    char shape[128];
    if (!fm_io_is_real(array->dtype)) {
        return fm_io_fail(io, FM_ERR_DTYPE, "%s: labels are %s, expected integers", name,
                          fm_dtype_name(array->dtype));
    }
    if (array->rank != 1 && !(array->rank == 2 && array->shape[1] == 1)) {
        return fm_io_fail(io, FM_ERR_SHAPE, "%s: labels have shape %s, expected (n,) or (n, 1)",
                          name, fm_io_shape_text(array, shape, sizeof shape));
    }
    if (array->shape[0] == n) return FM_OK;
    return fm_io_fail(io, FM_ERR_SHAPE, "%s: has %lld labels, but %s has %lld samples", name,
                      (long long)array->shape[0], feature_name, (long long)n);
}

static fm_status fill_labels(fm_io *io, const char *name, const fm_io_array *array,
                             fm_dataset *out) {
    void *memory;
    fm_status status = fm_io_alloc(io, name, array->count * sizeof(int64_t), &memory);
    if (status != FM_OK) return status;
    out->labels = memory;
    for (uint64_t i = 0; i < array->count; i++) {
        double value = fm_io_real_at(array, i);
        if (!(value >= 0 && value < FM_DATASET_CLASSES) || value != floor(value)) {
            return fm_io_fail(io, FM_ERR_FORMAT,
                              "%s: label %llu is %g, expected an integer from 0 to %d", name,
                              (unsigned long long)i, value, FM_DATASET_CLASSES - 1);
        }
        out->labels[i] = (int64_t)value;
        if (out->labels[i] >= out->classes) out->classes = out->labels[i] + 1;
    }
    return FM_OK;
}

fm_status fm_dataset_from_arrays(fm_io *io, const char *feature_name, const fm_io_array *features,
                                 const char *label_name, const fm_io_array *labels, double maximum,
                                 fm_dataset *out) {
    *out = (fm_dataset){0};
    if (!(maximum >= 0) || isinf(maximum)) {
        return fm_io_fail(io, FM_ERR_ARGUMENT, "%s: maximum is %g, expected a finite number from 0",
                          feature_name, maximum);
    }
    fm_status status = fill_features(io, feature_name, features, maximum, out);
    if (status == FM_OK) status = check_labels(io, label_name, labels, feature_name, out->n);
    if (status == FM_OK) status = fill_labels(io, label_name, labels, out);
    if (status != FM_OK) fm_dataset_close(io, out);
    return status;
}

/* Loads the first of the names that the archive has; `label` becomes "path/name". */
static fm_status load_first(fm_io *io, fm_io_npz *npz, const char *path, const char *const *names,
                            fm_io_array *out, char *label, size_t size) {
    for (const char *const *name = names; *name; name++) {
        if (!fm_io_npz_has(npz, *name)) continue;
        snprintf(label, size, "%s/%s", path, *name);
        return fm_io_npz_load(npz, *name, out);
    }
    return fm_io_fail(io, FM_ERR_NOT_FOUND, "%s: has none of the members %s, %s, %s%s%s", path,
                      names[0], names[1], names[2], names[3] ? ", " : "", names[3] ? names[3] : "");
}

fm_status fm_dataset_load_npz(fm_io *io, const char *path, double maximum, fm_dataset *out) {
    static const char *const feature_names[] = {"x", "X", "images", "features", NULL};
    static const char *const label_names[] = {"y", "Y", "labels", NULL};
    char feature_label[FM_IO_MESSAGE], label_label[FM_IO_MESSAGE];
    fm_io_array features = {0}, labels = {0};
    fm_io_npz *npz;
    *out = (fm_dataset){0};
    fm_status status = fm_io_npz_open(io, path, &npz);
    if (status != FM_OK) return status;
    status =
        load_first(io, npz, path, feature_names, &features, feature_label, sizeof feature_label);
    if (status == FM_OK) {
        status = load_first(io, npz, path, label_names, &labels, label_label, sizeof label_label);
    }
    if (status == FM_OK) {
        status = fm_dataset_from_arrays(io, feature_label, &features, label_label, &labels, maximum,
                                        out);
    }
    fm_io_array_close(io, &features);
    fm_io_array_close(io, &labels);
    fm_io_npz_close(npz);
    return status;
}

fm_status fm_dataset_load_digits(fm_io *io, const char *path, fm_dataset *out) {
    return fm_dataset_load_npz(io, path, DIGITS_MAXIMUM, out);
}

fm_status fm_dataset_load_idx(fm_io *io, const char *directory, fm_io_idx_part part,
                              fm_dataset *out) {
    fm_io_array images, labels;
    *out = (fm_dataset){0};
    fm_status status = fm_io_idx_load_pair(io, directory, part, &images, &labels);
    if (status != FM_OK) return status;
    status = fm_dataset_from_arrays(io, directory, &images, directory, &labels, MNIST_MAXIMUM, out);
    fm_io_array_close(io, &images);
    fm_io_array_close(io, &labels);
    return status;
}
