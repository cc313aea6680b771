/* flopmeter profile, from its options on. */
#ifndef FM_CLI_PROFILE_RUN_H
#define FM_CLI_PROFILE_RUN_H

#include "cli/network.h"

typedef struct profile_options {
    network_options net;
    double *multipliers; /* NULL: the profiler's default, or the record's of --config */
    int nmultipliers;
    int *dims;
    int ndims;
    bool all_dims, dims_given;
    int repeats;
    const char *config;
    fm_profile_format format;
} profile_options;

/* Runs the profiles and prints them. Returns an exit status. */
int profile_run(profile_options *options);

/* FLOP/s of a float32 matrix product on the context's device, the best of a few; 0 where it cannot
   be measured. Counts on a context of its own. */
double profile_peak(fm_context *ctx);

#endif
