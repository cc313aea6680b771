/* Finding contraction paths: all expressions of tests/cost/data/paths.txt.gz, one after the other.
 */
#include "cost/path.h"

#include "timing.h"

#include <zlib.h>

enum { MOST = 1024 };

typedef struct paths {
    int count;
    fm_einsum *expression;
} paths;

static void find_all(void *user, long calls) {
    static const fm_path_options any = {.kind = FM_PATH_AUTO};
    const paths *p = user;
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    bool fits;
    for (long i = 0; i < calls; i++)
        for (int j = 0; j < p->count; j++)
            if (fm_path_find(&p->expression[j], &any, path, &fits) != FM_OK) exit(1);
}

/* Reads "ab,bc->ac" with extents "a=2,b=3"; false where it does not parse. */
static bool read_expression(const char *text, const char *extents, fm_einsum *e) {
    static int64_t dims[FM_EINSUM_OPERANDS][FM_EINSUM_NDIM];
    fm_extents shapes[FM_EINSUM_OPERANDS];
    int n = 0;
    for (const char *p = text;; p++) {
        shapes[n] = (fm_extents){0, dims[n]};
        for (; *p != '\0' && *p != ',' && *p != '-'; p++) {
            const char *at = extents;
            while (*at && (at[0] != *p || at[1] != '=')) at++;
            if (!*at) return false;
            dims[n][shapes[n].ndim++] = strtoll(at + 2, NULL, 10);
        }
        n++;
        if (*p != ',') break;
    }
    return fm_einsum_parse("einsum", text, n, shapes, e, NULL) == FM_OK;
}

int main(int argc, char **argv) {
    paths all = {0, calloc(MOST, sizeof *all.expression)};
    char line[2048], text[512], extents[1024];
    if (!bench_wanted(argc, argv, "path.examples")) return 0;
    gzFile file = gzopen(BENCH_PATHS, "rb");
    if (!file || !all.expression) {
        fprintf(stderr, "%s cannot be read\n", BENCH_PATHS);
        return 1;
    }
    while (all.count < MOST && gzgets(file, line, sizeof line))
        if (sscanf(line, "%511s %1023s", text, extents) == 2 &&
            read_expression(text, extents, &all.expression[all.count]))
            all.count++;
    gzclose(file);
    bench_run("path.examples", find_all, &all, 2.0);
    free(all.expression);
    return 0;
}
