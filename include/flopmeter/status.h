/* Status codes and the detail of the last failure. */
#ifndef FLOPMETER_STATUS_H
#define FLOPMETER_STATUS_H

#include <flopmeter/export.h>

FM_BEGIN_DECLS

/* Every function that can fail returns one of these; FM_OK is zero. */
typedef enum fm_status {
    FM_OK = 0,
    FM_ERR_ARGUMENT,    /* a value outside what the operation takes */
    FM_ERR_SHAPE,       /* shapes, axes or indices that do not fit each other */
    FM_ERR_DTYPE,       /* an element type the operation does not take, or an unsafe cast */
    FM_ERR_BUDGET,      /* the FLOP budget would be exceeded; nothing ran */
    FM_ERR_TIME,        /* the wall-time limit has passed; nothing ran */
    FM_ERR_OVERFLOW,    /* a cost, size or index beyond 64 bits */
    FM_ERR_MEMORY,      /* host or device memory ran out */
    FM_ERR_DEVICE,      /* the device or a vendor library reported an error */
    FM_ERR_UNSUPPORTED, /* the operation has no kernel for this dtype on this device */
    FM_ERR_STATE,       /* a call out of order: nested budgets, closed handles, capture */
    FM_ERR_IO,          /* a file could not be opened, read or written */
    FM_ERR_FORMAT,      /* bytes or text that do not follow their format */
    FM_ERR_NOT_FOUND,   /* an unknown name: operation, model, device, variable */
    FM_ERR_NUMERIC,     /* only the values could show it: singular matrix, no convergence */
    FM_ERR_INTERRUPTED, /* stopped at the caller's request */
    FM_STATUS_COUNT
} fm_status;

/* The symbol of a status, such as "FM_ERR_SHAPE"; never NULL. */
FM_API const char *fm_status_name(fm_status status);

/* One English phrase for a status; never NULL. */
FM_API const char *fm_status_text(fm_status status);

/* What is known of a failure. Fields that do not apply are zero. */
typedef struct fm_error {
    fm_status status;
    int argument;          /* position of the argument at fault, from 1; 0: none in particular */
    uint64_t needed;       /* FM_ERR_BUDGET: FLOPs the operation would charge */
    uint64_t remaining;    /* FM_ERR_BUDGET: FLOPs left in the budget that refused */
    double elapsed;        /* FM_ERR_TIME: seconds since the budget opened */
    double limit;          /* FM_ERR_TIME: its limit in seconds */
    int device_code;       /* FM_ERR_DEVICE: the vendor's own code */
    const char *exception; /* the class that NumPy or flopscope raises, "ValueError"; static */
    char op[48];           /* operation, as in "linalg.svd" */
    char message[464];     /* one line: op, argument, both values */
} fm_error;

FM_END_DECLS
#endif
