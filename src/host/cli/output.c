/* Where results go, the progress line, and the interrupt. */
#include "cli/cli.h"
#include "io/file.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

bool cli_check_output(const char *command, const char *path) {
    return cli_check_file(command, "-o", path);
}

bool cli_check_file(const char *command, const char *option, const char *path) {
    char folder[4096];
    struct stat about;
    if (!path) return true;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        cli_fail(CLI_USAGE, command, "%s: '%s' is a directory", option, path);
        return false;
    }
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) return true;
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    snprintf(folder, sizeof folder, "%.*s", (int)length, path);
    if (*path && access(slash ? folder : ".", W_OK | X_OK) == 0) return true;
    cli_fail(CLI_USAGE, command, "%s: '%s' cannot be written: %s", option, path,
             *path ? strerror(errno) : "the name is empty");
    return false;
}

int cli_emit(const char *command, const char *path, const char *text) {
    if (!path) {
        if (fputs(text, stdout) >= 0 && fflush(stdout) == 0) return CLI_OK;
        return cli_fail(CLI_FAILED, command, "stdout: %s", strerror(errno));
    }
    return cli_emit_file(command, "-o", path, text);
}

int cli_emit_file(const char *command, const char *option, const char *path, const char *text) {
    fm_io io;
    fm_io_init(&io);
    if (fm_io_write_file(&io, path, text, strlen(text)) == FM_OK) return CLI_OK;
    return cli_fail(CLI_FAILED, command, "%s: %s", option, io.message);
}

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

void cli_catch_interrupt(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool cli_interrupted(void) {
    return interrupted != 0;
}

static bool line_shown;

bool cli_shows_progress(void) {
    return isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
}

void cli_progress(const char *format, ...) {
    char line[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\r\033[K%s", line);
    line_shown = true;
}

void cli_progress_clear(void) {
    if (line_shown) fputs("\r\033[K", stderr);
    line_shown = false;
}

double cli_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}
