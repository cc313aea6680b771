/* Bits packed and unpacked in both orders, for lines of all lengths around those that are moved
   together. */
#include "asking.h"

static const int64_t lengths[] = {1, 7, 8, 9, 63, 64, 65, 127, 128, 200, 70001};

static void bits_come_back(void **state) {
    static uint8_t elements[70001];
    (void)state;
    for (size_t k = 0; k < 2 * sizeof lengths / sizeof *lengths; k++) {
        const int64_t n = lengths[k / 2], bytes = (n + 7) / 8;
        const bool little = k % 2;
        fm_tensor *line = NULL, *packed = NULL, *back = NULL;
        for (int64_t i = 0; i < n; i++) elements[i] = (uint32_t)i * 2654435761u >> 29 & 1;
        assert_int_equal(fm_tensor_from_host(ctx, FM_BOOL, 1, &n, elements, &line), FM_OK);
        const fm_value order = text(little ? "little" : "big"), axis = integer(0);
        ask("packbits", &packed, 3, tensor(line), axis, order);
        assert_int_equal(fm_tensor_size(packed), bytes);
        const uint8_t *byte = fm_tensor_data(packed);
        for (int64_t i = 0; i < 8 * bytes; i++) {
            int shift = (int)(little ? i % 8 : 7 - i % 8);
            assert_int_equal(byte[i / 8] >> shift & 1, i < n ? elements[i] : 0);
        }
        ask("unpackbits", &back, 4, tensor(packed), axis, integer(n), order);
        assert_memory_equal(fm_tensor_data(back), elements, (size_t)n);
        fm_tensor *held[] = {line, packed, back};
        for (int i = 0; i < 3; i++) fm_tensor_release(held[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(bits_come_back)};
    return cmocka_run_group_tests(tests, open_context, close_context);
}
