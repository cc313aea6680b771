/* Requests and their replies, text for text: the protocol of flopscope 0.4.3, and what it leaves
   open. */
#include "talk.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct exchange {
    const char *request, *reply;
} exchange;

static void follow(const exchange *exchanges, size_t count) {
    static talk t;
    talk_open(&t);
    for (size_t i = 0; i < count; i++) {
        const char *reply = talk_say(&t, exchanges[i].request);
        if (strcmp(reply, exchanges[i].reply) != 0) print_error("%s\n", exchanges[i].request);
        assert_string_equal(reply, exchanges[i].reply);
    }
    talk_close(&t);
}
#define FOLLOW(list) follow(list, sizeof(list) / sizeof *(list))
#define OPEN         "{\"op\": \"budget_open\", \"args\": null, \"kwargs\": {\"flop_budget\": 1000}}"
#define OPENED                                                                                     \
    "{\"status\": \"ok\", \"result\": {\"session\": \"opened\", \"flop_budget\": 1000}, "          \
    "\"budget\": 1000, \"comms_overhead_ns\": 0}"
#define BUDGET(used, left)                                                                         \
    "\"budget\": {\"flop_budget\": 1000, \"flops_used\": " used ", \"flops_remaining\": " left     \
    "}, \"comms_overhead_ns\": 0}"
#define ARRAY(id, shape, dtype, used, left)                                                        \
    "{\"status\": \"ok\", \"result\": {\"id\": \"" id "\", \"shape\": " shape                      \
    ", \"dtype\": \"" dtype "\"}, " BUDGET(used, left)
#define VALUE(value, dtype, used, left)                                                            \
    "{\"status\": \"ok\", \"result\": {\"value\": " value ", \"dtype\": \"" dtype                  \
    "\"}, " BUDGET(used, left)
#define ERROR(type, message)                                                                       \
    "{\"status\": \"error\", \"error_type\": \"" type "\", \"message\": \"" message "\"}"
#define H(id) "{\"__handle__\": \"" id "\"}"
/* float64 1, 2, 3 */
#define DATA "{\"$bytes\": \"000000000000f03f00000000000000400000000000000840\"}"
#define CREATE                                                                                     \
    "{\"op\": \"create_from_data\", \"args\": [" DATA ", [3], \"float64\"], \"kwargs\": {}}"
#define CREATED ARRAY("a0", "[3]", "float64", "0", "1000")

static void test_hello(void **state) {
    (void)state;
    static const exchange list[] = {
        {"{\"op\": \"hello\", \"args\": null, \"kwargs\": {\"client_version\": \"0.4.3\"}}",
         "{\"status\": \"ok\", \"server_version\": \"0.4.3\"}"},
        {"{\"op\": \"hello\", \"kwargs\": {\"client_version\": \"0.4.3+np2.4\"}}",
         ERROR("VersionMismatch",
               "flopscope-client 0.4.3+np2.4 cannot talk to flopscope-server 0.4.3: versions must "
               "match. Install matched versions: see https://pypi.org/project/flopscope/ for the "
               "latest.")},
        {"{\"op\": \"hello\"}",
         ERROR("VersionMismatch", "client did not report a flopscope version; server is 0.4.3")},
        {"{\"op\": \"hello\", \"kwargs\": [1]}",
         ERROR("VersionMismatch", "client did not report a flopscope version; server is 0.4.3")},
    };
    FOLLOW(list);
}

