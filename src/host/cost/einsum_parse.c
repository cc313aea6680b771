/* Reading einsum subscripts against shapes. */
#include "cost/einsum.h"

#include "core/detail.h"

#include <ctype.h>
#include <string.h>

/* The label of a letter, -1 for anything else. */
static int label_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return 26 + c - 'a';
    return -1;
}

static char letter_of(int label) {
    return (char)(label < 26 ? 'A' + label : 'a' + label - 26);
}

static fm_label_set bit(int label) {
    return (fm_label_set)1 << label;
}

static const char *skip_spaces(const char *p) {
    while (isspace((unsigned char)*p)) p++;
    return p;
}

/* A term's text: its letters, and where among them "..." stood, -1 for nowhere. */
typedef struct spelled {
    int count, ellipsis;
    uint8_t label[FM_EINSUM_NDIM];
} spelled;

/* Reads one term up to ',', '-' or the end; *text is left there. */
static fm_status spell(const char *op, const char **text, spelled *out, fm_error *error) {
    const char *p = skip_spaces(*text);
    *out = (spelled){.ellipsis = -1};
    for (; *p != '\0' && *p != ',' && *p != '-'; p = skip_spaces(p)) {
        if (strncmp(p, "...", 3) == 0) {
            if (out->ellipsis >= 0)
                return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "a term has '...' twice");
            out->ellipsis = out->count;
            p += 3;
            continue;
        }
        int label = label_of(*p);
        if (label < 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "'%c' is not a subscript", *p);
        if (out->count == FM_EINSUM_NDIM)
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "a term has more than %d subscripts",
                              FM_EINSUM_NDIM);
        out->label[out->count++] = (uint8_t)label;
        p++;
    }
    *text = p;
    return FM_OK;
}

/* Labels of a term with its ellipsis written out as covered axes. */
static void expand(const spelled *from, int covered, fm_einsum_term *term) {
    int at = 0;
    term->set = 0;
    for (int i = 0; i <= from->count; i++) {
        if (i == from->ellipsis)
            for (int axis = covered; axis-- > 0;)
                term->label[at++] = (uint8_t)(FM_EINSUM_ELLIPSIS + axis);
        if (i < from->count) term->label[at++] = from->label[i];
    }
    term->ndim = at;
    for (int i = 0; i < at; i++) term->set |= bit(term->label[i]);
}

static void name_label(int label, char text[16]) {
    if (label < FM_EINSUM_ELLIPSIS)
        memcpy(text, (char[2]){letter_of(label), '\0'}, 2);
    else
        memcpy(text, "...", 4);
}

/* Gives the term its extents and each label its size. */
static fm_status take_shape(const char *op, int argument, fm_extents shape, fm_einsum *e,
                            fm_einsum_term *term, fm_error *error) {
    for (int i = 0; i < term->ndim; i++) {
        int label = term->label[i];
        int64_t dim = shape.dims[i], *size = &e->size[label];
        char name[16];
        name_label(label, name);
        if (dim < 0)
            return fm_fail_op(error, FM_ERR_SHAPE, op, argument, "axis %d is %lld", i,
                              (long long)dim);
        if (*size >= 0 && *size != dim && *size != 1 && dim != 1)
            return fm_fail_op(error, FM_ERR_SHAPE, op, argument,
                              "axis %d is %lld, but subscript '%s' is %lld before", i,
                              (long long)dim, name, (long long)*size);
        if (*size < 0 || *size == 1) *size = dim;
        term->dim[i] = dim;
    }
    return FM_OK;
}

static fm_status take_operand(const char *op, const char **text, int index, fm_extents shape,
                              fm_einsum *e, int *covered, fm_error *error) {
    spelled term;
    FM_TRY(spell(op, text, &term, error));
    int under = shape.ndim - term.count;
    if (term.ellipsis >= 0 ? under < 0 : under != 0)
        return fm_fail_op(error, FM_ERR_SHAPE, op, index + 2,
                          "%d axes, but its term has %d subscripts%s", shape.ndim, term.count,
                          term.ellipsis >= 0 ? " and '...'" : "");
    if (term.ellipsis >= 0 && under > *covered) *covered = under;
    expand(&term, under, &e->term[index]);
    return take_shape(op, index + 2, shape, e, &e->term[index], error);
}

/* Without "->": the axes under "...", then the letters that appear once, in alphabetical order. */
static void implicit_output(const fm_einsum *e, int covered, spelled *out) {
    int seen[FM_EINSUM_ELLIPSIS] = {0};
    for (int t = 0; t < e->nterms; t++)
        for (int i = 0; i < e->term[t].ndim; i++)
            if (e->term[t].label[i] < FM_EINSUM_ELLIPSIS) seen[e->term[t].label[i]]++;
    *out = (spelled){.ellipsis = covered > 0 ? 0 : -1};
    for (int label = 0; label < FM_EINSUM_ELLIPSIS; label++)
        if (seen[label] == 1) out->label[out->count++] = (uint8_t)label;
}

/* An output without "..." sums the axes under the inputs' "...", as opt_einsum has it. */
static fm_status take_output(const char *op, const spelled *text, int covered, fm_einsum *e,
                             fm_error *error) {
    fm_label_set inputs = 0, seen = 0;
    for (int t = 0; t < e->nterms; t++) inputs |= e->term[t].set;
    if (text->count + covered > FM_EINSUM_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, op, 1,
                          "the output has %d axes, at most %d are taken", text->count + covered,
                          FM_EINSUM_NDIM);
    expand(text, text->ellipsis >= 0 ? covered : 0, &e->out);
    for (int i = 0; i < e->out.ndim; i++) {
        int label = e->out.label[i];
        if ((inputs & bit(label)) == 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "output subscript '%c' is in no input",
                              letter_of(label));
        if ((seen & bit(label)) != 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "output subscript '%c' appears twice",
                              letter_of(label));
        seen |= bit(label);
        e->out.dim[i] = e->size[label];
    }
    return FM_OK;
}

fm_status fm_einsum_parse(const char *op, const char *subscripts, int nshapes,
                          const fm_extents *shapes, fm_einsum *out, fm_error *error) {
    if (nshapes < 1 || nshapes > FM_EINSUM_OPERANDS)
        return fm_fail_op(error, FM_ERR_ARGUMENT, op, 0, "%d operands, from 1 to %d are taken",
                          nshapes, FM_EINSUM_OPERANDS);
    const char *p = subscripts;
    int covered = 0;
    out->nterms = nshapes;
    for (int i = 0; i < FM_EINSUM_LABELS; i++) out->size[i] = -1;
    for (int i = 0; i < nshapes; i++) {
        if (i > 0 && *p != ',')
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "%d terms, but %d operands", i,
                              nshapes);
        if (i > 0) p++;
        FM_TRY(take_operand(op, &p, i, shapes[i], out, &covered, error));
    }
    if (*p == ',')
        return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "more terms than the %d operands",
                          nshapes);
    spelled text;
    if (*p == '\0') {
        implicit_output(out, covered, &text);
    } else {
        if (p[1] != '>') return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "'-' without '>'");
        p += 2;
        FM_TRY(spell(op, &p, &text, error));
        if (*p != '\0')
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "'%c' after the output", *p);
    }
    return take_output(op, &text, covered, out, error);
}
