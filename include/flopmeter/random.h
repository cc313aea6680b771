/* Generators: streams of random numbers beside the context's own, as NumPy's default_rng makes
   them.

   Every stream is Philox4x32-10 of a seed, read from a position on; the same seed and position give
   the same numbers on every device. A generator is a plain value: a copy of it draws the same
   numbers again. The context has one of its own, which fm_seed restarts. */
#ifndef FLOPMETER_RANDOM_H
#define FLOPMETER_RANDOM_H

#include <flopmeter/call.h>

FM_BEGIN_DECLS

typedef struct fm_generator {
    uint64_t seed;
    uint64_t position; /* words of 32 bits that were drawn */
    uint64_t spawned;  /* children that were made */
} fm_generator;

/* The beginning of the stream of a seed, as default_rng(seed). */
FM_API fm_generator fm_default_rng(uint64_t seed);

/* The same for a list of numbers, as default_rng([1, 2, 3]). */
FM_API fm_generator fm_default_rng_of(const uint64_t *words, size_t count);

/* n children, each a stream of its own; other calls of the same generator give other children. */
FM_API void fm_generator_spawn(fm_generator *generator, int n, fm_generator *children);

/* The context's own stream as it stands, and another in its place. */
FM_API fm_generator fm_context_generator(const fm_context *ctx);
FM_API void fm_context_set_generator(fm_context *ctx, fm_generator generator);

/* Calls a method of Generator by its name, such as "normal" or "integers", which draws from the
   generator and leaves the context's stream alone. For typed functions set the context's stream. */
FM_API FM_MUST_CHECK fm_status fm_generator_call(fm_context *ctx, fm_generator *generator,
                                                 const char *method, const fm_argument *arguments,
                                                 size_t narguments, fm_reply **reply);

FM_END_DECLS
#endif
