/* What only the device can find wrong: a word in page-locked memory that kernels write and the next
 * wait for the device reads. */
#ifndef FM_CUDA_FAULT_H
#define FM_CUDA_FAULT_H

#include "vendor.h"

#include "core/watch.h"

#include <flopmeter/dtype.h>

enum { CU_FAULT_NONE, CU_FAULT_TAKEN, CU_FAULT_WHOLE };

/* CU_FAULT_LABEL: a label that is no class. CU_FAULT_POWER: a negative power of an integer.
 * CU_FAULT_WATCH: what a captured call would have read. */
enum { CU_FAULT_LABEL, CU_FAULT_POWER, CU_FAULT_WATCH };

/* The first of the faults found since the word was last read. */
typedef struct cu_fault {
    int32_t state;
    int32_t kind;
    uint64_t name;               /* the operation's, a host address */
    int64_t row, label, classes; /* of a label */
    fm_watch watch;
} cu_fault;

#ifdef __cplusplus
extern "C" {
#endif

/* Tells the fault where one of the integers or bools is out of found's range. */
cu_error cu_fault_watch(const void *data, fm_dtype dtype, int64_t count, const fm_watch *found,
                        cu_fault *fault, int processors, cu_stream stream);

#ifdef __cplusplus
}
#endif

#endif
