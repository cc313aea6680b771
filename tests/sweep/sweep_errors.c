/* The error texts that every row has: too many arguments, unknown, missing and doubled ones, wrong
   kinds, axes, shapes and tensors that do not fit, outputs that may not be written. Nothing is
   charged. sweep_errors [--device cpu|cuda] [op.sqrt ...] */
#include "harness.h"
#include "run.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct sweep {
    sw_harness h;
    fm_context *ctx;
    fm_context *elsewhere; /* on the CPU while ctx is on another device; NULL */
} sweep;

/* One wrong call: the right one with something changed. */
typedef struct trial {
    sweep *s;
    const sw_call *call;
    sw_bound bound;
    size_t nargs, nslots;
} trial;

static const char *const kinds[] = {
    [FM_VALUE_NONE] = "None",
    [FM_VALUE_TENSOR] = "a tensor",
    [FM_VALUE_TENSORS] = "a list of tensors",
    [FM_VALUE_BOOL] = "a bool",
    [FM_VALUE_INT] = "an integer",
    [FM_VALUE_FLOAT] = "a float",
    [FM_VALUE_COMPLEX] = "a complex number",
    [FM_VALUE_DTYPE] = "a dtype",
    [FM_VALUE_INTS] = "a list of integers",
    [FM_VALUE_STRING] = "a string",
};

static void begin(trial *t, sweep *s, const sw_call *call) {
    *t =
        (trial){.s = s, .call = call, .nargs = (size_t)call->nargs, .nslots = (size_t)call->nslots};
    if (sw_bind(s->ctx, call, false, &t->bound) != FM_OK)
        sw_fail(&s->h, call->row->name, call->name, "%s", fm_context_message(s->ctx));
}

/* Makes the wrong call, which must fail with that status and this message, which follows "op: " or,
   with an argument, "op: argument 2: ". */
static void expect(trial *t, fm_status status, int argument, const char *format, ...)
    FM_PRINTF(4, 5);
static void expect(trial *t, fm_status status, int argument, const char *format, ...) {
    fm_context *ctx = t->s->ctx;
    const char *op = t->call->row->name;
    char want[464], rest[400];
    fm_tensor *before[FM_MAX_OUT];
    memcpy(before, t->bound.out, sizeof before);
    va_list values;
    va_start(values, format);
    (void)vsnprintf(rest, sizeof rest, format, values);
    va_end(values);
    if (argument)
        (void)snprintf(want, sizeof want, "%s: argument %d: %s", op, argument, rest);
    else
        (void)snprintf(want, sizeof want, "%s: %s", op, rest);
    uint64_t used = fm_budget_used(fm_context_budget(ctx));
    fm_status got = fm_call(ctx, op, t->bound.argument, t->nargs, t->bound.out, t->nslots);
    const fm_error *error = fm_context_error(ctx);
    t->s->h.calls++;
    if (got == FM_ERR_UNSUPPORTED && t->s->h.kind != FM_CPU) return; /* sweep_rows lists those */
    if (got != status)
        sw_fail(&t->s->h, op, want, "%s, not %s: %s", fm_status_name(got), fm_status_name(status),
                got ? error->message : "it ran");
    else if (strcmp(error->message, want) != 0)
        sw_fail(&t->s->h, op, want, "but it says: %s", error->message);
    else if (error->argument != argument || strcmp(error->op, op) != 0)
        sw_fail(&t->s->h, op, want, "the error names %s argument %d", error->op, error->argument);
    if (fm_budget_used(fm_context_budget(ctx)) != used) sw_fail(&t->s->h, op, want, "charged");
    if (got != FM_OK && memcmp(before, t->bound.out, sizeof before) != 0)
        sw_fail(&t->s->h, op, want, "a slot was changed");
}

static void end(trial *t) {
    sw_bound_release(&t->bound);
}

static void list_names(const fm_row *row, char *text, size_t size) {
    text[0] = 0;
    for (int p = 0; p < row->nparams; p++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, size - used, "%s%s", p ? ", " : "", row->params[p].name);
    }
}

/* Every argument by its name. */
static void name_all(trial *t) {
    for (size_t i = 0; i < t->nargs; i++) t->bound.argument[i].name = t->call->row->params[i].name;
}

