"""Options and variables of `flopmeter serve` and `flopmeter status`, and how the server begins and ends:
exact messages. Usage: options.py FLOPMETER"""
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

COMMAND = os.path.abspath(sys.argv[1])
failures = 0


def check(condition, what, got=""):
    global failures
    if not condition:
        failures += 1
        print("failed:", what, got)


def run(*words, **environment):
    done = subprocess.run([COMMAND] + list(words), capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, **environment))
    return done.returncode, done.stdout, done.stderr.strip()


def refused(words, message, status=2, **environment):
    got = run("serve", *words, **environment)
    check(got == (status, "", "flopmeter serve: " + message), " ".join(words), got)


def options(folder):
    refused(["--url", "udp://x"], "--url: 'udp://x' begins with neither ipc:// nor tcp://")
    refused(["--sessions", "many"], "--sessions: 'many' is none of shared, per-client")
    refused(["more"], "'more' is one word too many")
    refused(["--colour"], "unknown or ambiguous option '--colour' (see flopmeter serve --help)")
    refused(["--url"], "--url: a value is needed")
    refused(["--log", folder + "/none/log"], "--log: '%s/none/log': No such file or directory" % folder)
    refused(["--url", "ipc://%s/none/socket" % folder], "ipc://%s/none/socket: No such file or directory" % folder, 1)
    refused(["--url", "ipc://"], "ipc://: there is no path", 1)
    refused(["--url", "ipc://" + folder + "/" + 200 * "x"], "ipc://%s/%s: File name too long" % (folder, 200 * "x"), 1)
    for url in ("tcp://127.0.0.1", "tcp://127.0.0.1:", "tcp://:5000", "tcp://127.0.0.1:many", "tcp://127.0.0.1:65536"):
        refused(["--url", url], url + ": is no tcp://HOST:PORT", 1)
    refused(["--curve-secret", folder, "--url", "ipc://%s/s" % folder], "%s: no file of keys" % folder, 1)
    for words in (["--max-arrays", "0"], ["--max-array-bytes", "many"], ["--threads", "-1"], ["--device", "tpu"],
                  ["--cost-model", "none"], ["--session-timeout", "0"], ["--max-total-bytes", "1.5"]):
        status, out, err = run("serve", *words)
        check(status == 2 and not out and words[0] in err and words[1] in err and "\n" not in err, words, (status, err))
    status, out, err = run("serve", FLOPSCOPE_MAX_ARRAY_BYTES="-5")
    check(status == 2 and "FLOPSCOPE_MAX_ARRAY_BYTES" in err and "-5" in err, "a bad variable", err)
    status, out, err = run("serve", "--url", "ipc://%s/s" % folder, FLOPSCOPE_WEIGHTS_FILE=folder + "/none.json")
    check(status == 1 and "none.json" in err, "FLOPSCOPE_WEIGHTS_FILE", err)
    for name in ("serve", "status"):
        status, out, err = run(name, "--help")
        check(status == 0 and out.startswith("usage: flopmeter " + name) and not err, name + " --help")


def asking(folder):
    url = "ipc://%s/socket" % folder
    got = run("status", "--url", url, "--wait", "0.1")
    check(got == (1, "", "flopmeter status: %s: no answer within 100 ms" % url), "nobody answers", got)
    got = run("status", "--url", "nonsense")
    check(got[0] == 1 and not got[1], "no url", got)
    got = run("status", "--wait", "-1")
    check(got[0] == 2 and "--wait" in got[2], "no time", got)


def life(folder, number):
    """From the first line of the log to the last, by the default of FLOPSCOPE_SERVER_URL."""
    url, log = "ipc://%s/socket" % folder, folder + "/log"
    environment = dict(os.environ, FLOPSCOPE_SERVER_URL=url, FLOPSCOPE_DISABLE_WEIGHTS="1")
    server = subprocess.Popen([COMMAND, "serve", "--log", log, "--device", "cpu"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env=environment)
    for _ in range(1000):
        if os.path.exists(folder + "/socket") or server.poll() is not None:
            break
        time.sleep(0.02)
    line = run("status", FLOPSCOPE_SERVER_URL=url)
    wanted = r"flopmeter [0-9.]+ on cpu, sessions shared, 0 open, 0 arrays, 1 requests, up \d+ s\n"
    check(line[0] == 0 and re.fullmatch(wanted, line[1]), "status", line)
    server.send_signal(number)
    out, err = server.communicate(timeout=60)
    check((server.returncode, out, err) == (0, "", ""), "the end by %d" % number, (server.returncode, out, err))
    check(not os.path.exists(folder + "/socket"), "the socket file is gone")
    with open(log) as lines:
        text = lines.read()
    check(re.fullmatch(r"[-0-9]+ [:0-9]+ flopmeter serve: listening on %s\n" % re.escape(url), text), "the log", text)
    os.unlink(log)


def stop(server):
    server.terminate()
    try:
        return server.wait(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        return None


def ports(folder):
    """Any free port, on the forms that a host can have; one that is taken."""
    for host in ("127.0.0.1", "*", "lo", "localhost"):
        for words in (["--session-timeout", "1e300"], ["--curve-secret", folder + "/key"]):
            log = folder + "/ports"
            server = subprocess.Popen([COMMAND, "serve", "--url", "tcp://%s:*" % host, "--log", log, "--device", "cpu"] + words)
            text = ""
            for _ in range(1000):
                if os.path.exists(log):
                    with open(log) as lines:
                        text = lines.read()
                if text.endswith("\n"):
                    break
                time.sleep(0.02)
            found = re.search(r"listening on tcp://%s:(\d+)(, CURVE public key (.*))?\n" % re.escape(host), text)
            check(found, "the port of " + host, text)
            if found:
                url = "tcp://127.0.0.1:" + found.group(1)
                key = ["--curve-server", found.group(3)] if found.group(3) else []
                got = run("status", "--url", url, *key)
                check(got[0] == 0 and " 1 requests" in got[1], "status of " + host, got)
                second = subprocess.Popen([COMMAND, "serve", "--url", url], stderr=subprocess.PIPE, text=True)
                said = second.stderr.readline().strip()
                check(said == "flopmeter serve: %s: Address already in use" % url, "a port that is taken", said)
                stop(second)
            check(stop(server) == 0, "the end of " + host)
            os.unlink(log)


with tempfile.TemporaryDirectory() as where:
    options(where)
    asking(where)
    life(where, signal.SIGTERM)
    life(where, signal.SIGINT)
    ports(where)
print("failed: %d" % failures if failures else "passed")
sys.exit(1 if failures else 0)
