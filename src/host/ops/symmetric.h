/* A symmetry as an argument: a group, or axes that stand for one. */
#ifndef FM_OPS_SYMMETRIC_H
#define FM_OPS_SYMMETRIC_H

#include "core/symmetry.h"
#include "ops/row.h"

/* The group that a value names: itself; a list of axes, all of which are interchangeable; a list of
   such lists. One reference for the caller. Errors name the operation and parameter `param`: of
   another kind TypeError, for axes out of range for ndim or given twice ValueError, and where
   extents that the group interchanges differ (shape NULL: not looked at) SymmetryError. */
FM_MUST_CHECK fm_status fm_symmetry_read(const fm_bound *bound, int param, int ndim,
                                         const int64_t *shape, const fm_symmetry **out,
                                         fm_error *error);

#endif
