/* flopmeter op: one operation on a page. */
#include "cli/ops.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: flopmeter op NAME [--json]\n"
    "\n"
    "Shows one operation: signature, meaning, cost and weight, dtypes, accuracy,\n"
    "parameters; or why NumPy's function of that name is blocked.\n"
    "\n"
    "examples:\n"
    "  flopmeter op linalg.svd\n"
    "  flopmeter op add --json\n";

static const char *const kinds[] = {
    [FM_VALUE_NONE] = "None",
    [FM_VALUE_TENSOR] = "tensor",
    [FM_VALUE_TENSORS] = "tensors",
    [FM_VALUE_BOOL] = "bool",
    [FM_VALUE_INT] = "int",
    [FM_VALUE_FLOAT] = "float",
    [FM_VALUE_COMPLEX] = "complex",
    [FM_VALUE_DTYPE] = "dtype",
    [FM_VALUE_INTS] = "integers",
    [FM_VALUE_STRING] = "string",
    [FM_VALUE_LIST] = "list",
    [FM_VALUE_TUPLE] = "tuple",
    [FM_VALUE_SLICE] = "slice",
    [FM_VALUE_ELLIPSIS] = "...",
    [FM_VALUE_FUNCTION] = "function",
    [FM_VALUE_DICT] = "dict",
    [FM_VALUE_GENERATOR] = "generator",
    [FM_VALUE_SYMMETRY] = "symmetry group",
};
enum { KINDS = (int)(sizeof kinds / sizeof *kinds) };

const char *cli_op_takes(uint32_t takes, char *text, size_t size) {
    uint32_t every = ((uint32_t)1 << KINDS) - 2;
    size_t used = 0;
    if ((takes & every) == every) {
        snprintf(text, size, "any value");
        return text;
    }
    if (size > 0) *text = 0;
    for (int kind = FM_VALUE_TENSOR; kind <= KINDS && used < size; kind++) {
        int at = kind == KINDS ? FM_VALUE_NONE : kind; /* None comes last */
        if (!(takes >> at & 1)) continue;
        used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " or " : "", kinds[at]);
    }
    return text;
}

static void print_params(const fm_op_info *info) {
    char takes[128], otherwise[64];
    int width = 0;
    for (int p = 0; p < info->nparams; p++)
        if ((int)strlen(info->param[p]) > width) width = (int)strlen(info->param[p]);
    if (info->nparams) printf("\n  parameters\n");
    for (int p = 0; p < info->nparams; p++) {
        printf("    %-*s  %s", width, info->param[p],
               cli_op_takes(info->takes[p], takes, sizeof takes));
        if (info->variadic[p])
            printf(", any number of them");
        else if (!info->required[p])
            printf(", %s by default", fm_op_default(info->name, p, otherwise, sizeof otherwise));
        printf("%s\n", info->in_place[p] ? ", written in place" : "");
    }
}

static int print_text(const fm_op_info *info) {
    char signature[512];
    printf("%s\n  %s\n\n", fm_op_signature(info->name, signature, sizeof signature), info->meaning);
    printf("  status    supported\n");
    printf("  cost      %s (unit FLOPs of the textbook model)\n", info->formula);
    printf("  weight    %g", info->weight);
    if (strcmp(info->weighs_as, info->name) != 0) printf(", that of %s", info->weighs_as);
    printf("\n");
    printf("  dtypes    %s\n", info->dtypes);
    printf("  backends  %s\n", cli_op_backends(info));
    if (info->ulp > 0)
        printf("  accuracy  %g units in the last place\n", info->ulp);
    else
        printf("  accuracy  exact, or rounded as its steps are\n");
    if (info->outputs > 1) printf("  outputs   %d\n", info->outputs);
    if (info->ufunc) printf("  keywords  out, where, dtype, casting\n");
    if (!info->ufunc && info->outputs > 0) printf("  keywords  out\n");
    print_params(info);
    return CLI_OK;
}

static int print_json(const fm_op_info *info, const fm_blocked_info *blocked) {
    fm_io io;
    fm_io_buffer buffer = {0};
    fm_json_writer json;
    fm_io_init(&io);
    fm_json_begin(&json, &io, &buffer, 2);
    if (info)
        cli_put_op(&json, info);
    else
        cli_put_blocked(&json, blocked);
    int status = fm_json_end(&json) == FM_OK ? cli_emit("op", NULL, (const char *)buffer.data)
                                             : cli_fail(CLI_FAILED, "op", "out of memory");
    fm_io_buffer_close(&io, &buffer);
    return status;
}

static bool find_blocked(const char *name, fm_blocked_info *info) {
    for (int i = 0; fm_blocked_info_at(i, info) == FM_OK; i++)
        if (!strcmp(info->name, name)) return true;
    return false;
}

int cli_op(int argc, char **argv) {
    static const struct option longs[] = {
        {"json", no_argument, NULL, 'j'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    fm_op_info info;
    fm_blocked_info blocked;
    bool json = false;
    int option;
    while ((option = cli_getopt("op", argc, argv, ":h", longs)) != -1) {
        if (option == 'h') return cli_emit("op", NULL, help);
        if (option == '?') return CLI_USAGE;
        json = true;
    }
    if (argc - optind != 1)
        return cli_fail(CLI_USAGE, "op", "one operation's name is needed (see flopmeter ops)");
    const char *name = argv[optind];
    if (fm_op_info_find(name, &info) == FM_OK)
        return json ? print_json(&info, NULL) : print_text(&info);
    if (!find_blocked(name, &blocked))
        return cli_fail(CLI_USAGE, "op", "no operation is named '%s' (see flopmeter ops)", name);
    if (json) return print_json(NULL, &blocked);
    printf("%s\n  status    blocked\n  instead   %s\n", name, blocked.instead);
    return CLI_OK;
}
