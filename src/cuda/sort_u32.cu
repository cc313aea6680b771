/* Sorts of keys of 32 bits. */
#include "seam_sort.h"

const cu_key_sort cu_key_sort_u32 = {fm_sort_measure<uint32_t>, fm_sort_run<uint32_t>};
