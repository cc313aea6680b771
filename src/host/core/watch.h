/* What a graph can find wrong with the values that it meets, read by C17 and by nvcc. */
#ifndef FM_CORE_WATCH_H
#define FM_CORE_WATCH_H

#include <flopmeter/status.h>

#include <stdint.h>

/* What an integer or bool outside low to high means when a graph meets it; the texts outlive every
   graph. */
typedef struct fm_watch {
    int64_t low, high;
    fm_status status;
    int argument;          /* counted from 1; 0: none */
    const char *exception; /* NULL: the status's own */
    const char *op, *text;
    const char *called; /* the operation that was called, where op was called within it */
} fm_watch;

#endif
