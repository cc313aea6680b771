/* Conversions of arguments given by name: nested lists to tensors, lists to lists of one kind. */
#include "call/coerce.h"
#include "call/corridor.h"
#include "call/typed.h"
#include "core/alloc.h"
#include "core/element.h"

#include <string.h>

static bool is_sequence(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
}

static bool is_number(const fm_value *value) {
    return value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
}

/* A nested list on its way to a tensor. */
typedef struct array {
    fm_context *ctx;
    fm_error *error;
    int ndim;
    int64_t shape[FM_MAX_NDIM];
    fm_dtype dtype; /* of all leaves; NONE as long as there is none */
    fm_dtype weak;  /* of the numbers among them */
    int64_t count;  /* elements written */
    char *data;
} array;

static fm_dtype dtype_of_number(const fm_value *value) {
    switch (value->kind) {
    case FM_VALUE_BOOL:
        return FM_BOOL;
    case FM_VALUE_INT:
        return FM_INT64;
    case FM_VALUE_FLOAT:
        return FM_FLOAT64;
    default:
        return FM_COMPLEX128;
    }
}

static fm_status ragged(array *a, int depth, int64_t want, int64_t have) {
    return fm_fail(a->error, FM_ERR_SHAPE,
                   "a list at depth %d has %lld elements, but its neighbour has %lld", depth,
                   (long long)have, (long long)want);
}

/* Finds shape and dtype; first: nothing was seen at this depth yet. */
static fm_status survey(array *a, const fm_value *value, int depth, bool first) {
    int below = 0;
    const int64_t *shape = NULL;
    int64_t count = 0;
    fm_dtype dtype = FM_DTYPE_NONE;
    if (is_sequence(value) || value->kind == FM_VALUE_INTS) {
        count = value->count;
        shape = &count;
        below = 1;
        if (value->kind == FM_VALUE_INTS) dtype = FM_INT64;
    } else if (value->kind == FM_VALUE_TENSOR) {
        below = value->as.tensor->layout->ndim;
        shape = fm_layout_shape(value->as.tensor->layout);
        dtype = value->as.tensor->layout->dtype;
    } else if (is_number(value)) {
        dtype = dtype_of_number(value);
    } else {
        return fm_fail(a->error, FM_ERR_DTYPE, "a list holds something that is no number");
    }
    if (depth + below > FM_MAX_NDIM)
        return fm_fail(a->error, FM_ERR_SHAPE, "lists are nested deeper than %d", FM_MAX_NDIM);
    for (int d = 0; d < below; d++) {
        if (first)
            a->shape[depth + d] = shape[d];
        else if (depth + d >= a->ndim || a->shape[depth + d] != shape[d])
            return ragged(a, depth + d, depth + d >= a->ndim ? 1 : a->shape[depth + d], shape[d]);
    }
    if (first && depth + below > a->ndim) a->ndim = depth + below;
    if (dtype != FM_DTYPE_NONE) {
        if (!is_sequence(value) && !first && depth + below != a->ndim)
            return ragged(a, depth + below, a->shape[depth + below], 1);
        a->dtype = a->dtype == FM_DTYPE_NONE ? dtype : fm_promote_types(a->dtype, dtype);
    }
    for (uint32_t i = 0; is_sequence(value) && i < value->count; i++)
        FM_TRY(survey(a, &value->as.items[i], depth + 1, first && i == 0));
    return FM_OK;
}

static void put(array *a, fm_scalar value) {
    size_t width = fm_dtype_size(a->dtype);
    fm_scalar_store(a->dtype, value, a->data + (size_t)a->count++ * width);
}

