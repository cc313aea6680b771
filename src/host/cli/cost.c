/* flopmeter cost: what a formula gives for shapes and numbers; nothing runs. */
#include "cli/cli.h"
#include "io/json_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: flopmeter cost NAME ARGUMENTS... [--KEYWORD VALUE]... [OPTIONS]\n"
    "       flopmeter cost --list\n"
    "\n"
    "Prints what an operation costs and runs nothing. Shapes are written as 256,256 or () and\n"
    "keywords as --k 10.\n"
    "\n"
    "  --mac                multiply-accumulates instead of FLOPs\n"
    "  --json               an object with the parts\n"
    "  --cost-model MODEL   textbook, flopscope-0.4 or torch (textbook)\n"
    "  --weights-file FILE  other weights of operations\n"
    "  --list               the formulas with their parameters\n"
    "  --format FORMAT      text or json\n"
    "\n"
    "examples:\n"
    "  flopmeter cost einsum 'ij,jk->ik' 256,256 256,256\n"
    "  flopmeter cost svd 256 256 --k 10\n"
    "  flopmeter cost einsum 'ij,jk->ik' 256,256 256,256 --mac\n";

typedef struct request {
    fm_cost_options options;
    const char *words[64];
    size_t nwords;
    bool mac, json, list;
} request;

/* The value of an own option that stands at argv[*i] as "--name=value" or "--name value"; NULL
   where another word stands there, "" before the end. */
static const char *value_of(const char *name, int argc, char **argv, int *i) {
    size_t length = strlen(name);
    if (strncmp(argv[*i], name, length) != 0) return NULL;
    if (argv[*i][length] == '=') return argv[*i] + length + 1;
    if (argv[*i][length]) return NULL;
    return ++*i < argc ? argv[*i] : "";
}

static bool take_format(request *r, const char *text) {
    static const char *const formats[] = {"text", "json", NULL};
    int format;
    if (!cli_read_choice((cli_text){"cost", "--format", text}, formats, &format)) return false;
    r->json = format == 1;
    return true;
}

/* Own options are taken out; all other words, keywords of formulas too, are the formula's. */
static bool parse(request *r, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *text;
        if (!strcmp(argv[i], "--mac")) {
            r->mac = true;
        } else if (!strcmp(argv[i], "--json")) {
            r->json = true;
        } else if (!strcmp(argv[i], "--list")) {
            r->list = true;
        } else if ((text = value_of("--format", argc, argv, &i))) {
            if (!take_format(r, text)) return false;
        } else if ((text = value_of("--cost-model", argc, argv, &i))) {
            r->options.cost_model = text;
            if (!cli_read_model((cli_text){"cost", "--cost-model", text})) return false;
        } else if ((text = value_of("--weights-file", argc, argv, &i))) {
            r->options.weights_file = text;
        } else if (r->nwords == sizeof r->words / sizeof *r->words) {
            return cli_fail(CLI_USAGE, "cost", "'%s' is one word too many", argv[i]), false;
        } else {
            r->words[r->nwords++] = argv[i];
        }
    }
    return true;
}

static void put_formula(fm_json_writer *json, const fm_cost_formula_info *info) {
    fm_json_open_object(json);
    fm_json_key(json, "name");
    fm_json_put_string(json, info->name);
    fm_json_key(json, "formula");
    fm_json_put_string(json, info->formula);
    fm_json_key(json, "parameters");
    fm_json_open_list(json);
    for (int p = 0; p < info->nparams; p++) {
        fm_json_open_object(json);
        fm_json_key(json, "name");
        fm_json_put_string(json, info->param[p]);
        fm_json_key(json, "default");
        fm_json_put_string(json, *info->otherwise[p] ? info->otherwise[p] : NULL);
        fm_json_close_object(json);
    }
    fm_json_close_list(json);
    fm_json_close_object(json);
}

