"""Runs the benchmarks of benches.json in turn with their peers and prints ratios.

Ours and the peers alternate, round after round, so that a machine whose speed drifts slows both.
A ratio is the peer's time over ours: 2.0 means that ours is twice as fast.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS = ("name", "ours", "peer", "peer's", "ratio", "wanted", "met")


SKIPPED = 77


class Failure(Exception):
    """A program or peer that gave no usable measurement."""


class Skip(Failure):
    """What this machine lacks: a device, a peer's package. It is shown, and fails nothing."""


def load_table(path):
    """The benches by name, checked: a slip in the table must not read as a benchmark that passed."""
    table = json.loads(path.read_text())
    for name, entry in table.items():
        unknown = set(entry) - {"meaning", "device", "program", "peers", "seconds_below"}
        missing = {"meaning", "program"} - set(entry)
        if unknown or missing:
            raise SystemExit(f"{path.name}: {name}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        if not entry.get("peers") and "seconds_below" not in entry:
            raise SystemExit(f"{path.name}: {name}: neither peers nor seconds_below")
        for peer in entry.get("peers", []):
            if "peer" not in peer or len({"script", "program"} & set(peer)) != 1:
                raise SystemExit(f"{path.name}: {name}: a peer needs its name and a script or program")
    return table


def measure(command, name, timeout):
    """One run of a program or peer script: its lines that speak of this benchmark, by peer."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except FileNotFoundError:
        raise Failure(f"{command[0]} is not there") from None
    except OSError as error:
        raise Failure(f"{command[0]}: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise Failure(f"no end after {timeout} s") from None
    lines = {}
    for line in done.stdout.splitlines():
        if not line.startswith("{"):
            continue
        record = json.loads(line)
        if record.get("bench") == name:
            lines[record.get("peer", "")] = record
    if done.returncode != 0:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or [""]
        if done.returncode == SKIPPED:
            raise Skip(tail[0])
        raise Failure(f"status {done.returncode}: {tail[0]}")
    if not lines:
        raise Failure(f"printed no line for {name}")
    return lines


def seconds_of(record, best):
    """The measured time of one line; a peer that is absent says why in `error`."""
    if "error" in record:
        raise Skip(record["error"])
    seconds = record.get("min" if best else "seconds")
    if not isinstance(seconds, (int, float)) or not seconds > 0:
        raise Failure(f"seconds is {seconds!r}")
    return float(seconds)


def sources_of(name, entry, options):
    """What to run for one benchmark: (command, benchmark in it, [(peer in its output, peer)])."""
    def program(stem):
        return [str(options.build / "bench" / stem)]

    sources = [(program(entry["program"]), name, [("", "")])]
    scripts = {}
    for peer in entry.get("peers", []) if options.peers else []:
        if "program" in peer:
            sources.append((program(peer["program"]), peer.get("bench", name), [("", peer["peer"])]))
        else:
            scripts.setdefault(peer["script"], []).append((peer["peer"], peer["peer"]))
    folder = options.table.parent / "peers"
    return sources + [([options.python, str(folder / script)], name, wanted)
                      for script, wanted in scripts.items()]


def run_bench(name, entry, options):
    """Times of ours ("") and of each peer over all rounds, and what failed."""
    times, failures = {}, {}
    for _ in range(options.rounds):
        for command, bench, wanted in sources_of(name, entry, options):
            try:
                lines = measure(command + ["--only", bench], bench, options.timeout)
            except Failure as failure:
                failures.update({peer: failure for _, peer in wanted})
                if isinstance(failure, Skip) and "" in failures:
                    return times, failures
                continue
            for key, peer in wanted:
                try:
                    if key not in lines:
                        raise Failure(f"printed no line for peer {key or 'ours'}")
                    seconds = seconds_of(lines[key], options.best)
                    times.setdefault(peer, []).append(seconds)
                except Failure as failure:
                    failures[peer] = failure
    return times, failures


def summary(times, best):
    return {"seconds": min(times) if best else statistics.median(times), "min": min(times),
            "max": max(times), "rounds": len(times)}


def reason(failure):
    return {"skipped" if isinstance(failure, Skip) else "error": str(failure)}


def rows_of(name, entry, times, failures, options):
    """One row a peer, and one for a bound in seconds."""
    with_peers = options.peers
    ours = summary(times[""], options.best) if "" in times else None
    base = {"name": name, "device": entry.get("device", "cpu"), "meaning": entry["meaning"],
            "ours": ours}
    if "" in failures:
        base |= reason(failures[""])
        with_peers = with_peers and not isinstance(failures[""], Skip)
    rows = []
    if "seconds_below" in entry or not with_peers:
        bound = entry.get("seconds_below")
        met = ours["seconds"] < bound if ours and bound is not None else None
        rows.append(base | {"peer": None, "theirs": None, "ratio": None, "seconds_below": bound,
                            "met": met})
    for peer in entry.get("peers", []) if with_peers else []:
        theirs = summary(times[peer["peer"]], options.best) if peer["peer"] in times else None
        ratio = theirs["seconds"] / ours["seconds"] if ours and theirs else None
        wanted = peer.get("at_least")
        row = base | {"peer": peer["peer"], "theirs": theirs, "ratio": ratio, "at_least": wanted,
                      "met": ratio >= wanted if ratio is not None and wanted is not None else None}
        if peer["peer"] in failures:
            row |= reason(failures[peer["peer"]])
        rows.append(row)
    return rows


def show_seconds(record):
    if record is None:
        return "n/a"
    seconds = record["seconds"]
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def cells_of(row):
    if row.get("seconds_below") is not None:
        wanted = "< " + show_seconds({"seconds": row["seconds_below"]})
    else:
        wanted = f">= {row['at_least']:g}" if row.get("at_least") is not None else "-"
    met = {True: "yes", False: "no", None: "-"}[row["met"]]
    return (row["name"], show_seconds(row["ours"]), row["peer"] or "-",
            show_seconds(row["theirs"]) if row["peer"] else "-",
            f"{row['ratio']:.2f}" if row["ratio"] is not None else "-", wanted, met)


def show_place(record):
    """Where and when it was measured, and by what: one sentence below a table."""
    where = record["machine"]
    parts = [f"{where['cpu']}, {where['cores']} cores", where["system"], where["gpu"],
             record["date"][:10],
             f"commit {record['commit'][:12]}" + (" with changes" if record["changed_since"] else ""),
             {"median": "medians", "best": "fastest samples"}[record["by"]]]
    return "; ".join(part for part in parts if part) + "."


def show_reasons(rows):
    for row in rows:
        for key in ("skipped", "error"):
            if key in row:
                why = row[key] if row[key].startswith(key) else f"{key}: {row[key]}"
                print(f"{row['name']}: {row['peer'] or 'ours'}: {why}")


def show(record):
    """The table, columns as wide as their widest cell."""
    cells = [COLUMNS] + [cells_of(row) for row in record["rows"]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    for line in cells:
        print("  ".join(text.ljust(width) if column in (0, 2) else text.rjust(width)
                        for column, (text, width) in enumerate(zip(line, widths))).rstrip())
    show_reasons(record["rows"])
    print(show_place(record))


def show_markdown(record):
    """The same as a table of a document."""
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "|".join("---" if column in (0, 2) else "---:" for column in range(len(COLUMNS))) + "|")
    for row in record["rows"]:
        name, *rest = cells_of(row)
        print("| " + " | ".join([f"`{name}`", *rest]) + " |")
    print()
    print(show_place(record))


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    except OSError:
        return ""
    return done.stdout.strip().splitlines()[0] if done.returncode == 0 and done.stdout.strip() else ""


def machine():
    """What a reader needs to place the figures; no host name."""
    model = ""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
        model = found.group(1) if found else ""
    except OSError:
        pass
    gpu = first_line(["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"])
    return {"cpu": model or platform.processor(), "cores": len(os.sched_getaffinity(0)),
            "system": f"{platform.system()} {platform.machine()}", "gpu": gpu or None}


def commit():
    name = os.environ.get("FLOPMETER_COMMIT") or first_line(["git", "rev-parse", "HEAD"])
    changed = first_line(["git", "status", "--porcelain", "--untracked-files=no"])
    return {"commit": name or "unknown", "changed_since": bool(changed)}


def keep(record, folder):
    """Writes the record under a name that sorts by time and tells machines apart."""
    slug = re.sub(r"[^a-z0-9]+", "-", record["machine"]["cpu"].lower()).strip("-") or "machine"
    stamp = re.sub(r"[:+].*", "", record["date"].replace(":", "", 1)).replace("T", "-")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stamp}-{slug}.json"
    path.write_text(json.dumps(record, indent=1) + "\n")
    return path


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", metavar="NAME", help="this benchmark; may be repeated")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="default cpu")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the record instead of the table")
    form.add_argument("--markdown", action="store_true", help="print the table for a document")
    parser.add_argument("--best", action="store_true",
                        help="compare fastest samples, not medians: for a machine in use")
    parser.add_argument("--list", action="store_true", help="print the names and meanings, run nothing")
    parser.add_argument("--rounds", type=int, default=3, help="alternations of ours and peers (3)")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for one program (300)")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="ours alone")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="build folder")
    parser.add_argument("--table", type=pathlib.Path, default=ROOT / "bench" / "benches.json")
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "bench" / "results")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error(f"--rounds {options.rounds}: at least 1")
    return options


def main(arguments=None):
    options = parse(arguments)
    table = load_table(options.table)
    for name in options.only or []:
        if name not in table:
            raise SystemExit(f"bench: no benchmark {name}; known: {', '.join(table) or 'none'}")
    chosen = {name: entry for name, entry in table.items()
              if (name in options.only if options.only
                  else entry.get("device", "cpu") == options.device)}
    if options.list:
        for name, entry in chosen.items():
            print(f"{name}: {entry['meaning']}")
        return 0
    if not chosen:
        raise SystemExit(f"bench: no benchmark for device {options.device}")

    rows = []
    for number, (name, entry) in enumerate(chosen.items(), 1):
        if sys.stderr.isatty():
            print(f"\r\033[K{number} of {len(chosen)}: {name}", end="", file=sys.stderr, flush=True)
        times, failures = run_bench(name, entry, options)
        rows += rows_of(name, entry, times, failures, options)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)

    record = {"machine": machine(), **commit(), "rows": rows,
              "by": "best" if options.best else "median",
              "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")}
    measured = any(row["ours"] for row in rows)
    path = keep(record, options.results) if measured else None
    if options.json:
        print(json.dumps(record, indent=1))
    elif options.markdown:
        show_markdown(record)
    else:
        show(record)
        print(f"kept in {os.path.relpath(path)}" if measured else "nothing was measured")
    if any("error" in row for row in rows):
        return 1
    return 0 if measured else SKIPPED


if __name__ == "__main__":
    sys.exit(main())
