/* flopmeter profile: the network as a step function, the rows, what is printed. */
#include "cli/profile_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The program that is profiled, and what is known of its progress. */
typedef struct job {
    profile_options *o;
    fm_context *ctx;
    mlp *net;
    fm_tensor *x, *labels;
    int64_t nlabels, classes;
    double peak;
    char *text;            /* what is printed */
    fm_profile **profiles; /* kept for the report */
    int nprofiles;
    /* progress */
    int done, total;
    double multiplier, rate, started, shown;
    double ahead, behind; /* sums of multipliers: of rows that are to come and of those done */
    double steps;         /* of the present row */
} job;

/* SplitMix64's finaliser: labels by their index. */
static uint64_t mix(uint64_t z) {
    z += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static fm_status draw_labels(job *j, int64_t n) {
    int64_t *values = malloc((size_t)n * sizeof *values);
    if (!values) return FM_ERR_MEMORY;
    for (int64_t i = 0; i < n; i++)
        values[i] =
            (int64_t)(mix(mix((uint64_t)j->o->net.seed) ^ (uint64_t)i) % (uint64_t)j->classes);
    fm_tensor_release(j->labels);
    j->labels = NULL;
    fm_status status = fm_tensor_from_host(j->ctx, FM_INT64, 1, &n, values, &j->labels);
    j->nlabels = status == FM_OK ? n : -1;
    free(values);
    return status;
}

/* Fresh weights, the same for every run; labels for the batch as it is scaled. */
static fm_status set_up(void *user, fm_context *ctx, const fm_profile_row *row) {
    job *j = user;
    fm_seed(ctx, (uint64_t)j->o->net.seed);
    if (cli_interrupted()) return FM_ERR_INTERRUPTED;
    fm_status status = row->shape[0] == j->nlabels ? FM_OK : draw_labels(j, row->shape[0]);
    return status == FM_OK ? mlp_reset(j->net) : status;
}

/* The time left is that of the work so far for as much of multipliers. */
static void show_progress(job *j) {
    char rate[48] = "", left[48] = "";
    double now = cli_seconds();
    if (!cli_shows_progress() || now - j->shown < 0.1) return;
    double row_steps = (double)j->o->net.epochs * (j->o->repeats + 1);
    double within = j->multiplier * (j->steps < row_steps ? j->steps / row_steps : 1);
    double behind = j->behind + within, ahead = j->ahead - within;
    j->shown = now;
    if (j->rate > 0) snprintf(rate, sizeof rate, ", %.1f GFLOP/s", j->rate / 1e9);
    if (behind > 0)
        snprintf(left, sizeof left, ", %.0f s left", (now - j->started) / behind * ahead);
    cli_progress("multiplier %d of %d (%.2f)%s%s", j->done + 1, j->total, j->multiplier, rate,
                 left);
}

static fm_status step(void *user, fm_context *ctx, const fm_profile_row *row) {
    job *j = user;
    (void)ctx;
    (void)row;
    for (int64_t epoch = 0; epoch < j->o->net.epochs; epoch++) {
        if (cli_interrupted()) return FM_ERR_INTERRUPTED;
        fm_status status = mlp_step(j->net, j->x, j->labels);
        if (status != FM_OK) return status;
        j->steps++;
        show_progress(j);
    }
    return FM_OK;
}

static void on_progress(void *user, int done, int total, const fm_profile_row *row) {
    job *j = user;
    if (done > j->done) {
        if (j->o->net.graph) mlp_forget(j->net);
        j->rate = row->flops_per_second;
        j->behind += row->multiplier;
        j->ahead -= row->multiplier;
    }
    j->done = done;
    j->total = total;
    j->multiplier = row->multiplier;
    j->steps = 0;
    if (done < total) show_progress(j);
}

static bool append(job *j, const char *text) {
    size_t have = j->text ? strlen(j->text) : 0, more = strlen(text);
    char *grown = realloc(j->text, have + more + 1);
    if (!grown) return cli_fail(CLI_FAILED, "profile", "out of memory"), false;
    memcpy(grown + have, text, more + 1);
    j->text = grown;
    return true;
}

/* The record's own fields hold unless an option on the command line says otherwise. */
static fm_profile_options options_for(const profile_options *o, const fm_profile_options *record) {
    static const int batch[] = {0};
    fm_profile_options options = FM_PROFILE_OPTIONS_INIT;
    if (record) {
        options = *record;
    } else {
        options.name = "mlp";
        options.var_name = "x";
        options.scale_dims = batch;
        options.nscale_dims = 1;
    }
    if (o->multipliers) {
        options.size_multipliers = o->multipliers;
        options.nmultipliers = o->nmultipliers;
    }
    if (o->dims_given) {
        options.scale_dims = o->all_dims ? NULL : o->dims;
        options.nscale_dims = o->ndims;
    }
    options.repeats = o->repeats;
    options.seed = (uint64_t)o->net.seed;
    return options;
}

static void start_progress(job *j, const fm_profile_options *options) {
    static const double usual = 0.1 + 0.3 + 0.5 + 0.9 + 1 + 1.1 + 2 + 3 + 10;
    j->done = 0;
    const double *multipliers = options->size_multipliers;
    j->ahead = multipliers ? 0 : usual;
    for (int i = 0; multipliers && i < options->nmultipliers; i++) j->ahead += multipliers[i];
    j->behind = 0;
    j->rate = 0;
    j->started = cli_seconds();
}

/* False: it is not kept. */
static bool keep_profile(job *j, fm_profile *profile) {
    fm_profile **kept = realloc(j->profiles, (size_t)(j->nprofiles + 1) * sizeof(fm_profile *));
    if (!kept) return false;
    j->profiles = kept;
    kept[j->nprofiles++] = profile;
    return true;
}

static fm_status add_profiles(void *user, fm_summary *summary) {
    job *j = user;
    fm_status status = FM_OK;
    for (int i = 0; i < j->nprofiles && status == FM_OK; i++)
        status = fm_report_add_profile(summary, j->profiles[i]);
    return status;
}

/* Runs one profile and appends its text; its status, or CLI_USAGE where it cannot be opened. */
static int run_one(job *j, const fm_profile_options *record) {
    fm_profile_options options = options_for(j->o, record);
    fm_profile *profile;
    char *text;
    if (fm_profile_open(j->ctx, &options, &profile) != FM_OK)
        return cli_fail(CLI_USAGE, "profile", "%s%s%s%s", record ? "--config: " : "",
                        record ? j->o->config : "", record ? ": " : "", fm_context_message(j->ctx));
    fm_profile_set_peak(profile, j->peak);
    fm_profile_set_sample_axis(profile, 0);
    start_progress(j, &options);
    fm_status status = fm_profile_run(profile, step, set_up, on_progress, j);
    cli_progress_clear();
    int result = status == FM_OK                ? CLI_OK
                 : status == FM_ERR_INTERRUPTED ? CLI_INTERRUPTED
                                                : CLI_FAILED;
    if (fm_profile_render(profile, j->o->format, &text) == FM_OK) {
        if (!append(j, text)) result = CLI_FAILED;
        fm_free(text);
    } else {
        result = cli_fail(CLI_FAILED, "profile", "%s", fm_context_message(j->ctx));
    }
    if (!network_reports(&j->o->net) || !keep_profile(j, profile)) fm_profile_close(profile);
    return result;
}

/* Each record in turn; several JSON objects become a list. */
static int run_config(job *j) {
    fm_profile_config *config;
    int worst = CLI_OK;
    if (fm_profile_config_load(j->ctx, j->o->config, &config) != FM_OK)
        return cli_fail(CLI_USAGE, "profile", "--config: %s", fm_context_message(j->ctx));
    int count = fm_profile_config_count(config);
    bool list = count > 1 && j->o->format == FM_PROFILE_JSON;
    if (list) append(j, "[\n");
    for (int i = 0; i < count && worst != CLI_INTERRUPTED && worst != CLI_USAGE; i++) {
        if (i > 0) append(j, list ? ",\n" : "\n");
        int status = run_one(j, fm_profile_config_at(config, i));
        worst = status > worst ? status : worst;
    }
    if (list) append(j, "]\n");
    fm_profile_config_release(config);
    return worst;
}

/* The first samples of the data, again from the start where the batch is larger, registered as x.
 */
static fm_status make_batch(job *j, const fm_dataset *data) {
    int64_t n = j->o->net.batch, shape[2] = {n, data->d};
    int64_t bytes;
    if (__builtin_mul_overflow(n * (int64_t)sizeof(float), data->d, &bytes)) return FM_ERR_OVERFLOW;
    size_t row = (size_t)data->d * sizeof(float);
    float *values = malloc((size_t)bytes);
    if (!values) return FM_ERR_MEMORY;
    for (int64_t i = 0; i < n; i++)
        memcpy(values + i * data->d, data->features + i % data->n * data->d, row);
    fm_status status = fm_tensor_from_host(j->ctx, FM_FLOAT32, 2, shape, values, &j->x);
    free(values);
    return status == FM_OK ? fm_tensor_register(j->ctx, "x", j->x) : status;
}

/* The report after the rows, where one was asked for and the format has a place for it. */
static int add_report(job *j) {
    static const network_form forms[] = {[FM_PROFILE_TABLE] = NETWORK_SHOWN_TEXT,
                                         [FM_PROFILE_JSON] = NETWORK_SHOWN_JSON,
                                         [FM_PROFILE_CSV] = NETWORK_SHOWN_NOT};
    network_form form = network_reports(&j->o->net) ? forms[j->o->format] : NETWORK_SHOWN_NOT;
    char *shown;
    int result = network_report(&j->o->net, j->ctx, form, add_profiles, j, &shown);
    if (!shown) return result;
    if (form == NETWORK_SHOWN_TEXT) {
        if (!append(j, "\n") || !append(j, shown)) result = CLI_FAILED;
    } else {
        char *joined = network_join(j->text, shown);
        if (joined) {
            free(j->text);
            j->text = joined;
        } else {
            result = cli_fail(CLI_FAILED, "profile", "out of memory");
        }
    }
    fm_free(shown);
    return result;
}

static int run_profiles(job *j, const fm_dataset *data) {
    fm_status status = make_batch(j, data);
    if (status != FM_OK)
        return cli_fail(CLI_USAGE, "profile", "--batch: %lld samples of %lld features: %s",
                        (long long)j->o->net.batch, (long long)data->d, fm_status_text(status));
    if (!(j->net = network_make(&j->o->net, j->ctx))) return CLI_FAILED;
    cli_catch_interrupt();
    j->peak = profile_peak(j->ctx);
    if (!network_watch(&j->o->net, j->ctx)) return CLI_USAGE;
    int result = j->o->config ? run_config(j) : run_one(j, NULL);
    if (!j->text || result == CLI_USAGE) return result;
    int reported = add_report(j);
    if (reported > result) result = reported;
    /* A file is replaced by whole results alone. */
    const char *path = result == CLI_INTERRUPTED ? NULL : j->o->net.output;
    int printed = cli_emit("profile", path, j->text);
    return printed > result ? printed : result;
}

int profile_run(profile_options *o) {
    job j = {.o = o};
    fm_dataset data;
    fm_budget *budget;
    fm_io io;
    fm_io_init(&io);
    if (!network_load(&o->net, o->net.batch, &data)) return CLI_USAGE;
    int result = CLI_USAGE;
    if (network_open(&o->net, &j.ctx, &budget)) {
        j.classes = o->net.widths[o->net.nwidths - 1];
        result = run_profiles(&j, &data);
        for (int i = 0; i < j.nprofiles; i++) fm_profile_close(j.profiles[i]);
        free(j.profiles);
        mlp_close(j.net);
        fm_tensor_release(j.x);
        fm_tensor_release(j.labels);
        network_close(j.ctx, budget);
    }
    fm_dataset_close(&io, &data);
    free(j.text);
    return result;
}
