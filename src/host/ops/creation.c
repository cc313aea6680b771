/* Arrays from values, from other arrays and from bytes: array, asarray, asarray_chkfinite, require,
   from_dlpack, frombuffer, fromiter. */
#include "core/memory.h"
#include "ops/elementwise_infer.h"
#include "ops/shaping.h"
#include "ops/view.h"

#include <ctype.h>
#include <string.h>

enum { P_OBJECT, P_DTYPE };

static int param_of(const fm_row *row, const char *name) {
    for (int p = 0; p < row->nparams; p++)
        if (strcmp(row->params[p].name, name) == 0) return p;
    return -1;
}

/* A number becomes a 0-d array; a whole number that its dtype cannot hold is an OverflowError. */
static fm_status open_value(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, P_OBJECT, 0);
    r->compute = fm_arg_dtype(&bound->values[P_DTYPE], a->dtype);
    const fm_value *value = &bound->values[P_OBJECT];
    fm_scalar number = fm_value_number(value);
    if (value->kind == FM_VALUE_COMPLEX && fm_dtype_kind(r->compute) != 'c') {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_OBJECT + 1,
                   "a complex number, but the dtype is %s", fm_dtype_name(r->compute));
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (value->kind != FM_VALUE_INT || fm_infer_fits(number, r->compute)) return FM_OK;
    fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, P_OBJECT + 1,
               "integer %lld is out of bounds for %s", (long long)number.value.i,
               fm_dtype_name(r->compute));
    return fm_fail_as(error, "OverflowError", FM_ERR_OVERFLOW);
}

static bool is_fortran(const fm_tensor *a) {
    const fm_layout *x = a->layout;
    return fm_view_is_fortran(x->ndim, fm_layout_shape(x), fm_layout_strides(x));
}

/* The array in that dtype and order; where nothing has to change, the array itself unless a copy
   is asked for. */
static const fm_tensor *as_array(fm_program *p, const fm_tensor *a, fm_dtype dtype, char order,
                                 bool copy) {
    if (!a) return NULL;
    bool columns =
        a->layout->ndim > 1 && (order == 'F' || ((order == 'A' || order == 'K') && is_fortran(a)));
    bool rows = order == 'C' && !(a->layout->flags & FM_LAYOUT_CONTIGUOUS);
    bool same = a->layout->dtype == dtype && !rows && (order != 'F' || !columns || is_fortran(a));
    if (same && !copy) return a;
    if (!columns) return FM_DO(p, "astype", V_T(a), V_D(dtype));
    fm_tensor *turned = FM_DO(p, "transpose", V_T(a));
    return FM_DO(p, "transpose", V_T(FM_DO(p, "astype", V_T(turned), V_D(dtype))));
}

/* The parameter as an array of its own dtype. */
static const fm_tensor *object_of(fm_program *p) {
    return fm_program_tensor(p, P_OBJECT);
}

static fm_dtype dtype_for(const fm_program *p, const fm_tensor *a) {
    return fm_arg_dtype(&p->values[P_DTYPE], a ? a->layout->dtype : FM_FLOAT64);
}

/* Whether copy=False forbids what has to be done. */
static fm_status check_copy(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    const fm_value *copy = &bound->values[param_of(bound->row, "copy")];
    bool needed = r->by_value || r->compute != r->in[0]->dtype;
    if (fm_arg_absent(copy) || copy->as.i || !needed) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 0,
                      "no copy is allowed, but the result needs one");
}

