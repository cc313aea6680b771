/* Two arrays as sets: what is in both, in either or in one of them. */
#include "ops/sort.h"

#include <string.h>

enum { P_1, P_2, P_UNIQUE, P_OPTION, P_KIND }; /* the option: return_indices, or invert */

static bool assumes_unique(const fm_program *p) {
    return p->row->op != FM_PAIR_union && p->values[P_UNIQUE].as.i != 0;
}

static bool is_whole(fm_dtype dtype) {
    const char kind = fm_dtype_kind(dtype);
    return kind == 'b' || kind == 'i' || kind == 'u';
}

static fm_status check_kind(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    const fm_value *kind = &bound->values[P_KIND];
    if (fm_arg_absent(kind) || strcmp(kind->as.string, "sort") == 0) return FM_OK;
    if (strcmp(kind->as.string, "table") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_KIND + 1,
                          "kind '%s' is neither 'sort' nor 'table'", kind->as.string);
    if (is_whole(r->in[0]->dtype) && is_whole(r->in[1]->dtype)) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_KIND + 1,
                      "a table is of integers, but the arrays are %s and %s",
                      fm_dtype_name(r->in[0]->dtype), fm_dtype_name(r->in[1]->dtype));
}

fm_status fm_infer_pair(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    switch (bound->row->op) {
    case FM_PAIR_isin:
        FM_TRY(check_kind(bound, r, error));
        fm_output_set(r, 0, FM_BOOL, a->ndim, fm_layout_shape(a));
        break;
    case FM_PAIR_in1d:
        FM_TRY(check_kind(bound, r, error));
        fm_output_set(r, 0, FM_BOOL, 1, &a->size);
        break;
    case FM_PAIR_setdiff:
        fm_output_unknown(r, 0, a->dtype);
        break;
    default:
        fm_output_unknown(r, 0, fm_promote_types(a->dtype, r->in[1]->dtype));
    }
    return FM_OK;
}

/* A sort of both together. */
fm_status fm_cost_of_pair(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    fm_u128 n = (fm_u128)r->in[0]->size + (fm_u128)r->in[1]->size;
    if (n == 0 && work->faults) n = 1;
    return fm_cost_result(bound, fm_cost_sort(work, fm_row_cost_name(bound->row), n, 1), error);
}

static fm_tensor *joined(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    const fm_tensor *both[] = {a, b};
    return FM_DO(p, "concatenate", V_TS(both, 2), V_I(0));
}

static fm_tensor *unique(fm_program *p, const fm_tensor *x) {
    return FM_DO(p, "_unique", V_T(x), V_B(true));
}

/* Whether neighbours in a sorted line are equal: n - 1 elements. */
static fm_tensor *equal_neighbours(fm_program *p, const fm_tensor *sorted) {
    if (p->status != FM_OK) return NULL;
    const int64_t n = sorted->layout->size > 0 ? sorted->layout->size - 1 : 0;
    return FM_DO(p, "equal", V_T(fm_sort_slice(p, sorted, 0, sorted->layout->size - n, n)),
                 V_T(fm_sort_slice(p, sorted, 0, 0, n)));
}

static void run_union(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    fm_tensor *both = joined(p, fm_sort_flat(p, a), fm_sort_flat(p, b));
    fm_program_return(p, 0, FM_DO(p, "_unique", V_T(both), V_B(true)));
}

/* The distinct elements of a set and the places where they are first. */
static fm_tensor *with_places(fm_program *p, const fm_tensor *x, fm_tensor **places) {
    fm_tensor *out[2] = {NULL, NULL};
    fm_tensor *flat = fm_sort_flat(p, x);
    *places = NULL;
    if (assumes_unique(p)) return flat;
    if (p->values[P_OPTION].as.i == 0) return unique(p, flat);
    FM_DO_ALL(p, "_unique_places", out, 2, V_T(flat));
    *places = out[1];
    return out[0];
}