static void try_matching(sweep *s, const sw_call *call) {
    const fm_row *row = call->row;
    trial t;
    char names[256];
    begin(&t, s, call);
    fm_argument arguments[FM_MAX_PARAMS + 1];
    memcpy(arguments, t.bound.argument, sizeof t.bound.argument);
    for (int p = call->nargs; p < row->nparams; p++)
        t.bound.argument[p] = (fm_argument){NULL, {.kind = FM_VALUE_UNSET}};
    bool variadic = false;
    for (int p = 0; p < row->nparams; p++) variadic |= row->params[p].flags & FM_PARAM_VARIADIC;
    if (row->nparams < FM_MAX_PARAMS && !variadic) {
        t.nargs = row->nparams + 1u;
        t.bound.argument[row->nparams] = (fm_argument){NULL, {.kind = FM_VALUE_INT}};
        expect(&t, FM_ERR_ARGUMENT, 0, "%d arguments were given, but it takes %d", row->nparams + 1,
               row->nparams);
    }
    memcpy(t.bound.argument, arguments, sizeof t.bound.argument);
    t.nargs = (size_t)call->nargs;
    name_all(&t);
    t.bound.argument[0].name = "nonsense";
    list_names(row, names, sizeof names);
    expect(&t, FM_ERR_NOT_FOUND, 0, "no parameter is named 'nonsense'; there are: %s", names);
    if (call->nargs > 1) {
        memcpy(t.bound.argument, arguments, sizeof t.bound.argument);
        t.bound.argument[call->nargs - 1].name = row->params[0].name;
        expect(&t, FM_ERR_ARGUMENT, 1, "'%s' was given twice", row->params[0].name);
    }
    memcpy(t.bound.argument, arguments, sizeof t.bound.argument);
    t.nslots = row->nout + 1u;
    expect(&t, FM_ERR_ARGUMENT, 0, "%d outputs are asked for, but it has %d", row->nout + 1,
           row->nout);
    end(&t);
}

static void try_missing(sweep *s, const sw_call *call) {
    for (int p = 0; p < call->nargs; p++) {
        const fm_param *param = &call->row->params[p];
        if (!(param->flags & FM_PARAM_REQUIRED)) continue;
        trial t;
        begin(&t, s, call);
        name_all(&t);
        t.bound.argument[p].value = (fm_value){.kind = FM_VALUE_UNSET};
        expect(&t, FM_ERR_ARGUMENT, p + 1, "'%s' is missing", param->name);
        end(&t);
    }
}

static void list_kinds(const fm_param *param, char *text, size_t size) {
    text[0] = 0;
    for (int kind = FM_VALUE_NONE; kind <= FM_VALUE_STRING; kind++) {
        size_t used = strlen(text);
        if (param->takes >> kind & 1)
            (void)snprintf(text + used, size - used, "%s%s", used ? " or " : "", kinds[kind]);
    }
}

/* A text where none is taken, else a number. */
static void try_kinds(sweep *s, const sw_call *call) {
    for (int p = 0; p < call->nargs; p++) {
        const fm_param *param = &call->row->params[p];
        if (param->flags & FM_PARAM_VARIADIC) continue;
        bool text = !(param->takes & FM_TAKES_STRING);
        char taken[160];
        trial t;
        begin(&t, s, call);
        list_kinds(param, taken, sizeof taken);
        t.bound.argument[p].value = (fm_value){.kind = text ? FM_VALUE_STRING : FM_VALUE_FLOAT};
        if (text) t.bound.argument[p].value.as.string = "nonsense";
        if (!text) t.bound.argument[p].value.as.f = 2.5;
        expect(&t, FM_ERR_ARGUMENT, p + 1, "'%s' takes %s, but %s was given", param->name, taken,
               text ? "'nonsense'" : "2.5");
        end(&t);
    }
}

/* The parameter and place of the tensor that is input n; NULL: none. */
static const fm_tensor **place_of(trial *t, int n, int *param) {
    for (*param = 0; *param < t->call->nargs; ++*param) {
        fm_value *given = &t->bound.argument[*param].value;
        const fm_value *made = &t->call->arg[*param];
        if (made->kind == FM_VALUE_TENSOR && made->as.i == n) return &given->as.tensor;
        if (made->kind == FM_VALUE_TENSORS && n >= made->as.i &&
            n < made->as.i + (int64_t)made->count)
            return &t->bound.list[n];
    }
    return NULL;
}

/* zeros_like and its kin read no element of their prototype. */
static bool is_read(const sw_call *call, int param) {
    return call->row->family != FM_FAMILY_FILL || strcmp(call->row->params[param].name, "a") != 0;
}

static void try_abstract(sweep *s, const sw_call *call) {
    for (int n = 0; n < call->ninputs; n++) {
        const sw_array *a = &call->input[n];
        fm_tensor *abstract;
        trial t;
        int param;
        begin(&t, s, call);
        const fm_tensor **place = place_of(&t, n, &param);
        if (fm_tensor_abstract(s->ctx, a->dtype, a->ndim, a->shape, &abstract) == FM_OK) {
            *place = abstract;
            if (is_read(call, param))
                expect(&t, FM_ERR_STATE, param + 1,
                       "an abstract tensor has no data to compute with");
        }
        fm_tensor_release(abstract);
        end(&t);
    }
}

