/* Prints the typed functions, declaration or definition, from the rows: print_typed header|source.
   scripts/typed writes the files with it, and a test compares them. */
#include "ops/row.h"

#include <stdio.h>
#include <string.h>

static int is_required(const fm_param *p) {
    return p->flags & FM_PARAM_REQUIRED;
}

static int is_public(const fm_row *row) {
    return strncmp(row->name, "nn.", 3) && row->name[0] != '_' && !(row->flags & FM_ROW_BY_HAND);
}

static void c_name(const fm_row *row, char *out) {
    for (const char *c = row->name; (*out = *c == '.' ? '_' : *c) != 0; c++) out++;
}

/* The parameter's name, where it is none of C's or C++'s words, nor the options' own size. */
static const char *c_param(const fm_param *p) {
    static const char *const words[][2] = {
        {"size", "shape"}, {"default", "otherwise"}, {"char", "code"}, {"new", "fresh"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(p->name, words[i][0])) return words[i][1];
    return p->name;
}

/* A parameter of several forms, for which C has no type but the value itself. */
static int is_value(const fm_param *p) {
    return (p->takes & (FM_TAKES_LIST | FM_TAKES_SLICE | FM_TAKES_FUNCTION)) != 0;
}

/* An operand; where a number is as good, typed functions take the number. */
static int is_operand(const fm_param *p) {
    return p->takes & FM_TAKES_TENSOR && !(p->takes & FM_TAKES_FLOAT);
}

static const char *tensor_type(const fm_param *p) {
    return p->flags & FM_PARAM_IN_PLACE ? "fm_tensor *" : "const fm_tensor *";
}

static void print_argument(FILE *f, const fm_param *p) {
    const char *name = c_param(p);
    if (is_value(p))
        fprintf(f, ", const fm_value *%s", name);
    else if (p->takes & FM_TAKES_TENSORS)
        fprintf(f, ", const fm_tensor *const *%s, int n%s", name, name);
    else if (is_operand(p))
        fprintf(f, ", %s%s", tensor_type(p), name);
    else if (p->takes & FM_TAKES_INTS)
        fprintf(f, ", int n%s, const int64_t *%s", name, name);
    else if (p->takes & FM_TAKES_DTYPE)
        fprintf(f, ", fm_dtype %s", name);
    else if (p->takes & FM_TAKES_STRING)
        fprintf(f, ", const char *%s", name);
    else if (p->takes & FM_TAKES_FLOAT)
        fprintf(f, ", double %s", name);
    else if (p->takes & FM_TAKES_INT)
        fprintf(f, ", int64_t %s", name);
    else
        fprintf(f, ", bool %s", name);
}

static void print_field(FILE *f, const fm_param *p) {
    const char *name = c_param(p);
    if (is_value(p))
        fprintf(f, "    const fm_value *%s;\n", name);
    else if (is_operand(p))
        fprintf(f, "    %s%s;\n", tensor_type(p), name);
    else if (p->takes & FM_TAKES_INTS)
        fprintf(f, "    fm_opt_ints %s;\n", name);
    else if (p->takes & FM_TAKES_DTYPE)
        fprintf(f, "    fm_dtype %s;\n", name);
    else if (p->takes & FM_TAKES_STRING)
        fprintf(f, "    const char *%s;\n", name);
    else if (p->takes & FM_TAKES_FLOAT)
        fprintf(f, "    fm_opt_float %s;\n", name);
    else if (p->takes & FM_TAKES_INT)
        fprintf(f, "    fm_opt_int %s;\n", name);
    else
        fprintf(f, "    fm_flag %s;\n", name);
}

static int has_options(const fm_row *row) {
    for (int i = 0; i < row->nparams; i++)
        if (!is_required(&row->params[i])) return 1;
    return 0;
}

/* Whether the row answers with a value of its own. */
static int is_reply(const fm_row *row) {
    return (row->flags & FM_ROW_REPLY) != 0;
}

static void print_signature(FILE *f, const fm_row *row, const char *name) {
    fprintf(f, "fm_status fm_%s(fm_context *ctx", name);
    for (int i = 0; i < row->nparams; i++)
        if (is_required(&row->params[i])) print_argument(f, &row->params[i]);
    if (has_options(row)) fprintf(f, ", const fm_%s_options *options", name);
    for (int o = 0; o < row->nout && !is_reply(row); o++)
        row->nout == 1 ? fprintf(f, ", fm_tensor **out") : fprintf(f, ", fm_tensor **out%d", o);
    if (is_reply(row)) fprintf(f, ", fm_reply **reply");
    fprintf(f, ")");
}

/* Whether the second operand may be a number by a function of its own. */
static int has_scalar_form(const fm_row *row) {
    return row->family == FM_FAMILY_BINARY;
}

static void print_declaration(FILE *f, const fm_row *row) {
    char name[64];
    c_name(row, name);
    if (has_options(row)) {
        fprintf(f, "typedef struct fm_%s_options {\n    size_t size; /* sizeof(fm_%s_options) */\n",
                name, name);
        for (int i = 0; i < row->nparams; i++)
            if (!is_required(&row->params[i])) print_field(f, &row->params[i]);
        fprintf(f, "} fm_%s_options;\n\n", name);
    }
    fprintf(f, "/* %s: %s\n   Cost: %s. Dtypes: %s.", row->name, row->meaning, row->formula,
            row->dtypes);
    if (row->ulp > 0) fprintf(f, " Error: at most %g ulp.", row->ulp);
    fprintf(f, " */\nFM_API FM_MUST_CHECK ");
    print_signature(f, row, name);
    fprintf(f, ";\n");
    if (has_scalar_form(row))
        fprintf(f,
                "FM_API FM_MUST_CHECK fm_status fm_%s_scalar(fm_context *ctx, const fm_tensor *%s, "
                "fm_scalar %s, fm_tensor **out);\n",
                name, c_param(&row->params[0]), c_param(&row->params[1]));
    fprintf(f, "\n");
}

static void print_given(FILE *f, const fm_param *p, int i) {
    const char *name = c_param(p);
    int is_tensor = is_operand(p) && !(p->takes & FM_TAKES_TENSORS) && !is_value(p);
    if (is_tensor) fprintf(f, "    fm_put_tensor(&v_[%d], %s);\n", i, name);
    if (is_tensor) return;
    fprintf(f, "    v_[%d] = ", i);
    if (is_value(p))
        fprintf(f, "*%s;\n", name);
    else if (p->takes & FM_TAKES_TENSORS)
        fprintf(f, "fm_value_tensors(%s, n%s);\n", name, name);
    else if (p->takes & FM_TAKES_INTS)
        fprintf(f, "fm_value_ints(%s, n%s);\n", name, name);
    else if (p->takes & FM_TAKES_DTYPE)
        fprintf(f, "fm_value_dtype(%s);\n", name);
    else if (p->takes & FM_TAKES_STRING)
        fprintf(f, "fm_value_string(%s);\n", name);
    else if (p->takes & FM_TAKES_FLOAT)
        fprintf(f, "fm_value_float(%s);\n", name);
    else if (p->takes & FM_TAKES_INT)
        fprintf(f, "fm_value_int(%s);\n", name);
    else
        fprintf(f, "fm_value_bool(%s);\n", name);
}

static void print_option(FILE *f, const fm_param *p, int i) {
    const char *kind = is_value(p)                  ? "value"
                       : is_operand(p)              ? "tensor"
                       : p->takes & FM_TAKES_INTS   ? "ints"
                       : p->takes & FM_TAKES_DTYPE  ? "dtype"
                       : p->takes & FM_TAKES_STRING ? "string"
                       : p->takes & FM_TAKES_FLOAT  ? "float"
                       : p->takes & FM_TAKES_INT    ? "int"
                                                    : "flag";
    fprintf(f, "    v_[%d] = fm_option_%s(o_.%s);\n", i, kind, c_param(p));
}

static void print_end(FILE *f, const fm_row *row) {
    if (is_reply(row)) {
        fprintf(f, "    return fm_typed_reply(ctx, FM_TYPED_ROW(\"%s\"), v_, reply);\n}\n\n",
                row->name);
        return;
    }
    if (row->nout == 0) {
        fprintf(f, "    return fm_corridor(ctx, FM_TYPED_ROW(\"%s\"), v_, NULL);\n}\n\n",
                row->name);
        return;
    }
    fprintf(f, "    fm_tensor **const slots_[] = {");
    for (int o = 0; o < row->nout; o++)
        row->nout == 1 ? fprintf(f, "out") : fprintf(f, "%sout%d", o ? ", " : "", o);
    fprintf(f, "};\n    return fm_corridor(ctx, FM_TYPED_ROW(\"%s\"), v_, slots_);\n}\n\n",
            row->name);
}

static void print_definition(FILE *f, const fm_row *row) {
    char name[64];
    c_name(row, name);
    print_signature(f, row, name);
    fprintf(f, " {\n    fm_value v_[%d];\n", row->nparams ? row->nparams : 1);
    if (has_options(row))
        fprintf(f, "    fm_%s_options o_ = {0};\n    FM_TYPED_OPTIONS(\"%s\", options, o_);\n",
                name, row->name);
    for (int i = 0; i < row->nparams; i++)
        is_required(&row->params[i]) ? print_given(f, &row->params[i], i)
                                     : print_option(f, &row->params[i], i);
    print_end(f, row);
    if (!has_scalar_form(row)) return;
    fprintf(f,
            "fm_status fm_%s_scalar(fm_context *ctx, const fm_tensor *%s, fm_scalar %s, "
            "fm_tensor **out) {\n    fm_value v_[%d] = {{FM_VALUE_UNSET, 0, {0}}};\n"
            "    v_[0] = fm_value_tensor(%s);\n    v_[1] = fm_value_scalar(%s);\n",
            name, c_param(&row->params[0]), c_param(&row->params[1]), row->nparams,
            c_param(&row->params[0]), c_param(&row->params[1]));
    print_end(f, row);
}

static void print_all(FILE *f, void (*print)(FILE *, const fm_row *)) {
    for (int family = 0; family < FM_FAMILY_COUNT; family++) {
        const fm_row_table *table = fm_row_tables(family);
        for (int i = 0; i < table->count; i++)
            if (is_public(&table->rows[i])) print(f, &table->rows[i]);
    }
}

int main(int argc, char **argv) {
    int header = argc == 2 && !strcmp(argv[1], "header");
    if (!header && (argc != 2 || strcmp(argv[1], "source"))) {
        fprintf(stderr, "usage: print_typed header|source\n");
        return 2;
    }
    if (header) {
        printf(
            "/* Every operation as a typed function; written from the rows by scripts/typed.\n"
            "   Inputs are const and borrowed; out is a slot: NULL inside asks for a new tensor,\n"
            "   a tensor inside is written again; on failure nothing is touched, and\n"
            "   fm_context_message names op, argument and both values. options NULL: NumPy's\n"
            "   defaults. fm_<op>_scalar takes a number as NumPy takes a Python number. */\n"
            "#ifndef FLOPMETER_OPS_H\n#define FLOPMETER_OPS_H\n\n"
            "#include <flopmeter/call.h>\n#include <flopmeter/option.h>\n#include "
            "<flopmeter/tensor.h>\n\nFM_BEGIN_DECLS\n\n");
        print_all(stdout, print_declaration);
        printf("FM_END_DECLS\n#endif\n");
    } else {
        printf("/* The typed functions: each fills the values of its row and enters the corridor;\n"
               "   written from the rows by scripts/typed. */\n"
               "#include \"call/typed.h\"\n\n#include <flopmeter/ops.h>\n\n");
        print_all(stdout, print_definition);
    }
    return 0;
}
