/* The rows of all families joined, and the lookup of a row by its name. */
#include "ops/row.h"

#include <pthread.h>
#include <string.h>

static const fm_row_table *const tables[FM_FAMILY_COUNT] = {
    [FM_FAMILY_VIEW] = &fm_rows_view,
    [FM_FAMILY_UNARY] = &fm_rows_unary,
    [FM_FAMILY_BINARY] = &fm_rows_binary,
    [FM_FAMILY_TERNARY] = &fm_rows_ternary,
    [FM_FAMILY_CAST] = &fm_rows_cast,
    [FM_FAMILY_FILL] = &fm_rows_fill,
    [FM_FAMILY_REDUCE] = &fm_rows_reduce,
    [FM_FAMILY_CONTRACT] = &fm_rows_contract,
    [FM_FAMILY_CONCAT] = &fm_rows_concat,
    [FM_FAMILY_RANDOM] = &fm_rows_random,
    [FM_FAMILY_NN] = &fm_rows_nn,
    [FM_FAMILY_SCAN] = &fm_rows_scan,
    [FM_FAMILY_SORT] = &fm_rows_sort,
    [FM_FAMILY_INDEX] = &fm_rows_index,
    [FM_FAMILY_LINALG] = &fm_rows_linalg,
    [FM_FAMILY_FFT] = &fm_rows_fft,
    [FM_FAMILY_SIGNAL] = &fm_rows_signal,
    [FM_FAMILY_SAMPLE] = &fm_rows_sample,
    [FM_FAMILY_SPECIAL] = &fm_rows_special,
    [FM_FAMILY_EXTRA] = &fm_rows_extra,
    [FM_FAMILY_SHAPING] = &fm_rows_shaping,
    [FM_FAMILY_STATISTICS] = &fm_rows_statistics,
    [FM_FAMILY_POLYNOMIAL] = &fm_rows_polynomial,
    [FM_FAMILY_QUERY] = &fm_rows_query,
    [FM_FAMILY_FUNCTION] = &fm_rows_function,
    [FM_FAMILY_SYMMETRY] = &fm_rows_symmetry,
};

enum { SLOTS = 4096 }; /* a power of two, several times the number of rows */

static const fm_row *slots[SLOTS];
static pthread_once_t slots_filled = PTHREAD_ONCE_INIT;

/* FNV-1a. */
static uint32_t hash_name(const char *name) {
    uint32_t hash = 2166136261u;
    for (; *name != '\0'; name++) hash = (hash ^ (uint8_t)*name) * 16777619u;
    return hash;
}

static void fill_slots(void) {
    for (int family = 0; family < FM_FAMILY_COUNT; family++) {
        const fm_row_table *table = tables[family];
        for (int i = 0; table != NULL && i < table->count; i++) {
            uint32_t at = hash_name(table->rows[i].name) & (SLOTS - 1);
            while (slots[at] != NULL) at = (at + 1) & (SLOTS - 1);
            slots[at] = &table->rows[i];
        }
    }
}

const fm_row_table *fm_row_tables(int family) {
    static const fm_row_table none = {NULL, 0};
    if (family < 0 || family >= FM_FAMILY_COUNT || tables[family] == NULL) return &none;
    return tables[family];
}

const fm_row *fm_row_find(const char *name) {
    if (name == NULL) return NULL;
    pthread_once(&slots_filled, fill_slots);
    uint32_t at = hash_name(name) & (SLOTS - 1);
    for (; slots[at] != NULL; at = (at + 1) & (SLOTS - 1))
        if (strcmp(slots[at]->name, name) == 0) return slots[at];
    return NULL;
}