static void print_formula(const fm_cost_formula_info *info) {
    printf("%-32s %-40s", info->name, info->formula);
    for (int p = 0; p < info->nparams; p++)
        printf(" %s%s%s", info->param[p], *info->otherwise[p] ? "=" : "", info->otherwise[p]);
    putchar('\n');
}

/* Ends a JSON text and prints it. */
static int finish(fm_json_writer *json, fm_io *io, fm_io_buffer *buffer) {
    int status = fm_json_end(json) == FM_OK ? cli_emit("cost", NULL, (const char *)buffer->data)
                                            : cli_fail(CLI_FAILED, "cost", "out of memory");
    fm_io_buffer_close(io, buffer);
    return status;
}

static int list_formulas(bool as_json) {
    fm_cost_formula_info info;
    fm_io io;
    fm_io_buffer buffer = {0};
    fm_json_writer json;
    fm_io_init(&io);
    fm_json_begin(&json, &io, &buffer, 2);
    fm_json_open_list(&json);
    for (int i = 0; fm_cost_formula_info_at(i, &info) == FM_OK; i++)
        if (as_json)
            put_formula(&json, &info);
        else
            print_formula(&info);
    fm_json_close_list(&json);
    if (as_json) return finish(&json, &io, &buffer);
    fm_io_buffer_close(&io, &buffer);
    return CLI_OK;
}

/* The model that applied: of the option, of the environment, the first. */
static const char *model_of(const request *r) {
    const char *variable = getenv("FLOPMETER_COST_MODEL");
    fm_cost_model_info info;
    if (r->options.cost_model) return r->options.cost_model;
    if (variable && *variable) return variable;
    return fm_cost_model_info_at(0, &info) == FM_OK ? info.name : NULL;
}

static int print_json(const request *r, const fm_cost_answer *answer) {
    fm_io io;
    fm_io_buffer buffer = {0};
    fm_json_writer json;
    fm_io_init(&io);
    fm_json_begin(&json, &io, &buffer, 2);
    fm_json_open_object(&json);
    fm_json_key(&json, "version");
    fm_json_put_int(&json, 1);
    fm_json_key(&json, "name");
    fm_json_put_string(&json, r->words[0]);
    fm_json_key(&json, "cost_model");
    fm_json_put_string(&json, model_of(r));
    fm_json_key(&json, "flops");
    fm_json_put_uint(&json, answer->flops);
    fm_json_key(&json, "macs");
    fm_json_put_uint(&json, answer->macs);
    fm_json_key(&json, "parts");
    fm_json_open_list(&json);
    for (int i = 0; i < answer->nparts; i++) {
        fm_json_open_object(&json);
        fm_json_key(&json, "op");
        fm_json_put_string(&json, answer->part[i].op);
        fm_json_key(&json, "weight");
        fm_json_put_double(&json, answer->part[i].weight);
        fm_json_key(&json, "flops");
        fm_json_put_uint(&json, answer->part[i].flops);
        fm_json_close_object(&json);
    }
    fm_json_close_list(&json);
    fm_json_close_object(&json);
    return finish(&json, &io, &buffer);
}

int cli_cost(int argc, char **argv) {
    request r = {.options = FM_COST_OPTIONS_INIT};
    fm_cost_answer answer;
    fm_error error;
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            fputs(help, stdout);
            return CLI_OK;
        }
    if (!parse(&r, argc, argv)) return CLI_USAGE;
    if (r.list) return list_formulas(r.json);
    if (r.nwords == 0)
        return cli_fail(CLI_USAGE, "cost",
                        "the name of an operation is needed (see flopmeter cost --list)");
    if (fm_cost_words(&r.options, r.words[0], r.words + 1, r.nwords - 1, &answer, &error) != FM_OK)
        return cli_fail(CLI_USAGE, "cost", "%s", error.message);
    if (r.json) return print_json(&r, &answer);
    char text[32];
    snprintf(text, sizeof text, "%llu\n", (unsigned long long)(r.mac ? answer.macs : answer.flops));
    return cli_emit("cost", NULL, text);
}
