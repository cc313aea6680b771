/* Sorts of keys of 64 bits. */
#include "seam_sort.h"

const cu_key_sort cu_key_sort_u64 = {fm_sort_measure<uint64_t>, fm_sort_run<uint64_t>};
