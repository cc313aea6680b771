/* Numbers and names as every form of a report words them. */
#include "report/words.h"

#include <stdio.h>
#include <string.h>

#include "meter/flops.h"

static const struct {
    const char *key, *text;
} tiers[] = {
    [FM_TIER_ANALYTICAL] = {"analytical", "T0 analytical alone: no time was taken"},
    [FM_TIER_CLOCK] = {"clock", "T0 with the host's monotonic clock around each kernel"},
    [FM_TIER_EVENTS] = {"events", "T1b pairs of events: stream intervals, which include gaps"},
    [FM_TIER_ACTIVITY] = {"activity", "T1 the device's record of each kernel"},
    [FM_TIER_COUNTERS] = {"counters", "T2 the device's records and hardware counters"},
};
enum { TIERS = (int)(sizeof tiers / sizeof *tiers) };

const char *fm_tier_text(fm_tier tier) {
    return (int)tier < TIERS ? tiers[tier].text : "unknown";
}

const char *fm_tier_key(fm_tier tier) {
    return (int)tier < TIERS ? tiers[tier].key : "unknown";
}

bool fm_tier_of_key(const char *key, fm_tier *tier) {
    for (int i = 0; i < TIERS; i++) {
        if (strcmp(tiers[i].key, key) != 0) continue;
        *tier = (fm_tier)i;
        return true;
    }
    return false;
}

const char *fm_scaled_format(double value, char buffer[FM_TIME_TEXT]) {
    static const struct {
        double from;
        const char *unit;
    } units[] = {{1e15, " P"}, {1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e3, " k"}, {0, ""}};
    size_t i = 0;
    if (!(value >= 0)) return "n/a";
    while (value < units[i].from) ++i;
    snprintf(buffer, FM_TIME_TEXT, "%.3f%s", value / (units[i].from > 0 ? units[i].from : 1),
             units[i].unit);
    return buffer;
}

const char *fm_rate_format(double value, const char *unit, char buffer[FM_TIME_TEXT]) {
    char number[FM_TIME_TEXT];
    const char *text = fm_scaled_format(value, number);
    size_t length = strlen(text);
    bool prefixed = length > 0 && text[length - 1] >= 'A';
    snprintf(buffer, FM_TIME_TEXT, "%.20s%s%.8s", text, prefixed ? "" : " ", unit);
    return buffer;
}

const char *fm_real_format(double value, int digits, char buffer[FM_TIME_TEXT]) {
    if (!(value >= 0)) return "n/a";
    snprintf(buffer, FM_TIME_TEXT, "%.*f", digits, value);
    return buffer;
}

const char *fm_share_format(double share, char buffer[FM_TIME_TEXT]) {
    if (!(share >= 0)) return "n/a";
    snprintf(buffer, FM_TIME_TEXT, "%.1f%%", 100 * share);
    return buffer;
}

static bool put_rates(fm_writer *out, const double rates[FM_PEAK_KINDS], double bandwidth) {
    bool any = false;
    char text[FM_TIME_TEXT];
    for (int kind = 0; kind < FM_PEAK_KINDS; kind++) {
        if (rates[kind] <= 0) continue;
        fm_text_put(out, "%s%s %s", any ? ", " : "", fm_peak_name((fm_peak_kind)kind),
                    fm_rate_format(rates[kind], "FLOP/s", text));
        any = true;
    }
    if (bandwidth > 0)
        fm_text_put(out, "%smemory %s", any ? ", " : "", fm_rate_format(bandwidth, "B/s", text));
    return any || bandwidth > 0;
}

void fm_put_peaks_words(fm_writer *out, const fm_peaks *peaks, const char *before) {
    bool any = false;
    if (*peaks->theory_source) {
        fm_text_put(out, "%sin theory ", before);
        put_rates(out, peaks->theory, peaks->bandwidth);
        fm_text_put(out, " (%s)\n", peaks->theory_source);
        any = true;
    }
    if (peaks->clock_now_hz > 0 && peaks->now[FM_PEAK_FLOAT32] > 0) {
        fm_text_put(out, "%sat the present clock of %.0f MHz ", before, peaks->clock_now_hz / 1e6);
        put_rates(out, peaks->now, 0);
        fm_text_put(out, "\n");
    }
    if (*peaks->measured_source) {
        fm_text_put(out, "%smeasured ", before);
        put_rates(out, peaks->achieved, peaks->triad);
        fm_text_put(out, " (%s)\n", peaks->measured_source);
        any = true;
    }
    if (!any)
        fm_text_put(out,
                    "%sunknown for this device: no percentages; flopmeter calibrate measures "
                    "them\n",
                    before);
}

void fm_put_clock_words(fm_writer *out, const fm_peaks *peaks) {
    if (peaks->clock_hz <= 0 && peaks->clock_now_hz <= 0) fm_text_put(out, "n/a");
    if (peaks->clock_hz > 0) fm_text_put(out, "%.0f MHz at most", peaks->clock_hz / 1e6);
    if (peaks->clock_now_hz > 0)
        fm_text_put(out, "%s%.0f MHz now", peaks->clock_hz > 0 ? ", " : "",
                    peaks->clock_now_hz / 1e6);
}

void fm_put_graph_words(fm_writer *out, const fm_summary_totals *totals) {
    char captured[FM_FLOPS_TEXT], replayed[FM_FLOPS_TEXT];
    fm_text_put(
        out, "%s FLOPs captured in %llu calls, which ran nothing; %s replayed in %llu calls",
        fm_flops_format(totals->captured_flops, captured), (unsigned long long)totals->captured,
        fm_flops_format(totals->replayed_flops, replayed), (unsigned long long)totals->replayed);
}

void fm_put_tier_words(fm_writer *out, const fm_summary *summary) {
    const fm_summary_tier *tier = &summary->tier;
    fm_text_put(out, "%s%s%s%s", fm_tier_text(tier->tier), *tier->source ? ", by " : "",
                tier->source, *tier->reason ? "; not more: " : "");
    fm_text_put(out, "%s", tier->reason);
    if (tier->collected)
        fm_text_put(out, "; %llu records, %llu dropped, %llu late, %llu unknown",
                    (unsigned long long)tier->activity.records, (unsigned long long)tier->dropped,
                    (unsigned long long)tier->activity.late,
                    (unsigned long long)tier->activity.unknown);
}
