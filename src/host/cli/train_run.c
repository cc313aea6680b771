/* flopmeter train: epochs of shuffled mini-batches, what each came to, the summary at the end. */
#include "cli/train_run.h"
#include "io/json_out.h"
#include "meter/flops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A batch of the context: full ones, and the last of an epoch or of the held-out samples. */
typedef struct batch {
    fm_tensor *x, *labels;
} batch;

typedef struct epoch_result {
    int64_t number;
    double loss, accuracy, seconds;
    uint64_t flops, spent; /* of this epoch; since the start */
} epoch_result;

typedef struct job {
    train_options *o;
    fm_context *ctx;
    fm_budget *budget;
    mlp *net;
    double lr;              /* of the first epoch */
    fm_dataset train, held; /* parts of one data set: they share its memory */
    batch full, rest, test, test_rest;
    fm_tensor *classes; /* argmax of the held-out logits */
    int64_t *guesses;
    fm_io io;
    fm_io_buffer out;
    fm_json_writer json;
    FILE *live; /* where epochs are printed as they end; NULL: kept for the end */
    uint64_t used_before;
    fm_report_step *steps; /* one an epoch, for the report */
    size_t nsteps;
} job;

#define TRY(call)                                                                                  \
    do {                                                                                           \
        fm_status try_status_ = (call);                                                            \
        if (try_status_ != FM_OK) return try_status_;                                              \
    } while (0)

/* Samples from `at` on into the batch's tensors, which are made at the first use. */
static fm_status fill_batch(job *j, const fm_dataset *data, int64_t at, int64_t n, batch *b) {
    const int64_t shape[2] = {n, data->d};
    size_t bytes = (size_t)(n * data->d) * sizeof(float);
    if (!b->x) TRY(fm_tensor_create(j->ctx, FM_FLOAT32, 2, shape, &b->x));
    if (!b->labels) TRY(fm_tensor_create(j->ctx, FM_INT64, 1, shape, &b->labels));
    TRY(fm_tensor_set_from_host(j->ctx, b->x, data->features + at * data->d, bytes));
    return fm_tensor_set_from_host(j->ctx, b->labels, data->labels + at,
                                   (size_t)n * sizeof(int64_t));
}

static fm_status train_epoch(job *j, double *loss) {
    int64_t size = j->o->net.batch, n = j->train.n;
    double sum = 0;
    for (int64_t at = 0; at < n; at += size) {
        int64_t count = n - at < size ? n - at : size;
        batch *b = count == size ? &j->full : &j->rest;
        double mean;
        if (cli_interrupted()) return FM_ERR_INTERRUPTED;
        TRY(fill_batch(j, &j->train, at, count, b));
        TRY(mlp_step(j->net, b->x, b->labels));
        TRY(mlp_loss(j->net, &mean));
        sum += mean * (double)count;
    }
    *loss = sum / (double)n;
    return FM_OK;
}

/* The share of held-out samples whose greatest logit is that of their label. */
static fm_status evaluate(job *j, double *accuracy) {
    const int64_t last = 1;
    fm_argmax_options options = {.size = sizeof options, .axis = FM_OPT_INTS(1, &last)};
    int64_t size = 1024, n = j->held.n, right = 0;
    for (int64_t at = 0; at < n; at += size) {
        int64_t count = n - at < size ? n - at : size;
        batch *b = count == size ? &j->test : &j->test_rest;
        TRY(fill_batch(j, &j->held, at, count, b));
        TRY(mlp_forward(j->net, b->x));
        TRY(fm_argmax(j->ctx, mlp_logits(j->net), &options, &j->classes));
        TRY(fm_tensor_to_host(j->ctx, j->classes, j->guesses, (size_t)count * sizeof(int64_t)));
        for (int64_t i = 0; i < count; i++) right += j->guesses[i] == j->held.labels[at + i];
    }
    *accuracy = (double)right / (double)n;
    return FM_OK;
}

/* Runs a part of an epoch in a namespace of its own. */
static fm_status in_namespace(job *j, const char *name, fm_status (*part)(job *, double *),
                              double *result) {
    TRY(fm_namespace_push(j->ctx, name, 0));
    fm_status status = part(j, result);
    fm_status popped = fm_namespace_pop(j->ctx);
    return status == FM_OK ? popped : status;
}

static uint64_t spent(const job *j) {
    return fm_budget_used(fm_context_budget(j->ctx)) - j->used_before;
}

static fm_status run_epoch(job *j, epoch_result *r) {
    double start = cli_seconds();
    uint64_t before = spent(j);
    fm_dataset_shuffle(&j->train, (uint64_t)j->o->net.seed + (uint64_t)r->number);
    TRY(in_namespace(j, "train", train_epoch, &r->loss));
    r->seconds = cli_seconds() - start;
    r->flops = spent(j) - before;
    TRY(in_namespace(j, "evaluate", evaluate, &r->accuracy));
    r->spent = spent(j);
    return FM_OK;
}

