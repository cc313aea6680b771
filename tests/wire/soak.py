"""Good and hostile clients at once for some time: the server lives, the good ones get right answers, and
its memory stays where it was once it had warmed up.

    soak.py FLOPMETER [--seconds S]"""
import argparse
import multiprocessing
import os
import random
import socket
import struct
import sys
import time

import peers

if os.environ.get("FLOPMETER_WIRE_INNER") is None:
    python = peers.reference()
    os.environ["FLOPMETER_WIRE_INNER"] = "1"
    os.execv(python, [python] + sys.argv)

import msgpack  # noqa: E402
import zmq  # noqa: E402

import remote  # noqa: E402
from remote import handle  # noqa: E402


class Ended(Exception):
    """The session was idle for too long, or the others held all memory: both are answers."""


def ask(client, *words, **named):
    reply = client.request(*words, **named)
    if reply["status"] == "error":
        if reply["error_type"] == "NoBudgetContextError" or "MemoryError" in reply["message"]:
            raise Ended
        raise AssertionError(reply)
    return reply


def good(url, end, seed, answers):
    """Sessions from beginning to end, each answer checked."""
    rng, done, ended = random.Random(seed), 0, 0
    while time.time() < end:
        client = remote.Client(url, timeout=300)
        try:
            done += session(client, rng)
        except Ended:
            ended += 1
        client.close()
    assert done > ended
    answers.put(done)


def session(client, rng):
    assert ask(client, "hello", kwargs={"client_version": "0.4.3"})["status"] == "ok"
    ask(client, "budget_open", kwargs={"flop_budget": 10**12})
    rounds = rng.randrange(50)
    for _ in range(rounds):
        n = rng.choice([1, 8, 1000, 100000])
        value = rng.uniform(-9, 9)
        data = struct.pack("<d", value) * n
        made = ask(client, "create_from_data", [data, [n], "float64"])["result"]["id"]
        total = ask(client, "add", [handle(made), handle(made)])["result"]["id"]
        got = ask(client, "fetch", kwargs={"handle_id": total})["data"]
        assert got == struct.pack("<d", value + value) * n
        if rng.random() < 0.9:
            ask(client, "free", kwargs={"handles": [made, total]})
    if rng.random() < 0.9:
        ask(client, "budget_close")
    return rounds


def mutate(rng, message):
    message = bytearray(message)
    for _ in range(rng.randrange(1, 6)):
        if not message:
            break
        at = rng.randrange(len(message))
        how = rng.randrange(4)
        if how == 0:
            message[at] = rng.randrange(256)
        elif how == 1:
            del message[at:at + rng.randrange(1, 9)]
        elif how == 2:
            message[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 9)))
        else:
            message = message[:at]
    return bytes(message)


def hostile(url, end, seed, answers):
    """Changed requests, bombs, parts without end, sessions that are left open, replies that nobody reads."""
    rng, done = random.Random(seed), 0
    pack = lambda *a, **k: msgpack.packb(dict(op=a[0], args=list(a[1:]), kwargs=k), use_bin_type=True)
    seeds = [pack("budget_open", flop_budget=10**9), pack("ones", [3, 3]), pack("add", handle("a0"), handle("a1")),
             pack("create_from_data", b"\1" * 64, [8], "float64"), pack("__getitem__", handle("a0"), [{"__slice__": [0, 2, None]}]),
             pack("fetch", handle_id="a0"), pack("zeros", [10**6, 10**6]), pack("ones", [10**7]), pack("random.default_rng", 5),
             pack("concatenate", [handle("a0"), handle("a0")]), pack("budget_close"), pack("free", handles=["a0", "a1"]),
             b"\xdd\xff\xff\xff\xff" + b"\xc0" * 40, b"\x91" * 5000, b"\xdf\x00\x10\x00\x00" + b"\xa1a\xc0" * 100]
    while time.time() < end:
        client = remote.Client(url, timeout=20, kind=zmq.DEALER)
        client.socket.setsockopt(zmq.SNDTIMEO, 100)
        for _ in range(rng.randrange(200)):
            message = rng.choice(seeds)
            if rng.random() < 0.7:
                message = mutate(rng, message)
            parts = [b""] + [message] * rng.choice([1, 1, 1, 1, 2, 5])
            try:
                client.socket.send_multipart(parts)
            except zmq.Again:
                break
            if rng.random() < 0.8:
                try:
                    client.socket.recv_multipart()
                except zmq.Again:
                    break
            done += 1
        client.close()
    answers.put(done)


