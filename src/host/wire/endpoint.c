/* Binding to ipc:// and tcp://. */
#include "wire/endpoint.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

/* The path of ipc://; NULL: none, or of the abstract kind, which has no file. */
static const char *path_of(const char *url) {
    const char *path = strncmp(url, "ipc://", 6) ? NULL : url + 6;
    return path && *path && *path != '@' ? path : NULL;
}

/* Whether somebody takes connections there. */
static bool is_served(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return false;
    memcpy(address.sun_path, path, strlen(path) + 1);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) return false;
    bool served = connect(file, (struct sockaddr *)&address, sizeof address) == 0;
    close(file);
    return served;
}

static bool may_take(const char *path, char *message, size_t size) {
    struct stat about;
    if (lstat(path, &about) != 0) return true;
    if (!S_ISSOCK(about.st_mode)) {
        snprintf(message, size, "%s: there is a file that is no socket", path);
        return false;
    }
    if (!is_served(path)) return true;
    snprintf(message, size, "%s: another server listens there", path);
    return false;
}

bool wire_endpoint_bind(void *socket, const char *url, char *message, size_t size) {
    const char *path = path_of(url);
    if (path && !may_take(path, message, size)) return false;
    /* The file appears with these rights, so that nobody else can connect in between. */
    mode_t before = umask(0177);
    int bound = zmq_bind(socket, url);
    int error = errno;
    umask(before);
    if (bound != 0) snprintf(message, size, "%s: %s", url, zmq_strerror(error));
    return bound == 0;
}

void wire_endpoint_remove(const char *url) {
    const char *path = path_of(url);
    struct stat about;
    /* By now another server may have come. */
    if (path && lstat(path, &about) == 0 && S_ISSOCK(about.st_mode) && !is_served(path))
        unlink(path);
}
