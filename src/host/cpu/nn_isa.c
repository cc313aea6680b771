/* Loops of the fused operations over contiguous elements, compiled for each instruction level. */
#include "cpu/map_loop.h"
#include "cpu/nn.h"
#include "scalar/step.h"

#include <math.h>

#define T      float
#define SUFFIX f32
#include "cpu/nn_loops.inc"
#define T      double
#define SUFFIX f64
#include "cpu/nn_loops.inc"

#define LOOPS(s)                                                                                   \
    {                                                                                              \
        relu_##s, relu_backward_##s, bias_##s, descend_##s, shift_##s, normalise_##s, unhot_##s,   \
            sgd_##s, adam_##s                                                                      \
    }

const fm_nn_loops FM_ISA_NAME(fm_nn_loops)[2] = {LOOPS(f32), LOOPS(f64)};
