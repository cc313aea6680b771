#!/usr/bin/env bash
# valgrind.sh PROGRAM: runs it under valgrind; any leak or invalid access fails. What a BLAS or the
# loader keeps to the end of the process is still reachable, and no leak. Exit 77 without valgrind.
set -u
command -v valgrind >/dev/null 2>&1 || { echo "valgrind is not on the PATH"; exit 77; }
exec valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect \
    --errors-for-leak-kinds=definite,indirect --error-exitcode=9 "$1"
