/* The family of contractions: matrix products where labels fold into one, the direct kernel
 * elsewhere; operands that do not lie as wanted are packed into the workspace. */
#include "chain.h"
#include "copy.h"
#include "direct.h"
#include "family.h"
#include "gram.h"
#include "product.h"
#include "value.h"

#include "scalar/chain.h"
#include "scalar/fold.h"

typedef enum method { NOTHING, ZEROS, PRODUCT, DIRECT } method;

typedef struct contract_plan {
    fm_kplan head;
    method method;
    cu_port in[2], out;
    size_t bytes; /* of the output, for ZEROS */
    /* The product's or the output's own order of elements: temporary, copied to the output. */
    int temporary;
    size_t at_c;
    cu_copy copy_c;
    cu_product product;
    int has_gram;
    cu_gram gram; /* where both inputs are the same elements */
    const cu_direct_kernel *kernel;
    cu_direct_args direct; /* all but addresses */
    size_t at_work;        /* the product's workspace, or partial sums */
} contract_plan;

/* Products in an output from which a product of two vectors is worth a call of the library. */
enum { LONG = 1024, EACH = 64, THREADS = 2048 };

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_CONTRACT_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static cu_error run_direct(const contract_plan *p, const fm_dev *dev, cu_stream stream,
                           const void *a, const void *b, void *c, void *partial) {
    cu_direct_args args = p->direct;
    args.a = a;
    args.b = b;
    args.c = c;
    args.partial = partial;
    cu_error code = p->kernel->fold(&args, dev->info.processors, stream);
    if (code || args.chunks == 1) return code;
    return p->kernel->join(&args, dev->info.processors, stream);
}

static cu_error run(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    contract_plan *p = (contract_plan *)head;
    void *in[2], *out = cu_port_out(&p->out, args);
    char *space = args->workspace;
    cu_error code = CU_SUCCESS;
    if (p->method == NOTHING) return CU_SUCCESS;
    if (p->method == ZEROS) {
        code = cu_api.fill(out, 0, p->bytes, stream);
        return code ? code : cu_port_close(&p->out, dev, stream, args);
    }
    for (int i = 0; i < 2 && !code; ++i) code = cu_port_bring(&p->in[i], dev, stream, args, &in[i]);
    if (code) return code;
    void *c = p->temporary ? space + p->at_c : out;
    if (p->method == PRODUCT && p->has_gram && in[0] == in[1])
        code = cu_gram_run(&p->gram, dev, stream, in[0], c, space + p->at_work);
    else if (p->method == PRODUCT)
        code = cu_product_run(&p->product, dev, stream, 1, in[0], in[1], 0, c, NULL,
                              space + p->at_work);
    else
        code = run_direct(p, dev, stream, in[0], in[1], c, space + p->at_work);
    if (!code && p->temporary) code = cu_copy_run(&p->copy_c, dev, stream, c, out);
    return code ? code : cu_port_close(&p->out, dev, stream, args);
}

static void release(fm_dev *dev, fm_kplan *head) {
    (void)dev;
    cu_product_release(&((contract_plan *)head)->product);
}

/* Packs input `which` in the order of those axes, and says so in the folding. */
static void pack_input(contract_plan *p, const fm_kernel_call *call, fm_fold *fold,
                       fm_fold_operand which, fm_dtype dtype, int naxes, const fm_fold_axis *axes,
                       fm_plan_info *info) {
    const fm_fold before = *fold;
    fm_index index;
    const int64_t elements = fm_fold_pack(fold, which, naxes, axes);
    cu_port *port = &p->in[which];
    fm_fold_index(&index, &before, fold, which, naxes, axes);
    port->packed = 1;
    port->dtype = dtype;
    port->offset = cu_room(info, (size_t)elements * cu_dtype_size(dtype));
    cu_copy_plan(&port->copy, call->in[which]->dtype, dtype, &index);
}

/* The strides of an operand as a matrix; 0 where its labels do not join. */
static int matrix_of(const fm_fold *fold, fm_fold_operand which, cu_matrix *m) {
    const fm_fold_axis row = which == FM_FOLD_B ? FM_FOLD_K : FM_FOLD_M;
    const fm_fold_axis col = which == FM_FOLD_A ? FM_FOLD_K : FM_FOLD_N;
    return fm_fold_joins(fold, FM_FOLD_BATCH, which, &m->batch) &&
           fm_fold_joins(fold, row, which, &m->row) && fm_fold_joins(fold, col, which, &m->col);
}

