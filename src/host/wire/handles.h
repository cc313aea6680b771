/* What a session keeps for its client under numbers that are never used again. */
#ifndef FM_WIRE_HANDLES_H
#define FM_WIRE_HANDLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hash table with open addressing: it grows with what is kept, not with what was ever made. */
typedef struct wire_handles {
    struct wire_entry {
        uint64_t number;
        void *kept; /* NULL: the place is free */
    } * entries;
    size_t places; /* a power of two, or 0 */
    size_t count;
    uint64_t next; /* number of the next handle */
} wire_handles;

/* Keeps it under the next number; false when there is no memory. */
bool wire_handles_put(wire_handles *handles, void *kept, uint64_t *number);
/* NULL: there is none of that number. */
void *wire_handles_get(const wire_handles *handles, uint64_t number);
/* The same, and it is kept no longer. */
void *wire_handles_take(wire_handles *handles, uint64_t number);
/* Gives all to release, and begins again with number 0. */
void wire_handles_clear(wire_handles *handles, void (*release)(void *kept));

/* Reads "a12" for the letter a: no sign, no leading zero. */
bool wire_handle_read(const char *text, size_t size, char letter, uint64_t *number);

#endif
