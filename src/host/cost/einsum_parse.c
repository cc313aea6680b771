/* Reading einsum subscripts against shapes. */
#include "cost/einsum.h"
#include "cost/einsum_letter.h"

#include "core/detail.h"

#include <stdio.h>
#include <string.h>

/* The text while it is read; positions are counted in characters. */
typedef struct reader {
    const char *op, *begin, *at;
    fm_einsum *e;
    fm_label_set free; /* labels that other letters may have */
    fm_error *error;
} reader;

/* A term's text: its labels, where each stands, and where among them "..." stood, -1 for nowhere.
 */
typedef struct spelled {
    int count, ellipsis, ellipsis_at;
    uint8_t label[FM_EINSUM_NDIM];
    uint16_t at[FM_EINSUM_NDIM];
} spelled;

static fm_label_set bit(int label) {
    return (fm_label_set)1 << label;
}

static int position(const reader *r, const char *at) {
    int count = 0;
    for (const char *p = r->begin; p < at; p++) count += ((unsigned char)*p & 0xc0) != 0x80;
    return count;
}

static void skip_spaces(reader *r) {
    while (*r->at == ' ' || (*r->at >= '\t' && *r->at <= '\r')) r->at++;
}

static bool at_end_of_term(const reader *r) {
    return *r->at == '\0' || *r->at == ',' || *r->at == '-';
}

static fm_status text_error(const reader *r, const char *at, const char *what) {
    return fm_fail_op(r->error, FM_ERR_ARGUMENT, r->op, 1, "%s at position %d", what,
                      position(r, at));
}

/* Labels that no ASCII letter of the text has. */
static fm_label_set unused_labels(const char *text) {
    fm_label_set unused = ~(bit(FM_EINSUM_OTHERS) - bit(FM_EINSUM_ELLIPSIS));
    for (const char *p = text; *p != '\0'; p++) {
        int label = fm_letter_label((unsigned char)*p);
        if (label >= 0) unused &= ~bit(label);
    }
    return unused;
}

/* The label of a letter beyond ASCII: that which it has, or a new one; -1 where all are taken. */
static int other_label(reader *r, uint32_t code) {
    for (int i = 0; i < FM_EINSUM_LABELS; i++)
        if (r->e->code[i] == code) return i;
    for (int i = 0; i < FM_EINSUM_LABELS; i++) {
        int label = (FM_EINSUM_OTHERS + i) % FM_EINSUM_LABELS;
        if ((r->free & bit(label)) == 0) continue;
        r->free &= ~bit(label);
        r->e->code[label] = code;
        return label;
    }
    return -1;
}

static fm_status spell_letter(reader *r, spelled *out) {
    fm_letter letter = fm_letter_read(r->at);
    int label = letter.code < 0x80 ? fm_letter_label(letter.code) : -1;
    if (letter.code < 0x80 && label >= 0) r->e->code[label] = letter.code;
    if (letter.code >= 0x80 && fm_letter_is_letter(letter.code)) {
        label = other_label(r, letter.code);
        if (label < 0) return text_error(r, r->at, "one subscript more than can be told apart");
    }
    if (label < 0)
        return fm_fail_op(r->error, FM_ERR_ARGUMENT, r->op, 1,
                          "'%.*s' at position %d is not a subscript", letter.bytes, r->at,
                          position(r, r->at));
    if (out->count == FM_EINSUM_NDIM)
        return fm_fail_op(r->error, FM_ERR_ARGUMENT, r->op, 1, "a term has more than %d subscripts",
                          FM_EINSUM_NDIM);
    out->at[out->count] = (uint16_t)position(r, r->at);
    out->label[out->count++] = (uint8_t)label;
    r->at += letter.bytes;
    return FM_OK;
}

