/* Symmetry groups: the named families, checks of what a caller gives, and questions to a group. */
#include "core/symmetry.h"
#include "core/alloc.h"

#include <string.h>

static fm_status check_axes(fm_symmetry_draft *draft, int degree, const int *axes,
                            fm_error *error) {
    FM_CHECK(degree > 0 && axes, error, FM_ERR_ARGUMENT, "axes must be non-empty");
    FM_CHECK(degree <= FM_MAX_NDIM, error, FM_ERR_ARGUMENT,
             "a symmetry group of %d axes, but at most %d are possible", degree, FM_MAX_NDIM);
    fm_axis_set seen = 0;
    for (int i = 0; i < degree; i++) {
        FM_CHECK(axes[i] >= 0 && axes[i] < FM_MAX_NDIM, error, FM_ERR_ARGUMENT,
                 "axis %d of a symmetry group is not within 0 to %d", axes[i], FM_MAX_NDIM - 1);
        FM_CHECK(!(seen >> axes[i] & 1), error, FM_ERR_ARGUMENT,
                 "axes must be unique, but %d is given twice", axes[i]);
        seen |= (fm_axis_set)1 << axes[i];
        draft->axis[i] = (uint8_t)axes[i];
    }
    draft->degree = degree;
    return FM_OK;
}

static fm_status check_permutation(int degree, const int *given, int number, uint8_t *out,
                                   fm_error *error) {
    fm_axis_set seen = 0;
    for (int i = 0; i < degree; i++) {
        FM_CHECK(
            given[i] >= 0 && given[i] < degree && !(seen >> given[i] & 1), error, FM_ERR_ARGUMENT,
            "generator %d is no permutation of 0 to %d: position %d holds %d%s", number, degree - 1,
            i, given[i], given[i] >= 0 && given[i] < degree ? " a second time" : "");
        seen |= (fm_axis_set)1 << given[i];
        out[i] = (uint8_t)given[i];
    }
    return FM_OK;
}

fm_status fm_symmetry_from_generators(int degree, const int *axes, int ngenerators,
                                      const int *generators, const fm_symmetry **out,
                                      fm_error *error) {
    *out = NULL;
    fm_symmetry_draft draft = {0};
    FM_TRY(check_axes(&draft, degree, axes, error));
    FM_CHECK(ngenerators > 0 && generators, error, FM_ERR_ARGUMENT,
             "a symmetry group needs at least one generator");
    uint8_t *all = fm_alloc((size_t)ngenerators * (size_t)degree);
    FM_CHECK(all, error, FM_ERR_MEMORY, "no memory for %d generators", ngenerators);
    fm_status status = FM_OK;
    for (int g = 0; g < ngenerators && status == FM_OK; g++)
        status = check_permutation(degree, generators + (ptrdiff_t)g * degree, g,
                                   all + (ptrdiff_t)g * degree, error);
    draft.ngenerators = (uint32_t)ngenerators;
    draft.generators = all;
    if (status == FM_OK) status = fm_symmetry_intern(&draft, out, error);
    fm_free_block(all);
    return status;
}

enum { FORM_GENERATORS = FM_MAX_NDIM };

static void put_identity(uint8_t *generator, int degree) {
    for (int i = 0; i < degree; i++) generator[i] = (uint8_t)i;
}

/* Generators of one block of `count` positions from `first` within a group of that degree. */
static uint32_t put_form(fm_symmetry_kind kind, int degree, int first, int count, uint8_t *out) {
    uint32_t n = 0;
    if (kind == FM_SYMMETRY_FULL) {
        for (int i = 0; i + 1 < count; i++, n++) {
            uint8_t *generator = out + n * (size_t)degree;
            put_identity(generator, degree);
            generator[first + i] = (uint8_t)(first + i + 1);
            generator[first + i + 1] = (uint8_t)(first + i);
        }
        return n;
    }
    uint8_t *rotation = out, *reflection = out + degree;
    put_identity(rotation, degree);
    for (int i = 0; i < count; i++) rotation[first + i] = (uint8_t)(first + (i + 1) % count);
    if (kind != FM_SYMMETRY_DIHEDRAL) return 1;
    put_identity(reflection, degree);
    for (int i = 0; i < count; i++) reflection[first + i] = (uint8_t)(first + (count - i) % count);
    return 2;
}

static fm_symmetry_block block_of(fm_symmetry_kind kind, int degree, const uint8_t *axis) {
    fm_symmetry_block block = {.degree = (uint8_t)degree};
    if (degree == 1) kind = FM_SYMMETRY_IDENTITY;
    if (degree == 2 && kind == FM_SYMMETRY_DIHEDRAL) kind = FM_SYMMETRY_FULL;
    block.kind = (uint8_t)kind;
    memcpy(block.axis, axis, (size_t)degree);
    return block;
}

