/* Sorts of keys of 8 bits. */
#include "seam_sort.h"

const cu_key_sort cu_key_sort_u8 = {fm_sort_measure<uint8_t>, fm_sort_run<uint8_t>};
