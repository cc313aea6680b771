/* How tests steer the libcupti that they build: who holds it, what it loses, when it delivers. */
#ifndef FM_TESTS_CUDA_FAKE_CUPTI_H
#define FM_TESTS_CUDA_FAKE_CUPTI_H

#include "cuda/fake/fake.h"
#include "cuda/timing/cupti.h"

enum { FAKE_CUPTI_METRICS = 32, FAKE_CUPTI_RANGES = 64 };

typedef struct fake_cupti {
    fm_fake_observer observer; /* give it to the fake device */

    /* How it behaves; all zero at first. */
    const char *held_by; /* another subscriber, of that name ("": one without) */
    pti_result refuses;  /* what enabling kernel records answers */
    int one_driver;      /* 1: the driver does not bear several subscribers */
    int late;            /* flushes that deliver nothing at first */
    int kernels_first;   /* a kernel's record before its launch's id, each in a buffer of its own */
    int hoards;          /* keeps full buffers until a flush */
    int untimed;         /* that many next records have no times */
    int silent;          /* that many next launches have no record of their id */
    size_t buffer_bytes; /* fills no more than that of each buffer; 0: all */
    pti_result range_refuses; /* what enabling the range profiler answers */
    size_t passes;
    double value[FAKE_CUPTI_METRICS]; /* of each metric in each range */
    size_t ranges_dropped;

    /* What it saw. */
    int subscribers, buffers_lent, flushes, forced, enabled_calls;
    _Atomic int pushes, pops; /* by any thread */
    _Atomic int unbalanced;   /* pops without a push */
    uint64_t kinds;           /* bit per activity kind that is enabled */
    size_t metrics, ranges, pass;
    char range[FAKE_CUPTI_RANGES][32];
    int profilers;
} fake_cupti;

/* CUPTI's own calls, so that each is written with the signature that it is looked up by. */
#define CALL(set, member, symbol, arguments)                                                       \
    __attribute__((visibility("default"))) pti_result symbol arguments;
#include "cuda/timing/cupti.def"
#undef CALL

/* The symbol by which a test that opened the library finds this. */
#define FAKE_CUPTI_ENTRY "fake_cupti_entry"
__attribute__((visibility("default"))) fake_cupti *fake_cupti_entry(void);

#endif
