/* The golden inputs and results that make_elementwise.py wrote. */
#ifndef TESTS_OPS_GOLDEN_ELEMENTWISE_H
#define TESTS_OPS_GOLDEN_ELEMENTWISE_H

#include <flopmeter/dtype.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { GOLDEN_MOST = 4096 };

typedef struct golden_case {
    char op[24];
    fm_dtype dtype, result;
    int rows, columns;
    unsigned char *bytes;
} golden_case;

typedef struct golden {
    unsigned char *inputs[FM_DTYPE_COUNT][3]; /* sides u, a, b */
    int counts[FM_DTYPE_COUNT][3];
    golden_case cases[GOLDEN_MOST];
    int ncases;
} golden;

static inline unsigned char *golden_bytes(gzFile file, size_t bytes) {
    unsigned char *block = malloc(bytes + 1);
    if (block && gzread(file, block, (unsigned)bytes) == (int)bytes) return block;
    free(block);
    return NULL;
}

static inline bool golden_record(golden *g, gzFile file, const char *line) {
    char a[24], b[24], c[24];
    int n, m;
    if (sscanf(line, "input %23s %23s %d", a, b, &n) == 3) {
        fm_dtype dtype = fm_dtype_parse(a);
        int side = b[0] == 'u' ? 0 : b[0] == 'a' ? 1 : 2;
        g->counts[dtype][side] = n;
        g->inputs[dtype][side] = golden_bytes(file, (size_t)n * fm_dtype_size(dtype));
        return g->inputs[dtype][side] != NULL;
    }
    if (g->ncases == GOLDEN_MOST) return false;
    if (sscanf(line, "case %23s %23s %23s %d %d", a, b, c, &n, &m) != 5) return false;
    golden_case *one = &g->cases[g->ncases++];
    memcpy(one->op, a, sizeof one->op);
    one->dtype = fm_dtype_parse(b);
    one->result = fm_dtype_parse(c);
    one->rows = n;
    one->columns = m;
    one->bytes = golden_bytes(file, (size_t)n * (size_t)m * fm_dtype_size(one->result));
    return one->bytes != NULL;
}

static inline bool golden_read(golden *g, const char *path) {
    gzFile file = gzopen(path, "rb");
    char line[160];
    bool good = file != NULL;
    while (good && gzgets(file, line, sizeof line)) good = golden_record(g, file, line);
    if (file) gzclose(file);
    return good && g->ncases > 0;
}

static inline void golden_free(golden *g) {
    for (int i = 0; i < g->ncases; i++) free(g->cases[i].bytes);
    for (int d = 0; d < FM_DTYPE_COUNT; d++) {
        for (int side = 0; side < 3; side++) free(g->inputs[d][side]);
    }
}

#endif