static void put(job *j, const char *text) {
    if (j->live) {
        fputs(text, j->live);
        fflush(j->live);
    } else if (fm_io_buffer_append(&j->io, &j->out, text, strlen(text)) != FM_OK) {
        cli_fail(CLI_FAILED, "train", "%s", j->io.message);
    }
}

static void put_number(job *j, const char *key, double value) {
    fm_json_key(&j->json, key);
    fm_json_put_double(&j->json, value);
}

static void put_count(job *j, const char *key, uint64_t value) {
    fm_json_key(&j->json, key);
    fm_json_put_uint(&j->json, value);
}

static void put_text(job *j, const char *key, const char *text) {
    fm_json_key(&j->json, key);
    fm_json_put_string(&j->json, text);
}

static void put_heading(job *j) {
    char device[32], line[512], layers[160] = "";
    size_t used = 0;
    const network_options *o = &j->o->net;
    for (int i = 0; i < o->nwidths && used < sizeof layers; i++)
        used += (size_t)snprintf(layers + used, sizeof layers - used, "%s%lld", i ? "," : "",
                                 (long long)o->widths[i]);
    fm_device_format(fm_context_device(j->ctx), device, sizeof device);
    if (j->o->json) {
        fm_json_begin(&j->json, &j->io, &j->out, 2);
        fm_json_open_object(&j->json);
        put_count(j, "version", 1);
        put_text(j, "data", o->data);
        put_text(j, "layers", layers);
        put_text(j, "cost_model", fm_context_cost_model(j->ctx));
        put_text(j, "device", device);
        put_count(j, "samples", (uint64_t)j->train.n);
        put_count(j, "held_out", (uint64_t)j->held.n);
        fm_json_key(&j->json, "epochs");
        fm_json_open_list(&j->json);
        return;
    }
    snprintf(line, sizeof line,
             "Training %s on %s: %lld samples, %lld held out\n"
             "cost model  %s\ndevice      %s\n\n"
             "%6s  %9s  %9s  %15s  %18s  %9s\n",
             layers, o->data, (long long)j->train.n, (long long)j->held.n,
             fm_context_cost_model(j->ctx), device, "epoch", "loss", "accuracy", "FLOPs",
             "FLOPs spent", "GFLOP/s");
    put(j, line);
}

static void put_epoch(job *j, const epoch_result *r) {
    char line[256], flops[FM_FLOPS_TEXT], sum[FM_FLOPS_TEXT];
    double rate = r->seconds > 0 ? (double)r->flops / r->seconds : 0;
    if (j->o->json) {
        fm_json_open_object(&j->json);
        put_count(j, "epoch", (uint64_t)r->number);
        put_number(j, "loss", r->loss);
        put_number(j, "accuracy", r->accuracy);
        put_count(j, "flops", r->flops);
        put_count(j, "flops_spent", r->spent);
        put_number(j, "seconds", r->seconds);
        put_number(j, "flops_per_second", rate);
        fm_json_close_object(&j->json);
        return;
    }
    snprintf(line, sizeof line, "%6lld  %9.4f  %8.2f%%  %15s  %18s  %9.3f\n", (long long)r->number,
             r->loss, 100 * r->accuracy, fm_flops_format(r->flops, flops),
             fm_flops_format(r->spent, sum), rate / 1e9);
    put(j, line);
}

/* Why training ended before its last epoch. */
static void put_stop(job *j, fm_status status, int64_t epoch) {
    char line[768];
    const char *why = status == FM_ERR_INTERRUPTED ? "interrupted" : fm_context_message(j->ctx);
    if (j->o->json) return;
    snprintf(line, sizeof line, "\n%s in epoch %lld: %s\n",
             status == FM_ERR_BUDGET ? "The budget ended"
             : status == FM_ERR_TIME ? "The time limit was reached"
                                     : "Training stopped",
             (long long)epoch, why);
    put(j, line);
}

static const char *outcome(fm_status status) {
    return status == FM_OK ? "ok" : fm_status_name(status);
}

/* Closes the JSON object. */
static int put_outcome(job *j, fm_status status, const char *message) {
    if (!j->o->json) return CLI_OK;
    fm_json_close_list(&j->json);
    put_text(j, "status", outcome(status));
    put_text(j, "message", *message ? message : NULL);
    put_count(j, "flops_spent", spent(j));
    put_count(j, "limit", fm_budget_limit(fm_context_budget(j->ctx)));
    fm_json_close_object(&j->json);
    return fm_json_end(&j->json) == FM_OK ? CLI_OK : cli_fail(CLI_FAILED, "train", "out of memory");
}

/* For the report; without memory it has one step less. */
static void keep_step(job *j, const epoch_result *r) {
    fm_report_step *steps = realloc(j->steps, (j->nsteps + 1) * sizeof *steps);
    if (!steps) return;
    j->steps = steps;
    steps[j->nsteps++] = (fm_report_step){.size = sizeof *steps,
                                          .step = (uint64_t)r->number,
                                          .flops = r->flops,
                                          .used = r->spent,
                                          .seconds = r->seconds,
                                          .loss = r->loss,
                                          .accuracy = r->accuracy};
}

