/* The context's random stream: seeding it, its state as a value, generators beside it. */
#include "ops/sample.h"
#include "core/element.h"
#include "scalar/seed.h"

#include <flopmeter/random.h>
#include <math.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static bool is_sequence(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
}

/* A seed that nobody chose. */
static uint64_t any_seed(void) {
    uint64_t seed;
    struct timespec now;
    if (getrandom(&seed, sizeof seed, 0) == (ssize_t)sizeof seed) return seed;
    clock_gettime(CLOCK_REALTIME, &now);
    return fm_seed_join((uint64_t)now.tv_sec, (uint64_t)now.tv_nsec);
}

/* What a seed must be: RandomState's of 32 bits, default_rng's of any size. */
typedef struct entropy {
    fm_program *p;
    bool legacy;
    uint64_t joined; /* of the numbers seen */
    uint64_t last;
    int64_t seen;
} entropy;

static void take_number(entropy *e, fm_scalar x) {
    char kind = fm_dtype_kind(x.dtype);
    if (kind == 'f' || kind == 'c')
        fm_program_fail(e->p, FM_ERR_DTYPE, 1, "a seed is an integer or a list of integers");
    else if (kind != 'u' && x.value.i < 0)
        fm_program_fail(e->p, FM_ERR_ARGUMENT, 1, "seed %lld is negative", (long long)x.value.i);
    else if (e->legacy && x.value.u > UINT32_MAX)
        fm_program_fail(e->p, FM_ERR_ARGUMENT, 1, "seed %llu, but it is at most 2^32 - 1",
                        (unsigned long long)x.value.u);
    e->last = x.value.u;
    e->joined = fm_seed_join(e->joined, x.value.u);
    e->seen++;
}

static void take_tensor(entropy *e, const fm_value *value) {
    const fm_tensor *tensor = fm_program_as_tensor(e->p, value);
    if (!tensor) return;
    const fm_layout *layout = tensor->layout;
    size_t width = fm_dtype_size(layout->dtype);
    if (e->legacy && layout->ndim > 1)
        fm_program_fail(e->p, FM_ERR_SHAPE, 1, "the seed has %d dimensions, but at most 1",
                        layout->ndim);
    char *data = fm_program_memory(e->p, (size_t)layout->size * width);
    if (data) fm_program_read(e->p, tensor, data);
    for (int64_t i = 0; i < layout->size && e->p->status == FM_OK; i++)
        take_number(e, fm_scalar_load(layout->dtype, data + (size_t)i * width));
}

static void take(entropy *e, const fm_value *value, int depth) {
    switch (value->kind) {
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
    case FM_VALUE_FLOAT:
    case FM_VALUE_COMPLEX:
        take_number(e, fm_value_number(value));
        return;
    case FM_VALUE_TENSOR:
        take_tensor(e, value);
        return;
    case FM_VALUE_INTS:
        for (uint32_t i = 0; i < value->count; i++) take_number(e, fm_int(value->as.ints[i]));
        return;
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
        if (e->legacy && depth > 0)
            fm_program_fail(e->p, FM_ERR_SHAPE, 1, "the seed is a list of lists");
        for (uint32_t i = 0; i < value->count && e->p->status == FM_OK; i++)
            take(e, &value->as.items[i], depth + 1);
        return;
    default:
        fm_program_fail(e->p, FM_ERR_DTYPE, 1, "a seed is an integer or a list of integers");
    }
}

/* One integer is the seed itself, several are mixed. */
static uint64_t seed_of(fm_program *p, fm_value value, bool legacy) {
    entropy e = {.p = p, .legacy = legacy};
    if (fm_arg_absent(&value)) return any_seed();
    bool list = is_sequence(&value) || value.kind == FM_VALUE_INTS ||
                (value.kind == FM_VALUE_TENSOR && value.as.tensor->layout->ndim > 0);
    take(&e, &value, 0);
    if (p->status == FM_OK && legacy && e.seen == 0)
        fm_program_fail(p, FM_ERR_ARGUMENT, 1, "the seed is an empty list");
    return list ? fm_seed_join(e.joined, (uint64_t)e.seen) : e.last;
}

fm_status fm_run_seed(fm_program *p) {
    uint64_t seed = seed_of(p, fm_arg(p, 0), true);
    fm_program_set_generator(p, fm_default_rng(seed));
    fm_program_reply(p, V_NONE);
    return p->status;
}

static void reply_generator(fm_program *p, const fm_generator *generator) {
    fm_program_reply(p, (fm_value){.kind = FM_VALUE_GENERATOR, .as.generator = generator});
}

fm_status fm_run_default_rng(fm_program *p) {
    fm_value seed = fm_arg(p, 0);
    if (seed.kind == FM_VALUE_GENERATOR) {
        reply_generator(p, seed.as.generator);
        return p->status;
    }
    fm_generator generator = fm_default_rng(seed_of(p, seed, false));
    reply_generator(p, &generator);
    return p->status;
}

fm_status fm_run_bit_generator(fm_program *p) {
    fm_generator own = fm_program_generator(p);
    reply_generator(p, &own);
    return p->status;
}

