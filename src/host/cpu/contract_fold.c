/* Folding a contraction's labels to a batch of matrix products. */
#include "cpu/contract.h"
#include "cpu/scalar_value.h"

enum { ALIGNMENT = 64 };

/* What a label is to the product. */
typedef enum label_class { BATCH, ROW, COLUMN, SUMMED } label_class;

static label_class class_of(const fm_fold_label *x) {
    if (x->in_a && x->in_b) return x->in_c ? BATCH : SUMMED;
    return x->in_a ? ROW : COLUMN;
}

static size_t room(size_t *workspace, size_t bytes) {
    size_t offset = (*workspace + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    *workspace = offset + bytes;
    return offset;
}

static int64_t magnitude(int64_t x) {
    return x < 0 ? -x : x;
}

static int64_t stride_of(const fm_fold_label *x, char operand) {
    return operand == 'a' ? x->a : operand == 'b' ? x->b : x->c;
}

static void set_stride(fm_fold_label *x, char operand, int64_t stride) {
    if (operand == 'a')
        x->a = stride;
    else if (operand == 'b')
        x->b = stride;
    else
        x->c = stride;
}

/* Takes the labels of a class out, those of the largest stride in `operand` first. */
static int take_class(int n, const fm_fold_label *labels, label_class wanted, char operand,
                      fm_fold_label *out) {
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (class_of(&labels[i]) != wanted) continue;
        int at = count++;
        for (; at > 0 && magnitude(stride_of(&out[at - 1], operand)) <
                             magnitude(stride_of(&labels[i], operand));
             at--)
            out[at] = out[at - 1];
        out[at] = labels[i];
    }
    return count;
}

/* Whether labels [0, n), the last running fastest, are one axis of the operand; *stride is its. */
static bool folds(int n, const fm_fold_label *labels, char operand, int64_t *stride) {
    if (n == 0) {
        *stride = 1;
        return true;
    }
    *stride = stride_of(&labels[n - 1], operand);
    for (int i = n - 1; i > 0; i--)
        if (stride_of(&labels[i - 1], operand) != stride_of(&labels[i], operand) * labels[i].n)
            return false;
    return true;
}

static int64_t extent(int n, const fm_fold_label *labels) {
    int64_t size = 1;
    for (int i = 0; i < n; i++) size *= labels[i].n;
    return size;
}

/* Leaves in labels the run of most elements that is one axis of the output; the others go to the
   batch, as the other operand has stride 0 along them. */
static int keep_run(int n, fm_fold_label *labels, fm_fold *fold) {
    int best = 0, length = 0;
    int64_t stride;
    for (int from = 0; from < n; from++)
        for (int to = from + 1; to <= n && folds(to - from, labels + from, 'c', &stride); to++)
            if (length == 0 || extent(to - from, labels + from) > extent(length, labels + best)) {
                best = from;
                length = to - from;
            }
    for (int i = 0; i < n; i++)
        if (i < best || i >= best + length) fold->batch[fold->nbatch++] = labels[i];
    for (int i = 0; i < length; i++) labels[i] = labels[best + i];
    return length;
}

/* The labels of the product proper. */
typedef struct parts {
    int nrows, ncolumns, nsummed;
    fm_fold_label rows[FM_MAX_NDIM], columns[FM_MAX_NDIM], summed[FM_MAX_NDIM];
} parts;

/* Strides of an operand's two axes of the product: minor is the one that runs fastest if packed. */
typedef struct sides {
    char operand;
    int nmajor, nminor;
    fm_fold_label *major, *minor;
    int64_t *major_stride, *minor_stride;
} sides;

/* A matrix as BLAS takes it: one stride is 1, the other at least the extent along the first. */
static bool is_matrix(const sides *s) {
    int64_t major = extent(s->nmajor, s->major), minor = extent(s->nminor, s->minor);
    if (!folds(s->nmajor, s->major, s->operand, s->major_stride) ||
        !folds(s->nminor, s->minor, s->operand, s->minor_stride))
        return false;
    if (s->nminor == 0) *s->minor_stride = 1;
    if (s->nmajor == 0) *s->major_stride = minor;
    if (s->nminor == 0 && s->nmajor > 0 && *s->major_stride >= 1) return true;
    if (s->nmajor == 0 && *s->minor_stride > 1) *s->major_stride = 1;
    return (*s->minor_stride == 1 && *s->major_stride >= minor) ||
           (*s->major_stride == 1 && *s->minor_stride >= major);
}

