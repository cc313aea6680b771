/* A run's rows as CSV (RFC 4180, with line feeds): one line a row of (op, dtype, namespace). */
#include <string.h>

#include "io/json_out.h"
#include "report/render.h"
#include "report/words.h"

static void put_field(fm_writer *out, const char *text) {
    if (!strpbrk(text, ",\"\n\r")) {
        fm_text_put(out, "%s", text);
        return;
    }
    fm_text_put(out, "\"");
    for (const char *c = text; *c; ++c) fm_text_put(out, *c == '"' ? "\"\"" : "%c", *c);
    fm_text_put(out, "\"");
}

/* Nothing where the number is not known. */
static void put_real(fm_writer *out, double value) {
    char text[FM_JSON_NUMBER];
    fm_text_put(out, ",%s", value >= 0 ? fm_json_double_text(value, text) : "");
}

static void put_head(fm_writer *out) {
    fm_text_put(out, "op,dtype,compute,name_space");
#define COUNTER(kind, name, meaning) fm_text_put(out, "," #name);
#include "meter/counters.def"
#undef COUNTER
    fm_text_put(out, ",executed_per_second,bytes_per_second,intensity,bound,expected_ns,"
                     "measured_over_expected,share_of_roof,share_of_peak,hardware_flops,"
                     "hardware_over_executed\n");
}

static void put_row(fm_writer *out, const fm_summary *summary, const fm_op_row *row) {
    fm_analysis a;
    char compute[32];
    fm_analyse(summary, row, &a);
    put_field(out, row->op);
    fm_text_put(out, ",%s,%s,", fm_dtype_name(row->dtype),
                fm_compute_text(summary, row, compute, sizeof compute));
    put_field(out, row->name_space);
#define COUNTER(kind, name, meaning)                                                               \
    if (row->timed == 0 && strncmp(#name, "ns_", 3) == 0)                                          \
        fm_text_put(out, ",");                                                                     \
    else                                                                                           \
        fm_text_put(out, ",%llu", (unsigned long long)row->name);
#include "meter/counters.def"
#undef COUNTER
    put_real(out, a.rate);
    put_real(out, a.bandwidth);
    put_real(out, a.intensity);
    fm_text_put(out, ",%s", a.bound ? fm_bound_name(a.bound) : "");
    put_real(out, a.expected_ns);
    put_real(out, a.ratio);
    put_real(out, a.roof_share);
    put_real(out, a.peak_share);
    put_real(out, a.hardware_flops);
    put_real(out, a.hardware_ratio);
    fm_text_put(out, "\n");
}

void fm_render_csv(fm_writer *out, const fm_summary *summary) {
    const fm_summary_rows *rows = &summary->groups[FM_BY_ALL];
    put_head(out);
    for (size_t i = 0; i < rows->count; ++i) put_row(out, summary, &rows->rows[i]);
}
