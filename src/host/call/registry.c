/* Tensors registered in a context under a name. */
#include "call/context.h"
#include "core/alloc.h"

#include <stdio.h>
#include <string.h>

static fm_named_tensor *find(const fm_context *ctx, const char *name) {
    for (size_t i = 0; i < ctx->nnames; i++)
        if (!strcmp(ctx->names[i].name, name)) return &ctx->names[i];
    return NULL;
}

static void remove_name(fm_context *ctx, fm_named_tensor *entry) {
    fm_tensor_release(entry->tensor);
    fm_free_block(entry->name);
    *entry = ctx->names[--ctx->nnames];
}

static fm_status append(fm_context *ctx, const char *name, fm_tensor *tensor) {
    size_t bytes = ctx->nnames * sizeof *ctx->names;
    char *copy = fm_strdup(name);
    fm_named_tensor *names =
        copy ? fm_realloc(ctx->names, bytes, bytes + sizeof *ctx->names) : NULL;
    if (!names) {
        fm_free_block(copy);
        return fm_fail(&ctx->error, FM_ERR_MEMORY, "no memory for the name '%s'", name);
    }
    ctx->names = names;
    names[ctx->nnames++] = (fm_named_tensor){copy, fm_tensor_retain(tensor)};
    return FM_OK;
}

fm_status fm_tensor_register(fm_context *ctx, const char *name, fm_tensor *tensor) {
    FM_CHECK(name && *name, &ctx->error, FM_ERR_ARGUMENT, "a tensor's name must not be empty");
    fm_named_tensor *entry = find(ctx, name);
    if (!tensor) {
        if (entry) remove_name(ctx, entry);
        return FM_OK;
    }
    if (!entry) return append(ctx, name, tensor);
    fm_tensor_retain(tensor);
    fm_tensor_release(entry->tensor);
    entry->tensor = tensor;
    return FM_OK;
}

fm_tensor *fm_tensor_find(fm_context *ctx, const char *name) {
    fm_named_tensor *entry = name ? find(ctx, name) : NULL;
    if (entry) return entry->tensor;
    char known[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < ctx->nnames && used < sizeof known; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                                 ctx->names[i].name);
    fm_fail(&ctx->error, FM_ERR_NOT_FOUND, "no tensor is registered as '%s'; known: %s",
            name ? name : "(null)", ctx->nnames ? known : "none");
    return NULL;
}