static fm_status fill(array *a, const fm_value *value) {
    if (is_sequence(value)) {
        for (uint32_t i = 0; i < value->count; i++) FM_TRY(fill(a, &value->as.items[i]));
        return FM_OK;
    }
    if (value->kind == FM_VALUE_INTS) {
        for (uint32_t i = 0; i < value->count; i++) {
            fm_value one = fm_value_int(value->as.ints[i]);
            put(a, fm_value_number(&one));
        }
        return FM_OK;
    }
    if (value->kind != FM_VALUE_TENSOR) {
        put(a, fm_value_number(value));
        return FM_OK;
    }
    fm_value values[FM_MAX_PARAMS] = {*value, fm_value_dtype(a->dtype)};
    fm_tensor *cast = NULL;
    fm_tensor **slots[FM_MAX_OUT] = {&cast};
    bool uncounted = a->ctx->uncounted;
    a->ctx->uncounted = true;
    fm_status status = fm_corridor(a->ctx, fm_row_find("astype"), values, slots);
    a->ctx->uncounted = uncounted;
    if (status == FM_OK)
        status =
            fm_tensor_to_host(a->ctx, cast, a->data + (size_t)a->count * fm_dtype_size(a->dtype),
                              fm_tensor_nbytes(cast));
    if (status == FM_OK) a->count += fm_tensor_size(cast);
    fm_tensor_release(cast);
    return status;
}

static fm_status make_array(fm_context *ctx, const fm_value *value, fm_dtype wanted,
                            fm_arena *arena, const fm_tensor **out, fm_error *error) {
    array a = {.ctx = ctx, .error = error};
    FM_TRY(survey(&a, value, 0, true));
    if (wanted && fm_dtype_kind(a.dtype) != 'c') a.dtype = wanted;
    if (a.dtype == FM_DTYPE_NONE) a.dtype = FM_FLOAT64;
    int64_t size = 1;
    for (int d = 0; d < a.ndim; d++)
        if (__builtin_mul_overflow(size, a.shape[d], &size))
            return fm_fail(error, FM_ERR_OVERFLOW, "a list has more than 2^63 - 1 elements");
    a.data = fm_alloc((size_t)size * fm_dtype_size(a.dtype) + 1);
    FM_CHECK(a.data, error, FM_ERR_MEMORY, "no memory for a list of %lld elements",
             (long long)size);
    fm_tensor *tensor = NULL;
    fm_status status = fill(&a, value);
    if (status == FM_OK)
        status = fm_tensor_from_host(ctx, a.dtype, a.ndim, a.shape, a.data, &tensor);
    fm_free_block(a.data);
    if (status != FM_OK) return status;
    *out = tensor;
    FM_CHECK(fm_arena_keep(arena, tensor), error, FM_ERR_MEMORY, "no memory for a list");
    return FM_OK;
}

fm_status fm_coerce_array(fm_context *ctx, const fm_value *value, fm_arena *arena,
                          const fm_tensor **out, fm_error *error) {
    *out = NULL;
    if (value->kind == FM_VALUE_TENSOR) *out = value->as.tensor;
    bool list = is_sequence(value) || value->kind == FM_VALUE_INTS || is_number(value);
    if (*out || !list || !ctx) return FM_OK;
    return make_array(ctx, value, FM_DTYPE_NONE, arena, out, error);
}

/* All items as integers, where that is what they are. */
static fm_status items_to_ints(fm_value *value, fm_arena *arena, bool *taken, fm_error *error) {
    for (uint32_t i = 0; i < value->count; i++)
        if (value->as.items[i].kind != FM_VALUE_INT && value->as.items[i].kind != FM_VALUE_BOOL)
            return FM_OK;
    int64_t *ints = fm_arena_get(arena, (value->count + 1) * sizeof *ints);
    FM_CHECK(ints, error, FM_ERR_MEMORY, "no memory for a list");
    for (uint32_t i = 0; i < value->count; i++) ints[i] = value->as.items[i].as.i;
    *value = fm_value_ints(ints, (int)value->count);
    *taken = true;
    return FM_OK;
}

