/* Every heap allocation of the library, so that tests can count them and fail the nth. */
#ifndef FM_CORE_ALLOC_H
#define FM_CORE_ALLOC_H

#include <stddef.h>
#include <stdint.h>

/* A block of at least size bytes, zeroed; NULL when memory ran out. */
void *fm_alloc(size_t size);

/* The same with bytes of any value. */
void *fm_alloc_unset(size_t size);

/* Grows or shrinks a block of fm_alloc; bytes past old_size are zeroed. The old block stays valid
   when NULL is returned. */
void *fm_realloc(void *block, size_t old_size, size_t size);

/* A copy of a text; NULL when memory ran out. */
char *fm_strdup(const char *text);

/* Gives a block back; NULL is allowed. */
void fm_free_block(void *block);

/* Tests: the nth allocation from now on fails, and all after it if sticky; 0 switches this off. */
void fm_alloc_fail_at(uint64_t nth, int sticky);

/* Allocations so far in this process. */
uint64_t fm_alloc_count(void);

/* For other sources of memory, such as device memory: counts as an allocation and tells whether it
   must be refused. */
int fm_alloc_refuse(void);

/* The same for a piece of a block, which counts only while a failure is to come, so that each piece
   may be the one that fails. */
int fm_alloc_refuse_piece(void);

#endif
