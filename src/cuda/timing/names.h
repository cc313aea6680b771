/* Names of kernels, kept for good: CUPTI's own may go with the module they came from. */
#ifndef FM_CUDA_TIMING_NAMES_H
#define FM_CUDA_TIMING_NAMES_H

#include "ids.h"

typedef struct cu_name {
    char *mangled, *plain; /* plain is as the language writes it */
} cu_name;

typedef struct cu_names {
    cu_ids place; /* by the hash of the mangled name */
    cu_name *name;
    size_t count, room;
} cu_names;

/* The plain name, which lives as long as the table; the given one where memory ran out; NULL for
 * NULL. */
const char *cu_names_get(cu_names *names, const char *mangled);

void cu_names_close(cu_names *names);

#endif
