/* The op log: every operation in order, in chunks that never move. */
#include "meter/oplog.h"

#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"

enum { CHUNK = 1024, FIRST_CHUNKS = 16 };

static bool grow_table(fm_op_log *log) {
    if (log->chunk_count < log->chunk_capacity) return true;
    size_t capacity = log->chunk_capacity ? log->chunk_capacity * 2 : FIRST_CHUNKS;
    fm_op_log_entry **chunks =
        fm_realloc(log->chunks, log->chunk_capacity * sizeof(void *), capacity * sizeof(void *));
    if (!chunks) return false;
    log->chunks = chunks;
    log->chunk_capacity = capacity;
    return true;
}

fm_status fm_op_log_prepare(fm_op_log *log, fm_error *error) {
    if (log->count < log->chunk_count * CHUNK) return FM_OK;
    fm_op_log_entry *chunk = grow_table(log) ? fm_alloc(CHUNK * sizeof *chunk) : NULL;
    FM_CHECK(chunk, error, FM_ERR_MEMORY, "op log: out of memory after %zu entries", log->count);
    log->chunks[log->chunk_count++] = chunk;
    return FM_OK;
}

size_t fm_op_log_append(fm_op_log *log, const fm_op_log_entry *entry) {
    if (fm_op_log_prepare(log, NULL) != FM_OK) return FM_NOT_LOGGED;
    log->chunks[log->count / CHUNK][log->count % CHUNK] = *entry;
    return log->count++;
}

fm_op_log_entry *fm_op_log_at(const fm_op_log *log, size_t index) {
    return index < log->count ? &log->chunks[index / CHUNK][index % CHUNK] : NULL;
}

void fm_op_log_clear(fm_op_log *log) {
    log->count = 0;
}

void fm_op_log_close(fm_op_log *log) {
    for (size_t i = 0; i < log->chunk_count; ++i) fm_free_block(log->chunks[i]);
    fm_free_block(log->chunks);
    memset(log, 0, sizeof *log);
}