static fm_tensor *original_places(fm_program *p, const fm_tensor *first, fm_tensor *places) {
    return first != NULL ? fm_sort_take(p, first, places, 0) : places;
}

static void run_intersect(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    const bool indices = p->values[P_OPTION].as.i != 0;
    fm_tensor *first_a, *first_b, *x, *y;
    x = with_places(p, a, &first_a);
    y = with_places(p, b, &first_b);
    fm_tensor *both = joined(p, x, y);
    if (both == NULL) return;
    const int64_t n = both->layout->size > 0 ? both->layout->size - 1 : 0;
    fm_tensor *order = indices ? FM_DO(p, "argsort", V_T(both), V_I(-1)) : NULL;
    fm_tensor *sorted =
        indices ? fm_sort_take(p, both, order, 0) : FM_DO(p, "sort", V_T(both), V_I(-1));
    fm_tensor *in_both = equal_neighbours(p, sorted);
    if (in_both == NULL) return;
    fm_tensor *values = FM_DO(p, "_compact", V_T(fm_sort_slice(p, sorted, 0, 0, n)), V_T(in_both));
    fm_value answer[3] = {V_T(values)};
    if (indices) {
        fm_tensor *in_a = FM_DO(p, "_compact", V_T(fm_sort_slice(p, order, 0, 0, n)), V_T(in_both));
        fm_tensor *in_b =
            FM_DO(p, "_compact", V_T(fm_sort_slice(p, order, 0, order->layout->size - n, n)),
                  V_T(in_both));
        in_b = FM_DO(p, "subtract", V_T(in_b), V_I(x->layout->size));
        answer[1] = V_T(original_places(p, first_a, in_a));
        answer[2] = V_T(original_places(p, first_b, in_b));
    }
    fm_program_reply(p, indices ? V_TUPLE(answer, 3) : answer[0]);
}

/* What differs from both its neighbours. */
static void run_setxor(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    fm_tensor *x = assumes_unique(p) ? fm_sort_flat(p, a) : unique(p, a);
    fm_tensor *y = assumes_unique(p) ? fm_sort_flat(p, b) : unique(p, b);
    fm_tensor *both = joined(p, x, y);
    if (both == NULL) return;
    const int64_t n = both->layout->size;
    fm_tensor *sorted = FM_DO(p, "sort", V_T(both), V_I(-1));
    fm_tensor *heads = FM_DO(p, "_heads", V_T(sorted), V_B(false));
    if (n == 0 || heads == NULL) {
        fm_program_return(p, 0, both);
        return;
    }
    fm_tensor *alone = FM_DO(p, "copy", V_T(heads));
    if (n > 1) {
        fm_tensor *before = fm_sort_slice(p, alone, 0, 0, n - 1);
        fm_tensor *next = fm_sort_slice(p, heads, 0, 1, n - 1);
        fm_tensor *own = fm_sort_slice(p, heads, 0, 0, n - 1);
        if (before != NULL) FM_DO_INTO(p, before, "logical_and", V_T(own), V_T(next));
    }
    fm_program_return(p, 0, FM_DO(p, "_compact", V_T(sorted), V_T(alone)));
}

static fm_tensor *as_int64(fm_program *p, const fm_tensor *x) {
    if (x->layout->dtype == FM_INT64) return (fm_tensor *)(uintptr_t)x;
    return FM_DO(p, "astype", V_T(x), V_D(FM_INT64));
}

/* By a table with an element for each number between the least and the largest of the set, and one
   on either side for all others: no more than six times as many as there are elements altogether.
   NULL where they are. */
