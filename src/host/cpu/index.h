/* What the kernels that gather, scatter and select share on the CPU: operands brought to contiguous
   memory, and moves of elements by their size. */
#ifndef FM_CPU_INDEX_H
#define FM_CPU_INDEX_H

#include "cpu/copy.h"
#include "cpu/pool.h"
#include "scalar/axes.h"

enum {
    FM_MOVE_BLOCK = 512,   /* indices that are made offsets at once */
    FM_MOVE_ITEM = 1 << 15 /* bytes, or elements where little is done, for which a thread wakes */
};

/* An operand that a kernel wants contiguous: where it lies, or in the workspace. */
typedef struct fm_index_port {
    bool used, by_value, packed;
    fm_dtype dtype;   /* in which the kernel gets it */
    size_t offset;    /* into the workspace, where packed or by value */
    fm_copy_job copy; /* into the workspace, or for outputs back from it */
} fm_index_port;

/* Input i of the call in that dtype; repeated to shape where there is one. */
void fm_index_port_open(fm_index_port *port, const fm_kernel_call *call, int i, fm_dtype dtype,
                        int ndim, const int64_t *shape, fm_plan_info *info);
/* Output o in its own dtype. */
void fm_index_port_open_out(fm_index_port *port, const fm_kernel_call *call, int o,
                            fm_plan_info *info);
void *fm_index_port_bring(const fm_index_port *port, const fm_kernel_args *args, int i);
void *fm_index_port_out(const fm_index_port *port, const fm_kernel_args *args);
/* Copies an output back where it was made in the workspace. */
void fm_index_port_close(const fm_index_port *port, const fm_kernel_args *args);

/* Room at the end of the workspace, aligned to 64; returns its offset. */
size_t fm_index_room(fm_plan_info *info, size_t bytes);

/* out[i] = element in[at[i]] of an element's size, by its logarithm. */
typedef void (*fm_gather_fn)(int64_t n, const void *in, const int64_t *at, void *out);
/* out[at[i]] = in[from[i] * step] in the order of i. */
typedef void (*fm_scatter_fn)(int64_t n, const void *in, int64_t step, const int64_t *from,
                              const int64_t *at, void *out);
extern const fm_gather_fn fm_move_gather[FM_MAP_SIZES];
extern const fm_scatter_fn fm_move_scatter[FM_MAP_SIZES];

/* n indices from number `first` on as int64; index is contiguous and of that dtype. */
void fm_index_load(fm_dtype dtype, const void *index, int64_t first, int64_t n, int64_t *out);

/* n indices become places among `size`, and places the elements' offsets along the axes; in place.
 */
void fm_index_places(int64_t size, int mode, int64_t n, int64_t *at);
void fm_index_offsets(const fm_axes *axes, int64_t n, int64_t *at);

/* Number of the first index outside low <= i < n; INT64_MAX: there is none. */
int64_t fm_index_outside(fm_dtype dtype, const void *index, int64_t count, int64_t low, int64_t n);

/* The failure of an index that is no place, as IndexError. */
fm_status fm_index_refuse(fm_error *error, const char *name, int64_t index, int axis, int64_t n);

/* Plans of each kernel; *plan is owned by the caller and freed by fm_cpu_host->free. */
typedef fm_status fm_index_planner(const fm_kernel_call *call, fm_kplan **plan, fm_plan_info *info,
                                   fm_error *error);
fm_index_planner fm_plan_gather, fm_plan_gather_along, fm_plan_along, fm_plan_outside,
    fm_plan_scatter, fm_plan_count, fm_plan_compact, fm_plan_positions, fm_plan_ravel,
    fm_plan_unravel, fm_plan_runs, fm_plan_repeat, fm_plan_bits;

/* A zeroed plan of that size with its head set. */
fm_status fm_index_plan_make(const fm_kernel_call *call, size_t size,
                             fm_status (*run)(fm_kplan *, fm_kernel_args *, fm_error *),
                             fm_kplan **plan, fm_error *error);

#endif
