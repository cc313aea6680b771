/* Rows that make indices: of diagonals and triangles, of grids. */
#include "ops/index.h"

#include <string.h>

/* n times one tensor. */
static void reply_same(fm_program *p, const fm_tensor *tensor, int64_t n) {
    fm_value axes[FM_MAX_NDIM];
    if (p->status != FM_OK) return;
    if (n > FM_MAX_NDIM) {
        fm_program_fail(p, FM_ERR_SHAPE, 2, "%lld dimensions, but at most %d are supported",
                        (long long)n, FM_MAX_NDIM);
        return;
    }
    for (int64_t d = 0; d < n; d++) axes[d] = V_T(tensor);
    fm_program_reply(p, V_TUPLE(axes, n > 0 ? n : 0));
}

/* diag_indices(n, ndim) */
fm_status fm_run_diag_indices(fm_program *p) {
    int64_t n = p->values[0].as.i;
    reply_same(p, FM_DO(p, "arange", V_I(0), V_I(n > 0 ? n : 0)), p->values[1].as.i);
    return p->status;
}

fm_status fm_infer_diag_indices_from(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0];
    r->compute = FM_INT64;
    if (a->ndim < 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but at least 2 are needed", a->ndim);
    for (int d = 1; d < a->ndim; d++)
        if (fm_layout_shape(a)[d] != fm_layout_shape(a)[0])
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                              "axis %d is %lld, but axis 0 is %lld", d,
                              (long long)fm_layout_shape(a)[d], (long long)fm_layout_shape(a)[0]);
    return FM_OK;
}

fm_status fm_run_diag_indices_from(fm_program *p) {
    const fm_layout *a = fm_value_layout(&p->values[0]);
    reply_same(p, FM_DO(p, "arange", V_I(0), V_I(fm_layout_shape(a)[0])), a->ndim);
    return p->status;
}

/* How many columns of row r are in the triangle, and the first of them. */
static int64_t row_of_triangle(bool upper, int64_t columns, int64_t k, int64_t r, int64_t *first) {
    /* column - row <= k, or >= k above. */
    int64_t edge = k > columns - r ? columns : k < -r ? (upper ? 0 : -1) : r + k;
    if (upper) {
        *first = edge < columns ? edge : columns;
        return columns - *first;
    }
    *first = 0;
    return edge + 1 < columns ? (edge + 1 > 0 ? edge + 1 : 0) : columns;
}

enum { FILLED = 2 * FM_FEW }; /* numbers that are filled in without a look at others */

/* The row and the column of each element of a triangle, of a matrix of at most FILLED elements. */
static void reply_few(fm_program *p, bool upper, int64_t rows, int64_t columns, int64_t k) {
    int64_t row[FILLED], column[FILLED], count = 0, first;
    for (int64_t r = 0; r < rows; r++) {
        int64_t n = row_of_triangle(upper, columns, k, r, &first);
        for (int64_t i = 0; i < n; i++) {
            row[count] = r;
            column[count++] = first + i;
        }
    }
    fm_value axes[2] = {V_T(fm_program_from(p, FM_INT64, 1, &count, row)),
                        V_T(fm_program_from(p, FM_INT64, 1, &count, column))};
    if (p->status == FM_OK) fm_program_reply(p, V_TUPLE(axes, 2));
}

/* The row and the column of each element of a triangle of rows x columns. */
static void reply_triangle(fm_program *p, bool upper, int64_t rows, int64_t columns, int64_t k) {
    int64_t count = 0, first, at = 0;
    if (rows < 0) rows = 0;
    if (columns < 0) columns = 0;
    if (columns == 0 || rows <= FILLED / columns) {
        reply_few(p, upper, columns ? rows : 0, columns, k);
        return;
    }
    int64_t *ends = fm_program_memory(p, ((size_t)rows + 1) * sizeof *ends);
    int64_t *shift = fm_program_memory(p, ((size_t)rows + 1) * sizeof *shift);
    for (int64_t r = 0; p->status == FM_OK && r < rows; r++) {
        int64_t n = row_of_triangle(upper, columns, k, r, &first);
        shift[r] = first - at;
        at += n;
        ends[r] = count = at;
    }
    fm_tensor *row =
        FM_DO(p, "_runs", V_T(fm_program_from(p, FM_INT64, 1, &rows, ends)), V_I(count));
    fm_tensor *column = FM_DO(p, "arange", V_I(0), V_I(count));
    if (rows > 0) {
        fm_tensor *by_row = fm_program_from(p, FM_INT64, 1, &rows, shift);
        column = FM_DO(
            p, "add", V_T(column),
            V_T(FM_DO(p, "_gather", V_T(by_row), V_T(row), V_I(0), V_I(1), V_I(FM_PLACE_SURE))));
    }
    fm_value axes[2] = {V_T(row), V_T(column)};
    if (p->status == FM_OK) fm_program_reply(p, V_TUPLE(axes, 2));
}

