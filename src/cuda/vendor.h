/* The one table of vendor calls: the CUDA runtime, cuBLAS and cuBLASLt as the rest of this room
 * sees them, filled by vendor_real_*.c with NVIDIA's libraries and by fake/ with a device on the
 * host.
 *
 * Types and constants are our own, so that the fake builds where no toolkit is installed; the real
 * side checks every constant against NVIDIA's headers at compile time. Each member does what the
 * vendor's call of that name does, with the same arguments in the same order unless a comment says
 * otherwise, and returns 0 or an error that error_name and error_text explain. */
#ifndef FM_CUDA_VENDOR_H
#define FM_CUDA_VENDOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A cudaError_t, or CU_BLAS_ERROR plus a cublasStatus_t, or another library's (CU_FFT_ERROR). */
typedef int cu_error;

enum {
    CU_SUCCESS = 0,
    CU_INVALID_VALUE = 1,
    CU_OUT_OF_MEMORY = 2,
    CU_INITIALIZATION = 3,
    CU_INVALID_CONFIGURATION = 9,
    CU_INSUFFICIENT_DRIVER = 35,
    CU_NO_DEVICE = 100,
    CU_INVALID_DEVICE = 101,
    CU_INVALID_HANDLE = 400,
    CU_NOT_READY = 600,
    CU_ILLEGAL_ADDRESS = 700,
    CU_LAUNCH_OUT_OF_RESOURCES = 701,
    CU_ASSERT = 710,
    CU_LAUNCH_FAILURE = 719,
    CU_NOT_SUPPORTED = 801,
    CU_CAPTURE_UNSUPPORTED = 900,
    CU_CAPTURE_INVALIDATED = 901,
    CU_CAPTURE_MERGE = 902,
    CU_CAPTURE_UNMATCHED = 903,
    CU_CAPTURE_UNJOINED = 904,
    CU_CAPTURE_ISOLATION = 905,
    CU_CAPTURE_IMPLICIT = 906,
    CU_CAPTURED_EVENT = 907,
    CU_CAPTURE_WRONG_THREAD = 908,
    CU_BLAS_ERROR = 100000,
    CU_BLAS_NOT_INITIALIZED = CU_BLAS_ERROR + 1,
    CU_BLAS_ALLOC_FAILED = CU_BLAS_ERROR + 3,
    CU_BLAS_INVALID_VALUE = CU_BLAS_ERROR + 7,
    CU_BLAS_EXECUTION_FAILED = CU_BLAS_ERROR + 13,
    CU_BLAS_NOT_SUPPORTED = CU_BLAS_ERROR + 15,
    CU_SOLVER_ERROR = 400000, /* plus a cusolverStatus_t */
    CU_SOLVER_NOT_INITIALIZED = CU_SOLVER_ERROR + 1,
    CU_SOLVER_ALLOC_FAILED = CU_SOLVER_ERROR + 2,
    CU_SOLVER_INVALID_VALUE = CU_SOLVER_ERROR + 3,
    CU_SOLVER_EXECUTION_FAILED = CU_SOLVER_ERROR + 6,
};

typedef struct cu_stream_s *cu_stream;
typedef struct cu_event_s *cu_event;
typedef struct cu_pool_s *cu_pool;
typedef struct cu_graph_s *cu_graph;
typedef struct cu_graph_exec_s *cu_graph_exec;
typedef struct cu_blas_s *cu_blas;
typedef struct cu_solver_s *cu_solver;
typedef struct cu_lt_s *cu_lt;
typedef struct cu_lt_desc_s *cu_lt_desc;
typedef struct cu_lt_layout_s *cu_lt_layout;
typedef struct cu_lt_pref_s *cu_lt_pref;

#include "vendor_fft.h"

