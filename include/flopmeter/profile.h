/* The parametric profiler: a step of the caller's is rerun for a list of size multipliers of one
   tensor, and each run's FLOPs, as the ledger counted them, stand beside its measured time. */
#ifndef FLOPMETER_PROFILE_H
#define FLOPMETER_PROFILE_H

#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

typedef struct fm_profile fm_profile;

/* Start from FM_PROFILE_OPTIONS_INIT. Lists are copied. */
typedef struct fm_profile_options {
    size_t size;                    /* sizeof(fm_profile_options) */
    const char *name;               /* the heading; NULL: "profile" */
    const char *var_name;           /* the tensor's name in the context (fm_tensor_register) */
    const double *size_multipliers; /* NULL: 0.1 0.3 0.5 0.9 1 1.1 2 3 10; each finite and > 0 */
    int nmultipliers;
    const int *scale_dims; /* axes to scale, negative from the last; NULL: all */
    int nscale_dims;
    int repeats;   /* timed runs of the step; 0: 3 */
    int warmup;    /* runs before them that are not timed; 0: 1, -1: none */
    uint64_t seed; /* of the scaled tensor's values */
} fm_profile_options;

#define FM_PROFILE_OPTIONS_INIT                                                                    \
    { sizeof(fm_profile_options), NULL, NULL, NULL, 0, NULL, 0, 0, 0, 0 }

/* One multiplier's outcome. */
typedef struct fm_profile_row {
    double multiplier;
    int ndim;
    int64_t shape[FM_MAX_NDIM]; /* of the scaled tensor */
    uint64_t flops;             /* counted in the row's counted run; until it failed, if it did */
    double seconds;             /* median of the timed runs, device synchronised; 0: none */
    double seconds_min, seconds_max;
    double flops_per_second; /* flops / seconds; 0 when unknown */
    int runs;                /* timed runs */
    uint64_t launches;       /* of the latest run: kernels where the device recorded them, else
                                calls; a replay of a graph is one */
    fm_status status;        /* FM_OK, or why this row failed; the others go on */
    char message[464];       /* "" or one line */
} fm_profile_row;

/* Checks everything: FM_ERR_NOT_FOUND for an unknown variable (with the known names),
   FM_ERR_ARGUMENT for multipliers that are zero, negative, infinite, NaN or none, repeats below 0,
   warmup below -1, an empty tensor or one that holds NaN or an infinity, FM_ERR_SHAPE for axes out
   of range or given twice. The variable is the tensor that has the name now. The context must
   outlive the profile. */
FM_API FM_MUST_CHECK fm_status fm_profile_open(fm_context *ctx, const fm_profile_options *options,
                                               fm_profile **out);

/* Frees the profile; restores the variable if a sweep is open. NULL is allowed. */
FM_API void fm_profile_close(fm_profile *profile);

/* One step of the caller's program on the variable as it is scaled now. row says multiplier and
   shape. Any failure is shown in the row, and the sweep goes on; FM_ERR_INTERRUPTED ends it. */
typedef fm_status (*fm_profile_step)(void *user, fm_context *ctx, const fm_profile_row *row);

/* Called before each run of a row: to make fresh weights, to regenerate labels for the scaled
   batch. Its work is neither counted nor timed; it fails as a step does. May be NULL. */
typedef fm_status (*fm_profile_setup)(void *user, fm_context *ctx, const fm_profile_row *row);

/* Told when a row is begun (done rows lie behind, row is the one that is worked on) and after each
   (row is the one just done). May be NULL. */
typedef void (*fm_profile_progress)(void *user, int done, int total, const fm_profile_row *row);