/* Packs an operand as batch, major, minor without gaps: fills axes and rewrites the strides. */
static int pack_axes(fm_fold *fold, const sides *s, bool unpack, fm_copy_axis *axes,
                     int64_t *size) {
    int count = 0;
    int64_t step = 1;
    const int counts[3] = {s->nminor, s->nmajor, fold->nbatch};
    fm_fold_label *lists[3] = {s->minor, s->major, fold->batch};
    for (int list = 0; list < 3; list++)
        for (int i = counts[list] - 1; i >= 0; i--) {
            fm_fold_label *x = &lists[list][i];
            bool has = s->operand == 'a' ? x->in_a : s->operand == 'b' ? x->in_b : x->in_c;
            if (!has) continue;
            int64_t stride = stride_of(x, s->operand);
            axes[count++] = (fm_copy_axis){x->n, unpack ? step : stride, unpack ? stride : step};
            set_stride(x, s->operand, step);
            step *= x->n;
        }
    (void)folds(s->nminor, s->minor, s->operand, s->minor_stride);
    (void)folds(s->nmajor, s->major, s->operand, s->major_stride);
    if (s->nmajor == 0) *s->major_stride = extent(s->nminor, s->minor);
    *size = step;
    return count;
}

/* Where labels that only this operand has are summed while it is packed. */
static void plan_sum(fm_fold_operand *x, fm_dtype from, fm_dtype stage, int ncopied,
                     const fm_copy_axis *copied, int nalone, const fm_fold_label *alone,
                     char operand, size_t *workspace) {
    fm_reduce_axis kept[FM_MAX_NDIM], red[FM_MAX_NDIM];
    for (int i = 0; i < ncopied; i++)
        kept[i] = (fm_reduce_axis){copied[i].n, copied[i].in, copied[i].out};
    for (int i = 0; i < nalone; i++)
        red[i] = (fm_reduce_axis){alone[i].n, stride_of(&alone[i], operand), 0};
    fm_reduce_job_plan(&x->sum, FM_REDUCE_sum, from, stage, stage, ncopied, kept, nalone, red);
    x->sums = true;
    x->sum_space = room(workspace, x->sum.workspace);
}

static void pack_operand(fm_fold *fold, fm_fold_operand *x, const sides *s, fm_dtype from,
                         int nalone, const fm_fold_label *alone, size_t *workspace) {
    fm_copy_axis axes[FM_MAX_NDIM];
    int count = pack_axes(fold, s, false, axes, &x->size);
    x->packed = true;
    x->offset = room(workspace, (size_t)x->size * fm_cpu_dtype_size(fold->stage));
    if (nalone > 0)
        plan_sum(x, from, fold->stage, count, axes, nalone, alone, s->operand, workspace);
    else
        fm_copy_plan(&x->copy, from, fold->stage, count, axes);
}

static void pack_output(fm_fold *fold, const sides *s, fm_dtype to, size_t *workspace) {
    fm_copy_axis axes[FM_MAX_NDIM];
    int count = pack_axes(fold, s, true, axes, &fold->c.size);
    fold->c.packed = true;
    fold->c.offset = room(workspace, (size_t)fold->c.size * fm_cpu_dtype_size(fold->stage));
    fm_copy_plan(&fold->c.copy, fold->stage, to, count, axes);
}

/* Takes the labels that only one operand has, and the output lacks, out of the list. */
static int take_alone(int *n, fm_fold_label *labels, bool of_a, fm_fold_label *alone) {
    int kept = 0, count = 0;
    for (int i = 0; i < *n; i++) {
        const fm_fold_label *x = &labels[i];
        bool mine = !x->in_c && x->in_a == of_a && x->in_b == !of_a;
        if (mine)
            alone[count++] = *x;
        else
            labels[kept++] = *x;
    }
    *n = kept;
    return count;
}

/* Orders the summed labels so that an operand that can stay where it lies does. */
static void order_summed(int n, const fm_fold_label *labels, parts *p) {
    int64_t stride;
    p->nsummed = take_class(n, labels, SUMMED, 'a', p->summed);
    if (folds(p->nsummed, p->summed, 'a', &stride)) return;
    p->nsummed = take_class(n, labels, SUMMED, 'b', p->summed);
}

