/* Sets of a few integers, worked out on the host: their values are read in any case, and a handful
   of kernels takes longer than the work. */
#include "ops/sort.h"

typedef struct entry {
    int64_t value, place;
} entry;

/* Entries in ascending order; equal ones in that of their places. */
typedef struct line {
    int64_t n;
    entry of[FM_FEW];
} line;

static bool is_counting(fm_dtype dtype) {
    const char kind = fm_dtype_kind(dtype);
    return kind == 'b' || kind == 'i' || (kind == 'u' && dtype != FM_UINT64);
}

static bool are_few(const fm_tensor *a, const fm_tensor *b) {
    const int64_t others = b ? b->layout->size : 0;
    return is_counting(a->layout->dtype) && (!b || is_counting(b->layout->dtype)) &&
           a->layout->size <= FM_FEW && others <= FM_FEW - a->layout->size;
}

static void append(line *to, int64_t value, int64_t place) {
    to->of[to->n++] = (entry){value, place};
}

static void sort_line(line *l) {
    for (int64_t i = 1; i < l->n; i++) {
        const entry moved = l->of[i];
        int64_t at = i;
        for (; at > 0 && l->of[at - 1].value > moved.value; at--) l->of[at] = l->of[at - 1];
        l->of[at] = moved;
    }
}

static bool is_head(const line *l, int64_t i) {
    return i == 0 || l->of[i].value != l->of[i - 1].value;
}

static void keep_heads(line *l) {
    int64_t n = 0;
    for (int64_t i = 0; i < l->n; i++)
        if (n == 0 || l->of[i].value != l->of[n - 1].value) l->of[n++] = l->of[i];
    l->n = n;
}

/* The elements as they are, or the distinct ones in order with their first places. */
static void read_line(fm_program *p, const fm_tensor *x, bool as_it_is, line *out) {
    int64_t values[FM_FEW];
    out->n = 0;
    if (x->layout->dtype != FM_INT64) x = FM_DO(p, "astype", V_T(x), V_D(FM_INT64));
    if (p->status != FM_OK) return;
    fm_program_read(p, x, values);
    if (p->status != FM_OK) return;
    for (int64_t i = 0; i < x->layout->size; i++) append(out, values[i], i);
    if (as_it_is) return;
    sort_line(out);
    keep_heads(out);
}

static const fm_tensor *values_of(fm_program *p, const line *l, fm_dtype dtype) {
    int64_t values[FM_FEW];
    for (int64_t i = 0; i < l->n; i++) values[i] = l->of[i].value;
    const fm_tensor *x = fm_program_from(p, FM_INT64, 1, &l->n, values);
    return dtype == FM_INT64 ? x : FM_DO(p, "astype", V_T(x), V_D(dtype));
}

static const fm_tensor *places_of(fm_program *p, const line *l) {
    int64_t places[FM_FEW];
    for (int64_t i = 0; i < l->n; i++) places[i] = l->of[i].place;
    return fm_program_from(p, FM_INT64, 1, &l->n, places);
}

/* The number of its distinct element for each place. */
static const fm_tensor *inverse_of(fm_program *p, const line *l, const fm_tensor *x) {
    int64_t inverse[FM_FEW], head = -1;
    for (int64_t i = 0; i < l->n; i++) {
        head += is_head(l, i);
        inverse[l->of[i].place] = head;
    }
    return fm_program_from(p, FM_INT64, x->layout->ndim, fm_layout_shape(x->layout), inverse);
}

static const fm_tensor *counts_of(fm_program *p, const line *l) {
    int64_t counts[FM_FEW], n = 0;
    for (int64_t i = 0; i < l->n; i++) {
        if (is_head(l, i)) counts[n++] = 0;
        counts[n - 1]++;
    }
    return fm_program_from(p, FM_INT64, 1, &n, counts);
}

int fm_unique_of_few(fm_program *p, const fm_tensor *x, bool index, bool inverse, bool counts,
                     const fm_tensor **parts) {
    line all;
    int n = 1;
    if (!are_few(x, NULL)) return 0;
    read_line(p, x, true, &all);
    sort_line(&all);
    line heads = all;
    keep_heads(&heads);
    parts[0] = values_of(p, &heads, x->layout->dtype);
    if (index) parts[n++] = places_of(p, &heads);
    if (inverse) parts[n++] = inverse_of(p, &all, x);
    if (counts) parts[n++] = counts_of(p, &all);
    return n;
}

