/* The choice of map kernels for this machine. */
#include "cpu/map.h"

const fm_map_table *fm_map(void) {
    return FM_ISA_CHOOSE(&fm_map);
}
