/* Somebody else's memory and work: wrapped pointers, and what kernels of the caller's own cost. */
#ifndef FLOPMETER_FOREIGN_H
#define FLOPMETER_FOREIGN_H

#include <flopmeter/budget.h>
#include <flopmeter/tensor.h>

FM_BEGIN_DECLS

/* Memory of the caller's. Start from FM_FOREIGN_INIT; release may be NULL. */
typedef struct fm_foreign {
    size_t size; /* sizeof(fm_foreign) */
    fm_dtype dtype;
    int ndim;
    const int64_t *shape;
    const int64_t *strides; /* in elements; NULL: row-major */
    void *data;             /* address of element [0, ..., 0] */
    fm_device device;       /* where it is; AUTO: on the context's device */
    void *stream;           /* on which it was written last; NULL: it is ready */
    bool read_only;         /* no operation may write it */
    void (*release)(void *user);
    void *user;
} fm_foreign;

#define FM_FOREIGN_INIT                                                                            \
    {                                                                                              \
        sizeof(fm_foreign), FM_DTYPE_NONE, 0, NULL, NULL, NULL, {FM_DEVICE_AUTO, 0}, NULL, false,  \
            NULL, NULL                                                                             \
    }

/* Wraps it without a copy: as fm_tensor_wrap, and checked further. Memory that operations may write
   must not have negative strides or elements that share memory (FM_ERR_ARGUMENT); read-only memory
   may. FM_ERR_DEVICE: the address or the stream is of another device than the context's. With a
   stream, the context's waits for what was submitted to it, and it waits for the context's when the
   last reference goes, before release is called: it must live as long. */
FM_API FM_MUST_CHECK fm_status fm_tensor_wrap_foreign(fm_context *ctx, const fm_foreign *foreign,
                                                      fm_tensor **out);

/* Whether operations are refused to write the tensor's memory. */
FM_API bool fm_tensor_is_read_only(const fm_tensor *tensor);

/* One piece of the caller's work. The helpers below fill it by the context's cost model and
   weights; multiply nothing yourself, the budget's multiplier comes with the charge. */
typedef struct fm_job {
    const char *op; /* as the summary shall name it; of static storage where a helper filled it */
    fm_dtype dtype; /* FM_DTYPE_NONE: the summary shows none */
    uint64_t flops;
    uint64_t macs;  /* multiply-accumulates within flops */
    uint64_t bytes; /* least bytes read and written; 0 where the dtype is unknown */
} fm_job;

/* fm_charge with all that a job says. */
FM_API FM_MUST_CHECK fm_status fm_charge_job(fm_context *ctx, const fm_job *job, fm_charge_id *id);

/* Helpers: they fill *job, charge nothing, and may be called once for all steps of a loop.
   dtype may be FM_DTYPE_NONE. FM_ERR_SHAPE and FM_ERR_ARGUMENT name the helper, the argument and
   its value; FM_ERR_OVERFLOW: past 64 bits; *job is untouched by a failure. Extents may be 0. */

/* batch products of (m, k) by (k, n): 2 batch m n k in the textbook and under torch. */
FM_API FM_MUST_CHECK fm_status fm_job_matmul(fm_context *ctx, fm_dtype dtype, int64_t batch,
                                             int64_t m, int64_t n, int64_t k, fm_job *job);

/* Which product of a layer. */
typedef enum fm_pass {
    FM_FORWARD = 0,
    FM_BACKWARD_INPUT,  /* the gradient of the input */
    FM_BACKWARD_WEIGHT, /* the gradient of the filter */
    FM_BACKWARD         /* both */
} fm_pass;

/* A convolution of 1 to 3 axes. A transposed one has its filter as (in, out / groups, ...), and
   `out` then is its own, larger output. */
typedef struct fm_convolution {
    size_t size; /* sizeof(fm_convolution) */
    int axes;    /* 1, 2, 3 */
    int64_t batch, in_channels, out_channels;
    int64_t groups; /* 0: 1 */
    int64_t in[3], out[3], filter[3];
    bool transposed;
    fm_pass pass;
} fm_convolution;

/* 2 batch out_channels (in_channels / groups) prod(out) prod(filter), prod(in) in place of
   prod(out) where transposed; each pass the same. Under torch the gradient of a grouped filter
   costs groups times as much, as FlopCounterMode has it. */
FM_API FM_MUST_CHECK fm_status fm_job_convolution(fm_context *ctx, fm_dtype dtype,
                                                  const fm_convolution *convolution, fm_job *job);

/* Attention of queries (batch, heads, queries, depth) over keys (..., keys, depth) and values
   (..., keys, value_depth). */
typedef struct fm_attention {
    size_t size; /* sizeof(fm_attention) */
    int64_t batch, heads;
    int64_t queries, keys;
    int64_t depth;
    int64_t value_depth; /* 0: depth */
    bool causal;         /* query i sees the keys up to i */
    fm_pass pass;        /* FM_FORWARD or FM_BACKWARD */
} fm_attention;

/* The products of the pairs (query, key) that are seen, 2 (depth + value_depth) a pair and
   2 (3 depth + 2 value_depth) backward, and the softmax between them by its primitives. Under torch
   the products alone, of all pairs whether causal or not, as FlopCounterMode has it. */
FM_API FM_MUST_CHECK fm_status fm_job_attention(fm_context *ctx, fm_dtype dtype,
                                                const fm_attention *attention, fm_job *job);

/* Normalisation of rows of n elements: mean, variance, and with affine a scale and a shift. */
FM_API FM_MUST_CHECK fm_status fm_job_layer_norm(fm_context *ctx, fm_dtype dtype, int64_t rows,
                                                 int64_t n, bool affine, fm_job *job);

/* count elements of the operation op ("exp", "add"), by its weight. */
FM_API FM_MUST_CHECK fm_status fm_job_elementwise(fm_context *ctx, fm_dtype dtype, const char *op,
                                                  int64_t count, fm_job *job);

/* inputs elements reduced to outputs by op ("sum", "max"). */
FM_API FM_MUST_CHECK fm_status fm_job_reduction(fm_context *ctx, fm_dtype dtype, const char *op,
                                                int64_t inputs, int64_t outputs, fm_job *job);

/* batch transforms over ndim axes; real: to or from real numbers. 5 n ceil(log2 n) of n =
   prod(shape) points, half as many points where real. */
FM_API FM_MUST_CHECK fm_status fm_job_fft(fm_context *ctx, fm_dtype dtype, int64_t batch, int ndim,
                                          const int64_t *shape, bool real, fm_job *job);

/* batch times the cost formula of that name (cost.h) of integer arguments: ("cholesky", {n}, 1),
   ("solve", {n, nrhs}, 2), ("svd", {m, n}, 2). FM_ERR_NOT_FOUND lists the formulas. */
FM_API FM_MUST_CHECK fm_status fm_job_formula(fm_context *ctx, fm_dtype dtype, const char *name,
                                              int64_t batch, const int64_t *arguments,
                                              int narguments, fm_job *job);

FM_END_DECLS
#endif