static fm_status make_form(fm_symmetry_kind kind, int degree, const int *axes,
                           const fm_symmetry **out, fm_error *error) {
    *out = NULL;
    fm_symmetry_draft draft = {0};
    uint8_t generators[FORM_GENERATORS * FM_MAX_NDIM];
    FM_TRY(check_axes(&draft, degree, axes, error));
    fm_symmetry_block block = block_of(kind, degree, draft.axis);
    if (block.kind == FM_SYMMETRY_IDENTITY) {
        generators[0] = 0;
        draft.ngenerators = 1;
    } else {
        draft.ngenerators = put_form((fm_symmetry_kind)block.kind, degree, 0, degree, generators);
    }
    draft.generators = generators;
    draft.blocks = &block;
    draft.nblocks = 1;
    return fm_symmetry_intern(&draft, out, error);
}

fm_status fm_symmetry_symmetric(int degree, const int *axes, const fm_symmetry **out,
                                fm_error *error) {
    return make_form(FM_SYMMETRY_FULL, degree, axes, out, error);
}

fm_status fm_symmetry_cyclic(int degree, const int *axes, const fm_symmetry **out,
                             fm_error *error) {
    return make_form(FM_SYMMETRY_CYCLIC, degree, axes, out, error);
}

fm_status fm_symmetry_dihedral(int degree, const int *axes, const fm_symmetry **out,
                               fm_error *error) {
    return make_form(FM_SYMMETRY_DIHEDRAL, degree, axes, out, error);
}

fm_status fm_symmetry_young(int nblocks, const int *sizes, const int *axes, const fm_symmetry **out,
                            fm_error *error) {
    *out = NULL;
    FM_CHECK(nblocks > 0 && nblocks <= FM_MAX_NDIM, error, FM_ERR_ARGUMENT,
             "a Young subgroup of %d blocks, but 1 to %d are possible", nblocks, FM_MAX_NDIM);
    const fm_symmetry *part[FM_MAX_NDIM] = {0};
    fm_status status = FM_OK;
    for (int b = 0, first = 0; b < nblocks && status == FM_OK; first += sizes[b++])
        status = fm_symmetry_symmetric(sizes[b], axes + first, &part[b], error);
    if (status == FM_OK) status = fm_symmetry_product(nblocks, part, out, error);
    for (int b = 0; b < nblocks; b++) fm_symmetry_release(part[b]);
    return status;
}

/* The axes of all factors, and how many generators and blocks they have together. */
static fm_status gather(int ngroups, const fm_symmetry *const *groups, fm_symmetry_draft *draft,
                        fm_error *error) {
    int axes[FM_MAX_NDIM], degree = 0;
    bool known = true;
    FM_CHECK(ngroups > 0, error, FM_ERR_ARGUMENT, "a direct product needs at least one group");
    for (int i = 0; i < ngroups; i++) {
        FM_CHECK(degree + (int)groups[i]->degree <= FM_MAX_NDIM, error, FM_ERR_ARGUMENT,
                 "the factors of a direct product have more than %d axes", FM_MAX_NDIM);
        for (uint32_t p = 0; p < groups[i]->degree; p++) axes[degree++] = groups[i]->axis[p];
        draft->ngenerators += groups[i]->ngenerators;
        draft->nblocks += groups[i]->nblocks;
        known = known && groups[i]->nblocks;
    }
    if (!known) draft->nblocks = 0;
    return check_axes(draft, degree, axes, error);
}

fm_status fm_symmetry_product(int ngroups, const fm_symmetry *const *groups,
                              const fm_symmetry **out, fm_error *error) {
    *out = NULL;
    fm_symmetry_draft draft = {0};
    FM_TRY(gather(ngroups, groups, &draft, error));
    size_t degree = (size_t)draft.degree, blocks = draft.nblocks * sizeof *draft.blocks;
    uint8_t *room = fm_alloc(blocks + draft.ngenerators * degree);
    FM_CHECK(room, error, FM_ERR_MEMORY, "no memory for a product of %d groups", ngroups);
    uint8_t *block = room, *generator = room + blocks;
    draft.generators = generator;
    draft.blocks = (const fm_symmetry_block *)(const void *)room;
    for (size_t i = 0, first = 0; i < (size_t)ngroups; first += groups[i++]->degree) {
        const fm_symmetry *factor = groups[i];
        if (blocks) {
            memcpy(block, factor->block, factor->nblocks * sizeof *factor->block);
            block += factor->nblocks * sizeof *factor->block;
        }
        for (uint32_t g = 0; g < factor->ngenerators; g++, generator += degree) {
            put_identity(generator, draft.degree);
            for (uint32_t p = 0; p < factor->degree; p++)
                generator[first + p] = (uint8_t)(first + factor->generator[g * factor->degree + p]);
        }
    }
    fm_status status = fm_symmetry_intern(&draft, out, error);
    fm_free_block(room);
    return status;
}

