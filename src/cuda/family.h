/* What every family of CUDA kernels offers to the backend's table, and what their plans share. */
#ifndef FM_CUDA_FAMILY_H
#define FM_CUDA_FAMILY_H

#include "device.h"

/* The head of every plan: a family's own plan struct begins with one. */
struct fm_kplan {
    const char *name;
    int uncapturable; /* a replay would not do what a call does */
    /* Submits the work of one call to the stream; decides and allocates nothing. */
    cu_error (*run)(fm_dev *dev, cu_stream stream, fm_kplan *plan, fm_kernel_args *args);
    /* Refuses a call by the numbers it brings; NULL where none is wrong. */
    fm_status (*check)(const fm_kplan *plan, const fm_kernel_args *args, fm_error *error);
    /* Frees what the plan owns, not the plan; NULL where it owns nothing. */
    void (*release)(fm_dev *dev, fm_kplan *plan);
};

typedef struct cu_family {
    /* Whether the family has a kernel of that number and compute dtype. */
    int (*supports)(uint16_t op, fm_dtype compute);
    /* Makes *plan with cu_plan_make, sets its run, and fills what info holds beyond zeros; plans
     * are capturable unless they say otherwise. The device is the thread's own. */
    fm_status (*plan)(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                      fm_error *error);
} cu_family;

/* A zeroed plan of that many bytes with its head set; FM_ERR_MEMORY. */
fm_status cu_plan_make(const fm_kernel_call *call, size_t bytes,
                       cu_error (*run)(fm_dev *, cu_stream, fm_kplan *, fm_kernel_args *),
                       fm_kplan **plan, fm_error *error);

/* Each in a file of its own family. */
extern const cu_family cu_family_unary;
extern const cu_family cu_family_binary;
extern const cu_family cu_family_ternary;
extern const cu_family cu_family_cast;
extern const cu_family cu_family_fill;
extern const cu_family cu_family_random;
extern const cu_family cu_family_reduce;
extern const cu_family cu_family_contract;
extern const cu_family cu_family_concat;
extern const cu_family cu_family_nn;
extern const cu_family cu_family_index;
extern const cu_family cu_family_linalg;
extern const cu_family cu_family_sample;
extern const cu_family cu_family_scan;
extern const cu_family cu_family_sort;
extern const cu_family cu_family_fft;
extern const cu_family cu_family_signal;
extern const cu_family cu_family_special;
extern const cu_family cu_family_extra;
extern const cu_family cu_family_statistics;

/* Indexed by fm_family; NULL: the family has no kernels here. */
extern const cu_family *const cu_families[FM_FAMILY_COUNT];

#endif