/* tril_indices(n, k, m), triu_indices: the row's op tells which. */
fm_status fm_run_triangle_indices(fm_program *p) {
    int64_t n = p->values[0].as.i, m = fm_arg_int(&p->values[2], n);
    reply_triangle(p, p->row->op, n, m, p->values[1].as.i);
    return p->status;
}

fm_status fm_infer_triangle_from(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    r->compute = FM_INT64;
    if (r->in[0]->ndim == 2) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                      "%d dimensions, but a triangle has 2", r->in[0]->ndim);
}

fm_status fm_run_triangle_indices_from(fm_program *p) {
    const int64_t *shape = fm_layout_shape(fm_value_layout(&p->values[0]));
    reply_triangle(p, p->row->op, shape[0], shape[1], p->values[1].as.i);
    return p->status;
}

fm_status fm_infer_counted_indices(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    r->compute = FM_INT64;
    return FM_OK;
}

/* mask_indices(n, mask_func, k): which of an array of ones the function leaves. */
static const fm_tensor *masked_ones(fm_program *p) {
    int64_t n = p->values[0].as.i, shape[2] = {n, n};
    fm_value k = p->values[2];
    if (n < 0) {
        fm_program_fail(p, FM_ERR_ARGUMENT, 1, "n is %lld, but it is at least 0", (long long)n);
        return NULL;
    }
    fm_value inputs[2] = {V_T(FM_DO(p, "ones", V_INTS(shape, 2), V_D(FM_INT64))), k};
    if (p->status != FM_OK) return NULL;
    return fm_program_cast(p, fm_do_function(p, &p->values[1], inputs, 2), FM_BOOL);
}

/* The places where a small mask is true, axis by axis. */
static void reply_few_places(fm_program *p, const fm_tensor *mask) {
    const int64_t *shape = fm_layout_shape(mask->layout);
    const int ndim = mask->layout->ndim;
    int64_t places[FILLED], step = mask->layout->size, count = 0;
    fm_value axes[FM_MAX_NDIM];
    uint8_t flags[FILLED] = {0};
    fm_program_read(p, mask, flags);
    for (int64_t i = 0; i < mask->layout->size; i++) count += flags[i] != 0;
    for (int d = 0; d < ndim && p->status == FM_OK; d++) {
        int64_t n = 0;
        if (shape[d] > 0) step /= shape[d];
        for (int64_t i = 0; i < mask->layout->size; i++)
            if (flags[i]) places[n++] = i / step % shape[d];
        axes[d] = V_T(fm_program_from(p, FM_INT64, 1, &count, places));
    }
    if (p->status == FM_OK) fm_program_reply(p, V_TUPLE(axes, ndim));
}

/* Both of the indices that come out are counted. */
fm_status fm_probe_mask_indices(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_tensor *mask = masked_ones(p);
    if (p->status != FM_OK) return p->status;
    probed[0] = mask->layout->ndim * fm_index_count(p, mask);
    return p->status;
}

fm_status fm_run_mask_indices(fm_program *p) {
    const fm_tensor *mask = masked_ones(p);
    fm_value axes[FM_MAX_NDIM];
    if (p->status != FM_OK) return p->status;
    int ndim = mask->layout->ndim;
    if (ndim == 0) return fm_program_fail(p, FM_ERR_ARGUMENT, 2, "the function gave 0 dimensions");
    if (mask->layout->size <= FILLED) {
        reply_few_places(p, mask);
        return p->status;
    }
    fm_tensor *flat = fm_index_nonzero(p, mask);
    fm_tensor *all = FM_DO(p, "_unravel", V_T(flat), V_INTS(fm_layout_shape(mask->layout), ndim));
    for (int d = 0; d < ndim; d++) axes[d] = V_T(FM_DO(p, "getitem", V_T(all), V_I(d)));
    fm_program_reply(p, V_TUPLE(axes, ndim));
    return p->status;
}

/* ix_(*args): each sequence along an axis of its own; masks as the places where they are true. */
static int64_t length_of(fm_program *p, const fm_tensor *x) {
    if (x->layout->dtype != FM_BOOL) return x->layout->size;
    return fm_program_int(p, FM_DO(p, "_count", V_T(x)));
}

static const fm_tensor *sequence(fm_program *p, const fm_value *given) {
    const fm_tensor *x = fm_program_as_tensor(p, given);
    if (p->status != FM_OK) return NULL;
    if (!x || x->layout->ndim != 1) {
        fm_program_fail(p, FM_ERR_SHAPE, 1, "a sequence has %d dimensions, but 1 is needed",
                        x ? x->layout->ndim : 0);
        return NULL;
    }
    bool empty = x->layout->size == 0 && given->kind != FM_VALUE_TENSOR;
    return empty ? FM_DO(p, "astype", V_T(x), V_D(FM_INT64)) : x;
}

fm_status fm_probe_ix_(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_value *all = &p->values[0];
    for (uint32_t i = 0; i < all->count && p->status == FM_OK; i++) {
        const fm_tensor *x = sequence(p, &all->as.items[i]);
        if (x) probed[0] += length_of(p, x);
    }
    return p->status;
}