/* Reads one term up to ',', '-' or the end. */
static fm_status spell(reader *r, spelled *out) {
    out->count = 0;
    out->ellipsis = -1;
    for (skip_spaces(r); !at_end_of_term(r); skip_spaces(r)) {
        if (strncmp(r->at, "...", 3) != 0) {
            FM_TRY(spell_letter(r, out));
            continue;
        }
        if (out->ellipsis >= 0) return text_error(r, r->at, "a term has '...' twice, the second");
        out->ellipsis = out->count;
        out->ellipsis_at = position(r, r->at);
        r->at += 3;
    }
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

fm_einsum_name fm_einsum_name_of(const fm_einsum *e, int label) {
    fm_einsum_name name = {"..."};
    if (label < FM_EINSUM_ELLIPSIS || label >= FM_EINSUM_OTHERS)
        fm_letter_write(e->code[label], name.text);
    return name;
}

/* Where axis i of a term stands in the text. */
static int place_of(const spelled *text, int covered, int i) {
    if (text->ellipsis < 0 || i < text->ellipsis) return text->at[i];
    return i < text->ellipsis + covered ? text->ellipsis_at : text->at[i - covered];
}

/* Gives the term its extents and each label its size. */
static fm_status take_shape(const reader *r, int argument, const spelled *text, int covered,
                            fm_extents shape, fm_einsum_term *term) {
    for (int i = 0; i < term->ndim; i++) {
        int label = term->label[i];
        int64_t dim = shape.dims[i], *size = &r->e->size[label];
        if (dim < 0)
            return fm_fail_op(r->error, FM_ERR_SHAPE, r->op, argument, "axis %d is %lld", i,
                              (long long)dim);
        if (*size >= 0 && *size != dim && *size != 1 && dim != 1)
            return fm_fail_op(r->error, FM_ERR_SHAPE, r->op, argument,
                              "axis %d is %lld, but subscript '%s' at position %d is %lld before",
                              i, (long long)dim, fm_einsum_name_of(r->e, label).text,
                              place_of(text, covered, i), (long long)*size);
        if (*size < 0 || *size == 1) *size = dim;
        term->dim[i] = dim;
    }
    return FM_OK;
}

static fm_status take_operand(reader *r, int index, fm_extents shape, int *covered) {
    spelled text;
    int from = position(r, r->at);
    FM_TRY(spell(r, &text));
    int under = shape.ndim - text.count;
    if (text.ellipsis >= 0 ? under < 0 : under != 0)
        return fm_fail_op(r->error, FM_ERR_SHAPE, r->op, index + 2,
                          "%d axes, but its term at position %d has %d subscripts%s", shape.ndim,
                          from, text.count, text.ellipsis >= 0 ? " and '...'" : "");
    if (text.ellipsis < 0) under = 0;
    if (under > *covered) *covered = under;
    expand(&text, under, &r->e->term[index]);
    return take_shape(r, index + 2, &text, under, shape, &r->e->term[index]);
}

/* Without "->": the axes under "...", then the letters that appear once, in the order of their
   codes. */
static void implicit_output(const fm_einsum *e, int covered, spelled *out) {
    int seen[FM_EINSUM_LABELS] = {0};
    for (int t = 0; t < e->nterms; t++)
        for (int i = 0; i < e->term[t].ndim; i++) seen[e->term[t].label[i]]++;
    *out = (spelled){.ellipsis = covered > 0 ? 0 : -1};
    for (int label = 0; label < FM_EINSUM_LABELS; label++) {
        if (seen[label] != 1 || e->code[label] == 0) continue;
        if (out->count == FM_EINSUM_NDIM) return; /* take_output finds out */
        int at = out->count++;
        for (; at > 0 && e->code[out->label[at - 1]] > e->code[label]; at--)
            out->label[at] = out->label[at - 1];
        out->label[at] = (uint8_t)label;
    }
}

/* An output without "..." sums the axes under the inputs' "...", as opt_einsum has it. */
static fm_status take_output(const reader *r, const spelled *text, int covered) {
    fm_einsum *e = r->e;
    fm_label_set inputs = 0, seen = 0;
    int under = text->ellipsis >= 0 ? covered : 0;
    for (int t = 0; t < e->nterms; t++) inputs |= e->term[t].set;
    if (text->count + under > FM_EINSUM_NDIM)
        return fm_fail_op(r->error, FM_ERR_SHAPE, r->op, 1,
                          "the output has %d axes, at most %d are taken", text->count + under,
                          FM_EINSUM_NDIM);
    expand(text, under, &e->out);
    for (int i = 0; i < e->out.ndim; i++) {
        int label = e->out.label[i];
        bool absent = (inputs & bit(label)) == 0;
        if (absent || (seen & bit(label)) != 0)
            return fm_fail_op(r->error, FM_ERR_ARGUMENT, r->op, 1,
                              "output subscript '%s' at position %d %s",
                              fm_einsum_name_of(e, label).text, place_of(text, under, i),
                              absent ? "is in no input" : "appears twice");
        seen |= bit(label);
        e->out.dim[i] = e->size[label];
    }
    return FM_OK;
}

static int count_terms(const char *text) {
    int count = 1;
    for (; *text != '\0' && *text != '-'; text++) count += *text == ',';
    return count;
}

fm_status fm_einsum_parse(const char *op, const char *subscripts, int nshapes,
                          const fm_extents *shapes, fm_einsum *out, fm_error *error) {
    if (nshapes < 1 || nshapes > FM_EINSUM_OPERANDS)
        return fm_fail_op(error, FM_ERR_ARGUMENT, op, 0, "%d operands, from 1 to %d are taken",
                          nshapes, FM_EINSUM_OPERANDS);
    reader r = {op, subscripts, subscripts, out, unused_labels(subscripts), error};
    spelled text;
    int covered = 0, terms = count_terms(subscripts);
    out->nterms = nshapes;
    memset(out->code, 0, sizeof out->code);
    for (int i = 0; i < FM_EINSUM_LABELS; i++) out->size[i] = -1;
    if (terms != nshapes)
        return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "%d terms, but %d operands", terms,
                          nshapes);
    for (int i = 0; i < nshapes; i++) {
        if (i > 0) r.at++;
        FM_TRY(take_operand(&r, i, shapes[i], &covered));
    }
    if (*r.at == '\0') {
        implicit_output(out, covered, &text);
    } else {
        if (r.at[1] != '>') return text_error(&r, r.at, "'-' without '>'");
        r.at += 2;
        FM_TRY(spell(&r, &text));
        if (*r.at != '\0')
            return fm_fail_op(error, FM_ERR_ARGUMENT, op, 1, "'%c' at position %d after the output",
                              *r.at, position(&r, r.at));
    }
    return take_output(&r, &text, covered);
}