/* Which operands (bits) have to be packed, if the others are read in place; -1: it is no product
 * however they are packed. Strides of packed operands come from *packed. */
static int to_pack(const fm_fold *fold, int wanted, int conjugate, fm_fold *packed,
                   cu_product_spec *spec) {
    static const fm_fold_axis axes[3][3] = {{FM_FOLD_BATCH, FM_FOLD_M, FM_FOLD_K},
                                            {FM_FOLD_BATCH, FM_FOLD_K, FM_FOLD_N},
                                            {FM_FOLD_BATCH, FM_FOLD_M, FM_FOLD_N}};
    static const fm_fold_axis turned[3] = {FM_FOLD_BATCH, FM_FOLD_K, FM_FOLD_M};
    cu_matrix *const matrix[3] = {&spec->a, &spec->b, &spec->c};
    for (int next = 0; next <= 3; ++next) {
        int sound = 1;
        *packed = *fold;
        for (int x = 0; x < 3; ++x) {
            if (!matrix_of(fold, (fm_fold_operand)x, matrix[x])) wanted |= 1 << x;
            if (!(wanted >> x & 1)) continue;
            (void)fm_fold_pack(packed, (fm_fold_operand)x, 3,
                               x == 0 && conjugate ? turned : axes[x]);
            sound &= matrix_of(packed, (fm_fold_operand)x, matrix[x]);
        }
        if (sound && cu_product_fits(spec)) return wanted;
        wanted |= 1 << next;
    }
    return -1;
}

static void set_extents(const fm_fold *fold, cu_product_spec *spec) {
    spec->batch = fold->extent[FM_FOLD_BATCH];
    spec->m = fold->extent[FM_FOLD_M];
    spec->n = fold->extent[FM_FOLD_N];
    spec->k = fold->extent[FM_FOLD_K];
}

/* Labels of M and N that become batches, in the order in which that is tried. */
static const int trials[][2] = {{0, 0}, {0, 1}, {1, 0}, {0, 2}, {2, 0}};
enum { TRIALS = sizeof trials / sizeof *trials };

/* Moves the outermost labels of an axis; 0 where it has fewer. */
static int move_labels(fm_fold *fold, fm_fold_axis axis, int count) {
    const int first = fold->first[axis];
    if (fold->first[axis + 1] - first < count) return 0;
    fm_fold_to_batch(fold, first, first + count);
    return 1;
}

/* The folding with which nothing is packed beyond `must`, else the plain one; -1: no product. */
static int choose_folding(fm_fold *fold, int must, int conjugate, cu_product_spec *spec) {
    fm_fold packed;
    for (int t = 0; t < TRIALS; ++t) {
        fm_fold trial = *fold;
        if (!move_labels(&trial, FM_FOLD_M, trials[t][0]) ||
            !move_labels(&trial, FM_FOLD_N, trials[t][1]))
            continue;
        set_extents(&trial, spec);
        if (to_pack(&trial, must, conjugate, &packed, spec) != must) continue;
        *fold = trial;
        return must;
    }
    set_extents(fold, spec);
    return to_pack(fold, must, conjugate, &packed, spec);
}

/* The dtype in which a product reads its operands. */
static fm_dtype product_dtype(const fm_kernel_call *call) {
    if (call->compute != FM_FLOAT32) return call->compute;
    if (call->math_mode == FM_MATH_BF16) return FM_BFLOAT16;
    return call->math_mode == FM_MATH_FP16 ? FM_FLOAT16 : FM_FLOAT32;
}

static int wants_product(const fm_kernel_call *call, const fm_fold *fold) {
    const int64_t *n = fold->extent;
    if (call->compute < FM_FLOAT16 || call->nin != 2 || call->by_value) return 0;
    if (n[FM_FOLD_SUM_A] != 1 || n[FM_FOLD_SUM_B] != 1 || n[FM_FOLD_REPEAT] != 1) return 0;
    if (n[FM_FOLD_K] == 1 || fm_fold_runs_across(fold)) return 0;
    return n[FM_FOLD_M] != 1 || n[FM_FOLD_N] != 1 || n[FM_FOLD_BATCH] == 1 || n[FM_FOLD_K] >= LONG;
}

