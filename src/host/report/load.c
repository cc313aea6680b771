/* A run read back from its JSON report. */
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "io/json_in.h"
#include "report/load.h"
#include "report/words.h"

/* Where reading stands: the first failure ends it. */
typedef struct reader {
    fm_io io;
    fm_summary *summary;
} reader;

static const uint64_t most_bytes = (uint64_t)1 << 30;

static fm_status get_count(fm_io *io, const fm_json_value *object, const char *key, uint64_t *out) {
    fm_json_value value;
    double number;
    FM_TRY(fm_json_member(io, object, key, true, &value));
    *out = 0;
    if (fm_json_is_null(&value)) return FM_OK;
    FM_TRY(fm_json_get_number(io, &value, &number));
    if (!(number >= 0) || number != floor(number))
        return fm_io_fail(io, FM_ERR_FORMAT, "%s: %s: %g is no count", value.document->name,
                          value.path, number);
    *out = number >= 0x1p64 ? UINT64_MAX : (uint64_t)number;
    return FM_OK;
}

/* A count that earlier files do not have. */
static fm_status get_later(fm_io *io, const fm_json_value *object, const char *key, uint64_t *out) {
    fm_json_value value;
    FM_TRY(fm_json_member(io, object, key, false, &value));
    *out = 0;
    return value.node ? get_count(io, object, key, out) : FM_OK;
}

/* null is `absent`. */
static fm_status get_real(fm_io *io, const fm_json_value *object, const char *key, double absent,
                          double *out) {
    fm_json_value value;
    FM_TRY(fm_json_member(io, object, key, true, &value));
    *out = absent;
    return fm_json_is_null(&value) ? FM_OK : fm_json_get_number(io, &value, out);
}

/* null is "". */
static fm_status get_text(fm_io *io, const fm_json_value *object, const char *key,
                          const char **out) {
    fm_json_value value;
    FM_TRY(fm_json_member(io, object, key, true, &value));
    *out = "";
    return fm_json_is_null(&value) ? FM_OK : fm_json_get_string(io, &value, out);
}

static fm_status keep(reader *r, const fm_json_value *object, const char *key, const char **out) {
    const char *text;
    FM_TRY(get_text(&r->io, object, key, &text));
    *out = fm_summary_keep(r->summary, text);
    return *out ? FM_OK : FM_ERR_MEMORY;
}

static fm_status get_dtype(fm_io *io, const fm_json_value *object, fm_dtype *out) {
    const char *name;
    FM_TRY(get_text(io, object, "dtype", &name));
    for (int d = 0; d < FM_DTYPE_COUNT; d++) {
        *out = (fm_dtype)d;
        if (strcmp(fm_dtype_name(*out), name) == 0) return FM_OK;
    }
    return fm_io_fail(io, FM_ERR_FORMAT, "%s: %s.dtype: '%s' is no dtype", object->document->name,
                      object->path, name);
}

static fm_status get_counters(fm_io *io, const fm_json_value *object, fm_counters *out) {
    fm_counters_reset(out);
#define COUNTER(kind, name, meaning) FM_TRY(get_count(io, object, #name, &out->name));
#include "meter/counters.def"
#undef COUNTER
    if (out->timed == 0) out->ns_min = UINT64_MAX;
    return FM_OK;
}

static fm_status take_row(reader *r, const fm_json_value *value) {
    const char *op, *space;
    fm_dtype dtype;
    fm_counters counters;
    FM_TRY(get_text(&r->io, value, "op", &op));
    FM_TRY(get_text(&r->io, value, "name_space", &space));
    FM_TRY(get_dtype(&r->io, value, &dtype));
    FM_TRY(get_counters(&r->io, value, &counters));
    return fm_summary_add(r->summary, op, dtype, space, &counters) ? FM_OK : FM_ERR_MEMORY;
}

static fm_status take_kernel(reader *r, const fm_json_value *value) {
    const char *name, *op;
    fm_dtype dtype;
    fm_counters counters;
    FM_TRY(get_text(&r->io, value, "name", &name));
    FM_TRY(get_text(&r->io, value, "op", &op));
    FM_TRY(get_dtype(&r->io, value, &dtype));
    FM_TRY(get_counters(&r->io, value, &counters));
    return fm_summary_add_kernel(r->summary, name, op, dtype, &counters) ? FM_OK : FM_ERR_MEMORY;
}

static fm_status take_size(reader *r, const fm_json_value *value) {
    fm_sweep_row row = {0};
    uint64_t size;
    FM_TRY(get_text(&r->io, value, "profile", &row.profile));
    FM_TRY(get_real(&r->io, value, "multiplier", 0, &row.multiplier));
    FM_TRY(get_count(&r->io, value, "size", &size));
    FM_TRY(get_count(&r->io, value, "flops", &row.flops));
    FM_TRY(get_real(&r->io, value, "seconds", 0, &row.seconds));
    FM_TRY(get_later(&r->io, value, "launches", &row.launches));
    row.size = (int64_t)size;
    return fm_summary_add_size(r->summary, &row) ? FM_OK : FM_ERR_MEMORY;
}

