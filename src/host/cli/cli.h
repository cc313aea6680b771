/* What the subcommands share: option values, messages, output, interruption. */
#ifndef FM_CLI_CLI_H
#define FM_CLI_CLI_H

#include <flopmeter/flopmeter.h>
#include <getopt.h>

/* Exit statuses. */
enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_INTERRUPTED = 130 };

typedef struct cli_command {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
} cli_command;

int cli_profile(int argc, char **argv);
int cli_train(int argc, char **argv);
int cli_call(int argc, char **argv);
int cli_cost(int argc, char **argv);
int cli_op(int argc, char **argv);
int cli_ops(int argc, char **argv);
int cli_info(int argc, char **argv);
int cli_serve(int argc, char **argv);
int cli_status(int argc, char **argv);
int cli_report(int argc, char **argv);
int cli_calibrate(int argc, char **argv);

/* Prints "flopmeter NAME: ..." as one line to stderr and returns the status. */
int cli_fail(int status, const char *command, const char *format, ...) FM_PRINTF(3, 4);

/* getopt_long that gives -1 at the end and '?' after a message of its own about an unknown option
   or one without its value. */
int cli_getopt(const char *command, int argc, char **argv, const char *shorts,
               const struct option *longs);

/* An option's text on its way to a value. Each reader prints what is wrong, naming option and text,
   and gives false then. */
typedef struct cli_text {
    const char *command, *option, *text;
} cli_text;

bool cli_read_int(cli_text from, int64_t low, int64_t high, int64_t *out);
/* A finite number above low, or from low on where equal is set. */
bool cli_read_real(cli_text from, double low, bool equal, double *out);
/* "1e9", "2.5e6", "1000": a whole number of FLOPs from 1 on. */
bool cli_read_flops(cli_text from, uint64_t *out);
/* One of the choices, ended by NULL. */
bool cli_read_choice(cli_text from, const char *const *choices, int *out);
bool cli_read_device(cli_text from, fm_device *out);
bool cli_read_model(cli_text from);
/* Comma-separated lists of at least one; free(*out) after success. */
bool cli_read_ints(cli_text from, int64_t low, int64_t high, int64_t **out, int *count);
bool cli_read_reals(cli_text from, double low, double **out, int *count);

/* False after a message: the place for the file cannot be written. */
bool cli_check_output(const char *command, const char *path);

/* The same for the file of another option, named in the message. */
bool cli_check_file(const char *command, const char *option, const char *path);
int cli_emit_file(const char *command, const char *option, const char *path, const char *text);

/* Writes text to stdout, or in place of the file at path (which stays as it is when that fails).
   Returns an exit status. */
int cli_emit(const char *command, const char *path, const char *text);

/* After cli_catch_interrupt a first SIGINT sets what cli_interrupted gives; a second one ends the
   process. */
void cli_catch_interrupt(void);
bool cli_interrupted(void);

/* Whether progress is shown: stdout and stderr are a terminal. */
bool cli_shows_progress(void);
/* Rewrites the progress line; cli_progress_clear removes it. */
void cli_progress(const char *format, ...) FM_PRINTF(1, 2);
void cli_progress_clear(void);

/* Seconds of a monotonic clock. */
double cli_seconds(void);

#endif
