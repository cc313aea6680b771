"""Where flopscope-client, its tests and flopscope's server are found: environments under
FLOPMETER_PEERS (~/.cache/flopmeter/peers), which are made with pip at the first use."""
import fcntl
import os
import subprocess
import sys
import tarfile

VERSION = "0.4.3"
ROOT = os.environ.get("FLOPMETER_PEERS") or os.path.expanduser("~/.cache/flopmeter/peers")


def skip(why):
    print("skipped:", why)
    sys.exit(77)


def _run(words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        skip("%s: %s" % (" ".join(words[:4]), (done.stderr or done.stdout).strip()[-300:]))


def _environment(name, packages):
    """The Python of an environment with these packages; both hold a package named flopscope, so
    each has one of its own."""
    folder = os.path.join(ROOT, name)
    python = os.path.join(folder, "bin", "python")
    complete = os.path.join(folder, ".complete")
    if os.path.exists(complete):
        return python
    if os.environ.get("FLOPMETER_NO_INSTALL"):
        skip("%s is not installed in %s" % (packages[0], folder))
    os.makedirs(ROOT, exist_ok=True)
    with open(folder + ".lock", "w") as lock:  # tests run at the same time
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(complete):
            _run([sys.executable, "-m", "venv", "--clear", folder])
            _run([python, "-m", "pip", "-q", "install"] + packages)
            open(complete, "w").close()
    return python


def client():
    return _environment("client", ["flopscope-client==" + VERSION, "pytest", "hatchling"])


def reference():
    return _environment("server", ["flopscope[server]==" + VERSION])


def client_source():
    """The client's source distribution, unpacked."""
    folder = os.path.join(ROOT, "flopscope_client-" + VERSION)
    if not os.path.isdir(folder):
        _run([client(), "-m", "pip", "-q", "download", "--no-deps", "--no-binary", ":all:",
              "--no-build-isolation", "-d", ROOT, "flopscope-client==" + VERSION])
        with tarfile.open(folder + ".tar.gz") as archive:
            archive.extractall(ROOT)
    return folder


def go_on_with_numpy():
    """Runs the script again where NumPy is: in the benchmarks' environment where that was made, which has
    PyTorch too, or in the reference server's. Skips where neither can be had."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    python = os.path.join(cache, "flopmeter", "venv", "bin", "python")
    if not os.path.exists(python):
        python = reference()
    if os.environ.get("FLOPMETER_WITH_NUMPY"):
        skip("NumPy is not in %s" % python)
    os.environ["FLOPMETER_WITH_NUMPY"] = "1"
    os.execv(python, [python] + sys.argv)
