/* Arenas: pieces of any size, each zeroed and apart, and each of them one that may fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/alloc.h"
#include "core/arena.h"

#ifdef __SANITIZE_ADDRESS__
enum { PIECES = 200, SHARES = 0 }; /* each piece is a block, so that its end is seen */
#else
enum { PIECES = 200, SHARES = 1 };
#endif

static size_t size_of(int i) {
    static const size_t sizes[] = {1, 0, 40, 511, 513, 3, 5000, 16, 70000, 24};
    return sizes[i % 10];
}

static void pieces_are_apart(void **state) {
    (void)state;
    fm_arena arena = {0};
    unsigned char *piece[PIECES];
    for (int i = 0; i < PIECES; i++) {
        piece[i] = fm_arena_get(&arena, size_of(i));
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % _Alignof(max_align_t), 0);
        for (size_t b = 0; b < size_of(i); b++) assert_int_equal(piece[i][b], 0);
        memset(piece[i], i + 1, size_of(i));
    }
    for (int i = 0; i < PIECES; i++)
        for (size_t b = 0; b < size_of(i); b++) assert_int_equal(piece[i][b], (i + 1) & 0xff);
    fm_arena_clear(&arena);
    assert_null(arena.blocks);
    assert_non_null(fm_arena_get(&arena, 8));
    fm_arena_clear(&arena);
}

/* A few blocks hold many pieces; a size for the first one is taken. */
static void small_pieces_share_blocks(void **state) {
    (void)state;
    fm_arena arena = {0}, given = {.next = 16384};
    uint64_t before = fm_alloc_count();
    for (int i = 0; i < 1000; i++) assert_non_null(fm_arena_get(&arena, 16));
    if (SHARES) assert_int_equal(fm_alloc_count() - before, 6);
    before = fm_alloc_count();
    for (int i = 0; i < 1000; i++) assert_non_null(fm_arena_get(&given, 16));
    if (SHARES) assert_int_equal(fm_alloc_count() - before, 1);
    fm_arena_clear(&arena);
    fm_arena_clear(&given);
}

static void every_piece_may_fail(void **state) {
    (void)state;
    int failed = 0;
    for (uint64_t nth = 1;; nth++) {
        fm_arena arena = {0};
        int got = 0;
        fm_alloc_fail_at(nth, 0);
        while (got < 50 && fm_arena_get(&arena, size_of(got)) != NULL) got++;
        fm_alloc_fail_at(0, 0);
        failed += got < 50;
        if (got < 50) assert_non_null(fm_arena_get(&arena, 100));
        fm_arena_clear(&arena);
        if (got == 50) break;
    }
    assert_true(failed >= 50);
    fm_arena arena = {0};
    assert_null(fm_arena_get(&arena, SIZE_MAX));
    fm_arena_clear(&arena);
}

/* Few tensors take no memory; more of them move, and each is given up once. */
static void tensors_are_kept(void **state) {
    (void)state;
    enum { KEPT = 3 * FM_ARENA_FEW };
    fm_arena arena = {0};
    fm_tensor tensors[KEPT];
    uint64_t before = fm_alloc_count();
    for (int i = 0; i < KEPT; i++) {
        memset(&tensors[i], 0, sizeof tensors[i]);
        atomic_init(&tensors[i].refs, 2);
        assert_true(fm_arena_keep(&arena, &tensors[i]));
        if (i < FM_ARENA_FEW) assert_int_equal(fm_alloc_count(), before);
    }
    assert_true(fm_alloc_count() > before);
    fm_arena_drop(&arena, &tensors[2]);
    assert_int_equal(atomic_load(&tensors[2].refs), 1);
    fm_arena_clear(&arena);
    for (int i = 0; i < KEPT; i++) assert_int_equal(atomic_load(&tensors[i].refs), 1);
    assert_int_equal(arena.ntensors, 0);
    assert_true(fm_arena_keep(&arena, NULL));
    fm_arena_clear(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_apart),
        cmocka_unit_test(small_pieces_share_blocks),
        cmocka_unit_test(every_piece_may_fail),
        cmocka_unit_test(tensors_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
