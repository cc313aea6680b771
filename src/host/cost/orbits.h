/* How many elements of a tensor are distinct under its symmetry. */
#ifndef FM_COST_ORBITS_H
#define FM_COST_ORBITS_H

#include "core/symmetry.h"
#include "cost/rules.h"

/* The number of orbits of the index tuples of a shape under a group on some of its axes (Burnside:
   the mean number of tuples that an element fixes); the product of the extents where symmetry is
   NULL or is not enumerated. Extents within an orbit of axes agree. FM_ERR_OVERFLOW past 128 bits.
 */
FM_MUST_CHECK fm_status fm_count_orbits(const fm_symmetry *symmetry, fm_extents shape,
                                        fm_u128 *count);

/* The same of what is left after the axes were reduced: 1 where none is. FM_ERR_MEMORY too. */
FM_MUST_CHECK fm_status fm_count_reduced_orbits(const fm_symmetry *symmetry, fm_extents shape,
                                                fm_axis_set axes, fm_u128 *count);

/* Of a reduction over those axes: the accumulations, one for each pair of an output orbit and an
   orbit of products that is summed into it, and the output orbits. *fell_back: that was too
   expensive, and both are as without symmetry. FM_ERR_MEMORY too. */
FM_MUST_CHECK fm_status fm_count_reduction(const fm_symmetry *symmetry, fm_extents shape,
                                           fm_axis_set axes, fm_u128 *accumulations,
                                           fm_u128 *orbits, bool *fell_back);

#endif