/* Runs the step for every multiplier. In each row every scaled axis has max(1, (int)(d * m))
   elements; the scaled tensor is filled uniformly between the original's minimum and maximum
   (integers and bool including both ends, complex by parts), always from the original, and keeps
   handle, dtype and device. The original is restored at the end, also when a step failed.

   A row is `warmup` + `repeats` runs. The first of them is the counted one: it charges the
   context's budget, whose ledger gives the row's FLOPs, and a refusal ends the row. All other runs,
   and the setup, count on a ledger of their own without a FLOP limit, so that one run a multiplier
   is charged; the budget's wall-time limit holds for all of them. While they run
   fm_context_budget is that of the profiler, and operations are not reported to the context's
   callback. Namespaces and budgets that a step opened and did not close are closed after it.

   Returns FM_OK when every row is, else the first failed row's status, or FM_ERR_INTERRUPTED: the
   row that was interrupted is left out. */
FM_API FM_MUST_CHECK fm_status fm_profile_run(fm_profile *profile, fm_profile_step step,
                                              fm_profile_setup setup, fm_profile_progress progress,
                                              void *user);

/* The same as a loop, for programs that cannot give a callback:
       fm_profile_begin(profile);
       while (fm_profile_next(profile, &row)) { ...; fm_profile_record(profile, status); }
       fm_profile_end(profile);
   next scales the variable and starts counting; record ends the row with the step's status: all
   that was counted in between is the row's, and is timed once. FM_ERR_INTERRUPTED leaves the row
   out and next then ends the loop. A row that cannot be scaled is recorded with its error, and so
   is one that was not recorded before the following next. begin starts anew. end restores the
   variable. FM_ERR_STATE: a call out of order. */
FM_API FM_MUST_CHECK fm_status fm_profile_begin(fm_profile *profile);
FM_API bool fm_profile_next(fm_profile *profile, const fm_profile_row **row);
FM_API FM_MUST_CHECK fm_status fm_profile_record(fm_profile *profile, fm_status status);
FM_API FM_MUST_CHECK fm_status fm_profile_end(fm_profile *profile);

FM_API int fm_profile_row_count(const fm_profile *profile);
FM_API const fm_profile_row *fm_profile_row_at(const fm_profile *profile, int index);

/* A peak to hold the rows' rates against, in FLOP/s (such as a matrix product measured in the same
   run); 0: none, and the column prints n/a. per_sample: the axis that counts samples, for the
   column FLOPs per sample; -1: none. */
FM_API void fm_profile_set_peak(fm_profile *profile, double flops_per_second);
FM_API void fm_profile_set_sample_axis(fm_profile *profile, int axis);

typedef enum fm_profile_format {
    FM_PROFILE_TABLE = 0,
    FM_PROFILE_JSON,
    FM_PROFILE_CSV
} fm_profile_format;

/* Renders the rows so far; *text is freed with fm_free.
   JSON: an object of version (1), name, variable, cost_model, device, device_name, repeats, warmup,
   peak_flops_per_second, complete (whether every multiplier has its row), rows; each with
   multiplier, shape, flops, seconds, flops_per_second, flops_per_sample, peak_share, seconds_min,
   seconds_max, runs, status ("ok" or the status's symbol), message. What is unknown is null.
   CSV: the same columns under a line of their names. */
FM_API FM_MUST_CHECK fm_status fm_profile_render(const fm_profile *profile,
                                                 fm_profile_format format, char **text);

/* Profiles' records from a JSON file: an object, or a list of them, with the members name,
   var_name, size_multipliers and scale_dims of fm_profile_options; var_name is required, null is as
   absent, any other member is an error. */
typedef struct fm_profile_config fm_profile_config;

/* FM_ERR_NOT_FOUND or FM_ERR_IO: the file; FM_ERR_FORMAT: not JSON, or a member of another type;
   FM_ERR_ARGUMENT: an empty list or a value out of range. The context's message names file, member
   and value. */
FM_API FM_MUST_CHECK fm_status fm_profile_config_load(fm_context *ctx, const char *path,
                                                      fm_profile_config **out);
FM_API int fm_profile_config_count(const fm_profile_config *config);
/* Options with the record's fields, good until the config is released; NULL past the last. */
FM_API const fm_profile_options *fm_profile_config_at(const fm_profile_config *config, int index);
FM_API void fm_profile_config_release(fm_profile_config *config);

FM_END_DECLS
#endif
