/* pad: what each mode writes before and behind the array along one axis. */
#include "ops/creation_space.h"
#include "ops/shaping_pad.h"

static int64_t extent_of(const fm_tensor *tensor, int axis) {
    return fm_layout_shape(tensor->layout)[axis];
}

/* Elements as they are now, apart from those that are about to be written. */
static fm_tensor *taken(fm_program *p, const fm_tensor *whole, int axis, int64_t start,
                        int64_t count, int64_t step) {
    return FM_DO(p, "copy", V_T(fm_do_slice(p, whole, axis, start, count, step)));
}

/* Writes a value, broadcast and converted, into count elements of the axis from start on. */
static void put(fm_program *p, const fm_tensor *whole, int axis, int64_t start, int64_t count,
                const fm_tensor *value) {
    fm_tensor *place = fm_do_slice(p, whole, axis, start, count, 1);
    if (!place || place->layout->size == 0) return;
    fm_tensor *wide = FM_DO(p, "broadcast_to", V_T(value),
                            V_INTS(fm_layout_shape(place->layout), place->layout->ndim));
    FM_DO_INTO(p, place, "astype", V_T(wide), V_D(place->layout->dtype));
}

static void put_both(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis,
                     const fm_tensor *front, const fm_tensor *back) {
    put(p, whole, axis, 0, pad->front[axis], front);
    put(p, whole, axis, extent_of(whole, axis) - pad->back[axis], pad->back[axis], back);
}

/* A number as a 0-d tensor of its own dtype. */
static fm_tensor *number(fm_program *p, fm_scalar value) {
    uint8_t flag = value.value.i != 0;
    return fm_program_from(p, value.dtype, 0, NULL,
                           value.dtype == FM_BOOL ? (const void *)&flag : (void *)&value.value);
}

static void pad_constant(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    put_both(p, pad, whole, axis, number(p, pad->values.pair[axis][0]),
             number(p, pad->values.pair[axis][1]));
}

static void pad_edge(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    int64_t last = extent_of(whole, axis) - pad->back[axis] - 1;
    put_both(p, pad, whole, axis, taken(p, whole, axis, pad->front[axis], 1, 1),
             taken(p, whole, axis, last, 1, 1));
}

/* From the end value to the edge, which is left out. */
static fm_tensor *ramp(fm_program *p, const fm_tensor *whole, int axis, int64_t edge, fm_scalar end,
                       int64_t width) {
    fm_tensor *stop = FM_DO(p, "squeeze", V_T(fm_do_slice(p, whole, axis, edge, 1, 1)), V_I(axis));
    const fm_space space = {.start = V_T(number(p, end)),
                            .stop = V_T(stop),
                            .num = width,
                            .axis = axis,
                            .dtype = whole->layout->dtype};
    return p->status == FM_OK ? fm_space_between(p, &space, NULL) : NULL;
}

static void pad_ramp(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    int64_t front = pad->front[axis], back = pad->back[axis], all = extent_of(whole, axis);
    const fm_scalar *ends = pad->values.pair[axis];
    if (front > 0) put(p, whole, axis, 0, front, ramp(p, whole, axis, front, ends[0], front));
    if (back == 0) return;
    fm_tensor *behind = ramp(p, whole, axis, all - back - 1, ends[1], back);
    put(p, whole, axis, all - back, back, FM_DO(p, "flip", V_T(behind), V_I(axis)));
}

/* The mean of the middle ones of the sorted elements. NaN is sorted last and makes the median NaN.
 */
static fm_tensor *median(fm_program *p, const fm_tensor *part, int axis) {
    int64_t n = extent_of(part, axis), middle = (n - 1) / 2;
    fm_tensor *sorted = FM_DO(p, "sort", V_T(part), V_I(axis));
    fm_tensor *pair = fm_do_slice(p, sorted, axis, middle, 2 - n % 2, 1);
    fm_tensor *out = FM_DO(p, "mean", V_T(pair), V_I(axis));
    char kind = fm_dtype_kind(part->layout->dtype);
    if (kind != 'f' && kind != 'c') return out;
    fm_tensor *last =
        FM_DO(p, "squeeze", V_T(fm_do_slice(p, sorted, axis, n - 1, 1, 1)), V_I(axis));
    return FM_DO(p, "where", V_T(FM_DO(p, "isnan", V_T(last))), V_T(last), V_T(out));
}

