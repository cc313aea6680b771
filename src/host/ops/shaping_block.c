/* Nested lists of arrays: block, and bmat, which reads texts of registered names too. */
#include "ops/shaping.h"

#include <ctype.h>
#include <string.h>

static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TENSORS ||
           value->kind == FM_VALUE_INTS;
}

/* Element i of a list of any of the kinds a list comes in. */
static fm_value element(const fm_value *list, uint32_t i) {
    switch (list->kind) {
    case FM_VALUE_TENSORS:
        return V_T(list->as.tensors[i]);
    case FM_VALUE_INTS:
        return V_I(list->as.ints[i]);
    default:
        return list->as.items[i];
    }
}

/* What all leaves have in common. */
typedef struct survey {
    const fm_bound *bound;
    fm_error *error;
    int depth; /* of the leaves; -1: none was seen */
    int ndim;  /* most dimensions of a leaf */
    fm_dtype dtype;
} survey;

static fm_status look(survey *s, const fm_value *value, int depth) {
    const char *op = s->bound->row->name;
    if (value->kind == FM_VALUE_TUPLE) {
        fm_fail_op(s->error, FM_ERR_ARGUMENT, op, 1,
                   "a tuple at depth %d, but only lists are nested", depth);
        return fm_fail_as(s->error, "TypeError", FM_ERR_ARGUMENT);
    }
    if (is_list(value)) {
        if (value->count == 0)
            return fm_fail_op(s->error, FM_ERR_ARGUMENT, op, 1, "the list at depth %d is empty",
                              depth);
        for (uint32_t i = 0; i < value->count; i++) {
            fm_value one = element(value, i);
            FM_TRY(look(s, &one, depth + 1));
        }
        return FM_OK;
    }
    const fm_layout *layout = fm_value_layout(value);
    if (layout == NULL)
        return fm_fail_op(s->error, FM_ERR_DTYPE, op, 1, "it holds something that is no array");
    if (s->depth >= 0 && s->depth != depth)
        return fm_fail_op(s->error, FM_ERR_ARGUMENT, op, 1,
                          "lists are nested %d deep in one place and %d deep in another", s->depth,
                          depth);
    s->depth = depth;
    if (layout->ndim > s->ndim) s->ndim = layout->ndim;
    s->dtype = s->dtype ? fm_promote_types(s->dtype, layout->dtype) : layout->dtype;
    return FM_OK;
}

/* The shape of a value with ndim dimensions, its lists joined along their axes. */
static fm_status shape_of(const survey *s, const fm_value *value, int depth, int64_t *shape) {
    const fm_layout *layout = fm_value_layout(value);
    if (!is_list(value)) {
        for (int d = 0; d < s->ndim; d++) {
            int at = d - (s->ndim - layout->ndim);
            shape[d] = at < 0 ? 1 : fm_layout_shape(layout)[at];
        }
        return FM_OK;
    }
    int axis = s->ndim - (s->depth - depth);
    for (uint32_t i = 0; i < value->count; i++) {
        int64_t part[FM_MAX_NDIM];
        fm_value one = element(value, i);
        FM_TRY(shape_of(s, &one, depth + 1, i ? part : shape));
        for (int d = 0; i && d < s->ndim; d++) {
            if (d == axis)
                shape[d] += part[d];
            else if (part[d] != shape[d])
                return fm_fail_op(s->error, FM_ERR_SHAPE, s->bound->row->name, 1,
                                  "element %u of a list at depth %d has extent %lld along axis %d, "
                                  "but element 0 has %lld",
                                  i, depth, (long long)part[d], d, (long long)shape[d]);
        }
    }
    return FM_OK;
}

static fm_status survey_block(survey *s, fm_error *error) {
    s->error = error;
    s->depth = -1;
    FM_TRY(look(s, &s->bound->values[0], 0));
    if (s->depth > s->ndim) s->ndim = s->depth;
    if (s->ndim > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, s->bound->row->name, 1,
                          "lists are nested deeper than %d", FM_MAX_NDIM);
    return FM_OK;
}

fm_status fm_infer_block(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    survey s = {.bound = bound};
    fm_operands_clear(r);
    FM_TRY(survey_block(&s, error));
    FM_TRY(shape_of(&s, &bound->values[0], 0, shape));
    r->compute = s.dtype;
    fm_output_set(r, 0, s.dtype, s.ndim, shape);
    return FM_OK;
}

static const fm_tensor *build(fm_program *p, const survey *s, const fm_value *value, int depth) {
    if (!is_list(value)) {
        int64_t shape[FM_MAX_NDIM];
        const fm_tensor *leaf = fm_program_as_tensor(p, value);
        if (!leaf || leaf->layout->ndim == s->ndim) return leaf;
        if (shape_of(s, value, depth, shape) != FM_OK) return NULL;
        return FM_DO(p, "reshape", V_T(leaf), V_INTS(shape, s->ndim));
    }
    const fm_tensor **parts = fm_program_memory(p, value->count * sizeof *parts);
    for (uint32_t i = 0; i < value->count && p->status == FM_OK; i++) {
        fm_value one = element(value, i);
        parts[i] = build(p, s, &one, depth + 1);
    }
    if (p->status != FM_OK) return NULL;
    return FM_DO(p, "concatenate", V_TS(parts, value->count), V_I(s->ndim - (s->depth - depth)));
}

