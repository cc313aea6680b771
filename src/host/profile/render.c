/* The rows of a profile as a table, as CSV and as JSON. */
#include "core/detail.h"
#include "io/json_out.h"
#include "meter/flops.h"
#include "meter/hooks.h"
#include "profile/profile.h"
#include "report/writer.h"

#include <stdio.h>
#include <string.h>

static bool has_samples(const fm_profile *p) {
    return p->sample_axis >= 0;
}

static int64_t samples_of(const fm_profile *p, const fm_profile_row *row) {
    return row->shape[p->sample_axis];
}

/* Half the way from the fastest to the slowest run, as a share of the median. */
static double spread_of(const fm_profile_row *row) {
    return (row->seconds_max - row->seconds_min) / 2 / row->seconds;
}

/* Texts of one row's columns; "n/a" where a number is not known. */
typedef struct cells {
    char multiplier[32], shape[256], flops[FM_FLOPS_TEXT], time[FM_TIME_TEXT], spread[16], rate[32],
        per_sample[FM_FLOPS_TEXT], share[16];
} cells;

/* The share is left out where it rounds to nothing known: no peak, or no time. */
static void fill_cells(const fm_profile *p, const fm_profile_row *row, cells *c) {
    snprintf(c->multiplier, sizeof c->multiplier, "%.2f", row->multiplier);
    fm_shape_format(row->ndim, row->shape, c->shape, sizeof c->shape);
    fm_flops_format(row->flops, c->flops);
    strcpy(c->time, "n/a");
    strcpy(c->spread, "n/a");
    strcpy(c->rate, "n/a");
    strcpy(c->per_sample, "n/a");
    strcpy(c->share, "n/a");
    if (row->runs > 0) fm_time_format((uint64_t)(row->seconds * 1e9), c->time);
    if (row->runs > 1 && row->seconds > 0)
        snprintf(c->spread, sizeof c->spread, "+-%.1f%%", 100 * spread_of(row));
    if (row->flops_per_second > 0)
        snprintf(c->rate, sizeof c->rate, "%.3f", row->flops_per_second / 1e9);
    if (has_samples(p)) fm_flops_format(row->flops / (uint64_t)samples_of(p, row), c->per_sample);
    if (p->peak > 0 && row->flops_per_second > 0)
        snprintf(c->share, sizeof c->share, "%.1f%%", 100 * row->flops_per_second / p->peak);
}

/* Widths of the columns that depend on what is in them. */
typedef struct widths {
    int shape, flops, per_sample;
} widths;

static int larger(int a, int b) {
    return a > b ? a : b;
}

static widths measure(const fm_profile *p) {
    widths w = {5, 5, 12};
    for (int i = 0; i < p->done; i++) {
        cells c = {0};
        fill_cells(p, &p->rows[i], &c);
        w.shape = larger(w.shape, (int)strlen(c.shape));
        if (p->rows[i].status != FM_OK) continue;
        w.flops = larger(w.flops, (int)strlen(c.flops));
        w.per_sample = larger(w.per_sample, (int)strlen(c.per_sample));
    }
    return w;
}

static void put_heading(fm_writer *out, const fm_profile *p) {
    char device[32];
    fm_device_info info;
    fm_device_format(fm_context_device(p->ctx), device, sizeof device);
    bool known = fm_device_describe(fm_context_device(p->ctx), &info) == FM_OK;
    fm_text_put(out, "Profile of %s over variable %s\n", p->name, p->var_name);
    fm_text_put(out, "cost model  %s\n", fm_context_cost_model(p->ctx));
    fm_text_put(out, "device      %s%s%s\n", device, known && *info.name ? ", " : "",
                known ? info.name : "");
    fm_text_put(out, "time        median of %d run%s, one counted run a row\n", p->repeats,
                p->repeats == 1 ? "" : "s");
    if (p->peak > 0)
        fm_text_put(out, "peak        %.3f GFLOP/s, a matrix product measured in this run\n",
                    p->peak / 1e9);
    fm_text_put(out, "\n");
}

static void put_table(fm_writer *out, const fm_profile *p) {
    widths w = measure(p);
    put_heading(out, p);
    fm_text_put(out, "%10s  %*s  %*s  %11s  %8s  %11s  %*s  %9s\n", "multiplier", w.shape, "shape",
                w.flops, "FLOPs", "time", "spread", "GFLOP/s", w.per_sample, "FLOPs/sample",
                "% of peak");
    for (int i = 0; i < p->done; i++) {
        const fm_profile_row *row = &p->rows[i];
        cells c = {0};
        fill_cells(p, row, &c);
        fm_text_put(out, "%10s  %*s  ", c.multiplier, w.shape, c.shape);
        if (row->status != FM_OK)
            fm_text_put(out, "%s: %s\n", fm_status_name(row->status), row->message);
        else
            fm_text_put(out, "%*s  %11s  %8s  %11s  %*s  %9s\n", w.flops, c.flops, c.time, c.spread,
                        c.rate, w.per_sample, c.per_sample, c.share);
    }
}

static const char *status_word(fm_status status) {
    return status == FM_OK ? "ok" : fm_status_name(status);
}

/* A field of CSV, in quotes where it needs them (RFC 4180). */
static void put_field(fm_writer *out, const char *text) {
    if (!strpbrk(text, ",\"\n")) {
        fm_text_put(out, "%s", text);
        return;
    }
    fm_text_put(out, "\"");
    for (; *text; text++) fm_text_put(out, *text == '"' ? "\"\"" : "%c", *text);
    fm_text_put(out, "\"");
}

