/* Samples with labels, ready to train on: float32 features in [0, 1] and int64 classes. */
#ifndef FM_HOST_IO_DATASET_H
#define FM_HOST_IO_DATASET_H

#include "io/idx.h"
#include "io/io.h"

#define FM_DATASET_CLASSES 1000000 /* the most classes taken: a label past it is damage */

/* Owns both arrays; made by a loader below, given back by fm_dataset_close with the same fm_io. */
typedef struct fm_dataset {
    float *features; /* n x d, row-major */
    int64_t *labels; /* n values from 0 to classes - 1 */
    int64_t n;
    int64_t d;
    int64_t classes; /* the greatest label and one more, unless a loader says otherwise */
} fm_dataset;

/*
 * All loaders: n, d >= 1 or FM_ERR_SHAPE; a feature that is no finite number, is negative or above
 * the stated maximum, or a label that is no integer from 0 on, gives FM_ERR_FORMAT naming its
 * place. On failure *out is zero and nothing is kept.
 */

/* The UCI handwritten digits of examples/data/digits.npz: members images, labels; maximum 16. */
fm_status fm_dataset_load_digits(fm_io *io, const char *path, fm_dataset *out) FM_MUST_CHECK;

/* One half of a directory of MNIST's IDX files; maximum 255. */
fm_status fm_dataset_load_idx(fm_io *io, const char *directory, fm_io_idx_part part,
                              fm_dataset *out) FM_MUST_CHECK;

/*
 * Any .npz with features `x`, `X`, `images` or `features` (n, ...) and labels `y`, `Y` or `labels`
 * (n,) or (n, 1), of any real dtype. maximum > 0 is what features are divided by; 0 means that none
 * is stated: integers are then divided by the greatest magnitude among them and floats are kept as
 * they are, and both may be negative.
 */
fm_status fm_dataset_load_npz(fm_io *io, const char *path, double maximum,
                              fm_dataset *out) FM_MUST_CHECK;

/* The same from two arrays; the names open the messages. */
fm_status fm_dataset_from_arrays(fm_io *io, const char *feature_name, const fm_io_array *features,
                                 const char *label_name, const fm_io_array *labels, double maximum,
                                 fm_dataset *out) FM_MUST_CHECK;

/*
 * n samples around `classes` random centres in [0, 1]^d, half centre and half noise, so that a
 * network can learn them. The same arguments give the same bits everywhere.
 */
fm_status fm_dataset_synthetic(fm_io *io, int64_t n, int64_t d, int64_t classes, uint64_t seed,
                               fm_dataset *out) FM_MUST_CHECK;

/* Puts the samples in an order drawn from the seed, each with its label (Fisher and Yates). */
void fm_dataset_shuffle(fm_dataset *dataset, uint64_t seed);

void fm_dataset_close(fm_io *io, fm_dataset *dataset);

#endif
