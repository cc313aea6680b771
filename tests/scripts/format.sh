#!/bin/sh
# Every C, C++ and CUDA file stands as clang-format 14 writes it; other versions differ in places.
# usage: format.sh ROOT [CLANG_FORMAT]
set -eu
cd "$1"
tool=${2:-}
case $("${tool:-false}" --version 2>/dev/null) in
*version\ 14.*) ;;
*)
    echo "clang-format 14 is not here"
    exit 77
    ;;
esac
wrong=$(find include src tests bench examples \
    \( -name '*.[ch]' -o -name '*.cpp' -o -name '*.hpp' -o -name '*.cu' -o -name '*.cuh' \) -print0 |
    xargs -0 -r "$tool" --dry-run 2>&1 | sed -n 's/:[0-9]*:[0-9]*: warning:.*//p' | sort -u)
if [ -n "$wrong" ]; then
    printf 'not as clang-format writes them:\n%s\n' "$wrong"
    exit 1
fi
