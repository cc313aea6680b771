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
    const int *scale_dims; /* axes to scale; NULL: all */
    int nscale_dims;
    int repeats;   /* timed runs of the step; 0: 3 */
    int warmup;    /* runs before them, not timed and not counted; 0: 1, -1: none */
    uint64_t seed; /* of the scaled tensor's values */
} fm_profile_options;

#define FM_PROFILE_OPTIONS_INIT                                                                    \
    { sizeof(fm_profile_options), NULL, NULL, NULL, 0, NULL, 0, 0, 0, 0 }

/* One multiplier's outcome. */
typedef struct fm_profile_row {
    double multiplier;
    int ndim;
    int64_t shape[FM_MAX_NDIM]; /* of the scaled tensor */
    uint64_t flops;             /* charged by one run of the step */
    double seconds;             /* median of the timed runs, device synchronised */
    double seconds_min, seconds_max;
    double flops_per_second; /* flops / seconds; 0 when unknown */
    fm_status status;        /* FM_OK, or why this row failed; the others go on */
    char message[256];
} fm_profile_row;

/* Checks everything: FM_ERR_NOT_FOUND for an unknown variable (with the known names),
   FM_ERR_ARGUMENT for multipliers that are zero, negative, NaN or none, axes out of range, an
   empty tensor or one that holds NaN. The context must outlive the profile. */
FM_API FM_MUST_CHECK fm_status fm_profile_open(fm_context *ctx, const fm_profile_options *options,
                                               fm_profile **out);

/* Frees the profile; restores the variable if a sweep is open. NULL is allowed. */
FM_API void fm_profile_close(fm_profile *profile);

/* One step of the caller's program on the variable as it is scaled now. row says multiplier and
   shape. Any failure is shown in the row, and the sweep goes on; FM_ERR_INTERRUPTED ends it. */
typedef fm_status (*fm_profile_step)(void *user, fm_context *ctx, const fm_profile_row *row);

/* Called before the warm-up and before each run of a row: to make fresh weights, to regenerate
   labels for the scaled batch. Its work is neither counted nor timed. May be NULL. */
typedef fm_status (*fm_profile_setup)(void *user, fm_context *ctx, const fm_profile_row *row);

/* Told after each row, and while one is worked on (done < total): for progress. May be NULL. */
typedef void (*fm_profile_progress)(void *user, int done, int total, const fm_profile_row *last);

/* Runs the step for every multiplier. In each row every scaled axis has max(1, (int)(d * m))
   elements; the scaled tensor is filled uniformly between the original's minimum and maximum
   (integers and bool including both ends, complex by parts), always from the original, and keeps
   handle, dtype and device. The original is restored at the end, also when a step failed. Returns
   FM_OK when every row is, else the first failed row's status. */
FM_API FM_MUST_CHECK fm_status fm_profile_run(fm_profile *profile, fm_profile_step step,
                                              fm_profile_setup setup, fm_profile_progress progress,
                                              void *user);

/* The same as a loop, for programs that cannot give a callback:
       while (fm_profile_next(profile, &row)) { ...; fm_profile_record(profile, status); }
       fm_profile_end(profile);
   next scales the variable and starts counting; record ends the row with the step's status;
   timing is one run. begin starts anew. end restores the variable. */
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

/* Renders the rows so far; *text is freed with fm_free. JSON: an object of version, name, variable,
   cost_model, device, rows (multiplier, shape, flops, seconds, flops_per_second, status, ...). */
FM_API FM_MUST_CHECK fm_status fm_profile_render(const fm_profile *profile,
                                                 fm_profile_format format, char **text);

FM_END_DECLS
#endif
