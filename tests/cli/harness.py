"""What the tests of the command share: running it, and what a bad call must look like."""
import json
import os
import subprocess
import sys
import tempfile

COMMAND = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
failures = 0


def run(*words, env=None, cwd=None, timeout=120):
    """Runs the command without a terminal; gives status, stdout, stderr."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith("FLOPMETER_")
                or k == "FLOPMETER_BACKEND_DIR"}
    settings.update(env or {})
    done = subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True,
                          env=settings, cwd=cwd, timeout=timeout)
    return done.returncode, done.stdout, done.stderr


def check(condition, what):
    global failures
    if not condition:
        failures += 1
        print("FAILED:", what)


def equal(got, expected, what):
    check(got == expected, f"{what}: {got!r}, expected {expected!r}")


def ok(*words, **options):
    """Runs a call that must succeed; gives its stdout."""
    status, out, err = run(*words, **options)
    check(status == 0 and err == "", f"{words}: status {status}, stderr {err!r}")
    return out


def profile(*words, status=0, **options):
    """Runs profile in JSON; gives the object."""
    got, out, err = run("profile", "--format", "json", *words, **options)
    equal(got, status, f"status of profile {words} ({err!r})")
    return json.loads(out)


def bad(*words, names, env=None, **options):
    """A call that must be refused: status 2, nothing on stdout, one line that holds all names."""
    status, out, err = run(*words, env=env, **options)
    equal(status, 2, f"status of {words}")
    equal(out, "", f"stdout of {words}")
    check(err.endswith("\n") and err.count("\n") == 1, f"{words}: not one line: {err!r}")
    for name in names:
        check(name in err, f"{words}: {name!r} is not in {err!r}")


def scratch():
    return tempfile.TemporaryDirectory()


def finish():
    print("failed:" if failures else "passed", failures or "")
    sys.exit(1 if failures else 0)