static void pack_operands(contract_plan *p, const fm_kernel_call *call, const fm_fold *fold,
                          int packs, fm_dtype dtype, fm_plan_info *info) {
    static const fm_fold_axis a[] = {FM_FOLD_BATCH, FM_FOLD_M, FM_FOLD_K};
    static const fm_fold_axis turned[] = {FM_FOLD_BATCH, FM_FOLD_K, FM_FOLD_M};
    static const fm_fold_axis b[] = {FM_FOLD_BATCH, FM_FOLD_K, FM_FOLD_N};
    static const fm_fold_axis c[] = {FM_FOLD_BATCH, FM_FOLD_M, FM_FOLD_N};
    fm_fold work = *fold;
    if (packs & 1)
        pack_input(p, call, &work, FM_FOLD_A, dtype, 3, call->params->contract.conj_a ? turned : a,
                   info);
    if (packs & 2) pack_input(p, call, &work, FM_FOLD_B, dtype, 3, b, info);
    if (!(packs & 4)) return;
    const int64_t elements = fm_fold_pack(&work, FM_FOLD_C, 3, c);
    fm_index index;
    p->temporary = 1;
    p->at_c = cu_room(info, (size_t)elements * cu_dtype_size(call->compute));
    fm_fold_index(&index, &work, fold, FM_FOLD_C, 3, c);
    cu_copy_plan(&p->copy_c, call->compute, call->compute, &index);
}

static uint64_t executed_of(const cu_product_spec *s) {
    return 2 * (uint64_t)s->batch * (uint64_t)s->m * (uint64_t)s->n * (uint64_t)s->k;
}

/* What is computed where both inputs are the same elements; *bytes: the product's workspace. */
static fm_status plan_gram(fm_dev *dev, contract_plan *p, const cu_product_spec *spec,
                           const char *name, size_t *bytes, fm_plan_info *info, fm_error *error) {
    const fm_status status = cu_gram_plan(&p->gram, dev, spec, name, error);
    if (status != FM_OK) return status;
    p->has_gram = 1;
    if (*bytes < CU_BLAS_WORKSPACE) *bytes = CU_BLAS_WORKSPACE;
    info->executed_same = 2 * cu_gram_elements(&p->gram) * (uint64_t)spec->k;
    return FM_OK;
}

/* Sets the method where the call is a product that the libraries have. */
static fm_status plan_product(fm_dev *dev, contract_plan *p, const fm_kernel_call *call,
                              const fm_fold *labels, fm_plan_info *info, fm_error *error) {
    fm_fold fold = *labels;
    const fm_dtype dtype = product_dtype(call);
    const int conjugate = call->params->contract.conj_a;
    cu_product_spec spec = {
        .in = dtype, .out = call->compute, .math = call->math_mode, .conjugate_a = conjugate};
    int must = 0, made = 0;
    for (int i = 0; i < 2; ++i) must |= (call->in[i]->dtype != dtype) << i;
    const int packs = choose_folding(&fold, must, conjugate, &spec);
    if (packs < 0) return FM_OK;
    fm_status status = cu_product_plan(&p->product, dev, &spec, call->name, &made, error);
    if (status != FM_OK || !made) return status;
    p->method = PRODUCT;
    pack_operands(p, call, &fold, packs, dtype, info);
    info->executed = info->executed_same = executed_of(&spec);
    size_t bytes = p->product.workspace;
    if (!(packs & 3) && cu_gram_fits(&spec, dev->info.processors))
        status = plan_gram(dev, p, &spec, call->name, &bytes, info, error);
    p->at_work = cu_room(info, bytes);
    return status;
}

static void add_label(fm_index *index, const fm_contract_label *l, int64_t s0, int64_t s1,
                      int64_t s2) {
    const int d = index->ndim++;
    index->extent[d] = l->extent;
    index->stride[0][d] = s0;
    index->stride[1][d] = s1;
    index->stride[2][d] = s2;
    index->size *= l->extent;
}

