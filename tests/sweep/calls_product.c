/* Calls of the rows that multiply and sum, with sums over labels in long double. */
#include "call.h"

#include <math.h>
#include <string.h>

enum { LABELS = 4 };
static const char labels[] = "mnkb"; /* 1: an axis of extent 1 */

typedef struct product {
    const char *row;
    const char *a, *b, *out; /* b NULL: one operand */
    int axes;                /* tensordot: their number; -1: the list below */
    int64_t list[4];
} product;

static const product products[] = {
    {"matmul", "mk", "kn", "mn", 0, {0}},
    {"matmul", "k", "kn", "n", 0, {0}},
    {"matmul", "mk", "k", "m", 0, {0}},
    {"matmul", "k", "k", "", 0, {0}},
    {"matmul", "bmk", "kn", "bmn", 0, {0}},
    {"matmul", "bmk", "bkn", "bmn", 0, {0}},
    {"matmul", "1mk", "bkn", "bmn", 0, {0}},
    {"dot", "mk", "kn", "mn", 0, {0}},
    {"dot", "k", "k", "", 0, {0}},
    {"dot", "", "mk", "mk", 0, {0}},
    {"dot", "mk", "bkn", "mbn", 0, {0}},
    {"inner", "mk", "nk", "mn", 0, {0}},
    {"inner", "k", "k", "", 0, {0}},
    {"inner", "mk", "", "mk", 0, {0}},
    {"outer", "m", "n", "mn", 0, {0}},
    {"outer", "mk", "n", "mkn", 0, {0}},
    {"outer", "", "n", "n", 0, {0}},
    {"vecdot", "mk", "mk", "m", 0, {0}},
    {"vecdot", "k", "mk", "m", 0, {0}},
    {"vecdot", "bk", "bk", "b", 0, {0}},
    {"tensordot", "mkb", "kbn", "mn", 2, {0}},
    {"tensordot", "mk", "kn", "mn", 1, {0}},
    {"tensordot", "m", "n", "mn", 0, {0}},
    {"tensordot", "kbm", "nbk", "mn", -1, {0, 1, 2, 1}},
    {"einsum", "mk", "kn", "mn", 0, {0}},
    {"einsum", "km", "nk", "nm", 0, {0}},
    {"einsum", "bmk", "bkn", "bmn", 0, {0}},
    {"einsum", "mm", NULL, "m", 0, {0}},
    {"einsum", "mk", NULL, "", 0, {0}},
    {"einsum", "mk", NULL, "km", 0, {0}},
    {"einsum", "m", "m", "m", 0, {0}},
    {"einsum", "mk", "n", "kn", 0, {0}},
};

static const product *find(const sw_call *call) {
    int left = call->option;
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
        if (!strcmp(products[i].row, call->row->name) && left-- == 0) return &products[i];
    return NULL;
}

static int64_t extent_of(sw_variant_id variant, char label) {
    if (label == '1' || variant == SW_ONE) return 1;
    static const int64_t small[LABELS] = {5, 7, 9, 3}, large[LABELS] = {70, 90, 110, 2};
    int at = (int)(strchr(labels, label) - labels);
    if (variant == SW_EMPTY && label == 'k') return 0;
    return variant == SW_LARGE ? large[at] : small[at];
}

static int shape_of(const sw_call *call, const char *of, int64_t *shape) {
    int ndim = 0;
    for (; *of; of++) shape[ndim++] = extent_of(call->variant, *of);
    return ndim;
}

static int64_t element_at(const sw_array *a, const char *of, const int64_t *value) {
    int64_t at[SW_NDIM];
    for (int d = 0; d < a->ndim; d++)
        at[d] = of[d] == '1' ? 0 : value[strchr(labels, of[d]) - labels];
    return sw_element(a, at);
}

static sw_value times(sw_value a, sw_value b) {
    return (sw_value){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* Adds the term of one setting of the labels to its element of the result. */
static void add_term(const sw_call *call, const product *p, const sw_array *shaped, sw_result *r,
                     const int64_t *value) {
    sw_value x = sw_get(&call->input[0], element_at(&call->input[0], p->a, value));
    if (!strcmp(p->row, "vecdot")) x.im = -x.im;
    if (p->b) x = times(x, sw_get(&call->input[1], element_at(&call->input[1], p->b, value)));
    int64_t o = element_at(shaped, p->out, value);
    r->want[o].re += x.re;
    r->want[o].im += x.im;
    if (sw_is_float(call->dtype)) sw_result_scale(r, o, r->in[o] + hypotl(x.re, x.im));
}

/* The labels that appear, each over its extent. */
static void sum_all(const sw_call *call, const product *p, const sw_array *shaped, sw_result *r) {
    int64_t extent[LABELS], value[LABELS];
    for (int i = 0; i < LABELS; i++) {
        bool used = strchr(p->a, labels[i]) || (p->b && strchr(p->b, labels[i]));
        extent[i] = used ? extent_of(call->variant, labels[i]) : 1;
    }
    for (value[0] = 0; value[0] < extent[0]; value[0]++)
        for (value[1] = 0; value[1] < extent[1]; value[1]++)
            for (value[2] = 0; value[2] < extent[2]; value[2]++)
                for (value[3] = 0; value[3] < extent[3]; value[3]++)
                    add_term(call, p, shaped, r, value);
}

static void pass_all(sw_call *call, const product *p, char *subscripts) {
    bool is_einsum = !strcmp(p->row, "einsum");
    if (is_einsum) {
        (void)strcat(strcpy(subscripts, p->a), p->b ? "," : "");
        (void)strcat(strcat(strcat(subscripts, p->b ? p->b : ""), "->"), p->out);
        sw_pass_string(call, subscripts);
        sw_pass_inputs(call, 0, call->ninputs);
        return;
    }
    for (int i = 0; i < call->ninputs; i++) sw_pass_input(call, i);
    if (strcmp(p->row, "tensordot") != 0) return;
    if (p->axes >= 0)
        sw_pass_int(call, p->axes);
    else
        sw_pass_ints(call, 4, p->list);
}

bool sw_make_contract(sw_call *call) {
    static char subscripts[32]; /* outlives the call, whose text it is; calls are made one by one */
    const product *p = find(call);
    if (!p || call->variant == SW_BROADCAST || call->variant == SW_0D) return false;
    int64_t shape[SW_NDIM];
    int ndim = shape_of(call, p->a, shape);
    (void)sw_add_input(call, call->dtype, ndim, shape, SW_TAME);
    if (p->b) {
        ndim = shape_of(call, p->b, shape);
        (void)sw_add_input(call, call->dtype, ndim, shape, SW_TAME);
    }
    pass_all(call, p, subscripts);
    ndim = shape_of(call, p->out, shape);
    sw_array shaped = {.dtype = call->dtype, .ndim = ndim};
    memcpy(shaped.shape, shape, sizeof shape);
    if (!strcmp(p->row, "outer")) { /* both operands are flattened */
        shape[0] = call->input[0].size;
        shape[1] = call->input[1].size;
        ndim = 2;
    }
    sw_result *r = sw_add_result(call, 0, call->dtype, ndim, shape);
    if (sw_is_float(call->dtype) && r->like.size > 0) sw_result_scale(r, 0, 0);
    sum_all(call, p, &shaped, r);
    return true;
}