/* Both lines one behind the other, with places that go on, in order. */
static line joined(const line *a, const line *b) {
    line both = {.n = 0};
    for (int64_t i = 0; i < a->n; i++) append(&both, a->of[i].value, i);
    for (int64_t i = 0; i < b->n; i++) append(&both, b->of[i].value, a->n + i);
    sort_line(&both);
    return both;
}

static bool contains(const line *l, int64_t value) {
    for (int64_t i = 0; i < l->n; i++)
        if (l->of[i].value == value) return true;
    return false;
}

/* What is in both sets. Of distinct elements two equal neighbours are one of each set; places are
   asked of those alone. */
static void intersect(fm_program *p, const line *a, const line *b, fm_dtype dtype, bool indices) {
    const line both = joined(a, b);
    line in_a = {.n = 0}, in_b = {.n = 0};
    for (int64_t i = 0; i + 1 < both.n; i++) {
        const entry x = both.of[i], y = both.of[i + 1];
        if (x.value != y.value) continue;
        append(&in_a, x.value, x.place < a->n ? a->of[x.place].place : 0);
        append(&in_b, y.value, y.place >= a->n ? b->of[y.place - a->n].place : 0);
    }
    fm_value answer[3] = {V_T(values_of(p, &in_a, dtype))};
    if (indices) {
        answer[1] = V_T(places_of(p, &in_a));
        answer[2] = V_T(places_of(p, &in_b));
    }
    if (p->status == FM_OK) fm_program_reply(p, indices ? V_TUPLE(answer, 3) : answer[0]);
}

static line in_one(const line *a, const line *b) {
    const line both = joined(a, b);
    line out = {.n = 0};
    for (int64_t i = 0; i < both.n; i++)
        if (is_head(&both, i) && (i + 1 == both.n || is_head(&both, i + 1)))
            append(&out, both.of[i].value, i);
    return out;
}

static line without(const line *a, const line *b) {
    line out = {.n = 0};
    for (int64_t i = 0; i < a->n; i++)
        if (!contains(b, a->of[i].value)) append(&out, a->of[i].value, i);
    return out;
}

static const fm_tensor *is_in(fm_program *p, const fm_tensor *x, const line *a, const line *b,
                              bool invert) {
    uint8_t found[FM_FEW];
    const bool flat = p->row->op == FM_PAIR_in1d;
    for (int64_t i = 0; i < a->n; i++) found[i] = contains(b, a->of[i].value) != invert;
    return fm_program_from(p, FM_BOOL, flat ? 1 : x->layout->ndim,
                           flat ? &a->n : fm_layout_shape(x->layout), found);
}

bool fm_pair_of_few(fm_program *p, const fm_tensor *a, const fm_tensor *b, bool assume_unique,
                    bool option) {
    const fm_pair_id op = (fm_pair_id)p->row->op;
    const bool asks = op == FM_PAIR_isin || op == FM_PAIR_in1d;
    const fm_dtype dtype = fm_promote_types(a->layout->dtype, b->layout->dtype);
    line x, y, out;
    if (!are_few(a, b) || (asks && b->layout->size == 0)) return false;
    /* Places in arrays that repeat elements against their promise are left to the general way. */
    if (op == FM_PAIR_intersect && assume_unique && option) return false;
    read_line(p, a, assume_unique || asks, &x);
    read_line(p, b, assume_unique || asks, &y);
    if (p->status != FM_OK) return true;
    switch (op) {
    case FM_PAIR_intersect:
        intersect(p, &x, &y, dtype, option);
        break;
    case FM_PAIR_union:
        out = joined(&x, &y);
        keep_heads(&out);
        fm_program_return(p, 0, values_of(p, &out, dtype));
        break;
    case FM_PAIR_setdiff:
        out = without(&x, &y);
        fm_program_return(p, 0, values_of(p, &out, a->layout->dtype));
        break;
    case FM_PAIR_setxor:
        out = in_one(&x, &y);
        fm_program_return(p, 0, values_of(p, &out, dtype));
        break;
    default:
        fm_program_return(p, 0, is_in(p, a, &x, &y, option));
    }
    return true;
}
