/* Lines of `flopmeter call`: any text is answered by one line of JSON, and every budget is closed.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "cli/call.h"

const char *const fuzz_seeds[] = {
    "{\"id\": 1, \"op\": \"add\", \"args\": [[1, 2.5, true], {\"complex\": [0, 1]}]}",
    "{\"op\": \"sum\", \"args\": [{\"array\": {\"dtype\": \"float32\", \"shape\": [2, 3], "
    "\"data\": "
    "[1, -2, \"nan\", \"inf\", 0.5, 1e5]}}], \"kwargs\": {\"axis\": -1, \"keepdims\": true}}",
    "{\"op\": \"einsum\", \"args\": [\"ij,jk->ik\", [[1, 2]], {\"zeros\": {\"dtype\": \"int8\", "
    "\"shape\": [2, 3]}}]}",
    "{\"op\": \"concatenate\", \"args\": [[[1], {\"ref\": 0}]], \"kwargs\": {\"axis\": null}}",
    "{\"op\": \"exp\", \"args\": [{\"fill\": {\"dtype\": \"complex64\", \"shape\": [3], \"rule\": "
    "\"lcg\", \"seed\": 5}}], \"context\": {\"flop_budget\": 99, \"flop_multiplier\": 0.5}}",
    "{\"op\": \"getitem\", \"args\": [[[1, 2], [3, 4]], {\"tuple\": [{\"slice\": [0, null, -1]}, "
    "{\"ellipsis\": true}, {\"scalar\": {\"dtype\": \"int64\", \"value\": 1}}]}]}",
    "{\"op\": \"apply_along_axis\", \"args\": [{\"fn\": \"half_sum\"}, 0, [[1, 2], [3, 4]]]}",
    "{\"op\": \"accounting.svd_cost\", \"args\": [8, 9], \"kwargs\": {\"k\": 3}}",
    "{\"op\": \"budget.deduct\", \"args\": [\"exp\", 10]}",
    "{\"op\": \"astype\", \"args\": [{\"bytes\": \"00ff7f\"}, {\"type\": \"float16\"}]}",
    "{\"op\": \"multiply\", \"args\": [[1, 2], [3, 4]], \"kwargs\": {\"out\": {\"zeros\": "
    "{\"dtype\": \"float64\", \"shape\": [2, 2]}}, \"where\": [true, false], \"dtype\": \"<f4\", "
    "\"casting\": \"unsafe\"}}",
    "{\"op\": \"linalg.svd\", \"args\": [[[1, 2], [3, 4]]], \"kwargs\": {\"full_matrices\": "
    "false}}",
    "{\"op\": \"random.normal\", \"args\": [], \"kwargs\": {\"size\": {\"tuple\": [2, 3]}}}",
    "{\"op\": \"quantile\", \"args\": [[3, 1, 2], [0.25, 0.5]], \"kwargs\": {\"method\": "
    "\"hazen\"}}",
    NULL,
};

/* Whether a value stays small: what is asked for is then made in no time. */
static bool is_small(const call_json *json) {
    double product = 1;
    for (const call_json *one = json->kind >= CALL_LIST ? json->as.first : NULL; one;
         one = one->next) {
        if (!is_small(one)) return false;
        if (one->key && !strcmp(one->key, "npy")) return false;
        if (one->kind == CALL_INT && (one->as.i > 256 || one->as.i < -256)) return false;
        if (one->kind == CALL_UINT) return false;
        if (one->kind == CALL_FLOAT && !(one->as.f < 256 && one->as.f > -256)) return false;
        if (one->kind == CALL_INT && one->as.i > 1) product *= (double)one->as.i;
    }
    return product < 20000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static fm_context *ctx;
    static fm_io io;
    static fm_io_buffer out;
    fm_error error;
    if (!ctx) {
        fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
        options.device.kind = FM_CPU;
        options.timing = FM_TIMING_OFF;
        if (fm_context_open(&options, &ctx, &error) != FM_OK) abort();
        fm_io_init(&io);
    }
    char wrong[160];
    wire_memory memory = {0};
    const call_json *root = call_parse(&memory, (const char *)data, size, wrong, sizeof wrong);
    bool small = !root || is_small(root);
    wire_close(&memory);
    if (!small) return 0;
    fm_json_writer json;
    fm_json_begin(&json, &io, &out, 0);
    if (!call_answer(ctx, (const char *)data, size, 1, CALL_RESULTS_GOLDEN, &json)) abort();
    if (out.size < 2 || out.data[0] != '{' || out.data[out.size - 1] != '\n') abort();
    if (memchr(out.data, '\n', out.size - 1)) abort();
    if (!call_parse(&memory, (const char *)out.data, out.size, wrong, sizeof wrong)) abort();
    wire_close(&memory);
    if (!fm_budget_is_default(fm_context_budget(ctx))) abort();
    return 0;
}