static void put_number(fm_writer *out, bool known, double value) {
    char text[FM_JSON_NUMBER];
    fm_text_put(out, ",%s", known ? fm_json_double_text(value, text) : "");
}

static void put_csv(fm_writer *out, const fm_profile *p) {
    char number[FM_JSON_NUMBER];
    fm_text_put(out, "multiplier,shape,flops,seconds,flops_per_second,flops_per_sample,peak_share,"
                     "seconds_min,seconds_max,runs,status,message\n");
    for (int i = 0; i < p->done; i++) {
        const fm_profile_row *row = &p->rows[i];
        cells c = {0};
        bool timed = row->runs > 0, rated = row->flops_per_second > 0;
        fill_cells(p, row, &c);
        fm_text_put(out, "%s,", fm_json_double_text(row->multiplier, number));
        put_field(out, c.shape);
        fm_text_put(out, ",%llu", (unsigned long long)row->flops);
        put_number(out, timed, row->seconds);
        put_number(out, rated, row->flops_per_second);
        put_number(out, has_samples(p),
                   has_samples(p) ? (double)row->flops / (double)samples_of(p, row) : 0);
        put_number(out, rated && p->peak > 0, row->flops_per_second / p->peak);
        put_number(out, timed, row->seconds_min);
        put_number(out, timed, row->seconds_max);
        fm_text_put(out, ",%d,%s,", row->runs, status_word(row->status));
        put_field(out, row->message);
        fm_text_put(out, "\n");
    }
}

static void put_known(fm_json_writer *json, const char *key, bool known, double value) {
    fm_json_key(json, key);
    if (known)
        fm_json_put_double(json, value);
    else
        fm_json_put_null(json);
}

static void put_text(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text);
}

static void put_count(fm_json_writer *json, const char *key, uint64_t value) {
    fm_json_key(json, key);
    fm_json_put_uint(json, value);
}

static void put_row(fm_json_writer *json, const fm_profile *p, const fm_profile_row *row) {
    bool timed = row->runs > 0, rated = row->flops_per_second > 0;
    fm_json_open_object(json);
    put_known(json, "multiplier", true, row->multiplier);
    fm_json_key(json, "shape");
    fm_json_open_list(json);
    for (int d = 0; d < row->ndim; d++) fm_json_put_int(json, row->shape[d]);
    fm_json_close_list(json);
    put_count(json, "flops", row->flops);
    put_known(json, "seconds", timed, row->seconds);
    put_known(json, "flops_per_second", rated, row->flops_per_second);
    put_known(json, "flops_per_sample", has_samples(p),
              has_samples(p) ? (double)row->flops / (double)samples_of(p, row) : 0);
    put_known(json, "peak_share", rated && p->peak > 0, row->flops_per_second / p->peak);
    put_known(json, "seconds_min", timed, row->seconds_min);
    put_known(json, "seconds_max", timed, row->seconds_max);
    put_count(json, "runs", (uint64_t)row->runs);
    put_text(json, "status", status_word(row->status));
    put_text(json, "message", *row->message ? row->message : NULL);
    fm_json_close_object(json);
}

static fm_status put_json(fm_writer *out, const fm_profile *p) {
    char device[32];
    fm_device_info info;
    fm_json_writer json;
    bool known = fm_device_describe(fm_context_device(p->ctx), &info) == FM_OK;
    fm_json_begin(&json, &out->io, &out->buffer, 2);
    fm_json_open_object(&json);
    put_count(&json, "version", 1);
    put_text(&json, "name", p->name);
    put_text(&json, "variable", p->var_name);
    put_text(&json, "cost_model", fm_context_cost_model(p->ctx));
    put_text(&json, "device", fm_device_format(fm_context_device(p->ctx), device, sizeof device));
    put_text(&json, "device_name", known ? info.name : NULL);
    put_count(&json, "repeats", (uint64_t)p->repeats);
    put_count(&json, "warmup", (uint64_t)p->warmup);
    put_known(&json, "peak_flops_per_second", p->peak > 0, p->peak);
    fm_json_key(&json, "complete");
    fm_json_put_bool(&json, p->done == p->count);
    fm_json_key(&json, "rows");
    fm_json_open_list(&json);
    for (int i = 0; i < p->done; i++) put_row(&json, p, &p->rows[i]);
    fm_json_close_list(&json);
    fm_json_close_object(&json);
    return fm_json_end(&json);
}

fm_status fm_profile_render(const fm_profile *profile, fm_profile_format format, char **text) {
    fm_error *error = fm_context_error_slot(profile->ctx);
    fm_writer out;
    *text = NULL;
    FM_CHECK((unsigned)format <= FM_PROFILE_CSV, error, FM_ERR_ARGUMENT,
             "profile: format %d does not exist", (int)format);
    fm_writer_init(&out);
    if (format == FM_PROFILE_TABLE)
        put_table(&out, profile);
    else if (format == FM_PROFILE_CSV)
        put_csv(&out, profile);
    else
        out.status = put_json(&out, profile);
    fm_status status = fm_writer_take(&out, text);
    FM_CHECK(status == FM_OK, error, status, "profile: the rows cannot be rendered: %s",
             fm_status_text(status));
    return FM_OK;
}