static fm_tensor *by_table(fm_program *p, const fm_tensor *x, const fm_tensor *set) {
    const fm_dtype dtype = set->layout->dtype;
    if (!is_whole(x->layout->dtype) || !is_whole(dtype) || dtype == FM_UINT64 ||
        x->layout->dtype == FM_UINT64 || set->layout->size == 0)
        return NULL;
    const int64_t least = fm_program_int(p, FM_DO(p, "min", V_T(set)));
    const int64_t most = fm_program_int(p, FM_DO(p, "max", V_T(set)));
    const uint64_t range = (uint64_t)most - (uint64_t)least;
    if (p->status != FM_OK || range > 6 * (uint64_t)(x->layout->size + set->layout->size) ||
        least == INT64_MIN || most == INT64_MAX)
        return NULL;
    const int64_t length = (int64_t)range + 3, base = least - 1;
    fm_tensor *table = FM_DO(p, "zeros", V_INTS(&length, 1), V_D(FM_BOOL));
    fm_tensor *wide = FM_DO(p, "subtract", V_T(as_int64(p, set)), V_I(base));
    fm_tensor *yes = FM_DO(p, "full", V_INTS(NULL, 0), V_B(true), V_D(FM_BOOL));
    if (yes == NULL) return NULL;
    FM_DO(p, "_scatter", V_T(table), V_T(wide), V_T(yes), V_I(0), V_I(-1), V_I(FM_PLACE_SURE));
    fm_tensor *place = FM_DO(p, "clip", V_T(as_int64(p, x)), V_I(base), V_I(most + 1));
    if (place != NULL) FM_DO_INTO(p, place, "subtract", V_T(place), V_I(base));
    return fm_sort_take(p, table, place, 0);
}

/* By a search among the sorted elements of the set. */
static fm_tensor *by_search(fm_program *p, const fm_tensor *x, const fm_tensor *set) {
    if (set->layout->size == 0)
        return FM_DO(p, "zeros", V_INTS(fm_layout_shape(x->layout), x->layout->ndim), V_D(FM_BOOL));
    fm_tensor *sorted = FM_DO(p, "sort", V_T(fm_sort_flat(p, set)), V_I(-1));
    fm_tensor *place = FM_DO(p, "searchsorted", V_T(sorted), V_T(x), V_S("left"));
    fm_tensor *near =
        FM_DO(p, "_gather", V_T(sorted), V_T(place), V_I(0), V_I(1), V_I(FM_PLACE_CLIP));
    return FM_DO(p, "equal", V_T(near), V_T(x));
}

static fm_tensor *is_in(fm_program *p, const fm_tensor *x, const fm_tensor *set, bool invert) {
    if (p->status != FM_OK) return NULL;
    fm_tensor *found = by_table(p, x, set);
    if (found == NULL) found = by_search(p, x, set);
    return invert ? FM_DO(p, "logical_not", V_T(found)) : found;
}

static void run_setdiff(fm_program *p, const fm_tensor *a, const fm_tensor *b) {
    fm_tensor *x = assumes_unique(p) ? fm_sort_flat(p, a) : unique(p, a);
    fm_tensor *others = is_in(p, x, b, true);
    fm_program_return(p, 0, FM_DO(p, "_compact", V_T(x), V_T(others)));
}

fm_status fm_run_pair(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, P_1), *b = fm_program_tensor(p, P_2);
    if (p->status != FM_OK) return p->status;
    const bool option = p->row->nparams > P_OPTION && p->values[P_OPTION].as.i != 0;
    if (fm_pair_of_few(p, a, b, assumes_unique(p), option)) return p->status;
    switch (p->row->op) {
    case FM_PAIR_union:
        run_union(p, a, b);
        break;
    case FM_PAIR_intersect:
        run_intersect(p, a, b);
        break;
    case FM_PAIR_setdiff:
        run_setdiff(p, a, b);
        break;
    case FM_PAIR_setxor:
        run_setxor(p, a, b);
        break;
    case FM_PAIR_in1d:
        a = fm_sort_flat(p, a);
        /* fall through */
    default:
        fm_program_return(p, 0, is_in(p, a, b, p->values[P_OPTION].as.i != 0));
    }
    return p->status;
}
