/* Contractions of two operands as batches of matrix products. */
#ifndef FM_CPU_CONTRACT_H
#define FM_CPU_CONTRACT_H

#include "cpu/copy.h"
#include "cpu/family.h"
#include "cpu/pool.h"
#include "cpu/reduce.h"

/* Strides of a small or integer product, in elements. */
typedef struct fm_product {
    int64_t m, n, k;
    int64_t am, ak, bk, bn, cm, cn;
} fm_product;

/* C = A B by plain loops, for what BLAS has no or no good function for. */
typedef void (*fm_product_fn)(const fm_product *p, const void *a, const void *b, void *c);

/* z = x * y element by element, all contiguous; x_moves, y_moves: else one element for all. */
typedef void (*fm_multiply_fn)(int64_t n, const void *x, bool x_moves, const void *y, bool y_moves,
                               void *z);

typedef struct fm_product_table {
    fm_product_fn product[FM_DTYPE_COUNT]; /* int64, float32, float64, complex64, complex128 */
    /* c[i * cm] = sum over p of a[i * am + p * ak] b[i * bn + p * bk], i below m */
    fm_product_fn row_dots[FM_DTYPE_COUNT];
    fm_multiply_fn multiply[FM_DTYPE_COUNT];
    void (*conjugate[FM_DTYPE_COUNT])(int64_t n, void *x);
} fm_product_table;

#define FM_PRODUCT_DECLARE(isa) extern const fm_product_table fm_product_##isa;
FM_ISA_DECLARE(FM_PRODUCT_DECLARE)
#undef FM_PRODUCT_DECLARE

/* How an operand reaches the products: as it lies, or packed (and first summed) in the workspace.
 */
typedef struct fm_folded_operand {
    bool packed, sums;
    size_t offset;     /* of the packed elements in the workspace */
    int64_t size;      /* packed elements */
    fm_copy_job copy;  /* where packed and not summed; for the output: back to its place */
    fm_reduce_job sum; /* where labels that only this operand has are summed */
    size_t sum_space;  /* its workspace */
} fm_folded_operand;

/* A contraction as a batch of products. */
typedef struct fm_folded {
    fm_dtype stage; /* in which the products run */
    bool conj_a;
    bool elementwise; /* no label is summed */
    bool across;      /* dot products summed side by side along the batch's innermost label */
    bool gram;        /* a and b are each other's transpose where they are the same elements */
    size_t turned;    /* room in the workspace for that */
    int nbatch;
    fm_contract_label batch[FM_MAX_NDIM]; /* innermost last */
    int64_t batches;
    fm_product product;
    fm_folded_operand a, b, c;
} fm_folded;

/* Finds the products of a contraction and the workspace that they need, which is added to
 *workspace. No label has an extent of 0, and their strides in c are the output's own; dtypes are
   those of a, b and c. */
void fm_folded_plan(fm_folded *folded, fm_dtype stage, const fm_dtype *dtypes, bool conj_a,
                    const fm_contract_params *labels, size_t *workspace);

/* Offsets in elements of a product of the batch. */
typedef struct fm_folded_place {
    int64_t a, b, c;
} fm_folded_place;
fm_folded_place fm_folded_place_of(const fm_folded *folded, int64_t number);

/* An elementwise folding; operands that are packed are so already. */
void fm_elementwise_run(const fm_folded *folded, const fm_product_table *table, const char *a,
                        const char *b, char *c);

/* Products of a matrix with its own transpose (contract_gram.c). fits: whether a folding is one if
   both operands are the same elements; elements: how many of the result are computed; room: bytes
   for a turned copy. run: part computes rows whose elements are side by side; room may be NULL. */
typedef void (*fm_gram_product)(const void *user, const fm_product *p, const void *a, const void *b,
                                void *c);
bool fm_gram_fits(const fm_folded *fold);
int64_t fm_gram_elements(const fm_product *p, fm_dtype stage);
size_t fm_gram_room(const fm_product *p, fm_dtype stage);
void fm_gram_run(const fm_product *p, fm_dtype stage, fm_pool *pool, fm_gram_product part,
                 const void *user, const void *a, void *c, char *room);

/* FLOPs of the products that a folding runs, 2 for each multiply-add, 1 for each product that is
   not summed; same: where both operands are the same elements. */
uint64_t fm_folded_executed(const fm_folded *folded, bool same);

/* Plans a call of three inputs and more; results on the way have the dtype `between`. */
fm_status fm_chain_plan(fm_dev *dev, const fm_kernel_call *call, fm_dtype between, fm_kplan **out,
                        fm_plan_info *info, fm_error *error);

void fm_folded_run(const fm_folded *folded, const void *a, const void *b, void *c, char *workspace);

#endif
