/* Symmetry groups as the rooms see them: their parts, and the groups derived from others. */
#ifndef FM_CORE_SYMMETRY_H
#define FM_CORE_SYMMETRY_H

#include "core/detail.h"

#include <flopmeter/symmetry.h>
#include <stdatomic.h>

/* What a block of a group of known form is. A group is the direct product of its blocks. */
typedef enum fm_symmetry_kind {
    FM_SYMMETRY_IDENTITY,
    FM_SYMMETRY_FULL,
    FM_SYMMETRY_CYCLIC,
    FM_SYMMETRY_DIHEDRAL
} fm_symmetry_kind;

typedef struct fm_symmetry_block {
    uint8_t kind, degree;
    uint8_t axis[FM_MAX_NDIM];
} fm_symmetry_block;

struct fm_symmetry {
    _Atomic uint32_t refs;
    uint32_t degree;
    uint64_t hash;
    struct fm_symmetry *next; /* in its bucket of the intern table */
    uint64_t order;           /* 0: more than the limit, and no closed form */
    uint32_t nelements;       /* 0: more than the limit */
    uint32_t ngenerators;
    uint32_t nblocks; /* 0: no known form */
    uint8_t axis[FM_MAX_NDIM];
    const fm_symmetry_block *block; /* [nblocks] */
    const uint8_t *generator;       /* [ngenerators][degree] */
    const uint8_t *element;         /* [nelements][degree], lexicographic */
};

/* A group before it is interned; the arrays stay the caller's. */
typedef struct fm_symmetry_draft {
    int degree;
    uint8_t axis[FM_MAX_NDIM];
    uint32_t ngenerators, nelements, nblocks;
    const uint8_t *generators; /* [ngenerators][degree], permutations */
    const uint8_t *elements;   /* the whole group, where it is known already; else NULL */
    const fm_symmetry_block *blocks;
} fm_symmetry_draft;

/* The interned group of a draft, one reference for the caller. FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_symmetry_intern(const fm_symmetry_draft *draft, const fm_symmetry **out,
                                           fm_error *error);

/* All products of the generators, each once and in lexicographic order, into a block of
   fm_alloc. More than limit: *count is 0 and *out NULL. FM_ERR_MEMORY. */
FM_MUST_CHECK fm_status fm_symmetry_enumerate(int degree, uint32_t ngenerators,
                                              const uint8_t *generators, uint64_t limit,
                                              uint8_t **out, uint32_t *count);

/* Groups alive, for leak tests. */
size_t fm_symmetry_count(void);

/* The position of an axis in the group, or -1. */
int fm_symmetry_position(const fm_symmetry *group, int axis);

/* A set of positions or axes, bit i for i. */
typedef uint64_t fm_axis_set;

/* Whether the extents within each orbit agree; *first and *second are then two axes that do not. */
bool fm_symmetry_fits(const fm_symmetry *group, const int64_t *shape, int *first, int *second);

/* Representatives of the orbits of positions: orbit[i] is the least position that i reaches. */
void fm_symmetry_orbits(const fm_symmetry *group, uint8_t orbit[FM_MAX_NDIM]);

/* The functions below derive a group, with one reference for the caller; *out is NULL where nothing
   but the identity is left (a group that nothing is taken from stays itself), where group is NULL,
   and where the group is not enumerated but would have to be (told apart by fm_symmetry_is_large).
   The only failure is FM_ERR_MEMORY. */

static inline bool fm_symmetry_is_large(const fm_symmetry *group) {
    return group && group->nelements == 0;
}

/* The same action on other axes: axis a becomes to[a], which must not be negative. */
FM_MUST_CHECK fm_status fm_symmetry_remap(const fm_symmetry *group, const int *to,
                                          const fm_symmetry **out);

/* The elements that fix each position of the set. */
FM_MUST_CHECK fm_status fm_symmetry_fixing(const fm_symmetry *group, fm_axis_set positions,
                                           const fm_symmetry **out);

/* The elements that map the set of positions onto itself, on all axes of the group. */
FM_MUST_CHECK fm_status fm_symmetry_keeping(const fm_symmetry *group, fm_axis_set positions,
                                            const fm_symmetry **out);

/* The action on a list of positions alone, of the elements that map that set onto itself. */
FM_MUST_CHECK fm_status fm_symmetry_restrict(const fm_symmetry *group, int count,
                                             const uint8_t *positions, const fm_symmetry **out);

/* The same by axes, which must all be the group's: fewer than two leave nothing. */
FM_MUST_CHECK fm_status fm_symmetry_on_axes(const fm_symmetry *group, int count, const int *axes,
                                            const fm_symmetry **out);

/* The elements common to both, each extended by fixed axes to ndim where their axes differ. */
FM_MUST_CHECK fm_status fm_symmetry_intersect(const fm_symmetry *a, const fm_symmetry *b, int ndim,
                                              const fm_symmetry **out);

/* The product of groups on disjoint axes; either may be NULL. */
FM_MUST_CHECK fm_status fm_symmetry_join(const fm_symmetry *a, const fm_symmetry *b,
                                         const fm_symmetry **out);

/* What is left of a group when a shape is broadcast to another: new axes of one extent are
   interchangeable, and stretched axes leave the group. group may be NULL. */
FM_MUST_CHECK fm_status fm_symmetry_broadcast(const fm_symmetry *group, int ndim,
                                              const int64_t *shape, int out_ndim,
                                              const int64_t *out_shape, const fm_symmetry **out);

/* What is left after the axes of the set were reduced. keepdims: they stay, with extent 1. */
FM_MUST_CHECK fm_status fm_symmetry_reduce(const fm_symmetry *group, int ndim, fm_axis_set axes,
                                           bool keepdims, const fm_symmetry **out);

#endif
