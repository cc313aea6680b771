/* The table of the CUDA backend's families. */
#include "family.h"

const cu_family *const cu_families[FM_FAMILY_COUNT] = {
    [FM_FAMILY_VIEW] = NULL,
};
