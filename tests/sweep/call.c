/* Making calls: variants, options, and the pieces that the makers of the families share. */
#include "call.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const sw_variant sw_variants[SW_VARIANTS] = {
    [SW_0D] = {"0d", 0, {0}, SW_DENSE},
    [SW_EMPTY] = {"empty", 2, {3, 0}, SW_DENSE},
    [SW_ONE] = {"one", 1, {1}, SW_DENSE},
    [SW_ODD] = {"odd", 2, {3, 37}, SW_DENSE},
    [SW_BROADCAST] = {"broadcast", 2, {5, 7}, SW_DENSE},
    [SW_VIEW] = {"view", 3, {2, 5, 7}, SW_TRANSPOSED},
    [SW_STEPS_BACK] = {"negative", 2, {5, 7}, SW_NEGATIVE},
    [SW_OFFSET_VIEW] = {"offset", 2, {5, 7}, SW_OFFSET},
    [SW_LARGE] = {"large", 2, {3, 23001}, SW_DENSE},
};

static bool (*const makers[FM_FAMILY_COUNT])(sw_call *) = {
    [FM_FAMILY_VIEW] = sw_make_view,     [FM_FAMILY_UNARY] = sw_make_unary,
    [FM_FAMILY_BINARY] = sw_make_binary, [FM_FAMILY_TERNARY] = sw_make_ternary,
    [FM_FAMILY_CAST] = sw_make_cast,     [FM_FAMILY_FILL] = sw_make_fill,
    [FM_FAMILY_REDUCE] = sw_make_reduce, [FM_FAMILY_CONTRACT] = sw_make_contract,
    [FM_FAMILY_CONCAT] = sw_make_concat, [FM_FAMILY_RANDOM] = sw_make_random,
    [FM_FAMILY_NN] = sw_make_nn,
};

int sw_options(const fm_row *row) {
    static const int options[FM_FAMILY_COUNT] = {
        [FM_FAMILY_VIEW] = 3,
        [FM_FAMILY_UNARY] = 1,
        [FM_FAMILY_BINARY] = 2,
        [FM_FAMILY_TERNARY] = 4,
        [FM_FAMILY_CAST] = FM_DTYPE_COUNT - 1,
        [FM_FAMILY_FILL] = 4,
        [FM_FAMILY_REDUCE] = 6,
        [FM_FAMILY_CONTRACT] = 8,
        [FM_FAMILY_CONCAT] = 3,
        [FM_FAMILY_RANDOM] = 2,
        [FM_FAMILY_NN] = 4,
    };
    return options[row->family];
}

bool sw_call_make(const fm_row *row, fm_dtype dtype, sw_variant_id variant, int option,
                  sw_call *call) {
    *call = (sw_call){.row = row, .dtype = dtype, .variant = variant, .option = option};
    (void)snprintf(call->name, sizeof call->name, "op.%s.%s.%s.%d", row->name, fm_dtype_name(dtype),
                   sw_variants[variant].name, option);
    return makers[row->family](call);
}

void sw_call_free(sw_call *call) {
    for (int i = 0; i < call->ninputs; i++) sw_array_free(&call->input[i]);
    for (int r = 0; r < call->nresults; r++) {
        free(call->result[r].want);
        free(call->result[r].in);
    }
    *call = (sw_call){0};
}

bool sw_sampled(void) {
    const char *sample = getenv("FLOPMETER_TEST_SAMPLE");
    return sample && *sample && strcmp(sample, "0") != 0;
}

static bool is_chosen(const char *name, char *const *filters, int nfilters) {
    for (int i = 0; i < nfilters; i++)
        if (!strncmp(name, filters[i], strlen(filters[i]))) return true;
    return nfilters == 0;
}

/* Whether a filter may hit some call of the row: one of both is the beginning of the other. */
static bool may_be_chosen(const fm_row *row, char *const *filters, int nfilters) {
    char name[80];
    (void)snprintf(name, sizeof name, "op.%s.", row->name);
    for (int i = 0; i < nfilters; i++) {
        size_t a = strlen(filters[i]), b = strlen(name);
        if (!strncmp(name, filters[i], a < b ? a : b)) return true;
    }
    return nfilters == 0;
}

/* One dtype a row: float32, or the first of those that it takes. */
static bool is_sample(const fm_row *row, fm_dtype dtype) {
    bool takes_float = strstr(row->dtypes, "float") != NULL;
    return dtype == (takes_float ? FM_FLOAT32 : FM_INT32);
}

static void each_of_row(const fm_row *row, char *const *filters, int nfilters, bool sample,
                        sw_visit visit, void *user) {
    for (int dtype = FM_BOOL; dtype < FM_DTYPE_COUNT; dtype++) {
        if (sample && !is_sample(row, (fm_dtype)dtype)) continue;
        for (int variant = 0; variant < SW_VARIANTS; variant++) {
            if (variant == SW_LARGE && (sample || !is_sample(row, (fm_dtype)dtype))) continue;
            for (int option = 0; option < sw_options(row); option++) {
                sw_call call;
                bool made =
                    sw_call_make(row, (fm_dtype)dtype, (sw_variant_id)variant, option, &call);
                if (made && is_chosen(call.name, filters, nfilters)) visit(user, &call);
                sw_call_free(&call);
            }
        }
    }
}

