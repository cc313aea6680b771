/* trim_zeros: the part of an array that lies between its first and last elements that are not 0. */
#include "ops/index.h"

#include <ctype.h>
#include <string.h>

static bool reads_front_back(fm_program *p, bool *front, bool *back) {
    const char *trim = p->values[1].as.string;
    char low[3] = {0};
    for (int i = 0; i < 2 && trim[i]; i++) low[i] = (char)tolower((unsigned char)trim[i]);
    bool known = strlen(trim) < 3 && (!strcmp(low, "fb") || !strcmp(low, "bf") ||
                                      !strcmp(low, "f") || !strcmp(low, "b"));
    *front = strchr(low, 'f') != NULL;
    *back = strchr(low, 'b') != NULL;
    if (!known)
        fm_program_fail(p, FM_ERR_ARGUMENT, 2, "'%.20s' is not made of the letters f and b", trim);
    return known;
}

/* Axes to trim; all where none is given. */
static bool read_axes(fm_program *p, int ndim, fm_axis_set *axes) {
    fm_bound bound = {p->row, p->values, 0, NULL};
    p->status = fm_arg_axes(&bound, 2, ndim, axes, p->error);
    return p->status == FM_OK;
}

/* The first and the place after the last element of an axis behind which something is not 0. */
static void bounds_of(fm_program *p, const fm_tensor *mask, int axis, int64_t *start,
                      int64_t *stop) {
    int64_t others[FM_MAX_NDIM];
    int n = 0, ndim = mask->layout->ndim;
    for (int d = 0; d < ndim; d++)
        if (d != axis) others[n++] = d;
    const fm_tensor *line = mask;
    if (n > 0) line = FM_DO(p, "any", V_T(mask), V_INTS(others, n));
    fm_tensor *places = line ? fm_index_nonzero(p, line) : NULL;
    *start = *stop = 0;
    if (p->status != FM_OK || places->layout->size == 0) return;
    int64_t none[1];
    fm_tensor *first = FM_DO(p, "_slice", V_T(places), V_I(0), V_I(0), V_I(1));
    fm_tensor *last =
        FM_DO(p, "_slice", V_T(places), V_I(0), V_I(places->layout->size - 1), V_I(1));
    *start = fm_program_int(p, FM_DO(p, "reshape", V_T(first), V_INTS(none, 0)));
    *stop = fm_program_int(p, FM_DO(p, "reshape", V_T(last), V_INTS(none, 0))) + 1;
}

/* The same for all axes of a mask of at most FM_FEW elements, which is read. */
static void bounds_of_few(fm_program *p, const fm_tensor *mask, int64_t *start, int64_t *stop) {
    const int64_t *shape = fm_layout_shape(mask->layout);
    int64_t step = mask->layout->size;
    uint8_t flags[FM_FEW] = {0};
    fm_program_read(p, mask, flags);
    for (int d = 0; d < mask->layout->ndim; d++) {
        if (shape[d] > 0) step /= shape[d];
        start[d] = stop[d] = 0;
        for (int64_t i = 0; i < mask->layout->size; i++) {
            const int64_t place = flags[i] ? i / step % shape[d] : -1;
            if (place >= 0 && (stop[d] == 0 || place < start[d])) start[d] = place;
            if (place >= stop[d]) stop[d] = place + 1;
        }
    }
}

/* What is left along each axis. Where all is 0 nothing is, whatever end is to be trimmed. */
static bool find_rest(fm_program *p, const fm_tensor *a, int64_t *start, int64_t *stop) {
    bool front, back;
    fm_axis_set axes;
    int ndim = a->layout->ndim;
    const int64_t *shape = fm_layout_shape(a->layout);
    if (!reads_front_back(p, &front, &back) || !read_axes(p, ndim, &axes)) return false;
    int64_t low[FM_MAX_NDIM], high[FM_MAX_NDIM];
    const fm_tensor *mask = FM_DO(p, "astype", V_T(a), V_D(FM_BOOL));
    const bool few = mask && a->layout->size <= FM_FEW;
    if (few) bounds_of_few(p, mask, low, high);
    for (int d = 0; d < ndim && p->status == FM_OK; d++) {
        start[d] = 0;
        stop[d] = shape[d];
        if (!(axes >> d & 1)) continue;
        int64_t from, to;
        if (few) {
            from = low[d];
            to = high[d];
        } else {
            bounds_of(p, mask, d, &from, &to);
        }
        if (front || to == 0) start[d] = from;
        if (back || to == 0) stop[d] = to;
    }
    return p->status == FM_OK;
}

/* A list of numbers, of one dimension, gives a list. */
static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE ||
           value->kind == FM_VALUE_INTS;
}

/* What it costs is what it leaves out. */
fm_status fm_probe_trim_zeros(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    int64_t start[FM_MAX_NDIM], stop[FM_MAX_NDIM], left = 1;
    if (p->status != FM_OK) return p->status;
    if (is_list(&p->values[0]) && a->layout->ndim > 1)
        return fm_program_raise(p, FM_ERR_ARGUMENT, "TypeError", 1,
                                "a list has %d dimensions, but only arrays have more than one",
                                a->layout->ndim);
    if (!find_rest(p, a, start, stop)) return p->status;
    for (int d = 0; d < a->layout->ndim; d++) left *= stop[d] - start[d];
    probed[0] = a->layout->size - left;
    return FM_OK;
}

fm_status fm_infer_trim_zeros(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    const fm_layout *a = fm_value_layout(&bound->values[0]);
    r->compute = a ? a->dtype : FM_FLOAT64;
    return FM_OK;
}

fm_status fm_run_trim_zeros(fm_program *p) {
    const fm_value *given = &p->values[0];
    const fm_tensor *a = fm_program_tensor(p, 0);
    int64_t start[FM_MAX_NDIM], stop[FM_MAX_NDIM];
    if (p->status != FM_OK || !find_rest(p, a, start, stop)) return p->status;
    int ndim = a->layout->ndim;
    if (given->kind == FM_VALUE_LIST || given->kind == FM_VALUE_TUPLE) {
        fm_value rest = *given;
        rest.as.items += start[0];
        rest.count = (uint32_t)(stop[0] - start[0]);
        fm_program_reply(p, rest);
    } else if (given->kind == FM_VALUE_INTS) {
        fm_program_reply(p, V_INTS(given->as.ints + start[0], stop[0] - start[0]));
    } else {
        fm_tensor *rest = ndim == 0
                              ? FM_DO(p, "reshape", V_T(a), V_INTS(start, 0))
                              : FM_DO(p, "slice", V_T(a), V_INTS(start, ndim), V_INTS(stop, ndim));
        if (p->status == FM_OK) fm_program_reply(p, V_T(rest));
    }
    return p->status;
}
