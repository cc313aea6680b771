/* Formulas by name: values, command-line words, models and error texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <flopmeter/cost.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Asks with words under a model; the words end with NULL. */
static fm_status ask(const char *model, const char *const *words, fm_cost_answer *answer,
                     fm_error *error) {
    fm_cost_options options = FM_COST_OPTIONS_INIT;
    options.cost_model = model;
    options.weights = 1;
    size_t count = 0;
    while (words[1 + count] != NULL) count++;
    return fm_cost_words(&options, words[0], words + 1, count, answer, error);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void formulas_give_their_cost(void **state) {
    (void)state;
    static const struct {
        const char *words[6];
        uint64_t textbook, flopscope, macs;
    } cases[] = {
        {{"einsum", "ij,jk->ik", "256,256", "256,256"}, 33554432, 33488896, 16777216},
        {{"svd", "256", "256", "--k", "10"}, 2621440, 2621440, 0},
        {{"svd_cost", "256", "256", "--k=10"}, 2621440, 2621440, 0},
        {{"linalg.svd", "256", "256"}, 67108864, 67108864, 0},
        {{"accounting.reduction_cost", "sum", "256,256"}, 65535, 65535, 0},
        {{"reduction", "sum", "(4, 5)", "--axis", "1"}, 16, 16, 0},
        {{"reduction", "sum", "()"}, 0, 1, 0},
        {{"pointwise", "exp", "3"}, 48, 48, 0},
        {{"cholesky", "0"}, 0, 4, 0},
        {{"solve", "10", "--nrhs", "3"}, 4 * (1000 + 300), 4000, 0},
        {{"inv", "9", "--symmetric", "true"}, 3888, 3888, 0},
        {{"pinv", "16", "5"}, 4 * (400 + 5 + 25) + 800, 4600, 400},
        {{"lstsq", "22", "37", "3", "2"},
         4 * (22 * 37 * 22 + 66) + 2 * (1452 + 2442),
         102340,
         1452 + 2442},
        {{"matrix_power", "3", "100"}, 8 * 54, 360, 216},
        {{"matrix_power", "3", "-2"}, 108, 90, 54},
        {{"multi_dot", "1,10", "10,9", "9,12"}, 396, 396, 198},
        {{"multi_dot", "4", "4,5", "5"}, 2 * (20 + 4), 360, 24},
        {{"norm", "2,3,7", "2"}, 504, 252, 0},
        {{"norm", "2,3,7", "nuc"}, 504, 252, 0},
        {{"norm", "4,12", "inf"}, 96, 96, 0},
        {{"matrix_norm", "2,5,8"}, 160, 80, 0},
        {{"cond", "18", "41", "nuc"}, 4 * (5832 + 738), 26280, 0},
        {{"tensorsolve", "2,3,6"}, 864, 864, 0},
        {{"tensorsolve", "4,2,2"}, 256, 32, 0},
        {{"tensorinv", "2,3,2,12", "3"}, 6912, 6912, 0},
        {{"fft", "100"}, 3500, 3500, 0},
        {{"rfftn", "7,9,5"}, 7850, 7850, 0},
        {{"polyval", "0", "0"}, 0, 1, 0},
        {{"hamming", "5"}, 80, 80, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fm_cost_answer answer;
        fm_error error;
        assert_int_equal(ask("textbook", cases[i].words, &answer, &error), FM_OK);
        assert_int_equal(answer.flops, cases[i].textbook);
        assert_int_equal(answer.macs, cases[i].macs);
        assert_int_equal(ask("flopscope-0.4", cases[i].words, &answer, &error), FM_OK);
        assert_int_equal(answer.flops, cases[i].flopscope);
    }
}

static void parts_name_their_primitive(void **state) {
    (void)state;
    fm_cost_answer answer;
    assert_int_equal(ask("textbook", WORDS("pinv", "16", "5"), &answer, NULL), FM_OK);
    assert_int_equal(answer.nparts, 2);
    assert_string_equal(answer.part[0].op, "linalg.pinv");
    assert_true(answer.part[0].weight == 4);
    assert_int_equal(answer.part[0].flops, 1720);
    assert_string_equal(answer.part[1].op, "matmul");
    assert_int_equal(answer.part[1].flops, 800);
    assert_int_equal(ask("torch", WORDS("einsum", "ij,jk", "2,3", "3,4"), &answer, NULL), FM_OK);
    assert_int_equal(answer.flops, 48);
}

static void wrong_arguments_are_named(void **state) {
    (void)state;
    static const struct {
        const char *words[6], *message;
        fm_status status;
    } wrong[] = {
        {{"svd", "3"}, "svd: argument 2: n is missing", FM_ERR_ARGUMENT},
        {{"svd", "3", "-4"},
         "svd: argument 2: n is -4, and takes an integer of at least 0",
         FM_ERR_ARGUMENT},
        {{"svd", "3", "4", "--k", "x"}, "svd: argument 3: k: cannot read 'x'", FM_ERR_ARGUMENT},
        {{"svd", "3", "4", "--rank", "2"}, "svd: no parameter '--rank'", FM_ERR_NOT_FOUND},
        {{"svd", "3", "4", "--k"}, "svd: argument 3: --k has no value", FM_ERR_ARGUMENT},
        {{"svd", "3", "4", "--n", "5"}, "svd: argument 2: n is given twice", FM_ERR_ARGUMENT},
        {{"svd", "3", "4", "5", "6"}, "svd: '6' is one argument too many", FM_ERR_ARGUMENT},
        {{"svd", "None", "4"},
         "svd: argument 1: m takes an integer of at least 0",
         FM_ERR_ARGUMENT},
        {{"norm", "3,4", "max"},
         "norm: argument 2: ord takes None, a number, 'inf', '-inf', 'fro' or 'nuc'",
         FM_ERR_ARGUMENT},
        {{"norm", "3,-4"}, "norm: argument 1: shape: axis 1 is -4", FM_ERR_SHAPE},
        {{"norm", "3;4"}, "norm: argument 1: shape: cannot read '3;4'", FM_ERR_ARGUMENT},
        {{"matrix_norm", "3"},
         "matrix_norm: argument 1: 1 axes, at least 2 are needed",
         FM_ERR_SHAPE},
        {{"reduction", "sum", "3,4", "7"},
         "reduction: argument 3: axis 7 is not one of the 2 axes",
         FM_ERR_ARGUMENT},
        {{"einsum", "ij,jk->ik", "2,3", "4,2"},
         "einsum: argument 3: axis 0 is 4, but subscript 'j' at position 3 is 3 before",
         FM_ERR_SHAPE},
        {{"einsum", "i->i"}, "einsum: 0 operands, from 1 to 64 are taken", FM_ERR_ARGUMENT},
        {{"multi_dot", "2,3", "4,5"},
         "multi_dot: argument 2: axis 0 is 4, but argument 1 has 3 columns",
         FM_ERR_SHAPE},
        {{"eig", "9999999999999"}, "eig: number past 64 bits", FM_ERR_OVERFLOW},
        {{"eig", "99999999999999999999"},
         "eig: argument 1: n: cannot read '99999999999999999999'",
         FM_ERR_ARGUMENT},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        fm_cost_answer answer = {.flops = 7};
        fm_error error;
        assert_int_equal(ask("textbook", wrong[i].words, &answer, &error), wrong[i].status);
        assert_string_equal(error.message, wrong[i].message);
        assert_int_equal(answer.flops, 7);
    }
}

static void unknown_names_list_the_known(void **state) {
    (void)state;
    fm_cost_answer answer;
    fm_error error;
    assert_int_equal(ask("textbook", WORDS("sdv", "3"), &answer, &error), FM_ERR_NOT_FOUND);
    assert_non_null(strstr(error.message, "no cost formula 'sdv'; known: einsum pointwise"));
    assert_int_equal(ask("text", WORDS("svd", "3", "3"), &answer, &error), FM_ERR_NOT_FOUND);
    assert_non_null(strstr(error.message, "known are textbook, flopscope-0.4, torch"));
}

static void the_environment_names_the_model(void **state) {
    (void)state;
    fm_cost_answer answer;
    setenv("FLOPMETER_COST_MODEL", "flopscope-0.4", 1);
    assert_int_equal(ask(NULL, WORDS("cholesky", "0"), &answer, NULL), FM_OK);
    assert_int_equal(answer.flops, 4);
    unsetenv("FLOPMETER_COST_MODEL");
    assert_int_equal(ask(NULL, WORDS("cholesky", "0"), &answer, NULL), FM_OK);
    assert_int_equal(answer.flops, 0);
}

static void every_accounting_function_has_a_row(void **state) {
    (void)state;
    fm_cost_formula_info info;
    int count = 0;
    while (fm_cost_formula_info_at(count, &info) == FM_OK) {
        assert_true(info.nparams > 0);
        assert_true(strlen(info.formula) > 0);
        count++;
    }
    assert_int_equal(count, 48);
    fm_cost_model_info model;
    assert_int_equal(fm_cost_model_info_at(0, &model), FM_OK);
    assert_string_equal(model.name, "textbook");
    assert_int_equal(fm_cost_model_info_at(3, &model), FM_ERR_NOT_FOUND);
}

/* docs/costs.md has each formula as its row has it. */
static void every_formula_is_documented(void **state) {
    (void)state;
    FILE *file = fopen(FM_TEST_DATA "/../docs/costs.md", "rb");
    assert_non_null(file);
    static char text[1 << 16];
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    fm_cost_formula_info info;
    for (int i = 0; fm_cost_formula_info_at(i, &info) == FM_OK; i++) {
        char line[400];
        int used = snprintf(line, sizeof line, "| `%s(", info.name);
        for (int k = 0; k < info.nparams; k++)
            used += snprintf(line + used, sizeof line - (size_t)used, "%s%s%s%s", k > 0 ? ", " : "",
                             info.param[k], info.otherwise[k][0] ? "=" : "", info.otherwise[k]);
        snprintf(line + used, sizeof line - (size_t)used, ")` | %s%s%s | %s |\n",
                 info.op[0] ? "`" : "", info.op[0] ? info.op : "its argument",
                 info.op[0] ? "`" : "", info.formula);
        assert_non_null(strstr(text, line));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_give_their_cost),
        cmocka_unit_test(parts_name_their_primitive),
        cmocka_unit_test(wrong_arguments_are_named),
        cmocka_unit_test(unknown_names_list_the_known),
        cmocka_unit_test(the_environment_names_the_model),
        cmocka_unit_test(every_accounting_function_has_a_row),
        cmocka_unit_test(every_formula_is_documented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