fm_status fm_run_ix_(fm_program *p) {
    const fm_value *all = &p->values[0];
    int n = (int)all->count;
    fm_value axes[FM_MAX_NDIM];
    if (n > FM_MAX_NDIM)
        return fm_program_fail(p, FM_ERR_SHAPE, 1, "%d sequences, but at most %d are taken", n,
                               FM_MAX_NDIM);
    for (int i = 0; i < n; i++) {
        int64_t shape[FM_MAX_NDIM];
        const fm_tensor *x = sequence(p, &all->as.items[i]);
        if (x && x->layout->dtype == FM_BOOL) x = fm_index_nonzero(p, x);
        if (p->status != FM_OK) return p->status;
        for (int d = 0; d < n; d++) shape[d] = d == i ? x->layout->size : 1;
        axes[i] = V_T(FM_DO(p, "reshape", V_T(x), V_INTS(shape, n)));
    }
    if (p->status == FM_OK) fm_program_reply(p, V_TUPLE(axes, n));
    return p->status;
}

/* indices(dimensions, dtype, sparse) */
fm_status fm_infer_indices(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    r->compute = FM_INT64;
    FM_TRY(fm_arg_shape(bound, 0, false, &ndim, shape, error));
    for (int d = 0; d < ndim; d++) {
        if (shape[d] <= 2 || fm_arg_dtype(&bound->values[1], FM_INT64) != FM_BOOL) continue;
        fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 2,
                   "axis %d has extent %lld, but bool numbers 2 places", d, (long long)shape[d]);
        return fm_fail_as(error, "TypeError", FM_ERR_DTYPE);
    }
    if (ndim < FM_MAX_NDIM) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                      "%d dimensions, but the result has one more, at most %d", ndim, FM_MAX_NDIM);
}

/* Free by the textbook; 0.4.3 charges the elements, and 1 where they are spread over a tuple. */
fm_status fm_cost_indices(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    (void)r;
    const int64_t *dims;
    int64_t shape[FM_MAX_NDIM + 1];
    int ndim = fm_arg_ints(&bound->values[0], &dims), n = 0;
    if (!bound->values[2].as.i) {
        shape[n++] = ndim;
        for (int d = 0; d < ndim; d++) shape[n++] = dims[d];
    }
    fm_extents all = {n, shape};
    return fm_cost_result(bound, fm_cost_create(work, fm_row_cost_name(bound->row), all, false),
                          error);
}

static fm_tensor *line_along(fm_program *p, int axis, int ndim, int64_t extent, fm_dtype dtype) {
    int64_t shape[FM_MAX_NDIM];
    for (int d = 0; d < ndim; d++) shape[d] = d == axis ? extent : 1;
    fm_tensor *line = FM_DO(p, "arange", V_I(0), V_I(extent));
    if (dtype != FM_INT64) line = FM_DO(p, "astype", V_T(line), V_D(dtype));
    return FM_DO(p, "reshape", V_T(line), V_INTS(shape, ndim));
}

/* A grid of at most FILLED numbers; shape: of the result. */
static bool fill_few(fm_program *p, int ndim, const int64_t *shape) {
    int64_t all[FILLED], size = ndim, at = 0;
    for (int d = 1; d <= ndim; d++)
        if (__builtin_mul_overflow(size, shape[d], &size)) return false;
    if (size > FILLED || ndim == 0) return false;
    int64_t points = size / ndim, step = points;
    for (int d = 0; d < ndim && points > 0; d++) {
        step /= shape[d + 1];
        for (int64_t i = 0; i < points; i++) all[at++] = i / step % shape[d + 1];
    }
    fm_tensor *grid = fm_program_from(p, FM_INT64, ndim + 1, shape, all);
    if (p->status == FM_OK) fm_program_reply(p, V_T(grid));
    return true;
}

fm_status fm_run_indices(fm_program *p) {
    const int64_t *dims;
    int64_t shape[FM_MAX_NDIM];
    fm_value axes[FM_MAX_NDIM];
    int ndim = fm_arg_ints(&p->values[0], &dims);
    fm_dtype dtype = fm_arg_dtype(&p->values[1], FM_INT64);
    bool sparse = p->values[2].as.i != 0;
    shape[0] = ndim;
    for (int d = 0; d < ndim; d++) shape[d + 1] = dims[d];
    if (!sparse && dtype == FM_INT64 && fill_few(p, ndim, shape)) return p->status;
    fm_tensor *all = sparse ? NULL : fm_program_new(p, dtype, ndim + 1, shape);
    for (int d = 0; d < ndim; d++) {
        fm_tensor *line = line_along(p, d, ndim, dims[d], dtype);
        axes[d] = V_T(line);
        if (sparse) continue;
        fm_tensor *to = FM_DO(p, "getitem", V_T(all), V_I(d));
        fm_tensor *wide = FM_DO(p, "broadcast_to", V_T(line), V_INTS(dims, ndim));
        if (p->status == FM_OK) FM_DO_INTO(p, to, "copy", V_T(wide));
    }
    if (p->status == FM_OK) fm_program_reply(p, sparse ? V_TUPLE(axes, ndim) : V_T(all));
    return p->status;
}
