/* Partitions of long lines, whose ranks are found from a sample: of values in no order, in order,
   few, and as often as the sample is taken. */
#include "asking.h"

enum { N = 150000 };

static double value_of(int kind, int i) {
    uint32_t mixed = (uint32_t)i * 2654435761u ^ (uint32_t)i >> 7;
    switch (kind) {
    case 0:
        return (double)mixed;
    case 1:
        return i;
    case 2:
        return mixed % 3;
    case 3:
        return i % (N / 4096) == 0 ? -1.0 - i : i;
    default:
        return 1;
    }
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Places before, at and behind each rank are those of its value, each side in the order of places.
 */
static void check(const double *x, const double *sorted, int64_t kth, const int64_t *order) {
    static char seen[N];
    memset(seen, 0, sizeof seen);
    double value = sorted[kth];
    int before = -1;
    assert_true(x[order[kth]] == value);
    for (int i = 0; i < N; i++) {
        assert_true(order[i] >= 0 && order[i] < N && !seen[order[i]]);
        seen[order[i]] = 1;
        double here = x[order[i]];
        int side = here < value ? 0 : here > value ? 2 : 1;
        assert_true(i < kth ? side <= 1 : side >= 1);
        assert_true(side >= before);
        if (side == before) assert_true(order[i] > order[i - 1]);
        before = side;
    }
}

static void ranks_are_in_their_places(void **state) {
    static const int64_t ranks[] = {0, 1, 77, N / 2, N - 1};
    static double x[N], sorted[N];
    const int64_t n = N;
    (void)state;
    for (int kind = 0; kind < 5; kind++) {
        fm_tensor *line = NULL;
        for (int i = 0; i < N; i++) x[i] = sorted[i] = value_of(kind, i);
        qsort(sorted, N, sizeof *sorted, rising);
        assert_int_equal(fm_tensor_from_host(ctx, FM_FLOAT64, 1, &n, x, &line), FM_OK);
        for (size_t k = 0; k < sizeof ranks / sizeof *ranks; k++) {
            fm_tensor *order = NULL;
            ask("argpartition", &order, 2, tensor(line), integer(ranks[k]));
            check(x, sorted, ranks[k], fm_tensor_data(order));
            fm_tensor_release(order);
        }
        fm_tensor_release(line);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ranks_are_in_their_places)};
    return cmocka_run_group_tests(tests, open_context, close_context);
}