void sw_each_call(char *const *filters, int nfilters, bool sample, sw_visit visit, void *user) {
    for (int family = 0; family < FM_FAMILY_COUNT; family++) {
        const fm_row_table *table = fm_row_tables(family);
        for (int i = 0; i < table->count; i++)
            if (may_be_chosen(&table->rows[i], filters, nfilters))
                each_of_row(&table->rows[i], filters, nfilters, sample, visit, user);
    }
}

sw_array *sw_add_input(sw_call *call, fm_dtype dtype, int ndim, const int64_t *shape,
                       sw_content content) {
    sw_array *a = &call->input[call->ninputs];
    *a = sw_array_new(dtype, ndim, shape);
    sw_fill(a, content, (uint64_t)call->ninputs + 4 * (uint64_t)call->variant);
    call->ninputs++;
    return a;
}

static fm_value *next_argument(sw_call *call, fm_value_kind kind) {
    fm_value *value = &call->arg[call->nargs++];
    value->kind = kind;
    return value;
}

void sw_pass_input(sw_call *call, int n) {
    next_argument(call, FM_VALUE_TENSOR)->as.i = n;
}

void sw_pass_inputs(sw_call *call, int first, int count) {
    fm_value *value = next_argument(call, FM_VALUE_TENSORS);
    value->as.i = first;
    value->count = (uint32_t)count;
}

void sw_pass_none(sw_call *call) {
    (void)next_argument(call, FM_VALUE_NONE);
}
void sw_pass_int(sw_call *call, int64_t i) {
    next_argument(call, FM_VALUE_INT)->as.i = i;
}
void sw_pass_bool(sw_call *call, bool b) {
    next_argument(call, FM_VALUE_BOOL)->as.i = b;
}
void sw_pass_float(sw_call *call, double f) {
    next_argument(call, FM_VALUE_FLOAT)->as.f = f;
}
void sw_pass_dtype(sw_call *call, fm_dtype dtype) {
    next_argument(call, FM_VALUE_DTYPE)->as.dtype = dtype;
}
void sw_pass_string(sw_call *call, const char *text) {
    next_argument(call, FM_VALUE_STRING)->as.string = text;
}

void sw_pass_ints(sw_call *call, int count, const int64_t *ints) {
    int64_t *own = call->ints[call->nargs];
    for (int i = 0; i < count; i++) own[i] = ints[i];
    fm_value *value = next_argument(call, FM_VALUE_INTS);
    value->count = (uint32_t)count;
    value->as.ints = NULL; /* call->ints, which moves with the call */
}

static void *zeroed(int64_t count, size_t width) {
    void *block = calloc(count > 0 ? (size_t)count : 1, width);
    if (!block) exit(EXIT_FAILURE);
    return block;
}

sw_result *sw_add_result(sw_call *call, int out, fm_dtype dtype, int ndim, const int64_t *shape) {
    sw_result *r = &call->result[call->nresults++];
    *r = (sw_result){.input = -1, .out = out, .ulp = call->row->ulp};
    r->like = (sw_array){.dtype = dtype, .ndim = ndim, .size = 1};
    for (int d = 0; d < ndim; d++) r->like.size *= r->like.shape[d] = shape[d];
    r->want = zeroed(r->like.size, sizeof *r->want);
    if (out >= call->nslots) call->nslots = out + 1;
    return r;
}

sw_result *sw_add_in_place(sw_call *call, int out, int input) {
    const sw_array *a = &call->input[input];
    int nslots = call->nslots;
    sw_result *r = sw_add_result(call, out, a->dtype, a->ndim, a->shape);
    r->input = input;
    call->nslots = nslots;
    return r;
}

void sw_result_scale(sw_result *r, int64_t i, long double magnitude) {
    if (!r->in) r->in = zeroed(r->like.size, sizeof *r->in);
    r->in[i] = magnitude;
}

void sw_result_unknown(sw_result *r, int64_t i) {
    sw_result_scale(r, i, INFINITY);
}

int sw_broadcast(int na, const int64_t *a, int nb, const int64_t *b, int64_t *shape) {
    int n = na > nb ? na : nb;
    for (int d = 0; d < n; d++) {
        int da = d - (n - na), db = d - (n - nb);
        int64_t xa = da < 0 ? 1 : a[da], xb = db < 0 ? 1 : b[db];
        shape[d] = xa == 1 ? xb : xa;
    }
    return n;
}

int64_t sw_broadcast_element(const sw_array *operand, int ndim, const int64_t *at) {
    int64_t own[SW_NDIM];
    for (int d = 0; d < operand->ndim; d++)
        own[d] = operand->shape[d] == 1 ? 0 : at[ndim - operand->ndim + d];
    return sw_element(operand, own);
}