fm_status fm_run_spawn(fm_program *p) {
    fm_value n = fm_arg(p, 0);
    double wanted = n.kind == FM_VALUE_FLOAT ? trunc(n.as.f) : (double)n.as.i;
    if (!(wanted <= 1e6))
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1, "%g children, but at most 1000000", wanted);
    if (wanted < 0) return fm_program_fail(p, FM_ERR_OVERFLOW, 1, "%g children", wanted);
    uint32_t count = (uint32_t)wanted;
    fm_generator own = fm_program_generator(p);
    fm_generator *children = fm_program_memory(p, count * sizeof *children);
    fm_value *items = fm_program_memory(p, count * sizeof *items);
    if (!children || !items) return p->status;
    fm_generator_spawn(&own, (int)count, children);
    for (uint32_t i = 0; i < count; i++)
        items[i] = (fm_value){.kind = FM_VALUE_GENERATOR, .as.generator = &children[i]};
    fm_program_set_generator(p, own);
    fm_program_reply(p, (fm_value){.kind = FM_VALUE_LIST, .count = count, .as.items = items});
    return p->status;
}

/* States have the form of NumPy's MT19937: a name, 624 words of which the first four are the seed
   and the position, and three numbers that say nothing here. */

enum { WORDS = 624 };

static const char state_name[] = "Philox4x32-10";

static fm_value pair_key(const char *text) {
    return (fm_value){.kind = FM_VALUE_STRING, .as.string = text};
}

static fm_value dict(const fm_value *items, uint32_t count) {
    return (fm_value){.kind = FM_VALUE_DICT, .count = count, .as.items = items};
}

fm_status fm_run_get_state(fm_program *p) {
    const fm_generator own = fm_program_generator(p);
    const int64_t shape = WORDS;
    uint32_t words[WORDS] = {(uint32_t)own.seed, (uint32_t)(own.seed >> 32), (uint32_t)own.position,
                             (uint32_t)(own.position >> 32)};
    const fm_tensor *key = fm_program_from(p, FM_UINT32, 1, &shape, words);
    if (!key) return p->status;
    const fm_value tuple[] = {V_S(state_name), V_T(key), V_I(0), V_I(0), V_F(0)};
    const fm_value inner[] = {pair_key("key"), V_T(key), pair_key("pos"), V_I(0)};
    const fm_value outer[] = {
        pair_key("bit_generator"), V_S(state_name), pair_key("state"), dict(inner, 2),
        pair_key("has_gauss"),     V_I(0),          pair_key("gauss"), V_F(0)};
    fm_program_reply(p, fm_arg(p, 0).as.i ? V_TUPLE(tuple, 5) : dict(outer, 4));
    return p->status;
}

static const fm_value *item_of(const fm_value *dictionary, const char *key) {
    for (uint32_t i = 0; dictionary && i < dictionary->count; i++)
        if (!strcmp(dictionary->as.items[2 * i].as.string, key))
            return &dictionary->as.items[2 * i + 1];
    return NULL;
}

static fm_status bad_state(fm_program *p, fm_status status, const char *text) {
    return fm_program_fail(p, status, 1, "%s", text);
}

/* The state's name, words and position in either form. */
static fm_status open_state(fm_program *p, const fm_value *state, const fm_value **name,
                            const fm_value **key, const fm_value **position) {
    if (state->kind == FM_VALUE_DICT) {
        const fm_value *inner = item_of(state, "state");
        if (inner && inner->kind != FM_VALUE_DICT) inner = NULL;
        *name = item_of(state, "bit_generator");
        *key = item_of(inner, "key");
        *position = item_of(inner, "pos");
        if (*name && *key && *position) return FM_OK;
        return bad_state(p, FM_ERR_ARGUMENT, "the state's dict is not valid");
    }
    if (!is_sequence(state)) return bad_state(p, FM_ERR_DTYPE, "a state is a tuple or a dict");
    if (state->count < 3) return bad_state(p, FM_ERR_ARGUMENT, "the state has too few values");
    *name = &state->as.items[0];
    *key = &state->as.items[1];
    *position = &state->as.items[2];
    return FM_OK;
}

fm_status fm_run_set_state(fm_program *p) {
    const fm_value state = fm_arg(p, 0), *name = NULL, *key = NULL, *position = NULL;
    if (open_state(p, &state, &name, &key, &position) != FM_OK) return p->status;
    bool text = name->kind == FM_VALUE_STRING;
    bool own = text && !strcmp(name->as.string, state_name);
    if (!own && !(text && !strcmp(name->as.string, "MT19937")))
        return bad_state(p, FM_ERR_ARGUMENT, "the state is neither Philox4x32-10's nor MT19937's");
    entropy words = {.p = p, .legacy = true};
    int64_t at = fm_arg_int(position, 0);
    uint32_t first[4] = {0};
    if (key->kind == FM_VALUE_TENSOR) {
        fm_tensor *four = FM_DO(p, "astype", *key, V_D(FM_UINT32));
        uint32_t *all = four ? fm_program_memory(p, fm_tensor_nbytes(four)) : NULL;
        if (all) fm_program_read(p, four, all);
        for (int64_t i = 0; all && i < four->layout->size && i < 4; i++) first[i] = all[i];
    }
    take(&words, key, 0);
    if (p->status == FM_OK && words.seen < WORDS)
        return fm_program_raise(p, FM_ERR_ARGUMENT, "IndexError", 1,
                                "the state has %lld words, but 624 are needed",
                                (long long)words.seen);
    fm_generator generator = fm_default_rng(fm_seed_join(words.joined, (uint64_t)at));
    if (own) {
        generator.seed = (uint64_t)first[1] << 32 | first[0];
        generator.position = (uint64_t)first[3] << 32 | first[2];
    }
    fm_program_set_generator(p, generator);
    fm_program_reply(p, V_NONE);
    return p->status;
}
