/* What pad's arguments and its modes share. */
#ifndef FM_OPS_SHAPING_PAD_H
#define FM_OPS_SHAPING_PAD_H

#include "ops/shaping.h"

typedef enum fm_pad_mode {
    FM_PAD_constant,
    FM_PAD_edge,
    FM_PAD_linear_ramp,
    FM_PAD_maximum,
    FM_PAD_mean,
    FM_PAD_median,
    FM_PAD_minimum,
    FM_PAD_reflect,
    FM_PAD_symmetric,
    FM_PAD_wrap,
    FM_PAD_empty,
    FM_PAD_function,
    FM_PAD_COUNT
} fm_pad_mode;

/* A number for the front and one for the back of each axis. */
typedef struct fm_pad_pairs {
    fm_scalar pair[FM_MAX_NDIM][2];
} fm_pad_pairs;

typedef struct fm_pad {
    fm_pad_mode mode;
    bool odd;         /* reflect_type */
    bool has_lengths; /* stat_length is not None */
    int ndim;
    int64_t shape[FM_MAX_NDIM], front[FM_MAX_NDIM], back[FM_MAX_NDIM]; /* shape: of the array */
    int64_t lengths[FM_MAX_NDIM][2];
    fm_pad_pairs values; /* constant_values or end_values */
} fm_pad;

/* Reads the arguments of a bound call for an array of that shape. */
fm_status fm_pad_read(const fm_bound *bound, int ndim, const int64_t *shape, fm_pad *pad,
                      fm_error *error);

/* Fills what lies before and behind the array along an axis: whole is padded along the axes before,
   and cut to the array's extents along those after. */
void fm_pad_axis(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis);

#endif
