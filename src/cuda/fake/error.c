/* Names and texts of the errors that the fake returns or that tests inject, as CUDA gives them. */
#include "state.h"

static const struct {
    cu_error code;
    const char *name, *text;
} errors[] = {
    {CU_SUCCESS, "cudaSuccess", "no error"},
    {CU_INVALID_VALUE, "cudaErrorInvalidValue", "invalid argument"},
    {CU_OUT_OF_MEMORY, "cudaErrorMemoryAllocation", "out of memory"},
    {CU_INITIALIZATION, "cudaErrorInitializationError", "initialization error"},
    {CU_INVALID_CONFIGURATION, "cudaErrorInvalidConfiguration", "invalid configuration argument"},
    {CU_INSUFFICIENT_DRIVER, "cudaErrorInsufficientDriver",
     "CUDA driver version is insufficient for CUDA runtime version"},
    {CU_NO_DEVICE, "cudaErrorNoDevice", "no CUDA-capable device is detected"},
    {CU_INVALID_DEVICE, "cudaErrorInvalidDevice", "invalid device ordinal"},
    {CU_INVALID_HANDLE, "cudaErrorInvalidResourceHandle", "invalid resource handle"},
    {CU_NOT_READY, "cudaErrorNotReady", "device not ready"},
    {CU_ILLEGAL_ADDRESS, "cudaErrorIllegalAddress", "an illegal memory access was encountered"},
    {CU_LAUNCH_OUT_OF_RESOURCES, "cudaErrorLaunchOutOfResources",
     "too many resources requested for launch"},
    {CU_ASSERT, "cudaErrorAssert", "device-side assert triggered"},
    {CU_LAUNCH_FAILURE, "cudaErrorLaunchFailure", "unspecified launch failure"},
    {CU_NOT_SUPPORTED, "cudaErrorNotSupported", "operation not supported"},
    {CU_CAPTURE_UNSUPPORTED, "cudaErrorStreamCaptureUnsupported",
     "operation not permitted when stream is capturing"},
    {CU_CAPTURE_INVALIDATED, "cudaErrorStreamCaptureInvalidated",
     "operation failed due to a previous error during capture"},
    {CU_CAPTURE_MERGE, "cudaErrorStreamCaptureMerge",
     "operation would result in a merge of separate capture sequences"},
    {CU_CAPTURE_UNMATCHED, "cudaErrorStreamCaptureUnmatched",
     "capture was not ended in the same stream as it began"},
    {CU_CAPTURE_UNJOINED, "cudaErrorStreamCaptureUnjoined", "capturing stream has unjoined work"},
    {CU_CAPTURE_ISOLATION, "cudaErrorStreamCaptureIsolation",
     "dependency created on uncaptured work in another stream"},
    {CU_CAPTURE_IMPLICIT, "cudaErrorStreamCaptureImplicit",
     "operation would make the legacy stream depend on a capturing blocking stream"},
    {CU_CAPTURED_EVENT, "cudaErrorCapturedEvent",
     "operation not permitted on an event last recorded in a capturing stream"},
    {CU_CAPTURE_WRONG_THREAD, "cudaErrorStreamCaptureWrongThread",
     "attempt to terminate a thread-local capture sequence from another thread"},
    {CU_BLAS_NOT_INITIALIZED, "CUBLAS_STATUS_NOT_INITIALIZED", "the library was not initialized"},
    {CU_BLAS_ALLOC_FAILED, "CUBLAS_STATUS_ALLOC_FAILED", "the resource allocation failed"},
    {CU_BLAS_INVALID_VALUE, "CUBLAS_STATUS_INVALID_VALUE",
     "an unsupported value or parameter was passed to the function"},
    {CU_BLAS_EXECUTION_FAILED, "CUBLAS_STATUS_EXECUTION_FAILED",
     "the function failed to launch on the GPU"},
    {CU_BLAS_NOT_SUPPORTED, "CUBLAS_STATUS_NOT_SUPPORTED",
     "the functionality requested is not supported"},
    {CU_SOLVER_NOT_INITIALIZED, "CUSOLVER_STATUS_NOT_INITIALIZED",
     "the library was not initialized"},
    {CU_SOLVER_ALLOC_FAILED, "CUSOLVER_STATUS_ALLOC_FAILED", "the resource allocation failed"},
    {CU_SOLVER_INVALID_VALUE, "CUSOLVER_STATUS_INVALID_VALUE",
     "an unsupported value or parameter was passed to the function"},
    {CU_SOLVER_EXECUTION_FAILED, "CUSOLVER_STATUS_EXECUTION_FAILED",
     "the function failed to launch on the GPU"},
    {CU_FFT_INVALID_PLAN, "CUFFT_INVALID_PLAN", "a Fourier transform failed"},
    {CU_FFT_ALLOC_FAILED, "CUFFT_ALLOC_FAILED", "a Fourier transform failed"},
    {CU_FFT_INVALID_VALUE, "CUFFT_INVALID_VALUE", "a Fourier transform failed"},
    {CU_FFT_EXEC_FAILED, "CUFFT_EXEC_FAILED", "a Fourier transform failed"},
    {CU_FFT_INVALID_SIZE, "CUFFT_INVALID_SIZE", "a Fourier transform failed"},
};

const char *fake_error_name(cu_error error) {
    for (size_t i = 0; i < sizeof errors / sizeof *errors; ++i)
        if (errors[i].code == error) return errors[i].name;
    return "unrecognized error code";
}

const char *fake_error_text(cu_error error) {
    for (size_t i = 0; i < sizeof errors / sizeof *errors; ++i)
        if (errors[i].code == error) return errors[i].text;
    return "unrecognized error code";
}

int fake_error_sticks(cu_error error) {
    return error == CU_ILLEGAL_ADDRESS || error == CU_LAUNCH_FAILURE || error == CU_ASSERT;
}
