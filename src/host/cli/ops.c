/* flopmeter ops: the operations with their costs, dtypes and meaning. */
#include "cli/cli.h"
#include "io/json_out.h"

#include <stdio.h>
#include <string.h>

static const char help[] = "usage: flopmeter ops [WORD] [--format text|json]\n"
                           "\n"
                           "Lists the operations whose name contains WORD, or all: dtypes,\n"
                           "meaning, cost in the textbook.\n"
                           "\n"
                           "examples:\n"
                           "  flopmeter ops\n"
                           "  flopmeter ops nn. --format json\n";

static bool wanted(const fm_op_info *info, const char *word) {
    return !word || strstr(info->name, word);
}

static void put_text(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text);
}

static void put_op(fm_json_writer *json, const fm_op_info *info) {
    fm_json_open_object(json);
    put_text(json, "name", info->name);
    put_text(json, "formula", info->formula);
    put_text(json, "dtypes", info->dtypes);
    put_text(json, "meaning", info->meaning);
    fm_json_key(json, "ulp");
    fm_json_put_double(json, info->ulp);
    fm_json_key(json, "parameters");
    fm_json_open_list(json);
    for (int p = 0; p < info->nparams; p++) {
        fm_json_open_object(json);
        put_text(json, "name", info->param[p]);
        fm_json_key(json, "required");
        fm_json_put_bool(json, info->required[p]);
        fm_json_close_object(json);
    }
    fm_json_close_list(json);
    fm_json_close_object(json);
}

static int print_json(const char *word) {
    fm_io io;
    fm_io_buffer buffer = {0};
    fm_json_writer json;
    fm_op_info info;
    fm_io_init(&io);
    fm_json_begin(&json, &io, &buffer, 2);
    fm_json_open_list(&json);
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK; i++)
        if (wanted(&info, word)) put_op(&json, &info);
    fm_json_close_list(&json);
    int status = fm_json_end(&json) == FM_OK ? cli_emit("ops", NULL, (const char *)buffer.data)
                                             : cli_fail(CLI_FAILED, "ops", "out of memory");
    fm_io_buffer_close(&io, &buffer);
    return status;
}

static int print_text(const char *word) {
    fm_op_info info;
    int shown = 0;
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK; i++) {
        if (!wanted(&info, word)) continue;
        printf("%-34s %-24s %s [%s]\n", info.name, info.dtypes, info.meaning, info.formula);
        shown++;
    }
    if (shown) return CLI_OK;
    return cli_fail(CLI_USAGE, "ops", "'%s' is in the name of no operation", word ? word : "");
}

int cli_ops(int argc, char **argv) {
    static const char *const formats[] = {"text", "json", NULL};
    static const struct option longs[] = {{"format", required_argument, NULL, 'f'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    int option, format = 0;
    while ((option = cli_getopt("ops", argc, argv, ":h", longs)) != -1) {
        if (option == 'h') return cli_emit("ops", NULL, help);
        if (option == '?') return CLI_USAGE;
        if (!cli_read_choice((cli_text){"ops", "--format", optarg}, formats, &format))
            return CLI_USAGE;
    }
    if (argc - optind > 1)
        return cli_fail(CLI_USAGE, "ops", "'%s' is one word too many", argv[optind + 1]);
    const char *word = optind < argc ? argv[optind] : NULL;
    return format == 1 ? print_json(word) : print_text(word);
}
