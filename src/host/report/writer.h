/* Text that grows: printf into a buffer, the first failure kept. */
#ifndef FM_REPORT_WRITER_H
#define FM_REPORT_WRITER_H

#include "io/io.h"

typedef struct fm_writer {
    fm_io io;
    fm_io_buffer buffer;
    fm_status status;
} fm_writer;

void fm_writer_init(fm_writer *writer);
void fm_text_put(fm_writer *writer, const char *format, ...) FM_PRINTF(2, 3);

/* The text, for fm_free; or the failure, everything freed. */
fm_status fm_writer_take(fm_writer *writer, char **text);

enum { FM_TIME_TEXT = 32 };

/* "12 ns", "1.234 us", "56.789 ms", "1.234 s": four digits or more, the unit that leaves at most
   three before the point. */
const char *fm_time_format(uint64_t ns, char buffer[FM_TIME_TEXT]);

/* "1.000000005 s": every nanosecond, so that printed sums add up. */
const char *fm_seconds_format(uint64_t ns, char buffer[FM_TIME_TEXT]);

/* "512 B", "1.5 KiB", "12.3 MiB". */
const char *fm_bytes_format(uint64_t bytes, char buffer[FM_TIME_TEXT]);

/* 100 part / whole; 0 where whole is 0. */
double fm_percent(uint64_t part, uint64_t whole);

#endif
