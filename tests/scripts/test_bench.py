"""The bench harness on a trivial pair: ratios, bounds, interleaving, failures, what is kept."""

import json
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

RUN = pathlib.Path(__file__).resolve().parents[2] / "bench" / "run.py"

# Prints its line and leaves its mark in a log, so that the order of runs can be read.
PROGRAM = """#!{python}
import json, pathlib, sys
name = sys.argv[sys.argv.index("--only") + 1]
with open(pathlib.Path(__file__).parent / "order", "a") as log:
    log.write("{mark}")
if {status}:
    print("on purpose", file=sys.stderr)
    sys.exit({status})
print(json.dumps({{"bench": name, "seconds": {seconds}, "min": {seconds} / 2, "max": 1, "runs": 3}}))
"""
PEER = """
import json, pathlib, sys
name = sys.argv[sys.argv.index("--only") + 1]
with open(pathlib.Path(__file__).parent.parent / "bench" / "order", "a") as log:
    log.write("B")
print("chatter that is no line")
print(json.dumps({"bench": name, "peer": "slow", "seconds": 0.5, "min": 0.4375}))
print(json.dumps({"bench": name, "peer": "absent", "error": "No module named 'absent'"}))
print(json.dumps({"bench": "another", "peer": "slow", "seconds": 9}))
"""