/* Without a summed label: rows along the output's innermost label, all others a batch. */
static void plan_elementwise(fm_fold *fold, const fm_dtype *dtypes, int n,
                             const fm_fold_label *labels, const int *nalone,
                             const fm_fold_label (*alone)[FM_MAX_NDIM], size_t *workspace) {
    fm_product *q = &fold->product;
    fm_fold_label inner = {.n = 1};
    int64_t unused;
    fm_fold_label all[FM_MAX_NDIM];
    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 && magnitude(all[at - 1].c) < magnitude(labels[i].c); at--)
            all[at] = all[at - 1];
        all[at] = labels[i];
    }
    if (n > 0) inner = all[n - 1];
    for (int i = 0; i + 1 < n; i++) fold->batch[fold->nbatch++] = all[i];
    sides a = {'a', 0, n > 0, NULL, &inner, &unused, &q->ak};
    sides b = {'b', 0, n > 0, NULL, &inner, &unused, &q->bn};
    sides c = {'c', 0, n > 0, NULL, &inner, &unused, &q->cn};
    q->ak = inner.a;
    q->bn = inner.b;
    q->cn = inner.c;
    if (dtypes[0] != fold->stage || nalone[0] > 0 || fold->conj_a)
        pack_operand(fold, &fold->a, &a, dtypes[0], nalone[0], alone[0], workspace);
    if (dtypes[1] != fold->stage || nalone[1] > 0)
        pack_operand(fold, &fold->b, &b, dtypes[1], nalone[1], alone[1], workspace);
    if (dtypes[2] != fold->stage) pack_output(fold, &c, dtypes[2], workspace);
    q->m = q->k = 1;
    q->n = inner.n;
}

/* A vector with gaps, times the contiguous rows of a matrix: its copy makes them dot products of
   contiguous elements. */
static void pack_spaced_vector(fm_fold *fold, const sides *a, const sides *b,
                               const fm_dtype *dtypes, size_t *workspace) {
    const fm_product *q = &fold->product;
    bool a_is_vector = a->nmajor == 0, b_is_vector = b->nminor == 0;
    if (a_is_vector == b_is_vector) return;
    if (b_is_vector && q->ak == 1 && q->bk != 1 && !fold->b.packed)
        pack_operand(fold, &fold->b, b, dtypes[1], 0, NULL, workspace);
    if (a_is_vector && q->bk == 1 && q->bn != 1 && q->ak != 1 && !fold->a.packed)
        pack_operand(fold, &fold->a, a, dtypes[0], 0, NULL, workspace);
}

static void plan_products(fm_fold *fold, const fm_dtype *dtypes, int n, const fm_fold_label *labels,
                          const int *nalone, const fm_fold_label (*alone)[FM_MAX_NDIM],
                          size_t *workspace) {
    parts p;
    fm_product *q = &fold->product;
    p.nrows = take_class(n, labels, ROW, 'c', p.rows);
    p.ncolumns = take_class(n, labels, COLUMN, 'c', p.columns);
    order_summed(n, labels, &p);
    fold->nbatch = take_class(n, labels, BATCH, 'c', fold->batch);
    p.nrows = keep_run(p.nrows, p.rows, fold);
    p.ncolumns = keep_run(p.ncolumns, p.columns, fold);
    sides a = {'a', p.nrows, p.nsummed, p.rows, p.summed, &q->am, &q->ak};
    sides b = {'b', p.nsummed, p.ncolumns, p.summed, p.columns, &q->bk, &q->bn};
    sides c = {'c', p.nrows, p.ncolumns, p.rows, p.columns, &q->cm, &q->cn};
    if (!is_matrix(&a) || dtypes[0] != fold->stage || nalone[0] > 0 || fold->conj_a)
        pack_operand(fold, &fold->a, &a, dtypes[0], nalone[0], alone[0], workspace);
    if (!is_matrix(&b) || dtypes[1] != fold->stage || nalone[1] > 0)
        pack_operand(fold, &fold->b, &b, dtypes[1], nalone[1], alone[1], workspace);
    pack_spaced_vector(fold, &a, &b, dtypes, workspace);
    if (!is_matrix(&c) || dtypes[2] != fold->stage) pack_output(fold, &c, dtypes[2], workspace);
    q->m = extent(p.nrows, p.rows);
    q->n = extent(p.ncolumns, p.columns);
    q->k = extent(p.nsummed, p.summed);
}

void fm_fold_plan(fm_fold *fold, fm_dtype stage, const fm_dtype *dtypes, bool conj_a, int nlabels,
                  fm_fold_label *labels, size_t *workspace) {
    fm_fold_label alone[2][FM_MAX_NDIM];
    int nalone[2];
    *fold = (fm_fold){.stage = stage, .conj_a = conj_a, .elementwise = true};
    nalone[0] = take_alone(&nlabels, labels, true, alone[0]);
    nalone[1] = take_alone(&nlabels, labels, false, alone[1]);
    for (int i = 0; i < nlabels; i++)
        if (!labels[i].in_c) fold->elementwise = false;
    const fm_fold_label(*lists)[FM_MAX_NDIM] = (const fm_fold_label(*)[FM_MAX_NDIM])alone;
    if (fold->elementwise)
        plan_elementwise(fold, dtypes, nlabels, labels, nalone, lists, workspace);
    else
        plan_products(fold, dtypes, nlabels, labels, nalone, lists, workspace);
    fold->batches = extent(fold->nbatch, fold->batch);
}