fm_status fm_infer_array(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    char order;
    int64_t shape[FM_MAX_NDIM];
    FM_TRY(open_value(bound, r, error));
    FM_TRY(fm_arg_order(bound, param_of(bound->row, "order"), 'K', &order, error));
    FM_TRY(check_copy(bound, r, error));
    const fm_layout *a = r->in[0];
    int64_t least = fm_arg_int(&bound->values[param_of(bound->row, "ndmin")], 0);
    if (least < 0 || least > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 0,
                          "ndmin is %lld, but it is between 0 and %d", (long long)least,
                          FM_MAX_NDIM);
    int ndim = a->ndim > least ? a->ndim : (int)least;
    for (int d = 0; d < ndim; d++)
        shape[d] = d < ndim - a->ndim ? 1 : fm_layout_shape(a)[d - (ndim - a->ndim)];
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

fm_status fm_run_array(fm_program *p) {
    char order;
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_tensor *a = object_of(p);
    bool copy = fm_arg_int(&p->values[param_of(p->row, "copy")], 0) != 0;
    if (a) p->status = fm_arg_order(&bound, param_of(p->row, "order"), 'K', &order, p->error);
    if (p->status != FM_OK) return p->status;
    int64_t shape[FM_MAX_NDIM];
    int least = (int)fm_arg_int(&p->values[param_of(p->row, "ndmin")], 0), ndim = a->layout->ndim;
    const fm_tensor *out = as_array(p, a, dtype_for(p, a), order, copy);
    for (int d = 0; d < least; d++)
        shape[d] = d < least - ndim ? 1 : fm_layout_shape(a->layout)[d - (least - ndim)];
    if (least > ndim) out = FM_DO(p, "reshape", V_T(out), V_INTS(shape, least));
    fm_program_return(p, 0, out);
    return p->status;
}

fm_status fm_infer_asarray(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    char order;
    FM_TRY(open_value(bound, r, error));
    FM_TRY(fm_arg_order(bound, param_of(bound->row, "order"), 'K', &order, error));
    if (param_of(bound->row, "copy") >= 0) FM_TRY(check_copy(bound, r, error));
    fm_output_set(r, 0, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

static const fm_tensor *asarray_of(fm_program *p) {
    char order;
    int copy = param_of(p->row, "copy");
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_tensor *a = object_of(p);
    if (a) p->status = fm_arg_order(&bound, param_of(p->row, "order"), 'K', &order, p->error);
    if (p->status != FM_OK) return NULL;
    return as_array(p, a, dtype_for(p, a), order, copy >= 0 && fm_arg_int(&p->values[copy], 0));
}

fm_status fm_run_asarray(fm_program *p) {
    fm_program_return(p, 0, asarray_of(p));
    return p->status;
}

fm_status fm_run_asarray_chkfinite(fm_program *p) {
    const fm_tensor *out = asarray_of(p);
    char kind = out ? fm_dtype_kind(out->layout->dtype) : 0;
    if (kind == 'f' || kind == 'c') {
        fm_tensor *finite = FM_DO(p, "isfinite", V_T(out));
        static const char not_finite[] = "it contains infinities or NaN";
        fm_tensor *wrong = FM_DO(p, "logical_not", V_T(finite));
        if (!fm_program_watch(p, wrong, FM_ERR_ARGUMENT, NULL, 1, not_finite) &&
            fm_program_int(p, FM_DO(p, "any", V_T(wrong))))
            return fm_program_fail(p, FM_ERR_ARGUMENT, 1, "%s", not_finite);
    }
    fm_program_return(p, 0, out);
    return p->status;
}

/* require */

enum { NEEDS_C = 1, NEEDS_F = 2, NEEDS_OWN = 4 };

/* What one flag's name asks for; false for an unknown name. */
static bool read_flag(const char *name, size_t length, int *needs) {
    static const struct {
        const char *name;
        int needs;
    } flags[] = {
        {"C", NEEDS_C},
        {"C_CONTIGUOUS", NEEDS_C},
        {"CONTIGUOUS", NEEDS_C},
        {"F", NEEDS_F},
        {"F_CONTIGUOUS", NEEDS_F},
        {"FORTRAN", NEEDS_F},
        {"A", 0},
        {"ALIGNED", 0},
        {"W", 0},
        {"WRITEABLE", 0},
        {"O", NEEDS_OWN},
        {"OWNDATA", NEEDS_OWN},
        {"E", 0},
        {"ENSUREARRAY", 0},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        size_t at = 0;
        while (at < length && flags[i].name[at] == toupper((unsigned char)name[at])) at++;
        if (at < length || flags[i].name[at] != '\0') continue;
        *needs |= flags[i].needs;
        return true;
    }
    return false;
}

/* A list of names, or a text of one-letter names. */
static fm_status read_requirements(const fm_bound *bound, int *needs, fm_error *error) {
    const fm_value *value = &bound->values[2];
    bool known = true;
    *needs = 0;
    for (size_t i = 0; value->kind == FM_VALUE_STRING && value->as.string[i] && known; i++)
        known = read_flag(value->as.string + i, 1, needs);
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    for (uint32_t i = 0; list && i < value->count && known; i++) {
        const fm_value *one = &value->as.items[i];
        known = one->kind == FM_VALUE_STRING &&
                read_flag(one->as.string, strlen(one->as.string), needs);
    }
    if (!known) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3, "a requirement is not known");
        return fm_fail_as(error, "KeyError", FM_ERR_ARGUMENT);
    }
    if ((*needs & NEEDS_C) && (*needs & NEEDS_F))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "it cannot be both 'C' and 'F'");
    return FM_OK;
}

fm_status fm_infer_require(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int needs;
    FM_TRY(open_value(bound, r, error));
    FM_TRY(read_requirements(bound, &needs, error));
    fm_output_set(r, 0, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

fm_status fm_run_require(fm_program *p) {
    int needs = 0;
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_tensor *a = object_of(p);
    p->status = read_requirements(&bound, &needs, p->error);
    char order = needs & NEEDS_C ? 'C' : needs & NEEDS_F ? 'F' : 'K';
    fm_program_return(p, 0, as_array(p, a, dtype_for(p, a), order, needs & NEEDS_OWN));
    return p->status;
}

/* from_dlpack: the tensor stands for whoever exports it. */

fm_status fm_infer_from_dlpack(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    if (r->by_value) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "a number exports no array");
        return fm_fail_as(error, "AttributeError", FM_ERR_DTYPE);
    }
    r->compute = r->in[0]->dtype;
    fm_output_set(r, 0, r->compute, r->in[0]->ndim, fm_layout_shape(r->in[0]));
    return FM_OK;
}

