/* Handles by number: linear probing, entries moved back where one is taken away. */
#include "wire/handles.h"

#include <stdlib.h>

/* Numbers follow each other; the product spreads them over the places. */
static size_t home(const wire_handles *handles, uint64_t number) {
    return (size_t)(number * 0x9e3779b97f4a7c15u >> 20) & (handles->places - 1);
}

static size_t find(const wire_handles *handles, uint64_t number) {
    size_t at = home(handles, number);
    while (handles->entries[at].kept && handles->entries[at].number != number)
        at = (at + 1) & (handles->places - 1);
    return at;
}

static bool grow(wire_handles *handles) {
    wire_handles larger = *handles;
    larger.places = handles->places ? 2 * handles->places : 64;
    larger.entries = calloc(larger.places, sizeof *larger.entries);
    if (!larger.entries) return false;
    for (size_t i = 0; i < handles->places; i++)
        if (handles->entries[i].kept)
            larger.entries[find(&larger, handles->entries[i].number)] = handles->entries[i];
    free(handles->entries);
    *handles = larger;
    return true;
}

bool wire_handles_put(wire_handles *handles, void *kept, uint64_t *number) {
    if (2 * (handles->count + 1) > handles->places && !grow(handles)) return false;
    *number = handles->next++;
    handles->entries[find(handles, *number)] = (struct wire_entry){*number, kept};
    handles->count++;
    return true;
}

void *wire_handles_get(const wire_handles *handles, uint64_t number) {
    return handles->places ? handles->entries[find(handles, number)].kept : NULL;
}

void *wire_handles_take(wire_handles *handles, uint64_t number) {
    if (!handles->places) return NULL;
    size_t mask = handles->places - 1, hole = find(handles, number);
    void *kept = handles->entries[hole].kept;
    if (!kept) return NULL;
    handles->entries[hole].kept = NULL;
    handles->count--;
    for (size_t at = (hole + 1) & mask; handles->entries[at].kept; at = (at + 1) & mask) {
        size_t from = home(handles, handles->entries[at].number);
        if (((at - from) & mask) < ((at - hole) & mask)) continue;
        handles->entries[hole] = handles->entries[at];
        handles->entries[at].kept = NULL;
        hole = at;
    }
    return kept;
}

void wire_handles_clear(wire_handles *handles, void (*release)(void *kept)) {
    for (size_t i = 0; i < handles->places; i++)
        if (handles->entries[i].kept) release(handles->entries[i].kept);
    free(handles->entries);
    *handles = (wire_handles){0};
}

bool wire_handle_read(const char *text, size_t size, char letter, uint64_t *number) {
    if (size < 2 || size > 19 || text[0] != letter) return false;
    if (text[1] == '0' && size > 2) return false;
    *number = 0;
    for (size_t i = 1; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}
