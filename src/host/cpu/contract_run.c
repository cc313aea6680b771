/* Running a folded contraction: packing, the batch of products, and elementwise products. */
#include "cpu/contract.h"
#include "cpu/gemm.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"
#include "scalar/types.h"

#include <stdlib.h>
#include <string.h>

enum {
    PLAIN = 128,       /* multiply-adds up to which plain loops beat a call of BLAS */
    LIGHT = 1 << 20,   /* multiply-adds of a product up to which a batch is split, not a product */
    PIECE = 1 << 18,   /* multiply-adds of BLAS for which it pays to wake a thread */
    STRETCH = 1 << 16, /* the same of plain loops, which wait for memory */
    CHUNK = 1 << 16,   /* elements of a long dot product that one item sums */
    CHUNKS = 256
};

typedef struct fold_run {
    const fm_folded *fold;
    const char *a, *b;
    char *c;
    size_t size; /* bytes of an element */
    const fm_product_table *table;
    fm_product_fn plain;
    fm_pool *pool; /* for one product; NULL: the calling thread alone */
    char *turned;  /* room for a turned copy of a; NULL: none */
} fold_run;

/* One product by BLAS; p's operands are matrices as it takes them. */
static void by_blas(const fold_run *r, const fm_product *p, const void *a, const void *b, void *c) {
    static const float one[2] = {1, 0}, zero[2] = {0, 0};
    static const double one2[2] = {1, 0}, zero2[2] = {0, 0};
    bool ta = p->ak != 1, tb = p->bn != 1;
    fm_trans x = ta ? FM_TRANS_YES : FM_TRANS_NO, y = tb ? FM_TRANS_YES : FM_TRANS_NO;
    int64_t lda = ta ? p->ak : p->am, ldb = tb ? p->bn : p->bk, ldc = p->cm;
    switch (r->fold->stage) {
    case FM_FLOAT32:
        fm_gemm_f32(r->pool, x, y, p->m, p->n, p->k, 1, a, lda, b, ldb, 0, c, ldc);
        break;
    case FM_FLOAT64:
        fm_gemm_f64(r->pool, x, y, p->m, p->n, p->k, 1, a, lda, b, ldb, 0, c, ldc);
        break;
    case FM_COMPLEX64:
        fm_gemm_c64(r->pool, x, y, p->m, p->n, p->k, one, a, lda, b, ldb, zero, c, ldc);
        break;
    default:
        fm_gemm_c128(r->pool, x, y, p->m, p->n, p->k, one2, a, lda, b, ldb, zero2, c, ldc);
        break;
    }
}

/* The transposed product, for an output whose columns are contiguous. */
static fm_product turned(const fm_product *p) {
    return (fm_product){.m = p->n,
                        .n = p->m,
                        .k = p->k,
                        .am = p->bn,
                        .ak = p->bk,
                        .bk = p->ak,
                        .bn = p->am,
                        .cm = p->cn,
                        .cn = p->cm};
}

/* An output whose columns are contiguous; a vector times a matrix that lies transposed, so that the
   loops find contiguous rows of the matrix. */
static bool is_better_turned(const fm_product *p) {
    if (p->m > 1 && p->n > 1) return p->cn != 1;
    if (p->n > 1) return p->bn != 1 && p->bk == 1;
    return p->m > 1 && p->am == 1 && p->ak != 1;
}

typedef struct plain_job {
    const fold_run *run;
    fm_product p;
    const char *a, *b;
    char *c;
} plain_job;

static void plain_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const plain_job *job = arg;
    int64_t size = (int64_t)job->run->size;
    fm_product p = job->p;
    (void)lane;
    p.m = end - begin;
    job->run->plain(&p, job->a + begin * p.am * size, job->b, job->c + begin * p.cm * size);
}

static void plain_columns(void *arg, int64_t begin, int64_t end, int lane) {
    const plain_job *job = arg;
    int64_t size = (int64_t)job->run->size;
    fm_product p = job->p;
    (void)lane;
    p.n = end - begin;
    job->run->plain(&p, job->a, job->b + begin * p.bn * size, job->c + begin * p.cn * size);
}

/* Chunks of one long dot product, each into its own element of c. */
static void plain_chunks(void *arg, int64_t begin, int64_t end, int lane) {
    const plain_job *job = arg;
    int64_t size = (int64_t)job->run->size, length = job->p.m;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        fm_product p = job->p;
        int64_t at = i * length;
        p.m = 1;
        p.k = p.k - at < length ? p.k - at : length;
        job->run->plain(&p, job->a + at * p.ak * size, job->b + at * p.bk * size,
                        job->c + i * size);
    }
}

/* A dot product cut by its length alone, so that threads play no part in the result. */
static void long_dot(plain_job *job) {
    fm_c128 partial[CHUNKS], ones[CHUNKS];
    fm_scalar one = {FM_INT64, {1}};
    char *c = job->c;
    int64_t length = (job->p.k + CHUNKS - 1) / CHUNKS;
    if (length < CHUNK) length = CHUNK;
    int64_t count = (job->p.k + length - 1) / length;
    job->p.m = length;
    job->c = (char *)partial;
    fm_pool_run(fm_pool_shared(), plain_chunks, job, count, 1);
    for (int64_t i = 0; i < count; i++)
        fm_scalar_store(one, FM_DTYPE_NONE, job->run->fold->stage,
                        (char *)ones + i * (int64_t)job->run->size);
    fm_product sum = {.m = 1, .n = 1, .k = count, .ak = 1, .bk = 1, .bn = 1, .cn = 1};
    job->run->plain(&sum, partial, ones, c);
}