/* The integers of a list of integers, or of lists of them with as many each. */
static fm_status nested_to_ints(fm_value *value, fm_arena *arena, bool *taken, fm_error *error) {
    const fm_value *items = value->as.items;
    uint32_t count = value->count, width = 0, at = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_sequence(&items[i])) return items_to_ints(value, arena, taken, error);
        if (i > 0 && items[i].count != width)
            return fm_fail(error, FM_ERR_SHAPE, "a list has %u integers, but its neighbour has %u",
                           items[i].count, width);
        width = items[i].count;
        for (uint32_t j = 0; j < width; j++)
            if (items[i].as.items[j].kind != FM_VALUE_INT) return FM_OK;
    }
    int64_t *ints = fm_arena_get(arena, ((size_t)count * width + 1) * sizeof *ints);
    FM_CHECK(ints, error, FM_ERR_MEMORY, "no memory for a list");
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < width; j++) ints[at++] = items[i].as.items[j].as.i;
    *value = fm_value_ints(ints, (int)at);
    *taken = true;
    return FM_OK;
}

/* The elements of a list, or of a tensor's first axis, as tensors. */
static fm_status items_to_tensors(fm_context *ctx, fm_value *value, fm_arena *arena, bool *taken,
                                  fm_error *error) {
    const fm_tensor **list = fm_arena_get(arena, (value->count + 1) * sizeof *list);
    FM_CHECK(list, error, FM_ERR_MEMORY, "no memory for a list");
    for (uint32_t i = 0; i < value->count; i++) {
        FM_TRY(fm_coerce_array(ctx, &value->as.items[i], arena, &list[i], error));
        if (!list[i]) return FM_OK;
    }
    *value = (fm_value){.kind = FM_VALUE_TENSORS, .count = value->count, .as.tensors = list};
    *taken = true;
    return FM_OK;
}

static fm_status rows_of_tensor(fm_context *ctx, fm_value *value, fm_arena *arena, bool *taken,
                                fm_error *error) {
    const fm_tensor *tensor = value->as.tensor;
    const fm_layout *layout = tensor->layout;
    if (layout->ndim == 0 || !tensor->storage || fm_layout_shape(layout)[0] > UINT32_MAX)
        return FM_OK;
    uint32_t count = (uint32_t)fm_layout_shape(layout)[0];
    const fm_tensor **list = fm_arena_get(arena, (count + 1) * sizeof *list);
    FM_CHECK(list, error, FM_ERR_MEMORY, "no memory for a list");
    int64_t step = fm_layout_strides(layout)[0] * (int64_t)fm_dtype_size(layout->dtype);
    for (uint32_t i = 0; i < count; i++) {
        fm_tensor *row;
        FM_TRY(fm_handle_get(ctx->memory, &row, error));
        row->storage = fm_storage_retain(tensor->storage);
        row->data = (char *)tensor->data + (int64_t)i * step;
        fm_status status =
            fm_layout_get(error, layout->dtype, layout->ndim - 1, fm_layout_shape(layout) + 1,
                          fm_layout_strides(layout) + 1, 0, &row->layout);
        if (status != FM_OK) {
            fm_tensor_release(row);
            return status;
        }
        FM_CHECK(fm_arena_keep(arena, row), error, FM_ERR_MEMORY, "no memory for a list");
        list[i] = row;
    }
    *value = (fm_value){.kind = FM_VALUE_TENSORS, .count = count, .as.tensors = list};
    *taken = true;
    return FM_OK;
}

/* An integer tensor of at most one dimension where integers are taken. */
static fm_status tensor_to_ints(fm_context *ctx, const fm_param *param, fm_value *value,
                                fm_arena *arena, bool *taken, fm_error *error) {
    const fm_layout *layout = value->as.tensor->layout;
    char kind = fm_dtype_kind(layout->dtype);
    bool one = layout->ndim == 0, list = param->takes & FM_TAKES_INTS;
    if ((kind != 'i' && kind != 'u' && kind != 'b') || layout->ndim > 1 || (!one && !list) ||
        layout->flags & FM_LAYOUT_ABSTRACT)
        return FM_OK;
    size_t width = fm_dtype_size(layout->dtype), count = (size_t)layout->size;
    char *raw = fm_arena_get(arena, count * width + 1);
    int64_t *ints = fm_arena_get(arena, (count + 1) * sizeof *ints);
    FM_CHECK(raw && ints, error, FM_ERR_MEMORY, "no memory for a list");
    FM_TRY(fm_tensor_to_host(ctx, value->as.tensor, raw, count * width));
    for (size_t i = 0; i < count; i++) {
        fm_scalar scalar = fm_scalar_load(layout->dtype, raw + i * width);
        ints[i] = scalar.value.i;
    }
    if (one && param->takes & FM_TAKES_INT)
        *value = fm_value_int(ints[0]);
    else
        *value = fm_value_ints(ints, (int)count);
    *taken = true;
    return FM_OK;
}

