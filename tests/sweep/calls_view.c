/* Calls of the rows that look at their operand in another way, and which element must lie where. */
#include "call.h"

#include <string.h>

/* How a view is asked for: the coordinates in the operand of element `at` of the view. */
typedef struct view {
    int ndim;
    int64_t shape[SW_NDIM];
    int axis[SW_NDIM];     /* operand axis that each of its axes steps along; -1: a new one */
    int64_t from[SW_NDIM]; /* first coordinate along each operand axis */
    int64_t step[SW_NDIM]; /* along each axis of the view */
    bool same_order;       /* reshape, ravel: element i is element i */
} view;

static view identity(const sw_array *a) {
    view v = {.ndim = a->ndim};
    for (int d = 0; d < a->ndim; d++) {
        v.shape[d] = a->shape[d];
        v.axis[d] = d;
        v.step[d] = 1;
    }
    return v;
}

static void finish(sw_call *call, const view *v) {
    const sw_array *a = &call->input[0];
    sw_result *r = sw_add_result(call, 0, call->dtype, v->ndim, v->shape);
    for (int64_t i = 0; i < r->like.size; i++) {
        int64_t at[SW_NDIM], in[SW_NDIM];
        sw_coordinates(&r->like, i, at);
        for (int d = 0; d < a->ndim; d++) in[d] = v->from[d];
        for (int d = 0; d < v->ndim; d++)
            if (v->axis[d] >= 0) in[v->axis[d]] += at[d] * v->step[d];
        r->want[i] = sw_get(a, v->same_order ? i : sw_element(a, in));
    }
}

static void permute(const sw_array *a, view *v, const int *order) {
    for (int d = 0; d < a->ndim; d++) {
        v->shape[d] = a->shape[order[d]];
        v->axis[d] = order[d];
    }
}

/* Reversed axes, or given: the last axis first. */
static bool make_transpose(sw_call *call, const sw_array *a, view *v) {
    int order[SW_NDIM];
    int64_t given[SW_NDIM];
    for (int d = 0; d < a->ndim; d++) {
        order[d] = call->option == 0 ? a->ndim - 1 - d : (d + a->ndim - 1) % a->ndim;
        given[d] = order[d];
    }
    if (call->option > 0) sw_pass_ints(call, a->ndim, given);
    permute(a, v, order);
    return call->option < 2;
}

static bool make_swapaxes(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim == 0 || call->option > 0) return false;
    int order[SW_NDIM];
    for (int d = 0; d < a->ndim; d++) order[d] = d;
    order[0] = a->ndim - 1;
    order[a->ndim - 1] = 0;
    sw_pass_int(call, 0);
    sw_pass_int(call, -1);
    permute(a, v, order);
    return true;
}

/* The first axis to the end. */
/* The last two axes exchanged. */
static bool make_matrix_transpose(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim < 2 || call->option > 0) return false;
    for (int d = a->ndim - 2; d < a->ndim; d++) {
        v->axis[d] = 2 * a->ndim - 3 - d;
        v->shape[d] = a->shape[v->axis[d]];
    }
    return true;
}

/* The last axis goes to the front. */
static bool make_rollaxis(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim < 1 || call->option > 0) return false;
    sw_pass_int(call, -1);
    for (int d = 0; d < a->ndim; d++) {
        v->axis[d] = d == 0 ? a->ndim - 1 : d - 1;
        v->shape[d] = a->shape[v->axis[d]];
    }
    return true;
}

static bool make_moveaxis(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim == 0 || call->option > 0) return false;
    int order[SW_NDIM];
    for (int d = 0; d < a->ndim; d++) order[d] = (d + 1) % a->ndim;
    sw_pass_ints(call, 1, (int64_t[]){0});
    sw_pass_ints(call, 1, (int64_t[]){-1});
    permute(a, v, order);
    return true;
}

/* To (size), with -1, and to (1, size, 1). */
static bool make_reshape(sw_call *call, const sw_array *a, view *v) {
    v->same_order = true;
    v->ndim = call->option == 2 ? 3 : 1;
    v->shape[0] = v->shape[2] = 1;
    v->shape[call->option == 2 ? 1 : 0] = a->size;
    int64_t asked[] = {v->shape[0], v->shape[1], v->shape[2]};
    if (call->option == 1) asked[0] = -1;
    if (call->option == 1 && a->size == 0) return false; /* anything would fit */
    sw_pass_ints(call, v->ndim, asked);
    return true;
}

static bool make_ravel(sw_call *call, const sw_array *a, view *v) {
    v->same_order = true;
    v->ndim = 1;
    v->shape[0] = a->size;
    return call->option == 0;
}

/* A new first axis, or a new last one. */
static bool make_expand_dims(sw_call *call, const sw_array *a, view *v) {
    int at = call->option == 0 ? 0 : a->ndim;
    v->ndim = a->ndim + 1;
    for (int d = 0, from = 0; d < v->ndim; d++) {
        v->axis[d] = d == at ? -1 : from;
        v->shape[d] = d == at ? 1 : a->shape[from];
        v->step[d] = 1;
        from += d != at;
    }
    sw_pass_ints(call, 1, (int64_t[]){call->option == 0 ? 0 : -1});
    return call->option < 2;
}

/* The operand of extent 1 is made here: all its axes but the first. */
static bool make_squeeze(sw_call *call, const sw_array *a, view *v) {
    v->ndim = 0;
    for (int d = 0; d < a->ndim; d++) {
        if (a->shape[d] == 1) continue;
        v->shape[v->ndim] = a->shape[d];
        v->axis[v->ndim++] = d;
    }
    if (call->option == 1) {
        if (a->ndim == 0 || a->shape[0] != 1) return false;
        sw_pass_ints(call, 1, (int64_t[]){0});
    }
    return call->option < 2;
}