/* The order of checks: an unknown op without a session is told that there is none. */
static void test_refused(void **state) {
    (void)state;
    static const exchange list[] = {
        {"[]", ERROR("InvalidRequestError", "malformed request: top-level value must be a dict")},
        {"{\"args\": []}", ERROR("InvalidRequestError", "malformed request: missing 'op' field")},
        {"{\"op\": \"nonsense\"}",
         ERROR("NoBudgetContextError", "no active session -- send budget_open first")},
        {"{\"op\": null}",
         ERROR("NoBudgetContextError", "no active session -- send budget_open first")},
        {"{\"op\": \"budget_close\"}", ERROR("NoBudgetContextError", "no active session to close")},
        {"{\"op\": \"budget_open\", \"flop_budget\": 0}",
         ERROR("ValueError", "flop_budget must be > 0, got 0")},
        {"{\"op\": \"budget_open\", \"flop_budget\": \"much\"}",
         ERROR("TypeError", "flop_budget is no number")},
        {"{\"op\": \"budget_open\", \"flop_budget\": 5, \"flop_multiplier\": -1}",
         ERROR("ValueError", "flop_multiplier is a number from 0 on, got -1")},
        {OPEN, OPENED},
        {OPEN, ERROR("RuntimeError", "session already open -- send budget_close first")},
        {"{\"op\": \"nonsense\"}", ERROR("InvalidRequestError", "unknown op: 'nonsense'")},
        {"{\"op\": null}", ERROR("InvalidRequestError", "malformed request: 'op' is no text")},
        {"{\"op\": [1]}", ERROR("InvalidRequestError", "malformed request: 'op' is no text")},
        {"{\"op\": \"Generator.shuffle\"}",
         ERROR("UnsupportedFunctionError",
               "Generator.shuffle is not supported by the flopscope server")},
        {"{\"op\": \"save\", \"args\": [1]}",
         ERROR("FlopscopeServerError",
               "internal server error: AttributeError: flopscope does not provide 'save'")},
        {"{\"op\": \"add\", \"args\": 5}",
         ERROR("TypeError", "args is a list of arguments, kwargs a map of them")},
    };
    FOLLOW(list);
}

static void test_arrays(void **state) {
    (void)state;
    static const exchange list[] = {
        {OPEN, OPENED},
        {CREATE, CREATED},
        {"{\"op\": \"add\", \"args\": [" H("a0") ", \"a0\"], \"kwargs\": {}}",
         ARRAY("a1", "[3]", "float64", "3", "997")},
        {"{\"op\": \"fetch\", \"args\": null, \"kwargs\": {\"handle_id\": \"a1\"}}",
         "{\"status\": \"ok\", \"data\": {\"$bytes\": "
         "\"000000000000004000000000000010400000000000001840\"}, \"shape\": [3], \"dtype\": "
         "\"float64\", \"comms_overhead_ns\": 0}"},
        {"{\"op\": \"fetch_slice\", \"id\": \"a1\", \"slices\": [[1, 2]]}",
         "{\"status\": \"ok\", \"data\": {\"$bytes\": \"0000000000001040\"}, \"shape\": [1], "
         "\"dtype\": \"float64\", \"comms_overhead_ns\": 0}"},
        {"{\"op\": \"fetch_slice\", \"kwargs\": {}}", ERROR("KeyError", "'id'")},
        {"{\"op\": \"fetch\"}", ERROR("KeyError", "\"fetch requires 'id' or kwargs.handle_id\"")},
        {"{\"op\": \"free\", \"ids\": [\"a1\", \"a7\", 5]}",
         "{\"status\": \"ok\", \"result\": null, \"budget\": 997, \"comms_overhead_ns\": 0}"},
        {"{\"op\": \"exp\", \"args\": [" H("a1") "]}",
         ERROR("KeyError", "\"Array handle 'a1' not found in store\"")},
        {"{\"op\": \"sum\", \"args\": [" H("a0") "]}", ARRAY("a2", "[]", "float64", "5", "995")},
        {"{\"op\": \"dot\", \"args\": [" H("a0") ", " H("a0") "]}",
         VALUE("14.0", "float64", "10", "990")},
        {"{\"op\": \"shape\", \"args\": [[[1, 2]]]}",
         "{\"status\": \"ok\", \"result\": {\"multi\": [{\"value\": 1, \"dtype\": \"int64\"}, "
         "{\"value\": 2, \"dtype\": \"int64\"}]}, " BUDGET("10", "990")},
        {"{\"op\": \"put\", \"args\": [" H("a0") ", 0, 9]}",
         "{\"status\": \"ok\", \"result\": {\"value\": null}, " BUDGET("13", "987")},
        {"{\"op\": \"result_type\", \"args\": [\"int8\", \"float32\"]}",
         VALUE("\"float32\"", "str", "13", "987")},
        {"{\"op\": \"astype\", \"args\": [" H("a0") ", \"int8\"]}",
         ARRAY("a3", "[3]", "int8", "13", "987")},
        {"{\"op\": \"exp\", \"args\": [[[1, 2, 3], [4, 5, 6]]], \"kwargs\": {\"out\": 3}}",
         ERROR("TypeError", "exp: 'out' takes a tensor for each output")},
        {"{\"op\": \"sin\", \"args\": [{\"__handle__\": 7}]}",
         ERROR("KeyError", "'Array handle is a text, such as a0'")},
        {"{\"op\": \"sum\", \"args\": [" H("a0") "], \"kwargs\": {\"axis\": [0]}}",
         ERROR("TypeError", "'list' object cannot be interpreted as an integer")},
        {"{\"op\": \"zeros\", \"args\": [3], \"kwargs\": {\"dtype\": \"bfloat16\"}}",
         ERROR("TypeError", "data type 'bfloat16' not understood")},
        {"{\"op\": \"nn.relu\", \"args\": [\"a0\"]}",
         ERROR("InvalidRequestError", "unknown op: 'nn.relu'")},
        {"{\"op\": \"ones\", \"args\": [[70]]}", ARRAY("a4", "[70]", "float64", "13", "987")},
        {"{\"op\": \"exp\", \"args\": [\"a4\"]}",
         ERROR("BudgetExhaustedError",
               "exp would cost 1,120 FLOPs but only 987 remain. See: "
               "https://aicrowd.github.io/flopscope/docs/guides/budget-planning")},
        {"{\"op\": \"linalg.inv\", \"args\": [[[1, 2], [2, 4]]]}",
         ERROR("LinAlgError", "linalg.inv: singular matrix")},
        {"{\"op\": \"vdot\", \"args\": [{\"__handle__\": \"a0\"}, {\"__handle__\": \"b0\"}]}",
         ERROR("KeyError", "\"Array handle 'b0' not found in store\"")},
    };
    FOLLOW(list);
}