/* The elements of host memory as nested lists of numbers. */
static fm_status nest(const fm_layout *layout, int depth, const char **at, fm_value *out,
                      fm_arena *arena, fm_error *error) {
    if (depth == layout->ndim) {
        *out = fm_value_scalar(fm_scalar_load(layout->dtype, *at));
        *at += fm_dtype_size(layout->dtype);
        return FM_OK;
    }
    int64_t count = fm_layout_shape(layout)[depth];
    FM_CHECK(count <= UINT32_MAX, error, FM_ERR_OVERFLOW, "a list has too many elements");
    fm_value *items = fm_arena_get(arena, ((size_t)count + 1) * sizeof *items);
    FM_CHECK(items, error, FM_ERR_MEMORY, "no memory for a list");
    for (int64_t i = 0; i < count; i++)
        FM_TRY(nest(layout, depth + 1, at, &items[i], arena, error));
    *out = (fm_value){.kind = FM_VALUE_LIST, .count = (uint32_t)count, .as.items = items};
    return FM_OK;
}

/* A tensor where a list is taken as it is. */
static fm_status tensor_to_lists(fm_context *ctx, fm_value *value, fm_arena *arena, bool *taken,
                                 fm_error *error) {
    const fm_tensor *tensor = value->as.tensor;
    if (tensor->layout->flags & FM_LAYOUT_ABSTRACT) return FM_OK;
    size_t bytes = fm_tensor_nbytes(tensor);
    char *raw = fm_arena_get(arena, bytes + 1);
    FM_CHECK(raw, error, FM_ERR_MEMORY, "no memory for a list");
    FM_TRY(fm_tensor_to_host(ctx, tensor, raw, bytes));
    const char *at = raw;
    *taken = true;
    return nest(tensor->layout, 0, &at, value, arena, error);
}

fm_status fm_coerce(fm_context *ctx, const fm_param *param, fm_value *value, fm_arena *arena,
                    bool *taken, fm_error *error) {
    uint32_t takes = param->takes;
    *taken = false;
    if (is_sequence(value)) {
        if (takes & FM_TAKES_INTS && param->flags & FM_PARAM_NESTED)
            FM_TRY(nested_to_ints(value, arena, taken, error));
        else if (takes & FM_TAKES_INTS)
            FM_TRY(items_to_ints(value, arena, taken, error));
        if (!*taken && ctx && takes & FM_TAKES_TENSORS)
            FM_TRY(items_to_tensors(ctx, value, arena, taken, error));
        if (!*taken && takes & FM_TAKES_LIST) *taken = true;
    }
    if (*taken || !ctx) return FM_OK;
    if (value->kind == FM_VALUE_TENSOR && takes & FM_TAKES_TENSORS)
        return rows_of_tensor(ctx, value, arena, taken, error);
    if (value->kind == FM_VALUE_TENSOR && takes & (FM_TAKES_INTS | FM_TAKES_INT))
        FM_TRY(tensor_to_ints(ctx, param, value, arena, taken, error));
    if (!*taken && value->kind == FM_VALUE_TENSOR && takes & FM_TAKES_LIST)
        return tensor_to_lists(ctx, value, arena, taken, error);
    if ((is_sequence(value) || value->kind == FM_VALUE_INTS) && takes & FM_TAKES_TENSOR) {
        const fm_tensor *tensor = NULL;
        fm_dtype wanted = param->flags & FM_PARAM_INDEX ? FM_INT64 : FM_DTYPE_NONE;
        FM_TRY(make_array(ctx, value, wanted, arena, &tensor, error));
        *value = fm_value_tensor(tensor);
        *taken = tensor != NULL;
    }
    return FM_OK;
}
