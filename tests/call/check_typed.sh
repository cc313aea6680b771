#!/usr/bin/env bash
# Compares include/flopmeter/ops.h and src/host/call/typed.c with what the rows say now. Layout is
# clang-format's, whose versions differ: white space does not count.
set -euo pipefail
cd "$(dirname "$0")/../.."
squeeze() { tr -d ' \n\t\\' <"$1"; }
status=0
for part in header:include/flopmeter/ops.h source:src/host/call/typed.c; do
    if ! cmp -s <("$1" "${part%%:*}" | tr -d ' \n\t\\') <(squeeze "${part#*:}"); then
        echo "${part#*:} is not what the rows say: run scripts/typed"
        status=1
    fi
done
exit $status
