/* The HTML page: one file that needs nothing else. */
#include "report/html.h"

#include "meter/flops.h"
#include "report/render.h"

static void put_fact(fm_writer *out, const char *name, const char *text) {
    if (!text || !*text) return;
    fm_text_put(out, "<dt>%s</dt><dd>", name);
    fm_html_put(out, text);
    fm_text_put(out, "</dd>\n");
}

static void put_tile(fm_writer *out, const char *name, const char *exact, const char *text) {
    fm_text_put(out, "<div class=\"tile\" title=\"%s\"><span>%s</span><b>", exact, name);
    fm_html_put(out, text);
    fm_text_put(out, "</b></div>\n");
}

/* What another writer put, as text of the page. */
static void put_words(fm_writer *out, const char *name, fm_writer *words) {
    char *text;
    if (fm_writer_take(words, &text) != FM_OK) {
        out->status = FM_ERR_MEMORY;
        return;
    }
    put_fact(out, name, text);
    fm_free(text);
}

static void put_facts(fm_writer *out, const fm_summary *summary) {
    const fm_summary_totals *t = &summary->totals;
    fm_writer clock, peaks, tier, graphs;
    fm_text_put(out, "<dl>\n");
    put_fact(out, "cost model", t->cost_model);
    put_fact(out, "rule", fm_summary_cost_rule(summary));
    put_fact(out, "FMA", "a multiply-accumulate is two FLOPs");
    put_fact(out, "device", t->device);
    put_fact(out, "hardware", summary->device_name);
    put_fact(out, "", summary->device_detail);
    fm_writer_init(&clock);
    fm_put_clock_words(&clock, &summary->peaks);
    put_words(out, "clock", &clock);
    fm_writer_init(&peaks);
    fm_put_peaks_words(&peaks, &summary->peaks, "");
    put_words(out, "peaks", &peaks);
    fm_writer_init(&tier);
    fm_put_tier_words(&tier, summary);
    put_words(out, "timing", &tier);
    fm_writer_init(&graphs);
    if (t->captured || t->replayed) fm_put_graph_words(&graphs, t);
    put_words(out, "graphs", &graphs);
    fm_text_put(out, "</dl>\n");
}

/* A count in few digits, the exact one at hand. */
static void put_count_tile(fm_writer *out, const char *name, uint64_t value) {
    char exact[FM_FLOPS_TEXT], text[FM_TIME_TEXT];
    fm_flops_format(value, exact);
    put_tile(out, name, exact, value < 1000000 ? exact : fm_scaled_format((double)value, text));
}

static const char *span(const fm_summary *summary, uint64_t ns, char buffer[FM_TIME_TEXT]) {
    return summary->has_times ? fm_time_format(ns, buffer) : "n/a";
}

static void put_tiles(fm_writer *out, const fm_summary *summary) {
    const fm_summary_totals *t = &summary->totals;
    char text[FM_TIME_TEXT];
    double share = -1;
    (void)fm_report_coverage(summary, &share);
    fm_text_put(out, "<div class=\"tiles\">\n");
    put_count_tile(out, "FLOPs used", t->used);
    put_count_tile(out, "budget", t->limit);
    put_count_tile(out, "remaining", t->remaining);
    put_count_tile(out, "calls", t->calls);
    put_tile(out, "wall time", "", fm_time_format(t->wall_ns, text));
    put_tile(out, "device busy", "", span(summary, t->backend_ns, text));
    put_tile(out, "host overhead", "", span(summary, t->overhead_ns, text));
    put_tile(out, "residual", "", span(summary, t->residual_ns, text));
    put_tile(out, "time with a formula", "", fm_share_format(share, text));
    if (summary->has_memory) {
        bool device = t->device_memory.in_use_peak != 0;
        const fm_memory_stats *stats = device ? &t->device_memory : &t->host_memory;
        put_tile(out, device ? "device memory at most" : "memory at most", "",
                 fm_bytes_format(stats->in_use_peak, text));
        put_tile(out, device ? "device memory now" : "memory now", "",
                 fm_bytes_format(stats->in_use, text));
    }
    fm_text_put(out, "</div>\n");
}

void fm_render_html(fm_writer *out, const fm_summary *summary) {
    const char *name = summary->totals.name ? summary->totals.name : "flopmeter";
    fm_text_put(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                     "<title>");
    fm_html_put(out, name);
    fm_text_put(out, ": FLOPs against time</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>",
                fm_html_style);
    fm_html_put(out, name);
    fm_text_put(out, "</h1>\n<p>Analytical FLOPs against measured time.</p>\n");
    put_tiles(out, summary);
    put_facts(out, summary);
    fm_text_put(out, "<div class=\"figures\">\n");
    fm_html_roofline(out, summary);
    fm_html_shares(out, summary);
    fm_html_budget(out, summary);
    fm_html_sweep(out, summary);
    fm_text_put(out, "</div>\n");
    fm_html_gaps(out, summary);
    fm_html_operations(out, summary);
    fm_html_namespaces(out, summary);
    fm_html_sizes(out, summary);
    fm_html_kernels(out, summary);
    fm_text_put(out, "<footer>flopmeter %s</footer>\n<script>%s</script>\n</body>\n</html>\n",
                fm_version(), fm_html_script);
}
