/* The letters of the .def files as data: which loop serves which kind of dtype, with which result.
 */
#ifndef FM_OPS_LOOPS_H
#define FM_OPS_LOOPS_H

#include <flopmeter/dtype.h>

/* The letters mean what ops/binary.def says. */
enum {
    FM_LETTER_N = 'N',
    FM_LETTER_S = 'S',
    FM_LETTER_P = 'P',
    FM_LETTER_R = 'R',
    FM_LETTER_H = 'H',
    FM_LETTER_U = 'U',
    FM_LETTER_D = 'D'
};

/* How operands of each kind of dtype are computed. */
typedef struct fm_loops {
    char of_bool, of_int, of_float, of_complex;
} fm_loops;

#define FM_LOOPS(b, i, f, c)                                                                       \
    { FM_LETTER_##b, FM_LETTER_##i, FM_LETTER_##f, FM_LETTER_##c }

static inline char fm_loop_letter(fm_loops loops, fm_dtype dtype) {
    if (dtype == FM_BOOL) return loops.of_bool;
    if (dtype >= FM_COMPLEX64) return loops.of_complex;
    return dtype >= FM_FLOAT16 ? loops.of_float : loops.of_int;
}

static inline fm_dtype fm_real_dtype(fm_dtype dtype) {
    return dtype == FM_COMPLEX64 ? FM_FLOAT32 : dtype == FM_COMPLEX128 ? FM_FLOAT64 : dtype;
}

/* The dtype that a kernel of that compute dtype writes. */
static inline fm_dtype fm_loop_result(fm_loops loops, fm_dtype compute) {
    char letter = fm_loop_letter(loops, compute);
    return letter == FM_LETTER_P   ? FM_BOOL
           : letter == FM_LETTER_R ? fm_real_dtype(compute)
                                   : compute;
}

#endif
