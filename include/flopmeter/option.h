/* Optional arguments that tell "not given" apart from zero, from false and from Python's None. */
#ifndef FLOPMETER_OPTION_H
#define FLOPMETER_OPTION_H

#include <flopmeter/export.h>

/* A zeroed value means "not given" everywhere here, so that {sizeof(options)} asks for NumPy's
   defaults. */

typedef enum fm_flag { FM_FLAG_DEFAULT = 0, FM_FLAG_NO, FM_FLAG_YES } fm_flag;

typedef enum fm_given { FM_NOT_GIVEN = 0, FM_GIVEN, FM_GIVEN_NONE } fm_given;

typedef struct fm_opt_int {
    fm_given given;
    int64_t value;
} fm_opt_int;

typedef struct fm_opt_float {
    fm_given given;
    double value;
} fm_opt_float;

/* Axes or extents; borrowed for the call. */
typedef struct fm_opt_ints {
    fm_given given;
    int count;
    const int64_t *items;
} fm_opt_ints;

#define FM_OPT(value)                                                                              \
    { FM_GIVEN, (value) } /* {.ddof = FM_OPT(1)} */
#define FM_OPT_INTS(n, items)                                                                      \
    { FM_GIVEN, (n), (items) }
#define FM_OPT_NONE                                                                                \
    { FM_GIVEN_NONE, 0 } /* None where it is not the default */

#endif