static bool make_broadcast_to(sw_call *call, const sw_array *a, view *v) {
    if (call->option > 0 || a->ndim == SW_NDIM) return false;
    v->ndim = a->ndim + 1;
    v->shape[0] = 2;
    v->axis[0] = -1;
    for (int d = 0; d < a->ndim; d++) {
        v->shape[d + 1] = a->shape[d] == 1 ? 3 : a->shape[d];
        v->axis[d + 1] = a->shape[d] == 1 ? -1 : d;
        v->step[d + 1] = 1;
    }
    sw_pass_ints(call, v->ndim, v->shape);
    return true;
}

static bool make_flip(sw_call *call, const sw_array *a, view *v) {
    if (call->option == 1 && a->ndim == 0) return false;
    for (int d = 0; d < a->ndim; d++) {
        if (call->option == 1 && d != a->ndim - 1) continue;
        v->from[d] = a->shape[d] - 1;
        v->step[d] = -1;
    }
    if (call->option == 1) sw_pass_ints(call, 1, (int64_t[]){-1});
    return call->option < 2;
}

/* One axis from its end to its start. */
static bool turned(sw_call *call, const sw_array *a, view *v, int axis) {
    if (a->ndim < 2 || call->option > 0) return false;
    v->from[axis] = a->shape[axis] - 1;
    v->step[axis] = -1;
    return true;
}

static bool make_fliplr(sw_call *call, const sw_array *a, view *v) {
    return turned(call, a, v, 1);
}

static bool make_flipud(sw_call *call, const sw_array *a, view *v) {
    return turned(call, a, v, 0);
}

/* Out (i, j) is in (j, columns - 1 - i). */
static bool make_rot90(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim < 2 || call->option > 0) return false;
    v->axis[0] = 1;
    v->axis[1] = 0;
    v->shape[0] = a->shape[1];
    v->shape[1] = a->shape[0];
    v->from[1] = a->shape[1] - 1;
    v->step[0] = -1;
    return true;
}

/* Of the first two axes, the main diagonal and the one beside it. */
static bool make_diagonal(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim < 2 || call->option > 1) return false;
    int64_t columns = a->shape[1] - call->option;
    v->ndim = a->ndim - 1;
    for (int d = 2; d < a->ndim; d++) {
        v->shape[d - 2] = a->shape[d];
        v->axis[d - 2] = d;
    }
    if (columns < 0) return false;
    v->shape[v->ndim - 1] = a->shape[0] < columns ? a->shape[0] : columns;
    v->axis[v->ndim - 1] = -1;
    v->from[1] = call->option;
    if (call->option) sw_pass_int(call, call->option);
    return true;
}

/* 1:-1 of the first axis; every second backwards; nothing. */
static bool make_slice(sw_call *call, const sw_array *a, view *v) {
    if (a->ndim == 0) return false;
    int64_t n = a->shape[0];
    static const int64_t start[] = {1, -1, 2}, stop[] = {-1, -100000, 2}, step[] = {1, -2, 1};
    sw_pass_ints(call, 1, &start[call->option]);
    sw_pass_ints(call, 1, &stop[call->option]);
    if (call->option == 1) sw_pass_ints(call, 1, &step[1]);
    v->step[0] = step[call->option];
    v->from[0] = call->option == 1 ? n - 1 : 1;
    v->shape[0] = call->option == 0 ? (n > 2 ? n - 2 : 0) : call->option == 1 ? (n + 1) / 2 : 0;
    return true;
}

static const struct {
    const char *name;
    bool (*make)(sw_call *, const sw_array *, view *);
} makers[] = {
    {"transpose", make_transpose},
    {"swapaxes", make_swapaxes},
    {"permute_dims", make_transpose},
    {"matrix_transpose", make_matrix_transpose},
    {"linalg.matrix_transpose", make_matrix_transpose},
    {"rollaxis", make_rollaxis},
    {"moveaxis", make_moveaxis},
    {"reshape", make_reshape},
    {"ravel", make_ravel},
    {"expand_dims", make_expand_dims},
    {"squeeze", make_squeeze},
    {"broadcast_to", make_broadcast_to},
    {"flip", make_flip},
    {"fliplr", make_fliplr},
    {"flipud", make_flipud},
    {"rot90", make_rot90},
    {"diagonal", make_diagonal},
    {"slice", make_slice},
};

/* A diagonal's last axis steps along both of the operand's first two. */
static void finish_diagonal(sw_call *call, const view *v) {
    const sw_array *a = &call->input[0];
    sw_result *r = sw_add_result(call, 0, call->dtype, v->ndim, v->shape);
    for (int64_t i = 0; i < r->like.size; i++) {
        int64_t at[SW_NDIM], in[SW_NDIM];
        sw_coordinates(&r->like, i, at);
        in[0] = at[v->ndim - 1];
        in[1] = in[0] + v->from[1];
        for (int d = 2; d < a->ndim; d++) in[d] = at[d - 2];
        r->want[i] = sw_get(a, sw_element(a, in));
    }
}

bool sw_make_view(sw_call *call) {
    const sw_variant *variant = &sw_variants[call->variant];
    if (call->variant == SW_BROADCAST) return false;
    sw_array *a = sw_add_input(call, call->dtype, variant->ndim, variant->shape, SW_MOVED);
    sw_pass_input(call, 0);
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        if (strcmp(makers[i].name, call->row->name) != 0) continue;
        view v = identity(a);
        if (!makers[i].make(call, a, &v)) return false;
        if (makers[i].make == make_diagonal)
            finish_diagonal(call, &v);
        else
            finish(call, &v);
        return true;
    }
    return false; /* a row that is not known here: rows without calls are reported */
}
