/* What every family of CPU kernels offers to the backend's table, and what they share. */
#ifndef FM_CPU_FAMILY_H
#define FM_CPU_FAMILY_H

#include "core/backend.h"

/* The head of every plan: a family's own plan struct begins with one. */
struct fm_kplan {
    /* Does the work of one call; decides and allocates nothing. */
    fm_status (*run)(fm_kplan *plan, fm_kernel_args *args, fm_error *error);
    /* Frees the plan with all it owns. */
    void (*free)(fm_kplan *plan);
};

typedef struct fm_cpu_family {
    /* Whether the family has a kernel of that number and compute dtype. */
    int (*supports)(uint16_t op, fm_dtype compute);
    /* Fills *plan, whose head it sets, and what info holds beyond zeros (capturable stays 0). */
    fm_status (*plan)(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                      fm_error *error);
} fm_cpu_family;

/* Each in a file of its own. */
extern const fm_cpu_family fm_cpu_unary;
extern const fm_cpu_family fm_cpu_binary;
extern const fm_cpu_family fm_cpu_ternary;
extern const fm_cpu_family fm_cpu_cast;
extern const fm_cpu_family fm_cpu_fill;
extern const fm_cpu_family fm_cpu_reduce;
extern const fm_cpu_family fm_cpu_contract;
extern const fm_cpu_family fm_cpu_concat;
extern const fm_cpu_family fm_cpu_random;
extern const fm_cpu_family fm_cpu_nn;
extern const fm_cpu_family fm_cpu_index;
extern const fm_cpu_family fm_cpu_sample;
extern const fm_cpu_family fm_cpu_linalg;
extern const fm_cpu_family fm_cpu_scan;
extern const fm_cpu_family fm_cpu_sort;
extern const fm_cpu_family fm_cpu_fft;
extern const fm_cpu_family fm_cpu_signal;
extern const fm_cpu_family fm_cpu_special;
extern const fm_cpu_family fm_cpu_extra;
extern const fm_cpu_family fm_cpu_statistics;

/* Indexed by fm_family; NULL: the family has no kernels here. */
extern const fm_cpu_family *const fm_cpu_families[FM_FAMILY_COUNT];

/* The core's table, set by fm_backend_entry before anything else of the module runs. */
extern const fm_host_api *fm_cpu_host;

/* Zeroed memory from the core's allocator, or NULL; given back with fm_cpu_host->free. */
void *fm_cpu_alloc(size_t size);

#endif
