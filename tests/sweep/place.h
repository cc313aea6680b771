/* Arrays on a device: the same elements under any layout, in memory whose every other byte is
   watched. */
#ifndef FM_TESTS_SWEEP_PLACE_H
#define FM_TESTS_SWEEP_PLACE_H

#include "array.h"

#include <flopmeter/flopmeter.h>

typedef enum sw_layout {
    SW_DENSE,      /* row-major */
    SW_TRANSPOSED, /* the first axis runs fastest */
    SW_NEGATIVE,   /* every stride is negative */
    SW_OFFSET      /* every second element of wider rows */
} sw_layout;

/* One tensor in a block of bytes. */
typedef struct sw_part {
    fm_tensor *tensor;
    sw_layout layout;
    sw_array like; /* dtype and shape; no data */
    size_t at;     /* byte of its first element */
    int64_t strides[SW_NDIM], origin;
} sw_part;

enum { SW_PARTS = 8 };

/* Memory on a device, uploaded and downloaded as a whole. Zeroed is empty. */
typedef struct sw_block {
    fm_tensor *bytes;
    unsigned char *written; /* as they were uploaded */
    unsigned char *now;     /* as they were downloaded */
    size_t size;
    int nparts;
    sw_part part[SW_PARTS];
} sw_block;

/* Adds an array with its guards to what is to be uploaded. */
void sw_block_add(sw_block *block, const sw_array *array, sw_layout layout);

/* Uploads and makes the parts' tensors. FM_OK, or what the context's error says. */
fm_status sw_block_upload(fm_context *ctx, sw_block *block);
fm_status sw_block_download(fm_context *ctx, sw_block *block);

/* The downloaded elements of a part into array, as large as the part. They count as untouched from
   then on. */
void sw_block_take(sw_block *block, int part, sw_array *array);

/* Whether all downloaded bytes that were not taken are as they were; where not, the number of the
   part that lies nearest. */
bool sw_block_untouched(const sw_block *block, int *part);

void sw_block_release(sw_block *block);

#endif
