/* What a profile holds, shared by the files of this room. */
#ifndef FM_PROFILE_PROFILE_H
#define FM_PROFILE_PROFILE_H

#include <flopmeter/profile.h>

#include "profile/range.h"

struct fm_profile {
    fm_context *ctx;
    char *name, *var_name;
    fm_tensor *variable; /* the program's own handle */
    fm_tensor *original; /* what it held before the sweep; NULL outside */
    fm_range range;      /* of the original's values */
    double *multipliers;
    int count; /* of multipliers */
    bool scaled[FM_MAX_NDIM];
    int repeats, warmup;
    uint64_t seed;
    double peak;     /* FLOP/s; 0: none */
    int sample_axis; /* -1: none */
    fm_profile_row *rows;
    int done;                        /* rows that are finished; the next one is worked on */
    bool row_open;                   /* by fm_profile_next */
    bool stopped;                    /* FM_ERR_INTERRUPTED was recorded */
    double *seconds;                 /* of the present row's timed runs */
    uint64_t flops, launches, ticks; /* readings where the present run began */
    fm_error failure;                /* of the first row that failed */
};

/* The range of the variable's values, as they are now. FM_ERR_ARGUMENT: empty, NaN or infinite. */
fm_status fm_profile_read_range(fm_profile *profile, fm_range *range);

/* Begins the row of the next multiplier: its shape, and the variable scaled to it. */
fm_status fm_profile_scale(fm_profile *profile, fm_profile_row *row);

#endif
