/* Option values from text; every message names option and text. */
#include "cli/cli.h"
#include "meter/flops.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cli_fail(int status, const char *command, const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ') *c = '?';
    cli_progress_clear();
    fprintf(stderr, "flopmeter %s: %s\n", command, line);
    return status;
}

int cli_getopt(const char *command, int argc, char **argv, const char *shorts,
               const struct option *longs) {
    opterr = 0;
    optopt = 0;
    int at = optind ? optind : 1;
    int found = getopt_long(argc, argv, shorts, longs, NULL);
    if (found == '?') {
        const char *word = at < argc ? argv[at] : "";
        /* getopt moves past words that are no options before it stops at one. */
        if (optind > 0 && optind <= argc && argv[optind - 1][0] == '-') word = argv[optind - 1];
        cli_fail(CLI_USAGE, command, "unknown or ambiguous option '%s' (see flopmeter %s --help)",
                 word, command);
    } else if (found == ':') {
        cli_fail(CLI_USAGE, command, "%s: a value is needed", argv[optind - 1]);
        found = '?';
    }
    return found;
}

#define BAD(from, ...) (cli_fail(CLI_USAGE, (from).command, __VA_ARGS__), false)

static bool whole_int(const char *text, int64_t *out) {
    char *end;
    errno = 0;
    if (*text == ' ' || !*text) return false;
    long long value = strtoll(text, &end, 10);
    *out = value;
    return !*end && errno == 0;
}

static bool whole_real(const char *text, double *out) {
    char *end;
    if (*text == ' ' || !*text) return false;
    *out = strtod(text, &end);
    return !*end && isfinite(*out);
}

bool cli_read_int(cli_text from, int64_t low, int64_t high, int64_t *out) {
    int64_t value;
    if (whole_int(from.text, &value) && value >= low && value <= high) {
        *out = value;
        return true;
    }
    return BAD(from, "%s: '%s' is not an integer from %lld to %lld", from.option, from.text,
               (long long)low, (long long)high);
}

bool cli_read_real(cli_text from, double low, bool equal, double *out) {
    double value;
    if (whole_real(from.text, &value) && (value > low || (equal && value == low))) {
        *out = value;
        return true;
    }
    return BAD(from, "%s: '%s' is not a finite number %s %g", from.option, from.text,
               equal ? "from" : "above", low);
}

bool cli_read_flops(cli_text from, uint64_t *out) {
    if (fm_flops_parse(from.text, out)) return true;
    return BAD(from, "%s: '%s' is not a whole number of FLOPs from 1 to 18446744073709551615",
               from.option, from.text);
}

bool cli_read_choice(cli_text from, const char *const *choices, int *out) {
    char known[256] = "";
    size_t used = 0;
    for (int i = 0; choices[i]; i++) {
        if (!strcmp(choices[i], from.text)) {
            *out = i;
            return true;
        }
        if (used < sizeof known)
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                                     choices[i]);
    }
    return BAD(from, "%s: '%s' is none of %s", from.option, from.text, known);
}

bool cli_read_device(cli_text from, fm_device *out) {
    if (fm_device_parse(from.text, out)) return true;
    return BAD(from, "%s: '%s' is none of auto, cpu, cuda, cuda:N", from.option, from.text);
}

bool cli_read_model(cli_text from) {
    char known[256] = "";
    size_t used = 0;
    fm_cost_model_info info;
    for (int i = 0; fm_cost_model_info_at(i, &info) == FM_OK; i++) {
        if (!strcmp(info.name, from.text)) return true;
        if (used < sizeof known)
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                                     info.name);
    }
    return BAD(from, "%s: '%s' is none of %s", from.option, from.text, known);
}

/* The elements of a list, each in the word buffer in turn; false when one is too long. */
static const char *next_word(const char *text, char *word, size_t size) {
    size_t length = strcspn(text, ",");
    snprintf(word, size, "%.*s", (int)(length < size ? length : size - 1), text);
    return text[length] ? text + length + 1 : NULL;
}

static int count_words(const char *text) {
    int count = 1;
    for (; *text; text++) count += *text == ',';
    return count;
}

static void *list_of(cli_text from, size_t width) {
    void *list = calloc((size_t)count_words(from.text), width);
    if (!list) cli_fail(CLI_FAILED, from.command, "%s: out of memory", from.option);
    return list;
}

bool cli_read_ints(cli_text from, int64_t low, int64_t high, int64_t **out, int *count) {
    char word[64];
    int n = 0;
    int64_t *list = list_of(from, sizeof *list);
    if (!list) return false;
    for (const char *at = from.text; at; n++) {
        at = next_word(at, word, sizeof word);
        if (whole_int(word, &list[n]) && list[n] >= low && list[n] <= high) continue;
        free(list);
        return BAD(from, "%s: '%s': '%s' is not an integer from %lld to %lld", from.option,
                   from.text, word, (long long)low, (long long)high);
    }
    *out = list;
    *count = n;
    return true;
}

bool cli_read_reals(cli_text from, double low, double **out, int *count) {
    char word[64];
    int n = 0;
    double *list = list_of(from, sizeof *list);
    if (!list) return false;
    for (const char *at = from.text; at; n++) {
        at = next_word(at, word, sizeof word);
        if (whole_real(word, &list[n]) && list[n] > low) continue;
        free(list);
        return BAD(from, "%s: '%s': '%s' is not a finite number above %g", from.option, from.text,
                   word, low);
    }
    *out = list;
    *count = n;
    return true;
}
