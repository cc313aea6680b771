/* A ledger of ten million operations in two hundred rows: snapshot and report of it, and whether
   counting them took memory. */
#include <malloc.h>

#include "setup.h"
#include <flopmeter/flopmeter.h>

enum { OPERATIONS = 10000000, ROWS = 200 };

static bool count_operations(fm_context *ctx) {
    char names[ROWS][16];
    for (int i = 0; i < ROWS; i++) snprintf(names[i], sizeof names[i], "op.%d", i);
    for (long i = 0; i < OPERATIONS; i++)
        if (fm_charge(ctx, names[i % ROWS], 1, NULL) != FM_OK) return false;
    return true;
}

typedef struct reported {
    fm_context *ctx;
    fm_report_format format;
} reported;

static void report(void *user, long calls) {
    const reported *r = user;
    for (long i = 0; i < calls; i++) {
        fm_summary *summary;
        char *text;
        if (fm_summary_of_context(r->ctx, &summary) != FM_OK ||
            fm_report_render(summary, r->format, NULL, &text) != FM_OK)
            abort();
        fm_free(text);
        fm_summary_release(summary);
    }
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        fm_report_format format;
    } cases[] = {{"report.text", FM_REPORT_TEXT},
                 {"report.json", FM_REPORT_JSON},
                 {"report.html", FM_REPORT_HTML}};
    fm_context *ctx = bench_open(FM_CPU, FM_TIMING_OFF);
    if (!ctx || fm_charge(ctx, "op.0", 1, NULL) != FM_OK) return 1;
    size_t before = mallinfo2().uordblks;
    if (!count_operations(ctx)) return 1;
    fprintf(stderr, "%d operations: %zu bytes more on the heap\n", OPERATIONS,
            mallinfo2().uordblks - before);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reported r = {ctx, cases[i].format};
        if (bench_wanted(argc, argv, cases[i].name)) bench_run(cases[i].name, report, &r, 0.2);
    }
    fm_context_close(ctx);
    return 0;
}
