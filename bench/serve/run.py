"""`flopmeter serve` beside flopscope's server and beside a server that only answers with bytes that are
ready, over our transport (the floor) and over ZeroMQ's, in one run through the unmodified client; then raw
requests from one program and from four at once, over bare sockets and over ZeroMQ's.

    run.py BUILD_FOLDER [--rounds N] [--scale S] [--markdown]

What a request takes beyond the floor is the server's own part. Needs pip for the peers, else 77."""
import argparse
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests" / "wire"))
import peers  # noqa: E402


class Server:
    def __init__(self, words):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "socket")
        self.url = "ipc://" + self.path
        self.process = subprocess.Popen(words + ["--url", self.url], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        while not os.path.exists(self.path) and self.process.poll() is None:
            time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def client(url, scale):
    done = subprocess.run([peers.client(), str(HERE / "client.py"), str(scale)], capture_output=True, text=True,
                          env=dict(os.environ, FLOPSCOPE_SERVER_URL=url))
    if done.returncode:
        sys.exit("the client failed: " + done.stderr[-500:])
    return json.loads(done.stdout)


def best(runs):
    """Of several runs the least median of each request."""
    return {name: min(run[name]["median"] for run in runs) for name in runs[0]}


def product(build):
    done = subprocess.run([build + "/bench/bench_matmul", "--only", "matmul.f64.256"], capture_output=True, text=True,
                          env=dict(os.environ, FLOPMETER_BACKEND_DIR=build + "/lib"))
    return json.loads(done.stdout)["seconds"] * 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    os.environ["FLOPMETER_BACKEND_DIR"] = build + "/lib"
    ours = [build + "/bin/flopmeter", "serve"]
    kinds = {"floor": [build + "/bench/serve_floor"], "zeromq": [build + "/bench/serve_floor", "--zeromq"],
             "flopmeter": ours, "flopscope": [peers.reference(), "-m", "flopscope_server"]}
    peers.client()
    runs = {kind: [] for kind in kinds}
    for _ in range(options.rounds):
        for kind, words in kinds.items():
            server = Server(words)
            runs[kind].append(client(server.url, options.scale))
            server.stop()
    times = {kind: best(one) for kind, one in runs.items()}
    bare = product(build)
    row = "| %s | %s | %s | %s | %s | %s |" if options.markdown else "%-14s %12s %15s %12s %12s %26s"
    print(row % ("request", "floor us", "its ZeroMQ us", "flopmeter us", "flopscope us", "above floor, of theirs"))
    if options.markdown:
        print("|---|---|---|---|---|---|")
    for name in times["floor"]:
        floor, zeromq, mine, theirs = (times[kind][name] for kind in kinds)
        share = "-" if theirs <= floor else "none" if mine <= floor else "%.2f" % ((mine - floor) / (theirs - floor))
        if name.startswith("matmul"):
            share = "%.2f of the bare product" % ((mine - floor) / bare)
        print(row % (name, "%.0f" % floor, "%.0f" % zeromq, "%.0f" % mine, "%.0f" % theirs, share))
    for clients, kind, way in itertools.product((1, 4), ("floor", "zeromq", "flopmeter"), ("frames", "zeromq")):
        server = Server(kinds[kind])
        done = subprocess.run([build + "/bench/serve_frames", server.url, str(clients), "2", way],
                              capture_output=True, text=True)
        server.stop()
        print("raw requests, %d client%s of %s, %s: %s" %
              (clients, "s" * (clients > 1), {"frames": "bare sockets", "zeromq": "ZeroMQ"}[way],
               {"floor": "floor", "zeromq": "floor by ZeroMQ", "flopmeter": "flopmeter"}[kind], done.stdout.strip()))


if __name__ == "__main__":
    main()