static void test_create(void **state) {
    (void)state;
#define TRY(words) "{\"op\": \"create_from_data\", \"args\": [" words "]}"
    static const exchange list[] = {
        {OPEN, OPENED},
        {TRY(DATA ", [-1, 1], \"<f8\""), ARRAY("a0", "[3, 1]", "float64", "0", "1000")},
        {TRY("{\"$bytes\": \"414243\"}, 3, \"uint8\""), ARRAY("a1", "[3]", "uint8", "0", "1000")},
        {TRY("{\"$bytes\": \"\"}, [0, 4], \"int32\""), ARRAY("a2", "[0, 4]", "int32", "0", "1000")},
        {TRY(DATA ", [2], \"float64\""),
         ERROR("ValueError", "cannot reshape array of size 3 into that shape")},
        {TRY(DATA ", [4294967296, 4294967296, 3], \"float64\""),
         ERROR("ValueError", "cannot reshape array of size 3 into that shape")},
        {TRY(DATA ", [-1, 0], \"float64\""),
         ERROR("ValueError", "cannot reshape array of size 3 into that shape")},
        {TRY(DATA ", [-2], \"float64\""), ERROR("ValueError", "negative dimensions not allowed")},
        {TRY(DATA ", [\"3\"], \"float64\""), ERROR("TypeError", "an extent is no integer")},
        {TRY("{\"$bytes\": \"414243\"}, [1], \"float64\""),
         ERROR("ValueError", "buffer size must be a multiple of element size")},
        {TRY("\"text\", [1], \"float64\""),
         ERROR("TypeError", "a bytes-like object is required as data")},
        {TRY(DATA ", [3], \"U3\""), ERROR("TypeError", "data type 'U3' not understood")},
        {TRY(DATA ", [3], \"bfloat16\""),
         ERROR("TypeError", "data type 'bfloat16' not understood")},
        {TRY(DATA ", [3]"), ERROR("ValueError", "create_from_data requires data, shape, dtype")},
        {"{\"op\": \"create_from_data\", \"data\": " DATA "}", ERROR("KeyError", "'shape'")},
    };
    FOLLOW(list);
}