static void try_elsewhere(sweep *s, const sw_call *call) {
    for (int n = 0; s->elsewhere && n < call->ninputs; n++) {
        const sw_array *a = &call->input[n];
        fm_tensor *distant;
        trial t;
        int param;
        begin(&t, s, call);
        const fm_tensor **place = place_of(&t, n, &param);
        if (fm_tensor_create(s->elsewhere, a->dtype, a->ndim, a->shape, &distant) == FM_OK) {
            *place = distant;
            if (is_read(call, param))
                expect(&t, FM_ERR_DEVICE, param + 1,
                       "the tensor is on cpu, but the context is on cuda:0");
        }
        fm_tensor_release(distant);
        end(&t);
    }
}

/* A slot's tensor on another device cannot be written. */
static void try_output_elsewhere(sweep *s, const sw_call *call) {
    const sw_result *r = &call->result[0];
    if (!s->elsewhere || call->nresults == 0 || r->input >= 0) return;
    trial t;
    begin(&t, s, call);
    fm_tensor **slot = &t.bound.out[r->out];
    if (fm_tensor_create(s->elsewhere, r->like.dtype, r->like.ndim, r->like.shape, slot) == FM_OK)
        expect(&t, FM_ERR_DEVICE, 0, "output %d is on cpu, but the context is on cuda:0",
               r->out + 1);
    end(&t);
}

/* A slot in memory that another tensor views too. */
static void try_shared_slot(sweep *s, const sw_call *call) {
    const sw_result *r = &call->result[0];
    if (call->nresults == 0 || r->input >= 0 || call->row->family == FM_FAMILY_VIEW) return;
    fm_dtype other = r->like.dtype == FM_INT8 ? FM_INT16 : FM_INT8;
    fm_tensor *owner = NULL;
    char shape[160];
    trial t;
    begin(&t, s, call);
    if (fm_tensor_create(s->ctx, other, 1, (int64_t[]){5}, &owner) == FM_OK &&
        fm_transpose(s->ctx, owner, NULL, &t.bound.out[r->out]) == FM_OK)
        expect(&t, FM_ERR_SHAPE, 0,
               "output %d is %s (5,) in memory that is shared or the caller's, but the result is "
               "%s %s",
               r->out + 1, fm_dtype_name(other), fm_dtype_name(r->like.dtype),
               fm_shape_format(r->like.ndim, r->like.shape, shape, sizeof shape));
    fm_tensor_release(owner);
    end(&t);
}

/* n elements of owner from `from` on, in that shape. */
static fm_status view_part(fm_context *ctx, const fm_tensor *owner, int64_t from,
                           const sw_array *like, fm_tensor **out) {
    fm_tensor *part = NULL;
    int64_t to = from + like->size;
    fm_status status = fm_slice(ctx, owner, 1, &from, 1, &to, NULL, &part);
    if (status == FM_OK) status = fm_reshape(ctx, part, like->ndim, like->shape, NULL, out);
    fm_tensor_release(part);
    return status;
}

/* An operand and an output that share all elements but one. */
static void try_overlap(sweep *s, const sw_call *call) {
    const sw_result *r = &call->result[0];
    if (call->nresults == 0 || r->input >= 0 || call->ninputs == 0 || r->like.size == 0 ||
        call->row->family == FM_FAMILY_VIEW || call->input[0].dtype != r->like.dtype)
        return;
    const sw_array *a = &call->input[0];
    int64_t size = 2 + (a->size > r->like.size ? a->size : r->like.size);
    fm_tensor *owner = NULL, *operand = NULL;
    trial t;
    int param;
    begin(&t, s, call);
    const fm_tensor **place = place_of(&t, 0, &param);
    if (is_read(call, param) && fm_tensor_create(s->ctx, a->dtype, 1, &size, &owner) == FM_OK &&
        view_part(s->ctx, owner, 0, a, &operand) == FM_OK &&
        view_part(s->ctx, owner, a->size > 1 ? 1 : 0, &r->like, &t.bound.out[r->out]) == FM_OK) {
        *place = operand;
        expect(&t, FM_ERR_ARGUMENT, param + 1,
               "its memory overlaps that of output %d, which is only allowed for an elementwise "
               "operation on exactly the same elements",
               r->out + 1);
    }
    fm_tensor_release(operand);
    fm_tensor_release(owner);
    end(&t);
}

