/* flopmeter ops: the operations as a table, for people, programs and docs/operations.md. */
#include "cli/ops.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: flopmeter ops [WORD] [OPTIONS]\n"
    "\n"
    "Lists the operations whose name contains WORD, or all: signature, cost in the textbook and "
    "the\n"
    "weight it is multiplied by, dtypes, backends, and whether NumPy's name is supported or "
    "blocked.\n"
    "\n"
    "  --module MODULE  of one module only: numpy, linalg, fft, random, stats, nn\n"
    "  --json           a list of objects\n"
    "  --markdown       the text of docs/operations.md\n"
    "  --format FORMAT  text or json\n"
    "\n"
    "examples:\n"
    "  flopmeter ops\n"
    "  flopmeter ops --module linalg\n"
    "  flopmeter ops nn. --json\n";

typedef struct request {
    const char *word, *module;
    int format;
} request;

enum { TEXT, JSON, MARKDOWN };

const char *cli_op_module(const char *name, char module[32]) {
    const char *dot = strchr(name, '.');
    snprintf(module, 32, "%.*s", dot ? (int)(dot - name) : 5, dot ? name : "numpy");
    return module;
}

static bool wanted(const request *r, const char *name) {
    char module[32];
    if (r->module && strcmp(cli_op_module(name, module), r->module) != 0) return false;
    return !r->word || strstr(name, r->word);
}

const char *cli_op_backends(const fm_op_info *info) {
    return info->host ? "host" : "cpu cuda";
}

static void put_text(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text);
}

static void put_bool(fm_json_writer *json, const char *key, bool value) {
    fm_json_key(json, key);
    fm_json_put_bool(json, value);
}

static void put_param(fm_json_writer *json, const fm_op_info *info, int p) {
    char text[128];
    fm_json_open_object(json);
    put_text(json, "name", info->param[p]);
    put_bool(json, "required", info->required[p]);
    put_text(json, "default",
             info->required[p] || info->variadic[p]
                 ? NULL
                 : fm_op_default(info->name, p, text, sizeof text));
    put_bool(json, "variadic", info->variadic[p]);
    put_bool(json, "in_place", info->in_place[p]);
    put_text(json, "takes", cli_op_takes(info->takes[p], text, sizeof text));
    fm_json_close_object(json);
}

void cli_put_op(fm_json_writer *json, const fm_op_info *info) {
    char text[512];
    fm_json_open_object(json);
    put_text(json, "name", info->name);
    put_text(json, "module", cli_op_module(info->name, text));
    put_text(json, "status", "supported");
    put_text(json, "signature", fm_op_signature(info->name, text, sizeof text));
    put_text(json, "formula", info->formula);
    fm_json_key(json, "weight");
    fm_json_put_double(json, info->weight);
    put_text(json, "weighs_as", info->weighs_as);
    put_text(json, "dtypes", info->dtypes);
    put_text(json, "backends", cli_op_backends(info));
    put_text(json, "meaning", info->meaning);
    fm_json_key(json, "ulp");
    fm_json_put_double(json, info->ulp);
    fm_json_key(json, "outputs");
    fm_json_put_int(json, info->outputs);
    put_bool(json, "ufunc", info->ufunc);
    fm_json_key(json, "parameters");
    fm_json_open_list(json);
    for (int p = 0; p < info->nparams; p++) put_param(json, info, p);
    fm_json_close_list(json);
    fm_json_close_object(json);
}

void cli_put_blocked(fm_json_writer *json, const fm_blocked_info *info) {
    char module[32];
    fm_json_open_object(json);
    put_text(json, "name", info->name);
    put_text(json, "module", cli_op_module(info->name, module));
    put_text(json, "status", "blocked");
    put_text(json, "meaning", info->instead);
    fm_json_close_object(json);
}

static int print_json(const request *r) {
    fm_io io;
    fm_io_buffer buffer = {0};
    fm_json_writer json;
    fm_op_info info;
    fm_blocked_info blocked;
    fm_io_init(&io);
    fm_json_begin(&json, &io, &buffer, 2);
    fm_json_open_list(&json);
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK; i++)
        if (wanted(r, info.name)) cli_put_op(&json, &info);
    for (int i = 0; fm_blocked_info_at(i, &blocked) == FM_OK; i++)
        if (wanted(r, blocked.name)) cli_put_blocked(&json, &blocked);
    fm_json_close_list(&json);
    int status = fm_json_end(&json) == FM_OK ? cli_emit("ops", NULL, (const char *)buffer.data)
                                             : cli_fail(CLI_FAILED, "ops", "out of memory");
    fm_io_buffer_close(&io, &buffer);
    return status;
}