static void test_index(void **state) {
    (void)state;
#define AT(key)      "{\"op\": \"__getitem__\", \"args\": [" H("a0") ", " key "]}"
#define SLICE(words) "{\"__slice__\": [" words "]}"
    static const exchange list[] = {
        {OPEN, OPENED},
        {CREATE, CREATED},
        {AT("1"), VALUE("2.0", "float64", "0", "1000")},
        {AT("-1.5"), VALUE("3.0", "float64", "0", "1000")},
        {AT("true"), VALUE("2.0", "float64", "0", "1000")},
        {AT("null"), ARRAY("a1", "[1, 3]", "float64", "0", "1000")},
        {AT(SLICE("null, null, -1")), ARRAY("a2", "[3]", "float64", "0", "1000")},
        {AT(SLICE("1.9, null, null")), ARRAY("a3", "[2]", "float64", "0", "1000")},
        {AT("[1]"), ARRAY("a4", "[1]", "float64", "0", "1000")},
        {AT("[]"), ARRAY("a5", "[0]", "float64", "0", "1000")},
        {AT("[null, 0]"), ARRAY("a6", "[1]", "float64", "0", "1000")},
        {AT("[" SLICE("0, 2, 1") "]"), ARRAY("a7", "[2]", "float64", "0", "1000")},
        {AT("[[0, 2], null]"), ARRAY("a8", "[2, 1]", "float64", "0", "1000")},
        {AT("5"),
         ERROR("FlopscopeServerError", "internal server error: IndexError: getitem: argument 2: "
                                       "index 5 is out of bounds for axis 0 of size 3")},
        {AT("[0, 0]"),
         ERROR("FlopscopeServerError",
               "internal server error: IndexError: getitem: argument 2: too many indices: 2 axes "
               "are named, but argument 1 has 1")},
        {AT(SLICE("0, 1, 0")),
         ERROR("ValueError", "getitem: argument 2: the step of a slice is 0")},
        {AT("\"x\""),
         ERROR("FlopscopeServerError",
               "internal server error: IndexError: only integers, slices (`:`), ellipsis (`...`), "
               "numpy.newaxis (`None`) and integer or boolean arrays are valid indices")},
        {AT(SLICE("\"x\", 1")), ERROR("ValueError", "a part of a slice is no number")},
        {"{\"op\": \"__getitem__\", \"args\": [1]}",
         ERROR("ValueError", "__getitem__ requires [handle, key]")},
    };
    FOLLOW(list);
}

static void test_generators(void **state) {
    (void)state;
#define G(id) "{\"__gen__\": \"" id "\"}"
    static const exchange list[] = {
        {OPEN, OPENED},
        {"{\"op\": \"random.default_rng\", \"args\": [3]}",
         "{\"status\": \"ok\", \"result\": {\"gen_id\": \"g0\"}, " BUDGET("0", "1000")},
        {"{\"op\": \"random.default_rng\", \"args\": [3]}",
         "{\"status\": \"ok\", \"result\": {\"gen_id\": \"g1\"}, " BUDGET("0", "1000")},
        {"{\"op\": \"Generator.normal\", \"args\": [" G("g0") ", 0, 1, [2, 2]]}",
         ARRAY("a0", "[2, 2]", "float64", "64", "936")},
        {"{\"op\": \"Generator.normal\", \"args\": [" G("g1") ", 0, 1, [2, 2]]}",
         ARRAY("a1", "[2, 2]", "float64", "128", "872")},
        {"{\"op\": \"array_equal\", \"args\": [\"a0\", \"a1\"]}",
         VALUE("true", "bool", "132", "868")},
        {"{\"op\": \"Generator.normal\", \"args\": [" G("g0") ", 0, 1, [2, 2]]}",
         ARRAY("a2", "[2, 2]", "float64", "196", "804")},
        {"{\"op\": \"array_equal\", \"args\": [\"a0\", \"a2\"]}",
         VALUE("false", "bool", "200", "800")},
        {"{\"op\": \"Generator.normal\", \"args\": [" G("g9") "]}",
         ERROR("KeyError", "\"Generator handle 'g9' not found in store\"")},
        {"{\"op\": \"Generator.normal\", \"args\": [5]}",
         ERROR("FlopscopeServerError", "internal server error: AttributeError: the first argument "
                                       "of Generator.normal is no generator")},
        {"{\"op\": \"Generator.normal\"}",
         ERROR("FlopscopeServerError",
               "internal server error: IndexError: list index out of range")},
        {"{\"op\": \"random.RandomState.normal\", \"args\": [0]}",
         ERROR("FlopscopeServerError", "internal server error: AttributeError: the first argument "
                                       "of random.RandomState.normal is no RandomState")},
    };
    FOLLOW(list);
}

