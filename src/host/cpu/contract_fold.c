/* Folding a contraction's labels to a batch of matrix products. */
#include "cpu/contract.h"
#include "cpu/scalar_value.h"
#include "scalar/fold.h"

enum { ALIGNMENT = 64 };

/* A contraction while it is planned; its labels lose their strides to those of packed copies. */
typedef struct planning {
    fm_folded *folded;
    fm_fold fold;
    const fm_dtype *dtypes;
    size_t *workspace;
} planning;

/* An operand as a matrix: minor is the axis that runs fastest if it is packed, alone that of the
   labels that only it has, unless it is the output. */
typedef struct side {
    fm_fold_operand which;
    fm_folded_operand *operand;
    fm_fold_axis major, minor, alone;
    int64_t *major_stride, *minor_stride;
} side;

static size_t room(size_t *workspace, size_t bytes) {
    size_t offset = (*workspace + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    *workspace = offset + bytes;
    return offset;
}

static int count_of(const fm_fold *fold, fm_fold_axis axis) {
    return fold->first[axis + 1] - fold->first[axis];
}

/* Sets the strides of an operand's two axes, if each is one; an axis without labels follows the
   other as in a matrix that is packed. */
static bool set_strides(const fm_fold *fold, const side *s) {
    if (!fm_fold_joins(fold, s->major, s->which, s->major_stride) ||
        !fm_fold_joins(fold, s->minor, s->which, s->minor_stride))
        return false;
    if (count_of(fold, s->minor) == 0) *s->minor_stride = 1;
    if (count_of(fold, s->major) == 0) *s->major_stride = fold->extent[s->minor];
    return true;
}

/* A matrix as BLAS takes it: one stride is 1, the other at least the extent along the first. */
static bool is_matrix(const fm_fold *fold, const side *s) {
    const int64_t major = fold->extent[s->major], minor = fold->extent[s->minor];
    const bool has_major = count_of(fold, s->major) > 0, has_minor = count_of(fold, s->minor) > 0;
    if (!set_strides(fold, s)) return false;
    if (has_major && !has_minor && *s->major_stride >= 1) return true;
    if (!has_major && *s->minor_stride > 1) *s->major_stride = 1;
    return (*s->minor_stride == 1 && *s->major_stride >= minor) ||
           (*s->major_stride == 1 && *s->minor_stride >= major);
}

/* Where labels that only this operand has are summed while it is packed. */
static void plan_sum(planning *p, const side *s, int ncopied, const fm_copy_axis *copied) {
    fm_folded_operand *x = s->operand;
    const fm_dtype stage = p->folded->stage;
    fm_reduce_axis kept[FM_MAX_NDIM], red[FM_MAX_NDIM];
    int nred = 0;
    for (int i = 0; i < ncopied; i++)
        kept[i] = (fm_reduce_axis){copied[i].n, copied[i].in, copied[i].out};
    for (int i = p->fold.first[s->alone]; i < p->fold.first[s->alone + 1]; i++) {
        const fm_contract_label *l = &p->fold.label[i];
        red[nred++] = (fm_reduce_axis){l->extent, fm_fold_label_stride(l, s->which), 0};
    }
    fm_reduce_job_plan(&x->sum, FM_REDUCE_sum, p->dtypes[s->which], stage, stage, ncopied, kept,
                       nred, red);
    x->sums = true;
    x->sum_space = room(p->workspace, x->sum.workspace);
}

/* Plans the copy of an input to a block, or of the output from one, in the order batch, major,
   minor without gaps, and goes on with that block's strides. */
static void pack(planning *p, const side *s) {
    const fm_fold_axis order[3] = {FM_FOLD_BATCH, s->major, s->minor};
    const fm_fold own = p->fold;
    const fm_dtype stage = p->folded->stage, dtype = p->dtypes[s->which];
    const bool is_output = s->which == FM_FOLD_C;
    fm_folded_operand *x = s->operand;
    fm_copy_axis axes[FM_MAX_NDIM];
    fm_index index;
    x->packed = true;
    x->size = fm_fold_pack(&p->fold, s->which, 3, order);
    x->offset = room(p->workspace, (size_t)x->size * fm_cpu_dtype_size(stage));
    (void)set_strides(&p->fold, s);
    fm_fold_index(&index, &own, &p->fold, s->which, 3, order);
    for (int d = 0; d < index.ndim; d++)
        axes[d] = (fm_copy_axis){index.extent[d], index.stride[is_output][d],
                                 index.stride[!is_output][d]};
    if (is_output)
        fm_copy_plan(&x->copy, stage, dtype, index.ndim, axes);
    else if (count_of(&p->fold, s->alone) > 0)
        plan_sum(p, s, index.ndim, axes);
    else
        fm_copy_plan(&x->copy, dtype, stage, index.ndim, axes);
}

/* Whether an operand cannot stay where it lies, whatever its strides. */
static bool must_pack(const planning *p, const side *s) {
    if (p->dtypes[s->which] != p->folded->stage) return true;
    if (s->which == FM_FOLD_C) return false;
    return count_of(&p->fold, s->alone) > 0 || (s->which == FM_FOLD_A && p->folded->conj_a);
}

/* The labels of the batch, neighbours joined where they are one for all three operands. */
static void list_batch(planning *p) {
    fm_folded *folded = p->folded;
    const fm_fold *fold = &p->fold;
    for (int i = fold->first[FM_FOLD_BATCH]; i < fold->first[FM_FOLD_BATCH + 1]; i++) {
        fm_contract_label l = fold->label[i];
        if (folded->nbatch > 0) {
            const fm_contract_label *outer = &folded->batch[folded->nbatch - 1];
            if (outer->a == l.a * l.extent && outer->b == l.b * l.extent &&
                outer->c == l.c * l.extent) {
                l.extent *= outer->extent;
                folded->nbatch--;
            }
        }
        folded->batch[folded->nbatch++] = l;
    }
}

/* Without a summed label: rows along the output's innermost label, all others a batch. */
static void plan_elementwise(planning *p, const side *sides) {
    fm_product *q = &p->folded->product;
    fm_fold *fold = &p->fold;
    fm_fold_to_batch(fold, fold->first[FM_FOLD_M], fold->first[FM_FOLD_K]);
    for (int x = 0; x < 3; x++)
        if (must_pack(p, &sides[x])) pack(p, &sides[x]);
    *q = (fm_product){.m = 1, .n = 1, .k = 1, .ak = 1, .bn = 1, .cn = 1};
    list_batch(p);
    if (p->folded->nbatch == 0) return;
    const fm_contract_label *inner = &p->folded->batch[--p->folded->nbatch];
    q->n = inner->extent;
    q->ak = inner->a;
    q->bn = inner->b;
    q->cn = inner->c;
}

/* A vector with gaps, times the contiguous rows of a matrix: its copy makes them dot products of
   contiguous elements. */
static void pack_spaced_vector(planning *p, const side *a, const side *b) {
    const fm_product *q = &p->folded->product;
    const bool a_is_vector = count_of(&p->fold, FM_FOLD_M) == 0;
    const bool b_is_vector = count_of(&p->fold, FM_FOLD_N) == 0;
    if (a_is_vector == b_is_vector) return;
    if (b_is_vector && q->ak == 1 && q->bk != 1 && !b->operand->packed) pack(p, b);
    if (a_is_vector && q->bk == 1 && q->bn != 1 && q->ak != 1 && !a->operand->packed) pack(p, a);
}

static void plan_products(planning *p, const side *sides) {
    fm_product *q = &p->folded->product;
    fm_fold_keep_run(&p->fold, FM_FOLD_M);
    fm_fold_keep_run(&p->fold, FM_FOLD_N);
    p->folded->across = fm_fold_runs_across(&p->fold);
    if (p->folded->across)
        fm_fold_to_batch(&p->fold, p->fold.first[FM_FOLD_M], p->fold.first[FM_FOLD_K]);
    for (int x = 0; x < 3; x++) {
        const bool stays = is_matrix(&p->fold, &sides[x]) && !must_pack(p, &sides[x]);
        if (!stays) pack(p, &sides[x]);
        if (x == FM_FOLD_B) pack_spaced_vector(p, &sides[FM_FOLD_A], &sides[FM_FOLD_B]);
    }
    q->m = p->fold.extent[FM_FOLD_M];
    q->n = p->fold.extent[FM_FOLD_N];
    q->k = p->fold.extent[FM_FOLD_K];
    list_batch(p);
}

void fm_folded_plan(fm_folded *folded, fm_dtype stage, const fm_dtype *dtypes, bool conj_a,
                    const fm_contract_params *labels, size_t *workspace) {
    planning p = {.folded = folded, .dtypes = dtypes, .workspace = workspace};
    fm_product *q = &folded->product;
    const side sides[3] = {
        {FM_FOLD_A, &folded->a, FM_FOLD_M, FM_FOLD_K, FM_FOLD_SUM_A, &q->am, &q->ak},
        {FM_FOLD_B, &folded->b, FM_FOLD_K, FM_FOLD_N, FM_FOLD_SUM_B, &q->bk, &q->bn},
        {FM_FOLD_C, &folded->c, FM_FOLD_M, FM_FOLD_N, FM_FOLD_AXES, &q->cm, &q->cn}};
    *folded = (fm_folded){.stage = stage, .conj_a = conj_a};
    fm_fold_sort(labels, &p.fold);
    fm_fold_to_batch(&p.fold, p.fold.first[FM_FOLD_REPEAT], p.fold.first[FM_FOLD_REPEAT + 1]);
    folded->elementwise = count_of(&p.fold, FM_FOLD_K) == 0;
    if (folded->elementwise)
        plan_elementwise(&p, sides);
    else
        plan_products(&p, sides);
    folded->batches = 1;
    for (int i = 0; i < folded->nbatch; i++) folded->batches *= folded->batch[i].extent;
    folded->gram = fm_gram_fits(folded);
    if (!folded->gram) return;
    const size_t turned = fm_gram_room(q, stage);
    if (turned > 0) folded->turned = room(workspace, turned);
}

uint64_t fm_folded_executed(const fm_folded *folded, bool same) {
    const fm_product *q = &folded->product;
    const uint64_t batches = (uint64_t)folded->batches, k = (uint64_t)q->k;
    if (folded->elementwise) return batches * (uint64_t)q->n;
    if (same && folded->gram) return 2 * batches * k * (uint64_t)fm_gram_elements(q, folded->stage);
    return 2 * batches * k * (uint64_t)q->m * (uint64_t)q->n;
}