/* Two outputs in one memory. */
static void try_same_outputs(sweep *s, const sw_call *call) {
    const sw_result *a = &call->result[0], *b = &call->result[1];
    if (call->nresults < 2 || a->input >= 0 || b->input >= 0) return;
    int64_t size = a->like.size > b->like.size ? a->like.size : b->like.size;
    fm_tensor *owner = NULL;
    trial t;
    begin(&t, s, call);
    if (fm_tensor_create(s->ctx, a->like.dtype, 1, &size, &owner) == FM_OK &&
        view_part(s->ctx, owner, 0, &a->like, &t.bound.out[a->out]) == FM_OK &&
        view_part(s->ctx, owner, 0, &b->like, &t.bound.out[b->out]) == FM_OK)
        expect(&t, FM_ERR_ARGUMENT, 0, "the memory of output %d overlaps that of output %d",
               b->out + 1, a->out + 1);
    fm_tensor_release(owner);
    end(&t);
}

static bool is_axis(const sw_call *call, int p) {
    static const char *const names[] = {"axis", "axes", "axis1", "axis2", "source", "destination"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(call->row->params[p].name, names[i]))
            return strcmp(call->row->name, "tensordot") && strcmp(call->row->name, "rot90");
    return false;
}

/* Whether the row's list of axes names each of them. */
static bool takes_all_axes(const fm_row *row) {
    return !strcmp(row->name, "transpose") || !strcmp(row->name, "permute_dims") ||
           !strcmp(row->name, "rot90");
}

static void try_axes(sweep *s, const sw_call *call) {
    static const int64_t far[SW_NDIM] = {5, 0, 1, 2};
    for (int p = 0; p < call->row->nparams; p++) {
        if (!is_axis(call, p)) continue;
        const fm_param *param = &call->row->params[p];
        int ndim = call->input[0].ndim + !strcmp(call->row->name, "expand_dims");
        trial t;
        begin(&t, s, call);
        name_all(&t);
        if ((size_t)p >= t.nargs) t.nargs = (size_t)p + 1;
        for (size_t i = (size_t)call->nargs; i < t.nargs; i++)
            t.bound.argument[i] =
                (fm_argument){call->row->params[i].name, {.kind = FM_VALUE_UNSET}};
        fm_value axis = {.kind = FM_VALUE_INTS, .count = 1, .as.ints = far};
        if (takes_all_axes(call->row)) axis.count = (uint32_t)ndim;
        if (!(param->takes & FM_TAKES_INTS))
            axis = (fm_value){.kind = FM_VALUE_INT, .as.i = far[0]};
        t.bound.argument[p].value = axis;
        expect(&t, FM_ERR_SHAPE, p + 1, "%s 5 is out of range for %d dimension%s", param->name,
               ndim, ndim == 1 ? "" : "s");
        end(&t);
    }
}

/* The last tensor of an elementwise call in a shape that does not broadcast with the others. */
static void try_shapes(sweep *s, const sw_call *call) {
    if (!(call->row->flags & FM_ROW_ELEMENTWISE) || call->ninputs < 2) return;
    const sw_array *a = &call->input[0];
    fm_tensor *odd = NULL;
    char shape[160];
    trial t;
    int param;
    begin(&t, s, call);
    const fm_tensor **place = place_of(&t, call->ninputs - 1, &param);
    if (fm_tensor_create(s->ctx, call->dtype, 2, (int64_t[]){2, 36}, &odd) == FM_OK) {
        *place = odd;
        expect(&t, FM_ERR_SHAPE, param + 1, "shape (2, 36) does not broadcast with %s",
               fm_shape_format(a->ndim, a->shape, shape, sizeof shape));
    }
    fm_tensor_release(odd);
    end(&t);
}

static void sweep_call(void *user, const sw_call *call) {
    sweep *s = user;
    if (call->option > 0 || call->variant != SW_ODD || call->refusal != FM_OK) return;
    try_matching(s, call);
    try_missing(s, call);
    try_kinds(s, call);
    try_abstract(s, call);
    try_elsewhere(s, call);
    try_output_elsewhere(s, call);
    try_shared_slot(s, call);
    try_overlap(s, call);
    try_same_outputs(s, call);
    try_axes(s, call);
    try_shapes(s, call);
}

int main(int argc, char **argv) {
    static sweep s;
    int status = sw_start(&s.h, argc, argv);
    if (status >= 0) return status;
    s.ctx = sw_open(s.h.kind);
    if (s.h.kind != FM_CPU) s.elsewhere = sw_open(FM_CPU);
    sw_each_call(s.h.filters, s.h.nfilters, true, sweep_call, &s);
    fm_context_close(s.elsewhere);
    fm_context_close(s.ctx);
    return sw_finish(&s.h);
}