/* The statistic of part of an axis, rounded where integers are padded. */
static fm_tensor *statistic(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis,
                            int64_t start, int64_t count) {
    fm_tensor *part = fm_do_slice(p, whole, axis, start, count, 1), *out = NULL;
    char kind = fm_dtype_kind(whole->layout->dtype);
    if (pad->mode == FM_PAD_maximum) out = FM_DO(p, "max", V_T(part), V_I(axis));
    if (pad->mode == FM_PAD_minimum) out = FM_DO(p, "min", V_T(part), V_I(axis));
    if (pad->mode == FM_PAD_mean) out = FM_DO(p, "mean", V_T(part), V_I(axis));
    if (pad->mode == FM_PAD_median && part) out = median(p, part, axis);
    if ((kind == 'i' || kind == 'u') && out) out = FM_DO(p, "rint", V_T(out));
    return FM_DO(p, "expand_dims", V_T(out), V_I(axis));
}

static void pad_statistic(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    int64_t inside = pad->shape[axis], first = pad->front[axis];
    int64_t before = inside, behind = inside;
    if (pad->has_lengths && pad->lengths[axis][0] < inside) before = pad->lengths[axis][0];
    if (pad->has_lengths && pad->lengths[axis][1] < inside) behind = pad->lengths[axis][1];
    fm_tensor *front = statistic(p, pad, whole, axis, first, before), *back = front;
    if (before != inside || behind != inside)
        back = statistic(p, pad, whole, axis, first + inside - behind, behind);
    put_both(p, pad, whole, axis, front, back);
}

/* 2 * edge - chunk where the reflection is odd. */
static fm_tensor *mirrored(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis,
                           int64_t edge, fm_tensor *chunk) {
    if (!pad->odd) return chunk;
    fm_tensor *twice = FM_DO(p, "multiply", V_I(2), V_T(fm_do_slice(p, whole, axis, edge, 1, 1)));
    return FM_DO(p, "subtract", V_T(twice), V_T(chunk));
}

/* Reflects again and again, never more than what is filled and never a part of a period. */
static void pad_reflect(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    int64_t front = pad->front[axis], back = pad->back[axis], period = pad->shape[axis];
    const int64_t all = extent_of(whole, axis), with_edge = pad->mode == FM_PAD_symmetric;
    if (period == 1) {
        pad_edge(p, pad, whole, axis);
        return;
    }
    while ((front > 0 || back > 0) && p->status == FM_OK) {
        int64_t filled = all - front - back;
        int64_t most =
            with_edge ? filled / period * period : (filled - 1) / (period - 1) * (period - 1);
        int64_t before = front < most ? front : most, behind = back < most ? back : most;
        int64_t first = front, last = all - back - 1;
        if (before > 0) {
            fm_tensor *chunk = taken(p, whole, axis, first - with_edge + before, before, -1);
            put(p, whole, axis, first - before, before,
                mirrored(p, pad, whole, axis, first, chunk));
            front -= before;
        }
        if (behind > 0) {
            fm_tensor *chunk = taken(p, whole, axis, last - 1 + with_edge, behind, -1);
            put(p, whole, axis, last + 1, behind, mirrored(p, pad, whole, axis, last, chunk));
            back -= behind;
        }
    }
}

static void pad_wrap(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    int64_t front = pad->front[axis], back = pad->back[axis];
    const int64_t all = extent_of(whole, axis), once = pad->shape[axis];
    while ((front > 0 || back > 0) && p->status == FM_OK) {
        int64_t period = (all - front - back) / once * once;
        int64_t before = front < period ? front : period, behind = back < period ? back : period;
        if (before > 0)
            put(p, whole, axis, front - before, before,
                taken(p, whole, axis, front + period - before, before, 1));
        if (behind > 0)
            put(p, whole, axis, all - back, behind,
                taken(p, whole, axis, all - back - period, behind, 1));
        front -= before;
        back -= behind;
    }
}

void fm_pad_axis(fm_program *p, const fm_pad *pad, const fm_tensor *whole, int axis) {
    bool filled = pad->mode == FM_PAD_constant;
    if (p->status != FM_OK || pad->mode == FM_PAD_empty || pad->mode == FM_PAD_function) return;
    if (!filled && whole->layout->size == 0) return;
    switch (pad->mode) {
    case FM_PAD_constant:
        pad_constant(p, pad, whole, axis);
        return;
    case FM_PAD_edge:
        pad_edge(p, pad, whole, axis);
        return;
    case FM_PAD_linear_ramp:
        pad_ramp(p, pad, whole, axis);
        return;
    case FM_PAD_reflect:
    case FM_PAD_symmetric:
        pad_reflect(p, pad, whole, axis);
        return;
    case FM_PAD_wrap:
        pad_wrap(p, pad, whole, axis);
        return;
    default:
        pad_statistic(p, pad, whole, axis);
        return;
    }
}