static void test_symmetry(void **state) {
    (void)state;
#define GROUP(words) "{\"op\": \"sin\", \"args\": [{\"__symmetry_group__\": {" words "}}]}"
    static const exchange list[] = {
        {OPEN, OPENED},
        {GROUP("\"axes\": [0, 1], \"generators\": []"),
         ERROR("ValueError", "a symmetry group has one generator at least")},
        {GROUP("\"axes\": [0, 1], \"generators\": [[1, 1]]"),
         ERROR("ValueError",
               "generator 0 is no permutation of 0 to 1: position 1 holds 1 a second time")},
        {GROUP("\"axes\": [0, 1], \"generators\": [[1, 0], [2, 0, 1]]"),
         ERROR("ValueError", "generator 1 moves 3 places, but there are 2 axes")},
        {GROUP("\"axes\": \"ij\", \"generators\": [[1, 0]]"),
         ERROR("TypeError", "a permutation is a list of at most 64 integers")},
        {GROUP("\"generators\": [[1, \"0\"]]"),
         ERROR("ValueError", "a permutation holds something that is no axis")},
    };
    FOLLOW(list);
}

/* Complex scalars, which flopscope's server cannot send, are arrays without axes. */
static void test_complex(void **state) {
    (void)state;
    static const exchange list[] = {
        {OPEN, OPENED},
        {"{\"op\": \"create_from_data\", \"args\": [{\"$bytes\": "
         "\"0000803f0000004000000000000080bf\"}, [2], \"complex64\"]}",
         ARRAY("a0", "[2]", "complex64", "0", "1000")},
        {"{\"op\": \"vdot\", \"args\": [\"a0\", \"a0\"]}",
         ARRAY("a1", "[]", "complex64", "3", "997")},
        {"{\"op\": \"fetch\", \"id\": \"a1\"}",
         "{\"status\": \"ok\", \"data\": {\"$bytes\": \"0000c04000000000\"}, \"shape\": [], "
         "\"dtype\": \"complex64\", \"comms_overhead_ns\": 0}"},
    };
    FOLLOW(list);
}

/* Handles begin again with the next session, and nothing of the last one is left. */
static void test_sessions(void **state) {
    (void)state;
    static talk t;
    talk_open(&t);
    assert_string_equal(talk_say(&t, OPEN), OPENED);
    assert_string_equal(talk_say(&t, CREATE), CREATED);
    assert_non_null(strstr(talk_say(&t, "{\"op\": \"budget_close\"}"),
                           "\"budget_summary\": \"No budget data recorded yet.\""));
    assert_string_equal(
        talk_say(&t, "{\"op\": \"fetch\", \"id\": \"a0\"}"),
        ERROR("NoBudgetContextError", "no active session -- send budget_open first"));
    assert_string_equal(talk_say(&t, OPEN), OPENED);
    assert_string_equal(talk_say(&t, "{\"op\": \"fetch\", \"id\": \"a0\"}"),
                        ERROR("KeyError", "\"Array handle 'a0' not found in store\""));
    assert_string_equal(talk_say(&t, CREATE), CREATED);
    talk_close(&t);
}

