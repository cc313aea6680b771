/* CURVE: keys from a file, and ZAP (ZeroMQ RFC 27), by which the library asks about each client. */
#include "wire/curve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

static bool make_file(wire_curve *curve, const char *path, char *message, size_t size) {
    if (zmq_curve_keypair(curve->public, curve->secret) != 0) {
        snprintf(message, size, "this libzmq has no CURVE");
        return false;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    char text[256];
    int length = snprintf(text, sizeof text, "# secret key of flopmeter serve; public: %s\n%s\n",
                          curve->public, curve->secret);
    bool done = file >= 0 && write(file, text, (size_t)length) == length;
    if (!done) snprintf(message, size, "%s: %s", path, strerror(errno));
    if (file >= 0) close(file);
    return done;
}

static bool is_key(const char *text) {
    uint8_t bytes[32];
    return strlen(text) == WIRE_KEY - 1 && zmq_z85_decode(bytes, text);
}

static bool take_line(wire_curve *curve, const char *word) {
    if (!is_key(word)) return false;
    if (!*curve->secret) {
        memcpy(curve->secret, word, WIRE_KEY);
        return zmq_curve_public(curve->public, curve->secret) == 0;
    }
    if (curve->nallowed == WIRE_MOST_KEYS) return false;
    memcpy(curve->allowed[curve->nallowed++], word, WIRE_KEY);
    return true;
}

bool wire_curve_read(wire_curve *curve, const char *path, char *message, size_t size) {
    char line[256];
    struct stat about;
    int number = 0;
    memset(curve, 0, sizeof *curve);
    FILE *file = fopen(path, "re");
    if (!file && errno == ENOENT) return make_file(curve, path, message, size);
    if (!file || fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode)) {
        snprintf(message, size, "%s: %s", path, file ? "no file of keys" : strerror(errno));
        if (file) fclose(file);
        return false;
    }
    bool good = !(about.st_mode & 077);
    if (!good) snprintf(message, size, "%s: others can read it (chmod 600)", path);
    while (good && fgets(line, sizeof line, file)) {
        number++;
        if (!strncmp(line, "# ", 2)) continue; /* a key may begin with '#', but has no blank */
        line[strcspn(line, " \t\r\n")] = 0;
        good = !*line || take_line(curve, line);
        if (!good) snprintf(message, size, "%s:%d: no key of 40 characters in Z85", path, number);
    }
    fclose(file);
    if (good && !*curve->secret) {
        snprintf(message, size, "%s: there is no key in it", path);
        good = false;
    }
    return good;
}

bool wire_curve_guard(wire_curve *curve, void *zmq_context, void *socket, char *message,
                      size_t size) {
    int server = 1, linger = 0;
    bool done = zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &server, sizeof server) == 0 &&
                zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, curve->secret, WIRE_KEY) == 0;
    if (done && curve->nallowed) {
        curve->zap = zmq_socket(zmq_context, ZMQ_REP);
        done = curve->zap && zmq_setsockopt(curve->zap, ZMQ_LINGER, &linger, sizeof linger) == 0 &&
               zmq_bind(curve->zap, "inproc://zeromq.zap.01") == 0 &&
               zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, "flopmeter", 9) == 0;
    }
    if (!done) snprintf(message, size, "CURVE: %s", zmq_strerror(errno));
    return done;
}

static bool is_allowed(const wire_curve *curve, const uint8_t *key) {
    char text[WIRE_KEY];
    if (!zmq_z85_encode(text, key, 32)) return false;
    for (size_t i = 0; i < curve->nallowed; i++)
        if (!memcmp(curve->allowed[i], text, WIRE_KEY)) return true;
    return false;
}

/* Frames: version, request id, domain, address, identity, mechanism, the client's key. */
void wire_curve_answer(wire_curve *curve) {
    enum { FRAMES = 7 };
    uint8_t frame[FRAMES][256];
    int length[FRAMES] = {0}, count = 0, more = 1;
    size_t width = sizeof more;
    while (more) {
        uint8_t spare[256];
        int got = zmq_recv(curve->zap, count < FRAMES ? frame[count] : spare, 256,
                           count == 0 ? ZMQ_DONTWAIT : 0);
        if (got < 0) return;
        if (count < FRAMES) length[count] = got < 256 ? got : 256;
        count++;
        if (zmq_getsockopt(curve->zap, ZMQ_RCVMORE, &more, &width) != 0) return;
    }
    bool good = count == FRAMES && length[5] == 5 && !memcmp(frame[5], "CURVE", 5) &&
                length[6] == 32 && is_allowed(curve, frame[6]);
    const char *const reply[] = {good ? "200" : "400", good ? "OK" : "no such client", "client",
                                 ""};
    (void)zmq_send(curve->zap, "1.0", 3, ZMQ_SNDMORE);
    (void)zmq_send(curve->zap, frame[1], (size_t)length[1], ZMQ_SNDMORE);
    for (int i = 0; i < 4; i++)
        (void)zmq_send(curve->zap, reply[i], strlen(reply[i]), i < 3 ? ZMQ_SNDMORE : 0);
}

void wire_curve_close(wire_curve *curve) {
    if (curve->zap) zmq_close(curve->zap);
    memset(curve, 0, sizeof *curve);
}
