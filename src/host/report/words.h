/* Numbers and names as every form of a report words them. */
#ifndef FM_REPORT_WORDS_H
#define FM_REPORT_WORDS_H

#include "report/analysis.h"
#include "report/writer.h"

/* "T1 device activity", "T0 analytical alone", ... */
const char *fm_tier_text(fm_tier tier);
const char *fm_tier_key(fm_tier tier); /* "activity" */
/* False: no tier has that key. */
bool fm_tier_of_key(const char *key, fm_tier *tier);

/* "1.234 T", "56.789 G", "0.012 M"; negative: "n/a". */
const char *fm_scaled_format(double value, char buffer[FM_TIME_TEXT]);
/* "1.234 TFLOP/s", "12.000 B/s". */
const char *fm_rate_format(double value, const char *unit, char buffer[FM_TIME_TEXT]);
/* value with so many digits after the point; negative: "n/a". */
const char *fm_real_format(double value, int digits, char buffer[FM_TIME_TEXT]);
/* 0 to 1 as "12.3%"; negative: "n/a". */
const char *fm_share_format(double share, char buffer[FM_TIME_TEXT]);

/* One sentence each. */
void fm_put_peaks_words(fm_writer *out, const fm_peaks *peaks, const char *before);
void fm_put_clock_words(fm_writer *out, const fm_peaks *peaks);
void fm_put_graph_words(fm_writer *out, const fm_summary_totals *totals);
void fm_put_tier_words(fm_writer *out, const fm_summary *summary);

#endif