/* What cudaGetDeviceProperties and the attributes CUDA 13 moved out of it say of one device. */
typedef struct cu_device_info {
    char name[256];
    char pci_bus[32];
    size_t memory_bytes;
    int major, minor;
    int processors;
    int warp;
    int threads_per_block;
    int64_t grid_x;
    int core_clock_khz;
    int memory_clock_khz;
    int bus_bits;
    int l2_bytes;
    int pools;
    int ecc;
} cu_device_info;

enum {
    CU_MEMORY_UNREGISTERED = 0,
    CU_MEMORY_HOST = 1,
    CU_MEMORY_DEVICE = 2,
    CU_MEMORY_MANAGED = 3
};

typedef struct cu_pointer_info {
    int kind;
    int device;
} cu_pointer_info;

/* Bytes a pool holds from the driver and bytes handed out of it, now and at their highest. */
typedef struct cu_pool_stats {
    uint64_t reserved, reserved_peak, used, used_peak;
} cu_pool_stats;

enum {
    CU_COPY_HOST_TO_HOST = 0,
    CU_COPY_HOST_TO_DEVICE = 1,
    CU_COPY_DEVICE_TO_HOST = 2,
    CU_COPY_DEVICE_TO_DEVICE = 3,
    CU_COPY_DEFAULT = 4
};

enum { CU_CAPTURE_NONE = 0, CU_CAPTURE_ACTIVE = 1, CU_CAPTURE_DEAD = 2 };
enum { CU_CAPTURE_MODE_GLOBAL = 0, CU_CAPTURE_MODE_THREAD = 1, CU_CAPTURE_MODE_RELAXED = 2 };

typedef struct cu_dim3 {
    unsigned x, y, z;
} cu_dim3;

/* One kernel launch; fm_launch in launch.h is the only maker. The real device takes `entry`; the
 * fake copies the arguments by their sizes and calls `invoke` once a thread. */
typedef struct cu_launch {
    const void *entry;
    void (*invoke)(const void *entry, void *const *args);
    cu_dim3 grid, block;
    size_t shared_bytes;
    void **args;
    const size_t *arg_bytes;
    size_t arg_count;
} cu_launch;

/* cudaDataType_t */
enum {
    CU_R_32F = 0,
    CU_R_64F = 1,
    CU_R_16F = 2,
    CU_R_8I = 3,
    CU_C_32F = 4,
    CU_C_64F = 5,
    CU_R_32I = 10,
    CU_R_16BF = 14
};

/* cublasComputeType_t */
enum {
    CU_COMPUTE_32F = 68,
    CU_COMPUTE_64F = 70,
    CU_COMPUTE_32I = 72,
    CU_COMPUTE_32F_FAST_16F = 74,
    CU_COMPUTE_32F_FAST_16BF = 75,
    CU_COMPUTE_32F_FAST_TF32 = 77
};

enum { CU_OP_N = 0, CU_OP_T = 1, CU_OP_C = 2 };
enum { CU_FILL_LOWER = 0, CU_FILL_UPPER = 1 };
enum { CU_POINTER_HOST = 0, CU_POINTER_DEVICE = 1 };

/* cublasMath_t; the last is a flag beside the others. */
enum { CU_MATH_DEFAULT = 0, CU_MATH_PEDANTIC = 2, CU_MATH_TF32 = 3, CU_MATH_NO_REDUCED_SUMS = 16 };

/* cublasLtMatmulDescAttributes_t: int32_t values, but pointers, and int64_t for leading dimensions
 * and strides. */
enum {
    CU_LT_COMPUTE_TYPE = 0,
    CU_LT_SCALE_TYPE = 1,
    CU_LT_POINTER_MODE = 2,
    CU_LT_TRANSA = 3,
    CU_LT_TRANSB = 4,
    CU_LT_EPILOGUE = 7,
    CU_LT_BIAS_POINTER = 8,
    CU_LT_BIAS_STRIDE = 10,
    CU_LT_AUX_POINTER = 11,
    CU_LT_AUX_LD = 12,
    CU_LT_AUX_STRIDE = 13,
    CU_LT_BIAS_TYPE = 26
};

