/* What the fused operations of the CPU share: operands brought to contiguous memory of the compute
   dtype, and loops over them for each instruction level. */
#ifndef FM_CPU_NN_H
#define FM_CPU_NN_H

#include "cpu/copy.h"
#include "cpu/reduce.h"

/* Loops over contiguous elements of one dtype, T standing for float or double. Scalars are doubles
   that are rounded to T first. Outputs may be inputs exactly. */
typedef struct fm_nn_loops {
    void (*relu)(int64_t n, const void *x, void *y);
    /* dx = y > 0 ? dy : 0 */
    void (*relu_backward)(int64_t n, const void *dy, const void *y, void *dx);
    /* Rows of c += bias, then relu where asked. */
    void (*bias)(int64_t rows, int64_t n, const void *bias, bool relu, void *c);
    /* y -= rate * x */
    void (*descend)(int64_t n, double rate, const void *x, void *y);
    /* Rows of p = x - max(row of x). */
    void (*shift)(int64_t rows, int64_t n, const void *x, void *p);
    /* Rows of p divided by their sums; losses[r] = log(sum of row r) - losses[r]. */
    void (*normalise)(int64_t rows, int64_t n, void *p, double *losses);
    /* d = (p - onehot(labels)) / by, the division left out where by is 0. */
    void (*unhot)(int64_t rows, int64_t n, const void *p, const int64_t *labels, double by,
                  void *d);
    /* numbers: rate, momentum, weight decay; v may be NULL. */
    void (*sgd)(int64_t n, const double *numbers, bool nesterov, const void *g, void *v, void *w);
    /* numbers: step size, beta1, beta2, epsilon, 1 - rate * decay, root of 1 - beta2^step. */
    void (*adam)(int64_t n, const double *numbers, const void *g, void *m, void *v, void *w);
} fm_nn_loops;

/* [0] float32, [1] float64 */
#define FM_NN_DECLARE(isa) extern const fm_nn_loops fm_nn_loops_##isa[2];
FM_ISA_DECLARE(FM_NN_DECLARE)
#undef FM_NN_DECLARE

enum { FM_NN_INPUTS = 5, FM_NN_OUTPUTS = 3 };

/* An operand: where it lies, or where in the workspace its packed copy does. */
typedef struct fm_nn_port {
    bool used, packed;
    size_t offset;    /* into the workspace, where packed */
    fm_copy_job copy; /* in: to the copy; out: back from it */
} fm_nn_port;

typedef struct fm_nn_plan fm_nn_plan;
struct fm_nn_plan {
    fm_kplan head;
    const char *name;
    uint16_t op;
    fm_dtype stage;           /* float32 or float64, in which the loops compute */
    const fm_nn_loops *loops; /* of that dtype */
    size_t size;              /* bytes of its elements */
    fm_nn_params params;
    fm_nn_port in[FM_NN_INPUTS], out[FM_NN_OUTPUTS];
    int nin, nout;
    int64_t m, n, k;   /* rows, outputs and inputs of a layer; rows and classes; elements in n */
    size_t gradient;   /* offset of the masked output gradient */
    size_t bias_sums;  /* offset of the bias gradient, where it is not an output */
    size_t losses;     /* offset of one double a row */
    size_t sum_space;  /* offset of the bias gradient's own workspace */
    fm_reduce_job sum; /* of the gradient's columns */
    fm_status (*work)(const fm_nn_plan *plan, void *const *in, void *const *out,
                      fm_kernel_args *args, fm_error *error);
};

/* Room for bytes at the end of the workspace, aligned; returns its offset. */
size_t fm_nn_room(fm_plan_info *info, size_t bytes);

/* Splits [0, n) over the pool where that pays. */
void fm_nn_split(void (*fn)(void *arg, int64_t begin, int64_t end, int lane), void *arg, int64_t n,
                 int64_t elements_each);

/* A number of the call: scalars[nin + j]. */
double fm_nn_number(const fm_nn_plan *plan, const fm_kernel_args *args, int j);

/* Fill in what each operation needs beyond its ports. */
void fm_nn_plan_linear(fm_nn_plan *plan, const fm_kernel_call *call, fm_plan_info *info);
void fm_nn_plan_loss(fm_nn_plan *plan, const fm_kernel_call *call, fm_plan_info *info);
void fm_nn_plan_step(fm_nn_plan *plan, const fm_kernel_call *call);

#endif
