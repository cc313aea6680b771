/* Contractions that sum no label: elementwise products, row by row along the output. */
#include "cpu/contract.h"
#include "cpu/scalar_value.h"

enum {
    BLOCK = 1024,         /* elements of a row at once */
    SPLIT_BYTES = 1 << 17 /* of output for which it pays to wake a thread */
};

typedef struct rows_job {
    const fm_folded *fold;
    const char *a, *b;
    char *c;
    int64_t size, blocks; /* bytes of an element; blocks of a row */
    fm_multiply_fn multiply;
} rows_job;

/* Elements as the loops take them: side by side, or the one that stands for all of them. */
static const void *as_run(int64_t n, int64_t size, const void *x, int64_t stride, void *buffer) {
    if (stride == 0 || stride == 1) return x;
    fm_map()->gather[fm_copy_size_log((size_t)size)](n, x, stride, buffer);
    return buffer;
}

static void multiply_block(const rows_job *job, int64_t n, const void *a, const void *b, void *c) {
    const fm_product *p = &job->fold->product;
    _Alignas(64) char x[BLOCK * 16], y[BLOCK * 16], z[BLOCK * 16];
    job->multiply(n, as_run(n, job->size, a, p->ak, x), p->ak != 0,
                  as_run(n, job->size, b, p->bn, y), p->bn != 0, p->cn == 1 ? c : z);
    if (p->cn != 1) fm_map()->scatter[fm_copy_size_log((size_t)job->size)](n, z, p->cn, c);
}

/* The item-th block, and those after it in rows of one block along the innermost label of the
   batch; returns how many were multiplied. */
static int64_t multiply_some(const rows_job *job, int64_t item, int64_t most) {
    const fm_folded *fold = job->fold;
    const fm_product *p = &fold->product;
    const fm_contract_label *rows = fold->nbatch > 0 ? &fold->batch[fold->nbatch - 1] : NULL;
    const int64_t row = item / job->blocks, from = item % job->blocks * BLOCK;
    const int64_t n = p->n - from < BLOCK ? p->n - from : BLOCK;
    int64_t count = 1;
    if (rows != NULL && job->blocks == 1) count = rows->extent - row % rows->extent;
    if (count > most) count = most;
    fm_folded_place at = fm_folded_place_of(fold, row);
    at.a += from * p->ak;
    at.b += from * p->bn;
    at.c += from * p->cn;
    for (int64_t i = 0; i < count; i++) {
        multiply_block(job, n, job->a + at.a * job->size, job->b + at.b * job->size,
                       job->c + at.c * job->size);
        if (rows == NULL) break;
        at.a += rows->a;
        at.b += rows->b;
        at.c += rows->c;
    }
    return count;
}

static void multiply_rows(void *arg, int64_t begin, int64_t end, int lane) {
    (void)lane;
    for (int64_t i = begin; i < end;) i += multiply_some(arg, i, end - i);
}

void fm_elementwise_run(const fm_folded *fold, const fm_product_table *table, const char *a,
                        const char *b, char *c) {
    const int64_t n = fold->product.n, size = (int64_t)fm_cpu_dtype_size(fold->stage);
    const int64_t blocks = (n + BLOCK - 1) / BLOCK;
    const int64_t grain = SPLIT_BYTES / size / (n < BLOCK ? n : BLOCK);
    rows_job job = {fold, a, b, c, size, blocks, table->multiply[fold->stage]};
    fm_pool_run(fm_pool_shared(), multiply_rows, &job, fold->batches * blocks, grain);
}
