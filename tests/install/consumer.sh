#!/bin/sh
# Installs into a private prefix, moves it, and builds the outside project against it by
# find_package and by pkg-config, in C and in C++.
# usage: consumer.sh CMAKE GENERATOR BUILD_FOLDER OUTSIDE_PROJECT WORK_FOLDER CC CXX VERSION LOOP
set -eu
cmake=$1 generator=$2 build=$3 outside=$4 work=$5 cc=$6 cxx=$7 version=$8 loop=$9
unset FLOPMETER_BACKEND_DIR LD_LIBRARY_PATH || true
rm -rf "$work/staged" "$work/prefix" "$work/found" "$work/refused" "$work/configured"

"$cmake" --install "$build" --prefix "$work/staged" >/dev/null
mv "$work/staged" "$work/prefix"

check() {
    said=$("$1") || {
        echo "$1 failed: $said"
        exit 1
    }
    [ "$said" = "flopmeter $version" ] || {
        echo "$1 says '$said', wanted 'flopmeter $version'"
        exit 1
    }
}

"$cmake" -G "$generator" -S "$outside" -B "$work/found" -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" -DFLOPMETER_WANTED="${version%.*}" \
    -DFLOPMETER_LOOP="$loop" >/dev/null
"$cmake" --build "$work/found"
check "$work/found/use_c"
check "$work/found/use_cxx"
FLOPMETER_DEVICE=cpu "$work/found/loop" >/dev/null

if "$cmake" -G "$generator" -S "$outside" -B "$work/refused" -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" -DFLOPMETER_WANTED=999.0 \
    -DFLOPMETER_LOOP="$loop" >/dev/null 2>&1; then
    echo "find_package(flopmeter 999.0) was satisfied by $version"
    exit 1
fi

file=$(find "$work/prefix" -name flopmeter.pc)
export PKG_CONFIG_PATH="${file%/*}"
[ "$(pkg-config --modversion flopmeter)" = "$version" ]
library=$(pkg-config --variable=libdir flopmeter)
mkdir -p "$work/configured"
# shellcheck disable=SC2046 # a list of flags
"$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -o "$work/configured/use_c" "$outside/use.c" \
    $(pkg-config --cflags --libs flopmeter) -Wl,-rpath,"$library"
# shellcheck disable=SC2046 # a list of flags
"$cxx" -std=c++17 -Wall -Wextra -Wpedantic -Werror -o "$work/configured/use_cxx" "$outside/use.cpp" \
    $(pkg-config --cflags --libs flopmeter) -Wl,-rpath,"$library"
# shellcheck disable=SC2046 # a list of flags
"$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -o "$work/configured/loop" "$loop" \
    $(pkg-config --cflags --libs flopmeter) -lm -Wl,-rpath,"$library"
check "$work/configured/use_c"
check "$work/configured/use_cxx"
FLOPMETER_DEVICE=cpu "$work/configured/loop" >/dev/null

if [ -x "$work/prefix/bin/flopmeter" ]; then
    "$work/prefix/bin/flopmeter" --help >/dev/null
fi
