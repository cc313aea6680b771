/* What the rows of samplers share: names, shapes, streams, costs. */
#include "ops/sample.h"

#include <string.h>

int fm_sample_param(const fm_row *row, const char *name) {
    for (int p = 0; p < row->nparams; p++)
        if (strcmp(row->params[p].name, name) == 0) return p;
    return -1;
}

const char *fm_sample_method(const fm_row *row) {
    const char *dot = strrchr(row->name, '.');
    return dot ? dot + 1 : row->name;
}

bool fm_sample_is_generator(const fm_row *row) {
    static const char prefix[] = "random.Generator.";
    return strncmp(row->name, prefix, sizeof prefix - 1) == 0;
}

/* W: positions of the stream for draws of a fixed number of words. */
#define IS_WHOLE_D false
#define IS_WHOLE_L true
#define WORDS_F    2
#define WORDS_S    1
#define FM_SAMPLE(id, parameters_, element, draw)                                                  \
    [FM_SAMPLE_##id] = {#id, parameters_, IS_WHOLE_##element, WORDS_##draw, 0},
static const fm_distribution distributions[FM_SAMPLE_COUNT] = {
#include "ops/sample.def"
};
#undef FM_SAMPLE

const fm_distribution *fm_distribution_of(int which) {
    static const fm_distribution special[] = {
        {"wald", 2, false, 4, 0},
        {"logseries", 1, true, 4, 0},
        {"binomial", 2, true, 1, 1},
        {"hypergeometric", 3, true, 1, 7},
    };
    switch (which) {
    case FM_SAMPLE_wald:
        return &special[0];
    case FM_SAMPLE_logseries:
        return &special[1];
    case FM_SAMPLE_binomial:
        return &special[2];
    case FM_SAMPLE_hypergeometric:
        return &special[3];
    default:
        return &distributions[which];
    }
}

int fm_sample_which(const fm_row *row) {
    const char *method = fm_sample_method(row);
    if (!strcmp(method, "standard_exponential")) return FM_SAMPLE_exponential;
    if (!strcmp(method, "standard_gamma")) return FM_SAMPLE_gamma;
    for (int which = 0; which < FM_SAMPLE_COUNT; which++)
        if (!strcmp(method, distributions[which].name)) return which;
    return FM_SAMPLE_COUNT;
}

fm_status fm_sample_size(const fm_bound *bound, bool *given, int *ndim, int64_t *shape,
                         fm_error *error) {
    int size = fm_sample_param(bound->row, "size");
    *given = size >= 0 && !fm_arg_absent(&bound->values[size]);
    *ndim = 0;
    return *given ? fm_arg_shape(bound, size, false, ndim, shape, error) : FM_OK;
}

bool fm_sample_broadcast(int *ndim, int64_t *shape, int other_ndim, const int64_t *other) {
    int wide = *ndim > other_ndim ? *ndim : other_ndim;
    for (int d = 1; d <= wide; d++) {
        int64_t mine = d <= *ndim ? shape[*ndim - d] : 1;
        int64_t theirs = d <= other_ndim ? other[other_ndim - d] : 1;
        if (mine != theirs && mine != 1 && theirs != 1) return false;
    }
    if (wide > *ndim) {
        memmove(shape + (wide - *ndim), shape, (size_t)*ndim * sizeof *shape);
        for (int d = 0; d < wide - *ndim; d++) shape[d] = 1;
        *ndim = wide;
    }
    for (int d = 1; d <= other_ndim; d++)
        if (shape[wide - d] == 1) shape[wide - d] = other[other_ndim - d];
    return true;
}

fm_status fm_sample_output(const fm_bound *bound, fm_resolved *r, fm_dtype dtype, int ndim,
                           const int64_t *shape, fm_error *error) {
    int64_t wanted[FM_MAX_NDIM], joined[FM_MAX_NDIM];
    int wanted_ndim;
    bool given;
    char a[160], b[160];
    FM_TRY(fm_sample_size(bound, &given, &wanted_ndim, wanted, error));
    if (!given) {
        fm_output_set(r, 0, dtype, ndim, shape);
        return FM_OK;
    }
    int joined_ndim = wanted_ndim;
    memcpy(joined, wanted, (size_t)wanted_ndim * sizeof *wanted);
    bool fits = fm_sample_broadcast(&joined_ndim, joined, ndim, shape) &&
                joined_ndim == wanted_ndim &&
                !memcmp(joined, wanted, (size_t)wanted_ndim * sizeof *wanted);
    if (!fits)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name,
                          fm_sample_param(bound->row, "size") + 1,
                          "size %s, to which the parameters' shape %s does not broadcast",
                          fm_shape_format(wanted_ndim, wanted, a, sizeof a),
                          fm_shape_format(ndim, shape, b, sizeof b));
    fm_output_set(r, 0, dtype, wanted_ndim, wanted);
    return FM_OK;
}

fm_status fm_sample_consume(const fm_bound *bound, fm_resolved *r, int each, fm_error *error) {
    fm_u128 words;
    if (!fm_u128_extents(r->out[0].ndim, r->out[0].shape, &words) ||
        !fm_u128_mul(words, (fm_u128)each, &words) || words > INT64_MAX)
        return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 0,
                          "the sample would exceed 2^63 - 1 random words");
    r->random_words = (uint64_t)words;
    r->params.sample.words = each;
    return FM_OK;
}

fm_status fm_cost_sampled(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    fm_status status =
        fm_cost_elementwise(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}