static void by_loops(const fold_run *r, const fm_product *p, const void *a, const void *b,
                     void *c) {
    plain_job job = {r, *p, a, b, c};
    if (r->pool == NULL) {
        r->plain(p, a, b, c);
    } else if (p->m == 1 && p->n == 1 && p->k > 2 * CHUNK) {
        long_dot(&job);
    } else if (p->m >= p->n) {
        int64_t grain = STRETCH / (p->n * p->k);
        fm_pool_run(r->pool, plain_rows, &job, p->m, grain > 1 ? grain : 1);
    } else {
        int64_t grain = STRETCH / (p->m * p->k);
        fm_pool_run(r->pool, plain_columns, &job, p->n, grain > 64 ? grain : 64);
    }
}

/* A part of a product with its own transpose, by one thread. */
static void part_by_blas(const void *run, const fm_product *p, const void *a, const void *b,
                         void *c) {
    fold_run alone = *(const fold_run *)run;
    alone.pool = NULL;
    by_blas(&alone, p, a, b, c);
}

static void one_product(const fold_run *r, const void *a, const void *b, void *c) {
    fm_product p = r->fold->product;
    if (is_better_turned(&p)) {
        fm_product q = turned(&p);
        const void *swap = a;
        p = q;
        a = b;
        b = swap;
    }
    bool thin = p.m == 1 || p.n == 1;
    if (r->fold->gram && a == b)
        fm_gram_run(&p, r->fold->stage, r->pool, part_by_blas, r, a, c, r->turned);
    else if (r->fold->stage == FM_INT64 || thin || p.m * p.n <= PLAIN / p.k)
        by_loops(r, &p, a, b, c);
    else
        by_blas(r, &p, a, b, c);
}

fm_folded_place fm_folded_place_of(const fm_folded *fold, int64_t number) {
    fm_folded_place at = {0, 0, 0};
    for (int i = fold->nbatch - 1; i >= 0; i--) {
        int64_t index = number % fold->batch[i].extent;
        number /= fold->batch[i].extent;
        at.a += index * fold->batch[i].a;
        at.b += index * fold->batch[i].b;
        at.c += index * fold->batch[i].c;
    }
    return at;
}

static void products(void *arg, int64_t begin, int64_t end, int lane) {
    const fold_run *r = arg;
    int64_t size = (int64_t)r->size;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        fm_folded_place at = fm_folded_place_of(r->fold, i);
        one_product(r, r->a + at.a * size, r->b + at.b * size, r->c + at.c * size);
    }
}

/* A batch of dot products whose innermost label runs along rows. */
static void row_dots(void *arg, int64_t begin, int64_t end, int lane) {
    const fold_run *r = arg;
    const fm_contract_label *rows = &r->fold->batch[r->fold->nbatch - 1];
    int64_t size = (int64_t)r->size;
    fm_product p = r->fold->product;
    (void)lane;
    p.am = rows->a;
    p.bn = rows->b;
    p.cm = rows->c;
    for (int64_t i = begin; i < end; i += p.m) {
        fm_folded_place at = fm_folded_place_of(r->fold, i);
        p.m = rows->extent - i % rows->extent;
        if (p.m > end - i) p.m = end - i;
        r->table->row_dots[r->fold->stage](&p, r->a + at.a * size, r->b + at.b * size,
                                           r->c + at.c * size);
    }
}

/* A batch of light products is split over the pool, heavy ones are split each, but for dot products
   that are best summed side by side. */
static void run_products(fold_run *r) {
    const fm_product *p = &r->fold->product;
    double work = (double)p->m * (double)p->n * (double)p->k;
    const bool dots = p->m * p->n == 1;
    if ((work <= LIGHT || r->fold->across) && r->fold->batches > 1) {
        int64_t grain = (int64_t)((dots ? STRETCH : PIECE) / work);
        r->pool = NULL;
        fm_pool_run(fm_pool_shared(), dots ? row_dots : products, r, r->fold->batches, grain);
    } else {
        r->pool = fm_pool_shared();
        products(r, 0, r->fold->batches, 0);
    }
}

/* The operand where it lies, or its packed copy, made now. */
static const char *reach(const fm_folded_operand *x, const void *at, char *workspace) {
    if (!x->packed) return at;
    char *to = workspace + x->offset;
    if (x->sums)
        fm_reduce_job_run(&x->sum, at, to, workspace + x->sum_space);
    else
        fm_copy_run(&x->copy, at, to);
    return to;
}

void fm_folded_run(const fm_folded *fold, const void *a, const void *b, void *c, char *workspace) {
    fold_run r = {.fold = fold, .size = fm_cpu_dtype_size(fold->stage)};
    r.table = FM_ISA_CHOOSE(&fm_product);
    r.plain = r.table->product[fold->stage];
    r.a = reach(&fold->a, a, workspace);
    r.b = reach(&fold->b, b, workspace);
    r.turned = fold->gram ? workspace + fold->turned : NULL;
    r.c = fold->c.packed ? workspace + fold->c.offset : c;
    if (fold->conj_a) r.table->conjugate[fold->stage](fold->a.size, workspace + fold->a.offset);
    if (fold->elementwise) {
        fm_elementwise_run(fold, r.table, r.a, r.b, r.c);
    } else {
        run_products(&r);
    }
    if (fold->c.packed) fm_copy_run(&fold->c.copy, r.c, c);
}
