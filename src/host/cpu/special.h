/* The kernels of distributions, by instruction level. */
#ifndef FM_CPU_SPECIAL_H
#define FM_CPU_SPECIAL_H

#include "cpu/map.h"
#include "ops/ids_special.h"

#define FM_SPECIAL_DECLARE(isa) extern const fm_map_fn fm_special_##isa[FM_SPECIAL_COUNT];
FM_ISA_DECLARE(FM_SPECIAL_DECLARE)
#undef FM_SPECIAL_DECLARE

#endif
