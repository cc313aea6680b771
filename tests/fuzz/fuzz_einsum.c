/* Subscripts of einsum: each text has a cost for operands of its terms' ranks, or an error that
   names einsum. The first byte gives the extents. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <flopmeter/flopmeter.h>

const char *const fuzz_seeds[] = {
    "1ij,jk->ik",    "2ii->i",      "3i,i->",       "4...ij,...jk->...ik",
    "5ij,jk,kl->il", "6ab...,b...", "7 i j , j k ", "8a,b,c,d->dcba",
    "9i...->...",    "0->",         NULL,
};

enum { MOST = 8 };

/* An operand for each term: an axis a letter, three for an ellipsis. Ends where one would have more
   elements than there can be. */
static int operands_of(fm_context *ctx, const char *text, int seed, fm_tensor **tensors) {
    int count = 0;
    while (count < MOST) {
        int64_t shape[FM_MAX_NDIM];
        int ndim = 0;
        for (; *text && *text != ',' && *text != '-' && ndim < FM_MAX_NDIM; text++)
            if (*text != ' ') shape[ndim++] = 1 + ((unsigned char)*text + seed) % 3;
        while (*text && *text != ',' && *text != '-') text++;
        fm_status status = fm_tensor_abstract(ctx, FM_FLOAT64, ndim, shape, &tensors[count]);
        if (status != FM_OK && status != FM_ERR_OVERFLOW) abort();
        if (status != FM_OK) break;
        count++;
        if (*text++ != ',') break;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static fm_context *ctx;
    fm_error error;
    if (!ctx) {
        fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
        options.device.kind = FM_CPU;
        if (fm_context_open(&options, &ctx, &error) != FM_OK) abort();
    }
    char text[256];
    if (size < 1 || size > sizeof text) return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = 0;
    fm_tensor *tensors[MOST];
    fm_argument arguments[MOST + 1] = {{.value = {.kind = FM_VALUE_STRING, .as.string = text}}};
    int count = operands_of(ctx, text, *data, tensors);
    for (int i = 0; i < count; i++)
        arguments[1 + i].value = (fm_value){.kind = FM_VALUE_TENSOR, .as.tensor = tensors[i]};
    fm_cost_answer answer;
    fm_status status = fm_call_cost(ctx, "einsum", arguments, (size_t)count + 1, &answer);
    if (status != FM_OK && !strstr(fm_context_message(ctx), "einsum")) abort();
    for (int i = 0; i < count; i++) fm_tensor_release(tensors[i]);
    return 0;
}
