/* Wrappers that charge and call: cuBLAS, cuBLASLt, cuFFT and cuSOLVER with the caller's own
   handles. Not part of <flopmeter/flopmeter.h>: it needs NVIDIA's headers, and a program that calls
   a wrapper links the library that it wraps. One header a library may be included alone.

   fm_<vendor's name>(ctx, the vendor's arguments...) charges what the call costs under the
   context's cost model, makes the call where that was granted, and settles the charge. FM_OK; what
   fm_charge refuses with, and nothing was called; FM_ERR_DEVICE where the vendor's call failed: its
   status is fm_context_error(ctx)->device_code, and the charge was given back. The handle's stream
   plays no part: under fm_capture_begin the charge goes into the graph. */
#ifndef FLOPMETER_CUDA_WRAP_H
#define FLOPMETER_CUDA_WRAP_H

#include <flopmeter/cuda_wrap_blas.h>
#include <flopmeter/cuda_wrap_fft.h>
#include <flopmeter/cuda_wrap_lt.h>
#include <flopmeter/cuda_wrap_solver.h>

#endif