/* cublasLtMatrixLayoutAttribute_t: type, order and batch count are 32 bits wide, rows, columns, the
 * leading dimension and the batch stride 64. */
enum {
    CU_LAYOUT_TYPE = 0,
    CU_LAYOUT_ORDER = 1,
    CU_LAYOUT_ROWS = 2,
    CU_LAYOUT_COLS = 3,
    CU_LAYOUT_LD = 4,
    CU_LAYOUT_BATCH_COUNT = 5,
    CU_LAYOUT_BATCH_STRIDE = 6
};

enum { CU_ORDER_COL = 0, CU_ORDER_ROW = 1 };
/* cublasLtMatmulPreferenceAttributes_t: the workspace is 64 bits wide, the others 32. */
enum {
    CU_PREF_WORKSPACE_BYTES = 1,
    CU_PREF_REDUCTION_MASK = 3,
    CU_PREF_ALIGN_A = 5,
    CU_PREF_ALIGN_B = 6,
    CU_PREF_ALIGN_C = 7,
    CU_PREF_ALIGN_D = 8
};

/* cublasLtReductionScheme_t: partial sums in the compute type, added up in a fixed order. */
enum { CU_REDUCTION_COMPUTE_TYPE = 2 };

enum {
    CU_EPILOGUE_DEFAULT = 1,
    CU_EPILOGUE_RELU = 2,
    CU_EPILOGUE_BIAS = 4,
    CU_EPILOGUE_RELU_BIAS = 6,
    CU_EPILOGUE_RELU_AUX = 130,
    CU_EPILOGUE_RELU_AUX_BIAS = 134,
    CU_EPILOGUE_DRELU = 136,
    CU_EPILOGUE_DRELU_BGRAD = 152,
    CU_EPILOGUE_BGRADA = 256,
    CU_EPILOGUE_BGRADB = 512
};

/* cublasLtMatmulHeuristicResult_t, with the opaque algorithm first. */
typedef struct cu_lt_algo {
    uint64_t algo[8];
    size_t workspace_bytes;
    cu_error state;
    float waves;
} cu_lt_algo;

/* alpha, beta: host or device scalars as the pointer mode says. Matrices are column-major. */
typedef struct cu_gemm {
    int op_a, op_b;
    int64_t m, n, k;
    const void *alpha;
    const void *a;
    int type_a;
    int64_t lda, stride_a;
    const void *b;
    int type_b;
    int64_t ldb, stride_b;
    const void *beta;
    void *c;
    int type_c;
    int64_t ldc, stride_c;
    int64_t batch;
    int compute;
} cu_gemm;

/* C (n, n) = alpha op(A) op(A)^T + beta C, of which that triangle alone is written; all of one
 * type, R_32F, R_64F, C_32F or C_64F, and column-major; op is OP_N or OP_T. */
typedef struct cu_syrk {
    int type, fill, op;
    int64_t n, k;
    const void *alpha;
    const void *a;
    int64_t lda;
    const void *beta;
    void *c;
    int64_t ldc;
} cu_syrk;

/* Routines of cuSOLVER: cusolverDnX<name>, and Dorgqr or Zungqr. */
enum {
    CU_GETRF,
    CU_GETRS, /* without transposition; needs no workspace */
    CU_POTRF,
    CU_GEQRF,
    CU_ORGQR,
    CU_SYEVD,
    CU_GESVD, /* m >= n */
    CU_GEEV /* right vectors alone; a real matrix has 2n reals in w and packed vectors, as LAPACK */
};

/* One call on a column-major matrix of R_64F or C_64F, which is its own output; leading dimensions
 * are the numbers of rows. */
