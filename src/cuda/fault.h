/* What only the device can find wrong: a word in page-locked memory that kernels write and the next
 * wait for the device reads. */
#ifndef FM_CUDA_FAULT_H
#define FM_CUDA_FAULT_H

#include <stdint.h>

enum { CU_FAULT_NONE, CU_FAULT_TAKEN, CU_FAULT_WHOLE };

/* CU_FAULT_LABEL: a label that is no class. CU_FAULT_POWER: a negative power of an integer. */
enum { CU_FAULT_LABEL, CU_FAULT_POWER };

/* The first of the faults found since the word was last read. */
typedef struct cu_fault {
    int32_t state;
    int32_t kind;
    uint64_t name;               /* the operation's, a host address */
    int64_t row, label, classes; /* of a label */
} cu_fault;

#endif
