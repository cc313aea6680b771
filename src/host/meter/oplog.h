/* The op log: every operation in order, in chunks that never move. */
#ifndef FM_METER_OPLOG_H
#define FM_METER_OPLOG_H

#include <flopmeter/summary.h>

#define FM_NOT_LOGGED SIZE_MAX

typedef struct fm_op_log {
    fm_op_log_entry **chunks;
    size_t chunk_count, chunk_capacity;
    size_t count;
} fm_op_log;

/* Makes room for one more entry, so that appending it cannot fail. */
fm_status fm_op_log_prepare(fm_op_log *log, fm_error *error);

/* The index of the new entry; FM_NOT_LOGGED when memory ran out, never right after
   fm_op_log_prepare. */
size_t fm_op_log_append(fm_op_log *log, const fm_op_log_entry *entry);

/* NULL past the end. */
fm_op_log_entry *fm_op_log_at(const fm_op_log *log, size_t index);

void fm_op_log_clear(fm_op_log *log);
void fm_op_log_close(fm_op_log *log);

#endif
