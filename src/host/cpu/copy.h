/* Copies between any two strided arrangements of the same elements, with conversion: how operands
   are packed for kernels that want them contiguous. */
#ifndef FM_CPU_COPY_H
#define FM_CPU_COPY_H

#include "cpu/family.h"
#include "cpu/map.h"

typedef struct fm_copy_axis {
    int64_t n, in, out; /* extent and strides in elements */
} fm_copy_axis;

typedef struct fm_copy_job {
    fm_dtype from, to;
    int naxes;
    fm_copy_axis axis[FM_MAX_NDIM]; /* innermost first */
    int64_t rows;                   /* runs along axis[0] */
} fm_copy_job;

/* Plans a copy; axes in any order, at least none. */
void fm_copy_plan(fm_copy_job *job, fm_dtype from, fm_dtype to, int naxes,
                  const fm_copy_axis *axes);

/* Does it over the shared pool. The arrangements do not overlap, unless they are the same element
   for element and of one dtype. */
void fm_copy_run(const fm_copy_job *job, const void *in, void *out);

/* Copies of a whole tensor to a row-major block of dtype to, and back. */
void fm_copy_plan_pack(fm_copy_job *job, const fm_layout *layout, fm_dtype to);
void fm_copy_plan_unpack(fm_copy_job *job, fm_dtype from, const fm_layout *layout);

/* Logarithm to base 2 of an element's size, by which the tables of gather and scatter go. */
int fm_copy_size_log(size_t size);

#endif