static int print_text(const request *r) {
    fm_op_info info;
    fm_blocked_info blocked;
    char signature[512];
    int shown = 0;
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK; i++) {
        if (!wanted(r, info.name)) continue;
        printf("%-48s %-28s x%-3g %-28s %-9s supported\n",
               fm_op_signature(info.name, signature, sizeof signature), info.formula, info.weight,
               info.dtypes, cli_op_backends(&info));
        shown++;
    }
    for (int i = 0; fm_blocked_info_at(i, &blocked) == FM_OK; i++) {
        if (!wanted(r, blocked.name)) continue;
        printf("%-48s blocked: %s\n", blocked.name, blocked.instead);
        shown++;
    }
    if (shown) return CLI_OK;
    return cli_fail(CLI_USAGE, "ops", "'%s' is in the name of no operation of %s",
                    r->word ? r->word : "", r->module ? r->module : "any module");
}

/* Text within a table's cell. */
static void print_cell(const char *text) {
    printf(" ");
    for (const char *c = text; *c; c++) {
        if (strchr("|*_<", *c)) putchar('\\');
        putchar(*c);
    }
    printf(" |");
}

static void print_module(const char *module, const char *title) {
    fm_op_info info;
    char of[32], signature[512];
    int count = 0;
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK; i++)
        count += !strcmp(cli_op_module(info.name, of), module);
    if (!count) return;
    printf(
        "\n## %s: %d\n\n| operation | cost | weight | dtypes | meaning |\n|---|---|---|---|---|\n",
        title, count);
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK; i++) {
        if (strcmp(cli_op_module(info.name, of), module) != 0) continue;
        printf("| `%s` |", fm_op_signature(info.name, signature, sizeof signature));
        print_cell(info.formula);
        printf(" %g |", info.weight);
        print_cell(info.dtypes);
        print_cell(info.meaning);
        printf("\n");
    }
}

static int print_markdown(void) {
    static const char *const modules[][2] = {
        {"numpy", "Top level"}, {"linalg", "linalg"}, {"fft", "fft"},
        {"random", "random"},   {"stats", "stats"},   {"nn", "nn"},
    };
    fm_blocked_info blocked;
    puts("# Operations\n\n"
         "Written by `scripts/operations` from the operations' rows, which also give `flopmeter "
         "ops`\n"
         "and `flopmeter op NAME`. The cost is in unit FLOPs of the textbook model, of which an\n"
         "operation is charged cost times weight; [costs.md](costs.md) says what the letters mean\n"
         "and what the other models charge. All run on the CPU and on CUDA. Every operation with\n"
         "tensors as results takes `out=`, and the elementwise ones `where=`, `dtype=` and\n"
         "`casting=`, in calls by name.");
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        print_module(modules[i][0], modules[i][1]);
    puts("\n## Blocked\n\n"
         "NumPy functions that are known by name and refused with `UnsupportedFunctionError`, as\n"
         "flopscope does; nothing is charged.\n\n| name | why, and what to use |\n|---|---|");
    for (int i = 0; fm_blocked_info_at(i, &blocked) == FM_OK; i++) {
        printf("| `%s` |", blocked.name);
        print_cell(blocked.instead);
        printf("\n");
    }
    return CLI_OK;
}

/* -1: go on; else the exit status. */
static int parse(request *r, int argc, char **argv) {
    static const char *const formats[] = {"text", "json", NULL};
    static const struct option longs[] = {
        {"format", required_argument, NULL, 'f'}, {"json", no_argument, NULL, 'j'},
        {"markdown", no_argument, NULL, 'd'},     {"module", required_argument, NULL, 'm'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_getopt("ops", argc, argv, ":h", longs)) != -1) {
        if (option == 'h') return cli_emit("ops", NULL, help);
        if (option == '?') return CLI_USAGE;
        if (option == 'm') r->module = optarg;
        if (option == 'j') r->format = JSON;
        if (option == 'd') r->format = MARKDOWN;
        if (option == 'f' &&
            !cli_read_choice((cli_text){"ops", "--format", optarg}, formats, &r->format))
            return CLI_USAGE;
    }
    if (argc - optind > 1)
        return cli_fail(CLI_USAGE, "ops", "'%s' is one word too many", argv[optind + 1]);
    r->word = optind < argc ? argv[optind] : NULL;
    return -1;
}

int cli_ops(int argc, char **argv) {
    request r = {0};
    int status = parse(&r, argc, argv);
    if (status >= 0) return status;
    if (r.format == MARKDOWN) return print_markdown();
    return r.format == JSON ? print_json(&r) : print_text(&r);
}
