/* Numbers of the kernels that gather, scatter and select. */
#ifndef FM_OPS_IDS_INDEX_H
#define FM_OPS_IDS_INDEX_H

typedef enum fm_index_id {
    FM_INDEX_gather,       /* a index -> elements of a at places along one run of its axes */
    FM_INDEX_gather_along, /* a index -> as take_along_axis */
    FM_INDEX_along,        /* index -> flat places of what take_along_axis would read */
    FM_INDEX_outside, /* index -> number of its first element that is no place, or a large one */
    FM_INDEX_scatter, /* index values -> target, in place; the last of equal places wins */
    FM_INDEX_scatter_add, /* index values -> target, in place, added in a fixed order */
    FM_INDEX_count,       /* mask -> how many are true */
    FM_INDEX_compact,     /* a mask -> the elements where it is true, in row-major order */
    FM_INDEX_positions,   /* mask -> the flat places where it is true */
    FM_INDEX_ravel,       /* indices of several axes -> flat places */
    FM_INDEX_unravel,     /* flat places -> indices of each axis, a new first axis */
    FM_INDEX_runs,        /* ends of runs -> the number of its run for each element */
    FM_INDEX_repeat,      /* a -> each element along an axis several times */
    FM_INDEX_pack,        /* packbits */
    FM_INDEX_unpack,      /* unpackbits */
    FM_INDEX_COUNT
} fm_index_id;

#endif
