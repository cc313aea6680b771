/* Sorts of keys of 16 bits. */
#include "seam_sort.h"

const cu_key_sort cu_key_sort_u16 = {fm_sort_measure<uint16_t>, fm_sort_run<uint16_t>};
