/* The structs of DLPack, as its specification lays them out: field for field those of
   <dlpack/dlpack.h>, so that either side may be compiled with either header. */
#ifndef FM_CALL_DLPACK_ABI_H
#define FM_CALL_DLPACK_ABI_H

#include <stdint.h>

/* The version whose fields are used; a minor one adds no fields. */
enum { FM_DLPACK_MAJOR = 1, FM_DLPACK_MINOR = 0 };

/* DLDeviceType */
enum {
    FM_DL_CPU = 1,
    FM_DL_CUDA = 2,
    FM_DL_CUDA_HOST = 3, /* page-locked */
    FM_DL_CUDA_MANAGED = 13
};

/* DLDataTypeCode */
enum {
    FM_DL_INT = 0,
    FM_DL_UINT = 1,
    FM_DL_FLOAT = 2,
    FM_DL_BFLOAT = 4,
    FM_DL_COMPLEX = 5,
    FM_DL_BOOL = 6
};

enum { FM_DL_FLAG_READ_ONLY = 1 };

typedef struct DLDevice {
    int32_t device_type;
    int32_t device_id;
} DLDevice;

typedef struct DLDataType {
    uint8_t code;
    uint8_t bits;
    uint16_t lanes;
} DLDataType;

typedef struct DLTensor {
    void *data;
    DLDevice device;
    int32_t ndim;
    DLDataType dtype;
    int64_t *shape;
    int64_t *strides; /* in elements; NULL: row-major */
    uint64_t byte_offset;
} DLTensor;

struct DLManagedTensor {
    DLTensor dl_tensor;
    void *manager_ctx;
    void (*deleter)(struct DLManagedTensor *self);
};

struct DLManagedTensorVersioned {
    struct {
        uint32_t major, minor;
    } version;
    void *manager_ctx;
    void (*deleter)(struct DLManagedTensorVersioned *self);
    uint64_t flags;
    DLTensor dl_tensor;
};

#endif
