"""A server under test and the requests that are sent to it, as raw messages."""
import os
import subprocess
import sys
import tempfile
import time

try:
    import msgpack
    import zmq
except ImportError:  # a script that starts servers and leaves talking to others
    zmq = None


class Server:
    """A process that listens on a socket file of its own."""

    def __init__(self, words, **environment):
        self.folder = tempfile.TemporaryDirectory()
        self.url = "ipc://" + os.path.join(self.folder.name, "socket")
        self.log = open(os.path.join(self.folder.name, "log"), "w+")
        self.process = subprocess.Popen(words + ["--url", self.url], stdout=self.log, stderr=self.log,
                                        env=dict(os.environ, **environment))

    def alive(self):
        return self.process.poll() is None

    def connect(self, timeout=60):
        client = Client(self.url, timeout)
        client.server = self
        return client

    def memory(self):
        """Bytes that the process has in memory."""
        with open("/proc/%d/statm" % self.process.pid) as text:
            return int(text.read().split()[1]) * os.sysconf("SC_PAGESIZE")

    def stop(self):
        self.process.terminate()
        status = self.process.wait(timeout=20)
        self.log.seek(0)
        text = self.log.read()
        self.log.close()
        self.folder.cleanup()
        return status, text


def ours(command, *words, **environment):
    return Server([command, "serve"] + list(words), **environment)


def reference(python):
    return Server([python, "-m", "flopscope_server"])


class Client:
    server = None

    def __init__(self, url, timeout=60, kind=None):
        self.socket = zmq.Context.instance().socket(kind or zmq.REQ)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.RCVTIMEO, int(timeout * 1000))
        self.socket.connect(url)

    def raw(self, message):
        self.socket.send(message)
        return self.socket.recv()

    def raw_from(self, server, message):
        """The same, but a server that dies is noticed: ConnectionError."""
        self.socket.send(message)
        while not self.socket.poll(500):
            if not server.alive():
                raise ConnectionError("the server died")
        return self.socket.recv()

    def request(self, op, args=None, kwargs=None, **top):
        message = dict({"op": op, "args": args, "kwargs": kwargs}, **top)
        packed = msgpack.packb(message, use_bin_type=True)
        reply = self.raw_from(self.server, packed) if self.server else self.raw(packed)
        return msgpack.unpackb(reply, strict_map_key=False)

    def close(self):
        self.socket.close()


def handle(name):
    return {"__handle__": name}


failures = []


def check(condition, what, *more):
    if not condition:
        failures.append(what)
        print("failed:", what, *more)


def finish():
    print("failed: %d" % len(failures) if failures else "passed")
    sys.exit(1 if failures else 0)
