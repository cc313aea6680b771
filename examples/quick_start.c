/* The README's first program: a budget, two counted operations, a refusal, and the summary. */
#include <flopmeter/flopmeter.h>
#include <stdio.h>

int main(void) {
    fm_context *ctx;
    fm_error error;
    if (fm_context_open(NULL, &ctx, &error) != FM_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    fm_budget *budget = NULL;
    fm_budget_options limit = FM_BUDGET_OPTIONS_INIT;
    limit.flops = 50 * 1000 * 1000;
    fm_status status = fm_budget_open(ctx, &limit, &budget);

    fm_random_randn_options square = {.size = sizeof square, .dtype = FM_FLOAT32};
    square.shape = (fm_opt_ints)FM_OPT_INTS(2, ((const int64_t[]){256, 256}));
    fm_tensor *a = NULL, *b = NULL;
    if (status == FM_OK) status = fm_random_randn(ctx, &square, &a);
    while (status == FM_OK) status = fm_matmul(ctx, a, a, &b); /* 33,554,432 FLOPs each */
    printf("%s\n\n", fm_context_message(ctx));

    fm_summary *summary;
    char *text;
    if (fm_summary_of_context(ctx, &summary) == FM_OK) {
        if (fm_summary_render(summary, FM_SUMMARY_TEXT, &text) == FM_OK) {
            fputs(text, stdout);
            fm_free(text);
        }
        fm_summary_release(summary);
    }
    fm_tensor_release(a);
    fm_tensor_release(b);
    fm_budget_release(budget);
    fm_context_close(ctx);
    return status == FM_ERR_BUDGET ? 0 : 1;
}
