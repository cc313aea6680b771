/* Listening at ipc:// and tcp://. */
#include "wire/endpoint.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
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

/* Connections that wait to be taken: clients come many at a time, and the server may be busy. */
enum { WAITING = 128 };

static int fail(int file, const char *url, const char *why, char *message, size_t size) {
    snprintf(message, size, "%s: %s", url, why);
    if (file >= 0) close(file);
    return -1;
}

/* A name without a file begins with a zero byte, and ends where its length says. */
static int listen_at_path(const char *url, char *message, size_t size) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *name = url + 6, *path = path_of(url);
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof address.sun_path)
        return fail(-1, url, length ? strerror(ENAMETOOLONG) : "there is no path", message, size);
    if (path && !may_take(path, message, size)) return -1;
    memcpy(address.sun_path, name, length + 1);
    if (!path) address.sun_path[0] = 0;
    socklen_t whole = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (path ? 1 : 0));
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (file < 0) return fail(file, url, strerror(errno), message, size);
    if (path) unlink(path); /* nobody listens there */
    /* The file appears with these rights, so that nobody else can connect in between. */
    mode_t before = umask(0177);
    bool bound = bind(file, (struct sockaddr *)&address, whole) == 0;
    umask(before);
    if (!bound || listen(file, WAITING) != 0)
        return fail(file, url, strerror(errno), message, size);
    return file;
}

/* "HOST:PORT" in two. A port is a number, or * for any that is free. */
static bool split(const char *text, char *host, size_t host_size, char *port, size_t port_size) {
    const char *colon = strrchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : 0;
    if (!length || length >= host_size || strlen(colon + 1) >= port_size) return false;
    bool wrapped = *text == '[' && colon[-1] == ']';
    snprintf(host, host_size, "%.*s", (int)(length - 2 * wrapped), text + wrapped);
    snprintf(port, port_size, "%s", strcmp(colon + 1, "*") ? colon + 1 : "0");
    return *port && strspn(port, "0123456789") == strlen(port) && atol(port) <= 65535;
}

/* The address of an interface. */
static bool find_interface(const char *name, const char *port, struct sockaddr_in *out) {
    struct ifaddrs *all, *one;
    if (getifaddrs(&all) != 0) return false;
    for (one = all; one; one = one->ifa_next)
        if (one->ifa_addr && one->ifa_addr->sa_family == AF_INET && !strcmp(one->ifa_name, name))
            break;
    if (one) {
        memcpy(out, one->ifa_addr, sizeof *out);
        out->sin_port = htons((uint16_t)atol(port));
    }
    freeifaddrs(all);
    return one != NULL;
}

static int listen_on(const struct sockaddr *address, socklen_t length) {
    int on = 1, file = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (file < 0) return -1;
    (void)setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(file, address, length) == 0 && listen(file, WAITING) == 0) return file;
    int error = errno;
    close(file);
    errno = error;
    return -1;
}

static int listen_at_port(const char *url, char *message, size_t size) {
    char host[256], port[8];
    struct addrinfo hints = {.ai_family = AF_INET,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV},
                    *found = NULL;
    struct sockaddr_in interface;
    if (!split(url + 6, host, sizeof host, port, sizeof port))
        return fail(-1, url, "is no tcp://HOST:PORT", message, size);
    bool any = !strcmp(host, "*");
    if (!any && find_interface(host, port, &interface)) {
        int file = listen_on((struct sockaddr *)&interface, sizeof interface);
        return file < 0 ? fail(-1, url, strerror(errno), message, size) : file;
    }
    /* A name is its IPv4 address, as for ZeroMQ's sockets, which would not find it elsewhere. */
    if (url[6] == '[') hints.ai_family = AF_INET6;
    int error = getaddrinfo(any ? NULL : host, port, &hints, &found);
    if (error) return fail(-1, url, gai_strerror(error), message, size);
    int file = listen_on(found->ai_addr, found->ai_addrlen);
    error = errno;
    freeaddrinfo(found);
    return file < 0 ? fail(-1, url, strerror(error), message, size) : file;
}

static bool has_open_port(const char *url) {
    const char *colon = strrchr(url, ':');
    return strncmp(url, "tcp://", 6) == 0 && (!strcmp(colon, ":*") || !strcmp(colon, ":0"));
}

/* The url, with the port that was found where any would do. */
static void put_place(int file, const char *url, char *place, size_t place_size) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    char port[NI_MAXSERV];
    snprintf(place, place_size, "%s", url);
    if (!has_open_port(url) || getsockname(file, (struct sockaddr *)&address, &length) != 0 ||
        getnameinfo((struct sockaddr *)&address, length, NULL, 0, port, sizeof port,
                    NI_NUMERICSERV) != 0)
        return;
    snprintf(place, place_size, "%.*s:%s", (int)(strrchr(url, ':') - url), url, port);
}

int wire_endpoint_listen(const char *url, char *place, size_t place_size, char *message,
                         size_t size) {
    bool tcp = strncmp(url, "tcp://", 6) == 0;
    int file = tcp ? listen_at_port(url, message, size) : listen_at_path(url, message, size);
    if (file >= 0) put_place(file, url, place, place_size);
    return file;
}

/* The library takes a socket that listens already, and is told a place all the same. */
bool wire_endpoint_bind(void *socket, const char *url, char *place, size_t place_size,
                        char *message, size_t size) {
    int file = wire_endpoint_listen(url, place, place_size, message, size);
    if (file < 0) return false;
    if (zmq_setsockopt(socket, ZMQ_USE_FD, &file, sizeof file) == 0 && zmq_bind(socket, place) == 0)
        return true;
    fail(file, url, zmq_strerror(errno), message, size);
    return false;
}

void wire_endpoint_remove(const char *url) {
    const char *path = path_of(url);
    struct stat about;
    /* By now another server may have come. */
    if (path && lstat(path, &about) == 0 && S_ISSOCK(about.st_mode) && !is_served(path))
        unlink(path);
}
