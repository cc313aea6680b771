/* What the files of `flopmeter call` share: one line of JSON, its values, its answer. */
#ifndef FM_CLI_CALL_H
#define FM_CLI_CALL_H

#include "cli/cli.h"
#include "io/json_out.h"
#include "wire/form.h"
#include "wire/memory.h"

/* Of the memory of one line: zeroed, aligned to 16 bytes; NULL when there is none. */
void *call_get(wire_memory *memory, size_t size);

typedef enum call_kind {
    CALL_NULL,
    CALL_BOOL,
    CALL_INT,
    CALL_UINT, /* past the largest int64 */
    CALL_FLOAT,
    CALL_STRING,
    CALL_LIST,
    CALL_OBJECT
} call_kind;

/* A JSON value. Numbers without point and exponent are integers, as Python reads them. */
typedef struct call_json {
    call_kind kind;
    uint32_t length; /* of a string; elements of a list or object */
    const char *key; /* within an object */
    struct call_json *next;
    union {
        int64_t i; /* BOOL too */
        uint64_t u;
        double f;
        const char *string;
        struct call_json *first;
    } as;
} call_json;

/* Parses a whole text into memory. On failure NULL and one line in message. */
const call_json *call_parse(wire_memory *memory, const char *text, size_t size, char *message,
                            size_t room);
/* A member of an object, or NULL. */
const call_json *call_member(const call_json *object, const char *key);

/* A failure with the exception that Python would raise. */
typedef struct call_failure {
    const char *type;
    char message[512];
} call_failure;

bool call_fail(call_failure *failure, const char *type, const char *format, ...) FM_PRINTF(3, 4);
/* The context's last failure. */
bool call_fail_context(call_failure *failure, const fm_context *ctx);

/* One line's call on its way. */
typedef struct call_line {
    fm_context *ctx;
    wire_memory memory;
    call_failure failure;
    const char *op;
    fm_argument *arguments;
    size_t narguments, npositional;
    uint64_t flop_budget;
    double flop_multiplier;
} call_line;

/* Lines that name no operation. */
enum call_kind_of_op {
    CALL_OP_PLAIN,
    CALL_OP_COST,
    CALL_OP_DEDUCT,
    CALL_OP_CONTEXT,
    CALL_OP_GROUP,
    CALL_OP_ACCUMULATION
};
enum call_kind_of_op call_special_of(const char *op);

/* Their answer: a number, with weights and without, a charge to be made, a group, or the counts of
   a contraction or reduction. */
typedef struct call_special {
    bool has_number, plain; /* plain: the number has no weights */
    uint64_t number, unit;
    const char *charge_op;
    uint64_t charge;
    const fm_symmetry *group;
    const fm_accumulation *accumulation; /* the answer's own reference */
} call_special;

bool call_answer_special(call_line *line, call_special *out);

/* Asks for the costs of a contraction or reduction with symmetry. */
bool call_accumulation(call_line *line, call_special *out);
void call_put_accumulation(fm_json_writer *json, const fm_accumulation *answer);
/* Whether a cost formula is asked for operands that may have a symmetry, and its answer. */
bool call_is_symmetric_cost(const call_line *line);
bool call_symmetric_cost(call_line *line, const fm_cost_options *options, fm_cost_answer *answer);

/* Reads op, args, kwargs and context of a line. False with a failure. */
bool call_read(call_line *line, const call_json *root);
bool call_value(call_line *line, const call_json *json, fm_value *out);
/* The forms that are arrays: array, fill, zeros, scalar, bytes, npy. */
bool call_array(call_line *line, const char *form, const call_json *body, fm_value *out);
/* {"group": {axes, generators}}: a symmetry group. */
bool call_group(call_line *line, const call_json *body, fm_value *out);
/* Declares the symmetry that an array's body has, if any. */
bool call_declare(call_line *line, const call_json *body, fm_value *tensor);
/* The group that `group` and `SymmetryGroup.*` make of a line's arguments; the line keeps it. */
bool call_make_group(call_line *line, const fm_symmetry **out);
/* Writes a group: its sorted axes, order, and elements where they are at most 48. */
void call_put_group(fm_json_writer *json, const fm_symmetry *group);
/* {"rng_state": seed}: what RandomState(seed).get_state() gives. */
bool call_rng_state(call_line *line, const call_json *body, fm_value *out);
/* {"fn": name}: a function of the case format. */
bool call_function(call_line *line, const char *name, fm_value *out);

enum call_results { CALL_RESULTS_GOLDEN, CALL_RESULTS_NONE, CALL_RESULTS_ALL };
enum { CALL_MOST_ELEMENTS = 320 };

/* Writes a value as the cases write results. */
bool call_put_value(call_line *line, fm_json_writer *json, const fm_value *value,
                    enum call_form form, enum call_results results);

/* Answers one line of text. False when the output cannot be written. */
bool call_answer(fm_context *ctx, const char *text, size_t size, uint64_t seed,
                 enum call_results results, fm_json_writer *json);

#endif