static void test_summary(void **state) {
    (void)state;
    static talk t;
    talk_open(&t);
    talk_say(&t, OPEN);
    talk_say(&t, CREATE);
    talk_say(&t, "{\"op\": \"add\", \"args\": [\"a0\", 1]}");
    talk_say(&t, "{\"op\": \"add\", \"args\": [\"a0\", 1]}");
    talk_say(&t, "{\"op\": \"fetch\", \"id\": \"a0\"}");
    const char *reply = talk_say(&t, "{\"op\": \"budget_close\"}");
    assert_non_null(strstr(reply, "flopscope FLOP Budget Summary\n=============================\n"
                                  "  Total budget:                   1,000\n"
                                  "  Used:                               6  (0.6%)\n"
                                  "  Remaining:                        994  (99.4%)\n\n"
                                  "  By operation:\n"
                                  "    add                             6  (100.0%)  [2 calls]\n"));
    assert_non_null(strstr(reply, "\"operations\": {\"add\": {\"flop_cost\": 6, \"calls\": 2, "));
    assert_non_null(strstr(reply, "\"by_namespace\": {null: {\"flops_used\": 6, \"calls\": 2, "));
    assert_non_null(strstr(reply, "\"request_count\": 5, \"fetch_count\": 1, "));
    talk_close(&t);
}

static void test_limits(void **state) {
    (void)state;
    static talk t;
    talk_open(&t);
    t.limits.arrays = 2;
    t.limits.array_bytes = 100;
    talk_say(&t, OPEN);
    assert_string_equal(
        talk_say(&t, "{\"op\": \"ones\", \"args\": [[2, 7]]}"),
        ERROR("ValueError", "result array too large: 112 bytes exceeds 100 byte limit"));
    assert_string_equal(talk_say(&t, CREATE), CREATED);
    assert_string_equal(talk_say(&t, "{\"op\": \"ones\", \"args\": [12]}"),
                        ARRAY("a1", "[12]", "float64", "0", "1000"));
    assert_string_equal(talk_say(&t, CREATE),
                        ERROR("FlopscopeServerError", "internal server error: MemoryError: array "
                                                      "store limit reached: 2 arrays"));
    talk_say(&t, "{\"op\": \"free\", \"ids\": [\"a0\"]}");
    assert_string_equal(talk_say(&t, CREATE), ARRAY("a2", "[3]", "float64", "0", "1000"));
    /* A view of many elements over one: too large to be sent, and no reason to end. */
    talk_say(&t, "{\"op\": \"free\", \"ids\": [\"a1\", \"a2\"]}");
    assert_non_null(strstr(talk_say(&t, "{\"op\": \"ones\", \"args\": [[9, 1]]}"), "\"a3\""));
    t.limits.array_bytes = 1 << 30;
    t.limits.arrays = 9;
    assert_non_null(strstr(
        talk_say(&t, "{\"op\": \"broadcast_to\", \"args\": [\"a3\", [9, 10000000]]}"), "\"a4\""));
    assert_string_equal(talk_say(&t, "{\"op\": \"fetch\", \"id\": \"a4\"}"),
                        ERROR("FlopscopeServerError",
                              "internal server error: MemoryError: a copy of 720000000 bytes "
                              "would exceed the limit of 67108864 bytes"));
    talk_say(&t, "{\"op\": \"free\", \"ids\": [\"a3\", \"a4\"]}");
    fm_context_set_memory_limit(t.session.ctx, 1 << 20);
    assert_string_equal(
        talk_say(&t, "{\"op\": \"zeros\", \"args\": [[1000000, 1000000]]}"),
        ERROR("FlopscopeServerError",
              "internal server error: MemoryError: a block of 8246337208320 bytes would exceed "
              "the limit of 1048576 bytes, of which 0 are in use"));
    talk_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hello),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_arrays),   cmocka_unit_test(test_create),
        cmocka_unit_test(test_index),    cmocka_unit_test(test_generators),
        cmocka_unit_test(test_symmetry), cmocka_unit_test(test_complex),
        cmocka_unit_test(test_sessions), cmocka_unit_test(test_summary),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