fm_status fm_run_block(fm_program *p) {
    fm_bound bound = {.row = p->row, .values = p->values};
    survey s = {.bound = &bound};
    p->status = survey_block(&s, p->error);
    if (p->status != FM_OK) return p->status;
    const fm_tensor *whole = build(p, &s, &p->values[0], 0);
    /* What is a single leaf would be the caller's own. */
    if (!is_list(&p->values[0])) whole = FM_DO(p, "copy", V_T(whole));
    fm_program_return(p, 0, whole);
    return p->status;
}

/* bmat */

/* The tensors of one row of a text, "A, B" or "A B": registered under those names. */
static const fm_tensor *join_named(fm_program *p, const char *row, size_t length) {
    const fm_tensor **parts = fm_program_memory(p, (length + 1) * sizeof *parts);
    uint32_t count = 0;
    for (size_t at = 0; parts && at < length;) {
        char name[64];
        size_t n = 0;
        while (at < length && (row[at] == ',' || isspace((unsigned char)row[at]))) at++;
        while (at < length && row[at] != ',' && !isspace((unsigned char)row[at])) {
            if (n + 1 < sizeof name) name[n++] = row[at];
            at++;
        }
        name[n] = '\0';
        if (n == 0) continue;
        parts[count] = fm_tensor_find(p->ctx, name);
        if (!parts[count]) {
            fm_program_raise(p, FM_ERR_NOT_FOUND, "NameError", 1,
                             "no tensor is registered under the name '%s'", name);
            return NULL;
        }
        count++;
    }
    return FM_DO(p, "concatenate", V_TS(parts, count), V_I(-1));
}

static const fm_tensor *from_text(fm_program *p, const char *text) {
    size_t length = strlen(text);
    const fm_tensor **rows = fm_program_memory(p, (length + 1) * sizeof *rows);
    uint32_t count = 0;
    for (size_t at = 0; rows && p->status == FM_OK;) {
        size_t end = at + strcspn(text + at, ";");
        rows[count++] = join_named(p, text + at, end - at);
        if (end == length) break;
        at = end + 1;
    }
    return p->status == FM_OK ? FM_DO(p, "concatenate", V_TS(rows, count), V_I(0)) : NULL;
}

/* The arrays of a list, whose elements may be nested lists of numbers, joined along the last axis.
 */
static const fm_tensor *join_row(fm_program *p, const fm_value *row) {
    if (!is_list(row) && row->kind != FM_VALUE_TUPLE) {
        fm_program_raise(p, FM_ERR_ARGUMENT, "TypeError", 1, "a row is no list of arrays");
        return NULL;
    }
    const fm_tensor **parts = fm_program_memory(p, (row->count + 1) * sizeof *parts);
    for (uint32_t i = 0; i < row->count && p->status == FM_OK; i++) {
        fm_value one = element(row, i);
        parts[i] = fm_program_as_tensor(p, &one);
    }
    return p->status == FM_OK ? FM_DO(p, "concatenate", V_TS(parts, row->count), V_I(-1)) : NULL;
}

static const fm_tensor *from_lists(fm_program *p, const fm_value *value) {
    if (value->kind == FM_VALUE_TENSORS) return join_row(p, value);
    for (uint32_t i = 0; i < value->count; i++)
        if (element(value, i).kind == FM_VALUE_TENSOR) return join_row(p, value);
    const fm_tensor **rows = fm_program_memory(p, (value->count + 1) * sizeof *rows);
    for (uint32_t i = 0; i < value->count && p->status == FM_OK; i++) {
        fm_value one = element(value, i);
        rows[i] = join_row(p, &one);
    }
    return p->status == FM_OK ? FM_DO(p, "concatenate", V_TS(rows, value->count), V_I(0)) : NULL;
}

static const fm_tensor *matrix_of(fm_program *p) {
    const fm_value *obj = &p->values[0];
    const fm_tensor *whole = obj->kind == FM_VALUE_STRING ? from_text(p, obj->as.string)
                             : is_list(obj) || obj->kind == FM_VALUE_TUPLE
                                 ? from_lists(p, obj)
                                 : fm_program_as_tensor(p, obj);
    if (!whole) {
        fm_program_raise(p, FM_ERR_ARGUMENT, "TypeError", 1, "it is no matrix");
        return NULL;
    }
    if (whole->layout->ndim > 2)
        fm_program_fail(p, FM_ERR_SHAPE, 1, "%d dimensions, but a matrix has 2",
                        whole->layout->ndim);
    return p->status == FM_OK ? whole : NULL;
}

/* Names and nested lists show their shapes only when they are looked up, so the probe joins them
   to learn the number of elements. */
fm_status fm_probe_bmat(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_tensor *whole = matrix_of(p);
    if (!whole) return p->status;
    int ndim = whole->layout->ndim;
    const int64_t *shape = fm_layout_shape(whole->layout);
    probed[0] = ndim == 2 ? shape[0] : 1;
    probed[1] = ndim ? shape[ndim - 1] : 1;
    probed[2] = whole->layout->dtype;
    return p->status;
}

fm_status fm_infer_bmat(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    fm_operands_clear(r);
    r->compute = (fm_dtype)bound->probed[2];
    fm_output_set(r, 0, r->compute, 2, bound->probed);
    return FM_OK;
}

fm_status fm_run_bmat(fm_program *p) {
    fm_program_return(
        p, 0, FM_DO(p, "copy", V_T(FM_DO(p, "reshape", V_T(matrix_of(p)), V_INTS(p->probed, 2)))));
    return p->status;
}