fm_status fm_symmetry_wreath(const fm_symmetry *inner, int copies, const int *axes,
                             const fm_symmetry **out, fm_error *error) {
    *out = NULL;
    FM_CHECK(copies > 0 && copies <= FM_MAX_NDIM, error, FM_ERR_ARGUMENT,
             "a wreath product of %d copies, but 1 to %d are possible", copies, FM_MAX_NDIM);
    fm_symmetry_draft draft = {0};
    int width = (int)inner->degree, degree = width * copies;
    FM_TRY(check_axes(&draft, degree, axes, error));
    draft.ngenerators = inner->ngenerators + (uint32_t)copies - 1;
    uint8_t *generators = fm_alloc(draft.ngenerators * (size_t)degree);
    FM_CHECK(generators, error, FM_ERR_MEMORY, "no memory for a wreath product");
    uint8_t *generator = generators;
    for (uint32_t g = 0; g < inner->ngenerators; g++, generator += degree) {
        put_identity(generator, degree);
        memcpy(generator, inner->generator + g * (size_t)width, (size_t)width);
    }
    for (int block = 0; block + 1 < copies; block++, generator += degree) {
        put_identity(generator, degree);
        for (int i = 0; i < width; i++) {
            generator[block * width + i] = (uint8_t)((block + 1) * width + i);
            generator[(block + 1) * width + i] = (uint8_t)(block * width + i);
        }
    }
    draft.generators = generators;
    fm_status status = fm_symmetry_intern(&draft, out, error);
    fm_free_block(generators);
    return status;
}

int fm_symmetry_degree(const fm_symmetry *group) {
    return (int)group->degree;
}

int fm_symmetry_axis(const fm_symmetry *group, int position) {
    return group->axis[position];
}

uint64_t fm_symmetry_order(const fm_symmetry *group) {
    return group->order;
}

uint32_t fm_symmetry_elements(const fm_symmetry *group) {
    return group->nelements;
}

const uint8_t *fm_symmetry_element(const fm_symmetry *group, uint32_t index) {
    return group->element + (size_t)index * group->degree;
}

int fm_symmetry_generators(const fm_symmetry *group) {
    return (int)group->ngenerators;
}

const uint8_t *fm_symmetry_generator(const fm_symmetry *group, int index) {
    return group->generator + (size_t)index * group->degree;
}

int fm_symmetry_position(const fm_symmetry *group, int axis) {
    for (uint32_t i = 0; i < group->degree; i++)
        if (group->axis[i] == axis) return (int)i;
    return -1;
}

/* Whether an element of a, read on the axes, is an element of b: a search in b's sorted list. */
static bool holds(const fm_symmetry *b, const uint8_t *wanted) {
    uint32_t low = 0, high = b->nelements;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(fm_symmetry_element(b, middle), wanted, b->degree);
        if (!order) return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool fm_symmetry_equal(const fm_symmetry *a, const fm_symmetry *b) {
    if (a == b) return true;
    if (!a || !b || a->degree != b->degree || a->nelements != b->nelements || !a->nelements)
        return false;
    int place[FM_MAX_NDIM]; /* of a's positions in b */
    for (uint32_t i = 0; i < a->degree; i++) {
        place[i] = fm_symmetry_position(b, a->axis[i]);
        if (place[i] < 0) return false;
    }
    for (uint32_t e = 0; e < a->nelements; e++) {
        const uint8_t *element = fm_symmetry_element(a, e);
        uint8_t moved[FM_MAX_NDIM];
        for (uint32_t i = 0; i < a->degree; i++) moved[place[i]] = (uint8_t)place[element[i]];
        if (!holds(b, moved)) return false;
    }
    return true;
}

void fm_symmetry_orbits(const fm_symmetry *group, uint8_t orbit[FM_MAX_NDIM]) {
    for (uint32_t i = 0; i < group->degree; i++) orbit[i] = (uint8_t)i;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t g = 0; g < group->ngenerators; g++) {
            const uint8_t *p = fm_symmetry_generator(group, (int)g);
            for (uint32_t i = 0; i < group->degree; i++) {
                uint8_t least = orbit[i] < orbit[p[i]] ? orbit[i] : orbit[p[i]];
                changed = changed || orbit[i] != least || orbit[p[i]] != least;
                orbit[i] = orbit[p[i]] = least;
            }
        }
    }
}

bool fm_symmetry_fits(const fm_symmetry *group, const int64_t *shape, int *first, int *second) {
    uint8_t orbit[FM_MAX_NDIM];
    fm_symmetry_orbits(group, orbit);
    for (uint32_t i = 0; i < group->degree; i++) {
        *first = group->axis[orbit[i]];
        *second = group->axis[i];
        if (shape[*first] != shape[*second]) return false;
    }
    return true;
}
