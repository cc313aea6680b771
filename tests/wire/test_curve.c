/* A server behind CURVE: a key file that is made, who may connect, and what stays outside. */
#include "process.h"
#include "wire/server.h"

/* The key file's own comment names the public key. */
static void read_public(const char *path, char key[41]) {
    char line[256];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    const char *at = strstr(line, "public: ");
    assert_non_null(at);
    memcpy(key, at + 8, 40);
    key[40] = 0;
}

static bool asks(const server *s, const char *key, const char *own, char *line, size_t size) {
    wire_ask_options ask = {
        .url = s->url, .server_key = key, .client_key = own, .timeout_ms = key ? 20000 : 300};
    return wire_ask_status(&ask, line, size);
}

static void test_key_made(void **state) {
    (void)state;
    server s;
    char file[64] = "/tmp/flopmeter-key-XXXXXX", key[41], line[600];
    struct stat about;
    assert_non_null(mkdtemp(file));
    strcat(file, "/key");
    const char *const words[] = {"--curve-secret", file, NULL};
    start(&s, words);
    assert_int_equal(stat(file, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    read_public(file, key);
    assert_true(asks(&s, key, NULL, line, sizeof line));
    assert_non_null(strstr(line, "sessions shared, 0 open, 0 arrays, 1 requests"));
    assert_false(asks(&s, NULL, NULL, line, sizeof line)); /* in the clear */
    assert_non_null(strstr(line, "no answer within 300 ms"));
    stop(&s);
    unlink(file);
    *strrchr(file, '/') = 0;
    rmdir(file);
}

/* With a list of clients others are turned away. */
static void test_clients_listed(void **state) {
    (void)state;
    server s;
    char folder[64] = "/tmp/flopmeter-key-XXXXXX", keys[96], own[96], line[600];
    char public[41], secret[41], client_public[41], client_secret[41];
    assert_non_null(mkdtemp(folder));
    snprintf(keys, sizeof keys, "%s/server", folder);
    snprintf(own, sizeof own, "%s/client", folder);
    assert_int_equal(zmq_curve_keypair(public, secret), 0);
    assert_int_equal(zmq_curve_keypair(client_public, client_secret), 0);
    umask(077);
    FILE *file = fopen(keys, "w");
    fprintf(file, "%s\n# a client\n%s\n", secret, client_public);
    fclose(file);
    file = fopen(own, "w");
    fprintf(file, "%s\n", client_secret);
    fclose(file);
    const char *const words[] = {"--curve-secret", keys, NULL};
    start(&s, words);
    assert_true(asks(&s, public, own, line, sizeof line));
    wire_ask_options stranger = {.url = s.url, .server_key = public, .timeout_ms = 300};
    assert_false(wire_ask_status(&stranger, line, sizeof line));
    assert_true(asks(&s, public, own, line, sizeof line));
    stop(&s);
    unlink(keys);
    unlink(own);
    rmdir(folder);
}

static void test_bad_files(void **state) {
    (void)state;
    static const struct {
        const char *text;
        mode_t rights;
    } bad[] = {{"", 0600},
               {"short\n", 0600},
               {"# only this\n", 0600},
               {"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\n", 0644}};
    char folder[64] = "/tmp/flopmeter-key-XXXXXX", path[96];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/key", folder);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        server s = {0};
        int status;
        FILE *file = fopen(path, "w");
        fputs(bad[i].text, file);
        fclose(file);
        chmod(path, bad[i].rights);
        snprintf(s.url, sizeof s.url, "ipc://%s/socket", folder);
        const char *const words[] = {"--curve-secret", path, NULL};
        launch(&s, words);
        assert_true(waitpid(s.process, &status, 0) == s.process);
        assert_int_equal(WEXITSTATUS(status), 1);
    }
    unlink(path);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_key_made),
        cmocka_unit_test(test_clients_listed),
        cmocka_unit_test(test_bad_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
