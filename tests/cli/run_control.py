"""Ctrl-C, files, terminals: what is printed, and what is left of files."""
import json
import os
import pty
import select
import signal
import subprocess
import time

from harness import COMMAND, check, equal, finish, ok, run, scratch



def interrupted(words, ready):
    """Starts the command, interrupts it once `ready` seconds have passed."""
    process = subprocess.Popen([COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    time.sleep(ready)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def interrupt_prints_the_rows_so_far():
    # The first row is short, the second would take minutes; a slow build is given more time.
    words = ["profile", "--layers", "16,10", "--batch", "8", "--size-multipliers", "1,2e5", "--epochs",
             "2000", "--repeats", "1", "--format", "json"]
    for ready in (2, 8, 30):
        status, out, err = interrupted(words, ready)
        equal(status, 130, "status")
        equal(err, "", "stderr")
        p = json.loads(out)
        if p["rows"]:
            break
    equal([r["multiplier"] for r in p["rows"]], [1], "rows so far")
    equal(p["complete"], False, "complete")
    with scratch() as folder:
        path = os.path.join(folder, "rows.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write("kept")
        status, out, _ = interrupted([*words, "-o", path], ready)
        equal(status, 130, "status with -o")
        check(json.loads(out)["rows"], "the rows are printed")
        with open(path, encoding="utf-8") as file:
            equal(file.read(), "kept", "the file")
        equal(os.listdir(folder), ["rows.json"], "no other file is left")
    status, out, _ = interrupted(["train", "--epochs", "100000000"], 2)
    equal(status, 130, "status of train")
    check("interrupted" in out and "budget" in out, "train prints its summary")


def output_files():
    words = ["profile", "--layers", "8,4", "--size-multipliers", "1", "--epochs", "1"]
    with scratch() as folder:
        path = os.path.join(folder, "rows.json")
        equal(ok(*words, "--format", "json", "-o", path), "", "stdout")
        with open(path, encoding="utf-8") as file:
            equal(json.load(file)["rows"][0]["status"], "ok", "the file")
        equal(ok(*words, "-o", path), "", "stdout")
        with open(path, encoding="utf-8") as file:
            check(file.read().startswith("Profile of mlp"), "the file is replaced")
        equal(os.listdir(folder), ["rows.json"], "no other file is left")
        status, out, _ = run(*words, "--budget", "1", "-o", path)
        equal((status, out), (1, ""), "a refused row is a result")
        with open(path, encoding="utf-8") as file:
            check("FM_ERR_BUDGET" in file.read(), "and is in the file")
        ok("train", "--epochs", "1", "-o", path)
        with open(path, encoding="utf-8") as file:
            check("accuracy" in file.read(), "train's file")


def on_a_terminal(words):
    """Everything the command writes on a terminal."""
    parent, child = pty.openpty()
    process = subprocess.Popen([COMMAND, *words], stdout=child, stderr=child)
    os.close(child)
    seen, end = b"", time.time() + 300
    while time.time() < end:
        if not select.select([parent], [], [], 1)[0]:
            continue
        try:
            data = os.read(parent, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    process.wait(timeout=60)
    os.close(parent)
    return seen.decode()


def progress_is_for_terminals():
    # The thread sanitizer slows each step down by tens of times.
    epochs = "400" if "thread" in os.environ.get("SANITIZED", "") else "2000"
    words = ["profile", "--layers", "64,64,10", "--size-multipliers", "1,2,3", "--epochs", epochs]
    seen = on_a_terminal(words)
    check("multiplier 2 of 3 (2.00)" in seen, "the progress line says where it is")
    check("GFLOP/s" in seen and "s left" in seen, "the progress line has rate and time left")
    check("\033[K" in seen and "Profile of mlp" in seen, "the line goes before the table")
    status, out, err = run(*words[:-1], "1")
    equal((status, err), (0, ""), "none when piped")
    check("\r" not in out, "no progress in the output")


interrupt_prints_the_rows_so_far()
output_files()
progress_is_for_terminals()
finish()
