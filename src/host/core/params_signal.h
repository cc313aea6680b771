/* What kernels of FM_FAMILY_SIGNAL need beside the layouts. */
#ifndef FM_CORE_PARAMS_SIGNAL_H
#define FM_CORE_PARAMS_SIGNAL_H

#include <stdint.h>

/* FM_FAMILY_SIGNAL.
     correlate  a w -> out: out[i] = sum over k of a[i + first + k] * w[k], with w reversed where
                `reversed` and conjugated where `conjugated`; elements outside of a are left out.
                Written from the end backwards where `backwards`.
     series     -> out: the series of that number (scalar/series.h) at 0, 1, 2, ...
     polyval    p x -> out: Horner's rule over p[0], p[1], ..., beginning with 0.
     interp     x xp fp left right -> out: piecewise linear through (xp, fp), xp ascending; left
                below xp[0] and right above its last (1 element each).
     wrap       steps -> out: what brings each step of at least b into half a period a around 0;
                float32 or float64. */
typedef struct fm_signal_params {
    int64_t first;
    int32_t reversed, conjugated, backwards;
    int32_t series;
    double a, b; /* the numbers of a series or of wrap */
} fm_signal_params;

#endif