static void set_indices(cu_direct_args *d, const fm_fold *fold) {
    fm_index_begin(&d->kept, 0, NULL);
    fm_index_begin(&d->red, 0, NULL);
    d->kept.noperands = 3;
    d->red.noperands = 2;
    for (int i = 0; i < fold->first[FM_FOLD_AXES]; ++i) {
        const fm_contract_label *l = &fold->label[i];
        if (l->in_c)
            add_label(&d->kept, l, l->c, l->a, l->b);
        else
            add_label(&d->red, l, l->a, l->b, 0);
    }
    d->outputs = d->kept.size;
    d->count = d->red.size;
    fm_index_coalesce(&d->kept, 0);
    fm_index_coalesce(&d->red, 0);
}

static void plan_direct(const fm_dev *dev, contract_plan *p, const fm_kernel_call *call,
                        const fm_fold *labels, fm_plan_info *info) {
    static const fm_fold_axis axes[2][4] = {{FM_FOLD_BATCH, FM_FOLD_M, FM_FOLD_K, FM_FOLD_SUM_A},
                                            {FM_FOLD_BATCH, FM_FOLD_K, FM_FOLD_N, FM_FOLD_SUM_B}};
    fm_fold fold = *labels;
    cu_direct_args *d = &p->direct;
    for (int i = 0; i < call->nin; ++i) {
        if (call->by_value >> i & 1)
            cu_port_open(&p->in[i], call, i, call->compute, 0, info);
        else if (call->in[i]->dtype != call->compute)
            pack_input(p, call, &fold, (fm_fold_operand)i, call->compute, 4, axes[i], info);
    }
    p->method = DIRECT;
    p->kernel = &cu_direct[call->compute];
    set_indices(d, &fold);
    d->conjugate_a = call->params->contract.conj_a;
    if (call->nin == 2)
        info->executed = info->executed_same =
            (uint64_t)d->outputs * (d->count > 1 ? 2 * (uint64_t)d->count : 1);
    const int64_t wanted = (int64_t)THREADS * dev->info.processors / d->outputs;
    const int64_t most = d->count / EACH;
    const int64_t chunks = wanted < most ? wanted : most;
    d->chunk = chunks > 1 ? (d->count + chunks - 1) / chunks : d->count;
    d->chunks = (d->count + d->chunk - 1) / d->chunk;
    p->at_work =
        cu_room(info, d->chunks > 1 ? (size_t)(d->chunks * d->outputs) * p->kernel->sum : 0);
}

/* Whether a sum runs over nothing. */
static int is_empty(const fm_contract_params *params) {
    for (int i = 0; i < params->nlabels; ++i)
        if (params->label[i].extent == 0) return 1;
    return 0;
}

static fm_status plan_pair(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                           fm_plan_info *info, fm_error *error) {
    fm_fold fold;
    fm_status status = cu_plan_make(call, sizeof(contract_plan), run, out, error);
    if (status != FM_OK) return status;
    contract_plan *p = (contract_plan *)*out;
    (*out)->release = release;
    cu_port_open_out(&p->out, call, 0, call->compute, info);
    p->bytes = (size_t)call->out[0]->size * cu_dtype_size(call->compute);
    p->method = p->bytes ? ZEROS : NOTHING;
    if (!p->bytes || is_empty(&call->params->contract)) return FM_OK;
    for (int i = 0; i < call->nin; ++i) p->in[i] = (cu_port){.input = i, .used = 1};
    fm_fold_sort(&call->params->contract, &fold);
    if (wants_product(call, &fold)) {
        status = plan_product(dev, p, call, &fold, info, error);
        if (status != FM_OK || p->method == PRODUCT) return status;
    }
    plan_direct(dev, p, call, &fold, info);
    return FM_OK;
}

static fm_status plan_contract(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                               fm_plan_info *info, fm_error *error) {
    if (call->nin <= 2) return plan_pair(dev, call, out, info, error);
    if (!fm_chain_is_empty(&call->params->chain))
        return cu_chain_plan(dev, call, plan_pair, out, info, error);
    fm_params nothing;
    fm_kernel_call zeros = *call;
    fm_chain_nothing(&call->params->chain, &nothing.contract);
    zeros.nin = 2;
    zeros.by_value = 0;
    zeros.params = &nothing;
    return plan_pair(dev, &zeros, out, info, error);
}

const cu_family cu_family_contract = {supports, plan_contract};
