/* What this machine's peaks follow from, and names for the work in tables of kernels. */
#ifndef FM_CPU_ATTRIBUTES_H
#define FM_CPU_ATTRIBUTES_H

#include "core/backend.h"

/* Clock, registers and multiply-add units; what the machine does not tell stays zero. */
void fm_cpu_attributes(fm_device_attributes *out);

/* "dgemm", "lapack linalg.svd float64", "add float32 x86-64-v4": who does the work of a call. */
void fm_cpu_kernel_name(const fm_kernel_call *call, char name[FM_KERNEL_NAME]);

#endif