fm_status fm_run_from_dlpack(fm_program *p) {
    const fm_tensor *a = object_of(p);
    if (fm_arg_int(&p->values[param_of(p->row, "copy")], 0)) a = FM_DO(p, "copy", V_T(a));
    fm_program_return(p, 0, a);
    return p->status;
}

/* fromiter: the first count elements, all where count is -1. */

fm_status fm_infer_fromiter(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    if (a->ndim == 0) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "a number cannot be iterated over");
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    int64_t length = fm_layout_shape(a)[0], count = bound->values[2].as.i;
    if (a->ndim > 1)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "its elements are arrays, but numbers are needed");
    if (count > length)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "%lld elements, but argument 1 has %lld", (long long)count,
                          (long long)length);
    if (count < 0) count = length;
    r->compute = bound->values[1].as.dtype;
    fm_output_set(r, 0, r->compute, 1, &count);
    return FM_OK;
}

fm_status fm_run_fromiter(fm_program *p) {
    const fm_tensor *a = object_of(p);
    int64_t count = p->values[2].as.i;
    if (a && count >= 0) a = fm_do_slice(p, a, 0, 0, count, 1);
    fm_program_return(p, 0, FM_DO(p, "astype", V_T(a), V_D(p->values[1].as.dtype)));
    return p->status;
}

/* frombuffer: bytes read as another dtype. */

enum { P_COUNT = 2, P_OFFSET };

/* How many elements, counted in `size` bytes from `offset` on. */
static fm_status count_elements(const fm_bound *bound, int64_t bytes, int64_t *count,
                                fm_error *error) {
    int64_t offset = bound->values[P_OFFSET].as.i, wanted = bound->values[P_COUNT].as.i;
    int64_t width = (int64_t)fm_dtype_size(bound->values[P_DTYPE].as.dtype);
    if (offset < 0 || offset > bytes)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_OFFSET + 1,
                          "offset %lld, but the buffer has %lld bytes", (long long)offset,
                          (long long)bytes);
    if (wanted < 0 && (bytes - offset) % width != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "%lld bytes, which are no multiple of the %lld of an element",
                          (long long)(bytes - offset), (long long)width);
    if (wanted >= 0 && wanted > (bytes - offset) / width)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_COUNT + 1,
                          "%lld elements, but the buffer holds %lld", (long long)wanted,
                          (long long)((bytes - offset) / width));
    *count = wanted < 0 ? (bytes - offset) / width : wanted;
    return FM_OK;
}

fm_status fm_infer_frombuffer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    int64_t count;
    if (r->by_value) {
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "a number is no buffer of bytes");
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (!(a->flags & FM_LAYOUT_CONTIGUOUS))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "its elements do not lie row by row without gaps");
    FM_TRY(count_elements(bound, a->size * (int64_t)fm_dtype_size(a->dtype), &count, error));
    r->compute = bound->values[P_DTYPE].as.dtype;
    fm_output_set(r, 0, r->compute, 1, &count);
    return FM_OK;
}

static void release_source(void *storage) {
    fm_storage_release(storage);
}

/* Another look at the same bytes; where they are not aligned for the dtype, a copy of them. */
fm_status fm_run_frombuffer(fm_program *p) {
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_tensor *a = object_of(p);
    int64_t count;
    if (!a) return p->status;
    size_t bytes = fm_tensor_nbytes(a);
    fm_dtype dtype = p->values[P_DTYPE].as.dtype;
    size_t offset = (size_t)p->values[P_OFFSET].as.i;
    p->status = count_elements(&bound, (int64_t)bytes, &count, p->error);
    char *start = (char *)fm_tensor_data(a) + offset;
    size_t part = fm_dtype_kind(dtype) == 'c' ? fm_dtype_size(dtype) / 2 : fm_dtype_size(dtype);
    fm_tensor *out = NULL;
    if (p->status != FM_OK) return p->status;
    if (count > 0 && (uintptr_t)start % part == 0) {
        fm_storage *source = fm_storage_retain(a->storage);
        p->status =
            fm_tensor_wrap(p->ctx, dtype, 1, &count, NULL, start, release_source, source, &out);
        if (p->status != FM_OK) fm_storage_release(source);
        if (out) fm_program_hold(p, out);
    } else {
        char *copy = fm_program_memory(p, bytes);
        if (copy) fm_program_read(p, a, copy);
        out = fm_program_from(p, dtype, 1, &count, copy ? copy + offset : NULL);
    }
    fm_program_return(p, 0, out);
    return p->status;
}
