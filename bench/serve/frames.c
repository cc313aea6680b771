/* Raw requests to a running server from several processes at once: an add of eight elements, over
   and over. Prints requests a second in total, and the median round trip.

       serve_frames URL CLIENTS SECONDS [frames | zeromq]

   The clients are bare sockets, or sockets of ZeroMQ, each with a thread of the library's. */
#include "line.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, KEPT = 1 << 16 };

/* What the processes tell each other. */
typedef struct shared {
    volatile int ready, go;
    uint64_t count[MOST];
    uint32_t kept[MOST];
    uint32_t trip[MOST][KEPT]; /* nanoseconds */
} shared;

static const char hello[] = "\x82\xa2op\xa5hello\xa6kwargs\x81\xae"
                            "client_version\xa5"
                            "0.4.3";
static const char open_budget[] = "\x82\xa2op\xab"
                                  "budget_open\xa6kwargs\x81\xab"
                                  "flop_budget\xcf\x0f\xff\xff\xff\xff\xff\xff\xff";
static const char ones[] = "\x82\xa2op\xa4ones\xa4"
                           "args\x91\x91\x08";
static const char add[] = "\x83\xa2op\xa3"
                          "add\xa4"
                          "args\x92\x81\xaa__handle__\xa2"
                          "a0\x81\xaa__handle__\xa2"
                          "a0\xa6kwargs\x80";
/* What an add made is freed by every so many requests, as its client would. */
static const char free_head[] = "\x82\xa2op\xa4"
                                "free\xa6kwargs\x81\xa7handles";

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The handle in an add's reply: what stands behind "id". */
static int handle_of(const char *reply, int size, char *handle) {
    for (int i = 0; i + 4 < size; i++)
        if (!memcmp(reply + i, "\xa2id", 3)) {
            int length = 1 + (reply[i + 3] & 0x1f);
            memcpy(handle, reply + i + 3, (size_t)length);
            return length;
        }
    return 0;
}

/* Frees up to 64 handles. */
static bool free_all(line *server, char handles[64][32], const int *lengths, int count) {
    char message[4096], reply[4096];
    size_t size = sizeof free_head - 1;
    memcpy(message, free_head, size);
    message[size++] = (char)0xdc;
    message[size++] = 0;
    message[size++] = (char)count;
    for (int i = 0; i < count; i++) {
        memcpy(message + size, handles[i], (size_t)lengths[i]);
        size += (size_t)lengths[i];
    }
    return line_ask(server, message, size, reply, sizeof reply) > 0;
}

static int client(shared *s, int me, const char *url, bool frames, double seconds) {
    enum { FREED = 64 };
    char reply[4096], handles[FREED][32];
    int lengths[FREED], held = 0;
    line opened, *server = &opened;
    if (!line_open(server, url, frames)) return 1;
    if (line_ask(server, hello, sizeof hello - 1, reply, sizeof reply) < 0) return 1;
    __atomic_add_fetch(&s->ready, 1, __ATOMIC_SEQ_CST);
    while (!s->go) usleep(100);
    uint64_t end = now() + (uint64_t)(seconds * 1e9);
    for (uint64_t start = now(); start < end; start = now()) {
        int size = line_ask(server, add, sizeof add - 1, reply, sizeof reply);
        if (size < 0) return 1;
        if (s->kept[me] < KEPT) s->trip[me][s->kept[me]++] = (uint32_t)(now() - start);
        s->count[me]++;
        lengths[held] = handle_of(reply, size, handles[held]);
        if (lengths[held] == 0) return 1;
        if (++held < FREED) continue;
        if (!free_all(server, handles, lengths, held)) return 1;
        s->count[me]++;
        held = 0;
    }
    line_close(server);
    return 0;
}

/* One session and the array a0 for all. */
static bool prepare(const char *url) {
    char reply[4096];
    line opened, *server = &opened;
    bool done = line_open(server, url, true) &&
                line_ask(server, hello, sizeof hello - 1, reply, sizeof reply) > 0 &&
                line_ask(server, open_budget, sizeof open_budget - 1, reply, sizeof reply) > 0 &&
                line_ask(server, ones, sizeof ones - 1, reply, sizeof reply) > 0;
    line_close(server);
    return done;
}

static int compare(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    int clients = argc > 3 ? atoi(argv[2]) : 0, failed = 0;
    bool frames = argc < 5 || strcmp(argv[4], "zeromq") != 0;
    double seconds = argc > 3 ? atof(argv[3]) : 0;
    if (clients < 1 || clients > MOST || seconds <= 0) {
        fprintf(stderr, "usage: serve_frames URL CLIENTS SECONDS [frames | zeromq]\n");
        return 2;
    }
    shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child[MOST];
    if (s == MAP_FAILED) return 1;
    child[0] = fork();
    if (child[0] == 0) _exit(prepare(argv[1]) ? 0 : 1);
    waitpid(child[0], &failed, 0);
    for (int i = 0; i < clients; i++) {
        child[i] = fork();
        if (child[i] == 0) _exit(client(s, i, argv[1], frames, seconds));
    }
    while (!failed && s->ready < clients) usleep(1000);
    s->go = 1;
    uint64_t total = 0;
    for (int i = 0; i < clients; i++) {
        int status = 1;
        waitpid(child[i], &status, 0);
        failed |= status;
        total += s->count[i];
    }
    if (failed) {
        fprintf(stderr, "serve_frames: a client got no answer\n");
        return 1;
    }
    qsort(s->trip[0], s->kept[0], sizeof s->trip[0][0], compare);
    printf("%.0f requests/s, median %.1f us\n", (double)total / seconds,
           s->trip[0][s->kept[0] / 2] * 1e-3);
    return 0;
}
