/* Generators as values of the caller's, and what programs ask of the context's stream. */
#include "call/program.h"
#include "scalar/seed.h"

#include <flopmeter/random.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

fm_generator fm_default_rng(uint64_t seed) {
    return (fm_generator){.seed = seed};
}

fm_generator fm_default_rng_of(const uint64_t *words, size_t count) {
    uint64_t seed = count;
    for (size_t i = 0; i < count; i++) seed = fm_seed_join(seed, words[i]);
    return (fm_generator){.seed = seed};
}

void fm_generator_spawn(fm_generator *generator, int n, fm_generator *children) {
    for (int i = 0; i < n; i++)
        children[i] = (fm_generator){.seed = fm_seed_child(generator->seed, generator->spawned++)};
}

fm_generator fm_context_generator(const fm_context *ctx) {
    return (fm_generator){ctx->seed, ctx->offset, ctx->spawned};
}

void fm_context_set_generator(fm_context *ctx, fm_generator generator) {
    ctx->seed = generator.seed;
    ctx->offset = generator.position;
    ctx->spawned = generator.spawned;
}

fm_status fm_generator_call(fm_context *ctx, fm_generator *generator, const char *method,
                            const fm_argument *arguments, size_t narguments, fm_reply **reply) {
    char name[64];
    fm_generator own = fm_context_generator(ctx);
    if (ctx->capture)
        return fm_fail_op(&ctx->error, FM_ERR_STATE, method, 0,
                          "it is captured, and a graph draws from the context's own random stream "
                          "alone");
    snprintf(name, sizeof name, "random.Generator.%.40s", method);
    fm_context_set_generator(ctx, *generator);
    fm_status status = fm_call_reply(ctx, name, arguments, narguments, reply);
    if (status == FM_OK) *generator = fm_context_generator(ctx);
    fm_context_set_generator(ctx, own);
    return status;
}

uint64_t fm_program_draw(fm_program *p, uint64_t words, uint64_t *seed) {
    uint64_t at = p->ctx->offset;
    *seed = p->ctx->seed;
    if (p->status == FM_OK && p->ctx->capture)
        fm_program_fail(p, FM_ERR_STATE, 0, "its numbers are drawn on the host, not under capture");
    p->ctx->offset += words;
    return at;
}

fm_generator fm_program_generator(const fm_program *p) {
    return fm_context_generator(p->ctx);
}

void fm_program_set_generator(fm_program *p, fm_generator generator) {
    if (p->status == FM_OK) fm_context_set_generator(p->ctx, generator);
}

void fm_program_warn(fm_program *p, const char *format, ...) {
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fm_context_log(p->ctx, FM_LOG_WARNING, "%s: %s", p->row->name, text);
}
