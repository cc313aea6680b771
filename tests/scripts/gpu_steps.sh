#!/usr/bin/env bash
# The steps of gpu-check on stand-ins for the GPU, the toolkit and what is built: the report of the training
# step is stored and its costs are printed; a step that cannot run is skipped, one that fails fails.
# usage: gpu_steps.sh ROOT
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/scripts" "$work/bin"
cp "$1/scripts/gpu-check" "$1/scripts/lib.sh" "$work/root/scripts/"
export WORK=$work

stand_in() {
    { echo '#!/bin/sh' && cat; } >"$1"
    chmod +x "$1"
}
stand_in "$work/bin/nvidia-smi" <<'END'
echo "NVIDIA H200, 580.10, 9.0, 143771 MiB"
END
stand_in "$work/bin/nvcc" <<'END'
echo "release 13.0, V13.0.88"
END
stand_in "$work/bin/cmake" <<'END'
[ "$1" = --build ] || mkdir -p "$WORK/root/build-gpu/lib"
cp -r "$WORK/built/." "$WORK/root/build-gpu/"
END
stand_in "$work/bin/ctest" <<'END'
while [ $# -gt 0 ]; do
    case $1 in
    --output-junit) echo '<testcase name="gpu.activity" status="run"/>' >"$2" ;;
    -N) echo "1: Test command: true" ;;
    esac
    shift
done
END
stand_in "$work/bin/compute-sanitizer" <<'END'
exit 0
END
mkdir -p "$work/built/bin" "$work/built/bench"
stand_in "$work/built/bin/test_gpu_activity" <<'END'
echo "busy 10.000 ms, attributed 9.990 ms (99.90 %), 500 records, 0 dropped, 0 of no op"
exit "${ACTIVITY_STATUS:-0}"
END
stand_in "$work/built/bin/flopmeter" <<'END'
echo "flopmeter $*"
[ -z "${FLOPMETER_FAILS:-}" ] || exit 1
while [ $# -gt 0 ]; do
    case $1 in
    --report | --trace | -o) echo "{}" >"$2" ;;
    esac
    shift
done
END
stand_in "$work/built/bench/bench_collect" <<'END'
echo '{"bench": "collect.op", "seconds": 4.1e-07, "min": 4e-07, "max": 5e-07, "runs": 15}'
echo '{"bench": "collect.step", "seconds": 0.000102, "min": 0.0001, "max": 0.0002, "runs": 15}'
echo '{"bench": "collect.step.untimed", "seconds": 0.0001, "min": 9e-05, "max": 0.0002, "runs": 15}'
END

# check WANTED-STATUS WANTED-REPORT: runs it and looks at the status of the whole and of the report.
check() {
    local status=0
    rm -rf "$work/out"
    PATH=$work/bin:$PATH "$work/root/scripts/gpu-check" "$work/out" >"$work/said" 2>&1 || status=$?
    [ "$status" -eq "$1" ] || { cat "$work/said"; echo "status $status, wanted $1"; exit 1; }
    grep -q "^| report | $2 |" "$work/out/report.md" || { cat "$work/out/report.md"; exit 1; }
}

check 0 passed
for file in run.json run.html run.trace.json graph.json; do [ -s "$work/out/$file" ]; done
for said in "attributed 9.990 ms (99.90 %)" "host cost of an operation: 410 ns" "2.00 % slower" \
    "--timing activity --report $work/out/run.json --trace $work/out/run.trace.json"; do
    grep -qF -e "$said" "$work/out/log.txt" || { cat "$work/out/log.txt"; echo "no '$said'"; exit 1; }
done
ACTIVITY_STATUS=77 check 0 skipped
[ ! -e "$work/out/run.json" ]
ACTIVITY_STATUS=1 check 1 failed
FLOPMETER_FAILS=1 check 1 failed
rm "$work/built/bench/bench_collect" "$work/root/build-gpu/bench/bench_collect"
check 1 failed