typedef struct cu_solver_call {
    int routine, type;
    int64_t m, n, k; /* getrs: k right-hand sides; orgqr: k reflectors */
    int upper;       /* potrf, syevd */
    char vectors;    /* gesvd: 'N', 'S', 'A'; syevd, geev: 'N', 'V' */
    void *a;
    void *b; /* getrs: right-hand sides; gesvd: U; geev: vectors */
    void *c; /* gesvd: V^H */
    void *w; /* tau, singular values or eigenvalues */
    int64_t *pivots;
    int *info;
    void *device_work, *host_work;
    size_t device_bytes, host_bytes;
} cu_solver_call;

typedef struct cu_vendor {
    /* NULL on NVIDIA's libraries; on the fake, what it cannot show, in one paragraph. */
    const char *limits;

    /* runtime: devices */
    cu_error (*driver_version)(int *version);
    cu_error (*runtime_version)(int *version);
    cu_error (*device_count)(int *count);
    cu_error (*device_set)(int device);
    cu_error (*device_get)(int *device);
    cu_error (*device_info)(int device, cu_device_info *info);
    cu_error (*device_synchronize)(void);
    cu_error (*memory_info)(size_t *free_bytes, size_t *total_bytes);

    /* runtime: errors; the texts live as long as the library */
    cu_error (*last_error)(void);
    cu_error (*peek_error)(void);
    const char *(*error_name)(cu_error error);
    const char *(*error_text)(cu_error error);

    /* runtime: memory. device_alloc and device_free may synchronise and are refused under capture;
     * the pool calls are ordered by their stream. host_alloc gives page-locked memory. */
    cu_error (*device_alloc)(void **pointer, size_t bytes);
    cu_error (*device_free)(void *pointer);
    cu_error (*host_alloc)(void **pointer, size_t bytes);
    cu_error (*host_free)(void *pointer);
    cu_error (*pointer_info)(const void *pointer, cu_pointer_info *info);
    cu_error (*pool_create)(cu_pool *pool, int device);
    cu_error (*pool_destroy)(cu_pool pool);
    cu_error (*pool_keep)(cu_pool pool, uint64_t release_threshold);
    cu_error (*pool_trim)(cu_pool pool, size_t keep_bytes);
    cu_error (*pool_stats)(cu_pool pool, cu_pool_stats *stats);
    cu_error (*pool_alloc)(void **pointer, size_t bytes, cu_pool pool, cu_stream stream);
    cu_error (*pool_free)(void *pointer, cu_stream stream);
    cu_error (*copy)(void *to, const void *from, size_t bytes, int kind, cu_stream stream);
    cu_error (*copy_2d)(void *to, size_t to_pitch, const void *from, size_t from_pitch,
                        size_t width, size_t height, int kind, cu_stream stream);
    cu_error (*copy_peer)(void *to, int to_device, const void *from, int from_device, size_t bytes,
                          cu_stream stream);
    cu_error (*fill)(void *to, int byte, size_t bytes, cu_stream stream);

    /* runtime: streams (always non-blocking) and events (timing or not) */
    cu_error (*stream_create)(cu_stream *stream);
    cu_error (*stream_destroy)(cu_stream stream);
    cu_error (*stream_synchronize)(cu_stream stream);
    cu_error (*stream_query)(cu_stream stream);
    cu_error (*stream_wait)(cu_stream stream, cu_event event);
    cu_error (*stream_device)(cu_stream stream, int *device);
    cu_error (*event_create)(cu_event *event, int timing);
    cu_error (*event_destroy)(cu_event event);
    cu_error (*event_record)(cu_event event, cu_stream stream);
    cu_error (*event_query)(cu_event event);
    cu_error (*event_synchronize)(cu_event event);
    cu_error (*event_elapsed)(float *milliseconds, cu_event from, cu_event to);

    /* runtime: capture and graphs */
    cu_error (*capture_begin)(cu_stream stream, int mode);
    cu_error (*capture_end)(cu_stream stream, cu_graph *graph);
    cu_error (*capture_state)(cu_stream stream, int *state);
    cu_error (*capture_exchange)(int *mode);
    cu_error (*graph_nodes)(cu_graph graph, size_t *count);
    cu_error (*graph_destroy)(cu_graph graph);
    cu_error (*graph_instantiate)(cu_graph_exec *exec, cu_graph graph);
    cu_error (*graph_launch)(cu_graph_exec exec, cu_stream stream);
    cu_error (*graph_exec_destroy)(cu_graph_exec exec);

    cu_error (*launch)(const cu_launch *launch, cu_stream stream);

    /* NVTX, on the calling thread: a range opens (name) and closes (NULL). Without a tool that
     * listens it does nothing. */
    void (*range)(const char *name);

    /* cuBLAS: gemm is GemmEx, or GemmStridedBatchedEx where batch is not 1; syrk is that of its
     * type */
    cu_error (*blas_create)(cu_blas *blas);
    cu_error (*blas_destroy)(cu_blas blas);
    cu_error (*blas_version)(cu_blas blas, int *version);
    cu_error (*blas_stream)(cu_blas blas, cu_stream stream);
    cu_error (*blas_workspace)(cu_blas blas, void *workspace, size_t bytes);
    cu_error (*blas_math)(cu_blas blas, int mode);
    cu_error (*blas_pointer_mode)(cu_blas blas, int mode);
    cu_error (*gemm)(cu_blas blas, const cu_gemm *gemm);
    cu_error (*syrk)(cu_blas blas, const cu_syrk *syrk);
    cu_error (*dot)(cu_blas blas, int64_t n, const void *x, int64_t incx, const void *y,
                    int64_t incy, void *result, int type, int execution_type);

    /* cuBLASLt */
    cu_error (*lt_create)(cu_lt *lt);
    cu_error (*lt_destroy)(cu_lt lt);
    cu_error (*lt_desc_create)(cu_lt_desc *desc, int compute, int scale_type);
    cu_error (*lt_desc_destroy)(cu_lt_desc desc);
    cu_error (*lt_desc_set)(cu_lt_desc desc, int attribute, const void *value, size_t bytes);
    cu_error (*lt_layout_create)(cu_lt_layout *layout, int type, uint64_t rows, uint64_t cols,
                                 int64_t ld);
    cu_error (*lt_layout_destroy)(cu_lt_layout layout);
    cu_error (*lt_layout_set)(cu_lt_layout layout, int attribute, const void *value, size_t bytes);
    cu_error (*lt_pref_create)(cu_lt_pref *pref);
    cu_error (*lt_pref_destroy)(cu_lt_pref pref);
    cu_error (*lt_pref_set)(cu_lt_pref pref, int attribute, const void *value, size_t bytes);
    cu_error (*lt_heuristic)(cu_lt lt, cu_lt_desc desc, cu_lt_layout a, cu_lt_layout b,
                             cu_lt_layout c, cu_lt_layout d, cu_lt_pref pref, int wanted,
                             cu_lt_algo *algos, int *found);
    cu_error (*lt_matmul)(cu_lt lt, cu_lt_desc desc, const void *alpha, const void *a,
                          cu_lt_layout layout_a, const void *b, cu_lt_layout layout_b,
                          const void *beta, const void *c, cu_lt_layout layout_c, void *d,
                          cu_lt_layout layout_d, const cu_lt_algo *algo, void *workspace,
                          size_t workspace_bytes, cu_stream stream);

    /* cuSOLVER; size fills the call's device_bytes and host_bytes, addresses play no part in it */
    cu_error (*solver_create)(cu_solver *solver);
    cu_error (*solver_destroy)(cu_solver solver);
    cu_error (*solver_stream)(cu_solver solver, cu_stream stream);
    cu_error (*solver_size)(cu_solver solver, cu_solver_call *call);
    cu_error (*solver_run)(cu_solver solver, const cu_solver_call *call);
    cu_fft_calls fft; /* cuFFT */
} cu_vendor;

/* Chosen when the module is linked: NVIDIA's libraries, or the fake. */
extern const cu_vendor cu_api;

#ifdef __cplusplus
}
#endif
#endif