static fm_status add_steps(void *user, fm_summary *summary) {
    job *j = user;
    fm_status status = FM_OK;
    for (size_t i = 0; i < j->nsteps && status == FM_OK; i++)
        status = fm_report_add_step(summary, &j->steps[i]);
    return status;
}

static fm_status run_epochs(job *j, int64_t *epoch) {
    fm_seed(j->ctx, (uint64_t)j->o->net.seed);
    TRY(mlp_reset(j->net));
    for (*epoch = 1; *epoch <= j->o->net.epochs; ++*epoch) {
        epoch_result r = {.number = *epoch};
        mlp_set_lr(j->net, j->lr * (1 - (double)(*epoch - 1) / (double)j->o->net.epochs));
        TRY(run_epoch(j, &r));
        put_epoch(j, &r);
        keep_step(j, &r);
    }
    return FM_OK;
}

/* What is not printed yet, with the report among it. */
static int put_report(job *j, bool interrupted) {
    char *shown, *joined = NULL;
    network_form form = j->o->json ? NETWORK_SHOWN_JSON : NETWORK_SHOWN_TEXT;
    int result = network_report(&j->o->net, j->ctx, form, add_steps, j, &shown);
    if (shown && j->o->json) {
        joined = network_join((const char *)j->out.data, shown);
        if (!joined) result = cli_fail(CLI_FAILED, "train", "out of memory");
    } else if (shown) {
        put(j, "\n");
        put(j, shown);
    }
    fm_free(shown);
    if (j->live) return result;
    int printed = cli_emit("train", interrupted ? NULL : j->o->net.output,
                           joined ? joined : (const char *)j->out.data);
    free(joined);
    return printed > result ? printed : result;
}

static int train(job *j) {
    char message[512] = "";
    int64_t epoch = 0;
    cli_catch_interrupt();
    if (!network_watch(&j->o->net, j->ctx)) return CLI_USAGE;
    j->used_before = fm_budget_used(fm_context_budget(j->ctx));
    put_heading(j);
    fm_status status = run_epochs(j, &epoch);
    if (status != FM_OK) {
        snprintf(message, sizeof message, "%s", fm_context_message(j->ctx));
        put_stop(j, status, epoch);
    }
    int result = put_outcome(j, status, message);
    if (result != CLI_OK) return result;
    int printed = put_report(j, status == FM_ERR_INTERRUPTED);
    result = status == FM_OK ? CLI_OK : status == FM_ERR_INTERRUPTED ? CLI_INTERRUPTED : CLI_FAILED;
    return printed > result ? printed : result;
}

/* Shuffles, and parts the last fifth off; both parts point into the data. */
static bool split(job *j, fm_dataset *data) {
    int64_t held = data->n / 5;
    if (held < 1) {
        cli_fail(CLI_USAGE, "train", "--data: '%s' has %lld samples, at least 5 are needed",
                 j->o->net.data, (long long)data->n);
        return false;
    }
    fm_dataset_shuffle(data, (uint64_t)j->o->net.seed);
    j->train = j->held = *data;
    j->train.n = data->n - held;
    j->held.n = held;
    j->held.features = data->features + j->train.n * data->d;
    j->held.labels = data->labels + j->train.n;
    j->guesses = malloc(1024 * sizeof *j->guesses);
    return j->guesses || (cli_fail(CLI_FAILED, "train", "out of memory"), false);
}

static void release_batch(batch *b) {
    fm_tensor_release(b->x);
    fm_tensor_release(b->labels);
}

static void release_all(job *j) {
    mlp_close(j->net);
    release_batch(&j->full);
    release_batch(&j->rest);
    release_batch(&j->test);
    release_batch(&j->test_rest);
    fm_tensor_release(j->classes);
    network_close(j->ctx, j->budget);
}

/* Synthetic data have as many samples as MNIST's held-out half. */
enum { SYNTHETIC_SAMPLES = 10000 };

int train_run(train_options *o) {
    job j = {.o = o, .live = o->json || o->net.output ? NULL : stdout};
    fm_dataset data;
    int result = CLI_USAGE;
    fm_io_init(&j.io);
    if (!network_load(&o->net, SYNTHETIC_SAMPLES, &data)) return CLI_USAGE;
    if (split(&j, &data) && network_open(&o->net, &j.ctx, &j.budget)) {
        j.net = network_make(&o->net, j.ctx);
        j.lr = network_lr(&o->net);
        result = j.net ? train(&j) : CLI_FAILED;
        release_all(&j);
    }
    fm_io_buffer_close(&j.io, &j.out);
    fm_dataset_close(&j.io, &data);
    free(j.guesses);
    free(j.steps);
    return result;
}
