"""The client's own tests against flopscope's server and against ours, by the same steps: every test
that passes there must pass here. Usage: client_suite.py FLOPMETER [FILE...]"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import peers

FILES = ["test_integration", "test_full_integration", "test_exhaustive", "test_adversarial",
         "test_remote_generator_integration"]

# The tests start the server of a checkout, from the folder and with the Python that it has there.
SHIM = '''
import os
class FlopscopeServer:
    def __init__(self, url, session_timeout_s=60.0):
        self.words = [{command!r}, "serve", "--url", url, "--timeout", str(session_timeout_s)]
    def run(self):
        os.execv(self.words[0], self.words)
'''

# They import the client by a name that only the full package has.
ALIAS = '''
import sys
import flopscope
sys.modules["flopscope.numpy"] = flopscope
flopscope.numpy = flopscope
'''


def make_checkout(folder, python, command):
    shutil.copytree(peers.client_source(), os.path.join(folder, "flopscope-client"))
    os.symlink(os.path.dirname(os.path.dirname(python)), os.path.join(folder, ".venv"))
    with open(os.path.join(folder, "wire_alias.py"), "w") as out:
        out.write(ALIAS)
    if command:
        package = os.path.join(folder, "flopscope-server", "src", "flopscope_server")
        os.makedirs(package)
        open(os.path.join(package, "__init__.py"), "w").close()
        with open(os.path.join(package, "_server.py"), "w") as out:
            out.write(SHIM.format(command=command))


def run_file(folder, name):
    """{test: passed, failed, skipped or error}"""
    tests = os.path.join(folder, "flopscope-client")
    environment = dict(os.environ, PYTHONPATH=folder, PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run([peers.client(), "-m", "pytest", "-q", "-rA", "--tb=line", "-p",
                           "wire_alias", "-p", "no:cacheprovider", "tests/%s.py" % name],
                          cwd=tests, env=environment, capture_output=True, text=True, timeout=1500)
    found = {}
    for line in done.stdout.splitlines():
        match = re.match(r"(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) (tests/\S+?\.py::\S+)", line)
        if match:
            found[match[2]] = match[1].lower()
    if not found:
        found["tests/%s.py" % name] = "error"
        print(done.stdout[-2000:], done.stderr[-1000:])
    return found, done.stdout


def run_suite(command, files):
    with tempfile.TemporaryDirectory() as folder:
        python = peers.client() if command else peers.reference()
        make_checkout(folder, python, command)
        results, texts = {}, []
        for name in files:
            found, text = run_file(folder, name)
            results.update(found)
            texts.append(text)
    return results, "\n".join(texts)


def main():
    command, files = os.path.abspath(sys.argv[1]), sys.argv[2:] or FILES
    peers.client(), peers.reference(), peers.client_source()
    reference, _ = run_suite(None, files)
    ours, text = run_suite(command, files)
    count = lambda results: sum(one == "passed" for one in results.values())
    lost = sorted(t for t, how in reference.items() if how == "passed" and ours.get(t) != "passed")
    gained = sorted(t for t, how in ours.items() if how == "passed" and reference.get(t) != "passed")
    for test in lost:
        print("lost:", test, ours.get(test, "not run"))
    if gained:
        print("beyond the reference: %d tests, %s ..." % (len(gained), gained[0]))
    if lost:
        print("\n".join(line for line in text.splitlines() if "Error" in line)[-4000:])
    print("flopscope-server: %d of %d passed" % (count(reference), len(reference)))
    print("flopmeter serve:  %d of %d passed" % (count(ours), len(ours)))
    sys.exit(1 if lost or not count(reference) else 0)


if __name__ == "__main__":
    main()