GREETING = b"\xff" + bytes(7) + b"\1\x7f\3\0NULL" + bytes(48)
READY = b"\4\x19\5READY\x0bSocket-Type\0\0\0\3REQ"
FETCH = msgpack.packb({"op": "fetch", "args": None, "kwargs": {"handle_id": "a0"}}, use_bin_type=True)


def frame(flags, body, size=None):
    return struct.pack(">BQ", flags | 2, len(body) if size is None else size) + body


def rude(url, end, seed, answers):
    """Bytes that ZeroMQ would not send: frames cut short or never filled, parts without end, words of the
    protocol out of place, replies of megabytes that nobody reads."""
    rng, done = random.Random(seed), 0
    chunk = bytes(1 << 16)
    stories = [lambda: [frame(1, b""), frame(0, b"", rng.choice([1, 9000, 10**7, 2 * 10**8, 2**63]))],
               lambda: [frame(1, chunk)] * rng.randrange(200),
               lambda: [frame(4, b"\4PING\0\0" + bytes(rng.randrange(20)))] * rng.randrange(2000),
               lambda: [frame(1, b""), frame(0, mutate(rng, FETCH))] * rng.randrange(300),
               lambda: [frame(1, b"x" * rng.randrange(300))] * rng.randrange(20) + [frame(0, FETCH)],
               lambda: [rng.randbytes(rng.randrange(3000))],
               lambda: [frame(1, b""), frame(0, msgpack.packb({"op": "budget_open"})), frame(1, b""),
                        frame(0, msgpack.packb({"op": "ones", "args": [10**6]}))] + [frame(1, b"") + frame(0, FETCH)] * 20]
    kept = []
    while time.time() < end:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(0.2)
        try:
            line.connect(url[len("ipc://"):])
            greeting = GREETING if rng.random() < 0.9 else mutate(rng, GREETING)
            line.sendall(greeting + (READY if rng.random() < 0.9 else mutate(rng, READY)))
            for piece in rng.choice(stories)():
                line.sendall(piece[:rng.randrange(len(piece) + 1)] if rng.random() < 0.01 else piece)
            if rng.random() < 0.5:
                line.recv(rng.randrange(1, 1 << 16))
        except OSError:
            pass
        done += 1
        kept.append(line)
        if len(kept) > 20:
            kept.pop(rng.randrange(len(kept))).close()
    answers.put(done)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    server = remote.ours(os.path.abspath(options.command), "--sessions", "per-client", "--session-timeout", "2",
                         "--max-array-bytes", "100000000", "--max-total-bytes", "400000000")
    answers = multiprocessing.Queue()
    start, end = time.time(), time.time() + options.seconds
    workers = [multiprocessing.Process(target=work, args=(server.url, end, seed, answers))
               for seed, work in enumerate([good, good, hostile, hostile, rude])]
    for worker in workers:
        worker.start()
    early, late = [], []
    while time.time() < end:
        time.sleep(0.25)
        share = (time.time() - start) / options.seconds
        if share > 0.25:
            (early if share < 0.6 else late).append(server.memory())
    counts = []
    for worker in workers:
        worker.join(timeout=600)
        remote.check(worker.exitcode == 0, "a client came to its end")
        worker.kill()
    while not answers.empty():
        counts.append(answers.get())
    if not server.alive():
        print(server.stop()[1])
        remote.check(False, "the server lives")
        remote.finish()
    probe = server.connect()
    remote.check(probe.request("hello", kwargs={"client_version": "0.4.3"})["status"] == "ok", "it answers")
    probe.close()
    status, text = server.stop()
    remote.check(status == 0, "it ends cleanly", status, text)
    print("%d rounds of good and hostile clients; at most %.1f MB, then %.1f MB" %
          (sum(counts), max(early) / 1e6, max(late) / 1e6))
    if "TSAN_OPTIONS" not in os.environ:  # whose shadow memory follows what was touched once, not what is held
        remote.check(max(late) < max(early) * 1.25 + 3e7, "memory stays where it was")
    remote.finish()


if __name__ == "__main__":
    main()
