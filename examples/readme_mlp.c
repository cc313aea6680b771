/* A multilayer perceptron under a budget: weights, a forward pass, and where the FLOPs went. The
   cost model is FLOPMETER_COST_MODEL's, else textbook. */
#include <flopmeter/flopmeter.h>
#include <stdio.h>

enum { DEPTH = 5 };

static const int64_t width = 256;

typedef struct network {
    fm_tensor *weights[DEPTH];
    fm_tensor *h;
} network;

#define TRY(call)                                                                                  \
    do {                                                                                           \
        fm_status status_ = (call);                                                                \
        if (status_ != FM_OK) return status_;                                                      \
    } while (0)

static fm_status randn(fm_context *ctx, int ndim, const int64_t *shape, fm_tensor **out) {
    fm_random_randn_options options = {.size = sizeof options};
    options.shape = (fm_opt_ints)FM_OPT_INTS(ndim, shape);
    return fm_random_randn(ctx, &options, out);
}

/* scale = sqrt(2 / width); each weight is randn(width, width) * scale. */
static fm_status make_weights(fm_context *ctx, network *net) {
    const int64_t square[2] = {width, width};
    fm_tensor *ratio = NULL, *scale = NULL;
    TRY(fm_tensor_scalar(ctx, fm_float(2.0 / (double)width), &ratio));
    fm_status status = fm_sqrt(ctx, ratio, &scale);
    for (int i = 0; i < DEPTH && status == FM_OK; i++) {
        status = randn(ctx, 2, square, &net->weights[i]);
        if (status == FM_OK) status = fm_multiply(ctx, net->weights[i], scale, &net->weights[i]);
    }
    fm_tensor_release(ratio);
    fm_tensor_release(scale);
    return status;
}

/* h = W h for each layer, and max(h, 0) after all but the last. */
static fm_status forward(fm_context *ctx, network *net) {
    TRY(randn(ctx, 1, &width, &net->h));
    for (int i = 0; i < DEPTH; i++) {
        const fm_tensor *operands[] = {net->weights[i], net->h};
        fm_tensor *next = NULL;
        TRY(fm_einsum(ctx, "ij,j->i", operands, 2, NULL, &next));
        fm_tensor_release(net->h);
        net->h = next;
        if (i + 1 < DEPTH) TRY(fm_maximum_scalar(ctx, net->h, fm_int(0), &net->h));
    }
    return FM_OK;
}

static fm_status print_summary(fm_context *ctx) {
    fm_summary *summary;
    char *text;
    TRY(fm_summary_of_context(ctx, &summary));
    fm_status status = fm_summary_render(summary, FM_SUMMARY_TEXT, &text);
    fm_summary_release(summary);
    if (status != FM_OK) return status;
    fputs(text, stdout);
    fm_free(text);
    return FM_OK;
}

static fm_status run(fm_context *ctx, network *net) {
    fm_budget *budget;
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    options.flops = 100000000;
    options.seconds = 5.0;
    TRY(fm_budget_open(ctx, &options, &budget));
    fm_budget_release(budget); /* the context keeps it until it closes */
    TRY(make_weights(ctx, net));
    TRY(forward(ctx, net));
    return print_summary(ctx);
}

int main(void) {
    fm_error error;
    fm_context *ctx;
    network net = {{NULL}, NULL};
    if (fm_context_open(NULL, &ctx, &error) != FM_OK) {
        fprintf(stderr, "readme_mlp: %s\n", error.message);
        return 1;
    }
    fm_status status = run(ctx, &net);
    if (status != FM_OK) fprintf(stderr, "readme_mlp: %s\n", fm_context_message(ctx));
    for (int i = 0; i < DEPTH; i++) fm_tensor_release(net.weights[i]);
    fm_tensor_release(net.h);
    fm_context_close(ctx);
    return status == FM_OK ? 0 : 1;
}