class Harness(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.top = pathlib.Path(holder.name)
        (self.top / "bench").mkdir()
        (self.top / "peers").mkdir()
        self.program("bench_fast", 0.125, "A")
        self.program("bench_copy", 0.0625, "C")
        self.program("bench_broken", 1, "X", status=1)
        self.program("bench_lacking", 1, "X", status=77)
        (self.top / "peers" / "pair.py").write_text(PEER)

    def program(self, name, seconds, mark, status=0):
        path = self.top / "bench" / name
        path.write_text(PROGRAM.format(python=sys.executable, seconds=seconds, mark=mark, status=status))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run_table(self, table, *arguments):
        (self.top / "benches.json").write_text(json.dumps(table))
        return subprocess.run(
            [sys.executable, str(RUN), "--table", str(self.top / "benches.json"), "--build",
             str(self.top), "--results", str(self.top / "results"), *arguments],
            capture_output=True, text=True, check=False)

    def rows(self, table, *arguments):
        done = self.run_table(table, "--json", *arguments)
        self.assertTrue(done.stdout, done.stderr)
        return done.returncode, {(row["name"], row["peer"]): row
                                 for row in json.loads(done.stdout)["rows"]}

    def test_ratio_and_wish(self):
        table = {"pair": {"meaning": "m", "program": "bench_fast",
                          "peers": [{"peer": "slow", "script": "pair.py", "at_least": 3.5},
                                    {"peer": "copy", "program": "bench_copy", "at_least": 0.75}]}}
        status, rows = self.rows(table)
        self.assertEqual(status, 0)
        self.assertEqual(rows["pair", "slow"]["ratio"], 4.0)
        self.assertIs(rows["pair", "slow"]["met"], True)
        self.assertEqual(rows["pair", "copy"]["ratio"], 0.5)
        self.assertIs(rows["pair", "copy"]["met"], False)
        self.assertEqual(rows["pair", "slow"]["theirs"]["rounds"], 3)

    def test_ours_and_peers_alternate(self):
        table = {"pair": {"meaning": "m", "program": "bench_fast",
                          "peers": [{"peer": "slow", "script": "pair.py"}]}}
        self.rows(table, "--rounds", "4")
        self.assertEqual((self.top / "bench" / "order").read_text(), "ABABABAB")

    def test_bound_without_peer(self):
        table = {"low": {"meaning": "m", "program": "bench_fast", "seconds_below": 0.2},
                 "high": {"meaning": "m", "program": "bench_fast", "seconds_below": 0.1}}
        _, rows = self.rows(table)
        self.assertIs(rows["low", None]["met"], True)
        self.assertIs(rows["high", None]["met"], False)

    def test_fastest_samples(self):
        table = {"pair": {"meaning": "m", "program": "bench_fast",
                          "peers": [{"peer": "slow", "script": "pair.py"}]}}
        _, rows = self.rows(table, "--best")
        self.assertEqual(rows["pair", "slow"]["ours"]["seconds"], 0.0625)
        self.assertEqual(rows["pair", "slow"]["ratio"], 7.0)

    def test_failures_show_and_fail(self):
        table = {"pair": {"meaning": "m", "program": "bench_fast",
                          "peers": [{"peer": "unknown", "script": "pair.py"}]},
                 "gone": {"meaning": "m", "program": "bench_nowhere", "seconds_below": 1},
                 "broken": {"meaning": "m", "program": "bench_broken", "seconds_below": 1}}
        status, rows = self.rows(table)
        self.assertEqual(status, 1)
        self.assertIn("no line for peer unknown", rows["pair", "unknown"]["error"])
        self.assertIsNone(rows["pair", "unknown"]["ratio"])
        self.assertIn("is not there", rows["gone", None]["error"])
        self.assertIn("status 1: on purpose", rows["broken", None]["error"])
        self.assertIsNone(rows["broken", None]["met"])

    def test_what_is_absent_is_skipped(self):
        table = {"pair": {"meaning": "m", "program": "bench_fast",
                          "peers": [{"peer": "absent", "script": "pair.py", "at_least": 1}]},
                 "lacking": {"meaning": "m", "program": "bench_lacking",
                             "peers": [{"peer": "slow", "script": "pair.py"}]}}
        status, rows = self.rows(table)
        self.assertEqual(status, 0)
        self.assertIn("No module named", rows["pair", "absent"]["skipped"])
        self.assertIsNone(rows["pair", "absent"]["met"])
        self.assertEqual(rows["lacking", None]["skipped"], "on purpose")
        alone = self.run_table(table, "--only", "lacking")
        self.assertEqual(alone.returncode, 77)
        self.assertIn("nothing was measured", alone.stdout)

    def test_choice_of_benches(self):
        table = {"one": {"meaning": "first", "program": "bench_fast", "seconds_below": 1},
                 "two": {"meaning": "second", "program": "bench_fast", "seconds_below": 1,
                         "device": "cuda"}}
        self.assertEqual(set(self.rows(table)[1]), {("one", None)})
        self.assertEqual(set(self.rows(table, "--device", "cuda")[1]), {("two", None)})
        self.assertEqual(set(self.rows(table, "--only", "two")[1]), {("two", None)})
        unknown = self.run_table(table, "--only", "three")
        self.assertNotEqual(unknown.returncode, 0)
        self.assertIn("no benchmark three; known: one, two", unknown.stderr)

    def test_table_is_checked(self):
        for entry in ({"meaning": "m", "program": "p", "seconds_bellow": 1},
                      {"meaning": "m", "program": "p"},
                      {"meaning": "m", "program": "p", "peers": [{"peer": "x"}]}):
            done = self.run_table({"bad": entry})
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("benches.json: bad:", done.stderr)

    def test_table_text_and_what_is_kept(self):
        table = {"pair": {"meaning": "m", "program": "bench_fast",
                          "peers": [{"peer": "slow", "script": "pair.py", "at_least": 3.5}]}}
        done = self.run_table(table)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(), ["name", "ours", "peer", "peer's", "ratio", "wanted", "met"])
        self.assertEqual(lines[1].split(), ["pair", "125", "ms", "slow", "500", "ms", "4.00", ">=",
                                            "3.5", "yes"])
        kept = list((self.top / "results").glob("*.json"))
        self.assertEqual(len(kept), 1)
        record = json.loads(kept[0].read_text())
        self.assertEqual(set(record), {"machine", "commit", "changed_since", "rows", "by",
                                       "date"})
        self.assertRegex(kept[0].name, r"^\d{4}-\d\d-\d\d-\d{4}-.+\.json$")

    def test_table_of_a_document(self):
        table = {"low": {"meaning": "m", "program": "bench_fast", "seconds_below": 0.25}}
        lines = self.run_table(table, "--markdown").stdout.splitlines()
        self.assertEqual(lines[0], "| name | ours | peer | peer's | ratio | wanted | met |")
        self.assertEqual(lines[1], "|---|---:|---|---:|---:|---:|---:|")
        self.assertEqual(lines[2], "| `low` | 125 ms | - | - | - | < 250 ms | yes |")
        self.assertEqual(lines[3], "")
        self.assertRegex(lines[4], r"cores; .*; \d{4}-\d\d-\d\d; commit .*; medians\.$")


if __name__ == "__main__":
    unittest.main()
