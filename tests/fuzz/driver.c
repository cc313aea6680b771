/* A mutating driver for builds without libFuzzer: changes seeds and files at random for some
   seconds, and leaves the input that ends the process in a file.

       fuzz_line [-t SECONDS] [-s SEED] [FILE]...

   Files given with -t 0 are run once each, as they are. */
#include "fuzz.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 1 << 16, MOST_INPUTS = 512 };

static struct {
    uint8_t *data;
    size_t size;
} inputs[MOST_INPUTS];
static int ninputs;
static uint8_t current[LARGEST];
static volatile size_t current_size;
static uint64_t state;

static uint64_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static size_t below(size_t limit) {
    return limit ? (size_t)(next() % limit) : 0;
}

static void add_input(const void *data, size_t size) {
    if (ninputs == MOST_INPUTS || size > LARGEST) return;
    inputs[ninputs].data = malloc(size + 1);
    if (!inputs[ninputs].data) return;
    memcpy(inputs[ninputs].data, data, size);
    inputs[ninputs++].size = size;
}

static void add_file(const char *path) {
    static uint8_t room[LARGEST];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "fuzz: cannot open %s\n", path);
        exit(2);
    }
    add_input(room, fread(room, 1, sizeof room, file));
    fclose(file);
}

/* Room for `more` bytes at `at`, the rest moved up. */
static size_t make_room(size_t at, size_t more) {
    if (current_size + more > LARGEST) more = LARGEST - current_size;
    memmove(current + at + more, current + at, current_size - at);
    current_size += more;
    return more;
}

static void splice(void) {
    size_t from = below((size_t)ninputs), at = below(current_size + 1);
    if (!inputs[from].size) return;
    size_t start = below(inputs[from].size), size = 1 + below(inputs[from].size - start);
    size = make_room(at, size);
    memcpy(current + at, inputs[from].data + start, size);
}

static void mutate(void) {
    static const uint8_t words[] = {0,   1,   0xff, 0x7f, 0x80, '"', '\\', '{', '}', '[', ']', ',',
                                    ':', '-', '0',  '9',  'e',  '.', '>',  '(', ')', ' ', '\n'};
    size_t at = below(current_size), size;
    switch (below(8)) {
    case 0:
        if (current_size) current[at] ^= (uint8_t)(1 << below(8));
        break;
    case 1:
        if (current_size) current[at] = words[below(sizeof words)];
        break;
    case 2:
        if (make_room(at, 1)) current[at] = words[below(sizeof words)];
        break;
    case 3: /* a piece is lost */
        size = below(current_size - at + 1);
        memmove(current + at, current + at + size, current_size - at - size);
        current_size -= size;
        break;
    case 4: /* a piece comes twice */
        size = make_room(at, 1 + below(current_size - at));
        memmove(current + at, current + at + size, at + 2 * size <= current_size ? size : 0);
        break;
    case 5:
        splice();
        break;
    case 6:
        if (current_size) current[at] = (uint8_t)next();
        break;
    default:
        if (current_size && current[at] >= '0' && current[at] <= '9')
            current[at] = (uint8_t)('0' + below(10));
    }
}

/* Leaves what ended the process where it can be found; only calls what a signal may. */
static void on_end(int number) {
    static const char name[] = "fuzz-crash.bin";
    FILE *file = fopen(name, "wb");
    if (file) {
        fwrite(current, 1, current_size, file);
        fclose(file);
    }
    static const char text[] = "fuzz: the input is in fuzz-crash.bin\n";
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    signal(number, SIG_DFL);
    raise(number);
}

static void run_input(int index) {
    memcpy(current, inputs[index].data, inputs[index].size);
    current_size = inputs[index].size;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    double limit = 5;
    int option;
    state = (uint64_t)time(NULL) * 0x9e3779b97f4a7c15u | 1;
    while ((option = getopt(argc, argv, "t:s:")) != -1) {
        if (option == 't') limit = atof(optarg);
        if (option == 's') state = strtoull(optarg, NULL, 0) | 1;
        if (option == '?') return 2;
    }
    for (int i = 0; limit > 0 && fuzz_seeds[i]; i++)
        add_input(fuzz_seeds[i], strlen(fuzz_seeds[i]));
    for (int i = optind; i < argc; i++) add_file(argv[i]);
    for (int i = 0; i < 4; i++) signal((int[]){SIGSEGV, SIGABRT, SIGFPE, SIGBUS}[i], on_end);
    printf("seed %llu, %d inputs\n", (unsigned long long)state, ninputs);
    fflush(stdout);
    uint64_t runs = 0;
    for (int i = 0; i < ninputs; i++, runs++) {
        run_input(i);
        LLVMFuzzerTestOneInput(current, current_size);
    }
    for (double end = seconds() + limit; ninputs && seconds() < end; runs++) {
        run_input((int)below((size_t)ninputs));
        for (size_t n = 1 + below(4); n > 0; n--) mutate();
        /* A block of its own, so that a read past its end shows. */
        uint8_t *copy = malloc(current_size + 1);
        if (!copy) return 1;
        memcpy(copy, current, current_size);
        copy[current_size] = 'x';
        LLVMFuzzerTestOneInput(copy, current_size);
        free(copy);
    }
    for (int i = 0; i < ninputs; i++) free(inputs[i].data);
    printf("%llu inputs run\n", (unsigned long long)runs);
    return 0;
}