static fm_status take_step(reader *r, const fm_json_value *value) {
    fm_report_step step = {.size = sizeof step};
    FM_TRY(get_count(&r->io, value, "step", &step.step));
    FM_TRY(get_count(&r->io, value, "flops", &step.flops));
    FM_TRY(get_count(&r->io, value, "flops_used", &step.used));
    FM_TRY(get_real(&r->io, value, "seconds", (double)NAN, &step.seconds));
    FM_TRY(get_real(&r->io, value, "loss", (double)NAN, &step.loss));
    FM_TRY(get_real(&r->io, value, "accuracy", (double)NAN, &step.accuracy));
    return fm_report_add_step(r->summary, &step);
}

/* Every element of a list in turn. */
static fm_status each(reader *r, const fm_json_value *object, const char *key,
                      fm_status (*take)(reader *, const fm_json_value *)) {
    fm_json_value list, child = {0};
    FM_TRY(fm_json_member(&r->io, object, key, true, &list));
    FM_TRY(fm_json_expect_list(&r->io, &list));
    while (fm_json_next(&list, &child)) FM_TRY(take(r, &child));
    return FM_OK;
}

static fm_status take_rates(reader *r, const fm_json_value *object, const char *key,
                            double rates[FM_PEAK_KINDS]) {
    fm_json_value value;
    FM_TRY(fm_json_member(&r->io, object, key, true, &value));
    for (int kind = 0; kind < FM_PEAK_KINDS; kind++)
        FM_TRY(get_real(&r->io, &value, fm_peak_key((fm_peak_kind)kind), 0, &rates[kind]));
    return FM_OK;
}

static fm_status copy_text(reader *r, const fm_json_value *object, const char *key, char *out,
                           size_t size) {
    const char *text;
    FM_TRY(get_text(&r->io, object, key, &text));
    size_t length = strlen(text) < size ? strlen(text) : size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
    return FM_OK;
}

static fm_status take_peaks(reader *r, const fm_json_value *root) {
    fm_peaks *p = &r->summary->peaks;
    fm_json_value value;
    FM_TRY(fm_json_member(&r->io, root, "peaks", true, &value));
    FM_TRY(copy_text(r, &value, "theory_source", p->theory_source, sizeof p->theory_source));
    FM_TRY(copy_text(r, &value, "measured_source", p->measured_source, sizeof p->measured_source));
    FM_TRY(take_rates(r, &value, "theory", p->theory));
    FM_TRY(take_rates(r, &value, "now", p->now));
    FM_TRY(take_rates(r, &value, "measured", p->achieved));
    FM_TRY(get_real(&r->io, &value, "bandwidth", 0, &p->bandwidth));
    FM_TRY(get_real(&r->io, &value, "triad", 0, &p->triad));
    FM_TRY(get_real(&r->io, &value, "launch_ns", 0, &p->launch_ns));
    FM_TRY(get_real(&r->io, &value, "clock_hz", 0, &p->clock_hz));
    return get_real(&r->io, &value, "clock_now_hz", 0, &p->clock_now_hz);
}

