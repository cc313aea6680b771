/* What the sweeps' programs share: the device that is asked for, contexts on it, and a count of
   what failed. */
#ifndef FM_TESTS_SWEEP_HARNESS_H
#define FM_TESTS_SWEEP_HARNESS_H

#include "call.h"

typedef struct sw_harness {
    fm_device_kind kind;
    char **filters; /* the rest of the command line */
    int nfilters;
    int calls, failures;
    const char *group; /* of the last failure: few of each group are shown */
    int shown;
} sw_harness;

/* Reads [--device cpu|cuda] [filter...]. -1: go on; else the exit status, 77 where there is no such
   device. */
int sw_start(sw_harness *h, int argc, char **argv);

/* A context on the device; ends the process where it cannot be opened. */
fm_context *sw_open(fm_device_kind kind);

/* Counts and shows a failure: what it happened to (a call, of the group), and what happened. */
void sw_fail(sw_harness *h, const char *group, const char *what, const char *format, ...)
    FM_PRINTF(4, 5);

/* Prints the sums; the exit status. */
int sw_finish(const sw_harness *h);

#endif