static fm_status take_tier(reader *r, const fm_json_value *root) {
    fm_summary_tier *tier = &r->summary->tier;
    fm_json_value value, activity;
    const char *name;
    FM_TRY(fm_json_member(&r->io, root, "tier", true, &value));
    FM_TRY(get_text(&r->io, &value, "name", &name));
    if (!fm_tier_of_key(name, &tier->tier))
        return fm_io_fail(&r->io, FM_ERR_FORMAT, "%s: tier.name: '%s' is no tier",
                          root->document->name, name);
    FM_TRY(keep(r, &value, "source", &tier->source));
    FM_TRY(keep(r, &value, "reason", &tier->reason));
    FM_TRY(get_count(&r->io, &value, "dropped", &tier->dropped));
    FM_TRY(fm_json_member(&r->io, &value, "activity", true, &activity));
    tier->collected = !fm_json_is_null(&activity);
    if (!tier->collected) return FM_OK;
#define COUNTER(kind, name, meaning)                                                               \
    FM_TRY(get_count(&r->io, &activity, #name, &tier->activity.name));
#include "meter/activity.def"
#undef COUNTER
    return FM_OK;
}

static fm_status take_mode(reader *r, const fm_json_value *root) {
    static const char *const modes[] = {"default", "float32", "tf32", "bf16", "fp16"};
    const char *mode;
    FM_TRY(get_text(&r->io, root, "math_mode", &mode));
    for (int i = 0; i < 5; i++)
        if (strcmp(modes[i], mode) == 0) r->summary->math_mode = (fm_math_mode)i;
    return FM_OK;
}

static fm_status take_heading(reader *r, const fm_json_value *root) {
    fm_summary *s = r->summary;
    const char *name;
    FM_TRY(keep(r, root, "name", &name));
    s->totals.name = *name ? name : NULL;
    FM_TRY(keep(r, root, "cost_model", &s->totals.cost_model));
    FM_TRY(copy_text(r, root, "device", s->totals.device, sizeof s->totals.device));
    FM_TRY(keep(r, root, "timing", &s->timing));
    FM_TRY(keep(r, root, "device_name", &s->device_name));
    FM_TRY(keep(r, root, "device_detail", &s->device_detail));
    FM_TRY(take_mode(r, root));
    FM_TRY(take_peaks(r, root));
    return take_tier(r, root);
}

static fm_status take_stats(reader *r, const fm_json_value *memory, const char *key,
                            fm_memory_stats *out) {
    fm_json_value value;
    FM_TRY(fm_json_member(&r->io, memory, key, true, &value));
    FM_TRY(get_count(&r->io, &value, "in_use", &out->in_use));
    FM_TRY(get_count(&r->io, &value, "in_use_peak", &out->in_use_peak));
    FM_TRY(get_count(&r->io, &value, "reserved", &out->reserved));
    FM_TRY(get_count(&r->io, &value, "reserved_peak", &out->reserved_peak));
    return get_count(&r->io, &value, "system_allocations", &out->system_allocations);
}

static fm_status take_totals(reader *r, const fm_json_value *root, fm_times *times) {
    fm_summary *s = r->summary;
    fm_json_value budget, time, memory;
    FM_TRY(fm_json_member(&r->io, root, "budget", true, &budget));
    FM_TRY(get_count(&r->io, &budget, "limit", &s->totals.limit));
    FM_TRY(get_count(&r->io, &budget, "used", &s->totals.used));
    FM_TRY(get_count(&r->io, &budget, "remaining", &s->totals.remaining));
    FM_TRY(get_count(&r->io, root, "refused", &s->totals.refused));
    FM_TRY(get_count(&r->io, root, "lost_times", &s->lost));
    FM_TRY(fm_json_member(&r->io, root, "time", true, &time));
    FM_TRY(get_count(&r->io, &time, "wall_ns", &times->wall));
    FM_TRY(get_count(&r->io, &time, "backend_ns", &times->backend));
    FM_TRY(get_count(&r->io, &time, "overhead_ns", &times->overhead));
    FM_TRY(fm_json_member(&r->io, root, "memory", true, &memory));
    s->has_memory = !fm_json_is_null(&memory);
    if (!s->has_memory) return FM_OK;
    FM_TRY(take_stats(r, &memory, "device", &s->totals.device_memory));
    return take_stats(r, &memory, "host", &s->totals.host_memory);
}

static fm_status read_all(reader *r, const fm_json *document) {
    fm_json_value root = fm_json_root(document);
    fm_times times = {0};
    uint64_t version;
    FM_TRY(fm_json_expect_object(&r->io, &root));
    FM_TRY(get_count(&r->io, &root, "version", &version));
    if (version != 2)
        return fm_io_fail(&r->io, FM_ERR_FORMAT, "%s: version %llu, but this library reads 2",
                          document->name, (unsigned long long)version);
    FM_TRY(take_heading(r, &root));
    FM_TRY(take_totals(r, &root, &times));
    FM_TRY(each(r, &root, "rows", take_row));
    FM_TRY(each(r, &root, "kernels", take_kernel));
    FM_TRY(each(r, &root, "sweep", take_size));
    FM_TRY(each(r, &root, "steps", take_step));
    FM_TRY(fm_load_timeline(&r->io, &root, r->summary));
    if (times.backend > times.wall || times.overhead > times.wall - times.backend)
        return fm_io_fail(&r->io, FM_ERR_FORMAT, "%s: time: its parts exceed the wall time",
                          document->name);
    return fm_summary_finish(r->summary, times);
}

fm_status fm_report_load(const char *path, fm_summary **out, fm_error *error) {
    FM_CHECK(path && out, error, FM_ERR_ARGUMENT, "report: the path or the place is NULL");
    *out = NULL;
    reader r = {.summary = fm_summary_new()};
    fm_json document;
    FM_CHECK(r.summary, error, FM_ERR_MEMORY, "report: out of memory");
    fm_io_init(&r.io);
    fm_status status = fm_json_load(&r.io, path, most_bytes, &document);
    if (status == FM_OK) {
        status = read_all(&r, &document);
        fm_json_close(&document);
        if (status == FM_ERR_MEMORY) (void)fm_io_fail(&r.io, status, "%s: out of memory", path);
    }
    if (status != FM_OK) {
        fm_summary_release(r.summary);
        return fm_fail(error, status, "%s", r.io.message);
    }
    *out = r.summary;
    return FM_OK;
}
